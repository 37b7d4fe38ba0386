"""The newest beats of a live recording: found in its last seconds, typed, and remembered.

A beat is looked for with the product's own search in the last `WINDOW_S`, or from `BEFORE_SILENCE_S` before the last
beat on where that lies longer ago: of a window that holds nothing but silence the search would make beats of noise.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from cardio_desktop.analysis.beats import REFRACTORY_S, search_beats
from cardio_desktop.analysis.gaps import missing_everywhere
from cardio_desktop.analysis.seen import seen_in
from cardio_desktop.core.beat_kinds import BeatKind
from cardio_desktop.core.findings import Beat
from cardio_desktop.core.record import Gap, Record
from cardio_desktop.live.ring import Ring

WINDOW_S = 10.0
"""The search measures beats by those within 8 s of them (`analysis.beats.AROUND_S`)."""
BEFORE_SILENCE_S = 8.0
"""The same before a silence."""
SETTLED_S = 0.15
"""Nearer to the newest sample nobody sees whether a peak is a complex or a T wave (`analysis.beats.CUT_S`)."""
SAME_S = 0.08
"""Two looks may place a beat so far apart (the reach of `analysis.beats._fiducials`)."""
LOUD_SILENCE_S = 1.2
"""In a silence from here on that is none, complexes of another kind are looked for by themselves: broad slow ones fade
beside narrow ones. Three beats at 100 per minute, where a tachycardia begins."""
HOLE_S = 0.05
"""A hole of this length can hide a complex: no interval that spans it counts."""


@dataclass(frozen=True, eq=False)
class Look:
    """What the newest seconds show; all times are on the source's clock. `beats` ascend and are typed.

    `end_s` is one sample after the newest, `record` what was looked at, from `start_s` on.
    """

    record: Record
    start_s: float
    end_s: float
    beats: tuple[Beat, ...]
    holes: tuple[Gap, ...]
    flutter_s: tuple[tuple[float, float], ...]

    @property
    def last_s(self) -> float:
        """The time of the last beat, or where the look begins if there is none."""
        return self.beats[-1].time_s if self.beats else self.start_s

    @property
    def silent_s(self) -> float:
        """For how long no beat has been seen; what a hole or flutter may hide does not count."""
        seen = [self.last_s, *(gap.end_s for gap in self.holes), *(high for _, high in self.flutter_s)]
        return self.end_s - max(seen)


class Pulse:
    """Finds and remembers beats; `look` is asked for a few times a second."""

    def __init__(self, ring: Ring) -> None:
        self._ring = ring
        self._known: list[Beat] = []
        self._told_s = -1.0

    def look(self) -> Look | None:
        """Return what the newest seconds show; None before there are two of them."""
        rate_hz = self._ring.layout.rate_hz
        stop = self._ring.stop
        begin = stop - round(WINDOW_S * rate_hz)
        if self._known:
            begin = min(begin, round((self._known[-1].time_s - BEFORE_SILENCE_S) * rate_hz))
        first = max(begin, self._ring.first)
        if stop - first < 2.0 * rate_hz:
            return None
        record = self._ring.layout.record(self._ring.counts(first, stop))
        start_s, length_s = first / rate_hz, (stop - first) / rate_hz
        missing = missing_everywhere(record, 0.0, length_s)
        seen = seen_in(record, missing, 0.0, length_s)
        beats = self._typed(seen.typed(missing), start_s)
        look = Look(
            record,
            start_s,
            start_s + length_s,
            beats,
            tuple(
                Gap(g.start_s + start_s, g.end_s + start_s) for g in missing if g.end_s - g.start_s >= HOLE_S
            ),
            tuple((float(low) + start_s, float(high) + start_s) for low, high in seen.flutter_s),
        )
        look = self._with_loud_silence(look)
        self._known = [beat for beat in look.beats if beat.time_s <= look.end_s - SETTLED_S]
        return look

    def fresh(self, look: Look) -> tuple[Beat, ...]:
        """Return the beats that were not told yet and are settled; they count as told from now on."""
        new = tuple(
            beat
            for beat in look.beats
            if self._told_s + REFRACTORY_S < beat.time_s <= look.end_s - SETTLED_S
            and beat.time_s > look.end_s - WINDOW_S
        )
        if new:
            self._told_s = new[-1].time_s
        return new

    def overrule(self, kind: BeatKind, among: Sequence[BeatKind]) -> None:
        """Let the known beats of some kinds be of another: the look at ten seconds as a whole knows better."""
        self._known = [replace(beat, kind=kind) if beat.kind in among else beat for beat in self._known]

    def _typed(self, beats: Sequence[Beat], start_s: float) -> tuple[Beat, ...]:
        """Return the beats on the source's clock; those of a shape are what most of them were known to be.

        Where a tachycardia fills the window nothing in it tells what is usual: what was known before does.
        """
        placed = [replace(beat, time_s=beat.time_s + start_s) for beat in beats]
        times = np.array([beat.time_s for beat in self._known])
        votes: dict[int, Counter[BeatKind]] = {}
        for beat in placed:
            if beat.shape is None or not times.size:
                continue
            near = int(np.abs(times - beat.time_s).argmin())
            if abs(times[near] - beat.time_s) <= SAME_S and self._known[near].kind is not BeatKind.UNKNOWN:
                votes.setdefault(beat.shape, Counter())[self._known[near].kind] += 1
        said = {shape: count.most_common(1)[0][0] for shape, count in votes.items()}
        # An early beat of the usual shape is supraventricular by its time, so only ventricular shapes are carried on.
        carried = {shape for shape, kind in said.items() if kind is BeatKind.VENTRICULAR}
        usual = {shape for shape, kind in said.items() if kind is BeatKind.NORMAL}
        out = []
        for beat in placed:
            if beat.shape in carried:
                beat = replace(beat, kind=BeatKind.VENTRICULAR)
            elif beat.shape in usual and beat.kind is BeatKind.VENTRICULAR:
                beat = replace(beat, kind=BeatKind.NORMAL)
            out.append(beat)
        return tuple(out)

    def _with_loud_silence(self, look: Look) -> Look:
        """Return the look with the complexes that are no smaller than the beats before, but were not counted."""
        if look.flutter_s or len(look.beats) < 2 or look.silent_s < LOUD_SILENCE_S or not loud(look):
            return look
        low_s = look.last_s + 0.2 - look.start_s
        found = search_beats(look.record, low_s, look.end_s - look.start_s)
        if len(found.beats) < 3:
            return look
        added = tuple(Beat(beat.time_s + look.start_s, BeatKind.VENTRICULAR) for beat in found.beats)
        return replace(look, beats=(*look.beats, *added))


def loud(look: Look) -> bool:
    """Return whether deflections as large as beats stand after the last beat in most leads that show beats at all."""
    rate_hz = look.record.rate_hz
    last = round((look.last_s - look.start_s) * rate_hz)
    ratios = []
    for lead in (lead for name, lead in look.record.traces.items() if lead.stored):
        mv = lead.millivolts()
        after = mv[last + round(0.45 * rate_hz) :]
        heights = [
            np.ptp(part)
            for beat in look.beats[-8:]
            if (at := round((beat.time_s - look.start_s) * rate_hz)) > 0.08 * rate_hz
            and (part := mv[at - round(0.06 * rate_hz) : at + round(0.06 * rate_hz)]).size
            and np.isfinite(part).all()
        ]
        if heights and after.size and np.isfinite(after).all():
            ratios.append(float(np.ptp(after)) / max(float(np.median(heights)), 1e-6))
    return bool(ratios) and float(np.median(ratios)) >= LOUD


LOUD = 0.6
"""The same share of a beat's height up to which a silence can be proven (`analysis.pauses.HIGHEST`)."""
