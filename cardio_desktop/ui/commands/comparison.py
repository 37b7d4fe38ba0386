"""Commands for serial comparison."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from cardio_desktop.app.earlier import Earlier
from cardio_desktop.app.i18n import tr
from cardio_desktop.app.session import Session
from cardio_desktop.ui.commands.command import Command, Menu, placed
from cardio_desktop.ui.commands.conditions import HAS_RECORD, condition
from cardio_desktop.ui.lists.priors_strip import PriorsStrip
from cardio_desktop.ui.paper.comparison_place import ComparisonPlace, choose_other


def comparison_commands(
    session: Session, earlier: Earlier, strip: PriorsStrip, comparison: ComparisonPlace, frame: QWidget
) -> list[Command]:
    """Return the commands that put a second record beside the shown one."""
    has_previous = HAS_RECORD & condition(
        lambda _state: bool(earlier.entries),
        lambda: tr("no folder that was opened holds an earlier ECG of this patient"),
    )

    def ask() -> None:
        path = choose_other(frame, session.settings.last_folder())
        if path is not None:
            comparison.open(path)

    def previous() -> None:
        path = earlier.newest
        if path is not None:
            comparison.open(path)

    return [
        *placed(
            Menu.FILE,
            3,
            Command(
                "compare",
                tr("Co&mpare with…"),
                ("Ctrl+D",),
                tr("Put another record beside this one or over it, with what has changed"),
                ask,
                HAS_RECORD,
            ),
            Command(
                "compare-previous",
                tr("Compare with the pre&vious ECG of this patient"),
                ("V", "Ctrl+Shift+D"),
                tr("Compare with the latest earlier ECG of the same patient, one above the other"),
                previous,
                has_previous,
            ),
        ),
        *placed(
            Menu.GO,
            2,
            Command(
                "priors",
                tr("Earlier ECGs of this p&atient"),
                ("Shift+V",),
                tr("Put the keyboard on the earlier ECGs of this patient; Enter compares with one"),
                strip.enter,
                has_previous,
            ),
        ),
    ]
