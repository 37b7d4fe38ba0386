"""All sentences on a case: which rules are asked, and in which order what they say is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from cardio_desktop.core.events import Event
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
    episodes,
    hypertrophy,
    infarction,
    ischaemia,
    opinion,
    recording,
    repolarisation,
)
from cardio_desktop.narrative import rhythm as rhythms
from cardio_desktop.narrative.case import Case
from cardio_desktop.narrative.conclusion import fold, sum_up, weight, without_implied
from cardio_desktop.narrative.critical import critical, untold, without_told

Rule = Callable[[Case], list[Sentence]]

QUALITY_RULES: tuple[Rule, ...] = (
    recording.simulated,
    recording.recording,
    recording.lead_quality,
    recording.electrodes,
)
RHYTHM_RULES: tuple[Rule, ...] = (rhythms.rhythm, rhythms.ectopy, rhythms.rate, episodes.rhythm_changes)
MEASURED_RULES: tuple[Rule, ...] = (
    *RHYTHM_RULES,
    conduction.pr_interval,
    conduction.p_wave,
    conduction.qrs_duration,
    repolarisation.qt_interval,
    axis.qrs_axis,
    conduction.late_r,
    conduction.fascicles,
    infarction.q_waves,
    ischaemia.st_segment,
    episodes.st_changes,
    repolarisation.t_waves,
    episodes.t_changes,
    axis.qrs_t_angle,
    hypertrophy.left_ventricle,
    hypertrophy.right_ventricle,
    hypertrophy.low_voltage,
    hypertrophy.r_progression,
    rhythms.not_measurable,
)
"""In the order in which what is normal is told."""
UNJUDGED_RULES: tuple[Rule, ...] = (*RHYTHM_RULES, rhythms.not_measurable)
"""What is told of children, and of paced and ventricular rhythms: the limits of the other rules are not theirs."""
UNUSABLE_RULES: tuple[Rule, ...] = (*RHYTHM_RULES, rhythms.not_measurable)
"""What is told of a recording that cannot be used as a whole: what its clean leads show of the rhythm."""
OPINION_RULES: tuple[Rule, ...] = (opinion.risk_tier,)


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
    events: Sequence[Event] = (),
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
        events=events,
    )
    return tell(case)


def tell(case: Case) -> tuple[Sentence, ...]:
    """Return all sentences on a case."""
    rules = MEASURED_RULES if case.unjudged is None else UNJUDGED_RULES
    if not case.quality.usable:
        rules = UNUSABLE_RULES
    about = [item for rule in QUALITY_RULES for item in rule(case)]
    told = without_implied([item for rule in rules for item in rule(case)])
    urgent = critical(case, told)
    rest = without_told(case.events, told)
    found = sorted((item for item in rest if item.verdict in ("abnormal", "borderline")), key=weight)
    plain = [item for item in rest if not item.verdict or (item.verdict == "normal" and item.section == "rhythm")]
    return (
        *(item for item in about if item.section == "record"),
        *urgent,
        sum_up(case, [*about, *untold(urgent, told), *told], urgent),
        *(item for item in about if item.section != "record"),
        *found,
        *plain,
        *fold(case, rest),
        *(item for rule in OPINION_RULES for item in rule(case)),
        *opinion.comparison(case, told),
        *opinion.flagged_beats(case),
    )


def texts(sentences: Sequence[Sentence], language: str = "en") -> tuple[str, ...]:
    """Return the sentences' text in one language."""
    return tuple(item.text(language) for item in sentences)
