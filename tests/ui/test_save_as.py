"""Save as: the dialog remembers, asks before it replaces, and says what a format does not hold."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QMessageBox, QProgressDialog
from pytestqt.qtbot import QtBot

from cardio_desktop.app.settings import Settings
from cardio_desktop.core.record import Patient, Record
from cardio_desktop.io import open_record
from cardio_desktop.ui.commands.save_as import SaveAsDialog, save_as
from cardio_desktop.ui.main_window import MainWindow


def holding(window: MainWindow, record: Record) -> None:
    window.session.state = replace(window.session.state, record=record)


def test_the_dialog_remembers_folder_and_format(
    qtbot: QtBot, steps: Record, settings: Settings, tmp_path: Path, window
):
    dialog = SaveAsDialog(steps, settings, window)
    assert dialog.target() == tmp_path
    dialog.format.setCurrentIndex(dialog.format.findData("aecg"))
    dialog.folder.setText(str(tmp_path / "elsewhere"))
    dialog._accept()
    again = SaveAsDialog(steps, settings, window)
    assert (again.kind(), again.target()) == ("aecg", tmp_path / "elsewhere")
    assert again.name.text() == "step"
    again.hide_patient.setChecked(True)
    assert again.deidentify()
    assert not again.name.isEnabled()


def test_the_dialog_asks_before_it_replaces(steps: Record, settings: Settings, tmp_path: Path, window, monkeypatch):
    (tmp_path / "step.dcm").write_bytes(b"old")
    asked = []

    def answer(*words: object) -> QMessageBox.StandardButton:
        asked.append(words[2])
        return QMessageBox.StandardButton.No if len(asked) == 1 else QMessageBox.StandardButton.Yes

    monkeypatch.setattr(QMessageBox, "question", answer)
    dialog = SaveAsDialog(steps, settings, window)
    dialog.format.setCurrentIndex(dialog.format.findData("dicom"))
    dialog._accept()
    assert not dialog.result()
    assert not dialog.replace
    dialog._accept()
    assert dialog.result()
    assert dialog.replace
    assert "step.dcm" in asked[0]


@pytest.mark.parametrize("clean", [False, True])
def test_the_record_is_written_and_losses_are_shown(qtbot: QtBot, window, steps: Record, tmp_path: Path, clean: bool):
    record = replace(steps, patient=Patient(id="X1", name="Meier", age_years=50.0))
    holding(window, record)
    job = save_as(window.session, window, window.statusBar(), "edf", tmp_path / "out", "mine", deidentify=clean)
    assert job
    qtbot.waitUntil(lambda: not window.session.jobs.running, timeout=60_000)
    qtbot.waitUntil(lambda: bool(window.findChildren(QMessageBox)), timeout=60_000)
    (path,) = (tmp_path / "out").iterdir()
    found = open_record(path)
    np.testing.assert_allclose(found.leads["V1"].millivolts(), steps.leads["V1"].millivolts(), atol=1e-9)
    assert (path.name == "mine.edf") != clean
    assert (found.patient.name == "Meier") != clean
    (box,) = window.findChildren(QMessageBox)
    assert "age" in box.informativeText()
    box.close()


def test_a_cancel_leaves_nothing(qtbot: QtBot, window, steps: Record, tmp_path: Path):
    holding(window, steps)
    job = save_as(window.session, window, window.statusBar(), "wfdb", tmp_path / "out", "mine")
    assert job
    job.cancel()
    qtbot.waitUntil(lambda: not window.session.jobs.running, timeout=60_000)
    left = [path.suffix for path in (tmp_path / "out").iterdir()] if (tmp_path / "out").exists() else []
    assert left in ([], [".dat", ".hea"], [".hea", ".dat"])  # nothing, or all of it where the cancel came too late
    qtbot.waitUntil(lambda: not window.findChildren(QProgressDialog), timeout=60_000)


def test_the_records_own_files_are_never_replaced(qtbot: QtBot, window, steps: Record, tmp_path: Path):
    holding(window, steps)
    before = steps.path.read_bytes()
    told = []
    window.session.tell = told.append
    save_as(window.session, window, window.statusBar(), "wfdb", tmp_path, "step", replace=True)
    qtbot.waitUntil(lambda: not window.session.jobs.running, timeout=60_000)
    assert steps.path.read_bytes() == before
    assert not (tmp_path / "step.dat").exists()


def test_nothing_is_asked_without_a_record(window):
    assert save_as(window.session, window, window.statusBar(), "wfdb", Path(), "x") is None
