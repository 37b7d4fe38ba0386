"""Beats that most leads do not show: the knock of a loose electrode, most of all while the heart pauses.

A heart's beat is seen in all leads, if not in each as well as in the next. What stands out in one lead, while more than
half of the others rest as they do between beats, is none; counted as a beat it would hide a pause.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.analysis.beats import CHUNK_S, detection_leads
from cardio_desktop.core.findings import Beat
from cardio_desktop.core.record import Lead, Record

Floats = NDArray[np.float64]

LEAST_LEADS = 5
"""Of fewer, most are one or two more than a loose one."""
LEAST_BEATS = 4
"""So many tell how high beats usually are in a lead."""
REACH_S = 0.08
"""On both sides of a beat: the complex of 160 ms."""
SMOOTH_S = 0.02
"""The trace is evened out over one period of 50 Hz mains."""
STILL_MV, LEAST_MV = 0.005, 0.05
"""A lead that moves no more around a beat, one step of many recorders, is off there; one whose beats are no higher
than the noise of a good recording (0.05 mV) cannot tell either. A choice."""
SHOWN = 0.25
"""Height against the usual one of the lead, from which on a lead shows a beat. Of 18,956 beats of 1,500 records of
PTB-XL, folds 1 to 8, in which rare rhythms are many, 41 in 17 records are lower in the middle lead; but for a few they
come between two beats at a usual distance, or are the spikes of pacemakers. With 0.2 they are 32, with 0.3 42."""

MOST_SHARE = 2.0
"""Where a tenth of the beats is higher than this against the usual ones, the usual ones are noise themselves, and
nothing is taken away: simulated paced hearts with a loose electrode, of whose beats most were missed, would else show
11 pauses that are none."""


def without_lone(record: Record, beats: Sequence[Beat]) -> tuple[Beat, ...]:
    """Return the beats without those that most leads do not show; all where there are too few leads to tell."""
    leads = detection_leads(record)
    if len(leads) < LEAST_LEADS:
        return tuple(beats)
    kept: list[Beat] = []
    first = 0
    while first < len(beats):
        stop = first + 1
        while stop < len(beats) and beats[stop].time_s < beats[first].time_s + CHUNK_S:
            stop += 1
        some = beats[first:stop]
        shown = _shown(leads, np.array([beat.time_s for beat in some]))
        # Of a beat that the record's end cuts nobody sees how high it is.
        inside = [REACH_S < beat.time_s < record.duration_s - REACH_S for beat in some]
        kept += [beat for beat, seen, whole in zip(some, shown, inside, strict=True) if seen or not whole]
        first = stop
    return tuple(kept)


def _shown(leads: Sequence[Lead], times_s: Floats) -> NDArray[np.bool_]:
    """Return which beats the middle one of the leads that can tell shows; True where too few can."""
    shown = np.ones(times_s.size, dtype=bool)
    if times_s.size < LEAST_BEATS:
        return shown
    heights = np.array([_heights(lead, times_s) for lead in leads])
    heights = heights[np.isfinite(heights).sum(axis=1) >= LEAST_BEATS]
    usual = np.nanmedian(heights, axis=1, keepdims=True) if len(heights) else heights
    shares = (heights / usual)[usual[:, 0] >= LEAST_MV] if len(heights) else heights
    told = np.flatnonzero(np.isfinite(shares).sum(axis=0) >= LEAST_LEADS)
    middle = np.array([np.nanmedian(shares[:, k]) for k in told])
    if middle.size and np.quantile(middle, 0.9) <= MOST_SHARE:
        shown[told] = middle >= SHOWN
    return shown


def _heights(lead: Lead, times_s: Floats) -> Floats:
    """Return from the lowest to the highest point around each beat, in mV; NaN where the lead is off or missing."""
    rate_hz = lead.rate_hz
    first_s, raw = lead.between(float(times_s[0]) - 2.0 * REACH_S, float(times_s[-1]) + 2.0 * REACH_S)
    width = max(round(SMOOTH_S * rate_hz), 1)
    mv = np.convolve(np.nan_to_num(raw), np.full(width, 1.0 / width), "same")
    reach = round(REACH_S * rate_hz)
    at = np.round((times_s - first_s) * rate_hz).astype(int)[:, None] + np.arange(-reach, reach + 1)
    at = np.clip(at, 0, mv.size - 1)
    alive = np.ptp(raw[at], axis=1) > STILL_MV
    return np.where(alive, np.ptp(mv[at], axis=1), np.nan)
