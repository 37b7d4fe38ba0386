"""Stretches in which the heart's chambers flutter or fibrillate: the trace is one wave after another, no complexes.

The leakage of Kuo and Dillman (Comput Cardiol 1978:347): a trace is added to itself half a period later. Of a sine wave
nothing remains; an ECG, which rests between its complexes, remains nearly whole.

What is said below of a fifth less or more was measured as `beats` tells: on the 33,780 beats of eight MIT-BIH records,
one of which (207) flutters, read with one and with two leads.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Span = tuple[float, float]

WINDOW_S = 3.0
"""Seven waves of the slowest flutter and more, short enough to follow an onset: a fifth less or more moves 13 beats."""
HOP_S = 0.25
"""Step between windows, a dozen to each of them: with 0.2 s 18 more beats are missed, with 0.3 s two fewer."""
EDGE_S = 1.0
"""Of the first and last window of a stretch, so much still belongs to what lies beside it."""
SURE = 0.46  # 0.37 changes nothing, with 0.55 87 beats of a tachycardia are missed
STILL = 0.58  # 0.46 ends the flutter too early, so that 95 beats are invented in it; with 0.70 18 are missed
"""Leakage below which a stretch counts as such, and up to which it goes on. In 725 records of PTB-XL (a third of fold
1) the least was 0.64, with left bundle branch block; in the flutter of MIT-BIH 207 the median is 0.39."""
HALF_PERIOD_S = (0.07, 0.22)
"""Waves at 136 to 430 per minute: from slow flutter to fibrillation of 7 Hz; a fifth less or more moves two beats."""
LEAST_MV = 0.04
"""A lead that is smaller shows noise, whose leakage means nothing; 0.032 to 0.048 mV changes nothing."""


def flutter_spans(leads_mv: Floats, rate_hz: float) -> list[Span]:
    """Return the stretches, in seconds, in which ventricles flutter or fibrillate; (lead, sample) in mV, 1-40 Hz.

    Leads without any signal are left out. Where a stretch is sure, the middle one of the others must say so, or of two
    leads both: tremor in one lead is no flutter. It goes on as long as half of them do.
    """
    window, hop = round(WINDOW_S * rate_hz), round(HOP_S * rate_hz)
    if leads_mv.shape[1] < window or not leads_mv.size:
        return []
    leads_mv = leads_mv[np.abs(leads_mv).max(axis=1) > LEAST_MV]
    if not len(leads_mv):
        return []
    leakage = _leakage(leads_mv, rate_hz, window, hop)
    middle, half = np.median(leakage, axis=0), np.quantile(leakage, 0.5, axis=0, method="lower")
    edges = np.flatnonzero(np.diff(np.concatenate([[False], half < STILL, [False]]).astype(int)))
    spans = []
    for first, stop in zip(edges[::2], edges[1::2], strict=True):
        if middle[first:stop].min() < SURE:
            low_s, high_s = first * hop / rate_hz, ((stop - 1) * hop + window) / rate_hz
            spans.append((low_s + EDGE_S * (first > 0), high_s - EDGE_S * (stop < middle.size)))
    return spans


def _leakage(leads_mv: Floats, rate_hz: float, window: int, hop: int) -> Floats:
    """Return the leakage (lead, window), 1 where a lead is all but flat or its period not that of flutter."""
    width = max(round(0.024 * rate_hz) | 1, 1)
    smooth = np.array([np.convolve(mv, np.full(width, 1.0 / width), "same") for mv in leads_mv])
    size, slope = np.abs(smooth), np.abs(np.diff(smooth, axis=1, append=smooth[:, -1:]))
    sums, slopes = _window_sums(size, window, hop), _window_sums(slope, window, hop)
    # For a sine wave the ratio of the two is its period over 2 pi samples.
    half = np.round(np.pi * sums / np.maximum(slopes, 1e-12)).astype(int)
    low, high = (round(s * rate_hz) for s in HALF_PERIOD_S)
    leakage = np.ones(sums.shape)
    for lag in np.unique(half[(half >= low) & (half <= high)]):
        rest = np.abs(smooth[:, lag:] + smooth[:, :-lag])
        both = size[:, lag:] + size[:, :-lag]
        part = _window_sums(rest, window - lag, hop) / np.maximum(_window_sums(both, window - lag, hop), 1e-12)
        here = half == lag
        leakage[here] = part[:, : sums.shape[1]][here]
    leakage[sums / window < LEAST_MV] = 1.0
    return leakage


def _window_sums(values: Floats, window: int, hop: int) -> Floats:
    total = np.cumsum(np.concatenate([np.zeros((values.shape[0], 1)), values], axis=1), axis=1)
    starts = np.arange(0, values.shape[1] - window + 1, hop)
    return np.asarray(total[:, starts + window] - total[:, starts])
