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


class AutoGain:
    """Chooses among the customary gains, once for each record, layout and height of rows."""

    def __init__(self) -> None:
        self._source: TraceSource | None = None
        self._heights: dict[str, float] = {}

    def gain(self, source: TraceSource, leads: Iterable[str], row_mm: float, chest_factor: float) -> float:
        """Return the largest customary gain, in mm/mV, at which the waves of `leads` stay in rows of `row_mm`."""
        if source is not self._source:
            self._source, self._heights = source, {}
        reach_mv = 0.0
        for name in leads:
            if name in source.leads:
                if name not in self._heights:
                    self._heights[name] = _height_mv(source, name)
                reach_mv = max(reach_mv, self._heights[name] * gain_factor(name, chest_factor))
        if reach_mv <= 0:
            return DEFAULT_GAIN_MM_PER_MV
        fitting = [gain for gain in GAINS_MM_PER_MV if gain * reach_mv <= REACH * row_mm]
        return max(fitting, default=GAINS_MM_PER_MV[0])


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
