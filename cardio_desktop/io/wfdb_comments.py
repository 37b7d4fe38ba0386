"""What the comments of WFDB headers say of the patient: PTB, PTB-XL exports, MIT-BIH, ECG-ID, Chapman styles."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cardio_desktop.core.record import Patient
from cardio_desktop.io.parts import day_of

_AGE = re.compile(r"<?\bage\b[^:=>]*>?\s*[:=]?\s*(\d{1,3}(?:\.\d+)?)(?![\d/-])", re.IGNORECASE)
_SEX = re.compile(r"<?\b(?:sex|gender)\b>?\s*[:=]?\s*(female|male|f|m|w)\b", re.IGNORECASE)
_MIT = re.compile(r"^(\d{1,3}|-1|\?)\s+([MF])\b", re.IGNORECASE)
_HEIGHT = re.compile(r"<?\bheight\b[^:=>]*>?\s*[:=]\s*(\d{2,3}(?:\.\d+)?)\b", re.IGNORECASE)
_WEIGHT = re.compile(r"<?\bweight\b[^:=>]*>?\s*[:=]\s*(\d{1,3}(?:\.\d+)?)\b", re.IGNORECASE)

_OWN = re.compile(r"(patient id|patient name|birth date):\s*(\S.*)$", re.IGNORECASE)
"""What our own writer says; other programs' comments have no customary words for it."""


def patient_from(comments: Sequence[str]) -> Patient:
    """Return what a header's comments say of the patient, None where they say nothing."""
    age: float | None = None
    sex: str | None = None
    height: float | None = None
    weight: float | None = None
    for line in comments:
        if match := _MIT.match(line):
            age = _within(match[1], 0, 999) if age is None else age
            sex = sex or _sex(match[2])
        if age is None and (match := _AGE.search(line)):
            age = _within(match[1], 0, 999)
        if sex is None and (match := _SEX.search(line)):
            sex = _sex(match[1])
        if height is None and (match := _HEIGHT.search(line)):
            height = _within(match[1], 20, 260)
        if weight is None and (match := _WEIGHT.search(line)):
            weight = _within(match[1], 1, 400)
    said = {match[1].casefold(): match[2] for line in comments if (match := _OWN.match(line))}
    return Patient(
        id=said.get("patient id"),
        name=said.get("patient name"),
        sex=sex,
        age_years=age,
        birth_date=day.isoformat() if (day := day_of(said.get("birth date", ""), "ymd")) else None,
        height_cm=height,
        weight_kg=weight,
    )


def _within(text: str, low: float, high: float) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if low <= value <= high else None


def _sex(word: str) -> str:
    return "male" if word.casefold() in {"m", "male"} else "female"
