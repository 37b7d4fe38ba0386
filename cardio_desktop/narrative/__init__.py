"""Findings as sentences, in the order in which an ECG is read, each with the values, leads and marks it rests on.

Every rule is a function from a `Case` to sentences, in a module of one idea. A rule is silent where what it needs was
not measured; what is missing is said once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from cardio_desktop.core.findings import (
    Beat,
    Measurements,
    MedianBeat,
    Prediction,
    Quality,
    Rhythm,
    Risk,
    Sentence,
    Wave,
)
from cardio_desktop.core.morphology import QrsShape
from cardio_desktop.core.record import Record
from cardio_desktop.narrative import (
    axis,
    conduction,
    hypertrophy,
    infarction,
    ischaemia,
    opinion,
    recording,
    repolarisation,
)
from cardio_desktop.narrative import rhythm as rhythms
from cardio_desktop.narrative.case import Case
from cardio_desktop.narrative.conclusion import sum_up
from cardio_desktop.narrative.texts import (
    DISCLAIMER,
    LOW_IS_NOT_NO,
    MEASURED,
    RHYTHM_STATEMENTS,
    SCOPE,
    TIER_MEANINGS,
    UNTOLD_STATEMENTS,
    percent,
)
from cardio_desktop.narrative.words import sentence

Rule = Callable[[Case], list[Sentence]]

MEASURED_RULES: tuple[Rule, ...] = (
    recording.simulated,
    recording.recording,
    recording.lead_quality,
    recording.electrodes,
    rhythms.rhythm,
    rhythms.ectopy,
    rhythms.rate,
    axis.qrs_axis,
    conduction.p_wave,
    conduction.pr_interval,
    conduction.qrs_duration,
    conduction.late_r,
    conduction.fascicles,
    hypertrophy.left_ventricle,
    hypertrophy.right_ventricle,
    hypertrophy.low_voltage,
    ischaemia.st_segment,
    infarction.q_waves,
    hypertrophy.r_progression,
    repolarisation.t_waves,
    repolarisation.qt_interval,
    rhythms.not_measurable,
)
"""Quality, rhythm, rate, axis, conduction, hypertrophy, ischaemia and infarction, T and QT."""
UNJUDGED_RULES: tuple[Rule, ...] = (
    recording.simulated,
    recording.recording,
    recording.lead_quality,
    recording.electrodes,
    rhythms.rhythm,
    rhythms.ectopy,
    rhythms.rate,
    rhythms.not_judged,
    rhythms.not_measurable,
)
"""What is told of children, and of paced and ventricular rhythms: the limits of the other rules are not theirs."""
OPINION_RULES: tuple[Rule, ...] = (opinion.risk_tier, opinion.probabilities)


def narrate(
    record: Record,
    *,
    quality: Quality,
    beats: Sequence[Beat],
    measurements: Measurements,
    prediction: Prediction | None,
    risk: Risk,
    rhythm: Rhythm | None = None,
    waves: Sequence[Wave] = (),
    median: MedianBeat | None = None,
    shapes: Mapping[str, QrsShape] | None = None,
) -> tuple[Sentence, ...]:
    """Return what was measured, what the network says to it, and what was not looked for."""
    case = Case(
        quality=quality,
        measurements=measurements,
        risk=risk,
        beats=beats,
        waves=waves,
        median=median,
        shapes=shapes or {},
        rhythm=rhythm,
        prediction=prediction,
        age_years=record.patient.age_years,
        sex=record.patient.sex,
        simulated=record.simulated,
    )
    return tell(case)


def tell(case: Case) -> tuple[Sentence, ...]:
    """Return all sentences on a case."""
    rules = MEASURED_RULES if case.unjudged is None else UNJUDGED_RULES
    told = [item for rule in rules for item in rule(case)]
    if case.unjudged is None:
        told += sum_up(case, told)
    told += [item for rule in OPINION_RULES for item in rule(case)]
    told += opinion.comparison(case, told)
    return (*told, *opinion.flagged_beats(case), *opinion.scope(case))


def texts(sentences: Sequence[Sentence], language: str = "en") -> tuple[str, ...]:
    """Return the sentences' text in one language."""
    return tuple(item.text(language) for item in sentences)


__all__ = [
    "DISCLAIMER",
    "LOW_IS_NOT_NO",
    "MEASURED",
    "MEASURED_RULES",
    "OPINION_RULES",
    "RHYTHM_STATEMENTS",
    "SCOPE",
    "TIER_MEANINGS",
    "UNJUDGED_RULES",
    "UNTOLD_STATEMENTS",
    "Case",
    "narrate",
    "percent",
    "sentence",
    "sum_up",
    "tell",
    "texts",
]
