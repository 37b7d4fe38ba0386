"""Every event of a Holter reading in a table whose rows are put into words as they come into sight."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from cardio_desktop.app.critical import words_of
from cardio_desktop.app.i18n import decimals, tr
from cardio_desktop.core.events import Event
from cardio_desktop.core.record import Record
from cardio_desktop.report.holter_text import clock

Place = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
FEW = 200
"""Up to so many rows the columns are as wide as what stands in them; of more, measuring each would take too long."""


class EventsModel(QAbstractTableModel):
    """Events by row: when, what, how long; those that the reader rejected struck out."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._record: Record | None = None
        self._rejected: set[int] = set()
        self._struck = parent.font()
        self._struck.setStrikeOut(True)
        self.events: Sequence[Event] = ()

    def show_events(self, record: Record | None, events: Sequence[Event], rejected: Sequence[Event]) -> None:
        """Take other events; `rejected` are some of them."""
        self.beginResetModel()
        self._record, self.events, self._rejected = record, events, set(map(id, rejected))
        self.endResetModel()

    def rowCount(self, parent: Place = NOWHERE) -> int:
        """Return how many events there are."""
        return 0 if parent.isValid() else len(self.events)

    def columnCount(self, parent: Place = NOWHERE) -> int:
        """Return 3: time, what, length."""
        return 0 if parent.isValid() else 3

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the name of a column."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (tr("Time"), tr("What"), tr("Length"))[section]
        return None

    def data(self, index: Place, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words of a cell, and that a rejected event counts for nothing."""
        if not index.isValid() or self._record is None:
            return None
        event = self.events[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            if index.column() == 0:
                return clock(self._record, event.start_s)
            return words_of(event) if index.column() == 1 else decimals(f"{event.length_s:.1f}") + " s"
        if id(event) in self._rejected:
            if role == Qt.ItemDataRole.FontRole:
                return self._struck
            if role == Qt.ItemDataRole.ToolTipRole:
                return tr("You rejected it: it counts for nothing")
        return None


class EventsTable(QTableView):
    """The table of all events."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = EventsModel(self)
        self.setModel(self.rows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)

    def show_events(self, record: Record | None, events: Sequence[Event], rejected: Sequence[Event]) -> None:
        """Show other events, at the row that was chosen before."""
        row = self.currentIndex().row()
        self.rows.show_events(record, events, rejected)
        mode = QHeaderView.ResizeMode.ResizeToContents if len(events) < FEW else QHeaderView.ResizeMode.Interactive
        for column in (0, 2):
            self.horizontalHeader().setSectionResizeMode(column, mode)
        if 0 <= row < len(events):
            self.choose(row)

    def choose(self, row: int) -> None:
        """Make one row the current one."""
        self.setCurrentIndex(self.rows.index(row, 0))

    @property
    def chosen(self) -> Event | None:
        """The event of the current row."""
        index = self.currentIndex()
        return self.rows.events[index.row()] if index.isValid() else None
