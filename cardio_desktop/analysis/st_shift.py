"""ST shifts that come and go: from when to when, in which leads, how far.

Each beat is measured 60 ms after the end of its QRS against the level before it; episodes are found as Holter readers
define them: at least 0.1 mV away from where ST usually lies, for a while, in two leads.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.analysis.course import LEAST_BEATS, SHORTEST_RECORD_S, smoothed, stretches
from cardio_desktop.analysis.global_waves import GlobalWave
from cardio_desktop.core.beat_waves import BeatWaves
from cardio_desktop.core.events import Event

Floats = NDArray[np.float64]

SHIFT_MV = 0.1
"""The 1-1-1 rule of ambulatory recording: 1 mm, for one minute, one minute apart (Circulation 1999;100:886)."""
AT_S, HALF_S = 0.060, 0.010
"""J + 60 ms, as ambulatory recordings are read (60 to 80 ms); the mean over one period of 50 Hz mains around it."""
BASELINE_S = (0.020, 0.004)
"""From and to, before QRS onset: the PR segment, behind the P wave and a 4 ms sample clear of the complex."""
SIDE_MV = {"ST_UP": 0.05, "ST_DOWN": -0.05}
"""A shift towards the baseline is no elevation or depression."""


def st_episodes(
    leads_mv: Floats,
    rate_hz: float,
    names: Sequence[str],
    own: Sequence[BeatWaves[GlobalWave]],
    ectopic: Sequence[bool],
    start_s: float,
) -> tuple[Event, ...]:
    """Return the episodes of ST shift; `leads_mv` (lead, n) begins at `start_s`, and so do the waves of `own`."""
    n = leads_mv.shape[1]
    if n / rate_hz < SHORTEST_RECORD_S:
        return ()
    beats = [w for w, odd in zip(own, ectopic, strict=True) if w.qrs is not None and not odd]
    places = np.array([(w.complex.onset_s, w.complex.offset_s) for w in beats])
    if len(places) < 2 * LEAST_BEATS:
        return ()
    inside = (places[:, 0] > 0.05) & (places[:, 1] < n / rate_hz - 0.1)
    places = places[inside]
    smooth = smoothed(st_levels(leads_mv, rate_hz, places))
    quarters = np.nanquantile(smooth, (0.25, 0.5, 0.75), axis=1)
    usual = np.take_along_axis(quarters, np.abs(quarters).argmin(axis=0)[None], axis=0)[0]
    times = places[:, 0] + start_s
    found = []
    for code, sign in (("ST_UP", 1.0), ("ST_DOWN", -1.0)):
        away = sign * (smooth - usual[:, None])
        beyond = (away >= SHIFT_MV) & (sign * smooth >= abs(SIDE_MV[code]))
        for first, stop, shown in stretches(beyond, times):
            part = sign * smooth[shown, first:stop]
            values = {"st_mv": float(sign * part.max()), "shift_mv": float(sign * away[shown, first:stop].max())}
            leads = tuple(name for name, yes in zip(names, shown, strict=True) if yes)
            found.append(Event(code, float(times[first]), float(times[stop - 1]), leads, values))
    return tuple(sorted(found, key=lambda event: event.start_s))


def st_levels(leads_mv: Floats, rate_hz: float, qrs_s: Floats) -> Floats:
    """Return (lead, beat): ST against the level before the complex; `qrs_s` (beat, 2) are its onset and offset."""
    st = _mean(leads_mv, rate_hz, qrs_s[:, 1] + AT_S - HALF_S, qrs_s[:, 1] + AT_S + HALF_S)
    return st - level_before(leads_mv, rate_hz, qrs_s[:, 0])


def level_before(leads_mv: Floats, rate_hz: float, onsets_s: Floats) -> Floats:
    """Return (lead, beat): the level of the PR segment before each QRS onset in mV."""
    return _mean(leads_mv, rate_hz, onsets_s - BASELINE_S[0], onsets_s - BASELINE_S[1])


def _mean(leads_mv: Floats, rate_hz: float, from_s: Floats, to_s: Floats) -> Floats:
    """Return (lead, beat): the mean of each lead from one time to another, at least one sample of it."""
    count = max(round(float(np.median(to_s - from_s)) * rate_hz), 1)
    first = np.clip(np.round(from_s * rate_hz).astype(int), 0, leads_mv.shape[1] - count)
    return np.asarray(leads_mv[:, first[:, None] + np.arange(count)].mean(axis=2))
