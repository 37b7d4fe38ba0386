"""No P waves in atrial fibrillation: what looks like one there is doubtful and not before nearly every beat."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cardio_desktop.analysis.delineation import Segment
from cardio_desktop.analysis.global_waves import beat_waves, global_waves

LEAST_BEATS = 5
IRREGULAR = 0.085
"""Median change from one RR interval to the next, as a share of the interval; extrasystoles alone stay below it."""
MOST = 0.85
DOUBTFUL = 0.89
"""Chosen on 75 records with and 78 without fibrillation of PTB-XL, folds 1 to 8, of which 60 had ectopic beats, sinus
arrhythmia or AV block: P waves found in fibrillation were 0.62 to 0.93 sure, beside ectopic beats mostly 0.95 and more.
"""


def without_false_p(segments: Sequence[Sequence[Segment]], beats_s: Sequence[float]) -> list[list[Segment]]:
    """Return the segments of each lead without P waves where the rhythm is that of fibrillating atria.

    RR must change from beat to beat, and what was found as P must be doubtful and not stand before nearly every beat. A
    rhythm with a P wave before nearly every beat (wandering pacemaker, Wenckebach) keeps them.
    """
    beats = np.asarray(beats_s, dtype=np.float64)
    if beats.size < LEAST_BEATS:
        return [list(lead) for lead in segments]
    rr_s = np.diff(beats)
    change = float(np.median(np.abs(np.diff(rr_s)) / np.minimum(rr_s[1:], rr_s[:-1])))
    if change < IRREGULAR or not any(s.wave == "P" for lead in segments for s in lead):
        return [list(lead) for lead in segments]
    p, qrs, t = (global_waves(segments, name) for name in ("P", "QRS", "T"))
    waves = beat_waves(p, qrs, t, beats_s)
    followed = sum(w.p is not None for w in waves)
    share = followed / max(len(waves), 1)
    sure = float(np.median([segment.sure for lead in segments for segment in lead if segment.wave == "P"]))
    if share < MOST and sure < DOUBTFUL:
        return [[s for s in lead if s.wave != "P"] for lead in segments]
    return [list(lead) for lead in segments]
