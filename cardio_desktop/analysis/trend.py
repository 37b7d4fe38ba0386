"""A long record at a glance: heart rate minute by minute."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.analysis.beat_types import rr_intervals
from cardio_desktop.core.beat_kinds import ECTOPIC, BeatKind
from cardio_desktop.core.findings import Beat
from cardio_desktop.core.record import Gap

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

BIN_S = 60.0
"""One value a minute, as Holter reports give it."""


@dataclass(frozen=True, eq=False)
class Trend:
    """Heart rate over time: one value for each of equal stretches of `bin_s` from `start_s`; NaN without beats.

    `rate_bpm` belongs to the median RR interval, `slowest_bpm` and `fastest_bpm` to the 5 % and 95 % quantile;
    `ectopic` is the share of beats that are supraventricular or ventricular, 0 to 1.
    """

    start_s: float
    bin_s: float
    beats: Ints
    rate_bpm: Floats
    slowest_bpm: Floats
    fastest_bpm: Floats
    ectopic: Floats
    ventricular: Floats

    @property
    def times_s(self) -> Floats:
        """The middle of each stretch."""
        return np.asarray(self.start_s + self.bin_s * (np.arange(self.beats.size) + 0.5))


def heart_rate_trend(
    beats: Sequence[Beat], start_s: float, end_s: float, gaps: Sequence[Gap] = (), bin_s: float = BIN_S
) -> Trend:
    """Return the trend of `beats`, ascending, from `start_s` to `end_s`; intervals over a gap count for nothing."""
    times = np.array([beat.time_s for beat in beats], dtype=np.float64)
    kinds = np.array([beat.kind for beat in beats], dtype="<U20")
    count = max(int(np.ceil((end_s - start_s) / bin_s - 1e-9)), 1)
    rr = rr_intervals(times, gaps) if times.size else times
    place = np.clip(((times - start_s) / bin_s).astype(int), 0, count - 1)
    edges = np.searchsorted(place, np.arange(count + 1))
    quantiles = np.full((3, count), np.nan)
    for k in range(count):
        known = rr[edges[k] : edges[k + 1]]
        known = known[np.isfinite(known)]
        if known.size:
            quantiles[:, k] = 60.0 / np.quantile(known, (0.5, 0.95, 0.05))
    number = np.bincount(place, minlength=count)
    shares = [
        np.bincount(place[np.isin(kinds, names)], minlength=count) / np.maximum(number, 1)
        for names in (ECTOPIC, (BeatKind.VENTRICULAR,))
    ]
    return Trend(start_s, bin_s, number, *quantiles, *shares)
