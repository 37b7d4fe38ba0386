"""Commands for many records: folders, the worklist, the next record."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.session import State
from cardio_desktop.ui.commands.actions import Command
from cardio_desktop.ui.lists.worklist_panel import chosen_paths

if TYPE_CHECKING:
    from cardio_desktop.ui.main_window import MainWindow

FILE_IDS = ("open-folder",)
VIEW_IDS = ("worklist",)
READING_IDS = ("triage",)
GO_IDS = ("next-record", "previous-record", "next-unread", "mark-read", "find-record")


def worklist_commands(window: MainWindow) -> list[Command]:
    """Return the commands of the worklist."""

    def listed(_state: State) -> bool:
        return bool(window.worklist.entries)

    def shown_is_listed(state: State) -> bool:
        return state.record is not None and window.worklist.row_of(state.record.path) is not None

    return [
        Command(
            "open-folder",
            tr("Open &folder…"),
            ("Ctrl+Shift+O",),
            tr("List a folder's records, worst first, and analyse them all"),
            lambda: ask_folder(window),
        ),
        Command(
            "worklist",
            tr("&Worklist"),
            ("F8",),
            tr("Show or hide the worklist"),
            lambda: window.worklist_dock.setVisible(not window.worklist_dock.isVisible()),
        ),
        Command(
            "next-record",
            tr("Next recor&d"),
            ("Ctrl+PgDown",),
            tr("Open the next record of the worklist"),
            _step(window, 1),
            listed,
        ),
        Command(
            "previous-record",
            tr("Previous re&cord"),
            ("Ctrl+PgUp",),
            tr("Open the previous record of the worklist"),
            _step(window, -1),
            listed,
        ),
        Command(
            "next-unread",
            tr("Next &unread record"),
            ("Ctrl+Shift+PgDown",),
            tr("Open the next record of the worklist that is not marked as read"),
            _step(window, 1, True),
            listed,
        ),
        Command(
            "mark-read",
            tr("&Mark as read"),
            ("Ctrl+M",),
            tr("Mark the record as read, or take that back"),
            window.worklist_dock.toggle_read,
            shown_is_listed,
            lambda state: shown_is_listed(state) and _is_read(window, state),
        ),
        Command(
            "triage",
            tr("&Tiers in the worklist before reading"),
            (),
            tr("Show the risk tiers before reading and sort by them; the findings behind them stay hidden"),
            window.worklist_dock.toggle_triage,
            lambda state: listed(state) and window.session.reading.on,
            lambda _state: window.worklist.triage,
        ),
        Command(
            "find-record",
            tr("&Find in the worklist"),
            ("Ctrl+F",),
            tr("Filter the worklist by what you type"),
            lambda: _find(window),
            listed,
        ),
    ]


def _step(window: MainWindow, direction: int, unread_only: bool = False) -> Callable[[], None]:
    def go() -> None:
        if not window.worklist_dock.step(direction, unread_only):
            window.statusBar().showMessage(tr("There is no further record that way in the list as it is shown."), 5000)

    return go


def _is_read(window: MainWindow, state: State) -> bool:
    row = window.worklist.row_of(state.record.path) if state.record else None
    return row is not None and window.worklist.entries[row].read


def _find(window: MainWindow) -> None:
    window.worklist_dock.show()
    window.worklist_dock.search.setFocus()
    window.worklist_dock.search.selectAll()


def ask_folder(window: MainWindow) -> None:
    """Ask for a folder and list it."""
    name = QFileDialog.getExistingDirectory(window, tr("Open a folder of ECGs"), window.session.settings.last_folder())
    if name:
        open_folder(window, Path(name))


def open_folder(window: MainWindow, folder: Path) -> None:
    """List a folder and show the list."""
    window.worklist_dock.show()
    window.worklist.open_folder(folder)


def open_paths(window: MainWindow, names: list[str]) -> None:
    """Open what was dropped or named: one file as a record, a folder or several files as a worklist."""
    folders, files = chosen_paths(names)
    if len(folders) == 1 and not files:
        open_folder(window, folders[0])
    elif folders or len(files) > 1:
        window.worklist_dock.show()
        window.worklist.open_files([*folders, *files])
        if files and not folders:
            window.session.open(files[0])
    elif files:
        window.session.open(files[0])
