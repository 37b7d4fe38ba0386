"""The use case that every front end shares: from a record to its findings."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cardio_desktop import __version__
from cardio_desktop.analysis.flags import flag_beats
from cardio_desktop.core.events import Event, critical_of
from cardio_desktop.core.findings import (
    PATHOLOGIES,
    Findings,
    Measurements,
    Prediction,
    Rhythm,
    Risk,
    Sentence,
    tier_limits,
)
from cardio_desktop.core.progress import Progress
from cardio_desktop.core.record import Record
from cardio_desktop.narrative.critical import events_of
from cardio_desktop.narrative.telling import tell, texts
from cardio_desktop.reading.contradictions import doubted
from cardio_desktop.reading.measurement import measure_passage
from cardio_desktop.reading.models import (
    Models,
    delineator_of,
    faithfulness,
    faithfulness_note,
    load_models,
    own_delineator,
)
from cardio_desktop.reading.opinion import evidence_for, opinion_on, without_paced_opinion
from cardio_desktop.reading.passage import (
    Passage,
    RangeError,
    look,
    stretch_of,
    with_events,
    with_gaps,
    with_rhythm,
)
from cardio_desktop.reading.settled import settled
from cardio_desktop.reading.warnings import warnings_on

__all__ = [
    "Models",
    "RangeError",
    "Survey",
    "analyze",
    "evidence_for",
    "faithfulness",
    "faithfulness_note",
    "judged",
    "load_models",
    "own_delineator",
    "survey",
    "with_gaps",
]


def analyze(
    record: Record,
    models: Models | None,
    *,
    start_s: float | None = None,
    end_s: float | None = None,
    progress: Progress | None = None,
) -> Findings:
    """Return what is found between two times (default: the whole record, at most its first 600 s).

    `models` None leaves out the network's opinion; the waves are delineated all the same. `progress` gets 0 to 100,
    never falling, and may raise to cancel. Raises RangeError for a range that the record does not have; a record that
    cannot be judged is no error but has the tier "Not assessed" with the reason.
    """
    whole = _Rising(progress)
    stretch = stretch_of(record, start_s, end_s)
    whole.at(0)
    passage = look(record, *stretch, whole.part(0, 25))
    passage = replace(passage, opinion=opinion_on(passage, models, whole.part(25, 77)))
    passage = judged(passage, models, whole.part(77, 92))
    whole.at(95)
    rhythm = passage.rhythm
    whole.at(97)
    case = passage.case()
    events = events_of(case)
    sentences = tell(replace(case, events=events))
    whole.at(100)
    return Findings(
        start_s=passage.start_s,
        end_s=passage.end_s,
        quality=passage.quality,
        beats=passage.beats,
        waves=passage.measured.waves,
        measurements=passage.measured.measurements,
        prediction=passage.opinion.prediction,
        evidence=passage.opinion.evidence,
        risk=passage.opinion.risk,
        rhythm=rhythm,
        narrative=texts(sentences),
        warnings=warnings_on(passage, to_the_end=end_s is None),
        software=__version__,
        median=passage.measured.median,
        sentences=sentences,
        events=events,
        critical=critical_of(events),
    )


def judged(passage: Passage, models: Models | None, progress: Progress | None = None) -> Passage:
    """Return the passage measured, with rhythm and events, and with the tier that stands beside all these."""
    if passage.beats:
        found = measure_passage(passage, delineator_of(models), progress)
        passage = _flagged(replace(passage, measured=found, beats=found.beats))
    return doubted(with_events(settled(without_paced_opinion(with_rhythm(passage), models))))


def _flagged(passage: Passage) -> Passage:
    """Return the passage with those beats flagged that the network's evidence points at."""
    opinion = passage.opinion
    if opinion.prediction is None or opinion.evidence is None:
        return passage
    low = {code: tier_limits(code, opinion.risk.thresholds)[0] for code in PATHOLOGIES}
    beats = flag_beats(
        passage.beats,
        opinion.evidence,
        opinion.prediction,
        thresholds=low,
        gaps=passage.gaps,
        waves=passage.measured.waves,
    )
    return replace(passage, beats=beats)


@dataclass(frozen=True, eq=False)
class Survey:
    """What `survey` finds between `start_s` and `end_s`."""

    start_s: float
    end_s: float
    measurements: Measurements
    prediction: Prediction | None
    risk: Risk
    critical: tuple[Event, ...] = ()
    rhythm: Rhythm | None = None
    sentences: tuple[Sentence, ...] = ()


def survey(record: Record, models: Models) -> Survey:
    """Return tier, opinion, sentences and what is critical as `analyze` finds them: what a list of many records shows.

    Nothing that moves the tier may be left out, or a list would call Low what the opened record does not.
    """
    passage = look(record, *stretch_of(record))
    passage = judged(replace(passage, opinion=opinion_on(passage, models)), models)
    opinion, case = passage.opinion, passage.case()
    events = events_of(case)
    return Survey(
        passage.start_s,
        passage.end_s,
        passage.measured.measurements,
        opinion.prediction,
        opinion.risk,
        critical_of(events),
        passage.rhythm,
        tell(replace(case, events=events)),
    )


class _Rising:
    """Passes percent on, never less than before."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self._done = -1.0

    def at(self, percent: float) -> None:
        if self._progress is not None and percent >= self._done:
            self._done = percent
            self._progress(percent)

    def part(self, low: float, high: float) -> Progress:
        """Return a callable that maps 0..100 of one step to its share."""
        return lambda percent: self.at(low + (high - low) * min(max(percent, 0.0), 100.0) / 100.0)
