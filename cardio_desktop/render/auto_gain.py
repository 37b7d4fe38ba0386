"""The gain that lets the waves of a record fill their rows without leaving them."""

from __future__ import annotations

from collections.abc import Iterable

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


class AutoGain:
    """Chooses among the customary gains, once for each record, layout and height of rows."""

    def __init__(self) -> None:
        self._source: TraceSource | None = None
        self._heights: dict[str, float] = {}

    def gain(self, source: TraceSource, leads: Iterable[str], row_mm: float, chest_factor: float) -> float:
        """Return the largest customary gain, in mm/mV, at which the waves of `leads` stay in rows of `row_mm`."""
        reach_mv = self._reach_mv(source, leads, chest_factor)
        if reach_mv <= 0:
            return DEFAULT_GAIN_MM_PER_MV
        return _largest(reach_mv, REACH * row_mm)

    def uncut(
        self, source: TraceSource, leads: Iterable[str], row_mm: float, chest_factor: float, wanted: float
    ) -> float:
        """Return the `wanted` gain, or the largest customary one below it at which the paper's edge cuts no wave.

        A wave may go on into its neighbour's row, and over the lines of text above and below the rows.
        """
        reach_mv = self._reach_mv(source, leads, chest_factor)
        room_mm = row_mm / 2 + min(row_mm / 2, BEYOND_MM)
        return wanted if wanted * reach_mv <= room_mm else min(wanted, _largest(reach_mv, room_mm))

    def _reach_mv(self, source: TraceSource, leads: Iterable[str], chest_factor: float) -> float:
        if source is not self._source:
            self._source, self._heights = source, {}
        reach_mv = 0.0
        for name in leads:
            if name in source.leads:
                if name not in self._heights:
                    self._heights[name] = _height_mv(source, name)
                reach_mv = max(reach_mv, self._heights[name] * gain_factor(name, chest_factor))
        return reach_mv


def _largest(reach_mv: float, room_mm: float) -> float:
    """Return the largest customary gain at which a voltage takes at most `room_mm`."""
    return max((gain for gain in GAINS_MM_PER_MV if gain * reach_mv <= room_mm), default=GAINS_MM_PER_MV[0])


def _height_mv(source: TraceSource, name: str) -> float:
    """Return how far a lead goes from 0 mV, either way, in several places of the record; 0 where it has no sample."""
    lead = source.leads[name]
    look = round(LOOK_S * lead.rate_hz)
    starts = {round(first) for first in np.linspace(0, max(len(lead) - look, 0), LOOKS)}
    try:
        parts = [source.samples(name, first, min(first + look, len(lead))) for first in sorted(starts)]
    except CardioError:  # told when it is drawn
        return 0.0
    values = np.abs(np.concatenate(parts))
    values = values[np.isfinite(values)]
    return float(np.percentile(values, HIGHEST_PERCENT)) if len(values) else 0.0
