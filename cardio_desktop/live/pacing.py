"""A source slowed down to true speed, or a multiple of it: a finished file played as it was recorded."""

from __future__ import annotations

import time

from cardio_desktop.live.source import Block, Layout, Source
from cardio_desktop.words import Remark

PIECE_S = 0.1
"""What is held back is given in pieces of this length, so that a record read in seconds flows."""


class PacedSource:
    """Gives what `source` gives, no sooner than it was recorded at `speed` times true time from the first sample on."""

    def __init__(self, source: Source, speed: float) -> None:
        self._source, self._speed = source, speed
        self._began: tuple[float, int] | None = None
        self._rest: Block | None = None

    @property
    def name(self) -> str:
        """That of the source."""
        return self._source.name

    @property
    def layout(self) -> Layout:
        """That of the source."""
        return self._source.layout

    @property
    def ended(self) -> bool:
        """Whether the source has ended and nothing is held back."""
        return self._rest is None and self._source.ended

    @property
    def trouble(self) -> Remark | None:
        """What the source is troubled by, once nothing is held back."""
        return None if self._rest is not None else self._source.trouble

    def open(self) -> None:
        """Open the source."""
        self._source.open()

    def read(self, timeout_s: float) -> Block | None:
        """Return the next piece once its time has come."""
        until = time.monotonic() + timeout_s
        if self._rest is None:
            self._rest = self._source.read(timeout_s)
        block = self._rest
        if block is None:
            return None
        if self._began is None:
            self._began = time.monotonic(), block.first
        began, first = self._began
        rate_hz = self._source.layout.rate_hz
        stop = min(block.first + max(round(PIECE_S * rate_hz), 1), block.stop)
        due = began + (stop - first) / rate_hz / self._speed
        if (wait_s := min(due, until) - time.monotonic()) > 0:
            time.sleep(wait_s)
        if due > until:
            return None
        rest = block.since(stop)
        self._rest = rest if len(rest) else None
        return Block(block.first, block.counts[:, : stop - block.first])

    def close(self) -> None:
        """Leave the source."""
        self._rest = None
        self._source.close()
