"""Flutter waves between the complexes: the same wave again and again, 240 to 340 times a minute.

The trace is compared with itself one supposed atrial cycle later, wherever neither place lies within a QRS complex: saw
teeth fit themselves at that distance and are opposed to themselves at half of it. T and P waves come once a beat and do
not; fibrillation does not keep time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

CYCLE_S = (0.170, 0.265)
"""Atrial cycles that are looked for: 226 to 353 per minute. Typical flutter has 240 to 340 (ESC 2019), slowed by drugs
a little less."""
BAND_HZ = (3.0, 12.0)
"""Base frequency and second harmonic of such waves; below lie T waves, above noise."""
AROUND_QRS_S = (0.05, 0.09)
"""Before and after a beat's time, what is left out; more after a broad complex."""
LEAST_S = 2.0
"""So much of the trace must remain to be compared."""


@dataclass(frozen=True)
class FlutterWaves:
    """What repeats between the complexes: likeness one cycle later less that half a cycle later (-1 to 2), its height.

    `cycle_s` is the cycle that fits best, `height_mv` the rms of the band between complexes.
    """

    likeness: float
    cycle_s: float
    height_mv: float


def flutter_waves(leads_mv: Floats, rate_hz: float, beats_s: Floats, qrs_s: float = 0.09) -> FlutterWaves | None:
    """Return what repeats in leads (lead, n) that begin at 0 s; None where too little lies between the complexes."""
    n = leads_mv.shape[1]
    quiet = between(n, rate_hz, beats_s, qrs_s)
    lags = np.arange(round(CYCLE_S[0] * rate_hz), round(CYCLE_S[1] * rate_hz) + 1)
    if n <= lags[-1] or quiet.sum() < LEAST_S * rate_hz:
        return None
    waves = band_passed(leads_mv, rate_hz)
    waves = waves * quiet
    power = (waves**2).sum()
    if power <= 0.0:
        return None
    full, half = (_likeness(waves, quiet, lag) for lag in (lags, np.round(lags / 2).astype(int)))
    score = full - half
    best = int(score.argmax())
    height_mv = float(np.sqrt(power / quiet.sum() / len(waves)))
    return FlutterWaves(float(score[best]), float(lags[best] / rate_hz), height_mv)


def between(n: int, rate_hz: float, beats_s: Floats, qrs_s: float = AROUND_QRS_S[1]) -> Bools:
    """Return which samples lie outside the complexes."""
    quiet = np.ones(n, dtype=bool)
    before, after = AROUND_QRS_S[0], max(AROUND_QRS_S[1], qrs_s)
    for beat_s in beats_s:
        quiet[max(round((beat_s - before) * rate_hz), 0) : max(round((beat_s + after) * rate_hz), 0)] = False
    return quiet


def _likeness(waves: Floats, quiet: Bools, lags: Sequence[int] | NDArray[np.intp]) -> Floats:
    """Return the correlation of waves (lead, n), 0 where not quiet, with themselves at each lag, all leads together."""
    out = np.zeros(len(lags))
    # The leads one behind the other, so far apart that none meets its neighbour.
    row = np.pad(waves, ((0, 0), (0, int(max(lags))))).ravel()
    power, heard = (waves**2).sum(axis=0), quiet.astype(np.float64)
    for k, lag in enumerate(lags):
        size = np.sqrt((power[:-lag] @ heard[lag:]) * (power[lag:] @ heard[:-lag]))
        out[k] = row[:-lag] @ row[lag:] / size if size > 0.0 else 0.0
    return out


def band_passed(leads_mv: Floats, rate_hz: float, band_hz: tuple[float, float] = BAND_HZ) -> Floats:
    """Return leads (lead, n) between two frequencies, zero phase."""
    n = leads_mv.shape[1]
    level = leads_mv - np.linspace(leads_mv[:, 0], leads_mv[:, -1], n, axis=1)
    return np.asarray(np.fft.irfft(np.fft.rfft(level, axis=1) * _gain(n, rate_hz, band_hz), n, axis=1))


@lru_cache(maxsize=8)
def _gain(n: int, rate_hz: float, band_hz: tuple[float, float]) -> Floats:
    f = np.fft.rfftfreq(n, 1.0 / rate_hz)
    gain: Floats = 1.0 / np.sqrt((1.0 + (band_hz[0] / np.maximum(f, 1e-9)) ** 6) * (1.0 + (f / band_hz[1]) ** 6))
    gain.flags.writeable = False
    return gain
