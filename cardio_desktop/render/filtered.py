"""Display filters on what is shown: computed for the stretch in view with its margins, and kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.analysis.display_filters import DisplayFilter, filtered

CHUNK_S = 30.0
"""Pieces lie on the record's own time, so that a wave does not change its shape while the view moves."""
MOST_CHUNKS = 400
MOST_FILTERED_S = 120.0
"""A strip of more seconds than this is drawn from its envelope or nearly so, to which no filter can be applied."""

Reader = Callable[[int, int], NDArray[np.float64]]


class FilteredSamples:
    """Keeps filtered pieces of leads, the ones used last."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, int, DisplayFilter], NDArray[np.float64]] = OrderedDict()

    def samples(
        self, name: str, first: int, stop: int, *, length: int, rate_hz: float, chosen: DisplayFilter, read: Reader
    ) -> NDArray[np.float64]:
        """Return filtered millivolts of samples first <= i < stop of a lead of `length` samples that `read` returns."""
        first, stop = max(first, 0), min(stop, length)
        if stop <= first:
            return np.zeros(0)
        size = max(round(CHUNK_S * rate_hz), 1)
        pieces = []
        for chunk in range(first // size, (stop - 1) // size + 1):
            begin = chunk * size
            piece = self._chunk(name, chunk, size, length, rate_hz, chosen, read)
            pieces.append(piece[max(first - begin, 0) : stop - begin])
        return pieces[0] if len(pieces) == 1 else np.concatenate(pieces)

    def _chunk(
        self, name: str, chunk: int, size: int, length: int, rate_hz: float, chosen: DisplayFilter, read: Reader
    ) -> NDArray[np.float64]:
        key = (name, chunk, chosen)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        margin = round(chosen.margin_s * rate_hz)
        begin, end = chunk * size, min((chunk + 1) * size, length)
        low, high = max(begin - margin, 0), min(end + margin, length)
        piece = filtered(read(low, high), rate_hz, chosen)[begin - low : end - low].copy()
        self._kept[key] = piece
        while len(self._kept) > MOST_CHUNKS:
            self._kept.popitem(last=False)
        return piece
