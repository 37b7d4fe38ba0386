"""A full or read-only disk: one sentence, nothing half-written, nothing lost while the program is open."""

import errno
import sqlite3
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from cardio_desktop.app import kept_items
from cardio_desktop.app.disk_words import why
from cardio_desktop.app.i18n import use_language
from cardio_desktop.app.session import Session
from cardio_desktop.app.settings import Settings
from cardio_desktop.app.store import Store
from cardio_desktop.app.store_file import StoreFile
from cardio_desktop.core.calipers import Caliper, CaliperKind
from cardio_desktop.core.errors import SQLITE_WHY, WHY, CardioError
from cardio_desktop.core.record import Record
from cardio_desktop.io.wfdb_annotation_writer import write_beats
from cardio_desktop.report.files import write_whole
from cardio_desktop.ui import closing
from cardio_desktop.ui.main_window import MainWindow
from cardio_desktop.ui.paper import export
from cardio_desktop.ui.screenshot import save_screenshot
from tests.ui.conftest import settings as settings
from tests.ui.conftest import step_record

SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "samples" / "normal.hea"
CALIPER = Caliper("a", CaliperKind.TIME, "II", 1.0, 1.8)
TROUBLES = {errno.ENOSPC: "the disk is full", errno.EROFS: "the disk is read-only", errno.EACCES: "you may not write"}


@pytest.fixture
def record(tmp_path: Path) -> Record:
    return step_record(tmp_path)


@pytest.fixture(params=TROUBLES, ids=lambda code: errno.errorcode[code])
def no_room(request, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, str]:
    """A folder in which files can be begun but not filled, and the words for why."""
    folder = tmp_path / "full"
    folder.mkdir()
    usual = Path.open

    class Full:
        def __init__(self, stream) -> None:
            self._stream = stream

        def __enter__(self) -> "Full":
            return self

        def __exit__(self, *_: object) -> None:
            self._stream.close()

        def write(self, data: bytes) -> int:
            self._stream.write(data[: len(data) // 2])
            raise OSError(request.param, "no room")

    def opened(path: Path, mode: str = "r", *args, **more):
        stream = usual(path, mode, *args, **more)
        return Full(stream) if folder in path.parents and set(mode) & set("wxa") else stream

    monkeypatch.setattr(Path, "open", opened)
    return folder, TROUBLES[request.param]


def test_a_file_that_finds_no_room_leaves_what_stood_there(no_room: tuple[Path, str], tmp_path: Path) -> None:
    folder, why = no_room
    with pytest.raises(CardioError, match=why):
        write_whole(folder / "report.pdf", b"new" * 1000)
    assert list(folder.iterdir()) == []


def test_pictures_find_no_room(no_room: tuple[Path, str], qtbot: QtBot, settings: Settings, record: Record) -> None:
    folder, why = no_room
    window = MainWindow(Session(settings, analyze=False))
    qtbot.addWidget(window)
    window.show()
    window.session.show_record(record)
    for ending in export.ENDINGS:
        with pytest.raises(CardioError, match=why):
            export.save_picture(window.paper, folder / f"page{ending}")
    assert list(folder.iterdir()) == []


def test_a_screenshot_finds_no_room(no_room: tuple[Path, str], qtbot: QtBot) -> None:
    folder, why = no_room
    with pytest.raises(CardioError, match=why):
        save_screenshot(SAMPLE, folder / "window.png")
    assert list(folder.iterdir()) == []


def test_beats_find_no_room(no_room: tuple[Path, str], record: Record) -> None:
    folder, why = no_room
    with pytest.raises(CardioError, match=why):
        write_beats(folder / "step.beats", record, [(1.0, "N"), (2.0, "V")])
    assert list(folder.iterdir()) == []


def test_beats_appear_once_and_replace_nothing(tmp_path: Path, record: Record) -> None:
    target = tmp_path / "step.beats"
    write_beats(target, record, [(1.0, "N")])
    with pytest.raises(CardioError, match="exists"):
        write_beats(target, record, [(2.0, "N")])
    write_beats(target, record, [(2.0, "N"), (3.0, "N")], replace=True)
    assert [path.name for path in tmp_path.iterdir() if "part" in path.name] == []


# The store ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> dict[str, bool]:
    """While `full` is true the store's file takes nothing."""
    state = {"full": True}
    usual = StoreFile.write

    def write(self: StoreFile, rows, merge, events=()):
        if state["full"]:
            raise sqlite3.OperationalError("database or disk is full")
        return usual(self, rows, merge, events)

    monkeypatch.setattr(StoreFile, "write", write)
    monkeypatch.setattr(kept_items, "LOOK_S", 0.05)
    monkeypatch.setattr(closing, "WAIT_S", 0.2)
    return state


def test_what_finds_no_room_is_told_kept_and_written_later(
    qtbot: QtBot, tmp_path: Path, record: Record, full_disk: dict[str, bool]
) -> None:
    store = Store(tmp_path / "data")
    key = store.key_of(record)
    with qtbot.waitSignal(store.failed, timeout=30_000) as told:
        store.put_caliper(key, CALIPER)
    assert "cannot be saved at the moment (the disk is full)" in told.args[0]
    assert store.unsaved == 1
    assert store.calipers(key) == (CALIPER,)
    with qtbot.waitSignal(store.recovered, timeout=30_000):
        full_disk["full"] = False
    assert (store.unsaved, store.problem) == (0, "")
    store.close()
    again = Store(tmp_path / "data")
    assert again.calipers(key) == (CALIPER,)
    again.close()


def test_why_the_disk_takes_nothing_is_said_in_german(
    qtbot: QtBot, tmp_path: Path, record: Record, full_disk: dict[str, bool]
) -> None:
    use_language("de")
    try:
        for error in (*map(sqlite3.OperationalError, SQLITE_WHY), *(OSError(code, "no") for code in WHY)):
            said = why(error)
            assert said not in {*WHY.values(), *SQLITE_WHY.values(), str(error)}
        store = Store(tmp_path / "data")
        with qtbot.waitSignal(store.failed, timeout=30_000) as told:
            store.put_caliper(store.key_of(record), CALIPER)
        assert "nicht gespeichert werden (der Datenträger ist voll)" in told.args[0]
        full_disk["full"] = False
        store.close()
    finally:
        use_language("en")


@pytest.mark.parametrize(
    ("answer", "closes"),
    [(QMessageBox.StandardButton.Cancel, False), (QMessageBox.StandardButton.Discard, True), ("frees", True)],
)
def test_the_last_window_does_not_close_on_unsaved_work_without_a_word(
    qtbot: QtBot,
    tmp_path: Path,
    settings: Settings,
    record: Record,
    full_disk: dict[str, bool],
    monkeypatch: pytest.MonkeyPatch,
    answer: object,
    closes: bool,
) -> None:
    store = Store(tmp_path / "data")
    window = MainWindow(Session(settings, analyze=False, store=store))
    qtbot.addWidget(window)
    window.show()
    window.session.show_record(record)
    asked: list[tuple[int, str]] = []

    def ask(_window: MainWindow, count: int, problem: str) -> object:
        asked.append((count, problem))
        if answer == "frees":
            full_disk["full"] = False
            return QMessageBox.StandardButton.Retry
        return answer

    monkeypatch.setattr(closing, "ask", ask)
    store.put_caliper(store.key_of(record), CALIPER)
    qtbot.waitUntil(lambda: bool(store.problem), timeout=30_000)
    assert window.close() is closes
    assert asked[0][0] == 1
    assert "disk is full" in asked[0][1]
    assert store.unsaved == (0 if answer == "frees" else 1)
    full_disk["full"] = False
    window.close()
    store.close()


def test_a_window_closes_at_once_when_all_is_saved(
    qtbot: QtBot, tmp_path: Path, settings: Settings, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ask(*_: object) -> object:
        raise AssertionError("nobody is asked")

    monkeypatch.setattr(closing, "ask", ask)
    monkeypatch.setattr(closing, "WAIT_S", 60.0)  # a busy machine's disk may take longer than a reader would wait
    store = Store(tmp_path / "data")
    window = MainWindow(Session(settings, analyze=False, store=store))
    qtbot.addWidget(window)
    window.show()
    window.session.show_record(record)
    store.put_caliper(store.key_of(record), CALIPER)
    assert window.close()  # waits for the disk, a moment
    assert store.unsaved == 0
    store.close()


def test_a_folder_that_lets_nobody_write_shows_what_it_holds(
    qtbot: QtBot, tmp_path: Path, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Store(tmp_path / "data")
    key = first.key_of(record)
    first.put_caliper(key, CALIPER)
    assert first.flush()
    first.close()

    def refuse(*_: object, **_options: object) -> None:
        raise sqlite3.OperationalError("attempt to write a readonly database")

    with monkeypatch.context() as patch:
        patch.setattr("cardio_desktop.app.store_file._prepare", refuse)
        store = Store(tmp_path / "data")
    assert "cannot be written" in store.problem
    assert not store.persistent
    assert store.calipers(key) == (CALIPER,)
    assert store.unsaved == 0
    other = Caliper("b", CaliperKind.TIME, "V2", 2.0, 2.5)
    store.put_caliper(key, other)
    assert store.unsaved == 1
    store.retry()
    assert store.persistent
    assert store.flush()
    store.close()
    again = Store(tmp_path / "data")
    assert again.calipers(key) == (CALIPER, other)
    again.close()
