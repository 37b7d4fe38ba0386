"""What is typed is kept while it is typed, and no key goes astray between texts and commands."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cardio_desktop.app.store import Store
from cardio_desktop.core.record import Record
from cardio_desktop.ui.main_window import MainWindow
from cardio_desktop.ui.panels.sections.opinion import CommentDialog

TYPIST = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QSettings
from PySide6.QtTest import QTest
from cardio_desktop.app.session import Session
from cardio_desktop.app.settings import Settings
from cardio_desktop.app.store import Store
from cardio_desktop.io import open_record
from cardio_desktop.paths import asset
from cardio_desktop.ui.application import make_application
from cardio_desktop.ui.main_window import MainWindow

app = make_application()
folder = Path(sys.argv[1])
settings = Settings(QSettings(str(folder / "s.ini"), QSettings.Format.IniFormat))
window = MainWindow(Session(settings, store=Store(folder / "data"), analyze=False))
window.show()
record = open_record(asset("resources/samples/lbbb.hea"))
window.session.show_record(record)
print(window.session.opinions.key, flush=True)
edit = window.panel.conclusion.edit
edit.setFocus()
for n in range(100_000):
    QTest.keyClicks(edit, f"w{n} ")
    print(n, time.time(), flush=True)
    until = time.monotonic() + 0.05
    while time.monotonic() < until:
        app.processEvents()
        time.sleep(0.005)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kill -9 is a thing of POSIX")
def test_a_kill_while_somebody_types_without_a_pause_loses_at_most_two_seconds(qapp: object, tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    environment = {**os.environ, "PYTHONPATH": str(root), "QT_QPA_PLATFORM": "offscreen"}
    process = subprocess.Popen(
        [sys.executable, "-c", TYPIST, str(tmp_path)], stdout=subprocess.PIPE, text=True, env=environment
    )
    assert process.stdout is not None
    key = process.stdout.readline().strip()
    typed: list[tuple[int, float]] = []
    while not typed or typed[-1][1] - typed[0][1] < 4.0:
        number, moment = process.stdout.readline().split()
        typed.append((int(number), float(moment)))
    killed = time.time()
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    store = Store(tmp_path / "data")
    kept = store.conclusion(key).text.split()
    store.close()
    due = [f"w{number}" for number, moment in typed if moment < killed - 2.0]
    assert len(due) > 10
    assert kept[: len(due)] == due


def open_record(window: MainWindow, record: Record) -> None:
    window.session.show_record(record)
    window.activateWindow()
    QApplication.processEvents()


def test_escape_and_ctrl_return_leave_the_reading_and_decide_nothing(window: MainWindow, steps: Record) -> None:
    open_record(window, steps)
    edit = window.panel.conclusion.edit
    for key, modifier in (
        (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier),
    ):
        edit.setFocus()
        QTest.keyClicks(edit, "x")
        QTest.keyClick(edit, key, modifier)
        assert window.paper.hasFocus()
        assert window.session.conclusions.present.text == edit.toPlainText()
    assert edit.toPlainText() == "xx"
    assert window.session.opinions.of("tier").verdict == ""


def test_every_letter_that_is_a_command_is_typed_while_one_types(window: MainWindow, steps: Record) -> None:
    open_record(window, steps)
    edit = window.panel.conclusion.edit
    edit.setFocus()
    before = window.session.state.viewport
    letters = "abcdefghijklmnopqrstuvwxyz0123456789+-=., NPHW?[]<>"
    QTest.keyClicks(edit, letters)
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageDown):
        QTest.keyClick(edit, key)
    assert edit.toPlainText() == letters
    assert window.session.state.viewport == before


def test_the_keyboard_goes_to_the_paper_when_the_curtain_goes(window: MainWindow, steps: Record) -> None:
    window.session.reading.set_on(True)
    open_record(window, steps)
    button = window.panel.curtain.button
    assert button.isVisible()
    button.setFocus()
    button.click()
    assert not button.isVisible()
    assert not window.panel.conclusion.edit.hasFocus()
    QTest.keyClicks(window.focusWidget(), "n")
    assert window.panel.conclusion.edit.toPlainText() == ""


def test_a_comment_is_kept_while_it_is_typed_and_finished_by_ctrl_return(qtbot: QtBot) -> None:
    dialog = CommentDialog("Risk tier", "old")
    qtbot.addWidget(dialog)
    kept: list[str] = []
    dialog.edit.kept.connect(kept.append)
    dialog.show()
    QTest.keyClicks(dialog.edit, " new")
    qtbot.waitUntil(lambda: kept == ["old new"], timeout=5000)
    QTest.keyClicks(dialog.edit, "er")
    QTest.keyClick(dialog.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dialog.result() == CommentDialog.DialogCode.Accepted
    assert kept[-1] == "old newer"
    again = CommentDialog("Risk tier", "old")
    qtbot.addWidget(again)
    again.show()
    QTest.keyClick(again.edit, Qt.Key.Key_Escape)
    assert again.result() == CommentDialog.DialogCode.Accepted
    third = CommentDialog("Risk tier", "old")
    third.take_back()
    assert third.result() == CommentDialog.DialogCode.Rejected
