"""The gain that lets the waves of a record fill their rows without leaving them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from cardio_desktop.core.errors import CardioError
from cardio_desktop.core.paper import gain_factor
from cardio_desktop.core.units import DEFAULT_GAIN_MM_PER_MV, GAINS_MM_PER_MV
from cardio_desktop.render.traces import TraceSource

LOOKS, LOOK_S = 6, 10.0
"""The record is looked at in so many places: the gain must not jump from page to page."""
HIGHEST_PERCENT = 99.8
"""A single spike may leave its row."""
REACH = 0.55
"""How much of a row's height a wave may take to either side of the zero line."""

BEYOND_MM = 5.0
"""How far a wave may leave its row before a gain is lowered for it: one big square, which header and footer leave free.
"""


Unread = Mapping[str, tuple[tuple[float, float], ...]]
"""The times of each lead, in s of the record, that nobody can read: noise there is no wave that needs room."""


class AutoGain:
    """Chooses among the customary gains, once for each record, layout and height of rows.

    What is `unread` does not count, unless nothing else is there.
    """

    def __init__(self) -> None:
        self._source: TraceSource | None = None
        self._unread: Unread = {}
        self._heights: dict[str, float] = {}

    def gain(
        self, source: TraceSource, leads: Iterable[str], row_mm: float, chest_factor: float, unread: Unread
    ) -> float:
        """Return the largest customary gain, in mm/mV, at which the waves of `leads` stay in rows of `row_mm`."""
        reach_mv = self._reach_mv(source, leads, chest_factor, unread)
        if reach_mv <= 0:
            return DEFAULT_GAIN_MM_PER_MV
        return _largest(reach_mv, REACH * row_mm)

    def uncut(
        self,
        source: TraceSource,
        leads: Iterable[str],
        row_mm: float,
        chest_factor: float,
        unread: Unread,
        wanted: float,
    ) -> float:
        """Return the `wanted` gain, or the largest customary one below it at which the paper's edge cuts no wave.

        A wave may go on into its neighbour's row, and over the lines of text above and below the rows.
        """
        reach_mv = self._reach_mv(source, leads, chest_factor, unread)
        room_mm = row_mm / 2 + min(row_mm / 2, BEYOND_MM)
        return wanted if wanted * reach_mv <= room_mm else min(wanted, _largest(reach_mv, room_mm))

    def _reach_mv(self, source: TraceSource, leads: Iterable[str], chest_factor: float, unread: Unread) -> float:
        if source is not self._source or unread != self._unread:
            self._source, self._unread, self._heights = source, unread, {}
        names = [name for name in leads if name in source.leads]
        for name in names:
            if name not in self._heights:
                self._heights[name] = _height_mv(source, name, unread.get(name.removeprefix("-"), ()))
        reach_mv = max((self._heights[name] * gain_factor(name, chest_factor) for name in names), default=0.0)
        if reach_mv > 0 or not unread:
            return reach_mv
        return max((_height_mv(source, name) * gain_factor(name, chest_factor) for name in names), default=0.0)


def _largest(reach_mv: float, room_mm: float) -> float:
    """Return the largest customary gain at which a voltage takes at most `room_mm`."""
    return max((gain for gain in GAINS_MM_PER_MV if gain * reach_mv <= room_mm), default=GAINS_MM_PER_MV[0])


def _height_mv(source: TraceSource, name: str, unread_s: Iterable[tuple[float, float]] = ()) -> float:
    """Return how far a lead goes from 0 mV, either way, in several places of the record; 0 where it has no sample.

    What lies in the times `unread_s` does not count.
    """
    lead = source.leads[name]
    look = round(LOOK_S * lead.rate_hz)
    starts = {round(first) for first in np.linspace(0, max(len(lead) - look, 0), LOOKS)}
    parts = []
    for first in sorted(starts):
        try:
            values = np.abs(source.samples(name, first, min(first + look, len(lead))))
        except CardioError:  # told when it is drawn
            return 0.0
        times_s = (first + np.arange(len(values))) / lead.rate_hz
        for start_s, end_s in unread_s:
            values = values[(times_s < start_s) | (times_s >= end_s)]
            times_s = times_s[(times_s < start_s) | (times_s >= end_s)]
        parts.append(values[np.isfinite(values)])
    values = np.concatenate(parts)
    return float(np.percentile(values, HIGHEST_PERCENT)) if len(values) else 0.0
