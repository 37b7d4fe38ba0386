"""Commands for serial comparison."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.session import Session, State
from cardio_desktop.app.worklist import Worklist
from cardio_desktop.ui.commands.command import Command, Menu, placed
from cardio_desktop.ui.commands.conditions import HAS_RECORD, condition
from cardio_desktop.ui.paper.comparison_place import ComparisonPlace, choose_other


def comparison_commands(
    session: Session, worklist: Worklist, comparison: ComparisonPlace, frame: QWidget
) -> list[Command]:
    """Return the commands that put a second record beside the shown one."""
    has_previous = HAS_RECORD & condition(
        lambda state: previous_of_patient(worklist, state) is not None,
        lambda: tr("the worklist holds no earlier ECG of this patient"),
    )

    def ask() -> None:
        path = choose_other(frame, session.settings.last_folder())
        if path is not None:
            comparison.open(path)

    def previous() -> None:
        path = previous_of_patient(worklist, session.state)
        if path is not None:
            comparison.open(path)

    return placed(
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
            ("Ctrl+Shift+D",),
            tr("Compare with the latest earlier record of the same patient in the worklist"),
            previous,
            has_previous,
        ),
    )


def previous_of_patient(worklist: Worklist, state: State) -> Path | None:
    """Return the latest record of the worklist that names the same patient and was made before the shown one."""
    record = state.record
    patient = (record.patient.name or record.patient.id) if record else None
    if record is None or not patient or record.start_time is None:
        return None
    now = record.start_time.isoformat(sep=" ", timespec="minutes")
    earlier = [
        (entry.details.start_time, entry.path)
        for entry in worklist.entries
        if entry.details is not None
        and entry.details.patient == patient
        and entry.details.start_time
        and entry.details.start_time < now
        and entry.path != record.path
    ]
    return max(earlier)[1] if earlier else None
