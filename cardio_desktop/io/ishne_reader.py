"""ISHNE Holter files and their annotation files (`.ann`): samples stay on the disk until they are asked for.

Source: Badilini, The ISHNE Holter Standard Output File Format, ANE 1998;3:263, with its annotation companion (2002).
"""

from __future__ import annotations

import binascii
import struct
import threading
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.core.errors import ReadError, one_line
from cardio_desktop.core.record import Annotation, Patient, Record
from cardio_desktop.core.stored import Stored
from cardio_desktop.io.files import Identity, decode_text, file_size, os_problem, read_bytes
from cardio_desktop.io.parts import MAX_RATE_HZ, make_channel, make_patient
from cardio_desktop.words import Remark

MAGIC = b"ISHNE1.0"
_ANNOTATIONS = b"ANN  1.0"
_FIXED = 522
_COPY = Remark("copy-it-from-source")
BLOCK_BYTES = 1 << 20
CACHED_BLOCKS = 16
MAX_ANNOTATIONS = 1_000_000
_LEADS = {
    1: "ECG", 2: "X", 3: "Y", 4: "Z", 5: "I", 6: "II", 7: "III", 8: "aVR", 9: "aVL", 10: "aVF", 11: "V1", 12: "V2",
    13: "V3", 14: "V4", 15: "V5", 16: "V6", 17: "ES", 18: "AS", 19: "AI",
}  # fmt: skip
_QUALITY: dict[int, Remark] = {
    2: Remark("ishne-noisy-at-times"),
    3: Remark("ishne-noisy"),
    4: Remark("ishne-lost-at-times"),
    5: Remark("ishne-lost"),
}
_BEATS = {"N": "N", "V": "V", "S": "S", "B": "B", "P": "/", "U": "Q"}
"""Beat labels of ISHNE as WFDB writes them; "B" is a bundle branch block beat in both."""
_NOTES = {"X": "artefact", "C": "calibration", "!": "time-out"}


@dataclass(frozen=True)
class _Header:
    """The fixed header of an ECG or annotation file."""

    path: Path
    raw: bytes
    variable: bytes
    data_start: int

    def number(self, kind: str, place: int) -> int:
        return int(struct.unpack_from(f"<{kind}", self.raw, place)[0])

    def numbers(self, place: int, count: int) -> tuple[int, ...]:
        return struct.unpack_from(f"<{count}h", self.raw, place)

    def text(self, place: int, size: int) -> str:
        return one_line(decode_text(self.raw[place : place + size].partition(b"\0")[0]))


def read_ishne(path: Path) -> Record:
    """Return the record in an ISHNE file, its samples still on the disk; raises ReadError."""
    header = _header(path, MAGIC)
    leads, rate_hz = header.number("h", 156), float(header.number("h", 272))
    if not 0 < leads <= 12 or not 0 < rate_hz <= MAX_RATE_HZ:
        raise ReadError(path, Remark("claims-leads-rate", {"leads_claimed": leads, "rate_hz": rate_hz}), _COPY)
    size = file_size(path)
    held, claimed = (size - header.data_start) // (2 * leads), header.number("i", 14)
    told = []
    if header.number("H", 8) != binascii.crc_hqx(header.raw[10:] + header.variable, 0xFFFF):
        told.append(Remark("header-checksum"))
    if held < 1 or claimed < 1:
        raise ReadError(path, Remark("held-of-claimed", {"held": max(held, 0), "claimed": claimed}), _COPY)
    # Some recorders count the samples of all leads together.
    if claimed == held * leads and leads > 1:
        claimed = held
    if held < claimed:
        times = {"held_s": held / rate_hz, "claimed_s": claimed / rate_hz}
        told.append(Remark("file-cut-short", {**times, "share": held / claimed}))
    store = _Store(path, header.data_start, leads, min(held, claimed))
    codes, quality, resolution = header.numbers(158, 12), header.numbers(182, 12), header.numbers(206, 12)
    channels = []
    seen: dict[str, int] = {}
    for number in range(leads):
        name = _LEADS.get(codes[number], "ECG")
        seen[name] = seen.get(name, 0) + 1
        label = name if seen[name] == 1 else f"{name} {seen[name]}"
        if resolution[number] <= 0:
            raise ReadError(
                path, Remark("ishne-scale", {"label": label, "number": resolution[number]}), Remark("export-again")
            )
        channels.append(
            make_channel(path, label, _LeadSamples(store, number), rate_hz, "nV", float(resolution[number]))
        )
        if word := _QUALITY.get(quality[number]):
            told.append(Remark("recorder-calls", {"label": label, "word": word}))
    start = _moment(header.numbers(138, 3), header.numbers(150, 3))
    return Record(
        path=path,
        format="ISHNE",
        channels=tuple(channels),
        start_time=start,
        patient=_patient(header, start),
        annotations=_annotations(path, rate_hz, len(channels[0].samples), told),
        warnings=tuple(told),
        device=header.text(232, 40),
        stored=Stored(device=header.text(232, 40), remarks=_remarks(header)) or None,
    )


def _header(path: Path, magic: bytes) -> _Header:
    raw = read_bytes(path, _FIXED)
    if len(raw) < _FIXED or not raw.startswith(magic):
        raise ReadError(path, Remark("ishne-header"), _COPY)
    size = struct.unpack_from("<i", raw, 10)[0]
    if not 0 <= size <= 1 << 20 or _FIXED + size > file_size(path):
        raise ReadError(path, Remark("ishne-remarks", {"claimed": size}), _COPY)
    # Writers differ in the offset that they store; the data follow the remarks in all files.
    return _Header(path, raw, read_bytes(path, _FIXED + size)[_FIXED:], _FIXED + size)


def _patient(header: _Header, start: datetime | None) -> Patient:
    names = [name for name in (header.text(68, 40), header.text(28, 40)) if name.casefold() != "none"]
    return make_patient(
        start.date() if start else None,
        id=header.text(108, 20),
        name=", ".join(name for name in names if name),
        sex={1: "male", 2: "female"}.get(header.number("h", 128), ""),
        birth=_day(header.numbers(132, 3)),
    )


def _remarks(header: _Header) -> tuple[str, ...]:
    text = one_line(decode_text(header.variable.rstrip(b"\0")))
    return (text,) if text else ()


def _day(numbers: tuple[int, ...]) -> date | None:
    day, month, year = numbers
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _moment(day: tuple[int, ...], clock: tuple[int, ...]) -> datetime | None:
    found = _day(day)
    try:
        return datetime(found.year, found.month, found.day, clock[0], clock[1], clock[2]) if found else None
    except ValueError:
        return None


def _annotations(path: Path, rate_hz: float, length: int, told: list[Remark]) -> tuple[Annotation, ...]:
    """Return the beats of the `.ann` file beside the record, none where there is no such file or it is damaged."""
    own = next((p for p in (path.with_suffix(".ann"), path.with_suffix(".ANN")) if p.is_file()), None)
    if own is None:
        return ()
    try:
        header = _header(own, _ANNOTATIONS)
        raw = read_bytes(own, header.data_start + 4 + 4 * MAX_ANNOTATIONS)[header.data_start :]
    except ReadError as error:
        told.append(Remark("ann-left-out", {"problem": error.remark}))
        return ()
    if len(raw) < 8:
        return ()
    marks = np.frombuffer(raw[4 : 4 + (len(raw) - 4) // 4 * 4], dtype=[("label", "S1"), ("more", "S1"), ("gap", "<u2")])
    places = int.from_bytes(raw[:4], "little", signed=True) + np.cumsum(marks["gap"].astype(np.int64))
    own_rate_hz = struct.unpack_from("<h", header.raw, 272)[0]
    if own_rate_hz > 0 and own_rate_hz != rate_hz:
        told.append(Remark("ann-rate", {"own_hz": own_rate_hz, "rate_hz": rate_hz}))
        return ()
    found = []
    for label, place in zip(marks["label"].tolist(), places.tolist(), strict=True):
        letter = label.decode("latin-1")
        if not 0 <= place < length:
            continue
        symbol, note = _BEATS.get(letter), _NOTES.get(letter, "")
        kind = "beat" if symbol else "note"
        found.append(Annotation(place / rate_hz, symbol or "|", kind, note, "ann"))
    return tuple(found)


@dataclass(frozen=True, eq=False)
class _LeadSamples:
    """The samples of one lead of a Holter file."""

    store: _Store
    number: int

    def __len__(self) -> int:
        return self.store.length

    def read(self, start: int, stop: int) -> NDArray[Any]:
        """Return the counts start <= i < stop as int32; raises ReadError where the file is gone."""
        return self.store.counts(self.number, max(start, 0), min(max(stop, 0), self.store.length))


class _Store:
    """Interleaved samples on the disk, read in blocks, of which the last few stay in memory."""

    def __init__(self, path: Path, first_byte: int, leads: int, length: int) -> None:
        self.path, self.length = path, length
        self._first, self._leads = first_byte, leads
        self._identity = Identity.of(path)
        self._rows = BLOCK_BYTES // (2 * leads)
        self._blocks: dict[int, NDArray[np.int16]] = {}
        self._lock = threading.Lock()

    def counts(self, lead: int, start: int, stop: int) -> NDArray[Any]:
        """Return samples start <= i < stop of a lead."""
        out = np.zeros(max(stop - start, 0), dtype=np.int32)
        for number in range(start // self._rows, (max(stop, 1) - 1) // self._rows + 1) if len(out) else ():
            first = number * self._rows
            low, high = max(start, first), min(stop, first + self._rows)
            out[low - start : high - start] = self._block(number)[low - first : high - first, lead]
        return out

    def _block(self, number: int) -> NDArray[np.int16]:
        with self._lock:
            block = self._blocks.pop(number, None)
            if block is None:
                first = number * self._rows
                count = min(self._rows, self.length - first)
                raw = self._read(self._first + 2 * first * self._leads, 2 * count * self._leads)
                block = np.frombuffer(raw, dtype="<i2").reshape(count, self._leads)
            self._blocks[number] = block
            while len(self._blocks) > CACHED_BLOCKS:
                del self._blocks[next(iter(self._blocks))]
            return block

    def _read(self, place: int, length: int) -> bytes:
        self._identity.check(self.path)
        try:
            with self.path.open("rb") as file:
                file.seek(place)
                raw = file.read(length)
        except OSError as error:
            raise os_problem(self.path, error) from error
        if len(raw) != length:
            raise ReadError(self.path, Remark("became-shorter"), Remark("open-again"))
        return raw
