"""A strict reading of WFDB header files, done before any other program is let near the record.

Source: header(5) of the WFDB Applications Guide. What the grammar does not allow is refused rather than guessed: a
comma in a gain must not turn 200.5 counts per millivolt into 200.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cardio_desktop.core.errors import ReadError, one_line
from cardio_desktop.core.leads import canonical_lead, is_other_ecg
from cardio_desktop.io.edf_header import MONTHS
from cardio_desktop.io.files import MAX_RATE_HZ, decode_text, name_on_disk, read_bytes
from cardio_desktop.words import Remark

MAX_HEADER_BYTES = 8_000_000
MAX_SIGNALS = 1024
DEFAULT_RATE_HZ = 250.0
DEFAULT_GAIN = 200.0

FLAC_FORMATS = frozenset({"508", "516", "524"})
# Bits of a sample, and the value that stands for "no valid sample" (signal(5); format 8 has none).
FORMAT_BITS = {
    "8": 32, "16": 16, "24": 24, "32": 32, "61": 16, "80": 8, "160": 16, "212": 12, "310": 10, "311": 10,
    "508": 8, "516": 16, "524": 24,
}  # fmt: skip
INVALID_SAMPLE = {name: None if name == "8" else -(2 ** (bits - 1)) for name, bits in FORMAT_BITS.items()}

_NUMBER = r"[0-9]+\.?[0-9]*|\.[0-9]+"
_NAME = re.compile(r"[-\w]+", re.ASCII)
# Some writers put the folder before the name, or a suffix behind it; it is only a name and opens nothing.
_RECORD_NAME = re.compile(r"(?:[-\w]+[/\\]){0,8}[-\w]+(?:\.\w{1,8})?")
_RATE = re.compile(rf"({_NUMBER})(?:/(-?(?:{_NUMBER}))?(?:\((-?(?:{_NUMBER}))\))?)?")
_FORMAT = re.compile(r"(\d{1,4})(?:x(\d{1,6}))?(?::(\d{1,9}))?(?:\+(\d{1,12}))?", re.ASCII)
_GAIN = re.compile(
    rf"([+-]?(?:{_NUMBER})(?:e[+-]?\d{{1,3}})?)(?:\((-?\d{{1,10}})\))?(?:/(\S+))?", re.ASCII | re.IGNORECASE
)
_INTEGER = re.compile(r"[+-]?\d{1,12}", re.ASCII)
_REMEDY = Remark("correct-header")


@dataclass(frozen=True)
class SignalLine:
    """One signal of a header: where its samples lie and what they mean (see the attributes of the same name there)."""

    file_name: str
    format: str
    per_frame: int
    skew: int
    byte_offset: int
    gain: float
    baseline: int
    unit: str
    initial: int
    checksum: int | None
    label: str
    calibrated: bool


@dataclass(frozen=True)
class Header:
    """A header file: `segments` are (name, length in frames) and then `signals` is empty."""

    path: Path
    name: str
    n_signals: int
    frame_rate_hz: float
    length: int | None
    start_time: datetime | None
    signals: tuple[SignalLine, ...]
    segments: tuple[tuple[str, int], ...]
    comments: tuple[str, ...]
    warnings: tuple[Remark, ...]


def read_header(path: Path) -> Header:
    """Return the header in the file `path`; raises ReadError with the line that is at fault."""
    raw = read_bytes(path, MAX_HEADER_BYTES + 1)
    if len(raw) > MAX_HEADER_BYTES:
        raise ReadError(path, Remark("header-too-long"), Remark("choose-header"))
    if b"\0" in raw:
        raise ReadError(path, Remark("header-binary"), Remark("choose-header"))
    lines = [line.strip() for line in decode_text(raw).splitlines()]
    comments = tuple(one_line(line.strip(" \t#"), 2000) for line in lines if line.startswith("#"))
    content = [line for line in lines if line and not line.startswith("#")]
    if not content:
        raise ReadError(path, Remark("header-empty"), _REMEDY)
    return _Parser(path, comments).parse(content)


def named_files(raw: bytes) -> tuple[list[str], list[str]]:
    """Return (signal files, segments' record names) that the bytes of a header name, without judging the header.

    A quick look for listing folders; what it returns is not checked and must not be opened unchecked.
    """
    lines = [line for line in decode_text(raw).splitlines() if line.strip() and not line.lstrip().startswith("#")]
    if not lines:
        return [], []
    first = [line.split()[0] for line in lines[1:]]
    if _segments_announced(lines[0].split()[0], lines[1:]) is not None:
        return [], [name for name in first if name != "~"]
    return list(dict.fromkeys(first)), []


def _segments_announced(word: str, rest: list[str]) -> int | None:
    """Return how many segments "name/5" announces; None where it names a folder, as the lines of signals tell."""
    count = word.rpartition("/")[2] if "/" in word else ""
    if not re.fullmatch(r"[0-9]{1,6}", count) or (rest and all(len(line.split()) > 2 for line in rest)):
        return None
    return int(count)


class _Parser:
    """The state of reading one header: its path for the messages, and warnings as they come up."""

    def __init__(self, path: Path, comments: tuple[str, ...]) -> None:
        self.path = path
        self.comments = comments
        self.frame_rate_hz = DEFAULT_RATE_HZ
        self.warnings: list[Remark] = []

    def refuse(self, problem: Remark, remedy: Remark = _REMEDY) -> ReadError:
        return ReadError(self.path, problem, remedy)

    def parse(self, content: list[str]) -> Header:
        words, rest = content[0].split(), content[1:]
        announced = _segments_announced(words[0], rest)
        name = words[0] if announced is None else words[0].rpartition("/")[0]
        if not _RECORD_NAME.fullmatch(name):
            raise self.refuse(Remark("no-record-name", {"text": words[0]}))
        n_signals = self.count(words[1] if len(words) > 1 else "", Remark("field-signals"), MAX_SIGNALS)
        rate_hz = self.frame_rate_hz = self.rate(words[2]) if len(words) > 2 else self.no_rate()
        length = self.count(words[3], Remark("field-samples"), 10**15) if len(words) > 3 else None
        start_time = self.start(words[4:6])
        signals: tuple[SignalLine, ...] = ()
        segments: tuple[tuple[str, int], ...] = ()
        if announced is not None:
            segments = tuple(self.segment(line) for line in rest)
            self.check_number(announced, len(segments), length, sum(frames for _, frames in segments))
        else:
            if len(rest) != n_signals:
                raise self.refuse(Remark("signals-listed", {"announced": n_signals, "listed": len(rest)}))
            signals = tuple(self.signal(number, line) for number, line in enumerate(rest, 1))
        return Header(
            self.path, name, n_signals, rate_hz, length or None, start_time, signals, segments, self.comments,
            tuple(self.warnings),
        )  # fmt: skip

    def check_number(self, announced: int, listed: int, length: int | None, total: int) -> None:
        """Warn of a wrong number of segments where their lengths prove that none is missing, else refuse."""
        if announced == listed:
            return
        problem = Remark("segments-listed", {"announced": announced, "listed": listed})
        if not listed or length != total:
            raise self.refuse(problem)
        self.warnings.append(Remark("segments-add-up", {"file": one_line(self.path.name), "problem": problem}))

    def count(self, word: str, what: Remark, most: int) -> int:
        if not re.fullmatch(r"[0-9]{1,18}", word):
            raise self.refuse(Remark("not-whole", {"what": what, "text": word}))
        if int(word) > most:
            raise self.refuse(Remark("beyond-reason", {"what": what, "text": word}))
        return int(word)

    def rate(self, word: str) -> float:
        match = _RATE.fullmatch(word)
        if not match:
            raise self.refuse(Remark("rate-not-number", {"text": word}))
        rate_hz = float(match[1])
        if not 1e-4 <= rate_hz <= MAX_RATE_HZ:
            raise self.refuse(Remark("rate-impossible", {"text": word}))
        return rate_hz

    def no_rate(self) -> float:
        self.warnings.append(Remark("rate-assumed", {"rate_hz": DEFAULT_RATE_HZ}))
        return DEFAULT_RATE_HZ

    def start(self, words: list[str]) -> datetime | None:
        """Return the start time where date and time are both there and sound; a bad one only loses the start time."""
        if not words:
            return None
        said = " ".join(words)
        if named := re.fullmatch(r"([0-9]{1,2})-([A-Za-z]{3})-([0-9]{4})", words[0]):  # not WFDB's way, but in use
            number = MONTHS.index(named[2].upper()) + 1 if named[2].upper() in MONTHS else 0
            words = [*words[1:], f"{named[1]}/{number}/{named[3]}"]
        time = re.fullmatch(r"(?:(?:([0-9]{1,2}):)?([0-9]{1,2}):)?([0-9]{1,2})(?:\.([0-9]{1,6}))?", words[0])
        date = re.fullmatch(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{1,4})", words[1]) if len(words) > 1 else None
        try:
            if not time or (len(words) > 1 and not date):
                raise ValueError
            clock = (int(time[1] or 0), int(time[2] or 0), int(time[3]), int((time[4] or "").ljust(6, "0")))
            year, month, day = (int(date[3]), int(date[2]), int(date[1])) if date else (2000, 1, 1)
            moment = datetime(year, month, day, *clock)
        except ValueError:
            self.warnings.append(Remark("header-bad-start", {"said": said}))
            return None
        return moment if date else None

    def segment(self, line: str) -> tuple[str, int]:
        words = line.split()
        if len(words) != 2 or not (words[0] == "~" or _NAME.fullmatch(words[0])):
            raise self.refuse(Remark("segment-line", {"line": line}), Remark("segments-one-folder"))
        return words[0], self.count(words[1], Remark("field-segment-length"), 10**15)

    def signal(self, number: int, line: str) -> SignalLine:
        words = line.split(maxsplit=1)
        where = Remark("nth-signal", {"number": number})
        if len(words) < 2:
            raise self.refuse(Remark("line-too-short", {"where": where, "line": line}))
        file_name, rest = words
        words = rest.split(maxsplit=1)
        form = _FORMAT.fullmatch(words[0])
        if not form or (form[1] not in FORMAT_BITS and form[1] != "0"):
            raise self.refuse(Remark("unknown-storage", {"where": where, "text": words[0]}))
        per_frame = int(form[2] or 1)
        if not 1 <= per_frame <= 100_000:
            raise self.refuse(Remark("per-frame", {"where": where, "per_frame": per_frame}))
        words = words[1].split(maxsplit=1) if len(words) > 1 else []
        if per_frame * self.frame_rate_hz > MAX_RATE_HZ:
            raise self.refuse(Remark("line-too-fast", {"where": where, "rate_hz": per_frame * self.frame_rate_hz}))
        gain, baseline, unit = self.gain(where, words.pop(0)) if words else (0.0, None, "mV")
        integers, label = self.integers(where, words[0] if words else "")
        zero = integers[1] if len(integers) > 1 else None
        if baseline is None:
            baseline = zero or 0
            if zero and label and len(integers) < 5:
                self.warnings.append(
                    Remark(
                        "baseline-doubtful",
                        {"file": one_line(self.path.name), "where": where, "label": label, "zero": zero},
                    )
                )
        if abs(baseline) >= 2**31:
            raise self.refuse(Remark("baseline-impossible", {"where": where, "baseline": baseline}))
        return SignalLine(
            file_name=name_on_disk(self.path.parent, file_name),
            format=str(int(form[1])),
            per_frame=per_frame,
            skew=int(form[3] or 0),
            byte_offset=int(form[4] or 0),
            gain=gain or DEFAULT_GAIN,
            baseline=baseline,
            unit=unit,
            initial=integers[2] if len(integers) > 2 else 0,
            checksum=integers[3] if len(integers) > 3 else None,
            label=label,
            calibrated=gain != 0,
        )

    def gain(self, where: Remark, word: str) -> tuple[float, int | None, str]:
        match = _GAIN.fullmatch(word)
        gain = float(match[1]) if match else math.nan
        if not match or not (gain == 0 or 1e-12 < abs(gain) < 1e15):
            raise self.refuse(Remark("gain-damaged", {"where": where, "text": word}))
        return gain, int(match[2]) if match[2] else None, one_line(match[3] or "mV")

    def integers(self, where: Remark, rest: str) -> tuple[list[int], str]:
        """Return the up to five whole numbers (resolution, zero, initial, checksum, block size) and the description."""
        words = rest.split()
        found: list[int] = []
        while words and len(found) < 5 and _INTEGER.fullmatch(words[0]):
            found.append(int(words.pop(0)))
        if words and len(found) < 5:
            # Some writers put the description right after the gain. A damaged number must not pass for one: the
            # numbers after it would be lost, and with them the baseline. So a number among the words is allowed in
            # the name of a lead alone ("ECG 1").
            text = " ".join(words)
            numbers = sum(bool(_INTEGER.fullmatch(word)) for word in words)
            named = bool(canonical_lead(text)) or is_other_ecg(text)
            if not words[0][0].isalpha() or numbers > 1 or (numbers and not named):
                raise self.refuse(Remark("whole-number-expected", {"where": where, "text": words[0]}))
        return found, one_line(" ".join(words))
