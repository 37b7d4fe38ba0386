"""What a live view draws: the leads of a source in their customary order, derived ones among them, from its ring."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.app.live_past import KeptPast
from cardio_desktop.live.ring import Ring


class LiveSignal:
    """Reads the leads that can be drawn from a ring that another thread fills.

    A lead that the source does not send is derived where two others allow it, as in any record.
    """

    def __init__(self, ring: Ring) -> None:
        self.ring, self.layout = ring, ring.layout
        self.past: KeptPast | None = None
        template = self.layout.record(np.zeros((len(self.layout.leads), 1), dtype=np.int32))
        place = {id(channel): number for number, channel in enumerate(template.channels)}
        self.names = template.drawable
        self._terms = tuple(
            tuple((place[id(channel)], np.float32(weight)) for channel, weight in template.traces[name].terms)
            for name in self.names
        )

    @property
    def rate_hz(self) -> float:
        """Samples a second."""
        return self.layout.rate_hz

    @property
    def first(self) -> int:
        """Index of the oldest sample that can be shown: in memory, or in the record that is kept."""
        kept = None if self.past is None else self.past.first
        return self.ring.first if kept is None else min(kept, self.ring.first)

    @property
    def first_s(self) -> float:
        """The oldest instant that can be shown."""
        return self.first / self.rate_hz

    @property
    def end_s(self) -> float:
        """The instant after the newest sample, as long as the source's own clock says."""
        return self.ring.stop / self.rate_hz

    def millivolts(self, first: int, stop: int) -> NDArray[np.float32]:
        """Return (leads, n) in mV of samples first <= i < stop, NaN where there is none (any more, or yet)."""
        held = min(max(self.ring.first, first), stop)
        if self.past is not None and first < held:
            older = self.past.millivolts(self.names, first, held)
            return np.concatenate((older, self._held(held, stop)), axis=1)
        return self._held(first, stop)

    def _held(self, first: int, stop: int) -> NDArray[np.float32]:
        """Return the same from memory alone."""
        stored = self.layout.millivolts(self.ring.counts(first, stop))
        out = np.empty((len(self.names), stored.shape[1]), dtype=np.float32)
        for row, terms in enumerate(self._terms):
            (place, weight), *others = terms
            out[row] = stored[place] if weight == 1 else weight * stored[place]
            for place, weight in others:
                out[row] += weight * stored[place]
        return out
