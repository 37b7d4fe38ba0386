"""Whether the trace rests between T and P: its energy there against that of where P is, beat by beat."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.analysis.global_waves import GlobalWave
from cardio_desktop.analysis.medians import median
from cardio_desktop.core.beat_waves import BeatWaves

Floats = NDArray[np.float64]

BEFORE_S, UP_TO_S = 0.26, 0.04
"""What is compared before QRS, from and to: where P waves of a usual PR of 120 to 200 ms lie."""
REST_S = (0.12, 0.30)
"""How long a stretch between T and P is compared, at least and at most."""


@dataclass(frozen=True, eq=False)
class Rests:
    """The energy between T and P, and of where P is, of those waves (`places` among all) that have room (n, lead)."""

    places: list[int]
    rest: Floats
    active: Floats

    @classmethod
    def of(cls, mv: Floats, rate_hz: float, waves: Sequence[BeatWaves[GlobalWave]], odd: NDArray[np.bool_]) -> Rests:
        """Measure the usual beats among the waves."""
        places: list[int] = []
        spans: list[tuple[float, float]] = []
        t_ends_s: float | None = None
        for place, w in enumerate(waves):
            onset_s = w.complex.onset_s
            stop_s = min(onset_s - BEFORE_S, w.p.onset_s - 0.03) if w.p is not None else onset_s - BEFORE_S
            if t_ends_s is not None and not odd[w.beat]:
                start_s = max(t_ends_s + 0.02, stop_s - REST_S[1])
                if stop_s - start_s >= REST_S[0]:
                    places.append(place)
                    spans += [(start_s, stop_s), (onset_s - BEFORE_S + 0.02, onset_s - UP_TO_S)]
            t_ends_s = w.t.offset_s if w.t is not None else None
        each = _energies(mv, [(round(low * rate_hz), round(high * rate_hz)) for low, high in spans])
        return cls(places, each[::2], each[1::2])

    def restless(self, first: int, stop: int) -> float | None:
        """Return the log of the energy between T and P over that of where P is, over all leads; None without room.

        Of the waves from the `first` on, which has none before it.
        """
        own = slice(bisect_left(self.places, first + 1), bisect_left(self.places, stop))
        if own.stop - own.start < 2:
            return None
        low, high = (float(median(part[own], axis=0).sum()) for part in (self.rest, self.active))
        return math.log(low / high) if low > 0.0 and high > 0.0 else None


def _energies(mv: Floats, spans: Sequence[tuple[int, int]]) -> Floats:
    """Return (span, lead): the mean square of each lead without its straight line; spans of one length together."""
    out = np.full((len(spans), len(mv)), np.nan)
    if not spans:
        return out
    first, stop = np.array(spans).T
    sizes = np.minimum(stop, mv.shape[1]) - first
    for size in np.unique(sizes[sizes > 0]).tolist():
        own = np.flatnonzero(sizes == size)
        windows = mv[:, first[own, None] + np.arange(size)]
        out[own] = (levelled(windows) ** 2).mean(axis=2).T
    return out


def levelled(windows: Floats) -> Floats:
    """Return windows (..., sample) without their straight lines."""
    line = _line(windows.shape[-1])
    level = windows - windows.mean(axis=-1, keepdims=True)
    return np.asarray(level - (level @ line / (line @ line))[..., None] * line)


@lru_cache(maxsize=64)
def _line(size: int) -> Floats:
    line = np.linspace(-1.0, 1.0, size)
    line.flags.writeable = False
    return line
