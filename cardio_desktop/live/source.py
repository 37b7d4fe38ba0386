"""What a live source is: a layout that never changes, and blocks of counts with their place on the source's clock."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.core.leads import canonical_lead
from cardio_desktop.core.record import MISSING, ArraySamples, Channel, Patient, Record
from cardio_desktop.words import Remark

Counts = NDArray[np.int32]


@dataclass(frozen=True)
class Layout:
    """What a source sends: one row of counts a lead, all at one rate; millivolts = (count - offset) x gain.

    `gains` are mV per count, `offsets` the counts that stand for 0 mV, `lowest` and `highest` what counts can be.
    `patient`, `start_time` and `simulated` are what the source says, nothing where it says nothing.
    """

    leads: tuple[str, ...]
    rate_hz: float
    gains: tuple[float, ...]
    offsets: tuple[float, ...]
    lowest: int = -(2**31) + 1
    highest: int = 2**31 - 1
    patient: Patient = field(default_factory=Patient)
    start_time: datetime | None = None
    simulated: bool = False
    device: str = ""

    def __post_init__(self) -> None:
        """Check that every lead has its scale; raises ValueError."""
        if not self.leads or not self.rate_hz > 0:
            raise ValueError("a layout needs a lead and a rate")
        if not len(self.leads) == len(self.gains) == len(self.offsets) or not all(self.gains):
            raise ValueError("every lead needs its gain, which is not 0, and its offset")

    def millivolts(self, counts: Counts) -> NDArray[np.float32]:
        """Return counts (leads, n) in mV, NaN where there is no sample."""
        scale = np.array(self.gains, dtype=np.float32)[:, None]
        out = (counts - np.array(self.offsets, dtype=np.float64)[:, None]).astype(np.float32) * scale
        out[counts == MISSING] = np.nan
        return out

    def record(self, counts: Counts, path: Path | str = "live") -> Record:
        """Return counts (leads, n) as a record whose axis begins at its first sample. The array is locked."""
        rows = np.ascontiguousarray(counts, dtype=np.int32)
        return Record(
            path=Path(path),
            format="live",
            channels=tuple(
                Channel(name, self.rate_hz, "mV", 1.0 / gain, offset, ArraySamples(row), lead=canonical_lead(name))
                for name, gain, offset, row in zip(self.leads, self.gains, self.offsets, rows, strict=True)
            ),
            start_time=self.start_time,
            patient=self.patient,
            device=self.device,
            simulated=self.simulated,
        )


@dataclass(frozen=True, eq=False)
class Block:
    """Counts (leads, n) as they arrived; `first` is the index of the first on the source's clock, from 0 up.

    `MISSING` stands for a sample that one lead lacks. What lies between the end of one block and `first` of the next
    was lost: it is a gap, and nothing is moved into it.
    """

    first: int
    counts: Counts = field(repr=False)

    def __len__(self) -> int:
        """Return the number of samples of each lead."""
        return int(self.counts.shape[1])

    @property
    def stop(self) -> int:
        """One past the index of the last sample."""
        return self.first + len(self)

    def since(self, index: int) -> Block:
        """Return the part from `index` on."""
        return self if index <= self.first else Block(index, self.counts[:, index - self.first :])


class Source(Protocol):
    """Something that sends an ECG while it is recorded. Only `open` raises (CardioError); `read` never does.

    `ended` says that no block will ever come again, and `trouble` why, or what is wrong meanwhile; None while all is
    well. `layout` may be asked for once it is open.
    """

    @property
    def name(self) -> str:
        """What the reader calls it: a file's name, a stream's."""
        ...

    @property
    def layout(self) -> Layout:
        """What it sends."""
        ...

    @property
    def ended(self) -> bool:
        """Whether nothing will come any more."""
        ...

    @property
    def trouble(self) -> Remark | None:
        """What is wrong with it, if anything."""
        ...

    def open(self) -> None:
        """Begin; raises CardioError."""
        ...

    def read(self, timeout_s: float) -> Block | None:
        """Return the next block, waiting at most so long; None where none came."""
        ...

    def close(self) -> None:
        """Leave the source; it may be called twice."""
        ...
