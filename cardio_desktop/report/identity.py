"""What a report says about patient and file, or leaves out where it must not tell who it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from cardio_desktop.core.file_names import shown
from cardio_desktop.core.record import Record
from cardio_desktop.report.language import Language

REMOVED = "[removed]"
OLDEST_TOLD_YEARS = 89
"""Ages above this count as identifying (HIPAA safe harbour, 45 CFR 164.514(b)(2)(i)(C))."""
SHORTEST_SCRUBBED = 3


@dataclass(frozen=True)
class Identity:
    """What a report says of patient, time and file; `scrub` takes it out of any other sentence."""

    name: str
    details: str
    recorded: str
    file: str
    title: str
    created: str
    device: str
    _hidden: re.Pattern[str] | None = None

    def scrub(self, text: str) -> str:
        """Return `text` without what identifies the patient; unchanged where the report is not de-identified."""
        return self._hidden.sub(REMOVED, text) if self._hidden else text


def identity(record: Record, created: datetime, deidentify: bool, say: Language | None = None) -> Identity:
    """Return what a report of `record` may say; de-identified, dates go as well, and ages over 89 become "over 89"."""
    say = say or Language()
    patient = record.patient
    details = []
    if not deidentify:
        details += [f"ID {patient.id}"] if patient.id else []
        details += [say("born {date}", date=patient.birth_date)] if patient.birth_date else []
    sex = say(patient.sex) if patient.sex in ("female", "male") else patient.sex
    details += [sex or say("sex not stated"), age_text(patient.age_years, deidentify, say)]
    if deidentify:
        return Identity(
            name=say("De-identified"),
            details=" · ".join(details),
            recorded=say("date and time removed"),
            file=say("file name removed"),
            title="ECG report, de-identified",
            created="",
            device="",  # free text, in EDF with technicians and dates
            _hidden=_pattern(_identifiers(record)),
        )
    when = (
        record.start_time.strftime("%Y-%m-%d %H:%M:%S") if record.start_time else say("date and time not in the file")
    )
    return Identity(
        name=patient.name or say("No name in the file"),
        details=" · ".join(details),
        recorded=when,
        file=shown(record.path.name),
        title=f"ECG report: {shown(record.path.name)}",
        created=created.strftime("%Y-%m-%d %H:%M"),
        device=record.device,
    )


def age_text(age_years: float | None, deidentify: bool = False, say: Language | None = None) -> str:
    """Return the age in words."""
    say = say or Language()
    if age_years is None:
        return say("age not stated")
    if deidentify and age_years > OLDEST_TOLD_YEARS:
        return say("over {years} years", years=OLDEST_TOLD_YEARS)
    if age_years < 2:
        return say("{months} months", months=f"{age_years * 12:.0f}")
    return say("{years} years", years=f"{age_years:.0f}")


def _identifiers(record: Record) -> list[str]:
    """Return every text that may tell who the patient is, and the parts of names."""
    patient = record.patient
    whole = [patient.name, patient.id, patient.birth_date, str(record.path), record.path.name, record.path.stem]
    whole.append(str(record.path.parent))
    if record.start_time:
        whole += [record.start_time.strftime(form) for form in ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%d-%b-%Y")]
    parts = re.split(r"[\s,^_.;/\\-]+", patient.name or "")
    return [text for text in (*whole, *parts) if text]


def scrubber(texts: Iterable[str]) -> Callable[[str], str]:
    """Return what takes these texts out of a sentence."""
    hidden = _pattern(texts)
    return (lambda text: hidden.sub(REMOVED, text)) if hidden else (lambda text: text)


def _pattern(texts: Iterable[str]) -> re.Pattern[str] | None:
    # Shorter texts ("I", "12") would take leads and numbers out of every sentence and hide nobody.
    wanted = sorted({text for text in texts if len(text) >= SHORTEST_SCRUBBED}, key=lambda text: (-len(text), text))
    if not wanted:
        return None
    return re.compile("|".join(rf"(?<!\w){re.escape(text)}(?!\w)" for text in wanted), re.IGNORECASE)
