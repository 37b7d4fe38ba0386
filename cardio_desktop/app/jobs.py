"""Long work off the window's thread: progress, cancel, and one end that always comes."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot

from cardio_desktop.app.i18n import tr
from cardio_desktop.core.errors import Cancelled, CardioError

_log = logging.getLogger(__name__)

Work = Callable[[Callable[[float], None]], Any]
"""What a job runs: it gets `progress(percent)`, its only tie to Qt, which raises `Cancelled` when it should stop."""


def _no_memory() -> str:
    return tr("{work}: not enough memory; close other programs and try again.")


def _fault() -> str:
    return tr("{work} failed by a fault of the program ({problem}).")


class Job(QObject):
    """One piece of work. `finished` comes last, exactly once, after `done`, `failed` or a cancel."""

    progress = Signal(int)
    done = Signal(object)
    failed = Signal(object)
    finished = Signal()

    def __init__(self, title: str, work: Work) -> None:
        super().__init__()
        self.title = title
        self._work = work
        self._cancelled = False
        self._percent = -1

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked it to stop."""
        return self._cancelled

    def cancel(self) -> None:
        """Ask the work to stop at its next progress; its result will not be told."""
        self._cancelled = True

    def advance(self, percent: float) -> None:
        """Tell whole percents on, and raise `Cancelled` once the job is cancelled."""
        if self._cancelled:
            raise Cancelled(self.title)
        whole = int(min(max(percent, 0.0), 100.0))
        if whole != self._percent:
            self._percent = whole
            self.progress.emit(whole)

    def run(self) -> None:
        """Do the work on the calling thread and tell how it ended."""
        try:
            self.advance(0)
            result = self._work(self.advance)
        except Cancelled:
            pass
        except CardioError as error:
            if not self._cancelled:
                self.failed.emit(error)
        except MemoryError:
            if not self._cancelled:
                self.failed.emit(CardioError(_no_memory().format(work=self.title)))
        except Exception as error:
            _log.exception("%s failed", self.title)
            if not self._cancelled:
                problem = f"{type(error).__name__}: {error}"
                self.failed.emit(CardioError(_fault().format(work=self.title, problem=problem)))
        else:
            if not self._cancelled:
                self.done.emit(result)
        self.finished.emit()


class _Runner(QRunnable):
    def __init__(self, job: Job) -> None:
        super().__init__()
        self._job = job

    def run(self) -> None:
        job = self._job
        del self._job  # PySide often keeps a runner for ever, which must not keep the job and all that its work holds
        job.run()


class Jobs(QObject):
    """Starts jobs on a pool of its own and holds each until it has finished."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None, threads: int = 2) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(threads)
        self._running: list[Job] = []

    @property
    def running(self) -> tuple[Job, ...]:
        """The jobs that have not finished."""
        return tuple(self._running)

    def start(self, job: Job, priority: int = 0) -> Job:
        """Run `job` on a thread of the pool, before those of lower priority that wait.

        Connect to its signals first: a quick job ends before this returns.
        """
        self._running.append(job)
        job.finished.connect(self._forget)
        self._pool.start(_Runner(job), priority)
        self.changed.emit()
        return job

    @Slot()
    def _forget(self) -> None:
        job = self.sender()
        if isinstance(job, Job) and job in self._running:
            self._running.remove(job)
            self.changed.emit()

    def shut_down(self, wait_ms: int = 20_000, spared: Sequence[Job] = ()) -> bool:
        """Cancel everything but the `spared` and wait for the threads; returns whether all had ended in time."""
        for job in self._running:
            if job not in spared:
                job.cancel()
        return self._pool.waitForDone(wait_ms)
