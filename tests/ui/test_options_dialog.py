"""A table of numbers that does not say its rate or unit: asked for without stopping anything, and remembered."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialogButtonBox
from pytestqt.qtbot import QtBot

from cardio_desktop.app.settings import Settings
from cardio_desktop.core.errors import NeedsOptionsError
from cardio_desktop.io import open_record
from cardio_desktop.ui.main_window import MainWindow
from cardio_desktop.ui.options_dialog import OptionsDialog
from cardio_desktop.words import say


def table(folder: Path, name: str = "a.csv") -> Path:
    path = folder / name
    path.write_text("I;II\n" + "\n".join(f"{n % 9},25;{-(n % 7)},5" for n in range(3000)), encoding="utf-8")
    return path


def test_it_is_asked_for_and_then_remembered_for_the_folder(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    session = window.session
    session.open(table(tmp_path))
    qtbot.waitUntil(lambda: bool(window.findChildren(OptionsDialog)))
    dialog = window.findChildren(OptionsDialog)[0]
    assert "sampling rate and unit" in session.state.problem
    ok = dialog.buttons.button(QDialogButtonBox.StandardButton.Open)
    assert not ok.isEnabled()
    dialog.rate.setText("512,5")
    assert not ok.isEnabled()
    dialog.unit.setCurrentIndex(dialog.unit.findData("uV"))
    assert ok.isEnabled()
    ok.click()
    qtbot.waitUntil(lambda: session.state.record is not None and session.state.record.path.name == "a.csv")
    record = session.state.record
    assert record is not None
    assert record.rate_hz == 512.5
    assert record.leads["I"].millivolts()[1] == pytest.approx(1.25e-3)
    assert len([w for w in record.warnings if w.code in ("rate-given", "unit-given")]) == 2
    session.open(table(tmp_path, "b.csv"))
    qtbot.waitUntil(lambda: session.state.record is not None and session.state.record.path.name == "b.csv")
    other = tmp_path / "other"
    other.mkdir()
    assert session.settings.given_options(other) == {}


def test_cancelled_it_leaves_what_is_shown(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    before = window.session.state.record
    window.session.open(table(tmp_path))
    qtbot.waitUntil(lambda: bool(window.findChildren(OptionsDialog)))
    window.findChildren(OptionsDialog)[0].reject()
    assert window.session.state.record is before
    assert window.session.settings.given_options(tmp_path) == {}


def test_only_what_is_missing_is_asked_for(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("I_mV,II_mV\n" + "\n".join("1.5,2.5" for _ in range(100)), encoding="utf-8")
    with pytest.raises(NeedsOptionsError) as caught:
        open_record(path)
    dialog = OptionsDialog(caught.value, window)
    dialog.rate.setText("nothing")
    assert dialog.options() == {}
    dialog.rate.setText("0")
    assert dialog.options() == {}
    dialog.rate.setText("250")
    assert dialog.options() == {"rate_hz": 250.0}
    dialog.close()


def test_damaged_memory_reads_as_nothing(window: MainWindow, tmp_path: Path) -> None:
    settings: Settings = window.session.settings
    for text in ("{", "[]", "3", "null", '{"x": 3}'):
        settings._store.setValue("tables/given", text)
        assert settings.given_options(tmp_path) == {}
    settings.set_given_options(tmp_path, {"rate_hz": 250.0})
    settings.set_given_options(tmp_path, {"unit": "mV"})
    assert settings.given_options(tmp_path) == {"rate_hz": 250.0, "unit": "mV"}
    settings.set_given_options(tmp_path, {"rate_hz": -3.0, "unit": "kg"})
    assert settings.given_options(tmp_path) == {}


def test_the_sentence_is_german_too(tmp_path: Path) -> None:
    with pytest.raises(NeedsOptionsError) as caught:
        open_record(table(tmp_path))
    assert "sie nennt nicht: Abtastrate und Einheit" in say(caught.value.remark, "de")
    assert "--csv-rate und --csv-unit" in say(caught.value.remark, "de")


def test_a_worklist_says_what_a_table_lacks_and_takes_it_once_it_is_given(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    folder = tmp_path / "tables"
    folder.mkdir()
    paths = [table(folder, "a.csv"), table(folder, "b.csv")]
    window.worklist_dock.open_folder(folder)
    worklist = window.worklist
    qtbot.waitUntil(lambda: worklist.progress.done == 2, timeout=60_000)
    assert all("it does not say its sampling rate and unit" in entry.problem for entry in worklist.entries)
    assert worklist.progress.problems == 2
    assert not window.findChildren(OptionsDialog)
    window.session.give_options(paths[0], {"rate_hz": 500.0, "unit": "uV"})
    qtbot.waitUntil(lambda: worklist.progress.done == 2 and worklist.progress.problems == 0, timeout=120_000)
    assert not any(entry.problem for entry in worklist.entries)
    assert [entry.details.rate_hz for entry in worklist.entries if entry.details] == [500.0, 500.0]
