"""Commands of reading: what is hidden, and what the reader writes and thinks."""

from __future__ import annotations

from collections.abc import Callable

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.opinions import TIER
from cardio_desktop.app.session import Session, State
from cardio_desktop.ui.commands.command import Command, Menu, placed
from cardio_desktop.ui.commands.conditions import HAS_FINDINGS, HAS_RECORD, condition, unsigned_of
from cardio_desktop.ui.panels.docks import Docks

HAS_HIGHLIGHTS = condition(lambda state: bool(state.highlights), lambda: tr("no sentence is marked on the paper"))


def reading_commands(session: Session, docks: Docks) -> list[Command]:
    """Return the commands of the menu Reading."""
    unsigned = unsigned_of(session)
    can_reveal = HAS_RECORD & condition(
        lambda state: state.hidden or session.reading.on, lambda: tr("findings are shown at once")
    )

    def reveal() -> None:
        if session.state.hidden:
            session.reading.reveal()
        else:
            session.reading.hide()

    def write() -> None:
        docks.bring("findings")
        edit = docks.findings.conclusion.edit
        edit.setFocus()
        docks.findings.ensureWidgetVisible(edit)

    def verdict(value: str) -> Callable[[], None]:
        return lambda: session.opinions.toggle(docks.findings.row.finding, value)

    def think(value: str) -> Callable[[State], bool]:
        return lambda state: state.shown is not None and session.opinions.of(finding()).verdict == value

    def comment() -> None:
        docks.findings.row.buttons.ask_comment()

    def finding() -> str:
        return docks.findings.row.finding if docks.filled else TIER

    return [
        *placed(
            Menu.READING,
            0,
            Command(
                "reveal",
                tr("Show the &findings"),
                ("F2",),
                tr("Show what the program found, or hide it again"),
                reveal,
                can_reveal,
                lambda state: state.record is not None and state.revealed,
            ),
            Command(
                "read-first",
                tr("R&ead first"),
                (),
                tr("Hide the findings of each record until they are asked for"),
                lambda: session.reading.set_on(not session.reading.on),
                checked=lambda _state: session.reading.on,
            ),
        ),
        *placed(
            Menu.READING,
            1,
            Command(
                "write-reading",
                tr("Write your con&clusion"),
                ("Ctrl+R",),
                tr("Write what you conclude from this ECG; it is kept apart from the program's findings"),
                write,
                HAS_RECORD & unsigned,
            ),
        ),
        *placed(
            Menu.READING,
            2,
            Command(
                "agree",
                tr("&Agree with the finding"),
                ("Ctrl+Return",),
                tr("Agree with the finding in focus, else with the tier, or take that back"),
                verdict("agree"),
                HAS_FINDINGS & unsigned,
                think("agree"),
            ),
            Command(
                "disagree",
                tr("&Disagree with the finding"),
                ("Ctrl+Shift+Return",),
                tr("Disagree with the finding in focus, else with the tier, or take that back"),
                verdict("disagree"),
                HAS_FINDINGS & unsigned,
                think("disagree"),
            ),
            Command(
                "comment-tier",
                tr("Co&mment on the finding…"),
                ("Ctrl+E",),
                tr("Write a comment on the finding in focus, else on the tier"),
                comment,
                HAS_FINDINGS & unsigned,
            ),
        ),
        *placed(
            Menu.READING,
            3,
            Command(
                "unmark-sentence",
                tr("Ta&ke the marks of the sentence away"),
                ("Shift+H",),
                tr("Remove the marks of the chosen sentence from the paper"),
                lambda: session.highlight(()),
                HAS_HIGHLIGHTS,
            ),
        ),
    ]
