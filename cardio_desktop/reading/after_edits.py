"""Rate, rhythm and intervals of the beats as a reader left them; the findings of the machine stay what they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cardio_desktop.analysis.gaps import missing_everywhere
from cardio_desktop.analysis.seen import seen_in
from cardio_desktop.core.beat_edits import BeatEdit, edited_beats
from cardio_desktop.core.findings import Findings
from cardio_desktop.core.progress import Progress
from cardio_desktop.core.record import Record
from cardio_desktop.core.recount import Recount, edits_sentence, edits_within
from cardio_desktop.narrative.repolarisation import qt_interval
from cardio_desktop.narrative.rhythm import after
from cardio_desktop.reading.measurement import measure_passage
from cardio_desktop.reading.models import Models, delineator_of
from cardio_desktop.reading.passage import Opinion, Passage, with_beats, with_rhythm
from cardio_desktop.reading.settled import settled


def after_edits(
    record: Record,
    models: Models | None,
    findings: Findings,
    edits: Sequence[BeatEdit],
    progress: Progress | None = None,
) -> Recount | None:
    """Return what holds of the analysed stretch after `edits`, None where they change no beat of it.

    Waves are delineated anew around the beats that count now. Where the machine held the record unusable, the reader's
    beats give rate and RR alone. `progress` gets 0 to 100 and may raise to cancel.
    """
    start_s, end_s = findings.start_s, findings.end_s
    inside = edits_within(edits, start_s, end_s)
    if not inside:
        return None
    beats = tuple(beat for beat in edited_beats(findings.beats, edits) if start_s <= beat.time_s < end_s)
    if beats == findings.beats:  # a kind that was changed and changed back, or the same beats taken over from the file
        return None
    missing = missing_everywhere(record, start_s, end_s)
    opinion = Opinion(findings.risk, findings.prediction, findings.evidence)
    passage = with_beats(Passage(record, start_s, end_s, missing, findings.quality, opinion=opinion), beats)
    if findings.quality.usable and beats:
        # A pacemaker's spikes are no waves.
        passage = replace(passage, bare=seen_in(record, missing, start_s, end_s).record)
        passage = replace(passage, measured=measure_passage(passage, delineator_of(models), progress))
    passage = settled(with_rhythm(passage))
    case = passage.case()
    told = [edits_sentence(findings.beats, inside, len(beats)), *after(case)]
    if case.unjudged is None:
        told += qt_interval(case)
    return Recount(beats, passage.measured.measurements, passage.rhythm, tuple(told))
