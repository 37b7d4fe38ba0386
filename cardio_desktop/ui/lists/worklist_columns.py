"""The worklist's columns: their usual widths, what of them is remembered, and the few of a narrow list."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.settings import Settings
from cardio_desktop.ui.lists.worklist_table import SIGN_COLUMN_PX, WorklistTable, row_px, tier_px
from cardio_desktop.ui.lists.worklist_words import Column, titles

WIDTHS = {
    Column.RISK: 112,
    Column.NAME: 92,
    Column.STATE: 92,
    Column.TRACE: 128,
    Column.CRITICAL: 110,
    Column.RATE: 48,
    Column.PATIENT: 100,
    Column.TIME: 124,
    Column.PRIORS: 56,
    Column.CONCLUSION: 220,
    Column.READER: 90,
    Column.REMARK: 320,
}
NARROW = {Column.RISK: SIGN_COLUMN_PX, Column.NAME: 84, Column.STATE: 60}
"""The columns that stay while a record is read and the list is narrow, and their widths."""
LEAST_PX = 24
USUAL_CHAR_PX = 7.0
"""How wide a letter is on average where the widths above are enough."""


class Columns(QObject):
    """Lays out the columns of a table as they are remembered, and remembers them."""

    def __init__(self, table: WorklistTable, settings: Settings) -> None:
        super().__init__(table)
        self._table, self._settings = table, settings
        self._wide: QByteArray | None = None
        header = table.horizontalHeader()
        header.setSectionsMovable(True)
        self.usual()
        kept = settings.worklist_header()
        if not kept.isEmpty() and header.restoreState(kept):
            # A state of another version may hide what names a record, or leave a column too thin to be found.
            table.setColumnHidden(Column.NAME, False)
            for column, width in self.widths().items():
                if not table.isColumnHidden(column) and table.columnWidth(column) < LEAST_PX:
                    table.setColumnWidth(column, width)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._choose)

    def usual(self) -> None:
        """Give the columns their first order, widths and sort: the worst first."""
        header = self._table.horizontalHeader()
        for column, width in self.widths().items():
            header.moveSection(header.visualIndex(column), column)
            self._table.setColumnHidden(column, False)
            self._table.setColumnWidth(column, width)
        self._table.sortByColumn(Column.RISK, Qt.SortOrder.DescendingOrder)

    def widths(self) -> dict[Column, int]:
        """Return the usual widths of the columns: none cuts its title, or the word of a tier."""
        header, letters = self._table.horizontalHeader(), self._table.fontMetrics()
        share = letters.averageCharWidth() / USUAL_CHAR_PX
        found = {column: round(width * max(share, 1.0)) for column, width in WIDTHS.items()}
        found[Column.TRACE] = WIDTHS[Column.TRACE]  # a picture, no letters
        found[Column.RISK] = max(found[Column.RISK], tier_px(letters))
        return {column: max(width, header.sectionSizeHint(column)) for column, width in found.items()}

    def fit(self) -> None:
        """Widen what other letters would cut: titles, tiers, rows; what is wider stays as the reader left it."""
        table, header = self._table, self._table.horizontalHeader()
        usual = self.widths()
        for column in usual:
            least = max(header.sectionSizeHint(column), usual[column] if column == Column.RISK else 0)
            least = NARROW.get(column, 0) if self.is_narrow else least
            if not table.isColumnHidden(column) and table.columnWidth(column) < least:
                table.setColumnWidth(column, least)
        table.verticalHeader().setDefaultSectionSize(row_px(table.fontMetrics()))

    def remember(self) -> None:
        """Keep widths, order, sort and hidden columns for the next start: those of the whole list, not of a narrow."""
        self._settings.set_worklist_header(self._wide or self._table.horizontalHeader().saveState())

    @property
    def is_narrow(self) -> bool:
        """Whether only the few are shown."""
        return self._wide is not None

    def set_narrow(self, on: bool) -> None:
        """Show the few only, or all as they were."""
        header = self._table.horizontalHeader()
        if on and self._wide is None:
            self._wide = header.saveState()
            for column in Column:
                self._table.setColumnHidden(column, column not in NARROW)
                if column in NARROW:
                    self._table.setColumnWidth(column, NARROW[column])
        elif not on and self._wide is not None:
            header.restoreState(self._wide)
            self._wide = None

    def _choose(self, at: QPoint) -> None:
        table = self._table
        menu = QMenu(table)
        for column, title in titles().items():
            action = menu.addAction(title)
            action.setCheckable(True)
            action.setChecked(not table.isColumnHidden(column))
            action.setEnabled(column is not Column.NAME)
            action.setData(int(column))
        menu.addSeparator()
        usual = menu.addAction(tr("Usual columns"))
        chosen = menu.exec(table.horizontalHeader().mapToGlobal(at))
        if chosen is usual:
            self.usual()
        elif chosen is not None:
            table.setColumnHidden(chosen.data(), not chosen.isChecked())
