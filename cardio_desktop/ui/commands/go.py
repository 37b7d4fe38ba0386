"""Commands that go along a record."""

from __future__ import annotations

from collections.abc import Callable

from cardio_desktop.app import critical
from cardio_desktop.app.i18n import tr
from cardio_desktop.app.session import Session
from cardio_desktop.ui.commands.command import Command, Menu, placed
from cardio_desktop.ui.commands.conditions import HAS_FINDINGS, HAS_RECORD, condition
from cardio_desktop.ui.paper.paper_place import PaperPlace

HAS_FLAGS = HAS_FINDINGS & condition(
    lambda state: state.shown is not None and bool(state.shown.flagged),
    lambda: tr("the network's evidence points at no beat"),
)
HAS_CRITICAL = HAS_FINDINGS & condition(
    lambda state: state.shown is not None and bool(state.shown.critical), lambda: tr("nothing critical was found")
)
HAS_MARK = condition(lambda state: state.viewport.selected_beat_s is not None, lambda: tr("no beat is marked"))


def go_commands(session: Session, paper: PaperPlace) -> list[Command]:
    """Return the commands that move the page, and those that go to beats with network evidence."""

    def step(direction: int, pages: float) -> Callable[[], None]:
        return lambda: paper.view.step(direction, pages)

    def scroll(seconds: float) -> Callable[[], None]:
        return lambda: paper.view.scroll_time(seconds)

    return [
        *placed(
            Menu.GO,
            0,
            Command(
                "left", tr("&Back a little"), ("Left",), tr("Go back a tenth of a page"), step(-1, 0.1), HAS_RECORD
            ),
            Command("right", tr("&On a little"), ("Right",), tr("Go on a tenth of a page"), step(1, 0.1), HAS_RECORD),
            Command("page-back", tr("&Previous page"), ("PgUp",), tr("Go back a page"), step(-1, 1.0), HAS_RECORD),
            Command("page-on", tr("&Next page"), ("PgDown", "Space"), tr("Go on a page"), step(1, 1.0), HAS_RECORD),
            Command(
                "start", tr("&Start of the record"), ("Home",), tr("Go to the beginning"), scroll(-1e12), HAS_RECORD
            ),
            Command("end", tr("&End of the record"), ("End",), tr("Go to the end"), scroll(1e12), HAS_RECORD),
        ),
        *placed(
            Menu.GO,
            1,
            Command(
                "next-critical",
                tr("Next cr&itical finding"),
                ("!",),
                tr("Go to the most urgent critical finding, again to the next"),
                lambda: critical.go_to_next(session),
                HAS_CRITICAL,
            ),
            Command(
                "next-beat",
                tr("Next beat wit&h network evidence"),
                ("N",),
                tr("Next beat that the network's evidence points at"),
                lambda: next_flagged(session, 1),
                HAS_FLAGS,
            ),
            Command(
                "previous-beat",
                tr("P&revious beat with network evidence"),
                ("P", "Shift+N"),
                tr("Previous beat that the network's evidence points at"),
                lambda: next_flagged(session, -1),
                HAS_FLAGS,
            ),
            Command(
                "unselect",
                tr("Forge&t the mark"),
                ("Shift+Esc",),
                tr("Unmark the beat"),
                lambda: session.look(selected_beat_s=None),
                HAS_MARK,
            ),
        ),
    ]


def next_flagged(session: Session, direction: int) -> None:
    """Go to the next or previous beat that the network's evidence points at."""
    findings = session.state.shown
    if findings is None or not findings.flagged:
        return
    times = [beat.time_s for beat in findings.flagged]
    here = session.state.viewport.selected_beat_s
    if here is None:
        target = times[0 if direction > 0 else -1]
    elif direction > 0:
        target = next((t for t in times if t > here + 1e-6), times[0])
    else:
        target = next((t for t in reversed(times) if t < here - 1e-6), times[-1])
    session.go_to(target, select=True)
