"""Which beats carry a class's evidence: evidence summed by beat and wave, and the beats worth a look flagged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.core.beat_waves import GLOBAL, waves_of_beats
from cardio_desktop.core.findings import PATHOLOGIES, Beat, Evidence, Flag, Prediction, Wave, WindowScore
from cardio_desktop.core.record import Gap

Floats = NDArray[np.float64]

AFTER = 2.0 / 3.0
"""Where one beat's time ends, as a share of RR: T of this beat lies before it and P of the next one after it."""
ALONE_S = (0.35, 0.55)
"""Reach of a beat before and after where a neighbour does not bound it (pauses, the ends)."""
MOST_BEATS = 5
"""More beats than a reader goes through are no help; chosen."""
MOST_LEADS = 3
"""A flag names the strongest leads only; chosen."""
CLEARLY_MORE = 1.5
"""A beat stands out with so many times its even share of the evidence; chosen, so that a uniform record flags none by
this rule.
"""
NOTABLE = 0.3
"""Least probability for which a class is told without thresholds of a card: that of Low for any pathology, about 0.3.
"""
EDGE_S = 0.75
"""Beyond a window the network sees padding, in a gap a straight line: this close to one, it partly judges that."""
WAVES = ("P", "QRS", "ST", "T")
"""The parts of a beat that evidence is summed over."""
REST = "rest"
"""What lies outside of them."""
PARTS = (*WAVES, REST)
"""Both."""


def flag_beats(
    beats: Sequence[Beat],
    evidence: Evidence,
    prediction: Prediction,
    *,
    code: str | None = None,
    thresholds: Mapping[str, float] | None = None,
    gaps: Sequence[Gap] = (),
    waves: Sequence[Wave] = (),
) -> tuple[Beat, ...]:
    """Return the beats with their evidence per class, and with flags on those that carry most of it.

    Flags are given for `code`, or for the pathologies of `notable_classes`; `thresholds` are the limits of each class
    for Low. Only beats away from the edges of the network's windows and from `gaps` count. A beat is flagged where it
    carries at least 1.5 times its share of their positive evidence; where all carry it alike, the strongest that
    together hold half of it; never more than five. A flag names the wave that holds most of its evidence where `waves`
    tell where that is, and none where most lies between the waves.
    """
    by_beat = evidence_by_beat(beats, evidence)
    by_wave = evidence_by_wave(beats, evidence, waves) if waves else None
    flags: list[list[Flag]] = [[] for _ in beats]
    inside = np.flatnonzero([away_from_edges(beat.time_s, prediction.windows, gaps) for beat in beats])
    for name in (code,) if code else notable_classes(prediction, thresholds):
        if name not in evidence.classes:
            continue
        of_class = by_beat[:, evidence.classes.index(name), :]
        for index in inside[carriers(of_class[inside].sum(axis=1))]:
            parts = by_wave[index, evidence.classes.index(name)] if by_wave is not None else None
            flags[index] += _flags(name, evidence.leads, of_class[index], parts)
    totals = by_beat.sum(axis=2)
    return tuple(
        replace(beat, flags=tuple(own), evidence=dict(zip(evidence.classes, map(float, total), strict=True)))
        for beat, own, total in zip(beats, flags, totals, strict=True)
    )


def notable_classes(prediction: Prediction, thresholds: Mapping[str, float] | None = None) -> tuple[str, ...]:
    """Return the pathologies worth pointing at beats for, the most probable first.

    Those from 0.3 on; where there is none, those that are at all too probable for Low. Never one that is Low itself.
    """
    thresholds = thresholds or {}
    chosen = [
        (score.probability, score.code)
        for score in prediction.classes
        if score.code in PATHOLOGIES and score.probability >= thresholds.get(score.code, NOTABLE)
    ]
    clear = [item for item in chosen if item[0] >= NOTABLE]
    return tuple(code for _, code in sorted(clear or chosen, reverse=True))


def away_from_edges(time_s: float, windows: Sequence[WindowScore], gaps: Sequence[Gap] = ()) -> bool:
    """Return whether the network saw a time with enough of the recording on both sides."""
    if any(gap.start_s - EDGE_S < time_s < gap.end_s + EDGE_S for gap in gaps):
        return False
    judged = [window for window in windows if window.start_s <= time_s <= window.end_s]
    return bool(judged) and all(
        min(time_s - window.start_s, window.end_s - time_s) >= EDGE_S - 1e-9 for window in judged
    )


def beat_spans(times_s: Sequence[float]) -> list[tuple[float, float]]:
    """Return the stretch of time that belongs to each beat, in seconds; stretches never overlap.

    Two beats meet at two thirds of their interval. In a pause, and at the ends, a beat reaches from 0.35 s before to
    0.55 s after its time: what lies further away is no beat's.
    """
    before_s, after_s = ALONE_S
    spans = []
    for k, time_s in enumerate(times_s):
        last = times_s[k - 1] if k else -np.inf
        following = times_s[k + 1] if k + 1 < len(times_s) else np.inf
        start = max(time_s - before_s, last + AFTER * (time_s - last)) if np.isfinite(last) else time_s - before_s
        end = min(time_s + after_s, time_s + AFTER * (following - time_s))
        spans.append((float(start), float(end)))
    return spans


def evidence_by_beat(beats: Sequence[Beat], evidence: Evidence) -> Floats:
    """Return the evidence [beat, class, lead] in each beat's span; a bin counts by the share of it that lies inside."""
    edges = np.array(beat_spans([beat.time_s for beat in beats]), dtype=np.float64).reshape(-1, 2)
    return evidence_within(evidence, edges)


def evidence_within(evidence: Evidence, edges_s: Floats) -> Floats:
    """Return the evidence [span, class, lead] of the spans [span, (start, end)] in seconds."""
    return _Running(evidence).within(edges_s)


class _Running:
    """Evidence added up along time, once for all the spans that are asked of it."""

    def __init__(self, evidence: Evidence) -> None:
        self._values = evidence.values.astype(np.float64)
        nothing = np.zeros((*self._values.shape[:2], 1))
        self._sums = np.concatenate([nothing, np.cumsum(self._values, axis=2)], axis=2)
        self._start_s, self._bin_s = evidence.start_s, evidence.bin_s

    def within(self, edges_s: Floats, leads: slice = slice(None)) -> Floats:
        """Return the evidence [span, class, lead] of the spans [span, (start, end)] in seconds, of some leads."""
        values, sums = self._values[:, leads], self._sums[:, leads]
        if values.shape[2] == 0 or not len(edges_s):
            return np.zeros((len(edges_s), *values.shape[:2]))
        place = np.clip((edges_s - self._start_s) / self._bin_s, 0.0, values.shape[2])
        whole = np.minimum(place.astype(int), max(values.shape[2] - 1, 0))
        until = sums[:, :, whole] + (place - whole) * values[:, :, whole]
        return np.asarray((until[..., 1] - until[..., 0]).transpose(2, 0, 1))


def evidence_by_wave(beats: Sequence[Beat], evidence: Evidence, waves: Sequence[Wave]) -> Floats:
    """Return the evidence [beat, class, lead, part] of P, QRS, ST, T and the rest of each beat.

    The parts add up to the beat's evidence. A lead's own waves count where they were delineated, else the global ones;
    a wave outside its beat's span counts only as far as it lies inside.
    """
    out = np.zeros((len(beats), len(evidence.classes), len(evidence.leads), len(PARTS)))
    running = _Running(evidence)
    bounds = beat_spans([beat.time_s for beat in beats])
    known: dict[str, list[Wave]] = {GLOBAL: []}
    for wave in waves:
        known.setdefault(wave.lead, []).append(wave)
    spans_of = {lead: _wave_spans(beats, bounds, own, lead) for lead, own in known.items()}
    beat, part, common = _sums(running, spans_of[GLOBAL])
    for column, lead in enumerate(evidence.leads):
        # One source for a whole beat: own and global waves side by side could count a stretch twice.
        bare = np.ones(len(beats), dtype=bool)
        if lead in spans_of:
            own_beat, own_part, values = _sums(running, spans_of[lead], slice(column, column + 1))
            out[own_beat, :, column, own_part] = values[:, :, 0]
            bare[own_beat] = False
        chosen = bare[beat]
        out[beat[chosen], :, column, part[chosen]] = common[chosen, :, column]
    whole = running.within(np.array(bounds, dtype=np.float64).reshape(-1, 2))
    out[..., -1] = whole - out[..., :-1].sum(axis=-1)
    return out


def _wave_spans(
    beats: Sequence[Beat], bounds: Sequence[tuple[float, float]], waves: Sequence[Wave], lead: str
) -> list[dict[str, tuple[float, float]]]:
    """Return the spans of each beat's waves in one lead, cut to the beat's own time."""
    out = []
    for own, (low, high) in zip(waves_of_beats(beats, waves, lead), bounds, strict=True):
        cut = {name: (max(start, low), min(end, high)) for name, (start, end) in own.spans().items()}
        out.append({name: span for name, span in cut.items() if span[1] > span[0]})
    return out


def _sums(
    running: _Running, spans: Sequence[Mapping[str, tuple[float, float]]], leads: slice = slice(None)
) -> tuple[NDArray[np.intp], NDArray[np.intp], Floats]:
    """Return the beat and the part of every span, and its evidence [span, class, lead] of some leads."""
    edges = np.array([span for own in spans for span in own.values()], dtype=np.float64).reshape(-1, 2)
    beat = np.array([k for k, own in enumerate(spans) for _ in own], dtype=np.intp)
    part = np.array([PARTS.index(name) for own in spans for name in own], dtype=np.intp)
    return beat, part, running.within(edges, leads)


def carriers(totals: Floats) -> list[int]:
    """Return the indices of the beats to point at, given each beat's evidence for one class."""
    positive = np.maximum(totals, 0.0)
    whole = float(positive.sum())
    if whole <= 0.0:
        return []
    strongest = [int(k) for k in np.argsort(-positive, kind="stable") if positive[k] > 0.0]
    standing_out = [k for k in strongest if positive[k] * totals.size >= CLEARLY_MORE * whole]
    if standing_out:
        return sorted(standing_out[:MOST_BEATS])
    needed = int(np.searchsorted(np.cumsum(positive[strongest]), 0.5 * whole)) + 1
    return sorted(strongest[: min(needed, MOST_BEATS)])


def _flags(code: str, leads: Sequence[str], evidence: Floats, parts: Floats | None) -> list[Flag]:
    """Return a flag for each of the strongest leads of one beat: those with at least half of the strongest's.

    `parts` is the evidence [lead, part] of its waves where they are known.
    """
    order = np.argsort(-evidence, kind="stable")[:MOST_LEADS]
    least = max(0.5 * float(evidence[order[0]]), 1e-9)
    return [
        Flag(code, leads[k], _wave(parts[k]) if parts is not None else None, float(evidence[k]))
        for k in order
        if evidence[k] >= least
    ]


def _wave(parts: Floats) -> str | None:
    """Return the wave with the most evidence, None where more of it lies outside the waves than in all of them."""
    within = parts[:-1]
    if within.max() <= 0.0 or parts[-1] > np.maximum(within, 0.0).sum():
        return None
    return WAVES[int(within.argmax())]
