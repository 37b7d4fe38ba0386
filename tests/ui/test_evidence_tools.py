"""The evidence tools: choice, threshold, beats, leads, strongest places, statements on request."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from cardio_desktop.core.findings import CLASS_NAMES, Evidence, Findings, StatementScore, WindowScore
from cardio_desktop.core.leads import LEADS12
from cardio_desktop.core.record import Record
from cardio_desktop.paths import asset
from cardio_desktop.ui.main_window import MainWindow
from cardio_desktop.ui.panels.evidence_beats import BeatEvidence, beat_evidence, lead_shares
from tests.ui.test_window import findings_of, key, point_of


def with_evidence(record: Record, cells: dict[tuple[str, float], float], code: str = "MI") -> Findings:
    """Findings whose evidence for one class is known: (lead, time in s) -> logits."""
    plain = findings_of(record)
    values = np.zeros((5, 12, int(record.duration_s / 0.08)), dtype=np.float32)
    for (lead, time_s), value in cells.items():
        values[list(CLASS_NAMES).index(code), LEADS12.index(lead), int(time_s / 0.08 + 1e-9)] = value
    bias = np.full(5, -0.5, np.float32)
    evidence = Evidence(tuple(CLASS_NAMES), LEADS12, values, 0.08, 0.0, bias + values.sum(axis=(1, 2)), bias)
    return replace(plain, evidence=evidence)


def test_the_strongest_key_walks_down_the_beats_and_back(qtbot: QtBot, window: MainWindow, steps: Record) -> None:
    window.session.show_record(steps)
    cells = {("V3", 4.0): 1.0, ("V2", 6.0): 3.0, ("II", 2.0): 2.0, ("V5", 8.0): -4.0}
    window.session.show_findings(steps, with_evidence(steps, cells))
    view = lambda: window.session.state.viewport.selected_beat_s  # noqa: E731
    seen = []
    for _ in range(4):
        key(qtbot, window, Qt.Key.Key_Period)
        seen.append(view())
    assert seen == [6.0, 2.0, 4.0, 6.0]  # the beat against the class is none of them
    key(qtbot, window, Qt.Key.Key_Comma)
    assert view() == 4.0
    assert "place 3 of 3" in window.statusBar().currentMessage()


@pytest.mark.parametrize("layout", ["3x4+1", "3x4+3", "6x2", "12x1", "cabrera-6x2", "single"])
@pytest.mark.parametrize("zoom", [None, 2.0])
def test_the_strongest_place_shows_its_lead_keeps_the_size_and_marks_the_wave(
    qtbot: QtBot, window: MainWindow, steps: Record, layout: str, zoom: float | None
) -> None:
    window.session.show_record(steps)
    window.session.show_findings(steps, with_evidence(steps, {("V3", 2.0): 1.0}))  # V3 stands elsewhere in columns
    window.session.look(layout_id=layout, zoom=zoom)
    before = window.paper.effective_zoom()
    key(qtbot, window, Qt.Key.Key_Period)
    assert window.paper.effective_zoom() == pytest.approx(before)
    assert window.paper.paper_map().strips("V3", 2.0) != ()
    place = point_of(window, "V3", 2.0)
    assert window.paper.rect().contains(place.toPoint())
    (mark,) = window.session.state.highlights
    assert mark.lead == "V3"
    assert mark.start_s <= 2.04 <= mark.end_s
    assert mark.end_s - mark.start_s < 0.6  # a wave, not the beat
    key(qtbot, window, Qt.Key.Key_Escape)
    assert window.session.state.highlights == ()


def test_beats_near_the_edge_of_a_window_are_not_called_strongest(window: MainWindow, steps: Record) -> None:
    found = with_evidence(steps, {("V1", 9.6): 9.0, ("V3", 4.0): 1.0})
    assert found.prediction is not None
    beats = (*found.beats, replace(found.beats[0], time_s=9.6, flags=()))
    prediction = replace(found.prediction, windows=(WindowScore(0.0, 10.0, {}),))
    window.session.show_record(steps)
    window.session.show_findings(steps, replace(found, prediction=prediction, beats=beats))
    by_beat = beat_evidence(window.session.state)
    assert by_beat is not None
    assert by_beat.totals[-1] == pytest.approx(9.0)
    assert [by_beat.beats[k].time_s for k in by_beat.ranking()] == [4.0]


def test_the_strip_has_a_cell_for_each_beat_coloured_by_its_evidence(
    qtbot: QtBot, window: MainWindow, steps: Record
) -> None:
    window.session.show_record(steps)
    assert not window.beat_strip.isVisible()
    window.session.show_findings(steps, with_evidence(steps, {("V3", 4.0): 2.0, ("V2", 8.0): -1.0}))
    strip = window.beat_strip
    assert strip.isVisible()
    picture = strip.grab().toImage()
    warm, cool, none = (
        picture.pixelColor(round(strip.cell(k).left()) + 5, 4) for k in (3, 7, 5)
    )  # beats at 4, 8 and 6 s
    assert warm.red() > warm.blue() + 80
    assert cool.blue() > cool.red() + 40
    assert abs(none.red() - none.blue()) < 12
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=strip.cell(7).center().toPoint())
    assert window.session.state.viewport.selected_beat_s == 8.0
    strip.setFocus()
    qtbot.keyClick(strip, Qt.Key.Key_Left)
    assert window.session.state.viewport.selected_beat_s == 7.0
    assert "4.00 s" in strip.accessibleDescription()
    window.session.look(evidence_class="")
    assert not strip.isVisible()


def test_lead_bars_and_constant_add_up_to_the_score(window: MainWindow, steps: Record) -> None:
    window.session.show_record(steps)
    found = with_evidence(steps, {("V3", 4.0): 2.0, ("V2", 8.0): -0.75, ("aVF", 1.0): 0.5})
    window.session.show_findings(steps, found)
    panel = window.docks["evidence"].widget()
    shares = dict(panel.bars.rows)
    assert (shares["V3"], shares["V2"], shares["aVF"]) == (2.0, -0.75, 0.5)
    assert found.evidence is not None
    assert -0.5 + sum(shares.values()) == pytest.approx(float(found.evidence.logit[1]))
    assert panel.sum.text() == "Constant -0.50 + evidence +1.75 = score +1.25 (logits)"
    assert dict(lead_shares(found.evidence, "STTC")) == dict.fromkeys(LEADS12, 0.0)


def test_weak_evidence_is_hidden_below_the_threshold_and_the_threshold_is_remembered(
    qtbot: QtBot, window: MainWindow, steps: Record
) -> None:
    window.session.show_record(steps)
    cells = {("V3", 4.0): 1.0, ("V2", 6.0): 0.3}
    window.session.show_findings(steps, with_evidence(steps, cells))
    window.session.look(layout_id="12x1", opacity=1.0)

    def warm(lead: str, time_s: float) -> bool:
        point = point_of(window, lead, time_s, millivolts=0.45)
        found = window.paper.picture().pixelColor(round(point.x()), round(point.y()))
        return found.red() > found.blue() + 25

    scale = window.session.state.evidence
    assert scale is not None
    assert scale.scale("MI") <= 1.0
    assert warm("V3", 4.04)
    weak_share = 0.3 / scale.scale("MI")
    assert warm("V2", 6.04)
    window.docks["evidence"].widget().threshold.setValue(round(100 * min(weak_share + 0.1, 0.95)))
    assert warm("V3", 4.04)
    if weak_share + 0.1 <= 0.95:
        assert not warm("V2", 6.04)
    before = window.session.state.viewport.evidence_from
    key(qtbot, window, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert window.session.state.viewport.evidence_from == pytest.approx(before - 0.05)
    assert window.session.settings.viewport().evidence_from == pytest.approx(before - 0.05)


def test_every_class_and_statement_can_be_chosen(window: MainWindow, steps: Record) -> None:
    found = findings_of(steps)
    assert found.prediction is not None
    statements = (StatementScore("LVH", "left ventricular hypertrophy", 0.2), StatementScore("ASMI", "septal", 0.9))
    window.session.show_record(steps)
    window.session.show_findings(steps, replace(found, prediction=replace(found.prediction, statements=statements)))
    box = window.docks["evidence"].widget().choice
    assert [box.itemData(k) for k in range(box.count())] == ["", *CLASS_NAMES, "ASMI", "LVH"]
    assert box.currentData() == "MI"
    box.setCurrentIndex(0)
    box.activated.emit(0)
    assert window.session.state.evidence_class is None
    assert window.docks["evidence"].widget().said.text() == "No evidence is shown."


def test_the_evidence_of_a_statement_is_computed_on_request_and_adds_up(qtbot: QtBot, window: MainWindow) -> None:
    from cardio_desktop.io import open_record
    from cardio_desktop.reading.pipeline import analyze, load_models

    record = open_record(asset("resources/samples") / "anterior-mi.hea")
    found = analyze(record, load_models())
    window.session.show_record(record)
    window.session.show_findings(record, found)
    row = next(row for row in window.panel.statements.rows if "(ASMI)" in row.label.text())
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(10, 5))
    assert window.session.state.evidence_class == "ASMI"
    qtbot.waitUntil(lambda: window.session.state.evidence is not None, timeout=20_000)
    evidence = window.session.state.evidence
    assert evidence is not None
    assert evidence.classes == ("ASMI",)
    assert float(evidence.bias[0] + evidence.values.sum()) == pytest.approx(float(evidence.logit[0]), abs=1e-3)
    assert window.toolbar.class_box.currentText() == "anteroseptal myocardial infarction"
    sheet = window.paper.sheet()
    assert sheet is not None
    assert sheet.evidence_words == "anteroseptal myocardial infarction"
    assert "not measured" in window.panel.scores.text.text()
    window.session.look(evidence_class="MI")
    assert "measured: 0." in window.panel.scores.text.text()
    assert not window.session.statement_evidence.running


def test_evidence_of_a_left_record_is_dropped(qtbot: QtBot, window: MainWindow, steps: Record) -> None:
    found, other = findings_of(steps), findings_of(steps)
    window.session.show_record(steps)
    window.session.show_findings(steps, found)
    window.session.show_statement_evidence(other, found.evidence)  # type: ignore[arg-type]
    assert window.session.state.statement_evidence is None


def test_the_tools_say_why_there_are_none(window: MainWindow, steps: Record) -> None:
    panel = window.docks["evidence"].widget()
    assert "once a record is open" in panel.empty.text()
    window.session.show_record(steps)
    assert "not been analysed" in panel.empty.text()
    window.session.show_findings(steps, replace(findings_of(steps), evidence=None, prediction=None))
    assert "no opinion" in panel.empty.text()


def test_a_day_of_beats_fits_the_strip(window: MainWindow, tmp_path: Path, steps: Record) -> None:
    found = with_evidence(steps, {("V3", 4.0): 2.0})
    beats = tuple(replace(found.beats[0], time_s=0.0001 * k, flags=()) for k in range(20_000))
    window.session.show_record(steps)
    window.session.show_findings(steps, replace(found, beats=beats))
    window.beat_strip.grab()
    assert window.beat_strip.index_at(window.beat_strip.width() - 1) in range(19_900, 20_000)


def test_evidence_by_beat_is_summed_once() -> None:
    by_lead = np.array([[0.5, -0.25], [-2.0, 0.5]])
    found = BeatEvidence("MI", (), ("I", "II"), by_lead, np.zeros(2, dtype=bool))
    assert found.totals.tolist() == [0.25, -1.5]
    assert found.full == 1.5
    assert found.totals is found.totals  # the strip asks for them with every pixel
