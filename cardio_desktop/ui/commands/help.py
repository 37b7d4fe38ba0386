"""Commands of help, search and language."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from cardio_desktop.app.i18n import language, language_of, tr
from cardio_desktop.app.manual import CHANGES
from cardio_desktop.app.session import Session, State
from cardio_desktop.ui import dialogs
from cardio_desktop.ui.about import show_about
from cardio_desktop.ui.commands.actions import Actions
from cardio_desktop.ui.commands.audit_view import show_trail
from cardio_desktop.ui.commands.command import Command, Menu, placed
from cardio_desktop.ui.commands.palette import show_keys, show_palette
from cardio_desktop.ui.manual_window import show_manual
from cardio_desktop.ui.problem_dialog import ask_report


def language_names() -> dict[str, str]:
    """Return the languages of the interface, each in its own words."""
    return {"system": tr("As the system"), "en": "English", "de": "Deutsch"}


def help_commands(session: Session, actions: Actions, frame: QWidget, speak: Callable[[], None]) -> list[Command]:
    """Return the commands of the menu Help and of the languages; `speak` tells that another one was chosen."""
    settings = session.settings

    def choose(code: str) -> Callable[[], None]:
        def run() -> None:
            settings.set_language(code)
            if language_of(code) != language():
                speak()

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
        *placed(Menu.LANGUAGE, 0, *languages),
        *placed(
            Menu.HELP,
            0,
            Command("manual", tr("Man&ual"), ("F1",), tr("Read the manual, offline"), lambda: show_manual(frame)),
            Command(
                "palette",
                tr("&Search a command…"),
                ("Ctrl+Shift+P", "Ctrl+K"),
                tr("Find any command by its name and run it"),
                lambda: show_palette(actions, session, frame),
            ),
            Command(
                "keys",
                tr("&Keys"),
                ("Shift+F1",),
                tr("List every command with its keys"),
                lambda: show_keys(actions, session, frame),
            ),
            Command(
                "card",
                tr("&Model card"),
                (),
                tr("What the network is, and how good"),
                lambda: dialogs.show_card(frame),
            ),
            Command(
                "audit",
                tr("Audit &trail…"),
                (),
                tr("Who opened, edited, signed or exported which ECG, and whether that list is sound"),
                lambda: show_trail(session, frame),
            ),
        ),
        *placed(
            Menu.HELP,
            1,
            Command(
                "news",
                tr("What is &new"),
                (),
                tr("What changed from version to version"),
                lambda: show_manual(frame, CHANGES),
            ),
            Command(
                "problem",
                tr("&Report a problem…"),
                (),
                tr("Write a file with log and versions, without patients, to send to those who mend the program"),
                lambda: ask_report(session, frame),
            ),
            Command("about", tr("&About"), (), tr("About Cardio Desktop"), lambda: show_about(frame)),
        ),
    ]
