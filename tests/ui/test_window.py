"""The real window, driven by keys and mouse."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from cardio_desktop.core.findings import (
    CLASS_NAMES,
    Beat,
    ClassScore,
    Evidence,
    Findings,
    Flag,
    LeadQuality,
    Measurements,
    Prediction,
    Quality,
    Risk,
    Tier,
)
from cardio_desktop.core.leads import LEADS12
from cardio_desktop.core.record import Record
from cardio_desktop.narrative.texts import SCOPE
from cardio_desktop.ui.commands.evidence_tools import strongest_place
from cardio_desktop.ui.main_window import MainWindow
from cardio_desktop.ui.samples import sample_records
from cardio_desktop.words import verbatim
from tests.ui.conftest import step_record


def findings_of(record: Record, tier: Tier = Tier.HIGH) -> Findings:
    """Findings with known evidence: 1 logit for MI in V3 between 4.0 and 4.08 s, -0.5 in II at 8.0 s."""
    bins = int(record.duration_s / 0.08)
    values = np.zeros((5, 12, bins), dtype=np.float32)
    values[1, LEADS12.index("V3"), 50] = 1.0
    values[1, LEADS12.index("II"), 100] = -0.5
    evidence = Evidence(
        tuple(CLASS_NAMES), LEADS12, values, 0.08, 0.0, values.sum(axis=(1, 2)), np.zeros(5, np.float32)
    )
    probabilities = (0.1, 0.8, 0.3, 0.2, 0.05)
    prediction = Prediction(
        "net",
        "1",
        "ab" * 32,
        (),
        tuple(ClassScore(c, 0.0, p, 0.0) for c, p in zip(CLASS_NAMES, probabilities, strict=True)),
    )
    beats = tuple(Beat(float(t), flags=(Flag("MI", "V3", None, 1.0),) if t in (4.0, 8.0) else ()) for t in range(1, 10))
    return Findings(
        0.0,
        record.duration_s,
        Quality(True, leads={"V1": LeadQuality(True, (verbatim("baseline wander"),))}),
        beats,
        (),
        Measurements(heart_rate_bpm=60.0, not_measured={"qrs_ms": verbatim("not yet measured")}),
        prediction,
        evidence,
        Risk(tier, verbatim("The probability of infarction is 80 %."), {"low_mi": 0.1, "high_any": 0.7}),
        None,
        ("A sentence.",),
        (verbatim("A warning."),),
        "0",
    )


def test_the_paper_is_made_soon_after_the_window_was_seen(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.place.made, timeout=10_000)
    assert window.paper.overlays, "the reader's marks must be on it"
    assert window.place.currentWidget() is window.empty


def open_findings(window: MainWindow, record: Record) -> Findings:
    found = findings_of(record)
    window.session.show_record(record)
    window.session.show_findings(record, found)
    return found


def key(
    qtbot: QtBot, window: MainWindow, text: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    qtbot.keyClick(window.paper, text, modifier)


def test_an_empty_room_says_how_to_begin(window: MainWindow) -> None:
    assert window.empty.isVisible()
    assert not window.paper.isVisible()
    texts = [button.text() for button in window.empty.findChildren(QPushButton)]
    assert texts == [
        "Open a file…",
        "Open a folder…",
        "Normal",
        "Anterior infarction",
        "Left bundle branch block",
        "Noisy normal",
    ]


def test_actions_are_possible_exactly_when_they_make_sense(window: MainWindow, steps: Record) -> None:
    table = window.actions_table
    looks = ("paper:", "theme:", "letters-")  # the window has its colours and letters without a record, too
    without = {name for name in table.commands if table[name].isEnabled() and not name.startswith(looks)}
    panels = {"panel", "evidence-panel", "median-panel", "focus-panel", "worklist", "overview"}
    languages = {"language:system", "language:en", "language:de"}
    helps = {"manual", "palette", "keys", "card", "news", "problem", "audit", "about"}
    samples = {f"sample:{sample.path.stem}" for sample in sample_records()}
    files = {"open", "open-folder", "follow-file", "follow-stream", "quit", *samples}
    assert without == files | {"screen", "fullscreen", "read-first", "go-on", "acronyms"} | panels | languages | helps
    window.session.show_record(steps)
    assert table["right"].isEnabled()
    assert table["picture"].isEnabled()
    assert not table["report"].isEnabled()
    assert not table["evidence"].isEnabled()
    assert not table["whole"].isEnabled()
    window.session.show_findings(steps, findings_of(steps))
    assert all(table[name].isEnabled() for name in ("report", "evidence", "class:MI", "next-beat", "strongest"))
    assert not table["unselect"].isEnabled()
    assert not table["cancel"].isEnabled()
    window.session.look(layout_id="12x1")
    assert table["whole"].isEnabled()


def test_every_command_has_a_place_in_a_menu_and_no_key_twice(window: MainWindow) -> None:
    listed: set[str] = set()

    def walk(actions):  # type: ignore[no-untyped-def]
        for action in actions:
            listed.add(action.objectName())
            if action.menu():
                walk(action.menu().actions())

    walk(window.menuBar().actions())
    assert set(window.actions_table.commands) <= listed
    keys = [k.toString() for name in window.actions_table.commands for k in window.actions_table[name].shortcuts()]
    assert len(keys) == len(set(keys))


def test_keys_change_gain_speed_layout_and_size(qtbot: QtBot, window: MainWindow, steps: Record) -> None:
    window.session.show_record(steps)
    session = window.session
    key(qtbot, window, Qt.Key.Key_Up)
    assert session.state.viewport.gain_mm_per_mv == 20.0
    key(qtbot, window, Qt.Key.Key_Down)
    key(qtbot, window, Qt.Key.Key_Down)
    assert session.state.viewport.gain_mm_per_mv == 5.0
    key(qtbot, window, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert session.state.viewport.speed_mm_per_s == 50.0
    key(qtbot, window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert session.state.viewport.layout_id == "6x2"
    key(qtbot, window, Qt.Key.Key_1)
    assert window.paper.effective_zoom() == 1.0
    key(qtbot, window, Qt.Key.Key_0)
    assert session.state.viewport.zoom is None


def test_keys_go_along_a_long_record_and_stop_at_its_ends(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    window.session.show_record(step_record(tmp_path, duration_s=35.0))
    view = lambda: window.session.state.viewport.start_s  # noqa: E731
    key(qtbot, window, Qt.Key.Key_PageDown)
    assert view() == 10.0
    key(qtbot, window, Qt.Key.Key_Right)
    assert view() == 11.0
    key(qtbot, window, Qt.Key.Key_End)
    assert view() == 25.0
    key(qtbot, window, Qt.Key.Key_PageDown)
    assert view() == 25.0
    key(qtbot, window, Qt.Key.Key_Home)
    key(qtbot, window, Qt.Key.Key_Left)
    assert view() == 0.0


def point_of(window: MainWindow, lead: str, time_s: float, millivolts: float = 0.0) -> QPointF:
    paper = window.paper
    assert paper.plan is not None
    strip = next(s for s in paper.plan.strips if s.lead == lead and s.start_s <= time_s < s.end_s)
    scale = paper.plan.scale
    return QPointF(paper.device.x(strip.x_of(time_s, scale)), paper.device.y(strip.y_of(millivolts, scale)))


def test_hovering_says_lead_time_value_and_evidence(qtbot: QtBot, window: MainWindow, steps: Record) -> None:
    open_findings(window, steps)
    window.session.look(layout_id="12x1")
    readout = window.paper.readout_at(point_of(window, "V3", 4.02))
    assert readout is not None
    assert (readout.lead, readout.evidence_class, readout.evidence) == ("V3", "MI", 1.0)
    assert readout.time_s == pytest.approx(4.02, abs=0.002)
    assert readout.millivolts == 0.0
    assert readout.sentence() == "V3  ·  4.020 s  ·  +0.000 mV  ·  evidence for Myocardial infarction: +1.0000 logit"
    against = window.paper.readout_at(point_of(window, "II", 8.04))
    assert against is not None
    assert "evidence against Myocardial infarction: -0.5000" in against.sentence()
    plateau = window.paper.readout_at(point_of(window, "aVF", 3.7))
    assert plateau is not None
    assert plateau.millivolts == 1.0
    qtbot.mouseMove(window.paper.viewport(), point_of(window, "V3", 4.02).toPoint())
    qtbot.waitUntil(lambda: window.paper._bubble.isVisible())
    assert window.paper.readout_at(QPointF(1, 1)) is None


def wheel(window: MainWindow, at: QPointF, turn: int, modifier: Qt.KeyboardModifier) -> None:
    event = QWheelEvent(
        at,
        window.paper.mapToGlobal(at),
        QPoint(0, 0),
        QPoint(0, turn),
        Qt.MouseButton.NoButton,
        modifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(window.paper.viewport(), event)


def test_the_wheel_magnifies_around_the_mouse(window: MainWindow, steps: Record) -> None:
    window.session.show_record(steps)
    window.session.look(zoom=2.0, offset_x_mm=80.0, offset_y_mm=20.0)
    at = QPointF(600, 400)
    before = window.paper.device.mm_x(at.x())
    wheel(window, at, 120, Qt.KeyboardModifier.ControlModifier)
    assert window.paper.effective_zoom() == pytest.approx(2.3)
    assert window.paper.device.mm_x(at.x()) == pytest.approx(before, abs=0.3)


def test_the_wheel_goes_along_a_long_record(window: MainWindow, tmp_path: Path) -> None:
    window.session.show_record(step_record(tmp_path, duration_s=60.0))
    wheel(window, QPointF(500, 300), -120, Qt.KeyboardModifier.ShiftModifier)
    assert window.session.state.viewport.start_s == pytest.approx(1.0)
    wheel(window, QPointF(500, 300), 120, Qt.KeyboardModifier.ShiftModifier)
    assert window.session.state.viewport.start_s == pytest.approx(0.0)


def test_dragging_moves_the_trace_with_the_hand(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    window.session.show_record(step_record(tmp_path, duration_s=60.0))
    window.session.look(start_s=20.0)
    view = window.paper.viewport()
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(600, 300))
    qtbot.mouseMove(view, QPoint(500, 300))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(500, 300))
    moved_s = 100 / (25.0 * window.paper.device.px_per_mm_x)
    assert window.session.state.viewport.start_s == pytest.approx(20.0 + moved_s, abs=0.01)


def test_the_most_probable_pathology_is_shown_first_and_can_be_changed(
    qtbot: QtBot, window: MainWindow, steps: Record
) -> None:
    open_findings(window, steps)
    assert window.session.state.evidence_class == "MI"
    assert window.toolbar.class_box.currentText() == "Myocardial infarction"
    key(qtbot, window, Qt.Key.Key_C)
    assert window.session.state.evidence_class == "STTC"
    key(qtbot, window, Qt.Key.Key_E)
    assert window.session.state.evidence_class is None
    sheet = window.paper.sheet()
    assert sheet is not None
    assert sheet.evidence_class is None
    key(qtbot, window, Qt.Key.Key_E)
    assert window.session.state.evidence_class == "MI"
    bars = window.panel.bars
    row = list(CLASS_NAMES).index("CD")
    qtbot.mouseClick(bars, Qt.MouseButton.LeftButton, pos=QPoint(20, int((row + 0.5) * bars._row_px())))
    assert window.session.state.evidence_class == "CD"
    assert window.actions_table["class:CD"].isChecked()


def test_evidence_is_painted_behind_its_own_lead_only(window: MainWindow, steps: Record) -> None:
    from cardio_desktop.core.colors import EVIDENCE_FOR, rgb

    open_findings(window, steps)
    window.session.look(layout_id="12x1", opacity=1.0)

    def color(lead: str, time_s: float) -> tuple[int, int, int]:
        point = point_of(window, lead, time_s, millivolts=0.45)
        found = window.paper.picture().pixelColor(round(point.x()), round(point.y()))
        return found.red(), found.green(), found.blue()

    painted = color("V3", 4.04)
    assert np.abs(np.array(painted) - rgb(EVIDENCE_FOR)).max() < 12
    for lead, time_s in (("V2", 4.04), ("V4", 4.04), ("V3", 4.4), ("V3", 3.95)):
        assert np.abs(np.array(color(lead, time_s)) - rgb(EVIDENCE_FOR)).max() > 60
    against = color("II", 8.04)
    assert against[2] > against[0] + 40  # cool, not warm


def test_a_click_on_a_flagged_beat_goes_there(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    record = step_record(tmp_path, duration_s=60.0)
    found = findings_of(record)
    late = replace(found.beats[3], time_s=44.0)
    window.session.show_record(record)
    window.session.show_findings(record, replace(found, beats=(*found.beats, late)))
    beats = window.panel.flagged.list
    assert beats.count() == 3
    assert beats.item(0).text() == "Beat 4, 4.00 s: MI in V3"
    item = beats.item(2)
    qtbot.mouseClick(beats.viewport(), Qt.MouseButton.LeftButton, pos=beats.visualItemRect(item).center())
    view = window.session.state.viewport
    assert view.selected_beat_s == 44.0
    assert view.start_s <= 44.0 < view.start_s + 10.0
    key(qtbot, window, Qt.Key.Key_N)
    assert window.session.state.viewport.selected_beat_s == 4.0
    key(qtbot, window, Qt.Key.Key_P)
    assert window.session.state.viewport.selected_beat_s == 44.0


def test_the_strongest_place_is_the_bin_with_the_most_evidence(window: MainWindow, steps: Record) -> None:
    found = open_findings(window, steps)
    assert found.evidence is not None
    assert strongest_place(found.evidence, "MI") == ("V3", pytest.approx(4.04))
    window.actions_table["strongest"].trigger()
    assert "place 1 of 1: beat 4 at 4.00 s" in window.statusBar().currentMessage()
    assert "most in V3" in window.statusBar().currentMessage()


def test_the_panel_says_what_was_found_and_what_not(window: MainWindow, steps: Record) -> None:
    open_findings(window, steps)
    panel = window.panel
    assert panel.tier.label.text().startswith("<b>High.</b>")
    assert "Not a diagnosis" in panel.machine.note.text()
    assert panel.measurements.table.accessibleDescription() == "Heart rate: 60/min (9 beats)"
    assert panel.measurements.missing.text() == "QRS duration: not yet measured"
    assert panel.quality.words.text() == "V1: baseline wander"
    assert panel.warnings.text.text() == "A warning."
    assert SCOPE in panel.model.text.text()
    assert not panel.statements.isVisible()  # nothing to say
    assert panel.bars.accessibleDescription().startswith("Normal ECG 10 percent, Myocardial infarction 80 percent")


@pytest.mark.parametrize("tier", list(Tier))
def test_every_tier_says_what_it_means(window: MainWindow, steps: Record, tier: Tier) -> None:
    window.session.show_record(steps)
    window.session.show_findings(steps, findings_of(steps, tier))
    text = window.panel.tier.label.text()
    assert tier.value in text
    if tier is Tier.LOW:
        assert "does not rule out disease" in text


def test_findings_of_a_record_that_was_left_are_dropped(window: MainWindow, tmp_path: Path) -> None:
    first, second = step_record(tmp_path), step_record(tmp_path)
    window.session.show_record(first)
    window.session.show_record(second)
    window.session.show_findings(first, findings_of(first))
    assert window.session.state.findings is None


def test_a_file_that_cannot_be_read_gives_a_sentence_and_keeps_the_record(
    qtbot: QtBot, window: MainWindow, steps: Record, tmp_path: Path
) -> None:
    window.session.show_record(steps)
    bad = tmp_path / "bad.edf"
    bad.write_bytes(b"")
    window.session.open(bad)
    assert window.actions_table["cancel"].isEnabled()
    qtbot.waitUntil(lambda: not window.session.state.busy, timeout=10_000)
    assert window.message.isVisible()
    assert "bad.edf" in window.message.text.text()
    assert window.session.state.record is steps
    qtbot.mouseClick(window.message.dismissed, Qt.MouseButton.LeftButton)
    assert not window.message.isVisible()


def test_a_dropped_file_is_opened(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    opened: list[Path] = []
    window.session.open = opened.append  # type: ignore[method-assign,assignment]
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.edf"))])
    event = QDropEvent(
        QPointF(10, 10), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    window.dropEvent(event)
    assert opened == [tmp_path / "a.edf"]


def test_the_window_comes_back_as_it_was_left(qtbot: QtBot, window: MainWindow, steps: Record) -> None:
    window.session.show_record(steps)
    window.session.look(layout_id="6x2", gain_mm_per_mv=20.0)
    window.docks["findings"].hide()
    window.close()
    from cardio_desktop.app.session import Session

    again = MainWindow(Session(window.session.settings, analyze=False))
    qtbot.addWidget(again)
    again.show()
    assert again.session.state.viewport.layout_id == "6x2"
    assert again.session.state.viewport.gain_mm_per_mv == 20.0
    assert not again.docks["findings"].isVisible()
    assert again.session.settings.recent_files() == [steps.path]
    again.close()


def test_gaps_are_hatched_and_never_bridged(window: MainWindow, tmp_path: Path) -> None:
    from cardio_desktop.core.record import Gap, GappedSamples

    base = step_record(tmp_path)
    part = base.channels[0].samples
    axis = GappedSamples(((0, part),), 7000)
    channels = tuple(replace(c, samples=axis) for c in base.channels)
    record = replace(base, channels=channels, gaps=(Gap(10.0, 14.0),))
    window.session.show_record(record)
    window.session.look(layout_id="12x1")
    window.session.go_to(12.0)
    readout = window.paper.readout_at(point_of(window, "V1", 12.0))
    assert readout is not None
    assert readout.millivolts is None
    assert "no sample" in readout.sentence()
    from cardio_desktop.render.traces import trace_lines

    assert window.paper.plan is not None
    strip = next(s for s in window.paper.plan.strips if s.lead == "V1")
    assert window.paper._source is not None
    (line,) = trace_lines(window.paper._source, strip, window.paper.plan.scale, window.paper.device).lines
    last_x = line.at(line.size() - 1).x()
    assert last_x <= window.paper.device.x(strip.x_of(10.0, window.paper.plan.scale))


def test_flags_of_another_class_are_not_painted(window: MainWindow, steps: Record) -> None:
    open_findings(window, steps)
    window.session.look(layout_id="12x1")

    def marked() -> bool:
        point = point_of(window, "V3", 4.0)
        paper = window.paper
        assert paper.plan is not None
        strip = next(s for s in paper.plan.strips if s.lead == "V3")
        # Beside the trace, which falls at this very instant.
        color = paper.picture().pixelColor(round(point.x()) + 2, round(paper.device.y(strip.top_mm + 0.4)))
        return color.blue() > color.green() + 60  # violet

    assert marked()
    window.session.look(evidence_class="STTC")
    assert not marked()
    window.session.look(evidence_class="")
    assert not marked()


def test_missing_leads_and_the_end_of_the_record_are_named(window: MainWindow, tmp_path: Path) -> None:
    record = step_record(tmp_path)
    few = replace(record, channels=record.channels[:2])  # I and II: four leads derived, no chest leads
    window.session.show_record(few)
    sheet = window.paper.sheet()
    assert sheet is not None
    assert [strip.lead for strip in sheet.plan.absent] == ["V1", "V4", "V2", "V5", "V3", "V6"]
    from cardio_desktop.render.traces import trace_lines

    short = step_record(tmp_path, duration_s=9.9)
    window.session.show_record(short)
    window.session.look(layout_id="12x1")
    sheet = window.paper.sheet()
    assert sheet is not None
    drawing = trace_lines(sheet.source, sheet.plan.strips[0], sheet.plan.scale, window.paper.device)
    assert drawing.ends == pytest.approx(window.paper.device.x(sheet.plan.strips[0].x_of(9.9, sheet.plan.scale)))


def test_evidence_is_not_painted_where_nothing_was_recorded(window: MainWindow, tmp_path: Path) -> None:
    from cardio_desktop.core.colors import EVIDENCE_FOR, rgb
    from cardio_desktop.core.record import ArraySamples

    record = step_record(tmp_path)
    counts = record.channels[0].counts().astype(np.int16)
    counts[1900:2150] = -32768
    holed = replace(
        record, channels=tuple(replace(c, samples=ArraySamples(counts, missing=-32768)) for c in record.channels)
    )
    open_findings(window, holed)
    window.session.look(layout_id="12x1", opacity=1.0)
    point = point_of(window, "V3", 4.04, millivolts=0.45)
    image = window.paper.picture()
    for dx in range(-3, 4):
        found = image.pixelColor(round(point.x()) + dx, round(point.y()))
        assert np.abs(np.array([found.red(), found.green(), found.blue()]) - rgb(EVIDENCE_FOR)).max() > 60


def test_choosing_a_speed_ends_the_compression_of_time(window: MainWindow, tmp_path: Path) -> None:
    window.session.show_record(step_record(tmp_path, duration_s=60.0))
    window.session.look(layout_id="12x1")
    window.actions_table["whole"].trigger()
    assert window.session.state.viewport.span_s == 60.0
    window.actions_table["speed:50"].trigger()
    assert window.session.state.viewport.span_s is None
    assert window.paper.plan is not None
    assert window.paper.plan.scale.speed_mm_per_s == 50.0


def test_a_record_of_half_a_second_is_not_blown_up(window: MainWindow, tmp_path: Path) -> None:
    window.session.show_record(step_record(tmp_path))
    normal = window.paper.effective_zoom()
    window.session.show_record(step_record(tmp_path, duration_s=0.5))
    assert window.paper.effective_zoom() == pytest.approx(normal)
    assert window.session.state.viewport.layout(window.session.state.record).id == "12x1"  # type: ignore[arg-type]


def test_what_lies_beyond_the_analysed_part_is_said(window: MainWindow, tmp_path: Path) -> None:
    record = step_record(tmp_path, duration_s=60.0)
    window.session.show_record(record)
    window.session.show_findings(record, replace(findings_of(record), end_s=20.0))
    sheet = window.paper.sheet()
    assert sheet is not None
    assert "not analysed here" not in sheet.scale_line
    window.session.go_to(45.0)
    sheet = window.paper.sheet()
    assert sheet is not None
    assert "not analysed here" in sheet.scale_line


def test_evidence_switched_off_stays_off_for_the_next_record(window: MainWindow, tmp_path: Path) -> None:
    open_findings(window, step_record(tmp_path))
    window.actions_table["evidence"].trigger()
    open_findings(window, step_record(tmp_path))
    assert window.session.state.evidence_class is None
