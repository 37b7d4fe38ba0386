"""From a recording at any rate, with gaps, to what the network reads: twelve leads in mV at its rate, windows cut.

Display filters never come here: the network sees the recorded voltages, resampled, and without an electrode's offset.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cardio_desktop.core.bridging import bridge_gaps

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]

LARGEST_HOLE = 0.2
"""A lead of which a greater share of a window is missing counts as missing in that window."""
MOST_OFFSET_MV = 0.5
"""What the network was trained on lies about 0 mV; the offset of an electrode, tens of mV in files of amplifiers that
let it pass, would make an infarction look like none. Up to here nothing is changed: that is 99.8 % of PTB-XL."""
PASSBAND = 0.9
"""Share of the lower Nyquist frequency that resampling leaves unchanged."""
HALF_TAPS = 48
"""Half length of the resampling filter in samples of the slower side: 70 dB down from its Nyquist frequency on."""
LARGEST_PERIOD = 128
"""Ratios of larger numbers are resampled tap by tap: their matrices would be mostly empty."""


@dataclass(frozen=True)
class Window:
    """One stretch of the recording as the network reads it."""

    start: int
    """First sample, at the network's rate."""
    ecg_mv: Floats
    """(12, samples); missing leads are 0."""
    missing: tuple[int, ...]
    """Indices of the leads that carry nothing here."""


@lru_cache(maxsize=8)
def resampling_filter(up: int, down: int) -> NDArray[np.float64]:
    """Return the taps of the linear-phase low-pass filter for resampling by `up` / `down`."""
    from scipy.signal import firwin

    slower = max(up, down)
    # Transition from PASSBAND up to the lower Nyquist frequency, in which no alias can arise; Kaiser 70 dB.
    cutoff = (1 + PASSBAND) / 2 / slower
    half = HALF_TAPS * slower
    taps: NDArray[np.float64] = firwin(2 * half + 1, cutoff, window=("kaiser", 6.76))
    taps.flags.writeable = False  # shared by all who resample so
    return taps


@lru_cache(maxsize=8)
def _resampling_matrix(up: int, down: int) -> tuple[NDArray[np.float64], int, int]:
    """Return the filter as a matrix (samples read, samples made), samples from one read to the next, samples before.

    Each reading of the source makes a block of whole periods of `up` / `down`.
    """
    taps = resampling_filter(up, down) * up
    half = taps.size // 2
    before = half // up
    periods = max(before // down, 1)
    read, made = np.arange(periods * down + 2 * before), np.arange(periods * up)
    place = half + made[None, :] * down - (read[:, None] - before) * up
    inside = (place >= 0) & (place < taps.size)
    matrix = np.where(inside, taps[np.clip(place, 0, taps.size - 1)], 0.0)
    matrix.flags.writeable = False
    return matrix, periods * down, before


def resample(leads_mv: Floats, rate_hz: float, target_hz: float) -> Floats:
    """Return (lead, n) at `target_hz`, sample 0 staying at time 0, without aliases; at `target_hz` already: unchanged.

    The first and last value are held beyond the ends, so that an offset rings nowhere.
    """
    if rate_hz == target_hz or not leads_mv.shape[1]:
        return leads_mv
    ratio = Fraction(target_hz / rate_hz).limit_denominator(2000)
    up, down = ratio.numerator, ratio.denominator
    samples = int(np.floor(leads_mv.shape[1] * target_hz / rate_hz + 1e-6))
    if max(up, down) <= LARGEST_PERIOD:
        return _resampled(leads_mv, up, down)[:, :samples]
    from scipy.signal import resample_poly

    taps = resampling_filter(up, down)
    result = resample_poly(leads_mv.astype(np.float64), up, down, axis=1, window=taps, padtype="edge")
    return np.asarray(result[:, :samples], dtype=np.float32)


def _resampled(leads_mv: Floats, up: int, down: int) -> Floats:
    """Return what `resample_poly` does, as products of matrices: the same but for rounding, in a fraction of the time.

    Scipy takes one multiplication after the other.
    """
    matrix, step, before = _resampling_matrix(up, down)
    read, made = matrix.shape
    blocks = -(-leads_mv.shape[1] // step)
    after = (blocks - 1) * step + read - before - leads_mv.shape[1]
    out = np.empty((len(leads_mv), blocks, made), dtype=np.float32)
    first, last = (
        np.repeat(leads_mv[:, k : k + 1], n, axis=1) for k, n in ((0, before), (leads_mv.shape[1] - 1, max(after, 0)))
    )
    held = np.concatenate([first, leads_mv, last], axis=1, dtype=np.float64)
    pieces = np.lib.stride_tricks.sliding_window_view(held, read, axis=1)[:, ::step]
    for lead in range(len(leads_mv)):
        # A lead at a time: pieces overlap, and are copied for the product.
        out[lead] = np.ascontiguousarray(pieces[lead, :blocks]) @ matrix
    return out.reshape(len(leads_mv), -1)


def resample_mask(recorded: Mask, rate_hz: float, target_hz: float, samples: int) -> Mask:
    """Return the mask at `target_hz`: recorded where the nearest sample of the source was."""
    nearest = np.clip(np.rint(np.arange(samples) * rate_hz / target_hz).astype(np.intp), 0, recorded.shape[1] - 1)
    return recorded[:, nearest]


def prepare(leads_mv: ArrayLike, rate_hz: float, target_hz: float) -> tuple[Floats, Mask]:
    """Return (12, n) in mV at `target_hz` without gaps, and the mask (12, n) of what was recorded.

    Raises ValueError for anything but twelve leads at a positive rate.
    """
    signal = np.asarray(leads_mv, dtype=np.float32)
    if signal.ndim != 2 or signal.shape[0] != 12:
        raise ValueError(f"expected 12 leads x samples, got an array of shape {signal.shape}")
    if not (np.isfinite(rate_hz) and rate_hz > 0):
        raise ValueError(f"expected a positive sampling rate, got {rate_hz} Hz")
    if signal.shape[1] == 0:
        return signal, np.zeros(signal.shape, dtype=bool)
    filled, recorded = bridge_gaps(signal)
    ecg = resample(filled, rate_hz, target_hz)
    return ecg, resample_mask(recorded, rate_hz, target_hz, ecg.shape[1])


def window_bounds(bins: int, longest: int) -> list[tuple[int, int]]:
    """Return (first bin, bin after the last) of as few windows as will do, side by side and alike within one bin.

    Windows that overlapped would count what they share twice, in the score and in its evidence.
    """
    count = max(-(-bins // longest), 1)
    edges = [bins * k // count for k in range(count + 1)]
    return list(pairwise(edges))


def cut(ecg_mv: Floats, recorded: Mask, start: int, samples: int) -> Window:
    """Return the window of `samples` from `start`, with leads zeroed of which too much is missing there.

    What a lead's middle lies beyond `MOST_OFFSET_MV` of 0 is taken off.
    """
    part, known = ecg_mv[:, start : start + samples], recorded[:, start : start + samples]
    hollow = 1 - known.mean(axis=1) > LARGEST_HOLE
    middle = np.array([np.median(row[own]) if own.any() else 0.0 for row, own in zip(part, known, strict=True)])
    beyond = middle - np.clip(middle, -MOST_OFFSET_MV, MOST_OFFSET_MV)
    if beyond.any():
        part = (part - beyond[:, None]).astype(np.float32)
    return Window(start, np.where(hollow[:, None], np.float32(0), part), tuple(int(k) for k in np.flatnonzero(hollow)))
