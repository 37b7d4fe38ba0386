"""What memory no longer holds of a live recording, read from the record in which it is kept meanwhile."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.core.errors import CardioError
from cardio_desktop.core.record import Record
from cardio_desktop.live.keeping import Keeper


class KeptPast:
    """Reads a record that another thread still writes; it is whole at every moment, and opened anew once it grew."""

    def __init__(self, keeper: Keeper) -> None:
        self._keeper = keeper
        self._record: Record | None = None

    @property
    def first(self) -> int | None:
        """The source's index of the first sample that is kept; None before any is."""
        return self._keeper.first

    def millivolts(self, names: Sequence[str], first: int, stop: int) -> NDArray[np.float32]:
        """Return (leads, n) in mV of samples first <= i < stop of the source; NaN where none can be read."""
        out = np.full((len(names), max(stop - first, 0)), np.nan, dtype=np.float32)
        begin = self.first
        if begin is None or stop <= begin:
            return out
        low, high = max(first - begin, 0), stop - begin
        try:
            record = self._opened(high)
            for row, name in enumerate(names):
                if (lead := record.traces.get(name)) is not None:
                    values = lead.millivolts(low, min(high, len(lead)))
                    place = low + begin - first
                    out[row, place : place + len(values)] = values
        except (
            CardioError
        ):  # a drive that was taken away while the page is looked at: the paper says that nothing is there
            self._record = None
        return out

    def _opened(self, samples: int) -> Record:
        """Return the record, opened anew where it was shorter when it was opened last."""
        from cardio_desktop.io import open_record

        known = self._record
        if known is None or min(len(lead) for lead in known.traces.values()) < samples:
            known = self._record = open_record(self._keeper.path)
        return known
