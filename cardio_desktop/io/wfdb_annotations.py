"""Annotation files beside a WFDB record (.atr, .qrs, .pwave ...): beats, rhythms, waves and notes.

Source: annot(5) of the WFDB Applications Guide: 16-bit words, the low ten bits a time difference, the high six a code.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path

from cardio_desktop.core.errors import CardioError, one_line
from cardio_desktop.core.record import Annotation
from cardio_desktop.io.files import decode_text, file_size, read_bytes, sibling
from cardio_desktop.io.wfdb_header import Header
from cardio_desktop.words import Remark

MAX_BYTES = 32_000_000
MAX_MARKS = 300_000
"""A day holds 100,000 to 150,000 beats; every mark costs memory and time."""
USUAL_EXTENSIONS = frozenset({
    "atr", "ecg", "qrs", "qrsc", "ari", "arr", "pwave", "pu", "pu0", "pu1", "gqrs", "gqrsh", "gqrsl", "wqrs", "sqrs",
    "jqrs", "rr", "wabp", "st", "sta", "stb", "stc", "stf", "16a", "apn", "q1c", "q2c", "qt1", "qt2", "man", "ann",
    "al", "ale", "cof", "cor", "trigger", "event", "marker",
})  # fmt: skip
NEVER_ANNOTATIONS = frozenset({
    "hea", "dat", "mat", "xyz", "flac", "edf", "bdf", "rec", "dcm", "scp", "xml", "txt", "csv", "json", "pdf", "png",
    "jpg", "jpeg", "svg", "html", "md", "py", "zip", "gz", "npy", "npz", "log", "bak",
})  # fmt: skip

SYMBOLS = {
    1: "N", 2: "L", 3: "R", 4: "a", 5: "V", 6: "F", 7: "J", 8: "A", 9: "S", 10: "E", 11: "j", 12: "/", 13: "Q", 14: "~",
    16: "|", 18: "s", 19: "T", 20: "*", 21: "D", 22: '"', 23: "=", 24: "p", 25: "B", 26: "^", 27: "t", 28: "+", 29: "u",
    30: "?", 31: "!", 32: "[", 33: "]", 34: "e", 35: "n", 36: "@", 37: "x", 38: "f", 39: "(", 40: ")", 41: "r",
}  # fmt: skip
_KINDS = {
    **dict.fromkeys("NLRaVFJASEj/QB?enfr", "beat"),
    **dict.fromkeys("+[]", "rhythm"),
    **dict.fromkeys("ptu()x!", "wave"),
}
_SETTLED_NS = 3_000_000_000
"""FAT keeps times of change in steps of 2 s, which is the coarsest."""
_NOTE, _SKIP, _NUM, _SUBTYPE, _CHANNEL, _AUX = 22, 59, 60, 61, 62, 63
_RESOLUTION = re.compile(r"## time resolution: ([0-9]+\.?[0-9]*)$")
_DEFINITION = re.compile(r"([0-9]{1,2}) (\S+) ?(.*)$")


@dataclass
class _Mark:
    sample: int
    code: int
    channel: int | None = None
    text: str = ""


class _DamagedError(Exception):
    """The bytes are no intact annotation file."""


def read_annotations(
    header: Header, signal_files: frozenset[str], n_channels: int
) -> tuple[tuple[Annotation, ...], tuple[Remark, ...]]:
    """Return the annotations in all annotation files beside the record, in time order, and warnings.

    A damaged file with a customary extension is warned of; one with an unknown extension counts only if all of it reads
    as annotations.
    """
    found: list[Annotation] = []
    warnings: list[Remark] = []
    for path in sorted(annotation_files(header.path, signal_files)):
        extension = path.suffix[1:].casefold()
        try:
            sibling(header.path, path.name)
            if not 2 <= file_size(path) <= MAX_BYTES:
                raise _DamagedError
            raw = read_bytes(path, MAX_BYTES)
            if extension == "ecg" and raw.startswith(b"ISHNE"):
                continue
            marks = list(islice(_marks(raw), MAX_MARKS + 1))
            if len(marks) > MAX_MARKS:
                # Only files that are surely annotations are believed without having been read to their end.
                if extension not in USUAL_EXTENSIONS:
                    continue
                del marks[MAX_MARKS:]
                warnings.append(Remark("marks-first", {"file": one_line(path.name), "most": MAX_MARKS}))
            found += _annotations(marks, header.frame_rate_hz, path.suffix[1:], n_channels)
        except (_DamagedError, CardioError):
            if extension in USUAL_EXTENSIONS:
                warnings.append(Remark("annotation-file-damaged", {"file": one_line(path.name)}))
    return tuple(sorted(found, key=lambda a: a.time_s)), tuple(warnings)


def annotations_in(raw: bytes, frame_rate_hz: float, source: str) -> list[Annotation]:
    """Return the annotations that the bytes of one file hold; ValueError where they are no intact annotation file."""
    try:
        return _annotations(list(_marks(raw)), frame_rate_hz, source, 0)
    except _DamagedError as error:
        raise ValueError("no intact annotation file") from error


def annotation_files(header: Path, signal_files: frozenset[str]) -> Iterator[Path]:
    """Yield the files of the record's own name that may hold annotations; its folder can hold thousands of others."""
    try:
        names = _names_in(header.parent).get(header.stem, ())
    except OSError:
        return
    for name in names:
        extension = name[len(header.stem) + 1 :].casefold()
        if not extension or extension in NEVER_ANNOTATIONS or name in signal_files:
            continue
        if (header.parent / name).is_file():
            yield header.parent / name


def _names_in(folder: Path) -> Mapping[str, Sequence[str]]:
    """Return the names in a folder by their stems; raises OSError.

    A folder of thousands of records is listed once for all of them, as long as it does not change. The clock of a
    file system is coarse: what has changed within the last seconds is listed anew each time.
    """
    changed_ns = folder.stat().st_mtime_ns
    if time.time_ns() - changed_ns < _SETTLED_NS:
        return _listed(folder)
    return _kept(folder, changed_ns)


def _listed(folder: Path) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = {}
    with os.scandir(folder) as entries:
        for entry in entries:
            found.setdefault(entry.name.rpartition(".")[0], []).append(entry.name)
    return found


@lru_cache(maxsize=2)
def _kept(folder: Path, changed_ns: int) -> Mapping[str, Sequence[str]]:  # noqa: ARG001 - part of the key
    return _listed(folder)


def _marks(raw: bytes) -> Iterator[_Mark]:
    """Yield the annotations in `raw`; raises _DamagedError where it is not an intact annotation file."""
    words = memoryview(raw)
    place, sample = 0, 0
    mark: _Mark | None = None

    def word() -> int:
        nonlocal place
        if place + 2 > len(words):
            raise _DamagedError
        place += 2
        return words[place - 2] | words[place - 1] << 8

    while True:
        value = word()
        code, low = value >> 10, value & 0x3FF
        if value == 0:
            break
        if code == _SKIP:
            high = word()
            step = high << 16 | word()
            sample += step - (1 << 32) if step >> 31 else step
        elif code <= 49:
            if mark:
                yield mark
            sample += low
            mark = _Mark(sample, code, mark.channel if mark else None)  # a channel holds until it is changed
        elif mark is None or code < _SKIP:
            raise _DamagedError
        elif code == _CHANNEL:
            mark.channel = low & 0xFF
        elif code == _AUX:
            if place + low > len(words) or low > 255:
                raise _DamagedError
            mark.text = decode_text(bytes(words[place : place + low])).rstrip("\0")
            place += low + low % 2
    if any(words[place:]):
        raise _DamagedError
    if mark:
        yield mark


def _annotations(marks: list[_Mark], frame_rate_hz: float, source: str, n_channels: int) -> list[Annotation]:
    """Return the marks in seconds; notes that define the clock or the codes of the file are applied, not returned."""
    rate_hz, symbols = frame_rate_hz, dict(SYMBOLS)
    found: list[Annotation] = []
    defining = False
    for mark in marks:
        if mark.code == _NOTE and mark.sample == 0 and mark.text:
            if match := _RESOLUTION.match(mark.text):
                rate_hz = float(match[1]) or frame_rate_hz
                continue
            if mark.text.startswith("Cardio Desktop: beats"):  # who wrote the file, nothing in the trace
                continue
            if mark.text.startswith("## annotation type definitions"):
                defining = True
                continue
            if mark.text.startswith("## end of definitions"):
                defining = False
                continue
            if defining and (match := _DEFINITION.match(mark.text)):
                symbols[int(match[1])] = match[2]
                continue
        if mark.sample < 0:
            raise _DamagedError
        if mark.code == 0:
            continue
        symbol = symbols.get(mark.code, f"[{mark.code}]")
        channel = mark.channel if mark.channel is not None and mark.channel < n_channels else None
        found.append(
            Annotation(
                mark.sample / rate_hz, symbol, _KINDS.get(symbol, "note"), one_line(mark.text), source, 0.0, channel
            )
        )
    return found
