"""Mortara / Hill-Rom ELI XML: rhythm leads and the typical cycle in base64, measurements and statements as attributes.

Source: the field names that free readers of this format use. No file was at hand: unproved on real files, and a record
read here says so.
"""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element

import numpy as np

from cardio_desktop.core.errors import ReadError, one_line
from cardio_desktop.core.leads import canonical_lead
from cardio_desktop.core.record import Channel, Record
from cardio_desktop.core.stored import Stored, StoredBeat, checked_measurements
from cardio_desktop.io.cardiosoft_reader import UNPROVED
from cardio_desktop.io.parts import (
    CM_PER_INCH,
    KG_PER_POUND,
    MAX_CHANNELS,
    age_in_years,
    day_of,
    make_channel,
    make_patient,
    moment_of,
)
from cardio_desktop.io.xml import base64_bytes, child, number, parse_xml
from cardio_desktop.words import Remark

_EXPORT = Remark("export-again")
_OF_CYCLE = {
    "pr_ms": "PR_DURATION", "qrs_ms": "QRS_DURATION", "p_ms": "P_DURATION", "qt_ms": "QT", "qtc_ms": "QTC",
    "qtc_bazett_ms": "QTB", "qtc_fridericia_ms": "QTF", "p_axis_deg": "P_AXIS", "qrs_axis_deg": "QRS_AXIS",
    "t_axis_deg": "T_AXIS",
}  # fmt: skip


def read_mortara(path: Path) -> Record:
    """Return the record in an ELI XML file; raises ReadError."""
    root = parse_xml(path)
    leads = root.findall("CHANNEL")
    if root.tag != "ECG" or not leads:
        raise ReadError(path, Remark("no-eli"), Remark("export-resting"))
    if len(leads) > MAX_CHANNELS:
        raise ReadError(path, Remark("claims-leads", {"leads_claimed": len(leads)}), _EXPORT)
    channels = tuple(_channel(path, lead) for lead in leads)
    stamp = root.get("ACQUISITION_TIME", "")
    start = moment_of(day_of(stamp[:8], "ymd"), stamp[8:14])
    cycle, subject, source = child(root, "TYPICAL_CYCLE"), child(root, "SUBJECT"), child(root, "SOURCE")
    values = {name: _number(cycle, key) for name, key in _OF_CYCLE.items()}
    values |= {"heart_rate_bpm": _number(root, "VENT_RATE"), "rr_ms": _number(root, "AVERAGE_RR")}
    values = {name: None if value == 0 and not name.endswith("_deg") else value for name, value in values.items()}
    measurements, doubts = checked_measurements(values)
    height, weight = _number(root, "HEIGHT"), _number(root, "WEIGHT")
    centimetres = {"CM": 1.0, "IN": CM_PER_INCH, "INCH": CM_PER_INCH}.get(root.get("HEIGHT_UNITS", "").upper())
    kilograms = {"KG": 1.0, "LB": KG_PER_POUND, "LBS": KG_PER_POUND}.get(root.get("WEIGHT_UNITS", "").upper())
    names = [_text(subject, key) for key in ("LAST_NAME", "FIRST_NAME")]
    stored = Stored(
        measurements=measurements,
        statements=_statements(root),
        device=one_line(" ".join(word for key in ("MANUFACTURER", "MODEL") if (word := _text(source, key)))),
        filters={"low_pass_hz": low} if (low := _number(source, "LOW_PASS_FILTER")) else {},
        median=_beat(path, cycle),
        patient={"medication": "; ".join(drugs)}
        if (drugs := [name for drug in root.findall("MEDICATION") if (name := one_line(drug.get("NAME", "")))])
        else {},
        remarks=(comment,) if (comment := one_line(root.get("COMMENT", ""))) else (),
        doubts=doubts,
    )
    return Record(
        path=path,
        format="Mortara ELI XML",
        channels=channels,
        start_time=start,
        patient=make_patient(
            start.date() if start else None,
            id=_text(subject, "ID"),
            name=", ".join(name for name in names if name),
            sex=_text(subject, "GENDER"),
            birth=day_of(_text(subject, "DOB")[:8], "ymd"),
            age_years=age_in_years(_number(root, "AGE"), root.get("AGE_UNITS") or "YEARS"),
            height_cm=height * centimetres if height and centimetres else None,
            weight_kg=weight * kilograms if weight and kilograms else None,
        ),
        warnings=(UNPROVED,),
        device=stored.device,
        stored=stored,
    )


def _channel(path: Path, lead: Element) -> Channel:
    label = one_line(lead.get("NAME", ""), 20)
    count, per_mv = _number(lead, "DURATION"), _number(lead, "UNITS_PER_MV")
    if not per_mv or per_mv < 0:
        raise ReadError(path, Remark("lead-no-counts", {"label": label}), _EXPORT)
    if _number(lead, "OFFSET"):
        raise ReadError(path, Remark("lead-starts-later", {"label": label, "text": lead.get("OFFSET")}), _EXPORT)
    if count is None or count != int(count) or not 0 < count < 1e8:
        raise ReadError(path, Remark("lead-no-count", {"label": label}), _EXPORT)
    raw = _bytes(path, lead, lead, label, 2 * int(count))
    return make_channel(path, label, np.frombuffer(raw, dtype="<i2"), _number(lead, "SAMPLE_FREQ"), "mV", 1.0 / per_mv)


def _bytes(path: Path, form: Element, lead: Element, label: str, expected: int | None) -> bytes:
    kind = (form.get("BITS", "16"), form.get("FORMAT", "SIGNED").upper(), form.get("ENCODING", "BASE64").upper())
    if kind != ("16", "SIGNED", "BASE64"):
        raise ReadError(path, Remark("lead-written-unknown", {"label": label, "text": " ".join(kind)}), _EXPORT)
    return base64_bytes(path, lead.get("DATA", ""), Remark("the-lead", {"label": label}), expected)


def _beat(path: Path, cycle: Element | None) -> StoredBeat | None:
    rate_hz, per_mv = _number(cycle, "SAMPLE_FREQ"), _number(cycle, "UNITS_PER_MV")
    if cycle is None or not rate_hz or not per_mv or not 0 < rate_hz <= 1e5:
        return None
    leads = {}
    for lead in cycle.findall("TYPICAL_CYCLE_CHANNEL")[:MAX_CHANNELS]:
        label = one_line(lead.get("NAME", ""), 20)
        raw = _bytes(path, cycle, lead, label, None)
        counts = np.frombuffer(raw, dtype="<i2", count=len(raw) // 2).astype(np.float64)
        leads[canonical_lead(label) or label] = counts / per_mv
    return StoredBeat(rate_hz, leads, "typical cycle") if leads else None


def _statements(root: Element) -> tuple[str, ...]:
    found = child(root, "AUTOMATIC_INTERPRETATION")
    lines = []
    for statement in found.findall("STATEMENT") if found is not None else ():
        text, reason = one_line(statement.get("TEXT", "")), one_line(statement.get("REASON", ""))
        lines.append(f"{text} ({reason})" if text and reason else text or reason)
    return tuple(line for line in lines if line)


def _number(found: Element | None, key: str) -> float | None:
    return number(found.get(key)) if found is not None else None


def _text(found: Element | None, key: str) -> str:
    return one_line(found.get(key, "")) if found is not None else ""
