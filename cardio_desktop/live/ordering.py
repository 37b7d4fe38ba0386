"""Blocks in the order in which they were recorded: late, doubled and lost ones never move a sample in time.

The rule. Every sample has its place by the index that its source gives it. What comes twice is dropped, the first one
stays. What comes late is put in its place as long as that is not behind what was passed on; blocks after a hole wait
for it until they reach `WAIT_S` beyond, then the hole is a gap for good, and what comes later for it is dropped.
"""

from __future__ import annotations

from cardio_desktop.live.source import Block

WAIT_S = 0.15
"""How long a hole is kept open, in seconds of signal: three blocks of a usual line (20 to 50 ms each), and a third of
the half second within which a beat must be told."""


class Ordering:
    """Sorts blocks by their place; `dropped` and `lost` count samples."""

    def __init__(self, rate_hz: float) -> None:
        self._wait = round(WAIT_S * rate_hz)
        self._next: int | None = None
        self._held: list[Block] = []
        self.dropped = self.lost = 0

    def take(self, block: Block) -> tuple[Block, ...]:
        """Return the blocks that can be passed on now, ascending and not overlapping."""
        if self._next is None:
            self._next = block.first
        held = [*self._held, block]
        held.sort(key=lambda one: one.first)
        self._held = held
        newest = max(one.stop for one in held)
        out: list[Block] = []
        while self._held and (self._held[0].first <= self._next or newest - self._next > self._wait):
            self._pass(self._held.pop(0), out)
        return tuple(out)

    def flush(self) -> tuple[Block, ...]:
        """Return what still waits: nothing will come any more."""
        out: list[Block] = []
        for block in self._held:
            self._pass(block, out)
        self._held = []
        return tuple(out)

    def _pass(self, block: Block, out: list[Block]) -> None:
        due = block.first if self._next is None else self._next
        part = block.since(due)
        self.dropped += len(block) - max(len(part), 0)
        if part.first >= block.stop:
            return
        self.lost += part.first - due
        self._next = part.stop
        out.append(part)
