"""Between the thread that reads a source and the one that judges and keeps: the trace never waits for a judgement."""

from __future__ import annotations

import queue

from cardio_desktop.live.source import Block, Layout, Source
from cardio_desktop.words import Remark


class Relay:
    """A source to whoever judges: what the reading thread `put`, and the state of the source it came from."""

    def __init__(self, source: Source, layout: Layout) -> None:
        self._source, self.layout = source, layout
        self._blocks: queue.SimpleQueue[Block | None] = queue.SimpleQueue()
        self.name, self.ended = source.name, False

    ended: bool

    @property
    def trouble(self) -> Remark | None:
        """What is wrong with the true source."""
        return self._source.trouble

    def put(self, block: Block | None) -> None:
        """Hand on a block; None tells that none will follow."""
        self._blocks.put(block)

    def open(self) -> None:
        """Nothing: the true source is open."""

    def read(self, timeout_s: float) -> Block | None:
        """Return the next block, None where none came in time or none will."""
        try:
            block = self._blocks.get(timeout=timeout_s)
        except queue.Empty:
            return None
        self.ended = block is None
        return block

    def close(self) -> None:
        """Nothing: the reading thread closes the true source."""
