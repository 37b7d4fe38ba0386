"""What a long record says of itself once it was judged piece by piece: panel, tier, paper, report; and beside what."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pypdf import PdfReader
from pytestqt.qtbot import QtBot

from cardio_desktop.app.i18n import use_language
from cardio_desktop.app.judged import NOTHING, Judged, is_judged, joined, scope, warnings_beside
from cardio_desktop.app.long_analysis import Course
from cardio_desktop.app.session import Session
from cardio_desktop.core.findings import Findings, Tier
from cardio_desktop.core.record import Record
from cardio_desktop.ui.main_window import MainWindow
from cardio_desktop.ui.renewal import renew
from cardio_desktop.words import Remark, say
from tests.ui.conftest import step_record
from tests.ui.test_window import findings_of

WHOLE_S, PART_S = 1500.0, 600.0


def of_part(record: Record) -> Findings:
    """Findings of the first ten minutes of a longer record, as an analysis that nobody gave an end makes them."""
    first = Remark("first-only", {"high_s": PART_S, "whole_s": record.duration_s})
    return replace(findings_of(record, Tier.LOW), end_s=PART_S, warnings=(first, Remark("no-age", {"adult_years": 18})))


def piece(start_s: float, ill_s: float | None = None) -> dict[str, object]:
    """Result of five minutes: infarction 0.1, but 0.93 in the window from `ill_s` on."""
    starts = [start_s + 10.0 * k for k in range(30)]
    windows = [[s, s + 10.0, 0.9, 0.93 if s == ill_s else 0.1, 0.0, 0.0, 0.0] for s in starts]
    rates = {name: [60.0] * 5 for name in ("rate_bpm", "ectopic", "lowest_bpm", "highest_bpm")}
    made = {"classes": ["NORM", "MI", "STTC", "CD", "HYP"], "windows": windows, "events": [], "ectopic_s": {}}
    return {**made, **{name: rates.get(name, [60.0] * 5) for name in Course(10.0).rates}, "reason": None}


@pytest.fixture
def long_record(tmp_path: Path) -> Record:
    return step_record(tmp_path, rate_hz=10.0, duration_s=WHOLE_S)


def judge(window: MainWindow, record: Record, pieces: range, ill_s: float = 1210.0) -> None:
    """Enter what helpers would answer for these pieces."""
    analysis = window.long_analysis
    course = analysis.course or Course(record.duration_s)
    analysis._record, analysis.course, analysis._total = record, course, 5
    for k in pieces:
        course.take(k, piece(300.0 * k, ill_s))
    window.session.note_judged(record, course.told())


def test_a_course_tells_what_was_judged_where_nothing_was_said_and_the_highest() -> None:
    course = Course(WHOLE_S + 4.0)
    assert course.told() == NOTHING
    course.take(0, piece(0.0))
    course.take(4, piece(1200.0, 1210.0))
    told = course.told()
    assert told.spans_s == ((0.0, 300.0), (1200.0, 1500.0))
    assert told.silent_s == ()
    assert told.highest is not None
    assert (told.highest[0], told.highest[2]) == ("MI", 1210.0)
    assert told.highest[1] == pytest.approx(0.93)
    silent = {**piece(300.0), "classes": [], "windows": [], "reason": Remark("tier-no-lead").plain()}
    course.take(1, silent)
    assert course.told().silent_s == ((300.0, 600.0),)
    course.take(5, {**piece(1500.0), "windows": []})
    assert course.told().spans_s[-1] == (1200.0, WHOLE_S + 4.0), "a record ends where it ends"
    assert course.told().silent_s == ((300.0, 600.0),), "four seconds at the end are no stretch without an opinion"


def test_stretches_that_touch_are_one_and_what_is_covered_is_judged() -> None:
    assert joined([(300.0, 600.0), (0.0, 299.8), (900.0, 910.0)]) == ((0.0, 600.0), (900.0, 910.0))
    judged = Judged(((0.0, 600.0),))
    assert is_judged(judged, 590.0, 600.0)
    assert not is_judged(judged, 595.0, 605.0)


@pytest.mark.parametrize("code", ["first-only", "part-only"])
def test_the_warning_on_a_part_gives_way_to_what_was_judged_and_nothing_else_does(code: str, tmp_path: Path) -> None:
    part = Remark(code, {"low_s": 0.0, "high_s": PART_S, "whole_s": WHOLE_S})
    findings = replace(of_part(step_record(tmp_path)), warnings=(part, Remark("no-age", {"adult_years": 18})))
    within = Judged(((0.0, 300.0),), (), ("MI", 0.5, 10.0))
    assert warnings_beside(findings, within, WHOLE_S) == findings.warnings, "what lies within the part adds nothing"
    assert scope(findings, within, WHOLE_S) == ()
    some = Judged(((0.0, 300.0), (1200.0, 1500.0)), (), ("MI", 0.93, 1210.0))
    assert [w.code for w in warnings_beside(findings, some, WHOLE_S)] == ["more-in-pieces", "no-age"]
    assert [r.code for r in scope(findings, some, WHOLE_S)] == ["tier-of-part", "highest-of-pieces"]
    # The findings' own ten minutes and what was judged after them are the whole.
    rest = Judged(((600.0, 1500.0),), ((900.0, 1200.0),), ("MI", 0.93, 1210.0))
    codes = [w.code for w in warnings_beside(findings, rest, WHOLE_S)]
    assert codes == ["whole-in-pieces", "silent-in-pieces", "no-age"]
    assert say(scope(findings, rest, WHOLE_S)[1]) == (
        "Most probable pathology in any ten seconds of the whole record: myocardial infarction 93 %, at 20:10."
    )


def test_panel_tier_and_paper_say_that_the_whole_was_judged(window: MainWindow, long_record: Record) -> None:
    session, panel = window.session, window.panel
    session.show_record(long_record)
    session.show_findings(long_record, of_part(long_record))
    assert "Only the first 600 s" in panel.warnings.text.text()
    session.go_to(1215.0)
    sheet = window.paper.sheet()
    assert sheet is not None
    assert "not analysed here" in sheet.scale_line
    buttons = panel.tier.buttons
    judge(window, long_record, range(4, 5))
    assert "judged so far" in panel.tier.label.text()
    judge(window, long_record, range(4))
    words = panel.warnings.text.text()
    assert "Only the first" not in words
    assert "the whole record (25:00) was judged piece by piece" in words
    assert "does not tell the age" in words
    card = panel.tier.label.text()
    assert "The tier stands for 00:00 to 10:00 of 25:00." in card
    assert "of the whole record: myocardial infarction 93 %, at 20:10" in card
    assert "93 %, at 20:10" in panel.tier.label.accessibleDescription()
    assert panel.tier.buttons is buttons, "buttons that the reader may be using stay"
    assert window.paper._item._sheet is not None
    for sheet in (window.paper.sheet(), window.paper._item._sheet):  # the second is what is painted
        assert sheet is not None
        assert "not analysed here" not in sheet.scale_line
        assert "judged piece by piece here" in sheet.scale_line
    session.set_hidden(True)
    assert "93" not in panel.tier.label.text() + panel.warnings.text.text()
    session.set_hidden(False)
    assert "93 %" in panel.tier.label.text()
    session.show_record(replace(long_record))
    session.show_findings(session.state.record or long_record, of_part(long_record))
    assert "93" not in panel.tier.label.text(), "another record: nothing of this one stays"
    assert "Only the first 600 s" in panel.warnings.text.text()


def test_the_report_says_that_the_whole_was_judged(
    qtbot: QtBot, window: MainWindow, long_record: Record, tmp_path: Path
) -> None:
    window.session.show_record(long_record)
    window.session.show_findings(long_record, of_part(long_record))
    judge(window, long_record, range(5))
    target = tmp_path / "r.pdf"
    with qtbot.waitSignal(window.session.report_written, timeout=60_000):
        window.session.write_report(target)
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(target).pages).split())
    assert "Only the first" not in text
    assert "the whole record (25:00) was judged piece by piece" in text
    assert "The tier stands for 00:00 to 10:00 of 25:00." in text
    assert "myocardial infarction 93 %, at 20:10." in text


def test_another_language_keeps_what_was_judged(qtbot: QtBot, window: MainWindow, long_record: Record) -> None:
    window.session.show_record(long_record)
    window.session.show_findings(long_record, of_part(long_record))
    judge(window, long_record, range(5))

    def made() -> MainWindow:
        other = MainWindow(Session(window.session.settings, analyze=False))
        qtbot.addWidget(other)
        other.show()
        return other

    use_language("de")
    try:
        new = renew(window, made)
        assert new.long_analysis.done == 5
        assert np.isfinite(new.long_analysis.course.of("MI")).all()  # type: ignore[union-attr]
        assert "Myokardinfarkt 93 %, bei 20:10" in new.panel.tier.label.text()
        assert "Nur die ersten" not in new.panel.warnings.text.text()
    finally:
        use_language("en")
        new.session.jobs.shut_down()
