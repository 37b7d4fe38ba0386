"""Writers of small ECG files, byte by byte after the format descriptions and independent of every reader."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest


@dataclass
class EdfSignalSpec:
    """One signal of a test file; `counts` has shape (data records, samples per record)."""

    counts: np.ndarray
    label: str = "ECG I"
    unit: str = "uV"
    physical: tuple[str, str] = ("-5000", "5000")
    digital: tuple[str, str] = ("-32768", "32767")
    prefilter: str = ""


@dataclass
class EdfSpec:
    """A whole EDF (`width` 2) or BDF (3) file; with `onsets` it gets an annotations signal and is EDF+C or EDF+D."""

    signals: Sequence[EdfSignalSpec]
    record_s: str = "1"
    width: int = 2
    reserved: str = ""
    onsets: Sequence[str] | None = None
    notes: dict[int, str] = field(default_factory=dict)
    patient: str = "X X X X"
    recording: str = "Startdate X X X X"
    date: str = "02.03.21"
    time: str = "04.05.06"
    n_records: str | None = None

    def to_bytes(self) -> bytes:
        records = len(self.signals[0].counts)
        columns = [self._digits(signal.counts) for signal in self.signals]
        specs = list(self.signals)
        if self.onsets is not None:
            tals = [f"{onset}\x14\x14\0{self.notes.get(i, '')}".encode() for i, onset in enumerate(self.onsets)]
            size = -(-max(map(len, tals)) // self.width)
            columns.append([tal.ljust(size * self.width, b"\0") for tal in tals])
            kind = "BDF" if self.width == 3 else "EDF"
            low = str(-(2 ** (8 * self.width - 1)))
            high = str(2 ** (8 * self.width - 1) - 1)
            specs.append(EdfSignalSpec(np.zeros((records, size)), f"{kind} Annotations", "", ("-1", "1"), (low, high)))
        version = b"\xffBIOSEMI" if self.width == 3 else b"0       "
        fixed = [
            (self.patient, 80), (self.recording, 80), (self.date, 8), (self.time, 8), (str(256 * (len(specs) + 1)), 8),
            (self.reserved, 44), (self.n_records or str(records), 8), (self.record_s, 8), (str(len(specs)), 4),
        ]  # fmt: skip
        fields = [
            (16, [s.label for s in specs]), (80, ["" for _ in specs]), (8, [s.unit for s in specs]),
            (8, [s.physical[0] for s in specs]), (8, [s.physical[1] for s in specs]),
            (8, [s.digital[0] for s in specs]), (8, [s.digital[1] for s in specs]),
            (80, [s.prefilter for s in specs]), (8, [str(s.counts.shape[1]) for s in specs]), (32, ["" for _ in specs]),
        ]  # fmt: skip
        header = version + b"".join(text.encode("latin-1").ljust(size) for text, size in fixed)
        header += b"".join(text.encode("latin-1").ljust(size) for size, texts in fields for text in texts)
        return header + b"".join(column[i] for i in range(records) for column in columns)

    def _digits(self, counts: np.ndarray) -> list[bytes]:
        if self.width == 2:
            return [row.astype("<i2").tobytes() for row in counts]
        return [row.astype("<i4").view(np.uint8).reshape(-1, 4)[:, :3].tobytes() for row in counts]


@dataclass
class WfdbSpec:
    """A single-segment record in format 16; `lines` replaces the signal lines of its header."""

    counts: np.ndarray
    labels: Sequence[str] = ()
    rate: str = "500"
    gain: str = "1000(0)/mV"
    lines: Sequence[str] | None = None
    first_line: str | None = None
    comments: Sequence[str] = ()

    def write(self, folder: Path, name: str = "rec") -> Path:
        n_signals, length = self.counts.shape
        labels = self.labels or ["I", "II", "V1", "V2", "V3", "V4", "V5", "V6"][:n_signals]
        (folder / f"{name}.dat").write_bytes(self.counts.T.astype("<i2").tobytes())
        lines = self.lines
        if lines is None:
            lines = [
                f"{name}.dat 16 {self.gain} 16 0 {row[0]} {int(row.sum(dtype=np.int64)) % 65536} 0 {label}"
                for row, label in zip(self.counts, labels, strict=True)
            ]
        first = self.first_line or f"{name} {n_signals} {self.rate} {length}"
        header = folder / f"{name}.hea"
        header.write_text("\n".join([first, *lines, *(f"# {c}" for c in self.comments)]) + "\n", encoding="utf-8")
        return header


def encode_signal5(storage: str, flat: Sequence[int], initial: Sequence[int] = (0,)) -> bytes:
    """Return samples in dat-file order as the bytes of a storage format, after the text of signal(5)."""
    flat = [int(value) for value in flat]
    if storage == "8":
        last = list(initial)
        out = bytearray()
        for i, value in enumerate(flat):
            out.append((value - last[i % len(last)]) & 0xFF)
            last[i % len(last)] = value
        return bytes(out)
    if storage in {"16", "61", "24", "32"}:
        size = {"16": 2, "61": 2, "24": 3, "32": 4}[storage]
        order = "big" if storage == "61" else "little"
        return b"".join(value.to_bytes(size, order, signed=True) for value in flat)
    if storage == "80":
        return bytes(value + 128 for value in flat)
    if storage == "160":
        return b"".join((value + 32768).to_bytes(2, "little") for value in flat)
    if storage == "212":
        out = bytearray()
        for a, b in zip(flat[::2], [*flat[1::2], 0], strict=False):
            out += bytes((a & 0xFF, (a >> 8 & 0xF) | (b >> 8 & 0xF) << 4, b & 0xFF))
        return bytes(out[: -(-len(flat) * 3 // 2)])
    padded = [*flat, 0, 0][: -(-len(flat) // 3) * 3]
    out = bytearray()
    for a, b, c in zip(padded[::3], padded[1::3], padded[2::3], strict=True):
        a, b, c = a & 0x3FF, b & 0x3FF, c & 0x3FF
        if storage == "310":  # two 16-bit words: one sample in bits 1 to 10, the third sample split over both tops
            out += (a << 1 | (c & 0x1F) << 11).to_bytes(2, "little") + (b << 1 | (c >> 5) << 11).to_bytes(2, "little")
        else:  # 311: one 32-bit word, ten bits each from the bottom
            out += (a | b << 10 | c << 20).to_bytes(4, "little")
    return bytes(out)


@pytest.fixture(scope="session")
def signal5() -> Callable[..., bytes]:
    return encode_signal5


@pytest.fixture(scope="session")
def edf_signal() -> type[EdfSignalSpec]:
    return EdfSignalSpec


@pytest.fixture(scope="session")
def edf_spec() -> type[EdfSpec]:
    return EdfSpec


@pytest.fixture(scope="session")
def wfdb_spec() -> type[WfdbSpec]:
    return WfdbSpec


@pytest.fixture(scope="session")
def twelve_leads() -> Callable[..., EdfSpec]:
    """Return a maker of 12-lead EDF+ files of ten one-second data records at 100 Hz."""

    def make(**changes: object) -> EdfSpec:
        names = ("I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6")
        width = changes.get("width", 2)
        top = 2 ** (8 * int(str(width)) - 1)
        rng = np.random.default_rng(5)
        signals = [
            EdfSignalSpec(rng.integers(-top, top, (10, 100)), f"ECG {name}", digital=(str(-top), str(top - 1)))
            for name in names
        ]
        kind = "BDF" if width == 3 else "EDF"
        settings: dict[str, object] = {
            "reserved": f"{kind}+C",
            "onsets": [f"+{i}" for i in range(10)],
            "notes": {2: "+2.5\x150.5\x14chest pain\x14\0"},
            "recording": "Startdate 02-MAR-2021 X X Recorder_7",
            **changes,
        }
        return EdfSpec(signals, **settings)  # type: ignore[arg-type]

    return make
