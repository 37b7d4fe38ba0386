"""FHIR R4: a bundle of the patient, the measurements, the leads and the diagnostic report with its PDF."""

from __future__ import annotations

import base64
import json
import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import numpy as np

from cardio_desktop.core.record import Record
from cardio_desktop.handover.values import Value
from cardio_desktop.io.lead_codes import LEAD_OF_CODE

_MDC = "urn:iso:std:iso:11073:10101"
_LOINC = "http://loinc.org"
_UCUM = "http://unitsofmeasure.org"
_POTENTIAL = 131328
"""MDC_ECG_ELEC_POTL; the potential of a lead is this and the lead's code (ISO/IEEE 11073-10102)."""
_BLOCK = 2 << 16
"""Codes of block 2 as whole numbers."""
LONGEST_S = 60.0
"""Of leads that are sent as text; the whole of a longer record belongs into an archive."""
_CODE_OF_LEAD = {name: code for code, name in reversed(LEAD_OF_CODE.items())}
_MICROVOLTS_PER_STEP = 0.1


def bundle_bytes(
    record: Record, values: Sequence[Value], sentences: Sequence[str], pdf: bytes, start_s: float, created: datetime
) -> bytes:
    """Return the bundle; every part is preliminary, for no physician has confirmed it."""
    patient_ref, entries = _entry(_patient(record))
    subject = {"reference": patient_ref}
    when = record.start_time
    moment = {"effectiveDateTime": when.astimezone().isoformat()} if when else {}
    results = []
    found = [entries]
    for body in (*(_number(value) for value in values), _leads(record, start_s)):
        reference, entry = _entry({**body, "status": "preliminary", "subject": subject, **moment})
        results.append({"reference": reference})
        found.append(entry)
    report = {
        "resourceType": "DiagnosticReport",
        "status": "preliminary",
        "code": {"coding": [{"system": _LOINC, "code": "11524-6", "display": "EKG study"}], "text": "ECG report"},
        "subject": subject,
        **moment,
        "issued": created.isoformat(),
        "result": results,
        "conclusion": "\n".join(sentences) or "No statement.",
        "presentedForm": [
            {"contentType": "application/pdf", "data": base64.b64encode(pdf).decode(), "title": "ECG report"}
        ],
    }
    found.append(_entry(report)[1])
    bundle = {"resourceType": "Bundle", "type": "collection", "timestamp": created.isoformat(), "entry": found}
    return (json.dumps(bundle, ensure_ascii=False, allow_nan=False) + "\n").encode()


def _entry(resource: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    url = f"urn:uuid:{uuid.uuid4()}"
    return url, {"fullUrl": url, "resource": resource}


def _patient(record: Record) -> dict[str, Any]:
    patient = record.patient
    family, _, given = (patient.name or "").partition(", ")
    said: dict[str, Any] = {"resourceType": "Patient", "gender": patient.sex or "unknown"}
    if patient.id:
        said["identifier"] = [{"value": patient.id}]
    if family:
        said["name"] = [{"family": family, **({"given": [given]} if given else {})}]
    if patient.birth_date:
        said["birthDate"] = patient.birth_date
    return said


def _number(value: Value) -> dict[str, Any]:
    code = value.code
    coding = [{"system": _LOINC, "code": code.loinc, "display": code.loinc_title}] if code.loinc else []
    coding.append({"system": _MDC, "code": str(_BLOCK + code.mdc), "display": code.title})
    return {
        "resourceType": "Observation",
        "code": {"coding": coding, "text": code.title},
        "valueQuantity": {"value": float(value.text), "unit": code.unit, "system": _UCUM, "code": code.unit},
    }


def _leads(record: Record, start_s: float) -> dict[str, Any]:
    """Return the leads as sampled data, E where there is no sample; of a long record the first minute analysed."""
    components = []
    for name, lead in record.leads.items():
        first = round(start_s * lead.rate_hz) if record.duration_s > LONGEST_S else 0
        values = lead.millivolts(first, first + round(LONGEST_S * lead.rate_hz)) * (1000.0 / _MICROVOLTS_PER_STEP)
        text = " ".join("E" if np.isnan(v) else str(round(v)) for v in values.tolist())
        code = str(_POTENTIAL + _CODE_OF_LEAD[name])
        components.append(
            {
                "code": {"coding": [{"system": _MDC, "code": code, "display": f"MDC_ECG_ELEC_POTL_{name.upper()}"}]},
                "valueSampledData": {
                    "origin": {"value": 0, "unit": "uV", "system": _UCUM, "code": "uV"},
                    "period": 1000.0 / lead.rate_hz,
                    "factor": _MICROVOLTS_PER_STEP,
                    "dimensions": 1,
                    "data": text,
                },
            }
        )
    return {
        "resourceType": "Observation",
        "code": {"coding": [{"system": _MDC, "code": str(_POTENTIAL), "display": "MDC_ECG_ELEC_POTL"}]},
        "component": components,
    }
