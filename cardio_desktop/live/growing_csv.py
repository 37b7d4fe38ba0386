"""A table (CSV, TSV) while it is written: whole lines only, gaps where the column of times leaps."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.core.leads import canonical_lead
from cardio_desktop.core.record import MISSING
from cardio_desktop.io.csv_growing import GrowingTable, growing_table
from cardio_desktop.io.files import open_file, read_bytes
from cardio_desktop.live.followed import GrowingFile
from cardio_desktop.live.layouts import FLOAT_STEP_MV, counted
from cardio_desktop.live.source import Block, Counts, Layout

Ints = NDArray[np.int64]

HEAD_BYTES = 1 << 18
"""In so much the head and the first second stand: 1,000 lines of 12 leads of 10 letters take 130 kB."""
LEAP = 1.5
"""Steps of the clock from which on lines are missing: half a step is what rounding and jitter may make."""


class GrowingCsv(GrowingFile):
    """A table of one line a sample. Each line is one step after the last, unless its time leaps ahead: then a gap.

    A line whose time is not after the one before was written twice or late, and is left out. Voltages are counted in
    steps of 0.1 microvolt.
    """

    def __init__(
        self,
        path: Path,
        *,
        from_start: bool = False,
        wait_s: float | None = None,
        given: Mapping[str, float | str] | None = None,
    ) -> None:
        super().__init__(path, from_start=from_start, wait_s=wait_s)
        self._given = dict(given or {})
        self._next = 0
        self._last: float | None = None
        self._step = 1.0
        self._ready: list[Block] = []

    _table: GrowingTable

    def _look(self) -> Layout:
        raw = read_bytes(self.path, HEAD_BYTES)
        raw = raw[: raw.rfind(b"\n") + 1]
        rate_hz, unit = self._given.get("rate_hz"), self._given.get("unit")
        self._table = growing_table(self.path, raw, float(rate_hz) if rate_hz else None, str(unit) if unit else None)
        self._place = self._table.body
        record = self._table.record
        channels = record.channels
        if self._table.time is not None:
            times = self._table.lines(self.path, raw[self._table.body :])[:, self._table.time]
            self._step = float(np.median(np.diff(times)))
        return Layout(
            leads=tuple(canonical_lead(c.label) or c.label for c in channels),
            rate_hz=channels[0].rate_hz,
            gains=(FLOAT_STEP_MV,) * len(channels),
            offsets=(0.0,) * len(channels),
            patient=record.patient,
            start_time=record.start_time,
            simulated=record.simulated,
            device=record.device,
        )

    def _late_start(self, samples: int) -> int:
        """Return the place of the first whole line of about the last `samples`, counted by the length of the first."""
        raw = read_bytes(self.path, HEAD_BYTES)
        lines = raw[self._table.body : raw.rfind(b"\n") + 1]
        each = len(lines) / max(lines.count(b"\n"), 1)
        back = self._size - round(samples * each)
        if back <= self._table.body:
            return self._table.body
        with open_file(self.path) as file:
            file.seek(back)
            ahead = file.read(HEAD_BYTES).find(b"\n")
        self._next = round((back - self._table.body) / each)
        return back + ahead + 1 if ahead >= 0 else self._size

    def _cut(self, most: int) -> Block | None:
        if self._ready:
            return self._ready.pop(0)
        with open_file(self.path) as file:
            file.seek(self._place)
            raw = file.read(max(most * 16 * self._table.width, HEAD_BYTES))
        whole = raw[: raw.rfind(b"\n") + 1]
        if not whole:
            return None
        ends = np.flatnonzero(np.frombuffer(whole, dtype=np.uint8) == ord("\n"))
        whole = whole[: int(ends[min(most, ends.size) - 1]) + 1]
        self._place += len(whole)  # a line that cannot be read is told once, not for ever
        lines = self._table.lines(self.path, whole)
        counts = counted(self._table.millivolts(lines))
        if self._table.time is None:
            places = self._next + np.arange(counts.shape[1])
        else:
            places, kept = self._placed(lines[:, self._table.time])
            counts = counts[:, kept]
        if not places.size:
            return None
        self._next = int(places[-1]) + 1
        self._ready = _blocks(places, counts, most)
        return self._ready.pop(0)

    def _placed(self, times: NDArray[np.float64]) -> tuple[Ints, Ints]:
        """Return the places of the lines that count, and which these are."""
        places, kept = [], []
        place, last = self._next - 1, self._last
        for k, time in enumerate(times.tolist()):
            steps = 1.0 if last is None or not np.isfinite(time) else (time - last) / self._step
            if steps < 2.0 - LEAP:
                continue
            place += 1 if steps < LEAP else round(steps)
            last = time if np.isfinite(time) else (last or 0.0) + self._step
            places.append(place)
            kept.append(k)
        self._last = last
        return np.array(places, dtype=np.int64), np.array(kept, dtype=np.int64)


def _blocks(places: Ints, counts: Counts, longest: int) -> list[Block]:
    """Return the lines as blocks, cut where more than `longest` samples are missing; shorter holes are filled."""
    cuts = np.flatnonzero(np.diff(places) > longest) + 1
    out = []
    for part, own in zip(np.split(places, cuts), np.split(counts, cuts, axis=1), strict=True):
        filled: Counts = np.full((counts.shape[0], int(part[-1] - part[0]) + 1), MISSING, dtype=np.int32)
        filled[:, part - part[0]] = own
        out.append(Block(int(part[0]), filled))
    return out
