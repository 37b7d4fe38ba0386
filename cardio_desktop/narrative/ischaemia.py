"""Rules on the ST segment: elevation and depression by territory, and ST in a left bundle branch block.

A shift counts where the J point and the ST segment 60 and 80 ms after it agree, so that no reading contradicts itself.
"""

from __future__ import annotations

from collections.abc import Mapping

from cardio_desktop.core.findings import Sentence
from cardio_desktop.core.leads import LEADS12
from cardio_desktop.narrative import limits
from cardio_desktop.narrative.bundle import bundle_block
from cardio_desktop.narrative.case import Case
from cardio_desktop.narrative.contiguous import neighbours
from cardio_desktop.narrative.episodes import shifts
from cardio_desktop.narrative.hypertrophy import peak_to_peak
from cardio_desktop.narrative.secondary import lvh_voltages, right_block, wide_left
from cardio_desktop.narrative.territory import territory
from cardio_desktop.words import Remark

JUDGED = tuple(lead for lead in LEADS12 if lead != "aVR")
WIDESPREAD = 7
"""From so many leads on, pericarditis and early repolarisation are as likely as an infarction."""


def up_limits(case: Case) -> tuple[float, float]:
    """Return the lowest and the highest limit in mV that ST elevation in V2 and V3 may have for this patient.

    Both are the same where sex and age are known.
    """
    sexes = (case.sex,) if case.sex in ("male", "female") else ("male", "female")
    if case.age_years is None:
        ages: tuple[str, ...] = ("young", "old")
    else:
        ages = ("old",) if case.age_years >= limits.ST_OLD_YEARS else ("young",)
    found = [limits.ST_UP_V2V3_MV[sex, age] for sex in sexes for age in ages if sex is not None]
    return min(found), max(found)


def st_segment(case: Case) -> list[Sentence]:
    """Return ST elevation, ST depression, and without either that there is none."""
    j = case.voltages("j_mv", JUDGED)
    if not j:
        return []
    if wide_left(case):
        return _wide(case, j)
    down, up = _down_leads(case, j), _elevation(case, j)
    sure_up = any(item.verdict == "abnormal" for item in up)
    out = [*up, *_depression(case, j, down, sure_up)]
    if out:
        return out + _left_main(case, j)
    if shifts(case):
        return []  # of the median beat alone there is none; the episodes have sentences of their own
    told = Remark("st-normal")
    return [Sentence("ischaemia", told, told, leads=tuple(j), marks=case.st_marks(tuple(j)[:1]), verdict="normal")]


def raised_leads(case: Case) -> set[str]:
    """Return the leads of certain ST elevation."""
    j = case.voltages("j_mv", JUDGED)
    if not j or wide_left(case):
        return set()
    return {lead for item in _elevation(case, j) if item.verdict == "abnormal" for lead in item.leads}


def _elevation(case: Case, j: Mapping[str, float]) -> list[Sentence]:
    low, high = up_limits(case)
    st60 = case.voltages("st60_mv", tuple(j))
    skipped = ("V1", "V2", "V3") if right_block(case) else ()

    def limit(lead: str, in_front: float) -> float:
        return in_front if lead in ("V2", "V3") else limits.ST_UP_MV

    # A J point alone that falls back to the baseline is no elevation of the ST segment.
    raised = [
        lead
        for lead in j
        if lead not in skipped
        and j[lead] >= limit(lead, low)
        and st60.get(lead, j[lead]) >= limit(lead, low) - limits.ST_DOUBT_MV
    ]
    certain = [
        group
        for group in neighbours([lead for lead in raised if j[lead] >= limit(lead, high)])
        if any(j[lead] >= limit(lead, high) + limits.ST_DOUBT_MV for lead in group)
    ]
    groups = certain or neighbours(raised)
    leads = tuple(lead for lead in JUDGED if any(lead in group for group in groups))
    if not leads:
        return []
    top = max(leads, key=lambda lead: j[lead])
    values: dict[str, object] = {"leads": leads, "top": top, "top_mv": j[top]}
    marks = case.st_marks(leads)
    if not certain:
        told, short = Remark("ste?", values), Remark("short-ste?")
        return [Sentence("ischaemia", told, short, leads=leads, marks=marks, verdict="borderline", code="STE_")]
    marked, many = j[top] >= limits.ST_MARKED_MV, len(leads) >= WIDESPREAD
    acute = not many and (marked or bool(_sure_down(case, j)))
    where = territory(leads)
    values |= {"territory": where, "marked": marked}
    if acute:
        values["reading"] = Remark("acute")
    if many:
        values["spread"] = Remark("diffuse")
    short = Remark("short-ste", {"territory": where, "acute": acute})
    return [Sentence("ischaemia", Remark("ste", values), short, "measured", leads, marks, "abnormal", "STE_")]


def _down_leads(case: Case, j: Mapping[str, float]) -> dict[str, float]:
    """Return the leads whose J point, and ST 60 and 80 ms after it, are at or below the limit: lead -> lowest mV."""
    skipped = ("V1", "V2", "V3") if right_block(case) else ()
    st60, st80 = case.voltages("st60_mv", tuple(j)), case.voltages("st80_mv", tuple(j))
    return {
        lead: min(value, st60.get(lead, value))
        for lead, value in j.items()
        if lead not in skipped and max(value, st60.get(lead, value), st80.get(lead, value)) <= limits.ST_DOWN_MV
    }


def _sure_down(case: Case, j: Mapping[str, float]) -> list[tuple[str, ...]]:
    low = _down_leads(case, j)
    groups = neighbours(list(low))
    return [g for g in groups if sum(low[lead] <= limits.ST_DOWN_MV - limits.ST_DOUBT_MV for lead in g) >= 2]


def _depression(case: Case, j: Mapping[str, float], low: Mapping[str, float], sure_up: bool) -> list[Sentence]:
    """Return horizontal or downsloping depression in contiguous leads."""
    sure = _sure_down(case, j)
    groups = sure or neighbours(list(low))
    leads = tuple(lead for lead in JUDGED if any(lead in group for group in groups))
    if not leads:
        return []
    top = min(leads, key=lambda lead: low[lead])
    values: dict[str, object] = {"leads": leads, "top": top, "top_mv": low[top]}
    marks = case.st_marks(leads)
    if not sure:
        told, short = Remark("std?", values), Remark("short-std?")
        return [Sentence("ischaemia", told, short, leads=leads, marks=marks, verdict="borderline", code="STD_")]
    where = territory(leads)
    values |= {"territory": where, "marked": low[top] <= limits.ST_DOWN_MARKED_MV}
    if lvh_voltages(case) and {"I", "aVL", "V5", "V6"} & set(leads):
        values["reading"] = Remark("strain")
    elif set(leads) <= {"V1", "V2", "V3", "V4"} and {"V2", "V3"} & set(leads):
        values["reading"] = Remark("posterior")
    elif sure_up:
        values["reading"] = Remark("reciprocal")
    short = Remark("short-std", {"territory": where})
    return [Sentence("ischaemia", Remark("std", values), short, "measured", leads, marks, "abnormal", "STD_")]


def _left_main(case: Case, j: Mapping[str, float]) -> list[Sentence]:
    """Return ST elevation in aVR with depression in six or more leads."""
    avr = case.voltages("j_mv", ("aVR",)).get("aVR")
    low = _down_leads(case, j)
    down = tuple(lead for lead in j if low.get(lead, 0.0) <= limits.ST_DOWN_MV - limits.ST_DOUBT_MV)
    if avr is None or avr < limits.AVR_UP_MV or len(down) < limits.MANY_DOWN:
        return []
    return [
        Sentence(
            "ischaemia",
            Remark("left-main", {"j_avr_mv": avr, "leads_depressed": len(down)}),
            Remark("short-left-main"),
            leads=("aVR", *down),
            marks=case.st_marks(("aVR", *down)),
            verdict="abnormal",
            code="ISC_",
        )
    ]


def _wide(case: Case, j: Mapping[str, float]) -> list[Sentence]:
    """Return what ST says behind a wide QRS: that it is secondary, or in a true left block what infarction makes.

    Concordant shifts after Sgarbossa, N Engl J Med 1996;334:481; excessive discordant elevation by its share of S after
    Smith, Ann Emerg Med 2012;60:766. Neither is asked of a tachycardia, whose ST shifts by itself.
    """
    rate, block = case.measurements.heart_rate_bpm, bundle_block(case)
    marks = case.st_marks(tuple(j)[:1])
    if rate is not None and rate > limits.FAST_BPM:
        told = Remark("st-wide-fast", {"rate_bpm": rate})
        return [Sentence("ischaemia", told, leads=tuple(j), marks=marks)]
    found = _infarct_in_block(case, j) if block is not None and block.code == "CLBBB" else []
    return found or [Sentence("ischaemia", Remark("st-secondary"), leads=tuple(j), marks=marks)]


def _infarct_in_block(case: Case, j: Mapping[str, float]) -> list[Sentence]:
    net = {lead: value for lead in j if (value := net_qrs(case, lead)) is not None}
    st60, s = case.voltages("st60_mv", tuple(j)), case.voltages("s_mv", tuple(j))
    least = {lead: min(value, st60.get(lead, value)) for lead, value in j.items()}
    most = {lead: max(value, st60.get(lead, value)) for lead, value in j.items()}
    along = {lead: j[lead] for lead in net if net[lead] > 0 and least[lead] >= limits.SGARBOSSA_MV}
    front = {
        lead: j[lead]
        for lead in net
        if lead in ("V1", "V2", "V3") and net[lead] < 0 and most[lead] <= -limits.SGARBOSSA_MV
    }
    against = {
        lead: j[lead] / -s[lead]
        for lead in net
        if net[lead] < 0
        and s.get(lead, 0.0) <= -limits.SMITH_S_MV
        and least[lead] >= limits.SGARBOSSA_MV
        and j[lead] / -s[lead] >= limits.SMITH_RATIO
    }
    out: list[Sentence] = []
    for code, leads, key in (
        ("sgarbossa-up", along, "top_mv"),
        ("sgarbossa-down", front, "top_mv"),
        ("smith", against, "ratio"),
    ):
        if not leads:
            continue
        top = max(leads, key=lambda lead: abs(leads[lead]))
        out.append(
            Sentence(
                "ischaemia",
                Remark(code, {"leads": tuple(leads), "top": top, key: leads[top]}),
                Remark("short-sgarbossa") if not out else None,
                leads=tuple(leads),
                marks=case.st_marks(tuple(leads)),
                verdict="abnormal",
                code="STD_" if leads is front else "STE_",
            )
        )
    return out


def net_qrs(case: Case, lead: str) -> float | None:
    """Return R plus the deeper of Q and S in mV: positive where QRS points up; None where nothing was measured."""
    if peak_to_peak(case, lead) is None:
        return None
    own = case.amplitudes[lead]
    return (own.r_mv or 0.0) + min(own.q_mv or 0.0, own.s_mv or 0.0)
