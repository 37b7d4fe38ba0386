"""GE CardioSoft XML (CardiologyXML): the strip of a resting ECG as lists of numbers, medians, measurements.

Source: the field names that free readers of this format use (UK Biobank's resting ECGs). No file was at hand: unproved
on real files, and a record read here says so.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from xml.etree.ElementTree import Element

from cardio_desktop.core.errors import ReadError, one_line
from cardio_desktop.core.record import Channel, Patient, Record
from cardio_desktop.core.stored import Stored, StoredBeat, checked_measurements
from cardio_desktop.io.parts import CM_PER_INCH, KG_PER_POUND, MAX_CHANNELS, age_in_years, make_channel, make_patient
from cardio_desktop.io.xml import child, integers, number_of, parse_xml, text_of
from cardio_desktop.words import Remark

MAX_SAMPLES = 4_000_000
UNPROVED = Remark("format-unproved")
_SCALES = {"uvperlsb": "uV", "uv": "uV", "microvolts": "uV"}
_MEASURED = {
    "heart_rate_bpm": "VentricularRate", "atrial_rate_bpm": "AtrialRate", "rr_ms": "RRInterval", "pp_ms": "PPInterval",
    "p_ms": "PDuration", "pr_ms": "PQInterval", "qrs_ms": "QRSDuration", "qt_ms": "QTInterval", "qtc_ms": "QTCInterval",
    "p_axis_deg": "PAxis", "qrs_axis_deg": "RAxis", "t_axis_deg": "TAxis",
}  # fmt: skip
_UNITS = {"ms": {"ms", ""}, "bpm": {"bpm", "/min", ""}, "deg": {"degrees", "deg", ""}}
_LIMITS = {
    "p_onset": "POnset", "p_offset": "POffset", "qrs_onset": "QOnset", "qrs_offset": "QOffset", "t_offset": "TOffset",
}  # fmt: skip


def read_cardiosoft(path: Path) -> Record:
    """Return the record in a CardioSoft XML file; raises ReadError."""
    root = parse_xml(path)
    if root.tag != "CardiologyXML":
        raise ReadError(path, Remark("no-cardiosoft", {"text": root.tag}), Remark("export-resting"))
    strip = child(root, "StripData")
    if strip is None:
        raise ReadError(path, Remark("no-strip"), Remark("export-resting"))
    channels = _channels(path, strip)
    start = _moment(child(root, "ObservationDateTime"))
    measured = child(root, "RestingECGMeasurements")
    values = {name: _value(measured, tag, name.rsplit("_", 1)[1]) for name, tag in _MEASURED.items()}
    values = {name: None if value == 0 and not name.endswith("_deg") else value for name, value in values.items()}
    measurements, doubts = checked_measurements(values)
    median = child(measured, "MedianSamples")
    beats = _channels(path, median) if median is not None else ()
    lines = [one_line(text.text or "") for text in root.iter("DiagnosisText")]
    device = [text_of(root, "ClinicalInfo", "DeviceInfo", "Desc"), text_of(root, "DeviceInfo", "Desc")]
    stored = Stored(
        measurements=measurements,
        fiducials_ms={name: value for name, tag in _LIMITS.items() if (value := _value(measured, tag, "ms"))},
        statements=tuple(line for line in lines if line),
        device=one_line(" ".join(dict.fromkeys(word for word in device if word))),
        median=StoredBeat(beats[0].rate_hz, {c.lead or c.label: c.millivolts() for c in beats}, "median")
        if beats
        else None,
        doubts=doubts,
    )
    return Record(
        path=path,
        format="CardioSoft XML",
        channels=channels,
        start_time=start,
        patient=_patient(child(root, "PatientInfo"), start),
        warnings=(UNPROVED,),
        device=stored.device,
        stored=stored,
    )


def _beat(beats: tuple[Channel, ...]) -> StoredBeat | None:
    return StoredBeat(beats[0].rate_hz, {c.lead or c.label: c.millivolts() for c in beats}, "median") if beats else None


def _channels(path: Path, strip: Element) -> tuple[Channel, ...]:
    rate, resolution = child(strip, "SampleRate"), child(strip, "Resolution")
    unit = _SCALES.get((resolution.get("units", "") if resolution is not None else "").casefold())
    if unit is None or rate is None or rate.get("units", "Hz").casefold() != "hz":
        raise ReadError(path, Remark("rate-resolution-units"), Remark("export-again"))
    claimed = number_of(strip, "ChannelSampleCountTotal")
    leads = strip.findall("WaveformData")
    if not 0 < len(leads) <= MAX_CHANNELS:
        raise ReadError(path, Remark("claims-leads", {"leads_claimed": len(leads)}), Remark("export-again"))
    channels = []
    for lead in leads:
        label = one_line(lead.get("lead", ""), 20)
        counts = integers(path, lead.text or "", Remark("the-lead", {"label": label}), MAX_SAMPLES)
        if claimed and claimed != len(counts):
            raise ReadError(
                path,
                Remark("lead-short", {"label": label, "held": len(counts), "claimed": claimed}),
                Remark("copy-again"),
            )
        channels.append(
            make_channel(path, label, counts, number_of(strip, "SampleRate"), unit, number_of(strip, "Resolution"))
        )
    return tuple(channels)


def _value(measured: Element | None, tag: str, kind: str) -> float | None:
    """Return a number whose unit is the one wanted, None where it is missing or in another."""
    found = child(measured, tag)
    return number_of(measured, tag) if found is not None and found.get("units", "").casefold() in _UNITS[kind] else None


def _day(found: Element | None) -> date | None:
    parts = [number_of(found, tag) for tag in ("Year", "Month", "Day")]
    try:
        return date(*(int(part) for part in parts if part is not None)) if None not in parts else None
    except (ValueError, OverflowError):
        return None


def _moment(found: Element | None) -> datetime | None:
    day, clock = _day(found), [number_of(found, tag) or 0.0 for tag in ("Hour", "Minute", "Second")]
    try:
        return datetime(day.year, day.month, day.day, *(int(part) for part in clock)) if day else None  # type: ignore[arg-type]
    except (ValueError, OverflowError):
        return None


def _patient(found: Element | None, start: datetime | None) -> Patient:
    age, height, weight = child(found, "Age"), child(found, "Height"), child(found, "Weight")
    centimetres = {"cm": 1.0, "inches": CM_PER_INCH, "in": CM_PER_INCH}
    kilograms = {"kg": 1.0, "lbs": KG_PER_POUND, "lb": KG_PER_POUND, "pounds": KG_PER_POUND}
    return make_patient(
        start.date() if start else None,
        id=text_of(found, "PID"),
        name=", ".join(part for tag in ("FamilyName", "GivenName") if (part := text_of(found, "Name", tag))),
        sex=text_of(found, "Gender"),
        birth=_day(child(found, "BirthDateTime")),
        age_years=age_in_years(number_of(found, "Age"), age.get("units", "years")) if age is not None else None,
        height_cm=_scaled(height, number_of(found, "Height"), centimetres),
        weight_kg=_scaled(weight, number_of(found, "Weight"), kilograms),
    )


def _scaled(found: Element | None, value: float | None, units: dict[str, float]) -> float | None:
    factor = units.get(found.get("units", "").casefold()) if found is not None else None
    return value * factor if value and factor else None
