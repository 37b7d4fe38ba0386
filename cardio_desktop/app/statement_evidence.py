"""Evidence for one statement, computed when somebody asks for it: an analysis brings that of the classes alone."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from cardio_desktop.app.desk import Desk, Shown
from cardio_desktop.app.i18n import tr
from cardio_desktop.app.jobs import Job
from cardio_desktop.core.findings import Evidence, Findings
from cardio_desktop.core.progress import Progress


class StatementEvidence(QObject):
    """Watches the session and computes, in the background, the evidence of a statement that is to be shown.

    `changed()` tells that a computation began or ended.
    """

    changed = Signal()

    def __init__(self, session: Desk) -> None:
        super().__init__(session)
        self._session = session
        self._job: Job | None = None
        self._wanted: tuple[Findings, str] | None = None
        session.changed.connect(self._watch)

    @property
    def running(self) -> bool:
        """Whether evidence is being computed."""
        return self._job is not None

    def _watch(self, _old: Shown, new: Shown) -> None:
        code, findings, record = new.evidence_class, new.shown, new.record
        if code is None or findings is None or findings.evidence is None or record is None:
            self._stop()
            return
        if new.evidence is not None:
            self._stop()
            return
        wanted = (findings, code)
        if self._wanted is not None and self._wanted[0] is findings and self._wanted[1] == code:
            return  # being computed, or it failed: once is enough
        self._stop()
        self._wanted = wanted

        def work(progress: Progress) -> tuple[Findings, Evidence]:
            from cardio_desktop.reading.pipeline import evidence_for, load_models

            return findings, evidence_for(record, load_models(), findings, (code,), progress)

        job = Job(tr("Evidence for {name}").format(name=code), work)
        job.done.connect(self._done)
        job.failed.connect(self._session.tell)
        job.finished.connect(self._finished)
        self._job = job
        self._session.jobs.start(job)
        self.changed.emit()

    def _stop(self) -> None:
        self._wanted = None
        if self._job is not None:
            self._job.cancel()
            self._job = None
            self.changed.emit()

    def _done(self, result: tuple[Findings, Evidence]) -> None:
        if self.sender() is self._job:
            self._session.show_statement_evidence(*result)

    def _finished(self) -> None:
        if self.sender() is self._job:
            self._job = None
            self.changed.emit()
