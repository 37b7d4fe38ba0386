"""The traces in which beats are looked for: each lead band-passed by Fourier transform, and its energy.

One transform a lead serves every band, and resamples any rate to one working rate on the way, zero phase. What is said
below of another value was measured as `beats` tells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.analysis.medians import median

Floats = NDArray[np.float64]

WORK_HZ = 125.0
"""Twice the highest frequency that is looked at, and some; 100 or 150 Hz: 12 or 14 beats more invented."""
BAND_HZ = (7.0, 24.0)
"""Around the 17 Hz at which QRS stands out best (Thakor et al., IEEE Trans Biomed Eng 1984;31:702), wide enough for
broad complexes. The lower end: 13 more invented below, 13 more missed above; the upper: 5 invented."""
SHARP_HZ = (20.0, 45.0)
"""What a QRS complex has and a T wave has not; neither end changes a beat."""
BROAD_HZ = (1.0, 40.0)
"""The trace without wander and mains, for deflections and flutter. The lower end: 39 more invented below, 34 more
missed above; the upper changes nothing."""
SMOOTH_S = 0.12
"""The length of a broad complex, which so makes one hill; 0.10 s: 39 more invented, 0.14 s: 12 fewer, 2 more missed."""

MOST_CHEST = 5
"""With so many chest leads what most of them share can be told from what one of them has. A choice."""


@dataclass
class PassedLead:
    """One lead in mV through the three filters, on its own grid of times in s that begins before the first sample."""

    grid_s: Floats
    band: Floats
    sharp: Floats
    broad: Floats
    missing: NDArray[np.bool_] | None
    """Of its samples, which are missing or next to such; None where none is."""
    rate_hz: float
    offset_s: float

    def energies(self, times: Floats) -> tuple[Floats, Floats]:
        """Return (energy, sharpness) at `times`, 0 where there are no samples."""
        width = round(SMOOTH_S * WORK_HZ)
        energy, sharp = (at_times(times, self.grid_s, np.sqrt(_smooth(x**2, width))) for x in (self.band, self.sharp))
        if self.missing is not None:
            index = np.round((times - self.offset_s) * self.rate_hz).astype(int)
            energy[self.missing[np.clip(index, 0, self.missing.size - 1)]] = 0.0
        return energy, sharp


def passed_lead(mv: Floats, rate_hz: float, offset_s: float) -> PassedLead | None:
    """Return one lead (n,) in mV, NaN where it has no sample, through the filters; None where hardly any is there.

    `offset_s` is the time of its first sample.
    """
    present = np.isfinite(mv)
    if present.sum() < 0.2 * rate_hz:
        return None
    index = np.arange(mv.size)
    whole = mv if present.all() else np.interp(index, index[present], mv[present])
    pad = min(round(1.0 * rate_hz), mv.size - 1)
    # Odd reflection keeps value and slope at the ends, so that the filter sees no step there.
    padded = np.concatenate([2 * whole[0] - whole[pad:0:-1], whole, 2 * whole[-1] - whole[-2 : -pad - 2 : -1]])
    n = padded.size
    spectrum = np.fft.rfft(padded)
    out = max(round(n / rate_hz * WORK_HZ), 2)
    grid = (np.arange(out) * n / out - pad) / rate_hz + offset_s
    parts = [_resampled(spectrum, n, rate_hz, out, band) for band in (BAND_HZ, SHARP_HZ, BROAD_HZ)]
    missing = None if present.all() else np.convolve(~present, np.ones(round(0.1 * rate_hz)), "same") > 0
    return PassedLead(grid, parts[0], parts[1], parts[2], missing, rate_hz, offset_s)


def against_each_other(chest: Sequence[PassedLead]) -> list[PassedLead]:
    """Return the chest leads less what most of them share; none where too few are alike.

    Each is measured against the mean of three limb electrodes: a loose one of these shows in all of them alike.
    """
    alike = [lead for lead in chest if lead.band.size == chest[0].band.size and lead.band.any()]
    if len(alike) < max(MOST_CHEST, len(chest)):
        return []
    common, keen = (median(np.array(rows).T) for rows in ([one.band for one in alike], [one.sharp for one in alike]))
    return [replace(one, band=one.band - common, sharp=one.sharp - keen) for one in alike]


def at_times(times: Floats, grid: Floats, values: Floats) -> Floats:
    """Return `values`, given at `grid`, at `times`; 0 before and after."""
    return np.interp(times, grid, values, left=0.0, right=0.0)


@lru_cache(maxsize=32)
def _band(n: int, rate_hz: float, count: int, band_hz: tuple[float, float]) -> Floats:
    """Return the first `count` gains, for a spectrum of n samples, of a band-pass as of third-order Butterworths.

    All leads of a record share them.
    """
    f = np.fft.rfftfreq(n, 1.0 / rate_hz)[:count]
    low_hz, high_hz = band_hz
    gain = np.asarray(1.0 / np.sqrt((1.0 + (low_hz / np.maximum(f, 1e-9)) ** 6) * (1.0 + (f / high_hz) ** 6)))
    gain.flags.writeable = False
    return gain


def _resampled(
    spectrum: NDArray[np.complex128], n: int, rate_hz: float, out: int, band_hz: tuple[float, float]
) -> Floats:
    """Return what `spectrum` (of n samples) has in a band at `out` samples over the same time; it ends below both."""
    part = spectrum[: out // 2 + 1]
    return np.asarray(np.fft.irfft(part * _band(n, rate_hz, part.size, band_hz), out) * (out / n))


def _smooth(x: Floats, width: int) -> Floats:
    """Return `x` under a Hann window of `width` samples, zero phase."""
    window = np.hanning(width | 1) + 1e-12
    return np.convolve(x, window / window.sum(), "same") if x.size >= window.size else np.full_like(x, x.mean())
