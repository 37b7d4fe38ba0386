"""Rate, rhythm and intervals after the reader's edits of beats, measured in the background."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from cardio_desktop.app.desk import Desk
from cardio_desktop.app.i18n import tr
from cardio_desktop.app.jobs import Job
from cardio_desktop.app.marks import Marks
from cardio_desktop.core.beat_edits import BeatEdit
from cardio_desktop.core.findings import Findings
from cardio_desktop.core.progress import Progress
from cardio_desktop.core.recount import Recount, edits_within

WAIT_MS = 400
"""So long after the last change it is measured: a beat that is being moved changes with every step."""


class Recounting(QObject):
    """Watches the beats and findings of a session; `changed()` tells another `result`, or that one is being made.

    A result belongs to one state of beats and findings and is dropped with it. Findings that are hidden give none.
    """

    changed = Signal()

    def __init__(self, session: Desk, marks: Marks) -> None:
        super().__init__(session)
        self._session = session
        self._marks = marks
        self._job: Job | None = None
        self._of: tuple[Findings, tuple[BeatEdit, ...]] | None = None
        self.result: Recount | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self._start)
        session.changed.connect(self._watch)
        marks.changed.connect(self._watch)

    @property
    def running(self) -> bool:
        """Whether it is being measured, or will be shortly."""
        return self._job is not None or self._timer.isActive()

    def stop(self) -> None:
        """Begin nothing any more: the window is closing."""
        self._timer.stop()

    def _watch(self, *_: object) -> None:
        findings, edits = self._session.state.shown, self._marks.edits
        if findings is not None:
            edits = edits_within(edits, findings.start_s, findings.end_s)
        wanted = (findings, edits) if findings is not None and edits else None
        same = wanted is self._of or (
            wanted is not None and self._of is not None and wanted[0] is self._of[0] and wanted[1] == self._of[1]
        )
        if same:
            return
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self._of, self.result = wanted, None
        if wanted is None:
            self._timer.stop()
        else:
            self._timer.start()
        self.changed.emit()

    def _start(self) -> None:
        record = self._session.state.record
        if self._of is None or record is None:
            return
        findings, edits = self._of

        def work(progress: Progress) -> Recount | None:
            from cardio_desktop.reading.after_edits import after_edits
            from cardio_desktop.reading.pipeline import load_models

            return after_edits(record, load_models(), findings, edits, progress)

        job = Job(tr("Measuring after your edits"), work)
        job.done.connect(self._done)
        job.failed.connect(self._session.tell)
        job.finished.connect(self._finished)
        self._job = job
        self._session.jobs.start(job)

    def _done(self, result: Recount | None) -> None:
        if self.sender() is self._job:
            self.result = result

    def _finished(self) -> None:
        if self.sender() is self._job:
            self._job = None
            self.changed.emit()
