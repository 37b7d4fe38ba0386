"""What the P waves of a record show together: how many beats have one, at which distance, and which are blocked.

Which P belongs to which beat is decided in `core.beat_waves`; whether a record has P waves at all, here. Rhythm and
intervals both ask this, so that one cannot deny what the other measures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.core.beat_kinds import BeatKind
from cardio_desktop.core.beat_waves import GLOBAL, LONGEST_PR_S, assigned
from cardio_desktop.core.findings import Beat, Wave

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

P_SHARE = 0.5
"""Share of the beats that are not ventricular from which on the record has P waves: "sinus" needs one before at least
every second beat."""
CONDUCTED_S = 0.05
"""How far PR may lie from the usual one for a P wave to count as conducted to its beat."""
EDGE_S = 0.3
"""The P wave of a beat so near to the first marked wave may lie before the marked stretch."""
UNSEEN_S = 10.0
"""Beats so far behind the last wave lie where waves were not looked for: of a long stretch only the beginning is
delineated."""
BLOCKED_S = 0.05
"""So much longer than the longest PR must the way to the next beat be, for a P wave without a beat to be blocked."""


@dataclass(frozen=True, eq=False)
class PWaves:
    """What the P waves show.

    `pr_s` of each beat, from P onset to QRS onset, NaN without P; `share` of the judged beats with one, ventricular
    beats aside; `blocked` counts the P waves that no QRS follows although no beat was due to hide the next one.
    `until_s` is where the search for waves ended, None where it covers the beats.
    """

    share: float
    pr_s: Floats
    blocked: int = 0
    until_s: float | None = None
    last_p_s: Floats = field(default_factory=lambda: np.zeros(0))
    """How long before each beat the last P wave begins, whether it belongs to it or not; NaN before the first."""
    count: int = 0
    """How many P waves there are."""

    @property
    def present(self) -> bool:
        """Whether the record has P waves."""
        return self.share >= P_SHARE

    @property
    def known_s(self) -> Floats:
        """The PR intervals that there are."""
        return np.asarray(self.pr_s[np.isfinite(self.pr_s)])

    @property
    def usual_s(self) -> float | None:
        """The middle PR interval; None without any."""
        known = self.known_s
        return float(np.median(known)) if known.size else None

    @property
    def conducted(self) -> Bools:
        """Which beats have a P wave at the usual distance."""
        usual = self.usual_s
        if usual is None:
            return np.zeros(self.pr_s.size, dtype=bool)
        return np.asarray(np.abs(np.nan_to_num(self.pr_s, nan=9.0) - usual) <= CONDUCTED_S)


def p_waves_of(beats: Sequence[Beat], waves: Sequence[Wave]) -> PWaves | None:
    """Return what the P waves show, by the global waves where there are some; None where waves were not looked for."""
    if not waves:
        return None
    together = [wave for wave in waves if wave.lead == GLOBAL]
    chosen = sorted(together or waves, key=lambda wave: wave.onset_s)
    p, qrs, t = ([wave for wave in chosen if wave.wave == name] for name in ("P", "QRS", "T"))
    own = assigned([beat.time_s for beat in beats], p, qrs, t)
    first_s, last_s = chosen[0].onset_s, max(wave.offset_s for wave in chosen)
    times_s = np.array([beat.time_s for beat in beats])
    pr_s = np.array([np.nan if w.pr_s is None else w.pr_s for w in own])
    has_p = np.array([w.p is not None for w in own], dtype=bool)
    ventricular = np.array([beat.kind == BeatKind.VENTRICULAR for beat in beats], dtype=bool)
    judged = (times_s > first_s + EDGE_S) & (times_s < last_s)
    # Ventricular beats have none of their own; where all are such, that is the finding.
    judged = judged & ~ventricular if (judged & ~ventricular).any() else judged
    share = float(has_p[judged].mean()) if judged.any() else 0.0
    taken = {id(w.p) for w in own}
    blocked = 0
    for wave in p if together else ():
        if id(wave) not in taken:
            place = int(np.searchsorted(times_s, wave.onset_s, side="right"))
            blocked += bool(place < times_s.size and times_s[place] - wave.onset_s > LONGEST_PR_S + BLOCKED_S)
    onsets_s = np.array([-np.inf, *(wave.onset_s for wave in p)])
    since = times_s - onsets_s[np.searchsorted(onsets_s, times_s, side="right") - 1]
    since = np.where(np.isfinite(since), since, np.nan)
    until_s = last_s if times_s.size and times_s[-1] > last_s + UNSEEN_S else None
    return PWaves(share, pr_s, blocked, until_s, since, len(p))
