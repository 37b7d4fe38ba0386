"""Waves of all leads together: from the earliest onset to the latest offset, but never one lead's alone.

IEC 60601-2-25 measures intervals from the earliest onset in any lead to the latest offset in any lead. One lead with a
baseline that trembles would then decide: with four leads or more, the second earliest and second latest count, and the
outermost lead may carry them on by a few milliseconds only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.analysis.delineation import Segment
from cardio_desktop.analysis.medians import median, quantiles

SUPPORT = 0.34
"""A wave of the whole heart is seen in at least this share of the leads."""
LEADS_FOR_SECOND = 4
"""Of three leads the second earliest would be the middle one, and late by half."""
BEYOND_S = 0.003
"""So far one lead alone may carry a boundary of P or QRS beyond what a second lead bears out."""
STEADY_BEYOND_S = 0.004
"""The same of boundaries that are the middle of many beats, of which less is chance: so QRS of 60 training records of
LUDB is as long as beat by beat, within 1 ms in the mean."""
STEADY_BEATS, REACH_S = 3, 0.08
"""Beats that a middle takes, and how far a lead's complex may lie beside the beat's time."""
LOOSE_S, LOOSE_TIMES = 0.008, 2.0
"""A lead whose boundaries scatter by more than this, and twice as much as in the middle lead, is left out; half of the
leads stay. 95 % of leads of those records scatter by less."""
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
    spans = [(s.onset_s, s.offset_s) for lead in segments for s in lead if s.wave == wave]
    if not spans:
        return []
    leads = sum(map(bool, segments))
    least = max(SUPPORT * leads, 1.0) - 1e-9
    spans.sort(key=sum)  # by their middles
    found: list[GlobalWave] = []
    onsets: list[float] = []  # of the group that grows, and its offsets with their sum
    offsets: list[float] = []
    ends_s = 0.0
    for onset_s, offset_s in spans:
        if onsets and onset_s < ends_s / len(onsets):
            onsets.append(onset_s)
            offsets.append(offset_s)
            ends_s += offset_s
        else:
            if len(onsets) >= least:
                found.append(_over_leads(wave, onsets, offsets, beyond_s))
            onsets, offsets, ends_s = [onset_s], [offset_s], offset_s
    if len(onsets) >= least:
        found.append(_over_leads(wave, onsets, offsets, beyond_s))
    return found


Others = tuple[list[GlobalWave], list[GlobalWave]]


def others_of(segments: Sequence[Sequence[Segment]]) -> Others:
    """Return QRS and T of all leads together: what does not change while P waves are looked for."""
    return global_waves(segments, "QRS"), global_waves(segments, "T")


def _over_leads(wave: str, onsets: list[float], offsets: list[float], beyond_s: float) -> GlobalWave:
    """Return the wave of all leads together by theirs, one of each lead, in any order."""
    count = len(onsets)
    if count < LEADS_FOR_SECOND:
        return GlobalWave(wave, min(onsets), max(offsets), count)
    onsets.sort()
    offsets.sort()
    if wave == "T":
        last = -3 if count >= LEADS_FOR_THIRD and beyond_s else -2
        return GlobalWave(wave, onsets[1], offsets[last], count)
    onset_s, offset_s = max(onsets[0], onsets[1] - beyond_s), min(offsets[-1], offsets[-2] + beyond_s)
    return GlobalWave(wave, onset_s, offset_s, count)


def steady_complex(segments: Sequence[Sequence[Segment]], centres_s: Mapping[int, float]) -> tuple[float, float] | None:
    """Return QRS onset and offset of all leads against the beats' centres; None of fewer than `STEADY_BEATS`.

    Each lead's boundaries are first brought to the middle of the beats, and only then the leads are compared: from beat
    to beat the outermost of twelve trembling boundaries lies farther out the more they tremble.
    """
    centres = sorted(centres_s.values())
    if len(centres) < STEADY_BEATS:
        return None
    found, scatter = [], []
    for lead in segments:
        own = _against(lead, centres)
        if len(own) < max(STEADY_BEATS, len(centres) / 2):
            continue
        found.append(median(own, axis=0))
        scatter.append(float(np.subtract(*quantiles(own, (0.75, 0.25))).max()))
    if len(found) < max(SUPPORT * len(segments), 1.0):
        return None
    most = max(LOOSE_S, LOOSE_TIMES * float(np.median(scatter)))
    order = np.argsort(scatter).tolist()
    kept = [k for place, k in enumerate(order) if scatter[k] <= most or place < len(found) // 2]
    onsets, offsets = ([float(found[k][side]) for k in kept] for side in (0, 1))
    whole = _over_leads("QRS", onsets, offsets, STEADY_BEYOND_S)
    return (whole.onset_s, whole.offset_s) if whole.onset_s < whole.offset_s else None


def _against(lead: Sequence[Segment], centres_s: Sequence[float]) -> NDArray[np.float64]:
    """Return (beat, 2): onset and offset of one lead's complexes against the centre of the beat that each holds."""
    complexes = np.array([(s.onset_s, s.offset_s) for s in lead if s.wave == "QRS"])
    if not len(complexes):
        return np.zeros((0, 2))
    centres = np.asarray(centres_s)[:, None]
    near = complexes[np.abs(0.5 * complexes.sum(axis=1) - centres).argmin(axis=1)]
    held = (near[:, 0] - REACH_S <= centres[:, 0]) & (centres[:, 0] <= near[:, 1] + REACH_S)
    return np.asarray((near - centres)[held])
