"""The panel in reading order: what is abnormal first, what is normal or the network's folded, opinions in focus."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from cardio_desktop.core.findings import Findings, Mark, Measurements, Sentence
from cardio_desktop.core.quantities import BY_KEY, Usual
from cardio_desktop.core.record import Record
from cardio_desktop.ui.main_window import MainWindow
from cardio_desktop.ui.panels.sections.finding_row import FindingRow
from cardio_desktop.ui.panels.sections.sorted_sentences import sort_sentences
from cardio_desktop.words import Remark, verbatim
from tests.ui.conftest import step_record
from tests.ui.test_window import findings_of

URGENT = Sentence("critical", verbatim("ST elevation."), verdict="abnormal", code="STE_", marks=(Mark("V3", 4.0, 4.2),))
CONCLUSION = Sentence("conclusion", verbatim("sinus rhythm 60/min, first degree AV block"), verdict="abnormal")
BLOCK = Sentence("conduction", verbatim("First degree AV block, PR 240 ms."), verdict="abnormal", code="1AVB")
NORMAL = Sentence("normal", verbatim("Normal: QRS 98 ms."), verdict="normal")
SIMULATED = Sentence("record", verbatim("This is a simulated record."))
AGREES = Sentence("network", verbatim("The network agrees."), source="both")
TIER = Sentence(
    "network", Remark("tier", {"tier": Remark("tier-High"), "reason": verbatim("x."), "meaning": verbatim("y.")})
)
ALL = (SIMULATED, URGENT, CONCLUSION, BLOCK, NORMAL, TIER, AGREES)
MEASURED = Measurements(
    heart_rate_bpm=60.0, pr_ms=240.0, qrs_ms=121.0, qt_ms=400.0, qtc_ms={"fridericia": 400.0}, qrs_axis_deg=-45.0
)


def show(window: MainWindow, record: Record, sentences: tuple[Sentence, ...] = ALL) -> Findings:
    found = replace(findings_of(record), sentences=sentences, measurements=MEASURED)
    window.session.show_record(record)
    window.session.show_findings(record, found)
    return found


def test_every_sentence_stands_in_one_place_and_the_tier_in_its_row() -> None:
    told = sort_sentences(ALL)
    assert told.conclusion is CONCLUSION
    assert told.found == (URGENT, BLOCK)
    assert told.normal == (SIMULATED, NORMAL)
    assert told.network == (AGREES,)


def test_conclusion_measurements_and_what_is_abnormal_are_seen_first(window: MainWindow, steps: Record) -> None:
    show(window, steps)
    panel = window.panel
    inner = panel.widget()
    assert panel.machine.line is not None
    order: list[QWidget] = [panel.machine.line, panel.tier, panel.strip, *panel.narrative.rows]
    tops = [part.mapTo(inner, part.rect().topLeft()).y() for part in order]
    assert tops == sorted(tops)
    assert [row.label.text() for row in panel.narrative.rows] == ["ST elevation.", "First degree AV block, PR 240 ms."]
    for folded in (panel.normal, panel.network, panel.measurements, panel.quality, panel.sure):
        assert folded.isVisible()
        assert not folded.body.isVisible(), "folded until it is asked for"
    seen = "\n".join(
        label.text() for label in panel.findChildren(type(panel.placeholder)) if label.isVisible() and label.text()
    )
    assert not [word for word in ("logit", "onstant", "aithful", "Flagged", "flagged") if word in seen]


def test_the_strip_is_bold_where_a_value_is_out_of_limits(window: MainWindow, steps: Record) -> None:
    show(window, steps)
    figures = {head: label.text() for head, label in window.panel.strip.figures.items()}
    assert figures["Rate /min"] == "60"
    assert figures["PR ms"] == "<b>240</b>"
    assert figures["QRS ms"] == "121"  # of a man it is usual, and nobody said that this is none
    assert figures["QT / QTc ms"] == "400 / 400"
    assert figures["Axes P / QRS / T"] == "– / <b>-45°</b> / –"
    assert "PR interval: 240 ms (usual: 120 to 200) out of the usual limits" in (
        window.panel.strip.accessibleDescription()
    )


def test_limits_of_adults_are_held_against_no_child(window: MainWindow, steps: Record) -> None:
    values = {"rhythm": verbatim("sinus rhythm"), "findings": (), "why": verbatim("(a child)"), "codes": ()}
    unjudged = Sentence("conclusion", Remark("conclusion-unjudged", values))
    show(window, steps, (unjudged,))
    assert "<b>" not in "".join(label.text() for label in window.panel.strip.figures.values())


@pytest.mark.parametrize(
    ("usual", "value", "sex", "holds"),
    [
        (Usual(120.0, 200.0), 200.0, None, True),
        (Usual(120.0, 200.0), 119.0, None, False),
        (Usual(by_sex={"male": 450.0, "female": 460.0}, below=True), 450.0, "male", False),
        (Usual(by_sex={"male": 450.0, "female": 460.0}, below=True), 455.0, "female", True),
        (Usual(by_sex={"male": 450.0, "female": 460.0}, below=True), 455.0, None, True),
    ],
)
def test_a_value_is_within_limits_as_they_are_written(usual: Usual, value: float, sex: str | None, holds: bool) -> None:
    assert usual.holds(value, sex) is holds
    assert BY_KEY["pr_ms"].usual == Usual(120.0, 200.0)


def test_buttons_stand_on_the_row_in_focus_alone_and_keys_give_an_opinion(window: MainWindow, steps: Record) -> None:
    show(window, steps)
    window.activateWindow()
    QApplication.processEvents()
    panel, session = window.panel, window.session
    first, second = panel.narrative.rows
    assert isinstance(first, FindingRow)
    assert isinstance(second, FindingRow)
    window.actions_table["focus-panel"].trigger()
    assert panel.machine.line is not None
    assert panel.machine.line.hasFocus()
    for _ in range(2):
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Down)
    assert first.hasFocus()
    assert first.buttons.isVisible()
    assert not second.buttons.isVisible()
    QTest.keyClick(first, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert session.opinions.of(first.finding).verdict == "agree"
    assert session.opinions.of("tier").verdict == ""
    assert "You agree" in first.said.text()
    session.opinions.comment(second.finding, "Known since 2019.")
    assert second.said.isVisible(), "a comment is read without the mouse"
    assert "Known since 2019." in second.said.text()
    window.paper.setFocus()
    assert not first.buttons.isVisible()
    window.actions_table["disagree"].trigger()  # with no finding in focus it is about the tier
    assert session.opinions.of("tier").verdict == "disagree"


def test_the_arrows_go_one_row_at_a_time_however_often_findings_came(window: MainWindow, steps: Record) -> None:
    show(window, steps)
    show(window, steps)
    window.activateWindow()
    QApplication.processEvents()
    panel = window.panel
    panel.tier.setFocus()
    QTest.keyClick(panel.tier, Qt.Key.Key_Down)
    assert window.focusWidget() is panel.narrative.rows[0]
    QTest.keyClick(panel.narrative.rows[0], Qt.Key.Key_Up)
    assert window.focusWidget() is panel.tier


def test_another_record_leaves_no_row_of_this_one(
    window: MainWindow, steps: Record, tmp_path_factory: pytest.TempPathFactory
) -> None:
    show(window, steps)
    row = window.panel.narrative.rows[0]
    row.setFocus()
    window.session.show_record(step_record(tmp_path_factory.mktemp("other")))
    assert window.panel.narrative.rows == []
    assert window.panel.machine.line is None
    assert window.panel.row is window.panel.tier, "a row that has gone is no target of an opinion"
    assert window.panel.tier.label.text() == ""
