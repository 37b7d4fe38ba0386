"""Drives the real window as a reader would: keys and seconds from "next" to "signed", for two kinds of ECG.

A list of simulated records is opened, and each is read by keys alone: a normal ECG is accepted and signed, an abnormal
one is concluded in words, with acronyms, and signed. The seconds are the program's: from the key to what it shows; how
long a reader looks is the reader's.

    python packaging/drive_signing.py            print the figures
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
WAIT_S = 60.0
NORMALS = 3
READER = ("Driven Reader", "test")

if TYPE_CHECKING:
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QWidget

    from cardio_desktop.ui.main_window import MainWindow


@dataclass
class Driver:
    """A reader at the keyboard: counts keys, and the seconds that the program takes after each."""

    window: MainWindow
    keys: int = 0
    waited_s: float = 0.0
    steps: list[str] = field(default_factory=list)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier | None = None, *, into: QWidget | None = None) -> None:
        """Press one key where the keyboard is."""
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        held = modifiers if modifiers is not None else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(into or self.window.focusWidget() or self.window, key, held)
        self.keys += 1
        self.steps.append(Qt.Key(key).name)

    def type(self, text: str) -> None:
        """Type a text where the keyboard is."""
        from PySide6.QtTest import QTest

        for letter in text:
            QTest.keyClicks(self.window.focusWidget(), letter)
            self.keys += 1
        self.steps.append(repr(text))

    def wait(self, done: Callable[[], bool], what: str) -> None:
        """Let the program work until something is done; raises TimeoutError where it never is."""
        from PySide6.QtWidgets import QApplication

        start = time.monotonic()
        while not done():
            if time.monotonic() - start > WAIT_S:
                raise TimeoutError(f"the window did not come to this: {what}")
            QApplication.processEvents()
            time.sleep(0.005)
        for _ in range(3):
            QApplication.processEvents()
        self.waited_s += time.monotonic() - start

    def look(self) -> None:
        """Read the line for as long as the window thinks that this takes; not the program's time."""
        self.wait(lambda: self.window.panel.machine.is_seen, "the program's line is seen")
        before = self.waited_s
        self.wait(lambda: self.window.panel.machine.is_read, "the line can be read")
        self.waited_s = before

    def fresh(self) -> None:
        """Count from here."""
        self.keys, self.waited_s, self.steps = 0, 0.0, []


def ready(window: MainWindow, name: str) -> bool:
    """Return whether a record is on the paper with its findings."""
    state = window.session.state
    is_it = state.record is not None and state.record.path.name == name
    return is_it and state.findings is not None and state.settled and not state.busy


def signed(window: MainWindow, key: str | None) -> bool:
    """Return whether a record is signed in the store."""
    return key is not None and window.session.store.signed(key)


def make_records(folder: Path) -> list[str]:
    """Write normal records and one with a bundle branch block; return their names in reading order."""
    sys.path.insert(0, str(ROOT / "packaging"))
    from make_samples import write_wfdb

    from cardio_desktop.simulate import simulate_record

    names = []
    for number, kind in enumerate(["normal"] * NORMALS + ["lbbb", "normal"]):
        name = f"{number:02d}-{kind}"
        write_wfdb(simulate_record(kind, seed=number), name, folder)
        names.append(f"{name}.hea")
    return names


def open_list(driver: Driver, folder: Path, first: str) -> None:
    """Open the folder as a list by name, and its first record."""
    from PySide6.QtCore import Qt

    from cardio_desktop.ui.lists.worklist_words import Column

    window = driver.window
    window.worklist_dock.open_folder(folder)
    driver.wait(lambda: len(window.worklist.entries) == NORMALS + 2, "the folder is listed")
    window.worklist_dock.table.sortByColumn(Column.NAME, Qt.SortOrder.AscendingOrder)
    window.session.open(folder / first)
    driver.wait(lambda: ready(window, first), "the first record is open")
    window.paper.setFocus()


def drive(window: MainWindow, folder: Path) -> dict[str, tuple[int, float, list[str]]]:
    """Read a list by keys; return keys, seconds and what was pressed from "next" to "signed", by kind of ECG."""
    from PySide6.QtCore import Qt

    from cardio_desktop.core.conclusion import Signer

    names = make_records(folder)
    window.session.settings.reader.set_signer(Signer(*READER))
    driver = Driver(window)
    open_list(driver, folder, names[0])
    found = {}

    # From "next": the first record is left as it is.
    driver.fresh()
    driver.press(Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    driver.wait(lambda: ready(window, names[1]), "the next record is open")
    driver.look()
    key = window.session.conclusions.key
    driver.press(Qt.Key.Key_F4)
    driver.wait(lambda: signed(window, key), "it is signed")
    found["normal, from next"] = driver.keys, driver.waited_s, driver.steps

    # After signing the window has gone on by itself.
    driver.fresh()
    driver.wait(lambda: ready(window, names[2]), "it has gone on")
    driver.look()
    key = window.session.conclusions.key
    driver.press(Qt.Key.Key_F4)
    driver.wait(lambda: signed(window, key), "it is signed")
    found["normal, gone on by itself"] = driver.keys, driver.waited_s, driver.steps

    driver.fresh()
    driver.wait(lambda: ready(window, names[3]), "it has gone on to the abnormal one")
    key = window.session.conclusions.key
    driver.press(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    driver.type("sr, lbbb.")
    driver.press(Qt.Key.Key_F12)
    driver.wait(lambda: signed(window, key), "it is signed")
    found["abnormal, in own words"] = driver.keys, driver.waited_s, driver.steps
    driver.wait(lambda: ready(window, names[4]), "it has gone on to the last")
    return found


def main() -> int:
    """Drive a window and print the figures."""
    if sys.platform.startswith("linux"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QSettings

    from cardio_desktop.app.session import Session
    from cardio_desktop.app.settings import Settings
    from cardio_desktop.ui.application import make_application
    from cardio_desktop.ui.main_window import MainWindow

    make_application()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "records"
        folder.mkdir()
        settings = Settings(QSettings(str(Path(temporary) / "settings.ini"), QSettings.Format.IniFormat))
        settings.set_read_first(False)
        window = MainWindow(Session(settings))
        window.resize(1280, 800)
        window.show()
        for name, (keys, seconds, steps) in drive(window, folder).items():
            print(f"{name:28} {keys:3d} keys  {seconds:6.2f} s   {' '.join(steps)}")
        window.close()
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    raise SystemExit(main())
