"""The worklist as a table: one row for each record, what its cells say, and what is kept ready to sort and filter."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer
from PySide6.QtGui import QFont

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.worklist import Entry, Worklist
from cardio_desktop.reading.row_filter import Row
from cardio_desktop.ui.lists.worklist_words import (
    SORTS,
    TEXTS,
    Column,
    searched,
    state_text,
    tier_text,
    tip_text,
    title_tip,
    titles,
)

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
ENTRY_ROLE = Qt.ItemDataRole.UserRole + 1
TOLD_MS = 200
"""Rows that change in quick succession are told together: each telling sorts and paints the table."""
READY_S = 0.004
"""So long at a time rows are made ready for the filter while nothing else is to be done."""
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class WorklistModel(QAbstractTableModel):
    """Shows the entries of a `Worklist` to Qt's views."""

    def __init__(self, worklist: Worklist, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worklist = worklist
        # As the table was told of them: what changes without its knowing would upset its order.
        self._entries = list(worklist.entries)
        self._shown: list[Entry | None] = []
        self._rows: list[Row | None] = []
        self._keys: dict[Column, list[float | str | None]] = {}
        self._titles = titles()
        self._untold: set[int] = set()
        self._tell = QTimer(self)
        self._tell.setSingleShot(True)
        self._tell.setInterval(TOLD_MS)
        self._tell.timeout.connect(self._tell_changed)
        self._ready = QTimer(self)
        self._ready.setInterval(0)
        self._ready.timeout.connect(self._make_ready)
        self._next_ready = 0
        worklist.restarted.connect(self._restarted)
        worklist.added.connect(self._added)
        worklist.changed.connect(self._row_changed)
        worklist.reading.changed.connect(self._reading_changed)
        self._forget_all()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Return the number of records."""
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a column's title, and what it shows or why it shows nothing."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(Column):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._titles[Column(section)]
        if role == Qt.ItemDataRole.ToolTipRole:
            return title_tip(Column(section), self._worklist.reading.on)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows or says."""
        if not index.isValid():
            return None
        entry = self.entry(index.row())
        column = Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return TEXTS[column](entry, self.priors(index.row()) if column == Column.PRIORS else 0)
        if role == ENTRY_ROLE:
            return entry
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip_text(entry)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column in (Column.RATE, Column.PRIORS) else _LEFT
        if role == Qt.ItemDataRole.FontRole and column == Column.CONCLUSION and not entry.conclusion.text:
            font = QFont()
            font.setItalic(True)  # the program's words, not a reader's
            return font
        if role == Qt.ItemDataRole.AccessibleTextRole and column == Column.RISK and entry.critical:
            return tr("critical, {tier}").format(tier=tier_text(entry))
        if role == Qt.ItemDataRole.AccessibleTextRole and column == Column.TRACE:
            return tr("Small picture of the trace")
        if role == Qt.ItemDataRole.AccessibleTextRole and column == Column.STATE:
            return state_text(entry)
        return None

    # What is kept ready ------------------------------------------------------------------------------------------

    def entry(self, row: int) -> Entry:
        """Return a row as far as the reader may see it."""
        found = self._shown[row]
        if found is None:
            found = self._shown[row] = self._worklist.shown(self._entries[row])
        return found

    def priors(self, row: int) -> int:
        """Return how many earlier records of the row's patient are known."""
        return len(self._worklist.earlier(self._entries[row]))

    def searched(self) -> Sequence[Row]:
        """Return what the filter sees of each row."""
        for row, known in enumerate(self._rows):
            if known is None:
                self._rows[row] = searched(self.entry(row), self.priors(row))
        return self._rows  # type: ignore[return-value]

    def keys(self, column: Column) -> list[float | str]:
        """Return what a column sorts each row by."""
        known = self._keys.setdefault(column, [None] * len(self._entries))
        sort, counts = SORTS[column], column == Column.PRIORS
        for row, key in enumerate(known):
            if key is None:
                known[row] = sort(self.entry(row), row, self.priors(row) if counts else 0)
        return known  # type: ignore[return-value]

    def _forget_all(self) -> None:
        count = len(self._entries)
        self._shown, self._rows, self._keys = [None] * count, [None] * count, {}
        self._begin_ready(0)

    def _forget(self, row: int) -> None:
        self._shown[row] = self._rows[row] = None
        for known in self._keys.values():
            known[row] = None
        self._begin_ready(row)

    def _begin_ready(self, row: int) -> None:
        self._next_ready = min(self._next_ready, row)
        if self._entries and not self._ready.isActive():
            self._ready.start()

    def _make_ready(self) -> None:
        """Prepare some rows for the filter, so that the first letter typed finds all of them ready."""
        until = time.perf_counter() + READY_S
        while self._next_ready < len(self._rows) and time.perf_counter() < until:
            row = self._next_ready
            if self._rows[row] is None:
                self._rows[row] = searched(self.entry(row), self.priors(row))
            self._next_ready += 1
        if self._next_ready >= len(self._rows):
            self._ready.stop()

    # Changes -----------------------------------------------------------------------------------------------------

    def _restarted(self) -> None:
        self._untold.clear()
        self.beginResetModel()
        self._entries = list(self._worklist.entries)
        self._next_ready = 0
        self._forget_all()
        self.endResetModel()

    def _added(self, first: int, last: int) -> None:
        self.beginInsertRows(QModelIndex(), first, last)
        fresh = self._worklist.entries[first : last + 1]
        self._entries += fresh
        self._shown += [None] * len(fresh)
        self._rows += [None] * len(fresh)
        for known in self._keys.values():
            known += [None] * len(fresh)
        self._begin_ready(first)
        self.endInsertRows()

    def _reading_changed(self) -> None:
        self._forget_all()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)
        if self._entries:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._entries) - 1, len(Column) - 1))

    def _row_changed(self, row: int) -> None:
        """Tell a row at once; those that are analysed closely after it wait for each other."""
        self._untold.add(row)
        if not self._tell.isActive() or self._entries[row].conclusion != self._worklist.entries[row].conclusion:
            self._tell_changed()

    def _tell_changed(self) -> None:
        rows = sorted(self._untold)
        self._untold.clear()
        if rows:
            self._tell.start()
        for row in rows:
            self._entries[row] = self._worklist.entries[row]
            self._forget(row)
        for first, last in _runs(rows):
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(Column) - 1))


def _runs(rows: list[int]) -> list[tuple[int, int]]:
    """Return the runs of neighbours in ascending numbers, first and last of each."""
    found: list[tuple[int, int]] = []
    for row in rows:
        if found and row == found[-1][1] + 1:
            found[-1] = found[-1][0], row
        else:
            found.append((row, row))
    return found
