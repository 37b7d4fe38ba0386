"""A run that ends badly is taken up again if the reader wishes; of one that ends well, or lives, nothing is asked."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import wfdb
from pytestqt.qtbot import QtBot

from cardio_desktop.app.open_windows import OpenWindow, OpenWindows
from cardio_desktop.app.session import Session
from cardio_desktop.app.settings import Settings
from cardio_desktop.app.store import Store
from cardio_desktop.app.viewport import Viewport
from cardio_desktop.ui.main_window import MainWindow
from cardio_desktop.ui.reopen import Remembering, ask_to_reopen


@pytest.fixture
def record_path(tmp_path: Path) -> Path:
    """Thirty seconds of twelve leads, as a file."""
    names = ["I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6"]
    signal_mv = np.sin(np.arange(3000) / 9.0)[:, None].repeat(12, axis=1)
    wfdb.wrsamp(
        "rec", fs=100, units=["mV"] * 12, sig_name=names, p_signal=signal_mv, fmt=["16"] * 12, write_dir=str(tmp_path)
    )
    return tmp_path / "rec.hea"


@pytest.fixture
def store(qapp: object, tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "data")
    yield store
    store.close()


def make_window(qtbot: QtBot, settings: Settings, store: Store, windows: OpenWindows) -> tuple[MainWindow, Remembering]:
    window = MainWindow(Session(settings, analyze=False, store=store))
    qtbot.addWidget(window)
    window.show()
    return window, Remembering(window, windows)


RUN = """
import sys
from PySide6.QtCore import QTimer
from cardio_desktop.ui import application
app = application.make_application()
def look():
    window = next((w for w in app.topLevelWidgets() if w.objectName() == "main"), None)
    if window is None or window.session.state.record is None:
        return
    timer.stop()
    record = window.session.state.record
    window.session.set_viewport(window.session.state.viewport.moved_to(record, 7.25))
    window.session.look(layout_id="6x2")
    window.session.store.flush()
    print("looking", flush=True)
timer = QTimer()
timer.timeout.connect(look)
timer.start(50)
application.run([sys.argv[1]])
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kill -9 is a thing of POSIX")
def test_after_a_kill_one_question_leads_back_to_where_the_reader_was(
    qtbot: QtBot, settings: Settings, tmp_path: Path, record_path: Path
) -> None:
    root = Path(__file__).resolve().parents[2]
    environment = {
        **os.environ,
        "PYTHONPATH": str(root),
        "CARDIO_DESKTOP_DATA": str(tmp_path / "data"),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
    }
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, str(record_path)], stdout=subprocess.PIPE, text=True, env=environment
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "looking"
    store = Store(tmp_path / "data")
    windows = OpenWindows(store)
    assert windows.left_behind() == {}, "a run that lives is not asked about"
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    window, remembering = make_window(qtbot, settings, store, windows)
    assert ask_to_reopen(remembering, windows, lambda: remembering)
    assert window.desk.notice.isVisible()
    assert "rec.hea" in window.desk.notice.text.text()
    window.desk.notice.yes.click()
    qtbot.waitUntil(lambda: window.session.state.record is not None, timeout=20_000)
    assert window.session.state.viewport.start_s == 7.25
    assert window.session.state.viewport.layout_id == "6x2"
    assert windows.left_behind() == {}
    assert not ask_to_reopen(remembering, windows, lambda: remembering)
    window.close()
    windows.close()
    store.close()


def test_a_window_that_was_closed_leaves_nothing(
    qtbot: QtBot, settings: Settings, store: Store, tmp_path: Path, record_path: Path
) -> None:
    from cardio_desktop.io import open_record

    windows = OpenWindows(store)
    window, _remembering = make_window(qtbot, settings, store, windows)
    window.session.show_record(open_record(record_path))
    assert store.items("", "session")
    window.close()
    assert not store.items("", "session")
    windows.close()


def left(store: Store, path: Path) -> None:
    """What a dead run leaves: an item, and no lock that anybody holds."""
    values = {"path": str(path), "viewport": dict(OpenWindow.of(path, Viewport(start_s=3.0)).viewport)}
    store.put_item("", "session", "dead/window", values)


def test_no_is_an_answer_for_good(qtbot: QtBot, settings: Settings, store: Store, record_path: Path) -> None:
    left(store, record_path)
    windows = OpenWindows(store)
    window, remembering = make_window(qtbot, settings, store, windows)
    assert ask_to_reopen(remembering, windows, lambda: remembering)
    window.desk.notice.no.click()
    assert not window.desk.notice.isVisible()
    assert window.session.state.record is None
    assert not ask_to_reopen(remembering, windows, lambda: remembering)
    windows.close()


def test_a_file_that_is_gone_is_not_asked_about(qtbot: QtBot, settings: Settings, store: Store, tmp_path: Path) -> None:
    left(store, tmp_path / "gone.hea")
    windows = OpenWindows(store)
    _window, remembering = make_window(qtbot, settings, store, windows)
    assert not ask_to_reopen(remembering, windows, lambda: remembering)
    windows.close()


def test_a_damaged_memory_of_the_view_is_left_out() -> None:
    kept = OpenWindow(Path("x"), {"start_s": 4.0, "layout_id": 7, "zoom": "wide", "speed_mm_per_s": None, "made_up": 1})
    viewport = kept.applied_to(Viewport())
    assert viewport.start_s == 4.0
    assert (viewport.layout_id, viewport.speed_mm_per_s) == (Viewport().layout_id, Viewport().speed_mm_per_s)


def test_without_a_data_folder_nothing_is_asked(qtbot: QtBot, settings: Settings) -> None:
    store = Store()
    windows = OpenWindows(store)
    _window, remembering = make_window(qtbot, settings, store, windows)
    assert not ask_to_reopen(remembering, windows, lambda: remembering)


def test_a_damaged_store_is_said_above_the_paper_and_stays(
    qtbot: QtBot, settings: Settings, tmp_path: Path, record_path: Path
) -> None:
    from cardio_desktop.app.store import FILE_NAME
    from cardio_desktop.io import open_record

    (tmp_path / "data").mkdir()
    (tmp_path / "data" / FILE_NAME).write_bytes(b"no database" * 500)
    store = Store(tmp_path / "data")
    windows = OpenWindows(store)
    window, _remembering = make_window(qtbot, settings, store, windows)
    window.session.show_record(open_record(record_path))
    assert window.desk.notice.isVisible()
    assert "put aside" in window.desk.notice.text.text()
    window.close()
    windows.close()
    store.close()


def test_a_file_that_stood_in_two_windows_is_offered_once(
    qtbot: QtBot, settings: Settings, store: Store, record_path: Path
) -> None:
    left(store, record_path)
    again = {"path": str(record_path.parent / "." / record_path.name), "viewport": {}}
    store.put_item("", "session", "dead/other", again)
    store.put_item("", "session", "older/window", again)
    windows = OpenWindows(store)
    window, remembering = make_window(qtbot, settings, store, windows)
    made: list[object] = []
    assert ask_to_reopen(remembering, windows, lambda: made.append(1) or remembering)  # type: ignore[func-returns-value]
    assert window.desk.notice.text.text().count(record_path.name) == 1
    window.desk.notice.yes.click()
    assert made == []  # one file, one window
    assert windows.left_behind() == {}
    qtbot.waitUntil(lambda: window.session.state.record is not None and not window.session.state.busy, timeout=20_000)
    window.close()
    windows.close()
