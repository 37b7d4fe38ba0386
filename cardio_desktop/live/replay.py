"""A record played as if it were being recorded: in memory, with every fault of a line, or into a file that grows."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from cardio_desktop.core.record import Record
from cardio_desktop.live.layouts import counts_of, layout_of
from cardio_desktop.live.source import Block
from cardio_desktop.words import Remark


@dataclass(frozen=True)
class Faults:
    """What a line does to blocks: shares of them that are lost, sent twice or late by some blocks, and holes.

    `holes_s` are (start, end) of stretches that never arrive. All is drawn with `seed`, so that a test can be repeated.
    """

    lost: float = 0.0
    doubled: float = 0.0
    late: float = 0.0
    late_blocks: int = 2
    holes_s: tuple[tuple[float, float], ...] = ()
    seed: int = 1


NO_FAULTS = Faults()


class ReplaySource:
    """A record in memory as a source: blocks of `block_s`, as fast as they are asked for or at `speed` times true time.

    `speed` 0 waits for nothing. Derived leads are not sent: whoever looks at the blocks derives them again. `repeat`
    plays the record so many times one after the other, which makes a long recording of a short one.
    """

    def __init__(
        self,
        record: Record,
        *,
        block_s: float = 0.1,
        speed: float = 0.0,
        faults: Faults = NO_FAULTS,
        repeat: int = 1,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.name = record.path.name
        self.layout, self._leads = layout_of(record)
        self.ended, self.trouble = False, None
        self._length, self._repeat = min(map(len, self._leads)), repeat
        self._step = max(round(block_s * self.layout.rate_hz), 1)
        self._speed, self._clock, self._began = speed, clock, 0.0
        self._blocks = iter(disturbed(self._whole(), self.layout.rate_hz, faults))
        self._next: Block | None = None

    ended: bool
    trouble: Remark | None

    def open(self) -> None:
        """Start the clock."""
        self._began = self._clock()

    def read(self, timeout_s: float) -> Block | None:
        """Return the next block once its last sample would have been recorded."""
        if self._next is None:
            self._next = next(self._blocks, None)
        block = self._next
        if block is None:
            self.ended, self.trouble = True, Remark("live-over")
            return None
        if self._speed > 0:
            wait_s = self._began + block.stop / self.layout.rate_hz / self._speed - self._clock()
            if wait_s > 0:
                time.sleep(min(wait_s, max(timeout_s, 0.0)))
            if wait_s > timeout_s:
                return None
        self._next = None
        return block

    def close(self) -> None:
        """Send nothing more."""
        self.ended = True

    def _whole(self) -> Iterator[Block]:
        for turn in range(self._repeat):
            for first in range(0, self._length, self._step):
                stop = min(first + self._step, self._length)
                yield Block(turn * self._length + first, counts_of(self._leads, first, stop))


def disturbed(blocks: Iterator[Block], rate_hz: float, faults: Faults) -> Iterator[Block]:
    """Yield blocks as a bad line delivers them: some not at all, some twice, some after later ones."""
    rng = np.random.default_rng(faults.seed)
    waiting: list[tuple[int, Block]] = []
    for number, block in enumerate(blocks):
        yield from [late for due, late in waiting if due <= number]
        waiting = [item for item in waiting if item[0] > number]
        low_s, high_s = block.first / rate_hz, block.stop / rate_hz
        draw = rng.random(3)
        if draw[0] < faults.lost or any(low < high_s and low_s < high for low, high in faults.holes_s):
            continue
        if draw[1] < faults.late:
            waiting.append((number + faults.late_blocks, block))
            continue
        yield block
        if draw[2] < faults.doubled:
            yield block
    yield from [late for _, late in waiting]


def write_growing(record: Record, path: Path, *, block_s: float = 0.2, speed: float = 1.0) -> None:
    """Write a record into the file `path` (.edf, .hea with .dat beside it, or .csv) bit by bit, as a recorder would.

    `speed` 0 waits for nothing. Raises ValueError for another ending.
    """
    from cardio_desktop.live.growing_writers import writer_for

    source = ReplaySource(record, block_s=block_s, speed=speed)
    writer = writer_for(path, source.layout)
    source.open()
    try:
        while not source.ended:
            if (block := source.read(1.0)) is not None:
                writer.write(block)
    finally:
        writer.close()
