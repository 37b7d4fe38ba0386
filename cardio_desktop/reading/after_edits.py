"""Rate, rhythm and intervals of the beats as a reader left them; the findings of the machine stay what they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cardio_desktop.analysis.beats import flutter_between
from cardio_desktop.analysis.gaps import missing_everywhere
from cardio_desktop.analysis.intervals import measure
from cardio_desktop.analysis.rhythm import rhythm_of
from cardio_desktop.analysis.seen import seen_in
from cardio_desktop.core.beat_edits import BeatEdit, edited_beats
from cardio_desktop.core.findings import Findings
from cardio_desktop.core.record import Record
from cardio_desktop.core.recount import Recount, edits_sentence, edits_within
from cardio_desktop.model.risk import PACED_REASON
from cardio_desktop.narrative.case import Case
from cardio_desktop.narrative.repolarisation import qt_interval
from cardio_desktop.narrative.rhythm import ectopy, rate, rhythm
from cardio_desktop.reading.measurement import Measured, measure_record
from cardio_desktop.reading.pipeline import Models, own_delineator


def after_edits(
    record: Record,
    models: Models | None,
    findings: Findings,
    edits: Sequence[BeatEdit],
    report: Callable[[float], None] | None = None,
) -> Recount | None:
    """Return what holds of the analysed stretch after `edits`, None where they change no beat of it.

    Waves are delineated anew around the beats that count now. Where the machine held the record unusable, the reader's
    beats give rate and RR alone. `report` gets 0 to 100 and may raise to cancel.
    """
    start_s, end_s = findings.start_s, findings.end_s
    inside = edits_within(edits, start_s, end_s)
    if not inside:
        return None
    beats = tuple(beat for beat in edited_beats(findings.beats, edits) if start_s <= beat.time_s < end_s)
    if beats == findings.beats:  # a kind that was changed and changed back, or the same beats taken over from the file
        return None
    missing = missing_everywhere(record, start_s, end_s)
    said = {s.code: s.probability for s in findings.prediction.statements} if findings.prediction is not None else {}
    measured = Measured((), None, measure(beats, missing))
    flutter_s: tuple[tuple[float, float], ...] = ()
    if findings.quality.usable and beats:
        seen = seen_in(record, missing, start_s, end_s).record  # a pacemaker's spikes are no waves
        delineator = models.delineator if models is not None else own_delineator()
        measured = measure_record(
            seen, findings.quality, beats, measured.measurements, delineator, start_s, end_s, report, said
        )
        flutter_s = tuple(flutter_between(seen, beats, start_s, end_s, missing))
    found = rhythm_of(
        beats,
        measured.waves,
        said,
        gaps=missing,
        flutter_s=flutter_s,
        paced=findings.risk.reason == PACED_REASON,
        atria=measured.atria,
    )
    case = Case(
        quality=findings.quality,
        measurements=measured.measurements,
        risk=findings.risk,
        beats=beats,
        waves=measured.waves,
        median=measured.median,
        rhythm=found,
        prediction=findings.prediction,
        age_years=record.patient.age_years,
        sex=record.patient.sex,
        simulated=record.simulated,
    )
    told = [edits_sentence(findings.beats, inside, len(beats)), *rhythm(case), *ectopy(case), *rate(case)]
    if case.unjudged is None:
        told += qt_interval(case)
    return Recount(beats, measured.measurements, found, tuple(told))
