"""The delineated records of LUDB in the packed form: signals.flac, delineation.json, labels.csv in one folder."""

from __future__ import annotations

import csv
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.core.errors import CardioError
from cardio_desktop.core.leads import EINTHOVEN, INDEPENDENT_LEADS, LEADS12

SAMPLES = 5000
UNITS_PER_MV = 1000.0
KINDS = {"p": "P", "N": "QRS", "t": "T"}


class LudbError(CardioError):
    """A folder that does not hold LUDB as it is expected."""

    kind = "data"


@dataclass(frozen=True)
class MarkedWave:
    """One wave that a cardiologist marked, in samples; None where a boundary was not marked."""

    wave: str
    onset: int | None
    peak: int
    offset: int | None


@dataclass(frozen=True, eq=False)
class LudbRecord:
    """One record: (12, 5000) in mV, the marked waves of each lead, its text diagnoses."""

    number: str
    rate_hz: float
    leads_mv: NDArray[np.float32]
    waves: dict[str, tuple[MarkedWave, ...]]
    labels: dict[str, str]

    @property
    def fibrillates(self) -> bool:
        """Whether the rhythm is atrial fibrillation."""
        return "fibrillation" in self.labels["rhythm"].lower()


def read_ludb(folder: Path) -> list[LudbRecord]:
    """Return all records of `folder` in its own order; raises LudbError."""
    import soundfile  # type: ignore[import-untyped]

    try:
        with (folder / "labels.csv").open(newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        marks = json.loads((folder / "delineation.json").read_text(encoding="utf-8"))
        signals, rate_hz = soundfile.read(folder / "signals.flac", dtype="int16")
    except (OSError, ValueError, RuntimeError) as error:
        raise LudbError(
            f"{folder}: no LUDB here ({error}); give the folder of signals.flac, delineation.json and labels.csv."
        ) from error
    if signals.shape != (SAMPLES * len(rows), len(INDEPENDENT_LEADS)):
        raise LudbError(f"{folder}: signals.flac holds {signals.shape}, not {len(rows)} records; unpack it again.")
    records = []
    for k, row in enumerate(rows):
        stored = dict(zip(INDEPENDENT_LEADS, signals[k * SAMPLES : (k + 1) * SAMPLES].T / UNITS_PER_MV, strict=True))
        for name, (one, two) in EINTHOVEN.items():
            stored[name] = one * stored["I"] + two * stored["II"]
        leads = marks[row["record"]]
        records.append(
            LudbRecord(
                number=row["record"],
                rate_hz=float(rate_hz),
                leads_mv=np.array([stored[name] for name in LEADS12], dtype=np.float32),
                waves={name: marked_waves(leads[name]) for name in LEADS12},
                labels={key: value for key, value in row.items() if key != "record"},
            )
        )
    return records


def marked_waves(marks: list[list[int | str]]) -> tuple[MarkedWave, ...]:
    """Return the waves of one lead's marks, each with the opening mark right before its peak and the closing one after.

    A boundary that has no such neighbour belongs to no wave.
    """
    waves = []
    for k, (at, symbol) in enumerate(marks):
        if symbol not in KINDS:
            continue
        onset = int(marks[k - 1][0]) if k and marks[k - 1][1] == "(" else None
        offset = int(marks[k + 1][0]) if k + 1 < len(marks) and marks[k + 1][1] == ")" else None
        waves.append(MarkedWave(KINDS[str(symbol)], onset, int(at), offset))
    return tuple(waves)


FOLDS = 4
TEST_FOLD = 0
SELECT_EVERY = 8
"""Of the records outside the test fold, one in so many is for choosing between networks."""


def fold_of(records: list[LudbRecord]) -> dict[str, int]:
    """Return the fold (0 to 3) of each record by its number: rare rhythms and conduction are spread evenly.

    The split depends on the records' labels and numbers alone. Fold 0 is for reporting.
    """
    return {number: place % FOLDS for place, number in enumerate(_spread(records))}


def parts_of(records: list[LudbRecord], test_fold: int = TEST_FOLD) -> dict[str, str]:
    """Return "train", "select" or "test" for each record by its number."""
    folds = fold_of(records)
    rest = [number for number in _spread(records) if folds[number] != test_fold]
    chosen = set(rest[SELECT_EVERY // 2 :: SELECT_EVERY])
    return {n: "test" if folds[n] == test_fold else "select" if n in chosen else "train" for n in folds}


def _spread(records: list[LudbRecord]) -> list[str]:
    """Return the numbers by kind of rhythm, in a fixed disorder within each kind."""

    def kind(record: LudbRecord) -> int:
        labels = record.labels
        tests = (
            record.fibrillates,
            "flutter" in labels["rhythm"].lower(),
            bool(labels["pacing"]),
            "iii degree" in labels["conduction"].lower(),
            "complete" in labels["conduction"].lower().replace("incomplete", ""),
            bool(labels["extrasystole"]),
            labels["rhythm"] != "Sinus rhythm",
        )
        return next((k for k, holds in enumerate(tests) if holds), len(tests))

    def disorder(record: LudbRecord) -> str:
        return hashlib.sha256(f"ludb {record.number}".encode()).hexdigest()

    return [record.number for record in sorted(records, key=lambda r: (kind(r), disorder(r)))]
