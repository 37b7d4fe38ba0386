"""What an SCP-ECG file says besides its leads: patient and device (section 1), measurements (7), statements (8, 11).

Source: EN 1064:2005 (ISO 11073-91064:2009), clauses 5.4, 5.10, 5.11 and 5.14.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from datetime import date, datetime

from cardio_desktop.core.errors import one_line
from cardio_desktop.core.record import Annotation, Patient
from cardio_desktop.core.stored import Stored, StoredBeat, checked_measurements
from cardio_desktop.io.files import decode_text
from cardio_desktop.io.parts import CM_PER_INCH, KG_PER_POUND, make_patient
from cardio_desktop.io.scp_sections import ScpFile

_UNDEFINED = frozenset({29999, 65535})
_UNDEFINED_AXIS = frozenset({999, 29999, -32768, 32767})
_CODECS = {
    0x03: "iso8859_2", 0x0B: "iso8859_4", 0x13: "iso8859_5", 0x1B: "iso8859_6", 0x23: "iso8859_7", 0x2B: "iso8859_8",
    0x33: "iso8859_11", 0x3B: "iso8859_15", 0x07: "utf_16_le", 0x0F: "shift_jis", 0x17: "euc_jp", 0x1F: "euc_jp",
    0x27: "gb2312", 0x2F: "cp949", 0x37: "utf_8",
}  # fmt: skip
"""Language support code of the device (tag 14, byte 17) to the codec of its texts."""
_YEARS = {1: 1.0, 2: 1 / 12.0, 3: 7 / 365.25, 4: 1 / 365.25, 5: 1 / 8766.0}
_CENTIMETRES = {1: 1.0, 2: CM_PER_INCH, 3: 0.1}
_KILOGRAMS = {1: 1.0, 2: 0.001, 3: KG_PER_POUND, 4: KG_PER_POUND / 16.0}
_SEXES = {1: "male", 2: "female"}
_FORMULAS = {1: "qtc_bazett_ms", 2: "qtc_hodges_ms"}
_LIMITS = ("p_onset", "p_offset", "qrs_onset", "qrs_offset", "t_offset")
_AXES = ("p_axis_deg", "qrs_axis_deg", "t_axis_deg")
_TEXTS = {13: "indication", 20: "referring_physician", 35: "history"}
_SPIKES = {2: "ventricular", 3: "atrial"}


def _tags(body: bytes) -> dict[int, list[bytes]]:
    """Return the values of section 1 by their tag, as far as the section is whole."""
    found: dict[int, list[bytes]] = {}
    place = 0
    while place + 3 <= len(body) and body[place] != 255:
        (size,) = struct.unpack_from("<H", body, place + 1)
        found.setdefault(body[place], []).append(body[place + 3 : place + 3 + size])
        place += 3 + size
    return found


def read_patient(file: ScpFile) -> tuple[Patient, datetime | None, dict[str, object]]:
    """Return the patient, the moment of the recording, and the device's other words for `read_stored`."""
    tags = _tags(file.body(1))
    device = next(iter(tags.get(14, [])), b"")
    codec = _CODECS.get(device[16]) if len(device) > 16 else None

    def text(tag: int) -> str:
        return _text(next(iter(tags.get(tag, [])), b""), codec)

    def number(tag: int, size: int) -> int:
        value = next(iter(tags.get(tag, [])), b"")
        return int.from_bytes(value[:size], "little") if len(value) >= size else 0

    day, clock = _day(tags.get(25)), next(iter(tags.get(26, [])), b"")
    start = None
    if day and len(clock) >= 3 and clock[0] < 24 and clock[1] < 60 and clock[2] < 60:
        start = datetime(day.year, day.month, day.day, clock[0], clock[1], clock[2])
    born = _day(tags.get(5))
    patient = make_patient(
        day,
        id=text(2),
        name=", ".join(part for part in (text(0), text(1)) if part),
        sex=_SEXES.get(number(8, 1), ""),
        birth=born,
        age_years=_scaled(tags.get(4), _YEARS),
        height_cm=_scaled(tags.get(6), _CENTIMETRES),
        weight_kg=_scaled(tags.get(7), _KILOGRAMS),
    )
    drugs = [_text(value[3:], codec) for value in tags.get(10, []) if len(value) > 3]
    words: dict[str, str] = {name: text(tag) for tag, name in _TEXTS.items()}
    words["medication"] = "; ".join(drug for drug in drugs if drug)
    for name, tag in (("systolic_mmhg", 11), ("diastolic_mmhg", 12)):
        words[name] = str(number(tag, 2)) if number(tag, 2) else ""
    bits = number(29, 1)
    filters: dict[str, float | str] = {
        "high_pass_hz": number(27, 2) / 100.0, "low_pass_hz": float(number(28, 2)),
        "notch_hz": 60.0 if bits & 1 else 50.0 if bits & 2 else 0.0,
    }  # fmt: skip
    parts = [_text(device[8:14], None), *(_text(part, codec) for part in device[36:].split(b"\0"))]
    return (
        patient,
        start,
        {
            "patient": {name: word for name, word in words.items() if word},
            "filters": {name: value for name, value in filters.items() if value},
            "device": one_line(" ".join(dict.fromkeys(part for part in parts if part)), 120),
            "remarks": tuple(note for value in tags.get(30, []) if (note := _text(value, codec))),
            "confirmed_by": text(21),
            "codec": codec,
        },
    )


def read_stored(file: ScpFile, median: StoredBeat | None, words: dict[str, object]) -> tuple[Stored, list[Annotation]]:
    """Return what the device said, and the pacemaker spikes that it marked."""
    values, limits, spikes = _measured(file.body(7))
    measurements, doubts = checked_measurements(values)
    codec = words.pop("codec")
    statements, confirmed = _statements(file, codec if isinstance(codec, str) else None)
    if not confirmed:
        words["confirmed_by"] = ""
    return (
        Stored(
            measurements=measurements, fiducials_ms=limits, statements=statements, confirmed=confirmed, median=median,
            doubts=doubts, **words,  # type: ignore[arg-type]
        ),
        spikes,
    )  # fmt: skip


def _measured(body: bytes) -> tuple[dict[str, float | None], dict[str, float], list[Annotation]]:
    """Return the measurements of section 7, the wave limits of the reference beat in ms, and the spikes."""
    if len(body) < 6:
        return {}, {}, []
    blocks, spikes, rr, pp = struct.unpack_from("<BBHH", body)
    place = 6 + 16 * blocks
    if len(body) < place + 10 * spikes:
        return {}, {}, []
    values: dict[str, float | None] = {"rr_ms": _known(rr), "pp_ms": _known(pp)}
    limits: dict[str, float] = {}
    if blocks:
        found = struct.unpack_from("<5H3h", body, 6)
        limits = {name: float(value) for name, value in zip(_LIMITS, found, strict=False) if value not in _UNDEFINED}
        values |= {name: _axis(value) for name, value in zip(_AXES, found[5:], strict=True)}
        for name, start, end in (
            ("p_ms", "p_onset", "p_offset"), ("pr_ms", "p_onset", "qrs_onset"), ("qrs_ms", "qrs_onset", "qrs_offset"),
            ("qt_ms", "qrs_onset", "t_offset"),
        ):  # fmt: skip
            if start in limits and end in limits and limits[end] > limits[start]:
                values[name] = limits[end] - limits[start]
    marks = []
    for k in range(spikes):
        (time_ms,) = struct.unpack_from("<H", body, place + 4 * k)
        kind = _SPIKES.get(body[place + 4 * spikes + 6 * k], "")
        marks.append(Annotation(time_ms / 1000.0, "^", "note", one_line(f"{kind} pacemaker spike"), "SCP-ECG"))
    place += 10 * spikes
    if place + 2 <= len(body):
        place += 2 + struct.unpack_from("<H", body, place)[0]
        if place + 7 <= len(body):
            ventricular, atrial, qtc, formula = struct.unpack_from("<HHHB", body, place)
            values |= {"heart_rate_bpm": _known(ventricular), "atrial_rate_bpm": _known(atrial)}
            values[_FORMULAS.get(formula, "qtc_ms")] = _known(qtc)
    return values, limits, marks


def _known(value: int) -> float | None:
    return None if value in _UNDEFINED or not value else float(value)


def _axis(value: int) -> float | None:
    return None if value in _UNDEFINED_AXIS else float(value)


def _statements(file: ScpFile, codec: str | None) -> tuple[tuple[str, ...], bool | None]:
    """Return the statements in words, else in codes, and whether they were confirmed."""
    for number in (8, 11):
        body = file.body(number)
        if len(body) < 9:
            continue
        lines = [_text(part[1:] if number == 11 else part, codec) for part in _parts(body)]
        if any(lines):
            return tuple(line for line in lines if line), body[0] == 1
    return (), None


def _parts(body: bytes) -> Iterator[bytes]:
    place = 9
    for _ in range(body[8]):
        if place + 3 > len(body):
            return
        (size,) = struct.unpack_from("<H", body, place + 1)
        yield body[place + 3 : place + 3 + size]
        place += 3 + size


def _text(raw: bytes, codec: str | None) -> str:
    """Return a text up to its end mark."""
    if codec == "utf_16_le":
        return one_line(raw[: len(raw) // 2 * 2].decode(codec, "replace").partition("\0")[0])
    raw = raw.replace(b"\0", b" ").strip()
    return one_line(raw.decode(codec, "replace") if codec else decode_text(raw))


def _day(values: list[bytes] | None) -> date | None:
    value = next(iter(values or []), b"")
    try:
        return date(*struct.unpack_from("<HBB", value)) if len(value) >= 4 else None
    except ValueError:
        return None


def _scaled(values: list[bytes] | None, units: dict[int, float]) -> float | None:
    """Return a quantity of two bytes and a unit, None where either says nothing."""
    value = next(iter(values or []), b"")
    if len(value) < 3 or value[2] not in units:
        return None
    amount = int.from_bytes(value[:2], "little")
    return amount * units[value[2]] if amount else None
