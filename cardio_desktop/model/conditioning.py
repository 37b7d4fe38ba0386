"""What the delineator reads of a lead: its own high-passed shape, of one size, at one rate.

The wander is taken out and each lead is put on the scale of its own QRS complexes, so that gain and electrode offset
cannot change what is found. Only the search for waves sees this: voltages are measured on the recording itself.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

RATE_HZ = 250
BASELINE_S = 1.0
BLOCK_S = 1.6
BLOCK_QUANTILE = 0.6
SMALLEST_MV = 0.03
"""A lead whose complexes are smaller than this is not blown up further: it would be all noise."""
LARGEST = 4.0


def condition(leads_mv: Floats) -> Floats:
    """Return (..., lead, n) at `RATE_HZ` without wander, scaled so that a QRS complex is about 2 high, cut at 4."""
    flat = leads_mv.reshape(-1, leads_mv.shape[-1]).astype(np.float64)
    flat = flat - _baseline(flat, round(BASELINE_S * RATE_HZ))
    block = min(round(BLOCK_S * RATE_HZ), flat.shape[1])
    count = flat.shape[1] // block
    blocks = flat[:, : count * block].reshape(len(flat), count, block)
    size = _quantile(np.sort(blocks.max(axis=2) - blocks.min(axis=2), axis=1), BLOCK_QUANTILE)
    scaled = flat * (2.0 / np.maximum(size, SMALLEST_MV))[:, None]
    return np.asarray(np.clip(scaled, -LARGEST, LARGEST), dtype=np.float32).reshape(leads_mv.shape)


def _quantile(ordered: NDArray[np.float64], share: float) -> NDArray[np.float64]:
    """Return what `np.quantile` does of sorted rows, which takes many times as long for so few values."""
    place = share * (ordered.shape[1] - 1)
    first = int(place)
    low, high, part = ordered[:, first], ordered[:, min(first + 1, ordered.shape[1] - 1)], place - first
    found: NDArray[np.float64] = low + (high - low) * part if part < 0.5 else high - (high - low) * (1.0 - part)
    return found


def _baseline(x: NDArray[np.float64], width: int) -> NDArray[np.float64]:
    """Return the mean over `width` samples taken twice: zero phase, odd reflection at the ends."""
    pad = min(width, x.shape[1] - 1)
    head = 2 * x[:, :1] - x[:, pad:0:-1]
    tail = 2 * x[:, -1:] - x[:, -2 : -pad - 2 : -1]
    out = np.concatenate([head, x, tail], axis=1)
    half = max(min(width, pad) // 2, 1)
    for _ in range(2):
        ends = np.repeat(out[:, :1], half + 1, axis=1), np.repeat(out[:, -1:], half, axis=1)
        total = np.cumsum(np.concatenate([ends[0], out, ends[1]], axis=1), axis=1)
        out = (total[:, 2 * half + 1 :] - total[:, : -2 * half - 1]) / (2 * half + 1)
    return out[:, pad : pad + x.shape[1]]
