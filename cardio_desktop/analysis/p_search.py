"""P waves that a delineator passes over: far before their beats, or without one.

A delineator learnt where P waves usually stand. Two things are known beyond that: what precedes every beat of a regular
rhythm at one distance is no chance, so that the mean over beats shows it; and the atria keep time, so that a wave of
exactly the shape of the others, where the next was due, is a P wave whether a beat follows or not.

Where a constant says how many records a fifth less or more of it changes, these are of 945 of PTB-XL, folds 1 to 8 (86
with AV block, 124 with fibrillation), in 23 of which a mean shows P waves and in 25 of which the atria's time does; one
of them fibrillates. Of 42 simulated rhythms one changes at most. With the other constants nothing does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.analysis.delineation import Segment
from cardio_desktop.analysis.global_waves import GlobalWave, Others, global_waves, others_of
from cardio_desktop.analysis.p_on_t import p_upon_t
from cardio_desktop.analysis.rests import levelled
from cardio_desktop.core.beat_waves import FARTHEST_PR_S, SHORTEST_PR_S, BeatWaves, assigned
from cardio_desktop.core.bridging import bridge_gaps

Floats = NDArray[np.float64]
Span = tuple[float, float]

RATE_HZ = 100.0
"""P waves have nothing above 50 Hz, and a quarter of the samples is enough to compare them."""
MOST_HAVE = 0.6
"""Share of usual beats with a P wave from which on no mean is looked at; 0.48: 3 fewer, 0.72: 5 more."""
STEADY_RR = 0.08
"""Median change of RR, as a share of it, above which the mean is not looked at."""
LEAST_RR_S = 0.45
"""Faster than 133 per minute T and P are one wave, and the mean shows T."""
USUAL_T_S, T_OVERLAP_S = 0.30, 0.04
"""From QRS to the end of T where none was found; how far P may begin within T."""
ROOM_S = 0.9
"""Between two P waves so far apart another may stand: atria faster than 130 per minute conduct no such pattern."""
SURE = 0.5
"""How sure a wave is that was not seen in its own lead."""
BEFORE_S, AFTER_S = 0.02, 0.12
"""What of the trace around a P onset is compared: the wave itself. The first: 4, the second: 7."""
LIKE = 0.75
"""Correlation over all leads from which on a stretch has the shape of the P waves; 0.60: 11, one of them fibrillates,
0.90: 16, five of them with AV block."""
GAIN = (0.5, 1.9)
"""Its size against theirs: T waves are larger. One record either way."""
AROUND_QRS_S, AFTER_QRS_S = 0.03, 0.16
"""So near before QRS, and so soon after it, nothing is taken for a P wave: ST lies there. The first: 4 records."""
TIMELY = 0.06
"""Share of the time between two known P waves by which one between them may come off its time; 0.048: 2, 0.072: 5, one
of them fibrillates."""
LEAST_P = 3
"""P waves, and beats, that make a time and a shape; two: 3 records more, four: 2 fewer."""
WAVE_S = 0.10
"""Length of a P wave that the mean over beats shows: 80 to 120 ms in health; 9 and 7."""
LEAST_BEATS = 5
"""Of which a mean is made: noise of one becomes less than half of itself."""
LEAST_MV = 0.025
"""Height over the leads together (rms) that a mean P wave must have, and what is left of noise is lower: one
either way."""
CLEAR = 2.5
"""Height against six tenths of what stands elsewhere in the mean; 2.0: 4 more, 3.0: 4 fewer."""
SHORTEST_T_S = 0.06
"""What is left of a T wave that P cuts short; less is left whole, as the P wave itself was taken for it."""
STEADY = 0.45
"""Likeness over beats of what the mean shows: a wave of each beat, not of one; 2 either way."""


def with_hidden_p(
    leads_mv: Floats,
    rate_hz: float,
    segments: Sequence[Sequence[Segment]],
    beats_s: Sequence[float],
    ectopic: Sequence[bool] = (),
    others: Others | None = None,
    names: Sequence[str] = (),
) -> list[list[Segment]]:
    """Return the segments with P waves that the mean over beats shows, where fewer than most usual beats have one.

    Only where beats come regularly: else nothing keeps a distance from the beat before. `others` spares looking for QRS
    and T of all leads again, `names` are those of the leads. T ends where a P wave on its end begins.
    """
    p, (qrs, t) = global_waves(segments, "P"), others or others_of(segments)
    own = assigned(beats_s, p, qrs, t)
    odd = [k < len(ectopic) and bool(ectopic[k]) for k in range(len(own))]
    usual = [k for k, w in enumerate(own) if w.qrs is not None and not odd[k]]
    rr_s = np.diff(np.asarray(beats_s, dtype=np.float64))
    have = sum(own[k].p is not None for k in usual)
    if len(usual) < LEAST_BEATS or have >= MOST_HAVE * len(usual):
        return [list(lead) for lead in segments]
    if float(np.median(rr_s)) < LEAST_RR_S or float(np.median(np.abs(np.diff(rr_s)))) > STEADY_RR * float(
        np.median(rr_s)
    ):
        return [list(lead) for lead in segments]
    spans = [(own[k].complex.onset_s, own[k].complex.offset_s) for k in usual]
    ends = [_t_end(own, k) for k in usual]
    mv, thin_hz = thinned(leads_mv, rate_hz)
    before_s = averaged_p(mv, thin_hz, spans, ends)
    if before_s is None:
        every = [k for k, w in enumerate(own) if w.qrs is not None]
        complexes = [(own[k].complex.onset_s, own[k].complex.offset_s) for k in every]
        on_t_s = p_upon_t(mv, thin_hz, complexes, [not odd[k] for k in every], names)
        return _with_p_on_t(segments, [own[k] for k in usual], on_t_s)
    added = []
    for (onset_s, _), end_s, k in zip(spans, ends, usual, strict=True):
        begin_s = onset_s - before_s
        if own[k].p is None and begin_s > 0.0 and (end_s is None or begin_s > end_s - T_OVERLAP_S):
            added.append((begin_s, min(begin_s + WAVE_S, onset_s)))
    return _with(segments, added)


def _with_p_on_t(
    segments: Sequence[Sequence[Segment]], own: Sequence[BeatWaves[GlobalWave]], before_s: float | None
) -> list[list[Segment]]:
    """Return the segments with a P wave so long before each beat without one, and T ending where P begins."""
    starts_s = [w.complex.onset_s - before_s for w in own if w.p is None] if before_s is not None else []
    added = [(start_s, start_s + WAVE_S) for start_s in starts_s if start_s > 0.0]

    def shortened(s: Segment) -> Segment:
        starts = [start_s for start_s, _ in added if s.onset_s + SHORTEST_T_S < start_s < s.offset_s]
        return replace(s, offset_s=starts[0]) if s.wave == "T" and starts else s

    return _with([[shortened(s) for s in lead] for lead in segments], added)


def _t_end(own: Sequence[BeatWaves[GlobalWave]], k: int) -> float | None:
    """Return where the T wave of the beat before ends; its QRS with a usual T where none was found."""
    if k == 0:
        return None
    before = own[k - 1]
    if before.t is not None:
        return before.t.offset_s
    return before.qrs.offset_s + USUAL_T_S if before.qrs is not None else None


def with_blocked_p(
    leads_mv: Floats,
    rate_hz: float,
    segments: Sequence[Sequence[Segment]],
    beats_s: Sequence[float],
    others: Others | None = None,
) -> list[list[Segment]]:
    """Return the segments with P waves that no beat follows, where the atria's time leaves room for them.

    `others` spares looking for QRS and T of all leads again.
    """
    p, (qrs, t) = global_waves(segments, "P"), others or others_of(segments)
    if len(p) < LEAST_P or len(beats_s) < LEAST_P:
        return [list(lead) for lead in segments]
    gaps_s = np.diff([wave.onset_s for wave in p])
    if not (gaps_s > ROOM_S).any():
        return [list(lead) for lead in segments]
    mv, thin_hz = thinned(leads_mv, rate_hz)
    spans = [[(wave.onset_s, wave.offset_s) for wave in kind] for kind in (p, qrs, t)]
    return _with(segments, marched_out(mv, thin_hz, *spans))


def _with(segments: Sequence[Sequence[Segment]], added: Sequence[Span]) -> list[list[Segment]]:
    """Return the segments of each lead with P waves put in where nothing else is."""
    if not added:
        return [list(lead) for lead in segments]
    out = []
    for lead in segments:
        free = [
            Segment("P", low, high, SURE)
            for low, high in added
            if not any(s.onset_s < high and low < s.offset_s for s in lead if s.wave != "T")
        ]
        out.append(sorted([*lead, *free], key=lambda s: s.onset_s))
    return out


def thinned(leads_mv: Floats, rate_hz: float) -> tuple[Floats, float]:
    """Return the leads at about 100 Hz by means of neighbours, and that rate; gaps are bridged by straight lines."""
    step = max(int(rate_hz // RATE_HZ), 1)
    whole, _ = bridge_gaps(leads_mv.astype(np.float64))
    count = whole.shape[1] // step
    return whole[:, : count * step].reshape(len(whole), count, step).mean(axis=2), rate_hz / step


def marched_out(
    leads_mv: Floats, rate_hz: float, p_s: Sequence[Span], qrs_s: Sequence[Span], t_s: Sequence[Span]
) -> list[Span]:
    """Return P waves (onset, offset) that were passed over but stand where the atria were due.

    `leads_mv` (lead, n) begins at 0 s without gaps; `p_s`, `qrs_s` and `t_s` are what is known, ascending; a T
    wave may look like a P wave, and is none.
    """
    known = [span for span in p_s if span[0] - BEFORE_S >= 0.0 and span[0] + AFTER_S < leads_mv.shape[1] / rate_hz]
    if len(known) < LEAST_P or len(qrs_s) < LEAST_P:
        return []
    width = round((BEFORE_S + AFTER_S) * rate_hz)
    windows = np.lib.stride_tricks.sliding_window_view(leads_mv, width, axis=1)
    at = np.array([round((onset - BEFORE_S) * rate_hz) for onset, _ in known])
    template = np.median(levelled(windows[:, at]), axis=1)
    size = float((template**2).sum())
    if size <= 0.0:
        return []
    product, own = _against(leads_mv, template)
    like, gain = product / np.maximum(own * np.sqrt(size), 1e-12), product / size
    free = np.ones(like.size, dtype=bool)
    for low, high in [(a - AFTER_S - AROUND_QRS_S, b + AFTER_QRS_S - AROUND_QRS_S) for a, b in qrs_s]:
        free[max(round((low + BEFORE_S) * rate_hz), 0) : max(round(high * rate_hz), 0)] = False
    for low, high in t_s:
        free[max(round((low - 0.06) * rate_hz), 0) : max(round((high - 0.04) * rate_hz), 0)] = False
    for onset, _ in known:
        free[max(round((onset - 0.2) * rate_hz), 0) : max(round((onset + 0.16) * rate_hz), 0)] = False
    good = free & (like >= LIKE) & (gain >= GAIN[0]) & (gain <= GAIN[1])
    length_s = float(np.median([b - a for a, b in p_s]))
    found = [k / rate_hz + BEFORE_S for k in _peaks(np.where(good, like, 0.0), round(0.2 * rate_hz))]
    return [(onset, onset + length_s) for onset in _timely(found, [a for a, _ in p_s])]


def _against(leads_mv: Floats, template: Floats) -> tuple[Floats, Floats]:
    """Return the product of a template (lead, width) with what begins at each sample, and how large that is.

    Both are over all leads, and without the straight lines of what begins there: it is the same to take those off the
    template, and two sums tell how much of the power they hold.
    """
    width = template.shape[1]
    line = np.linspace(-1.0, 1.0, width)
    product, power = (np.zeros(leads_mv.shape[1] - width + 1) for _ in range(2))
    for mv, wave in zip(leads_mv, levelled(template), strict=True):
        # Sums of squares lose what is small beside them: an electrode's offset is none of it.
        level = mv - np.median(mv)
        product += np.correlate(level, wave, "valid")
        mean, slope = np.correlate(level, np.ones(width), "valid"), np.correlate(level, line, "valid")
        power += np.correlate(level**2, np.ones(width), "valid") - mean**2 / width - slope**2 / (line @ line)
    return product, np.sqrt(np.maximum(power, 0.0))


def _peaks(values: Floats, apart: int) -> list[int]:
    """Return where values above 0 are largest within `apart` samples on both sides."""
    out: list[int] = []
    for k in np.argsort(-values).tolist():
        if values[k] <= 0.0:
            break
        if all(abs(k - other) >= apart for other in out):
            out.append(k)
    return sorted(out)


def _timely(found_s: Sequence[float], known_s: Sequence[float]) -> list[float]:
    """Return those that divide the time between two known P waves into equal parts: two, or three."""
    known = np.sort(np.asarray(known_s))
    kept = []
    for one in found_s:
        k = int(np.searchsorted(known, one))
        if 0 < k < known.size:
            place = (one - known[k - 1]) / (known[k] - known[k - 1])
            if min(abs(place - part) for part in (0.5, 1 / 3, 2 / 3)) <= TIMELY:
                kept.append(float(one))
    return kept if len(kept) >= 2 else []


def averaged_p(
    leads_mv: Floats, rate_hz: float, qrs_s: Sequence[Span], t_ends_s: Sequence[float | None]
) -> float | None:
    """Return how long before QRS onset (s) a P wave begins that only the mean over beats shows; None without one.

    `qrs_s` are the complexes of usual beats in order, `t_ends_s` where the T wave before each ends, None if unknown.
    Only what lies between T and QRS is looked at, and before which QRS that is 0.2 s at least.
    """
    reach = round(FARTHEST_PR_S * rate_hz)
    width = round(WAVE_S * rate_hz)
    rows = []
    room = []
    for (onset, _), t_end in zip(qrs_s, t_ends_s, strict=True):
        stop = round(onset * rate_hz)
        if t_end is None or stop - reach < 0 or stop > leads_mv.shape[1]:
            continue
        rows.append(leads_mv[:, stop - reach : stop])
        room.append(min(onset - t_end, FARTHEST_PR_S))
    if len(rows) < LEAST_BEATS:
        return None
    usual_room = float(np.quantile(room, 0.3))
    beats = np.array(rows)
    first = reach - round(usual_room * rate_hz)
    last = reach - round(SHORTEST_PR_S * rate_hz)
    if last - first < width + round(0.04 * rate_hz):
        return None
    mean = beats.mean(axis=0)
    windows = levelled(np.lib.stride_tricks.sliding_window_view(mean[:, first:last], width, axis=1))
    height = np.sqrt((windows**2).mean(axis=2).sum(axis=0))
    best = int(height.argmax())
    rest = float(np.median(height))
    own = levelled(beats[:, :, first + best : first + best + width])
    each = float((own**2).sum(axis=2).sum(axis=1).mean())
    likeness = float((own.mean(axis=0) ** 2).sum()) / each if each > 0.0 else 0.0
    if height[best] < LEAST_MV or height[best] < CLEAR * rest * 0.6 or likeness < STEADY:
        return None
    return float((reach - first - best) / rate_hz)
