"""Commands of colours and letters."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QStatusBar

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.session import Session, State
from cardio_desktop.ui.commands.command import Command, Menu, placed
from cardio_desktop.ui.theme import Theme


def look_commands(session: Session, theme: Theme | None, status: QStatusBar) -> list[Command]:
    """Return the commands that colour paper and window and that size letters."""
    papers = {
        "auto": tr("&As the theme"),
        "red": tr("&Red"),
        "blue": tr("&Blue"),
        "grey": tr("&Grey"),
        "white": tr("Black on &white"),
        "dark": tr("&Dark"),
    }
    themes = {"system": tr("As the &system"), "light": tr("&Light"), "dark": tr("&Dark")}

    def choose(name: str) -> Callable[[], None]:
        def run() -> None:
            if theme is not None:
                theme.choose(name)

        return run

    def chosen(name: str) -> Callable[[State], bool]:
        return lambda _state: session.settings.theme() == name

    def letters(steps: int | None) -> Callable[[], None]:
        def run() -> None:
            if theme is not None:
                theme.resize_letters(steps)
                words = tr("Letters at {percent} % of their usual size.").format(percent=theme.font_percent)
                status.showMessage(words, 5000)

        return run

    def colour(name: str) -> Callable[[], None]:
        return lambda: session.look(paper=name)

    def is_colour(name: str) -> Callable[[State], bool]:
        return lambda state: state.viewport.paper == name

    return [
        *placed(
            Menu.PAPER,
            0,
            *(
                Command(
                    f"paper:{name}",
                    title,
                    (),
                    tr("Colour of the paper: {paper}").format(paper=title.replace("&", "")),
                    colour(name),
                    checked=is_colour(name),
                )
                for name, title in papers.items()
            ),
        ),
        *placed(
            Menu.THEME,
            0,
            *(
                Command(
                    f"theme:{name}",
                    title,
                    (),
                    tr("Theme of the window: {theme}").format(theme=title.replace("&", "")),
                    choose(name),
                    checked=chosen(name),
                )
                for name, title in themes.items()
            ),
        ),
        *placed(
            Menu.LOOK,
            1,
            Command(
                "letters-larger", tr("&Larger letters"), ("Ctrl+Alt++", "Ctrl+Alt+="), tr("Larger letters"), letters(1)
            ),
            Command("letters-smaller", tr("&Smaller letters"), ("Ctrl+Alt+-",), tr("Smaller letters"), letters(-1)),
            Command(
                "letters-usual", tr("&Usual letters"), ("Ctrl+Alt+0",), tr("Letters as large as usual"), letters(None)
            ),
        ),
    ]
