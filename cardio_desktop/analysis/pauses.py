"""Whether the trace proves that no heart beat: a pause is told only where an electrode was seen to work meanwhile.

A lead that is dead flat, or that drowns in noise, shows no beats either. A lead proves a pause where its small unrest
goes on as it did between the beats before.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.analysis.beat_events import PAUSE_S
from cardio_desktop.analysis.beats import detection_leads
from cardio_desktop.core.findings import Beat
from cardio_desktop.core.record import Gap, Record

Floats = NDArray[np.float64]
Span = tuple[float, float]

AROUND_BEAT_S = 0.30
"""What of the silence beside its beats holds their own waves."""
UNREST = (0.2, 5.0)
"""Steps from sample to sample against those of the quiet parts outside: less is a lead that is off, more is noise."""
LEAST_STEP_MV = 0.0004
"""A lead whose quiet parts are smoother than this everywhere cannot show that it is off."""
HIGHEST = 0.6
"""Largest deflection within the silence against the height of the beats: more would be a beat that was not counted."""
SEEN_S = 12.0
"""How far on both sides the lead is looked at."""


def unproven(
    record: Record,
    beats: Sequence[Beat],
    start_s: float,
    end_s: float,
    gaps: Sequence[Gap] = (),
    flutter_s: Sequence[Span] = (),
) -> tuple[Gap, ...]:
    """Return the silences of `PAUSE_S` and more, between beats or beside an end, that no lead proves to be such.

    Stretches of ventricular flutter are no silence, and no measure of a lead's unrest: beside their waves any silence
    looks dead.
    """
    times = [start_s, *(beat.time_s for beat in beats), end_s]
    leads = detection_leads(record)
    out = []
    for low_s, high_s in (part for pair in pairwise(times) for part in without(pair, flutter_s)):
        if high_s - low_s < PAUSE_S or any(gap.start_s < high_s and gap.end_s > low_s for gap in gaps):
            continue
        near = [beat.time_s for beat in beats if low_s - SEEN_S <= beat.time_s <= high_s + SEEN_S]
        proofs = (
            _proves(lead.between(low_s - SEEN_S, high_s + SEEN_S), lead.rate_hz, low_s, high_s, near, flutter_s)
            for lead in leads
        )
        if len(near) < 2 or not any(proofs):
            out.append(Gap(low_s, high_s))
    return tuple(out)


def without(span: Span, others: Sequence[Span]) -> list[Span]:
    """Return what the others leave of a span, ascending."""
    left = [span]
    for low, high in others:
        left = [part for a, b in left for part in ((a, min(b, low)), (max(a, high), b)) if part[1] > part[0]]
    return left


def _proves(
    read: tuple[float, Floats],
    rate_hz: float,
    low_s: float,
    high_s: float,
    beats_s: Sequence[float],
    flutter_s: Sequence[Span],
) -> bool:
    """Return whether one lead goes on as before from `low_s` to `high_s` without a complex."""
    first_s, mv = read
    times = first_s + np.arange(mv.size) / rate_hz
    silent = (times > low_s + AROUND_BEAT_S) & (times < high_s - AROUND_BEAT_S)
    if silent.sum() < rate_hz * 0.5 or not np.isfinite(mv[silent]).all():
        return False
    quiet = np.isfinite(mv) & ((times < low_s) | (times > high_s))
    for begin_s, over_s in flutter_s:
        quiet &= (times < begin_s) | (times > over_s)
    at_beat = np.zeros(mv.size, dtype=bool)
    for beat_s in beats_s:
        quiet &= ~((times > beat_s - 0.12) & (times < beat_s + AROUND_BEAT_S))
        at_beat |= (times > beat_s - 0.08) & (times < beat_s + 0.08)
    if quiet.sum() < rate_hz * 0.5 or not at_beat.any():
        return False
    steps = np.abs(np.diff(mv, prepend=mv[:1]))
    usual = float(np.nanmean(steps[quiet]))
    own = float(np.nanmean(steps[silent]))
    if usual < LEAST_STEP_MV or not UNREST[0] * usual <= own <= UNREST[1] * usual:
        return False
    part = mv[silent]
    trend = np.linspace(part[0], part[-1], part.size)
    height = float(np.nanquantile(mv[at_beat], 0.99) - np.nanquantile(mv[at_beat], 0.01))
    return float(np.ptp(part - trend)) <= HIGHEST * height
