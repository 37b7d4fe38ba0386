"""A recording that is followed on a thread of its own: samples and events wait here for the window to take them."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.jobs import Job, Jobs
from cardio_desktop.app.live_signal import LiveSignal
from cardio_desktop.core.errors import CardioError
from cardio_desktop.live.ordering import Ordering
from cardio_desktop.live.ring import Ring
from cardio_desktop.live.source import Source
from cardio_desktop.words import Remark

_log = logging.getLogger(__name__)

HELD_S = 1800.0
"""What can be looked back at, in memory: twelve leads of half an hour at 500 Hz are 43 MB."""
WAIT_S = 0.05
"""How long the thread waits for a block before it looks whether it shall end."""
ENDS_WITHIN_MS = 20_000


class LiveFeed(QObject):
    """Follows one source. `opened`, `ended` and `failed` tell what becomes of it, each at most once.

    The window asks for everything else sixty times a second: nothing is queued for it that it might not be able to
    take in time.
    """

    opened = Signal()
    ended = Signal()
    failed = Signal(object)

    def __init__(self, source: Source, kept_in: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source, self._folder = source, kept_in
        self._jobs = Jobs(self, threads=1)
        self._stopping = False
        self._events: deque[object] = deque()
        self.signal: LiveSignal | None = None
        self.over = False

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
        job = Job(tr("Following {name}").format(name=self.name), self._work)
        job.failed.connect(self._failed)
        job.done.connect(self._done)
        self._jobs.start(job)

    def take_events(self) -> list[object]:
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

    def _work(self, progress: Callable[[float], None]) -> None:
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
                for ready in () if block is None else order.take(block):
                    ring.put(ready)
            for ready in order.flush():
                ring.put(ready)
        finally:
            source.close()

    def _done(self, _result: object) -> None:
        self.over = True
        self.ended.emit()

    def _failed(self, error: CardioError) -> None:
        self.over = True
        self.failed.emit(error)
