"""Reading first: the program keeps its findings to itself until the reader has looked and asks for them.

A wrong automatic opinion that is seen first is agreed with too often; so the trace comes first, by default.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from cardio_desktop.app.desk import Desk


class ReadFirst(QObject):
    """Decides whose findings may be shown: all, or only those of records whose findings were asked for.

    Other views of a record (a worklist, a second window) ask `may_show(path)` and listen to `changed`.
    """

    changed = Signal()

    def __init__(self, session: Desk) -> None:
        super().__init__(session)
        self._session = session
        self._asked: set[Path] = set()

    @property
    def on(self) -> bool:
        """Whether findings are hidden until they are asked for."""
        return self._session.settings.read_first()

    def set_on(self, on: bool) -> None:
        """Switch the mode and remember it; switching it on hides what is shown now."""
        self._session.settings.set_read_first(on)
        if on:
            self._asked.clear()
        self._tell()

    def may_show(self, path: Path) -> bool:
        """Return whether findings of the record at `path` may be seen."""
        return not self.on or path in self._asked or path.absolute() in self._asked

    def take_over(self, other: ReadFirst) -> None:
        """Let be seen what may be seen in another window, which this one replaces."""
        self._asked = set(other._asked)

    def reveal(self) -> None:
        """Show the findings of the present record, now and when it is opened again."""
        record = self._session.state.record
        if record is not None:
            self._asked |= _names(record.path)
            self._tell()

    def hide(self) -> None:
        """Hide the findings of the present record again."""
        record = self._session.state.record
        if record is not None and self.on:
            self._asked -= _names(record.path)
            self._tell()

    def _tell(self) -> None:
        record = self._session.state.record
        self._session.set_hidden(record is not None and not self.may_show(record.path))
        self.changed.emit()


def _names(path: Path) -> set[Path]:
    """Return the ways in which other views may name a file."""
    return {path, path.absolute(), path.resolve()}
