"""How early or late each beat comes against the usual interval around it.

Where a constant says what a fifth less or more of it changes, that was measured as `beat_types` tells.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.analysis.medians import median

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

EARLY = 0.88
"""RR as a share of the usual one below which a beat is early; 0.70: 341 V and 80 S more missed, 1.06: 109 V wrong."""
NEIGHBOURS = 10
"""Usual intervals on either side that make the usual one; 8: 4 S more missed, 42 fewer wrong, 12: 1 S more missed, 28
more wrong; V by 3 at most."""
LONGEST_RR_S = 3.0
"""More is a pause or a beat that was missed, and no usual interval: 2.4 to 3.6 s changes nothing."""


@dataclass(frozen=True, eq=False)
class Timing:
    """RR interval before and after each beat as shares of the usual one around it; NaN where unknown."""

    before: Floats
    after: Floats
    change: Floats
    """Median relative change between successive RR intervals of usual beats around: how irregular it is there."""


def timing_of(rr_s: Floats, regular: Bools) -> Timing:
    """Return how early or late each beat comes against the RR intervals between `regular` beats around it."""
    between = regular & np.roll(regular, 1) & np.isfinite(rr_s) & (rr_s < LONGEST_RR_S)
    between[0] = False
    if between.sum() < 3:
        between = np.isfinite(rr_s) & (rr_s < LONGEST_RR_S)
        # Where every second beat is early the middle interval is a short or a long one by chance: the mean is neither.
        local = np.full(rr_s.size, float(rr_s[between].mean()) if between.any() else np.nan)
    else:
        local = around(rr_s, between)
    after = np.append(rr_s[1:], np.nan)
    step = np.abs(np.diff(rr_s, prepend=np.nan)) / local
    pairs = between & np.roll(between, 1)
    pairs[0] = False
    change = around(step, pairs & np.isfinite(step)) if pairs.any() else np.zeros(rr_s.size)
    return Timing(rr_s / local, after / local, np.nan_to_num(change))


def around(values: Floats, chosen: Bools) -> Floats:
    """Return the median of the chosen values among the nearest 2 x `NEIGHBOURS` chosen ones around each place."""
    where = np.flatnonzero(chosen)
    if where.size == 0:
        return np.full(values.size, np.nan)
    picked = values[where]
    width = min(2 * NEIGHBOURS + 1, where.size)
    medians = median(np.lib.stride_tricks.sliding_window_view(picked, width), axis=1)
    first = np.clip(np.searchsorted(where, np.arange(values.size)) - width // 2, 0, medians.size - 1)
    return np.asarray(medians[first])
