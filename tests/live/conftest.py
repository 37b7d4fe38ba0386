"""Replays through order and judge, as a session does it."""

from __future__ import annotations

from cardio_desktop.core.record import Record
from cardio_desktop.live.events import LiveEvent
from cardio_desktop.live.judge import Judge, Settings
from cardio_desktop.live.ordering import Ordering
from cardio_desktop.live.replay import NO_FAULTS, Faults, ReplaySource


def watched(
    record: Record, *, faults: Faults = NO_FAULTS, block_s: float = 0.1, settings: Settings | None = None
) -> list[LiveEvent]:
    """Everything that is said of a record that is played through a line with faults."""
    source = ReplaySource(record, block_s=block_s, faults=faults)
    judge, ordering = Judge(source.layout, settings), Ordering(source.layout.rate_hz)
    said: list[LiveEvent] = []
    while (block := source.read(0.0)) is not None:
        for part in ordering.take(block):
            said += judge.feed(part)
    for part in ordering.flush():
        said += judge.feed(part)
    return [*said, *judge.finish()]


def begun(said: list[LiveEvent]) -> list[LiveEvent]:
    """The critical rhythms that began."""
    return [event for event in said if event.kind == "critical" and event.end_s is None]
