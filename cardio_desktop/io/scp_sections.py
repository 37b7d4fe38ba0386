"""The sections of an SCP-ECG file: pointers, patient and device (1), leads (3), beats (4), compressed leads (5, 6).

Source: EN 1064:2005 (ISO 11073-91064:2009), clause 5. A section starts with 16 bytes: CRC, number, length, versions.
"""

from __future__ import annotations

import binascii
import struct
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.core.errors import ReadError
from cardio_desktop.io.lead_codes import lead_of_code
from cardio_desktop.io.scp_huffman import Code, DamagedError, decode, read_tables, undo_differences
from cardio_desktop.words import Remark

HEADER = 16
MAX_SCP_BYTES = 64 << 20
MAX_SECTIONS = 1024
MAX_LEADS = 85
MAX_SAMPLES = 8_000_000
"""Of one lead: a Huffman bit is the least a sample takes, so that a byte can claim eight."""
_COPY = Remark("copy-it-from-source")


@dataclass(frozen=True)
class LeadSpan:
    """One lead of section 3: samples `first` to `last`, counted from 1; both 0 where the device left them out."""

    name: str
    first: int
    last: int

    @property
    def count(self) -> int:
        """How many samples the section announces; Contec counts from 0 and means the end as a number of samples."""
        return self.last - self.first + 1 if self.first > 0 else self.last


@dataclass(frozen=True)
class Beat:
    """One QRS of section 4: its type, the zone in which a reference beat was subtracted, its fiducial point."""

    kind: int
    start: int
    fiducial: int
    end: int


@dataclass(frozen=True)
class Beats:
    """Section 4: the reference beat's length and fiducial point, the beats and the zones kept at the full rate."""

    length_ms: int = 0
    fiducial: int = 0
    beats: tuple[Beat, ...] = ()
    protected: tuple[tuple[int, int], ...] = ()
    qrs_count: int = 0


@dataclass(frozen=True)
class Waves:
    """Section 5 or 6 decoded: one array for each lead, in counts of `nanovolts`; `step_us` apart."""

    nanovolts: int
    step_us: int
    bimodal: bool
    leads: tuple[NDArray[np.int64], ...]


@dataclass
class ScpFile:
    """The bytes of an SCP-ECG file and where its sections lie: number -> (first byte, length, protocol version)."""

    path: Path
    raw: bytes
    places: dict[int, tuple[int, int, int]] = field(default_factory=dict)
    damaged: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Read the pointers of section 0; raises ReadError."""
        raw = self.raw
        if len(raw) < 6 + HEADER or raw[16:22] != b"SCPECG":
            raise ReadError(self.path, Remark("scp-start"), Remark("export-scp"))
        (total,) = struct.unpack_from("<I", raw, 2)
        if total > len(raw):
            raise ReadError(self.path, Remark("scp-cut-short", {"held": len(raw), "claimed": total}), _COPY)
        (length,) = struct.unpack_from("<I", raw, 10)
        if not HEADER <= length <= len(raw) - 6:
            raise ReadError(self.path, Remark("scp-section-list"), _COPY)
        for place in range(6 + HEADER, min(6 + length, 6 + HEADER + 10 * MAX_SECTIONS) - 9, 10):
            number, size, index = struct.unpack_from("<HII", raw, place)
            if number and size:
                self._add(number, size, index - 1)
        if crc_of(raw[2:total]) != struct.unpack_from("<H", raw)[0]:
            self.damaged.insert(0, 0)

    def _add(self, number: int, size: int, first: int) -> None:
        if first < 6 or first + size > len(self.raw):
            raise ReadError(self.path, Remark("scp-section-outside", {"number": number}), _COPY)
        if number > 11:
            return
        if size < HEADER or struct.unpack_from("<H", self.raw, first + 2)[0] != number:
            raise ReadError(self.path, Remark("scp-section-place", {"number": number}), _COPY)
        size = min(size, max(struct.unpack_from("<I", self.raw, first + 4)[0], HEADER))
        section = self.raw[first : first + size]
        if crc_of(section[2:]) != struct.unpack_from("<H", section)[0]:
            self.damaged.append(number)
        self.places[number] = (first, size, section[9])

    def body(self, number: int) -> bytes:
        """Return a section without its header, empty where the file has none."""
        first, size, _ = self.places.get(number, (0, 0, 0))
        return self.raw[first + HEADER : first + size]

    @property
    def protocol(self) -> int:
        """The protocol version in tenths (13 is 1.3), as section 6 or 1 says."""
        return next((self.places[number][2] for number in (6, 1) if number in self.places), 0)


def crc_of(raw: bytes) -> int:
    """Return the CRC-CCITT (polynomial 0x1021, start 0xFFFF) of some bytes."""
    return binascii.crc_hqx(raw, 0xFFFF)


def read_leads(file: ScpFile) -> tuple[list[LeadSpan], bool]:
    """Return the leads of section 3 and whether a reference beat was subtracted; raises ReadError."""
    body = file.body(3)
    count = body[0] if len(body) >= 2 else 0
    if not 0 < count <= MAX_LEADS or len(body) < 2 + 9 * count:
        raise ReadError(file.path, Remark("scp-section-leads"), _COPY)
    leads = []
    for k in range(count):
        first, last, code = struct.unpack_from("<IIB", body, 2 + 9 * k)
        leads.append(LeadSpan(lead_of_code(code), first, last))
        if not 0 < leads[-1].count <= MAX_SAMPLES:
            raise ReadError(
                file.path, Remark("lead-claims-samples", {"label": leads[-1].name, "first": first, "last": last}), _COPY
            )
    return leads, bool(body[1] & 1)


def read_beats(file: ScpFile, needed: bool) -> Beats:
    """Return section 4; raises ReadError where it is `needed` and not whole."""
    body = file.body(4)
    if len(body) < 6:
        if needed:
            raise ReadError(file.path, Remark("scp-beats-missing"), _COPY)
        return Beats()
    length_ms, fiducial, count = struct.unpack_from("<HHH", body)
    if len(body) < 6 + 14 * count:
        if needed:
            raise ReadError(file.path, Remark("scp-beats-short"), _COPY)
        return Beats(length_ms, fiducial, qrs_count=count)
    beats = tuple(Beat(*struct.unpack_from("<HIII", body, 6 + 14 * k)) for k in range(count))
    after = 6 + 14 * count
    whole = len(body) >= after + 8 * count
    protected = tuple(struct.unpack_from("<II", body, after + 8 * k) for k in range(count)) if whole else ()
    return Beats(length_ms, fiducial, beats, protected, count)


def wave_header(file: ScpFile, number: int) -> Waves | None:
    """Return the scale, step and kind of section 5 or 6 without its leads, None where there is none."""
    body = file.body(number)
    if not body:
        return None
    if len(body) < 6:
        raise ReadError(file.path, Remark("scp-section-short", {"number": number}), _COPY)
    nanovolts, step_us, order, flag = struct.unpack_from("<HHBB", body)
    if not nanovolts or not step_us or order > 2:
        problem = Remark(
            "scp-section-scale", {"number": number, "step_nv": nanovolts, "step_us": step_us, "order": order}
        )
        raise ReadError(file.path, problem, _COPY)
    # From protocol 3.0 on the byte is reserved, and bimodal compression no more.
    return Waves(nanovolts, step_us, bool(flag & 1) and number == 6 and file.protocol < 30, ())


def read_waves(file: ScpFile, number: int, counts: list[int]) -> Waves:
    """Return the leads of section 5 or 6, of which `counts` samples each are stored; raises ReadError."""
    header, body = wave_header(file, number), file.body(number)
    if header is None or len(body) < 6 + 2 * len(counts):
        raise ReadError(file.path, Remark("scp-section-short", {"number": number}), _COPY)
    sizes = struct.unpack_from(f"<{len(counts)}H", body, 6)
    place = 6 + 2 * len(counts)
    if place + sum(sizes) > len(body):
        raise ReadError(file.path, Remark("scp-section-bytes", {"number": number}), _COPY)
    tables = _tables(file)
    leads = []
    for count, size in zip(counts, sizes, strict=True):
        raw, place = body[place : place + size], place + size
        try:
            values = decode(raw, count, tables) if tables else _plain(raw, count)
        except DamagedError as error:
            raise ReadError(
                file.path, Remark("scp-in-section", {"number": number, "problem": error.remark}), _COPY
            ) from error
        leads.append(undo_differences(values, body[4]))
    return replace(header, leads=tuple(leads))


def _tables(file: ScpFile) -> list[list[Code]] | None:
    if 2 not in file.places:
        return None
    try:
        return read_tables(file.body(2))
    except DamagedError as error:
        raise ReadError(file.path, error.remark, _COPY) from error


def _plain(raw: bytes, count: int) -> NDArray[np.int64]:
    if 2 * count > len(raw):
        raise DamagedError(Remark("bytes-two", {"held": len(raw), "count": count}))
    return np.frombuffer(raw, dtype="<i2", count=count).astype(np.int64)
