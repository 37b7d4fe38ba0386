"""The commands of a live window, in a table as those of the reading room."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QMenuBar, QWidget

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.session import Session
from cardio_desktop.app.viewport import next_step
from cardio_desktop.core.units import GAINS_MM_PER_MV, SPEEDS_MM_PER_S
from cardio_desktop.ui.commands.actions import Actions
from cardio_desktop.ui.commands.command import Command, Menu, placed
from cardio_desktop.ui.commands.conditions import condition
from cardio_desktop.ui.commands.palette import show_keys, show_palette
from cardio_desktop.ui.live.live_paper import LivePaper

if TYPE_CHECKING:
    from PySide6.QtWidgets import QCheckBox, QListWidget

    from cardio_desktop.app.live_feed import LiveFeed

STEP_PAGE, STEP_PART = 1.0, 0.1
NUDGE_FAR = 10


class LiveRoom(Protocol):
    """What the commands work on."""

    @property
    def feed(self) -> LiveFeed:
        """What is followed."""
        ...

    @property
    def paper(self) -> LivePaper:
        """Where it is drawn."""
        ...

    @property
    def alarms(self) -> QListWidget:
        """The list of alarms."""
        ...

    @property
    def beep(self) -> QCheckBox:
        """Whether an alarm is heard."""
        ...

    @property
    def actions_table(self) -> Actions:
        """The table itself."""
        ...

    def toggle_frozen(self) -> None:
        """Freeze, or go on."""
        ...

    def stop(self) -> None:
        """End the recording."""
        ...

    def open_recording(self) -> None:
        """Open what was kept."""
        ...

    def close(self) -> bool:
        """Close the window."""
        ...


def live_window_menus(bar: QMenuBar, actions: Actions) -> None:
    """Build the menus."""
    for menu, title in (
        (Menu.FILE, tr("&Recording")),
        (Menu.VIEW, tr("&View")),
        (Menu.GO, tr("&Go")),
        (Menu.MEASURE, tr("&Measure")),
        (Menu.HELP, tr("&Help")),
    ):
        shelf = bar.addMenu(title)
        shelf.setToolTipsVisible(True)
        commands = actions.of_menu(menu)
        for number, (group, action) in enumerate(commands):
            if number and group != commands[number - 1][0]:
                shelf.addSeparator()
            shelf.addAction(action)


def live_window_commands(room: LiveRoom, session: Session) -> list[Command]:
    """Return the commands of a live window."""
    return [*_recording(room), *_view(room), *_go(room), *_measure(room), *_help(room, session)]


def _recording(room: LiveRoom) -> list[Command]:
    feed = room.feed
    goes_on = condition(lambda _state: not feed.over, lambda: tr("the recording is over"))
    is_kept = condition(lambda _state: feed.kept is not None, lambda: tr("the recording is not kept"))
    is_over = condition(lambda _state: feed.over, lambda: tr("the recording goes on (Ctrl+E ends it)"))
    return [
        *placed(
            Menu.FILE,
            0,
            Command(
                "live-stop",
                tr("&End the recording"),
                ("Ctrl+E",),
                tr("Follow the source no longer and finish the kept file; the window stays"),
                room.stop,
                goes_on,
            ),
            Command(
                "live-open",
                tr("&Open the recording"),
                ("Ctrl+O",),
                tr("Open the kept recording in the reading room"),
                room.open_recording,
                is_kept & is_over,
            ),
        ),
        *placed(
            Menu.FILE,
            1,
            Command("live-close", tr("&Close"), ("Ctrl+W",), tr("Close the window"), room.close),
        ),
    ]


def _view(room: LiveRoom) -> list[Command]:
    paper = room.paper

    def speed(direction: int) -> Callable[[], None]:
        return lambda: paper.look(speed_mm_per_s=next_step(SPEEDS_MM_PER_S, paper.speed_mm_per_s, direction))

    def gain(direction: int) -> Callable[[], None]:
        return lambda: paper.look(gain_mm_per_mv=next_step(GAINS_MM_PER_MV, paper.gain_mm_per_mv, direction))

    return [
        *placed(
            Menu.VIEW,
            0,
            Command(
                "live-scroll",
                tr("&Scrolling paper"),
                ("S",),
                tr("Let the paper scroll, or sweep it"),
                lambda: paper.look(scrolls=not paper.scrolls),
                checked=lambda _state: paper.scrolls,
            ),
            Command(
                "live-columns",
                tr("&Two columns"),
                ("L",),
                tr("Show the leads in two columns, or below one another"),
                lambda: paper.look(columns=1 if paper.columns == 2 else 2),
                checked=lambda _state: paper.columns == 2,
            ),
            Command(
                "live-evidence",
                tr("&Evidence of the network"),
                ("E",),
                tr("Show behind the trace what spoke for the network's opinion, or not"),
                paper.toggle_evidence,
                checked=lambda _state: paper.wants_evidence,
            ),
        ),
        *placed(
            Menu.VIEW,
            1,
            Command("live-faster", tr("&Faster paper"), ("Ctrl+Right",), tr("Raise the paper speed"), speed(1)),
            Command("live-slower", tr("Slo&wer paper"), ("Ctrl+Left",), tr("Lower the paper speed"), speed(-1)),
            Command("live-larger", tr("&Larger waves"), ("Up",), tr("Raise the gain"), gain(1)),
            Command("live-smaller", tr("S&maller waves"), ("Down",), tr("Lower the gain"), gain(-1)),
        ),
        *placed(
            Menu.VIEW,
            2,
            Command(
                "live-beep",
                tr("&Beep at an alarm"),
                ("B",),
                tr("Let alarms be heard, or not; they are silent at first"),
                room.beep.toggle,
                checked=lambda _state: room.beep.isChecked(),
            ),
            Command(
                "live-alarms",
                tr("To the &alarms"),
                ("A",),
                tr("Go to the list of alarms; Enter freezes the page at one"),
                room.alarms.setFocus,
            ),
            Command("live-paper", tr("To the &paper"), ("F6",), tr("Go to the paper"), paper.setFocus),
        ),
    ]


def _go(room: LiveRoom) -> list[Command]:
    paper = room.paper
    is_open = condition(lambda _state: paper.signal is not None, lambda: tr("nothing has come yet"))

    def step(direction: int, pages: float) -> Callable[[], None]:
        return lambda: paper.move_by(direction * pages * paper.page_s)

    return [
        *placed(
            Menu.GO,
            0,
            Command(
                "live-freeze",
                tr("&Freeze"),
                ("Space",),
                tr("Let the page stand still while the recording goes on, or go back to the newest instant"),
                room.toggle_frozen,
                is_open,
                lambda _state: paper.frozen,
                repeats=False,
            ),
            Command("live-newest", tr("To the &newest"), ("End",), tr("Let the page run"), paper.go_live, is_open),
        ),
        *placed(
            Menu.GO,
            1,
            Command("live-back", tr("&Back"), ("Left",), tr("Look back a little"), step(-1, STEP_PART), is_open),
            Command(
                "live-forward", tr("F&orward"), ("Right",), tr("Look forward a little"), step(1, STEP_PART), is_open
            ),
            Command(
                "live-page-back", tr("Page b&ack"), ("PgUp",), tr("Look back a page"), step(-1, STEP_PAGE), is_open
            ),
            Command(
                "live-page-forward",
                tr("Pa&ge forward"),
                ("PgDown",),
                tr("Look forward a page"),
                step(1, STEP_PAGE),
                is_open,
            ),
            Command(
                "live-oldest",
                tr("To the o&ldest"),
                ("Home",),
                tr("Go to the oldest instant that is held"),
                lambda: paper.move_by(-1e9),
                is_open,
            ),
        ),
    ]


def _measure(room: LiveRoom) -> list[Command]:
    paper, calipers = room.paper, room.paper.calipers
    is_frozen = condition(lambda _state: paper.frozen, lambda: tr("the page runs (Space freezes it)"))
    has_one = is_frozen & condition(lambda _state: calipers.chosen is not None, lambda: tr("no caliper is chosen"))

    def nudge(seconds: int, hundredths: int) -> Callable[[], None]:
        def run() -> None:
            calipers.nudge(seconds, hundredths)

        return run

    moves = (
        ("later", tr("Move it &later"), "Shift+Right", 1, 0),
        ("earlier", tr("Move it &earlier"), "Shift+Left", -1, 0),
        ("higher", tr("Move it &higher"), "Shift+Up", 0, 1),
        ("lower", tr("Move it lo&wer"), "Shift+Down", 0, -1),
        ("far-later", tr("Ten samples la&ter"), "Ctrl+Shift+Right", NUDGE_FAR, 0),
        ("far-earlier", tr("Ten samples ea&rlier"), "Ctrl+Shift+Left", -NUDGE_FAR, 0),
        ("far-higher", tr("A tenth of a millivolt h&igher"), "Ctrl+Shift+Up", 0, NUDGE_FAR),
        ("far-lower", tr("A tenth of a &millivolt lower"), "Ctrl+Shift+Down", 0, -NUDGE_FAR),
    )
    return [
        *placed(
            Menu.MEASURE,
            0,
            Command(
                "live-caliper",
                tr("Place a &caliper"),
                ("C",),
                tr("Place a caliper on the frozen page; the mouse draws one"),
                lambda: calipers.place(paper.plan()),
                is_frozen,
            ),
            Command(
                "live-caliper-part",
                tr("&Next part"),
                ("N",),
                tr("Let the keys move another part of the caliper"),
                calipers.next_part,
                has_one,
            ),
            Command(
                "live-caliper-lead",
                tr("Ne&xt lead"),
                ("X",),
                tr("Put the caliper on the next lead"),
                lambda: calipers.next_lead(1, paper.plan()),
                has_one,
            ),
            Command(
                "live-caliper-remove",
                tr("&Delete"),
                ("Del", "Backspace"),
                tr("Take the caliper away"),
                calipers.remove,
                has_one,
            ),
        ),
        *placed(
            Menu.MEASURE,
            1,
            *(
                Command(
                    f"live-caliper-{name}",
                    words,
                    (key,),
                    tr("Move the chosen part of the caliper"),
                    nudge(s, mv),
                    has_one,
                )
                for name, words, key, s, mv in moves
            ),
        ),
    ]


def _help(room: LiveRoom, session: Session) -> list[Command]:
    def frame() -> QWidget:
        assert isinstance(room, QWidget)
        return room

    return placed(
        Menu.HELP,
        0,
        Command(
            "palette",
            tr("&Search a command…"),
            ("Ctrl+Shift+P", "Ctrl+K"),
            tr("Find any command by its name and run it"),
            lambda: show_palette(room.actions_table, session, frame()),
        ),
        Command(
            "keys",
            tr("&Keys"),
            ("Shift+F1",),
            tr("List every command with its keys"),
            lambda: show_keys(room.actions_table, session, frame()),
        ),
    )
