"""How a value goes from beat to beat: smoothed, and the stretches in which it stands apart in two leads at least."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

LONG_S = 20.0
"""Shorter than the minute of ambulatory recording (1-1-1 rule, Circulation 1999;100:886), so that nothing of a record
of minutes is lost; eight beats at least."""
LEAST_BEATS, AVERAGED = 8, 7
"""Beats that an episode has, and of which the middle one counts: three noisy ones in a row shift nothing. A choice."""
LEAST_LEADS = 2
"""In one lead alone it is as often the electrode as the heart. A choice."""
SHORTEST_RECORD_S = 30.0
"""An episode and half as long again of what is usual; in less there is nothing to come and go."""


def smoothed(values: Floats) -> Floats:
    """Return (lead, beat) with the median of `AVERAGED` beats in the place of each."""
    width = min(AVERAGED, values.shape[1]) | 1
    padded = np.pad(values, ((0, 0), (width // 2, width // 2)), mode="edge")
    middle = np.nanmedian(np.lib.stride_tricks.sliding_window_view(padded, width, axis=1), axis=2)
    return np.asarray(middle[:, : values.shape[1]])


def stretches(beyond: Bools, times_s: Floats, longest_break_s: float = 10.0) -> Iterator[tuple[int, int, Bools]]:
    """Yield (first beat, after the last, leads) where `beyond` (lead, beat) holds in two leads for long enough.

    The leads are those in which it holds for at least half of the beats. A break between beats, as a gap makes it, ends
    a stretch.
    """
    together = beyond.sum(axis=0) >= LEAST_LEADS
    breaks = np.flatnonzero(np.diff(times_s) > longest_break_s) + 1
    for part in np.split(np.arange(times_s.size), breaks):
        edges = np.flatnonzero(np.diff(np.concatenate([[False], together[part], [False]]).astype(int)))
        for low, high in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
            first, stop = int(part[low]), int(part[high - 1]) + 1
            if stop - first < LEAST_BEATS or times_s[stop - 1] - times_s[first] < LONG_S:
                continue
            shown = beyond[:, first:stop].mean(axis=1) >= 0.5
            if shown.any():
                yield first, stop, shown
