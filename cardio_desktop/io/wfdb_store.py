"""The samples of one WFDB segment: its files checked against the header, decoded by wfdb, whole or in blocks."""

from __future__ import annotations

import threading
import warnings
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.core.errors import ReadError, one_line
from cardio_desktop.core.record import MISSING
from cardio_desktop.io.files import MAX_RECORD_S, Identity, file_size, open_file, sibling
from cardio_desktop.io.wfdb_header import FLAC_FORMATS, FORMAT_BITS, INVALID_SAMPLE, Header, SignalLine
from cardio_desktop.words import Remark

EAGER_SAMPLES = 16_000_000
"""Up to this many samples (of all channels) a record is read at once and its checksums verified; above, in blocks."""
BLOCK_SAMPLES = 2_000_000
_EXPORT = Remark("correct-header")
_COPY = Remark("copy-record")


class BlockCache:
    """The decoded blocks used last, of all segments of a record, at most `EAGER_SAMPLES` samples in all."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self._blocks: dict[tuple[int, int], list[NDArray[Any]]] = {}

    def get(self, key: tuple[int, int]) -> list[NDArray[Any]] | None:
        """Return a block and mark it as used last."""
        block = self._blocks.pop(key, None)
        if block is not None:
            self._blocks[key] = block
        return block

    def put(self, key: tuple[int, int], block: list[NDArray[Any]]) -> None:
        """Keep a block and drop the ones unused for longest."""
        self._blocks[key] = block
        while len(self._blocks) > 1 and sum(len(s) for b in self._blocks.values() for s in b) > EAGER_SAMPLES:
            del self._blocks[next(iter(self._blocks))]


@dataclass(eq=False)
class Segment:
    """One header with signal files. `frames` is how many frames can be read."""

    header: Header
    cache: BlockCache
    frames: int = 0
    block_frames: int = 0
    warnings: list[Remark] = field(default_factory=list)
    _files: dict[Path, Identity] = field(default_factory=dict)

    @property
    def n_samples(self) -> int:
        """Samples of all signals."""
        return self.frames * sum(line.per_frame for line in self.header.signals)

    def measure(self) -> None:
        """Find out how many frames the signal files hold, without reading them; raises ReadError."""
        self.warnings += self.header.warnings
        groups: dict[str, list[SignalLine]] = {}
        previous = ""
        for line in self.header.signals:
            if line.file_name in groups and line.file_name != previous:
                raise ReadError(self.header.path, Remark("signals-apart", {"name": line.file_name}), _EXPORT)
            groups.setdefault(line.file_name, []).append(line)
            previous = line.file_name
        held = {name: self._held(name, lines) for name, lines in groups.items()}
        shortest = min(held, key=lambda name: held[name])
        self.frames = self._believed(shortest, held[shortest])

    def _believed(self, name: str, held: int) -> int:
        claimed, rate_hz = self.header.length, self.header.frame_rate_hz
        if held == 0:
            raise ReadError(self.header.path, Remark("signal-file-empty", {"name": name}), _COPY)
        if claimed is None or held >= claimed:
            return claimed or held
        problem = Remark("signal-file-short", {"name": name, "held": held, "claimed": claimed})
        if held * 2 < claimed:
            raise ReadError(self.header.path, problem, _COPY)
        self.warnings.append(
            Remark(
                "first-seconds",
                {
                    "file": one_line(self.header.path.name),
                    "problem": problem,
                    "held_s": held / rate_hz,
                    "claimed_s": claimed / rate_hz,
                },
            )
        )
        return held

    def _held(self, name: str, lines: list[SignalLine]) -> int:
        """Return how many whole frames the signal file `name` holds."""
        first = lines[0]
        if first.format == "0" or name == "~":
            raise ReadError(self.header.path, Remark("no-signal-file"), Remark("choose-another"))
        if any((line.format, line.byte_offset) != (first.format, first.byte_offset) for line in lines):
            raise ReadError(self.header.path, Remark("several-formats", {"name": name}), _EXPORT)
        if any(line.skew > MAX_RECORD_S * self.header.frame_rate_hz for line in lines):
            raise ReadError(self.header.path, Remark("skew-impossible", {"name": name}), _EXPORT)
        file = sibling(self.header.path, name)
        size = file_size(file)
        self._files[file] = Identity.of(file)
        if first.format in FLAC_FORMATS:
            return _flac_frames(file, first.byte_offset, lines)
        return samples_in(first.format, max(size - first.byte_offset, 0)) // sum(line.per_frame for line in lines)

    def open(self, whole: bool) -> None:
        """Read the segment and verify its checksums if `whole`, else prove that its last block can be read."""
        if any(line.skew >= self.frames for line in self.header.signals):
            raise ReadError(self.header.path, Remark("skew-too-long"), _EXPORT)
        if not whole and any(line.format == "8" for line in self.header.signals):
            problem = Remark("format-8-long")
            raise ReadError(self.header.path, problem, Remark("convert-16"))
        self.block_frames = self.frames if whole else max(BLOCK_SAMPLES * self.frames // self.n_samples, 1)
        last = self.block((self.frames - 1) // self.block_frames)
        if whole:
            self._verify_checksums(last)

    def block(self, number: int) -> list[NDArray[Any]]:
        """Return the counts of every signal in block `number`; raises ReadError."""
        with self.cache.lock:
            key = (id(self), number)
            if (found := self.cache.get(key)) is not None:
                return found
            for file, identity in self._files.items():
                identity.check(file)
            first = number * self.block_frames
            signals = self._decode(first, min(first + self.block_frames, self.frames))
            self.cache.put(key, signals)
            return signals

    def frames_between(self, first: int, stop: int) -> list[NDArray[Any]]:
        """Return the int32 counts of every signal in frames first <= i < stop, `MISSING` where marked as invalid.

        Nothing is kept, and the file may have grown meanwhile. Raises ReadError.
        """
        out = []
        for line, counts in zip(self.header.signals, self._decode(first, stop), strict=True):
            wide = counts.astype(np.int32)
            if (invalid := INVALID_SAMPLE[line.format]) is not None:
                wide[counts == invalid] = MISSING
            out.append(wide)
        return out

    def _decode(self, first: int, stop: int) -> list[NDArray[Any]]:
        """Return the counts of frames first <= i < stop.

        wfdb's segment reader is called rather than its public `rdrecord`: that one parses the header anew, and more
        leniently than we did ("µV" becomes "V"), fails on counts of format 61 and on FLAC without a length.
        """
        lines = self.header.signals
        path = self.header.path
        try:
            from wfdb.io import _signal

            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                decoded = _signal._rd_segment(
                    file_name=[line.file_name for line in lines],
                    dir_name=str(path.parent.absolute()),
                    pn_dir=None,
                    fmt=[line.format for line in lines],
                    n_sig=len(lines),
                    sig_len=self.frames,
                    byte_offset=[line.byte_offset for line in lines],
                    samps_per_frame=[line.per_frame for line in lines],
                    skew=[line.skew for line in lines],
                    init_value=[line.initial for line in lines],
                    sampfrom=first,
                    sampto=stop,
                    channels=list(range(len(lines))),
                    ignore_skew=False,
                )
        except MemoryError as error:
            raise ReadError(path, Remark("no-memory"), _EXPORT) from error
        except ImportError:
            raise
        except Exception as error:  # wfdb leaks ValueError, IndexError, RuntimeError and others on damaged files
            raise ReadError(path, Remark("not-decodable"), _COPY) from error
        signals = [np.ascontiguousarray(s, dtype=s.dtype.newbyteorder("=")) for s in decoded]
        if [len(s) for s in signals] != [(stop - first) * line.per_frame for line in lines]:
            raise ReadError(path, Remark("signal-files-short"), _COPY)
        for counts in signals:
            counts.flags.writeable = False
        return signals

    def _verify_checksums(self, signals: list[NDArray[Any]]) -> None:
        # A skewed signal has lost samples of the file, a shortened one too: their sum cannot be compared.
        if self.frames != self.header.length or any(line.skew for line in self.header.signals):
            return
        wrong = [
            line.label or f"signal {number}"
            for number, (line, counts) in enumerate(zip(self.header.signals, signals, strict=True), 1)
            if line.checksum is not None and (int(counts.sum(dtype=np.int64)) - line.checksum) % 65536
        ]
        if wrong:
            self.warnings.append(
                Remark("checksum", {"file": one_line(self.header.path.name), "signals": ", ".join(wrong)})
            )


@dataclass(frozen=True, eq=False)
class SegmentSamples:
    """The first `length` samples of one signal of a segment."""

    segment: Segment
    index: int
    length: int

    def __len__(self) -> int:
        return self.length

    def read(self, start: int, stop: int) -> NDArray[Any]:
        """Return the counts start <= i < stop as int32, `MISSING` where the file marks a sample as invalid."""
        line = self.segment.header.signals[self.index]
        start, stop = max(start, 0), min(max(stop, 0), self.length)
        if stop <= start:
            return np.zeros(0, dtype=np.int32)
        size = self.segment.block_frames * line.per_frame
        parts = []
        for number in range(start // size, (stop - 1) // size + 1):
            counts = self.segment.block(number)[self.index]
            parts.append(counts[max(start - number * size, 0) : stop - number * size])
        raw = np.concatenate(parts) if len(parts) > 1 else parts[0]
        wide = raw.astype(np.int32)
        if (invalid := INVALID_SAMPLE[line.format]) is not None:
            wide[raw == invalid] = MISSING
        # A skewed signal ends before the record does; wfdb marks that only at one sample a frame, not in format 8.
        end = (self.segment.frames - line.skew) * line.per_frame - start
        wide[max(end, 0) :] = MISSING
        return wide


def samples_in(storage: str, size: int) -> int:
    """Return how many samples of a format fit into `size` bytes; the formats are those of signal(5)."""
    if storage == "212":  # two samples in three bytes; a last single one takes two
        return size // 3 * 2 + (size % 3 == 2)
    if storage in {"310", "311"}:  # three samples in four bytes; a last one takes two, a last pair three (310: four)
        rest = size % 4
        return size // 4 * 3 + (0 if rest < 2 else 2 if storage == "311" and rest == 3 else 1)
    return size * 8 // (8 if storage == "8" else FORMAT_BITS[storage])


def _flac_frames(file: Path, offset: int, lines: list[SignalLine]) -> int:
    """Return the number of frames that a FLAC signal file holds; raises ReadError."""
    import soundfile  # type: ignore[import-untyped]

    per_frame = lines[0].per_frame
    try:
        with open_file(file) as raw, soundfile.SoundFile(raw) as sound:
            fits = sound.format == "FLAC" and sound.channels == len(lines)
            frames = int(max(sound.frames - offset, 0)) // per_frame
    except (RuntimeError, ValueError, OSError) as error:
        raise ReadError(file, Remark("flac-damaged"), _COPY) from error
    if not fits or any(line.per_frame != per_frame for line in lines):
        raise ReadError(file, Remark("flac-channels"), _EXPORT)
    return frames
