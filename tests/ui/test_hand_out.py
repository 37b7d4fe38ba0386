"""Hand out results: the dialog remembers and asks before it replaces; files come whole, named or not, or none does."""

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialogButtonBox, QMessageBox, QProgressDialog
from pytestqt.qtbot import QtBot

from cardio_desktop.app.settings import Settings
from cardio_desktop.core.errors import CardioError
from cardio_desktop.core.findings import Findings
from cardio_desktop.core.record import Patient, Record
from cardio_desktop.handover.outbox import ENDINGS, KINDS
from cardio_desktop.io import open_record
from cardio_desktop.paths import asset
from cardio_desktop.reading.pipeline import analyze
from cardio_desktop.ui.commands.hand_out import HandOutDialog, hand_out, kind_words
from cardio_desktop.ui.main_window import MainWindow


@pytest.fixture(scope="module")
def judged() -> tuple[Record, Findings]:
    record = open_record(asset("resources/samples") / "normal.hea")
    patient = Patient(id="X7742", name="Meier", age_years=50.0)
    record = replace(record, patient=patient, start_time=datetime(2020, 1, 2, 3, 4, 5))
    return record, analyze(record, None)


@pytest.fixture
def reading(window: MainWindow, judged: tuple[Record, Findings]) -> Iterator[MainWindow]:
    session = window.session
    session.state = replace(session.state, record=judged[0], findings=judged[1])
    yield window
    session.state = replace(session.state, record=None, findings=None)


def finished(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.session.jobs.running, timeout=60_000)


def test_every_kind_is_offered_and_folder_and_kinds_are_remembered(
    reading: MainWindow, judged: tuple[Record, Findings], settings: Settings, tmp_path: Path
) -> None:
    assert tuple(kind_words()) == KINDS
    dialog = HandOutDialog(judged[0], settings, reading)
    assert dialog.kinds() == KINDS
    assert dialog.target() == judged[0].path.parent
    for kind in ("pdf", "sr", "fhir"):
        dialog.boxes[kind].setChecked(False)
    dialog.folder.setText(str(tmp_path / "out box"))
    dialog._accept()
    assert dialog.result()
    again = HandOutDialog(judged[0], settings, reading)
    assert (again.kinds(), again.target()) == (("hl7", "csv"), tmp_path / "out box")
    assert not again.deidentify()  # whether a patient is left out is asked each time


def test_nothing_chosen_cannot_be_handed_out(reading: MainWindow, judged, settings: Settings) -> None:
    dialog = HandOutDialog(judged[0], settings, reading)
    save = dialog.buttons.button(QDialogButtonBox.StandardButton.Save)
    assert save.isEnabled()
    for box in dialog.boxes.values():
        box.setChecked(False)
    assert not save.isEnabled()
    dialog.boxes["sr"].setChecked(True)
    assert save.isEnabled()


def test_the_dialog_asks_before_it_replaces(
    reading: MainWindow, judged, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "normal.hl7").write_bytes(b"old")
    asked: list[str] = []
    buttons = QMessageBox.StandardButton

    def answer(*words: object) -> QMessageBox.StandardButton:
        asked.append(str(words[2]))
        return buttons.No if len(asked) == 1 else buttons.Yes

    monkeypatch.setattr(QMessageBox, "question", answer)
    dialog = HandOutDialog(judged[0], settings, reading)
    dialog.folder.setText(str(tmp_path))
    dialog._accept()
    assert not dialog.result()
    assert not dialog.replace
    dialog._accept()
    assert dialog.result()
    assert dialog.replace
    assert "normal.hl7" in asked[0]
    assert "csv" not in asked[0]


@pytest.mark.parametrize("clean", [False, True])
def test_all_kinds_are_written_and_said(qtbot: QtBot, reading: MainWindow, tmp_path: Path, clean: bool) -> None:
    out = tmp_path / "out"
    assert hand_out(reading.session, reading, reading.statusBar(), KINDS, out, deidentify=clean)
    finished(qtbot, reading)
    qtbot.waitUntil(lambda: "Written" in reading.statusBar().currentMessage())
    files = sorted(path.name for path in out.iterdir())
    assert len(files) == len(KINDS)
    assert all(name in reading.statusBar().currentMessage() for name in files)
    assert (files == sorted(f"normal{ending}" for ending in ENDINGS.values())) != clean
    (bundle,) = out.glob("*-fhir.json")
    assert json.loads(bundle.read_text())["resourceType"] == "Bundle"
    for path in out.iterdir():
        if path.name.endswith((".hl7", ".csv", ".json", "-sr.dcm")):
            assert (b"X7742" in path.read_bytes()) != clean, path.name
    qtbot.waitUntil(lambda: not reading.findChildren(QProgressDialog))


def test_a_folder_that_cannot_be_made_gives_one_sentence(qtbot: QtBot, reading: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    told: list[CardioError] = []
    reading.session.tell = told.append  # type: ignore[method-assign]
    hand_out(reading.session, reading, reading.statusBar(), ("csv",), tmp_path / "file" / "out")
    finished(qtbot, reading)
    qtbot.waitUntil(lambda: bool(told))
    assert "out" in str(told[0])
    assert len(told) == 1


def test_a_cancel_leaves_nothing_and_the_window_is_never_blocked(
    qtbot: QtBot, reading: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = threading.Event(), threading.Event()
    on_thread: list[int] = []

    def slow(created: datetime, progress: object) -> bytes:
        on_thread.append(threading.get_ident())
        begun.set()
        go_on.wait(30)
        return b"%PDF-1.4"

    monkeypatch.setattr(reading.session, "report_maker", lambda _look: slow)
    job = hand_out(reading.session, reading, reading.statusBar(), KINDS, tmp_path / "out")
    assert job
    assert begun.wait(30)
    assert on_thread != [threading.get_ident()]
    (box,) = reading.findChildren(QProgressDialog)
    box.canceled.emit()
    go_on.set()
    finished(qtbot, reading)
    assert job.cancelled
    assert not list((tmp_path / "out").glob("*"))
    qtbot.waitUntil(lambda: not reading.findChildren(QProgressDialog))


def test_nothing_is_handed_out_without_findings(reading: MainWindow, tmp_path: Path) -> None:
    reading.session.state = replace(reading.session.state, findings=None)
    assert hand_out(reading.session, reading, reading.statusBar(), KINDS, tmp_path) is None
    assert not reading.actions_table.commands["hand-out"].possible(reading.session.state)
