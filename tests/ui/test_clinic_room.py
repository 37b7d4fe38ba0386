"""What a window says of the clinic's database."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from cardio_desktop.app.clinic_address import VARIABLE
from cardio_desktop.app.clinic_sync import News
from cardio_desktop.app.clinic_words import sentences
from cardio_desktop.app.i18n import use_language
from cardio_desktop.app.session import Session
from cardio_desktop.app.settings import Settings
from cardio_desktop.ui.application import clinic_of
from cardio_desktop.ui.main_window import MainWindow

ALL = News(lost="connection refused", back=3, met=("draft", "opinion"), forked=True)


def test_without_an_administrator_there_is_no_database(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr("cardio_desktop.app.clinic_address.administrators_file", lambda: tmp_path / "clinic.toml")
    assert clinic_of(settings) == ("", "")
    monkeypatch.setenv(VARIABLE, "postgresql://server/ecg")
    assert clinic_of(settings) == ("postgresql://server/ecg", "")
    monkeypatch.setenv(VARIABLE, "http://server")
    address, refused = clinic_of(settings)
    assert address == ""
    assert refused.startswith(VARIABLE)


def test_the_reader_is_told_above_the_paper(qtbot: QtBot, settings: Settings) -> None:
    window = MainWindow(Session(settings, analyze=False))
    qtbot.addWidget(window)
    window.session.store._news.emit(News(lost="connection refused"))
    assert "cannot be reached (connection refused)" in window.desk.notice.text.text()
    window.session.store._news.emit(News(back=2))
    assert "2 changes were sent" in window.desk.notice.text.text()


def test_each_piece_of_news_is_a_sentence_in_both_languages(qapp: object) -> None:
    english = sentences(ALL)
    assert len(english) == 4
    assert "conclusions, opinions and readings" in english[3]
    use_language("de")
    try:
        german = sentences(ALL)
    finally:
        use_language("en")
    assert all(one != other for one, other in zip(english, german, strict=True))
    assert sentences(News(changed=("a",))) == []
