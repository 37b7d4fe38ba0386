"""Which kind each beat is: by how early it comes, by its shape against the usual one, by its breadth.

The usual shape is not simply the commonest: in bigeminy half of the beats are ventricular. It is the narrowest of the
common shapes whose beats do not come early.

The constants were chosen on eight records of the MIT-BIH database. Where one says what a fifth less or more of it
changes, that is how many of the 1,650 ventricular beats ("V") and 425 supraventricular ones ("S") at their reference
marks are missed, or others called so, beyond the 97 and 30 (V) and 313 and 103 (S) as they stood then, and in how many
of 2,560 records of PTB-XL, folds 1 to 8, the presence of either changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.analysis.beat_shapes import AFTER_S, BEFORE_S, Shapes, shapes_of
from cardio_desktop.analysis.beat_timing import EARLY, Timing, around, timing_of
from cardio_desktop.analysis.early_beats import early_beats, lone
from cardio_desktop.core.beat_kinds import BeatKind
from cardio_desktop.core.findings import Beat
from cardio_desktop.core.progress import Progress
from cardio_desktop.core.record import Gap, Record

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

COMMON = 0.4
"""Share of the commonest cluster's beats from which on a cluster may be the usual one: one record."""
ALIKE = 0.36
"""Distance from the usual shape up to which a shape is alike; 0.29: 3 V wrong, 22 records, 0.43: 1 missed, 102."""
DIFFERENT = 0.33
"""Distance from which on it is another, where the beats are clean; 0.26: 17 V wrong, 0.40: 16 V missed."""
MARGIN = 0.15
"""So much more than most beats that come on time, where noise changes their shapes: 1 beat, 2 records."""
ON_TIME_SHARE = 0.75
"""These most; 0.60: 1 V wrong, 3 records, 0.90: 5 V missed, 21 records."""
WEIGHT = 2.5
"""Of shape, breadth and earliness together, each about 1 where plain; 2.0: 16 V more found and 16 wrong, 3.0: 43 V more
missed and 13 fewer wrong."""
BROADER_S = 0.012
"""How much broader is plain, a sample and a half; 0.010: 14 V fewer missed, 2 wrong; 0.014: 13 more missed."""
MOST_EARLINESS = 1.25
"""Earliness counts up to this: alone it makes no ventricular beat. One lead: 57 fewer wrong, 14 V more missed."""
PLAIN = 0.5
"""So much more than `DIFFERENT` is another shape that needs no breadth where a beat ends one short interval between two
longer ones: 8 V fewer missed; 0.3: 16 wrong with one lead."""
AFTER_RUN = 1.15
"""RR, as a share of the usual one, up to which a broad beat of another shape that follows a ventricular one belongs to
its run: runs may slow down. 1.05: 16 V more missed, 1.3: 9 wrong."""
OWN_BROADER = 1.5
"""Of `BROADER_S`, by which the complex itself must be broader to be the first of a run, if its shape is not another."""
RUN_PASSES = 3
"""So many beats of a run are found from each of its ends; two or four change nothing."""


def type_beats(
    record: Record,
    beats: Sequence[Beat],
    gaps: Sequence[Gap] = (),
    progress: Progress | None = None,
    paced: Bools | None = None,
) -> tuple[Beat, ...]:
    """Return the beats with their kind and shape; those that the caller knows to be `paced` keep that.

    Fewer than three beats stay unknown: there is nothing to compare them with; so do those of another shape that
    an end of the recording or a gap cuts.
    """
    times_s = np.array([beat.time_s for beat in beats], dtype=np.float64)
    if times_s.size == 0:
        return ()
    shapes = shapes_of(record, times_s.tolist(), progress)
    few = times_s.size < 3
    kinds = [BeatKind.UNKNOWN] * times_s.size if few else kinds_of(shapes, rr_intervals(times_s, gaps))
    for k in np.flatnonzero(_cut(times_s, record.duration_s, gaps)):
        # Half a complex looks like no other.
        kinds[k] = BeatKind.UNKNOWN if kinds[k] == BeatKind.VENTRICULAR else kinds[k]
    for k in np.flatnonzero(paced) if paced is not None else ():
        kinds[k] = BeatKind.PACED
    return tuple(
        replace(beat, kind=kind, shape=int(cluster))
        for beat, kind, cluster in zip(beats, kinds, shapes.cluster, strict=True)
    )


def without_early(beats: Sequence[Beat], spans_s: Sequence[tuple[float, float]] | None = None) -> tuple[Beat, ...]:
    """Return the beats with no supraventricular ones within `spans_s` (all the record where that is None).

    Where atria fibrillate or flutter, no beat comes early.
    """

    def within(time_s: float) -> bool:
        return spans_s is None or any(low <= time_s < high for low, high in spans_s)

    return tuple(
        replace(beat, kind=BeatKind.NORMAL) if beat.kind == BeatKind.SUPRAVENTRICULAR and within(beat.time_s) else beat
        for beat in beats
    )


def _cut(times_s: Floats, duration_s: float, gaps: Sequence[Gap]) -> Bools:
    """Return which beats lie so close to an end of the recording or to a gap that part of their complex is missing."""
    ends, starts = [duration_s, *(gap.start_s for gap in gaps)], [0.0, *(gap.end_s for gap in gaps)]
    cut = np.zeros(times_s.size, dtype=bool)
    for low_s, high_s in [(end - AFTER_S, end) for end in ends] + [(start, start + BEFORE_S) for start in starts]:
        cut |= (times_s >= low_s) & (times_s <= high_s)
    return cut


def rr_intervals(times_s: Floats, gaps: Sequence[Gap] = ()) -> Floats:
    """Return the RR interval before each beat in s; NaN for the first and over gaps in the recording."""
    rr = np.diff(times_s, prepend=np.nan)
    for gap in gaps:
        rr[1:][(times_s[:-1] < gap.end_s) & (times_s[1:] > gap.start_s)] = np.nan
    return rr


def kinds_of(shapes: Shapes, rr_s: Floats) -> list[BeatKind]:
    """Return the kind of each beat: normal, supraventricular, ventricular or unknown."""
    usual = usual_cluster(shapes, rr_s)
    alike = _alike(shapes, usual)
    timing = timing_of(rr_s, alike[shapes.cluster])
    ventricular = _ventricular(shapes, usual, timing, rr_s)
    # Once more with the beats now known as such out of the measure.
    timing = timing_of(rr_s, ~ventricular)
    ventricular = _ventricular(shapes, usual, timing, rr_s)
    supraventricular = early_beats(rr_s, ventricular, timing)
    return [
        BeatKind.VENTRICULAR if v else BeatKind.SUPRAVENTRICULAR if s else BeatKind.NORMAL
        for v, s in zip(ventricular, supraventricular, strict=True)
    ]


def usual_cluster(shapes: Shapes, rr_s: Floats) -> int:
    """Return the cluster of the usual beats."""
    local = around(rr_s, np.isfinite(rr_s))
    early = rr_s / local
    common = np.flatnonzero(shapes.counts >= max(COMMON * shapes.counts[0], min(2, shapes.counts[0])))
    on_time, narrow = np.zeros(common.size), np.zeros(common.size)
    for k, cluster in enumerate(common):
        own = shapes.cluster == cluster
        known = early[own][np.isfinite(early[own])]
        on_time[k] = np.median(known) if known.size else 1.0
        narrow[k] = np.median(shapes.width_s[own])
    late_enough = on_time >= min(EARLY + 0.04, on_time.max())
    widths = np.where(late_enough, narrow, np.inf)
    # Of clusters of about one breadth, the commonest.
    return int(common[np.flatnonzero(widths <= widths.min() + 0.012)[0]])


def _alike(shapes: Shapes, usual: int) -> Bools:
    return np.array([shapes.between(k, usual) <= ALIKE for k in range(len(shapes.counts))])


def _ventricular(shapes: Shapes, usual: int, timing: Timing, rr_s: Floats) -> Bools:
    """Return which beats are ventricular."""
    own = shapes.cluster == usual
    reference_s = float(np.median(shapes.width_s[own]))
    count = len(shapes.counts)
    broader, other, least = (np.zeros(count) for _ in range(3))
    conducted = np.zeros(count, dtype=bool)
    for k in range(count):
        mine = shapes.cluster == k
        broader[k] = np.median(shapes.width_s[mine]) - reference_s
        other[k], least[k] = shapes.between(k, usual), shapes.least_between(k, usual)
        conducted[k] = _conducted(mine, timing.before)
    early, soon = np.nan_to_num(timing.before, nan=1.0), np.nan_to_num(timing.after, nan=1.0)
    own_other, own_broader = other[shapes.cluster], broader[shapes.cluster]
    # Beats that come on time show how much noise alone changes a shape.
    on_time = own_other[(early > 0.92) & (early < 1.08)]
    different = max(DIFFERENT, float(np.quantile(on_time, ON_TIME_SHARE)) + MARGIN if on_time.size >= 5 else 0.0)
    weight = (
        np.minimum((own_other - different) / 0.3, 1.0)
        + own_broader / BROADER_S
        + np.minimum((EARLY - early) / 0.2, MOST_EARLINESS)
    )
    found = (early < EARLY) & (own_other > different) & (weight > WEIGHT)
    # Not early, as an escape beat or one of a slow run: broad, and of another shape in every lead.
    slow = (broader > 2 * BROADER_S) & (other > different) & (least > ALIKE) & ~conducted
    found |= slow[shapes.cluster]
    # Where every second beat is ventricular no interval is usual: one between two longer ones is early all the same.
    found |= (own_other > different + PLAIN) & lone(rr_s, np.zeros(rr_s.size, dtype=bool))
    # Within a run the next beat may resemble the usual ones more; without the pause that follows a single one. The
    # beat before an early one comes on time: only another shape makes that the first of a run.
    near = (own_other > 0.5 * DIFFERENT) & (own_broader > BROADER_S)
    pressed = (
        near
        & (early < 1.0)
        & (
            (early < EARLY + 0.04)
            | (
                (soon < EARLY + 0.04)
                & ((own_other > different) | (shapes.width_s - reference_s > OWN_BROADER * BROADER_S))
            )
        )
    )
    # A run may slow down: what follows a ventricular beat without a pause, broad and of another shape, belongs to it.
    pressed |= near & (own_other > different) & (early < AFTER_RUN)
    for _ in range(RUN_PASSES):
        beside = np.zeros_like(found)
        beside[1:] |= found[:-1]
        beside[:-1] |= found[1:]
        found = found | (beside & pressed)
    return np.asarray(found)


def _conducted(mine: Bools, before: Floats) -> bool:
    """Return whether beats of one shape come in runs that begin on time: a bundle branch that blocks now and then."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], mine, [False]]).astype(int)))
    firsts, lengths = edges[::2], edges[1::2] - edges[::2]
    onset = before[firsts[firsts > 0]]
    onset = onset[np.isfinite(onset)]
    steady = onset.size == 0 or 0.92 <= float(np.median(onset)) <= 1.08
    return bool(np.median(lengths) >= 3 and steady)
