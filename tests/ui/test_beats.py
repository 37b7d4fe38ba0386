"""Editing beats on the real window: by keys, by mouse, undone, taken over from the file, saved."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cardio_desktop.app.marks import Tool
from cardio_desktop.app.session import Session
from cardio_desktop.app.settings import Settings
from cardio_desktop.app.store import Store
from cardio_desktop.core.record import Annotation, Record
from cardio_desktop.io import open_record
from cardio_desktop.ui.commands.save_beats import save_beats
from cardio_desktop.ui.main_window import MainWindow
from cardio_desktop.ui.samples import sample_records
from tests.ui.test_calipers import ALT, CTRL, NONE, SHIFT, drag, findings_of, press, spot

FOUND = (1.0, 2.0, 3.0, 4.2, 5.4, 6.6, 7.8, 9.0)


@pytest.fixture
def beats(window: MainWindow, steps: Record) -> MainWindow:
    window.session.show_record(steps)
    window.session.show_findings(steps, findings_of(FOUND))
    return window


def now(window: MainWindow) -> list[float]:
    return [round(beat.time_s, 6) for beat in window.session.marks.beats()]


def chosen(window: MainWindow) -> float | None:
    return window.session.state.viewport.selected_beat_s


def test_keys_go_along_all_beats_and_round(beats: MainWindow) -> None:
    seen = []
    for _ in range(9):
        press(beats, Qt.Key.Key_B)
        seen.append(chosen(beats))
    assert seen == [*FOUND, FOUND[0]]
    press(beats, Qt.Key.Key_B, SHIFT)
    assert chosen(beats) == FOUND[-1]


def test_keys_retype_move_and_delete_and_undo_brings_all_back(beats: MainWindow) -> None:
    press(beats, Qt.Key.Key_B)
    press(beats, Qt.Key.Key_Y)
    assert beats.session.marks.beats()[0].kind == "supraventricular"
    press(beats, Qt.Key.Key_4)
    assert beats.session.marks.beats()[0].kind == "ventricular"
    assert beats.actions_table["beat-kind:ventricular"].isChecked()
    press(beats, Qt.Key.Key_Right, ALT)
    press(beats, Qt.Key.Key_Right, ALT | SHIFT)
    assert now(beats)[0] == 1.022
    assert chosen(beats) == pytest.approx(1.022)
    assert beats.session.marks.beats()[0].kind == "ventricular"
    press(beats, Qt.Key.Key_Delete)
    assert now(beats) == list(FOUND[1:])
    assert chosen(beats) == 2.0
    findings = beats.session.state.findings
    assert findings is not None
    assert [beat.time_s for beat in findings.beats] == list(FOUND)  # the machine's stay the machine's
    for _ in range(4):
        press(beats, Qt.Key.Key_Z, CTRL)
    assert now(beats) == list(FOUND)
    assert beats.session.marks.edits == ()


def test_a_change_that_leads_back_to_what_was_found_leaves_no_trace(beats: MainWindow) -> None:
    press(beats, Qt.Key.Key_B)
    press(beats, Qt.Key.Key_Right, ALT)
    press(beats, Qt.Key.Key_Left, ALT)
    assert now(beats)[0] == 1.0
    press(beats, Qt.Key.Key_4)
    press(beats, Qt.Key.Key_2)
    assert beats.session.marks.edits == ()


def test_a_key_adds_a_beat_halfway_and_not_twice(beats: MainWindow) -> None:
    press(beats, Qt.Key.Key_B)
    press(beats, Qt.Key.Key_Insert)
    assert now(beats)[:3] == [1.0, 1.5, 2.0]
    assert chosen(beats) == 1.5
    press(beats, Qt.Key.Key_Escape)
    beats.session.go_to(1.0, select=True)
    beats.session.marks.take(Tool.BEAT)
    drag(beats, spot(beats, "II", 1.02, 0.5), spot(beats, "II", 1.02, 0.5))
    assert len(now(beats)) == len(FOUND) + 1


def test_the_mouse_adds_at_the_peak_selects_and_moves(window: MainWindow) -> None:
    record = open_record(next(s.path for s in sample_records() if "normal" in s.path.name))
    window.session.show_record(record)
    window.session.show_findings(record, findings_of(()))
    press(window, Qt.Key.Key_B, CTRL)
    assert window.session.marks.tool is Tool.BEAT
    lead = record.traces["II"]
    values = lead.millivolts(0, round(1.2 * lead.rate_hz))
    peak_s = int(values.argmax()) / lead.rate_hz
    near = spot(window, "II", peak_s + 0.02, 0.5, rhythm=True)
    QTest.mouseClick(window.paper.viewport(), Qt.MouseButton.LeftButton, NONE, near)
    assert now(window) == [pytest.approx(peak_s)]
    at = spot(window, "II", peak_s, 0.5, rhythm=True)
    drag(window, at, at + QPoint(40, 0))
    moved = now(window)[0]
    assert moved > peak_s + 0.1
    assert chosen(window) == pytest.approx(moved)
    press(window, Qt.Key.Key_Delete)
    assert now(window) == []
    assert window.session.marks.edits == ()


def marked(record: Record) -> Record:
    marks = (
        Annotation(1.01, "N", "beat", source="atr"),
        Annotation(2.5, "V", "beat", source="atr"),
        Annotation(3.0, "L", "beat", source="atr"),
        Annotation(3.5, "+", "rhythm", "(AFIB", "atr"),
    )
    return replace(record, annotations=marks)


def test_the_files_beats_are_taken_over_as_one_step(window: MainWindow, steps: Record) -> None:
    record = marked(steps)
    window.session.show_record(record)
    window.session.show_findings(record, findings_of(FOUND))
    window.actions_table["beats-of-file"].trigger()
    assert [(b.time_s, b.kind) for b in window.session.marks.beats()] == [
        (1.01, "normal"),
        (2.5, "ventricular"),
        (3.0, "normal"),
    ]
    press(window, Qt.Key.Key_Z, CTRL)
    assert now(window) == list(FOUND)
    window.actions_table["beats-of-file"].trigger()
    window.actions_table["beats-of-detector"].trigger()
    assert now(window) == list(FOUND)


def test_the_marks_of_file_detector_and_reader_look_different(window: MainWindow, steps: Record) -> None:
    record = marked(steps)
    window.session.show_record(record)
    window.session.show_findings(record, findings_of((6.6,)))
    window.session.look(layout_id="12x1", zoom=1.0)
    plain = window.paper.picture()
    window.session.go_to(6.6, select=True)
    press(window, Qt.Key.Key_4)
    window.session.look(selected_beat_s=None)
    edited = window.paper.picture()
    at = spot(window, "V6", 6.6, 0.0)
    strip = window.paper.plan.strips[-1]
    top = round(window.paper.device.y(strip.top_mm))
    box = [(x, y) for x in range(at.x() - 6, at.x() + 7) for y in range(top, top + 12)]
    assert any(plain.pixelColor(x, y) != edited.pixelColor(x, y) for x, y in box)


def test_saved_beats_come_back_as_the_reader_left_them(window: MainWindow, tmp_path: Path) -> None:
    import shutil

    sample = next(s.path for s in sample_records() if "normal" in s.path.name)
    for path in sample.parent.glob(f"{sample.stem}.*"):
        shutil.copy(path, tmp_path)
    record = open_record(tmp_path / sample.name)
    before = {path.name: path.read_bytes() for path in tmp_path.glob(f"{sample.stem}.*")}
    window.session.show_record(record)
    window.session.show_findings(record, findings_of(FOUND))
    press(window, Qt.Key.Key_B)
    press(window, Qt.Key.Key_4)
    press(window, Qt.Key.Key_B)
    press(window, Qt.Key.Key_Delete)
    target = tmp_path / f"{sample.stem}.beats"
    save_beats(window.session, window.statusBar(), target)
    again = open_record(tmp_path / sample.name)
    ours = [(round(a.time_s, 6), a.symbol) for a in again.annotations if a.source == "beats"]
    assert ours == [(1.0, "V"), *((t, "N") for t in FOUND[2:])]
    assert all((tmp_path / name).read_bytes() == content for name, content in before.items())
    save_beats(window.session, window.statusBar(), target)
    assert "exists and is not replaced" in window.session.state.problem


def test_changed_beats_are_there_at_the_next_start(
    qtbot: QtBot, settings: Settings, steps: Record, tmp_path: Path
) -> None:
    kept = None
    for start in range(2):
        store = Store(tmp_path / "data")
        window = MainWindow(Session(settings, analyze=False, store=store))
        qtbot.addWidget(window)
        window.session.show_record(steps)
        window.session.show_findings(steps, findings_of(FOUND))
        if start == 0:
            window.session.go_to(3.0, select=True)
            window.actions_table["beat-kind:paced"].trigger()
            window.actions_table["add-beat"].trigger()
            kept = window.session.marks.beats()
        else:
            assert window.session.marks.beats() == kept
        store.close()
