"""The stretch of a record that is being read: where it lies, what is missing, what was seen and measured in it.

A passage is made by `look`, and each step of the reading returns it with more filled in: `with_beats`, then the
network's opinion (`reading.opinion`), waves and measurements (`reading.measurement`), the rhythm (`with_rhythm`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from cardio_desktop.analysis.atrial import Stretch as AtrialStretch
from cardio_desktop.analysis.beat_shapes import cut_out, durations
from cardio_desktop.analysis.beat_types import without_early
from cardio_desktop.analysis.beats import detection_leads, flutter_between
from cardio_desktop.analysis.conduction import all_ventricular
from cardio_desktop.analysis.events import events_of
from cardio_desktop.analysis.gaps import long_gaps, missing_everywhere, union_of
from cardio_desktop.analysis.intervals import measure
from cardio_desktop.analysis.morphology import qrs_shapes
from cardio_desktop.analysis.p_waves import PWaves
from cardio_desktop.analysis.pacing import Spike
from cardio_desktop.analysis.pauses import unproven
from cardio_desktop.analysis.quality import assess_quality
from cardio_desktop.analysis.rhythm import MERGED_BPM, rhythm_of
from cardio_desktop.analysis.ringing import ringing_in
from cardio_desktop.analysis.seen import Seen, seen_in
from cardio_desktop.analysis.stretches import without
from cardio_desktop.core.errors import CardioError
from cardio_desktop.core.events import Event
from cardio_desktop.core.findings import (
    Beat,
    Evidence,
    Measurements,
    MedianBeat,
    Prediction,
    Quality,
    Rhythm,
    Risk,
    Tier,
    Wave,
)
from cardio_desktop.core.morphology import QrsShape
from cardio_desktop.core.progress import Progress
from cardio_desktop.core.record import Gap, Record
from cardio_desktop.narrative.case import Case
from cardio_desktop.reading.limits import LONGEST_S, MOST_S
from cardio_desktop.words import Remark

MOST_CUT = 100
"""Of so many complexes the breadth is measured."""
OTHER_RATE = 1.5
"""Less than the factor between customary sampling rates. Of 17 files of eight makers that store a rate, 16 differ from
ours by 8 % at most; the other one claims 100 Hz for what its own rate shows to be about 500."""
SLOW_EVENTS, STRETCHED = ("PAUSE", "ASYSTOLE", "BRADY"), 2.5
"""What a clock that runs slow makes of any rhythm, and by which factor it does: a recorder that counts T waves doubles
the rate, and must not silence a slow one."""
Span = tuple[float, float]


class RangeError(CardioError):
    """A stretch of time that the record does not have."""

    kind = "range"


@dataclass(frozen=True, eq=False)
class Measured:
    """Waves by lead and global, ascending in time, the median beat, the measurements, and the atria piece by piece."""

    waves: tuple[Wave, ...]
    median: MedianBeat | None
    measurements: Measurements
    atria: tuple[AtrialStretch, ...] = ()
    p: PWaves | None = None
    """What the P waves show; None where waves were not looked for."""
    beats: tuple[Beat, ...] = ()
    """The beats, those no longer ventricular that the atria drive."""
    st: tuple[Event, ...] = ()
    """Episodes of ST shift and of changed T waves."""

    @cached_property
    def shapes(self) -> Mapping[str, QrsShape]:
        """The shape of the median beat's QRS complex in each lead."""
        return qrs_shapes(self.median)


@dataclass(frozen=True, eq=False)
class Opinion:
    """What the network said of a passage, or that it said nothing with the reason in `risk`.

    `withheld` are the leads that it was not shown for their quality, `slow` those sampled too slowly for it.
    """

    risk: Risk
    prediction: Prediction | None = None
    evidence: Evidence | None = None
    withheld: tuple[str, ...] = ()
    slow: tuple[str, ...] = ()

    @property
    def said(self) -> Mapping[str, float]:
        """The probabilities of its statements; none where it said nothing."""
        return {s.code: s.probability for s in self.prediction.statements} if self.prediction is not None else {}


NOT_ASKED = Opinion(Risk(Tier.NOT_ASSESSED, Remark("tier-no-model")))


@dataclass(frozen=True, eq=False)
class Passage:
    """What is known so far of `record` between `start_s` and `end_s`.

    `missing` are the stretches in which nothing can be read: those without a sample in any lead, however short, and
    those of noise. `bare` is the record without a pacemaker's
    spikes where it has them: as beats and measurements see it.
    """

    record: Record
    start_s: float
    end_s: float
    missing: tuple[Gap, ...] = ()
    quality: Quality = field(default_factory=lambda: Quality(usable=True))
    bare: Record | None = None
    beats: tuple[Beat, ...] = ()
    flutter_s: tuple[Span, ...] = ()
    measured: Measured = field(default_factory=lambda: Measured((), None, measure(())))
    opinion: Opinion = NOT_ASKED
    rhythm: Rhythm | None = None
    spikes: tuple[Spike, ...] = ()
    events: tuple[Event, ...] = ()

    @property
    def seen(self) -> Record:
        """The record as beats and measurements see it."""
        return self.record if self.bare is None else self.bare

    @property
    def length_s(self) -> float:
        """How long it is."""
        return self.end_s - self.start_s

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What is missing for long enough to be called a gap."""
        return long_gaps(self.missing)

    @property
    def unrecorded(self) -> tuple[Gap, ...]:
        """The gaps in which nothing was recorded; the others hold noise."""
        noise = self.quality.blind_s
        return tuple(Gap(low, high) for gap in self.gaps for low, high in without([(gap.start_s, gap.end_s)], noise))

    def case(self) -> Case:
        """Return what the rules of the narrative look at."""
        found, patient = self.measured, self.record.patient
        return Case(
            quality=self.quality,
            measurements=found.measurements,
            risk=self.opinion.risk,
            beats=self.beats,
            waves=found.waves,
            median=found.median,
            shapes=found.shapes,
            rhythm=self.rhythm,
            prediction=self.opinion.prediction,
            age_years=patient.age_years,
            sex=patient.sex,
            simulated=self.record.simulated,
            events=self.events,
        )


def stretch_of(record: Record, start_s: float | None = None, end_s: float | None = None) -> Span:
    """Return from where to where a record is read: all of it, at most `LONGEST_S`, unless an end is asked for.

    Raises RangeError for a stretch that the record does not have, or that is too long to be held.
    """
    whole = record.duration_s
    low = 0.0 if start_s is None else start_s
    high = min(whole, max(low, 0.0) + LONGEST_S) if end_s is None and low < whole else end_s
    high = whole if high is None else high
    tolerance_s = 1e-6
    if not (math.isfinite(low) and math.isfinite(high) and 0 <= low < high <= whole + tolerance_s):
        raise RangeError(
            f"{record.path.name}: {low:g} to {high:g} s is not a stretch of this record; choose one within "
            f"0 to {whole:g} s."
        )
    if high - low > MOST_S:
        raise RangeError(
            f"{record.path.name}: {(high - low) / 3600:.1f} hours are more than can be analysed at once; choose at "
            f"most {MOST_S / 3600:g} with --from and --to."
        )
    return low, min(high, whole)


def look(record: Record, start_s: float, end_s: float, progress: Progress | None = None) -> Passage:
    """Return the passage with its quality and, where that allows it, its beats: else they would be invented.

    `progress` gets 0 to 100 and may raise to cancel.
    """
    tell = progress or (lambda _percent: None)
    missing = missing_everywhere(record, start_s, end_s)
    seen = seen_in(record, missing, start_s, end_s, lambda percent: tell(0.6 * percent))
    quality = seen.quality(start_s, end_s, missing)
    tell(80.0)
    if quality.blind_s:
        missing = _with_noise(missing, quality)
        seen = seen_in(record, missing, start_s, end_s, lambda percent: tell(80.0 + 0.15 * percent))
    passage = replace(_seen(record, seen, missing, start_s, end_s), quality=quality)
    if readable(quality):
        passage = with_beats(passage, seen.typed(missing))
    else:
        empty = measure(())
        reason = Remark("because", {"because": quality.of_record or (Remark("noisy"),)})
        untold = {**empty.not_measured, "heart_rate_bpm": reason, "rr_ms": reason}
        passage = replace(passage, measured=Measured((), None, replace(empty, not_measured=untold)))
    tell(100.0)
    return passage


def _with_noise(missing: Sequence[Gap], quality: Quality) -> tuple[Gap, ...]:
    spans = [*((gap.start_s, gap.end_s) for gap in missing), *quality.blind_s]
    return tuple(Gap(low, high) for low, high in union_of(spans))


def beats_of(record: Record, start_s: float, end_s: float) -> Passage:
    """Return the passage with its beats alone, none of them from stretches in which nothing can be read.

    Nobody is asked whether the record can be used as a whole: in a day of it, some part always cannot.
    """
    missing = missing_everywhere(record, start_s, end_s)
    seen = seen_in(record, missing, start_s, end_s, lambda _percent: None)
    quality = seen.quality(start_s, end_s, missing)
    if quality.blind_s:
        missing = _with_noise(missing, quality)
        seen = seen_in(record, missing, start_s, end_s, lambda _percent: None)
    return with_beats(_seen(record, seen, missing, start_s, end_s), seen.typed(missing))


def part_of(passage: Passage, start_s: float, end_s: float) -> Passage:
    """Return a part of a passage with the beats that are known, and the quality of this part by itself."""
    missing = missing_everywhere(passage.record, start_s, end_s)
    return Passage(
        passage.record,
        start_s,
        end_s,
        missing,
        assess_quality(passage.record, start_s, end_s, missing),
        beats=tuple(beat for beat in passage.beats if start_s <= beat.time_s < end_s),
    )


def _seen(record: Record, seen: Seen, missing: tuple[Gap, ...], start_s: float, end_s: float) -> Passage:
    bare = seen.record if seen.record is not record else None
    return Passage(record, start_s, end_s, missing, bare=bare, flutter_s=seen.flutter_s, spikes=seen.spikes)


def with_beats(passage: Passage, beats: Sequence[Beat]) -> Passage:
    """Return the passage with these beats, and what is measured of the beats alone."""
    own = tuple(beats)
    return replace(passage, beats=own, measured=Measured((), None, measure(own, passage.missing)))


def with_rhythm(passage: Passage) -> Passage:
    """Return the passage with the rhythm by its beats, P waves and the network's statements."""
    beats, measured, missing = passage.beats, passage.measured, passage.missing
    flutter_s: Sequence[Span] = ()
    if readable(passage.quality):
        flutter_s = flutter_between(passage.seen, beats, passage.start_s, passage.end_s, missing)
    said, paced = passage.opinion.said, passage.opinion.risk.paced
    if not paced and readable(passage.quality):
        rings = ringing_in(passage.seen, beats, passage.start_s, passage.end_s)
        told = measured.measurements
        paced = rings is not None and rings.is_paced(said.get("PACE"), told.qrs_ms, told.heart_rate_bpm)
    rhythm = rhythm_of(
        beats,
        measured.waves,
        said,
        gaps=missing,
        flutter_s=flutter_s,
        paced=paced,
        atria=measured.atria,
        measured=measured.measurements,
        breadth_s=_breadth_s(passage),
    )
    return replace(passage, rhythm=rhythm)


def _breadth_s(passage: Passage) -> float | None:
    """Return how long the complexes of a fast rhythm last by the speed of the trace; None of a slower one."""
    rate_bpm = passage.measured.measurements.heart_rate_bpm
    if rate_bpm is None or rate_bpm < MERGED_BPM:
        return None
    times_s = np.array([beat.time_s for beat in passage.beats[:MOST_CUT]])
    return float(np.median(durations(cut_out(detection_leads(passage.seen), times_s))))


def with_events(passage: Passage) -> Passage:
    """Return the passage with every episode in it, and with its beats as the rhythm makes them.

    Where atria fibrillate, or fast complexes are wide, no beat comes early; a ventricular rhythm has no usual beats.
    """
    basic = passage.rhythm.codes[0] if passage.rhythm is not None else ""
    if basic in ("AFIB", "AFLT", "WCT"):
        passage = replace(passage, beats=without_early(passage.beats))
    elif basic in ("VT", "IVR"):
        passage = replace(passage, beats=all_ventricular(passage.beats))
    silent: tuple[Gap, ...] = ()
    if passage.beats:
        span = passage.start_s, passage.end_s
        silent = unproven(passage.seen, passage.beats, *span, passage.gaps, passage.flutter_s)
    events = events_of(
        passage.beats,
        passage.start_s,
        passage.end_s,
        rhythm=passage.rhythm,
        measurements=passage.measured.measurements,
        quality=passage.quality,
        atria=passage.measured.atria,
        spikes=passage.spikes,
        gaps=passage.unrecorded,
        unproven=(*silent, *(Gap(low, high) for low, high in passage.quality.blind_s)),
        st=passage.measured.st,
        flutter_s=passage.flutter_s if readable(passage.quality) else (),
    )
    if stretched(passage):
        events = tuple(event for event in events if event.code not in SLOW_EVENTS)
    return replace(passage, events=events)


def stretched(passage: Passage) -> bool:
    """Return whether every interval is far longer than at the rate that the recorder counted: its clock is not ours.

    A heart that paused for a while has other intervals too. The warnings then say that the sampling rate may be wrong.
    """
    stored = passage.record.stored
    device_bpm = stored.measurements.get("heart_rate_bpm") if stored else None
    rr_s = np.diff([beat.time_s for beat in passage.beats])
    return bool(device_bpm and rr_s.size and float(rr_s.min()) > STRETCHED * 60.0 / device_bpm)


def readable(quality: Quality) -> bool:
    """Return whether beats may be looked for: the record can be used, or both limb leads that carry the rhythm."""
    return quality.usable or all(name in quality.leads and quality.leads[name].usable for name in ("I", "II"))


def with_gaps(record: Record, start_s: float, end_s: float) -> Record:
    """Return the record with those gaps added that show only in its samples between two times."""
    inside = long_gaps(missing_everywhere(record, start_s, end_s))
    outside = [
        part
        for gap in record.gaps
        for part in (Gap(gap.start_s, min(gap.end_s, start_s)), Gap(max(gap.start_s, end_s), gap.end_s))
        if part.start_s < part.end_s
    ]
    return replace(record, gaps=tuple(sorted([*inside, *outside], key=lambda gap: gap.start_s)))
