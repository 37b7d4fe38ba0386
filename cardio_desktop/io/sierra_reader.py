"""Philips Sierra ECG XML 1.03, 1.04 and 1.04.01: XLI leads, representative beats, measurements and statements.

Source: the field names of Philips exports of these versions and their free readers. In XLI data III, aVR, aVL and aVF
are what remains after they are computed from I and II.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from xml.etree.ElementTree import Element

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.core.errors import ReadError, one_line
from cardio_desktop.core.leads import LEADS12, canonical_lead
from cardio_desktop.core.record import Patient, Record
from cardio_desktop.core.stored import Stored, StoredBeat, checked_measurements
from cardio_desktop.io.files import MAX_RECORD_S
from cardio_desktop.io.parts import (
    CM_PER_INCH,
    KG_PER_POUND,
    MAX_CHANNELS,
    day_of,
    make_channel,
    make_patient,
    moment_of,
)
from cardio_desktop.io.sierra_xli import DamagedError, decode_xli
from cardio_desktop.io.xml import base64_bytes, child, number, number_of, parse_xml, text_of
from cardio_desktop.words import Remark

VERSIONS = ("1.03", "1.04", "1.04.01")
MAX_SAMPLES = 4_000_000
_EXPORT = Remark("export-again")
_MEASURED = {
    "heart_rate_bpm": ("heartrate", "meanventrate"), "atrial_rate_bpm": ("atrialrate",), "rr_ms": ("rrint",),
    "p_ms": ("pdur",), "pr_ms": ("print", "meanprint"), "qrs_ms": ("qrsdur", "meanqrsdur"),
    "qt_ms": ("qtint", "meanqtint"), "qtc_bazett_ms": ("qtcb",), "qtc_fridericia_ms": ("qtcf",),
    "qtc_ms": ("qtc", "meanqtc"), "p_axis_deg": ("pfrontaxis",), "qrs_axis_deg": ("qrsfrontaxis",),
    "t_axis_deg": ("tfrontaxis",),
}  # fmt: skip
_FILTERS = {
    "high_pass_hz": ("hipass", "highpassfiltersetting"), "low_pass_hz": ("lowpass", "lowpassfiltersetting"),
    "notch_hz": ("acsetting", "notchfiltersetting"),
}  # fmt: skip


def read_sierra(path: Path) -> Record:
    """Return the record in a Philips Sierra ECG file; raises ReadError."""
    root = parse_xml(path)
    if root.tag != "restingecgdata":
        raise ReadError(path, Remark("no-sierra", {"text": root.tag}), Remark("export-resting"))
    version = text_of(root, "documentinfo", "documentversion")
    if version not in VERSIONS:
        known = ", ".join(VERSIONS)
        raise ReadError(path, Remark("sierra-version", {"text": version or "unknown", "known": known}), _EXPORT)
    parsed = child(root, "waveforms", "parsedwaveforms")
    signal = child(root, "dataacquisition", "signalcharacteristics")
    if parsed is None or signal is None:
        raise ReadError(path, Remark("no-waveforms"), Remark("export-whole"))
    rate_hz = number(parsed.get("samplespersecond")) or number_of(signal, "samplingrate")
    microvolts = (
        number(parsed.get("resolution")) or number_of(signal, "resolution") or number_of(signal, "signalresolution")
    )
    if not rate_hz or not microvolts or not 0 < rate_hz <= 1e5 or microvolts < 0:
        raise ReadError(path, Remark("no-rate-resolution"), _EXPORT)
    offset = number(parsed.get("signaloffset")) or number_of(signal, "signaloffset") or 0.0
    labels = _labels(path, parsed, signal)
    leads = _leads(path, parsed, labels, rate_hz)
    channels = tuple(
        make_channel(path, label, counts, rate_hz, "uV", microvolts, offset)
        for label, counts in zip(labels, leads, strict=True)
    )
    acquired = child(root, "dataacquisition")
    assert acquired is not None
    start = moment_of(day_of(acquired.get("date", ""), "ymd"), acquired.get("time", ""))
    stored = _stored(path, root)
    return Record(
        path=path,
        format=f"Philips Sierra ECG {version}",
        channels=channels,
        start_time=start,
        patient=_patient(child(root, "patient", "generalpatientdata"), start),
        device=stored.device,
        stored=stored,
    )


def _labels(path: Path, parsed: Element, signal: Element) -> list[str]:
    labels = parsed.get("leadlabels", "").split()
    count = number(parsed.get("numberofleads")) or number_of(signal, "numberchannelsallocated") or 0.0
    if not 0 < count <= MAX_CHANNELS or count != int(count):
        raise ReadError(path, Remark("claims-leads", {"leads_claimed": count}), _EXPORT)
    if not labels and count == len(LEADS12) and text_of(signal, "acquisitiontype") in {"STD-12", "10-WIRE"}:
        labels = list(LEADS12)
    if len(labels) < count:
        raise ReadError(path, Remark("names-leads", {"named": len(labels), "leads_claimed": count}), _EXPORT)
    return [one_line(label, 20) for label in labels[: int(count)]]


def _leads(path: Path, parsed: Element, labels: list[str], rate_hz: float) -> list[NDArray[np.int32]]:
    duration_ms = number(parsed.get("durationperchannel")) or 0.0
    if not 0 < duration_ms <= MAX_RECORD_S * 1000:
        raise ReadError(path, Remark("leads-last", {"duration_ms": duration_ms}), _EXPORT)
    count = int(duration_ms * rate_hz / 1000.0)
    if not 0 < count * len(labels) <= MAX_SAMPLES:
        raise ReadError(path, Remark("leads-samples", {"count": count}), _EXPORT)
    if parsed.get("dataencoding") != "Base64":
        raise ReadError(path, Remark("not-base64", {"text": parsed.get("dataencoding")}), _EXPORT)
    raw = base64_bytes(path, parsed.text or "", Remark("the-waveform-data"))
    method = parsed.get("compressmethod") or parsed.get("compression") or "Uncompressed"
    if method == "XLI":
        try:
            return _with_limb_leads(labels, decode_xli(raw, len(labels), count))
        except DamagedError as error:
            raise ReadError(path, Remark("xli-damaged", {"problem": error.remark}), Remark("copy-again")) from error
    if method != "Uncompressed":
        raise ReadError(path, Remark("compression-unknown", {"text": method}), _EXPORT)
    if len(raw) < 2 * count * len(labels):
        raise ReadError(path, Remark("waveforms-short", {"held": len(raw)}), Remark("copy-again"))
    flat = np.frombuffer(raw, dtype="<i2", count=count * len(labels)).astype(np.int32).reshape(len(labels), count)
    by_label = dict(zip(labels, flat, strict=True))
    if {"I", "II", "III"} <= set(by_label):
        away = np.abs(by_label["I"] + by_label["III"] - by_label["II"])
        if np.median(away) > 2:
            raise ReadError(path, Remark("lead-three"), Remark("export-xli"))
    return list(flat)


def _with_limb_leads(labels: list[str], leads: list[NDArray[np.int32]]) -> list[NDArray[np.int32]]:
    """Return the leads with III, aVR, aVL and aVF made of I, II and what was stored of them, in whole counts."""
    at = {label: k for k, label in enumerate(labels)}
    if not {"I", "II", "III", "aVR", "aVL", "aVF"} <= set(at):
        return leads
    one, two = leads[at["I"]], leads[at["II"]]
    three = two - one - leads[at["III"]]
    made = {
        "III": three,
        "aVR": -leads[at["aVR"]] - np.floor_divide(one + two, 2),
        "aVL": np.floor_divide(one - three, 2) - leads[at["aVL"]],
        "aVF": np.floor_divide(two + three, 2) - leads[at["aVF"]],
    }
    return [made.get(label, lead) for label, lead in zip(labels, leads, strict=True)]


def _patient(found: Element | None, start: datetime | None) -> Patient:
    inches, pounds = number_of(found, "height", "inch"), number_of(found, "weight", "lb")
    return make_patient(
        start.date() if start else None,
        id=text_of(found, "patientid") or text_of(found, "MRN"),
        name=", ".join(part for tag in ("lastname", "firstname") if (part := text_of(found, "name", tag))),
        sex=text_of(found, "sex"),
        birth=day_of(text_of(found, "age", "dateofbirth"), "ymd"),
        age_years=number_of(found, "age", "years"),
        height_cm=number_of(found, "height", "cm") or (inches * CM_PER_INCH if inches else None),
        weight_kg=number_of(found, "weight", "kg") or (pounds * KG_PER_POUND if pounds else None),
    )


def _stored(path: Path, root: Element) -> Stored:
    interpretation = child(root, "interpretations", "interpretation")
    sources = [
        child(interpretation, "interpretationmeasurements"),
        child(interpretation, "globalmeasurements"),
        child(root, "measurements", "globalmeasurements"),
        child(root, "internalmeasurements", "crossleadmeasurements"),
    ]
    values = {name: _first_number(sources, tags) for name, tags in _MEASURED.items()}
    values = {name: None if value == 0 and not name.endswith("_deg") else value for name, value in values.items()}
    measurements, doubts = checked_measurements(values)
    signed = text_of(interpretation, "mdsignatureline")
    words_of_signature = signed.casefold()
    confirmed: bool | None = None
    if words_of_signature.startswith(("unconfirmed", "preliminary")):
        confirmed = False
    elif "confirmed" in words_of_signature or "signed" in words_of_signature:
        confirmed = True
    machine = child(root, "dataacquisition", "machine")
    device = [text_of(machine), machine.get("detaildescription", "") if machine is not None else ""]
    patient = child(root, "patient", "generalpatientdata")
    medical = child(root, "patient", "patientmedicaldata")
    words = {
        "pacemaker": text_of(patient, "pacestatus"), "race": text_of(patient, "race"),
        "systolic_mmhg": text_of(medical, "bloodpressure", "systolic", "mmHg"),
        "diastolic_mmhg": text_of(medical, "bloodpressure", "diastolic", "mmHg"),
        "indication": text_of(root, "orderinfo", "reasonfororder"),
    }  # fmt: skip
    bandwidth = [child(root, "reportinfo", "reportbandwidth"), child(root, "dataacquisition", "signalcharacteristics")]
    filters = {name: _first_number(bandwidth, tags) for name, tags in _FILTERS.items()}
    return Stored(
        measurements=measurements,
        statements=_statements(interpretation),
        confirmed=confirmed,
        confirmed_by=one_line(signed) if confirmed else "",
        device=one_line(" ".join(["Philips", *(word for word in device if word)])),
        filters={name: value for name, value in filters.items() if value},
        median=_beat(path, child(root, "waveforms", "repbeats")),
        patient={name: one_line(word) for name, word in words.items() if word and word != "Unknown"},
        remarks=tuple(text for tag in ("orderremarks",) if (text := one_line(text_of(root, "orderinfo", tag)))),
        doubts=doubts,
    )


def _first_number(sources: list[Element | None], tags: tuple[str, ...]) -> float | None:
    return next((value for s in sources for tag in tags if (value := number_of(s, tag)) is not None), None)


def _statements(interpretation: Element | None) -> tuple[str, ...]:
    lines = []
    for statement in interpretation.findall("statement") if interpretation is not None else ():
        left, right = text_of(statement, "leftstatement"), text_of(statement, "rightstatement")
        lines.append(one_line(f"{left} ({right})" if left and right else left or right))
    lines.append(one_line(text_of(interpretation, "severity").strip("- ")))
    return tuple(line for line in lines if line)


def _beat(path: Path, found: Element | None) -> StoredBeat | None:
    """Return the representative beats in mV; None where there are none or their scale is not told."""
    if found is None or found.get("dataencoding") != "Base64":
        return None
    rate_hz, microvolts = number(found.get("samplespersec")), number(found.get("resolution"))
    if not rate_hz or not microvolts or not 0 < rate_hz <= 1e5:
        return None
    leads = {}
    for beat in found.findall("repbeat")[:MAX_CHANNELS]:
        inner = child(beat, "waveform")
        raw = base64_bytes(path, ((inner if inner is not None else beat).text or ""), Remark("a-representative-beat"))
        label = beat.get("leadname", "")
        if len(raw) >= 2:
            counts = np.frombuffer(raw, dtype="<i2", count=len(raw) // 2).astype(np.float64)
            leads[canonical_lead(label) or one_line(label, 20)] = counts * (microvolts / 1000.0)
    return StoredBeat(rate_hz, leads, f"representative beat ({found.get('repbeatmethod', '')})") if leads else None
