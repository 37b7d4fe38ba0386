"""WFDB: one signal file in format 16, 24 or 32, a header, and an annotation file for each source of annotations.

Source: header(5), signal(5) and annot(5) of the WFDB Applications Guide.
Gaps are samples that the format calls invalid.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from cardio_desktop.core.errors import one_line
from cardio_desktop.core.progress import Progress
from cardio_desktop.core.record import MISSING, Annotation, Record
from cardio_desktop.io import wfdb_annotations as reading
from cardio_desktop.io.whole_files import WholeFiles
from cardio_desktop.io.writers.scaled import CHUNK, decimal, frame_rate, frames_of, scaled
from cardio_desktop.words import Remark

_CODES = {symbol: code for code, symbol in reading.SYMBOLS.items()}
_NOTE, _SKIP, _CHANNEL, _AUX = 22, 59, 62, 63
_LONGEST_TEXT = 255
_LARGEST_STEP = 1023


def write_wfdb(record: Record, files: WholeFiles, progress: Progress | None = None) -> tuple[Remark, ...]:
    """Write a record and return what the format cannot hold of it."""
    channels = scaled(record)
    bits = next(bits for bits in (16, 24, 32) if bits == 32 or all(c.fits(bits) for c in channels))
    channels = tuple(c.within(bits) for c in channels)
    rate = frame_rate(channels)
    frames = frames_of(channels, rate)
    per_frame = [int(c.rate / rate) for c in channels]
    sums = [0] * len(channels)
    firsts = [0] * len(channels)
    invalid = -(2 ** (bits - 1))
    step = max(CHUNK // sum(per_frame), 1)
    with files.open(".dat") as stream:
        for start in range(0, frames, step):
            stop = min(start + step, frames)
            columns = []
            for k, (channel, n) in enumerate(zip(channels, per_frame, strict=True)):
                counts = channel.counts(start * n, stop * n)
                counts[counts == MISSING] = invalid
                sums[k] += int(counts.sum())
                firsts[k] = int(counts[0]) if start == 0 else firsts[k]
                columns.append(counts.reshape(-1, n))
            block = np.concatenate(columns, axis=1).astype("<i4")
            if bits == 16:
                stream.write(block.astype("<i2").tobytes())
            else:
                raw = block.reshape(-1, 1).view(np.uint8)
                stream.write(raw[:, : bits // 8].tobytes())
            if progress:
                progress(95.0 * stop / frames)
    told = _annotations(record, files)
    clock = record.start_time
    lines = [f"{files.stem} {len(channels)} {decimal(float(rate))} {frames}"]
    if clock:
        lines[0] += f" {clock:%H:%M:%S}.{clock.microsecond:06d} {clock:%d/%m/}{clock.year:04d}"
    for k, (channel, n) in enumerate(zip(channels, per_frame, strict=True)):
        unit = re.sub(r"\s+", "_", one_line(channel.channel.unit)) or "NU"  # without a unit it would be read as mV
        storage = f"{bits}x{n}" if n > 1 else str(bits)
        gain = f"{decimal(channel.counts_per_unit)}({round(channel.baseline)})/{unit}"
        total = (sums[k] + 2**15) % 2**16 - 2**15
        lines.append(
            f"{files.stem}.dat {storage} {gain} {bits} 0 {firsts[k]} {total} 0 {one_line(channel.channel.label)}"
        )
    lines += [f"# {text}" for text in _comments(record)]
    files.write(".hea", ("\n".join(lines) + "\n").encode())
    return told


def _comments(record: Record) -> list[str]:
    patient = record.patient
    said = (
        ("age", f"{patient.age_years:g}" if patient.age_years is not None else None),
        ("sex", patient.sex),
        ("height", f"{patient.height_cm:g}" if patient.height_cm else None),
        ("weight", f"{patient.weight_kg:g}" if patient.weight_kg else None),
        ("patient id", patient.id),
        ("patient name", patient.name),
        ("birth date", patient.birth_date),
        ("device", record.device or None),
    )
    lines = [f"{name}: {one_line(value)}" for name, value in said if value]
    # What was said of the patient already stands above.
    notes = [one_line(note) for note in record.notes if not re.match(r"<?(?:age|sex|height|weight)\b", note, re.I)]
    if record.simulated and not any("simulated" in note.casefold() for note in notes):
        notes.append("simulated")
    return [*lines, *(note for note in notes if note not in lines)]


def _annotations(record: Record, files: WholeFiles) -> tuple[Remark, ...]:
    by_ending: dict[str, list[Annotation]] = {}
    for mark in record.annotations:
        own = mark.source.casefold()
        usual = own.isascii() and own.isalnum() and own not in reading.NEVER_ANNOTATIONS and record.format == "WFDB"
        by_ending.setdefault(own if usual else "atr", []).append(mark)
    for ending, marks in by_ending.items():
        files.write(f".{ending}", encoded(marks, record.rate_hz))
    lasting = sum(mark.duration_s > 0 for mark in record.annotations)
    long = sum(len(mark.text.encode()) > _LONGEST_TEXT for mark in record.annotations)
    return (
        *((Remark("lost-durations", {"number": lasting}),) if lasting else ()),
        *((Remark("lost-text-ends", {"number": long, "most": _LONGEST_TEXT}),) if long else ()),
    )


def encoded(marks: Sequence[Annotation], rate_hz: float) -> bytes:
    """Return annotations as the bytes of an annotation file whose clock ticks `rate_hz` times a second."""
    words = bytearray()

    def word(code: int, low: int) -> None:
        words.extend((code << 10 | low).to_bytes(2, "little"))

    def text(raw: bytes) -> None:
        word(_AUX, len(raw))
        words.extend(raw + b"\0" * (len(raw) % 2))

    word(_NOTE, 0)
    clock = decimal(rate_hz)
    text(f"## time resolution: {clock}".encode())
    here = 0
    number = 0
    for mark in sorted(marks, key=lambda one: one.time_s):
        sample = round(mark.time_s * float(clock))
        step = sample - here
        if not 0 <= step <= _LARGEST_STEP:
            word(_SKIP, 0)
            words.extend((step >> 16 & 0xFFFF).to_bytes(2, "little"))
            words.extend((step & 0xFFFF).to_bytes(2, "little"))
            step = 0
        code = _CODES.get(mark.symbol, _NOTE)
        word(code, step)
        if (mark.channel or 0) != number:
            number = mark.channel or 0
            word(_CHANNEL, number & 0xFF)
        said = mark.text or (mark.symbol if code == _NOTE and mark.symbol != '"' else "")
        if said:
            text(said.encode()[:_LONGEST_TEXT].decode(errors="ignore").encode())
        here = sample
    word(0, 0)
    return bytes(words)
