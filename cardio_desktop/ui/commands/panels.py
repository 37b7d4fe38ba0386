"""Commands that show panels, hide them, and take the keyboard to them and back: one for each kind of panel."""

from __future__ import annotations

from collections.abc import Callable

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.session import Session
from cardio_desktop.ui.commands.command import Command, Menu, placed
from cardio_desktop.ui.commands.conditions import HAS_RECORD
from cardio_desktop.ui.panels.docks import Docks
from cardio_desktop.ui.paper.paper_place import PaperPlace


def panel_commands(docks: Docks, paper: PaperPlace, session: Session) -> list[Command]:
    """Return the commands of the menu Panels."""

    def toggle(name: str) -> Callable[[], None]:
        return lambda: docks.toggle(name)

    def to_panel() -> None:
        docks.bring("findings")
        panel = docks.findings
        target = panel.curtain.button if session.state.hidden else panel.machine.line or panel.tier
        target.setFocus()

    return [
        *placed(
            Menu.PANELS,
            0,
            *(Command(kind.command, kind.text, kind.keys, kind.tip, toggle(kind.name)) for kind in docks.kinds),
        ),
        *placed(
            Menu.PANELS,
            1,
            Command(
                "focus-panel", tr("To the &panel"), ("F6",), tr("Put the keyboard into the findings panel"), to_panel
            ),
            Command(
                "focus-paper",
                tr("To the p&aper"),
                ("Shift+F6",),
                tr("Put the keyboard onto the paper"),
                lambda: paper.view.setFocus(),
                HAS_RECORD,
            ),
        ),
    ]
