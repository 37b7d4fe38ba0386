"""Find the heart beats: one detector over all leads at once, for ten seconds or a day.

Each lead is band-passed to where QRS complexes live (zero phase, by Fourier transform, which resamples any rate to one
working rate on the way), turned into a smooth energy and put on the scale of its own beats. Leads are added up by how
clearly their own beats stand above their other peaks at that time, so a noisy lead fades out and comes back; one that
shows other beats than most do is set aside, as a loose electrode's is. Peaks of the sum are taken by height against the
beats around them, with a refractory period, a check for T waves and a search back over long pauses. Peaks that do not
stand out of the rest at all, as those of noise do not, are no beats.

The constants below were chosen on eight records of the MIT-BIH database and on LUDB: figures on those are not figures
on records never seen.

Where one says what a fifth less or more of it changes, that is how many of the 33,780 beats of those eight records,
read with one and with two leads, are missed or invented beyond the 18 and 49 as it stands, and in how many of 500
records of PTB-XL, folds 1 to 8, another number of beats is found. The 1,276 beats of LUDB were found whatever was
changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.analysis.beat_bands import WORK_HZ, against_each_other, at_times, passed_lead
from cardio_desktop.analysis.flutter import Span, flutter_spans
from cardio_desktop.analysis.gaps import missing_everywhere, recorded_stretches
from cardio_desktop.analysis.medians import median
from cardio_desktop.core.findings import Beat
from cardio_desktop.core.leads import CHEST_LEADS, INDEPENDENT_LEADS
from cardio_desktop.core.progress import Progress
from cardio_desktop.core.record import Gap, Lead, Record

CHUNK_S = 300.0
"""So much of a long record is searched at a time, for speed and memory; `OVERLAP_S` on both sides lets no seam show."""
OVERLAP_S = 20.0
"""What decides about a beat lies within `AROUND_S`: more than twice that."""
WINDOW_S = 2.0
"""It holds a beat down to 30 per minute; 1.6 or 2.4 s: 2 beats, 2 records."""
AROUND_S = 8.0
"""Eight beats or so tell what is usual; 6.4 s: 1 more missed, 12 fewer invented; 9.6 s changes nothing."""
LONG_GAP_S = 2.0
"""From here on what lies before and after a gap is searched apart: else the emptiness would count as low beats."""

FLUTTER_SILENCE_S = 2.5
"""Between known beats so far apart flutter is looked for: less than its window of 3 s holds, below 24 beats a minute. A
choice, not measured."""
STEADY_BEATS, STEADY_CHANGE, FLUTTER_FROM_BPM = 4, 0.06, 250.0
"""So many intervals that change by so little from one to the next are a tachycardia; monomorphic ventricular
tachycardia is regular, and above 250 per minute the same is called ventricular flutter (AHA/ACC/HRS 2017)."""
CUT_S, CUT_RR = 0.15, 0.55
"""How near to an end, and how early against the usual interval, a last peak is a T wave: 4 beats, 2 records."""
EDGE_S, EDGE_RR = 0.06, 0.85
"""So near to an end, and so early, nobody sees whether it is a complex: mostly the rise of a P wave, or the end of a T
wave, that the record's end makes look steep (10 of 1,500 records of PTB-XL, folds 1 to 8)."""
REFRACTORY_S = 0.2
"""No ventricle depolarises again so soon (Pan and Tompkins, IEEE Trans Biomed Eng 1985;32:230): 4 beats, 1 record."""
T_WAVE_S = 0.36
"""Within this a T wave may follow (Pan and Tompkins 1985); 0.29 s: 6 more invented, 0.43 s: 1 more missed, 14 fewer."""

# Heights as shares of the beats around.
PEAK_MIN = 0.08
"""Lower ones are not looked at: 1 beat."""
BEAT_MIN = 0.35
"""From here on a peak is a beat; 0.28: 12 more invented, 0.42: 26 more missed; 8 records either way."""
SEARCH_BACK_MIN = 0.20
"""The same in a pause that is too long; 0.16: 13 more invented, 0.24: 1 more missed."""
LEVEL_MIN = 0.7
"""Beats are about 1 high: where they are lower, noise must not pass for them. 0.56 to 0.84 changes nothing."""
T_LOWER = 0.5
"""What follows within `T_WAVE_S` is a T wave if it is lower than this, as half of the slope tells Pan and Tompkins:
3 beats, 3 records."""
T_BLUNTER = 0.15
"""Or if it is blunter than this: 0.12 to 0.18 changes nothing."""
CEILING = 1.5
"""An artefact in one lead counts as a beat half as large again, no more: no beat, 2 records."""
PAUSE_FLOOR = 0.15
"""In a pause the measure of a beat falls to this, not to that of noise: 0.12 to 0.18 changes nothing."""
SILENT_FLOOR = 0.45
"""The same against what the fifth of the windows with the largest deflections reaches: of a record that stands still
for most of its ten seconds the middle is noise. Of 23,510 beats of 300 records of PTB-XL, of LUDB and of eight records
of MIT-BIH one more is missed and one fewer invented with it; 0.3 changes none, and loses more of an asystole in noise.
"""
SMALLEST_MV = 0.008
"""Of energy: a QRS complex of about 0.03 mV; 0.0064 to 0.0096 changes nothing."""

ALTERNATE_LEAST, ALTERNATE_MIN, ALTERNATE_SHARE = 4, 0.15, 0.8
"""From so many beats on, lower peaks are looked for between them; so high at least, in so many of the intervals."""
ALTERNATE_PLACE, ALTERNATE_KEEN = 0.12, 0.75
"""How far from the middle of the interval, as a share of it, and how keen against the beats: chosen on simulated
alternation and on PTB-XL, folds 1 to 8, where one record in a thousand gains beats."""

PAUSE = 1.66
"""Of the usual interval, from which on lower beats are looked for (Pan and Tompkins 1985); 1.33: 31 more invented,
1.99: 5 more missed."""
AS_HIGH = 0.8
"""Height against the best from which on more than one beat is added within a pause: 2 beats."""
WORTH_MAX = 10.0
"""Clearer than this no lead is trusted more, or one would decide alone: 1 beat, 4 records."""
WORTH_POWER = 3.0
"""By how much the clearest leads outweigh the others: 1 beat, 3 records."""
LIMB_LOOSE = 0.5
"""In so many pieces must a limb lead show other beats than the chest leads show against each other: then beats are
looked for in the latter. A choice. With it 206 of 1,674 simulated beats are missed and 139 invented beside a loose
electrode RA, 19 and 94 beside LA, 155 and 55 beside LL (385 and 255, 146 and 210, 157 and 132 without), and 17 of 686
records of PTB-XL change, 8 of them paced ones with spikes that are no beats now; if it were done always 50 would, and
beats of two shapes be missed."""
ALONE_LEADS, ALONE_BEATS, ALONE_S = 5, 4, 0.06
"""Of fewer leads most are one or two more than a loose one; so many beats tell a habit; half a complex apart is the
same beat. A choice."""
TOGETHER, APART, CHANCE_MAX = 0.6, 0.4, 0.8
"""Agreement beyond chance, from which on half of the leads decide, and below which a lead is set aside; no more of it
is put down to chance than the last. Chosen on 14 simulated rhythms with electrode V4 loose, 1,674 beats: 338 missed
and 72 invented without it, 36 and 4 with it (36 of a tachycardia that is told as ventricular fibrillation). With it and
`T_WAVE_S` for every second beat 16 of 686 records of PTB-XL, folds 1 to 8, change: most are paced, and what is left of
their atrial spikes is no beat now.
"""
SEPARATION_MIN = 1.02
"""That of noise alone, of any spectrum, was at most 1.03 and mostly below 1; 0.82 or 1.22: 1 beat."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Search:
    """The beats of a record, their kind still unknown, and where ventricular flutter or fibrillation has none."""

    beats: tuple[Beat, ...]
    flutter_s: tuple[Span, ...] = ()


def detect_beats(
    record: Record,
    start_s: float = 0.0,
    end_s: float | None = None,
    progress: Progress | None = None,
    gaps: Sequence[Gap] | None = None,
) -> tuple[Beat, ...]:
    """Return the beats of `search_beats`."""
    return search_beats(record, start_s, end_s, progress, gaps).beats


def search_beats(
    record: Record,
    start_s: float = 0.0,
    end_s: float | None = None,
    progress: Progress | None = None,
    gaps: Sequence[Gap] | None = None,
) -> Search:
    """Return the beats of `record` between two times, ascending, and the stretches of ventricular flutter.

    `Beat.time_s` is the largest deflection of the QRS complex over the leads together, whatever its sign. Nothing is
    reported inside gaps; `gaps` spares looking for them again. `progress` gets 0 to 100 and may raise `Cancelled`.
    """
    end_s = record.duration_s if end_s is None else min(end_s, record.duration_s)
    start_s = max(start_s, 0.0)
    gaps = missing_everywhere(record, start_s, end_s) if gaps is None else gaps
    leads = detection_leads(record)
    times: list[float] = []
    flutter: list[Span] = []
    for low_s, high_s in recorded_stretches([g for g in gaps if g.end_s - g.start_s >= LONG_GAP_S], start_s, end_s):
        if leads:
            for found, spans, done_s in _beats_between(leads, low_s, high_s):
                times += found
                for span in spans:
                    if flutter and span[0] - flutter[-1][1] < 1e-6:
                        span = (flutter.pop()[0], span[1])
                    flutter.append(span)
                if progress:
                    progress(100.0 * (done_s - start_s) / (end_s - start_s))
    return Search(tuple(Beat(time_s) for time_s in times), tuple(flutter))


def flutter_between(
    record: Record, beats: Sequence[Beat], start_s: float, end_s: float, gaps: Sequence[Gap] = ()
) -> tuple[Span, ...]:
    """Return the stretches of ventricular flutter, looked for only where the known beats leave room."""
    edges = np.array([start_s, *(beat.time_s for beat in beats), end_s])
    found: list[Span] = []
    for k in np.flatnonzero(np.diff(edges) > FLUTTER_SILENCE_S):
        low_s, high_s = max(edges[k] - OVERLAP_S / 2, start_s), min(edges[k + 1] + OVERLAP_S / 2, end_s)
        inside = search_beats(record, float(low_s), float(high_s), gaps=gaps).flutter_s
        found += [span for span in inside if span[0] < edges[k + 1] and span[1] > edges[k] and span not in found]
    return tuple(sorted(found))


def _beats_between(leads: list[Lead], start_s: float, end_s: float) -> Iterator[tuple[list[float], list[Span], float]]:
    """Yield the times of the beats piece by piece, the stretches of flutter, and up to where the search has come."""
    times: list[float] = []
    is_chest = [lead.name in CHEST_LEADS for lead in leads]
    low_s = start_s
    while low_s < end_s:
        high_s = min(low_s + CHUNK_S, end_s)
        if end_s - high_s < OVERLAP_S:
            high_s = end_s
        read_from, read_to = max(start_s, low_s - OVERLAP_S), min(end_s, high_s + OVERLAP_S)
        chunk = [lead.between(read_from, read_to) for lead in leads]
        rates = [lead.rate_hz for lead in leads]
        found, spans = _search([mv for _, mv in chunk], rates, [first_s - read_from for first_s, _ in chunk], is_chest)
        kept = found[(found + read_from >= low_s) & (found + read_from < high_s)] + read_from
        before = len(times)
        # A beat on the seam may be found on both sides a sample apart.
        for time_s in np.round(kept * max(rates)) / max(rates):
            if not times or time_s - times[-1] > REFRACTORY_S:
                times.append(float(time_s))
        inside = [(max(a + read_from, low_s), min(b + read_from, high_s)) for a, b in spans]
        low_s = high_s
        yield times[before:], [span for span in inside if span[0] < span[1]], low_s


def detection_leads(record: Record) -> list[Lead]:
    """Return the leads that carry independent information: stored ones of I, II, V1-V6, else whatever ECG there is."""
    independent = [record.leads[name] for name in INDEPENDENT_LEADS if name in record.leads]
    limb = [lead for name, lead in record.leads.items() if name not in INDEPENDENT_LEADS]
    if len(independent) >= 2 or (independent and not limb):
        return independent + list(record.other_ecg.values()) if len(independent) < 3 else independent
    return independent + limb + list(record.other_ecg.values())


def find_beats(leads_mv: list[Floats], rates_hz: list[float], offsets_s: list[float] | None = None) -> Floats:
    """Return the times of beats in seconds, ascending, of leads that start together (but for `offsets_s`).

    `leads_mv` are one-dimensional, NaN where there is no sample. The work behind `detect_beats`, without a record.
    """
    return _search(leads_mv, rates_hz, offsets_s)[0]


def _search(
    leads_mv: list[Floats],
    rates_hz: list[float],
    offsets_s: list[float] | None = None,
    is_chest: Sequence[bool] | None = None,
) -> tuple[Floats, list[Span]]:
    """Return the times of the beats and the stretches of ventricular flutter, in seconds.

    `is_chest` says of each lead whether it is one of V1 to V6.
    """
    offsets_s = offsets_s or [0.0] * len(leads_mv)
    given = zip(leads_mv, rates_hz, offsets_s, is_chest or [False] * len(leads_mv), strict=True)
    long = [one for one in given if one[0].size > 0.5 * one[1]]
    spans, on_chest = [one[:3] for one in long], [one[3] for one in long]
    if not spans:
        return np.zeros(0), []
    length_s = max(mv.size / rate + at for mv, rate, at in spans)
    n = max(round(length_s * WORK_HZ), 1)
    times = np.arange(n) / WORK_HZ
    energies, sharpness, shapes = (np.zeros((len(spans), n)) for _ in range(3))
    passed = [passed_lead(mv, rate, at) for mv, rate, at in spans]
    for k, lead in enumerate(passed):
        if lead is not None:
            energies[k], sharpness[k] = lead.energies(times)
            shapes[k] = at_times(times, lead.grid_s, lead.broad)
    scaled = _Scaled.of(energies, sharpness)
    weights, _ = _weights(scaled)
    chest = [k for k, lead in enumerate(passed) if lead is not None and on_chest[k]]
    apart = against_each_other([lead for k in chest if (lead := passed[k]) is not None])
    limb = [k for k in range(len(spans)) if k not in chest]
    if apart and limb:
        others = energies.copy(), sharpness.copy()
        for k, lead in zip(chest, apart, strict=True):
            others[0][k], others[1][k] = lead.energies(times)
        against = _Scaled.of(*others)
        if _limb_apart(against, limb):
            own_weights, alone = _weights(against)
            if alone[limb].mean(axis=1).max() >= LIMB_LOOSE:
                scaled, weights = against, own_weights
    energies, sharpness, tops = scaled.energies, scaled.sharpness, scaled.size
    # An artefact many times the size of a beat in one lead must not outvote the others.
    energies = np.minimum(energies, CEILING * tops)
    feature, sharp = (np.sqrt((weights * x**2).sum(axis=0)) for x in (energies, sharpness))
    # Here in millivolts: the largest deflection of a beat is that of its largest leads.
    trust = weights * tops**2
    rough = _fiducials(_credible(feature, sharp), np.sqrt((trust * shapes**2).sum(axis=0)))
    found = _sharpened(rough / WORK_HZ, spans, trust[:, rough])
    found = _without_ends(found, length_s)
    flutter = [span for span in flutter_spans(shapes, WORK_HZ) if not _steady(found, *span)]
    for low_s, high_s in flutter:
        found = found[(found < low_s) | (found > high_s)]
    return found, flutter


def _steady(found_s: Floats, low_s: float, high_s: float) -> bool:
    """Return whether the beats within a stretch follow one another as those of a tachycardia do, however smooth it is.

    Ventricular tachycardia may look like a sine wave; flutter is faster, and what is found in fibrillation irregular.
    """
    rr_s = np.diff(found_s[(found_s >= low_s) & (found_s <= high_s)])
    if rr_s.size < STEADY_BEATS or rr_s.size * float(np.median(rr_s)) < 0.7 * (high_s - low_s):
        return False
    change = float(np.median(np.abs(np.diff(rr_s)))) / float(np.median(rr_s))
    return 60.0 / float(np.median(rr_s)) <= FLUTTER_FROM_BPM and change <= STEADY_CHANGE


def _without_ends(found_s: Floats, length_s: float) -> Floats:
    """Return the beats without one at either end that is cut and comes far too early: a T wave that nothing follows."""
    if found_s.size < 4:
        return found_s
    rr = np.diff(found_s)
    usual_s = float(np.median(rr))
    first, last = (
        int(any(from_s < near_s and own_s < share * usual_s for near_s, share in ((CUT_S, CUT_RR), (EDGE_S, EDGE_RR))))
        for from_s, own_s in ((found_s[0], rr[0]), (length_s - found_s[-1], rr[-1]))
    )
    return found_s[first : found_s.size - last]


@dataclass(frozen=True, eq=False)
class _Scaled:
    """Energies and sharpness of leads (lead, n) in mV, and on the scale of their own beats, `size` (lead, n).

    `heights` and `keen` are the two on that scale. `centres` are those of pieces of `WINDOW_S`, `alive` the leads with
    any signal, in which alone beats are picked.
    """

    energies: Floats
    sharpness: Floats
    heights: Floats
    keen: Floats
    size: Floats
    centres: Floats
    alive: NDArray[np.int64]

    @classmethod
    def of(cls, energies: Floats, sharpness: Floats) -> _Scaled:
        """Find how large the beats of each lead are over time."""
        count, n = energies.shape
        window = min(round(WINDOW_S * WORK_HZ), n)
        pieces = max(n // window, 1)
        highest = energies[:, : pieces * window].reshape(count, pieces, window).max(axis=2)
        tops = _running(highest, median, 4)
        # In a long pause there are no beats to measure by: noise must not be raised to their height.
        floor = np.maximum(PAUSE_FLOOR * np.median(tops, axis=1, keepdims=True), SMALLEST_MV)
        tops = np.maximum(tops, np.maximum(floor, SILENT_FLOOR * np.quantile(highest, 0.8, axis=1, keepdims=True)))
        centres = (np.arange(pieces) + 0.5) * window
        size = np.array([np.interp(np.arange(n), centres, row) for row in tops])
        alive = np.flatnonzero(energies.max(axis=1) >= SMALLEST_MV)
        return cls(energies, sharpness, energies / size, sharpness / size, size, centres, alive)

    def picked(self, lead: int) -> NDArray[np.int64]:
        """Return the beats of one lead by itself."""
        return _pick(self.heights[lead], self.keen[lead])

    def common(self) -> NDArray[np.int64]:
        """Return what most leads show: what is picked in the middle one of their energies; nothing of few leads."""
        if self.alive.size < ALONE_LEADS:
            return np.zeros(0, dtype=np.int64)
        found = _pick(*(median(rows[self.alive].T, axis=1) for rows in (self.heights, self.keen)))
        return found if found.size >= ALONE_BEATS else found[:0]

    def agreement(self, beats: NDArray[np.int64], common: NDArray[np.int64]) -> Floats:
        """Return around each centre how many of the beats are among the common ones, 1 all, 0 as many as by chance.

        By chance as many are as the common beats' surroundings cover of the time.
        """
        near, around = ALONE_S * WORK_HZ, AROUND_S * WORK_HZ
        low, high = self.centres - around, self.centres + around
        count = np.searchsorted(common, high) - np.searchsorted(common, low)
        length = np.minimum(high, self.heights.shape[1]) - np.maximum(low, 0.0)
        chance = np.minimum(count * 2.0 * near / length, CHANCE_MAX)
        after = np.searchsorted(common, beats).clip(1, common.size - 1)
        off = np.minimum(np.abs(beats - common[after - 1]), np.abs(beats - common[after]))
        together = np.concatenate([[0], np.cumsum(off <= near)])
        first, last = np.searchsorted(beats, low), np.searchsorted(beats, high)
        share = (together[last] - together[first]) / np.maximum(last - first, 1)
        return np.asarray((share - chance) / (1.0 - chance))

    def alone(self, picked: Sequence[NDArray[np.int64]]) -> NDArray[np.bool_]:
        """Return (live lead, centre): where most leads show the same beats, and this one, `picked`, shows others.

        A loose electrode's knocks stand so clearly above everything else in its lead that this lead would decide alone.
        """
        common = self.common()
        if not common.size:
            return np.zeros((len(picked), self.centres.size), dtype=bool)
        agreement = np.array([self.agreement(beats, common) for beats in picked])
        most = (agreement >= TOGETHER).sum(axis=0) >= len(picked) / 2.0
        return np.asarray(most & (agreement < APART))


def _limb_apart(scaled: _Scaled, limb: Sequence[int]) -> bool:
    """Return whether a limb lead shows other beats than most do for long: worth looking whether these agree."""
    common = scaled.common()
    return bool(common.size) and any(
        np.mean(scaled.agreement(scaled.picked(k), common) < APART) >= LIMB_LOOSE for k in limb if k in scaled.alive
    )


def _weights(scaled: _Scaled) -> tuple[Floats, NDArray[np.bool_]]:
    """Return the weight of each lead over time, and where it shows other beats than most do (lead, piece).

    The weight is one over the size squared, times how clearly the lead's own beats stand above the rest of its peaks
    within `AROUND_S`: muscle noise, electrode trouble and tall T waves all lower it.
    """
    count, n = scaled.heights.shape
    worth, nobody = np.zeros((count, scaled.centres.size)), np.zeros((count, scaled.centres.size), dtype=bool)
    picked = [scaled.picked(k) for k in scaled.alive]
    for k, beats in zip(scaled.alive, picked, strict=True):
        worth[k] = _separation(scaled.heights[k], beats, scaled.centres)
    nobody[scaled.alive] = scaled.alone(picked)
    worth = np.where(nobody, 0.0, worth)
    worth = np.clip(worth - 1.0, 0.05, WORTH_MAX) ** WORTH_POWER
    weights = np.array([np.interp(np.arange(n), scaled.centres, row) for row in worth])
    weights /= np.maximum(weights.sum(axis=0), 1e-12)
    return weights / scaled.size**2, nobody


def _credible(feature: Floats, sharp: Floats) -> NDArray[np.int64]:
    """Return the beats where they stand above the other peaks at all: the peaks of mere noise do not."""
    beats = _pick(feature, sharp)
    centres = np.arange(0.5 * WINDOW_S * WORK_HZ, max(feature.size, WINDOW_S * WORK_HZ), WINDOW_S * WORK_HZ)
    separation = _separation(feature, beats, centres)
    return beats[np.interp(beats, centres, separation) >= SEPARATION_MIN]


def _separation(energy: Floats, chosen: NDArray[np.int64], centres: Floats) -> Floats:
    """Return around each of the `centres` how many times higher small beats are than large peaks that are none."""
    from scipy.signal import find_peaks

    peaks = find_peaks(np.concatenate([[0.0], energy, [0.0]]), distance=round(0.12 * WORK_HZ))[0] - 1
    is_beat = _among(peaks, chosen, energy.size)
    out = np.ones(centres.size)
    reach = AROUND_S * WORK_HZ
    beats, others = peaks[is_beat], peaks[~is_beat]
    heights, rests = energy[beats].tolist(), energy[others].tolist()
    around = centres - reach, centres + reach
    edges = zip(*(np.searchsorted(kind, side).tolist() for kind in (beats, others) for side in around), strict=True)
    for k, (first, last, first_rest, last_rest) in enumerate(edges):
        beat, rest = sorted(heights[first:last]), sorted(rests[first_rest:last_rest])
        if beat:
            # Small beats, large others: the lowest fifth and the highest tenth, not the extremes.
            large = rest[int(0.9 * (len(rest) - 1))] if rest else 0.0
            out[k] = min(beat[int(0.2 * (len(beat) - 1))] / max(large, 1e-3), 1.0 + WORTH_MAX)
    return out


def _among(places: NDArray[np.int64], chosen: NDArray[np.int64], size: int) -> NDArray[np.bool_]:
    """Return which of the places below `size` are among the chosen ones, as `np.isin` does more slowly."""
    flags = np.zeros(size, dtype=bool)
    flags[chosen] = True
    return flags[places]


def _running(values: Floats, what: Callable[..., Floats], reach: int) -> Floats:
    """Return `what` over each value and `reach` neighbours on both sides along the last axis."""
    index = np.arange(-reach, values.shape[-1] + reach)
    if values.shape[-1] > reach:
        index = np.abs(index)
        index = np.minimum(index, 2 * (values.shape[-1] - 1) - index)
    padded = values[..., np.clip(index, 0, values.shape[-1] - 1)]
    view = np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1, axis=-1)
    return np.asarray(what(view, axis=-1))


def _pick(feature: Floats, sharp: Floats) -> NDArray[np.int64]:
    """Return the indices of the beats in the combined energy, whose beats are about 1 high."""
    from scipy.signal import find_peaks

    # A beat cut by the first or last sample is a maximum too.
    framed = np.concatenate([[0.0], feature, [0.0]])
    peaks = find_peaks(framed, height=PEAK_MIN, distance=round(REFRACTORY_S * WORK_HZ))[0].astype(np.int64) - 1
    if peaks.size == 0:
        return np.zeros(0, dtype=np.int64)
    level = np.maximum(_level(peaks, feature), LEVEL_MIN)
    beats = peaks[feature[peaks] >= BEAT_MIN * level]
    beats = _without_t(beats, feature, sharp)
    beats = _with_alternate(beats, peaks, feature, sharp)
    return _search_back(beats, peaks, feature)


def _level(peaks: NDArray[np.int64], feature: Floats) -> Floats:
    """Return the usual height of a beat around each peak: the median of the highest peaks of each window."""
    window = round(WINDOW_S * WORK_HZ)
    pieces = max(feature.size // window, 1)
    tops = feature[: pieces * window].reshape(pieces, -1).max(axis=1) if feature.size >= window else feature.max()[None]
    tops = _running(tops, median, 4)
    return np.interp(peaks, (np.arange(tops.size) + 0.5) * window, tops)


def _without_t(beats: NDArray[np.int64], feature: Floats, sharp: Floats) -> NDArray[np.int64]:
    """Return the beats without T waves: what follows a beat within 360 ms and is much smaller, or much blunter."""
    kept: list[int] = []
    last, last_height, last_sharp = -1, 0.0, 0.0
    for beat, height, keen in zip(beats.tolist(), feature[beats].tolist(), sharp[beats].tolist(), strict=True):
        if kept and beat - last < T_WAVE_S * WORK_HZ:
            lower, blunter = height / last_height, keen / max(last_sharp, 1e-9)
            if lower < T_LOWER or blunter < T_BLUNTER:
                continue
        kept.append(beat)
        last, last_height, last_sharp = beat, height, keen
    return np.array(kept, dtype=np.int64)


def _with_alternate(
    beats: NDArray[np.int64], peaks: NDArray[np.int64], feature: Floats, sharp: Floats
) -> NDArray[np.int64]:
    """Return the beats with every second one added that is low but there each time: in the middle, and as keen.

    T and P waves stand at one place between beats too, but are blunt. Where a complex is blunt itself that tells
    nothing: closer to a beat than `T_WAVE_S` no low one is believed.
    """
    if beats.size < ALTERNATE_LEAST:
        return beats
    low = peaks[~_among(peaks, beats, feature.size) & (feature[peaks] >= ALTERNATE_MIN)]
    rr = np.diff(beats).astype(float)
    # One more interval at either end, as long as its neighbour: the low beat may be the first or the last.
    framed = np.concatenate([[beats[0] - rr[0]], beats, [beats[-1] + rr[-1]]])
    lengths = np.diff(framed)
    before = np.searchsorted(framed, low, side="right") - 1
    inside = (before >= 0) & (before < lengths.size)
    low, before = low[inside], before[inside]
    keen = float(median(sharp[beats] / feature[beats]))
    good = np.abs((low - framed[before]) / lengths[before] - 0.5) <= ALTERNATE_PLACE
    good &= sharp[low] / feature[low] >= ALTERNATE_KEEN * keen
    good &= lengths[before] >= 2.0 * T_WAVE_S * WORK_HZ
    filled = np.unique(before[good])
    if ((filled > 0) & (filled < lengths.size - 1)).sum() < ALTERNATE_SHARE * rr.size:
        return beats
    return np.asarray(np.unique(np.concatenate([beats, low[good]])), dtype=np.int64)


def _search_back(beats: NDArray[np.int64], peaks: NDArray[np.int64], feature: Floats) -> NDArray[np.int64]:
    """Return the beats with smaller ones added in pauses longer than `PAUSE` times the usual interval around."""
    if beats.size < 3:
        return beats
    rr = np.diff(beats).astype(float)
    usual = _running(rr, median, 4)
    added: list[int] = []
    for k in np.flatnonzero(rr > PAUSE * usual):
        low, high = beats[k] + T_WAVE_S * WORK_HZ, beats[k + 1] - REFRACTORY_S * WORK_HZ
        inside = peaks[(peaks > low) & (peaks < high)]
        if inside.size == 0:
            continue
        best = inside[int(feature[inside].argmax())]
        # Both the beats beside the pause and the noise within it are the measure: a real pause stays one.
        least = SEARCH_BACK_MIN * min(float(feature[beats[k]]), float(feature[beats[k + 1]]), 1.0)
        if feature[best] > max(least, 1.5 * float(np.median(feature[inside])) if inside.size > 3 else 0.0):
            # Of a couplet both beats are as low.
            added += inside[feature[inside] >= AS_HIGH * feature[best]].tolist()
    return np.asarray(np.sort(np.concatenate([beats, np.array(added, dtype=np.int64)])), dtype=np.int64)


def _fiducials(peaks: NDArray[np.int64], size: Floats) -> NDArray[np.int64]:
    """Return the index of the largest deflection `size` within 80 ms of each peak."""
    reach = round(0.08 * WORK_HZ)
    around = np.clip(peaks[:, None] + np.arange(-reach, reach + 1), 0, size.size - 1)
    best = around[np.arange(peaks.size), size[around].argmax(axis=1)] if peaks.size else peaks
    # A largest value at the very end is the flank of something cut off, or the filter's own edge.
    return np.asarray(np.unique(best[(best >= 2) & (best < size.size - 2)]))


def _sharpened(rough_s: Floats, spans: list[tuple[Floats, float, float]], trust: Floats) -> Floats:
    """Return the times moved, by 16 ms at most, to the sample of the largest unfiltered deflection over the leads.

    `trust` is (lead, beat). Samples are those of the fastest leads; the baseline is the median of 200 ms around.
    """
    rate_hz = max(rate for _, rate, _ in spans)
    reach, around = max(round(0.016 * rate_hz), 1), round(0.1 * rate_hz)
    power = np.zeros((rough_s.size, 2 * reach + 1))
    offset_s = next(at for _, rate, at in spans if rate == rate_hz)
    centre = np.round((rough_s - offset_s) * rate_hz).astype(int)
    for (mv, rate, _), weight in zip(spans, trust, strict=True):
        if rate == rate_hz and rough_s.size:
            near = np.clip(centre[:, None] + np.arange(-around, around + 1), 0, mv.size - 1)
            values = np.nan_to_num(mv)[near]
            values = values - median(values, axis=1)[:, None]
            power += weight[:, None] * values[:, around - reach : around + reach + 1] ** 2
    moved = power.argmax(axis=1) - reach if rough_s.size else centre
    return np.asarray((centre + moved) / rate_hz + offset_s)
