"""Commands for many records: folders, the worklist, the next record."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QStatusBar, QWidget

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.session import Session, State
from cardio_desktop.app.worklist import Entry, Worklist
from cardio_desktop.ui.commands.command import Command, Menu, placed
from cardio_desktop.ui.commands.conditions import HAS_RECORD, condition
from cardio_desktop.ui.lists.worklist_panel import WorklistDock


def worklist_commands(
    session: Session, worklist: Worklist, dock: WorklistDock, frame: QWidget, status: QStatusBar
) -> list[Command]:
    """Return the commands of the worklist."""
    listed = condition(lambda _state: bool(worklist.entries), lambda: tr("the worklist is empty"))
    shown_is_listed = HAS_RECORD & condition(
        lambda state: state.record is not None and worklist.row_of(state.record.path) is not None,
        lambda: tr("the record is not in the worklist"),
    )
    reads_first = condition(lambda _state: session.reading.on, lambda: tr("findings are shown at once"))

    def ask_folder() -> None:
        name = QFileDialog.getExistingDirectory(frame, tr("Open a folder of ECGs"), session.settings.last_folder())
        if name:
            dock.open_folder(Path(name))

    def step(direction: int, wanted: Callable[[Entry], bool] = lambda _entry: True) -> Callable[[], None]:
        def go() -> None:
            if not dock.step(direction, wanted):
                status.showMessage(tr("There is no further record that way in the list as it is shown."), 5000)

        return go

    def unread(entry: Entry) -> bool:
        return not entry.read

    def unsigned(entry: Entry) -> bool:
        return not entry.signed

    def find() -> None:
        dock.widen_to_find()
        dock.search.setFocus()
        dock.search.selectAll()

    def is_read(state: State) -> bool:
        row = worklist.row_of(state.record.path) if state.record else None
        return row is not None and worklist.entries[row].read

    return [
        *placed(
            Menu.FILE,
            0,
            Command(
                "open-folder",
                tr("Open &folder…"),
                ("Ctrl+Shift+O",),
                tr("List a folder's records, worst first, and analyse them all"),
                ask_folder,
            ),
        ),
        *placed(
            Menu.PANELS,
            0,
            Command(
                "worklist",
                tr("&Worklist"),
                ("F8",),
                tr("Show or hide the worklist"),
                lambda: dock.setVisible(not dock.isVisible()),
            ),
        ),
        *placed(
            Menu.PANELS,
            0,
            Command(
                "narrow-worklist",
                tr("&Narrow worklist while reading"),
                ("Ctrl+F8",),
                tr("Show only names and states of the worklist while a record is read"),
                dock.toggle_narrow,
                listed,
                checked=lambda _state: session.settings.narrow_worklist(),
            ),
        ),
        *placed(
            Menu.GO,
            2,
            Command(
                "next-record",
                tr("Next recor&d"),
                ("Ctrl+PgDown",),
                tr("Open the next record of the worklist"),
                step(1),
                listed,
            ),
            Command(
                "previous-record",
                tr("Previous re&cord"),
                ("Ctrl+PgUp",),
                tr("Open the previous record of the worklist"),
                step(-1),
                listed,
            ),
            Command(
                "next-unread",
                tr("Next &unread record"),
                ("Ctrl+Shift+PgDown",),
                tr("Open the next record of the worklist that is not marked as read"),
                step(1, unread),
                listed,
            ),
            Command(
                "next-unsigned",
                tr("Ne&xt unsigned record"),
                ("Ctrl+J", "Ctrl+Alt+PgDown"),
                tr("Open the next record of the worklist that nobody has signed"),
                step(1, unsigned),
                listed,
            ),
            Command(
                "previous-unsigned",
                tr("Previous unsi&gned record"),
                ("Ctrl+Shift+J", "Ctrl+Alt+PgUp"),
                tr("Open the previous record of the worklist that nobody has signed"),
                step(-1, unsigned),
                listed,
            ),
            Command(
                "mark-read",
                tr("&Mark as read"),
                ("Ctrl+M",),
                tr("Mark the record as read, or take that back"),
                dock.toggle_read,
                shown_is_listed,
                is_read,
                waits=True,
            ),
        ),
        *placed(
            Menu.READING,
            0,
            Command(
                "triage",
                tr("&Tiers in the worklist before reading"),
                (),
                tr("Show the risk tiers before reading and sort by them; the findings behind them stay hidden"),
                dock.toggle_triage,
                listed & reads_first,
                lambda _state: worklist.triage,
            ),
        ),
        *placed(
            Menu.GO,
            2,
            Command(
                "find-record",
                tr("&Find in the worklist"),
                ("Ctrl+F",),
                tr("Filter the worklist by what you type"),
                find,
                listed,
            ),
        ),
    ]
