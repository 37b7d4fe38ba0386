"""Commands for long records: the overview, the whole record judged, the worst minute."""

from __future__ import annotations

from PySide6.QtWidgets import QStatusBar

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.long_analysis import LongAnalysis
from cardio_desktop.app.session import Session
from cardio_desktop.ui.commands.command import Command, Menu, placed
from cardio_desktop.ui.commands.conditions import HAS_RECORD, IS_REVEALED, condition
from cardio_desktop.ui.panels.holter_place import HolterPlace
from cardio_desktop.ui.paper.captions import clock
from cardio_desktop.ui.paper.overview_bar import OverviewBar, is_long

IS_LONG = HAS_RECORD & condition(is_long, lambda: tr("the record ends with its first page"))


def long_commands(
    session: Session, analysis: LongAnalysis, holter: HolterPlace, overview: OverviewBar, status: QStatusBar
) -> list[Command]:
    """Return the commands for long records."""
    can_rank = (
        IS_LONG
        & IS_REVEALED
        & condition(lambda _state: analysis.done > 0, lambda: tr("the whole record is not analysed (Ctrl+F5)"))
    )

    return [
        *placed(
            Menu.FILE,
            2,
            Command(
                "analyze-all",
                tr("Analyse the &whole record"),
                ("Ctrl+F5",),
                tr("Judge the record from end to end in the background, or stop that"),
                analysis.toggle,
                IS_LONG,
                lambda _state: analysis.running,
            ),
            Command(
                "holter",
                tr("Ho&lter reading…"),
                ("Ctrl+Shift+H",),
                tr("Read the whole record as a Holter reader does: hours, events, the worst of each kind, a report"),
                holter.open,
                HAS_RECORD & IS_REVEALED,
            ),
        ),
        *placed(
            Menu.PANELS,
            0,
            Command(
                "overview",
                tr("&Overview bar"),
                ("Shift+F8",),
                tr("Show or hide the whole record under the paper"),
                lambda: overview.set_wanted(not overview.wanted),
            ),
        ),
        *placed(
            Menu.GO,
            3,
            Command(
                "worst-minute",
                tr("&Worst minute"),
                ("Ctrl+.",),
                tr("Go to the minute that needs eyes most, then to the next worst"),
                lambda: step_worst(session, analysis, status, 1),
                can_rank,
            ),
            Command(
                "previous-worst",
                tr("&Less bad minute back"),
                ("Ctrl+,",),
                tr("Go back to the minute that is one place worse"),
                lambda: step_worst(session, analysis, status, -1),
                can_rank,
            ),
        ),
    ]


def step_worst(session: Session, analysis: LongAnalysis, status: QStatusBar, direction: int) -> None:
    """Go to the next minute in the order of badness."""
    found = analysis.next_worst(direction)
    state = session.state
    if found is None or state.record is None:
        status.showMessage(tr("Nothing stands out in what has been analysed so far."), 8000)
        return
    place, count, start_s, why = found
    session.set_viewport(state.viewport.moved_to(state.record, start_s))
    words = tr("{place} of {count}: minute from {start}, {why}")
    status.showMessage(words.format(place=place, count=count, start=clock(start_s), why=why), 15_000)
