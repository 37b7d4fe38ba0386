"""Working through a list: the filter's fields, unsigned records, what is hidden and why, a narrow list meanwhile."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from pytestqt.qtbot import QtBot

from cardio_desktop.app.session import Session
from cardio_desktop.app.settings import Settings
from cardio_desktop.core.conclusion import Draft, Signer, make_signature
from cardio_desktop.core.person import Person
from cardio_desktop.reading.survey import Details
from cardio_desktop.reading.told import Told
from cardio_desktop.ui.lists.worklist_order import FEW
from cardio_desktop.ui.lists.worklist_words import Column
from cardio_desktop.ui.main_window import MainWindow
from cardio_desktop.words import Remark
from tests.ui.conftest import step_record
from tests.ui.test_worklist import fill, shown, summary

AF = Told(
    conclusion=Remark("verbatim", {"text": "atrial fibrillation 52/min, inferior infarction"}).plain(),
    rhythm=Remark("rhythm-AFIB").plain(),
    codes=("AFIB", "IMI"),
    measured={"heart_rate_bpm": 52.0, "qtc_fridericia_ms": 512.0, "qrs_axis_deg": -58.0},
)


@pytest.fixture
def quiet(window: MainWindow, tmp_path: Path) -> MainWindow:
    """A window with the rows of `fill`, d told in full, that starts no helper and opens what is asked for at once."""
    window.worklist._analyze = False
    worklist = fill(window, tmp_path)
    row = worklist.entries[3]
    assert row.details is not None
    assert row.summary is not None
    details = replace(row.details, sex="female", age_years=71.0, start_time="2019-03-12 10:00")
    worklist.entries[3] = replace(row, details=details, summary=replace(row.summary, told=AF))
    worklist.changed.emit(3)
    window.worklist_dock.model._tell_changed()

    def open_it(path: Path) -> None:
        record = step_record(path.parent)
        window.session.show_record(type(record)(path, "made", record.channels))

    window.session.open = open_it  # type: ignore[method-assign,assignment]
    return window


def sign(window: MainWindow, name: str, text: str = "Atrial fibrillation.") -> None:
    key = f"key-{name}"
    made = make_signature(key, Draft(text), Signer("Dr. Ada", "consultant"), datetime(2026, 1, 5, tzinfo=UTC))
    window.session.store.sign(key, made)


def test_fields_words_and_minus_leave_what_they_ask_for(quiet: MainWindow) -> None:
    sign(quiet, "b", "Old infarction")
    for typed, names in (
        ("tier:high age>60", ["d"]),
        ("rhythm:fibrillation", ["d"]),
        ("qtc>500 rate<60 axis<-30 sex:f", ["d"]),
        ("statement:IMI", ["d", "b", "c", "e", "a"]),
        ('"atrial fibrillation"', ["d"]),
        ("state:signed", ["b"]),
        ("-state:signed tier:high", ["d"]),
        ('conclusion:"old inf"', ["b"]),
        ("reader:ada", ["b"]),
        ("date:2019", ["d"]),
        ("", ["d", "b", "c", "e", "g", "a", "f"]),
    ):
        quiet.worklist_dock.search.setText(typed)
        assert shown(quiet) == names, typed


def test_what_is_no_filter_is_said_and_the_last_one_holds(quiet: MainWindow) -> None:
    dock = quiet.worklist_dock
    dock.search.setText("tier:high")
    dock.search.setText("tier:high colour:red")
    assert shown(quiet) == ["d", "b"]
    assert dock.filter_bar.problem.isVisible()
    assert dock.filter_bar.problem.text().startswith("There is no field “colour”; the fields are state, tier")
    dock.search.setText("tier:moderate")
    assert not dock.filter_bar.problem.isVisible()
    assert shown(quiet) == ["c"]


def test_enter_in_the_filter_opens_the_first_record_found(qtbot: QtBot, quiet: MainWindow) -> None:
    quiet.actions_table["find-record"].trigger()
    dock = quiet.worklist_dock
    qtbot.waitUntil(dock.search.hasFocus)
    qtbot.keyClicks(dock.search, "tier:high")
    qtbot.keyClick(dock.search, Qt.Key.Key_Return)
    record = quiet.session.state.record
    assert record is not None
    assert record.path.stem == "d"
    dock.search.setText("nothing like it")
    qtbot.keyClick(dock.search, Qt.Key.Key_Return)
    assert quiet.session.state.record is record


def test_the_columns_tell_state_reader_and_whose_conclusion_it_is(quiet: MainWindow) -> None:
    assert shown(quiet, Column.CONCLUSION)[0] == "program: Atrial fibrillation 52/min, inferior infarction"
    sign(quiet, "d", "AF,\nold inferior infarction")
    quiet.session.store.set_read("key-b", True)
    assert shown(quiet, Column.STATE)[:3] == ["signed", "read", "new"]
    assert shown(quiet, Column.READER)[:2] == ["Dr. Ada", ""]
    assert shown(quiet, Column.CONCLUSION)[0] == "AF, old inferior infarction"
    order = quiet.worklist_dock.order
    assert order.index(0, Column.CONCLUSION).data(Qt.ItemDataRole.FontRole) is None
    quiet.worklist_dock.table.sortByColumn(Column.STATE, Qt.SortOrder.DescendingOrder)
    assert shown(quiet)[:2] == ["d", "b"]


def test_next_and_previous_unsigned_pass_over_what_is_signed(qtbot: QtBot, quiet: MainWindow) -> None:
    sign(quiet, "b")
    names = []
    for _ in range(5):
        quiet.actions_table["next-unsigned"].trigger()
        names.append(quiet.session.state.record.path.stem)  # type: ignore[union-attr]
    assert names == ["d", "c", "e", "a", "f"]
    qtbot.keyClick(quiet.paper, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert quiet.session.state.record.path.stem == "a"  # type: ignore[union-attr]


def test_a_record_that_leaves_the_list_by_being_signed_loses_nobody_the_place(quiet: MainWindow) -> None:
    quiet.worklist_dock.search.setText("state:unsigned")
    quiet.actions_table["next-record"].trigger()
    quiet.actions_table["next-record"].trigger()
    assert quiet.session.state.record.path.stem == "b"  # type: ignore[union-attr]
    sign(quiet, "b")
    assert "b" not in shown(quiet)
    quiet.actions_table["next-record"].trigger()
    assert quiet.session.state.record.path.stem == "c"  # type: ignore[union-attr]
    sign(quiet, "c")
    quiet.actions_table["previous-record"].trigger()
    assert quiet.session.state.record.path.stem == "d"  # type: ignore[union-attr]


def test_a_reader_who_reads_first_is_told_what_is_hidden_and_offered_to_see_it(quiet: MainWindow) -> None:
    dock = quiet.worklist_dock
    assert not dock.hidden_note.isVisible()
    quiet.session.reading.set_on(True)
    assert dock.hidden_note.isVisible()
    assert "conclusion" in dock.hidden_note.words.text()
    assert shown(quiet, Column.CONCLUSION).count("hidden") == 5
    for typed in ("rhythm:fib", "fibrillation", "qtc>500", "rate<60", "tier:high", "statement:IMI", "conclusion:inf"):
        dock.search.setText(typed)
        assert shown(quiet) == [], typed
    dock.search.clear()
    for column in (Column.CONCLUSION, Column.CRITICAL, Column.RATE):
        dock.table.sortByColumn(column, Qt.SortOrder.DescendingOrder)
        order = shown(quiet)
        dock.table.sortByColumn(column, Qt.SortOrder.AscendingOrder)
        assert set(order) == set(shown(quiet))
        assert [name for name in order if name in "abcde"] == list("abcde"), "the order tells what is hidden"
    tip = dock.order.headerData(Column.CONCLUSION, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    assert "because you read first" in tip
    dock.triage.click()
    dock.search.setText("tier:high")
    assert sorted(shown(quiet)) == ["b", "d"]
    dock.search.setText("rate<60")
    assert shown(quiet) == []
    dock.hidden_note.reveal.click()
    assert not quiet.session.reading.on
    assert shown(quiet) == ["d"]
    assert not dock.hidden_note.isVisible()


def test_a_list_that_is_narrow_while_reading_widens_to_find(qtbot: QtBot, quiet: MainWindow) -> None:
    dock, header = quiet.worklist_dock, quiet.worklist_dock.table.horizontalHeader()
    before = header.saveState()
    quiet.actions_table["next-record"].trigger()
    quiet.actions_table["narrow-worklist"].trigger()
    assert dock.is_narrow
    assert [column for column in Column if not dock.table.isColumnHidden(column)] == [
        Column.RISK,
        Column.NAME,
        Column.STATE,
    ]
    qtbot.waitUntil(lambda: dock.table.horizontalScrollBar().maximum() == 0)
    quiet.actions_table["find-record"].trigger()
    assert not dock.is_narrow
    assert header.saveState() == before
    quiet.actions_table["next-record"].trigger()
    assert dock.is_narrow
    dock.remember_columns()
    kept = Settings(QSettings(quiet.session.settings._store.fileName(), QSettings.Format.IniFormat))
    assert kept.narrow_worklist()
    assert kept.worklist_header() == before  # not the narrow ones
    dock.narrow_button.click()
    assert not dock.is_narrow
    quiet.actions_table["next-record"].trigger()
    assert not dock.is_narrow


def test_the_filter_is_remembered_without_words_that_may_be_a_name(qtbot: QtBot, quiet: MainWindow) -> None:
    dock = quiet.worklist_dock
    dock.search.setText('Adams state:unsigned patient:adams -"Anna Doe" -tier:low record:doe')
    dock.kind.setCurrentText("Not signed")
    dock.remember_columns()
    settings = quiet.session.settings
    settings._store.sync()
    assert settings.worklist_filter() == ("state:unsigned -tier:low", "unsigned")
    assert "adams" not in Path(settings._store.fileName()).read_text().casefold()
    other = MainWindow(Session(settings, analyze=False))
    qtbot.addWidget(other)
    assert other.worklist_dock.search.text() == "state:unsigned -tier:low"
    assert other.worklist_dock.filter_bar.chosen == "unsigned"


def test_many_rows_go_and_come_and_the_chosen_one_stays_chosen(quiet: MainWindow, tmp_path: Path) -> None:
    worklist, dock = quiet.worklist, quiet.worklist_dock
    first = len(worklist.entries)
    base = worklist.entries[0]
    for k in range(3 * FEW):
        found = replace(base.found, path=tmp_path / f"x{k}.hea", name=f"x{k}")
        worklist.entries.append(replace(base, found=found, details=Details(), summary=summary("Low", 0.001 * k)))
    worklist._rows = {entry.path: row for row, entry in enumerate(worklist.entries)}
    worklist.added.emit(first, len(worklist.entries) - 1)
    assert len(shown(quiet)) == first + 3 * FEW
    quiet.actions_table["next-record"].trigger()
    assert dock.current_entry().found.name == "d"  # type: ignore[union-attr]
    for typed in ("tier:high", "", "-tier:low", "x"):
        dock.search.setText(typed)
        assert (dock.current_entry() is None) == (typed == "x")
    dock.search.clear()
    assert dock.current_entry().found.name == "d"  # type: ignore[union-attr]


def test_earlier_records_of_a_patient_are_counted_as_files_tell_of_them(quiet: MainWindow) -> None:
    worklist = quiet.worklist
    person = Person("4711-0815", "Doe^Anna", "female", "1950-01-02", "dicom")
    for row, start in ((0, "2018-01-01 08:00"), (2, "2017-01-01 08:00"), (3, "2019-03-12 10:00")):
        before = worklist.entries[row]
        assert before.details is not None
        details = replace(before.details, person=person, start_time=start)
        worklist._replace(row, before, replace(before, details=details))
    quiet.worklist_dock.model._tell_changed()
    counts = dict(zip(shown(quiet), shown(quiet, Column.PRIORS), strict=True))
    assert {name: count for name, count in counts.items() if count} == {"d": "2", "a": "1"}
    quiet.worklist_dock.search.setText("prior>1")
    assert shown(quiet) == ["d"]
    assert [entry.found.name for entry in worklist.earlier(worklist.entries[3])] == ["a", "c"]
