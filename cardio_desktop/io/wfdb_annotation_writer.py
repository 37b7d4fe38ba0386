"""Writes beats as a WFDB annotation file of their own, read back before it counts as written.

Source: annot(5) of the WFDB Applications Guide.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path

from cardio_desktop.core.errors import ReadError, WriteError, why_not_written
from cardio_desktop.core.record import Record
from cardio_desktop.io import wfdb_annotations as reading
from cardio_desktop.io.files import read_bytes
from cardio_desktop.io.wfdb_header import read_header
from cardio_desktop.io.whole_files import put_new
from cardio_desktop.words import Remark

DEFAULT_EXTENSION = "beats"
OWN_MARK = "Cardio Desktop: beats as a reader left them"
"""Without the "## " of definitions: wfdb.rdann never returns from one of those that it does not know."""
_CODES = {symbol: code for code, symbol in reading.SYMBOLS.items()}
_NOTE, _SKIP, _AUX = 22, 59, 63
_LARGEST_STEP = 1023


def suggested_path(record: Record) -> Path:
    """Return where the beats of a record go if nobody wishes otherwise: beside it, with an extension of our own."""
    return record.path.with_name(f"{record.path.stem}.{DEFAULT_EXTENSION}")


def is_own_file(path: Path) -> bool:
    """Return whether `path` was written by `write_beats`, so that it may be replaced."""
    try:
        return OWN_MARK.encode() in read_bytes(path, 200)
    except ReadError:
        return False


def write_beats(path: Path, record: Record, beats: Sequence[tuple[float, str]], *, replace: bool = False) -> None:
    """Write beats, (time in s, WFDB symbol) in time order, to the annotation file `path`.

    Nothing but a file of our own is ever replaced, and that only with `replace`. Raises WriteError.
    """
    extension = path.suffix[1:]
    if not (extension.isascii() and extension.isalnum()) or extension.casefold() in reading.NEVER_ANNOTATIONS:
        raise WriteError(path, Remark("no-annotation-name"), Remark("own-ending"))
    if path.exists() and not (replace and is_own_file(path)):
        raise WriteError(path, Remark("file-exists"), Remark("other-ending"))
    rate_hz, clock = _clock(record)
    raw = _encoded([(round(time_s * rate_hz), symbol) for time_s, symbol in beats], clock)
    _check(path, raw, rate_hz, beats)
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(raw)
        if part.read_bytes() != raw:
            raise WriteError(path, Remark("written-differs"), Remark("check-disk"))
        if replace:
            part.replace(path)
        else:
            put_new(part, path)
    except OSError as error:
        raise WriteError(
            path, Remark("cannot-write", {"why": why_not_written(error)}), Remark("other-folder")
        ) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink()


def _clock(record: Record) -> tuple[float, str]:
    """Return the rate in which beats are counted, and the note that says so where the record's frames do not."""
    rate_hz = record.rate_hz
    if record.format == "WFDB":
        with contextlib.suppress(ReadError):
            frame_rate_hz = read_header(record.path).frame_rate_hz
            if frame_rate_hz >= rate_hz:
                return frame_rate_hz, ""
    text = f"{rate_hz:.9f}".rstrip("0").rstrip(".")
    return float(text), f"## time resolution: {text}"


def _encoded(beats: Sequence[tuple[int, str]], clock: str) -> bytes:
    words = bytearray()

    def word(code: int, low: int) -> None:
        words.extend((code << 10 | low).to_bytes(2, "little"))

    def note(text: str) -> None:
        raw = text.encode("ascii")
        word(_NOTE, 0)
        word(_AUX, len(raw))
        words.extend(raw + b"\0" * (len(raw) % 2))

    if clock:
        note(clock)
    note(OWN_MARK)
    here = 0
    for sample, symbol in beats:
        step = sample - here
        if step > _LARGEST_STEP or step < 0:
            word(_SKIP, 0)
            words.extend((step >> 16 & 0xFFFF).to_bytes(2, "little"))
            words.extend((step & 0xFFFF).to_bytes(2, "little"))
            step = 0
        word(_CODES[symbol], step)
        here = sample
    word(0, 0)
    return bytes(words)


def _check(path: Path, raw: bytes, rate_hz: float, beats: Sequence[tuple[float, str]]) -> None:
    """Read the bytes as any reader would: every beat must be within half a sample of its place."""
    marks = reading.annotations_in(raw, rate_hz, path.suffix[1:])
    faithful = len(marks) == len(beats) and all(
        mark.symbol == symbol and abs(mark.time_s - time_s) <= 0.5 / rate_hz + 1e-9
        for mark, (time_s, symbol) in zip(marks, beats, strict=True)
    )
    if not faithful:
        raise WriteError(path, Remark("beats-differ"), Remark("report-fault"))
