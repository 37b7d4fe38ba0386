"""GE MUSE XML (RestingECG): rhythm and median leads in base64, the device's measurements and statements.

Source: the field names and values of MUSE 7.1 and 9.0 exports; GE publishes no specification. Two units in it are
not what they seem: wave limits are samples of the median beat, and GlobalRR and the QRS times are milliseconds in
some versions and samples in others. Here RR x rate = 60,000 decides which.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.core.errors import ReadError, one_line
from cardio_desktop.core.leads import canonical_lead
from cardio_desktop.core.record import Annotation, Channel, Patient, Record
from cardio_desktop.core.stored import Stored, StoredBeat, checked_measurements, doubtful, rate_fits
from cardio_desktop.io.parts import (
    CM_PER_INCH,
    KG_PER_POUND,
    MAX_CHANNELS,
    age_in_years,
    day_of,
    make_channel,
    make_patient,
    moment_of,
    to_millivolts,
)
from cardio_desktop.io.xml import base64_bytes, child, number, number_of, parse_xml, text_of
from cardio_desktop.words import Remark

_UNITS = {"MICROVOLTS": "uV", "MILLIVOLTS": "mV", "NANOVOLTS": "nV"}
_TYPES = {1: "<i1", 2: "<i2", 4: "<i4"}
_LIMITS = {
    "p_onset": "POnset", "p_offset": "POffset", "qrs_onset": "QOnset", "qrs_offset": "QOffset", "t_offset": "TOffset",
}  # fmt: skip
_MEASURED = {
    "heart_rate_bpm": "VentricularRate", "atrial_rate_bpm": "AtrialRate", "pr_ms": "PRInterval",
    "qrs_ms": "QRSDuration", "qt_ms": "QTInterval", "qtc_ms": "QTCorrected", "qtc_fridericia_ms": "QTcFrederica",
    "p_axis_deg": "PAxis", "qrs_axis_deg": "RAxis", "t_axis_deg": "TAxis",
}  # fmt: skip
_PATIENT_WORDS = {
    "race": "Race", "referring_physician": "ReferringMDLastName", "order": "OrderNumber", "indication": "TestReason",
}  # fmt: skip
_READER = ("OverreaderLastName", "OverreaderFirstName")


@dataclass(frozen=True)
class _Wave:
    """One lead of a waveform, as the file stores it."""

    label: str
    counts: NDArray[Any]
    rate_hz: float
    unit: str
    unit_per_count: float


def read_muse(path: Path) -> Record:
    """Return the record in a GE MUSE XML file; raises ReadError."""
    root = parse_xml(path)
    if root.tag != "RestingECG":
        raise ReadError(path, Remark("no-muse", {"text": root.tag}), Remark("export-resting"))
    warnings: list[Remark] = []
    waves: dict[str, list[_Wave]] = {}
    rates: dict[str, Element] = {}
    for waveform in root.findall("Waveform"):
        kind = text_of(waveform, "WaveformType").casefold()
        if kind in waves:
            warnings.append(Remark("first-waveform", {"text": kind or "nameless"}))
            continue
        waves[kind] = _waves(path, waveform, warnings)
        rates[kind] = waveform
    rhythm = waves.get("rhythm")
    if not rhythm:
        raise ReadError(path, Remark("no-rhythm-waveform"), Remark("export-not-median"))
    channels = tuple(_channel(path, wave) for wave in rhythm)
    start = _start(root)
    stored, annotations = _stored(path, root, waves.get("median") or [], rates["rhythm"])
    return Record(
        path=path,
        format="GE MUSE XML",
        channels=channels,
        start_time=start,
        patient=_patient(child(root, "PatientDemographics"), start),
        annotations=tuple(a for a in annotations if 0 <= a.time_s <= channels[0].duration_s),
        warnings=tuple(warnings),
        device=stored.device,
        stored=stored,
    )


def _waves(path: Path, waveform: Element, warnings: list[Remark]) -> list[_Wave]:
    base, exponent = number_of(waveform, "SampleBase"), number_of(waveform, "SampleExponent") or 0.0
    if base is None or not 0 < base <= 1e5 or abs(exponent) > 6:
        raise ReadError(path, Remark("rate-is-none", {"text": text_of(waveform, "SampleBase")}), Remark("export-again"))
    leads = waveform.findall("LeadData")
    if len(leads) > MAX_CHANNELS:
        raise ReadError(path, Remark("claims-leads", {"leads_claimed": len(leads)}), Remark("export-again"))
    return [_wave(path, lead, base * 10.0**exponent, warnings) for lead in leads]


def _wave(path: Path, lead: Element, rate_hz: float, warnings: list[Remark]) -> _Wave:
    label = one_line(text_of(lead, "LeadID"), 40) or "ECG"
    width = int(number_of(lead, "LeadSampleSize") or 2)
    count = number_of(lead, "LeadSampleCountTotal")
    if width not in _TYPES:
        raise ReadError(path, Remark("lead-width", {"label": label, "width": width}), Remark("export-again"))
    if count is None or count != int(count) or not 0 < count < 1e9:
        raise ReadError(path, Remark("lead-no-count", {"label": label}), Remark("export-again"))
    unit = _UNITS.get(text_of(lead, "LeadAmplitudeUnits").upper())
    if unit is None:
        problem = Remark(
            "lead-not-microvolts", {"label": label, "unit": text_of(lead, "LeadAmplitudeUnits") or Remark("no-unit")}
        )
        raise ReadError(path, problem, Remark("export-again"))
    scale = number_of(lead, "LeadAmplitudeUnitsPerBit")
    if scale is None or scale <= 0:
        raise ReadError(path, Remark("lead-no-microvolts", {"label": label}), Remark("export-again"))
    raw = base64_bytes(path, text_of(lead, "WaveFormData"), Remark("the-lead", {"label": label}), int(count) * width)
    checksum = number(text_of(lead, "LeadDataCRC32"))
    if checksum and int(checksum) % 2**32 != zlib.crc32(raw):
        warnings.append(Remark("lead-checksum", {"label": label}))
    if text_of(lead, "LeadOff").upper() == "TRUE":
        warnings.append(Remark("electrode-off", {"label": label}))
    for name in ("LeadTimeOffset", "LeadOffsetFirstSample", "FirstSampleBaseline"):
        if number_of(lead, name):
            warnings.append(Remark("lead-unknown-field", {"label": label, "name": name, "text": text_of(lead, name)}))
    return _Wave(label, np.frombuffer(raw, dtype=_TYPES[width]), rate_hz, unit, scale)


def _channel(path: Path, wave: _Wave) -> Channel:
    return make_channel(path, wave.label, wave.counts, wave.rate_hz, wave.unit, wave.unit_per_count)


def _start(root: Element) -> datetime | None:
    test = child(root, "TestDemographics")
    return moment_of(day_of(text_of(test, "AcquisitionDate"), "mdy", "ymd"), text_of(test, "AcquisitionTime"))


def _patient(found: Element | None, start: datetime | None) -> Patient:
    inches, pounds = number_of(found, "HeightIN"), number_of(found, "WeightLBS")
    names = (text_of(found, "PatientLastName"), text_of(found, "PatientFirstName"))
    return make_patient(
        start.date() if start else None,
        id=text_of(found, "PatientID"),
        name=", ".join(name for name in names if name),
        sex=text_of(found, "Gender"),
        birth=day_of(text_of(found, "DateofBirth"), "mdy", "ymd"),
        age_years=age_in_years(number_of(found, "PatientAge"), text_of(found, "AgeUnits") or "YEARS"),
        height_cm=number_of(found, "HeightCM") or (inches * CM_PER_INCH if inches else None),
        weight_kg=number_of(found, "WeightKG") or (pounds * KG_PER_POUND if pounds else None),
    )


def _stored(path: Path, root: Element, median: list[_Wave], rhythm: Element) -> tuple[Stored, list[Annotation]]:
    """Return what the device said, and the QRS complexes that it found."""
    found = child(root, "RestingECGMeasurements")
    values = {name: number_of(found, tag) for name, tag in _MEASURED.items()}
    # MUSE writes 0 for what was not measured; an axis of 0 degrees is one.
    values = {name: None if value == 0 and not name.endswith("_deg") else value for name, value in values.items()}
    doubts: list[Remark] = []
    base = number_of(found, "ECGSampleBase") or (median[0].rate_hz if median else None)
    limits: dict[str, float] = {}
    if base:
        limits = {name: value * 1000.0 / base for name, tag in _LIMITS.items() if (value := number_of(found, tag))}
        doubts += _limit_doubts(limits, values)
    rate, times = values["heart_rate_bpm"], child(root, "QRSTimesTypes")
    per_unit = _ms_per_time_unit(number_of(times, "GlobalRR"), rate, number_of(rhythm, "SampleBase"))
    global_rr = number_of(times, "GlobalRR")
    if global_rr and per_unit:
        values["rr_ms"] = global_rr * per_unit
    elif global_rr:
        doubts.append(Remark("stored-rr-neither", {"value": global_rr}))
    if values.get("rr_ms") is None:
        values["rr_ms"] = number_of(root, "PharmaData", "PharmaRRinterval")
    values["pp_ms"] = number_of(root, "PharmaData", "PharmaPPinterval")
    measurements, unfit = checked_measurements(values)
    beats = [
        Annotation(number_of(qrs, "Time") * per_unit / 1000.0, "QRS", "wave", "", "MUSE")  # type: ignore[operator]
        for qrs in (times.findall("QRS") if times is not None and per_unit else [])
        if number_of(qrs, "Time") is not None
    ]
    test = child(root, "TestDemographics")
    status = text_of(test, "Status").upper()
    demographics = child(root, "PatientDemographics")
    words = {name: one_line(text_of(demographics, tag) or text_of(test, tag)) for name, tag in _PATIENT_WORDS.items()}
    device = (text_of(test, "AcquisitionDevice"), text_of(test, "AcquisitionSoftwareVersion"))
    return (
        Stored(
            measurements=measurements,
            fiducials_ms=limits,
            statements=_statements(root),
            confirmed={"CONFIRMED": True, "UNCONFIRMED": False}.get(status),
            confirmed_by=one_line(
                ", ".join(n for t in ("Last", "First") if (n := text_of(test, f"Overreader{t}Name")))
            ),
            device=one_line(" ".join(word for word in ("GE", *device) if word)) if any(device) else "",
            filters=_filters(rhythm),
            median=_median(path, median),
            patient={name: word for name, word in words.items() if word},
            remarks=_remarks(root),
            doubts=(*doubts, *unfit),
        ),
        beats,
    )


def _limit_doubts(limits: Mapping[str, float], values: Mapping[str, float | None]) -> list[Remark]:
    """Return a remark on each stored interval that the stored wave limits contradict by more than 12 ms."""
    doubts = []
    for name, start, end in (("pr_ms", "p_onset", "qrs_onset"), ("qrs_ms", "qrs_onset", "qrs_offset")):
        value = values.get(name)
        if value is not None and start in limits and end in limits and abs(limits[end] - limits[start] - value) > 12:
            between = limits[end] - limits[start]
            doubts.append(doubtful("stored-limits-differ", name, value, between_ms=between))
    return doubts


def _ms_per_time_unit(rr: float | None, rate_bpm: float | None, rate_hz: float | None) -> float | None:
    """Return 1 where RR is in milliseconds, 1000 / rate where it is in samples, None where neither fits the rate."""
    if not rr or not rate_bpm or rr < 0:
        return None
    for per_unit in (1.0, 1000.0 / rate_hz if rate_hz else None):
        if per_unit and rate_fits(rate_bpm, rr * per_unit):
            return per_unit
    return None


def _statements(root: Element) -> tuple[str, ...]:
    """Return the lines of the diagnosis as edited, else as the device made them."""
    for name in ("Diagnosis", "OriginalDiagnosis"):
        lines, line = [], ""
        for statement in (child(root, name) or Element("none")).findall("DiagnosisStatement"):
            line = f"{line} {text_of(statement, 'StmtText')}".strip()
            if any((flag.text or "").strip().upper() == "ENDSLINE" for flag in statement.findall("StmtFlag")):
                lines.append(line)
                line = ""
        if found := tuple(one_line(text) for text in (*lines, line) if text):
            return found
    return ()


def _filters(rhythm: Element) -> dict[str, float | str]:
    """Return the filters; MUSE counts the high-pass in hundredths of a hertz (5 is 0.05 Hz)."""
    high, low, notch = (number_of(rhythm, f"{name}Filter") for name in ("HighPass", "LowPass", "AC"))
    found = {"high_pass_hz": high / 100.0 if high else None, "low_pass_hz": low or None, "notch_hz": notch or None}
    return {name: value for name, value in found.items() if value}


def _median(path: Path, waves: list[_Wave]) -> StoredBeat | None:
    if not waves:
        return None
    leads = {
        canonical_lead(wave.label) or wave.label: wave.counts
        * (wave.unit_per_count * to_millivolts(path, wave.unit, Remark("the-lead", {"label": wave.label})))
        for wave in waves
    }
    return StoredBeat(waves[0].rate_hz, leads, "median")


def _remarks(root: Element) -> tuple[str, ...]:
    found = []
    for question in root.iter("ExtraQuestion"):
        if answer := text_of(question, "Answer"):
            found.append(one_line(f"{text_of(question, 'Question')}: {answer}"))
    return tuple(found[:100])
