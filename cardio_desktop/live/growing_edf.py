"""EDF, EDF+ and BDF while they are written: the header's count of data records is stale, so the length counts."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.core.errors import ReadError
from cardio_desktop.core.leads import canonical_lead
from cardio_desktop.core.record import ArraySamples, Channel, Record
from cardio_desktop.io.edf_header import EdfHeader, EdfSignal, read_edf_header
from cardio_desktop.io.edf_reader import patient_from
from cardio_desktop.io.edf_store import integers
from cardio_desktop.io.files import open_file
from cardio_desktop.live.followed import GrowingFile
from cardio_desktop.live.layouts import layout_of
from cardio_desktop.live.source import Block, Counts, Layout
from cardio_desktop.words import Remark

_ONSET = re.compile(rb"[+-][0-9]{1,12}(?:\.[0-9]*)?")


class GrowingEdf(GrowingFile):
    """An EDF file that grows by data records; their onsets place them where the file says that it has gaps (EDF+D)."""

    _header: EdfHeader
    _signals: tuple[EdfSignal, ...] = ()
    _onset_s: float | None = None

    def _look(self) -> Layout:
        self._header = header = read_edf_header(self.path, growing=True)
        rates = [signal.per_record / header.record_s for signal in header.drawn]
        empty = ArraySamples(np.zeros(0, dtype=np.int32))
        channels = [
            Channel(s.label, rate, s.unit, s.counts_per_unit, s.baseline, empty, lead=canonical_lead(s.label))
            for s, rate in zip(header.drawn, rates, strict=True)
        ]
        start = header.start_time
        record = Record(
            self.path,
            header.format,
            tuple(channels),
            start,
            patient_from(header.patient, start.date() if start else None),
            simulated="simulated" in f"{header.patient} {header.recording}".casefold(),
        )
        layout, leads = layout_of(record)
        self._signals = tuple(header.drawn[channels.index(lead.terms[0][0])] for lead in leads)
        reach = 2 ** (8 * header.bytes_per_sample - 1)
        return replace(layout, lowest=-reach, highest=reach - 1)

    def _held(self) -> int:
        return max(self._size - self._header.header_bytes, 0) // self._header.record_bytes

    def _late_start(self, samples: int) -> int:
        return max(self._held() - -(-samples // self._signals[0].per_record), 0)

    def _cut(self, most: int) -> Block | None:
        header, per = self._header, self._signals[0].per_record
        count = min(self._held() - self._place, max(most // per, 1))
        if count <= 0:
            return None
        with open_file(self.path) as file:
            file.seek(header.header_bytes + self._place * header.record_bytes)
            raw = file.read(count * header.record_bytes)
        if len(raw) < count * header.record_bytes:
            raise ReadError(self.path, Remark("became-shorter"), Remark("open-again"))
        width = header.bytes_per_sample
        rows = np.frombuffer(raw, dtype=np.uint8).reshape(count, header.record_bytes)
        counts: Counts = np.stack(
            [integers(rows[:, s.offset * width : (s.offset + per) * width].tobytes(), width) for s in self._signals]
        )
        first = self._place * per
        if header.kind.endswith("D"):
            first, count = self._placed(rows, count)
            counts = counts[:, : count * per]
        self._place += count
        return Block(first, counts)

    def _placed(self, rows: NDArray[np.uint8], count: int) -> tuple[int, int]:
        """Return the place of the first data record by its onset, and how many of them follow without a gap."""
        header = self._header
        lists = next((s for s in header.signals if s.is_annotation), None)
        if lists is None:
            raise ReadError(self.path, Remark("edf-gaps-unplaced"), Remark("export-again"))
        low = lists.offset * header.bytes_per_sample
        onsets = [_ONSET.match(row[low : low + 32].tobytes()) for row in rows]
        if onsets[0] is None:
            raise ReadError(self.path, Remark("edf-gaps-unplaced"), Remark("export-again"))
        begin_s = float(onsets[0][0])
        if self._onset_s is None:
            self._onset_s = begin_s - (self._place * header.record_s if self._place else 0.0)
        together = 1
        for k in range(1, count):
            found = onsets[k]
            if found is None or abs(float(found[0]) - begin_s - k * header.record_s) > 0.5 / self.layout.rate_hz:
                break
            together = k + 1
        return round((begin_s - self._onset_s) * self.layout.rate_hz), together
