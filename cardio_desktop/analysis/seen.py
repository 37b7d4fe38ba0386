"""A record as beats and measurements see it: without a pacemaker's spikes, of which the beats know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from cardio_desktop.analysis.beat_types import type_beats
from cardio_desktop.analysis.beats import search_beats
from cardio_desktop.analysis.lone_leads import without_lone
from cardio_desktop.analysis.pacing import (
    Spike,
    are_pacing,
    find_spikes,
    paced_beats,
    pacing_remark,
    without_spikes,
)
from cardio_desktop.analysis.quality import assess_quality
from cardio_desktop.analysis.ringing import ringing_in, without_spike_beats
from cardio_desktop.core.beat_kinds import BeatKind
from cardio_desktop.core.findings import Beat, Quality
from cardio_desktop.core.progress import Progress
from cardio_desktop.core.record import Gap, Record

SAME_SHAPE = 0.75
"""Share of the beats of one shape that must follow a spike, for all of them to count as paced."""


@dataclass(frozen=True, eq=False)
class Seen:
    """A record as beats and measurements see it, a pacemaker's spikes taken out, and the beats found in it."""

    record: Record
    beats: tuple[Beat, ...]
    flutter_s: tuple[tuple[float, float], ...]
    spikes: tuple[Spike, ...]

    def quality(self, start_s: float, end_s: float, missing: Sequence[Gap]) -> Quality:
        """Return the quality, with a remark on the spikes."""
        quality = assess_quality(self.record, start_s, end_s, missing, self.beats)
        return replace(quality, reasons=(*quality.reasons, pacing_remark(self.spikes))) if self.spikes else quality

    def typed(self, missing: Sequence[Gap]) -> tuple[Beat, ...]:
        """Return the beats with their kind; those that follow a spike are paced, and those of exactly their shape.

        A spike that falls between two samples is not seen; its beat looks like the others all the same.
        """
        if not self.spikes:
            return type_beats(self.record, self.beats, missing)
        paced = paced_beats(self.spikes, self.beats)
        beats = type_beats(self.record, self.beats, missing, paced=paced)
        shapes = np.array([beat.shape for beat in beats])
        shared = {shape for shape in set(shapes.tolist()) if paced[shapes == shape].mean() >= SAME_SHAPE}
        return tuple(replace(beat, kind=BeatKind.PACED) if beat.shape in shared else beat for beat in beats)


def seen_in(
    record: Record, missing: Sequence[Gap], start_s: float, end_s: float, progress: Progress | None = None
) -> Seen:
    """Return the record without pacing spikes, where they are such, and its beats: a spike must not count as one."""
    spikes = find_spikes(record, start_s, end_s)
    if spikes:
        bare = without_spikes(record, spikes)
        found = search_beats(bare, start_s, end_s, progress, missing)
        if are_pacing(spikes, found.beats):
            return Seen(bare, without_lone(bare, found.beats), found.flutter_s, spikes)
    found = search_beats(record, start_s, end_s, progress, missing)
    beats, rings = found.beats, ringing_in(record, found.beats, start_s, end_s)
    if rings is not None and rings.is_paced():
        beats = without_spike_beats(beats, rings)
    return Seen(record, without_lone(record, beats), found.flutter_s, ())
