"""Rules on the frontal QRS axis, and on its angle with T."""

from __future__ import annotations

from cardio_desktop.core.findings import Sentence
from cardio_desktop.narrative import limits
from cardio_desktop.narrative.case import Case
from cardio_desktop.narrative.secondary import wide
from cardio_desktop.words import Remark

LEADS = ("I", "II", "III", "aVF")


def qrs_axis(case: Case) -> list[Sentence]:
    """Return the QRS axis with its name: AHA/ACC/HRS III, and the types that German readers use."""
    axis = case.measurements.qrs_axis_deg
    if axis is None or not case.limb_trusted:
        return []
    leads = tuple(name for name in LEADS if name in case.amplitudes)
    kind, verdict, code = _kind(axis)
    remark = Remark(f"axis-{kind}", {"qrs_axis_deg": axis})
    # What deviates within the range of the healthy is noted, not listed as normal.
    short = None if code and verdict == "normal" else remark
    marks = case.marks("qrs_onset", "qrs_offset", leads)
    return [Sentence("axis", remark, short, leads=leads, marks=marks, verdict=verdict, code=code)]


def _kind(axis: float) -> tuple[str, str, str]:
    """Return the axis in a word, its verdict and code."""
    if limits.AXIS_LEFT_DEG <= axis <= limits.AXIS_RIGHT_DEG:
        # The German types end at 30 and 60 degrees.
        return "normal-left" if axis < 30 else "normal" if axis <= 60 else "normal-steep", "normal", ""
    if limits.AXIS_MARKED_LEFT_DEG <= axis < limits.AXIS_LEFT_DEG:
        return "left", "borderline" if axis < limits.AXIS_FAR_LEFT_DEG else "normal", "ALS"
    if -90.0 <= axis < limits.AXIS_MARKED_LEFT_DEG:
        return "marked-left", "abnormal", "ALS"
    if limits.AXIS_RIGHT_DEG < axis <= limits.AXIS_MARKED_RIGHT_DEG:
        return "right", "borderline" if axis > limits.AXIS_FAR_RIGHT_DEG else "normal", "ARS"
    if limits.AXIS_MARKED_RIGHT_DEG < axis <= 180.0:
        return "marked-right", "abnormal", "ARS"
    return "extreme", "abnormal", "AXIS"


def qrs_t_angle(case: Case) -> list[Sentence]:
    """Return a wide frontal angle between QRS and T, where the QRS is narrow: a wide one turns T by itself."""
    qrs, t = case.measurements.qrs_axis_deg, case.measurements.t_axis_deg
    if qrs is None or t is None or not case.limb_trusted or wide(case):
        return []
    angle = abs((qrs - t + 180.0) % 360.0 - 180.0)
    if angle <= limits.QRS_T_ANGLE_DEG:
        return []
    leads = tuple(name for name in LEADS if name in case.amplitudes)
    return [
        Sentence(
            "st_t",
            Remark("qrs-t-angle", {"angle_deg": angle, "qrs_axis_deg": qrs, "t_axis_deg": t}),
            Remark("short-angle"),
            leads=leads,
            marks=case.marks("qrs_onset", "t_offset", leads),
            verdict="borderline",
            code="ANGLE",
        )
    ]
