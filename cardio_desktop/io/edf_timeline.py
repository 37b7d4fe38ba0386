"""Time-stamped annotations lists (TALs) of EDF+ and BDF+: when each data record started, and the notes in it.

Source: Kemp and Olivan, Clin. Neurophysiol. 2003;114:1755, sections 2.2.2 to 2.2.4.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.core.errors import ReadError, one_line
from cardio_desktop.core.progress import Progress
from cardio_desktop.core.record import Annotation, Gap
from cardio_desktop.io.edf_header import EdfHeader, EdfSignal
from cardio_desktop.io.edf_store import RecordStore
from cardio_desktop.io.files import decode_text
from cardio_desktop.words import Remark

MAX_ANNOTATIONS = 300_000
MAX_GAPS = 20_000
_EXPORT = Remark("export-recording")
_BYTES_AT_ONCE = 1 << 20
_TIME = re.compile(rb"([+-][0-9]{1,12}(?:\.[0-9]*)?)(?:\x15([0-9]{1,12}(?:\.[0-9]*)?))?")
_DIGITS = np.isin(np.arange(256), list(b"0123456789"))
_ONSET_LETTERS = np.isin(np.arange(256), list(b"0123456789+-.\x14\0"))
_LONGEST_ONSET = 20
_CONTINUOUS_TOLERANCE_S = 0.01


@dataclass(frozen=True)
class Run:
    """`count` data records from number `first` on, without a gap, starting at `start_s` on the record's axis."""

    first: int
    count: int
    start_s: float


@dataclass(frozen=True)
class Timeline:
    """Where the data records lie in time; the axis starts `offset_s` after the header's start time."""

    runs: tuple[Run, ...]
    gaps: tuple[Gap, ...] = ()
    offset_s: float = 0.0
    annotations: tuple[Annotation, ...] = ()
    warnings: tuple[Remark, ...] = ()


def read_timeline(header: EdfHeader, store: RecordStore, progress: Progress | None = None) -> Timeline:
    """Return runs, gaps and annotations; raises ReadError where the times of an EDF+D file cannot be trusted."""
    signals = [signal for signal in header.signals if signal.is_annotation]
    discontinuous = header.kind.endswith("D")
    if not signals:
        if discontinuous:
            raise ReadError(header.path, Remark("edf-gaps-unplaced"), Remark("export-again"))
        return Timeline((Run(0, header.records, 0.0),))
    onsets = np.full(header.records, np.nan)
    notes: list[tuple[float, float, str]] = []
    damaged = 0
    for first, part, tals, bad in _records(header, store, signals):
        onsets[first : first + len(part)] = part
        damaged += bad
        if len(notes) <= MAX_ANNOTATIONS:
            notes += tals
        if progress:
            progress(99.0 * first / header.records)
    warnings: list[Remark] = []
    if damaged:
        warnings.append(Remark("annotations-damaged", {"file": one_line(header.path.name), "damaged": damaged}))
    runs = _runs_with_gaps(header, onsets, warnings)
    offset_s = float(np.nan_to_num(onsets[0]))
    if len(notes) > MAX_ANNOTATIONS:
        warnings.append(Remark("annotations-first", {"file": one_line(header.path.name), "most": MAX_ANNOTATIONS}))
    annotations = tuple(
        Annotation(onset - offset_s, "", "note", text, "EDF+", length)
        for onset, length, text in sorted(notes[:MAX_ANNOTATIONS])
    )
    gaps = tuple(
        Gap(before.start_s + before.count * header.record_s, after.start_s) for before, after in pairwise(runs)
    )
    return Timeline(runs, gaps, offset_s, annotations, tuple(warnings))


def _records(
    header: EdfHeader, store: RecordStore, signals: list[EdfSignal]
) -> Iterator[tuple[int, NDArray[np.float64], list[tuple[float, float, str]], int]]:
    """Yield, for some data records at a time, what their annotations signals say.

    The first one's number, their onsets (NaN where there is none), their annotations (onset, duration, text), and how
    many of these were damaged.
    """
    widths = [signal.per_record * header.bytes_per_sample for signal in signals]
    step = max(_BYTES_AT_ONCE // sum(widths), 1)
    for first in range(0, header.records, step):
        last = min(first + step, header.records)
        columns = [store.bytes_of(signal, first, last) for signal in signals]
        notes: list[tuple[float, float, str]] = []
        damaged = 0
        # Nearly all records of a long recording hold their onset and nothing else: no time is lost on them.
        onsets = _bare_onsets(columns[0], widths[0]) if len(signals) == 1 else np.full(last - first, np.nan)
        for i in np.flatnonzero(np.isnan(onsets)):
            cells = [data[i * width : (i + 1) * width] for data, width in zip(columns, widths, strict=True)]
            onset, tals, bad = _record(cells)
            onsets[i] = np.nan if onset is None else onset
            notes += tals
            damaged += bad
        yield first, onsets, notes, damaged


def _bare_onsets(data: bytes, width: int) -> NDArray[np.float64]:
    """Return the onsets of cells of `width` bytes that hold "+12.5" and two marks, NaN for those that hold others."""
    letters = np.frombuffer(data, dtype=np.uint8).reshape(-1, width)
    lengths = width - (letters[:, ::-1] != 0).argmax(axis=1)
    rows = np.flatnonzero(_ONSET_LETTERS[letters].all(axis=1) & (lengths >= 4) & (lengths <= _LONGEST_ONSET))
    for byte, count in ((0x14, 2), (0, None), (ord("."), 1)):
        found = (letters[rows] == byte).sum(axis=1)
        rows = rows[found <= 1] if byte == ord(".") else rows[found == (width - lengths[rows] if byte == 0 else count)]
    first = letters[rows, 0]
    rows = rows[((first == ord("+")) | (first == ord("-"))) & _DIGITS[letters[rows, 1]]]
    rows = rows[((letters[rows] == ord("+")) | (letters[rows] == ord("-"))).sum(axis=1) == 1]
    rows = rows[(letters[rows[:, None], lengths[rows, None] - [1, 2]] == 0x14).all(axis=1)]
    onsets = np.full(len(letters), np.nan)
    numbers = letters[rows, : min(_LONGEST_ONSET, width)].copy()
    numbers[numbers == 0x14] = 0
    onsets[rows] = numbers.view(f"S{numbers.shape[1]}").ravel().astype(np.float64)
    return onsets


def _record(cells: list[bytes]) -> tuple[float | None, list[tuple[float, float, str]], int]:
    """Return onset, annotations and the number of damaged ones in what the annotations signals hold of one record."""
    onset: float | None = None
    notes: list[tuple[float, float, str]] = []
    damaged = 0
    for number, cell in enumerate(cells):
        for order, tal in enumerate(cell.split(b"\0")):
            time, *texts = tal.split(b"\x14")
            match = _TIME.fullmatch(time)
            if tal and (not match or not texts):
                damaged += 1
            if not match or not texts:
                continue
            if number == 0 and order == 0 and not texts[0]:
                onset = float(match[1])  # the time-keeping TAL, 2.2.4
            span = float(match[1]), float(match[2] or 0)
            notes += [(*span, one_line(decode_text(text), 1000)) for text in texts if text]
    return onset, notes, damaged


def _runs_with_gaps(header: EdfHeader, onsets: NDArray[np.float64], warnings: list[Remark]) -> tuple[Run, ...]:
    """Return the stretches of data records that follow one another, from the onsets of all records."""
    discontinuous = header.kind.endswith("D")
    name = one_line(header.path.name)
    whole = (Run(0, len(onsets), 0.0),)
    absent = np.flatnonzero(np.isnan(onsets))
    if len(absent):
        if discontinuous:
            remedy = Remark("export-again")
            raise ReadError(header.path, Remark("edf-onset-missing", {"number": absent[0] + 1}), remedy)
        warnings.append(Remark("edf-onsets-missing", {"name": name}))
        return whole
    if header.record_s == 0:
        return whole
    fastest_hz = max(s.per_record for s in header.drawn) / header.record_s
    # A gap of one sample shifts everything behind it; a file that calls itself continuous may round its times.
    tolerance_s = 0.5 / fastest_hz if discontinuous else max(1.0 / fastest_hz, _CONTINUOUS_TOLERANCE_S)
    starts = onsets - onsets[0]
    ahead = starts - np.arange(len(starts)) * header.record_s
    runs: list[Run] = []
    first = 0
    while (number := _leaves(ahead, first, tolerance_s + 1e-9)) is not None:
        late_s = float(ahead[number] - ahead[first])
        if late_s < 0:
            problem = Remark("edf-overlap", {"number": number + 1, "early_s": -late_s})
            if discontinuous:
                raise ReadError(header.path, problem, _EXPORT)
            warnings.append(Remark("edf-taken-continuous", {"name": name, "problem": problem}))
            return whole
        runs.append(Run(first, number - first, float(starts[first])))
        if len(runs) > MAX_GAPS:
            raise ReadError(header.path, Remark("too-many-gaps", {"most": MAX_GAPS}), Remark("split-recording"))
        first = number
    runs.append(Run(first, len(onsets) - first, float(starts[first])))
    if len(runs) > 1 and not discontinuous:
        warnings.append(Remark("edf-gaps-shown", {"name": name, "gaps": len(runs) - 1}))
    return tuple(runs)


def _leaves(ahead: NDArray[np.float64], first: int, tolerance: float) -> int | None:
    """Return the first place behind `first` whose value is not that at `first`, within a tolerance, or None.

    Looked for in stretches that double, so that many short runs cost no more than one long one.
    """
    low, size = first + 1, 64
    while low < len(ahead):
        apart = np.abs(ahead[low : low + size] - ahead[first]) > tolerance
        if apart.any():
            return low + int(apart.argmax())
        low, size = low + size, size * 2
    return None
