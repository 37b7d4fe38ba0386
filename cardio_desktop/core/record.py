"""The immutable ECG record: channels in the file's own counts, on one time axis, with what the file says of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.core.leads import EINTHOVEN, LEADS12, canonical_lead, is_no_ecg, is_other_ecg
from cardio_desktop.core.stored import Stored
from cardio_desktop.core.units import millivolts_per
from cardio_desktop.words import Remark

MISSING = int(np.iinfo(np.int32).min)
"""The count that stands for "no sample here" in what `Samples.read` returns."""


class Samples(Protocol):
    """Counts of one channel, in memory or read from the file when asked for."""

    def __len__(self) -> int:
        """Return how many samples the channel spans, gaps included."""
        ...

    def read(self, start: int, stop: int) -> NDArray[Any]:
        """Return samples start <= i < stop as int32 with `MISSING` where there is none (or float64 with NaN)."""
        ...


@dataclass(frozen=True, eq=False)
class ArraySamples:
    """Counts held in memory; `missing` is the file's own marker of an absent sample, if it has one."""

    counts: NDArray[Any]
    missing: int | None = None

    def __post_init__(self) -> None:
        """Lock the array: a record never changes."""
        if self.counts.ndim != 1:
            raise ValueError("samples of one channel must be one-dimensional")
        self.counts.flags.writeable = False

    def __len__(self) -> int:
        """Return the number of samples."""
        return int(self.counts.shape[0])

    def read(self, start: int, stop: int) -> NDArray[Any]:
        """Return the counts from `start` up to `stop`."""
        part = self.counts[max(start, 0) : max(stop, 0)]
        if np.issubdtype(part.dtype, np.floating):
            return part.astype(np.float64)
        wide = part.astype(np.int32)
        if self.missing is not None:
            wide[part == self.missing] = MISSING
        return wide


@dataclass(frozen=True, eq=False)
class GappedSamples:
    """Pieces placed on one time axis, with missing samples between them.

    `parts` are (first index on the axis, samples), ascending and not overlapping; `length` is the whole axis.
    """

    parts: tuple[tuple[int, Samples], ...]
    length: int

    def __len__(self) -> int:
        """Return the number of places on the axis, empty ones included."""
        return self.length

    def read(self, start: int, stop: int) -> NDArray[Any]:
        """Return the counts from `start` up to `stop`, `MISSING` (NaN among float values) in the gaps."""
        start, stop = max(start, 0), min(max(stop, 0), self.length)
        out: NDArray[Any] = np.full(max(stop - start, 0), MISSING, dtype=np.int32)
        nearest = bisect_right(self._firsts, start) - 1
        for first, samples in self.parts[max(nearest, 0) :]:
            low, high = max(start, first), min(stop, first + len(samples))
            if first >= stop:
                break
            if low < high:
                piece = samples.read(low - first, high - first)
                if np.issubdtype(piece.dtype, np.floating) and not np.issubdtype(out.dtype, np.floating):
                    out = np.where(out == MISSING, np.nan, out)
                out[low - start : high - start] = piece
        return out

    @cached_property
    def _firsts(self) -> list[int]:
        return [first for first, _ in self.parts]


@dataclass(frozen=True, eq=False)
class Channel:
    """One signal of a file: physical value = (count - baseline) / counts_per_unit, in `unit`.

    `label` is the file's own name, `lead` the canonical name where it is one of the twelve leads. Sample i was taken
    i / rate_hz seconds after the record's start.
    """

    label: str
    rate_hz: float
    unit: str
    counts_per_unit: float
    baseline: float
    samples: Samples
    lead: str | None = None
    prefilter: str = ""

    @property
    def duration_s(self) -> float:
        """Seconds from the first sample to one sample after the last."""
        return len(self.samples) / self.rate_hz

    @property
    def is_voltage(self) -> bool:
        """Whether the physical unit is a voltage."""
        return millivolts_per(self.unit) is not None

    def counts(self, start: int = 0, stop: int | None = None) -> NDArray[Any]:
        """Return the file's counts (int32, `MISSING` where there is no sample; float64 with NaN for float files)."""
        return self.samples.read(start, len(self.samples) if stop is None else stop)

    def physical(self, start: int = 0, stop: int | None = None) -> NDArray[np.float64]:
        """Return float64 values in `unit`, NaN where there is no sample."""
        counts = self.counts(start, stop)
        values = (counts.astype(np.float64) - self.baseline) / self.counts_per_unit
        if np.issubdtype(counts.dtype, np.integer):
            values[counts == MISSING] = np.nan
        return values

    def millivolts(self, start: int = 0, stop: int | None = None) -> NDArray[np.float64]:
        """Return the values in millivolts, NaN where there is no sample; ValueError where it is no voltage."""
        factor = millivolts_per(self.unit)
        if factor is None:
            raise ValueError(f"channel {self.label!r} is in {self.unit!r}, not a voltage")
        return self.physical(start, stop) * factor


HELD_SAMPLES = 1 << 15
"""Up to so many samples a lead keeps what was read last: an analysis reads the same ten seconds again and again."""


@dataclass(eq=False)
class _LastRead:
    """What a lead gave last: the range of its samples, and their millivolts."""

    key: tuple[int, int] | None = None
    values: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))


@dataclass(frozen=True, eq=False)
class Lead:
    """One ECG lead as it is read: a channel, or a weighted sum of channels (derived leads).

    `terms` are (channel, weight); all have one rate. `stored` says whether the file holds the lead itself.
    """

    name: str
    terms: tuple[tuple[Channel, float], ...]
    stored: bool = True
    last: _LastRead = field(default_factory=_LastRead, init=False, repr=False)

    @property
    def rate_hz(self) -> float:
        """Samples per second."""
        return self.terms[0][0].rate_hz

    def __len__(self) -> int:
        """Return the number of samples."""
        return min(len(channel.samples) for channel, _ in self.terms)

    def millivolts(self, start: int = 0, stop: int | None = None) -> NDArray[np.float64]:
        """Return samples start <= i < stop in mV, NaN where any term has none; the range is cut to what exists."""
        stop = len(self) if stop is None else min(stop, len(self))
        if self.last.key == (start, stop):
            return np.array(self.last.values)
        values = sum(
            (weight * channel.millivolts(start, stop) for channel, weight in self.terms),
            start=np.zeros(max(stop - max(start, 0), 0)),
        )
        if len(values) > HELD_SAMPLES:
            return values
        self.last.key, self.last.values = (start, stop), values
        return np.array(values)

    def between(self, start_s: float, end_s: float) -> tuple[float, NDArray[np.float64]]:
        """Return (time of the first sample in s, millivolts) of the samples with start_s <= time < end_s."""
        first = max(int(np.ceil(start_s * self.rate_hz - 1e-6)), 0)
        stop = max(int(np.ceil(end_s * self.rate_hz - 1e-6)), first)
        return first / self.rate_hz, self.millivolts(first, stop)


@dataclass(frozen=True)
class Annotation:
    """A mark that the file carries: `symbol` as its source writes it, `kind` beat, rhythm, wave or note."""

    time_s: float
    symbol: str
    kind: str = "note"
    text: str = ""
    source: str = ""
    duration_s: float = 0.0
    channel: int | None = None


@dataclass(frozen=True)
class Gap:
    """A stretch in which nothing was recorded."""

    start_s: float
    end_s: float


@dataclass(frozen=True)
class Patient:
    """What the file says of the patient; None where it says nothing. `sex` is female, male or None."""

    id: str | None = None
    name: str | None = None
    sex: str | None = None
    age_years: float | None = None
    birth_date: str | None = None
    height_cm: float | None = None
    weight_kg: float | None = None


@dataclass(frozen=True, eq=False)
class Record:
    """An ECG as one file holds it. Two records are the same only if they are the same object.

    `deidentified` says by what method the identity was taken out of it, "" where it was not.
    """

    path: Path
    format: str
    channels: tuple[Channel, ...]
    start_time: datetime | None = None
    patient: Patient = Patient()
    annotations: tuple[Annotation, ...] = ()
    gaps: tuple[Gap, ...] = ()
    warnings: tuple[Remark, ...] = ()
    notes: tuple[str, ...] = ()
    device: str = ""
    simulated: bool = False
    stored: Stored | None = None
    deidentified: str = ""

    @cached_property
    def duration_s(self) -> float:
        """Seconds that the longest channel spans."""
        return max((channel.duration_s for channel in self.channels), default=0.0)

    @cached_property
    def leads(self) -> dict[str, Lead]:
        """The standard leads by name, in the customary order: stored ones, and limb leads derived from two others."""
        found: dict[str, Lead] = {}
        for channel in self.channels:
            if channel.lead and channel.is_voltage and channel.lead not in found:
                found[channel.lead] = Lead(channel.lead, ((channel, 1.0),))
        _complete_einthoven(found)
        one, two = found.get("I"), found.get("II")
        if one and two and one.rate_hz == two.rate_hz:
            for name, weights in EINTHOVEN.items():
                if name not in found:
                    found[name] = _combine(name, ((one, weights[0]), (two, weights[1])))
        return {name: found[name] for name in LEADS12 if name in found}

    @cached_property
    def other_ecg(self) -> dict[str, Lead]:
        """ECG channels outside the standard twelve, by their label; doubled labels get a number."""
        others = [c for c in self.channels if c.is_voltage and not self._holds(c)]
        ecg = [c for c in others if is_other_ecg(c.label) or canonical_lead(c.label)]
        # A file of voltages without one known name (a bare "sig0") would otherwise show nothing at all.
        chosen = ecg if ecg or self.leads else [c for c in others if not is_no_ecg(c.label)]
        named: dict[str, Lead] = {}
        for channel in chosen:
            name, number = channel.label or "ECG", 2
            while name in named or name in self.leads:
                name, number = f"{channel.label} ({number})", number + 1
            named[name] = Lead(name, ((channel, 1.0),))
        return named

    def _holds(self, channel: Channel) -> bool:
        return any(lead.stored and lead.terms[0][0] is channel for lead in self.leads.values())

    @property
    def has_twelve(self) -> bool:
        """Whether the twelve-lead layouts make sense: the six limb leads exist."""
        return all(name in self.leads for name in ("I", "II", "III", "aVR", "aVL", "aVF"))

    @cached_property
    def traces(self) -> dict[str, Lead]:
        """Everything that can be drawn as an ECG trace: standard leads, -aVR for Cabrera's order, then the others."""
        traces = dict(self.leads)
        if "aVR" in traces:
            traces["-aVR"] = _combine("-aVR", ((traces["aVR"], -1.0),))
        return {**traces, **self.other_ecg}

    @property
    def drawable(self) -> tuple[str, ...]:
        """Names of the traces that a strip layout shows."""
        return tuple(name for name in self.traces if name != "-aVR")

    @property
    def rate_hz(self) -> float:
        """The highest rate of its ECG leads (of any channel where there is none), in Hz; 0 for an empty record."""
        rates = [lead.rate_hz for lead in self.traces.values()] or [c.rate_hz for c in self.channels]
        return max(rates, default=0.0)

    @property
    def derived_leads(self) -> tuple[str, ...]:
        """Standard leads that are computed, not stored."""
        return tuple(name for name, lead in self.leads.items() if not lead.stored)

    @property
    def source_leads(self) -> tuple[str, ...]:
        """The file's own names of all its channels, in file order."""
        return tuple(channel.label for channel in self.channels)


def _combine(name: str, parts: Sequence[tuple[Lead, float]]) -> Lead:
    """Return the lead that is the weighted sum of other leads, written over their channels."""
    weights: dict[int, float] = {}
    channels: dict[int, Channel] = {}
    for lead, factor in parts:
        for channel, weight in lead.terms:
            channels[id(channel)] = channel
            weights[id(channel)] = weights.get(id(channel), 0.0) + factor * weight
    return Lead(name, tuple((channels[key], weight) for key, weight in weights.items()), stored=False)


def _complete_einthoven(found: dict[str, Lead]) -> None:
    """Add I or II where the other one and III are stored at one rate (I + III = II)."""
    for name, parts in (("I", (("II", 1.0), ("III", -1.0))), ("II", (("I", 1.0), ("III", 1.0)))):
        if name not in found and all(other in found for other, _ in parts):
            first, second = (found[other] for other, _ in parts)
            if first.rate_hz == second.rate_hz:
                found[name] = _combine(name, ((first, parts[0][1]), (second, parts[1][1])))
