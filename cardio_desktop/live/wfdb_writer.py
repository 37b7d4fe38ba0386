"""A WFDB record that is whole at every moment: its header is written first, without a length, and the samples follow.

Source: header(5) and signal(5) of the WFDB Applications Guide: a header without the number of samples is one of a
record whose end is where its file ends.
"""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np

from cardio_desktop.core.errors import WriteError, one_line, why_not_written
from cardio_desktop.core.record import MISSING
from cardio_desktop.live.source import Block, Counts, Layout
from cardio_desktop.words import Remark

HOLE_SAMPLES = 1 << 14
"""A hole is written in pieces of so many samples, so that hours of it need no memory."""


def bits_for(layout: Layout) -> int:
    """Return the bits of the narrowest WFDB format that holds all counts beside the mark of a missing one."""
    for bits in (16, 24):
        if layout.lowest > -(2 ** (bits - 1)) and layout.highest < 2 ** (bits - 1):
            return bits
    return 32


class WfdbGrowth:
    """Writes `path` (.hea) and the .dat beside it; holes become samples that are marked as missing.

    Raises WriteError where the disk refuses. A record that is there already is never written over.
    """

    def __init__(self, path: Path, layout: Layout) -> None:
        self.path, self.dat = path, path.with_suffix(".dat")
        self._layout, self._bits = layout, bits_for(layout)
        self._first: int | None = None
        self._next = 0
        self._sums = np.zeros(len(layout.leads), dtype=np.int64)
        self._initial = np.zeros(len(layout.leads), dtype=np.int64)
        try:
            for file in (path, self.dat):
                if file.exists():
                    raise WriteError(file, Remark("file-exists"), Remark("live-other-folder"))
            self._stream = self.dat.open("xb")
            self._put_header(None)
        except OSError as error:
            raise self._refused(error) from error

    @property
    def first(self) -> int | None:
        """The source's index of the first sample that was written."""
        return self._first

    @property
    def frames(self) -> int:
        """How many samples of each lead were written."""
        return self._next

    def write(self, block: Block) -> None:
        """Append a block at its place."""
        try:
            if self._first is None:
                self._first = block.first
            part = block.since(self._first + self._next)
            if part.first >= block.stop:
                return
            hole = part.first - self._first - self._next
            while hole > 0:
                size = min(hole, HOLE_SAMPLES)
                self._append(np.full((len(self._layout.leads), size), MISSING, dtype=np.int32))
                hole -= size
            self._append(part.counts)
        except OSError as error:
            raise self._refused(error) from error

    def sync(self) -> None:
        """Put all that was written on the disk: from here on no crash takes it."""
        try:
            self._stream.flush()
            os.fsync(self._stream.fileno())
        except OSError as error:
            raise self._refused(error) from error

    def close(self) -> None:
        """End the record: the header gets its length and sums."""
        if self._stream.closed:
            return
        self.sync()
        self._stream.close()
        try:
            if self._next:
                self._put_header(self._next)
        except OSError as error:
            raise self._refused(error) from error

    def _append(self, counts: Counts) -> None:
        invalid = -(2 ** (self._bits - 1))
        stored = np.where(counts == MISSING, invalid, counts).astype(np.int32)
        if not self._next:
            self._initial = stored[:, 0].astype(np.int64)
        self._sums += stored.sum(axis=1, dtype=np.int64)
        frames = np.ascontiguousarray(stored.T)
        if self._bits == 16:
            self._stream.write(frames.astype("<i2").tobytes())
        elif self._bits == 24:
            self._stream.write(frames.astype("<i4").reshape(-1, 1).view(np.uint8)[:, :3].tobytes())
        else:
            self._stream.write(frames.astype("<i4").tobytes())
        self._next += counts.shape[1]

    def _put_header(self, length: int | None) -> None:
        """Write the header beside its name and put it there whole."""
        part = self.path.with_name(f".{self.path.name}.part")
        with part.open("w", encoding="utf-8", newline="\n") as stream:
            stream.write(self._header(length))
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(self.path)

    def _header(self, length: int | None) -> str:
        layout = self._layout
        start = layout.start_time
        when = f" {start:%H:%M:%S} {start:%d/%m/%Y}" if start else ""
        lines = [f"{self.path.stem} {len(layout.leads)} {layout.rate_hz:.12g} {length or 0}{when}"]
        for k, (name, gain, offset) in enumerate(zip(layout.leads, layout.gains, layout.offsets, strict=True)):
            # A baseline is a whole number here: a constant shift of less than half a count is what that may cost.
            sums = f"{self._initial[k]} {(self._sums[k] + 2**15) % 2**16 - 2**15} 0" if length else ""
            ends = f" 0 0 {sums} {one_line(name)}" if length else f" {one_line(name)}"
            lines.append(f"{self.dat.name} {self._bits} {1.0 / gain:.12g}({round(offset)})/mV{ends}")
        patient = layout.patient
        said = (
            ("<age>", f"{patient.age_years:g}" if patient.age_years is not None else None),
            ("<sex>", {"male": "M", "female": "F"}.get(patient.sex or "")),
        )
        words = " ".join(f"{name}: {value}" for name, value in said if value)
        lines += [f"# {words}"] if words else []
        lines += ["# SIMULATED - not a patient"] if layout.simulated else []
        return "\n".join(lines) + "\n"

    def _refused(self, error: OSError) -> WriteError:
        return WriteError(self.path, Remark("cannot-write", {"why": why_not_written(error)}), Remark("other-folder"))
