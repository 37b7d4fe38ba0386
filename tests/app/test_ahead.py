"""Records that are read before anybody asks for them."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from cardio_desktop.app.ahead import MOST_HELD
from cardio_desktop.app.session import Session
from cardio_desktop.app.settings import Settings
from cardio_desktop.paths import asset


@pytest.fixture
def session(qtbot: QtBot, tmp_path: Path) -> Session:
    return Session(Settings(QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat)), analyze=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(asset("resources/samples"), tmp_path / "ward")
    return tmp_path / "ward"


@pytest.fixture
def ahead(qtbot: QtBot, session: Session) -> Callable[..., None]:
    def read(*paths: Path) -> None:
        session.ahead.want(paths)
        qtbot.waitUntil(lambda: session.ahead._job is None and not session.jobs.running, timeout=20_000)

    return read


def test_what_was_read_ahead_is_shown_before_opening_returns(
    session: Session, folder: Path, ahead: Callable[..., None]
) -> None:
    path = folder / "normal.hea"
    ahead(path)
    session.await_record(path)
    session.open(path)
    record = session.state.record
    assert record is not None
    assert record.path.name == "normal.hea"
    assert session.state.settled
    assert not session.state.busy
    assert session.state.progress is None
    assert session.ahead.take(path) is None  # it is handed out once


def test_a_file_that_changed_meanwhile_is_read_again(
    qtbot: QtBot, session: Session, folder: Path, ahead: Callable[..., None]
) -> None:
    path = folder / "normal.hea"
    ahead(path)
    shutil.copy(folder / "lbbb.dat", folder / "normal.dat")
    before = session.ahead._held[path][2].traces["II"].millivolts()
    session.open(path)
    assert session.state.record is None
    qtbot.waitUntil(lambda: session.state.record is not None, timeout=20_000)
    after = session.state.record.traces["II"].millivolts()  # type: ignore[union-attr]
    assert (before != after).any()


def test_what_cannot_be_read_is_left_for_the_asking(
    qtbot: QtBot, session: Session, folder: Path, ahead: Callable[..., None]
) -> None:
    broken, gone, good = folder / "broken.edf", folder / "gone.hea", folder / "lbbb.hea"
    broken.write_bytes(b"no ECG")
    ahead(broken, gone, good)
    assert session.state.problem == ""
    assert set(session.ahead._held) == {good}
    session.open(broken)
    qtbot.waitUntil(lambda: "broken.edf" in session.state.problem, timeout=20_000)


def test_few_are_held_and_those_that_are_wanted_no_longer_are_let_go(
    session: Session, folder: Path, ahead: Callable[..., None]
) -> None:
    paths = sorted(folder.glob("*.hea"))
    ahead(*paths)
    assert list(session.ahead._held) == paths[:MOST_HELD]
    ahead(paths[1])
    assert list(session.ahead._held) == [paths[1]]
    ahead()
    assert session.ahead._held == {}


def test_another_answer_for_the_folder_voids_what_was_read(
    session: Session, folder: Path, ahead: Callable[..., None]
) -> None:
    path = folder / "normal.hea"
    ahead(path)
    session.settings.set_given_options(folder, {"rate_hz": 250.0})
    assert session.ahead.take(path) is None
