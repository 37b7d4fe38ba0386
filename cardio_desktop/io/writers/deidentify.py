"""A record without whom it is of: only what is on the list of what stays, everything else is left out.

Source: DICOM PS3.15 annex E, Basic Application Confidentiality Profile, with the options of modified dates and of
patient characteristics (sex, age, height, weight: normal limits go by them). The other formats get the same record.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from cardio_desktop.core.leads import is_other_ecg
from cardio_desktop.core.record import Annotation, Channel, Patient, Record
from cardio_desktop.io.lead_codes import LEAD_OF_CODE
from cardio_desktop.words import Remark

METHOD = "DICOM PS3.15 E.1 Basic Profile, dates shifted, Cardio Desktop"
OLDEST_YEARS = 89.0
"""Ages above are told as 90: so old are few that the age alone may name one (45 CFR 164.514(b)(2)(i)(C))."""
_SHIFT_DAYS = (365, 3650)
"""Always into the past, by one to ten years: a date in the future would be told of as damaged."""
_SOURCES = frozenset({"atr", "qrs", "pwave", "ecg", "beats"})
"""Names of annotation files that are everybody's."""
_RHYTHMS = frozenset({
    "(AB", "(AFIB", "(AFL", "(ASYS", "(B", "(BI", "(BII", "(HGEA", "(IVR", "(N", "(NOD", "(P", "(PREX", "(SBR", "(SVTA",
    "(T", "(VER", "(VF", "(VFL", "(VT",
})  # fmt: skip
"""Rhythms of WFDB annotations: PhysioBank's list of codes."""
_WAVES = frozenset({"P", "QRS", "T", "U"})
_UNITS = frozenset({"mmHg", "bpm", "%", "Hz", "s", "ms", "degC", "l/min", "ml", "Ohm", "NU", "g", "adu"})
_OTHER_LEAD = re.compile(r"(?:M?[CM][LCMSV]?(?:I|II|III|[1-7])|ECG ?[1-9]?|[XYZ]|v[xyz])")
_FILTER = re.compile(r"(?:HP|LP|N): ?[0-9.]+ ?Hz")


@dataclass(frozen=True)
class Pseudonyms:
    """Gives one patient one name and one shift of dates; without the key neither leads back."""

    key: bytes

    def name(self, record: Record) -> str:
        """Return the name that stands for the record's patient."""
        return f"P-{self._digest(record, 'name')[:12].upper()}"

    def shift(self, record: Record) -> timedelta:
        """Return by how much the dates of the record's patient are moved: whole days, so that the hour stays."""
        low, high = _SHIFT_DAYS
        return timedelta(days=-(low + int(self._digest(record, "shift"), 16) % (high - low)))

    def _digest(self, record: Record, purpose: str) -> str:
        patient = record.patient
        known = patient.id or patient.name
        # Who is not named is somebody of his own.
        who = f"{patient.id}|{'' if patient.id else patient.name}" if known else f"file|{record.path.resolve()}"
        return hmac.new(self.key, f"{purpose}|{who}".encode("utf-8", "surrogateescape"), hashlib.sha256).hexdigest()


def deidentified(record: Record, names: Pseudonyms) -> tuple[Record, tuple[Remark, ...]]:
    """Return the record without identity, and what was removed or changed."""
    patient = record.patient
    name = names.name(record)
    told: list[Remark] = []
    gone = [
        (patient.name, "patient-name"), (patient.id, "patient-id"), (patient.birth_date, "patient-birth"),
        (record.device, "patient-device"), (record.notes, "patient-notes"), (record.stored, "patient-stored"),
        (record.path.name, "patient-file-name"),
    ]  # fmt: skip
    told.append(Remark("identity-removed", {"what": tuple(Remark(code) for value, code in gone if value)}))
    start = record.start_time
    if start:
        start = start + names.shift(record)
        told.append(Remark("dates-shifted"))
    age = patient.age_years
    if age is not None and age > OLDEST_YEARS:
        age = OLDEST_YEARS + 1
        told.append(Remark("age-capped", {"years": OLDEST_YEARS + 1}))
    texts = sum(bool(mark.text) and mark.text not in _RHYTHMS | _WAVES for mark in record.annotations)
    if texts:
        told.append(Remark("texts-removed", {"number": texts}))
    marks = tuple(bare for mark in record.annotations if (bare := _bare(mark)))
    channels = tuple(_named(channel, k) for k, channel in enumerate(record.channels, start=1))
    if renamed := sum(a.label != b.label for a, b in zip(channels, record.channels, strict=True)):
        told.append(Remark("channels-renamed", {"number": renamed}))
    clean = replace(
        record,
        path=Path(name),
        start_time=start,
        patient=Patient(
            id=name, sex=patient.sex, age_years=age, height_cm=patient.height_cm, weight_kg=patient.weight_kg
        ),
        annotations=marks,
        channels=channels,
        warnings=(),
        notes=(f"De-identified: {METHOD}",),
        device="",
        stored=None,
        deidentified=METHOD,
    )  # fmt: skip
    return clean, tuple(told)


def _bare(mark: Annotation) -> Annotation | None:
    """Return a mark without its words; one that is nothing but words falls away."""
    known = mark.text if mark.text in _RHYTHMS | _WAVES else ""
    if mark.kind == "note" and len(mark.symbol) != 1:
        return None
    return replace(mark, text=known, source="" if mark.source not in _SOURCES else mark.source)


def _named(channel: Channel, number: int) -> Channel:
    """Return a channel whose label, unit and filters are known words: free ones can hold anything, even a name."""
    label = channel.label
    if channel.lead:
        kept: str = channel.lead
    elif label in LEAD_OF_CODE.values() or _OTHER_LEAD.fullmatch(label):
        kept = label
    else:
        kept = f"ECG {number}" if is_other_ecg(label) else f"Channel {number}"
    unit = channel.unit if channel.is_voltage or channel.unit in _UNITS else ""
    return replace(channel, label=kept, unit=unit, prefilter=" ".join(_FILTER.findall(channel.prefilter)))
