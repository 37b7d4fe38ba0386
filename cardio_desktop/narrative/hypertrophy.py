"""Rules on voltage: left and right ventricular hypertrophy, low voltage, R progression."""

from __future__ import annotations

from cardio_desktop.core.findings import Sentence
from cardio_desktop.narrative import limits
from cardio_desktop.narrative.bundle import bundle_block
from cardio_desktop.narrative.case import Case
from cardio_desktop.narrative.secondary import lvh_voltages
from cardio_desktop.words import Remark

CRITERIA = {
    "sokolow_lyon_mv": ("sokolow", ("V1", "V5", "V6")),
    "cornell_mv": ("cornell", ("aVL", "V3")),
    "r_avl_mv": ("r-avl", ("aVL",)),
}
"""Measurement -> (its remark, the leads that it is made of)."""


def left_ventricle(case: Case) -> list[Sentence]:
    """Return hypertrophy by voltage, with the criteria met; or that the criteria are not met."""
    block = bundle_block(case)
    if block is not None and block.code in ("CLBBB", "LBBB"):
        return []
    met = lvh_voltages(case)
    if not met:
        return _not_met(case)
    leads = tuple(dict.fromkeys(lead for name in met for lead in CRITERIA[name][1] if lead in case.amplitudes))
    criteria = tuple(Remark(CRITERIA[name][0], {"value_mv": v, "limit_mv": m}) for name, (v, m) in met.items())
    marks = case.marks("qrs_onset", "qrs_offset", leads)
    # One voltage alone, not far beyond its limit, is met by many a healthy heart.
    far = any(value > limit + limits.VOLTAGE_NEAR_MV for value, limit in met.values())
    if len(met) < 2 and not far:
        near = Remark("lvh-near", {"criteria": criteria})
        return [Sentence("hypertrophy", near, None, "measured", leads, marks, "normal")]
    values: dict[str, object] = {"criteria": criteria}
    if case.age_years is not None and case.age_years < limits.VOLTAGE_FROM_YEARS:
        told = Remark("hvolt", {**values, "age_limit_years": limits.VOLTAGE_FROM_YEARS})
        short, sure, code = Remark("short-HVOLT"), False, "HVOLT"
    else:
        sure, code = len(met) >= 2, "LVH"
        mark = "" if sure else "?"
        values["unknown"] = case.sex not in limits.CORNELL_MV and "cornell_mv" in met
        told, short = Remark(f"lvh{mark}", values), Remark(f"short-LVH{mark}")
    verdict = "abnormal" if sure else "borderline"
    return [Sentence("hypertrophy", told, short, leads=leads, marks=marks, verdict=verdict, code=code)]


def _not_met(case: Case) -> list[Sentence]:
    found = [
        name
        for name in case.measurements.criteria
        if name in ("sokolow_lyon_mv", "cornell_mv") and any(lead in case.amplitudes for lead in CRITERIA[name][1])
    ]
    if not found:
        return []
    leads = tuple(dict.fromkeys(lead for name in found for lead in CRITERIA[name][1] if lead in case.amplitudes))
    told, marks = Remark("no-lvh"), case.marks("qrs_onset", "qrs_offset", leads)
    return [Sentence("hypertrophy", told, told, leads=leads, marks=marks, verdict="normal")]


def right_ventricle(case: Case) -> list[Sentence]:
    """Return signs of right ventricular hypertrophy: R above S in V1 with a right axis and no bundle branch block."""
    axis, r, s = case.measurements.qrs_axis_deg, case.voltages("r_mv", ("V1",)), case.voltages("s_mv", ("V1",))
    if axis is None or "V1" not in r or not case.limb_trusted or bundle_block(case) is not None:
        return []
    r_mv, s_mv = r["V1"], s.get("V1", 0.0)
    right = limits.AXIS_RIGHT_DEG < axis <= 180.0
    if not (right and r_mv > limits.RVH_R_V1_MV and r_mv > -s_mv):
        return []
    return [
        Sentence(
            "hypertrophy",
            Remark("rvh", {"r_v1_mv": r_mv, "s_v1_mv": s_mv, "qrs_axis_deg": axis}),
            Remark("short-RVH"),
            leads=("V1",),
            marks=case.marks("qrs_onset", "qrs_offset", ("V1",)),
            verdict="abnormal",
            code="RVH",
        )
    ]


def low_voltage(case: Case) -> list[Sentence]:
    """Return low voltage where every limb lead, or every chest lead, stays below its limit; not beside a high one."""
    if lvh_voltages(case):
        return []
    out = []
    for leads, limit, code in (
        (case.limb, limits.LOW_LIMB_MV, "low-limb"),
        (case.chest, limits.LOW_CHEST_MV, "low-chest"),
    ):
        spans = {lead: span for lead in leads if (span := peak_to_peak(case, lead)) is not None}
        if len(spans) < limits.LOW_COUNT or max(spans.values()) >= limit:
            continue
        largest = max(spans, key=lambda lead: spans[lead])
        out.append(
            Sentence(
                "hypertrophy",
                Remark(code, {"largest_mv": spans[largest], "limit_mv": limit}),
                Remark("short-LVOLT"),
                leads=tuple(spans),
                marks=case.marks("qrs_onset", "qrs_offset", tuple(spans)),
                verdict="borderline",
                code="LVOLT",
            )
        )
    return out[:1]


def peak_to_peak(case: Case, lead: str) -> float | None:
    """Return the QRS of one lead from its lowest to its highest point in mV, None where nothing was measured."""
    own = case.amplitudes[lead]
    heights = [value for value in (own.q_mv, own.r_mv, own.s_mv) if value is not None]
    return max([0.0, *heights]) - min([0.0, *heights]) if heights else None


def r_progression(case: Case) -> list[Sentence]:
    """Return poor R progression: small in V3, and in V4 not tall either; not with a left block."""
    block = bundle_block(case)
    r = case.voltages("r_mv", ("V1", "V2", "V3", "V4"))
    s = case.voltages("s_mv", ("V3",))
    if (block is not None and "LBBB" in block.code) or not {"V2", "V3", "V4"} <= r.keys():
        return []
    if not 0 < r["V3"] <= limits.SMALL_R_V3_MV or r["V3"] >= -s.get("V3", 0.0) or r["V4"] >= limits.TALL_R_V4_MV:
        return []
    leads = tuple(r)
    return [
        Sentence(
            "infarction",
            Remark("poor-r", {"r_v3_mv": r["V3"], "limit_mv": limits.SMALL_R_V3_MV}),
            Remark("short-RPROG"),
            leads=leads,
            marks=case.marks("qrs_onset", "qrs_offset", leads),
            verdict="borderline",
            code="RPROG",
        )
    ]
