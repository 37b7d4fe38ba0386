"""Rules on T waves and the QT interval."""

from __future__ import annotations

from cardio_desktop.core.findings import Sentence
from cardio_desktop.narrative import limits
from cardio_desktop.narrative.case import Case
from cardio_desktop.narrative.ischaemia import net_qrs
from cardio_desktop.narrative.secondary import lvh_voltages, right_block, wide_left
from cardio_desktop.narrative.territory import territory
from cardio_desktop.narrative.words import DE, EN, lead_list, neighbours

UPRIGHT = ("I", "II", "V3", "V4", "V5", "V6")
"""Where T of an adult is upright; in III, aVL and V1 it may be either (AHA/ACC/HRS IV)."""
ALSO = ("III", "aVF", "aVL", "V2")
"""Counted only beside one of those."""


def t_waves(case: Case) -> list[Sentence]:
    """Return inverted T waves in contiguous leads, or flat ones, or that T is upright where it should be."""
    t = case.voltages("t_mv", (*UPRIGHT, *ALSO))
    if not case.regular_limb:
        t = {lead: value for lead, value in t.items() if lead[0] == "V"}
    if not t or wide_left(case):
        return []
    skipped = ("V1", "V2", "V3") if right_block(case) else ()
    inverted = [lead for lead, value in t.items() if value <= limits.T_INVERTED_MV and lead not in skipped]
    groups = [group for group in neighbours(inverted) if set(group) & set(UPRIGHT)]
    leads = tuple(lead for lead in t if any(lead in group for group in groups))
    if leads:
        return [_inverted(case, t, leads)]
    return _flat(case, t) or _upright(case, t)


def _inverted(case: Case, t: dict[str, float], leads: tuple[str, ...]) -> Sentence:
    deepest = min(leads, key=lambda lead: t[lead])
    depth = t[deepest]
    degree = ("Giant negative", "Riesenhaft negative") if depth <= limits.T_GIANT_MV else ("", "")
    if not degree[0]:
        degree = ("Deep negative", "Tief negative") if depth <= limits.T_DEEP_MV else ("Inverted", "Negative")
    where_en, where_de = territory(leads)
    english = f"{degree[0]} T waves in {lead_list(leads)} ({where_en}), down to {EN.mv(depth)} in {deepest}"
    german = f"{degree[1]} T-Wellen in {lead_list(leads)} ({where_de}), bis {DE.mv(depth)} in {deepest}"
    if lvh_voltages(case) and {"I", "aVL", "V5", "V6"} & set(leads):
        english += "; with the voltage of left ventricular hypertrophy they may be secondary"
        german += "; bei Hypertrophievoltage möglicherweise sekundär"
    return Sentence(
        "st_t",
        english + ".",
        german + ".",
        values={f"t_{lead.lower()}_mv": t[lead] for lead in leads},
        leads=leads,
        marks=case.t_marks(leads),
        verdict="abnormal",
        code="INVT",
    )


def _flat(case: Case, t: dict[str, float]) -> list[Sentence]:
    r = case.voltages("r_mv", UPRIGHT)
    flat = [
        lead
        for lead in UPRIGHT
        if lead in t
        and r.get(lead, 0.0) > limits.T_FLAT_R_MV
        and abs(t[lead]) < limits.T_FLAT_SHARE * r[lead]
        and (net_qrs(case, lead) or 0.0) > 0
    ]
    # Contiguous in the chest, or I with II: each looks at the same T from its own side.
    groups = neighbours(flat) + ([("I", "II")] if {"I", "II"} <= set(flat) else [])
    leads = tuple(lead for lead in UPRIGHT if any(lead in group for group in groups))
    if not leads or right_block(case):
        return []
    values = {f"t_{lead.lower()}_mv": t[lead] for lead in leads}
    lowest = min(leads, key=lambda lead: t[lead])
    return [
        Sentence(
            "st_t",
            f"Flat T waves in {lead_list(leads)}, less than a tenth of R ({EN.mv(t[lowest])} in {lowest}).",
            f"Flache T-Wellen in {lead_list(leads)}, niedriger als ein Zehntel von R ({DE.mv(t[lowest])} in {lowest}).",
            values=values,
            leads=leads,
            marks=case.t_marks(leads),
            verdict="borderline",
            code="LOWT",
        )
    ]


def _upright(case: Case, t: dict[str, float]) -> list[Sentence]:
    good = tuple(lead for lead in UPRIGHT if t.get(lead, 0.0) > 0)
    if not good:
        return []
    if below := tuple(lead for lead in UPRIGHT if t.get(lead, 1.0) <= 0):
        return [_not_upright(case, t, below)]
    lowest = min(good, key=lambda lead: t[lead])
    return [
        Sentence(
            "st_t",
            f"T waves upright in {lead_list(good)} (lowest {EN.mv(t[lowest])} in {lowest}).",
            f"T-Wellen positiv in {lead_list(good)} (niedrigste {DE.mv(t[lowest])} in {lowest}).",
            values={f"t_{lowest.lower()}_mv": t[lowest]},
            leads=good,
            marks=case.t_marks(good),
            verdict="normal",
        )
    ]


def _not_upright(case: Case, t: dict[str, float], leads: tuple[str, ...]) -> Sentence:
    """Return T waves that are not upright but too small, or in too few leads, to be called inverted."""
    lowest = min(leads, key=lambda lead: t[lead])
    return Sentence(
        "st_t",
        f"T waves not upright in {lead_list(leads)} ({EN.mv(t[lowest])} in {lowest}), not in contiguous leads to "
        f"{EN.mv(limits.T_INVERTED_MV)}.",
        f"T-Wellen nicht positiv in {lead_list(leads)} ({DE.mv(t[lowest])} in {lowest}), nicht in benachbarten "
        f"Ableitungen bis {DE.mv(limits.T_INVERTED_MV)}.",
        values={f"t_{lead.lower()}_mv": t[lead] for lead in leads} | {"limit_mv": limits.T_INVERTED_MV},
        leads=leads,
        marks=case.t_marks(leads),
        verdict="borderline",
        code="NT_",
    )


def qt_interval(case: Case) -> list[Sentence]:
    """Return QT and QTc (Fridericia): prolonged, short, borderline or normal, by sex."""
    qt, qtc = case.measurements.qt_ms, case.qtc()
    if qt is None or qtc is None or qt <= 0:
        return []
    least = limits.QTC_LONG_MS.get(case.sex or "", min(limits.QTC_LONG_MS.values()))
    most = limits.QTC_LONG_MS.get(case.sex or "", max(limits.QTC_LONG_MS.values()))
    # QTc inherits the uncertainty of QT, stretched as the interval is.
    spread_c, doubt_c = case.spread("qt_ms") * qtc / qt, case.doubt("qt_ms") * qtc / qt
    english = f"QTc (Fridericia) {EN.ms(qtc, spread_c)}, QT {EN.ms(qt)}"
    german = f"QTc (Fridericia) {DE.ms(qtc, spread_c)}, QT {DE.ms(qt)}"
    values = {"qtc_fridericia_ms": qtc, "qt_ms": qt, "uncertainty_ms": spread_c}
    verdict, code = "normal", ""
    if qtc >= most + doubt_c:
        verdict, code = "abnormal", "LNGQT"
        marked = qtc >= limits.QTC_VERY_LONG_MS
        values["limit_ms"] = most
        english = f"{'Markedly p' if marked else 'P'}rolonged QT interval: {english} (limit {EN.ms(most)})"
        german = f"QT-Zeit {'deutlich ' if marked else ''}verlängert: {german} (Grenze {DE.ms(most)})"
        qrs = case.measurements.qrs_ms
        if qrs is not None and qrs >= limits.QRS_BLOCK_MS:
            values["qrs_ms"] = qrs
            english += f"; the wide QRS of {EN.ms(qrs)} contributes to it"
            german += f"; die QRS-Verbreiterung von {DE.ms(qrs)} trägt dazu bei"
    elif qtc >= least - doubt_c:
        verdict, code = "borderline", "LNGQT"
        values["limit_ms"] = least
        english = f"Borderline QT interval: {english} (limit {EN.ms(least)}"
        german = f"QT-Zeit grenzwertig: {german} (Grenze {DE.ms(least)}"
        if least < most:
            values["limit_high_ms"] = most
            english += f" in men, {EN.ms(most)} in women"
            german += f" bei Männern, {DE.ms(most)} bei Frauen"
        english, german = english + ")", german + ")"
    elif qtc <= limits.QTC_SHORT_MS - doubt_c:
        verdict, code = "abnormal", "SHORTQT"
        values["limit_ms"] = limits.QTC_SHORT_MS
        english = f"Short QT interval: {english} (limit {EN.ms(limits.QTC_SHORT_MS)})"
        german = f"QT-Zeit verkürzt: {german} (Grenze {DE.ms(limits.QTC_SHORT_MS)})"
    else:
        english, german = f"{english}, normal", f"{german}, normal"
    return [
        Sentence(
            "qt",
            english + ".",
            german + ".",
            values=values,
            leads=tuple(case.amplitudes),
            marks=case.marks("qrs_onset", "t_offset"),
            verdict=verdict,
            code=code,
        )
    ]
