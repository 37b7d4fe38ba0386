"""Source, order, judge and keeper together: pulled by a caller, or in a thread of their own."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from cardio_desktop.core.errors import CardioError
from cardio_desktop.live.events import LiveEvent
from cardio_desktop.live.judge import Judge
from cardio_desktop.live.keeping import Keeper
from cardio_desktop.live.ordering import Ordering
from cardio_desktop.live.source import Block, Source
from cardio_desktop.words import Remark

READ_S = 0.2
"""How long a read may wait: so quickly a stop is obeyed."""
MOST_WAITING = 256
"""Blocks that may wait for whoever draws them, 25 s of tenths of a second; then the oldest are dropped."""


@dataclass(frozen=True)
class Latency:
    """Seconds from a block's arrival to what was said of it: of the newest one, the middle, the worst, how many."""

    newest_s: float = 0.0
    median_s: float = 0.0
    worst_s: float = 0.0
    blocks: int = 0


class LiveSession:
    """Reads a source until it ends or `stop` is called. `step` is for a caller's own loop, `start` makes a thread.

    What comes is handed to `on_block` and `on_said`, in the thread that reads; with `queue` both wait in bounded queues
    for `take` instead. A keeper that fails is told as a source's event and keeps no more: watching goes on.
    """

    def __init__(
        self,
        source: Source,
        judge: Judge,
        keeper: Keeper | None = None,
        *,
        on_block: Callable[[Block], None] | None = None,
        on_said: Callable[[LiveEvent], None] | None = None,
        queue: bool = False,
    ) -> None:
        self.source, self.judge, self.keeper = source, judge, keeper
        self._ordering = Ordering(source.layout.rate_hz)
        self._on_block, self._on_said = on_block, on_said
        self._blocks: deque[Block] = deque(maxlen=MOST_WAITING)
        self._said: deque[LiveEvent] = deque(maxlen=16 * MOST_WAITING)
        self._queue, self._trouble = queue, None
        self._delays: deque[float] = deque(maxlen=1024)
        self._worst_s, self._count = 0.0, 0
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self.done = self._begun = False
        self.began_s = 0.0
        """Where the first block lay on the source's clock."""

    _trouble: Remark | None

    @property
    def latency(self) -> Latency:
        """How long judging takes."""
        delays = sorted(self._delays)
        if not delays:
            return Latency()
        return Latency(self._delays[-1], delays[len(delays) // 2], self._worst_s, self._count)

    @property
    def lost_samples(self) -> int:
        """Samples of each lead that never came."""
        return self._ordering.lost

    def step(self, timeout_s: float = READ_S) -> tuple[LiveEvent, ...]:
        """Read one block, judge and keep it, and return what was said; `done` is true after the last."""
        if self.done:
            return ()
        block = self.source.read(timeout_s)
        arrived = time.perf_counter()
        said: list[LiveEvent] = []
        for part in self._ordering.take(block) if block is not None else ():
            said += self._judged(part)
        if block is not None:
            delay_s = time.perf_counter() - arrived
            self._delays.append(delay_s)
            self._worst_s, self._count = max(self._worst_s, delay_s), self._count + 1
        said += self._told_trouble()
        if self.source.ended and block is None:
            said += self._finish()
        self._hand_on(said)
        return tuple(said)

    def events(self) -> Iterator[LiveEvent]:
        """Yield everything that is said until the source ends or `stop` is called."""
        while not self.done and not self._stop.is_set():
            yield from self.step()
        yield from self.close()

    def start(self) -> None:
        """Read in a thread of its own."""
        self._thread = threading.Thread(target=self._run, name="live", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Let the reading end; a thread is waited for."""
        self._stop.set()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join()
            self._thread = None

    def take(self) -> tuple[list[Block], list[LiveEvent]]:
        """Return what waits in the queues, and empty them; for one taker."""
        blocks, said = [], []
        while self._blocks:
            blocks.append(self._blocks.popleft())
        while self._said:
            said.append(self._said.popleft())
        return blocks, said

    def close(self) -> tuple[LiveEvent, ...]:
        """End everything, and return what was said at the end."""
        said = () if self.done else tuple(self._finish())
        self._hand_on(said)
        self.source.close()
        if self.keeper is not None:
            try:
                self.keeper.close()
            except CardioError as error:
                self.keeper = None
                return (*said, self._source_event("trouble", error.remark))
        return said

    def _run(self) -> None:
        for _ in self.events():
            pass

    def _judged(self, part: Block) -> tuple[LiveEvent, ...]:
        if not self._begun:
            self.began_s, self._begun = part.first / self.source.layout.rate_hz, True
        said = self.judge.feed(part)
        if self._on_block is not None:
            self._on_block(part)
        if self._queue:
            self._blocks.append(part)
        return (*said, *self._kept(part, said))

    def _kept(self, part: Block | None, said: tuple[LiveEvent, ...]) -> tuple[LiveEvent, ...]:
        if self.keeper is None:
            return ()
        try:
            if part is not None:
                self.keeper.keep(part, said)
            else:
                self.keeper.say(said)
        except CardioError as error:
            self.keeper = None
            return (self._source_event("not-kept", error.remark),)
        return ()

    def _told_trouble(self) -> tuple[LiveEvent, ...]:
        """Return a source's trouble when it begins, and its end."""
        code = None if self.source.trouble is None else self.source.trouble.code
        if code == (None if self._trouble is None else self._trouble.code):
            return ()
        said = []
        if self._trouble is not None:
            ended = self._source_event(self._trouble.code, self._trouble)
            said.append(replace(ended, end_s=ended.at_s))
        self._trouble = self.source.trouble
        if self._trouble is not None:
            said.append(self._source_event(self._trouble.code, self._trouble))
        self._kept(None, tuple(said))
        return tuple(said)

    def _finish(self) -> list[LiveEvent]:
        said: list[LiveEvent] = []
        for part in self._ordering.flush():
            said += self._judged(part)
        ends = (*self.judge.finish(), replace(self._source_event("ended", Remark("live-over")), end_s=self.judge.now_s))
        said += [*ends, *self._kept(None, ends)]
        self.done = True
        return said

    def _hand_on(self, said: tuple[LiveEvent, ...] | list[LiveEvent]) -> None:
        if self._queue:
            self._said.extend(said)
        if self._on_said is not None:
            for event in said:
                self._on_said(event)

    def _source_event(self, code: str, remark: Remark | None) -> LiveEvent:
        now_s = self.judge.now_s
        return LiveEvent("source", code, now_s, now_s, None, (), {}, remark)
