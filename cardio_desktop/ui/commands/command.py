"""What a command is: its words and keys, what it does, when it is possible, and its place in the menus."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from cardio_desktop.app.session import State
from cardio_desktop.ui.commands.conditions import ALWAYS, HAS_RECORD, Condition


class Menu(StrEnum):
    """The menus; `menus.py` says what they are called and where those that stand in others are found."""

    FILE = "file"
    SAMPLES = "samples"
    EDIT = "edit"
    VIEW = "view"
    LAYOUT = "layout"
    SPEED = "speed"
    GAIN = "gain"
    FILTER = "filter"
    LOOK = "look"
    PAPER = "paper"
    THEME = "theme"
    PANELS = "panels"
    LANGUAGE = "language"
    READING = "reading"
    EVIDENCE = "evidence"
    GO = "go"
    MEASURE = "measure"
    TOOLS = "tools"
    BEATS = "beats"
    HELP = "help"


@dataclass(frozen=True)
class Command:
    """One command. `keys` are QKeySequence texts, the first is shown in the menu.

    `menu` and `group` are its place: groups of a menu follow one another with a line between, and within a group the
    commands stand in the order of the table. `words` says its text anew where that depends on what was done last.
    `waits` is for what acts on the record: while another one that was chosen is on its way, it waits for that one.
    `repeats` says whether a key that is held down runs it again. `short` is its text on a button.
    """

    id: str
    text: str
    keys: tuple[str, ...]
    tip: str
    run: Callable[[], object]
    possible: Condition = ALWAYS
    checked: Callable[[State], bool] | None = None
    words: Callable[[], str] | None = None
    menu: Menu | None = None
    group: int = 0
    waits: bool = False
    repeats: bool = True
    short: str = ""


ACTING = frozenset({Menu.FILE, Menu.EDIT, Menu.READING, Menu.MEASURE, Menu.TOOLS, Menu.BEATS})
"""The menus whose commands act on a record; those of the others only look at it."""


def placed(menu: Menu, group: int, *commands: Command) -> list[Command]:
    """Return commands with their place: one group of a menu."""
    return [
        replace(
            command,
            menu=menu,
            group=group,
            waits=command.waits or (menu in ACTING and HAS_RECORD.checks[0] in command.possible.checks),
        )
        for command in commands
    ]
