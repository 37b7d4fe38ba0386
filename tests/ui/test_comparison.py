"""Serial comparison: two records side by side, superimposed, and what has changed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from cardio_desktop.app.comparison import Difference, differences_between, time_between
from cardio_desktop.core.findings import LeadAmplitudes, Measurements, MedianBeat
from cardio_desktop.core.record import Patient, Record
from cardio_desktop.paths import asset
from cardio_desktop.ui.main_window import MainWindow
from cardio_desktop.ui.paper.comparison_window import ComparisonWindow
from cardio_desktop.ui.paper.comparison_words import difference_cells
from tests.ui.conftest import step_record
from tests.ui.test_window import findings_of


def measured(**changes: object) -> Measurements:
    base = Measurements(
        heart_rate_bpm=60.0,
        qrs_ms=90.0,
        qt_ms=400.0,
        qtc_ms={"fridericia": 400.0, "bazett": 400.0},
        qrs_axis_deg=-170.0,
        leads={"V2": LeadAmplitudes(st60_mv=0.02, t_mv=0.3)},
        uncertainty_ms={"qrs_ms": 4.0, "qt_ms": 10.0},
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def median(step_mv: float) -> MedianBeat:
    samples = np.zeros((2, 300), dtype=np.float32)
    samples[:, 100:110] = 1.0
    samples[1, 130:200] = step_mv
    return MedianBeat(("I", "V2"), samples, 500.0, 105, 9)


def test_only_what_both_have_is_compared_and_angles_go_the_shorter_way(tmp_path: Path) -> None:
    record = step_record(tmp_path)
    base = findings_of(record)
    before = replace(base, measurements=measured(pr_ms=160.0))
    after = replace(
        base,
        measurements=measured(
            heart_rate_bpm=75.0,
            qrs_ms=130.0,
            qt_ms=420.0,
            qtc_ms={"fridericia": 452.0},
            qrs_axis_deg=175.0,
            leads={"V2": LeadAmplitudes(st60_mv=0.14, t_mv=-0.2), "V3": LeadAmplitudes(st60_mv=0.3)},
        ),
    )
    found = {d.name: d for d in differences_between(before, after)}
    assert "PR interval" not in found
    assert "QTc (Bazett)" not in found
    assert "ST at J + 60 ms, V3" not in found
    assert found["QRS axis"].change == pytest.approx(-15.0)
    assert found["QRS duration"].notable is True
    assert found["QT interval"].notable is False  # 20 ms, and both together are uncertain by 14
    assert found["Heart rate"].notable is None
    assert found["ST at J + 60 ms, V2"].notable is True
    assert found["T, V2"].notable is True
    assert found["Myocardial infarction"].change == 0.0
    assert [d.name for d in differences_between(after, before)] == list(found)
    assert all(d.change == pytest.approx(-found[d.name].change) for d in differences_between(after, before))


def test_cells_say_value_unit_and_signed_change() -> None:
    assert difference_cells(Difference("QRS", 90.4, 130.1, "ms")) == ("QRS", "90 ms", "130 ms", "+40 ms")
    assert difference_cells(Difference("ST", 0.05, -0.1, "mV", 2)) == ("ST", "0.05 mV", "-0.10 mV", "-0.15 mV")
    assert difference_cells(Difference("A", 10.0, 9.9, "°", is_angle=True)) == ("A", "10°", "10°", "0")
    assert difference_cells(Difference("MI", 10.0, 80.0, "%"))[3] == "+70 points"
    assert difference_cells(Difference("MI", 0.2, 99.6, "%"))[1:3] == ("<1 %", ">99 %")


def test_time_between_is_said_in_words(tmp_path: Path) -> None:
    record = step_record(tmp_path)
    first = replace(record, start_time=datetime(2020, 1, 1))
    assert time_between(first, replace(record, start_time=datetime(2023, 1, 1))) == "3.0 years between them"
    assert time_between(first, replace(record, start_time=datetime(2020, 1, 11))) == "10 days between them"
    assert time_between(replace(record, start_time=datetime(2020, 1, 1, 6)), first) == "6.0 h between them"
    assert time_between(replace(record, start_time=datetime(2020, 1, 1, 0, 12)), first) == "12 min between them"
    assert time_between(first, first) == "recorded at the same time"
    assert time_between(first, record) == ""


def record_of(tmp_path: Path, name: str, year: int, patient: Patient) -> Record:
    base = step_record(tmp_path)
    return replace(base, path=tmp_path / name, start_time=datetime(year, 5, 1), patient=patient)


@pytest.fixture
def compared(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> Iterator[ComparisonWindow]:
    """The new record in the main window, the old one beside it, both with findings."""
    new = record_of(tmp_path, "new.hea", 2024, Patient(id="7", name="Smith"))
    old = record_of(tmp_path, "old.hea", 2020, Patient(id="7", name="Smith"))
    window.session.show_record(new)
    window.session.show_findings(new, replace(findings_of(new), measurements=measured(), median=median(0.3)))
    window.comparison.other.show_record(old)
    window.comparison.other.show_findings(
        old, replace(findings_of(old), measurements=measured(qrs_ms=130.0), median=median(0.0))
    )
    comparison = ComparisonWindow(window.comparison, window)
    window.comparison_place.window = comparison
    comparison.show()
    qtbot.waitExposed(comparison)
    yield comparison
    comparison.close()


def rows(comparison: ComparisonWindow) -> dict[str, list[str]]:
    table = comparison.table
    cells = [[table.item(row, column) for column in range(4)] for row in range(table.rowCount())]
    return {row[0].text(): [cell.text() for cell in row[1:]] for row in cells if all(row)}  # type: ignore[union-attr]


def test_the_earlier_record_stands_left_and_can_be_exchanged(qtbot: QtBot, compared: ComparisonWindow) -> None:
    labels = {label.text() for label in compared._names}
    assert labels == {"Before: old.hea, 2020-05-01 00:00", "After: new.hea, 2024-05-01 00:00"}
    assert rows(compared)["QRS duration"] == ["130 ms", "90 ms", "-40 ms"]
    assert compared.between.text() == "4.0 years between them"
    assert not compared.warning.isVisible()
    left = compared.side.widget(0)
    assert left is not None
    assert left.isAncestorOf(compared.papers[compared._comparison.other])
    compared.swap_button.click()
    assert rows(compared)["QRS duration"] == ["90 ms", "130 ms", "+40 ms"]
    assert compared.side.widget(0).isAncestorOf(compared.papers[compared._comparison.session])  # type: ignore[union-attr]


def test_both_papers_have_one_layout_and_scale(compared: ComparisonWindow) -> None:
    comparison = compared._comparison
    comparison.session.look(layout_id="6x2", gain_mm_per_mv=20.0)
    mine, other = compared.papers[comparison.session], compared.papers[comparison.other]
    assert mine.plan is not None
    assert other.plan is not None
    assert mine.plan.scale == other.plan.scale
    assert [s.lead for s in mine.plan.strips] == [s.lead for s in other.plan.strips]


def test_superimposed_beats_stand_r_on_r_and_differ_where_they_differ(qtbot: QtBot, compared: ComparisonWindow) -> None:
    assert compared.side.orientation() is Qt.Orientation.Vertical
    assert compared.stack.currentWidget() is compared.side
    qtbot.keyClick(compared, Qt.Key.Key_S)
    beats = compared.beats
    assert compared.stack.currentWidget() is beats
    assert beats.leads() == ["I", "V2"]
    image = beats.grab().toImage()

    def color_at(lead: str, time_s: float, mv: float) -> QColor:
        box = dict(beats.cells())[lead].adjusted(1, 1, -1, -1)
        device = beats.device_of(box)
        x, y = device.x(50 * time_s), device.y(-10 * mv)
        near = [image.pixelColor(round(x) + dx, round(y) + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]
        return min(near, key=lambda color: color.lightness())

    def is_blue(color: QColor) -> bool:
        return color.blue() > color.red() + 35

    # ST of V2 100 ms after R: before at 0 mV in blue, after at 0.3 mV in black.
    assert is_blue(color_at("V2", 0.1, 0.0))
    after = color_at("V2", 0.1, 0.3)
    assert after.lightness() < 120
    assert not is_blue(after)
    # In lead I they lie on one another: the later one covers the earlier.
    assert not is_blue(color_at("I", 0.1, 0.0))
    assert color_at("I", 0.1, 0.3).lightness() > 150


def test_hidden_findings_stay_hidden_until_both_are_asked_for(qtbot: QtBot, compared: ComparisonWindow) -> None:
    reading = compared._comparison.session.reading
    reading.set_on(True)
    compared._comparison.other.reading.set_on(True)
    assert rows(compared) == {}
    assert compared.beats.leads() == []
    assert compared.reveal_button.isVisible()
    qtbot.mouseClick(compared.reveal_button, Qt.MouseButton.LeftButton)
    assert rows(compared)["QRS duration"] == ["130 ms", "90 ms", "-40 ms"]
    assert not compared.reveal_button.isVisible()
    reading.set_on(False)


def test_another_patient_is_a_warning(compared: ComparisonWindow, tmp_path: Path) -> None:
    compared._comparison.other.show_record(record_of(tmp_path, "else.hea", 2021, Patient(id="8", name="Jones")))
    assert "different patients: 8 and 7" in compared.warning.text()
    compared._comparison.other.show_record(record_of(tmp_path, "anon.hea", 2021, Patient()))
    assert "do not tell whether" in compared.warning.text()


def test_a_real_record_is_opened_and_analysed_beside_the_shown_one(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    samples = asset("resources/samples")
    assert not window.actions_table["compare"].isEnabled()
    window.session.open(samples / "normal.hea")
    qtbot.waitUntil(lambda: window.session.state.record is not None, timeout=20_000)
    answer = lambda *_: (str(samples / "lbbb.hea"), "")  # noqa: E731
    monkeypatch.setattr(QFileDialog, "getOpenFileName", answer)
    qtbot.keyClick(window.paper, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(window.comparison_place.window, ComparisonWindow)
    other = window.comparison.other
    qtbot.waitUntil(lambda: other.state.record is not None, timeout=20_000)
    for session in (window.session, other):
        session.analyze()
        qtbot.waitUntil(lambda s=session: s.state.findings is not None, timeout=60_000)  # type: ignore[misc]
    found = {d.name: d for d in window.comparison.differences()}
    assert found["Conduction disturbance"].before > 50 > found["Conduction disturbance"].after
    assert "Heart rate" in found
    assert "do not tell" in window.comparison_place.window.warning.text()
    window.comparison_place.open(samples / "gone.hea")
    qtbot.waitUntil(lambda: bool(other.state.problem), timeout=20_000)
    assert "gone.hea" in window.comparison_place.window.warning.text()
    assert other.state.record is not None
    window.close()
    assert not other.jobs.running or other.jobs.shut_down()
