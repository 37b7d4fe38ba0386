"""Open, analyse, report: the real work through the real window."""

import time
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from cardio_desktop.app.report_work import ReportLook
from cardio_desktop.app.session import Session
from cardio_desktop.app.settings import Settings
from cardio_desktop.core.findings import PATHOLOGIES
from cardio_desktop.core.record import Record
from cardio_desktop.paths import asset
from cardio_desktop.ui.main_window import MainWindow


@pytest.fixture
def reading(qtbot: QtBot, settings: Settings):  # type: ignore[no-untyped-def]
    """A window that analyses what it opens, as the program does."""
    window = MainWindow(Session(settings))
    qtbot.addWidget(window)
    window.show()
    yield window
    assert window.session.jobs.shut_down()


def sample(name: str) -> Path:
    return asset("resources/samples") / name


def test_a_file_becomes_traces_then_findings_with_evidence(qtbot: QtBot, reading: MainWindow) -> None:
    reading.session.open(sample("anterior-mi.hea"))
    qtbot.waitUntil(lambda: reading.session.state.record is not None, timeout=20_000)
    assert reading.paper.isVisible()
    assert reading.session.state.findings is None  # the trace can be read before the opinion is there
    qtbot.waitUntil(lambda: reading.session.state.findings is not None, timeout=60_000)
    state = reading.session.state
    assert state.findings is not None
    assert state.findings.prediction is not None
    assert state.findings.evidence is not None
    best = max(PATHOLOGIES, key=state.findings.prediction.probability)
    assert state.evidence_class == best
    qtbot.waitUntil(lambda: not reading.session.state.busy)
    assert not reading.progress.isVisible()
    assert "anterior-mi.hea (simulated)" in reading.windowTitle()


def test_opening_the_next_record_drops_the_analysis_of_the_first(qtbot: QtBot, reading: MainWindow) -> None:
    shown: list[tuple[Record | None, bool]] = []
    reading.session.changed.connect(lambda _old, new: shown.append((new.record, new.findings is not None)))
    reading.session.open(sample("normal.hea"))
    qtbot.waitUntil(lambda: reading.session.state.record is not None, timeout=20_000)
    first = reading.session.state.record
    reading.session.open(sample("lbbb.hea"))
    qtbot.waitUntil(lambda: reading.session.state.findings is not None, timeout=60_000)
    assert reading.session.state.record is not first
    assert (first, True) not in shown


def test_cancel_stops_the_analysis_and_f5_starts_it_again(qtbot: QtBot, reading: MainWindow) -> None:
    reading.session.open(sample("normal.hea"))
    qtbot.waitUntil(lambda: reading.session.state.record is not None, timeout=20_000)
    reading.actions_table["cancel"].trigger()
    assert not reading.session.state.busy
    assert reading.session.state.findings is None
    qtbot.waitUntil(lambda: not reading.session.jobs.running, timeout=20_000)
    assert reading.session.state.findings is None
    assert "Press F5" in reading.panel.placeholder.text()
    reading.actions_table["analyze"].trigger()
    qtbot.waitUntil(lambda: reading.session.state.findings is not None, timeout=60_000)


def test_the_report_is_written_while_the_next_record_is_read(qtbot: QtBot, reading: MainWindow, tmp_path: Path) -> None:
    reading.session.open(sample("normal.hea"))
    qtbot.waitUntil(lambda: reading.session.state.findings is not None, timeout=60_000)
    written: list[Path] = []
    reading.session.report_written.connect(written.append)
    reading.session.write_report(tmp_path / "r.pdf", ReportLook(paper="letter"))
    reading.session.open(sample("lbbb.hea"))
    qtbot.waitUntil(lambda: bool(written), timeout=30_000)
    assert (tmp_path / "r.pdf").read_bytes().startswith(b"%PDF")
    assert "r.pdf" in reading.statusBar().currentMessage()
    qtbot.waitUntil(lambda: not reading.session.state.busy, timeout=60_000)


def test_a_report_that_cannot_be_written_gives_a_sentence(qtbot: QtBot, reading: MainWindow, tmp_path: Path) -> None:
    reading.session.open(sample("normal.hea"))
    qtbot.waitUntil(lambda: reading.session.state.findings is not None, timeout=60_000)
    qtbot.waitUntil(lambda: not reading.session.state.busy)
    reading.session.write_report(tmp_path / "no such folder" / "r.pdf")
    qtbot.waitUntil(lambda: bool(reading.session.state.problem), timeout=30_000)
    assert "r.pdf" in reading.message.text.text()


def test_closing_while_work_runs_leaves_no_thread(qtbot: QtBot, reading: MainWindow) -> None:
    reading.session.open(sample("normal.hea"))
    reading.close()
    deadline = time.monotonic() + 20
    while reading.session.jobs.running and time.monotonic() < deadline:
        qtbot.wait(5)
    assert not reading.session.jobs.running


def test_the_overview_of_a_long_record_is_built_behind_the_scenes(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    from tests.ui.conftest import step_record

    record = step_record(tmp_path, duration_s=1000.0)
    window.session.show_record(record)
    # aVR is stored here; the mirror of Cabrera's order reads it sample by sample.
    qtbot.waitUntil(lambda: len(window.session.state.pyramids) == 12, timeout=30_000)
    window.session.look(layout_id="12x1")
    window.actions_table["whole"].trigger()
    assert window.session.state.viewport.page_s(record) == pytest.approx(1000.0)
    sheet = window.paper.sheet()
    assert sheet is not None
    assert "time compressed" in sheet.scale_line


def test_however_quick_a_file_opens_it_is_never_lost(qtbot: QtBot, window: MainWindow) -> None:
    for number in range(60):
        name = ("normal.hea", "lbbb.hea")[number % 2]
        window.session.open(sample(name))
        qtbot.waitUntil(lambda: not window.session.state.busy, timeout=20_000)
        record = window.session.state.record
        assert record is not None
        assert record.path.name == name


def test_a_report_is_finished_even_if_the_window_is_closed(qtbot: QtBot, reading: MainWindow, tmp_path: Path) -> None:
    reading.session.open(sample("normal.hea"))
    qtbot.waitUntil(lambda: reading.session.state.findings is not None, timeout=60_000)
    reading.session.write_report(tmp_path / "r.pdf")
    reading.close()
    assert (tmp_path / "r.pdf").read_bytes().startswith(b"%PDF")


def test_the_report_prints_the_page_that_is_shown(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    from pypdf import PdfReader

    from cardio_desktop.reading.pipeline import analyze
    from cardio_desktop.simulate import simulate_record

    record = simulate_record("normal", duration_s=45.0)
    window.session.show_record(record)
    window.session.show_findings(record, analyze(record, None))
    window.session.go_to(30.0)
    window.session.look(rhythm_lead="V1")
    start_s = window.session.state.viewport.start_s
    window.session.write_report(tmp_path / "r.pdf")
    qtbot.waitUntil(lambda: not window.session.jobs.running, timeout=30_000)
    text = PdfReader(tmp_path / "r.pdf").pages[0].extract_text()
    assert f"{start_s:g} to {start_s + 10:g} s of 45 s" in text
    assert text.count("V1") == 2  # its place among the columns, and the rhythm strip


def test_a_file_that_cannot_be_opened_does_not_cost_the_present_one_its_findings(
    qtbot: QtBot, reading: MainWindow, tmp_path: Path
) -> None:
    reading.session.open(sample("normal.hea"))
    qtbot.waitUntil(lambda: reading.session.state.record is not None, timeout=20_000)
    reading.session.open(tmp_path / "gone.edf")
    qtbot.waitUntil(lambda: reading.session.state.findings is not None, timeout=60_000)
    assert "gone.edf" in reading.message.text.text()


def test_a_file_that_is_taken_away_while_it_is_shown_gives_a_sentence(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    from cardio_desktop.core.errors import ReadError
    from tests.ui.conftest import step_record

    class Gone:
        def __len__(self) -> int:
            return 1_000_000

        def read(self, start: int, stop: int) -> object:
            raise ReadError(tmp_path / "step.hea", "it was taken away", "open it again")

    from dataclasses import replace

    record = step_record(tmp_path)
    gone = replace(record, channels=tuple(replace(c, samples=Gone()) for c in record.channels))
    window.session.show_record(gone)
    window.paper.picture()
    qtbot.waitUntil(lambda: window.message.isVisible(), timeout=30_000)
    assert "step.hea: it was taken away" in window.message.text.text()
    qtbot.waitUntil(lambda: not window.session.jobs.running, timeout=10_000)
