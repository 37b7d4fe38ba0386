"""The panel's part for what the recorder stored."""

from dataclasses import replace

from cardio_desktop.core.record import Record
from cardio_desktop.core.stored import Stored
from cardio_desktop.ui.main_window import MainWindow
from tests.ui.test_findings_panel import full

TOLD = Stored(
    measurements={"pr_ms": 148.0, "qrs_ms": 120.0, "qtc_ms": 443.0},
    statements=("SINUS <RHYTHM>",),
    confirmed=False,
    patient={"medication": "Digoxin"},
)


def test_the_recorders_numbers_stand_beside_ours_and_leave_with_the_record(window: MainWindow, steps: Record) -> None:
    part = window.panel.stored
    window.session.show_record(stored := replace(steps, stored=TOLD))
    assert part.isHidden()
    window.session.show_findings(stored, full(stored))
    assert not part.isHidden()
    spoken = part.table.accessibleDescription()
    assert "PR interval: Recorder 148 ms, Program 160 ms, +12 ms, over the limit" in spoken
    assert "QRS duration: Recorder 120 ms, Program 98 ms, -22 ms, over the limit" in spoken
    assert "QTc (formula not told): Recorder 443 ms, Program –" in spoken
    assert part.table.text().count(" !</th>") == 2
    lines = part.lines.text().splitlines()
    assert lines[0] == "Not checked, and not the program's."
    assert "Statement: SINUS <RHYTHM>" in lines
    assert "Medication: Digoxin" in lines
    assert "Nobody has confirmed it." in lines
    window.session.show_record(steps)
    assert part.isHidden()
    assert "Digoxin" not in part.lines.text()
    window.session.show_findings(steps, full(steps))
    assert part.isHidden()
    assert part.table.text() == ""
