"""Commands of help, search and language."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from cardio_desktop.app.i18n import language, language_of, tr
from cardio_desktop.app.session import State
from cardio_desktop.ui import dialogs
from cardio_desktop.ui.commands.actions import Command
from cardio_desktop.ui.commands.palette import show_keys, show_palette

if TYPE_CHECKING:
    from cardio_desktop.ui.main_window import MainWindow


def language_names() -> dict[str, str]:
    """Return the languages of the interface, each in its own words."""
    return {"system": tr("As the system"), "en": "English", "de": "Deutsch"}


def help_commands(window: MainWindow) -> list[Command]:
    """Return the commands of the menu Help and of the languages."""
    settings = window.session.settings

    def choose(code: str) -> Callable[[], None]:
        def run() -> None:
            settings.set_language(code)
            window.actions_table.update(window.session.state)
            if language_of(code) != language():
                window.language_chosen.emit()

        return run

    def chosen(code: str) -> Callable[[State], bool]:
        return lambda _state: settings.language() == code

    languages = [
        Command(
            f"language:{code}",
            name,
            (),
            tr("Language of the interface: {name}").format(name=name),
            choose(code),
            checked=chosen(code),
        )
        for code, name in language_names().items()
    ]
    return [
        *languages,
        Command(
            "palette",
            tr("&Search a command…"),
            ("Ctrl+Shift+P", "Ctrl+K"),
            tr("Find any command by its name and run it"),
            lambda: show_palette(window),
        ),
        Command("keys", tr("&Keys"), ("F1",), tr("List every command with its keys"), lambda: show_keys(window)),
        Command(
            "card",
            tr("&Model card"),
            (),
            tr("What the network is, and how good"),
            lambda: dialogs.show_card(window),
        ),
        Command("about", tr("&About"), (), tr("About Cardio Desktop"), lambda: dialogs.show_about(window)),
    ]
