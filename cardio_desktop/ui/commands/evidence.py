"""Commands about evidence: whose, how strong, and where most of it lies."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QStatusBar

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.session import Session, State
from cardio_desktop.app.terms import term
from cardio_desktop.app.viewport import MAX_EVIDENCE_FROM
from cardio_desktop.core.findings import CLASS_NAMES
from cardio_desktop.ui.commands.command import Command, Menu, placed
from cardio_desktop.ui.commands.conditions import HAS_EVIDENCE, SHOWS_EVIDENCE
from cardio_desktop.ui.commands.evidence_tools import next_class, show_strongest, toggle_evidence
from cardio_desktop.ui.paper.paper_place import PaperPlace


def evidence_commands(session: Session, paper: PaperPlace, status: QStatusBar) -> list[Command]:
    """Return the commands of the menu Evidence."""

    def choose(code: str) -> Callable[[], None]:
        return lambda: session.look(evidence_class=code)

    def shown(code: str) -> Callable[[State], bool]:
        return lambda state: state.evidence_class == code

    def opacity(step: float) -> Callable[[], None]:
        def change() -> None:
            session.look(opacity=round(min(max(session.state.viewport.opacity + step, 0.1), 1.0), 2))

        return change

    def threshold(step: float) -> Callable[[], None]:
        def change() -> None:
            now = session.state.viewport.evidence_from
            session.look(evidence_from=round(min(max(now + step, 0.0), MAX_EVIDENCE_FROM), 2))

        return change

    def strongest(direction: int) -> Callable[[], None]:
        return lambda: show_strongest(session, paper, status, direction)

    classes = [
        Command(
            f"class:{code}",
            tr("Evidence for {name}").format(name=term(name)),
            (f"Alt+{index}",),
            tr("Paint what speaks for and against: {name}").format(name=term(name)),
            choose(code),
            HAS_EVIDENCE,
            shown(code),
        )
        for index, (code, name) in enumerate(CLASS_NAMES.items(), start=1)
    ]
    return [
        *placed(
            Menu.EVIDENCE,
            0,
            Command(
                "evidence",
                tr("Show &evidence"),
                ("E",),
                tr("Paint or hide the network's evidence"),
                lambda: toggle_evidence(session),
                HAS_EVIDENCE,
                lambda state: state.evidence_class is not None,
            ),
        ),
        *placed(Menu.EVIDENCE, 1, *classes),
        *placed(
            Menu.EVIDENCE,
            2,
            Command(
                "next-class",
                tr("&Next class"),
                ("C",),
                tr("Evidence of the next class"),
                lambda: next_class(session),
                HAS_EVIDENCE,
            ),
            Command(
                "opacity-up",
                tr("&Stronger colours"),
                ("Shift+Up",),
                tr("Paint evidence stronger"),
                opacity(0.1),
                HAS_EVIDENCE,
            ),
            Command(
                "opacity-down",
                tr("&Fainter colours"),
                ("Shift+Down",),
                tr("Paint it fainter"),
                opacity(-0.1),
                HAS_EVIDENCE,
            ),
            Command(
                "threshold-up",
                tr("Hide &more weak evidence"),
                ("Ctrl+Up",),
                tr("Raise the strength below which evidence is not painted"),
                threshold(0.05),
                SHOWS_EVIDENCE,
            ),
            Command(
                "threshold-down",
                tr("Hide &less weak evidence"),
                ("Ctrl+Down",),
                tr("Lower the strength below which evidence is not painted"),
                threshold(-0.05),
                SHOWS_EVIDENCE,
            ),
        ),
        *placed(
            Menu.EVIDENCE,
            3,
            Command(
                "strongest",
                tr("S&trongest place"),
                (".",),
                tr("Go to the beat with the most evidence, again to the next strongest"),
                strongest(1),
                SHOWS_EVIDENCE,
            ),
            Command(
                "previous-strongest",
                tr("&Previous strongest place"),
                (",",),
                tr("Go back to the stronger beat before"),
                strongest(-1),
                SHOWS_EVIDENCE,
            ),
        ),
    ]
