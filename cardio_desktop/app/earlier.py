"""The earlier ECGs of the shown record's patient, as far as folders that were opened hold them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from cardio_desktop.app.session import Session, State
from cardio_desktop.app.worklist import Entry, Worklist
from cardio_desktop.core.errors import CardioError
from cardio_desktop.core.person import Person, person_of
from cardio_desktop.core.record import Record
from cardio_desktop.reading.survey import Details, start_text

LOOK_MS = 150
"""Rows come and change in quick succession while a folder is read."""


class Earlier(QObject):
    """Knows them, the latest first, as far as the reader may see what was found in them. `changed()` tells others."""

    changed = Signal()

    def __init__(self, session: Session, worklist: Worklist) -> None:
        super().__init__(worklist)
        self._session, self._worklist = session, worklist
        self.entries: tuple[Entry, ...] = ()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(LOOK_MS)
        self._later.timeout.connect(self.look)
        session.changed.connect(self._session_changed)
        session.store.changed.connect(self._soon)
        for told in (worklist.changed, worklist.added, worklist.restarted, worklist.reading.changed):
            told.connect(self._soon)

    @property
    def newest(self) -> Path | None:
        """The latest of them, None where there is none."""
        return self.entries[0].path if self.entries else None

    def look(self) -> None:
        """Look for them now."""
        record = self._session.state.record
        found = tuple(map(self._told, self._worklist.earlier(self._entry(record)))) if record is not None else ()
        if found != self.entries:
            self.entries = found
            self.changed.emit()

    def _told(self, entry: Entry) -> Entry:
        """Return an entry with what was concluded by now, also where its folder is no longer listed."""
        if entry.key:
            entry = replace(entry, conclusion=self._session.store.conclusion(entry.key))
        return self._worklist.shown(entry)

    def _entry(self, record: Record) -> Entry:
        """Return the shown record as a row: it need not stand in the list, or not be looked at there yet."""
        from cardio_desktop.io.folder import Found

        person = person_of(record)
        try:
            key = self._session.store.key_of(record) if person != Person() else ""
        except CardioError:
            key = ""
        row = self._worklist.row_of(record.path)
        path = self._worklist.entries[row].path if row is not None else record.path
        return Entry(Found(path, path.name, ""), Details(start_time=start_text(record), key=key, person=person))

    def _session_changed(self, old: State, new: State) -> None:
        if old.record is not new.record:
            self.look()

    def _soon(self, *_: object) -> None:
        if self._session.state.record is not None and not self._later.isActive():
            self._later.start()
