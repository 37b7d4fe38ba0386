"""Rules on conduction: P and PR, QRS duration, bundle branches and fascicles."""

from __future__ import annotations

import statistics

from cardio_desktop.core.findings import Sentence
from cardio_desktop.narrative import limits
from cardio_desktop.narrative.bundle import ConductionBlock, bundle_block, fascicular_block, late_r_in_front
from cardio_desktop.narrative.case import Case
from cardio_desktop.words import Remark

PR_LEADS = ("II", "V1")
FIRST_DEGREE = "AVB1"
"""Code of a rhythm with a first-degree block."""


def p_wave(case: Case) -> list[Sentence]:
    """Return the duration of P, by lead II where it was marked there, and a tall P."""
    out = _duration(case)
    tall = case.voltages("p_mv", ("II",)).get("II")
    if tall is not None and tall > limits.P_TALL_MV:
        sure = tall > limits.P_TALL_MV + limits.P_TALL_DOUBT_MV
        out.append(
            Sentence(
                "conduction",
                Remark("p-tall", {"p_mv": tall, "sure": sure}),
                Remark("short-p-tall"),
                leads=("II",),
                marks=case.marks("p_onset", "p_offset", ("II",)),
                verdict="abnormal" if sure else "borderline",
                code="RAO/RAE",
            )
        )
    return out


def _duration(case: Case) -> list[Sentence]:
    whole_ms, own_ms = case.measurements.p_ms, _in_lead_two(case)
    if whole_ms is None:
        return []
    marks, leads = case.marks("p_onset", "p_offset"), _present(case, PR_LEADS)
    p_ms, (from_ms, likely_ms, sure_ms) = (
        (whole_ms, limits.P_LONG_GLOBAL_MS) if own_ms is None else (own_ms, limits.P_LONG_MS)
    )
    lead = {} if own_ms is None else {"lead": "II"}
    if p_ms > likely_ms:
        sure = p_ms > sure_ms
        return [
            Sentence(
                "conduction",
                Remark("p-long", {"p_ms": p_ms, "sure": sure, **lead}),
                Remark("short-p-long"),
                leads=leads,
                marks=marks,
                verdict="abnormal" if sure else "borderline",
                code="LAO/LAE",
            )
        ]
    told = Remark("p", {"p_ms": p_ms})
    short: Remark | None = told
    if p_ms > from_ms and lead:
        told, short = Remark("p-slightly-long", {"p_ms": p_ms, "limit_ms": from_ms, **lead}), None
    return [Sentence("conduction", told, short, leads=leads, marks=marks, verdict="normal")]


def _in_lead_two(case: Case) -> float | None:
    """Return the median length of P in lead II in ms, None where none was marked there."""
    if "II" not in case.amplitudes:
        return None
    own = [1000.0 * (w.offset_s - w.onset_s) for w in case.waves if w.lead == "II" and w.wave == "P"]
    return statistics.median(own) if own else None


def pr_interval(case: Case) -> list[Sentence]:
    """Return the PR interval: long (first-degree AV block, where the rhythm has one), short, borderline or normal."""
    pr, doubt, qrs = case.measurements.pr_ms, case.doubt("pr_ms"), case.measurements.qrs_ms
    if pr is None:
        return []
    values = {"pr_ms": pr}
    short: Remark | None
    block = pr > limits.PR_SURE_MS if case.rhythm is None else FIRST_DEGREE in case.rhythm.codes
    if block and pr > limits.PR_LONG_MS:
        told, short, verdict, code = Remark("pr-long", values), Remark("short-1AVB"), "abnormal", "1AVB"
    elif pr > limits.PR_LONG_MS:
        told, verdict, code = Remark("pr-long?", {**values, "limit_ms": limits.PR_LONG_MS}), "normal", ""
        short = None
        if pr > limits.PR_SEEN_MS:
            short, verdict, code = Remark("short-1AVB?"), "borderline", "1AVB"
    elif pr < limits.PR_SHORT_MS - doubt:
        wide = qrs is not None and qrs > limits.QRS_INCOMPLETE_MS
        told = Remark("pr-short-wide", {**values, "qrs_ms": qrs}) if wide else Remark("pr-short", values)
        short, verdict, code = Remark("short-SPR"), "abnormal" if wide else "borderline", "SPR"
    else:
        told = short = Remark("pr", values)
        verdict, code = "normal", ""
    marks = case.marks("p_onset", "qrs_onset")
    return [
        Sentence("conduction", told, short, leads=_present(case, PR_LEADS), marks=marks, verdict=verdict, code=code)
    ]


def qrs_duration(case: Case) -> list[Sentence]:
    """Return QRS duration with the bundle branch block that it shows, or as long without one, borderline or normal."""
    qrs = case.measurements.qrs_ms
    if qrs is None:
        return []
    if (block := bundle_block(case)) is not None:
        return [_bundle(case, block, qrs)]
    long_ms, sure_ms = limits.qrs_limits(case.sex)
    values = {"qrs_ms": qrs}
    if qrs > sure_ms:
        told = Remark("qrs-long" if case.shapes else "qrs-long-unseen", values)
        short, verdict, code = Remark("short-IVCD"), "abnormal", "IVCD"
    elif qrs > long_ms:
        told, short, verdict, code = Remark("qrs-long?", values), Remark("short-IVCD?"), "borderline", "IVCD"
    else:
        told = short = Remark("qrs", values)
        verdict, code = "normal", ""
    marks = case.marks("qrs_onset", "qrs_offset")
    return [Sentence("conduction", told, short, leads=tuple(case.amplitudes), marks=marks, verdict=verdict, code=code)]


def _bundle(case: Case, block: ConductionBlock, qrs: float) -> Sentence:
    doubt = case.doubt("qrs_ms")
    values = {**block.values, "shapes": block.shapes}
    if block.code == "LBBB":
        values["doubts"] = block.doubts
    else:
        values["near"] = bool(doubt) and abs(qrs - limits.QRS_BLOCK_MS) <= doubt
    return Sentence(
        "conduction",
        Remark(block.code, values),
        Remark(f"short-{block.code}"),
        leads=block.leads,
        marks=case.marks("qrs_onset", "qrs_offset", block.leads),
        verdict="borderline" if block.code == "IRBBB" else "abnormal",
        code=block.code,
    )


def late_r(case: Case) -> list[Sentence]:
    """Return an R' in V1 or V2 within a QRS too short for a block: a normal variant."""
    block = late_r_in_front(case)
    if block is None:
        return []
    told = Remark("rsr", {"shapes": block.shapes, **block.values})
    marks = case.marks("qrs_onset", "qrs_offset", block.leads)
    return [Sentence("conduction", told, told, leads=block.leads, marks=marks, verdict="normal", code="RSR")]


def fascicles(case: Case) -> list[Sentence]:
    """Return left anterior or left posterior fascicular block."""
    block = fascicular_block(case)
    if block is None:
        return []
    return [
        Sentence(
            "conduction",
            Remark(block.code, {**block.values, "shapes": block.shapes}),
            Remark(f"short-{block.code}"),
            leads=block.leads,
            marks=case.marks("qrs_onset", "qrs_offset", block.leads),
            verdict="abnormal",
            code=block.code,
        )
    ]


def _present(case: Case, leads: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in leads if name in case.amplitudes) or tuple(case.amplitudes)[:1]
