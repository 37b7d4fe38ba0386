"""Which delineated waves belong to which beat: the only place that decides it.

Rhythm, intervals, flags, sentences and what is drawn ask here, so that none of them can see a P wave that another does
not. A P wave belongs to the beat that it precedes by 60 to 400 ms, whatever the rate; one that lies farther off (to
620 ms) belongs to it only where the beats of the record agree on that distance, as in a very long PR interval: a lone
wave so far ahead is a blocked P, an F wave or noise.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from statistics import median
from typing import Generic, Protocol, TypeVar

from cardio_desktop.core.findings import Beat, Wave

GLOBAL = "global"
QRS_REACH_S = 0.15
"""How far a beat's time may lie from its QRS: the R peak of one lead may lie at the edge of another lead's complex."""
SHORTEST_PR_S, LONGEST_PR_S, FARTHEST_PR_S = 0.06, 0.40, 0.62
"""From P onset to QRS onset: pre-excitation reaches down to some 80 ms, 400 ms is longer than all but few first-degree
blocks, and the longest ones lie near 600 ms (first-degree: above 200)."""
AGREE_S, AGREE_SHARE = 0.08, 0.5
"""Beats agree on a long PR where at least half of them have a P wave within so much of the middle distance."""
OVERLAP_S = 0.02
"""Boundaries are uncertain by so much (the CSE referees' two standard deviations are 10 to 13 ms on either side)."""
LONGEST_ST_S = 0.45
"""A wave that begins later after QRS is no T wave: F waves and a second hump look like one."""
UNSEEN_QRS_S = 0.04
"""Where no complex was delineated, it is taken to begin so long before the beat's time."""


class Span(Protocol):
    """Anything with a beginning and an end in seconds."""

    @property
    def onset_s(self) -> float:
        """Where it begins."""

    @property
    def offset_s(self) -> float:
        """Where it ends."""


W = TypeVar("W", bound=Span)


@dataclass(frozen=True)
class BeatWaves(Generic[W]):
    """P, QRS and T of one beat in one lead, or of all leads together; None where there is none.

    `beat` is its number in the beats that were asked about.
    """

    p: W | None = None
    qrs: W | None = None
    t: W | None = None
    beat: int = 0

    @property
    def complex(self) -> W:
        """The QRS complex; ValueError where none was found."""
        if self.qrs is None:
            raise ValueError(f"no QRS complex was found of beat {self.beat}")
        return self.qrs

    @property
    def pr_s(self) -> float | None:
        """From the onset of P to that of QRS; None where one of them is missing."""
        return None if self.p is None or self.qrs is None else self.qrs.onset_s - self.p.onset_s

    def spans(self) -> dict[str, tuple[float, float]]:
        """Return the times (start, end) of P, QRS, ST and T that are known; they do not overlap."""
        out = {}
        if self.p is not None:
            end = self.p.offset_s if self.qrs is None else min(self.p.offset_s, self.qrs.onset_s)
            out["P"] = (self.p.onset_s, end)
        if self.qrs is not None:
            out["QRS"] = (self.qrs.onset_s, self.qrs.offset_s)
        if self.t is not None:
            begin = self.t.onset_s if self.qrs is None else max(self.t.onset_s, self.qrs.offset_s)
            out["T"] = (begin, self.t.offset_s)
            if self.qrs is not None:
                out["ST"] = (self.qrs.offset_s, begin)
        return {name: (start, end) for name, (start, end) in out.items() if end > start}


def waves_of_beats(beats: Sequence[Beat], waves: Sequence[Wave], lead: str = GLOBAL) -> list[BeatWaves[Wave]]:
    """Return the waves of each beat in one lead: its QRS, the P before and the T after it."""
    own: dict[str, list[Wave]] = {"P": [], "QRS": [], "T": []}
    for wave in waves:
        if wave.lead == lead and wave.wave in own:
            own[wave.wave].append(wave)
    for kind in own.values():
        kind.sort(key=lambda wave: wave.onset_s)
    return assigned([beat.time_s for beat in beats], own["P"], own["QRS"], own["T"])


def assigned(beats_s: Sequence[float], p: Sequence[W], qrs: Sequence[W], t: Sequence[W]) -> list[BeatWaves[W]]:
    """Return the waves of each beat; beats and waves ascend in time."""
    p_onsets, qrs_onsets, t_onsets = ([wave.onset_s for wave in kind] for kind in (p, qrs, t))
    complexes = [_nearest(qrs, qrs_onsets, beat_s) for beat_s in beats_s]
    begins = [
        found.onset_s if found is not None else beat_s - UNSEEN_QRS_S
        for found, beat_s in zip(complexes, beats_s, strict=True)
    ]
    ends = [
        found.offset_s if found is not None else beat_s + UNSEEN_QRS_S
        for found, beat_s in zip(complexes, beats_s, strict=True)
    ]
    ahead: list[W | None] = []
    behind: list[W | None] = []
    for k, (begin_s, end_s) in enumerate(zip(begins, ends, strict=True)):
        floor_s = max(begin_s - FARTHEST_PR_S, ends[k - 1] if k else -inf)
        ahead.append(_last_p(p, p_onsets, floor_s, begin_s))
        limit_s = begins[k + 1] + OVERLAP_S if k + 1 < len(begins) else inf
        place = bisect_left(t_onsets, end_s - OVERLAP_S)
        found = t[place] if place < len(t) else None
        late = found is None or found.offset_s > limit_s or found.onset_s - end_s >= LONGEST_ST_S
        behind.append(None if late else found)
    kept = _believed([None if w is None else b - w.onset_s for w, b in zip(ahead, begins, strict=True)])
    return [
        BeatWaves(w if near else None, own, after, k)
        for k, (w, near, own, after) in enumerate(zip(ahead, kept, complexes, behind, strict=True))
    ]


def _last_p(p: Sequence[W], onsets: Sequence[float], floor_s: float, begin_s: float) -> W | None:
    """Return the last P wave that begins after `floor_s` and ends before the complex that begins at `begin_s`."""
    place = bisect_right(onsets, begin_s - SHORTEST_PR_S) - 1
    while place >= 0 and onsets[place] >= floor_s:
        if p[place].offset_s <= begin_s + OVERLAP_S:
            return p[place]
        place -= 1
    return None


def _believed(pr_s: Sequence[float | None]) -> list[bool]:
    """Return which P waves belong to their beats: the near ones, and far ones on whose distance the beats agree."""
    known = [pr for pr in pr_s if pr is not None]
    near = [pr is not None and pr <= LONGEST_PR_S + 1e-9 for pr in pr_s]
    if len(known) > sum(near):
        middle_s = median(known)
        together = [pr is not None and abs(pr - middle_s) <= AGREE_S for pr in pr_s]
        # A P wave before the first beat may lie before the recording.
        if sum(together) >= AGREE_SHARE * max(len(pr_s) - 1, 1):
            return [one or other for one, other in zip(near, together, strict=True)]
    return near


def _nearest(waves: Sequence[W], onsets_s: Sequence[float], time_s: float) -> W | None:
    """Return the QRS that holds a time, or the nearest within reach of it."""
    place = bisect_left(onsets_s, time_s)
    best, nearest_s = None, QRS_REACH_S
    if place:
        best = waves[place - 1]
        nearest_s = max(time_s - best.offset_s, 0.0)
    if place < len(waves) and (best is None or onsets_s[place] - time_s < nearest_s):
        best, nearest_s = waves[place], onsets_s[place] - time_s
    return best if nearest_s <= QRS_REACH_S else None
