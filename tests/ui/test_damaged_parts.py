"""Parts of the program that are damaged: one sentence names the file, and everything else goes on."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from cardio_desktop import paths
from cardio_desktop.app.i18n import language, use_language
from cardio_desktop.app.session import Session
from cardio_desktop.app.settings import Settings
from cardio_desktop.paths import asset
from cardio_desktop.ui.main_window import MainWindow


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The program's own files, of which a test may damage some."""
    for folder in paths.FOLDERS:
        shutil.copytree(asset(folder), tmp_path / folder)
    monkeypatch.setattr(paths, "asset_roots", lambda: (tmp_path,))
    yield tmp_path
    monkeypatch.undo()
    use_language("en")


def damage(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    path.write_bytes(bytes(raw))


@pytest.mark.parametrize("name", ["normal.dat", "normal.hea"])
def test_a_damaged_sample_is_not_shown_and_named(qtbot: QtBot, copy: Path, settings: Settings, name: str) -> None:
    damage(copy / "resources/samples" / name)
    window = MainWindow(Session(settings, analyze=False))
    qtbot.addWidget(window)
    window.actions_table["sample:normal"].trigger()
    assert f"resources/samples/{name} is damaged" in window.session.state.problem
    assert not window.session.state.busy
    assert window.session.state.record is None
    window.actions_table["sample:lbbb"].trigger()
    qtbot.waitUntil(lambda: window.session.state.record is not None, timeout=20_000)
    assert window.session.state.problem == ""
    assert window.session.jobs.shut_down()


@pytest.mark.parametrize("name", ["resources/translations/cardio_de.qm", paths.MANIFEST])
def test_a_damaged_translation_or_manifest_is_named_in_the_window(
    qtbot: QtBot, copy: Path, settings: Settings, name: str
) -> None:
    path = copy / name
    path.write_bytes(b"{" + path.read_bytes()[:40])
    assert use_language("de") == "en"
    window = MainWindow(Session(settings, analyze=False))
    qtbot.addWidget(window)
    assert f"{name} is damaged" in window.session.state.problem
    assert language() == "en"
    assert use_language("en") == "en"
    other = MainWindow(Session(settings, analyze=False))
    qtbot.addWidget(other)
    assert other.session.state.problem == ""
