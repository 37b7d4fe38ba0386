"""Calipers on the real window: placed by mouse and by keys, read true, kept, undone, shared."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cardio_desktop.app.marks import Tool
from cardio_desktop.app.session import Session
from cardio_desktop.app.settings import Settings
from cardio_desktop.app.store import Store
from cardio_desktop.core.calipers import Caliper, CaliperKind, make_caliper
from cardio_desktop.core.findings import Beat, Findings, Measurements, Quality, Risk, RRIntervals, Tier, Wave
from cardio_desktop.core.record import Record
from cardio_desktop.ui.main_window import MainWindow
from cardio_desktop.ui.paper.export import picture_of
from cardio_desktop.words import verbatim
from tests.ui.conftest import step_record

NONE = Qt.KeyboardModifier.NoModifier
SHIFT, ALT, CTRL = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
)


def findings_of(beats: tuple[float, ...], waves: tuple[Wave, ...] = (), mean_rr: float | None = None) -> Findings:
    rr = None if mean_rr is None else RRIntervals(mean_rr, 0.0, mean_rr, mean_rr)
    return Findings(
        start_s=0.0,
        end_s=10.0,
        quality=Quality(True),
        beats=tuple(Beat(t, "normal") for t in beats),
        waves=waves,
        measurements=Measurements(rr_ms=rr),
        prediction=None,
        evidence=None,
        risk=Risk(Tier.NOT_ASSESSED, verbatim("not asked")),
        rhythm=None,
        narrative=(),
        warnings=(),
        software="test",
    )


def press(window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(window.paper, key, modifier)


def spot(window: MainWindow, lead: str, time_s: float, millivolts: float, *, rhythm: bool = False) -> QPoint:
    paper = window.paper.paper_map()
    assert paper is not None
    strips = [s for s in paper.strips(lead, time_s) if s.rhythm is rhythm]
    at = paper.position_of(strips[0], time_s, millivolts)
    return QPoint(round(at.x()), round(at.y()))


def drag(window: MainWindow, start: QPoint, end: QPoint, modifier: Qt.KeyboardModifier = NONE) -> None:
    view = window.paper.viewport()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, modifier, start)
    QTest.mouseMove(view, (start + end) / 2)
    QTest.mouseMove(view, end)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, modifier, end)


def the_one(window: MainWindow) -> Caliper:
    (caliper,) = window.session.marks.calipers
    return caliper


@pytest.fixture
def reading(window: MainWindow, steps: Record) -> MainWindow:
    window.session.show_record(steps)
    window.session.look(zoom=2.0)
    return window


def test_a_drag_reads_the_known_interval_and_voltage(reading: MainWindow) -> None:
    """The record steps from 0 to 1 mV at 1.0 s and back at 1.5 s."""
    press(reading, Qt.Key.Key_U, SHIFT)
    assert reading.session.marks.tool is Tool.BOTH
    drag(reading, spot(reading, "I", 1.0, 1.0) + QPoint(0, 2), spot(reading, "I", 1.5, 0.0) - QPoint(0, 2))
    caliper = the_one(reading)
    assert (caliper.lead, caliper.kind) == ("I", CaliperKind.BOTH)
    assert caliper.interval_ms == pytest.approx(500.0, abs=2.0)
    assert caliper.rate_bpm == pytest.approx(120.0, abs=0.5)
    # Snapped to the trace, both ends stand on its levels exactly.
    assert (caliper.low_mv, caliper.high_mv) == (0.0, 1.0)
    assert reading.session.marks.tool is Tool.HAND
    assert reading.session.marks.selected == caliper.id


def test_two_clicks_place_as_well_as_a_drag(reading: MainWindow) -> None:
    press(reading, Qt.Key.Key_K, SHIFT)
    view = reading.paper.viewport()
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, NONE, spot(reading, "II", 0.5, 0.3))
    assert reading.session.marks.calipers == ()
    QTest.mouseMove(view, spot(reading, "II", 1.0, 0.3))
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, NONE, spot(reading, "II", 1.3, 0.3))
    assert the_one(reading).interval_ms == pytest.approx(800.0, abs=12.0)
    assert the_one(reading).start_s * 500 == pytest.approx(round(the_one(reading).start_s * 500))


def test_scrolling_between_two_clicks_keeps_the_first_on_its_trace(window: MainWindow, tmp_path: Path) -> None:
    window.session.show_record(step_record(tmp_path, duration_s=40.0))
    window.session.look(layout_id="12x1")
    press(window, Qt.Key.Key_K, SHIFT)
    view = window.paper.viewport()
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, NONE, spot(window, "V2", 8.0, 0.0))
    press(window, Qt.Key.Key_PageDown)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, NONE, spot(window, "V2", 12.0, 0.0))
    caliper = the_one(window)
    assert caliper.start_s == pytest.approx(8.0, abs=0.02)
    assert caliper.end_s == pytest.approx(12.0, abs=0.02)


def test_keys_alone_place_move_and_delete(reading: MainWindow) -> None:
    reading.session.show_findings(reading.session.state.record, findings_of((1.0, 2.0, 3.0, 4.2, 5.4, 6.6, 7.8, 9.0)))
    press(reading, Qt.Key.Key_K)
    caliper = the_one(reading)
    assert caliper.lead == "II"
    assert (caliper.start_s, caliper.end_s) == (4.2, 5.4)
    press(reading, Qt.Key.Key_Right, ALT)
    assert the_one(reading).end_s == pytest.approx(5.402)
    press(reading, Qt.Key.Key_Right, ALT | SHIFT)
    assert the_one(reading).end_s == pytest.approx(5.422)
    press(reading, Qt.Key.Key_X)  # the whole
    press(reading, Qt.Key.Key_X)  # the beginning
    press(reading, Qt.Key.Key_Left, ALT)
    assert the_one(reading).start_s == pytest.approx(4.198)
    press(reading, Qt.Key.Key_L)
    assert the_one(reading).lead == "III"
    press(reading, Qt.Key.Key_L, SHIFT)
    assert the_one(reading).lead == "II"
    press(reading, Qt.Key.Key_Delete)
    assert reading.session.marks.calipers == ()
    press(reading, Qt.Key.Key_J)
    before = the_one(reading)
    press(reading, Qt.Key.Key_Up, ALT)
    assert the_one(reading).high_mv == pytest.approx(before.high_mv + 0.01)
    assert the_one(reading).low_mv == before.low_mv


def test_a_key_brings_the_caliper_to_where_its_new_lead_is_shown(reading: MainWindow) -> None:
    reading.session.show_findings(reading.session.state.record, findings_of((4.2, 5.0, 8.5, 9.2)))
    press(reading, Qt.Key.Key_K)
    plan = reading.paper.plan
    assert plan is not None
    for _ in range(12):
        press(reading, Qt.Key.Key_L)
        caliper = the_one(reading)
        shown = [
            s for s in plan.strips if s.lead == caliper.lead and s.start_s < caliper.end_s and s.end_s > caliper.start_s
        ]
        assert shown, caliper


def test_ends_snap_to_waves_and_beats_and_a_key_stops_that(reading: MainWindow) -> None:
    wave = Wave("II", "QRS", 1.2345, 1.26, 1.29)
    reading.session.show_findings(reading.session.state.record, findings_of((2.1234,), (wave,)))
    start, end = spot(reading, "II", 1.236, 0.2), spot(reading, "II", 2.122, 0.2)
    press(reading, Qt.Key.Key_K, SHIFT)
    drag(reading, start, end)
    assert (the_one(reading).start_s, the_one(reading).end_s) == (1.2345, 2.1234)
    press(reading, Qt.Key.Key_Delete)
    press(reading, Qt.Key.Key_S)
    press(reading, Qt.Key.Key_K, SHIFT)
    drag(reading, start, end)
    caliper = the_one(reading)
    assert caliper.start_s != 1.2345
    assert caliper.interval_ms == pytest.approx(886.0, abs=12.0)
    assert caliper.start_s * 500 != pytest.approx(round(caliper.start_s * 500), abs=1e-6)


def test_another_leads_wave_attracts_nothing(reading: MainWindow) -> None:
    wave = Wave("V1", "T", 0.7013, 0.75, 0.79)
    reading.session.show_findings(reading.session.state.record, findings_of((), (wave,)))
    press(reading, Qt.Key.Key_K, SHIFT)
    drag(reading, spot(reading, "II", 0.7, 0.2), spot(reading, "II", 2.0, 0.2))
    assert the_one(reading).start_s != 0.7013


def test_an_end_is_dragged_and_ends_that_pass_change_places(reading: MainWindow) -> None:
    marks = reading.session.marks
    marks.change_caliper("place", make_caliper(CaliperKind.TIME, "II", (0.5, 0.5), (1.1, 0.5)))
    drag(reading, spot(reading, "II", 1.1, -0.5), spot(reading, "II", 1.9, -0.5))
    assert the_one(reading).end_s == pytest.approx(1.9, abs=0.012)
    assert the_one(reading).start_s == 0.5
    drag(reading, spot(reading, "II", the_one(reading).start_s, -0.5), spot(reading, "II", 2.2, -0.5))
    assert the_one(reading).start_s == pytest.approx(1.9, abs=0.012)
    assert the_one(reading).end_s == pytest.approx(2.2, abs=0.012)
    before = the_one(reading)
    bar = spot(reading, "II", 2.05, before.low_mv)
    drag(reading, bar, bar - QPoint(60, 0))
    after = the_one(reading)
    assert after.start_s < before.start_s - 0.05
    assert after.interval_ms == pytest.approx(before.interval_ms)


def test_what_lies_beside_calipers_still_moves_the_paper(reading: MainWindow) -> None:
    marks = reading.session.marks
    marks.change_caliper("place", make_caliper(CaliperKind.TIME, "II", (0.5, 0.5), (1.1, 0.5)))
    reading.session.look(zoom=4.0)
    before = reading.session.state.viewport
    start = spot(reading, "I", 0.9, 0.5)
    drag(reading, start, start - QPoint(80, 0))
    assert reading.session.state.viewport.offset_x_mm > before.offset_x_mm
    assert the_one(reading).start_s == 0.5


def test_undo_and_redo_take_every_step_back_and_forth(reading: MainWindow) -> None:
    marks = reading.session.marks
    states = [marks.calipers]
    press(reading, Qt.Key.Key_K)
    states.append(marks.calipers)
    press(reading, Qt.Key.Key_M)
    states.append(marks.calipers)
    press(reading, Qt.Key.Key_Right, ALT)
    press(reading, Qt.Key.Key_Right, ALT)  # nudges in a row are one step
    states.append(marks.calipers)
    press(reading, Qt.Key.Key_Delete)
    states.append(marks.calipers)
    press(reading, Qt.Key.Key_Delete, CTRL | SHIFT)
    states.append(marks.calipers)
    assert marks.calipers == ()
    for expected in reversed(states[:-1]):
        press(reading, Qt.Key.Key_Z, CTRL)
        assert marks.calipers == expected
    assert not reading.actions_table["undo"].isEnabled()
    for expected in states[1:]:
        press(reading, Qt.Key.Key_Z, CTRL | SHIFT)
        assert marks.calipers == expected
    assert not reading.actions_table["redo"].isEnabled()


def test_calipers_stay_with_the_trace_whatever_the_paper_does(reading: MainWindow) -> None:
    marks = reading.session.marks
    marks.change_caliper("place", make_caliper(CaliperKind.BOTH, "V2", (6.0, 0.0), (6.5, 1.0)))
    kept = marks.calipers
    for change in ({"layout_id": "12x1"}, {"speed_mm_per_s": 50.0}, {"gain_mm_per_mv": 20.0}, {"zoom": 1.0}):
        reading.session.look(**change)
        reading.session.go_to(6.2)
        image = reading.paper.picture()
        ratio = image.devicePixelRatio()
        for time_s in (6.0, 6.5):
            place = spot(reading, "V2", time_s, -0.3)
            if not reading.paper.rect().contains(place):
                continue
            near = [image.pixelColor(round((place.x() + dx) * ratio), round(place.y() * ratio)) for dx in (-1, 0, 1)]
            assert any(c.green() > c.red() + 40 for c in near), (change, time_s)
    assert marks.calipers == kept


def test_prints_show_calipers_at_true_size_without_grips(reading: MainWindow) -> None:
    marks = reading.session.marks
    marks.change_caliper("place", make_caliper(CaliperKind.TIME, "II", (0.2, -0.6), (0.6, -0.6)))
    images = []
    for chosen in (the_one(reading).id, None):
        marks.select(chosen)
        images.append(picture_of(reading.paper, 254.0))
    assert images[0] is not None
    assert images[0] == images[1]
    rgb = np.frombuffer(images[1].constBits(), dtype=np.uint8).reshape(images[1].height(), -1, 4)
    green = (rgb[..., 1].astype(int) > rgb[..., 2].astype(int) + 40).sum(axis=0)
    lines = np.flatnonzero(green > 0.5 * green.max())
    assert lines[-1] - lines[0] == pytest.approx(0.4 * 25 * 10, abs=2)  # 10 dots to a millimetre


def test_cabreras_inverted_lead_shows_the_caliper_upside_down(reading: MainWindow) -> None:
    reading.session.look(layout_id="cabrera-6x2")
    press(reading, Qt.Key.Key_J, SHIFT)
    drag(reading, spot(reading, "-aVR", 1.2, -0.3), spot(reading, "-aVR", 1.2, -1.0))
    caliper = the_one(reading)
    assert caliper.lead == "aVR"
    assert caliper.high_mv == 1.0  # on -aVR the trace stands at -1 mV: the lead itself is at +1 mV


def test_marches_repeat_over_the_whole_strip(reading: MainWindow) -> None:
    marks = reading.session.marks
    marks.change_caliper("place", make_caliper(CaliperKind.MARCH, "II", (4.0, 0.5), (4.8, 0.5)))
    reading.session.look(zoom=1.0)
    image = reading.paper.picture()
    for k in range(-4, 7):
        at = spot(reading, "II", 4.0 + 0.8 * k, -0.6, rhythm=True)
        column = [image.pixelColor(at.x() + dx, at.y() + dy) for dx in (-1, 0, 1) for dy in range(-12, 13)]
        assert any(c.green() > c.red() + 40 for c in column), k


def test_qt_is_filled_in_from_the_measured_waves_and_corrected_by_four_formulas(reading: MainWindow) -> None:
    waves = (
        *(Wave("global", "QRS", t - 0.04, t, t + 0.05) for t in (3.0, 4.0, 5.0, 6.0)),
        *(Wave("global", "T", t + 0.2, t + 0.28, t + 0.36) for t in (3.0, 4.0, 5.0, 6.0)),
    )
    beats = (3.0, 4.0, 5.0, 6.0)
    reading.session.show_findings(reading.session.state.record, findings_of(beats, waves, 900.0))
    press(reading, Qt.Key.Key_Q)
    caliper = the_one(reading)
    assert caliper.interval_ms == pytest.approx(400.0)
    assert (caliper.rr_ms, caliper.rr_from) == (pytest.approx(1000.0), "before this beat")
    assert caliper.qtc_ms() == {name: pytest.approx(400.0) for name in ("bazett", "fridericia", "framingham", "hodges")}
    press(reading, Qt.Key.Key_Q, SHIFT)
    caliper = the_one(reading)
    assert (caliper.rr_ms, caliper.rr_from) == (900.0, "mean of the record")
    assert caliper.qtc_ms() == {
        "bazett": pytest.approx(421.637, abs=0.01),
        "fridericia": pytest.approx(414.298, abs=0.01),
        "framingham": pytest.approx(415.4),
        "hodges": pytest.approx(411.667, abs=0.01),
    }
    press(reading, Qt.Key.Key_Left, ALT)
    assert the_one(reading).rr_from == "mean of the record"


def test_without_measured_waves_qt_says_that_nothing_is_filled_in(reading: MainWindow) -> None:
    press(reading, Qt.Key.Key_Q)
    assert "Nothing is filled in" in reading.statusBar().currentMessage()
    assert the_one(reading).qtc_ms() is None


def test_the_first_beat_of_a_record_has_no_interval_before_it(reading: MainWindow) -> None:
    reading.session.show_findings(reading.session.state.record, findings_of((1.0, 2.0), mean_rr=None))
    press(reading, Qt.Key.Key_Q, CTRL | SHIFT)
    drag(reading, spot(reading, "II", 0.95, 0.0), spot(reading, "II", 1.4, 0.0))
    assert the_one(reading).rr_ms is None


def test_a_caliper_can_be_named_and_the_menu_says_what_undo_takes_back(
    reading: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    press(reading, Qt.Key.Key_K)
    monkeypatch.setattr(
        "cardio_desktop.ui.commands.calipers.QInputDialog.getText", lambda *_args, **_named: ("pause\n", True)
    )
    press(reading, Qt.Key.Key_F2, CTRL)
    assert the_one(reading).label == "pause"
    assert "name caliper" in reading.actions_table["undo"].text()
    press(reading, Qt.Key.Key_Z, CTRL)
    assert the_one(reading).label == ""
    assert "name caliper" in reading.actions_table["redo"].text()


def test_readings_are_copied_as_text(reading: MainWindow) -> None:
    marks = reading.session.marks
    marks.change_caliper("place", make_caliper(CaliperKind.TIME, "II", (1.0, 0.5), (1.8, 0.5)))
    marks.change_caliper("place", make_caliper(CaliperKind.AMPLITUDE, "V1", (2.0, -0.2), (2.0, 1.1)))
    press(reading, Qt.Key.Key_C, CTRL | SHIFT)
    rows = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]
    assert rows[1:] == [
        ["II", "time", "1.000", "1.800", "800 ms · 75 bpm"],
        ["V1", "amplitude", "2.000", "2.000", "1.30 mV"],
    ]


def test_escape_puts_tool_and_caliper_down(reading: MainWindow) -> None:
    press(reading, Qt.Key.Key_K)
    assert reading.session.marks.selected
    press(reading, Qt.Key.Key_Escape)
    assert reading.session.marks.selected is None
    press(reading, Qt.Key.Key_M, SHIFT)
    QTest.mouseClick(reading.paper.viewport(), Qt.MouseButton.LeftButton, NONE, spot(reading, "II", 0.5, 0.3))
    press(reading, Qt.Key.Key_Escape)
    assert reading.session.marks.tool is Tool.HAND
    assert len(reading.session.marks.calipers) == 1
    assert not reading.actions_table["cancel"].isEnabled()


def test_two_windows_on_one_record_share_calipers_and_a_new_start_finds_them(
    qtbot: QtBot, settings: Settings, tmp_path: Path
) -> None:
    store = Store(tmp_path / "data")
    windows = [MainWindow(Session(settings, analyze=False, store=store)) for _ in range(2)]
    for window in windows:
        qtbot.addWidget(window)
        window.show()
        window.session.show_record(step_record(tmp_path))
    windows[0].actions_table["place:time"].trigger()
    windows[1].actions_table["place:march"].trigger()
    assert windows[0].session.marks.calipers == windows[1].session.marks.calipers
    assert len(windows[0].session.marks.calipers) == 2
    kept = windows[0].session.marks.calipers
    # What the other window changed meanwhile is not undone here.
    marched = next(c for c in kept if c.kind is CaliperKind.MARCH)
    windows[0].session.marks.change_caliper("move", replace(marched, lead="V1"))
    windows[1].actions_table["undo"].trigger()
    assert len(windows[1].session.marks.calipers) == 2
    assert "another window" in windows[1].statusBar().currentMessage()
    kept = windows[0].session.marks.calipers
    store.close()
    again = Store(tmp_path / "data")
    window = MainWindow(Session(settings, analyze=False, store=again))
    qtbot.addWidget(window)
    window.session.show_record(step_record(tmp_path))
    assert window.session.marks.calipers == kept
    again.close()


def test_another_record_has_its_own_calipers_and_undo(reading: MainWindow, tmp_path: Path) -> None:
    press(reading, Qt.Key.Key_K)
    first = reading.session.state.record
    assert first is not None
    reading.session.show_record(step_record(tmp_path, rate_hz=250.0))
    assert reading.session.marks.calipers == ()
    assert not reading.actions_table["undo"].isEnabled()
    reading.session.show_record(first)
    assert len(reading.session.marks.calipers) == 1
    press(reading, Qt.Key.Key_Z, CTRL)
    assert reading.session.marks.calipers == ()


def test_random_use_leaves_everything_within_the_record(reading: MainWindow) -> None:
    random = np.random.default_rng(4)
    reading.session.show_findings(reading.session.state.record, findings_of(tuple(np.arange(0.5, 9.9, 0.8))))
    table = reading.actions_table
    names = [
        name
        for name in table.commands
        if name.startswith(("place", "tool", "nudge", "stride", "caliper", "any-", "beat-k"))
    ]
    names += [
        "undo",
        "redo",
        "delete-mark",
        "snap",
        "next-caliper",
        "add-beat",
        "beat-tool",
        "cancel",
        "qt-rr",
        "page-on",
    ]
    view = reading.paper.viewport()
    duration_s = 10.0
    for _ in range(250):
        if random.random() < 0.6:
            action = table[str(random.choice(names))]
            if action.isEnabled():
                action.trigger()
        else:
            first, second = (
                QPoint(int(random.integers(0, reading.paper.width())), int(random.integers(0, reading.paper.height())))
                for _ in range(2)
            )
            drag(reading, first, second)
        marks = reading.session.marks
        for caliper in marks.calipers:
            assert 0 <= caliper.start_s <= caliper.end_s <= duration_s + 1e-9
        assert all(0 <= beat.time_s <= duration_s for beat in marks.beats())
    while reading.session.marks.history.done:
        reading.session.marks.undo()
    assert (reading.session.marks.calipers, reading.session.marks.edits) == ((), ())
    assert QPointF(view.rect().center()).x() > 0
