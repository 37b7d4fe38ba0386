"""What disturbs one lead, in numbers: missing and flat stretches, saturation, steps, wander, mains, muscle noise."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Places = NDArray[np.intp]

FLAT_WINDOW_S = 1.6
FLAT_MV = 0.012
STEP_S = 0.3
BASELINE_S = 0.6
RAIL_S = 0.04
HIGH_BAND_HZ = (28.0, 45.0)
SIGNAL_BAND_HZ = (1.0, 22.0)
MAINS_HZ = (50.0, 60.0)


@dataclass(frozen=True)
class LeadFeatures:
    """Disturbances of one lead. Shares are 0 to 1 of its time; voltages in mV.

    `step_mv` is the largest jump of the baseline within 0.3 s, `steps_per_s` how often it jumps by over 0.5 mV,
    `wander_mv` the range of the baseline, `muscle_mv` the rms between beats of 28-45 Hz, `burst_mv` the same of the
    noisiest tenth, `mains_mv` the rms at `mains_hz`, `signal_mv` the rms of 1-22 Hz, `range_mv` the span of the
    trace around its baseline.
    """

    missing: float
    flat: float
    railed: float
    step_mv: float
    steps_per_s: float
    wander_mv: float
    muscle_mv: float
    burst_mv: float
    mains_mv: float | None
    mains_hz: float
    signal_mv: float
    range_mv: float

    @property
    def snr_db(self) -> float | None:
        """Signal over muscle and mains noise in dB; None where there is no signal."""
        if self.flat > 0.9 or self.missing > 0.9 or self.signal_mv <= 0.0:
            return None
        noise = np.hypot(max(self.muscle_mv, 5e-4), self.mains_mv or 0.0)
        return float(np.clip(20.0 * np.log10(self.signal_mv / noise), -40.0, 60.0))


NO_SIGNAL = LeadFeatures(1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, None, 0.0, 0.0, 0.0)


def measure_lead(mv: Floats, rate_hz: float) -> LeadFeatures:
    """Measure one lead (mV, NaN where there is no sample)."""
    present = np.isfinite(mv)
    if present.sum() < rate_hz:
        return NO_SIGNAL
    missing = 1.0 - float(present.mean())
    index = np.arange(mv.size)
    whole = mv if missing == 0.0 else np.interp(index, index[present], mv[present])

    baseline, hop_s = _baseline(whole, rate_hz)
    lag = max(round(STEP_S / hop_s), 1)
    jump = np.abs(baseline[lag:] - baseline[:-lag]) if baseline.size > lag else np.zeros(1)
    steps = int(np.count_nonzero(np.diff((jump > 0.5).astype(int)) == 1))
    around = whole - np.interp(index / rate_hz, np.arange(baseline.size) * hop_s, baseline)
    low, high = _quantiles(around, 0.002, 0.998)
    bottom, top = _quantiles(baseline, 0.02, 0.98)

    bands, mains_mv, mains_hz = _bands(whole, rate_hz)
    return LeadFeatures(
        missing=missing,
        flat=_flat(mv, rate_hz),
        railed=_railed(whole, rate_hz),
        step_mv=float(jump.max()),
        steps_per_s=steps * rate_hz / mv.size,
        wander_mv=top - bottom,
        muscle_mv=bands[0],
        burst_mv=bands[1],
        mains_mv=mains_mv,
        mains_hz=mains_hz,
        signal_mv=bands[2],
        range_mv=high - low,
    )


def _baseline(whole: Floats, rate_hz: float) -> tuple[Floats, float]:
    """Return the running median over 0.6 s (it passes over QRS complexes) and the seconds between its values."""
    thin = max(int(rate_hz / 50.0), 1)
    x = whole[::thin]
    rate = rate_hz / thin
    width, hop = max(round(BASELINE_S * rate), 1), max(round(0.06 * rate), 1)
    padded = np.pad(x, (width // 2, width - width // 2), mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, width)[: x.size : hop]
    return np.median(windows, axis=1), hop / rate


def _flat(mv: Floats, rate_hz: float) -> float:
    """Return the share of time in which the trace stays within `FLAT_MV` for `FLAT_WINDOW_S`."""
    piece = max(round(0.2 * rate_hz), 1)
    count = mv.size // piece
    blocks = np.nan_to_num(mv[: count * piece], nan=1e9).reshape(count, piece)
    top, bottom = blocks.max(axis=1), blocks.min(axis=1)
    width = min(round(FLAT_WINDOW_S / 0.2), count)
    if width < 1:
        return 0.0
    view = np.lib.stride_tricks.sliding_window_view
    span = view(top, width).max(axis=1) - view(bottom, width).min(axis=1)
    hit = np.convolve((span <= FLAT_MV) & (view(top, width).max(axis=1) < 1e8), np.ones(width)) > 0.5
    return float(hit.mean())


def _railed(whole: Floats, rate_hz: float) -> float:
    """Return the share of samples that stand still at the trace's own highest or lowest value, far from its middle."""
    middle = float(np.median(whole))
    run = max(round(RAIL_S * rate_hz), 3)
    share = 0.0
    for edge in (float(whole.max()), float(whole.min())):
        if abs(edge - middle) < 0.5:
            continue
        at = (np.abs(whole - edge) < 1e-3).astype(int)
        if np.count_nonzero(at) < run:
            continue
        starts = np.convolve(at, np.ones(run, dtype=int), "valid") == run
        share += float((np.convolve(starts, np.ones(run, dtype=int)) > 0).mean())
    return share


def _quantiles(values: Floats, *shares: float) -> tuple[float, ...]:
    """Return quantiles as `np.quantile` does, which takes many times as long for so few values."""
    last = values.size - 1
    places = [(share * last, max(min(int(share * last), last - 1), 0)) for share in shares]
    ordered = np.partition(values, sorted({k for _, first in places for k in (first, min(first + 1, last))}))
    out = []
    for place, k in places:
        low, high = float(ordered[k]), float(ordered[min(k + 1, last)])
        out.append(low + (high - low) * (place - k))
    return tuple(out)


@lru_cache(maxsize=8)
def _high_gain(n: int, rate_hz: float) -> Floats:
    """Return the gain of `HIGH_BAND_HZ` for a spectrum of n samples; all leads of a record share it."""
    f = np.fft.rfftfreq(n, 1.0 / rate_hz)
    low_hz, high_hz = HIGH_BAND_HZ
    # Gentle slopes: a sharp band edge would ring on from every QRS complex into the quiet time between.
    gain: Floats = 1.0 / np.sqrt((1.0 + (low_hz / np.maximum(f, 1e-9)) ** 8) * (1.0 + (f / high_hz) ** 8))
    gain.flags.writeable = False
    return gain


@lru_cache(maxsize=8)
def _places(n: int, rate_hz: float) -> tuple[Places, list[tuple[float, Places, Places]]]:
    """Return where a spectrum of n samples holds `SIGNAL_BAND_HZ`, and each mains frequency: itself and beside it."""
    f = np.fft.rfftfreq(n, 1.0 / rate_hz)
    lines = []
    for frequency_hz in MAINS_HZ:
        if rate_hz >= 2.0 * frequency_hz + 6.0:
            away = np.abs(f - frequency_hz)
            lines.append((frequency_hz, np.flatnonzero(away <= 0.6), np.flatnonzero((away > 1.0) & (away <= 3.0))))
    return np.flatnonzero((f >= SIGNAL_BAND_HZ[0]) & (f < SIGNAL_BAND_HZ[1])), lines


def _bands(whole: Floats, rate_hz: float) -> tuple[tuple[float, float, float], float | None, float]:
    """Return ((muscle, burst, signal) rms in mV, mains rms in mV or None, its frequency)."""
    n = whole.size
    # Ends brought to one height: else the wrap-around is a step, which is noise at all frequencies.
    trend = whole - np.linspace(whole[0], whole[-1], n)
    spectrum = np.fft.rfft(trend)
    signal_bins, lines = _places(n, rate_hz)
    high = np.fft.irfft(spectrum * _high_gain(n, rate_hz), n)
    piece = max(round(0.1 * rate_hz), 2)
    rms = np.sqrt((high[: n // piece * piece].reshape(-1, piece) ** 2).mean(axis=1))
    # QRS complexes fill less than a third of the time: the lower half of the pieces is noise alone.
    muscle, burst = _quantiles(rms, 0.35, 0.9)
    power = np.abs(spectrum) ** 2 * 2.0 / n**2
    signal = float(np.sqrt(power[signal_bins].sum()))
    mains: list[tuple[float, float]] = []
    for frequency_hz, line, beside in lines:
        excess = power[line].sum() - np.median(power[beside]) / np.log(2.0) * line.size if beside.size else 0.0
        mains.append((float(np.sqrt(max(excess, 0.0))), frequency_hz))
    if not mains:
        return (float(muscle), float(burst), signal), None, 0.0
    return (float(muscle), float(burst), signal), max(mains)[0], max(mains)[1]
