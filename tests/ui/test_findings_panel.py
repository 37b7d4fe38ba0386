"""The dashboard: sentences with their grounds, measurements, quality, opinions kept apart."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from cardio_desktop.app.i18n import _Language
from cardio_desktop.app.opinions import sentence_key
from cardio_desktop.core.findings import (
    Beat,
    Findings,
    Flag,
    LeadAmplitudes,
    LeadQuality,
    Mark,
    Measurements,
    Quality,
    Rhythm,
    RRIntervals,
    Sentence,
    StatementScore,
)
from cardio_desktop.core.quantities import LEAD_QUANTITIES, QUANTITIES
from cardio_desktop.core.record import Record
from cardio_desktop.ui.main_window import MainWindow
from cardio_desktop.ui.panels.sections.opinion import CommentDialog
from cardio_desktop.ui.panels.sections.words import beat_line, lead_range, measurement_rows
from cardio_desktop.words import Remark, verbatim
from cardio_desktop.words.say import WORDS
from tests.quantities import whole
from tests.ui.conftest import step_record
from tests.ui.test_window import findings_of, point_of

RHYTHM = Sentence("rhythm", verbatim("Sinus rhythm."))
ELEVATION = Sentence(
    "infarction", verbatim("ST elevation in V3."), source="both", leads=("V3",), marks=(Mark("V3", 4.1, 4.3),)
)


def full(record: Record) -> Findings:
    plain = findings_of(record)
    assert plain.prediction is not None
    return replace(
        plain,
        sentences=(RHYTHM, ELEVATION),
        rhythm=Rhythm(Remark("rhythm", {"basic": Remark("rhythm-SR"), "more": ()}), 0.93),
        prediction=replace(plain.prediction, statements=(StatementScore("LVH", "left ventricular hypertrophy", 0.4),)),
        measurements=Measurements(
            heart_rate_bpm=60.0,
            rr_ms=RRIntervals(1000.0, 12.0, 980.0, 1020.0),
            pr_ms=160.0,
            qrs_ms=98.0,
            qt_ms=400.0,
            qtc_ms={"bazett": 400.0, "fridericia": 401.0, "framingham": 402.0, "hodges": 403.0},
            qrs_axis_deg=-31.0,
            leads={"V3": LeadAmplitudes(r_mv=0.8, s_mv=-1.2, st60_mv=0.32)},
            not_measured={"p_ms": verbatim("no P wave was found")},
            uncertainty_ms={"pr_ms": 6.0},
            criteria={"sokolow_lyon_mv": 3.61, "r_mv.V1": 0.1, "r_to_s.V1": 0.2, "transition_lead": 4.0},
        ),
        quality=Quality(
            True,
            leads={
                "V1": LeadQuality(True, (verbatim("wander"),), 12.0),
                "V2": LeadQuality(False, (verbatim("flat"),)),
                "I": LeadQuality(True),
            },
        ),
    )


def open_full(window: MainWindow, record: Record) -> Findings:
    found = full(record)
    window.session.show_record(record)
    window.session.show_findings(record, found)
    return found


def test_a_sentence_marks_on_the_paper_what_it_rests_on(qtbot: QtBot, window: MainWindow, steps: Record) -> None:
    open_full(window, steps)
    window.session.look(layout_id="12x1", evidence_class="")
    before = window.paper.picture()
    row = window.panel.narrative.rows[1]
    assert row.label.text() == "ST elevation in V3."
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(8, 6))
    assert window.session.state.highlights == ELEVATION.marks

    def changed(lead: str, time_s: float) -> bool:
        point = point_of(window, lead, time_s, millivolts=0.3).toPoint()
        return before.pixelColor(point) != window.paper.picture().pixelColor(point)

    assert changed("V3", 4.2)
    assert not changed("V2", 4.2)
    assert not changed("V3", 4.45)
    row.setFocus()
    qtbot.keyClick(row, Qt.Key.Key_Return)  # once more takes the marks away
    assert window.session.state.highlights == ()
    assert np.array_equal(before.bits(), window.paper.picture().bits())


def test_marks_go_to_their_time_and_leave_with_the_record(window: MainWindow, tmp_path: Path) -> None:
    record = step_record(tmp_path, duration_s=60.0)
    window.session.show_record(record)
    window.session.show_findings(record, findings_of(record))
    window.session.highlight((Mark(None, 41.0, 42.0), Mark("II", 44.0, 44.2)))
    view = window.session.state.viewport
    assert view.start_s <= 41.0 < view.start_s + 10.0
    assert window.actions_table["unmark-sentence"].isEnabled()
    window.session.show_findings(record, findings_of(record))
    assert window.session.state.highlights == ()


def test_every_measurement_stands_with_unit_uncertainty_and_formula(window: MainWindow, steps: Record) -> None:
    found = open_full(window, steps)
    rows = {row.name: row.value for row in measurement_rows(found)}
    assert rows["PR interval"] == "160 ± 6 ms"
    assert rows["QRS duration"] == "98 ms"
    assert [rows[f"QTc ({f})"] for f in ("Fridericia", "Bazett", "Framingham", "Hodges")] == [
        "401 ms",
        "400 ms",
        "402 ms",
        "403 ms",
    ]
    assert rows["QRS axis"] == "-31°"
    assert rows["Sokolow-Lyon"] == "3.61 mV"
    assert rows["R exceeds S from"] == "V4"
    assert len(rows) == 12
    assert rows["RR intervals"] == "mean 1000, 980 to 1020, SD 12 ms"
    panel = window.panel
    assert panel.measurements.missing.text() == "P duration: no P wave was found"
    assert not panel.voltages.table.isVisible()  # folded, as it is long
    panel.voltages.head.click()
    assert panel.voltages.table.isVisible()
    assert "0.32" in panel.voltages.table.text()
    assert panel.rhythm.rows[0].label.text() == "Sinus rhythm (confidence 93 %)"


@pytest.mark.parametrize("code", ["en", "de"])
def test_the_panel_shows_every_quantity_of_the_table(
    window: MainWindow, steps: Record, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_Language, "code", code)
    window.session.show_record(steps)
    window.session.show_findings(steps, replace(findings_of(steps), measurements=whole()))
    shown = window.panel.measurements.table.accessibleDescription()
    for k, item in enumerate(QUANTITIES):
        assert f"{item.name(code)}: " in shown
        assert str(3 + k) in shown
    voltages = window.panel.voltages.table.text()
    for k, part in enumerate(LEAD_QUANTITIES, start=1):
        assert f">{part.symbol}<" in voltages
        assert WORDS[code].number(0.11 * k, 2) in voltages


def test_quality_has_a_cell_for_each_lead(window: MainWindow, steps: Record) -> None:
    open_full(window, steps)
    cells = window.panel.quality.cells
    said = cells.accessibleDescription()
    assert said == "V1: usable (wander), signal to noise 12 dB; V2: not usable (flat); I: usable"
    picture = cells.grab().toImage()
    colors = {lead: picture.pixelColor(round(box.left()) + 5, round(box.top()) + 4) for box, lead, _ in cells.cells()}
    assert len({color.name() for color in colors.values()}) == 3


def test_flags_say_wave_and_leads() -> None:
    flags = (Flag("MI", "V3", "ST", 0.4), Flag("MI", "V2", "ST", 0.3), Flag("MI", "II", None, 0.2))
    beat = Beat(5.12, flags=flags)
    assert beat_line(beat, 7) == "Beat 7, 5.12 s: MI, ST segment in V2-V3; MI in II"
    assert lead_range(["aVF", "V1", "V3", "V4", "V6"]) == "aVF, V1, V3-V4, V6"
    assert lead_range(["V3R"]) == "V3R"


def test_opinions_are_kept_apart_and_come_back(qtbot: QtBot, window: MainWindow, steps: Record) -> None:
    found = open_full(window, steps)
    panel, session = window.panel, window.session
    assert panel.tier.buttons is not None
    qtbot.mouseClick(panel.tier.buttons.disagree, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(panel.bars.buttons["CD"].agree, Qt.MouseButton.LeftButton)
    stored = session.store.opinions(session.store.key_of(steps))
    assert {name: opinion.verdict for name, opinion in stored.items()} == {"tier": "disagree", "class:CD": "agree"}
    assert all(opinion.changed for opinion in stored.values())
    assert session.state.findings is found  # the machine's output is as it was
    assert window.actions_table["disagree"].isChecked()
    window.actions_table["agree"].trigger()
    assert session.opinions.of("tier").verdict == "agree"
    assert not panel.tier.buttons.disagree.isChecked()
    qtbot.mouseClick(panel.tier.buttons.agree, Qt.MouseButton.LeftButton)  # a second press takes it back
    assert session.opinions.of("tier").verdict == ""
    other = findings_of(steps)
    session.show_findings(steps, other)  # analysed again: the opinion on the class stays
    assert panel.bars.buttons["CD"].agree.isChecked()


def test_a_comment_is_asked_for_and_shown_as_tool_tip(
    window: MainWindow, steps: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_full(window, steps)

    def write(dialog: CommentDialog) -> int:
        dialog.edit.setPlainText("Old infarction known.")
        dialog.accept()
        return 1

    monkeypatch.setattr(CommentDialog, "exec", write)
    window.actions_table["comment-tier"].trigger()
    buttons = window.panel.tier.buttons
    assert buttons is not None
    assert buttons.comment.toolTip() == "Old infarction known."
    assert window.session.opinions.of("tier").comment == "Old infarction known."


def test_the_report_prints_reading_and_opinions_apart(
    window: MainWindow, steps: Record, tmp_path: Path, qtbot: QtBot
) -> None:
    from pypdf import PdfReader

    open_full(window, steps)
    session = window.session
    session.conclusions.write("Anterior STEMI, urgent.")
    session.opinions.toggle("tier", "disagree")
    session.opinions.toggle(sentence_key(ELEVATION), "agree")
    target = tmp_path / "out.pdf"
    with qtbot.waitSignal(session.report_written, timeout=60_000):
        session.write_report(target)
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(target).pages).split())
    assert "Anterior STEMI, urgent." in text
    assert "Risk tier High: disagrees" in text
    assert "ST elevation in V3: agrees" in text


def test_text_of_the_panel_is_never_cut_at_its_side(window: MainWindow, steps: Record) -> None:
    open_full(window, steps)
    window.resize(1280, 720)
    inner = window.panel.widget()
    assert inner is not None
    assert inner.width() <= window.panel.viewport().width()


def test_escape_ends_what_is_marked_and_none_of_it_is_printed(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    from cardio_desktop.ui.paper.export import picture_of

    record = step_record(tmp_path)
    window.session.show_record(record)
    window.session.show_findings(record, findings_of(record))
    window.session.look(evidence_class="")
    plain = picture_of(window.paper, 150)
    window.session.highlight((Mark("II", 4.0, 4.2),))
    window.session.go_to(findings_of(record).beats[3].time_s, select=True)
    assert picture_of(window.paper, 150) == plain
    assert window.actions_table["cancel"].isEnabled()
    qtbot.keyClick(window.paper, Qt.Key.Key_Escape)
    assert window.session.state.highlights == ()
    assert window.session.state.viewport.selected_beat_s is None
    assert not window.actions_table["cancel"].isEnabled()


def test_what_was_said_of_a_record_goes_with_it(window: MainWindow, tmp_path: Path) -> None:
    record = step_record(tmp_path)
    window.session.show_record(record)
    bubble = window.paper._bubble
    strip = window.paper.plan.strips[0]
    window.paper.show_readout(window.paper.paper_map().position_of(strip, strip.start_s + 1.0))
    assert bubble.isVisible()
    window.session.look(gain_mm_per_mv=20.0)  # another voltage lies under the mouse now
    assert not bubble.isVisible()
    window.statusBar().showMessage("of the record before")
    window.session.show_record(step_record(tmp_path))
    assert window.statusBar().currentMessage() == ""
    window.session.report_written.emit(tmp_path / "r.pdf")
    window.session.show_record(step_record(tmp_path))
    assert "r.pdf" in window.statusBar().currentMessage()  # a file that is there stays there
