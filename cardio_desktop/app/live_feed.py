"""A recording that is followed on a thread of its own: samples and events wait here for the window to take them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.jobs import Job, Jobs
from cardio_desktop.app.live_guard import GuardedJudge
from cardio_desktop.app.live_past import KeptPast
from cardio_desktop.app.live_relay import Relay
from cardio_desktop.app.live_signal import LiveSignal
from cardio_desktop.core.errors import CardioError
from cardio_desktop.live.events import LiveEvent
from cardio_desktop.live.judge import Judge
from cardio_desktop.live.judge import Settings as Judging
from cardio_desktop.live.keeping import Keeper
from cardio_desktop.live.ordering import Ordering
from cardio_desktop.live.ring import Ring
from cardio_desktop.live.session import LiveSession
from cardio_desktop.live.source import Block, Layout, Source
from cardio_desktop.words import Remark

HELD_S = 1800.0
"""What can be looked back at, in memory: twelve leads of half an hour at 500 Hz are 43 MB."""
WAIT_S = 0.05
"""How long the thread waits for a block before it looks whether it shall end."""
ENDS_WITHIN_MS = 20_000


def judge_with_network(layout: Layout) -> Judge:
    """Return the judge that asks the program's network; raises CardioError where its files are damaged."""
    from cardio_desktop.reading.pipeline import load_models

    return Judge(layout, Judging(load_models()))


class LiveFeed(QObject):
    """Follows one source. `opened` and `ended` tell what becomes of it, each once at most, `failed` what went wrong.

    The window asks for everything else sixty times a second: nothing is queued for it that it might not be able to
    take in time. `judge_of` makes what judges, in the thread in which it does.
    """

    opened = Signal()
    ended = Signal()
    failed = Signal(object)

    def __init__(
        self,
        source: Source,
        kept_in: Path | None = None,
        *,
        judge_of: Callable[[Layout], Judge] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._source, self._folder = source, kept_in
        self._judge_of = judge_of or judge_with_network
        self._jobs = Jobs(self, threads=2)
        self._stopping = False
        self._events: deque[LiveEvent] = deque()
        self._relay: Relay | None = None
        self._kept: Path | None = None
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
        """The record in which it is kept, None where it is not."""
        return self._kept

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
        # None is cancelled: what has come is kept first.
        done = self._jobs.shut_down(ENDS_WITHIN_MS, spared=self._jobs.running)
        self.over = self.over or done
        return done

    def _follow(self, progress: Callable[[float], None]) -> None:
        """Read the source as long as it goes on: the ring is filled at once, the judge gets the same by the relay."""
        source = self._source
        source.open()
        try:
            layout = source.layout
            ring, relay = Ring(layout, HELD_S), Relay(source, layout)
            self.signal, self._relay = LiveSignal(ring), relay
            self.opened.emit()
            order = Ordering(layout.rate_hz)
            while not self._stopping and not source.ended:
                progress(0.0)
                block = source.read(WAIT_S)
                self._put(ring, relay, () if block is None else order.take(block))
            self._put(ring, relay, order.flush())
        finally:
            if self._relay is not None:
                self._relay.put(None)
            source.close()

    @staticmethod
    def _put(ring: Ring, relay: Relay, blocks: tuple[Block, ...]) -> None:
        for block in blocks:
            ring.put(block)
            relay.put(block)

    def _judge(self, relay: Relay, progress: Callable[[float], None]) -> None:
        """Keep each block and say what there is to be said of it, as long as any come."""
        keeper = self._keep(relay.layout)
        judge = GuardedJudge(relay.layout, self._judge_of, self.failed.emit)
        session = LiveSession(relay, judge, keeper, on_said=self._events.append)
        try:
            while not session.done:
                progress(0.0)
                session.step(WAIT_S)
        finally:
            self._events.extend(session.close())
            if keeper is not None:
                with suppress(CardioError):  # a session lets go of a keeper that failed: its files are closed here
                    keeper.close()
            if keeper is not None and not keeper.path.exists():
                self._kept = None  # nothing came that could be kept

    def _keep(self, layout: Layout) -> Keeper | None:
        """Begin to keep; where that cannot be, say so: the recording is followed all the same."""
        if self._folder is None:
            return None
        try:
            keeper = Keeper(self._folder, layout)
        except CardioError as error:
            self.failed.emit(error)
            return None
        self._kept = keeper.path
        if self.signal is not None:
            self.signal.past = KeptPast(keeper)
        return keeper

    def _opened(self) -> None:
        """Begin to judge, once it is known what comes."""
        if self._relay is not None:
            self._start(tr("Judging {name}").format(name=self.name), partial(self._judge, self._relay))

    def _one_less(self) -> None:
        self._running -= 1
        if not self._running:
            self.over = True
            self.ended.emit()

    def _failed(self, error: CardioError) -> None:
        self.failed.emit(error)
