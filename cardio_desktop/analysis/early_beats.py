"""Which beats come early with the usual shape: supraventricular ones.

Three kinds of them are known by their time alone: a beat that comes early and at once among regular ones; one between
two intervals that are both much longer, however often that happens, as in bigeminy; and a run that begins at once and
stays fast and regular, however long it lasts.

The constants of the first kind were chosen as `beat_types` tells, and what a fifth less or more of them changes was
measured there. Those of the others were chosen on records 207 and 222 of the MIT-BIH database, where 26 and 53 % became
71 and 74 % (sensitivity and precision over the eight records, two leads). On 1,500 records of PTB-XL, folds 1 to 8, of
which none of them was chosen, 78 instead of 66 % of those with PAC are found, and 20 instead of 18 % of what is called
so has that statement.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.analysis.beat_timing import EARLY, NEIGHBOURS, Timing, timing_of

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

SUDDEN = 0.85
"""RR before a premature beat as a share of the RR before that."""
UNKNOWN_BEFORE = 0.04
"""So much earlier must it be where the RR before is not known, or follows a ventricular beat: 5 records."""
MOST_EARLY = 0.5
"""Share of early beats up to which a pattern of them is looked for, bigeminy at most: one record."""
REGULAR = 0.04
"""How regular the others must then be, as a change from one RR to the next: 0.032 to 0.048 changes nothing."""
CHANGES = 3.0
"""By so many of the usual changes must a beat come early; 2.4: 4 S more wrong, 12 records, 3.6: 6 fewer, 6 records."""
IRREGULAR = 0.08
"""Median change from one RR interval to the next, as a share of RR, above which no beat is early: it is irregular.
Chosen, as `SUDDEN` was, on PTB-XL, folds 1 to 8: records with PAC against healthy ones and sinus arrhythmia."""
LONE = 0.70
"""RR as a share of both its neighbours up to which a beat is early whatever the usual interval is."""
LONE_AROUND, LONE_SCATTER = 6, 0.12
"""Beats on either side of it that are looked at, and how far the middle one of their intervals may lie from that of its
kind (before such a beat, after it, others), as a share of it. Of beats as irregular as chance 4 in 100 pass, of those
of fibrillation 2: where atria are known to fibrillate none counts."""
HALF, HALF_FROM_S = 0.08, 0.75
"""An interval so near to half of the one before, and so long, is that of a beat which 2:1 block let through."""
RUN_RR_S, RUN_EARLY, RUN_LEAST = 0.6, 0.8, 6
"""A tachycardia begins with an interval below this (100 per minute) and this share of the usual one before; so many
beats at least make one that is found by its onset alone."""
RUN_CHANGE, RUN_JUDGED = 0.06, 4
"""Median change from beat to beat, as a share of RR, up to which a run of at least so many is one: what beats as fast
without being regular fibrillates, or flutters."""
LEAST_BEFORE, LOOKED_BACK = 5, 300
"""Usual intervals before its onset that tell what is usual, and the beats among which they are looked for."""


def early_beats(rr_s: Floats, ventricular: Bools, timing: Timing) -> Bools:
    """Return which beats come early with the usual shape; `rr_s` is the interval before each, NaN where unknown."""
    found = _singles(rr_s, ventricular, timing) & ~_halves(rr_s)
    found |= lone(rr_s, ventricular)
    found |= _runs(rr_s, ventricular, found)
    return _regular_runs(rr_s, found)


def _singles(rr_s: Floats, ventricular: Bools, timing: Timing) -> Bools:
    """Return which beats come early with the usual shape, where the others are regular enough to say so.

    How regular they are is measured twice: early beats alone would make any rhythm irregular.
    """
    supposed = _premature(rr_s, ventricular, timing, 1.0)
    limit = IRREGULAR
    # Every third beat early makes the usual change from beat to beat that of the early ones.
    many = _premature(rr_s, ventricular, timing, 0.0)
    if not supposed.any() and 3 <= many.sum() <= MOST_EARLY * many.size:
        supposed, limit = many, REGULAR
    rest = timing_of(rr_s, ~ventricular & ~supposed)
    return supposed & _premature(rr_s, ventricular, rest, CHANGES) & (rest.change < limit)


def _premature(rr_s: Floats, ventricular: Bools, timing: Timing, changes: float) -> Bools:
    """Return which beats come early against those around, and at once: breathing shortens RR step by step.

    A beat that follows an early one of its kind needs no sudden onset. `changes` is by how many of the usual changes
    from beat to beat it must come early.
    """
    early = (timing.before < EARLY) & ~ventricular & (timing.before < 1.0 - changes * timing.change)
    found = np.zeros(rr_s.size, dtype=bool)
    for k in np.flatnonzero(early):
        before_s = rr_s[k - 1] if k and not ventricular[k - 1] else np.nan
        if k and found[k - 1]:
            found[k] = True
        elif np.isfinite(before_s):
            found[k] = rr_s[k] < SUDDEN * before_s
        else:
            found[k] = timing.before[k] < SUDDEN - UNKNOWN_BEFORE
    return found


def _halves(rr_s: Floats) -> Bools:
    """Return which intervals are half of the one before: after 2:1 block one more beat is conducted."""
    before_s = np.concatenate([[np.nan], rr_s[:-1]])
    return np.asarray((np.abs(2.0 * rr_s / before_s - 1.0) < 2.0 * HALF) & (rr_s > HALF_FROM_S))


def lone(rr_s: Floats, ventricular: Bools) -> Bools:
    """Return which beats end a short interval between two long ones, where intervals of each kind are alike.

    What is usual need not be known: in bigeminy no interval is.
    """
    found = np.zeros(rr_s.size, dtype=bool)
    usual = np.isfinite(rr_s) & ~ventricular
    usual[1:] &= ~ventricular[:-1]
    between = usual[1:-1] & np.isfinite(rr_s[:-2]) & ~ventricular[:-2] & np.isfinite(rr_s[2:]) & ~ventricular[2:]
    found[1:-1] = between & (rr_s[1:-1] < LONE * np.minimum(rr_s[:-2], rr_s[2:]))
    found &= ~_halves(rr_s)
    kind = np.where(found, 1, 0)
    kind[1:][found[:-1]] = 2
    for k in np.flatnonzero(found).tolist():
        near = slice(max(k - LONE_AROUND, 1), k + LONE_AROUND + 1)
        own_s, own_kind = rr_s[near][usual[near]], kind[near][usual[near]]
        off = [
            np.abs(part / np.median(part) - 1.0)
            for part in (own_s[own_kind == one] for one in range(3))
            if part.size > 1
        ]
        found[k] = bool(off) and float(np.median(np.concatenate(off))) < LONE_SCATTER
    return found


def _runs(rr_s: Floats, ventricular: Bools, early: Bools) -> Bools:
    """Return the beats of runs that begin at once and stay fast, by the usual intervals before them.

    In a long run every interval around is one of the run: only what came before it tells that its beats are early.
    """
    found = np.zeros(rr_s.size, dtype=bool)
    usual = np.isfinite(rr_s) & ~ventricular & ~early
    usual[1:] &= ~ventricular[:-1] & ~early[:-1]
    before_s = np.concatenate([[np.nan], rr_s[:-1]])
    own = ~ventricular
    own[1:] &= ~ventricular[:-1]
    stop = 0
    for k in np.flatnonzero(own & (rr_s < RUN_RR_S) & (rr_s < SUDDEN * before_s)).tolist():
        near = slice(max(k - LOOKED_BACK, 0), k)
        known_s = rr_s[near][usual[near]][-NEIGHBOURS:] if k >= stop else rr_s[:0]
        if known_s.size < LEAST_BEFORE or not rr_s[k] < RUN_EARLY * float(np.median(known_s)):
            continue
        fast = ~ventricular[k:] & (rr_s[k:] < min(RUN_RR_S, EARLY * float(np.median(known_s))))
        stop = k + int(np.argmin(np.append(fast, False)))
        if stop - k >= RUN_JUDGED:
            usual[k:stop] = False
        if stop - k >= RUN_LEAST:
            found[k:stop] = True
    return found


def _regular_runs(rr_s: Floats, early: Bools) -> Bools:
    """Return the early beats without runs of them that are irregular."""
    out = early.copy()
    edges = np.flatnonzero(np.diff(np.concatenate([[False], early, [False]]).astype(int)))
    for first, stop in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        own_s = rr_s[first:stop]
        if own_s.size >= RUN_JUDGED and float(np.median(np.abs(np.diff(own_s)))) > RUN_CHANGE * float(np.median(own_s)):
            out[first:stop] = False
    return out
