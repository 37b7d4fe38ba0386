"""What is critical in the shown record: its words, and how to go to its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cardio_desktop.app.terms import term
from cardio_desktop.core.events import Event
from cardio_desktop.core.findings import Mark
from cardio_desktop.words.writing import capital

if TYPE_CHECKING:
    from cardio_desktop.app.session import Session

SHORT_S = 0.4
"""An event without length, such as a spike, is marked as wide as a beat."""


def words_of(event: Event) -> str:
    """Return an event in the language of the interface."""
    from cardio_desktop.narrative.critical import event_remark

    return capital(term(event_remark(event)))


def marks_of(event: Event) -> tuple[Mark, ...]:
    """Return where an event stands on the paper: in its leads, or across all."""
    room = max(SHORT_S - event.length_s, 0.0) / 2
    return tuple(Mark(lead, event.start_s - room, event.end_s + room) for lead in event.leads or (None,))


def go_to(session: Session, event: Event) -> None:
    """Bring an event into view and mark it."""
    session.go_to(event.start_s)
    session.highlight(marks_of(event))


def go_to_next(session: Session) -> None:
    """Go to the most urgent critical event, or from the one that is marked to the next."""
    shown = session.state.shown
    if shown is None or not shown.critical:
        return
    places = [marks_of(event) for event in shown.critical]
    here = places.index(session.state.highlights) if session.state.highlights in places else -1
    go_to(session, shown.critical[(here + 1) % len(places)])
