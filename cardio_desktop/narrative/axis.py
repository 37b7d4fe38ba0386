"""Rules on the frontal QRS axis."""

from __future__ import annotations

from cardio_desktop.core.findings import Sentence
from cardio_desktop.narrative import limits
from cardio_desktop.narrative.case import Case
from cardio_desktop.narrative.words import DE, EN

LEADS = ("I", "II", "III", "aVF")


def qrs_axis(case: Case) -> list[Sentence]:
    """Return the QRS axis with its name: AHA/ACC/HRS III, and the types that German readers use."""
    axis = case.measurements.qrs_axis_deg
    if axis is None:
        return []
    leads = tuple(name for name in LEADS if name in case.amplitudes)
    values, marks = {"qrs_axis_deg": axis}, case.marks("qrs_onset", "qrs_offset", leads)
    english, german, code = _named(axis)
    if swapped := case.quality.reversal:
        return [
            Sentence(
                "axis",
                f"QRS axis {EN.degrees(axis)}, not to be relied on: the electrodes {swapped} seem swapped.",
                f"Elektrische Herzachse {DE.degrees(axis)}, nicht verwertbar: Die Elektroden {swapped} sind "
                "vermutlich vertauscht.",
                values=values,
                leads=leads,
                marks=marks,
                verdict="borderline",
            )
        ]
    return [
        Sentence(
            "axis",
            f"{english} (QRS axis {EN.degrees(axis)}).",
            f"{german} (elektrische Herzachse {DE.degrees(axis)}).",
            values=values,
            leads=leads,
            marks=marks,
            verdict="abnormal" if code else "normal",
            code=code,
        )
    ]


def _named(axis: float) -> tuple[str, str, str]:
    """Return the axis in English and German and its code; "" where it is normal."""
    if limits.AXIS_LEFT_DEG <= axis <= limits.AXIS_RIGHT_DEG:
        kind = "Linkstyp" if axis < 30 else "Indifferenztyp" if axis <= 60 else "Steiltyp"
        return "Normal axis", f"Normale Herzachse, {kind}", ""
    if limits.AXIS_MARKED_LEFT_DEG <= axis < limits.AXIS_LEFT_DEG:
        return "Moderate left axis deviation", "Überdrehter Linkstyp", "ALS"
    if -90.0 <= axis < limits.AXIS_MARKED_LEFT_DEG:
        return "Marked left axis deviation", "Deutlich überdrehter Linkstyp", "ALS"
    if limits.AXIS_RIGHT_DEG < axis <= limits.AXIS_MARKED_RIGHT_DEG:
        return "Moderate right axis deviation", "Rechtstyp", "ARS"
    if limits.AXIS_MARKED_RIGHT_DEG < axis <= 180.0:
        return "Marked right axis deviation", "Überdrehter Rechtstyp", "ARS"
    return "Extreme axis deviation", "Extreme Achsenabweichung (nordwestlich)", "AXIS"
