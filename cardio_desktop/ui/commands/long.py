"""Commands for long records: the overview, the whole record judged, the worst minute."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.session import State
from cardio_desktop.ui.commands.actions import Command
from cardio_desktop.ui.paper.captions import clock
from cardio_desktop.ui.paper.overview_bar import is_long

if TYPE_CHECKING:
    from cardio_desktop.ui.main_window import MainWindow

FILE_IDS = ("analyze-all",)
VIEW_IDS = ("overview",)
GO_IDS = ("worst-minute", "previous-worst")


def long_commands(window: MainWindow) -> list[Command]:
    """Return the commands for long records."""

    def can_rank(state: State) -> bool:
        return is_long(state) and state.revealed and window.long_analysis.done > 0

    return [
        Command(
            "analyze-all",
            tr("Analyse the &whole record"),
            ("Ctrl+F5",),
            tr("Judge the record from end to end in the background, or stop that"),
            lambda: window.overview.toggle(),
            is_long,
            lambda _state: window.long_analysis.running,
        ),
        Command(
            "overview",
            tr("&Overview bar"),
            ("Shift+F8",),
            tr("Show or hide the whole record under the paper"),
            lambda: window.overview.set_wanted(not window.overview.wanted),
        ),
        Command(
            "worst-minute",
            tr("&Worst minute"),
            ("Ctrl+.",),
            tr("Go to the minute that needs eyes most, then to the next worst"),
            lambda: step_worst(window, 1),
            can_rank,
        ),
        Command(
            "previous-worst",
            tr("&Less bad minute back"),
            ("Ctrl+,",),
            tr("Go back to the minute that is one place worse"),
            lambda: step_worst(window, -1),
            can_rank,
        ),
    ]


def step_worst(window: MainWindow, direction: int) -> None:
    """Go to the next minute in the order of badness."""
    found = window.long_analysis.next_worst(direction)
    state = window.session.state
    if found is None or state.record is None:
        window.statusBar().showMessage(tr("Nothing stands out in what has been analysed so far."), 8000)
        return
    place, count, start_s, why = found
    window.session.set_viewport(state.viewport.moved_to(state.record, start_s))
    words = tr("{place} of {count}: minute from {start}, {why}")
    window.statusBar().showMessage(words.format(place=place, count=count, start=clock(start_s), why=why), 15_000)
