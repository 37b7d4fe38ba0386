"""QRS deflections of each lead, read off the median beat."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.core.findings import MedianBeat
from cardio_desktop.core.morphology import Deflection, QrsShape

LEAST_MV = 0.03  # a third of a millimetre on paper, and two samples of a slow recorder:
LEAST_MS = 8.0
"""What is lower or shorter is no deflection: noise and the rounding of slow sampling look like that."""
STANDS_OUT_MV = 0.03
"""How far a deflection's peak must stand above both ends of its stretch: an ST shift at the J point is no R'."""
NOTCH = 0.05
"""Depth of a notch as a share of the R wave; half a millimetre in an R of 1 mV."""


def qrs_shapes(median: MedianBeat | None) -> Mapping[str, QrsShape]:
    """Return the shape of each lead's QRS; empty where there is no median beat or its QRS has no bounds."""
    if median is None or not {"qrs_onset", "qrs_offset"} <= median.marks_s.keys():
        return {}
    first = median.zero + median.marks_s["qrs_onset"] * median.rate_hz
    last = median.zero + median.marks_s["qrs_offset"] * median.rate_hz
    begin, stop = max(int(np.floor(first)), 0), min(int(np.ceil(last)) + 1, median.samples_mv.shape[1])
    if stop - begin < 3:
        return {}
    return {
        lead: qrs_shape(median.of(lead)[begin:stop].astype(np.float64), median.rate_hz, first - begin)
        for lead in median.leads
        if np.isfinite(median.of(lead)[begin:stop]).all()
    }


def qrs_shape(samples_mv: NDArray[np.float64], rate_hz: float, onset: float = 0.0) -> QrsShape:
    """Return the deflections of one QRS complex, given in mV against the PR baseline; `onset` is a sample's index."""
    runs = _runs(samples_mv)
    parts = []
    for begin, stop in runs:
        piece = samples_mv[begin:stop]
        sign = 1.0 if piece[int(np.abs(piece).argmax())] > 0 else -1.0
        top = begin + int((sign * piece).argmax())
        height = float(sign * samples_mv[top])
        before = float(sign * samples_mv[begin]) if begin == 0 else 0.0
        after = float(sign * samples_mv[stop - 1]) if stop == len(samples_mv) else 0.0
        length_ms = 1000.0 * (_crossing(samples_mv, stop) - _crossing(samples_mv, begin)) / rate_hz
        if height >= LEAST_MV and length_ms >= LEAST_MS and height - max(before, after) >= STANDS_OUT_MV:
            parts.append((sign, height, 1000.0 * (top - onset) / rate_hz, length_ms, piece))
    return QrsShape(_named(parts), any(sign > 0 and _notched(piece) for sign, *_, piece in parts))


def _runs(samples_mv: NDArray[np.float64]) -> list[tuple[int, int]]:
    """Return (begin, stop) of the stretches of one sign."""
    edges = np.flatnonzero(np.diff(np.signbit(samples_mv))) + 1
    return list(zip([0, *edges.tolist()], [*edges.tolist(), len(samples_mv)], strict=True))


def _crossing(samples_mv: NDArray[np.float64], index: int) -> float:
    """Return where the trace crosses zero before sample `index`, in samples; the ends stay as they are."""
    if index <= 0 or index >= len(samples_mv):
        return float(min(max(index, 0), len(samples_mv) - 1))
    before, after = samples_mv[index - 1], samples_mv[index]
    return float(index - 1 + before / (before - after)) if before != after else float(index)


def _named(parts: list[tuple[float, float, float, float, NDArray[np.float64]]]) -> tuple[Deflection, ...]:
    """Name the deflections: negative before the first R is Q, after it S; further ones get a prime."""
    merged: list[tuple[float, float, float, float]] = []
    for sign, height, peak_ms, length_ms, _ in parts:
        if merged and merged[-1][0] == sign:  # what lay between was too small to count
            last = merged[-1]
            higher = max((last, (sign, height, peak_ms, length_ms)), key=lambda part: part[1])
            merged[-1] = (sign, higher[1], higher[2], last[3] + length_ms)
        else:
            merged.append((sign, height, peak_ms, length_ms))
    names, positive, negative = [], 0, 0
    for sign, *_ in merged:
        if sign > 0:
            names.append("R" + "'" * positive)
            positive += 1
        elif not positive:
            names.append("Q")
        else:
            names.append("S" + "'" * negative)
            negative += 1
    return tuple(
        Deflection(name, sign * height, peak_ms, length_ms)
        for name, (sign, height, peak_ms, length_ms) in zip(names, merged, strict=True)
    )


def _notched(piece: NDArray[np.float64]) -> bool:
    """Return whether a positive deflection has two peaks with a dip between them."""
    rise = np.diff(piece)
    tops = [k for k in range(1, len(piece) - 1) if rise[k - 1] > 0 >= rise[k]]
    if len(tops) < 2:
        return False
    best = float(piece.max())
    return any(min(piece[a], piece[b]) - float(piece[a : b + 1].min()) >= NOTCH * best for a, b in pairwise(tops))
