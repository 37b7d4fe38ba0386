"""Every command, searchable: the palette that runs one, and the list of keys."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.session import Session
from cardio_desktop.ui.commands.actions import Actions
from cardio_desktop.ui.commands.command import Command
from cardio_desktop.ui.commands.menus import shelves

ID_ROLE = int(Qt.ItemDataRole.UserRole)
PAGE_ROWS = 10
MOVES = {
    int(Qt.Key.Key_Up): -1,
    int(Qt.Key.Key_Down): 1,
    int(Qt.Key.Key_PageUp): -PAGE_ROWS,
    int(Qt.Key.Key_PageDown): PAGE_ROWS,
}


def plain(text: str) -> str:
    """Return a command's text without the marks of its menu key and of a dialog to come."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&").removesuffix("…")


def titles_of(commands: Iterable[Command]) -> dict[str, str]:
    """Return what each command is called in a list of all: with its menu's name where two have one text."""
    commands = list(commands)
    texts = Counter(plain(command.text) for command in commands)
    menus = {shelf.menu: plain(shelf.title) for shelf in shelves()}
    return {
        command.id: plain(command.text)
        if texts[plain(command.text)] == 1 or command.menu is None
        else f"{menus[command.menu]}: {plain(command.text)}"
        for command in commands
    }


def score(wanted: str, title: str, command: Command, keys: str) -> int | None:
    """Return how well a command answers a search, the less the better; None where it does not."""
    words = wanted.casefold().split()
    title, rest = title.casefold(), f"{command.tip} {keys} {command.id}".casefold()
    if not all(word in title or word in rest for word in words):
        return None
    if not words:
        return 0
    starts = [part for part in title.split() if part.startswith(words[0])]
    if title.startswith(wanted.casefold()):
        return 0
    if starts:
        return 1
    return 2 if all(word in title for word in words) else 3


class CommandList(QTreeWidget):
    """Commands with their keys and, where one is not possible, why."""

    def __init__(self, actions: Actions, session: Session) -> None:
        super().__init__()
        self._actions, self._session = actions, session
        self.setHeaderLabels([tr("Command"), tr("Keys"), tr("Not possible because")])
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAlternatingRowColors(True)
        self.setAccessibleName(tr("Commands"))
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.search("")

    def search(self, wanted: str) -> None:
        """Show the commands that answer a search: those that are possible first, the best first."""
        table, state = self._actions, self._session.state
        found, titles = [], titles_of(table.commands.values())
        for order, command in enumerate(table.commands.values()):
            keys = ", ".join(key.toString(key.SequenceFormat.NativeText) for key in table[command.id].shortcuts())
            rank = score(wanted, titles[command.id], command, keys)
            if rank is not None:
                reason = command.possible.why_not(state)
                found.append((bool(reason) and bool(wanted), rank, order, command, keys, reason))
        self.clear()
        for *_, command, keys, reason in sorted(found, key=lambda entry: entry[:3]):
            item = QTreeWidgetItem([titles[command.id], keys, reason])
            item.setData(0, ID_ROLE, command.id)
            item.setToolTip(0, command.tip)
            if reason:
                for column in range(3):
                    item.setForeground(column, self.palette().placeholderText())
            self.addTopLevelItem(item)
        first = self.topLevelItem(0)
        if first is not None:
            self.setCurrentItem(first)

    def move_by(self, rows: int) -> None:
        """Choose a row further up or down, at most the first or last."""
        count = self.topLevelItemCount()
        item = self.topLevelItem(min(max(self.currentIndex().row() + rows, 0), count - 1)) if count else None
        if item is not None:
            self.setCurrentItem(item)

    def ids(self) -> list[str]:
        """Return the commands that are listed, in order."""
        items = (self.topLevelItem(k) for k in range(self.topLevelItemCount()))
        return [str(item.data(0, ID_ROLE)) for item in items if item is not None]


class SearchDialog(QDialog):
    """A field to search in over the list of commands; the arrows move in the list while the field has the focus."""

    def __init__(self, actions: Actions, session: Session, parent: QWidget, title: str) -> None:
        super().__init__(parent)
        self._actions = actions
        self.setWindowTitle(title)
        layout = QVBoxLayout(self)
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search a command or key"))
        self.search.setAccessibleName(tr("Search a command or key"))
        self.search.setClearButtonEnabled(True)
        self.list = CommandList(actions, session)
        self.search.textChanged.connect(self.list.search)
        self.search.installEventFilter(self)
        self.tip = QLabel()
        self.tip.setWordWrap(True)
        self.list.currentItemChanged.connect(self._show_tip)
        self.list.itemActivated.connect(self._activated)
        for widget in (self.search, self.list, self.tip):
            layout.addWidget(widget)
        self._show_tip()

    def _show_tip(self) -> None:
        item = self.list.currentItem()
        self.tip.setText(item.toolTip(0) if item is not None else tr("No command answers this search."))

    def _activated(self) -> None:
        self.run()

    def run(self) -> None:
        """Run the chosen command, if it is possible, after the dialog has gone."""
        item = self.list.currentItem()
        if item is None:
            return
        action = self._actions[str(item.data(0, ID_ROLE))]
        if action.isEnabled():
            self.accept()
            action.trigger()
        else:
            self.tip.setText(tr("Not possible now: {reason}").format(reason=item.text(2)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Send the arrows to the list and let Enter run the command."""
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in MOVES:
                self.list.move_by(MOVES[event.key()])
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.run()
                return True
        return super().eventFilter(watched, event)


class KeysDialog(SearchDialog):
    """Every command with its keys, and what the mouse does."""

    def __init__(self, actions: Actions, session: Session, parent: QWidget) -> None:
        super().__init__(actions, session, parent, tr("Keys"))
        self.resize(760, 620)
        mouse = QLabel(
            tr(
                "Mouse: drag moves the paper, the wheel scrolls, Ctrl+wheel magnifies, Shift+wheel goes along the "
                "record, Alt+wheel compresses time (12 × 1 and strips), a double click fits the page."
            )
        )
        mouse.setWordWrap(True)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.rejected.connect(self.reject)
        layout = self.layout()
        if layout is not None:
            layout.addWidget(mouse)
            layout.addWidget(close)


class PaletteDialog(SearchDialog):
    """Type a few letters, press Enter."""

    def __init__(self, actions: Actions, session: Session, parent: QWidget) -> None:
        super().__init__(actions, session, parent, tr("Commands"))
        self.resize(660, 420)


def show_keys(actions: Actions, session: Session, parent: QWidget) -> None:
    """Show the list of keys."""
    dialog = KeysDialog(actions, session, parent)
    dialog.exec()
    dialog.deleteLater()


def show_palette(actions: Actions, session: Session, parent: QWidget) -> None:
    """Show the palette."""
    dialog = PaletteDialog(actions, session, parent)
    dialog.exec()
    dialog.deleteLater()
