"""Long records in the real window: the overview bar, paging, the whole record judged, the worst minute."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cardio_desktop.app.long_analysis import Course
from cardio_desktop.core.leads import LEADS12
from cardio_desktop.core.record import Annotation, Gap
from cardio_desktop.simulate import simulate_record
from cardio_desktop.ui.main_window import MainWindow
from cardio_desktop.ui.paper.overview_content import build_overview
from tests.ui.conftest import step_record
from tests.ui.test_window import findings_of

RATE_HZ = 100
ILL_MINUTE, PAUSE_S = 5, 441.0


@pytest.fixture(scope="module")
def long_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten minutes of a healthy heart with an infarction in the sixth and a pause of four seconds in the eighth."""
    parts = {name: simulate_record(name, rate_hz=float(RATE_HZ), duration_s=60.0) for name in ("normal", "anterior-mi")}
    minutes = ["anterior-mi" if k == ILL_MINUTE else "normal" for k in range(10)]
    counts = np.stack(
        [np.concatenate([np.round(parts[m].leads[lead].millivolts() * 1000) for m in minutes]) for lead in LEADS12],
        axis=1,
    ).astype("<i2")
    low = round(PAUSE_S * RATE_HZ)
    counts[low : low + 4 * RATE_HZ] = counts[low - 1]
    folder = tmp_path_factory.mktemp("long")
    counts.tofile(folder / "day.dat")
    lines = [f"day 12 {RATE_HZ} {len(counts)} 08:00:00 01/02/2026"]
    lines += [f"day.dat 16 1000/mV 16 0 {counts[0, k]} 0 0 {lead}" for k, lead in enumerate(LEADS12)]
    (folder / "day.hea").write_text("\n".join(lines) + "\n")
    return folder / "day.hea"


def test_the_bar_is_there_for_records_longer_than_the_page_only(window: MainWindow, tmp_path: Path) -> None:
    assert not window.overview.isVisible()
    window.session.show_record(step_record(tmp_path))
    assert not window.overview.isVisible()
    assert not window.actions_table["analyze-all"].isEnabled()
    window.session.show_record(step_record(tmp_path, duration_s=60.0))
    assert window.overview.isVisible()
    assert window.actions_table["analyze-all"].isEnabled()
    window.actions_table["overview"].trigger()
    assert not window.overview.isVisible()
    window.actions_table["overview"].trigger()
    assert window.overview.isVisible()


def test_clicking_dragging_and_turning_the_wheel_move_the_page(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    window.session.show_record(step_record(tmp_path, duration_s=600.0))
    lanes = window.overview.lanes
    start = lambda: window.session.state.viewport.start_s  # noqa: E731

    def place(time_s: float) -> QPoint:
        return QPoint(round(lanes.axis.x(time_s)), 30)

    a_pixel = 600.0 / lanes.axis.room_px
    qtbot.mousePress(lanes, Qt.MouseButton.LeftButton, pos=place(300.0))
    assert start() == pytest.approx(295.0, abs=a_pixel)  # the page is centred on what was clicked
    qtbot.mouseMove(lanes, place(400.0))
    qtbot.mouseRelease(lanes, Qt.MouseButton.LeftButton, pos=place(400.0))
    assert start() == pytest.approx(395.0, abs=2 * a_pixel)
    before = start()
    qtbot.mousePress(lanes, Qt.MouseButton.LeftButton, pos=place(before + 2.0))  # taken by its own part: no jump
    assert start() == before
    qtbot.mouseMove(lanes, place(10_000.0))
    assert start() == 590.0
    qtbot.mouseRelease(lanes, Qt.MouseButton.LeftButton, pos=place(500.0))
    wheel = QWheelEvent(
        QPointF(place(0)),
        lanes.mapToGlobal(QPointF(place(0))),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(lanes, wheel)
    assert start() == 580.0


def test_the_bar_shows_extremes_marks_and_gaps_at_their_places(window: MainWindow, tmp_path: Path) -> None:
    record = step_record(tmp_path, duration_s=120.0)
    record = replace(
        record,
        annotations=(Annotation(30.0, "V", "beat"), Annotation(31.0, "N", "beat"), Annotation(90.0, "p", "wave")),
        gaps=(Gap(100.0, 110.0),),
    )
    window.session.show_record(record)
    window.overview.lanes.grab()
    overview = build_overview(window.session.state, record, None, 900)
    assert overview.envelope_mv is not None
    assert overview.envelope_mv[:, 1].max() == 1.0
    assert overview.envelope_mv[:, 0].min() == 0.0
    assert [mark.start_s for mark in overview.marks] == [30.0]
    lanes = window.overview.lanes
    assert "in the file: V" in lanes.words_at(lanes.axis.x(30.0))
    assert "in the file" not in lanes.words_at(lanes.axis.x(60.0))
    assert overview.gaps == ((100.0, 110.0),)


def test_paging_repaints_the_handle_alone(window: MainWindow, tmp_path: Path) -> None:
    window.session.show_record(step_record(tmp_path, duration_s=120.0))
    lanes = window.overview.lanes
    lanes.grab()
    picture = lanes._picture
    assert picture is not None
    window.actions_table["page-on"].trigger()
    lanes.grab()
    assert lanes._picture is picture


def test_what_the_first_analysis_found_stands_in_the_bar(window: MainWindow, tmp_path: Path) -> None:
    record = step_record(tmp_path, duration_s=120.0)
    window.session.show_record(record)
    window.session.show_findings(record, replace(findings_of(record), end_s=60.0))
    overview = build_overview(window.session.state, record, None, 900)
    assert overview.rate_bpm is not None
    assert overview.rate_bpm[0] == pytest.approx(60.0)
    assert np.isnan(overview.rate_bpm[1])
    assert [mark.start_s for mark in overview.marks] == [4.0, 8.0]  # its flagged beats
    assert overview.judged is not None
    assert overview.judged[:6].all()
    assert not overview.judged[6:].any()


def test_the_course_keeps_the_worst_of_each_window_and_knows_what_it_does_not_know() -> None:
    course = Course(650.0)
    assert (course.minutes, course.windows) == (11, 66)
    piece = {
        "classes": ["NORM", "MI", "CD"],
        "windows": [[300.0, 310.0, 0.1, 0.7, 0.2], [305.0, 309.0, 0.5, 0.3, 0.4]],
        "events": [["pause", 320.0, 324.0, 4.0, "s"]],
        "reason": "",
        "ectopic_s": {"ventricular": [301.5]},
        "rate_bpm": [60.0, None, 70.0, 71.0, 72.0],
        **{name: [None] * 5 for name in ("slowest_bpm", "fastest_bpm", "ectopic", "ventricular")},
    }
    course.take(1, piece)
    assert course.of("MI")[30] == np.float32(0.7)
    assert course.of("CD")[30] == np.float32(0.4)
    assert np.isnan(course.of("MI")[29])
    assert np.isnan(course.of("STTC")).all()
    assert course.judged.nonzero()[0].tolist() == list(range(30, 60))
    assert course.rates["rate_bpm"][5] == 60.0
    assert np.isnan(course.rates["rate_bpm"][6])
    assert course.pathologies()["MI"][5] == np.float32(0.7)
    assert [event.kind for event in course.events] == ["pause"]


def test_the_whole_record_is_judged_piece_by_piece_and_the_worst_minute_found(
    qtbot: QtBot, window: MainWindow, long_file: Path
) -> None:
    window.session.open(long_file)
    qtbot.waitUntil(lambda: window.session.state.record is not None, timeout=20_000)
    assert not window.actions_table["worst-minute"].isEnabled()
    qtbot.keyClick(window.paper, Qt.Key.Key_F5, Qt.KeyboardModifier.ControlModifier)
    analysis = window.long_analysis
    assert analysis.running
    assert window.overview.start_button.text() == "Stop"
    assert analysis.total == 2
    qtbot.waitUntil(lambda: not analysis.running, timeout=180_000)
    course = analysis.course
    assert course is not None
    assert not course.reasons
    assert analysis.percent == 100
    assert np.isfinite(course.of("MI")).all()
    qtbot.keyClick(window.paper, Qt.Key.Key_Period, Qt.KeyboardModifier.ControlModifier)
    assert window.session.state.viewport.start_s == 60.0 * ILL_MINUTE
    assert "1 of 10" in window.statusBar().currentMessage()
    assert "MI" in window.statusBar().currentMessage()
    pauses = [event for event in course.events if event.kind == "pause"]
    assert len(pauses) == 1
    assert PAUSE_S - 1.5 < pauses[0].start_s < PAUSE_S + 0.1
    assert 4.0 < (pauses[0].value or 0) < 6.0
    normal = np.delete(course.rates["rate_bpm"], [ILL_MINUTE, 7])
    assert np.ptp(normal) < 4
    # The sixth minute is warm in the bar, its neighbours are not.
    window.session.look(evidence_class="MI")
    lanes = window.overview.lanes
    image = lanes.grab().toImage()

    def warmth(time_s: float) -> int:
        color = QColor(image.pixelColor(round(lanes.axis.x(time_s)), 2 + 34 + 2 + 22 + 2 + 13 + 2 + 6))
        return color.red() - color.blue()

    assert warmth(330.0) > 60
    assert warmth(210.0) < 30
    assert "MI" in lanes.words_at(lanes.axis.x(330.0))
    # The time of day is that of the recording.
    assert lanes.words_at(lanes.axis.x(330.0)).startswith("08:05:3")
    # Another record: nothing of this one may stay.
    window.session.open(long_file.with_name("gone.hea"))
    qtbot.waitUntil(lambda: not window.session.state.busy, timeout=20_000)
    assert analysis.course is course
    record = window.session.state.record
    assert record is not None
    window.session.show_record(replace(record))
    assert analysis.course is None
    assert not window.actions_table["worst-minute"].isEnabled()


def test_stopping_leaves_nothing_behind_and_goes_on_where_it_stopped(
    qtbot: QtBot, window: MainWindow, long_file: Path
) -> None:
    window.session.open(long_file)
    qtbot.waitUntil(lambda: window.session.state.record is not None, timeout=20_000)
    window.overview.start_button.click()
    analysis = window.long_analysis
    assert analysis.running
    window.overview.start_button.click()
    assert not analysis.running
    assert window.workers.open_requests(analysis._owner) == 0
    assert window.overview.start_button.text() == "Analyse all"
    window.close()
    assert window.workers.running == 0


def test_a_record_that_cannot_be_read_again_says_so(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    window.session.show_record(step_record(tmp_path, duration_s=60.0))  # its file is empty
    window.actions_table["analyze-all"].trigger()
    qtbot.waitUntil(lambda: not window.long_analysis.running, timeout=60_000)
    assert "step.hea" in window.statusBar().currentMessage()
    assert window.long_analysis.next_worst(1) is None
