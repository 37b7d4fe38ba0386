"""Places for samples that come with time stamps: the count decides, the stamps say what is missing.

The rule. Samples lie 1 / rate apart, one place after the other: jitter of their stamps moves none. The difference
between stamp and place is followed slowly (`FOLLOW_S`): so a clock that runs fast or slow makes no gaps, and signal
time is the count at the nominal rate. Where the stamps of a chunk all lie `LEAP_S` or more ahead, and those of the next
one too, samples were lost: the places leap by what is missing. A chunk whose stamps alone are late was delayed, and
stays. A chunk that ends no later than the one before comes twice or late: dropped. Where it ends more than `BACK_S`
sooner the clock was set back: that is followed, and nothing is dropped.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.live.source import Block, Counts

LEAP_S = 0.1
"""More than the jitter of a wireless line (tens of milliseconds); less than half of the shortest interval between beats
(0.2 s), so that no beat hides in a gap that is not told."""
FOLLOW_S = 30.0
"""A clock that is off by 0.1 % then lags by 30 ms, which is no gap; quartz clocks are off by less than 0.01 %."""
BACK_S = 5.0
"""A chunk that is late by more has been overtaken by no line; only a clock that was set goes back so far."""

Floats = NDArray[np.float64]


class StampClock:
    """Gives chunks of samples their places; `dropped` and `lost` count samples, `drift` is the clock's error so far."""

    def __init__(self, rate_hz: float) -> None:
        self._rate_hz = rate_hz
        self._next = 0
        self._offset_s: float | None = None
        self._first_offset_s = 0.0
        self._last_s = -np.inf
        self._doubted: tuple[Counts, Floats] | None = None
        self.dropped = self.lost = 0

    @property
    def drift(self) -> float:
        """By how much of its time the source's clock has run away from the nominal rate; 0 before it is known."""
        if self._offset_s is None or self._next < FOLLOW_S * self._rate_hz:
            return 0.0
        return (self._offset_s - self._first_offset_s) * self._rate_hz / self._next

    def place(self, counts: Counts, stamps_s: Floats) -> tuple[Block, ...]:
        """Return the chunk (leads, n) with stamps (n,) as blocks at their places; one that is doubted waits."""
        if not stamps_s.size:
            return ()
        if self._offset_s is None:
            self._offset_s = self._first_offset_s = float(stamps_s[0])
        if stamps_s[-1] < self._last_s - BACK_S:
            self._offset_s = float(stamps_s[0]) - self._next / self._rate_hz
            self._last_s = -np.inf
        if stamps_s[-1] <= self._last_s:
            self.dropped += stamps_s.size
            return ()
        self._last_s = float(stamps_s[-1])
        if self._doubted is None:
            if self._ahead(stamps_s) < LEAP_S:
                return (self._put(counts, stamps_s),)
            self._doubted = counts, stamps_s
            return ()
        before, self._doubted = self._doubted, None
        if self._ahead(stamps_s, before[1].size) >= LEAP_S:
            missing = max(round(min(self._ahead(before[1]), self._ahead(stamps_s, before[1].size)) * self._rate_hz), 0)
            self._next += missing
            self.lost += missing
        return self._put(*before), self._put(counts, stamps_s)

    def flush(self) -> tuple[Block, ...]:
        """Return what waits: nothing more has come, so it stays where the count puts it."""
        if self._doubted is None:
            return ()
        waiting, self._doubted = self._doubted, None
        return (self._put(*waiting),)

    def _ahead(self, stamps_s: Floats, after: int = 0) -> float:
        """Return by how much the stamps of a chunk lie ahead of their places at least; jitter only adds to that."""
        places = self._next + after + np.arange(stamps_s.size)
        return float(np.min(stamps_s - (self._offset_s or 0.0) - places / self._rate_hz))

    def _put(self, counts: Counts, stamps_s: Floats) -> Block:
        block = Block(self._next, np.ascontiguousarray(counts))
        off_s = self._ahead(stamps_s)
        share = min(stamps_s.size / (FOLLOW_S * self._rate_hz), 1.0)
        self._offset_s = (self._offset_s or 0.0) + share * max(min(off_s, LEAP_S), -LEAP_S)
        self._next += stamps_s.size
        return block
