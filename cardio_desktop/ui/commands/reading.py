"""Commands of reading: what is hidden, what the reader writes and thinks, and the panels around the paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDockWidget

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.opinions import TIER
from cardio_desktop.app.session import State
from cardio_desktop.ui.commands.actions import Command, has_findings, has_record

if TYPE_CHECKING:
    from cardio_desktop.ui.main_window import MainWindow


def has_highlights(state: State) -> bool:
    """Possible while the marks of a sentence stand on the paper."""
    return bool(state.highlights)


def reading_commands(window: MainWindow) -> list[Command]:
    """Return the commands of the menu Reading and those that show panels."""
    session = window.session

    def reveal() -> None:
        if session.state.hidden:
            session.reading.reveal()
        else:
            session.reading.hide()

    def can_reveal(state: State) -> bool:
        return state.record is not None and (state.hidden or session.reading.on)

    def write() -> None:
        raise_dock(window.dock)
        window.panel.reading.edit.setFocus()
        window.panel.ensureWidgetVisible(window.panel.reading.edit)

    def verdict(value: str) -> Callable[[], None]:
        return lambda: session.opinions.toggle(TIER, value)

    def think(value: str) -> Callable[[State], bool]:
        return lambda state: state.shown is not None and session.opinions.of(TIER).verdict == value

    def comment() -> None:
        if window.panel.tier.buttons is not None:
            window.panel.tier.buttons.ask_comment()

    def to_panel() -> None:
        raise_dock(window.dock)
        target = window.panel.curtain.button if session.state.hidden else window.panel.bars
        target.setFocus()

    def show(dock: QDockWidget) -> Callable[[], None]:
        return lambda: toggle_dock(dock)

    return [
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
        Command(
            "write-reading",
            tr("Write your &reading"),
            ("Ctrl+R",),
            tr("Write what you read in this ECG; it is kept apart from the program's findings"),
            write,
            has_record,
        ),
        Command(
            "agree",
            tr("&Agree with the tier"),
            ("Ctrl+Return",),
            tr("Agree with the program's tier, or take that back"),
            verdict("agree"),
            has_findings,
            think("agree"),
        ),
        Command(
            "disagree",
            tr("&Disagree with the tier"),
            ("Ctrl+Shift+Return",),
            tr("Disagree with the program's tier, or take that back"),
            verdict("disagree"),
            has_findings,
            think("disagree"),
        ),
        Command(
            "comment-tier",
            tr("&Comment on the tier…"),
            (),
            tr("Write a comment on the program's tier"),
            comment,
            has_findings,
        ),
        Command(
            "unmark-sentence",
            tr("Take the &marks of the sentence away"),
            ("Shift+H",),
            tr("Remove the marks of the chosen sentence from the paper"),
            lambda: session.highlight(()),
            has_highlights,
        ),
        Command("panel", tr("F&indings panel"), ("F9",), tr("Show or hide the findings"), show(window.dock)),
        Command(
            "evidence-panel",
            tr("&Evidence tools"),
            ("Shift+F9",),
            tr("Show or hide the evidence tools"),
            show(window.evidence_dock),
        ),
        Command(
            "median-panel", tr("Median &beat"), ("F7",), tr("Show or hide the median beat"), show(window.median_dock)
        ),
        Command("focus-panel", tr("To the &panel"), ("F6",), tr("Put the keyboard into the findings panel"), to_panel),
        Command(
            "focus-paper",
            tr("To the p&aper"),
            ("Shift+F6",),
            tr("Put the keyboard onto the paper"),
            lambda: window.paper.setFocus(),
            has_record,
        ),
    ]


def raise_dock(dock: QDockWidget) -> None:
    """Show a dock in front of those it shares its place with."""
    dock.show()
    dock.raise_()


def toggle_dock(dock: QDockWidget) -> None:
    """Hide a dock that can be seen; show one that is hidden or behind another."""
    if dock.isVisible() and not dock.visibleRegion().isEmpty():
        dock.hide()
    else:
        raise_dock(dock)
