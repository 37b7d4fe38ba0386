from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QSettings
from PySide6.QtGui import QCursor
from pytestqt.qtbot import QtBot

from cardio_desktop.app.session import Session
from cardio_desktop.app.settings import Settings
from cardio_desktop.core.record import ArraySamples, Channel, Record
from cardio_desktop.ui.main_window import MainWindow


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))
    settings.set_read_first(False)  # what hides findings is tested in test_read_first.py
    return settings


@pytest.fixture
def window(qtbot: QtBot, settings: Settings) -> Iterator[MainWindow]:
    """A real window that analyses nothing by itself; it must leave no thread behind."""
    QCursor.setPos(1, 1)  # where an earlier test left the mouse, a list under it would hold its rows still
    session = Session(settings, analyze=False)
    window = MainWindow(session)
    qtbot.addWidget(window)
    window.resize(1500, 900)
    window.show()
    qtbot.waitExposed(window)
    yield window
    assert session.jobs.shut_down(), "a job outlived its window"


def step_record(tmp_path: Path, *, rate_hz: float = 500.0, duration_s: float = 10.0) -> Record:
    """Twelve leads whose signal is known everywhere: 0 mV, and +1 mV from 1.0 to 1.5 s of every 2.5 s."""
    times = np.arange(round(rate_hz * duration_s)) / rate_hz
    counts = np.where((times % 2.5 >= 1.0) & (times % 2.5 < 1.5), 1000, 0).astype(np.int16)
    channels = tuple(
        Channel(name, rate_hz, "mV", 1000.0, 0.0, ArraySamples(counts), lead=name)
        for name in ("I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6")
    )
    path = tmp_path / "step.hea"
    path.touch()
    return Record(path, "made", channels)


@pytest.fixture
def steps(tmp_path: Path) -> Record:
    return step_record(tmp_path)
