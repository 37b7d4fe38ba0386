"""What a report says about patient and file, or leaves out where it must not tell who it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from cardio_desktop.core.file_names import shown
from cardio_desktop.core.leads import canonical_lead
from cardio_desktop.core.record import Record
from cardio_desktop.core.stored import without_identity
from cardio_desktop.core.units import millivolts_per
from cardio_desktop.report.language import Language
from cardio_desktop.words import Remark, Value
from cardio_desktop.words.say import codes_of

REMOVED = "[removed]"
FILE_TABLES = ("files", "stored", "readers")
"""The tables of words whose remarks quote what stands in a file."""
OLDEST_TOLD_YEARS = 89
"""Ages above this count as identifying (HIPAA safe harbour, 45 CFR 164.514(b)(2)(i)(C))."""
SHORTEST_SCRUBBED = 3


@dataclass(frozen=True)
class Identity:
    """What a report says of patient, time and file; where it `hides` them, `scrub` takes them out of sentences."""

    name: str
    details: str
    recorded: str
    file: str
    title: str
    created: str
    device: str
    hides: bool = False
    _hidden: re.Pattern[str] | None = None

    def scrub(self, text: str) -> str:
        """Return `text` without what identifies the patient; unchanged where the report is not de-identified."""
        return self._hidden.sub(REMOVED, text) if self._hidden else text


def identity(
    record: Record, created: datetime, deidentify: bool, say: Language | None = None, signers: Iterable[str] = ()
) -> Identity:
    """Return what a report of `record` may say; de-identified, dates go as well, and ages over 89 become "over 89".

    `signers` are names of readers, which are hidden like the patient's.
    """
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
            hides=True,
            _hidden=_pattern(_identifiers(record, tuple(signers))),
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


def _identifiers(record: Record, signers: Sequence[str]) -> list[str]:
    """Return every text that may tell who the patient or who the reader is, and the parts of names."""
    patient = record.patient
    whole = [patient.name, patient.id, patient.birth_date, str(record.path), record.path.name, record.path.stem]
    whole.append(str(record.path.parent))
    if stored := record.stored:
        whole += [stored.confirmed_by, stored.patient.get("referring_physician", ""), stored.patient.get("order", "")]
    if record.start_time:
        whole += [record.start_time.strftime(form) for form in ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%d-%b-%Y")]
    names = [patient.name or "", *signers]
    whole += signers
    if stored:
        names += [stored.confirmed_by, stored.patient.get("referring_physician", "")]
    parts = [part for name in names for part in re.split(r"[\s,^_.;/\\-]+", name)]
    return [text for text in (*whole, *parts) if text]


def anonymous(record: Record) -> Record:
    """Return the record with what its device said cut down to numbers; names and dates are for `Identity` to hide."""
    return replace(record, stored=without_identity(record.stored)) if record.stored else record


def nameless(remark: Remark) -> Remark:
    """Return what is said of a file without the file's own words: a damaged header can hold a name anywhere.

    Numbers, units and leads stay, and everything that is no remark on a file.
    """
    of_file = remark.code == "verbatim" or remark.code in codes_of(*FILE_TABLES)
    return Remark(remark.code, {name: _nameless(value, of_file) for name, value in remark.values.items()})


def _nameless(value: Value, of_file: bool) -> Value:
    if isinstance(value, Remark):
        return nameless(value)
    if isinstance(value, tuple | list):
        return tuple(_nameless(item, of_file) for item in value)
    if isinstance(value, str) and of_file and not (canonical_lead(value) == value or millivolts_per(value)):
        return REMOVED
    return value


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
