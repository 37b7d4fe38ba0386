"""Rules on voltage: left and right ventricular hypertrophy, low voltage."""

from __future__ import annotations

from cardio_desktop.core.findings import Sentence
from cardio_desktop.narrative import limits
from cardio_desktop.narrative.bundle import bundle_block
from cardio_desktop.narrative.case import Case
from cardio_desktop.narrative.secondary import lvh_voltages
from cardio_desktop.narrative.words import DE, EN, lead_list

NAMES = {
    "sokolow_lyon_mv": ("Sokolow-Lyon", "Sokolow-Lyon-Index", ("V1", "V5", "V6")),
    "cornell_mv": ("Cornell voltage", "Cornell-Index", ("aVL", "V3")),
    "r_avl_mv": ("R in aVL", "R in aVL", ("aVL",)),
}


def left_ventricle(case: Case) -> list[Sentence]:
    """Return hypertrophy by voltage, with the criteria met; or that the criteria are not met."""
    block = bundle_block(case)
    if block is not None and block.code == "CLBBB":
        return []
    met = lvh_voltages(case)
    if not met:
        return _not_met(case)
    values: dict[str, float] = {}
    for name, (value, limit) in met.items():
        values[name] = value
        values[f"{name.removesuffix('_mv')}_limit_mv"] = limit
    leads = tuple(dict.fromkeys(lead for name in met for lead in NAMES[name][2] if lead in case.amplitudes))
    unknown = case.sex not in limits.CORNELL_MV and "cornell_mv" in met
    english = "; ".join(f"{NAMES[n][0]} {EN.mv(v)} (limit {EN.mv(m, 1)})" for n, (v, m) in met.items())
    german = "; ".join(f"{NAMES[n][1]} {DE.mv(v)} (Grenze {DE.mv(m, 1)})" for n, (v, m) in met.items())
    if unknown:
        english += "; the sex is not known, the limit is that of men"
        german += "; Geschlecht unbekannt, Grenze für Männer"
    young = case.age_years is not None and case.age_years < limits.VOLTAGE_FROM_YEARS
    if young:
        head = "High QRS voltage, which is common below the age of 35", "Hohe QRS-Voltage, unter 35 Jahren häufig"
        values["age_limit_years"] = limits.VOLTAGE_FROM_YEARS
    else:
        head = (
            "Voltage criteria of left ventricular hypertrophy",
            "Voltagekriterien einer linksventrikulären Hypertrophie",
        )
    return [
        Sentence(
            "hypertrophy",
            f"{head[0]}: {english}.",
            f"{head[1]}: {german}.",
            values=values,
            leads=leads,
            marks=case.marks("qrs_onset", "qrs_offset", leads),
            # One voltage alone is met by many a healthy heart.
            verdict="borderline" if young or len(met) < 2 else "abnormal",
            code="HVOLT" if young else "LVH",
        )
    ]


def _not_met(case: Case) -> list[Sentence]:
    found = {
        name: value
        for name, value in case.measurements.criteria.items()
        if name in ("sokolow_lyon_mv", "cornell_mv") and any(lead in case.amplitudes for lead in NAMES[name][2])
    }
    if not found:
        return []
    leads = tuple(dict.fromkeys(lead for name in found for lead in NAMES[name][2] if lead in case.amplitudes))
    english = ", ".join(f"{NAMES[name][0]} {EN.mv(value, 1)}" for name, value in found.items())
    german = ", ".join(f"{NAMES[name][1]} {DE.mv(value, 1)}" for name, value in found.items())
    return [
        Sentence(
            "hypertrophy",
            f"No voltage criteria of left ventricular hypertrophy ({english}).",
            f"Keine Voltagekriterien einer linksventrikulären Hypertrophie ({german}).",
            values=found,
            leads=leads,
            marks=case.marks("qrs_onset", "qrs_offset", leads),
            verdict="normal",
        )
    ]


def right_ventricle(case: Case) -> list[Sentence]:
    """Return signs of right ventricular hypertrophy: R above S in V1 with a right axis and no bundle branch block."""
    axis, r, s = case.measurements.qrs_axis_deg, case.voltages("r_mv", ("V1",)), case.voltages("s_mv", ("V1",))
    if axis is None or "V1" not in r or not case.regular_limb or bundle_block(case) is not None:
        return []
    r_mv, s_mv = r["V1"], s.get("V1", 0.0)
    right = limits.AXIS_RIGHT_DEG < axis <= 180.0
    if not (right and r_mv > limits.RVH_R_V1_MV and r_mv > -s_mv):
        return []
    return [
        Sentence(
            "hypertrophy",
            f"Signs of right ventricular hypertrophy: R {EN.mv(r_mv)} and S {EN.mv(s_mv)} in V1, QRS axis "
            f"{EN.degrees(axis)}.",
            f"Zeichen einer rechtsventrikulären Hypertrophie: R {DE.mv(r_mv)} und S {DE.mv(s_mv)} in V1, elektrische "
            f"Herzachse {DE.degrees(axis)}.",
            values={"r_v1_mv": r_mv, "s_v1_mv": s_mv, "qrs_axis_deg": axis},
            leads=("V1",),
            marks=case.marks("qrs_onset", "qrs_offset", ("V1",)),
            verdict="abnormal",
            code="RVH",
        )
    ]


def low_voltage(case: Case) -> list[Sentence]:
    """Return low voltage where every limb lead, or every chest lead, stays below its limit."""
    out = []
    for leads, limit, wanted, names in (
        (case.limb, limits.LOW_LIMB_MV, 6, ("limb leads", "Extremitätenableitungen")),
        (case.chest, limits.LOW_CHEST_MV, 6, ("chest leads", "Brustwandableitungen")),
    ):
        spans = {lead: span for lead in leads if (span := peak_to_peak(case, lead)) is not None}
        if len(spans) < wanted or max(spans.values()) >= limit:
            continue
        largest = max(spans, key=lambda lead: spans[lead])
        out.append(
            Sentence(
                "hypertrophy",
                f"Low QRS voltage in the {names[0]}: at most {EN.mv(spans[largest])} from peak to peak, in {largest} "
                f"(limit {EN.mv(limit, 1)}).",
                f"Niedervoltage in den {names[1]}: höchstens {DE.mv(spans[largest])} von Spitze zu Spitze, in "
                f"{largest} (Grenze {DE.mv(limit, 1)}).",
                values={"largest_mv": spans[largest], "limit_mv": limit},
                leads=tuple(spans),
                marks=case.marks("qrs_onset", "qrs_offset", tuple(spans)),
                verdict="abnormal",
                code="LVOLT",
            )
        )
    return out


def peak_to_peak(case: Case, lead: str) -> float | None:
    """Return the QRS of one lead from its lowest to its highest point in mV, None where nothing was measured."""
    own = case.amplitudes[lead]
    heights = [value for value in (own.q_mv, own.r_mv, own.s_mv) if value is not None]
    return max([0.0, *heights]) - min([0.0, *heights]) if heights else None


def r_progression(case: Case) -> list[Sentence]:
    """Return poor R progression: R in V3 of 0.3 mV or less and not smaller in V2; not with a left block."""
    block = bundle_block(case)
    r = case.voltages("r_mv", ("V1", "V2", "V3", "V4"))
    s = case.voltages("s_mv", ("V3",))
    if (block is not None and "LBBB" in block.code) or not {"V2", "V3", "V4"} <= r.keys():
        return []
    if not 0 < r["V3"] <= limits.SMALL_R_V3_MV or r["V3"] >= -s.get("V3", 0.0):
        return []
    leads = tuple(r)
    return [
        Sentence(
            "infarction",
            f"Poor R wave progression: R only {EN.mv(r['V3'])} in V3 (limit {EN.mv(limits.SMALL_R_V3_MV)}), in "
            f"{lead_list(leads)}.",
            f"Mangelnde R-Progression: R nur {DE.mv(r['V3'])} in V3 (Grenze {DE.mv(limits.SMALL_R_V3_MV)}), in "
            f"{lead_list(leads)}.",
            values={"r_v3_mv": r["V3"], "limit_mv": limits.SMALL_R_V3_MV},
            leads=leads,
            marks=case.marks("qrs_onset", "qrs_offset", leads),
            verdict="borderline",
            code="RPROG",
        )
    ]
