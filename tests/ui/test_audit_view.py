"""The audit trail in the window: what was done, whether the list is sound, and its export."""

import csv
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from cardio_desktop.app.i18n import use_language
from cardio_desktop.app.session import Session
from cardio_desktop.app.settings import Settings
from cardio_desktop.app.store import FILE_NAME, Opinion, Store
from cardio_desktop.core.record import ArraySamples, Channel, Record
from cardio_desktop.ui.commands.audit_view import TrailDialog


@pytest.fixture
def record(tmp_path: Path) -> Record:
    counts = (np.sin(np.arange(5000) / 20) * 500).astype(np.int16)
    channel = Channel("II", 500.0, "mV", 1000.0, 0.0, ArraySamples(counts), lead="II")
    return Record(tmp_path / "x.hea", "made", (channel,))


@pytest.fixture
def session(qtbot: QtBot, tmp_path: Path, settings: Settings, record: Record) -> Iterator[Session]:
    store = Store(tmp_path / "data")
    session = Session(settings, analyze=False, store=store)
    key = store.key_of(record)
    store.log("open", "elsewhere", "other.hea")
    session.show_record(record)
    store.set_opinion(key, Opinion("class:MI", "agree"))
    session.note_written(record, [Path("x.edf")], deidentified=True)
    yield session
    session.close()
    store.close()


def shown(qtbot: QtBot, session: Session, frame: QWidget) -> TrailDialog:
    dialog = TrailDialog(session, frame)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.model.rowCount() > 0, timeout=20_000)
    return dialog


def cells(dialog: TrailDialog) -> list[list[str]]:
    model = dialog.model
    return [[str(model.data(model.index(n, m))) for m in range(7)] for n in range(model.rowCount())]


def test_the_newest_entry_comes_first_and_can_be_searched(qtbot: QtBot, session: Session, record: Record) -> None:
    frame = QWidget()
    qtbot.addWidget(frame)
    dialog = shown(qtbot, session, frame)
    rows = cells(dialog)
    assert [row[3] for row in rows] == ["de-identified", "edited", "opened", "opened"]
    assert [row[6] for row in rows] == ["4", "3", "2", "1"]
    assert rows[0][4] == record.path.name
    assert rows[0][5] == "x.edf"
    assert rows[3][4] == "other.hea"
    assert "Sound: 4 entries" in dialog.verdict.text()
    dialog.words.setText("OPENED other")
    assert [row[6] for row in cells(dialog)] == ["1"]
    dialog.words.clear()
    dialog.one.setChecked(True)
    assert [row[6] for row in cells(dialog)] == ["4", "3", "2"]


def test_it_is_written_as_a_table_and_that_is_an_export(
    qtbot: QtBot, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    frame = QWidget()
    qtbot.addWidget(frame)
    dialog = shown(qtbot, session, frame)
    out = tmp_path / "audit.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    dialog.save.click()
    with out.open(encoding="utf-8", newline="") as stream:
        assert [row["action"] for row in csv.DictReader(stream)] == ["open", "open", "edit", "deidentify"]
    assert [entry.event.action for entry in session.store.trail()[0]][-1] == "export"
    dialog.save_to(tmp_path / "nowhere" / "audit.csv")
    assert "cannot be written" in session.state.problem


def test_a_trail_that_was_tampered_with_is_said_in_german(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    assert session.store.flush()
    with sqlite3.connect(tmp_path / "data" / FILE_NAME) as base:
        base.execute("DROP TRIGGER audit_stays")
        base.execute("DELETE FROM audit WHERE version = 2")
    base.close()
    use_language("de")
    try:
        frame = QWidget()
        qtbot.addWidget(frame)
        dialog = shown(qtbot, session, frame)
        assert "Die Einträge 2 bis 2 der Kette" in dialog.verdict.text()
        assert [row[3] for row in cells(dialog)] == ["de-identifiziert", "bearbeitet", "geöffnet"]
    finally:
        use_language("en")
