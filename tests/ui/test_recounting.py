"""After a change of beats the panel says what holds now, beside what the machine found."""

import pytest
from pytestqt.qtbot import QtBot

from cardio_desktop.app import beat_work
from cardio_desktop.reading.pipeline import analyze, load_models
from cardio_desktop.simulate import simulate_record
from cardio_desktop.ui.main_window import MainWindow


@pytest.fixture(scope="module")
def normal():
    record = simulate_record("normal")
    return record, analyze(record, load_models())


@pytest.fixture
def edited(window: MainWindow, normal, qtbot: QtBot) -> MainWindow:
    session = window.session
    session.show_record(normal[0])
    session.show_findings(*normal)
    assert rows(window) == []
    session.go_to(normal[1].beats[3].time_s, select=True)
    beat_work.retype(session.marks, "ventricular")
    assert rows(window) == ["Measuring after your edits…"]
    qtbot.waitUntil(lambda: session.recounting.result is not None and not session.recounting.running, timeout=20_000)
    return window


def rows(window: MainWindow) -> list[str]:
    return [row.label.text() for row in window.panel.after_edits.rows]


def test_the_panel_tells_what_holds_now_beside_the_machine_s_words(edited: MainWindow, normal) -> None:
    told = rows(edited)
    assert told[0].startswith("Beats changed by the reader: 1 given another kind;")
    assert any("One ventricular premature beat" in text for text in told)
    assert any("70/min" in text for text in told)
    assert edited.session.state.findings is normal[1]
    machine = [row.label.text() for row in edited.panel.narrative.rows]
    assert not any("ventricular premature" in text for text in machine)


def test_undoing_takes_it_away(edited: MainWindow) -> None:
    edited.session.marks.undo()
    assert rows(edited) == []
    assert edited.session.recounting.result is None


def test_hidden_findings_give_nothing_away(edited: MainWindow, qtbot: QtBot) -> None:
    edited.session.set_hidden(True)
    assert rows(edited) == []
    assert edited.session.recounting.result is None
    edited.session.set_hidden(False)
    qtbot.waitUntil(lambda: edited.session.recounting.result is not None, timeout=20_000)


def test_the_report_is_made_of_the_beats_that_count_now(edited: MainWindow, qtbot: QtBot, tmp_path) -> None:
    from pypdf import PdfReader

    target = tmp_path / "report.pdf"
    with qtbot.waitSignal(edited.session.report_written, timeout=30_000):
        edited.session.write_report(target)
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(target).pages).split())
    assert "After the reader's edits of beats" in text
    assert "1 given another kind" in text


def test_a_closed_window_measures_nothing_any_more(edited: MainWindow) -> None:
    beat_work.retype(edited.session.marks, "paced")
    assert edited.session.recounting.running
    edited.close()
    assert not edited.session.recounting.running
    assert edited.session.jobs.shut_down()
