"""Rules on the ST segment: elevation and depression by territory, and ST in a left bundle branch block."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from cardio_desktop.core.findings import Sentence
from cardio_desktop.core.leads import LEADS12
from cardio_desktop.narrative import limits
from cardio_desktop.narrative.case import Case
from cardio_desktop.narrative.hypertrophy import peak_to_peak
from cardio_desktop.narrative.secondary import lvh_voltages, right_block, wide_left
from cardio_desktop.narrative.territory import territory
from cardio_desktop.narrative.words import DE, EN, lead_list, neighbours

JUDGED = tuple(lead for lead in LEADS12 if lead != "aVR")


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
    j = {lead: value for lead, value in case.voltages("j_mv", JUDGED).items() if case.regular_limb or lead[0] == "V"}
    if not j:
        return []
    if wide_left(case):
        return _left_block(case, j)
    down = _depression(case, j)
    up = _elevation(case, j, tuple(lead for item in down for lead in item.leads))
    out = [*up, *(_beside(item, up) for item in down)]
    if out:
        return out + _left_main(case, j)
    largest = max(j, key=lambda lead: abs(j[lead]))
    return [
        Sentence(
            "ischaemia",
            f"No ST elevation or depression beyond the limits in {lead_list(j)} (largest shift at the J point "
            f"{EN.mv(j[largest])} in {largest}).",
            f"Keine ST-Hebung oder ST-Senkung jenseits der Grenzen in {lead_list(j)} (größte Abweichung am J-Punkt "
            f"{DE.mv(j[largest])} in {largest}).",
            values={"j_mv": j[largest]},
            leads=tuple(j),
            marks=case.st_marks((largest,)),
            verdict="normal",
        )
    ]


def _beside(down: Sentence, up: list[Sentence]) -> Sentence:
    """Return a depression as reciprocal where another wall shows certain elevation."""
    if not any(item.verdict == "abnormal" for item in up) or ";" in down.english:
        return down
    return replace(
        down,
        english=f"{down.english.rstrip('.')}, reciprocal to the elevation.",
        german=f"{down.german.rstrip('.')}, reziprok zur Hebung.",
    )


def _elevation(case: Case, j: Mapping[str, float], depressed: tuple[str, ...]) -> list[Sentence]:
    low, high = up_limits(case)
    least = {lead: low if lead in ("V2", "V3") else limits.ST_UP_MV for lead in j}
    most = {lead: high if lead in ("V2", "V3") else limits.ST_UP_MV for lead in j}
    skipped = ("V1", "V2", "V3") if right_block(case) else ()
    raised = [lead for lead in j if lead not in skipped and j[lead] >= least[lead]]
    groups = neighbours(raised)
    if not groups:
        return []
    leads = tuple(lead for lead in JUDGED if any(lead in group for group in groups))
    certain = [
        group
        for group in neighbours([lead for lead in raised if j[lead] >= most[lead]])
        if any(j[lead] >= most[lead] + limits.ST_DOUBT_MV for lead in group)
    ]
    if certain:
        leads = tuple(lead for lead in JUDGED if any(lead in group for group in certain))
    top, height, later = _largest(case, j, leads)
    where = territory(leads)
    values = {f"j_{lead.lower()}_mv": j[lead] for lead in leads}
    values[f"{'st60' if later else 'j'}_{top.lower()}_mv"] = height
    at = _place(later)
    in_en = f"in {lead_list(leads)} ({where[0]}), up to {EN.mv(height)} {at[0]} in {top}"
    in_de = f"in {lead_list(leads)} ({where[1]}), bis {DE.mv(height)} {at[1]} in {top}"
    if later:
        values["after_j_ms"] = 60.0
    marked = height >= limits.ST_MARKED_MV
    if certain:
        english = f"{'Marked ' if marked else ''}ST elevation {in_en}"
        german = f"{'Ausgeprägte ' if marked else ''}ST-Hebung {in_de}"
        verdict = "abnormal"
    else:
        english = f"Borderline ST elevation {in_en}"
        german = f"Grenzwertige ST-Hebung {in_de}"
        verdict = "borderline"
        if low < high and {"V2", "V3"} & set(leads):
            values |= {"limit_low_mv": low, "limit_high_mv": high}
            english += (
                f"; the limit in V2-V3 is {EN.mv(low)} to {EN.mv(high)} by age and sex, which the file does not tell"
            )
            german += (
                f"; die Grenze in V2-V3 liegt bei {DE.mv(low)} bis {DE.mv(high)} je nach Alter und Geschlecht, die "
            )
            german += "nicht in der Datei stehen"
    if certain and (marked or depressed) and len(leads) < 7:
        english += ": acute infarction has to be considered"
        german += ": an einen akuten Infarkt denken"
    if len(leads) >= 7:
        english += "; so wide a spread is also seen in pericarditis and early repolarisation"
        german += "; eine so diffuse Hebung kommt auch bei Perikarditis und früher Repolarisation vor"
    return [
        Sentence(
            "ischaemia",
            sentence_case(english) + ".",
            german + ".",
            values=values,
            leads=leads,
            marks=case.st_marks(leads),
            verdict=verdict,
            code="STE_",
        )
    ]


def _largest(case: Case, values: Mapping[str, float], leads: tuple[str, ...]) -> tuple[str, float, bool]:
    """Return the lead with the largest elevation and it in mV, 60 ms after J where that was measured everywhere."""
    later = case.voltages("st60_mv", leads)
    if len(later) == len(leads) and max(later.values()) > 0:
        top = max(later, key=lambda lead: later[lead])
        return top, later[top], True
    top = max(leads, key=lambda lead: values[lead])
    return top, values[top], False


def _place(later: bool) -> tuple[str, str]:
    return ("60 ms after the J point", "60 ms nach dem J-Punkt") if later else ("at the J point", "am J-Punkt")


def _depression(case: Case, j: Mapping[str, float]) -> list[Sentence]:
    """Return horizontal or downsloping depression: J, and 60 and 80 ms after it, at or below the limit."""
    skipped = ("V1", "V2", "V3") if right_block(case) else ()
    st60, st80 = case.voltages("st60_mv", tuple(j)), case.voltages("st80_mv", tuple(j))
    low = {
        lead: min(value, st60.get(lead, value))
        for lead, value in j.items()
        if lead not in skipped
        and value <= limits.ST_DOWN_MV
        and st60.get(lead, value) <= limits.ST_DOWN_MV
        and st80.get(lead, value) <= limits.ST_DOWN_MV
    }
    groups = neighbours(list(low))
    if not groups:
        return []
    sure = [g for g in groups if sum(low[lead] <= limits.ST_DOWN_MV - limits.ST_DOUBT_MV for lead in g) >= 2]
    leads = tuple(lead for lead in JUDGED if any(lead in group for group in (sure or groups)))
    deepest = min(leads, key=lambda lead: low[lead])
    where = territory(leads)
    later = low[deepest] < j[deepest]
    at = _place(later)
    values = {f"j_{lead.lower()}_mv": j[lead] for lead in leads} | {f"st_{deepest.lower()}_mv": low[deepest]}
    if later:
        values["after_j_ms"] = 60.0
    marked = low[deepest] <= limits.ST_DOWN_MARKED_MV
    degree_en = "Marked " if sure and marked else "" if sure else "Borderline "
    degree_de = "Ausgeprägte " if sure and marked else "" if sure else "Grenzwertige "
    english = f"{degree_en}ST depression in {lead_list(leads)} ({where[0]}), down to {EN.mv(low[deepest])} {at[0]} in "
    german = f"{degree_de}ST-Senkung in {lead_list(leads)} ({where[1]}), bis {DE.mv(low[deepest])} {at[1]} in "
    english, german = english + deepest, german + deepest
    voltage = bool(lvh_voltages(case)) and bool({"I", "aVL", "V5", "V6"} & set(leads))
    if voltage:
        english += "; with the voltage of left ventricular hypertrophy it may be secondary (strain)"
        german += "; bei Hypertrophievoltage möglicherweise sekundär (Linksherzbelastung)"
    elif sure and set(leads) <= {"V1", "V2", "V3", "V4"} and {"V2", "V3"} & set(leads):
        english += "; posterior infarction has to be considered: leads V7-V9"
        german += "; an einen posterioren Infarkt denken: Ableitungen V7-V9"
    return [
        Sentence(
            "ischaemia",
            sentence_case(english) + ".",
            german + ".",
            values=values,
            leads=leads,
            marks=case.st_marks(leads),
            verdict="abnormal" if sure else "borderline",
            code="STD_",
        )
    ]


def _left_main(case: Case, j: Mapping[str, float]) -> list[Sentence]:
    """Return ST elevation in aVR with depression in six or more leads."""
    avr = case.voltages("j_mv", ("aVR",)).get("aVR")
    down = [lead for lead in j if j[lead] <= limits.ST_DOWN_MV - limits.ST_DOUBT_MV]
    if avr is None or avr < limits.AVR_UP_MV or len(down) < limits.MANY_DOWN or not case.regular_limb:
        return []
    return [
        Sentence(
            "ischaemia",
            f"ST elevation in aVR of {EN.mv(avr)} with ST depression in {len(down)} leads ({lead_list(down)}): diffuse "
            "subendocardial ischaemia, as in multivessel or left main disease, has to be considered.",
            f"ST-Hebung in aVR von {DE.mv(avr)} bei ST-Senkung in {len(down)} Ableitungen ({lead_list(down)}): an "
            "diffuse subendokardiale Ischämie wie bei Mehrgefäß- oder Hauptstammerkrankung denken.",
            values={"j_avr_mv": avr, "leads_depressed": float(len(down))},
            leads=("aVR", *down),
            marks=case.st_marks(("aVR", *down)),
            verdict="abnormal",
            code="ISC_",
        )
    ]


def _left_block(case: Case, j: Mapping[str, float]) -> list[Sentence]:
    """Return what ST says in a left bundle branch block: Sgarbossa's criteria, or that it is secondary."""
    net = {lead: value for lead in j if (value := net_qrs(case, lead)) is not None}
    along = {lead: j[lead] for lead in net if net[lead] > 0 and j[lead] >= limits.SGARBOSSA_UP_MV}
    front = {
        lead: j[lead]
        for lead in net
        if lead in ("V1", "V2", "V3") and net[lead] < 0 and j[lead] <= limits.SGARBOSSA_DOWN_MV
    }
    against = {lead: j[lead] for lead in net if net[lead] < 0 and j[lead] >= limits.SGARBOSSA_DISCORDANT_MV}
    out = []
    for found, english, german in (
        (along, "Concordant ST elevation", "Konkordante ST-Hebung"),
        (front, "ST depression in V1-V3", "ST-Senkung in V1-V3"),
        (against, "Excessive discordant ST elevation", "Exzessive diskordante ST-Hebung"),
    ):
        if not found:
            continue
        top = max(found, key=lambda lead: abs(found[lead]))
        out.append(
            Sentence(
                "ischaemia",
                f"{english} in {lead_list(found)}, {EN.mv(found[top])} at the J point in {top}: a Sgarbossa criterion "
                "of infarction in left bundle branch block.",
                f"{german} in {lead_list(found)}, {DE.mv(found[top])} am J-Punkt in {top}: Sgarbossa-Kriterium eines "
                "Infarkts bei Linksschenkelblock.",
                values={f"j_{lead.lower()}_mv": value for lead, value in found.items()},
                leads=tuple(found),
                marks=case.st_marks(tuple(found)),
                verdict="abnormal",
                code="STE_" if found is not front else "STD_",
            )
        )
    if out:
        return out
    largest = max(j, key=lambda lead: abs(j[lead]))
    return [
        Sentence(
            "ischaemia",
            f"ST shifts (up to {EN.mv(j[largest])} at the J point in {largest}) are secondary to the wide QRS; no "
            "Sgarbossa criterion is met.",
            f"ST-Veränderungen (bis {DE.mv(j[largest])} am J-Punkt in {largest}) sekundär bei breitem QRS; kein "
            "Sgarbossa-Kriterium erfüllt.",
            values={f"j_{largest.lower()}_mv": j[largest]},
            leads=tuple(j),
            marks=case.st_marks((largest,)),
        )
    ]


def net_qrs(case: Case, lead: str) -> float | None:
    """Return R plus the deeper of Q and S in mV: positive where QRS points up; None where nothing was measured."""
    if peak_to_peak(case, lead) is None:
        return None
    own = case.amplitudes[lead]
    return (own.r_mv or 0.0) + min(own.q_mv or 0.0, own.s_mv or 0.0)


def sentence_case(text: str) -> str:
    """Return `text` with a capital first letter."""
    return text[:1].upper() + text[1:]
