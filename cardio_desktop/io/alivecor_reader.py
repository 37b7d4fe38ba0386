"""AliveCor `.atc`: one to six leads of a Kardia recorder, each block with its checksum.

Source: AliveCor's description of its ATC format, versions 2 to 4: a file mark, then blocks of a name, a length, data
and the sum of all their bytes.
"""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np

from cardio_desktop.core.errors import ReadError, one_line
from cardio_desktop.core.record import Record
from cardio_desktop.core.stored import Stored, StoredBeat
from cardio_desktop.io.files import decode_text, file_size, read_bytes
from cardio_desktop.io.parts import day_of, make_channel, moment_of
from cardio_desktop.words import Remark

MAGIC = b"ALIVE\0\0\0"
MAX_ATC_BYTES = 64 << 20
_COPY = Remark("copy-it-from-source")
_LEADS = {"ecg ": "I", "ecg2": "II", "ecg3": "III", "ecg4": "aVR", "ecg5": "aVL", "ecg6": "aVF"}
_AVERAGES = {f"avg{name[3]}": lead for name, lead in _LEADS.items()}
_INFO = {"start": (0, 32), "phone": (116, 32), "software": (148, 32), "hardware": (180, 32)}


def read_atc(path: Path) -> Record:
    """Return the record in an AliveCor file; raises ReadError."""
    if file_size(path) > MAX_ATC_BYTES:
        raise ReadError(path, Remark("atc-too-large", {"most_mb": MAX_ATC_BYTES >> 20}), _COPY)
    raw = read_bytes(path, MAX_ATC_BYTES)
    if not raw.startswith(MAGIC):
        raise ReadError(path, Remark("atc-start"), Remark("export-again"))
    blocks = _blocks(path, raw)
    form = blocks.get("fmt ", b"")
    if len(form) < 5:
        raise ReadError(path, Remark("atc-no-format"), _COPY)
    kind, rate, nanovolts = struct.unpack_from("<BHH", form)
    if kind != 1 or not rate or not nanovolts:
        raise ReadError(
            path, Remark("atc-format", {"number": kind, "rate_hz": rate, "step_nv": nanovolts}), Remark("export-pdf")
        )
    leads = {name: blocks[block] for block, name in _LEADS.items() if block in blocks}
    if not leads:
        raise ReadError(path, Remark("no-leads"), _COPY)
    if any(len(data) % 2 or not data for data in leads.values()):
        raise ReadError(path, Remark("a-lead-short"), _COPY)
    channels = tuple(
        make_channel(path, name, np.frombuffer(data, dtype="<i2"), float(rate), "nV", float(nanovolts))
        for name, data in leads.items()
    )
    info = blocks.get("info", b"")
    words = {name: _text(info[place : place + size]) for name, (place, size) in _INFO.items()}
    stamp = words["start"]
    beats = {
        name: np.frombuffer(blocks[block], dtype="<i2", count=len(blocks[block]) // 2) * (nanovolts * 1e-6)
        for block, name in _AVERAGES.items()
        if len(blocks.get(block, b"")) >= 2
    }
    stored = Stored(
        device=one_line(" ".join(word for word in ("AliveCor", words["software"], words["phone"]) if word)),
        median=StoredBeat(float(rate), beats, "average beat") if beats else None,
    )
    return Record(
        path=path,
        format="AliveCor ATC",
        channels=channels,
        start_time=moment_of(day_of(stamp[:10], "ymd"), stamp[11:19]),
        device=stored.device,
        stored=stored,
    )


def _blocks(path: Path, raw: bytes) -> dict[str, bytes]:
    """Return the blocks by their names; raises ReadError where one is cut short or does not fit its checksum."""
    blocks: dict[str, bytes] = {}
    place = len(MAGIC) + 4
    while place < len(raw):
        if place + 12 > len(raw):
            raise ReadError(path, Remark("block-short"), _COPY)
        name, length = decode_text(raw[place : place + 4]), struct.unpack_from("<I", raw, place + 4)[0]
        end = place + 8 + length
        if end + 4 > len(raw):
            raise ReadError(path, Remark("block-claims", {"text": name, "claimed": length}), _COPY)
        total = int(np.frombuffer(raw, dtype=np.uint8, count=8 + length, offset=place).sum(dtype=np.uint64))
        if total % 2**32 != struct.unpack_from("<I", raw, end)[0]:
            raise ReadError(path, Remark("block-checksum", {"text": name}), _COPY)
        blocks.setdefault(name, raw[place + 8 : end])
        place = end + 4
    return blocks


def _text(raw: bytes) -> str:
    return one_line(decode_text(raw.partition(b"\0")[0]), 60)
