"""The Holter reading of the record that is shown: read piece by piece in helpers, summed up anew as limits change."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.jobs import Job
from cardio_desktop.app.session import Session, State
from cardio_desktop.app.store import SignedError
from cardio_desktop.app.workers import Answer, Request, Workers
from cardio_desktop.core.errors import CardioError
from cardio_desktop.core.events import Event
from cardio_desktop.core.holter import DayShape, Holter, HolterEdits, HolterLimits, edits_from
from cardio_desktop.core.progress import Progress
from cardio_desktop.core.record import Record
from cardio_desktop.reading.day_piece import Piece, piece_from, pieces_of, unread_piece

PIECE_RANK = 2
"""Beside the long record's overview, behind the records that a reader chooses."""
ITEM = "holter"
"""Under this kind and id the reader's changes are kept."""
TOLD_EVERY = 12
"""After so many pieces, about two hours, what is known so far is shown."""


class HolterDesk(QObject):
    """Reads the session's record as a Holter reader does. `changed()` tells progress, results or another record.

    `found` is what the pieces read so far show together, None before the first of them.
    """

    changed = Signal()
    said = Signal(str)

    def __init__(self, session: Session, workers: Workers, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._workers = workers
        self._owner = object()
        self._record: Record | None = None
        self._pieces: dict[int, Piece] = {}
        self._total = 0
        self._summing: Job | None = None
        self._again = False
        self._failed = False
        self.running = False
        self.found: Holter | None = None
        self.limits = session.settings.holter_limits()
        self.edits = HolterEdits()
        self._undo: list[HolterEdits] = []
        self._redo: list[HolterEdits] = []
        workers.answered.connect(self._answered)
        workers.failed.connect(self._helpers_failed)
        session.changed.connect(self._session_changed)

    @property
    def record(self) -> Record | None:
        """The record that was read, or that is being read."""
        return self._record

    @property
    def percent(self) -> int:
        """How much of it is read."""
        return round(100 * len(self._pieces) / self._total) if self._total else 0

    @property
    def complete(self) -> bool:
        """Whether all of it is read and summed up."""
        return bool(self._total) and len(self._pieces) == self._total and self._summing is None and not self._again

    def start(self) -> None:
        """Read what has not been read yet."""
        record = self._session.state.record
        if record is None or self.running:
            return
        if record is not self._record:
            self._forget()
            self._record = record
            self.edits = self._kept()
        spans = pieces_of(0.0, record.duration_s)
        self._total, self._failed = len(spans), False
        wanted = [k for k in range(len(spans)) if k not in self._pieces or self._pieces[k].problem]
        for k in wanted:
            self._pieces.pop(k, None)
        self.running = bool(wanted)
        given = self._session.settings.given_options(record.path.parent)
        self._workers.submit(
            [
                Request(
                    self._owner,
                    "piece",
                    {"path": str(record.path), "start_s": spans[k][0], "end_s": spans[k][1], "given": given},
                    PIECE_RANK,
                    (k, *spans[k]),
                )
                for k in wanted
            ]
        )
        self.changed.emit()

    def cancel(self) -> None:
        """Stop; what has been read stays and is summed up."""
        self._workers.cancel(self._owner)
        if self.running:
            self.running = False
            self._sum_up()
            self.changed.emit()

    def set_limits(self, limits: HolterLimits) -> None:
        """Count by other limits, from what has been read: nothing is read again."""
        if limits != self.limits:
            self.limits = limits
            self._session.settings.set_holter_limits(limits)
            self._sum_up()

    # What the reader changes ------------------------------------------------------------------------------------

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to take back."""
        return bool(self._undo)

    @property
    def can_redo(self) -> bool:
        """Whether there is a change that was taken back."""
        return bool(self._redo)

    def call(self, shape: DayShape, kind: str | None) -> None:
        """Say of what kind every beat of a shape is; None leaves it to the program."""
        self._change(self.edits.with_shape(shape.first_s, kind))

    def toggle(self, event: Event) -> None:
        """Reject an event, or accept it again."""
        self._change(self.edits.toggled(event.code, event.start_s))

    def undo(self) -> None:
        """Take the last change back."""
        if self._undo and not self._frozen():
            self._redo.append(self.edits)
            self._take(self._undo.pop())

    def redo(self) -> None:
        """Make the change again that was taken back last."""
        if self._redo and not self._frozen():
            self._undo.append(self.edits)
            self._take(self._redo.pop())

    def _change(self, edits: HolterEdits) -> None:
        if edits != self.edits and not self._frozen():
            self._undo.append(self.edits)
            self._redo.clear()
            self._take(edits)

    def _take(self, edits: HolterEdits) -> None:
        self.edits = edits
        if (key := self._key()) is not None:
            values = None if edits == HolterEdits() else edits.plain()
            self._session.store.put_item(key, ITEM, ITEM, values)
        self._sum_up()

    def _frozen(self) -> bool:
        """Say that a signed reading stays as it is, where it is signed."""
        key = self._key()
        if key is None or not self._session.store.signed(key):
            return False
        self._session.tell(SignedError())
        return True

    def _kept(self) -> HolterEdits:
        """Return the changes that were made before on this record."""
        key = self._key()
        values = self._session.store.items(key, ITEM).get(ITEM) if key is not None else None
        return edits_from(values) if values is not None else HolterEdits()

    def _key(self) -> str | None:
        try:
            return self._session.store.key_of(self._record) if self._record is not None else None
        except CardioError:
            return None

    # Files ------------------------------------------------------------------------------------------------------

    def write(self, path: Path, kind: str) -> None:
        """Write the reading as "pdf", "csv" or "json" in the background."""
        found, record = self.found, self._record
        if found is None or record is None:
            return
        from cardio_desktop.app.i18n import language

        spoken = language()

        def work(progress: Progress) -> Path:
            from cardio_desktop.report.files import write_whole
            from cardio_desktop.report.holter_files import holter_bytes

            write_whole(path, holter_bytes(record, found, kind, language=spoken, progress=progress))
            return path

        job = Job(tr("Writing {file}").format(file=path.name), work)
        job.done.connect(self._written)
        job.failed.connect(self._session.tell)
        self._session.jobs.start(job)

    def close(self) -> None:
        """Stop everything."""
        self._workers.cancel(self._owner)
        self.running = False

    def _written(self, path: Path) -> None:
        self.said.emit(tr("Written: {file}").format(file=str(path)))

    def _answered(self, request: Request, answer: Answer) -> None:
        if request.owner is not self._owner or not isinstance(request.key, tuple):
            return
        k, start_s, end_s = request.key
        if answer.problem:
            self._pieces[k] = unread_piece(start_s, end_s, answer.problem)
            if not self._failed:
                self._failed = True
                self.said.emit(answer.problem)
        else:
            self._pieces[k] = piece_from(answer.result)
        done = len(self._pieces) >= self._total
        self.running = self.running and not done
        if done or len(self._pieces) % TOLD_EVERY == 0:
            self._sum_up()
        self.changed.emit()

    def _sum_up(self) -> None:
        """Sum up what is known in the background; while that runs, what comes then is summed up after it."""
        if self._record is None or not self._pieces:
            return
        if self._summing is not None:
            self._again = True
            return
        record, limits, edits, pieces = self._record, self.limits, self.edits, list(self._pieces.values())

        def work(_progress: Progress) -> tuple[Record, Holter]:
            from cardio_desktop.reading.day import summed_up

            return record, summed_up(pieces, 0.0, record.duration_s, limits, edits)

        self._again = False
        self._summing = Job(tr("Summing up {file}").format(file=record.path.name), work)
        self._summing.done.connect(self._summed)
        self._summing.failed.connect(self._not_summed)
        self._summing.finished.connect(self._ended)
        self._session.jobs.start(self._summing)

    def _summed(self, result: tuple[Record, Holter]) -> None:
        if result[0] is self._record:
            self.found = result[1]

    def _not_summed(self, error: CardioError) -> None:
        self._session.tell(error)

    def _ended(self) -> None:
        self._summing = None
        if self._again:
            self._sum_up()
        self.changed.emit()

    def _helpers_failed(self, sentence: str) -> None:
        if self.running:
            self.running = False
            self.said.emit(sentence)
            self.changed.emit()

    def _session_changed(self, old: State, new: State) -> None:
        if old.record is not new.record:
            self._forget()
            self.changed.emit()

    def _forget(self) -> None:
        self._workers.cancel(self._owner)
        self._record, self.found, self._total, self.running = None, None, 0, False
        self._pieces.clear()
        self.edits, self._undo, self._redo = HolterEdits(), [], []
