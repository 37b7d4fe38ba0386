"""The newest beats of a live recording: found in its last seconds, typed, and remembered.

A beat is looked for with the product's own search in the last `WINDOW_S`, or from `BEFORE_SILENCE_S` before the last
beat on where that lies longer ago: of a window that holds nothing but silence the search would make beats of noise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.analysis.beat_events import TACHYCARDIA_BPM
from cardio_desktop.analysis.beats import FLUTTER_FROM_BPM, REFRACTORY_S, STEADY_CHANGE, search_beats
from cardio_desktop.analysis.flutter import HOP_S
from cardio_desktop.analysis.gaps import missing_everywhere
from cardio_desktop.analysis.seen import seen_in
from cardio_desktop.core.beat_kinds import BeatKind
from cardio_desktop.core.findings import Beat
from cardio_desktop.core.record import Gap, Record
from cardio_desktop.live.ring import Ring
from cardio_desktop.live.shapes import Shapes

WINDOW_S = 10.0
"""The search measures beats by those within 8 s of them (`analysis.beats.AROUND_S`)."""
BEFORE_SILENCE_S = 8.0
"""The same before a silence."""
SETTLED_S = 0.15
"""Nearer to the newest sample nobody sees whether a peak is a complex or a T wave (`analysis.beats.CUT_S`)."""
LOUD_SILENCE_S = 1.2
"""In a silence from here on that is none, complexes of another kind are looked for by themselves: broad slow ones fade
beside narrow ones. Three beats at 100 per minute, where a tachycardia begins."""
ALONE_S = 3.0
"""What is taken for flutter is searched by itself over so much at least (`analysis.flutter.WINDOW_S`)."""
AFTER_FLUTTER_S = 1.5
"""Half of the search's window for flutter: so much beyond what it called flutter is none of it."""
LEAST_BESIDE_FLUTTER = 0.15
"""A complex after flutter is so high beside its waves at least; in the simulated ones complexes have 0.5 to 1.5, noise
0.02 to 0.06. A choice."""
AFTER_T_S = 0.45
"""Later than this after a beat its own T wave is over at 60 per minute and faster (QT: 0.4 s)."""
AFTER_BROAD_S = 0.65
"""The same after a broad complex, whose T wave is large and late: with 0.45 s 23 beats were invented in the half hour
of MIT-BIH 106, which has 520 of them."""
ONE_S = 0.65
"""A single broad complex is looked for in a silence of this length: what stands after the T wave and is settled."""
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
    told_s: float = 0.0
    """The time of the last beat that was told."""

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
        self._shapes = Shapes()

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
        beats = tuple(replace(beat, time_s=beat.time_s + start_s) for beat in seen.typed(missing))
        look = Look(
            record,
            start_s,
            start_s + length_s,
            beats,
            tuple(Gap(g.start_s + start_s, g.end_s + start_s) for g in missing if g.end_s - g.start_s >= HOLE_S),
            tuple((float(low) + start_s, float(high) + start_s) for low, high in seen.flutter_s),
            max(self._told_s, start_s),
        )
        look = self._with_others(look)
        beats = self._at_first_sight(look, self._shapes.typed(record, start_s, look.beats))
        look = replace(look, beats=self._with_known(look, beats))
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

    def learn(self, look: Look, *, tachycardia: bool) -> None:
        """Remember what the usual beats look like, or those of the ventricular tachycardia that goes on."""
        settled = [beat for beat in look.beats if beat.time_s <= look.end_s - SETTLED_S]
        if settled:
            self._shapes.learn(look.record, look.start_s, settled, tachycardia=tachycardia)

    def forget(self) -> None:
        """Take the beats of a tachycardia for usual ones: the look at ten seconds as a whole knows better."""
        self._shapes.forget()

    def _at_first_sight(self, look: Look, beats: Sequence[Beat]) -> tuple[Beat, ...]:
        """Return the beats, those that were not told yet by their likeness to the usual ones.

        What types beats wants to see the next one, too; a beat is told before that.
        """
        return tuple(
            replace(beat, kind=self._shapes.kind(look.record, look.start_s, beat, beat.kind))
            if beat.time_s > self._told_s + REFRACTORY_S and beat.kind in (BeatKind.NORMAL, BeatKind.UNKNOWN)
            else beat
            for beat in beats
        )

    def _with_known(self, look: Look, beats: Sequence[Beat]) -> tuple[Beat, ...]:
        """Return the beats with those of a tachycardia that an earlier look found and this one does not.

        Where half of a window is narrow and half is broad the search may miss some of either.
        """
        if not self._shapes.known or not self._known:
            return tuple(beats)
        times = np.array([beat.time_s for beat in beats])
        missed = [
            beat
            for beat in self._known
            if beat.kind is BeatKind.VENTRICULAR
            and beat.time_s > look.start_s + REFRACTORY_S
            and not any(low <= beat.time_s <= high for low, high in look.flutter_s)
            and (not times.size or np.abs(times - beat.time_s).min() > REFRACTORY_S)
        ]
        return tuple(sorted((*beats, *missed), key=lambda beat: beat.time_s))

    def _with_others(self, look: Look) -> Look:
        """Return the look with the complexes that fade beside the others: no smaller, but broad and slow.

        They stand in a silence that is none, or in what is taken for flutter because so few of them are counted.
        """
        flutter = [span for span in look.flutter_s if span[1] >= look.end_s - 0.5]
        over_s = max((high for _, high in look.flutter_s), default=look.start_s)
        if not flutter and look.flutter_s:
            look = _after_flutter(look, over_s)
        if flutter:
            low_s = min(flutter[-1][0], look.end_s - ALONE_S)
            counted = [beat.time_s for beat in look.beats]
            low_s = max([low_s, *(time_s + 0.2 for time_s in counted[-1:])])
        elif len(look.beats) > 1 and look.silent_s >= ONE_S and loud(look):
            if look.silent_s < LOUD_SILENCE_S:
                return self._with_one(look) if look.silent_s >= _after_t(look) + 0.2 else look
            low_s = look.last_s + 0.2
        else:
            return look
        times = self._shapes.found(look.record, low_s - look.start_s) + look.start_s
        if not _steady(times):
            found = search_beats(look.record, low_s - look.start_s, look.end_s - look.start_s).beats
            times = np.array([beat.time_s for beat in found]) + look.start_s
        if not _steady(times):
            return self._after_tachycardia(look, flutter)
        others = tuple(Beat(float(time_s), BeatKind.VENTRICULAR) for time_s in times)
        kept = tuple(span for span in look.flutter_s if span not in flutter)
        return replace(look, beats=(*look.beats, *others), flutter_s=kept)

    def _with_one(self, look: Look) -> Look:
        """Return the look with the one complex after the last beat that the search sees only beside the next one."""
        rate_hz = look.record.rate_hz
        first = round((look.last_s + _after_t(look) - look.start_s) * rate_hz)
        mv = np.array([lead.millivolts(first) for name, lead in look.record.traces.items() if lead.stored])
        size = ((mv - np.median(mv, axis=1, keepdims=True)) ** 2).sum(axis=0)
        at = int(np.argmax(size))
        if at > size.size - SETTLED_S * rate_hz:
            return look  # still rising
        beat = Beat((first + at) / rate_hz + look.start_s)
        kind = self._shapes.kind(look.record, look.start_s, beat, BeatKind.UNKNOWN)
        return replace(look, beats=(*look.beats, replace(beat, kind=kind)))

    def _after_tachycardia(self, look: Look, flutter: Sequence[tuple[float, float]]) -> Look:
        """Return the look without flutter that is but a tachycardia's last waves in the search's windows of 3 s."""
        if not flutter or not self._shapes.known:
            return look
        low_s = look.end_s - ALONE_S - HOP_S
        alone = search_beats(look.record, low_s - look.start_s, look.end_s - look.start_s)
        if any(high + look.start_s >= look.end_s - 0.5 for _, high in alone.flutter_s):
            return look
        last_s = look.beats[-1].time_s if look.beats else look.start_s
        added = [Beat(beat.time_s + look.start_s) for beat in alone.beats]
        kept = tuple(span for span in look.flutter_s if span not in flutter)
        more = tuple(beat for beat in added if beat.time_s > last_s + REFRACTORY_S)
        return replace(look, beats=(*look.beats, *more), flutter_s=kept)


def _after_flutter(look: Look, over_s: float) -> Look:
    """Return the look with the beats that stand after flutter, sought by themselves.

    Beside waves as large as they are the search counts none of them until flutter has left its window.
    """
    if look.end_s - over_s < AFTER_FLUTTER_S:
        return look
    found = search_beats(look.record, over_s - look.start_s, look.end_s - look.start_s)
    if found.flutter_s:
        return look
    rate_hz, before_s = look.record.rate_hz, over_s - AFTER_FLUTTER_S - look.start_s
    mv = np.array([lead.millivolts() for lead in look.record.traces.values() if lead.stored])
    waves = _heights(mv, rate_hz, max(before_s - ALONE_S, 0.0), before_s)
    known = [
        beat for beat in look.beats if beat.time_s < over_s or _as_large(mv, rate_hz, beat.time_s - look.start_s, waves)
    ]
    added = [
        Beat(beat.time_s + look.start_s)
        for beat in found.beats
        if _as_large(mv, rate_hz, beat.time_s, waves)
        and all(abs(beat.time_s + look.start_s - one.time_s) > REFRACTORY_S for one in known)
    ]
    return replace(look, beats=tuple(sorted((*known, *added), key=lambda beat: beat.time_s)))


def _as_large(mv: NDArray[np.float64], rate_hz: float, at_s: float, waves: NDArray[np.float64]) -> bool:
    """Return whether a complex is large enough beside waves that went before.

    A search that sees nothing but silence makes beats of its noise.
    """
    own = _heights(mv, rate_hz, at_s - 0.06, at_s + 0.06)
    return bool(waves.size) and float(np.median(own / np.maximum(waves, 1e-6))) >= LEAST_BESIDE_FLUTTER


def _heights(mv: NDArray[np.float64], rate_hz: float, low_s: float, high_s: float) -> NDArray[np.float64]:
    part = mv[:, max(round(low_s * rate_hz), 0) : round(high_s * rate_hz)]
    part = part[:, np.isfinite(part).all(axis=0)]
    return np.ptp(part, axis=1) if part.shape[1] else np.zeros(0)


def _steady(times_s: NDArray[np.float64]) -> bool:
    """Return whether beats follow one another as those of a tachycardia do, not slower than one and not as flutter."""
    rr_s = np.diff(times_s)
    if rr_s.size < 2:
        return False
    usual_s = float(np.median(rr_s))
    change = float(np.median(np.abs(np.diff(rr_s)))) / usual_s
    return change <= STEADY_CHANGE and TACHYCARDIA_BPM < 60.0 / usual_s <= FLUTTER_FROM_BPM


def _after_t(look: Look) -> float:
    """Return how long after the last beat its T wave may last."""
    return AFTER_BROAD_S if look.beats[-1].kind is BeatKind.VENTRICULAR else AFTER_T_S


def loud(look: Look) -> bool:
    """Return whether deflections as large as beats stand in the silence in most leads that show beats at all."""
    rate_hz = look.record.rate_hz
    last = round((look.end_s - look.silent_s - look.start_s) * rate_hz)
    ratios = []
    for lead in (lead for name, lead in look.record.traces.items() if lead.stored):
        mv = lead.millivolts()
        after = mv[last + round(_after_t(look) * rate_hz) :]
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
