"""A strict reading of EDF and BDF headers: every number is checked before a sample is touched.

Sources: Kemp et al., Electroenceph. clin. Neurophysiol. 1992;82:391 (EDF); Kemp and Olivan, Clin. Neurophysiol.
2003;114:1755 (EDF+); BioSemi's description of BDF (24-bit samples, otherwise EDF).
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cardio_desktop.core.errors import ReadError, one_line
from cardio_desktop.io.files import MAX_RATE_HZ, decode_text, file_size, read_bytes
from cardio_desktop.words import Remark

if TYPE_CHECKING:
    from cardio_desktop.io.formats import Start

MAX_SIGNALS = 512
_EXPORT = Remark("export-recording")
_DECIMAL_POINT = Remark("decimal-point")
_FIELDS = (
    ("label", 16), ("transducer", 80), ("unit", 8), ("physical_min", 8), ("physical_max", 8), ("digital_min", 8),
    ("digital_max", 8), ("prefilter", 80), ("per_record", 8), ("reserved", 32),
)  # fmt: skip
_INTEGER = re.compile(r"[+-]?[0-9]{1,8}")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")


@dataclass(frozen=True)
class EdfSignal:
    """One signal: `offset` and `per_record` (in samples) place it in a data record.

    What is not `usable` only takes its place there.
    """

    label: str
    transducer: str
    unit: str
    prefilter: str
    per_record: int
    offset: int
    is_annotation: bool
    counts_per_unit: float = 1.0
    baseline: float = 0.0
    usable: bool = True


@dataclass(frozen=True)
class EdfHeader:
    """The header of an EDF (2 bytes a sample) or BDF (3 bytes) file; `records` is what the file really holds."""

    path: Path
    bytes_per_sample: int
    patient: str
    recording: str
    start_time: datetime | None
    header_bytes: int
    kind: str
    records: int
    record_s: float
    signals: tuple[EdfSignal, ...]
    warnings: tuple[Remark, ...]

    @property
    def drawn(self) -> tuple[EdfSignal, ...]:
        """The signals that can be shown."""
        return tuple(s for s in self.signals if s.usable and not s.is_annotation)

    @property
    def record_samples(self) -> int:
        """Samples of all signals in one data record."""
        return sum(signal.per_record for signal in self.signals)

    @property
    def record_bytes(self) -> int:
        """Bytes of one data record."""
        return self.record_samples * self.bytes_per_sample

    @property
    def format(self) -> str:
        """The name of the format, as the user knows it."""
        return self.kind or ("EDF" if self.bytes_per_sample == 2 else "BDF")


def begins_edf(start: Start) -> bool:
    """Return whether a file begins as EDF or BDF; what only pads the version with NUL must fit in its length, too."""
    version = start.raw[:8]
    if version in {b"0       ", b"\xffBIOSEMI"}:
        return True
    count, length = (start.raw[low:high].strip(b" \0") for low, high in ((252, 256), (184, 192)))
    padded = version[:1] == b"0" and not version[1:].strip(b" \0")
    return padded and count.isdigit() and length.isdigit() and int(length) == 256 * (int(count) + 1)


def read_edf_header(path: Path, *, growing: bool = False) -> EdfHeader:
    """Return the header of the file `path`; raises ReadError with the field that is at fault.

    Of a file that is still `growing` the number of data records is what it holds by now, none included.
    """
    size = file_size(path)
    raw = read_bytes(path, 256 * (MAX_SIGNALS + 1))
    return _Parser(path, raw, size, growing).parse()


class _UnusableError(Exception):
    """One signal cannot be used, whatever the others are."""

    def __init__(self, problem: Remark, remedy: Remark = _EXPORT) -> None:
        self.problem, self.remedy = problem, remedy
        super().__init__(problem.code)


def _is_number(word: str) -> bool:
    return bool(_NUMBER.fullmatch(word)) and math.isfinite(float(word))


class _Parser:
    """The state of reading one header: its bytes, the path for the messages, and warnings as they come up."""

    def __init__(self, path: Path, raw: bytes, size: int, growing: bool = False) -> None:
        self.path, self.raw, self.size, self.growing = path, raw, size, growing
        self.warnings: list[Remark] = []

    def refuse(self, problem: Remark, remedy: Remark = _EXPORT) -> ReadError:
        return ReadError(self.path, problem, remedy)

    def text(self, start: int, length: int) -> str:
        """Return a field as text; characters outside ASCII are not allowed but common: UTF-8 where they are that."""
        return one_line(decode_text(self.raw[start : start + length])).strip()

    def integer(self, what: Remark, start: int, length: int = 8) -> int:
        word = self.text(start, length)
        if not _INTEGER.fullmatch(word):
            raise self.refuse(Remark("not-whole", {"what": what, "text": word}))
        return int(word)

    def number(self, what: Remark, start: int) -> float:
        word = self.text(start, 8)
        if not _is_number(word):
            remedy = _DECIMAL_POINT if "," in word else _EXPORT
            raise self.refuse(Remark("not-number", {"what": what, "text": word}), remedy)
        return float(word)

    def parse(self) -> EdfHeader:
        if len(self.raw) < 256:
            raise self.refuse(Remark("edf-ends-in-header", {"size_bytes": self.size}), Remark("copy-again"))
        width = 3 if self.raw[:1] == b"\xff" else 2
        n_signals = self.integer(Remark("field-signals"), 252, 4)
        if not 1 <= n_signals <= MAX_SIGNALS:
            raise self.refuse(Remark("edf-signals", {"announced": n_signals, "most": MAX_SIGNALS}))
        header_bytes = 256 * (n_signals + 1)
        if self.size < header_bytes:
            problem = Remark("edf-ends-in-signals", {"announced": n_signals})
            raise self.refuse(problem, Remark("copy-again"))
        claimed = self.integer(Remark("field-header-length"), 184)
        if claimed != header_bytes:
            raise self.refuse(
                Remark("edf-header-length", {"claimed": claimed, "announced": n_signals, "header_bytes": header_bytes})
            )
        record_s = self.number(Remark("field-record-length"), 244)
        kind = self.text(192, 44)[:5].upper()
        kind = kind if kind[:4] in {"EDF+", "BDF+"} and kind[4:] in {"C", "D"} else ""
        signals = self.signals(n_signals, "BDF" if width == 3 else "EDF", record_s)
        if not 0 <= record_s <= 86400 or (record_s == 0 and not all(s.is_annotation for s in signals)):
            raise self.refuse(Remark("edf-record-length", {"length_s": record_s}))
        self.warn_of_odd_letters()
        return EdfHeader(
            path=self.path,
            bytes_per_sample=width,
            patient=self.text(8, 80),
            recording=self.text(88, 80),
            start_time=self.start_time(),
            header_bytes=header_bytes,
            kind=kind,
            records=self.records(header_bytes, width * sum(s.per_record for s in signals), record_s),
            record_s=record_s,
            signals=tuple(signals),
            warnings=tuple(self.warnings),
        )

    def signals(self, count: int, base: str, record_s: float) -> list[EdfSignal]:
        starts, place = {}, 256
        for name, length in _FIELDS:
            starts[name] = (place, length)
            place += count * length
        found: list[EdfSignal] = []
        faults: list[ReadError] = []
        offset = 0
        for i in range(count):
            at = {name: start + i * length for name, (start, length) in starts.items()}
            label, unit, transducer, prefilter = (
                self.text(at[name], starts[name][1]) for name in ("label", "unit", "transducer", "prefilter")
            )
            name = f"{i + 1} ({label})" if label else str(i + 1)
            per_record = self.integer(Remark("field-samples-of", {"name": name}), at["per_record"])
            if not 0 <= per_record <= 50_000_000:
                raise self.refuse(Remark("edf-samples", {"name": name, "per_record": per_record}))
            is_annotation = label == f"{base} Annotations"
            scale, usable = (1.0, 0.0), True
            if not is_annotation:
                try:
                    self.check(label, per_record, record_s)
                    scale = self.scale(at)
                except _UnusableError as fault:
                    # The place of its samples is known all the same, and so the other signals are sound.
                    usable = False
                    faults.append(
                        self.refuse(Remark("signal-unusable", {"name": name, "fault": fault.problem}), fault.remedy)
                    )
                    self.warnings.append(
                        Remark(
                            "signal-left-out", {"file": one_line(self.path.name), "name": name, "fault": fault.problem}
                        )
                    )
            found.append(
                EdfSignal(label, transducer, unit, prefilter, per_record, offset, is_annotation, *scale, usable)
            )
            offset += per_record
        if all(signal.is_annotation for signal in found):
            raise self.refuse(Remark("edf-only-annotations"), Remark("open-signals"))
        if not any(signal.usable and not signal.is_annotation for signal in found):
            raise faults[0]
        return found

    def check(self, label: str, per_record: int, record_s: float) -> None:
        """Raise _UnusableError for a signal that is unused or that no recorder makes."""
        if per_record == 0:
            raise _UnusableError(Remark("no-samples-claimed"))
        if set(label) == {"-"}:
            raise _UnusableError(Remark("signal-unused"))
        if record_s > 0 and per_record / record_s > MAX_RATE_HZ:
            raise _UnusableError(Remark("signal-too-fast", {"rate_hz": per_record / record_s}))

    def scale(self, at: dict[str, int]) -> tuple[float, float]:
        """Return counts per unit and the count that stands for zero; raises _UnusableError."""
        low, high = (self.physical(end, at[f"physical_{end[:3]}"]) for end in ("minimum", "maximum"))
        digital_low, digital_high = (self.digital(end, at[f"digital_{end[:3]}"]) for end in ("minimum", "maximum"))
        if low == high:
            raise _UnusableError(Remark("physical-range-empty", {"low": low}))
        if digital_low >= digital_high:
            # Whether the trace is upside down or the two numbers are swapped cannot be known.
            problem = Remark("digital-range", {"digital_low": digital_low, "digital_high": digital_high})
            raise _UnusableError(problem)
        counts_per_unit = (digital_high - digital_low) / (high - low)
        if not 1e-12 < abs(counts_per_unit) < 1e15:
            raise _UnusableError(Remark("physical-range", {"low": low, "high": high}))
        return counts_per_unit, digital_low - low * counts_per_unit

    def physical(self, end: str, place: int) -> float:
        word = self.text(place, 8)
        if not _is_number(word):
            remedy = _DECIMAL_POINT if "," in word else _EXPORT
            raise _UnusableError(Remark("physical-not-number", {"end": end, "text": word}), remedy)
        return float(word)

    def digital(self, end: str, place: int) -> int:
        word = self.text(place, 8)
        if not _INTEGER.fullmatch(word):
            raise _UnusableError(Remark("digital-not-whole", {"end": end, "text": word}))
        return int(word)

    def records(self, header_bytes: int, record_bytes: int, record_s: float) -> int:
        """Return how many whole data records the file holds, and warn where that is not what the header says."""
        claimed = self.integer(Remark("field-records"), 236)
        if record_bytes == 0:
            raise self.refuse(Remark("edf-empty-records"))
        held, rest = divmod(self.size - header_bytes, record_bytes)
        if self.growing:
            return held
        name = one_line(self.path.name)
        if held == 0:
            raise self.refuse(Remark("edf-no-record"), Remark("copy-from-source"))
        if claimed < -1 or claimed == 0:
            self.warnings.append(Remark("edf-count-impossible", {"name": name, "claimed": claimed, "held": held}))
            return held
        if claimed == -1:
            self.warnings.append(Remark("edf-not-closed", {"name": name, "held": held}))
            return held
        if held < claimed:
            problem = Remark("edf-records-missing", {"held": held, "claimed": claimed})
            if held * 2 < claimed:
                raise self.refuse(problem, Remark("copy-from-source"))
            self.warnings.append(
                Remark(
                    "edf-truncated",
                    {"name": name, "problem": problem, "held_s": held * record_s, "claimed_s": claimed * record_s},
                )
            )
            return held
        if held > claimed or rest:
            self.warnings.append(
                Remark(
                    "edf-bytes-follow",
                    {
                        "name": name,
                        "extra_bytes": self.size - header_bytes - claimed * record_bytes,
                        "claimed": claimed,
                    },
                )
            )
        return claimed

    def start_time(self) -> datetime | None:
        """Return the start time; a bad one costs only the start time, the signal is sound without it."""
        date, time = self.text(168, 8), self.text(176, 8)
        day = re.fullmatch(r"([0-9]{2})\.([0-9]{2})\.([0-9]{2})", date)
        clock = re.fullmatch(r"([0-9]{2})\.([0-9]{2})\.([0-9]{2})", time)
        year = self.recorded_year()
        if date == "01.01.85" and self.text(88, 80).casefold().startswith("startdate x"):
            return None  # EDF+ 2.1.3.3: so is an unknown or withheld date written
        try:
            if not day or not clock:
                raise ValueError
            # EDF clips years to 1985..2084; the EDF+ recording field has all four digits.
            short = int(day[3])
            full = year if year and year % 100 == short else short + (1900 if short >= 85 else 2000)
            return datetime(full, int(day[2]), int(day[1]), int(clock[1]), int(clock[2]), int(clock[3]))
        except ValueError:
            self.warnings.append(Remark("edf-bad-start", {"file": one_line(self.path.name), "text": f"{date} {time}"}))
            return None

    def recorded_year(self) -> int | None:
        match = re.match(r"startdate [0-9]{2}-([a-z]{3})-([0-9]{4})(?: |$)", self.text(88, 80), re.IGNORECASE)
        return int(match[2]) if match and match[1].upper() in MONTHS else None

    def warn_of_odd_letters(self) -> None:
        fields = self.raw[8:88], self.raw[88:168]
        if any(byte > 126 for field in fields for byte in field):
            code = "UTF-8" if all(decode_text(f).encode() == f for f in fields) else "Latin-1"
            self.warnings.append(Remark("edf-odd-letters", {"file": one_line(self.path.name), "code": code}))
