"""Time-stamped annotations lists (TALs) of EDF+ and BDF+: when each data record started, and the notes in it.

Source: Kemp and Olivan, Clin. Neurophysiol. 2003;114:1755, sections 2.2.2 to 2.2.4.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from cardio_desktop.core.errors import ReadError, one_line
from cardio_desktop.core.record import Annotation, Gap
from cardio_desktop.io.edf_header import EdfHeader, EdfSignal
from cardio_desktop.io.edf_store import RecordStore
from cardio_desktop.io.files import decode_text

MAX_ANNOTATIONS = 500_000
_EXPORT = "export the recording again"
_RECORDS_AT_ONCE = 256
_TIME = re.compile(rb"([+-][0-9]{1,12}(?:\.[0-9]*)?)(?:\x15([0-9]{1,12}(?:\.[0-9]*)?))?")
_ONSET_ONLY = re.compile(rb"([+-][0-9]{1,12}(?:\.[0-9]*)?)\x14\x14")
_CONTINUOUS_TOLERANCE_S = 0.01

Report = Callable[[float], None]


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
    warnings: tuple[str, ...] = ()


def read_timeline(header: EdfHeader, store: RecordStore, report: Report | None = None) -> Timeline:
    """Return runs, gaps and annotations; raises ReadError where the times of an EDF+D file cannot be trusted."""
    signals = [signal for signal in header.signals if signal.is_annotation]
    discontinuous = header.kind.endswith("D")
    if not signals:
        if discontinuous:
            raise ReadError(
                header.path, "it says that it has gaps but not where (no annotations signal)", "export it again"
            )
        return Timeline((Run(0, header.records, 0.0),))
    onsets: list[float | None] = []
    notes: list[tuple[float, float, str]] = []
    damaged = 0
    for number, (onset, tals, bad) in enumerate(_records(header, store, signals)):
        onsets.append(onset)
        damaged += bad
        if len(notes) < MAX_ANNOTATIONS:
            notes += tals
        if report and number % _RECORDS_AT_ONCE == 0:
            report(99.0 * number / header.records)
    warnings: list[str] = []
    if damaged:
        warnings.append(f"{header.path.name}: {damaged} damaged annotations are left out.")
    runs = _runs_with_gaps(header, onsets, warnings)
    offset_s = onsets[0] or 0.0
    if len(notes) > MAX_ANNOTATIONS:
        warnings.append(f"{header.path.name}: only the first {MAX_ANNOTATIONS:,} annotations are shown.")
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
) -> Iterator[tuple[float | None, list[tuple[float, float, str]], int]]:
    """Yield for each data record its onset, its annotations (onset, duration, text) and how many were damaged."""
    widths = [signal.per_record * header.bytes_per_sample for signal in signals]
    for first in range(0, header.records, _RECORDS_AT_ONCE):
        last = min(first + _RECORDS_AT_ONCE, header.records)
        columns = [store.bytes_of(signal, first, last) for signal in signals]
        for i in range(last - first):
            cells = [data[i * width : (i + 1) * width] for data, width in zip(columns, widths, strict=True)]
            # Nearly all records of a long recording hold their onset and nothing else: no time is lost on them.
            bare = cells[0].rstrip(b"\0")
            if len(cells) == 1 and bare.count(b"\x14") == 2 and (match := _ONSET_ONLY.fullmatch(bare)):
                yield float(match[1]), [], 0
            else:
                yield _record(cells)


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


def _runs_with_gaps(header: EdfHeader, onsets: list[float | None], warnings: list[str]) -> tuple[Run, ...]:
    """Return the stretches of data records that follow one another, from the onsets of all records."""
    discontinuous = header.kind.endswith("D")
    name = header.path.name
    whole = (Run(0, len(onsets), 0.0),)
    origin = onsets[0]
    if origin is None or any(onset is None for onset in onsets):
        if discontinuous:
            remedy = "export it again"
            raise ReadError(
                header.path, f"the start of data record {onsets.index(None) + 1} is missing or damaged", remedy
            )
        warnings.append(f"{name}: some data records lack their start time; the recording is taken as continuous.")
        return whole
    if header.record_s == 0:
        return whole
    fastest_hz = max(s.per_record for s in header.signals if not s.is_annotation) / header.record_s
    # A gap of one sample shifts everything behind it; a file that calls itself continuous may round its times.
    tolerance_s = 0.5 / fastest_hz if discontinuous else max(1.0 / fastest_hz, _CONTINUOUS_TOLERANCE_S)
    runs: list[Run] = []
    first, start_s = 0, 0.0
    for number, onset in enumerate(onsets):
        assert onset is not None
        late_s = (onset - origin) - (start_s + (number - first) * header.record_s)
        if abs(late_s) <= tolerance_s + 1e-9:
            continue
        if late_s < 0:
            problem = f"data record {number + 1} starts {-late_s:g} s before the one before it ends"
            if discontinuous:
                raise ReadError(header.path, problem, _EXPORT)
            warnings.append(f"{name}: {problem}; the recording is taken as continuous.")
            return whole
        runs.append(Run(first, number - first, start_s))
        first, start_s = number, onset - origin
    runs.append(Run(first, len(onsets) - first, start_s))
    if len(runs) > 1 and not discontinuous:
        warnings.append(f"{name} calls itself continuous but has {len(runs) - 1} gaps; they are shown as gaps.")
    return tuple(runs)
