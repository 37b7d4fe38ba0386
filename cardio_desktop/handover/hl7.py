"""HL7 v2.5 ORU^R01: a result with its numbers, its sentences and the report as PDF, for the gateways of clinics.

Status is preliminary ("P"): no physician has confirmed what a program found.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from datetime import datetime

from cardio_desktop import __version__
from cardio_desktop.core.errors import one_line
from cardio_desktop.core.record import Record
from cardio_desktop.handover.values import Value

_ESCAPES = {"\\": "\\E\\", "|": "\\F\\", "^": "\\S\\", "&": "\\T\\", "~": "\\R\\"}


def oru_bytes(
    record: Record, values: Sequence[Value], sentences: Sequence[str], pdf: bytes, uid: str, created: datetime
) -> bytes:
    """Return the message, its segments ended by carriage returns, in UTF-8."""
    patient = record.patient
    sex = {"male": "M", "female": "F"}.get(patient.sex or "", "U")
    name = "^".join(_text(part) for part in (patient.name or "").split(", ", 1))
    made = f"{created:%Y%m%d%H%M%S}"
    taken = f"{record.start_time.year:04d}{record.start_time:%m%d%H%M%S}" if record.start_time else ""
    rows = [
        f"MSH|^~\\&|CardioDesktop||||{made}||ORU^R01^ORU_R01|{uid[-20:]}|P|2.5||||||UNICODE UTF-8",
        f"PID|1||{_text(patient.id or 'UNKNOWN')}||{name or '^'}||{(patient.birth_date or '').replace('-', '')}|{sex}",
        f"OBR|1||{_text(uid)}|11524-6^EKG study^LN|||{taken}|||||||||||||||{made}||ECG|P",
    ]
    number = 0
    for value in values:
        number += 1
        code = value.code
        own = f"{code.loinc}^{code.loinc_title}^LN^" if code.loinc else ""
        what = f"{own}2:{code.mdc}^{_text(code.title)}^MDC"
        rows.append(f"OBX|{number}|NM|{what}||{value.text}|{code.unit}^^UCUM|||||P|||{taken}")
    for sentence in sentences:
        number += 1
        rows.append(f"OBX|{number}|TX|18844-1^EKG impression^LN||{_text(sentence)}||||||P|||{taken}")
    number += 1
    report = base64.b64encode(pdf).decode()
    title = "11524-6^EKG study^LN"
    rows.append(
        f"OBX|{number}|ED|{title}||CardioDesktop {__version__}^application^pdf^Base64^{report}||||||P|||{taken}"
    )
    return "".join(f"{row}\r" for row in rows).encode()


def _text(text: str) -> str:
    """Return a text whose letters have no meaning in HL7."""
    return "".join(_ESCAPES.get(letter, letter) for letter in one_line(text, 1000))
