"""The measured part in one sentence: within normal limits only where everything was measured and nothing was found."""

from __future__ import annotations

from collections.abc import Sequence

from cardio_desktop.core.findings import Sentence
from cardio_desktop.narrative.case import Case

NEEDED = ("rate", "axis", "conduction", "ischaemia", "infarction", "st_t", "qt")


def sum_up(case: Case, told: Sequence[Sentence]) -> list[Sentence]:
    """Return that the ECG is normal, borderline or abnormal by its measurements; nothing where too few are there."""
    judged = [item for item in told if item.source == "measured" and item.verdict and item.section not in ("record",)]
    findings = [item for item in judged if item.section != "quality"]
    abnormal = [item for item in findings if item.verdict == "abnormal"]
    borderline = [item for item in findings if item.verdict == "borderline"]
    if not case.quality.usable:
        return []
    marks = tuple(dict.fromkeys(mark for item in abnormal or borderline for mark in item.marks))
    leads = tuple(dict.fromkeys(lead for item in abnormal or borderline or findings for lead in item.leads))
    values = {"abnormal": float(len(abnormal)), "borderline": float(len(borderline))}
    if abnormal:
        texts = "By its measurements an abnormal ECG.", "Nach den Messungen ein auffälliges EKG."
    elif not set(NEEDED) <= {item.section for item in findings}:
        return []
    elif borderline:
        texts = "By its measurements a borderline ECG.", "Nach den Messungen ein grenzwertiges EKG."
    else:
        texts = (
            "By its measurements an ECG within normal limits.",
            "Nach den Messungen ein EKG im Normbereich.",
        )
    verdict = "abnormal" if abnormal else "borderline" if borderline else "normal"
    return [Sentence("record", *texts, values=values, leads=leads, marks=marks or case.beat_marks(), verdict=verdict)]
