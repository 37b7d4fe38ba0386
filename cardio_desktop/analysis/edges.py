"""The last few milliseconds of a boundary: where cardiologists set it, given what the trace does around the crossing.

A small network of one hidden layer for each boundary reads the trace, the slope of all leads together and the
probabilities within some 60 ms (T: 160 ms) of the crossing, and says by how much the mark usually lies beside it. For
QRS it also reads the recording itself, in millivolts every 2 ms: the first bend out of the baseline is lost in what the
delineator sees, and where a reader sees it depends on how high it stands on paper. It never moves a boundary by more
than `MOST` bounds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.analysis.delineation import CLASSES, Floats, Segment

REACH = 16
"""Steps on either side of the crossing: 64 ms, for T 160 ms; chosen to hold the bend that a reader goes by."""
STEP_S = {"P": 0.004, "QRS": 0.004, "T": 0.010}
"""P and QRS in steps of the delineator's own rate, T in coarser ones: its end is slow."""
BOUND_S = {
    ("P", "onset"): 0.0102,
    ("P", "offset"): 0.0127,
    ("QRS", "onset"): 0.0065,
    ("QRS", "offset"): 0.0116,
    ("T", "offset"): 0.0306,
}
"""The unit in which each boundary's move is learnt: two standard deviations of the CSE study's referees."""
SMALLEST_MV = 0.01
"""Least height by which a lead is scaled: a flat lead must not blow up its noise."""
USUAL_MV = (0.5, 2.0)
"""Heights of a QRS complex for which marks in millivolts were learnt; lower and higher ones are scaled into them."""
FINE_REACH = 20
"""Samples of the recording itself on either side; with `FINE_STEP_S` 40 ms."""
FINE_STEP_S = 0.002
"""Readers of LUDB set marks on traces of 500 samples a second."""
MOST = 2.0
"""A boundary moves by so many bounds at most."""
CLEAREST = {"P": 8.0, "QRS": 2.0, "T": 8.0}
"""Gain of the trace in millivolts before it is cut at 3: P and T are low, QRS is high."""
FINE = ("QRS",)
"""Waves whose boundaries are sought in the recording itself too."""
Layers = tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]
"""Weights and offsets of the hidden layer, weights and offset of the last; the first also normalises its inputs."""


@dataclass(frozen=True, eq=False)
class EdgeView:
    """What a boundary is judged by, sample 0 of each array at 0 s.

    `probabilities` (class, lead, n) and the conditioned trace `ecg` (lead, n) that they were made from, both at
    `rate_hz`; the recording `leads_mv` (lead, m) at `fine_rate_hz`, without gaps, and the height of its complexes
    `complex_mv`: smaller or larger ones than usual are seen at another gain, as a reader looks at them.
    """

    ecg: Floats
    probabilities: Floats
    rate_hz: float
    leads_mv: Floats
    fine_rate_hz: float
    complex_mv: float

    @property
    def gain(self) -> float:
        """By what the recording is magnified to be looked at."""
        return min(max(self.complex_mv, USUAL_MV[0]), USUAL_MV[1]) / self.complex_mv

    @cached_property
    def slope(self) -> Floats:
        """Root mean square over the leads of the conditioned trace's steps (n)."""
        return np.asarray(np.sqrt((np.diff(self.ecg, axis=1, prepend=self.ecg[:, :1]) ** 2).mean(axis=0)), np.float32)

    @cached_property
    def fine_slope(self) -> Floats:
        """Mean over the leads of how steep the recording is (m), magnified, a hundred times the mV in 2 ms."""
        steps = np.abs(np.diff(self.leads_mv, axis=1, prepend=self.leads_mv[:, :1])).mean(axis=0)
        return np.asarray(steps * (self.fine_rate_hz * FINE_STEP_S * 100.0 * self.gain), dtype=np.float32)


def complex_height(segments: Sequence[Sequence[Segment]], leads_mv: Floats, rate_hz: float) -> float:
    """Return the middle height in mV of the QRS complexes of all leads (lead, n); 1 where there is none."""
    found = [(k, s) for k, lead in enumerate(segments) for s in lead if s.wave == "QRS"]
    if not found:
        return 1.0
    row = np.array([k for k, _ in found], dtype=np.intp)
    return max(float(np.nanmedian(_ranges(leads_mv, [s for _, s in found], row, rate_hz))), SMALLEST_MV)


def turning(wave: str) -> int:
    """Return how many of the features, the first ones, change their sign where the lead is turned over."""
    return 2 * (2 * REACH + 1) + (2 * FINE_REACH + 1 if wave in FINE else 0)


def refined(
    segments: Sequence[Sequence[Segment]], seen: EdgeView, layers: Mapping[tuple[str, str], Layers]
) -> list[list[Segment]]:
    """Return the segments of each lead with their boundaries moved to where they are usually marked."""
    out = [list(lead) for lead in segments]
    for wave in dict.fromkeys(wave for wave, _ in layers):
        places = [(k, i) for k, lead in enumerate(segments) for i, s in enumerate(lead) if s.wave == wave]
        if not places:
            continue
        own, leads = [segments[k][i] for k, i in places], [k for k, _ in places]
        size = _sizes(seen.ecg, own, np.asarray(leads, dtype=np.intp), seen.rate_hz)
        onset_s, offset_s = np.array([(s.onset_s, s.offset_s) for s in own]).T
        for side in [side for which, side in layers if which == wave]:
            weights = layers[wave, side]
            hidden = np.maximum(features(own, leads, side, seen, size) @ weights[0] + weights[1], 0.0)
            moves = (np.clip(hidden @ weights[2] + weights[3], -MOST, MOST) * BOUND_S[wave, side]).astype(np.float64)
            if side == "onset":
                onset_s = np.minimum(onset_s + moves, offset_s - 0.01)
            else:
                offset_s = np.maximum(offset_s + moves, onset_s + 0.01)
        for (k, i), s, low, high in zip(places, own, onset_s.tolist(), offset_s.tolist(), strict=True):
            out[k][i] = Segment(wave, low, high, s.sure)
    return out


def features(
    segments: Sequence[Segment],
    leads: Sequence[int],
    side: str,
    seen: EdgeView,
    size: NDArray[np.float32] | None = None,
) -> NDArray[np.float32]:
    """Return (segment, feature): what surrounds the onset or offset of segments of one wave, each in its lead.

    `size` (segment) is the span of the conditioned trace within each, taken from `seen` where it is not known yet.
    """
    wave = segments[0].wave
    row = np.asarray(leads, dtype=np.intp)[:, None]
    at_s = np.array([getattr(s, f"{side}_s") for s in segments])
    around = _Around(row, at_s[:, None] + STEP_S[wave] * np.arange(-REACH, REACH + 1), seen.rate_hz, seen.ecg.shape[1])
    k = CLASSES.index(wave)
    trace = around(seen.ecg)
    trace = trace - trace[:, REACH : REACH + 1]
    size = _sizes(seen.ecg, segments, row[:, 0], seen.rate_hz) if size is None else size
    lengths = np.array([s.offset_s - s.onset_s for s in segments], dtype=np.float32)
    turned = [trace / size[:, None], np.clip(trace * CLEAREST[wave], -3.0, 3.0)]
    level = []
    if wave in FINE:
        times_s = at_s[:, None] + FINE_STEP_S * np.arange(-FINE_REACH, FINE_REACH + 1)
        close = _Around(row, times_s, seen.fine_rate_hz, seen.leads_mv.shape[1])
        own = close(seen.leads_mv)
        turned.append(np.clip((own - own[:, FINE_REACH : FINE_REACH + 1]) * (10.0 * seen.gain), -3.0, 3.0))
        level.append(close(seen.fine_slope))
    level += [
        5.0 * around(seen.slope),
        around(seen.probabilities[k]),
        around(seen.probabilities[k].mean(axis=0)),
        around(seen.probabilities[0]),
        np.log(size)[:, None],
        lengths[:, None],
    ]
    return np.concatenate([*turned, *level], axis=1, dtype=np.float32)


class _Around:
    """Values at times near boundaries, between samples by straight lines; the ends of the recording are held."""

    def __init__(self, row: NDArray[np.intp], times_s: NDArray[np.float64], rate_hz: float, n: int) -> None:
        """`row` (segment, 1) is each segment's lead, `times_s` (segment, place) where it is looked at."""
        clipped = np.clip(times_s * rate_hz, 0.0, n - 1.001)
        self.index = clipped.astype(np.intp)
        self.part = (clipped - self.index).astype(np.float32)
        self.rest = 1.0 - self.part
        self.flat = row * n + self.index

    def __call__(self, values: Floats) -> NDArray[np.float32]:
        """(n) common to all leads or (lead, n) -> (segment, place)."""
        here = self.index if values.ndim == 1 else self.flat
        # Taken from one row: numpy takes twice as long to look up lead and place.
        line = values.ravel()
        return np.asarray(line.take(here) * self.rest + line.take(here + 1) * self.part, dtype=np.float32)


def _sizes(ecg: Floats, segments: Sequence[Segment], leads: NDArray[np.intp], rate_hz: float) -> NDArray[np.float32]:
    """Return the span of the conditioned trace within each segment, raised a little; 1 where it has no sample."""
    span = _ranges(ecg, segments, leads, rate_hz)
    return np.where(np.isnan(span), 1.0, span.astype(np.float64) + 0.02).astype(np.float32)


def _ranges(ecg: Floats, segments: Sequence[Segment], leads: NDArray[np.intp], rate_hz: float) -> NDArray[np.float32]:
    """Return the span of the trace within each segment; NaN where it has no sample."""
    n = ecg.shape[1]
    first, last = (np.array([(s.onset_s, s.offset_s) for s in segments]) * rate_hz).astype(np.intp).T
    first, stop = np.maximum(first, 0), np.minimum(last + 1, n)
    some = first < stop
    bounds = np.column_stack([leads * n + np.where(some, first, 0), leads * n + np.where(some, stop, 1)]).ravel()
    # One sample more, so that a segment may end with the last lead.
    flat = np.append(ecg.ravel(), ecg.dtype.type(0.0))
    span = np.maximum.reduceat(flat, bounds)[::2] - np.minimum.reduceat(flat, bounds)[::2]
    return np.where(some, span, np.nan).astype(np.float32)
