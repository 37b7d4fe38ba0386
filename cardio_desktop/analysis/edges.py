"""The last few milliseconds of a boundary: where cardiologists set it, given what the trace does around the crossing.

A small network of one hidden layer for each boundary reads the trace, the slope of all leads together and the
probabilities within some 60 ms (T: 160 ms) of the crossing, and says by how much the mark usually lies beside it. It
never moves a boundary by more than its bound (`MOST_S`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.analysis.delineation import CLASSES, Floats, Segment

REACH = 16
STEP_S = {"P": 0.004, "QRS": 0.004, "T": 0.010}
BOUND_S = {
    ("P", "onset"): 0.0102,
    ("P", "offset"): 0.0127,
    ("QRS", "onset"): 0.0065,
    ("QRS", "offset"): 0.0116,
    ("T", "offset"): 0.0306,
}
"""The unit in which each boundary's move is learnt: two standard deviations of the CSE study's referees."""
MOST = 2.0
"""A boundary moves by so many bounds at most."""
CLEAREST = {"P": 8.0, "QRS": 2.0, "T": 8.0}
Layers = tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]
"""Weights and offsets of the hidden layer, weights and offset of the last; the first also normalises its inputs."""


def refined(
    segments: Sequence[Sequence[Segment]],
    ecg: Floats,
    probabilities: Floats,
    rate_hz: float,
    layers: Mapping[tuple[str, str], Layers],
) -> list[list[Segment]]:
    """Return the segments with their boundaries moved to where they are usually marked.

    `ecg` (lead, n) is the conditioned trace at `rate_hz` that `probabilities` (class, lead, n) were made from.
    """
    flat = [(k, i, s) for k, lead in enumerate(segments) for i, s in enumerate(lead)]
    out = [list(lead) for lead in segments]
    slope = slope_of(ecg)
    ranges: dict[str, NDArray[np.float32]] = {}
    for (wave, side), weights in layers.items():
        chosen = [(k, i, s) for k, i, s in flat if s.wave == wave]
        if not chosen:
            continue
        own, leads = [s for _, _, s in chosen], [k for k, _, _ in chosen]
        if wave not in ranges:
            ranges[wave] = _ranges(ecg, own, np.asarray(leads, dtype=np.intp), rate_hz)
        seen = features(own, leads, side, ecg, probabilities, rate_hz, slope, ranges[wave])
        hidden = np.maximum(seen @ weights[0] + weights[1], 0.0)
        moves = np.clip(hidden @ weights[2] + weights[3], -MOST, MOST) * BOUND_S[wave, side]
        for (k, i, _), move in zip(chosen, moves, strict=True):
            now = out[k][i]
            if side == "onset":
                out[k][i] = Segment(wave, min(now.onset_s + float(move), now.offset_s - 0.01), now.offset_s, now.sure)
            else:
                out[k][i] = Segment(wave, now.onset_s, max(now.offset_s + float(move), now.onset_s + 0.01), now.sure)
    return out


def features(
    segments: Sequence[Segment],
    leads: Sequence[int],
    side: str,
    ecg: Floats,
    probabilities: Floats,
    rate_hz: float,
    slope: Floats | None = None,
    size: NDArray[np.float32] | None = None,
) -> NDArray[np.float32]:
    """Return (segment, feature): what surrounds the onset or offset of segments of one wave, each in its lead.

    `slope` (`slope_of`) and `size`, the span of each segment's trace, spare computing them again.
    """
    wave = segments[0].wave
    row = np.asarray(leads, dtype=np.intp)[:, None]
    at_s = np.array([getattr(s, f"{side}_s") for s in segments])
    places = (at_s[:, None] + STEP_S[wave] * np.arange(-REACH, REACH + 1)) * rate_hz
    clipped = np.clip(places, 0.0, ecg.shape[1] - 1.001)
    index = clipped.astype(np.intp)
    part = (clipped - index).astype(np.float32)

    def around(values: Floats) -> NDArray[np.float32]:
        pair = (values[index], values[index + 1]) if values.ndim == 1 else (values[row, index], values[row, index + 1])
        return np.asarray(pair[0] * (1.0 - part) + pair[1] * part, dtype=np.float32)

    slope = slope_of(ecg) if slope is None else slope
    k = CLASSES.index(wave)
    trace = around(ecg)
    trace = trace - trace[:, REACH : REACH + 1]
    size = _ranges(ecg, segments, row[:, 0], rate_hz) if size is None else size
    lengths = np.array([s.offset_s - s.onset_s for s in segments], dtype=np.float32)
    return np.concatenate(
        [
            trace / size[:, None],
            np.clip(trace * CLEAREST[wave], -3.0, 3.0),
            5.0 * around(slope),
            around(probabilities[k]),
            around(probabilities[k].mean(axis=0)),
            around(probabilities[0]),
            np.log(size)[:, None],
            lengths[:, None],
        ],
        axis=1,
    )


def slope_of(ecg: Floats) -> Floats:
    """Return the rms slope of all leads together at each sample, of (lead, n)."""
    return np.asarray(np.sqrt((np.diff(ecg, axis=1, prepend=ecg[:, :1]) ** 2).mean(axis=0)))


def _ranges(ecg: Floats, segments: Sequence[Segment], leads: NDArray[np.intp], rate_hz: float) -> NDArray[np.float32]:
    """Return the span of the trace within each segment, raised by 0.02 mV; 1 where it has no sample."""
    n = ecg.shape[1]
    first = np.array([max(int(s.onset_s * rate_hz), 0) for s in segments])
    stop = np.array([min(int(s.offset_s * rate_hz) + 1, n) for s in segments])
    some = first < stop
    bounds = np.column_stack([leads * n + np.where(some, first, 0), leads * n + np.where(some, stop, 1)]).ravel()
    # One sample more, so that a segment may end with the last lead.
    flat = np.append(ecg.ravel(), ecg.dtype.type(0.0))
    span = np.maximum.reduceat(flat, bounds)[::2] - np.minimum.reduceat(flat, bounds)[::2]
    return np.where(some, span.astype(np.float64) + 0.02, 1.0).astype(np.float32)
