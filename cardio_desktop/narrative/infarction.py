"""Rules on Q waves: signs of a prior infarction by territory (UDMI4)."""

from __future__ import annotations

from cardio_desktop.core.findings import Sentence
from cardio_desktop.core.leads import LEADS12
from cardio_desktop.core.morphology import QrsShape
from cardio_desktop.narrative import limits
from cardio_desktop.narrative.bundle import fascicular_block
from cardio_desktop.narrative.case import Case
from cardio_desktop.narrative.secondary import wide_left
from cardio_desktop.narrative.territory import infarct_code, territory
from cardio_desktop.narrative.words import DE, EN, lead_list, neighbours

JUDGED = tuple(lead for lead in LEADS12 if lead != "aVR")


def q_waves(case: Case) -> list[Sentence]:
    """Return pathological Q waves in contiguous leads; QS in V1 alone, or Q in III alone, is normal."""
    shapes = {lead: s for lead in JUDGED if (s := case.shape(lead)) is not None}
    if not case.regular_limb:
        shapes = {lead: s for lead, s in shapes.items() if lead[0] == "V"}
    if not shapes or wide_left(case):
        return []
    deep: dict[str, tuple[float, float]] = {}
    for lead, shape in shapes.items():
        q = shape.q
        if q is None:
            continue
        if lead in ("V2", "V3"):
            counts = shape.is_qs or q.length_ms > limits.Q_V2V3_MS
        elif lead == "V1":
            counts = shape.is_qs or q.length_ms >= limits.Q_MS
        else:
            counts = shape.is_qs or (q.length_ms >= limits.Q_MS and q.peak_mv <= limits.Q_MV)
        if counts:
            deep[lead] = (q.peak_mv, q.length_ms)
    groups = neighbours(list(deep))
    leads = tuple(lead for lead in JUDGED if any(lead in group for group in groups))
    if not leads:
        alone = f" ({lead_list(deep)} alone does not count)" if deep else ""
        allein = f" ({lead_list(deep)} allein zählt nicht)" if deep else ""
        return [
            Sentence(
                "infarction",
                f"No pathological Q waves in {lead_list(shapes)}{alone}.",
                f"Keine pathologischen Q-Zacken in {lead_list(shapes)}{allein}.",
                leads=tuple(shapes),
                values={"leads_checked": float(len(shapes))},
                marks=case.marks("qrs_onset", "qrs_offset", tuple(shapes)),
                verdict="normal",
            )
        ]
    top = max(leads, key=lambda lead: deep[lead][1])
    depth, length = deep[top]
    where_en, where_de = territory(leads)
    kind = "QS" if all(shapes[lead].is_qs for lead in leads) else "Q"
    values = {f"q_{lead.lower()}_mv": deep[lead][0] for lead in leads} | {f"q_{top.lower()}_ms": length}
    english = f"Pathological {kind} waves in {lead_list(leads)} (longest {EN.ms(length)}, {EN.mv(depth)}, in {top})"
    german = f"Pathologische {kind}-Zacken in {lead_list(leads)} (längste {DE.ms(length)}, {DE.mv(depth)}, in {top})"
    verdict = "abnormal"
    if set(leads) <= {"V1", "V2"} or (set(leads) <= {"V1", "V2", "V3"} and fascicular_block(case) is not None):
        english += (
            ": septal infarction or another cause (electrode position, left anterior fascicular block, hypertrophy)"
        )
        german += ": septaler Infarkt oder andere Ursache (Elektrodenposition, linksanteriorer Hemiblock, Hypertrophie)"
        verdict = "borderline"
    elif not any(_clear(shapes[lead]) for lead in leads):
        english += f": short and small against R, borderline for {where_en} infarction"
        german += f": kurz und klein gegen R, grenzwertig für Infarkt ({where_de})"
        verdict = "borderline"
    else:
        raised = [lead for lead, value in case.voltages("j_mv", leads).items() if value >= limits.ST_UP_MV]
        english += f": consistent with {where_en} infarction, "
        german += f": vereinbar mit Infarkt ({where_de}), "
        english += "possibly recent, as ST is elevated there" if len(raised) >= 2 else "age undetermined"
        german += "möglicherweise frisch, da ST dort gehoben ist" if len(raised) >= 2 else "Alter unbestimmt"
    return [
        Sentence(
            "infarction",
            english + ".",
            german + ".",
            values=values,
            leads=leads,
            marks=case.marks("qrs_onset", "qrs_offset", leads),
            verdict=verdict,
            code=infarct_code(leads),
        )
    ]


def _clear(shape: QrsShape) -> bool:
    """Return whether a Q wave is too long or too deep against its R to be the septum's."""
    q = shape.q
    if q is None or shape.is_qs:
        return shape.is_qs
    return q.length_ms >= limits.Q_SURE_MS or -q.peak_mv >= limits.Q_SURE_SHARE * shape.r_mv
