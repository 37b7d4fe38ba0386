"""Another language at once, and columns of the worklist that stay as they were left."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cardio_desktop.app.i18n import use_language
from cardio_desktop.app.session import Session
from cardio_desktop.app.settings import Settings
from cardio_desktop.app.store import Store
from cardio_desktop.core.calipers import Caliper, CaliperKind
from cardio_desktop.core.record import Record
from cardio_desktop.paths import asset
from cardio_desktop.ui.lists.worklist_columns import WIDTHS
from cardio_desktop.ui.lists.worklist_words import Column
from cardio_desktop.ui.main_window import MainWindow
from cardio_desktop.ui.renewal import renew
from tests.ui.test_calipers import findings_of


@pytest.fixture
def english() -> Iterator[None]:
    use_language("en")
    yield
    use_language("en")


def made(qtbot: QtBot, settings: Settings, store: Store | None = None) -> MainWindow:
    window = MainWindow(Session(settings, analyze=False, store=store))
    qtbot.addWidget(window)
    window.show()
    return window


def test_a_window_in_another_language_goes_on_where_the_old_one_was(
    qtbot: QtBot, settings: Settings, tmp_path: Path, steps: Record, english: None
) -> None:
    settings.set_read_first(True)
    store = Store(tmp_path / "data")
    old = made(qtbot, settings, store)
    findings = findings_of((1.0, 2.0, 3.0))
    old.session.show_record(steps)
    old.session.show_findings(steps, findings)
    old.session.reading.reveal()
    old.session.look(layout_id="12x1", speed_mm_per_s=12.5, start_s=1.5)
    caliper = Caliper("a", CaliperKind.TIME, "II", 1.0, 1.8)
    store.put_caliper(store.key_of(steps), caliper)
    old.panel.conclusion.edit.setPlainText("my own words")
    old.worklist._analyze = False
    old.worklist.open_folder(tmp_path)
    view = old.session.state.viewport

    use_language("de")
    new = renew(old, lambda: made(qtbot, settings, store))
    assert not old.isVisible()
    assert new.isVisible()
    assert next(action.text() for action in new.menuBar().actions()) == "&Datei"
    state = new.session.state
    assert state.record is steps
    assert state.shown is findings
    assert state.viewport == view
    assert new.session.marks.calipers == (caliper,)
    assert new.panel.conclusion.edit.toPlainText() == "my own words"
    assert new.worklist.sources == (tmp_path.resolve(),)
    new.close()
    assert old.session.jobs.shut_down()
    assert new.session.jobs.shut_down()
    store.close()


def test_a_file_that_is_being_opened_is_opened_by_the_new_window(
    qtbot: QtBot, settings: Settings, steps: Record, english: None
) -> None:
    old = made(qtbot, settings)
    old.session.show_record(steps)
    path = asset("resources/samples") / "lbbb.hea"
    job = old.session.open(path)
    assert old.session.jobs._pool.waitForDone(30_000)  # read, but not told yet
    assert job in old.session.jobs.running
    new = renew(old, lambda: made(qtbot, settings))
    qtbot.waitUntil(lambda: new.session.state.record is not steps, timeout=30_000)
    assert new.session.state.record is not None
    assert new.session.state.record.path == path
    assert old.session.state.record is steps
    # One that is open is not opened again.
    qtbot.waitUntil(lambda: not new.session.state.busy, timeout=30_000)
    again = renew(new, lambda: made(qtbot, settings))
    assert not again.session.state.busy


def test_what_becomes_of_a_report_is_told_in_the_new_window(
    qtbot: QtBot, settings: Settings, steps: Record, tmp_path: Path, english: None
) -> None:
    old = made(qtbot, settings)
    old.session.show_record(steps)
    old.session.show_findings(steps, findings_of((1.0, 2.0)))
    old.session.write_report(tmp_path / "nowhere" / "report.pdf")
    new = renew(old, lambda: made(qtbot, settings))
    qtbot.waitUntil(lambda: bool(new.session.state.problem), timeout=30_000)
    assert "report.pdf" in new.session.state.problem
    new.session.write_report(tmp_path / "report.pdf")
    newest = renew(new, lambda: made(qtbot, settings))
    qtbot.waitUntil(lambda: "report.pdf" in newest.statusBar().currentMessage(), timeout=30_000)
    assert (tmp_path / "report.pdf").is_file()


def test_hidden_findings_stay_hidden(qtbot: QtBot, settings: Settings, steps: Record, english: None) -> None:
    settings.set_read_first(True)
    old = made(qtbot, settings)
    old.session.show_record(steps)
    old.session.show_findings(steps, findings_of((1.0, 2.0)))
    assert old.session.state.shown is None
    new = renew(old, lambda: made(qtbot, settings))
    assert new.session.state.findings is not None
    assert new.session.state.shown is None


def test_choosing_a_language_asks_for_it_and_choosing_the_present_one_does_not(
    qtbot: QtBot, window: MainWindow, settings: Settings, english: None
) -> None:
    asked: list[bool] = []
    window.language_chosen.connect(lambda: asked.append(True))
    window.actions_table["language:en"].trigger()
    assert asked == []
    window.actions_table["language:de"].trigger()
    assert asked == [True]
    assert settings.language() == "de"


def test_columns_stay_as_they_were_left(qtbot: QtBot, settings: Settings) -> None:
    first = made(qtbot, settings)
    table, header = first.worklist_dock.table, first.worklist_dock.table.horizontalHeader()
    assert header.sortIndicatorSection() == Column.RISK
    table.setColumnWidth(Column.PATIENT, 177)
    header.moveSection(header.visualIndex(Column.RATE), 0)
    table.setColumnHidden(Column.TIME, True)
    table.sortByColumn(Column.NAME, Qt.SortOrder.AscendingOrder)
    first.close()
    second = made(qtbot, settings)
    dock, header = second.worklist_dock, second.worklist_dock.table.horizontalHeader()
    assert dock.table.columnWidth(Column.PATIENT) == 177
    assert header.visualIndex(Column.RATE) == 0
    assert dock.table.isColumnHidden(Column.TIME)
    assert (header.sortIndicatorSection(), header.sortIndicatorOrder()) == (Column.NAME, Qt.SortOrder.AscendingOrder)
    assert (dock.order.sortColumn(), dock.order.sortOrder()) == (Column.NAME, Qt.SortOrder.AscendingOrder)
    dock.columns.usual()
    assert [header.logicalIndex(k) for k in range(len(WIDTHS))] == list(range(len(WIDTHS)))
    assert not dock.table.isColumnHidden(Column.TIME)
    assert dock.order.sortColumn() == Column.RISK


@pytest.mark.parametrize("kept", [b"", b"rubbish", bytes(400)])
def test_damaged_columns_are_the_usual_ones(qtbot: QtBot, settings: Settings, kept: bytes) -> None:
    from PySide6.QtCore import QByteArray

    settings.set_worklist_header(QByteArray(kept))
    dock = made(qtbot, settings).worklist_dock
    table, usual = dock.table, dock.columns.widths()
    assert all(usual[column] >= width for column, width in WIDTHS.items())
    assert [table.columnWidth(column) for column in list(usual)[:-1]] == list(usual.values())[:-1]
    assert table.horizontalHeader().sortIndicatorSection() == Column.RISK


MAXIMISED = """
import sys
from pathlib import Path
from PySide6.QtCore import QSettings
from cardio_desktop.app.i18n import use_language
from cardio_desktop.app.session import Session
from cardio_desktop.app.settings import Settings
from cardio_desktop.io import open_record
from cardio_desktop.paths import asset
from cardio_desktop.ui.application import make_application
from cardio_desktop.ui.main_window import MainWindow
from cardio_desktop.ui.renewal import renew

app = make_application()
settings = Settings(QSettings(sys.argv[1], QSettings.Format.IniFormat))

def make():
    window = MainWindow(Session(settings, analyze=False))
    window.show()
    return window

window = make()
getattr(window, sys.argv[2])()
window.worklist._analyze = False
window.worklist_dock.open_folder(Path(sys.argv[1]).parent)
window.session.show_record(open_record(asset("resources/samples") / "normal.hea"))
for turn in range(6):
    for _ in range(10):
        app.processEvents()
    kept = window.windowState()
    use_language("de" if turn % 2 == 0 else "en")
    window = renew(window, make)
    window.worklist._analyze = False
    for _ in range(10):
        app.processEvents()
    assert window.windowState() == kept, (window.windowState(), kept)
    assert window.worklist_dock.isVisible()
    assert window.session.state.record is not None
window.close()
print("went on")
"""


@pytest.mark.parametrize("state", ["showMaximized", "showFullScreen", "showNormal"])
def test_another_language_does_not_end_the_program_however_large_the_window_is(tmp_path: Path, state: str) -> None:
    """Qt died where it gave a seen, maximised window the panels of another one."""
    command = [sys.executable, "-c", MAXIMISED, str(tmp_path / "settings.ini"), state]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stdout) == (0, "went on\n"), done.stderr
