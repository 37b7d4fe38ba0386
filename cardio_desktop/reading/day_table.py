"""From the pieces of a long recording to what a Holter reader wants: one row of beats, the table, the worst of each."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.analysis.beat_events import EventLimits, beat_events
from cardio_desktop.analysis.beat_types import rr_intervals
from cardio_desktop.analysis.gaps import union_of
from cardio_desktop.core.beat_kinds import BeatKind
from cardio_desktop.core.events import Event
from cardio_desktop.core.findings import Beat
from cardio_desktop.core.holter import KINDS, NO_SHAPE, DayBeats, Extreme, HolterLimits, Hour, StTrend
from cardio_desktop.core.record import Gap
from cardio_desktop.reading.day_piece import MINUTE_S, Piece

Span = tuple[float, float]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

HOUR_S = 3600.0
JOINED_S = 1.0
"""Episodes of neighbouring pieces that come so close are one that the seam has cut."""
SAME_BEAT_S = 0.2
"""Two pieces do not see two beats within this; no ventricle contracts twice in it (300 per minute)."""
SIDE_MV = 0.05
"""A shift of ST towards its baseline is no elevation or depression."""
RATES_LEAST = 4
"""With fewer intervals in a row a mean rate is that of chance."""
ATRIAL = ("AF", "AFL")


def beats_together(pieces: Sequence[Piece], shapes: Sequence[NDArray[np.int32]] | None = None) -> DayBeats:
    """Return all beats of pieces, ascending; one that two pieces placed on either side of their seam counts once.

    `shapes` are those of the beats of each piece, as places among the day's.
    """
    times: list[Floats] = []
    kinds: list[NDArray[np.uint8]] = []
    places: list[NDArray[np.int32]] = []
    last_s = -np.inf
    unknown = [np.full(piece.times_s.size, NO_SHAPE, np.int32) for piece in pieces]
    order = sorted(zip(pieces, shapes or unknown, strict=True), key=lambda one: one[0].start_s)
    for piece, own in order:
        new = piece.times_s >= last_s + SAME_BEAT_S
        times.append(piece.times_s[new])
        kinds.append(piece.kinds[new])
        places.append(own[new])
        if piece.times_s.size:
            last_s = float(piece.times_s[-1])
    nothing: list[Floats] = [np.zeros(0)]
    return DayBeats(
        np.concatenate(times or nothing),
        np.concatenate(kinds or nothing).astype(np.uint8),
        np.concatenate(places or nothing).astype(np.int32),
    )


def episodes_together(pieces: Sequence[Piece]) -> tuple[Event, ...]:
    """Return the episodes that pieces tell, those that a seam has cut as one."""
    open_: dict[str, Span] = {}
    found: list[Event] = []
    for code, low, high in sorted((e for piece in pieces for e in piece.episodes), key=lambda e: (e[1], e[2])):
        before = open_.get(code)
        if before is not None and low - before[1] <= JOINED_S and code != "PACE_FAIL":
            open_[code] = before[0], max(before[1], high)
            continue
        if before is not None:
            found.append(Event(code, *before))
        open_[code] = low, high
    found += [Event(code, *span) for code, span in open_.items()]
    return tuple(sorted(found, key=lambda event: event.start_s))


def unread_together(pieces: Sequence[Piece]) -> tuple[Span, ...]:
    """Return where nothing could be read, ascending, stretches that touch as one."""
    return tuple(union_of([span for piece in pieces for span in piece.unread_s]))


def lasting(episodes: Sequence[Event], beats: DayBeats, limits: HolterLimits) -> tuple[Event, ...]:
    """Return the episodes without what is too short for fibrillation, or rather a run of ventricular beats."""
    ventricular = beats.are(BeatKind.VENTRICULAR)

    def told(event: Event) -> bool:
        if event.code not in ATRIAL:
            return True
        inside = within(beats.times_s, [(event.start_s, event.end_s)])
        return event.length_s >= limits.fibrillation_s and not (inside.any() and ventricular[inside].mean() > 0.5)

    return tuple(event for event in episodes if told(event))


def judged_beats(beats: DayBeats, episodes: Sequence[Event], limits: HolterLimits, unread: Sequence[Span]) -> DayBeats:
    """Return the beats as the limits and episodes make them.

    Where atria fibrillate no beat comes early; a supraventricular one that comes less early than the limit is usual.
    """
    kinds = beats.kinds.copy()
    early = beats.are(BeatKind.SUPRAVENTRICULAR)
    atrial = within(beats.times_s, [(e.start_s, e.end_s) for e in episodes if e.code in ATRIAL])
    usual = early & atrial
    if limits.premature > 0.0:
        rr = rr_intervals(beats.times_s, _gaps(unread))
        before = np.concatenate([[np.nan], rr[:-1]])
        usual |= early & ~(rr <= (1.0 - limits.premature) * before)
    kinds[usual] = KINDS.index(BeatKind.NORMAL)
    return DayBeats(beats.times_s, kinds, beats.shapes)


def day_events(
    beats: DayBeats, episodes: Sequence[Event], limits: HolterLimits, unread: Sequence[Span], st: StTrend
) -> tuple[Event, ...]:
    """Return every episode of the day, ascending."""
    silent = _gaps(unread)
    vf = [(e.start_s, e.end_s) for e in episodes if e.code == "VF"]
    told = [Beat(float(t), KINDS[k]) for t, k in zip(beats.times_s, beats.kinds, strict=True)]
    own = EventLimits(limits.pause_s, limits.slow_bpm, limits.fast_bpm, limits.run_beats)
    found = [*beat_events(told, silent, vf, limits=own), *(e for e in episodes if e.code != "VF")]
    found += [Event("NOISE", low, high, values={"length_s": high - low}) for low, high in unread]
    return tuple(sorted([*found, *st_events(st, limits)], key=lambda event: (event.start_s, event.code)))


def st_events(st: StTrend, limits: HolterLimits) -> list[Event]:
    """Return the episodes of ST shift from each lead's usual level, in two leads (one where there is only one)."""
    if not st.level_mv.size:
        return []
    known = np.isfinite(st.level_mv)
    usual = np.array(
        [np.median(row[has]) if has.any() else np.nan for row, has in zip(st.level_mv, known, strict=True)]
    )
    away = np.nan_to_num(st.level_mv - usual[:, None])
    level = np.nan_to_num(st.level_mv)
    needed = min(2, len(st.leads))
    found = []
    for code, sign in (("ST_UP", 1.0), ("ST_DOWN", -1.0)):
        beyond = (sign * away >= limits.st_mv) & (sign * level >= SIDE_MV)
        for first, stop in runs_of(beyond.sum(axis=0) >= needed):
            low_s, high_s = (st.start_s + st.minute_s * k for k in (first, stop))
            if high_s - low_s < limits.st_s:
                continue
            shown = beyond[:, first:stop].mean(axis=1) >= 0.5
            if not shown.any():
                continue
            values = {
                "st_mv": float(sign * (sign * level[shown, first:stop]).max()),
                "shift_mv": float(sign * (sign * away[shown, first:stop]).max()),
            }
            leads = tuple(name for name, yes in zip(st.leads, shown, strict=True) if yes)
            found.append(Event(code, low_s, high_s, leads, values))
    return found


def st_together(pieces: Sequence[Piece], start_s: float, end_s: float) -> StTrend:
    """Return ST along the whole, of every lead that any piece could measure."""
    leads = tuple(dict.fromkeys(name for piece in pieces for name in piece.leads))
    minutes = max(int(np.ceil((end_s - start_s) / MINUTE_S - 1e-9)), 0)
    level = np.full((len(leads), minutes), np.nan, np.float32)
    for piece in pieces:
        if piece.st_mv is None:
            continue
        first = round((piece.start_s - start_s) / MINUTE_S)
        width = min(piece.st_mv.shape[1], minutes - first)
        for name, row in zip(piece.leads, piece.st_mv, strict=True):
            level[leads.index(name), first : first + width] = row[:width]
    return StTrend(leads, start_s, level)


def table(
    beats: DayBeats,
    events: Sequence[Event],
    unread: Sequence[Span],
    limits: HolterLimits,
    start_s: float,
    end_s: float,
) -> tuple[Hour, tuple[Hour, ...]]:
    """Return the whole and each hour of it, counted from the start of the recording."""
    edges = [*np.arange(start_s, end_s, HOUR_S).tolist(), end_s]
    rr = rr_intervals(beats.times_s, _gaps([*unread, *((e.start_s, e.end_s) for e in events if e.code == "VF")]))
    slid = sliding_rates(beats.times_s, rr, limits.averaged)
    hours = [_hour(low, high, beats, events, unread, rr, slid) for low, high in pairwise(edges)]
    return _hour(start_s, end_s, beats, events, unread, rr, slid), tuple(hours)


def _hour(
    low: float,
    high: float,
    beats: DayBeats,
    events: Sequence[Event],
    unread: Sequence[Span],
    rr: Floats,
    slid: tuple[Floats, Floats],
) -> Hour:
    own = (beats.times_s >= low) & (beats.times_s < high)
    counted = own & np.isfinite(rr)
    starts = [event for event in events if low <= event.start_s < high]
    at, bpm = slid
    rates = bpm[(at >= low) & (at < high)]

    def number(*codes: str) -> int:
        return sum(event.code in codes for event in starts)

    def lasting(*codes: str) -> float:
        return shared([(e.start_s, e.end_s) for e in events if e.code in codes], low, high)

    def kind(which: BeatKind) -> int:
        return int((own & beats.are(which)).sum())

    return Hour(
        low,
        high,
        beats=int(own.sum()),
        lowest_bpm=float(rates.min()) if rates.size else None,
        mean_bpm=float(60.0 * counted.sum() / rr[counted].sum()) if counted.sum() >= RATES_LEAST else None,
        highest_bpm=float(rates.max()) if rates.size else None,
        sve=kind(BeatKind.SUPRAVENTRICULAR),
        sve_runs=number("SVE_RUN"),
        ve=kind(BeatKind.VENTRICULAR),
        ve_couplets=number("COUPLET"),
        ve_runs=number("VT", "VE_RUN", "WCT"),
        paced=kind(BeatKind.PACED),
        pauses=number("PAUSE", "ASYSTOLE"),
        fibrillation_s=lasting(*ATRIAL),
        st_s=lasting("ST_UP", "ST_DOWN"),
        unread_s=shared(unread, low, high),
    )


def sliding_rates(times_s: Floats, rr_s: Floats, averaged: int) -> tuple[Floats, Floats]:
    """Return (time of the last beat in s, mean rate per minute) of every so many intervals without a break."""
    if rr_s.size < averaged + 1:
        return np.zeros(0), np.zeros(0)
    sums = np.lib.stride_tricks.sliding_window_view(rr_s, averaged).sum(axis=1)
    known = np.isfinite(sums)
    return times_s[averaged - 1 :][known], 60.0 * averaged / sums[known]


def extremes(
    beats: DayBeats, events: Sequence[Event], unread: Sequence[Span], limits: HolterLimits
) -> tuple[Extreme, ...]:
    """Return the worst of each kind, in the order in which a report shows them."""
    found: list[Extreme] = []

    def worst(code: str, names: Sequence[str], value: str, unit: str, *, least: bool = False, most: int = 1) -> None:
        own = [e for e in events if e.code in names and value in e.values]
        own.sort(key=lambda e: e.values[value] if least else -e.values[value])
        found.extend(Extreme(code, e.start_s, e.end_s, e.values[value], unit, e.leads) for e in own[:most])

    worst("vf", ("VF",), "length_s", "s")
    worst("longest-pause", ("PAUSE", "ASYSTOLE"), "length_s", "s", most=3)
    worst("longest-ve-run", ("VT", "VE_RUN", "WCT"), "beats", "beats")
    worst("fastest-ve-run", ("VT", "VE_RUN", "WCT"), "rate_bpm", "/min")
    worst("longest-sve-run", ("SVE_RUN",), "beats", "beats")
    worst("fastest-sve-run", ("SVE_RUN",), "rate_bpm", "/min")
    rr = rr_intervals(beats.times_s, _gaps([*unread, *((e.start_s, e.end_s) for e in events if e.code == "VF")]))
    at, bpm = sliding_rates(beats.times_s, rr, limits.averaged)
    if bpm.size:
        for code, k in (("highest-rate", int(bpm.argmax())), ("lowest-rate", int(bpm.argmin()))):
            length_s = 60.0 * limits.averaged / float(bpm[k])
            found.append(Extreme(code, float(at[k]) - length_s, float(at[k]), float(bpm[k]), "/min"))
    worst("st-up", ("ST_UP",), "shift_mv", "mV")
    worst("st-down", ("ST_DOWN",), "shift_mv", "mV", least=True)
    atrial = sorted((e for e in events if e.code in ATRIAL), key=lambda e: -e.length_s)
    found += [Extreme("longest-fibrillation", e.start_s, e.end_s, e.length_s, "s") for e in atrial[:1]]
    return tuple(_once(found))


def _once(found: Sequence[Extreme]) -> list[Extreme]:
    """Return the extremes without one that is the same stretch as the longest of its kind."""
    out: list[Extreme] = []
    for one in found:
        twin = next((k for k in out if (k.start_s, k.end_s) == (one.start_s, one.end_s)), None)
        if twin is None or {twin.code, one.code} not in _TWINS:
            out.append(one)
    return out


_TWINS = ({"longest-ve-run", "fastest-ve-run"}, {"longest-sve-run", "fastest-sve-run"})


def minute_rates(beats: DayBeats, unread: Sequence[Span], start_s: float, end_s: float) -> NDArray[np.float32]:
    """Return [slow, middle, fast; minute]: the rate of the middle RR interval, and of the longest and shortest 5 %."""
    minutes = max(int(np.ceil((end_s - start_s) / MINUTE_S - 1e-9)), 0)
    rr = rr_intervals(beats.times_s, _gaps(unread))
    out = np.full((3, minutes), np.nan, np.float32)
    edges = np.searchsorted(beats.times_s, start_s + MINUTE_S * np.arange(minutes + 1))
    for k in range(minutes):
        known = rr[edges[k] : edges[k + 1]]
        known = known[np.isfinite(known)]
        if known.size:
            out[:, k] = 60.0 / np.quantile(known, (0.95, 0.5, 0.05))
    return out


def within(times_s: Floats, spans: Sequence[Span]) -> Bools:
    """Return which times lie in one of the spans."""
    inside = np.zeros(times_s.size, dtype=bool)
    for low, high in spans:
        inside[np.searchsorted(times_s, low) : np.searchsorted(times_s, high, side="right")] = True
    return inside


def shared(spans: Sequence[Span], low: float, high: float) -> float:
    """Return how much of the time from `low` to `high` spans cover."""
    return float(sum(max(min(b, high) - max(a, low), 0.0) for a, b in union_of(spans)))


def runs_of(flags: Bools) -> list[tuple[int, int]]:
    """Return (first, stop) of the runs of true flags."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(int)))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def _gaps(spans: Sequence[Span]) -> list[Gap]:
    return [Gap(low, high) for low, high in spans if high > low]
