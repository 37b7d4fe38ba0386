"""ST shifts that come and go: from when to when, in which leads, how far.

Each beat is measured 60 ms after the end of its QRS against the level before it; episodes are found as Holter readers
define them: at least 0.1 mV away from where ST usually lies, for a while, in two leads.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.analysis.global_waves import GlobalWave
from cardio_desktop.core.beat_waves import BeatWaves
from cardio_desktop.core.events import Event

Floats = NDArray[np.float64]

SHIFT_MV = 0.1
"""The 1-1-1 rule of ambulatory recording: 1 mm, for one minute, one minute apart (Circulation 1999;100:886)."""
LONG_S = 20.0
"""Shorter than that rule's minute, so that nothing of a record of minutes is lost; eight beats at least."""
LEAST_BEATS, AVERAGED = 8, 7
"""Beats that an episode has, and of which the middle one counts: three noisy ones in a row shift nothing. A choice."""
SHORTEST_RECORD_S = 30.0
"""An episode and half as long again of what is usual; in less there is nothing to come and go."""
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
    st = st_levels(leads_mv, rate_hz, places)
    width = min(AVERAGED, st.shape[1]) | 1
    padded = np.pad(st, ((0, 0), (width // 2, width // 2)), mode="edge")
    smooth = np.nanmedian(np.lib.stride_tricks.sliding_window_view(padded, width, axis=1), axis=2)[:, : st.shape[1]]
    quarters = np.nanquantile(smooth, (0.25, 0.5, 0.75), axis=1)
    usual = np.take_along_axis(quarters, np.abs(quarters).argmin(axis=0)[None], axis=0)[0]
    times = places[:, 0] + start_s
    found = []
    for code, sign in (("ST_UP", 1.0), ("ST_DOWN", -1.0)):
        away = sign * (smooth - usual[:, None])
        beyond = (away >= SHIFT_MV) & (sign * smooth >= abs(SIDE_MV[code]))
        edges = np.flatnonzero(np.diff(np.concatenate([[False], beyond.sum(axis=0) >= 2, [False]]).astype(int)))
        for first, stop in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
            low_s, high_s = float(times[first]), float(times[stop - 1])
            if stop - first < LEAST_BEATS or high_s - low_s < LONG_S:
                continue
            shown = beyond[:, first:stop].mean(axis=1) >= 0.5
            part = sign * smooth[shown, first:stop]
            if not part.size:
                continue
            values = {"st_mv": float(sign * part.max()), "shift_mv": float(sign * away[shown, first:stop].max())}
            leads = tuple(name for name, yes in zip(names, shown, strict=True) if yes)
            found.append(Event(code, low_s, high_s, leads, values))
    return tuple(sorted(found, key=lambda event: event.start_s))


def st_levels(leads_mv: Floats, rate_hz: float, qrs_s: Floats) -> Floats:
    """Return (lead, beat): ST against the level before the complex; `qrs_s` (beat, 2) are its onset and offset."""
    level = _mean(leads_mv, rate_hz, qrs_s[:, 0] - BASELINE_S[0], qrs_s[:, 0] - BASELINE_S[1])
    return _mean(leads_mv, rate_hz, qrs_s[:, 1] + AT_S - HALF_S, qrs_s[:, 1] + AT_S + HALF_S) - level


def _mean(leads_mv: Floats, rate_hz: float, from_s: Floats, to_s: Floats) -> Floats:
    """Return (lead, beat): the mean of each lead from one time to another, at least one sample of it."""
    count = max(round(float(np.median(to_s - from_s)) * rate_hz), 1)
    first = np.clip(np.round(from_s * rate_hz).astype(int), 0, leads_mv.shape[1] - count)
    return np.asarray(leads_mv[:, first[:, None] + np.arange(count)].mean(axis=2))
