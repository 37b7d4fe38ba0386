"""Commands of the statements that a conclusion is made of."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.session import Session
from cardio_desktop.ui.commands.command import Command, Menu, placed
from cardio_desktop.ui.commands.conditions import HAS_RECORD, unsigned_of
from cardio_desktop.ui.panels.docks import Docks
from cardio_desktop.ui.statement_dialog import AcronymsDialog, StatementDialog


def statement_commands(session: Session, docks: Docks, frame: QWidget) -> list[Command]:
    """Return the commands that pick statements and list acronyms."""
    reader = session.settings.reader

    def pick() -> None:
        docks.bring("findings")
        edit = docks.findings.conclusion.edit
        docks.findings.ensureWidgetVisible(edit)
        dialog = StatementDialog(reader, edit.insert, frame)
        dialog.exec()
        dialog.deleteLater()
        edit.setFocus()

    def edit_acronyms() -> None:
        dialog = AcronymsDialog(reader, frame)
        dialog.exec()
        dialog.deleteLater()

    return placed(
        Menu.READING,
        1,
        Command(
            "pick-statement",
            tr("&Insert a statement…"),
            ("Ctrl+T",),
            tr("Find a statement by any word, its acronym or code, and put it into your conclusion"),
            pick,
            HAS_RECORD & unsigned_of(session),
            short=tr("List…"),
        ),
        Command(
            "acronyms",
            tr("Acron&yms…"),
            (),
            tr("Your own acronyms, which expand while you type"),
            edit_acronyms,
        ),
    )
