"""Min-max pyramid: draws a day of samples as fast as ten seconds, without losing a peak."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.core.progress import Progress
from cardio_desktop.core.record import Lead

FACTOR = 16
"""Samples (or blocks) that one block of the next level holds."""

LONG_LEAD = 400_000
"""A lead with more samples than this is drawn through a pyramid and never held whole in millivolts."""

CHUNK = 1 << 20
"""Samples read at once while building: bounds the memory of a day-long record."""


@dataclass(frozen=True, eq=False)
class Pyramid:
    """Smallest and largest millivolts of blocks of a lead; level k has blocks of FACTOR ** (k + 1) samples.

    Blocks lie on absolute sample indices, so an envelope does not shimmer while the view moves. A block without any
    sample is NaN. `levels` are float32 arrays [block, (min, max)].
    """

    rate_hz: float
    length: int
    levels: tuple[NDArray[np.float32], ...]

    def envelope(self, start: int, stop: int, most: int) -> tuple[int, int, NDArray[np.float32]] | None:
        """Return (first block, block length, [block, (min, max)]) that cover samples start..stop.

        The coarsest level that still has `most` blocks or more in the range is taken; None where even the finest has
        not, and the samples themselves should be drawn.
        """
        for level in range(len(self.levels) - 1, -1, -1):
            size = FACTOR ** (level + 1)
            if (stop - start) // size >= most:
                first, last = max(start, 0) // size, -(-min(stop, self.length) // size)
                return first, size, self.levels[level][first:last]
        return None


def build_pyramid(lead: Lead, progress: Progress | None = None) -> Pyramid:
    """Read `lead` once and return its pyramid; `progress` gets percent done and may raise to cancel."""
    length = len(lead)
    parts: list[NDArray[np.float32]] = []
    for start in range(0, length, CHUNK):
        parts.append(_blocks(lead.millivolts(start, min(start + CHUNK, length)).astype(np.float32)))
        if progress:
            progress(100.0 * min(start + CHUNK, length) / length)
    levels = [np.concatenate(parts)] if parts else []
    while levels and levels[-1].shape[0] > FACTOR:
        levels.append(_merge(levels[-1]))
    return Pyramid(lead.rate_hz, length, tuple(levels))


def _blocks(values: NDArray[np.float32]) -> NDArray[np.float32]:
    return _merge(np.stack((values, values), axis=1))


def _merge(blocks: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return min and max of each FACTOR rows; NaN only where all are NaN."""
    count = -(-blocks.shape[0] // FACTOR)
    padded = np.full((count * FACTOR, 2), np.nan, dtype=np.float32)
    padded[: blocks.shape[0]] = blocks
    shaped = padded.reshape(count, FACTOR, 2)
    # fmin and fmax pass over NaN without the warning that nanmin gives for an empty block.
    return np.stack((np.fmin.reduce(shaped[..., 0], axis=1), np.fmax.reduce(shaped[..., 1], axis=1)), axis=1)
