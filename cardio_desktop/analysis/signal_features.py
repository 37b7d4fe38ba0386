"""What disturbs one lead, in numbers: missing and flat stretches, saturation, steps, wander, mains, muscle noise."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.analysis.medians import median
from cardio_desktop.core.bridging import bridge_gaps

Floats = NDArray[np.float64]
Places = NDArray[np.intp]

FLAT_WINDOW_S = 1.6
"""A trace that rests for this long is flat: longer than RR at 40/min, so that the rest between slow beats is none."""
FLAT_MV = 0.012
"""Two steps of a 5 microvolt recorder and a little: what an amplifier without electrode shows (CinC 2011)."""
STEP_S = 0.3
"""A step is a change of baseline within this."""
BASELINE_S = 0.6
"""Length of the running median that is the baseline: QRS, a sixth of it, drops out."""
RAIL_S = 0.04
"""Standing still at the extreme for so long is saturation: no R peak is flat for 40 ms."""
HIGH_BAND_HZ = (28.0, 45.0)
"""Muscle noise between QRS complexes, clear of T below and mains above; 100 Hz recordings have it too."""
SIGNAL_BAND_HZ = (1.0, 22.0)
"""Most of the power of P, QRS and T (Thakor et al., IEEE Trans Biomed Eng 1984;31:702)."""
MAINS_HZ = (50.0, 60.0)
"""The mains of the world."""


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
        noise = math.hypot(max(self.muscle_mv, 5e-4), self.mains_mv or 0.0)
        return min(max(20.0 * math.log10(self.signal_mv / noise), -40.0), 60.0)


NO_SIGNAL = LeadFeatures(1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, None, 0.0, 0.0, 0.0)
"""A lead without a sample: all of it is missing."""


def measure_lead(mv: Floats, rate_hz: float) -> LeadFeatures:
    """Measure one lead (mV, NaN where there is no sample)."""
    return measure_leads(mv[None], rate_hz)[0]


def measure_leads(leads_mv: Floats, rate_hz: float) -> list[LeadFeatures]:
    """Measure each of the leads (lead, sample) in mV (NaN: no sample); together they take half the time."""
    present = np.isfinite(leads_mv)
    missing = 1.0 - present.mean(axis=1)
    found = [NO_SIGNAL] * len(leads_mv)
    held = np.flatnonzero(present.sum(axis=1) >= rate_hz)
    if not held.size:
        return found
    mv, index = leads_mv[held], np.arange(leads_mv.shape[1])
    whole, present = bridge_gaps(mv)

    baseline, hop_s = _baseline(whole, rate_hz)
    lag = max(round(STEP_S / hop_s), 1)
    some = baseline.shape[1] > lag
    jump = np.abs(baseline[:, lag:] - baseline[:, :-lag]) if some else np.zeros((len(held), 1))
    steps = np.count_nonzero(np.diff((jump > 0.5).astype(int), axis=1) == 1, axis=1)
    times, places = index / rate_hz, np.arange(baseline.shape[1]) * hop_s
    around = whole - np.array([np.interp(times, places, row) for row in baseline])
    low, high = _quantiles(around, 0.002, 0.998)
    bottom, top = _quantiles(baseline, 0.02, 0.98)

    (muscle, burst, signal), mains = _bands(whole, rate_hz)
    flat, railed, highest = _flat(mv, rate_hz), _railed(whole, rate_hz), jump.max(axis=1)
    for place, lead in enumerate(held.tolist()):
        mains_mv, mains_hz = mains[place]
        found[lead] = LeadFeatures(
            missing=float(missing[lead]),
            flat=float(flat[place]),
            railed=railed[place],
            step_mv=float(highest[place]),
            steps_per_s=int(steps[place]) * rate_hz / mv.shape[1],
            wander_mv=float(top[place] - bottom[place]),
            muscle_mv=float(muscle[place]),
            burst_mv=float(burst[place]),
            mains_mv=mains_mv,
            mains_hz=mains_hz,
            signal_mv=float(signal[place]),
            range_mv=float(high[place] - low[place]),
        )
    return found


def _baseline(whole: Floats, rate_hz: float) -> tuple[Floats, float]:
    """Return the running median over 0.6 s (it passes over QRS complexes) of each lead, and the seconds of a step."""
    thin = max(int(rate_hz / 50.0), 1)
    x = whole[:, ::thin]
    rate = rate_hz / thin
    width, hop = max(round(BASELINE_S * rate), 1), max(round(0.06 * rate), 1)
    padded = np.pad(x, ((0, 0), (width // 2, width - width // 2)), mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, width, axis=1)[:, : x.shape[1] : hop]
    return median(windows, axis=2), hop / rate


def _flat(mv: Floats, rate_hz: float) -> Floats:
    """Return the share of time in which each trace stays within `FLAT_MV` for `FLAT_WINDOW_S`."""
    piece = max(round(0.2 * rate_hz), 1)
    count = mv.shape[1] // piece
    blocks = np.nan_to_num(mv[:, : count * piece], nan=1e9).reshape(len(mv), count, piece)
    top, bottom = blocks.max(axis=2), blocks.min(axis=2)
    width = min(round(FLAT_WINDOW_S / 0.2), count)
    if width < 1:
        return np.zeros(len(mv))
    view = np.lib.stride_tricks.sliding_window_view
    highest = view(top, width, axis=1).max(axis=2)
    still = (highest - view(bottom, width, axis=1).min(axis=2) <= FLAT_MV) & (highest < 1e8)
    return np.array([float((np.convolve(row, np.ones(width)) > 0.5).mean()) if row.any() else 0.0 for row in still])


def _railed(whole: Floats, rate_hz: float) -> list[float]:
    """Return the share of samples that stand still at a trace's own highest or lowest value, far from its middle."""
    run = max(round(RAIL_S * rate_hz), 3)
    shares = [0.0] * len(whole)
    for edges in (whole.max(axis=1), whole.min(axis=1)):
        at = np.abs(whole - edges[:, None]) < 1e-3
        for k in np.flatnonzero(np.count_nonzero(at, axis=1) >= run):
            if abs(edges[k] - np.median(whole[k])) < 0.5:
                continue
            starts = np.convolve(at[k].astype(int), np.ones(run, dtype=int), "valid") == run
            shares[k] += float((np.convolve(starts, np.ones(run, dtype=int)) > 0).mean())
    return shares


def _quantiles(values: Floats, *shares: float) -> list[Floats]:
    """Return quantiles of each row as `np.quantile` does, which takes many times as long for so few values."""
    last = values.shape[1] - 1
    places = [(share * last, max(min(int(share * last), last - 1), 0)) for share in shares]
    ordered = np.partition(values, sorted({k for _, first in places for k in (first, min(first + 1, last))}), axis=1)
    lows, highs = ([ordered[:, min(k + step, last)] for _, k in places] for step in (0, 1))
    return [low + (high - low) * (place - k) for low, high, (place, k) in zip(lows, highs, places, strict=True)]


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


def _bands(whole: Floats, rate_hz: float) -> tuple[list[Floats], list[tuple[float | None, float]]]:
    """Return (muscle, burst, signal) rms in mV of each lead, and its (mains rms in mV or None, its frequency)."""
    n = whole.shape[1]
    # Ends brought to one height: else the wrap-around is a step, which is noise at all frequencies.
    trend = whole - np.linspace(whole[:, 0], whole[:, -1], n, axis=1)
    spectrum = np.fft.rfft(trend, axis=1)
    signal_bins, lines = _places(n, rate_hz)
    high = np.fft.irfft(spectrum * _high_gain(n, rate_hz), n, axis=1)
    piece = max(round(0.1 * rate_hz), 2)
    rms = np.sqrt((high[:, : n // piece * piece].reshape(len(whole), -1, piece) ** 2).mean(axis=2))
    # QRS complexes fill less than a third of the time: the lower half of the pieces is noise alone.
    muscle, burst = _quantiles(rms, 0.35, 0.9)
    power = np.abs(spectrum) ** 2 * 2.0 / n**2
    signal = np.sqrt(power.take(signal_bins, axis=1).sum(axis=1))
    excess = []
    for _, line, beside in lines:
        own = power.take(line, axis=1).sum(axis=1)
        rest = median(power.take(beside, axis=1), axis=1) / np.log(2.0) * line.size if beside.size else own
        excess.append(np.sqrt(np.maximum(own - rest, 0.0)))
    mains: list[tuple[float | None, float]] = [(None, 0.0)] * len(whole)
    if lines:
        frequencies = [hz for hz, _, _ in lines]
        mains = [max(zip(map(float, own), frequencies, strict=True)) for own in np.array(excess).T]
    return [muscle, burst, signal], mains
