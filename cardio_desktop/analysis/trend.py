"""A long record at a glance: heart rate minute by minute, and the events worth jumping to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.analysis.beat_types import rr_intervals
from cardio_desktop.core.findings import Beat
from cardio_desktop.core.record import Gap

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

BIN_S = 60.0
"""One value a minute, as Holter reports give it."""
PAUSE_S = 2.0
"""From two seconds on an RR interval is a pause (ACC/AHA/HRS 2018 begin to count at 3 s, Holter reports at 2 s)."""
BRADYCARDIA_BPM, TACHYCARDIA_BPM = 40.0, 130.0
"""Rates worth jumping to, not diagnoses: chosen so that sleep and stairs seldom reach them."""
AVERAGED = 8
"""Beats over which a rate is averaged, as monitors do."""
RUN = 3
"""Ectopic beats in a row that make a run: a couplet has two (AHA/ACC/HRS 2007)."""
ECTOPIC = ("supraventricular", "ventricular")


@dataclass(frozen=True, eq=False)
class Trend:
    """Heart rate over time: one value for each of equal stretches of `bin_s` from `start_s`; NaN without beats.

    `rate_bpm` belongs to the median RR interval, `slowest_bpm` and `fastest_bpm` to the 5 % and 95 % quantile;
    `ectopic` is the share of beats that are supraventricular or ventricular, 0 to 1.
    """

    start_s: float
    bin_s: float
    beats: Ints
    rate_bpm: Floats
    slowest_bpm: Floats
    fastest_bpm: Floats
    ectopic: Floats
    ventricular: Floats

    @property
    def times_s(self) -> Floats:
        """The middle of each stretch."""
        return np.asarray(self.start_s + self.bin_s * (np.arange(self.beats.size) + 0.5))


@dataclass(frozen=True)
class Event:
    """Something worth looking at.

    `kind` is pause, couplet, ventricular run, supraventricular run, bigeminy, fast, slow or ventricular flutter;
    `beats` counts those in it, `value` is in `unit`: "s" of a pause, "bpm" of runs and rates.
    """

    kind: str
    start_s: float
    end_s: float
    beats: int = 0
    value: float | None = None
    unit: str = ""


def heart_rate_trend(
    beats: Sequence[Beat], start_s: float, end_s: float, gaps: Sequence[Gap] = (), bin_s: float = BIN_S
) -> Trend:
    """Return the trend of `beats`, ascending, from `start_s` to `end_s`; intervals over a gap count for nothing."""
    times = np.array([beat.time_s for beat in beats], dtype=np.float64)
    kinds = np.array([beat.kind for beat in beats], dtype="<U20")
    count = max(int(np.ceil((end_s - start_s) / bin_s - 1e-9)), 1)
    rr = rr_intervals(times, gaps) if times.size else times
    place = np.clip(((times - start_s) / bin_s).astype(int), 0, count - 1)
    edges = np.searchsorted(place, np.arange(count + 1))
    quantiles = np.full((3, count), np.nan)
    for k in range(count):
        known = rr[edges[k] : edges[k + 1]]
        known = known[np.isfinite(known)]
        if known.size:
            quantiles[:, k] = 60.0 / np.quantile(known, (0.5, 0.95, 0.05))
    number = np.bincount(place, minlength=count)
    shares = [
        np.bincount(place[np.isin(kinds, names)], minlength=count) / np.maximum(number, 1)
        for names in (ECTOPIC, ("ventricular",))
    ]
    return Trend(start_s, bin_s, number, *quantiles, *shares)


def events_of(
    beats: Sequence[Beat], gaps: Sequence[Gap] = (), flutter_s: Sequence[tuple[float, float]] = ()
) -> tuple[Event, ...]:
    """Return the events of `beats`, ascending by time.

    `flutter_s` are stretches of ventricular flutter or fibrillation (`beats.search_beats`), in which no beat is counted
    and no pause either.
    """
    events = [Event("ventricular flutter", low, high) for low, high in flutter_s]
    if len(beats) > 1:
        silent = [*gaps, *(Gap(low, high) for low, high in flutter_s)]
        times = np.array([beat.time_s for beat in beats], dtype=np.float64)
        rr = rr_intervals(times, silent)
        for k in np.flatnonzero(rr > PAUSE_S):
            events.append(Event("pause", float(times[k - 1]), float(times[k]), 2, float(rr[k]), "s"))
        events += _runs([beat.kind for beat in beats], times, rr)
        events += _rates(times, rr)
    return tuple(sorted(events, key=lambda event: (event.start_s, event.kind)))


def _runs(kinds: Sequence[str], times_s: Floats, rr_s: Floats) -> list[Event]:
    """Return couplets and runs of ectopic beats, and stretches in which every second beat is ventricular."""
    events, first = [], 0
    # A gap ends a run: nobody knows what stood in it.
    broken = np.cumsum(~np.isfinite(rr_s))
    for (kind, _), group in groupby(zip(kinds, broken.tolist(), strict=True)):
        count = len(list(group))
        last = first + count - 1
        if kind in ECTOPIC and count >= RUN:
            bpm = 60.0 / float(np.median(rr_s[first + 1 : last + 1]))
            events.append(Event(f"{kind} run", float(times_s[first]), float(times_s[last]), count, bpm, "bpm"))
        elif kind == "ventricular" and count == 2:
            bpm = 60.0 / float(rr_s[last])
            events.append(Event("couplet", float(times_s[first]), float(times_s[last]), 2, bpm, "bpm"))
        first += count
    return events + [
        Event("bigeminy", float(times_s[low]), float(times_s[high]), high - low + 1)
        for low, high in bigeminy(kinds, broken)
    ]


def bigeminy(kinds: Sequence[str], broken: Ints | None = None, least: int = 3) -> list[tuple[int, int]]:
    """Return (first, last) beat of the stretches in which `least` ventricular beats or more alternate with others."""
    ventricular = np.array([kind == "ventricular" for kind in kinds], dtype=bool)
    steps = ventricular[1:] != ventricular[:-1]
    if broken is not None:
        steps &= broken[1:] == broken[:-1]
    edges = np.flatnonzero(np.diff(np.concatenate([[False], steps, [False]]).astype(int)))
    spans = zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
    return [(low, high) for low, high in spans if ventricular[low : high + 1].sum() >= least]


def _rates(times_s: Floats, rr_s: Floats) -> list[Event]:
    """Return the stretches whose rate over `AVERAGED` intervals is unusually fast or slow."""
    if rr_s.size <= AVERAGED:
        return []
    means = np.lib.stride_tricks.sliding_window_view(rr_s, AVERAGED).mean(axis=1)
    events = []
    for kind, hit in (("fast", means < 60.0 / TACHYCARDIA_BPM), ("slow", means > 60.0 / BRADYCARDIA_BPM)):
        edges = np.flatnonzero(np.diff(np.concatenate([[False], hit, [False]]).astype(int)))
        for first, stop in zip(edges[::2], edges[1::2], strict=True):
            extreme = means[first:stop].min() if kind == "fast" else means[first:stop].max()
            last = stop - 2 + AVERAGED
            events.append(
                Event(
                    kind,
                    float(times_s[max(first - 1, 0)]),
                    float(times_s[last]),
                    int(last - first + 2),
                    float(60.0 / extreme),
                    "bpm",
                )
            )
    return events
