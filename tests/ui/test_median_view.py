"""The median beat: its curve, the beats under it, the evidence by phase, and why there is none."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot

from cardio_desktop.core.findings import Beat, Findings, MedianBeat
from cardio_desktop.core.leads import LEADS12
from cardio_desktop.core.record import Record
from cardio_desktop.ui.main_window import MainWindow
from cardio_desktop.ui.panels.median_beat import PHASE_STEP_S, dominant_beats, evidence_by_phase, single_beats
from tests.ui.test_evidence_tools import with_evidence
from tests.ui.test_window import findings_of


def median_of(record: Record, found: Findings) -> Findings:
    samples = np.zeros((12, 300), np.float32)
    samples[:, 100:110] = 1.0
    median = MedianBeat(LEADS12, samples, 500.0, 100, 9, {"qrs_onset": -0.01, "qrs_offset": 0.03})
    return replace(found, median=median)


def test_without_a_median_the_reason_stands_there(window: MainWindow, steps: Record) -> None:
    view = window.docks["median"].widget()
    window.docks.bring("median")
    assert "once a record is open" in view.empty.text()
    window.session.show_record(steps)
    assert "not been analysed" in view.empty.text()
    window.session.show_findings(steps, findings_of(steps))
    assert "No median beat could be made" in view.empty.text()
    window.session.reading.set_on(True)
    assert "hidden" in view.empty.text()


def test_the_curve_stands_where_its_millivolts_are(qtbot: QtBot, window: MainWindow, steps: Record) -> None:
    window.docks.bring("median")
    window.session.show_record(steps)
    window.session.show_findings(steps, median_of(steps, findings_of(steps)))
    view = window.docks["median"].widget()
    view.beats.setChecked(False)
    view.choose("V3")
    canvas = view.canvas
    assert canvas.leads() == ["V3"]
    scale, (_, high) = canvas.px_per_mm(), canvas._range_mv()
    picture = canvas.grab().toImage()
    across = 300 / 500 * 50 * scale
    left = max((canvas.width() - 1 - across) / 2, 0)
    x = left + 105 / 500 * 50 * scale
    y_of_1_mv = 2 + (high - 1.0) * 10 * scale
    dark = [y for y in range(canvas.height()) if picture.pixelColor(round(x), y).lightness() < 90]
    assert dark
    assert min(abs(y - y_of_1_mv) for y in dark) <= 1.5
    view.choose(None)
    assert len(canvas.cells()) == 12
    box = dict(canvas.cells())["aVF"]
    qtbot.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=box.center().toPoint())
    assert canvas.lead == "aVF"
    assert view.lead.currentData() == "aVF"


def test_single_beats_lie_on_their_own_baseline(steps: Record) -> None:
    found = median_of(steps, findings_of(steps))
    assert found.median is not None
    beats = tuple(replace(beat, time_s=t) for beat, t in zip(found.beats, (1.0, 3.5, 6.0, 8.5), strict=False))
    rows = single_beats(steps, replace(found, beats=beats), found.median, "II")
    assert len(rows) == 4
    for row in rows:  # the record steps from 0 to 1 mV at each beat
        assert row[60:98] == pytest.approx(0.0, abs=1e-9)
        assert row[105:290] == pytest.approx(1.0, abs=1e-9)
    assert single_beats(steps, found, found.median, "V9") == []


def test_only_the_commonest_shape_is_drawn(steps: Record) -> None:
    found = findings_of(steps)
    beats = (Beat(1.0, shape=0), Beat(2.0, "ventricular", shape=1), Beat(3.0, shape=0))
    assert [b.time_s for b in dominant_beats(replace(found, beats=beats))] == [1.0, 3.0]
    many = tuple(Beat(float(k), "normal") for k in range(1000))
    assert 20 <= len(dominant_beats(replace(found, beats=many))) <= 40


def test_evidence_by_phase_is_the_mean_over_beats(steps: Record) -> None:
    cells = {("V3", float(t) + 0.161): 0.9 for t in range(1, 10)}  # in the ST segment of all nine beats
    found = median_of(steps, with_evidence(steps, cells))
    assert found.evidence is not None
    assert found.median is not None
    phase = evidence_by_phase(found.evidence, "MI", found, found.median)
    row = phase.values[LEADS12.index("V3")]
    times = phase.start_s + PHASE_STEP_S * np.arange(len(row))
    assert abs(times[row.argmax()] - 0.16) < 0.09
    assert row.max() == pytest.approx(0.9, abs=0.35)
    assert not phase.values[LEADS12.index("V2")].any()
    assert row[(times < 0.05) | (times > 0.3)] == pytest.approx(0.0)


def test_the_scale_is_the_same_for_time_and_voltage(window: MainWindow, steps: Record) -> None:
    window.docks.bring("median")
    window.session.show_record(steps)
    window.session.show_findings(steps, median_of(steps, findings_of(steps)))
    assert "20 ms and 0.1 mV" in window.docks["median"].widget().words.text()
    inside = window.docks["median"].widget().canvas.cells()[0][1]
    assert inside.contains(QPointF(inside.center()))
