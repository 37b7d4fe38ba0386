"""What is asked before a live window opens: the file or stream, and where the recording is kept."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from cardio_desktop.app import live_streams
from cardio_desktop.app.live_streams import Stream, find_streams
from cardio_desktop.app.settings import Settings
from cardio_desktop.core.errors import CardioError
from cardio_desktop.live.lsl import LslSource
from cardio_desktop.live.replay import write_growing
from cardio_desktop.simulate import simulate_record
from cardio_desktop.ui.live.follow_dialog import FollowFileDialog, StreamDialog
from cardio_desktop.ui.main_window import MainWindow
from cardio_desktop.words import Remark


@pytest.fixture
def growing(tmp_path: Path) -> Path:
    path = tmp_path / "source" / "grows.edf"
    path.parent.mkdir()
    write_growing(simulate_record("normal", duration_s=4.0), path, speed=0)
    return path


def test_a_file_is_followed_from_the_menu_to_the_paper(
    window: MainWindow, qtbot: QtBot, growing: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(dialog: FollowFileDialog) -> bool:
        assert not dialog.follow.isEnabled()
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(growing), ""))
        dialog.choose.click()
        assert dialog.file.text() == str(growing)
        dialog.folder.setText(str(tmp_path / "kept"))
        dialog.follow.click()
        return bool(dialog.result())

    monkeypatch.setattr(FollowFileDialog, "exec", answer)
    window.actions_table["follow-file"].trigger()
    live = window.live.windows[-1]
    qtbot.waitUntil(lambda: live.paper.signal is not None and live.clock.shown_s >= 3.9, timeout=20_000)
    qtbot.waitUntil(lambda: live.feed.kept is not None, timeout=20_000)
    settings = window.session.settings.live
    assert (settings.folder(), settings.source_folder()) == (tmp_path / "kept", str(growing.parent))
    live.stop()
    qtbot.waitUntil(lambda: live.feed.over, timeout=20_000)
    live.close()
    assert live not in window.live.windows


def test_what_cannot_be_followed_is_said_where_it_can_be_corrected(
    qtbot: QtBot, settings: Settings, tmp_path: Path, window: MainWindow
) -> None:
    picture = tmp_path / "x.edf"
    picture.write_bytes(b"\x89PNG" + bytes(300))
    dialog = FollowFileDialog(settings.live, window)
    dialog.file.setText(str(picture))
    dialog.folder.setText(str(picture / "inside"))
    dialog.follow.click()
    assert "choose another folder" in dialog.problem.text()
    dialog.folder.setText("")
    dialog.follow.click()
    assert "Choose a folder" in dialog.problem.text()
    dialog.keep.setChecked(False)
    assert not dialog.folder.isEnabled()
    dialog.follow.click()
    assert "x.edf" in dialog.problem.text()
    assert "choose an EDF" in dialog.problem.text()
    assert dialog.source is None
    dialog.deleteLater()


def test_streams_are_listed_and_the_chosen_one_is_followed(
    qtbot: QtBot, settings: Settings, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, ...]] = []

    def found(peers: tuple[str, ...]) -> tuple[Stream, ...]:
        asked.append(peers)
        return (Stream("ward 3", "ECG", 12, 500.0), Stream("noise", "EEG", 64, 1000.0))

    monkeypatch.setattr(live_streams, "find_streams", found)
    dialog = StreamDialog(settings.live, window)
    dialog.keep.setChecked(False)
    dialog.peers.setText("10.0.0.7 cart")
    dialog.look()
    qtbot.waitUntil(lambda: dialog.streams.count() == 2, timeout=10_000)
    assert asked == [("10.0.0.7", "cart")]
    assert dialog.streams.item(0).text() == "ward 3: ECG, 12 channels at 500 Hz"
    dialog.follow.click()
    assert isinstance(dialog.source, LslSource)
    assert dialog.source.name == "ward 3"
    assert settings.live.peers() == ("10.0.0.7", "cart")


def test_without_a_stream_or_without_the_layer_a_sentence_says_what_to_do(
    qtbot: QtBot, settings: Settings, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = StreamDialog(settings.live, window)
    dialog.show_streams(())
    assert "search again" in dialog.problem.text()
    assert not dialog.follow.isEnabled()

    def missing(_peers: tuple[str, ...]) -> tuple[Stream, ...]:
        raise CardioError(Remark("live-no-lsl", {"why": "no module"}))

    monkeypatch.setattr(live_streams, "find_streams", missing)
    dialog.look()
    qtbot.waitUntil(lambda: "pip install" in dialog.problem.text(), timeout=10_000)
    dialog.reject()


def test_streams_that_say_they_are_ecgs_come_first() -> None:
    def info(name: str, kind: str) -> SimpleNamespace:
        return SimpleNamespace(name=lambda: name, type=lambda: kind, channel_count=lambda: 2, nominal_srate=lambda: 250)

    answers = [info("a", "EEG"), info("z", "ECG"), info("z", "ECG")]
    pylsl = SimpleNamespace(resolve_streams=lambda wait_time: answers)
    assert [stream.name for stream in find_streams((), lambda _peers: pylsl)] == ["z", "a"]


def test_a_stream_is_asked_for_from_the_menu(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[StreamDialog] = []
    monkeypatch.setattr(StreamDialog, "look", lambda dialog: looked.append(dialog))
    monkeypatch.setattr(StreamDialog, "exec", lambda _dialog: 0)
    window.actions_table["follow-stream"].trigger()
    assert len(looked) == 1
    assert window.live.windows == []


def test_a_kept_record_is_opened_in_another_window_once_the_room_is_closed(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(window.session, "open", opened.append)
    window.live.open_kept(tmp_path / "a.hea")
    assert opened == [tmp_path / "a.hea"]
    window.hide()
    wanted: list[str] = []
    program = SimpleNamespace(file_wanted=SimpleNamespace(emit=wanted.append))
    monkeypatch.setattr("cardio_desktop.ui.live.live_place.QApplication", SimpleNamespace(instance=lambda: program))
    window.live.open_kept(tmp_path / "b.hea")
    assert wanted == [str(tmp_path / "b.hea")]
    assert opened == [tmp_path / "a.hea"]
