"""Finding a statement by any word of it, its code or acronym; favourites stand first. And the reader's own acronyms."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from cardio_desktop.app.i18n import language, tr
from cardio_desktop.app.reader_settings import ReaderSettings
from cardio_desktop.core.statements import BY_CODE, Statement, search

CODE_ROLE = int(Qt.ItemDataRole.UserRole)
PAGE_ROWS = 10
MOVES = {
    int(Qt.Key.Key_Up): -1,
    int(Qt.Key.Key_Down): 1,
    int(Qt.Key.Key_PageUp): -PAGE_ROWS,
    int(Qt.Key.Key_PageDown): PAGE_ROWS,
}
STAR = "★ "


class StatementDialog(QDialog):
    """Type, choose with the arrows, Return inserts; `insert(statement)` is called for each one that is chosen."""

    def __init__(self, reader: ReaderSettings, insert: Callable[[Statement], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._reader, self._insert = reader, insert
        self.setWindowTitle(tr("Statements"))
        self.resize(640, 440)
        layout = QVBoxLayout(self)
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search: any word, acronym, SCP-ECG code or AHA number"))
        self.search.setAccessibleName(tr("Search a statement"))
        self.search.setClearButtonEnabled(True)
        self.list = QTreeWidget()
        self.list.setHeaderLabels([tr("Statement"), tr("Typed"), tr("Code"), tr("AHA")])
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setAlternatingRowColors(True)
        self.list.setAccessibleName(tr("Statements"))
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2, 3):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        hint = QLabel(tr("Return inserts, Shift+Return inserts and stays, Ctrl+D makes a favourite or takes it back."))
        hint.setWordWrap(True)
        for widget in (self.search, self.list, hint):
            layout.addWidget(widget)
        self.search.textChanged.connect(self.show_found)
        self.search.installEventFilter(self)
        self.list.itemActivated.connect(self._activated)
        self.show_found("")
        self.search.setFocus()

    def show_found(self, wanted: str) -> None:
        """List the statements that answer a search."""
        favourites = self._reader.favourites()
        self.list.clear()
        for item in search(wanted, language(), favourites):
            name = item.name(language())
            star = STAR if item.code in favourites else ""
            columns = [star + name, ", ".join(item.typed(language())), item.code, str(item.aha or "")]
            row = QTreeWidgetItem(columns)
            row.setData(0, CODE_ROLE, item.code)
            self.list.addTopLevelItem(row)
        first = self.list.topLevelItem(0)
        if first is not None:
            self.list.setCurrentItem(first)

    @property
    def current(self) -> Statement | None:
        """The statement that is chosen."""
        item = self.list.currentItem()
        return BY_CODE[str(item.data(0, CODE_ROLE))] if item is not None else None

    def _activated(self) -> None:
        self.take(stay=False)

    def take(self, *, stay: bool) -> None:
        """Insert the chosen statement and close, or stay for the next."""
        if (statement := self.current) is None:
            return
        self._insert(statement)
        if stay:
            self.search.clear()
        else:
            self.accept()

    def toggle_favourite(self) -> None:
        """Make the chosen statement a favourite, or take that back."""
        if (statement := self.current) is None:
            return
        before = self._reader.favourites()
        has = statement.code in before
        after = [code for code in before if code != statement.code] if has else [*before, statement.code]
        self._reader.set_favourites(after)
        self.show_found(self.search.text())
        for row in range(self.list.topLevelItemCount()):
            item = self.list.topLevelItem(row)
            if item is not None and item.data(0, CODE_ROLE) == statement.code:
                self.list.setCurrentItem(item)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move in the list and choose from it while the field has the keyboard."""
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in MOVES:
                count = self.list.topLevelItemCount()
                row = min(max(self.list.currentIndex().row() + MOVES[event.key()], 0), count - 1)
                item = self.list.topLevelItem(row) if count else None
                if item is not None:
                    self.list.setCurrentItem(item)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.take(stay=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
                return True
            if event.key() == Qt.Key.Key_D and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.toggle_favourite()
                return True
        return super().eventFilter(watched, event)


class AcronymsDialog(QDialog):
    """The reader's own acronyms, which go before those of the program."""

    def __init__(self, reader: ReaderSettings, parent: QWidget) -> None:
        super().__init__(parent)
        self._reader = reader
        self.setWindowTitle(tr("Acronyms"))
        self.resize(520, 400)
        layout = QVBoxLayout(self)
        label = QLabel(
            tr("Your own acronyms expand as those of the statements do, and go before them. Statements list theirs.")
        )
        label.setWordWrap(True)
        self.table = QTableWidget(0, 2)
        self.table.setHorizontalHeaderLabels([tr("Acronym"), tr("Stands for")])
        self.table.setAccessibleName(tr("Acronyms"))
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.verticalHeader().hide()
        for acronym, words in sorted(reader.acronyms().items()):
            self.add(acronym, words)
        add, remove = QPushButton(tr("Add")), QPushButton(tr("Remove"))
        add.clicked.connect(lambda: self.add("", "", edit=True))
        remove.clicked.connect(lambda: self.table.removeRow(self.table.currentRow()))
        row = QHBoxLayout()
        row.addWidget(add)
        row.addWidget(remove)
        row.addStretch(1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addWidget(label)
        layout.addWidget(self.table)
        layout.addLayout(row)
        layout.addWidget(buttons)

    def add(self, acronym: str, words: str, *, edit: bool = False) -> None:
        """Add a row."""
        at = self.table.rowCount()
        self.table.insertRow(at)
        items = [QTableWidgetItem(text) for text in (acronym, words)]
        for column, item in enumerate(items):
            self.table.setItem(at, column, item)
        if edit:
            self.table.setCurrentCell(at, 0)
            self.table.editItem(items[0])

    def acronyms(self) -> dict[str, str]:
        """Return what stands in the rows that are whole."""
        found = {}
        for row in range(self.table.rowCount()):
            acronym, words = (self._text(row, column) for column in (0, 1))
            if acronym.isalnum() and words:
                found[acronym.casefold()] = words
        return found

    def _text(self, row: int, column: int) -> str:
        item = self.table.item(row, column)
        return item.text().strip() if item is not None else ""

    def accept(self) -> None:
        """Remember them."""
        self.table.setCurrentCell(-1, -1)  # ends the editing of a cell
        self._reader.set_acronyms(self.acronyms())
        super().accept()
