"""Delineation without a network: slopes of smoothed leads around known beats.

The fallback where the network is not installed, and the figure beside which the network's stands. QRS ends where the
slope stays below a share of its largest; T ends where the area under the rest of the wave is largest (Zhang et al.,
IEEE Trans Biomed Eng 2006;53:2595); P is the largest hump before QRS that stands out and repeats itself.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.analysis.delineation import Segment

Floats = NDArray[np.float64]

RATE_HZ = 250.0
"""The rate for which the shares below were tried; the rules scale with the rate that is given."""
QRS_SLOPE = 0.07
"""QRS ends where the slope stays below this share of its largest. Chosen by hand like the other figures of this
fallback; `validate --what boundaries --method classical` says what they yield.
"""
QRS_QUIET_S = 0.012
"""Half of how long the slope must rest before QRS is over: a notch is shorter."""
QRS_REACH_S = 0.16
"""QRS lies within this of its R peak, the widest bundle branch block included."""
P_REACH_S = 0.32
"""How far before QRS the fallback looks for P; longer PR intervals are the network's."""
P_LEAST = 0.25
"""A P wave repeats itself from beat to beat at least so well (correlation with the mean of the others)."""
P_EDGE = 0.18
"""P reaches to where its hump has fallen to this share of its height."""
T_LATEST_S = 0.56
"""T ends before this times the root of RR (s) after QRS onset, plus 80 ms: Bazett's QTc of 560 ms."""
T_START_S = 0.10
"""T begins no earlier than 0.6 of this after QRS."""
T_EDGE = 0.15
"""T begins where its hump first reaches this share of its height."""
T_WINDOW_S = 0.13
"""Window of the area whose largest value marks the end of T; Zhang et al. 2006 use 128 ms."""


def classical_segments(leads_mv: Floats, rate_hz: float, beats_s: Sequence[float]) -> list[list[Segment]]:
    """Return the segments of each lead (lead, n) around the beats at `beats_s`; sample 0 is at 0 s."""
    return [_lead(np.asarray(lead, dtype=np.float64), rate_hz, np.asarray(beats_s)) for lead in leads_mv]


def _lead(mv: Floats, rate_hz: float, beats_s: Floats) -> list[Segment]:
    known = np.isfinite(mv)
    if known.sum() < rate_hz or not beats_s.size:
        return []
    filled = np.interp(np.arange(mv.size), np.flatnonzero(known), mv[known])
    sharp, soft = _smoothed(filled, rate_hz, 40.0), _smoothed(filled, rate_hz, 15.0)
    slope = np.abs(np.gradient(sharp)) * rate_hz
    complexes = [_qrs(slope, rate_hz, beat) for beat in beats_s]
    found = [s for s in complexes if s is not None]
    rr_s = np.diff(beats_s, append=beats_s[-1] + (np.median(np.diff(beats_s)) if beats_s.size > 1 else 1.0))
    usual = np.median(rr_s)
    out = list(found)
    for k, qrs in enumerate(complexes):
        if qrs is None:
            continue
        limit = qrs.onset_s + min(T_LATEST_S * np.sqrt(max(usual, 0.4)) + 0.08, 0.75 * rr_s[k])
        if t := _t(soft, rate_hz, qrs, limit):
            out.append(t)
    out += _p_waves(soft, rate_hz, [s for s in complexes if s is not None])
    return sorted(out, key=lambda s: s.onset_s)


def _smoothed(x: Floats, rate_hz: float, cut_hz: float) -> Floats:
    """Return `x` under a Gaussian whose gain at `cut_hz` is one half."""
    sigma = rate_hz * np.sqrt(2 * np.log(2.0)) / (2 * np.pi * cut_hz)
    reach = int(np.ceil(4 * sigma))
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    return np.convolve(np.pad(x, reach, mode="edge"), kernel / kernel.sum(), "valid")


def _qrs(slope: Floats, rate_hz: float, beat_s: float) -> Segment | None:
    """Return the QRS complex around a beat: outwards from its steepest places until it stays flat."""
    centre, reach = round(beat_s * rate_hz), round(QRS_REACH_S * rate_hz)
    low, high = max(centre - reach, 0), min(centre + reach, slope.size)
    near = slope[max(centre - reach // 2, 0) : min(centre + reach // 2, slope.size)]
    if near.size < 3:
        return None
    noise = float(np.quantile(slope[max(low - reach, 0) : high + reach], 0.15))
    level = max(QRS_SLOPE * float(near.max()), 2.0 * noise)
    steep = np.flatnonzero(slope[low:high] > level) + low
    if steep.size == 0:
        return None
    quiet = max(round(2 * QRS_QUIET_S * rate_hz), 2)
    main = int(np.abs(steep - centre).argmin())
    first = last = main
    while first > 0 and steep[first] - steep[first - 1] <= quiet:
        first -= 1
    while last < steep.size - 1 and steep[last + 1] - steep[last] <= quiet:
        last += 1
    return Segment("QRS", float(steep[first] / rate_hz), float(steep[last] / rate_hz), 1.0)


def _t(soft: Floats, rate_hz: float, qrs: Segment, limit_s: float) -> Segment | None:
    """Return the T wave between a QRS complex and `limit_s`."""
    first, last = round((qrs.offset_s + T_START_S * 0.6) * rate_hz), min(round(limit_s * rate_hz), soft.size - 1)
    if last - first < 0.1 * rate_hz:
        return None
    part = soft[first : last + 1]
    away = np.abs(part - np.linspace(part[0], part[-1], part.size))
    peak = first + int(away.argmax())
    width = round(T_WINDOW_S * rate_hz)
    ends = np.arange(peak + 2, min(last + round(0.06 * rate_hz), soft.size - 1))
    if ends.size < 3:
        return None
    sums = np.concatenate([[0.0], np.cumsum(soft)])
    area = np.abs(sums[ends + 1] - sums[np.maximum(ends + 1 - width, 0)] - width * soft[ends])
    offset = int(ends[int(area.argmax())])
    height = abs(soft[peak] - soft[offset])
    before = np.flatnonzero(np.abs(soft[first:peak] - soft[offset]) < T_EDGE * height)
    onset = first + int(before[-1]) if before.size else first
    return Segment("T", onset / rate_hz, offset / rate_hz, 1.0) if offset - onset > 0.05 * rate_hz else None


def _p_waves(soft: Floats, rate_hz: float, complexes: Sequence[Segment]) -> list[Segment]:
    """Return P waves before the complexes, where what stands there repeats itself."""
    reach = round(P_REACH_S * rate_hz)
    windows, onsets = [], []
    for k, qrs in enumerate(complexes):
        end = round((qrs.onset_s - 0.004) * rate_hz)
        since = qrs.onset_s - complexes[k - 1].onset_s if k else np.inf
        if end - reach >= 0 and since > 0.45:
            windows.append(soft[end - reach : end])
            onsets.append(end)
    if len(windows) < 2:
        return []
    stack = np.array(windows)
    stack = stack - np.linspace(stack[:, 0], stack[:, -1], reach).T
    mean = np.median(stack, axis=0)
    alike = [float(np.corrcoef(row, mean)[0, 1]) if row.std() > 0 and mean.std() > 0 else 0.0 for row in stack]
    if np.median(alike) < P_LEAST * 2:
        return []
    out = []
    for row, end, similar in zip(stack, onsets, alike, strict=True):
        if similar < P_LEAST:
            continue
        centre = int(np.abs(mean).argmax())
        near = slice(max(centre - 8, 0), min(centre + 9, reach))
        peak = near.start + int(np.abs(row[near]).argmax())
        low, high = peak, peak
        height = row[peak]
        while low > 0 and row[low - 1] * np.sign(height) > P_EDGE * abs(height):
            low -= 1
        while high < reach - 1 and row[high + 1] * np.sign(height) > P_EDGE * abs(height):
            high += 1
        if high - low >= 0.03 * rate_hz:
            out.append(Segment("P", (end - reach + low) / rate_hz, (end - reach + high) / rate_hz, similar))
    return out
