"""The data records of an EDF or BDF file, read from the disk in blocks."""

from __future__ import annotations

import threading
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.core.errors import ReadError
from cardio_desktop.io.edf_header import EdfHeader, EdfSignal
from cardio_desktop.io.files import Identity, open_file, os_problem
from cardio_desktop.words import Remark

BLOCK_BYTES = 1 << 20
CACHED_BLOCKS = 16


class RecordStore:
    """Bytes of the data records; keeps no file open, and the last few blocks in memory (one strip reads all leads)."""

    def __init__(self, header: EdfHeader) -> None:
        self.header = header
        self._identity = Identity.of(header.path)
        self._block_records = max(BLOCK_BYTES // header.record_bytes, 1)
        self._blocks: dict[int, NDArray[np.uint8]] = {}
        self._lock = threading.Lock()

    def counts(self, signal: EdfSignal, start: int, stop: int) -> NDArray[Any]:
        """Return the int32 counts start <= i < stop of a signal, counted over all data records."""
        if stop <= start:
            return np.zeros(0, dtype=np.int32)
        size = signal.per_record
        first, last = start // size, (stop - 1) // size + 1
        if self.header.record_bytes <= BLOCK_BYTES:
            raw = self.bytes_of(signal, first, last)
            return integers(raw, self.header.bytes_per_sample)[start - first * size : stop - first * size]
        parts = [
            self._inside(signal, record, max(start - record * size, 0), min(stop - record * size, size))
            for record in range(first, last)
        ]
        return integers(b"".join(parts), self.header.bytes_per_sample)

    def bytes_of(self, signal: EdfSignal, first: int, last: int) -> bytes:
        """Return what a signal has in the data records first <= i < last, one after the other."""
        width = self.header.bytes_per_sample
        if self.header.record_bytes > BLOCK_BYTES:
            return b"".join(self._inside(signal, record, 0, signal.per_record) for record in range(first, last))
        low, high = signal.offset * width, (signal.offset + signal.per_record) * width
        parts = []
        for number in range(first // self._block_records, (last - 1) // self._block_records + 1):
            shift = number * self._block_records
            block = self._block(number)
            parts.append(block[max(first - shift, 0) : last - shift, low:high].tobytes())
        return b"".join(parts)

    def _block(self, number: int) -> NDArray[np.uint8]:
        with self._lock:
            block = self._blocks.pop(number, None)
            if block is None:
                first = number * self._block_records
                count = min(self._block_records, self.header.records - first)
                size = self.header.record_bytes
                raw = self._read(self.header.header_bytes + first * size, count * size)
                block = np.frombuffer(raw, dtype=np.uint8).reshape(count, size)
            self._blocks[number] = block
            while len(self._blocks) > CACHED_BLOCKS:
                del self._blocks[next(iter(self._blocks))]
            return block

    def _inside(self, signal: EdfSignal, record: int, low: int, high: int) -> bytes:
        """Return samples low <= i < high of one data record that is too long to be kept."""
        width = self.header.bytes_per_sample
        place = self.header.header_bytes + record * self.header.record_bytes + (signal.offset + low) * width
        return self._read(place, (high - low) * width)

    def _read(self, place: int, length: int) -> bytes:
        path = self.header.path
        self._identity.check(path)
        try:
            with open_file(path) as file:
                file.seek(place)
                raw = file.read(length)
        except OSError as error:
            raise os_problem(path, error) from error
        if len(raw) != length:
            raise ReadError(path, Remark("became-shorter"), Remark("open-again"))
        return raw


def integers(raw: bytes, width: int) -> NDArray[Any]:
    """Return little-endian two's complement samples of 2 or 3 bytes as int32."""
    if width == 2:
        return np.frombuffer(raw, dtype="<i2").astype(np.int32)
    wide = np.zeros((len(raw) // 3, 4), dtype=np.uint8)
    wide[:, 1:] = np.frombuffer(raw, dtype=np.uint8).reshape(-1, 3)
    # In the upper three bytes the sign is in place; the shift brings the value down with it.
    return (wide.view("<i4").ravel() >> 8).astype(np.int32)
