"""Every menu in both languages: no letter twice in one menu, and nothing in another language."""

from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from cardio_desktop.app.i18n import use_language
from cardio_desktop.app.session import Session
from cardio_desktop.app.settings import Settings
from cardio_desktop.ui.main_window import MainWindow


@pytest.fixture(params=["en", "de"])
def spoken_window(request, qtbot: QtBot, settings: Settings) -> Iterator[MainWindow]:
    use_language(request.param)
    try:
        window = MainWindow(Session(settings, analyze=False))
        qtbot.addWidget(window)
        yield window
    finally:
        use_language("en")


def letter(text: str) -> str:
    """Return the letter that chooses an entry of a menu; "" for none, as "&&" is a plain ampersand."""
    plain = text.replace("&&", "")
    at = plain.find("&")
    return plain[at + 1].casefold() if 0 <= at < len(plain) - 1 else ""


def menus_of(window: MainWindow) -> dict[str, list[str]]:
    """Return the entries of the menu bar, of every menu and of every menu within, by the path to it."""
    found = {"": [action.text() for action in window.menuBar().actions()]}

    def walk(path: str, menu: QMenu) -> None:
        menu.aboutToShow.emit()  # some are filled when they open
        found[path] = [action.text() for action in menu.actions() if not action.isSeparator()]
        for action in menu.actions():
            if isinstance(inner := action.menu(), QMenu):
                walk(f"{path} > {action.text()}", inner)

    for action in window.menuBar().actions():
        menu = action.menu()
        assert isinstance(menu, QMenu)
        walk(action.text(), menu)
    return found


def test_a_letter_chooses_one_entry_of_a_menu(spoken_window: MainWindow) -> None:
    menus = menus_of(spoken_window)
    assert len(menus) > 15
    twice = [
        (path, sorted(text for text in texts if letter(text) == name))
        for path, texts in menus.items()
        for name, count in Counter(map(letter, texts)).items()
        if name and count > 1
    ]
    assert twice == []


def test_letters_stand_in_their_words(spoken_window: MainWindow) -> None:
    odd = [
        text
        for texts in menus_of(spoken_window).values()
        for text in texts
        if letter(text) and not letter(text).isalnum()
    ]
    assert odd == []
    assert all(letter(text) for text in menus_of(spoken_window)[""])
