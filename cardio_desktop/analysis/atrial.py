"""No P waves in atrial fibrillation: what looks like one there is neither before most beats nor at one distance."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cardio_desktop.analysis.delineation import Segment
from cardio_desktop.analysis.global_waves import beat_waves, global_waves

LEAST_BEATS = 5
IRREGULAR = 0.08
"""Median change from one RR interval to the next, as a share of the interval; extrasystoles alone stay below it."""
FEW, MOST = 0.35, 0.80
LOOSE_S = 0.030


def without_false_p(segments: Sequence[Sequence[Segment]], beats_s: Sequence[float]) -> list[list[Segment]]:
    """Return the segments of each lead without P waves where the rhythm is that of fibrillating atria.

    RR must change from beat to beat, and P waves must be found before few beats, or before not nearly all of them and
    at changing distances. A rhythm with a P wave before nearly every beat (wandering pacemaker, Wenckebach) keeps them.
    """
    beats = np.asarray(beats_s, dtype=np.float64)
    if beats.size < LEAST_BEATS:
        return [list(lead) for lead in segments]
    rr_s = np.diff(beats)
    change = float(np.median(np.abs(np.diff(rr_s)) / np.minimum(rr_s[1:], rr_s[:-1])))
    p, qrs, t = (global_waves(segments, name) for name in ("P", "QRS", "T"))
    waves = beat_waves(p, qrs, t, beats_s)
    pr_s = [w.qrs.onset_s - w.p.onset_s for w in waves if w.p is not None]
    if change < IRREGULAR or not pr_s:
        return [list(lead) for lead in segments]
    share = len(pr_s) / max(len(waves), 1)
    low, high = np.quantile(pr_s, (0.25, 0.75))
    if share < FEW or (share < MOST and (high - low) / 1.349 > LOOSE_S):
        return [[s for s in lead if s.wave != "P"] for lead in segments]
    return [list(lead) for lead in segments]
