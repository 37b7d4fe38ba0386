"""Variability of the heart rate, as the Task Force of 1996 defines it, on normal beats alone.

Circulation 1996;93:1043: an NN interval lies between two normal beats that follow one another. What is missing is left
out, not invented; the frequency domain is that of stretches of five minutes, each brought to equal steps.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

SEGMENT_S = 300.0
"""SDANN, the SDNN index and the spectra are of five minutes each."""
LEAST_SHARE = 0.8
"""So much of five minutes must be NN intervals; what ectopic beats and noise leave is no spectrum of the sinus node."""
LEAST_NN = 60
"""With fewer intervals no figure says anything: about a minute."""
BIN_MS = 1000.0 / 128.0
"""The triangular index counts in classes of 1/128 s, by definition."""
RESAMPLED_HZ = 4.0
"""Ten times the highest frequency that is asked for; 4 Hz is usual."""
BANDS_HZ = {"vlf_ms2": (0.003, 0.04), "lf_ms2": (0.04, 0.15), "hf_ms2": (0.15, 0.4)}
"""Of the Task Force (Circulation 1996;93:1043, table 2)."""
LARGEST_CHANGE = 0.2
"""A change by more than a fifth from one NN interval to the next is taken for a missed or early beat (Malik's filter,
usual in Holter analysis); both its intervals are left out."""


def nn_intervals(times_s: Floats, normal: Bools, broken: Bools) -> tuple[Floats, Floats]:
    """Return (ends in s, lengths in ms) of the NN intervals.

    `times_s` are beats, ascending; `normal` says which are sinus beats, `broken` before which something is missing.
    """
    if times_s.size < 2:
        return np.zeros(0), np.zeros(0)
    length = np.diff(times_s)
    kept = normal[1:] & normal[:-1] & ~broken[1:] & (length < 2.5)
    ends, nn = times_s[1:][kept], 1000.0 * length[kept]
    if nn.size < 3:
        return ends, nn
    change = np.abs(np.diff(nn)) / nn[:-1]
    jump = np.concatenate([[False], change > LARGEST_CHANGE]) & (np.diff(ends, prepend=-np.inf) < 2.5)
    odd = jump | np.concatenate([jump[1:], [False]])
    return ends[~odd], nn[~odd]


def time_domain(ends_s: Floats, nn_ms: Floats) -> dict[str, float]:
    """Return SDNN, SDANN, SDNN index, RMSSD, pNN50 and the triangular index; {} with too few intervals.

    SDANN and the index are left out where there are not two whole segments.
    """
    if nn_ms.size < LEAST_NN:
        return {}
    follow = np.diff(ends_s) - nn_ms[1:] / 1000.0 < 1e-3  # two intervals that share a beat
    steps = np.diff(nn_ms)[follow]
    counts = np.bincount(((nn_ms - nn_ms.min()) / BIN_MS).astype(int))
    found = {
        "nn": float(nn_ms.size),
        "mean_nn_ms": float(nn_ms.mean()),
        "sdnn_ms": float(nn_ms.std(ddof=1)),
        "rmssd_ms": float(np.sqrt(np.mean(steps**2))) if steps.size else float("nan"),
        "pnn50_percent": float(100.0 * np.mean(np.abs(steps) > 50.0)) if steps.size else float("nan"),
        "triangular_index": float(nn_ms.size / counts.max()),
    }
    parts = [nn_ms[which] for which in _segments(ends_s, nn_ms)]
    if len(parts) > 1:
        found["sdann_ms"] = float(np.std([part.mean() for part in parts], ddof=1))
        found["sdnn_index_ms"] = float(np.mean([part.std(ddof=1) for part in parts]))
    return {name: value for name, value in found.items() if np.isfinite(value)}


def frequency_domain(ends_s: Floats, nn_ms: Floats) -> dict[str, float]:
    """Return the power in each of `BANDS_HZ` in ms², the mean over five-minute segments, and LF/HF; {} without any.

    Each segment is brought to 4 Hz by a cubic spline, freed of its straight trend and shown to one Hann window.
    """
    segments = _segments(ends_s, nn_ms)
    if not segments:
        return {}
    from scipy.interpolate import CubicSpline
    from scipy.signal import periodogram

    powers = []
    for which in segments:
        at, nn = ends_s[which], nn_ms[which]
        even = np.arange(at[0], at[-1], 1.0 / RESAMPLED_HZ)
        frequency, density = periodogram(
            CubicSpline(at, nn)(even), RESAMPLED_HZ, window="hann", detrend="linear", scaling="density"
        )
        step = frequency[1] - frequency[0]
        powers.append(
            [density[(frequency >= low) & (frequency < high)].sum() * step for low, high in BANDS_HZ.values()]
        )
    found = dict(zip(BANDS_HZ, np.mean(powers, axis=0).tolist(), strict=True))
    if found["hf_ms2"] > 0:
        found["lf_hf"] = found["lf_ms2"] / found["hf_ms2"]
    return {**found, "spectra": float(len(powers))}


def _segments(ends_s: Floats, nn_ms: Floats) -> list[NDArray[np.int64]]:
    """Return the intervals of each five minutes in which enough of them are known."""
    if not ends_s.size:
        return []
    first_s = float(ends_s[0] - nn_ms[0] / 1000.0)
    place = ((ends_s - first_s) / SEGMENT_S).astype(int)
    found = []
    for k in range(int(place[-1]) + 1):
        which = np.flatnonzero(place == k)
        if which.size and nn_ms[which].sum() >= 1000.0 * LEAST_SHARE * SEGMENT_S:
            found.append(which)
    return found
