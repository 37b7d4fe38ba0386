"""Commands for serial comparison."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.session import State
from cardio_desktop.ui.commands.actions import Command, has_record

if TYPE_CHECKING:
    from cardio_desktop.ui.main_window import MainWindow

FILE_IDS = ("compare", "compare-previous")


def comparison_commands(window: MainWindow) -> list[Command]:
    """Return the commands that put a second record beside the shown one."""

    def has_previous(state: State) -> bool:
        return previous_of_patient(window, state) is not None

    return [
        Command(
            "compare",
            tr("Co&mpare with…"),
            ("Ctrl+D",),
            tr("Put another record beside this one or over it, with what has changed"),
            lambda: ask_compare(window),
            has_record,
        ),
        Command(
            "compare-previous",
            tr("Compare with the pre&vious ECG of this patient"),
            ("Ctrl+Shift+D",),
            tr("Compare with the latest earlier record of the same patient in the worklist"),
            lambda: compare_previous(window),
            has_previous,
        ),
    ]


def ask_compare(window: MainWindow) -> None:
    """Ask for a record and compare with it."""
    from cardio_desktop.ui.paper.comparison_window import choose_other

    path = choose_other(window, window.session.settings.last_folder())
    if path is not None:
        compare_with(window, path)


def compare_previous(window: MainWindow) -> None:
    """Compare with the latest earlier record of the same patient in the list."""
    path = previous_of_patient(window, window.session.state)
    if path is not None:
        compare_with(window, path)


def compare_with(window: MainWindow, path: Path) -> None:
    """Open the comparison of the shown record with the one at `path`."""
    from cardio_desktop.ui.paper.comparison_window import ComparisonWindow

    if window.comparison_window is None:
        window.comparison_window = ComparisonWindow(window.comparison, window)
    window.comparison.open(path)
    window.comparison_window.show()
    window.comparison_window.activateWindow()


def previous_of_patient(window: MainWindow, state: State) -> Path | None:
    """Return the latest record of the worklist that names the same patient and was made before the shown one."""
    record = state.record
    patient = (record.patient.name or record.patient.id) if record else None
    if record is None or not patient or record.start_time is None:
        return None
    now = record.start_time.isoformat(sep=" ", timespec="minutes")
    earlier = [
        (entry.details.start_time, entry.path)
        for entry in window.worklist.entries
        if entry.details is not None
        and entry.details.patient == patient
        and entry.details.start_time
        and entry.details.start_time < now
        and entry.path != record.path
    ]
    return max(earlier)[1] if earlier else None
