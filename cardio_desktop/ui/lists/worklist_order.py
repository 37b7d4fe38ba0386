"""The order in which the worklist's rows are shown, and which of them: sorted and filtered in one go.

Qt's own proxy asks the model twice for each comparison and takes rows out one run at a time, which in Python takes
seconds for ten thousand rows; this one sorts once by ready keys.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from cardio_desktop.app.worklist import Entry
from cardio_desktop.reading.row_filter import Filter
from cardio_desktop.ui.lists.worklist_model import WorklistModel
from cardio_desktop.ui.lists.worklist_words import Column

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
ALL, CRITICAL, UNREAD, UNSIGNED, UNUSABLE = "", "critical", "unread", "unsigned", "unusable"
KINDS: dict[str, Callable[[Entry], bool]] = {
    ALL: lambda _entry: True,
    CRITICAL: lambda entry: entry.critical,
    UNREAD: lambda entry: not entry.read,
    UNSIGNED: lambda entry: not entry.signed and not entry.problem,
    UNUSABLE: lambda entry: bool(entry.problem),
}
"""The kinds of rows beside the tiers."""
FEW = 40
"""So many rows go and come one by one, so that the others stay where they are; more are shown anew."""


class WorklistOrder(QAbstractTableModel):
    """Sorts by the column's own values and keeps rows that fulfil the typed filter and are of the chosen kind."""

    def __init__(self, model: WorklistModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._filter = Filter()
        self._kind = ALL
        self._column = Column.RISK
        self._direction = Qt.SortOrder.DescendingOrder
        self._dynamic = True
        self._stale = False
        self._rows: list[int] = []
        self._places: dict[int, int] = {}
        model.dataChanged.connect(self._source_changed)
        model.headerDataChanged.connect(self.headerDataChanged)
        model.rowsInserted.connect(self._inserted)
        model.modelAboutToBeReset.connect(self._emptied)
        model.modelReset.connect(self._settle)
        self._settle()

    # The model ---------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Return the number of rows that are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(Column)

    def mapToSource(self, index: Index) -> QModelIndex:  # noqa: N802 - Qt's name
        """Return the model's own cell of a shown one."""
        if not index.isValid() or index.row() >= len(self._rows):
            return QModelIndex()
        return self._model.index(self._rows[index.row()], index.column())

    def mapFromSource(self, index: Index) -> QModelIndex:  # noqa: N802 - Qt's name
        """Return where a cell of the model is shown; nowhere for a row that is filtered out."""
        place = self._places.get(index.row()) if index.isValid() else None
        return QModelIndex() if place is None else self.index(place, index.column())

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a column's title."""
        return self._model.headerData(section, orientation, role)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a shown cell says."""
        return self._model.data(self.mapToSource(index), role) if index.isValid() else None

    # Order and choice --------------------------------------------------------------------------------------------

    def sortColumn(self) -> int:  # noqa: N802 - as Qt's own proxy has it
        """Return the column that is sorted by."""
        return self._column

    def sortOrder(self) -> Qt.SortOrder:  # noqa: N802 - as Qt's own proxy has it
        """Return whether the order rises or falls."""
        return self._direction

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column."""
        if 0 <= column < len(Column):
            self._column, self._direction = Column(column), order
            self._settle()

    def setDynamicSortFilter(self, on: bool) -> None:  # noqa: N802 - as Qt's own proxy has it
        """Hold the rows still while off; what changed meanwhile is put where it belongs when it is on again."""
        self._dynamic = on
        if on and self._stale:
            self._settle()

    def choose(self, wanted: Filter, kind: str) -> None:
        """Show rows that fulfil a filter and are of one kind: of one tier, unread, unusable ..., or all."""
        self._filter, self._kind = wanted, kind
        self._settle()

    def invalidate(self) -> None:
        """Sort and choose anew."""
        self._settle()

    def wanted(self) -> list[int]:
        """Return the model's rows that are to be shown, in their order."""
        model, kind = self._model, KINDS.get(self._kind)
        rows: Sequence[int] = range(model.rowCount())
        if kind is not None and self._kind != ALL:
            rows = [row for row in rows if kind(model.entry(row))]
        elif kind is None:
            tier = self._kind
            rows = [row for row in rows if (told := model.entry(row).summary) is not None and told.tier == tier]
        if self._filter.tests:
            known = model.searched()
            for test in self._filter.tests:
                rows = [row for row in rows if test(known[row])]
        keys = model.keys(self._column)
        return sorted(rows, key=keys.__getitem__, reverse=self._direction == Qt.SortOrder.DescendingOrder)

    def _source_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        if self._dynamic:
            self._settle()
        else:
            self._stale = True
        for row in range(first.row(), last.row() + 1):
            place = self._places.get(row)
            if place is not None:
                self.dataChanged.emit(self.index(place, 0), self.index(place, len(Column) - 1))

    def _emptied(self) -> None:
        self.beginResetModel()
        self._take([])
        self.endResetModel()

    def _settle(self, *_: object) -> None:
        """Show what is wanted, with as little stir as may be."""
        self._stale = False
        wanted = self.wanted()
        if wanted == self._rows:
            return
        if wanted[: len(self._rows)] == self._rows:
            self._append(wanted[len(self._rows) :])
            return
        new, old = set(wanted), self._places.keys()
        gone, come = old - new, new - old
        if len(gone) + len(come) > FEW:
            self.beginResetModel()
            self._take(wanted)
            self.endResetModel()
            return
        for place in sorted((self._places[row] for row in gone), reverse=True):
            self.beginRemoveRows(QModelIndex(), place, place)
            self._take([*self._rows[:place], *self._rows[place + 1 :]])
            self.endRemoveRows()
        kept = [row for row in wanted if row not in come]
        if kept != self._rows:
            self._relay(kept)
        for place, row in enumerate(wanted):
            if row in come:
                self.beginInsertRows(QModelIndex(), place, place)
                self._take([*self._rows[:place], row, *self._rows[place:]])
                self.endInsertRows()

    def _inserted(self, *_: object) -> None:
        if self._dynamic:
            self._settle()
            return
        known = self._places.keys()
        self._append([row for row in self.wanted() if row not in known])
        self._stale = True

    def _append(self, rows: list[int]) -> None:
        if rows:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(rows) - 1)
            self._take([*self._rows, *rows])
            self.endInsertRows()

    def _relay(self, rows: list[int]) -> None:
        """Show the same rows in another order; what is chosen stays chosen."""
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        sources = [(self._rows[index.row()], index.column()) for index in before]
        self._take(rows)
        self.changePersistentIndexList(before, [self.index(self._places[row], column) for row, column in sources])
        self.layoutChanged.emit()

    def _take(self, rows: list[int]) -> None:
        self._rows = rows
        self._places = {row: place for place, row in enumerate(rows)}
