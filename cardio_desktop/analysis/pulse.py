"""How fast and how regularly the heart beats: one rate for the whole program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.analysis.beat_types import rr_intervals
from cardio_desktop.core.beat_kinds import ECTOPIC
from cardio_desktop.core.findings import Beat
from cardio_desktop.core.record import Gap

Floats = NDArray[np.float64]

TRIM = 0.1
"""Share of the longest and of the shortest intervals that do not count for the rate: one pause or missed beat among ten
does not move it."""


@dataclass(frozen=True, eq=False)
class Pulse:
    """Rate and regularity.

    `rate_bpm` is that of all beats; the rest belongs to usual beats, ectopic ones and what follows them left out where
    enough others remain: `change` is the median step from one interval to the next as a share of the interval,
    `range_s` the span of their middle nine tenths, `rr_s` the intervals themselves.
    """

    rate_bpm: float
    change: float
    range_s: float
    rr_s: Floats


def heart_rate_bpm(rr_s: Floats) -> float | None:
    """Return the rate that belongs to intervals in s: that of their mean without the longest and the shortest tenth.

    None without an interval; NaN counts as none.
    """
    known = np.sort(rr_s[np.isfinite(rr_s)])
    if not known.size:
        return None
    cut = int(TRIM * known.size)
    return 60.0 / float(known[cut : known.size - cut].mean())


def pulse_of(beats: Sequence[Beat], gaps: Sequence[Gap] = ()) -> Pulse | None:
    """Return rate and regularity; None without an interval."""
    rr = rr_intervals(np.array([beat.time_s for beat in beats], dtype=np.float64), gaps)
    rate_bpm = heart_rate_bpm(rr)
    if rate_bpm is None:
        return None
    ectopic = np.array([beat.kind in ECTOPIC for beat in beats], dtype=bool)
    known = np.isfinite(rr)
    # The interval before an ectopic beat is its own, the one after it is a pause.
    after = np.concatenate([[False], ectopic[:-1]])
    regular = known & ~ectopic & ~after
    chosen = regular if regular.sum() >= max(3, 0.3 * known.sum()) else known
    values = rr[chosen]
    pairs = chosen & np.concatenate([[False], chosen[:-1]])
    steps = np.abs(np.diff(rr, prepend=np.nan))[pairs]
    change = float(np.median(steps)) / float(np.median(values)) if steps.size >= 2 else 0.0
    cut = int(0.05 * values.size)
    trimmed = np.sort(values)[cut : values.size - cut]
    return Pulse(rate_bpm, change, float(trimmed[-1] - trimmed[0]), values)
