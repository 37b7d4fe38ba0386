"""Whether two records are of one patient: by number, or by name and birth date, never by a name alone."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from cardio_desktop.core.record import Record

NOBODY = frozenset({
    *("anon", "anonym", "anonymous", "anonymized", "anonymised", "confidential", "default", "deleted", "demo", "ecg"),
    *("ekg", "id", "na", "nil", "no", "noid", "noname", "none", "null", "pat", "patient", "pid", "redacted", "removed"),
    *("sample", "simulated", "test", "unbekannt", "unknown", "unnamed", "void", "x", "xx", "xxx"),
})  # fmt: skip
"""What programs and people write where there is no number or name."""
LEAST_LETTERS = 4
"""A shorter number is a device's counter as often as a patient's: it tells nobody apart by itself."""


@dataclass(frozen=True)
class Person:
    """What a record's file says of who the patient is; `source` is the format, within which numbers are compared.

    Versions and kinds of one format ("DICOM 12-lead ECG") are one source.
    """

    id: str = ""
    name: str = ""
    sex: str = ""
    birth_date: str = ""
    source: str = ""

    @property
    def number(self) -> str:
        """The number in one spelling; "" where it names nobody: empty, zeros, a word for nobody."""
        plain = "".join(letter for letter in _plain(self.id) if letter.isalnum())
        return "" if not plain.strip("0") or plain in NOBODY or _one_letter(plain) else plain

    @property
    def names(self) -> tuple[str, ...]:
        """The parts of the name in one spelling and order ("Doe^Jane", "Doe, Jane", "Jane Doe"); () for nobody."""
        spaced = "".join(letter if letter.isalnum() else " " for letter in _plain(self.name))
        words = tuple(sorted(spaced.split()))
        return () if not words or NOBODY.issuperset(words) or not any(map(str.isalpha, words)) else words

    @property
    def keys(self) -> tuple[str, ...]:
        """What two records of one patient share at least one of; () where nothing tells the patient."""
        found = [f"number {self.number}"] if self.number else []
        if self.names and self.birth_date:
            found.append(f"name {' '.join(self.names)} {self.birth_date}")
        return tuple(found)


def person_of(record: Record) -> Person:
    """Return who the patient of a record is, as far as its file tells; nobody for a simulated one."""
    patient = record.patient
    if record.simulated:
        return Person()
    source = re.match(r"[a-z]*", record.format.casefold())
    return Person(
        patient.id or "",
        patient.name or "",
        patient.sex or "",
        patient.birth_date or "",
        source[0] if source is not None else "",
    )


def same_person(a: Person, b: Person) -> bool:
    """Return whether two records are certainly enough of one patient to be set beside one another.

    A number counts by itself within one format, where it is long enough; a short one, or one of another format, needs
    the name or the birth date beside it. Whatever contradicts parts them: another sex or birth date, another name
    without a birth date to bind both, or another number in the same format.
    """
    if a.sex and b.sex and a.sex != b.sex:
        return False
    if a.birth_date and b.birth_date and a.birth_date != b.birth_date:
        return False
    born = bool(a.birth_date) and a.birth_date == b.birth_date
    named = bool(a.names) and a.names == b.names
    if a.number and a.number == b.number:
        renamed = bool(a.names and b.names) and not named
        if renamed and not born:
            return False
        return named or born or (a.source == b.source and len(a.number) >= LEAST_LETTERS)
    if a.number and b.number and a.source == b.source:
        return False
    return named and born


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()


def _one_letter(number: str) -> bool:
    """Return whether a number is one figure over and over ("9999999"): what is typed to get past a form."""
    return len(number) >= LEAST_LETTERS and len(set(number)) == 1
