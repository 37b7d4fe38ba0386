"""Whether the atria fibrillate, and no P waves where they do.

Fibrillating atria show in four ways, none of which is enough alone: RR changes from beat to beat without a pattern,
nothing that looks like a P wave precedes most beats, what precedes one beat is unlike what precedes the next, and there
is no rest between T and where P would be. The last two are read off the trace itself, so that a delineator which takes
f waves for P waves does not decide. Ectopic beats, sinus arrhythmia and Wenckebach's block make RR irregular too, but
their beats agree about the P wave, and the line before it is level.

A fifth less or more of any constant below was tried on 945 records of PTB-XL, folds 1 to 8, of which 121 of 131 with
fibrillation or flutter are found, and 20 of the 814 others called so: no more than three records change, with most
constants none.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.analysis.delineation import Segment
from cardio_desktop.analysis.flutter_waves import flutter_waves
from cardio_desktop.analysis.global_waves import GlobalWave, Others, global_waves, others_of
from cardio_desktop.analysis.p_search import thinned
from cardio_desktop.analysis.rests import BEFORE_S, UP_TO_S, Rests, levelled
from cardio_desktop.analysis.saw_teeth import saw_teeth
from cardio_desktop.core.beat_waves import BeatWaves, assigned

Floats = NDArray[np.float64]

PIECE_S = 15.0
"""A long record is judged in pieces of about this length: fibrillation comes and goes."""
LEAST_BEATS = 5
"""With fewer, a piece is not judged: four intervals, three changes from one to the next."""
LEAST_PAIRS = 3
"""So many changes between usual beats, or pieces of a record, have a middle one; four would find two records more."""
LEAST_WINDOWS = 3
"""So many stretches are compared with one another at least: of two, one pair would decide."""
REGULAR = 0.03
"""Median change from one RR interval to the next, as a share of the interval, below which only the network's word can
make it fibrillation: fibrillating atria beat irregularly, but for complete AV block. With
0.024 two more of the 131 are found and one of the others called so, with 0.036 one fewer is found."""
IRREGULAR = 0.1
"""Scatter of RR above which a line that never rests is fibrillation or flutter; 0.08 to 0.12 changes nothing."""
RESTLESS_ODDS = 1.0
"""Beats more irregular than this over a line that moves as much between T and P as before the beats fibrillate, or
flutter with changing conduction: large f and F waves look alike, and like P waves."""
MOST_CHANGE = 0.6
"""A larger change from one RR to the next counts as this: a single pause would make the scatter alone."""
SCATTER = (0.02, 0.4)
"""It counts as no less and no more: neither a metronome nor one outlier may decide alone."""
MOST_ALIKE = 0.6
"""More alike than this is a P wave anyway."""
RESTLESS = (-3.0, 0.0)
"""Below, the line rests; at 0 it moves as much between T and P as where P would be, and more tells no more."""
UNKNOWN_ALIKE, UNKNOWN_RESTLESS = 0.35, -0.7
"""What stands for them where T waves leave no room before the beats."""
P_ALIKE_FROM = 0.4
"""Share of beats with a P wave from which on the P waves themselves are compared too: PR may change (Wenckebach)."""
T_ENDS_S = 0.22
"""So long before QRS the T wave must be over for what precedes it to be compared."""
P_BEFORE_S, P_AFTER_S = 0.04, 0.12
"""What is compared around the onset of P waves: the wave, of 80 to 120 ms in health, and some level line before it."""
WEIGHTS = (0.85, -3.9, -6.3, 1.35)  # and the bias:
BIAS = 4.65
"""Logistic regression on 3,900 records of PTB-XL, folds 1 to 7, rounded (log of scatter / 0.2, P by probability,
likeness, restlessness); the last lowered, as fibrillation is rarer than among those."""
PER_NETWORK = 0.3
"""Weight of the log-odds of the network's AFIB beside them, after a fit on fold 8."""
NETWORK_RANGE = (0.003, 0.997)
"""Its probability counts as no surer than this: log-odds of 5.8."""
WITH_NETWORK, ALONE = (-1.0, 1.5, -4.5, 0.5), (-1.4, 1.8, -5.5, 0.0)
"""Of `by_beats`, after a logistic fit on records of PTB-XL's fold 8, rounded; the first lowered, as fibrillation is
rarer than among those: what is left of the score, the irregularity, the share of P waves, the network's log-odds."""
USUAL_CHANGE, MOST_LOG_CHANGE = 0.07, 1.2
"""Irregularity is the log of the change over the first, and counts up to the second: the fit above was made so."""
SAID = 0.5
"""Probability from which on a statement of the network counts as said: more likely than not."""
FLUTTER_LEADS = ("II", "III", "aVF", "V1")
"""Where saw teeth stand out (ESC 2019)."""
FLUTTER_P, FLUTTER_BPM = 0.6, (120.0, 175.0)
"""Share of beats with a P wave up to which waves alone make flutter; rates at which it is conducted 2:1."""
FLUTTER_WEIGHTS, FLUTTER_BIAS = (4.01, 0.84, 5.65, -4.98, -1.47, 0.71, 0.56, 1.80), -8.79
"""Logistic regression, weighted to the whole of them, on 5,117 records of PTB-XL, folds 1 to 8, 59 of them flutter, of
the trace alone: likeness of waves one cycle apart; of what lies between the complexes, the share that keeps time in all
leads, in the best, and what half the frequency adds; share of P, log of the waves' height in mV, irregularity, 2:1."""
FLUTTER_PER_NETWORK, FLUTTER_NETWORK = 0.5, (-4.0, 0.0)
"""A choice, not a fit, for the reason below: the word weighs half, and neither its yes nor its no more than this."""
FLUTTER_HEARD = 3.5
"""Half of the network's log-odds of AFLT within these, above the least usual of them, is added: it learnt from those
same 59, so a fit would believe it too much, and it does not know flutter that looks different from them."""
FLUTTER_FROM, FLUTTER_FROM_ALONE = -0.25, -0.75
"""Score from which on it is flutter, with the network and without: there 78 and 75 % of those were found, and 76 and
64 % of what was found is flutter (each fold by the weights of the others; 75 and 69 % with the network by the rule
before, on the records that it was made with)."""
FLUTTER_SLOW_S, FLUTTER_RESTLESS, FLUTTER_KEPT, FLUTTER_LEAST, FLUTTER_SLOW_BPM = 0.6, -1.0, 0.35, 1.0, 230.0
"""Where beats are slower than 100 per minute there is room between T and P, and in flutter no rest in it: RR,
restlessness, share that keeps time, likeness and atrial rate from which on that is enough, whatever was taken for P. Of
12 such records of flutter in PTB-XL, folds 1 to 8, 8 show it, and of 3,800 others two, both called fibrillation."""
FLUTTER_CLEAR, FLUTTER_CLEAR_KEPT, FLUTTER_CLEAR_MV, FLUTTER_WAVES = 1.3, 0.5, 0.04, 3.5
"""Likeness, share that keeps time, height (rms) and waves a beat from which on no want of rest is asked for: P, QRS and
T are three. Of the 12 records 6 show that, and three others: two called fibrillation, one supraventricular
arrhythmia."""
FLUTTER_LEAST_MV = 0.012
"""How high (rms) the waves must be."""


@dataclass(frozen=True)
class AtrialSigns:
    """What the trace shows of the atria in one stretch.

    `change` is the median and `scatter` the rms change from one RR interval to the next between usual beats, as a share
    of the shorter; None where ectopic beats leave too few. `sure` is the mean over beats of the probability of their P
    wave, 0 without one. `alike` is the mean correlation, by energy, of what precedes one beat with what precedes
    another, over all leads: about 1 for P waves, 0 for fibrillation. `restless` is the log of the energy between T and
    where P begins over that of where P is, about 0 where f waves fill both. None where T waves leave no room.
    """

    change: float | None
    scatter: float | None
    sure: float
    alike: float | None
    restless: float | None = None

    @property
    def log_odds(self) -> float:
        """Return the log-odds of fibrillation."""
        scatter = 0.0 if self.scatter is None else math.log(_within(self.scatter, SCATTER) / 0.2)
        alike = _within(UNKNOWN_ALIKE if self.alike is None else self.alike, (0.0, MOST_ALIKE))
        restless = _within(UNKNOWN_RESTLESS if self.restless is None else self.restless, RESTLESS)
        z = BIAS + sum(w * x for w, x in zip(WEIGHTS, (scatter, self.sure, alike, restless), strict=True))
        if self.change is not None and self.change < REGULAR:
            return min(z, -1.0)
        never_at_rest = self.restless is not None and self.restless >= RESTLESS[1]
        if never_at_rest and self.scatter is not None and self.scatter > IRREGULAR:
            return max(z, RESTLESS_ODDS)
        return z


def _within(value: float, limits: tuple[float, float]) -> float:
    return min(max(value, limits[0]), limits[1])


@dataclass(frozen=True)
class Stretch:
    """A piece of the record with the log-odds that its atria fibrillate (or flutter, where the network says so)."""

    start_s: float
    end_s: float
    log_odds: float
    flutter: bool = False

    @property
    def without_p(self) -> bool:
        """Whether nothing in it is a P wave."""
        return self.log_odds > 0.0 or self.flutter


def atria_of(
    leads_mv: Floats,
    rate_hz: float,
    segments: Sequence[Sequence[Segment]],
    beats_s: Sequence[float],
    ectopic: Sequence[bool] = (),
    network: Mapping[str, float] | None = None,
    names: Sequence[str] = (),
    others: Others | None = None,
) -> list[Stretch]:
    """Return the record in pieces, each judged by its signs and the network's statements on the whole of it.

    `leads_mv` (lead, n) begins at 0 s, as `segments` of the same leads and `beats_s` do; `ectopic` says so of each
    beat, `names` the leads; `others` spares looking for QRS and T of all leads again. A piece with too few beats is
    left out, and one among others goes by its neighbours: the middle of three.
    """
    p, (qrs, t) = global_waves(segments, "P"), others or others_of(segments)
    waves = [w for w in assigned(beats_s, p, qrs, t) if w.qrs is not None]
    odd = np.zeros(len(beats_s), dtype=bool)
    odd[: len(ectopic)] = ectopic
    times_s = np.asarray(beats_s, dtype=np.float64)
    mv, thin_hz = thinned(leads_mv, rate_hz)
    surest = sorted((s for lead in segments for s in lead if s.wave == "P"), key=lambda s: s.onset_s)
    surest_s = [s.onset_s for s in surest]
    numbers = [w.beat for w in waves]
    rests = Rests.of(mv, thin_hz, waves, odd)
    length_s = leads_mv.shape[1] / rate_hz
    edges_s = np.linspace(0.0, length_s, max(round(length_s / PIECE_S), 1) + 1)
    seen = [k for k, name in enumerate(names) if name in FLUTTER_LEADS] or list(range(len(mv)))
    out = []
    for start_s, end_s in zip(edges_s[:-1].tolist(), edges_s[1:].tolist(), strict=True):
        inside = slice(*np.searchsorted(times_s, (start_s, end_s)).tolist())
        low, high = bisect_left(numbers, inside.start), bisect_left(numbers, inside.stop)
        own = waves[low:high]
        if inside.stop - inside.start < LEAST_BEATS or len(own) < LEAST_BEATS - 1:
            continue
        near = surest[bisect_left(surest_s, start_s - 1.0) : bisect_left(surest_s, end_s)]
        signs = AtrialSigns(
            *_irregularity(times_s[inside], odd[inside]),
            _sure(own, near, odd),
            _alike(mv, thin_hz, own, odd),
            rests.restless(low, high),
        )
        first, stop = (round(at * thin_hz) for at in (start_s, end_s))
        flutter = _flutters(mv[seen, first:stop], thin_hz, own, times_s[inside] - start_s, signs.restless, network)
        out.append(Stretch(start_s, end_s, signs.log_odds + _network_odds(network), flutter))
    return _by_neighbours(out)


def by_beats(change: float, p_share: float | None, rate_bpm: float, network: Mapping[str, float] | None) -> Stretch:
    """Return the judgement where the trace was not looked at: by irregular beats and the share that has a P wave.

    `change` is the median step from one RR interval to the next as a share of the interval; `p_share` None where waves
    were not looked for.
    """
    heard = network is not None and "AFIB" in network
    intercept, per_change, per_p, per_network = WITH_NETWORK if heard else ALONE
    odds = intercept + per_change * min(math.log(max(change, 0.005) / USUAL_CHANGE), MOST_LOG_CHANGE)
    odds += 0.0 if p_share is None else per_p * (p_share - 0.5)
    if network is not None and heard:
        p = _within(network["AFIB"], NETWORK_RANGE)
        odds += per_network * math.log(p / (1.0 - p))
    said = network is not None and network.get("AFLT", 0.0) >= max(SAID, network.get("AFIB", 0.0))
    flutter = said and (p_share is None or p_share < FLUTTER_P or rate_bpm > FLUTTER_BPM[0])
    return Stretch(0.0, 0.0, odds, flutter)


def without_false_p(segments: Sequence[Sequence[Segment]], stretches: Sequence[Stretch]) -> list[list[Segment]]:
    """Return the segments of each lead without P waves where the atria fibrillate or flutter."""
    spans = [(s.start_s, s.end_s) for s in stretches if s.without_p]
    return [
        [s for s in lead if s.wave != "P" or not any(low <= s.middle_s < high for low, high in spans)]
        for lead in segments
    ]


def overall(stretches: Sequence[Stretch]) -> Stretch | None:
    """Return one stretch for all: the middle of their log-odds, flutter where most flutter; None of nothing."""
    if not stretches:
        return None
    flutter = 2 * sum(s.flutter for s in stretches) > len(stretches)
    odds = float(np.median([s.log_odds for s in stretches]))
    return Stretch(stretches[0].start_s, stretches[-1].end_s, odds, flutter)


def _network_odds(network: Mapping[str, float] | None) -> float:
    if network is None or "AFIB" not in network:
        return 0.0
    p = _within(network["AFIB"], NETWORK_RANGE)
    return PER_NETWORK * math.log(p / (1.0 - p))


def _flutters(
    mv: Floats,
    rate_hz: float,
    own: Sequence[BeatWaves[GlobalWave]],
    times_s: Floats,
    restless: float | None,
    network: Mapping[str, float] | None,
) -> bool:
    """Return whether waves repeat between the complexes as those of flutter do; the network's word is weighed in."""
    qrs_s = float(np.median([w.complex.offset_s - w.complex.onset_s for w in own]))
    waves, teeth = flutter_waves(mv, rate_hz, times_s, qrs_s), saw_teeth(mv, rate_hz, times_s, qrs_s)
    if waves is None or teeth is None or waves.height_mv < FLUTTER_LEAST_MV:
        return False
    rr_s = np.diff(times_s)
    middle_s = float(np.median(rr_s))
    clear = waves.likeness > FLUTTER_CLEAR and teeth.kept > FLUTTER_CLEAR_KEPT and waves.height_mv > FLUTTER_CLEAR_MV
    many = clear and teeth.rate_bpm * middle_s / 60.0 > FLUTTER_WAVES
    never_at_rest = many or (restless is not None and restless > FLUTTER_RESTLESS)
    steady = teeth.kept > FLUTTER_KEPT and teeth.rate_bpm > FLUTTER_SLOW_BPM and waves.likeness > FLUTTER_LEAST
    if middle_s > FLUTTER_SLOW_S and never_at_rest and steady:
        return True
    change = float(np.median(np.abs(np.diff(rr_s)))) / middle_s if rr_s.size > 1 else 0.0
    signs = (
        waves.likeness,
        teeth.kept,
        teeth.kept_best,
        teeth.halves,
        sum(w.p is not None for w in own) / len(own),
        math.log(waves.height_mv),
        min(math.log(max(change, 0.005) / USUAL_CHANGE), MOST_LOG_CHANGE),
        float(FLUTTER_BPM[0] < 60.0 / middle_s < FLUTTER_BPM[1]),
    )
    score = FLUTTER_BIAS + sum(w * x for w, x in zip(FLUTTER_WEIGHTS, signs, strict=True))
    if network is None or "AFLT" not in network:
        return score > FLUTTER_FROM_ALONE
    p = _within(network["AFLT"], NETWORK_RANGE)
    heard = _within(math.log(p / (1.0 - p)), FLUTTER_NETWORK) + FLUTTER_HEARD
    return score + FLUTTER_PER_NETWORK * heard > FLUTTER_FROM


def _by_neighbours(stretches: Sequence[Stretch]) -> list[Stretch]:
    if len(stretches) < LEAST_PAIRS:
        return list(stretches)
    odds = [s.log_odds for s in stretches]
    # The first and the last have their neighbours on one side: alone they would stand for themselves.
    firsts = np.clip(np.arange(len(odds)) - 1, 0, len(odds) - 3)
    return [
        Stretch(s.start_s, s.end_s, float(np.median(odds[low : low + 3])), s.flutter)
        for s, low in zip(stretches, firsts.tolist(), strict=True)
    ]


def _irregularity(times_s: Floats, odd: NDArray[np.bool_]) -> tuple[float | None, float | None]:
    """Return median and rms of the relative change between successive RR intervals of usual beats."""
    rr_s = np.diff(times_s)
    usual = ~(odd[1:] | odd[:-1])
    pairs = usual[1:] & usual[:-1]
    if pairs.sum() < LEAST_PAIRS:
        return None, None
    change = (np.abs(np.diff(rr_s)) / np.minimum(rr_s[1:], rr_s[:-1]))[pairs]
    return float(np.median(change)), float(np.sqrt((np.minimum(change, MOST_CHANGE) ** 2).mean()))


def _sure(own: Sequence[BeatWaves[GlobalWave]], p_segments: Sequence[Segment], odd: NDArray[np.bool_]) -> float:
    """Return the mean over usual beats of the middle probability that leads give to their P wave."""
    judged = [w for w in own if not odd[w.beat]] or list(own)
    # The P wave of the first beat may lie before the recording.
    judged = judged[1:] if len(judged) > 1 and judged[0].p is None else judged
    each = np.array([(s.onset_s, s.offset_s, s.sure) for s in p_segments]).reshape(-1, 3)
    return float(np.mean([_sure_of(w.p, each) for w in judged]))


def _sure_of(p: GlobalWave | None, p_segments: Floats) -> float:
    """Return the middle probability of those (segment, [onset, offset, sure]) that overlap a P wave; 0 of none."""
    if p is None:
        return 0.0
    found = np.sort(p_segments[(p_segments[:, 0] < p.offset_s) & (p.onset_s < p_segments[:, 1]), 2])
    return float((found[(found.size - 1) // 2] + found[found.size // 2]) / 2.0) if found.size else 0.0


def _alike(mv: Floats, rate_hz: float, own: Sequence[BeatWaves[GlobalWave]], odd: NDArray[np.bool_]) -> float | None:
    """Return how alike what precedes the usual beats is, or their P waves are, whichever is more."""
    ahead, at_p = [], []
    usual = 0
    t_ends_s = -1.0
    for w in own:
        onset = round(w.complex.onset_s * rate_hz)
        if not odd[w.beat]:
            usual += 1
            if t_ends_s < w.complex.onset_s - T_ENDS_S:
                ahead.append((onset - round(BEFORE_S * rate_hz), onset - round(UP_TO_S * rate_hz)))
            if w.p is not None:
                start = round(w.p.onset_s * rate_hz)
                low, high = start - round(P_BEFORE_S * rate_hz), start + round(P_AFTER_S * rate_hz)
                if high <= onset + 0.01 * rate_hz:
                    at_p.append((low, high))
        t_ends_s = w.t.offset_s if w.t is not None else w.complex.offset_s + 0.25
    found = [likeness(_cut(mv, ahead))]
    if len(at_p) >= P_ALIKE_FROM * usual:
        found.append(likeness(_cut(mv, at_p)))
    known = [value for value in found if value is not None]
    return max(known) if known else None


def _cut(mv: Floats, spans: Sequence[tuple[int, int]]) -> Floats:
    """Return (window, lead, sample) of the spans that lie inside; spans are of one length."""
    inside = [(low, high) for low, high in spans if low >= 0 and high <= mv.shape[1]]
    return np.array([mv[:, low:high] for low, high in inside])


def likeness(windows: Floats) -> float | None:
    """Return the mean correlation, weighed by energy, between windows (window, lead, sample); None of fewer than three.

    Straight lines are taken off each lead of each window. 1 where all are the same, about 0 where they are independent.
    """
    count = len(windows)
    if count < LEAST_WINDOWS:
        return None
    level = levelled(windows)
    each, mean = float((level**2).sum()) / count, float((level.mean(axis=0) ** 2).sum())
    return (count * mean / each - 1.0) / (count - 1.0) if each > 0.0 else None
