"""A long recording as a Holter reader wants it: hour by hour, the worst of each kind, variability, ST along the time.

Times are seconds from the record's start; rates are per minute, voltages millivolts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.core.beat_kinds import BeatKind
from cardio_desktop.core.events import Event
from cardio_desktop.words import Remark

KINDS = tuple(BeatKind)
"""Beats of a day are numbers: the place of their kind here."""


@dataclass(frozen=True)
class HolterLimits:
    """From where on something counts; what Holter readers set at their machines.

    `pause_s` is an RR interval, `slow_bpm` and `fast_bpm` bound the rates that are told, `run_beats` make a run,
    `premature` is the share by which a supraventricular beat comes before its time, `st_mv` the shift of ST from its
    usual level that counts for `st_s`; `averaged` beats make the highest and lowest rate. Fibrillation that is shorter
    than `fibrillation_s` is not told (ESC 2020: 30 s).
    """

    pause_s: float = 2.0
    slow_bpm: float = 40.0
    fast_bpm: float = 150.0
    run_beats: int = 3
    premature: float = 0.0
    st_mv: float = 0.1
    st_s: float = 60.0
    averaged: int = 8
    fibrillation_s: float = 30.0

    def __post_init__(self) -> None:
        """Refuse what no reader can mean."""
        for name, (low, high) in RANGES.items():
            value = getattr(self, name)
            if not low <= value <= high:
                raise ValueError(f"{name} is {value:g}; choose {low:g} to {high:g}")
        if self.slow_bpm >= self.fast_bpm:
            raise ValueError(f"slow_bpm {self.slow_bpm:g} is not below fast_bpm {self.fast_bpm:g}")


RANGES: Mapping[str, tuple[float, float]] = {
    "pause_s": (1.0, 10.0),
    "slow_bpm": (20.0, 100.0),
    "fast_bpm": (60.0, 300.0),
    "run_beats": (3, 30),
    "premature": (0.0, 0.5),
    "st_mv": (0.05, 1.0),
    "st_s": (20.0, 600.0),
    "averaged": (2, 60),
    "fibrillation_s": (0.0, 360.0),
}
"""What each limit may be."""


ARTEFACT = "artefact"
"""What a reader calls a shape that is no beat, beside the kinds of beats."""
NO_SHAPE = -1
"""The shape of a beat that was compared with no other."""


@dataclass(frozen=True)
class HolterEdits:
    """What the reader changed: the kind (or `ARTEFACT`) of every beat of a shape, and events that are none.

    A shape is known by the time of its first beat in s, so that it is found again when the day is read again; an event
    by its code and its start in s.
    """

    shapes: tuple[tuple[float, str], ...] = ()
    rejected: tuple[tuple[str, float], ...] = ()

    def with_shape(self, first_s: float, kind: str | None) -> HolterEdits:
        """Return the edits with another kind of the shape that begins at `first_s`; None takes that back."""
        others = tuple(one for one in self.shapes if abs(one[0] - first_s) > SAME_TIME_S)
        return replace(self, shapes=others if kind is None else (*others, (first_s, kind)))

    def toggled(self, code: str, start_s: float) -> HolterEdits:
        """Return the edits with an event rejected, or accepted again."""
        others = tuple(one for one in self.rejected if not (one[0] == code and abs(one[1] - start_s) <= SAME_TIME_S))
        return replace(self, rejected=others if len(others) < len(self.rejected) else (*others, (code, start_s)))

    def plain(self) -> dict[str, list[list[Any]]]:
        """Return plain values, as they are kept."""
        return {"shapes": [list(one) for one in self.shapes], "rejected": [list(one) for one in self.rejected]}

    def rejects(self, event: Event) -> bool:
        """Return whether the reader says that an event is none."""
        return any(code == event.code and abs(at - event.start_s) <= SAME_TIME_S for code, at in self.rejected)


def edits_from(values: Mapping[str, Any]) -> HolterEdits:
    """Return edits from their plain values; what cannot be understood is left out."""
    try:
        shapes = tuple((float(at), str(kind)) for at, kind in values["shapes"])
        return HolterEdits(shapes, tuple((str(code), float(at)) for code, at in values["rejected"]))
    except (KeyError, TypeError, ValueError):
        return HolterEdits()


SAME_TIME_S = 0.15
"""So closely a beat is found again by another version of the program."""


@dataclass(frozen=True, eq=False)
class DayShape:
    """Beats of one shape: their number, the kind of most of them (or what the reader says), and how they look.

    `samples_mv` is float32 [lead, sample] at `rate_hz`, the beat at sample `zero`; `first_s` is the time of the first.
    """

    first_s: float
    beats: int
    kind: str
    leads: tuple[str, ...]
    samples_mv: NDArray[np.float32]
    rate_hz: float
    zero: int
    edited: bool = False


@dataclass(frozen=True, eq=False)
class DayBeats:
    """All beats, ascending: `times_s` float64 [beat], `kinds` uint8 [beat] as places in `KINDS`.

    `shapes` int32 [beat] are places among the day's shapes, `NO_SHAPE` where a beat has none.
    """

    times_s: NDArray[np.float64]
    kinds: NDArray[np.uint8]
    shapes: NDArray[np.int32] | None = None

    def __post_init__(self) -> None:
        """Check and lock the arrays."""
        if self.times_s.shape != self.kinds.shape or self.times_s.ndim != 1:
            raise ValueError("times and kinds of beats do not go together")
        if self.shapes is not None and self.shapes.shape != self.times_s.shape:
            raise ValueError("times and shapes of beats do not go together")
        self.times_s.flags.writeable = self.kinds.flags.writeable = False

    def are(self, *kinds: BeatKind) -> NDArray[np.bool_]:
        """Return which beats are of one of the kinds."""
        return np.isin(self.kinds, [KINDS.index(kind) for kind in kinds])


@dataclass(frozen=True)
class Hour:
    """One hour of the table, or the whole of it. Rates are None where nothing could be counted.

    `lowest_bpm` and `highest_bpm` are means over some beats in a row, `mean_bpm` all beats over the time in which they
    could be counted. `sve` and `ve` are single and coupled beats and those of runs together; of runs and couplets the
    number, of fibrillation (or flutter), ST shifts and what could not be read the time.
    """

    start_s: float
    end_s: float
    beats: int = 0
    lowest_bpm: float | None = None
    mean_bpm: float | None = None
    highest_bpm: float | None = None
    sve: int = 0
    sve_runs: int = 0
    ve: int = 0
    ve_couplets: int = 0
    ve_runs: int = 0
    paced: int = 0
    pauses: int = 0
    fibrillation_s: float = 0.0
    st_s: float = 0.0
    unread_s: float = 0.0


@dataclass(frozen=True)
class Extreme:
    """The worst of one kind, to be shown as a strip: `code` says of what, `value` how much of `unit`."""

    code: str
    start_s: float
    end_s: float
    value: float
    unit: str
    leads: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class StTrend:
    """ST at J + 60 ms, minute by minute: `level_mv` float32 [lead, minute] from `start_s`, NaN where unknown."""

    leads: tuple[str, ...]
    start_s: float
    level_mv: NDArray[np.float32]
    minute_s: float = 60.0

    @property
    def times_s(self) -> NDArray[np.float64]:
        """The middle of each minute."""
        return np.asarray(self.start_s + self.minute_s * (np.arange(self.level_mv.shape[1]) + 0.5))


@dataclass(frozen=True)
class OpinionSpan:
    """The network's opinion on one piece: its tier, and the likeliest pathology; None where it said nothing."""

    start_s: float
    end_s: float
    tier: str
    code: str | None = None
    probability: float | None = None


@dataclass(frozen=True, eq=False)
class Holter:
    """All that is told of a long recording between `start_s` and `end_s`.

    `unread_s` are the stretches in which nothing could be read, gaps among them; `extremes` the worst of each kind, in
    the order in which a report shows them; `variability` figures of the Task Force's names with their units (sdnn_ms,
    lf_ms2 ...), empty where too little of the day could be used, with the reason in `no_variability`.
    `problems` are pieces that could not be judged, with what stood in the way.
    """

    start_s: float
    end_s: float
    limits: HolterLimits
    beats: DayBeats
    total: Hour
    hours: tuple[Hour, ...]
    events: tuple[Event, ...]
    extremes: tuple[Extreme, ...]
    unread_s: tuple[tuple[float, float], ...]
    st: StTrend
    variability: Mapping[str, float] = field(default_factory=dict)
    no_variability: Remark | None = None
    opinions: tuple[OpinionSpan, ...] = ()
    problems: tuple[tuple[float, float, str], ...] = ()
    shapes: tuple[DayShape, ...] = ()
    """The commonest first."""
    rejected: tuple[Event, ...] = ()
    """Events that the reader says are none: they count for nothing."""
    rates_bpm: NDArray[np.float32] = field(default_factory=lambda: np.zeros((3, 0), np.float32))
    """[lowest 5 %, middle, highest 5 %; minute] of the rate; NaN where no beat was counted."""
