"""Waves of all leads together: from the earliest onset to the latest offset, but never one lead's alone.

IEC 60601-2-25 measures intervals from the earliest onset in any lead to the latest offset in any lead. One lead with a
baseline that trembles would then decide: with four leads or more, the second earliest and second latest count, and the
outermost lead may carry them on by a few milliseconds only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from cardio_desktop.analysis.delineation import Segment

SUPPORT = 0.34
"""A wave of the whole heart is seen in at least this share of the leads."""
LEADS_FOR_SECOND = 4
"""Of three leads the second earliest would be the middle one, and late by half."""
BEYOND_S = 0.003
"""So far one lead alone may carry a boundary of P or QRS beyond what a second lead bears out."""
LEADS_FOR_THIRD = 8
"""With so many leads, the end of T is where a third lead still shows it: ends in flat leads scatter, and U follows."""


@dataclass(frozen=True)
class GlobalWave:
    """One wave over all leads in seconds; `leads` is how many show it."""

    wave: str
    onset_s: float
    offset_s: float
    leads: int


def global_waves(segments: Sequence[Sequence[Segment]], wave: str, beyond_s: float = BEYOND_S) -> list[GlobalWave]:
    """Return the waves of one kind that enough leads show at a time, ascending.

    `beyond_s` is how far one lead alone may carry a boundary of P or QRS beyond the second outermost; 0 takes the
    second outermost of every boundary, the end of T included, as references are made of marks.
    """
    by_lead = [[s for s in lead if s.wave == wave] for lead in segments]
    own = sorted(chain.from_iterable(by_lead), key=lambda s: s.onset_s + s.offset_s)  # by their middles
    leads = sum(map(bool, by_lead)) or 1
    least = max(SUPPORT * max(len([lead for lead in segments if lead]), leads), 1.0)
    groups: list[list[Segment]] = []
    ends_s = 0.0  # of the group that grows: where its waves end, added up
    for s in own:
        if groups and s.onset_s < ends_s / len(groups[-1]):
            groups[-1].append(s)
            ends_s += s.offset_s
        else:
            groups.append([s])
            ends_s = s.offset_s
    return [_over_leads(wave, group, beyond_s) for group in groups if len(group) >= least - 1e-9]


def _over_leads(wave: str, group: Sequence[Segment], beyond_s: float) -> GlobalWave:
    onsets, offsets = sorted(s.onset_s for s in group), sorted(s.offset_s for s in group)
    if len(group) < LEADS_FOR_SECOND:
        return GlobalWave(wave, onsets[0], offsets[-1], len(group))
    if wave == "T":
        last = -3 if len(group) >= LEADS_FOR_THIRD and beyond_s else -2
        return GlobalWave(wave, onsets[1], offsets[last], len(group))
    onset_s, offset_s = max(onsets[0], onsets[1] - beyond_s), min(offsets[-1], offsets[-2] + beyond_s)
    return GlobalWave(wave, onset_s, offset_s, len(group))
