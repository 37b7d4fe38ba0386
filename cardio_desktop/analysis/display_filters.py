"""Filters for the eye alone: zero-phase, never across a gap; measurement and model get the samples of the file.

A causal high-pass fakes ST shifts, so every filter runs forwards and backwards. The cut-off that is named is where the
two passes together leave 3 dB less.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

HIGHPASS_HZ = (0.05, 0.15, 0.5)
"""0.05 Hz is diagnostic (AHA/ACC/HRS 2007); 0.15 and 0.5 Hz are what recorders offer for exercise and monitoring."""
LOWPASS_HZ = (40.0, 100.0, 150.0)
"""150 Hz is diagnostic for adults (AHA/ACC/HRS 2007); 100 and 40 Hz are customary on recorders."""
NOTCH_HZ = (50.0, 60.0)
"""The mains of the world."""

DIAGNOSTIC_HIGHPASS_HZ = 0.05
"""AHA/ACC/HRS 2007 (Kligfield et al., Circulation 2007;115:1306)."""
DIAGNOSTIC_LOWPASS_HZ = 150.0
"""The same, for adults and adolescents."""

NOTCH_Q = 30.0
"""The notch is 1.7 Hz wide at 50 Hz: what mains drift by, and little more."""
ORDER = 2
"""Forwards and backwards make it fourth order, as customary; more rings visibly after QRS."""
HALF_POWER = math.sqrt(0.5)
"""What 3 dB leave of an amplitude."""
MEMORY_CYCLES = 2.0
"""After so many periods of the cut-off the response to an impulse has fallen below a thousandth."""
SLOW_HZ = 50.0
"""What changes slowly is computed at about this rate: a day at 0.05 Hz needs a minute of margin around each page."""
QRS_WINDOW_S, WAVE_WINDOW_S = 0.2, 0.6
"""Running medians that remove QRS, then P and T waves, and leave the baseline (de Chazal, IEEE TBME 2004;51:1196)."""


@dataclass(frozen=True)
class DisplayFilter:
    """Which filters the reader has chosen; None and False for those that are off."""

    highpass_hz: float | None = None
    lowpass_hz: float | None = None
    notch_hz: float | None = None
    baseline: bool = False

    @property
    def active(self) -> bool:
        """Whether anything is filtered at all."""
        return self != DisplayFilter()

    @property
    def cuts_diagnostic(self) -> bool:
        """Whether it removes something of the diagnostic band of 0.05 to 150 Hz."""
        return (
            (self.highpass_hz or 0.0) > DIAGNOSTIC_HIGHPASS_HZ
            or (self.lowpass_hz or math.inf) < DIAGNOSTIC_LOWPASS_HZ
            or self.notch_hz is not None
            or self.baseline
        )

    def possible_at(self, rate_hz: float) -> DisplayFilter:
        """Return what of it can be done at a sampling rate: frequencies from half the rate on do not exist there."""
        return DisplayFilter(
            self.highpass_hz,
            self.lowpass_hz if self.lowpass_hz is not None and self.lowpass_hz < 0.5 * rate_hz else None,
            self.notch_hz if self.notch_hz is not None and self.notch_hz < 0.45 * rate_hz else None,
            self.baseline,
        )

    @property
    def margin_s(self) -> float:
        """How far to either side of a stretch samples still change it by more than a thousandth."""
        slow = MEMORY_CYCLES / self.highpass_hz if self.highpass_hz else 0.0
        return max(slow, 2.0 * WAVE_WINDOW_S if self.baseline else 0.0, 1.0)


NO_FILTER = DisplayFilter()
MONITOR = DisplayFilter(highpass_hz=0.5, lowpass_hz=40.0)
"""What is shown when a reader asks for a filter before choosing one."""


def filtered(values: NDArray[np.float64], rate_hz: float, chosen: DisplayFilter) -> NDArray[np.float64]:
    """Return millivolts with the display filter applied; each stretch without a gap by itself, NaN stays NaN."""
    chosen = chosen.possible_at(rate_hz)
    if not chosen.active:
        return values
    out = values.copy()
    finite = np.isfinite(values)
    edges = np.flatnonzero(np.diff(np.concatenate(([False], finite, [False])).astype(np.int8)))
    for begin, end in zip(edges[::2], edges[1::2], strict=True):
        out[begin:end] = _stretch(values[begin:end], rate_hz, chosen)
    return out


def _stretch(values: NDArray[np.float64], rate_hz: float, chosen: DisplayFilter) -> NDArray[np.float64]:
    if chosen.baseline:
        values = values - baseline(values, rate_hz)
    if chosen.highpass_hz is not None:
        # What a Butterworth low-pass of two passes leaves over is the high-pass of two passes, exactly.
        values = values - _slow(values, rate_hz, chosen.highpass_hz)
    if chosen.lowpass_hz is not None:
        values = _two_passes(_lowpass(chosen.lowpass_hz, rate_hz), values, round(rate_hz))
    if chosen.notch_hz is not None:
        values = _two_passes(_notch(chosen.notch_hz, rate_hz), values, round(rate_hz))
    return values


def baseline(values: NDArray[np.float64], rate_hz: float) -> NDArray[np.float64]:
    """Return the wander under the waves of one stretch: two running medians, then smoothed."""
    from scipy.ndimage import median_filter, uniform_filter1d

    few, centres, slow_hz = _thinned(values, rate_hz)
    for window_s in (QRS_WINDOW_S, WAVE_WINDOW_S):
        few = median_filter(few, size=2 * round(0.5 * window_s * slow_hz) + 1, mode="reflect")
    few = uniform_filter1d(few, size=2 * round(0.5 * QRS_WINDOW_S * slow_hz) + 1, mode="reflect")
    return _spread(few, centres, len(values))


def _slow(values: NDArray[np.float64], rate_hz: float, cutoff_hz: float) -> NDArray[np.float64]:
    """Return what a high-pass of `cutoff_hz` takes away."""
    few, centres, slow_hz = _thinned(values, rate_hz)
    pad = round(MEMORY_CYCLES / cutoff_hz * slow_hz)
    middle = float(few.mean())
    sections = _lowpass(cutoff_hz, slow_hz, 1.0 - HALF_POWER)
    return middle + _spread(_two_passes(sections, few - middle, pad), centres, len(values))


def _thinned(values: NDArray[np.float64], rate_hz: float) -> tuple[NDArray[np.float64], NDArray[np.float64], float]:
    """Return means of blocks, the sample index of each block's middle, and the blocks' rate."""
    step = max(int(rate_hz // SLOW_HZ), 1)
    starts = np.arange(0, len(values), step)
    sizes = np.diff(starts, append=len(values))
    return np.add.reduceat(values, starts) / sizes, starts + 0.5 * (sizes - 1), rate_hz / step


def _spread(few: NDArray[np.float64], centres: NDArray[np.float64], length: int) -> NDArray[np.float64]:
    """Return values at every sample from those at the blocks' middles."""
    return few if len(few) == length else np.interp(np.arange(length), centres, few)


def _two_passes(sections: NDArray[np.float64], values: NDArray[np.float64], pad: int) -> NDArray[np.float64]:
    """Run a filter forwards and backwards; beyond its ends the stretch is mirrored, so that no step arises there."""
    from scipy.signal import sosfiltfilt

    if len(values) < 2:
        return values
    out: NDArray[np.float64] = sosfiltfilt(sections, values, padtype="even", padlen=min(pad, len(values) - 1))
    return out


@lru_cache(maxsize=64)
def _lowpass(cutoff_hz: float, rate_hz: float, left: float = HALF_POWER) -> Any:
    """Return the low-pass whose two passes leave `left` of a wave of `cutoff_hz`, exactly so at this rate."""
    from scipy.signal import butter

    # Two passes leave 1 / (1 + u ** (2 * order)); u is frequency over cut-off, in the bilinear transform's tangents.
    over = (1.0 / left - 1.0) ** (1.0 / (2 * ORDER))
    single_hz = rate_hz / math.pi * math.atan(math.tan(math.pi * cutoff_hz / rate_hz) / over)
    return butter(ORDER, single_hz, "lowpass", fs=rate_hz, output="sos")


@lru_cache(maxsize=16)
def _notch(notch_hz: float, rate_hz: float) -> Any:
    from scipy.signal import iirnotch, tf2sos

    return tf2sos(*iirnotch(notch_hz, NOTCH_Q, fs=rate_hz))
