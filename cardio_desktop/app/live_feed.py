"""A recording that is followed on a thread of its own: samples and events wait here for the window to take them."""

from __future__ import annotations

import queue
from collections import deque
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.jobs import Job, Jobs
from cardio_desktop.app.live_signal import LiveSignal
from cardio_desktop.core.errors import CardioError
from cardio_desktop.live.events import LiveEvent
from cardio_desktop.live.judge import Judge
from cardio_desktop.live.judge import Settings as Judging
from cardio_desktop.live.ordering import Ordering
from cardio_desktop.live.ring import Ring
from cardio_desktop.live.source import Block, Layout, Source
from cardio_desktop.words import Remark

HELD_S = 1800.0
"""What can be looked back at, in memory: twelve leads of half an hour at 500 Hz are 43 MB."""
WAIT_S = 0.05
"""How long the thread waits for a block before it looks whether it shall end."""
ENDS_WITHIN_MS = 20_000


class LiveFeed(QObject):
    """Follows one source. `opened` and `ended` tell what becomes of it, each once at most, `failed` what went wrong.

    The window asks for everything else sixty times a second: nothing is queued for it that it might not be able to
    take in time.
    """

    opened = Signal()
    ended = Signal()
    failed = Signal(object)

    def __init__(
        self,
        source: Source,
        kept_in: Path | None = None,
        *,
        asks_network: bool = True,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._source, self._folder, self._asks = source, kept_in, asks_network
        self._jobs = Jobs(self, threads=2)
        self._stopping = False
        self._events: deque[LiveEvent] = deque()
        self._blocks: queue.SimpleQueue[Block | None] = queue.SimpleQueue()
        self.signal: LiveSignal | None = None
        self.over = False
        self._running = 0
        self.opened.connect(self._opened)

    @property
    def name(self) -> str:
        """What is followed."""
        return self._source.name

    @property
    def trouble(self) -> Remark | None:
        """What is wrong with the source just now."""
        return self._source.trouble

    @property
    def kept(self) -> Path | None:
        """The file in which the recording is kept, if it is."""
        return None

    def start(self) -> None:
        """Begin to follow."""
        self._start(tr("Following {name}").format(name=self.name), self._follow)

    def _start(self, title: str, work: Callable[[Callable[[float], None]], None]) -> None:
        job = Job(title, work)
        job.failed.connect(self._failed)
        job.finished.connect(self._one_less)
        self._running += 1
        self._jobs.start(job)

    def take_events(self) -> list[LiveEvent]:
        """Return what was said since the last call."""
        taken = []
        while self._events:
            taken.append(self._events.popleft())
        return taken

    def stop(self) -> None:
        """Follow it no longer; the kept file is finished, `ended` tells when."""
        self._stopping = True

    def close(self) -> bool:
        """Stop and wait until the kept file is whole; returns whether that came in time."""
        self.stop()
        return self._jobs.shut_down(ENDS_WITHIN_MS)

    def _follow(self, progress: Callable[[float], None]) -> None:
        """Read the source as long as it goes on; the judge gets what the ring gets, and may take its time."""
        source = self._source
        source.open()
        try:
            ring = Ring(source.layout, HELD_S)
            self.signal = LiveSignal(ring)
            self.opened.emit()
            order = Ordering(source.layout.rate_hz)
            while not self._stopping and not source.ended:
                progress(0.0)
                block = source.read(WAIT_S)
                self._put(ring, () if block is None else order.take(block))
            self._put(ring, order.flush())
        finally:
            self._blocks.put(None)
            source.close()

    def _put(self, ring: Ring, blocks: tuple[Block, ...]) -> None:
        for block in blocks:
            ring.put(block)
            self._blocks.put(block)

    def _judge(self, layout: Layout, progress: Callable[[float], None]) -> None:
        """Say what there is to be said of each block, as long as any come."""
        models = None
        if self._asks:
            from cardio_desktop.reading.pipeline import load_models

            models = load_models()
        judge = Judge(layout, Judging(models))
        while (block := self._blocks.get()) is not None:
            progress(0.0)
            self._events.extend(judge.feed(block))
        self._events.extend(judge.finish())

    def _opened(self) -> None:
        """Begin to judge, once it is known what comes."""
        if self.signal is not None:
            self._start(tr("Judging {name}").format(name=self.name), partial(self._judge, self.signal.layout))

    def _one_less(self) -> None:
        self._running -= 1
        if not self._running:
            self.over = True
            self.ended.emit()

    def _failed(self, error: CardioError) -> None:
        self.failed.emit(error)
