"""Waves of each lead from the delineating network's probabilities, and the leads' agreement about them.

A boundary stands where the probability of its wave crosses one half, found between samples by a straight line: where
cardiologists differ, that is the median of where they would set it. A wave that only few leads show is dropped, one
that nearly all leads show is looked for with less demand in the rest.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter, itemgetter

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.core.findings import Wave

Floats = NDArray[np.floating]
CLASSES = ("none", "P", "QRS", "T")
"""Outputs of the delineating network, in its order."""
WAVES = CLASSES[1:]
"""What is delineated."""

SHORTEST_S = {"P": 0.030, "QRS": 0.024, "T": 0.050}
"""Shorter stretches are no wave; chosen, below what readers mark."""
BRIDGED_S = {"P": 0.020, "QRS": 0.024, "T": 0.040}
"""A dip of the probability below one half shorter than this lies within the wave."""
FEW = 0.34
"""Share of the leads that must show a wave for it to exist: one lead in three, so that one lead's artefact invents
none.
"""
MANY = 0.6
"""Where this share of the leads shows a wave, the rest are asked again with `LEAST`."""
LEAST = 0.2
"""Probability that a wave must reach in a lead where most other leads show it."""


@dataclass(frozen=True)
class Segment:
    """A stretch of one wave in one lead in seconds, and how sure its middle is (0 to 1)."""

    wave: str
    onset_s: float
    offset_s: float
    sure: float

    @property
    def middle_s(self) -> float:
        """Half way."""
        return 0.5 * (self.onset_s + self.offset_s)


LONE_S = 0.150
"""A complex with no beat within this is lone: the tolerance within which beats are matched (ANSI/AAMI EC57)."""


Bias = Mapping[str, tuple[float, float]]
"""Wave -> (onset, offset) in ms: by how much the crossing lies behind the mark, as found on the training records."""


def lead_segments(probabilities: Floats, rate_hz: float, bias_ms: Bias | None = None) -> list[list[Segment]]:
    """Return the segments of each lead, ascending, of probabilities (class, lead, sample); sample 0 is at 0 s."""
    votes = probabilities[1:].mean(axis=1)
    agreed = {name: _agreed(votes[k], name, rate_hz) for k, name in enumerate(WAVES)}
    found = []
    for lead in range(probabilities.shape[1]):
        segments: list[Segment] = []
        for k, name in enumerate(WAVES):
            before_s, after_s = ((bias_ms or {}).get(name, (0.0, 0.0))[side] / 1000.0 for side in (0, 1))
            spans = _with_the_others(probabilities[k + 1, lead], name, rate_hz, agreed[name])
            # The boundaries' usual error is taken off.
            segments += [Segment(name, low - before_s, high - after_s, sure) for low, high, sure in spans]
        found.append(sorted(segments, key=attrgetter("onset_s")))
    return found


def without_lone_qrs(found: Sequence[Sequence[Segment]], beats_s: Sequence[float]) -> list[list[Segment]]:
    """Return `found` without complexes that fewer than half of the leads show and that belong to no beat.

    The detector hears all leads at once and decides what a beat is; a P or T wave that a few leads take for a complex
    does not make one. Before the first beat and after the last a complex that the record cuts off may stand alone. Of
    436 records of folds 1 to 8 of PTB-XL, 21 have such a cut complex and one a lone one, a T wave.
    """
    if len(beats_s) < 2:
        return [list(own) for own in found]
    beats = sorted(beats_s)

    def lone(segment: Segment) -> bool:
        at = segment.middle_s
        if segment.wave != "QRS" or not beats[0] < at < beats[-1]:
            return False
        k = bisect_right(beats, at)
        return min(at - beats[k - 1], beats[k] - at) > LONE_S

    lonely = [[segment for segment in own if lone(segment)] for own in found]
    middles = [[segment.middle_s for segment in own] for own in lonely]

    def shown_by(at: float) -> int:
        return sum(any(abs(other - at) <= LONE_S for other in own) for own in middles)

    dropped = [{id(s) for s in own if 2 * shown_by(s.middle_s) < len(found)} for own in lonely]
    return [[s for s in own if id(s) not in out] for own, out in zip(found, dropped, strict=True)]


def _agreed(votes: Floats, name: str, rate_hz: float) -> list[tuple[float, float, float]]:
    """Return (onset, offset, largest mean probability) of what some leads show together."""
    return [
        (low, high, sure) for low, high, sure in crossings(votes, FEW, BRIDGED_S[name] * rate_hz, rate_hz) if sure > FEW
    ]


def _with_the_others(
    p: Floats, name: str, rate_hz: float, agreed: Sequence[tuple[float, float, float]]
) -> list[tuple[float, float, float]]:
    """Return (onset, offset, how sure) of one lead: what others bear out, and what is faint where nearly all agree."""
    bridge, shortest_s = BRIDGED_S[name] * rate_hz, SHORTEST_S[name]
    # Both ascend without overlapping: only the first that ends behind an onset can meet it.
    lows, highs = [low for low, _, _ in agreed], [high for _, high, _ in agreed]
    kept = [
        (low, high, sure)
        for low, high, sure in crossings(p, 0.5, bridge, rate_hz)
        if high - low >= shortest_s and _meets(low, high, lows, highs)
    ]
    onsets, offsets = [low for low, _, _ in kept], [high for _, high, _ in kept]
    faintly: list[tuple[float, float, float]] = []
    for low, high, sure in agreed:
        if sure < MANY or _meets(low, high, onsets, offsets):
            continue
        if any(onset_s < high and low < offset_s for onset_s, offset_s, _ in faintly):
            continue
        first, last = max(round(low * rate_hz) - 5, 0), round(high * rate_hz) + 6
        window = p[first:last]
        if window.size < 3 or (top := float(window.max())) < LEAST:
            continue
        faint = crossings(window, 0.5 * top, bridge, rate_hz)
        start, end, _ = max(faint, key=lambda part: part[1] - part[0])
        if end - start >= shortest_s:
            faintly.append((start + first / rate_hz, end + first / rate_hz, top))
    return sorted(kept + faintly, key=itemgetter(0))


def _meets(start_s: float, end_s: float, starts_s: Sequence[float], ends_s: Sequence[float]) -> bool:
    """Return whether a stretch overlaps one of those given by ascending starts and ends."""
    k = bisect_right(ends_s, start_s)
    return k < len(ends_s) and starts_s[k] < end_s


def crossings(p: Floats, level: float, bridge: float, rate_hz: float) -> list[tuple[float, float, float]]:
    """Return (start, end, largest value) in seconds of the stretches where `p` lies above `level`.

    Ends lie between samples; stretches less than `bridge` samples apart are one; one cut off by an end ends there.
    """
    above = np.flatnonzero(np.diff(np.concatenate([[False], p > level, [False]]).astype(np.int8)))
    if above.size == 0:
        return []
    starts, stops = above[::2], above[1::2] - 1
    keep = np.concatenate([[True], starts[1:] - stops[:-1] > bridge])
    starts, stops = starts[keep], stops[np.concatenate([keep[1:], [True]])]
    before, after = p[np.maximum(starts - 1, 0)], p[np.minimum(stops + 1, p.size - 1)]
    rise = np.where(starts > 0, (p[starts] - level) / np.maximum(p[starts] - before, 1e-9), 0.0)
    fall = np.where(stops < p.size - 1, (p[stops] - level) / np.maximum(p[stops] - after, 1e-9), 0.0)
    bounds = np.column_stack([starts, stops + 1]).ravel()
    largest = np.maximum.reduceat(np.append(p, p.dtype.type(0.0)), bounds)[::2]
    return list(
        zip(((starts - rise) / rate_hz).tolist(), ((stops + fall) / rate_hz).tolist(), largest.tolist(), strict=True)
    )


def peak_of(millivolts: Floats, rate_hz: float, segment: Segment) -> float:
    """Return the time of the largest deflection from the line between a segment's ends, whatever its sign.

    `millivolts` begins at 0 s; missing samples are no peak.
    """
    first = max(round(segment.onset_s * rate_hz), 0)
    last = min(round(segment.offset_s * rate_hz), millivolts.size - 1)
    if last - first < 2:
        return segment.middle_s
    part = np.asarray(millivolts[first : last + 1], dtype=np.float64)
    line = part[0] + np.arange(part.size) * ((part[-1] - part[0]) / (part.size - 1))
    deflection = np.abs(part - line)
    # What is missing would be the largest of all.
    largest = int(deflection.argmax())
    if math.isfinite(deflection[largest]):
        return float((first + largest) / rate_hz)
    known = np.flatnonzero(np.isfinite(part))
    return float((first + known[np.abs(part[known]).argmax()]) / rate_hz) if known.size else segment.middle_s


def peaks_of(millivolts: Floats, rate_hz: float, segments: Sequence[Segment]) -> list[float]:
    """Return `peak_of` of each segment of a lead, all at once where no sample is missing."""
    spans = np.array([(s.onset_s, s.offset_s) for s in segments]).reshape(-1, 2)
    first, stop = np.rint(spans * rate_hz).astype(np.intp).T
    first = np.maximum(first, 0)
    size = np.minimum(stop, millivolts.size - 1) + 1 - first
    if not segments or size.min() < 3:
        return [peak_of(millivolts, rate_hz, s) for s in segments]
    starts = np.cumsum(size) - size
    step = np.arange(size.sum()) - np.repeat(starts, size)
    part = np.asarray(millivolts, dtype=np.float64)[np.repeat(first, size) + step]
    left, right = part[starts], part[starts + size - 1]
    deflection = np.abs(part - (np.repeat(left, size) + step * np.repeat((right - left) / (size - 1), size)))
    largest = np.maximum.reduceat(deflection, starts)
    if not np.isfinite(largest).all():
        return [peak_of(millivolts, rate_hz, s) for s in segments]
    at = np.minimum.reduceat(np.where(deflection == np.repeat(largest, size), step, step.size), starts)
    found: list[float] = ((first + at) / rate_hz).tolist()
    return found


def waves_of(
    segments: Sequence[Sequence[Segment]], leads: Mapping[str, tuple[float, float, Floats]], start_s: float
) -> list[Wave]:
    """Return the waves of each lead with their peaks.

    `leads` maps the name of each lead, in the order of `segments`, to (time of its first sample, rate, millivolts).
    """
    waves = []
    for (name, (first_s, rate_hz, millivolts)), found in zip(leads.items(), segments, strict=True):
        shift_s = start_s - first_s
        own: Sequence[Segment] = found
        if shift_s:
            own = [Segment(s.wave, s.onset_s + shift_s, s.offset_s + shift_s, s.sure) for s in found]
        for s, peak_s in zip(found, peaks_of(millivolts, rate_hz, own), strict=True):
            waves.append(Wave(name, s.wave, s.onset_s + start_s, peak_s + first_s, s.offset_s + start_s))
    return waves
