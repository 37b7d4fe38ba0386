"""Rules on T waves and the QT interval."""

from __future__ import annotations

from cardio_desktop.core.findings import Sentence
from cardio_desktop.narrative import limits
from cardio_desktop.narrative.bundle import bundle_block
from cardio_desktop.narrative.case import Case
from cardio_desktop.narrative.contiguous import neighbours
from cardio_desktop.narrative.episodes import t_shifts
from cardio_desktop.narrative.ischaemia import net_qrs
from cardio_desktop.narrative.secondary import lvh_voltages, right_block, wide_left
from cardio_desktop.narrative.territory import territory
from cardio_desktop.words import Remark

UPRIGHT = ("I", "II", "V3", "V4", "V5", "V6")
"""Where T of an adult is upright; in III, aVL and V1 it may be either (AHA/ACC/HRS IV)."""
ALSO = ("III", "aVF", "aVL", "V2")
"""Counted only beside one of those."""


def t_waves(case: Case) -> list[Sentence]:
    """Return inverted T waves in contiguous leads, or flat ones, or that T is upright where it should be."""
    t = case.voltages("t_mv", (*UPRIGHT, *ALSO))
    if not t:
        return []
    if wide_left(case) or right_block(case):
        concordant = _concordant(case)
        if concordant or wide_left(case):
            return concordant
    skipped = ("V1", "V2", "V3") if right_block(case) else ()
    inverted = [lead for lead, value in t.items() if value <= limits.T_INVERTED_MV and lead not in skipped]
    groups = [group for group in neighbours(inverted) if set(group) & set(UPRIGHT)]
    leads = tuple(lead for lead in t if any(lead in group for group in groups))
    if leads:
        return [_inverted(case, t, leads)]
    return _flat(case, t) or _upright(case, t)


def _concordant(case: Case) -> list[Sentence]:
    """Return T waves inverted in the direction of the end of QRS: those against it follow from the block.

    In a left block that is the way of the whole QRS, in a right one of its last deflection.
    """
    rate = case.measurements.heart_rate_bpm
    block = bundle_block(case)
    if block is None or (rate is not None and rate > limits.FAST_BPM):
        return []
    t = case.voltages("t_mv")
    leads = [lead for lead, value in t.items() if lead != "aVR" and value <= limits.T_INVERTED_MV and _down(case, lead)]
    found = tuple(lead for lead in t if any(lead in group for group in neighbours(leads)))
    if not found:
        return []
    top = min(found, key=lambda lead: t[lead])
    return [
        Sentence(
            "st_t",
            Remark("t-concordant", {"leads": found, "top": top, "top_mv": t[top]}),
            Remark("short-concordant"),
            leads=found,
            marks=case.t_marks(found),
            verdict="abnormal" if block.code in ("CLBBB", "CRBBB") else "borderline",
            code="INVT",
        )
    ]


def _down(case: Case, lead: str) -> bool:
    """Return whether the forces that T follows point down in this lead."""
    if right_block(case):
        shape = case.shape(lead)
        return shape is not None and bool(shape.deflections) and shape.deflections[-1].peak_mv < 0
    return (net_qrs(case, lead) or 0.0) < 0


def _inverted(case: Case, t: dict[str, float], leads: tuple[str, ...]) -> Sentence:
    top = min(leads, key=lambda lead: t[lead])
    degree = "giant" if t[top] <= limits.T_GIANT_MV else "deep" if t[top] <= limits.T_DEEP_MV else "inverted"
    strain = bool(lvh_voltages(case)) and bool({"I", "aVL", "V5", "V6"} & set(leads))
    where = territory(leads)
    values = {"leads": leads, "territory": where, "top": top, "top_mv": t[top], "degree": degree, "strain": strain}
    return Sentence(
        "st_t",
        Remark("t-inverted", values),
        Remark("short-INVT", {"territory": where}),
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
        and abs(t[lead]) < min(limits.T_FLAT_SHARE * r[lead], limits.T_FLAT_MV)
        and (net_qrs(case, lead) or 0.0) > 0
    ]
    # Contiguous in the chest, or I with II: each looks at the same T from its own side.
    groups = neighbours(flat) + ([("I", "II")] if {"I", "II"} <= set(flat) else [])
    leads = tuple(lead for lead in UPRIGHT if any(lead in group for group in groups))
    if not leads or right_block(case):
        return []
    return [
        Sentence(
            "st_t",
            Remark("t-flat", {"leads": leads}),
            Remark("short-LOWT"),
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
        top = min(below, key=lambda lead: t[lead])
        return [
            Sentence(
                "st_t",
                Remark("t-low", {"leads": below, "top": top, "top_mv": t[top]}),
                Remark("short-NT_"),
                leads=below,
                marks=case.t_marks(below),
                verdict="borderline",
                code="NT_",
            )
        ]
    if t_shifts(case):
        return []  # of the median beat they are; the episodes have sentences of their own
    told = Remark("t-normal")
    return [Sentence("st_t", told, told, leads=good, marks=case.t_marks(good), verdict="normal")]


def qt_interval(case: Case) -> list[Sentence]:
    """Return QT and QTc (Fridericia): prolonged, short, borderline or normal, by sex.

    Behind a QRS of 120 ms or more, half of its width is taken off first: QT - 0.485 QRS is as long as QT was before the
    block (Bogossian, Heart Rhythm 2014;11:2273).
    """
    qt, qtc, qrs = case.measurements.qt_ms, case.qtc(), case.measurements.qrs_ms
    if qt is None or qtc is None or qt <= 0:
        return []
    limit = limits.QTC_LONG_MS.get(case.sex or "", max(limits.QTC_LONG_MS.values()))
    # QTc inherits the uncertainty of QT, stretched as the interval is.
    doubt = case.doubt("qt_ms") * qtc / qt
    values: dict[str, float] = {"qtc_fridericia_ms": qtc, "qt_ms": qt}
    judged, wide = qtc, qrs is not None and qrs >= limits.QRS_BLOCK_MS
    if wide and qrs is not None:
        judged = (qt - limits.QT_WIDE_SHARE * qrs) * qtc / qt
        values |= {"qrs_ms": qrs, "narrow_ms": judged}
    short: Remark | None
    verdict, code = "normal", ""
    if judged >= limit + doubt:
        values["limit_ms"] = limit
        told = Remark("qt-long-wide", values) if wide else Remark("qt-long", {**values, "marked": is_very_long(qtc)})
        short, verdict, code = Remark("short-LNGQT"), "abnormal", "LNGQT"
    elif judged >= limit and not wide:
        told, short = Remark("qt-long?", {**values, "limit_ms": limit}), Remark("short-LNGQT?")
        verdict, code = "borderline", "LNGQT"
    elif wide and qtc >= limit:
        told, short = Remark("qt-wide", values), None
    elif qtc <= limits.QTC_SHORT_MS - doubt and not wide:
        told, short, verdict, code = Remark("qt-short", values), Remark("short-SHORTQT"), "abnormal", "SHORTQT"
    else:
        told = short = Remark("qtc", values)
    marks = case.marks("qrs_onset", "t_offset")
    return [Sentence("qt", told, short, leads=tuple(case.amplitudes), marks=marks, verdict=verdict, code=code)]


def is_very_long(qtc_ms: float) -> bool:
    """Return whether a QTc is in itself a danger."""
    return qtc_ms >= limits.QTC_VERY_LONG_MS
