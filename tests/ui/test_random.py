"""Thousands of random things done to the real, maximised window, with language, theme and layout changes among them.

No exception, no Qt warning, nothing left behind. Usually 700 steps are tried from each of three seeds; the full run,
some five minutes of an idle machine, is

    CARDIO_RANDOM_STEPS=5000 QT_QPA_PLATFORM=offscreen python -m pytest tests/ui/test_random.py -q

and `-k 4711` takes one seed alone.
"""

import gc
import os
import random
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QInputDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from cardio_desktop.app.i18n import use_language
from cardio_desktop.app.session import Session
from cardio_desktop.core.record import Record
from cardio_desktop.ui.main_window import MainWindow
from cardio_desktop.ui.renewal import renew
from tests.ui.conftest import step_record
from tests.ui.test_findings_panel import full

STEPS = int(os.environ.get("CARDIO_RANDOM_STEPS", "700"))
SEEDS = (20261126, 7, 4711)
REPAINT_EVERY = 40
# What leaves the window, asks the system or starts work of its own is tested elsewhere.
LEFT_OUT = {"quit", "analyze", "analyze-page", "analyze-all", "print", "print-paper", "open-folder"}


@pytest.fixture
def quiet(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    """A window whose questions are all answered with No."""
    monkeypatch.setattr(QDialog, "exec", lambda _self: 0)
    for name in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, name, staticmethod(lambda *_a, **_k: ("", "")))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", staticmethod(lambda *_a, **_k: ""))
    monkeypatch.setattr(QInputDialog, "getText", staticmethod(lambda *_a, **_k: ("a name", True)))
    monkeypatch.setattr(QMessageBox, "question", staticmethod(lambda *_a, **_k: QMessageBox.StandardButton.No))
    monkeypatch.setattr(QMessageBox, "about", staticmethod(lambda *_a, **_k: None))
    window.worklist._analyze = False
    return window


def records(folder: Path) -> list[Record]:
    made = []
    for k, (rate_hz, duration_s) in enumerate([(500.0, 10.0), (250.0, 30.0), (100.0, 2.5)]):
        place = folder / str(k)
        place.mkdir()
        made.append(step_record(place, rate_hz=rate_hz, duration_s=duration_s))
    short = made[0]
    return [*made, replace(short, channels=short.channels[:2])]


@pytest.mark.parametrize("seed", SEEDS)
def test_random_steps_leave_nothing_behind(
    qtbot: QtBot, quiet: MainWindow, tmp_path: Path, capture_exceptions: list[object], seed: int
) -> None:
    window, session, dice = quiet, quiet.session, random.Random(seed)
    old_sessions = []
    window.showMaximized()
    QApplication.processEvents()
    opened = records(tmp_path)
    found = {record.path: full(record) for record in opened[:2]}
    commands = [name for name in window.actions_table.commands if name not in LEFT_OUT]
    windows = set(QApplication.topLevelWidgets())
    keys = [Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Period, Qt.Key.Key_Tab, Qt.Key.Key_Escape, Qt.Key.Key_Space]

    def trigger() -> None:
        window.actions_table[dice.choice(commands)].trigger()

    def open_one() -> None:
        record = dice.choice(opened)
        session.show_record(record)
        if record.path in found and dice.random() < 0.8:
            session.show_findings(record, found[record.path])

    def mouse() -> None:
        view = window.paper.viewport()
        at = QPoint(dice.randrange(max(view.width(), 1)), dice.randrange(max(view.height(), 1)))
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=at)

    def key() -> None:
        target = window.focusWidget() or window.paper
        QTest.keyClick(target, dice.choice(keys))

    def panel() -> None:
        rows = [*window.panel.narrative.rows, *window.panel.rhythm.rows]
        if rows:
            dice.choice(rows).chosen.emit()

    def opinion() -> None:
        session.opinions.toggle(dice.choice(["tier", "rhythm", "class:MI"]), dice.choice(["agree", "disagree"]))

    def tools() -> None:
        window.docks["evidence"].widget().threshold.setValue(dice.randrange(96))
        window.docks["median"].widget().choose(dice.choice([None, "V1"]))

    def write() -> None:
        window.panel.conclusion.edit.setPlainText(f"reading {dice.random()}")

    def renewed() -> MainWindow:
        made = MainWindow(Session(session.settings, analyze=False))
        qtbot.addWidget(made)
        made.worklist._analyze = False
        made.show()
        return made

    def speak() -> None:
        nonlocal window, session
        use_language(dice.choice(["en", "de"]))
        window.setUpdatesEnabled(True)
        QApplication.processEvents()
        old_sessions.append(session)
        window = renew(window, renewed)
        session = window.session
        QApplication.processEvents()
        window.setUpdatesEnabled(False)

    def look() -> None:
        kinds = ("theme:", "layout:", "letters-", "paper:", "language:")
        window.actions_table[dice.choice([name for name in commands if name.startswith(kinds)])].trigger()

    doings = [trigger] * 12 + [mouse] * 3 + [key] * 3 + [panel, opinion, tools, write]
    open_one()
    # Repainting costs most and is done now and then; the state changes at every step.
    window.setUpdatesEnabled(False)
    for step in range(STEPS):
        if step % 60 == 59:
            open_one()
        elif step % 90 == 45:
            speak()
        elif step % 11 == 5:
            look()
        else:
            dice.choice(doings)()
        if step % REPAINT_EVERY == 0:
            window.setUpdatesEnabled(True)
            window.show()
            QApplication.processEvents()
            window.grab()
            window.setUpdatesEnabled(False)
    window.setUpdatesEnabled(True)
    qtbot.waitUntil(lambda: not session.jobs.running, timeout=20_000)
    QApplication.sendPostedEvents(None, int(QEvent.Type.DeferredDelete))
    gc.collect()
    left = {widget for widget in QApplication.topLevelWidgets() if widget not in windows and lasting(widget)}
    left -= {window}
    assert left == set()
    for earlier in old_sessions:
        assert earlier.jobs.shut_down()
    assert capture_exceptions == []
    if window.theme is not None:
        window.theme.choose("system")
        window.theme.resize_letters(None)
    use_language("en")


def lasting(widget: QWidget) -> bool:
    """Return whether a top-level widget is one that somebody forgot, not a tool tip or menu that Qt keeps."""
    return not widget.windowType() & Qt.WindowType.Popup and widget.metaObject().className() != "QTipLabel"


@pytest.fixture
def capture_exceptions(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Whatever a slot raises, which Qt would only print."""
    import sys

    caught: list[object] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: caught.append(error))
    return caught
