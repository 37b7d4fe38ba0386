"""Widgets in circles of references are destroyed by the window's thread, and never while Qt's widgets are listed."""

import gc
import subprocess
import sys
import threading

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from cardio_desktop.app.jobs import Job
from cardio_desktop.ui import garbage
from cardio_desktop.ui.garbage import Garbage, collect_due, collect_here
from cardio_desktop.ui.main_window import MainWindow

LISTING = """
import gc, sys
from PySide6.QtWidgets import QApplication, QComboBox, QMainWindow
from cardio_desktop.ui import garbage
from cardio_desktop.ui.garbage import collect_here

class Window(QMainWindow):
    def __init__(self):
        super().__init__()
        self.box = QComboBox(self)
        self.circle = lambda: self

app = QApplication([])
if sys.argv[1] == "kept":
    collect_here()
for _ in range(100):
    collecting = gc.isenabled()
    gc.disable()
    kept = Window()
    kept.box.view()  # Qt makes widgets that Python has not met
    for _ in range(10):
        Window().show()
    if collecting:
        gc.enable()
    gc.set_threshold(1, 1, 1)
    assert QApplication.{listing}()
    gc.set_threshold(700, 10, 10)
    gc.collect()
print("survived")
"""


def listed(listing: str, who: str) -> str:
    code = LISTING.replace("{listing}", listing)
    done = subprocess.run([sys.executable, "-c", code, who], capture_output=True, text=True, timeout=120, check=False)
    return done.stdout.strip()


@pytest.mark.parametrize("listing", ["allWidgets", "topLevelWidgets"])
def test_listing_widgets_survives_windows_that_nobody_holds(listing: str) -> None:
    assert listed(listing, "kept") == "survived"


def test_a_window_lets_no_other_thread_collect(qtbot: QtBot, window: MainWindow) -> None:
    """Work that makes many circles runs in the pool; a widget that nobody holds is destroyed all the same, but here."""
    threads: set[threading.Thread] = set()

    def note(phase: str, _info: dict[str, int]) -> None:
        threads.add(threading.current_thread())

    def work(_progress: object) -> int:
        for _ in range(20_000):
            circle: list[object] = []
            circle.append(circle)
        return 1

    ended: list[int] = []
    gone: list[threading.Thread] = []

    class Held(QWidget):
        def __del__(self) -> None:
            gone.append(threading.current_thread())

    gc.collect()
    gc.callbacks.append(note)
    try:
        left = Held()
        left.circle = left  # type: ignore[attr-defined]
        del left
        for _ in range(4):
            job = Job("circles", work)
            job.done.connect(ended.append)
            window.session.jobs.start(job)
        qtbot.waitUntil(lambda: len(ended) == 4, timeout=60_000)
        qtbot.waitUntil(lambda: bool(gone), timeout=60_000)
    finally:
        gc.callbacks.remove(note)
    assert threads == {threading.main_thread()}
    assert gone == [threading.main_thread()]


def test_a_second_window_changes_nothing(qtbot: QtBot, window: MainWindow) -> None:
    app = QApplication.instance()
    assert app is not None
    collect_here()
    assert len(app.findChildren(Garbage)) == 1
    assert not gc.isenabled()


@pytest.mark.parametrize(("made", "generation"), [(500, None), (1000, 0), (9000, 1), (90_000, 2)])
def test_as_much_is_collected_as_python_would_have(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, made: int, generation: int | None
) -> None:
    monkeypatch.setattr(garbage, "_kept", 0)
    monkeypatch.setattr(garbage, "_grown", garbage.PATIENCE - 1 if generation == 2 else 0)
    gc.collect()
    held: list[list[int]] = [[] for _ in range(made)]
    assert collect_due() == generation
    assert len(held) == made


def test_everything_is_looked_through_only_after_growth(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(garbage, "_kept", 10 * len(gc.get_objects()))
    monkeypatch.setattr(garbage, "_grown", 0)
    gc.collect()
    held: list[list[int]] = [[] for _ in range(90_000)]
    assert collect_due() == 1
    assert len(held) == 90_000


def test_what_is_held_for_a_moment_is_not_looked_through(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    gc.collect()
    monkeypatch.setattr(garbage, "_kept", len(gc.get_objects()))
    monkeypatch.setattr(garbage, "_grown", 0)
    many = round(garbage.GROWTH * len(gc.get_objects())) + 100_000
    held: list[list[int]] = [[] for _ in range(many)]
    assert collect_due() == 1
    assert len(held) == many
    del held
    assert collect_due() != 2
    held = [[] for _ in range(many)]
    found = [collect_due() for _ in range(garbage.PATIENCE)]
    assert found[-1] == 2
    assert 2 not in found[:-1]
    assert len(held) == many
