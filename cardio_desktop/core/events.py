"""What happened in a record, and when: values, never prose. The words are made of codes and values elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

CRITICAL = ("VF", "ASYSTOLE", "VT", "WCT", "AVB3", "PAUSE", "STE", "PACE_FAIL", "AVB2", "BRADY", "TACHY", "QT500")
"""Codes of what is said first, apart from any network, the most urgent first: rhythms without output before those that
may lose it, then what threatens the muscle, then what can wait for a second look."""
OTHER = (
    "AF", "AFL", "SVT", "SVE_RUN", "VE_RUN", "BIGEMINY", "TRIGEMINY", "COUPLET",
    "ST_UP", "ST_DOWN", "T_INV", "T_FLAT", "T_UP", "T_ALT", "NOISE", "GAP",
)  # fmt: skip
CODES = (*CRITICAL, *OTHER)


@dataclass(frozen=True)
class Event:
    """An episode from `start_s` to `end_s`; `leads` are those that show it where it is not in all.

    `values` carry their unit in the name: rate_bpm, length_s, beats, st_mv, qtc_ms, pr_ms ... Raises ValueError for an
    unknown code or an end before the start.
    """

    code: str
    start_s: float
    end_s: float
    leads: tuple[str, ...] = ()
    values: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Check code and times."""
        if self.code not in CODES:
            raise ValueError(f"no event of code {self.code!r}: one of {', '.join(CODES)}")
        if not self.start_s <= self.end_s:
            raise ValueError(f"{self.code} from {self.start_s:g} to {self.end_s:g} s ends before it begins")

    @property
    def length_s(self) -> float:
        """From start to end."""
        return self.end_s - self.start_s

    @property
    def critical(self) -> bool:
        """Whether it is said first."""
        return self.code in CRITICAL


def critical_of(events: Iterable[Event]) -> tuple[Event, ...]:
    """Return the critical ones, the most urgent first; of one code the longest first.

    A fast rate is told by the name of the ventricular rhythm that has it, not once more.
    """
    found = [event for event in events if event.critical]
    named = [event for event in found if event.code in ("VF", "VT", "WCT")]
    chosen = [
        event
        for event in found
        if event.code != "TACHY" or not any(n.start_s < event.end_s and event.start_s < n.end_s for n in named)
    ]
    return tuple(sorted(chosen, key=lambda event: (CRITICAL.index(event.code), -event.length_s, event.start_s)))


def worst_of_each(events: Iterable[Event]) -> list[tuple[Event, int]]:
    """Return the first event of each code and how many of it there are, in the order in which they come."""
    counts: dict[str, int] = {}
    first: dict[str, Event] = {}
    for event in events:
        counts[event.code] = counts.get(event.code, 0) + 1
        first.setdefault(event.code, event)
    return [(event, counts[code]) for code, event in first.items()]
