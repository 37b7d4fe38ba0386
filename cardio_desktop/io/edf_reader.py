"""EDF, EDF+C, EDF+D, BDF and BDF+: samples stay on the disk until they are asked for, gaps are placed in time.

The data records are read here and not through edfio: it maps the file into memory, so that a drive that is unplugged
kills the program instead of raising an error, and it reads BDF whole (1.4 GB for a day of three leads).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from cardio_desktop.core.errors import ReadError
from cardio_desktop.core.leads import canonical_lead
from cardio_desktop.core.progress import Progress
from cardio_desktop.core.record import Channel, GappedSamples, Patient, Record, Samples
from cardio_desktop.io.edf_header import MONTHS, EdfHeader, EdfSignal, read_edf_header
from cardio_desktop.io.edf_store import RecordStore
from cardio_desktop.io.edf_timeline import Run, read_timeline
from cardio_desktop.io.files import MAX_RECORD_S
from cardio_desktop.words import Remark


def read_edf(path: Path, progress: Progress | None = None) -> Record:
    """Return the record in the EDF or BDF file `path`, its samples still on the disk; raises ReadError."""
    header = read_edf_header(path)
    store = RecordStore(header)
    timeline = read_timeline(header, store, progress)
    total_s = timeline.runs[-1].start_s + timeline.runs[-1].count * header.record_s
    if total_s > MAX_RECORD_S:
        raise ReadError(path, Remark("times-damaged", {"days": total_s / 86400}), Remark("export-again"))
    if progress:
        progress(100.0)
    start = header.start_time
    return Record(
        path=path,
        format=header.format,
        channels=tuple(_channel(header, store, s, timeline.runs) for s in header.drawn),
        start_time=_later(start, timeline.offset_s),
        patient=patient_from(header.patient, start.date() if start else None),
        annotations=timeline.annotations,
        gaps=timeline.gaps,
        warnings=(*header.warnings, *timeline.warnings),
        notes=(header.recording,) if header.recording else (),
        device=_equipment(header.recording),
        simulated="simulated" in f"{header.patient} {header.recording}".casefold(),
    )


def _later(moment: datetime | None, seconds: float) -> datetime | None:
    try:
        return moment + timedelta(seconds=seconds) if moment else None
    except OverflowError:
        return None


def _channel(header: EdfHeader, store: RecordStore, signal: EdfSignal, runs: tuple[Run, ...]) -> Channel:
    rate_hz = signal.per_record / header.record_s
    parts: list[tuple[int, Samples]] = [
        (int(run.start_s * rate_hz + 0.5), _RunSamples(store, signal, run)) for run in runs
    ]
    first, samples = parts[-1]
    return Channel(
        label=signal.label,
        rate_hz=rate_hz,
        unit=signal.unit,
        counts_per_unit=signal.counts_per_unit,
        baseline=signal.baseline,
        samples=samples if len(parts) == 1 else GappedSamples(tuple(parts), first + len(samples)),
        lead=canonical_lead(signal.label),
        prefilter=signal.prefilter,
    )


@dataclass(frozen=True, eq=False)
class _RunSamples:
    """The samples of one signal in data records that follow one another without a gap."""

    store: RecordStore
    signal: EdfSignal
    run: Run

    def __len__(self) -> int:
        return self.run.count * self.signal.per_record

    def read(self, start: int, stop: int) -> NDArray[Any]:
        """Return the counts start <= i < stop as int32; raises ReadError where the file is gone."""
        start, stop = max(start, 0), min(max(stop, 0), len(self))
        shift = self.run.first * self.signal.per_record
        return self.store.counts(self.signal, start + shift, max(start, stop) + shift)


def patient_from(field: str, recorded: date | None = None) -> Patient:
    """Return the patient named by an EDF field: EDF+ has code, sex, birth date and name, older files only a text."""
    words = [None if word == "X" else word.replace("_", " ") for word in field.split()]
    known = len(words) >= 4 and words[1] in {None, "M", "F"}
    birth = re.fullmatch(r"([0-9]{2})-([A-Z]{3})-([0-9]{4})", (words[2] or "").upper()) if known else None
    if not known or (words[2] and not birth):
        return Patient(id=field or None)
    born = None
    if birth and birth[2] in MONTHS:
        try:
            born = date(int(birth[3]), MONTHS.index(birth[2]) + 1, int(birth[1]))
        except ValueError:
            born = None
    age = None
    if born and recorded and born <= recorded:
        years = recorded.year - born.year - ((recorded.month, recorded.day) < (born.month, born.day))
        age = float(years)
    return Patient(
        id=words[0],
        name=words[3],
        sex={"M": "male", "F": "female"}.get(words[1] or ""),
        age_years=age,
        birth_date=born.isoformat() if born else None,
    )


def _equipment(recording: str) -> str:
    """Return the equipment subfield of an EDF+ recording field."""
    words = recording.split()
    named = len(words) >= 5 and words[0].casefold() == "startdate" and words[4] != "X"
    return words[4].replace("_", " ") if named else ""
