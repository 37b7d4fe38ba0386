"""Many records in the real window."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from cardio_desktop.app.marks import Tool
from cardio_desktop.app.worklist import Entry, Worklist
from cardio_desktop.core.events import Event
from cardio_desktop.io.folder import Found
from cardio_desktop.paths import asset
from cardio_desktop.reading.survey import Details, Summary
from cardio_desktop.ui.lists.worklist_model import ENTRY_ROLE, TOLD_MS
from cardio_desktop.ui.lists.worklist_words import Column, remark_text
from cardio_desktop.ui.main_window import MainWindow
from cardio_desktop.words import verbatim
from tests.ui.conftest import step_record
from tests.ui.test_window import findings_of


def summary(tier: str, mi: float, rate: float = 60.0) -> Summary:
    return Summary(
        tier,
        verbatim("why").plain(),
        rate,
        {"NORM": 1 - mi, "MI": mi},
        (("IMI", "inferior infarction", mi),),
        analysed_s=10.0,
    )


ROWS = [
    ("a", "Low", 0.01, "Adams"),
    ("b", "High", 0.81, "Baker"),
    ("c", "Moderate", 0.40, "Clark"),
    ("d", "High", 0.95, "Davis"),
    ("e", "Not assessed", 0.0, "Evans"),
]


@pytest.fixture
def quiet(window: MainWindow, tmp_path: Path) -> MainWindow:
    """A window whose worklist starts no helper."""
    window.worklist._analyze = False
    return window


def fill(window: MainWindow, tmp_path: Path) -> Worklist:
    """Put the rows of ROWS, one that waits and one that is broken into the worklist."""
    worklist = window.worklist
    worklist.clear()
    for name, tier, mi, patient in ROWS:
        found = Found(tmp_path / f"{name}.hea", name, "s")
        details = Details(patient=patient, duration_s=10.0, leads=12, key=f"key-{name}")
        worklist.entries.append(Entry(found, details, summary(tier, mi)))
    worklist.entries.append(Entry(Found(tmp_path / "f.hea", "f", "s")))
    worklist.entries.append(Entry(Found(tmp_path / "g.hea", "g", "s"), problem="g.hea: it is broken; copy it."))
    worklist._rows = {entry.path: row for row, entry in enumerate(worklist.entries)}
    worklist.added.emit(0, len(worklist.entries) - 1)
    worklist.progressed.emit(worklist.progress)
    window.worklist_dock.show()
    return worklist


def shown(window: MainWindow, column: Column = Column.NAME) -> list[str]:
    order = window.worklist_dock.order
    return [str(order.index(row, column).data()) for row in range(order.rowCount())]


def test_rows_stand_worst_first_and_any_column_sorts(quiet: MainWindow, tmp_path: Path) -> None:
    fill(quiet, tmp_path)
    assert shown(quiet) == ["d", "b", "c", "e", "g", "a", "f"]
    assert shown(quiet, Column.RISK)[-2:] == ["Low", "waiting"]
    table = quiet.worklist_dock.table
    table.sortByColumn(Column.PATIENT, Qt.SortOrder.AscendingOrder)
    assert [name for name in shown(quiet, Column.PATIENT) if name] == ["Adams", "Baker", "Clark", "Davis", "Evans"]
    table.sortByColumn(Column.NAME, Qt.SortOrder.AscendingOrder)
    assert shown(quiet) == list("abcdefg")


def test_the_filter_takes_words_and_tiers(qtbot: QtBot, quiet: MainWindow, tmp_path: Path) -> None:
    fill(quiet, tmp_path)
    dock = quiet.worklist_dock
    quiet.actions_table["find-record"].trigger()
    qtbot.waitUntil(dock.search.hasFocus)
    qtbot.keyClicks(dock.search, "davis HIGH")
    assert shown(quiet) == ["d"]
    assert dock.count.text() == "1 shown"
    dock.search.clear()
    for text, names in (("High", ["d", "b"]), ("Not read", list("dbcegaf")), ("Not readable", ["g"])):
        dock.kind.setCurrentText(text)
        dock.kind.activated.emit(dock.kind.currentIndex())
        assert shown(quiet) == names
    dock.search.setText("broken copy")
    assert shown(quiet) == ["g"]
    dock.search.setText("nothing like it")
    assert shown(quiet) == []


def test_next_and_previous_follow_the_order_that_is_shown(qtbot: QtBot, quiet: MainWindow, tmp_path: Path) -> None:
    fill(quiet, tmp_path)
    opened: list[str] = []

    def open_it(path: Path) -> None:
        opened.append(path.stem)
        record = step_record(path.parent)
        quiet.session.show_record(type(record)(path, "made", record.channels))

    quiet.session.open = open_it  # type: ignore[method-assign,assignment]
    for _ in range(8):
        quiet.actions_table["next-record"].trigger()
    assert opened == ["d", "b", "c", "e", "a", "f"]  # the broken one is passed over, the end is the end
    assert "no further record" in quiet.statusBar().currentMessage()
    qtbot.keyClick(quiet.paper, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert opened[-1] == "a"
    assert quiet.worklist_dock.current_entry().found.name == "a"  # type: ignore[union-attr]


def test_reading_is_marked_remembered_and_passed_over(quiet: MainWindow, tmp_path: Path) -> None:
    worklist = fill(quiet, tmp_path)
    assert not quiet.actions_table["mark-read"].isEnabled()
    record = step_record(tmp_path)
    quiet.session.show_record(type(record)(tmp_path / "d.hea", "made", record.channels))
    action = quiet.actions_table["mark-read"]
    assert action.isEnabled()
    action.trigger()
    assert worklist.entries[3].read
    assert quiet.session.store.read_state("key-d").read
    assert shown(quiet, Column.STATE)[0] == "read"
    quiet.session.store.set_read("key-b", True)  # as another window would
    assert worklist.entries[1].read
    opened: list[Path] = []
    quiet.session.open = opened.append  # type: ignore[method-assign,assignment]
    quiet.actions_table["next-unread"].trigger()
    assert [path.stem for path in opened] == ["c"]
    quiet.session.await_record(None)  # as if the reader had gone back to d
    action.trigger()
    assert not worklist.entries[3].read


def test_arrow_keys_in_the_list_open_records_and_leave_the_gain_alone(
    qtbot: QtBot, quiet: MainWindow, tmp_path: Path
) -> None:
    fill(quiet, tmp_path)
    opened: list[Path] = []
    quiet.session.open = opened.append  # type: ignore[method-assign,assignment]
    quiet.session.show_record(step_record(tmp_path))
    table = quiet.worklist_dock.table
    quiet.activateWindow()
    table.setFocus()
    qtbot.waitUntil(table.hasFocus)
    gain = quiet.session.state.viewport.gain_mm_per_mv
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: len(opened) == 1)
    assert opened[0].stem == shown(quiet)[table.currentIndex().row()]
    assert quiet.session.state.viewport.gain_mm_per_mv == gain


def test_a_click_opens_the_row_that_was_clicked(qtbot: QtBot, quiet: MainWindow, tmp_path: Path) -> None:
    fill(quiet, tmp_path)
    opened: list[Path] = []
    quiet.session.open = opened.append  # type: ignore[method-assign,assignment]
    table = quiet.worklist_dock.table
    quiet.activateWindow()
    table.setFocus()
    place = table.visualRect(quiet.worklist_dock.order.index(1, Column.NAME)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: len(opened) == 1)
    assert opened[0].stem == "b"


def test_rows_do_not_move_under_the_mouse(qtbot: QtBot, quiet: MainWindow, tmp_path: Path) -> None:
    worklist = fill(quiet, tmp_path)
    dock = quiet.worklist_dock
    before = shown(quiet)
    qtbot.mouseMove(dock.table.viewport(), QPoint(50, 60))
    dock.order.setDynamicSortFilter(False)  # what entering does; the offscreen platform does not always tell it
    changed = replace(worklist.entries[5], summary=summary("High", 0.99))
    worklist._replace(5, worklist.entries[5], changed)
    assert shown(quiet) == before
    dock.table.leaveEvent(QEvent(QEvent.Type.Leave))
    assert shown(quiet)[0] == "f"


def test_remarks_say_what_matters() -> None:
    found = Found(Path("a.hea"), "a", "s")
    high = Entry(found, Details(duration_s=10.0), summary("High", 0.81))
    assert remark_text(high) == "Myocardial infarction 81 %; inferior infarction"
    low = Entry(found, Details(duration_s=1200.0), Summary("Low", verbatim("x").plain(), analysed_s=600.0))
    assert remark_text(low) == "judged by its first 10 min 0 s"
    refused = Entry(
        found, Details(duration_s=10.0), Summary("Not assessed", verbatim("Paced rhythm.").plain(), analysed_s=10.0)
    )
    assert remark_text(refused) == "Paced rhythm."


def test_tiers_may_sort_the_work_while_the_findings_stay_hidden(quiet: MainWindow, tmp_path: Path) -> None:
    fill(quiet, tmp_path)
    dock, session = quiet.worklist_dock, quiet.session
    assert not dock.triage.isVisible()
    session.reading.set_on(True)
    assert dock.triage.isVisible()
    assert "High" not in shown(quiet, Column.RISK)
    dock.triage.click()
    assert session.settings.triage()
    assert shown(quiet) == ["d", "b", "c", "e", "g", "a", "f"]
    assert shown(quiet, Column.RISK)[:3] == ["High", "High", "Moderate"]
    tips = [str(dock.order.index(row, 0).data(Qt.ItemDataRole.ToolTipRole)) for row in range(7)]
    assert not any("infarction" in text for text in [*shown(quiet, Column.REMARK), *tips])
    dock.search.setText("infarction")
    assert shown(quiet) == []
    dock.search.setText("IMI")
    assert shown(quiet) == []
    dock.search.clear()
    record = step_record(tmp_path)
    session.show_record(type(record)(tmp_path / "d.hea", "made", record.channels))
    session.reading.reveal()
    assert "infarction" in shown(quiet, Column.REMARK)[0]
    assert "infarction" not in shown(quiet, Column.REMARK)[1]
    quiet.actions_table["triage"].trigger()
    assert "Moderate" not in shown(quiet, Column.RISK)


def test_cells_are_painted(quiet: MainWindow, tmp_path: Path) -> None:
    from PySide6.QtGui import QColor

    from cardio_desktop.core.colors import TIER_COLORS
    from cardio_desktop.core.findings import Tier

    fill(quiet, tmp_path)
    table = quiet.worklist_dock.table
    image = table.viewport().grab().toImage()
    ratio = image.devicePixelRatio()
    rect = table.visualRect(quiet.worklist_dock.order.index(0, Column.RISK))
    at = QPoint(round((rect.left() + 8) * ratio), round(rect.center().y() * ratio))
    assert image.pixelColor(at) == QColor(TIER_COLORS[Tier.HIGH])
    assert isinstance(table.itemDelegate(), object)
    QStyleOptionViewItem()


PAUSE = Event("PAUSE", 2.0, 5.1, values={"length_s": 3.1})
FAST = Event("VT", 1.0, 4.0, values={"rate_bpm": 187.0})


def with_critical(window: MainWindow, tmp_path: Path) -> None:
    """The rows of ROWS, a Low one with a pause and one that was not assessed with a ventricular tachycardia."""
    worklist = fill(window, tmp_path)
    for row, events in ((0, (PAUSE,)), (4, (FAST, PAUSE))):
        entry = worklist.entries[row]
        assert entry.summary is not None
        worklist.entries[row] = replace(entry, summary=replace(entry.summary, critical=events))
        worklist.changed.emit(row)
    window.worklist_dock.model._tell_changed()
    window.worklist_dock.order.setDynamicSortFilter(True)  # the pointer of another test may have held it still


def test_what_is_critical_stands_first_whatever_its_tier(qtbot: QtBot, quiet: MainWindow, tmp_path: Path) -> None:
    with_critical(quiet, tmp_path)
    assert shown(quiet) == ["e", "a", "d", "b", "c", "g", "f"]
    assert shown(quiet, Column.RISK)[:3] == ["! Not assessed", "! Low", "High"]
    assert shown(quiet, Column.CRITICAL)[0].startswith("Ventricular tachycardia, 187/min, 1.0 to 4.0 s; Pause of 3.1 s")
    assert shown(quiet, Column.CRITICAL)[1].startswith("Pause of 3.1 s at 2.0 s")
    order = quiet.worklist_dock.order
    tip = str(order.index(0, Column.RISK).data(Qt.ItemDataRole.ToolTipRole))
    assert "Critical:\nVentricular tachycardia" in tip
    assert order.index(1, Column.RISK).data(Qt.ItemDataRole.AccessibleTextRole) == "critical, Low"
    opened: list[Path] = []
    quiet.session.open = opened.append  # type: ignore[method-assign,assignment]
    quiet.worklist_dock.table.setFocus()
    qtbot.keyClick(quiet.worklist_dock.table, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: [path.stem for path in opened] == ["e"])
    dock = quiet.worklist_dock
    dock.kind.setCurrentText("Critical")
    dock.kind.activated.emit(dock.kind.currentIndex())
    assert shown(quiet) == ["e", "a"]


def test_the_mark_of_what_is_critical_is_painted_beside_the_tier(quiet: MainWindow, tmp_path: Path) -> None:
    from PySide6.QtGui import QColor

    from cardio_desktop.core.colors import TIER_COLORS
    from cardio_desktop.core.findings import Tier

    with_critical(quiet, tmp_path)
    table = quiet.worklist_dock.table
    image = table.viewport().grab().toImage()
    ratio = image.devicePixelRatio()
    for row, left in ((1, Tier.HIGH), (3, Tier.HIGH), (4, Tier.MODERATE)):
        rect = table.visualRect(quiet.worklist_dock.order.index(row, Column.RISK))
        at = QPoint(round((rect.left() + 6) * ratio), round(rect.center().y() * ratio))
        assert image.pixelColor(at) == QColor(TIER_COLORS[left]), row
    low = table.visualRect(quiet.worklist_dock.order.index(1, Column.RISK))
    at = QPoint(round((low.right() - 10) * ratio), round(low.center().y() * ratio))
    assert image.pixelColor(at) == QColor(TIER_COLORS[Tier.LOW])


@pytest.mark.parametrize("triage", [False, True])
def test_hidden_findings_are_marked_but_not_named(quiet: MainWindow, tmp_path: Path, triage: bool) -> None:
    with_critical(quiet, tmp_path)
    quiet.session.reading.set_on(True)
    quiet.worklist.set_triage(triage)
    assert set(shown(quiet)[:2]) == {"a", "e"}
    assert all(text.startswith("! ") for text in shown(quiet, Column.RISK)[:2])
    order = quiet.worklist_dock.order
    tips = [str(order.index(row, 0).data(Qt.ItemDataRole.ToolTipRole)) for row in range(2)]
    told = " ".join([*shown(quiet, Column.REMARK), *shown(quiet, Column.CRITICAL), *tips])
    assert "something critical" in tips[0]
    assert not any(word in told for word in ("Pause", "tachycardia", "187"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "ward"
    shutil.copytree(asset("resources/samples"), root)
    (root / "empty.edf").write_bytes(b"")
    (root / "old.scp").write_bytes(bytes(16) + b"SCPECG" + bytes(100))
    (root / ".hidden.hea").write_text("x 1 100 10\n")
    return root


def test_a_folder_is_listed_analysed_and_complete_at_once_when_opened_again(
    qtbot: QtBot, window: MainWindow, folder: Path
) -> None:
    window.worklist_dock.open_folder(folder)
    worklist = window.worklist
    qtbot.waitUntil(lambda: len(worklist.entries) == 7, timeout=20_000)
    assert window.actions_table["next-record"].isEnabled()
    qtbot.waitUntil(lambda: worklist.progress.done == 7, timeout=120_000)
    by_name = {entry.found.name: entry for entry in worklist.entries}
    assert by_name["anterior-mi"].summary.tier == "High"  # type: ignore[union-attr]
    assert by_name["normal"].summary.tier != "High"  # type: ignore[union-attr]
    assert by_name["anterior-mi"].details.thumbnail_lead == "II"  # type: ignore[union-attr]
    assert "empty.edf: the file is empty" in by_name["empty.edf"].problem
    assert "old.scp: " in by_name["old.scp"].problem
    assert worklist.progress.problems == 2
    assert "7 of 7 analysed, 2 not readable" in window.worklist_dock.bar.text()
    order = shown(window)
    assert order.index("anterior-mi") < order.index("old.scp")
    assert window.session.settings.recent_folders() == [folder.resolve()]
    # Opened again, everything stands there before a helper could have done anything.
    window.worklist_dock.open_folder(folder)
    qtbot.waitUntil(lambda: len(worklist.entries) == 7, timeout=20_000)
    assert worklist.progress.done >= 5
    assert {e.found.name: e.summary for e in worklist.entries}["anterior-mi"] == by_name["anterior-mi"].summary
    worklist.cancel()
    assert worklist.workers.open_requests(worklist._owner) == 0


def test_pause_stop_and_close_leave_nothing_running(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    window.worklist_dock.open_folder(folder)
    worklist, dock = window.worklist, window.worklist_dock
    qtbot.waitUntil(lambda: len(worklist.entries) == 7, timeout=20_000)
    qtbot.mouseClick(dock.pause_button, Qt.MouseButton.LeftButton)
    assert worklist.progress.paused
    assert dock.pause_button.text() == "Go on"
    qtbot.mouseClick(dock.stop_button, Qt.MouseButton.LeftButton)
    assert worklist.workers.open_requests(worklist._owner) == 0
    done = worklist.progress.done
    qtbot.mouseClick(dock.pause_button, Qt.MouseButton.LeftButton)  # goes on after a stop, too
    assert worklist.workers.open_requests(worklist._owner) > 0
    assert worklist.progress.done == done
    window.close()
    assert worklist.workers.running == 0
    assert worklist.workers.open_requests(worklist._owner) == 0


def drop(window: MainWindow, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    window.dropEvent(
        QDropEvent(
            QPointF(10, 10), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
    )


def test_dropping_a_folder_or_several_files_makes_a_list(qtbot: QtBot, quiet: MainWindow, folder: Path) -> None:
    drop(quiet, folder)
    qtbot.waitUntil(lambda: len(quiet.worklist.entries) == 7, timeout=20_000)
    assert quiet.worklist_dock.isVisible()
    opened: list[Path] = []
    quiet.session.open = opened.append  # type: ignore[method-assign,assignment]
    drop(quiet, folder / "lbbb.hea", folder / "normal.hea")
    qtbot.waitUntil(lambda: len(quiet.worklist.entries) == 2, timeout=20_000)
    assert [entry.found.name for entry in quiet.worklist.entries] == ["lbbb.hea", "normal.hea"]
    assert [path.name for path in opened] == ["lbbb.hea"]


def test_an_empty_and_a_missing_folder_say_so(qtbot: QtBot, quiet: MainWindow, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    quiet.worklist_dock.open_folder(empty)
    qtbot.waitUntil(lambda: "no ECG records" in quiet.worklist_dock.foot.text(), timeout=20_000)
    quiet.worklist_dock.open_folder(tmp_path / "gone")
    qtbot.waitUntil(lambda: "no such file" in quiet.worklist_dock.foot.text(), timeout=20_000)


def test_what_was_found_in_the_shown_record_is_not_worked_out_again(quiet: MainWindow, tmp_path: Path) -> None:
    from tests.ui.test_window import findings_of

    worklist = fill(quiet, tmp_path)
    record = step_record(tmp_path)
    record = type(record)(tmp_path / "f.hea", "made", record.channels)
    quiet.session.show_record(record)
    quiet.session.show_findings(record, findings_of(record))
    entry = worklist.entries[5]
    assert entry.summary is not None
    assert entry.summary.tier == "High"
    assert quiet.worklist_dock.order.index(0, 0).data(ENTRY_ROLE) is not None


def test_damaged_files_are_rows_with_their_sentence(qtbot: QtBot, window: MainWindow, shared: Path) -> None:
    window.worklist_dock.open_folder(shared / "formats" / "malformed")
    worklist = window.worklist
    qtbot.waitUntil(lambda: worklist.progress.total > 15 and not worklist.progress.running, timeout=180_000)
    problems = {entry.found.name: entry.problem for entry in worklist.entries}
    for name in ("trav", "loop", "huge", "edf_empty.edf", "trunc60pct_Example.scp"):
        assert problems[name].endswith("."), name
        assert name in problems[name] or name.split(".")[0] in problems[name]
    # A picture may still be on its way when the last analysis is done; nothing may stay.
    qtbot.waitUntil(lambda: worklist.workers.open_requests(worklist._owner) == 0, timeout=60_000)


def test_rows_that_change_together_are_told_together(qtbot: QtBot, quiet: MainWindow, tmp_path: Path) -> None:
    worklist = fill(quiet, tmp_path)
    model = quiet.worklist_dock.model
    qtbot.wait(2 * TOLD_MS)
    told: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    worklist._replace(5, worklist.entries[5], replace(worklist.entries[5], summary=summary("High", 0.99)))
    assert told == [(5, 5)]  # what happens once is seen at once
    for row in (0, 1, 2, 4, 1):
        worklist._replace(row, worklist.entries[row], replace(worklist.entries[row], summary=summary("Low", 0.1 * row)))
    assert told == [(5, 5)]
    qtbot.waitUntil(lambda: len(told) == 3)
    assert told[1:] == [(0, 2), (4, 4)]
    quiet.worklist_dock.table.leaveEvent(QEvent(QEvent.Type.Leave))  # the mouse may lie over the table
    assert shown(quiet) == ["f", "d", "g", "e", "c", "b", "a"]
    assert shown(quiet, Column.RISK) == ["High", "High", "Not readable", "Low", "Low", "Low", "Low"]


class Slow:
    """Opens what it is asked for only when it is told to, as a slow disk would."""

    def __init__(self, window: MainWindow) -> None:
        self.session, self.asked = window.session, list[Path]()
        self.record = step_record(window.worklist.entries[0].path.parent)
        window.session.open = self.open  # type: ignore[method-assign,assignment]

    def open(self, path: Path) -> None:
        self.asked.append(path)

    def arrive(self) -> None:
        path = self.asked[-1]
        self.session.show_record(type(self.record)(path, "made", self.record.channels))
        QApplication.processEvents()


def chosen_by_key(qtbot: QtBot, window: MainWindow) -> Slow:
    """Show d and let the reader go down one row, to b, which is not there yet."""
    slow = Slow(window)
    window.session.show_record(type(slow.record)(slow.record.path.with_name("d.hea"), "made", slow.record.channels))
    table = window.worklist_dock.table
    window.activateWindow()
    table.setFocus()
    qtbot.waitUntil(table.hasFocus)
    assert table.currentIndex().row() == 0
    qtbot.keyClick(table, Qt.Key.Key_Down)
    return slow


def test_marking_right_after_choosing_a_row_marks_that_row(qtbot: QtBot, quiet: MainWindow, tmp_path: Path) -> None:
    worklist = fill(quiet, tmp_path)
    slow = chosen_by_key(qtbot, quiet)
    qtbot.keyClick(quiet.worklist_dock.table, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    assert not any(entry.read for entry in worklist.entries)  # it waits
    qtbot.waitUntil(lambda: bool(slow.asked))
    assert [path.stem for path in slow.asked] == ["b"]
    slow.arrive()
    assert [entry.found.name for entry in worklist.entries if entry.read] == ["b"]
    assert quiet.worklist_dock.current_entry().found.name == "b"  # type: ignore[union-attr]


def test_every_command_that_acts_on_a_record_waits_for_the_chosen_one(
    qtbot: QtBot, quiet: MainWindow, tmp_path: Path
) -> None:
    fill(quiet, tmp_path)
    slow = chosen_by_key(qtbot, quiet)
    quiet.actions_table["place:time"].trigger()
    quiet.actions_table["zoom-in"].trigger()  # it only looks, and what is looked at is what is shown
    assert quiet.session.state.viewport.zoom is not None
    assert quiet.session.marks.calipers == ()
    first = quiet.session.marks.key
    qtbot.waitUntil(lambda: bool(slow.asked))
    slow.arrive()
    assert len(quiet.session.marks.calipers) == 1
    assert quiet.session.store.calipers(first or "") == quiet.session.marks.calipers or quiet.session.marks.key == first


def test_a_row_that_cannot_be_opened_lets_nothing_act_on_the_record_before_it(
    qtbot: QtBot, quiet: MainWindow, tmp_path: Path
) -> None:
    worklist = fill(quiet, tmp_path)
    record = step_record(tmp_path)
    quiet.session.show_record(type(record)(tmp_path / "d.hea", "made", record.channels))
    table = quiet.worklist_dock.table
    quiet.activateWindow()
    table.setFocus()
    qtbot.waitUntil(table.hasFocus)
    qtbot.keyClick(table, Qt.Key.Key_Down)  # b.hea does not exist
    qtbot.keyClick(table, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(quiet.session.state.problem), timeout=10_000)
    assert not any(entry.read for entry in worklist.entries)
    action = quiet.actions_table["mark-read"]
    assert not action.isEnabled()
    assert "b.hea, which could not be opened" in action.toolTip()
    qtbot.keyClick(table, Qt.Key.Key_Up)  # back on the record that is shown
    assert action.isEnabled()
    action.trigger()
    assert [entry.found.name for entry in worklist.entries if entry.read] == ["d"]


def test_a_record_that_comes_late_does_not_take_the_choice_back(
    qtbot: QtBot, quiet: MainWindow, tmp_path: Path
) -> None:
    fill(quiet, tmp_path)
    slow = chosen_by_key(qtbot, quiet)
    qtbot.waitUntil(lambda: bool(slow.asked))
    qtbot.keyClick(quiet.worklist_dock.table, Qt.Key.Key_Down)  # on to c before b is there
    slow.arrive()
    assert quiet.worklist_dock.current_entry().found.name == "c"  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: len(slow.asked) == 2)
    assert slow.asked[-1].stem == "c"


def test_a_filter_leaves_no_other_row_standing_out(qtbot: QtBot, quiet: MainWindow, tmp_path: Path) -> None:
    fill(quiet, tmp_path)
    record = step_record(tmp_path)
    quiet.session.show_record(type(record)(tmp_path / "d.hea", "made", record.channels))
    dock = quiet.worklist_dock
    assert dock.current_entry().found.name == "d"  # type: ignore[union-attr]
    dock.search.setText("baker")
    assert shown(quiet) == ["b"]
    assert dock.current_entry() is None
    assert not dock.table.selectionModel().hasSelection()
    dock.search.clear()
    assert dock.current_entry().found.name == "d"  # type: ignore[union-attr]


def test_an_empty_folder_keeps_the_list_before_it(qtbot: QtBot, quiet: MainWindow, tmp_path: Path) -> None:
    fill(quiet, tmp_path)
    quiet.worklist.title = "before"
    empty = tmp_path / "empty"
    empty.mkdir()
    quiet.worklist_dock.open_folder(empty)
    qtbot.waitUntil(lambda: "empty: no ECG records" in quiet.worklist_dock.foot.text(), timeout=20_000)
    assert shown(quiet) == ["d", "b", "c", "e", "g", "a", "f"]
    assert quiet.worklist.title == "before"
    assert not quiet.worklist.progress.scanning
    gone = tmp_path / "gone"
    quiet.worklist_dock.open_folder(gone)
    qtbot.waitUntil(lambda: "gone" in quiet.worklist_dock.foot.text(), timeout=20_000)
    assert len(shown(quiet)) == 7
    full = asset("resources/samples")
    quiet.worklist_dock.open_folder(full)
    qtbot.waitUntil(lambda: quiet.worklist.title == full.name and not quiet.worklist.progress.scanning, timeout=20_000)
    assert not {"d", "b", "c"} & set(shown(quiet))
    assert quiet.worklist.sources == (full.resolve(),)


def test_mouse_and_opinions_act_on_no_record_but_the_chosen_one(
    qtbot: QtBot, quiet: MainWindow, tmp_path: Path
) -> None:
    fill(quiet, tmp_path)
    session, slow = quiet.session, Slow(quiet)
    (tmp_path / "other").mkdir()
    slow.record = step_record(tmp_path / "other", rate_hz=250.0)
    first = step_record(tmp_path)
    first = replace(first, path=first.path.with_name("d.hea"))
    session.show_record(first)
    session.show_findings(first, findings_of(first))
    session.look(evidence_class="MI")
    key, buttons = session.store.key_of(first), quiet.panel.tier.buttons
    assert buttons is not None
    assert buttons.isEnabled()
    session.marks.take(Tool.TIME)
    table = quiet.worklist_dock.table
    quiet.activateWindow()
    table.setFocus()
    qtbot.waitUntil(table.hasFocus)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert not session.state.settled
    buttons.agree.click()
    for others in quiet.panel.bars.buttons.values():
        others.disagree.click()
    view = quiet.paper.viewport()
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(300, 200))
    qtbot.mouseMove(view, QPoint(380, 200))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(380, 200))
    assert session.store.opinions(key) == {}
    assert session.marks.draft is None
    assert session.store.calipers(key) == ()
    qtbot.waitUntil(lambda: bool(slow.asked))
    slow.arrive()
    second = session.state.record
    assert second is not None
    assert second is not first
    session.show_findings(second, findings_of(second))
    assert quiet.panel.tier.buttons is not None
    quiet.panel.tier.buttons.agree.click()
    assert set(session.store.opinions(session.store.key_of(second))) == {"tier"}
    assert session.store.opinions(key) == {}
