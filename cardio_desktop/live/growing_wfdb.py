"""WFDB while it is written: one signal file that grows behind its header."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from cardio_desktop.core.errors import ReadError
from cardio_desktop.core.leads import canonical_lead
from cardio_desktop.core.record import ArraySamples, Channel, Record
from cardio_desktop.io.files import sibling
from cardio_desktop.io.wfdb_comments import patient_from
from cardio_desktop.io.wfdb_header import FLAC_FORMATS, FORMAT_BITS, Header, read_header
from cardio_desktop.io.wfdb_store import BlockCache, Segment, samples_in
from cardio_desktop.live.followed import GrowingFile
from cardio_desktop.live.layouts import layout_of
from cardio_desktop.live.source import Block, Layout
from cardio_desktop.words import Remark


class GrowingWfdb(GrowingFile):
    """A WFDB record in one signal file whose header was written first; the length that it claims is not believed."""

    _header: Header
    _rows: tuple[int, ...] = ()
    _per_frame = 1

    @property
    def watched(self) -> Path:
        """The signal file."""
        return sibling(self._header.path, self._header.signals[0].file_name) if self._known else self.path

    def _look(self) -> Layout:
        self._header = header = read_header(self.path)
        lines = header.signals
        same = {(line.file_name, line.format, line.per_frame, line.skew, line.byte_offset) for line in lines}
        if len(same) != 1 or lines[0].skew or lines[0].format in {*FLAC_FORMATS, "0", "8"}:
            raise ReadError(self.path, Remark("live-wfdb-kind"), Remark("live-wfdb-plain"))
        sibling(self.path, lines[0].file_name)
        self._per_frame = lines[0].per_frame
        empty = ArraySamples(np.zeros(0, dtype=np.int32))
        rate_hz = header.frame_rate_hz * self._per_frame
        channels = [
            Channel(s.label, rate_hz, s.unit, s.gain, s.baseline, empty, lead=canonical_lead(s.label)) for s in lines
        ]
        record = Record(
            self.path,
            "WFDB",
            tuple(channels),
            header.start_time,
            patient_from(header.comments),
            simulated=any("simulated" in comment.casefold() for comment in header.comments),
        )
        layout, leads = layout_of(record)
        self._rows = tuple(channels.index(lead.terms[0][0]) for lead in leads)
        reach = 2 ** (FORMAT_BITS[lines[0].format] - 1)
        return replace(layout, lowest=-reach + 1, highest=reach - 1)

    def _held(self) -> int:
        """Return how many whole frames the file holds."""
        first = self._header.signals[0]
        whole = samples_in(first.format, max(self._size - first.byte_offset, 0))
        return whole // (len(self._header.signals) * self._per_frame)

    def _late_start(self, samples: int) -> int:
        return max(self._held() - samples // self._per_frame, 0)

    def _cut(self, most: int) -> Block | None:
        held = self._held()
        count = min(held - self._place, max(most // self._per_frame, 1))
        if count <= 0:
            return None
        segment = Segment(self._header, BlockCache(), frames=held)
        counts = segment.frames_between(self._place, self._place + count)
        block = Block(self._place * self._per_frame, np.stack([counts[row] for row in self._rows]))
        self._place += count
        return block
