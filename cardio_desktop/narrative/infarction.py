"""Rules on Q waves: signs of a prior infarction by territory (UDMI4)."""

from __future__ import annotations

from cardio_desktop.core.findings import Sentence
from cardio_desktop.core.leads import LEADS12
from cardio_desktop.core.morphology import QrsShape
from cardio_desktop.narrative import limits
from cardio_desktop.narrative.bundle import fascicular_block
from cardio_desktop.narrative.case import Case
from cardio_desktop.narrative.contiguous import neighbours
from cardio_desktop.narrative.ischaemia import raised_leads
from cardio_desktop.narrative.secondary import wide_left
from cardio_desktop.narrative.territory import infarct_code, territory
from cardio_desktop.words import Remark

JUDGED = tuple(lead for lead in LEADS12 if lead != "aVR")


def q_waves(case: Case) -> list[Sentence]:
    """Return pathological Q waves in contiguous leads; QS in V1 alone, or Q in III alone, is normal."""
    shapes = {lead: s for lead in JUDGED if (s := case.shape(lead)) is not None}
    if not shapes or wide_left(case):
        return []
    deep = {lead: (s.q.peak_mv, s.q.length_ms) for lead, s in shapes.items() if s.q is not None and _counts(lead, s)}
    groups = neighbours(list(deep))
    leads = tuple(lead for lead in JUDGED if any(lead in group for group in groups))
    if not leads:
        told, marks = Remark("q-normal"), case.marks("qrs_onset", "qrs_offset", tuple(shapes))
        return [Sentence("infarction", told, told, leads=tuple(shapes), marks=marks, verdict="normal")]
    top = max(leads, key=lambda lead: deep[lead][1])
    values: dict[str, object] = {
        "leads": leads,
        "kind": "QS" if all(shapes[lead].is_qs for lead in leads) else "Q",
        "top": top,
        "top_mv": deep[top][0],
        "top_ms": deep[top][1],
    }
    if set(leads) <= {"V1", "V2"} or (set(leads) <= {"V1", "V2", "V3"} and fascicular_block(case) is not None):
        told, short, verdict = Remark("q-septal", values), Remark("short-q-septal"), "borderline"
    elif sum(_clear(shapes[lead]) for lead in leads) < 2:
        told, short, verdict = Remark("q-small", values), Remark("short-q-small"), "borderline"
        if not any(_clear(shapes[lead]) for lead in leads):
            # As short and small as the septum's.
            short, verdict = told, "normal"
    else:
        more = {"territory": territory(leads), "recent": len(set(leads) & raised_leads(case)) >= 2}
        told, short, verdict = Remark("q-infarct", {**values, **more}), Remark("short-q", more), "abnormal"
    return [
        Sentence(
            "infarction",
            told,
            short,
            leads=leads,
            marks=case.marks("qrs_onset", "qrs_offset", leads),
            verdict=verdict,
            code=infarct_code(leads),
        )
    ]


def _counts(lead: str, shape: QrsShape) -> bool:
    """Return whether a Q wave is as long and deep as that of an infarction in its lead."""
    q = shape.q
    if q is None:
        return False
    if lead in ("V2", "V3"):
        return shape.is_qs or q.length_ms > limits.Q_V2V3_MS
    if lead == "V1":
        return shape.is_qs or q.length_ms >= limits.Q_MS
    return shape.is_qs or (q.length_ms >= limits.Q_MS and q.peak_mv <= limits.Q_MV)


def _clear(shape: QrsShape) -> bool:
    """Return whether a Q wave is too long or too deep against its R to be the septum's."""
    q = shape.q
    if q is None or shape.is_qs:
        return shape.is_qs
    return q.length_ms >= limits.Q_SURE_MS or -q.peak_mv >= limits.Q_SURE_SHARE * shape.r_mv
