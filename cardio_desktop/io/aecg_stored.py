"""What an aECG's annotation sets say: global measurements, wave limits, statements, filters and the device."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from xml.etree.ElementTree import Element

from cardio_desktop.core.errors import one_line
from cardio_desktop.core.record import Annotation
from cardio_desktop.core.stored import Stored, StoredBeat, checked_measurements
from cardio_desktop.io.parts import day_of
from cardio_desktop.io.xml import child, number, text_of

MAX_MARKS = 100_000
_SECONDS = {"s": 1.0, "ms": 1e-3, "us": 1e-6, "min": 60.0}
_MOMENT = re.compile(r"(\d{8})(?:(\d{4})(\d{2})?(?:\.(\d{1,6})\d*)?)?")
_MEASURED = {
    "MDC_ECG_HEART_RATE": "heart_rate_bpm", "MDC_ECG_TIME_PD_RR": "rr_ms", "MDC_ECG_TIME_PD_PP": "pp_ms",
    "MDC_ECG_TIME_PD_P": "p_ms", "MDC_ECG_TIME_PD_PR": "pr_ms", "MDC_ECG_TIME_PD_QRS": "qrs_ms",
    "MDC_ECG_TIME_PD_QT": "qt_ms", "MDC_ECG_TIME_PD_QTc": "qtc_ms", "MDC_ECG_TIME_PD_QTC": "qtc_ms",
    "MDC_ECG_TIME_PD_QTcB": "qtc_bazett_ms", "MDC_ECG_TIME_PD_QTcF": "qtc_fridericia_ms",
    "MDC_ECG_ANGLE_P_FRONT": "p_axis_deg", "MDC_ECG_ANGLE_QRS_FRONT": "qrs_axis_deg",
    "MDC_ECG_ANGLE_T_FRONT": "t_axis_deg",
}  # fmt: skip
_WAVES = {
    "MDC_ECG_WAVC_PWAVE": "p", "MDC_ECG_WAVC_QRSWAVE": "qrs", "MDC_ECG_WAVC_TWAVE": "t", "MDC_ECG_WAVC_UWAVE": "u",
}  # fmt: skip
_OWN_MARK = re.compile(r"(beat|rhythm|wave|note):(\S*)")
_FILTERS = {"LOW_PASS": "low_pass_hz", "HIGH_PASS": "high_pass_hz", "NOTCH": "notch_hz"}


def moment(text: str) -> datetime | None:
    """Return the moment of an HL7 time stamp (yyyymmddhhmmss.sss, zone left out), or None."""
    found = _MOMENT.match(text.strip())
    day = day_of(found[1], "ymd") if found else None
    if day is None or found is None:
        return None
    clock = found[2] or "0000"
    try:
        return datetime(
            day.year, day.month, day.day, int(clock[:2]), int(clock[2:]), int(found[3] or 0),
            int((found[4] or "0").ljust(6, "0")),
        )  # fmt: skip
    except ValueError:
        return None


def seconds(element: Element | None) -> float | None:
    """Return the seconds that a physical quantity is, or None where it is no time."""
    if element is None:
        return None
    value, factor = number(element.get("value")), _SECONDS.get(element.get("unit", "s").strip().casefold())
    return value * factor if value is not None and factor else None


def stored_and_marks(
    series: Element,
    derived: Element | None,
    head: datetime | None,
    start: datetime | None,
    median: StoredBeat | None,
    comments: tuple[str, ...],
) -> tuple[Stored, list[Annotation]]:
    """Return what the device said, and the wave limits that it set on the rhythm leads.

    Times of the marks count from `start`, the first sample; relative times of the file count from `head`.
    """
    values: dict[str, float | None] = {}
    statements: list[str] = []
    for source in (derived, series):
        for annotation in _annotations(source):
            _collect(annotation, values, statements)
    measurements, doubts = checked_measurements(values)
    shift_s = (start - head).total_seconds() if start and head else 0.0
    marks: list[Annotation] = []
    for wave, low_s, high_s in _limits(series, head):
        for bracket, time_s in (("(", low_s), (")", high_s)):
            if time_s is not None and len(marks) < MAX_MARKS:
                marks.append(Annotation(time_s - shift_s, bracket, "wave", wave.upper(), "aECG"))
    marks += (mark for mark in _own_marks(series, head, shift_s) if len(marks) < MAX_MARKS)
    marks.sort(key=lambda mark: mark.time_s)
    fiducials = {}
    for wave, low_s, high_s in _limits(derived, head) if derived is not None else ():
        fiducials.update({f"{wave}_onset": round(low_s * 1000.0, 6)} if low_s is not None else {})
        fiducials.update({f"{wave}_offset": round(high_s * 1000.0, 6)} if high_s is not None else {})
    stored = Stored(
        measurements=measurements,
        fiducials_ms=fiducials,
        statements=tuple(dict.fromkeys(statements)),
        device=_device(series),
        filters=_filters(series),
        median=median,
        remarks=comments,
        doubts=doubts,
    )
    return stored, marks


def _annotations(source: Element | None) -> Iterator[Element]:
    """Yield the annotations that stand directly in the sets of a series: those within beats belong to one beat."""
    for subject in source.findall("subjectOf") if source is not None else ():
        for annotation_set in subject.findall("annotationSet"):
            for component in annotation_set.findall("component"):
                yield from component.findall("annotation")


def _collect(annotation: Element, values: dict[str, float | None], statements: list[str]) -> None:
    """Take a measurement or the statements of one annotation; the first that names a measurement wins."""
    code, value = _attribute(annotation, "code", "code"), child(annotation, "value")
    name = _MEASURED.get(code)
    if name and value is not None and values.get(name) is None:
        values[name] = _measured(name, value)
    if "INTERPRETATION" in code:
        statements += [one_line(v.text or "") for v in annotation.iter("value") if v.text and v.text.strip()]
    elif code == "MDC_ECG_RHY" and value is not None:
        statements.append(one_line(value.get("displayName") or value.get("code") or ""))


def _measured(name: str, value: Element) -> float | None:
    """Return a quantity in the unit that its name ends in, None where the file gives it in one that does not fit."""
    if name.endswith("_ms"):
        time_s = seconds(value)
        return time_s * 1000.0 if time_s is not None else None
    unit = value.get("unit", "").strip().casefold()
    # "bmp" is how two manufacturers spell it.
    if unit in {"", "deg", "bpm", "bmp", "/min", "1/min", "{h.b.}/min", "{beats}/min"}:
        return number(value.get("value"))
    return None


def _own_marks(series: Element, head: datetime | None, shift_s: float) -> Iterator[Annotation]:
    """Yield the marks that our writer put down, kind and symbol in their code ("beat:N")."""
    for annotation in _annotations(series):
        found = _OWN_MARK.fullmatch(_attribute(annotation, "code", "code"))
        boundary = child(annotation, "support", "supportingROI", "component", "boundary")
        if not found or boundary is None:
            continue
        kind = _attribute(boundary, "code", "code")
        low_s, high_s = (_time(child(boundary, "value", end), kind, head) for end in ("low", "high"))
        if low_s is not None:
            text, length_s = one_line(text_of(annotation, "value")), (high_s or low_s) - low_s
            yield Annotation(low_s - shift_s, found[2], found[1], text, "aECG", max(length_s, 0.0))


def _limits(source: Element, head: datetime | None) -> Iterator[tuple[str, float | None, float | None]]:
    """Yield wave, start and end in seconds from `head` for each wave that a series' annotations delimit."""
    for subject in source.findall("subjectOf"):
        for annotation in subject.iter("annotation"):
            wave = _WAVES.get(_attribute(annotation, "value", "code"))
            boundary = child(annotation, "support", "supportingROI", "component", "boundary")
            if wave and boundary is not None:
                kind = _attribute(boundary, "code", "code")
                low, high = (_time(child(boundary, "value", end), kind, head) for end in ("low", "high"))
                yield wave, low, high


def _time(element: Element | None, kind: str, head: datetime | None) -> float | None:
    if element is None:
        return None
    if kind == "TIME_RELATIVE":
        return seconds(element)
    when = moment(element.get("value", ""))
    return (when - head).total_seconds() if when and head else None


def _attribute(element: Element, name: str, attribute: str) -> str:
    found = child(element, name)
    return found.get(attribute, "").strip() if found is not None else ""


def _device(series: Element) -> str:
    author = child(series, "author", "seriesAuthor")
    words = [
        text_of(author, "manufacturerOrganization", "name"),
        text_of(author, "manufacturedSeriesDevice", "manufacturerModelName"),
        text_of(author, "manufacturedSeriesDevice", "softwareName"),
    ]
    return one_line(" ".join(word for word in words if word))


def _filters(series: Element) -> dict[str, float | str]:
    found: dict[str, float | str] = {}
    for outer in series.findall("controlVariable"):
        variable = child(outer, "controlVariable")
        name = next(
            (n for k, n in _FILTERS.items() if variable is not None and k in _attribute(variable, "code", "code")), None
        )
        if not name or variable is None:
            continue
        for inner in variable.iter("controlVariable"):
            value = child(inner, "value")
            if value is not None and value.get("unit", "").casefold() == "hz" and (hz := number(value.get("value"))):
                found[name] = hz
    return found
