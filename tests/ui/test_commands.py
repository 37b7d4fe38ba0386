"""The table of commands: conditions are values that say why not, and menus are built from the commands' own places."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from cardio_desktop.app.i18n import use_language
from cardio_desktop.app.session import Session, State
from cardio_desktop.app.settings import Settings
from cardio_desktop.core.leads import LAYOUTS, LEAD_LAYOUTS
from cardio_desktop.core.record import Record
from cardio_desktop.paths import asset
from cardio_desktop.ui.commands import paper
from cardio_desktop.ui.commands.actions import Actions
from cardio_desktop.ui.commands.command import Command, Menu, placed
from cardio_desktop.ui.commands.conditions import (
    ALWAYS,
    HAS_EVIDENCE,
    HAS_FINDINGS,
    HAS_RECORD,
    IS_STRIPS,
    SHOWS_EVIDENCE,
    condition,
)
from cardio_desktop.ui.commands.menus import fill_menu
from cardio_desktop.ui.main_window import MainWindow
from tests.ui.test_menus import menus_of
from tests.ui.test_window import findings_of

YES = condition(lambda _state: True, lambda: "never said")
NO = condition(lambda _state: False, lambda: "first")
NOR = condition(lambda _state: False, lambda: "second")


def test_conditions_compose_and_the_first_that_fails_says_why() -> None:
    state = State()
    assert (YES & YES)(state)
    assert (YES & YES).why_not(state) == ""
    assert ALWAYS(state)
    assert not (YES & NO & NOR)(state)
    assert (YES & NO & NOR).why_not(state) == "first"
    assert (NOR & NO & YES).why_not(state) == "second"


def test_the_reason_is_the_first_thing_that_lacks(steps: Record) -> None:
    found = findings_of(steps)
    empty = State()
    shown = State(record=steps)
    analysed = State(record=steps, findings=found)
    assert HAS_RECORD.why_not(empty) == SHOWS_EVIDENCE.why_not(empty) == "no record is open"
    assert HAS_FINDINGS.why_not(shown) == "the record is not analysed yet"
    assert "F2" in HAS_FINDINGS.why_not(replace(analysed, hidden=True))
    mute = replace(analysed, findings=replace(found, prediction=None, evidence=None))
    assert HAS_EVIDENCE.why_not(mute) == "the network gave no opinion"
    assert HAS_EVIDENCE(analysed)
    off = replace(analysed, viewport=replace(analysed.viewport, evidence_class=""))
    assert SHOWS_EVIDENCE.why_not(off) == "no evidence is shown"
    assert "12 × 1" in IS_STRIPS.why_not(analysed)


def test_a_grey_command_says_why_in_its_tips_and_a_possible_one_says_nothing(window: MainWindow, steps: Record) -> None:
    action = window.actions_table["zoom-in"]
    assert not action.isEnabled()
    assert action.toolTip().endswith("Not possible now: no record is open")
    assert "no record is open" in action.statusTip()
    window.session.show_record(steps)
    assert action.isEnabled()
    assert "Not possible" not in action.toolTip() + action.statusTip()


def test_reasons_are_german_in_german(qtbot: QtBot, settings: Settings) -> None:
    use_language("de")
    try:
        window = MainWindow(Session(settings, analyze=False))
        qtbot.addWidget(window)
        tip = window.actions_table["undo"].toolTip()
        assert tip.endswith("\nJetzt nicht möglich: keine Aufzeichnung ist offen")
    finally:
        use_language("en")


def test_every_command_has_one_place_in_the_menus(window: MainWindow) -> None:
    table = window.actions_table
    assert [command.id for command in table.commands.values() if command.menu is None] == []
    listed = [text for texts in menus_of(window).values() for text in texts]
    for command in table.commands.values():
        assert listed.count(table[command.id].text()) >= 1, command.id


def test_a_command_stands_where_it_says(qtbot: QtBot, settings: Settings) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    actions = Actions(owner, Session(settings, owner, analyze=False), print)
    ran: list[str] = []

    def named(name: str) -> Command:
        return Command(name, name, (), name, lambda: ran.append(name))

    actions.take(
        [
            *placed(Menu.GO, 2, named("late")),
            *placed(Menu.GO, 0, named("a"), named("b")),
            *placed(Menu.HELP, 0, named("other")),
        ]
    )
    menu = QMenu(owner)
    fill_menu(menu, Menu.GO, actions)
    assert ["-" if action.isSeparator() else action.text() for action in menu.actions()] == ["a", "b", "-", "late"]
    actions["late"].trigger()
    assert ran == ["late"]
    with pytest.raises(ValueError, match="two commands are called a"):
        actions.take([named("a")])


def test_a_picture_of_the_window_is_made_without_a_word_on_standard_error(tmp_path: Path) -> None:
    sample = asset("resources/samples") / "normal.hea"
    code = (
        "from cardio_desktop.ui.screenshot import save_screenshot\n"
        f"save_screenshot({str(sample)!r}, {str(tmp_path / 'x.png')!r})\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=True)
    assert done.stderr == ""


def test_an_eleventh_layout_takes_no_key_that_is_taken(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    more = {f"more-{k}": replace(LAYOUTS["3x4+1"], id=f"more-{k}") for k in range(3)}
    monkeypatch.setattr(paper, "LAYOUTS", {**LAYOUTS, **more})
    commands = [one for one in paper.paper_commands(window.session, window.place) if one.id.startswith("layout:")]
    keys = [key for one in commands for key in one.keys]
    assert len(commands) == len(LAYOUTS) + len(LEAD_LAYOUTS) + 3
    assert keys == [f"Ctrl+{k % 10}" for k in range(1, 11)]
