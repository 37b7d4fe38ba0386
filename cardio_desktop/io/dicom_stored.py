"""What the annotations of a DICOM waveform say: measurements, fiducial points, statements; device and filters.

Source: DICOM PS3.3 C.10.10 and PS3.16 CID 3227 to 3229, with the SCPECG codes that devices write.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cardio_desktop.core.errors import one_line
from cardio_desktop.core.record import Annotation
from cardio_desktop.core.stored import Stored, StoredBeat, checked_measurements, doubtful
from cardio_desktop.words import Remark

MAX_ANNOTATIONS = 100_000
_MEASURED = {
    "5.10.2.1-3": "rr_ms", "5.10.2.1-5": "pp_ms", "5.13.5-7": "pr_ms", "5.13.5-9": "qrs_ms", "5.13.5-11": "qt_ms",
    "5.10.2.5-1": "heart_rate_bpm", "5.10.2.5-3": "atrial_rate_bpm", "5.10.2.5-5": "qtc_ms",
    "5.10.3-11": "p_axis_deg", "5.10.3-13": "qrs_axis_deg", "5.10.3-15": "t_axis_deg",
    "2:16770": "heart_rate_bpm", "2:16168": "rr_ms", "2:15872": "pr_ms", "2:16156": "qrs_ms", "2:16160": "qt_ms",
    "2:15880": "qtc_bazett_ms", "2:15892": "qtc_fridericia_ms",
    "2:16128": "p_axis_deg", "2:16132": "qrs_axis_deg", "2:16136": "t_axis_deg",
    "8867-4": "heart_rate_bpm", "8625-6": "pr_ms", "8633-0": "qrs_ms", "8634-8": "qt_ms", "8636-3": "qtc_ms",
    "8626-4": "p_axis_deg", "8632-2": "qrs_axis_deg", "8638-9": "t_axis_deg",
}  # fmt: skip
"""SCPECG, MDC and LOINC codes of global measurements."""
_POINTS = {
    "5.10.3-1": "p_onset", "5.10.3-2": "p_offset", "5.10.3-3": "qrs_onset", "5.10.3-4": "qrs_offset",
    "5.10.3-5": "t_offset", "5.7.1-3": "fiducial",
}  # fmt: skip
_OWN_MARK = re.compile(r"\[(beat|rhythm|wave|note) (\S*?)\](?:$| )(.*)", re.DOTALL)
_MARKS = {"onset": "(", "offset": ")", "fiducial": "|"}
_UNITS = {"ms": ("ms", 1.0), "s": ("ms", 1000.0), "deg": ("deg", 1.0), "bpm": ("bpm", 1.0), "/min": ("bpm", 1.0)}
_PATIENT_WORDS = {
    "history": "AdditionalPatientHistory", "medical_alerts": "MedicalAlerts", "allergies": "Allergies",
    "race": "EthnicGroup", "smoking": "SmokingStatus", "pregnancy": "PregnancyStatus",
    "referring_physician": "ReferringPhysicianName", "indication": "ReasonForTheRequestedProcedure",
}  # fmt: skip


@dataclass(frozen=True)
class Group:
    """A multiplex group: its place in the file (1 is the first), its rate and where it lies in time."""

    number: int
    label: str
    rate_hz: float
    offset_s: float
    samples: int
    channels: int
    is_beat: bool
    trigger: int | None


def stored_and_marks(
    data: Any, rhythm: list[Group], median: Group | None, beat: StoredBeat | None, origin_s: float
) -> tuple[Stored, list[Annotation]]:
    """Return what the device said and the points that it marked; times count from `origin_s`, the record's start."""
    values: dict[str, float | None] = {}
    statements: list[str] = []
    doubts: list[Remark] = []
    own_marks: list[Annotation] = []
    sets: dict[tuple[int, int], dict[str, int]] = {}
    for item in list(data.get("WaveformAnnotationSequence") or ())[:MAX_ANNOTATIONS]:
        code = _code(item, "ConceptNameCodeSequence")
        name, point = _MEASURED.get(code[0]), _POINTS.get(code[0])
        value = item.get("NumericValue")
        if name and value is not None and not isinstance(value, list | tuple) and values.get(name) is None:
            values[name] = _measured(name, float(value), _code(item, "MeasurementUnitsCodeSequence")[0], doubts)
        elif point and str(item.get("TemporalRangeType", "")) == "POINT":
            position = _first(item.get("ReferencedSamplePositions"))
            group = _first(item.get("ReferencedWaveformChannels"))
            if position is not None and position > 0:
                key = (group or 1, int(item.get("AnnotationGroupNumber") or 0))
                sets.setdefault(key, {}).setdefault(point, position)
        text = str(item.get("UnformattedTextValue") or "").strip()
        if own := _own_mark(item, text, rhythm, origin_s):
            own_marks.append(own)
        elif text:
            statements.append(one_line(text))
        elif (said := _code(item, "ConceptCodeSequence")[1]) and not name and not point:
            statements.append(one_line(said))
    # A zero is how devices say that there was nothing to measure; an axis of 0 degrees is one.
    values = {name: None if value == 0 and not name.endswith("_deg") else value for name, value in values.items()}
    measurements, unfit = checked_measurements(values)
    fiducials, marks = _points(sets, {group.number: group for group in rhythm}, median, origin_s)
    device = [data.get(name) for name in ("Manufacturer", "ManufacturerModelName", "SoftwareVersions")]
    comments = [one_line(str(data.get(name) or "")) for name in ("VisitComments", "ImageComments")]
    words = {name: one_line(str(data.get(tag) or "")) for name, tag in _PATIENT_WORDS.items()}
    stored = Stored(
        measurements=measurements,
        fiducials_ms=fiducials,
        statements=tuple(dict.fromkeys(statements)),
        device=one_line(" ".join(word.strip() for word in device if isinstance(word, str) and word.strip())),
        filters=_filters(data, rhythm[0].number),
        median=beat,
        patient={name: word for name, word in words.items() if word},
        remarks=tuple(text for text in comments if text),
        doubts=(*doubts, *unfit),
    )
    return stored, sorted([*marks, *own_marks], key=lambda mark: mark.time_s)


def _own_mark(item: Any, text: str, rhythm: list[Group], origin_s: float) -> Annotation | None:
    """Return the mark that our writer put down as a text at a point of the rhythm, None for every other text."""
    found = _OWN_MARK.match(text)
    position = _first(item.get("ReferencedSamplePositions"))
    number = _first(item.get("ReferencedWaveformChannels"))
    group = next((group for group in rhythm if group.number == number), None)
    if not found or not position or group is None or str(item.get("TemporalRangeType", "")) != "POINT":
        return None
    time_s = group.offset_s - origin_s + (position - 1) / group.rate_hz
    return Annotation(time_s, found[2], found[1], one_line(found[3]), "DICOM")


def _measured(name: str, value: float, unit: str, doubts: list[Remark]) -> float | None:
    """Return a value in the unit of its name; one of a unit that cannot be is left out, an axis in ms is told."""
    wanted = name.rsplit("_", 1)[1]
    known, factor = _UNITS.get(unit.casefold(), ("bpm" if "min" in unit.casefold() else "", 1.0))
    if known == wanted or not unit:
        return value * factor
    if wanted == "deg" and -360 <= value <= 360:
        doubts.append(doubtful("stored-taken-degrees", name, value, unit=one_line(unit, 20)))
        return value
    doubts.append(doubtful("stored-other-unit", name, value, unit=one_line(unit, 20)))
    return None


def _points(
    sets: Mapping[tuple[int, int], Mapping[str, int]],
    rhythm: Mapping[int, Group],
    median: Group | None,
    origin_s: float,
) -> tuple[dict[str, float], list[Annotation]]:
    """Return the wave limits of the median beat in ms, and the marks on the rhythm.

    Devices write the limits of the median beat under the rhythm group. They are the median's where their fiducial
    point is its trigger, or where they are the only ones and fit into it: on the trace they would stand at a place
    where there is no wave.
    """
    fiducials: dict[str, float] = {}
    marks: list[Annotation] = []
    for (number, _), points in sets.items():
        of_median = median is not None and (
            number == median.number
            or (median.trigger is not None and points.get("fiducial") == median.trigger)
            or (len(sets) == 1 and max(points.values()) <= median.samples)
        )
        if of_median and median is not None:
            for name, position in points.items():
                fiducials.setdefault(name, round(position * 1000.0 / median.rate_hz, 6))
            continue
        group = rhythm.get(number)
        for name, position in points.items() if group else ():
            assert group is not None
            wave, _, end = name.partition("_")
            # Positions count from 1 (PS3.3 C.10.10.1.3).
            time_s = group.offset_s - origin_s + (position - 1) / group.rate_hz
            marks.append(Annotation(time_s, _MARKS[end or wave], "wave", wave.upper() if end else "", "DICOM"))
    return fiducials, sorted(marks, key=lambda mark: mark.time_s)


def _filters(data: Any, number: int) -> dict[str, float | str]:
    """Return the filters of the first channel of a group."""
    group = list(data.get("WaveformSequence"))[number - 1]
    channel = next(iter(group.get("ChannelDefinitionSequence") or ()), None)
    tags = {
        "high_pass_hz": "FilterLowFrequency", "low_pass_hz": "FilterHighFrequency", "notch_hz": "NotchFilterFrequency",
    }  # fmt: skip
    found = {name: channel.get(tag) for name, tag in tags.items()} if channel is not None else {}
    return {name: float(value) for name, value in found.items() if value}


def _code(item: Any, sequence: str) -> tuple[str, str]:
    """Return the value and the meaning of the first code of a sequence, empty where there is none."""
    code = next(iter(item.get(sequence) or ()), None)
    return (str(code.get("CodeValue", "")), str(code.get("CodeMeaning", ""))) if code is not None else ("", "")


def _first(value: Any) -> int | None:
    """Return a number or the first of several, or None."""
    if isinstance(value, int):
        return value
    return int(value[0]) if value is not None and len(value) else None
