"""WFDB records: header checked first, segments put in their places, counts kept as the files have them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.core.errors import CardioError, ReadError, one_line
from cardio_desktop.core.leads import canonical_lead
from cardio_desktop.core.progress import Progress
from cardio_desktop.core.record import MISSING, Channel, Gap, GappedSamples, Record, Samples
from cardio_desktop.io.files import MAX_RECORD_S, latin_name, read_bytes, sibling
from cardio_desktop.io.live_marks import SUFFIX as LIVE_SUFFIX
from cardio_desktop.io.live_marks import live_marks
from cardio_desktop.io.wfdb_annotations import USUAL_EXTENSIONS, annotation_files, read_annotations
from cardio_desktop.io.wfdb_comments import patient_from
from cardio_desktop.io.wfdb_header import Header, SignalLine, named_files, read_header
from cardio_desktop.io.wfdb_store import EAGER_SAMPLES, BlockCache, Segment, SegmentSamples
from cardio_desktop.words import Remark

if TYPE_CHECKING:
    from cardio_desktop.io.formats import Start

MAX_SEGMENTS = 20_000
MAX_SEGMENT_FILES = 2_000
"""Each segment's header and signal files are opened and checked; the longest MIMIC records have some hundreds."""
_SIGNAL_SUFFIXES = frozenset({".dat", ".mat"})
_MAX_SCANNED_HEADERS = 2000
_NAMES_BYTES = 65_536
_EXPORT = Remark("correct-header")


def read_wfdb(path: Path, progress: Progress | None = None) -> Record:
    """Return the record whose header file is `path`; raises ReadError."""
    header = read_header(path)
    warnings = list(header.warnings)
    pieces = _pieces_of(header, warnings, progress)
    length = sum(frames for _, frames in header.segments) if header.segments else pieces[0].frames
    if length / header.frame_rate_hz > MAX_RECORD_S:
        days = length / header.frame_rate_hz / 86400
        raise ReadError(path, Remark("header-too-many-days", {"days": days}), _EXPORT)
    segments = list({id(piece.segment): piece.segment for piece in pieces}.values())
    whole = sum(segment.n_samples for segment in segments) <= EAGER_SAMPLES
    for number, segment in enumerate(segments):
        segment.open(whole)
        warnings += segment.warnings
        if progress:
            progress(95.0 * (number + 1) / len(segments))
    channels = _channels(header, pieces, length)
    warnings += _uncalibrated(segments)
    signal_files = frozenset(line.file_name for segment in segments for line in segment.header.signals)
    annotations, damaged = read_annotations(header, signal_files, len(channels))
    said, unread = live_marks(path)
    annotations = tuple(sorted((*annotations, *said), key=lambda mark: mark.time_s)) if said else annotations
    comments = dict.fromkeys([*header.comments, *(c for segment in segments for c in segment.header.comments)])
    if progress:
        progress(100.0)
    return Record(
        path=path,
        format="WFDB",
        channels=channels,
        start_time=header.start_time,
        patient=patient_from(tuple(comments)),
        annotations=annotations,
        gaps=_gaps(pieces, length, header.frame_rate_hz),
        warnings=tuple(dict.fromkeys([*warnings, *damaged, *unread])),
        notes=tuple(comment for comment in comments if comment),
        simulated=any("simulated" in comment.casefold() for comment in comments),
    )


def begins_wfdb(start: Start) -> bool:
    """Return whether a file is a WFDB header; it need not be called so."""
    if start.suffix == ".hea" or b"\0" in start.raw:
        return start.suffix == ".hea"
    try:
        read_header(start.path)
    except ReadError:
        return False
    return True


def header_of(path: Path) -> Path | None:
    """Return the header of a signal or annotation file, or None.

    It is the one of the same name, else the only one beside it that names the file.
    """
    own = path.with_suffix(".hea") if path.name else path
    suffix = path.suffix.casefold()
    if suffix in _SIGNAL_SUFFIXES and own.is_file():
        return own
    naming = []
    for header in sorted(path.parent.glob("*.hea"))[:_MAX_SCANNED_HEADERS]:
        try:
            named = named_files(read_bytes(header, _NAMES_BYTES))[0]
            if path.name not in named and path.name not in map(latin_name, named):
                continue
            lines = read_header(header).signals
        except CardioError:
            continue
        if any(line.file_name == path.name for line in lines):
            naming.append(header)
    if len(naming) == 1:
        return naming[0]
    return own if suffix[1:] in USUAL_EXTENSIONS and own.is_file() else None


def record_files(header_path: Path) -> set[Path]:
    """Return the files that a record consists of: headers, signal files and, of those that exist, annotations."""
    files, waiting = {header_path}, [header_path]
    while waiting:
        try:
            header = read_header(waiting.pop())
        except ReadError:
            continue
        signal_files = frozenset(line.file_name for line in header.signals)
        files |= {header.path.parent / name for name in signal_files}
        files |= set(annotation_files(header.path, signal_files))
        said = header.path.with_suffix(LIVE_SUFFIX)
        files |= {said} if said.is_file() else set()
        segments = {header.path.parent / f"{name}.hea" for name, _ in header.segments if name != "~"}
        waiting += segments - files
        files |= segments
    return files


@dataclass(frozen=True)
class _Piece:
    """A segment at its place on the record's axis; `first` and `claimed` in frames."""

    first: int
    segment: Segment
    claimed: int | None = None

    @property
    def frames(self) -> int:
        return self.segment.frames if self.claimed is None else min(self.segment.frames, self.claimed)


def _pieces_of(header: Header, warnings: list[Remark], progress: Progress | None) -> list[_Piece]:
    """Return the segments of a record in their places, without reading samples."""
    cache = BlockCache()
    if not header.segments:
        if not header.signals:
            raise ReadError(header.path, Remark("no-signals"), Remark("choose-ecg"))
        segment = Segment(header, cache)
        segment.measure()
        return [_Piece(0, segment)]
    if len(header.segments) > MAX_SEGMENTS:
        raise ReadError(
            header.path, Remark("many-segments", {"segments": len(header.segments)}), Remark("split-record")
        )
    pieces: list[_Piece] = []
    opened: dict[str, Segment] = {}
    place = 0
    for number, (name, frames) in enumerate(header.segments):
        if progress and number % 100 == 0:
            progress(0.0)
        layout = number == 0 and frames == 0  # names the signals of a variable-layout record, holds no samples
        if name != "~" and not layout:
            if name not in opened:
                if len(opened) == MAX_SEGMENT_FILES:
                    raise ReadError(
                        header.path, Remark("more-segments", {"most": MAX_SEGMENT_FILES}), Remark("split-record")
                    )
                opened[name] = Segment(_segment_header(header, name), cache)
                opened[name].measure()
            if (held := opened[name].frames) < frames:
                problem = Remark("segment-short", {"name": name, "held": held, "frames": frames})
                if held * 2 < frames:
                    raise ReadError(header.path, problem, Remark("copy-record"))
                warnings.append(Remark("rest-as-gap", {"file": one_line(header.path.name), "problem": problem}))
            pieces.append(_Piece(place, opened[name], frames))
        place += frames
    if not pieces:
        raise ReadError(header.path, Remark("segments-empty"), Remark("choose-another"))
    if header.length is not None and header.length != place:
        warnings.append(
            Remark("segments-length", {"file": one_line(header.path.name), "claimed": header.length, "place": place})
        )
    return pieces


def _segment_header(parent: Header, name: str) -> Header:
    path = sibling(parent.path, f"{name}.hea")
    if path.resolve() == parent.path.resolve():
        raise ReadError(parent.path, Remark("own-segment"), Remark("export-record"))
    segment = read_header(path)
    if segment.segments:
        raise ReadError(parent.path, Remark("segment-of-segments", {"name": name}), Remark("open-that"))
    if not segment.signals:
        raise ReadError(parent.path, Remark("segment-no-signals", {"name": name}), Remark("export-record"))
    if abs(segment.frame_rate_hz - parent.frame_rate_hz) > 1e-6 * parent.frame_rate_hz:
        problem = Remark(
            "segment-rate", {"name": name, "segment_hz": segment.frame_rate_hz, "record_hz": parent.frame_rate_hz}
        )
        raise ReadError(parent.path, problem, Remark("open-one-by-one"))
    return segment


def _channels(header: Header, pieces: list[_Piece], length: int) -> tuple[Channel, ...]:
    """Return the channels over the whole record; with a variable layout a signal is followed by its name."""
    if not header.segments:
        segment = pieces[0].segment
        return tuple(
            _channel(header, line, SegmentSamples(segment, i, length * line.per_frame))
            for i, line in enumerate(segment.header.signals)
        )
    fixed = header.segments[0][1] != 0
    places: dict[int | str, list[tuple[_Piece, int]]] = {}
    for piece in pieces:
        signals = piece.segment.header.signals
        if fixed and len(signals) != header.n_signals:
            problem = Remark(
                "segment-signals",
                {"name": piece.segment.header.name, "listed": len(signals), "announced": header.n_signals},
            )
            raise ReadError(header.path, problem, Remark("export-record"))
        if not fixed and len({line.label for line in signals}) < len(signals):
            raise ReadError(header.path, Remark("segment-names", {"name": piece.segment.header.name}), _EXPORT)
        for index, line in enumerate(signals):
            places.setdefault(index if fixed else line.label, []).append((piece, index))
    return tuple(_joined(header, place, length) for place in places.values())


def _joined(header: Header, places: list[tuple[_Piece, int]], length: int) -> Channel:
    """Return one signal that goes through several segments, as counts where all are calibrated alike."""
    lines = [piece.segment.header.signals[index] for piece, index in places]
    first = lines[0]
    for name in ("per_frame", "unit", "label"):
        if any(getattr(line, name) != getattr(first, name) for line in lines):
            what = Remark({"per_frame": "field-rate", "unit": "field-unit", "label": "field-name"}[name])
            problem = Remark("signal-changes", {"what": what, "label": first.label})
            raise ReadError(header.path, problem, Remark("open-one-by-one"))
    alike = all((line.gain, line.baseline) == (first.gain, first.baseline) for line in lines)
    parts: list[tuple[int, Samples]] = []
    for (piece, index), line in zip(places, lines, strict=True):
        samples: Samples = SegmentSamples(piece.segment, index, piece.frames * line.per_frame)
        if not alike:
            samples = _Calibrated(samples, line.gain, line.baseline)
        parts.append((piece.first * line.per_frame, samples))
    whole = GappedSamples(tuple(parts), length * first.per_frame)
    return _channel(header, first, whole, physical=not alike)


@dataclass(frozen=True, eq=False)
class _Calibrated:
    """Physical values (float64, NaN where missing) of samples whose gain differs from that of other segments."""

    samples: Samples
    gain: float
    baseline: int

    def __len__(self) -> int:
        return len(self.samples)

    def read(self, start: int, stop: int) -> NDArray[Any]:
        """Return values start <= i < stop."""
        counts = self.samples.read(start, stop)
        values = (counts.astype(np.float64) - self.baseline) / self.gain
        values[counts == MISSING] = np.nan
        return values


def _channel(header: Header, line: SignalLine, samples: Samples, physical: bool = False) -> Channel:
    return Channel(
        label=line.label,
        rate_hz=header.frame_rate_hz * line.per_frame,
        unit=line.unit,
        counts_per_unit=1.0 if physical else line.gain,
        baseline=0.0 if physical else float(line.baseline),
        samples=samples,
        lead=canonical_lead(line.label),
    )


def _uncalibrated(segments: list[Segment]) -> list[Remark]:
    """Return a warning about every signal whose header has no gain (header(5): then 200 counts per unit)."""
    lines = [line for segment in segments for line in segment.header.signals if not line.calibrated]
    return [
        Remark("gain-assumed", {"label": line.label or Remark("a-signal"), "gain": line.gain, "unit": line.unit})
        for line in lines
    ]


def _gaps(pieces: list[_Piece], length: int, rate_hz: float) -> tuple[Gap, ...]:
    """Return the stretches that no segment fills."""
    gaps: list[Gap] = []
    place = 0
    for piece in pieces:
        if piece.first > place:
            gaps.append(Gap(place / rate_hz, piece.first / rate_hz))
        place = max(place, piece.first + piece.frames)
    if length > place:
        gaps.append(Gap(place / rate_hz, length / rate_hz))
    return tuple(gaps)
