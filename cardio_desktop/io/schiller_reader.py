"""Schiller's XML (SEMA, "SchillerEDI"): rhythm leads and averages as lists of numbers, measurements and texts.

Source: the field names of exports of AT-110 with SEMA 2.64, read against a second reader; Schiller publishes nothing.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element

from cardio_desktop.core.errors import ReadError, one_line
from cardio_desktop.core.record import Channel, Patient, Record
from cardio_desktop.core.stored import Stored, StoredBeat, checked_measurements
from cardio_desktop.io.parts import (
    MAX_CHANNELS,
    age_in_years,
    day_of,
    make_channel,
    make_patient,
    moment_of,
    to_millivolts,
)
from cardio_desktop.io.xml import child, integers, number_of, parse_xml, text_of
from cardio_desktop.words import Remark

MAX_SAMPLES = 4_000_000
_MEASURED = {
    "HR": "heart_rate_bpm", "RR": "rr_ms", "P": "p_ms", "P_DUR": "p_ms", "PR": "pr_ms", "PQ": "pr_ms", "QRS": "qrs_ms",
    "QT": "qt_ms", "QTC": "qtc_ms", "P_AXIS": "p_axis_deg", "QRS_AXIS": "qrs_axis_deg", "T_AXIS": "t_axis_deg",
    "AXIS_P": "p_axis_deg", "AXIS_QRS": "qrs_axis_deg", "AXIS_T": "t_axis_deg",
}  # fmt: skip
_LIMITS = {"P_ON": "p_onset", "P_OFF": "p_offset", "QRS_ON": "qrs_onset", "QRS_OFF": "qrs_offset", "T_OFF": "t_offset"}
"""Samples of the average beat: in the known files their differences are the stored intervals."""
_FILTERS = {"HIGHPASS_CUTOFF_FREQ": "high_pass_hz", "LOWPASS_CUTOFF_FREQ": "low_pass_hz", "MAINS": "notch_hz"}


def read_schiller(path: Path) -> Record:
    """Return the record in a Schiller XML file; raises ReadError."""
    root = parse_xml(path)
    event = child(root, "eventdata", "event")
    if "schilleredi" not in root.tag.casefold() or event is None:
        raise ReadError(path, Remark("no-schiller"), Remark("export-resting"))
    waves = {text_of(wave, "type"): wave for wave in event.findall("wavedata")}
    rhythm = waves.get("ECG_RHYTHMS")
    if rhythm is None:
        raise ReadError(path, Remark("no-rhythm-leads"), Remark("export-whole"))
    channels = _channels(path, rhythm)
    averages = _channels(path, waves["ECG_AVERAGES"]) if "ECG_AVERAGES" in waves else ()
    moment = child(root, "examdescript", "startdatetime")
    start = moment_of(day_of(text_of(moment, "date"), "ymd"), text_of(moment, "time"))
    told = {text_of(found, "name").upper(): number_of(found, "value") for found in event.findall("annotation_global")}
    values = {name: told.get(tag) for tag, name in _MEASURED.items() if tag in told}
    limits = {
        name: value * 1000.0 / averages[0].rate_hz
        for tag, name in _LIMITS.items()
        if averages and (value := told.get(tag)) is not None
    }
    measurements, doubts = checked_measurements(values)
    texts = _texts(event)
    device = child(root, "examdescript", "aquiringdevice")
    pacemaker, medication = text_of(root, "patdata", "pacemaker", "value"), "; ".join(texts.get("MEDICATION", []))
    words = {"pacemaker": pacemaker, "medication": medication}
    stored = Stored(
        measurements=measurements,
        fiducials_ms=limits,
        statements=tuple(texts.get("INTERPRETATION", [])),
        device=one_line(" ".join(t for tag in ("vendor", "model") if (t := text_of(device, "hardware", tag)))),
        filters=_filters(event),
        median=StoredBeat(averages[0].rate_hz, {c.lead or c.label: c.millivolts() for c in averages}, "average")
        if averages
        else None,
        patient={name: one_line(word) for name, word in words.items() if word},
        remarks=tuple(line for kind, lines in texts.items() if kind.startswith("REMARK") for line in lines),
        doubts=doubts,
    )
    return Record(
        path=path,
        format="Schiller XML",
        channels=channels,
        start_time=start,
        patient=_patient(child(root, "patdata"), start.date() if start else None),
        device=stored.device,
        stored=stored,
    )


def _channels(path: Path, wave: Element) -> tuple[Channel, ...]:
    resolution = child(wave, "resolution")
    base, exponent = number_of(resolution, "samplerate", "value"), number_of(resolution, "samplerate", "exponent")
    per_bit, unit = number_of(resolution, "yres", "unitperbit"), text_of(resolution, "yres", "units")
    # "exponent 1" stands beside 500 where 500 Hz is meant: a power of ten it is not. Anything else is unknown.
    if base is None or exponent not in {None, 0.0, 1.0}:
        raise ReadError(path, Remark("rate-exponent", {"text": base, "exponent": exponent}), Remark("export-again"))
    to_millivolts(path, unit, Remark("its-leads"))
    leads = wave.findall("channel")
    if not 0 < len(leads) <= MAX_CHANNELS:
        raise ReadError(path, Remark("claims-leads", {"leads_claimed": len(leads)}), Remark("export-again"))
    channels = []
    for lead in leads:
        label = one_line(text_of(lead, "name"), 20)
        if text_of(lead, "datastype") != "COMMASEPARATE":
            raise ReadError(
                path,
                Remark("lead-written-as", {"label": label, "text": text_of(lead, "datastype")}),
                Remark("export-again"),
            )
        counts = integers(path, text_of(lead, "data"), Remark("the-lead", {"label": label}), MAX_SAMPLES)
        claimed = number_of(lead, "samplecount")
        if claimed is not None and claimed != len(counts):
            raise ReadError(
                path,
                Remark("lead-short", {"label": label, "held": len(counts), "claimed": claimed}),
                Remark("copy-again"),
            )
        channels.append(make_channel(path, label, counts, base, unit, per_bit))
    return tuple(channels)


def _texts(event: Element) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for text in event.findall("textdata"):
        kind = text_of(text, "type").upper()
        lines = [one_line(line.text or "") for line in text.iter("textdata") if line is not text and line.text]
        found.setdefault(kind, []).extend(line for line in lines if line)
    return found


def _filters(event: Element) -> dict[str, float | str]:
    found = {_FILTERS.get(text_of(item, "name")): number_of(item, "value") for item in event.iter("filter")}
    return {name: value for name, value in found.items() if name and value}


def _patient(found: Element | None, day: date | None) -> Patient:
    height = number_of(found, "height", "value")
    weight = number_of(found, "weight", "value")
    return make_patient(
        day,
        id=text_of(found, "id"),
        name=", ".join(part for tag in ("lastname", "firstname") if (part := text_of(found, tag))),
        sex=text_of(found, "gender"),
        birth=day_of(text_of(found, "birthdate"), "ymd"),
        age_years=age_in_years(number_of(found, "age", "value"), text_of(found, "age", "unit") or "years"),
        height_cm=height if text_of(found, "height", "unit") == "cm" else None,
        weight_kg=weight if text_of(found, "weight", "unit") == "kg" else None,
    )
