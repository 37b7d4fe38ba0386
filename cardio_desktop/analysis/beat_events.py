"""What the beats themselves tell: pauses, runs, patterns of ectopic beats, very fast and very slow stretches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.analysis.beat_types import rr_intervals
from cardio_desktop.core.beat_kinds import ECTOPIC, BeatKind
from cardio_desktop.core.events import Event
from cardio_desktop.core.findings import Beat
from cardio_desktop.core.record import Gap

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

PAUSE_S = 2.0
"""From two seconds on an RR interval is a pause (ACC/AHA/HRS 2018 begin to count at 3 s, Holter reports at 2 s)."""
ASYSTOLE_S = 6.0
"""So long without a complex is asystole: consciousness is lost within 6 to 8 s of circulatory arrest."""
VERY_SLOW_BPM, VERY_FAST_BPM = 40.0, 150.0
"""Ventricular rates that are told at once: below 40 and from 150 per minute symptoms are likely to come from the rate
(ACLS 2020: tachyarrhythmia typically from 150; bradycardia guideline 2018: below 40)."""
AVERAGED = 8
"""Intervals of which the middle one tells the rate, as many as monitors average; fewer in a short record."""
HELD = 0.95
"""A rate that was beyond a limit stays so until it is a twentieth short of it: at 149 to 151 per minute it would else
be told anew every few beats."""
LEAST_AVERAGED = 4
"""In a record with fewer no stretch is called fast or slow: two intervals could decide."""
RUN = 3
"""Ectopic beats in a row that make a run: a couplet has two (AHA/ACC/HRS 2007)."""
TACHYCARDIA_BPM = 100.0
"""A ventricular run above this is ventricular tachycardia (AHA/ACC/HRS 2017)."""
LEAST_PATTERN = 3
"""Ectopic beats that make a pattern."""


@dataclass(frozen=True)
class EventLimits:
    """From where on something is told: an RR interval, rates per minute, ectopic beats in a row."""

    pause_s: float = PAUSE_S
    slow_bpm: float = VERY_SLOW_BPM
    fast_bpm: float = VERY_FAST_BPM
    run: int = RUN


USUAL = EventLimits()


def beat_events(
    beats: Sequence[Beat],
    gaps: Sequence[Gap] = (),
    flutter_s: Sequence[tuple[float, float]] = (),
    *,
    proven: bool = True,
    limits: EventLimits = USUAL,
    span_s: tuple[float, float] | None = None,
) -> tuple[Event, ...]:
    """Return the events of `beats`, ascending by time.

    `flutter_s` are stretches of ventricular flutter or fibrillation (`beats.search_beats`), in which no beat is counted
    and no pause either; after one a pause begins. `span_s` is from where to where beats were looked for, so that a
    silence before the first or after the last is told with what was seen of it. `proven` says that runs of ventricular
    beats are known to be such; else a fast one is a tachycardia with wide complexes, of which nobody knows where it
    comes from.
    """
    events = [Event("VF", low, high, values={"length_s": high - low}) for low, high in flutter_s]
    if len(beats) > 1:
        silent = [*gaps, *(Gap(low, high) for low, high in flutter_s)]
        times = np.array([beat.time_s for beat in beats], dtype=np.float64)
        rr = rr_intervals(times, silent)
        events += _pauses(times, rr, limits.pause_s)
        events += _cut_pauses(times, gaps, flutter_s, span_s, limits.pause_s)
        events += _runs([beat.kind for beat in beats], times, rr, "VT" if proven else "WCT", limits.run)
        events += _rates(times, rr, {"TACHY": limits.fast_bpm, "BRADY": limits.slow_bpm})
    return tuple(sorted(events, key=lambda event: (event.start_s, event.code)))


def _pauses(times_s: Floats, rr_s: Floats, least_s: float) -> list[Event]:
    return [
        Event(
            "ASYSTOLE" if rr_s[k] >= ASYSTOLE_S else "PAUSE",
            float(times_s[k - 1]),
            float(times_s[k]),
            values={"length_s": float(rr_s[k])},
        )
        for k in np.flatnonzero(rr_s >= least_s - 1e-9).tolist()
    ]


def _cut_pauses(
    times_s: Floats,
    gaps: Sequence[Gap],
    flutter_s: Sequence[tuple[float, float]],
    span_s: tuple[float, float] | None,
    least_s: float,
) -> list[Event]:
    """Return the silences that no beat begins or ends: after flutter, and at the ends of what was looked at."""
    begins = [high for _, high in flutter_s]
    ends = [*times_s.tolist(), *(low for low, _ in flutter_s)]
    if span_s is not None:
        begins += [span_s[0], float(times_s[-1])]
        ends.append(span_s[1])
    silences = [(begin, min((end for end in ends if end > begin), default=begin)) for begin in sorted(set(begins))]
    return [
        Event("ASYSTOLE" if end - begin >= ASYSTOLE_S else "PAUSE", begin, end, values={"length_s": end - begin})
        for begin, end in silences
        if end - begin >= least_s - 1e-9 and not any(gap.start_s < end and gap.end_s > begin for gap in gaps)
    ]


def _runs(kinds: Sequence[BeatKind], times_s: Floats, rr_s: Floats, fast: str, least: int) -> list[Event]:
    """Return couplets and runs of ectopic beats, and stretches in which every second or third beat is ectopic."""
    events, first = [], 0
    # A gap ends a run: nobody knows what stood in it.
    broken = np.cumsum(~np.isfinite(rr_s))
    for (kind, _), group in groupby(zip(kinds, broken.tolist(), strict=True)):
        count = len(list(group))
        last = first + count - 1
        if (kind in ECTOPIC and count >= least) or (kind == BeatKind.VENTRICULAR and count == 2):
            bpm = 60.0 / float(np.median(rr_s[first + 1 : last + 1]))
            code = (
                "COUPLET"
                if count < least
                else "SVE_RUN"
                if kind == BeatKind.SUPRAVENTRICULAR
                else fast
                if bpm > TACHYCARDIA_BPM
                else "VE_RUN"
            )
            values = {"beats": float(count), "rate_bpm": bpm}
            events.append(Event(code, float(times_s[first]), float(times_s[last]), values=values))
        first += count
    for code, every in (("BIGEMINY", 2), ("TRIGEMINY", 3)):
        for kind in ECTOPIC:
            for low, high in pattern(kinds, every, kind, broken):
                values = {"beats": float(high - low + 1), "ventricular": float(kind == BeatKind.VENTRICULAR)}
                events.append(Event(code, float(times_s[low]), float(times_s[high]), values=values))
    return events


def pattern(
    kinds: Sequence[BeatKind], every: int, kind: BeatKind = BeatKind.VENTRICULAR, broken: Ints | None = None
) -> list[tuple[int, int]]:
    """Return (first, last) beat of the stretches in which every second (or third) beat is of a kind, the others not.

    At least `LEAST_PATTERN` of that kind; `broken` counts gaps up to each beat, over which no pattern goes on.
    """
    ectopic = np.array([one == kind for one in kinds], dtype=bool)
    where = np.flatnonzero(ectopic)
    if where.size < LEAST_PATTERN:
        return []
    steps = np.diff(where) == every
    if broken is not None:
        steps &= broken[where[1:]] == broken[where[:-1]]
    edges = np.flatnonzero(np.diff(np.concatenate([[False], steps, [False]]).astype(int)))
    spans = zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
    return [
        (max(int(where[low]) - every + 1, 0), int(where[high]))
        for low, high in spans
        if high - low + 1 >= LEAST_PATTERN
    ]


def _rates(times_s: Floats, rr_s: Floats, limits_bpm: Mapping[str, float]) -> list[Event]:
    """Return the stretches whose rate is very fast or very slow."""
    width = min(AVERAGED, rr_s.size - 1)
    if width < LEAST_AVERAGED:
        return []
    # The middle, not the mean: one pause makes no slow stretch.
    middles = np.median(np.lib.stride_tricks.sliding_window_view(rr_s, width), axis=1)
    events = []
    for code, limit_bpm in limits_bpm.items():
        easier_bpm = limit_bpm * HELD if code == "TACHY" else limit_bpm / HELD
        hit = _held(_beyond(code, limit_bpm, middles), _beyond(code, easier_bpm, middles))
        own = _beyond(code, easier_bpm, rr_s)
        edges = np.flatnonzero(np.diff(np.concatenate([[False], hit, [False]]).astype(int)))
        for first, stop in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
            extreme = middles[first:stop].min() if code == "TACHY" else middles[first:stop].max()
            # Nearly half of the first and last window's intervals may be of another rate.
            inside = first + np.flatnonzero(own[first : stop - 1 + width])
            low, high = max(int(inside[0]), 1), int(inside[-1])
            values = {"rate_bpm": float(60.0 / extreme), "beats": float(high - low + 2)}
            events.append(Event(code, float(times_s[low - 1]), float(times_s[high]), values=values))
    return events


def _held(hit: NDArray[np.bool_], nearly: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return the stretches that are nearly beyond a limit and somewhere are: one that wavers about it stays one."""
    out = np.zeros(hit.size, dtype=bool)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], nearly, [False]]).astype(int)))
    for first, stop in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        out[first:stop] = hit[first:stop].any()
    return out


def _beyond(code: str, limit_bpm: float, rr_s: Floats) -> NDArray[np.bool_]:
    if code == "TACHY":
        return np.asarray(rr_s <= 60.0 / limit_bpm + 1e-9)
    return np.asarray(rr_s > 60.0 / limit_bpm + 1e-9)
