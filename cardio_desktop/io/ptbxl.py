"""PTB-XL and folders laid out like it: labels, folds and 100 Hz signals (Wagner et al., Sci Data 2020;7:154).

DIR/ptbxl_database.csv, DIR/scp_statements.csv, DIR/records100/XXXXX/NNNNN_lr.{hea,dat}. A superclass is present where
any of its diagnostic statements is, at any likelihood, which is how the published benchmark counts.
"""

from __future__ import annotations

import ast
import csv
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.core.errors import ReadError
from cardio_desktop.core.leads import LEADS12, canonical_lead

SUPERCLASSES = ("NORM", "MI", "STTC", "CD", "HYP")
UNITS_PER_MV = 1000
TRAINING_SHARE_OF_NOISE = 2 / 3
NOISE_COLUMNS = ("baseline_drift", "static_noise", "burst_noise", "electrodes_problems")


@dataclass(frozen=True)
class Entry:
    """One record of the database: where it lies, whose it is, and what was said of it."""

    ecg_id: int
    patient_id: int
    fold: int
    path: Path
    scp: dict[str, float]
    """Statement -> likelihood in percent; 0 is "present, likelihood unknown"."""
    age: float
    sex: int
    noise: tuple[str, ...]
    pacemaker: bool
    device: str = ""
    """Make of the recorder without its version; empty where it is not known."""


@dataclass(frozen=True)
class Database:
    """The records of a PTB-XL folder and the meaning of their statements."""

    folder: Path
    entries: tuple[Entry, ...]
    superclass_of: dict[str, str]
    """Diagnostic statement -> superclass."""
    description_of: dict[str, str]

    def folds(self, *folds: int) -> Database:
        """Return the database with the records of `folds` only."""
        chosen = tuple(entry for entry in self.entries if entry.fold in folds)
        return Database(self.folder, chosen, self.superclass_of, self.description_of)

    def superclasses(self) -> NDArray[np.bool_]:
        """Return (record, superclass) in the order of SUPERCLASSES."""
        present = [{self.superclass_of.get(code) for code in entry.scp} for entry in self.entries]
        return np.array([[name in found for name in SUPERCLASSES] for found in present], dtype=bool).reshape(-1, 5)

    def statements(self, codes: tuple[str, ...]) -> NDArray[np.bool_]:
        """Return (record, statement) in the order of `codes`."""
        rows = [[code in entry.scp for code in codes] for entry in self.entries]
        return np.array(rows, dtype=bool).reshape(len(self.entries), len(codes))

    def frequent_statements(self, least: int) -> tuple[str, ...]:
        """Return the statements with at least `least` records, in the order of scp_statements.csv."""
        counts = dict.fromkeys(self.description_of, 0)
        for entry in self.entries:
            for code in entry.scp:
                counts[code] = counts.get(code, 0) + 1
        return tuple(code for code, count in counts.items() if count >= least)


def _number(text: str | None) -> float:
    try:
        return float(text or "nan")
    except ValueError:
        return math.nan


def _rows(path: Path, needed: set[str]) -> list[dict[str, str]]:
    try:
        with path.open(newline="", encoding="utf-8") as file:
            reader = csv.DictReader(file)
            rows = list(reader)
            columns = set(reader.fieldnames or ())
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ReadError(path, f"cannot be read ({error})", "point --data at a PTB-XL folder") from error
    if missing := sorted(needed - columns):
        raise ReadError(path, f"lacks the column {missing[0]}", "point --data at an unchanged PTB-XL folder")
    return rows


def _statement_codes(path: Path, row: dict[str, str]) -> dict[str, float]:
    try:
        return {str(code): float(likelihood) for code, likelihood in ast.literal_eval(row["scp_codes"]).items()}
    except (ValueError, SyntaxError, TypeError, AttributeError) as error:
        problem = f"has unreadable scp_codes in the row of ecg_id {row['ecg_id']}"
        raise ReadError(path, problem, "point --data at an unchanged PTB-XL folder") from error


def read_database(folder: Path) -> Database:
    """Read labels and folds of the PTB-XL folder `folder`; raises ReadError where they are missing or damaged."""
    folder = Path(folder)
    statements = _rows(folder / "scp_statements.csv", {"", "description", "diagnostic", "diagnostic_class"})
    path = folder / "ptbxl_database.csv"
    rows = _rows(path, {"ecg_id", "patient_id", "age", "sex", "scp_codes", "strat_fold", "filename_lr"})
    entries = []
    for row in rows:
        try:
            ecg_id, fold = int(float(row["ecg_id"])), int(float(row["strat_fold"]))
        except ValueError as error:
            problem = f"has no whole ecg_id and strat_fold in the row {row['ecg_id']!r}"
            raise ReadError(path, problem, "point --data at an unchanged PTB-XL folder") from error
        patient, sex = _number(row["patient_id"]), _number(row["sex"])
        entries.append(
            Entry(
                ecg_id=ecg_id,
                patient_id=-1 if math.isnan(patient) else int(patient),
                fold=fold,
                path=folder / row["filename_lr"],
                scp=_statement_codes(path, row),
                age=_number(row["age"]),
                sex=-1 if math.isnan(sex) else int(sex),
                noise=tuple(name for name in NOISE_COLUMNS if (row.get(name) or "").strip()),
                pacemaker=bool((row.get("pacemaker") or "").strip()),
                device=" ".join((row.get("device") or "").split()[:1]),
            )
        )
    return Database(
        folder=folder,
        entries=tuple(entries),
        superclass_of={r[""]: r["diagnostic_class"] for r in statements if _number(r["diagnostic"]) == 1},
        description_of={r[""]: r["description"] for r in statements},
    )


def read_signal(path: Path, rate_hz: int = 100) -> NDArray[np.int16]:
    """Read one record of the database: (12, n) int16 in units of 1/1000 mV, leads in the order of LEADS12.

    `path` is the record without suffix. The layout is checked rather than assumed: twelve signals of format 16 in one
    file at `rate_hz`, 1000 units per millivolt; anything else raises ReadError.
    """
    header, data = path.with_suffix(".hea"), path.with_suffix(".dat")
    remedy = "use the unchanged PTB-XL records"
    try:
        lines = [line.split() for line in header.read_text(encoding="ascii").splitlines() if line.strip()]
        raw = np.fromfile(data, dtype="<i2")
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(header, f"cannot be read ({error})", remedy) from error
    lines = [line for line in lines if not line[0].startswith("#")]
    try:
        signals, rate, samples = int(lines[0][1]), float(lines[0][2]), int(lines[0][3])
        names = tuple(canonical_lead(line[-1]) for line in lines[1 : signals + 1])
        layout = {(line[0], line[1], line[2]) for line in lines[1 : signals + 1]}
    except (IndexError, ValueError) as error:
        raise ReadError(header, "has a damaged header", remedy) from error
    if names != LEADS12 or rate != rate_hz:
        raise ReadError(header, f"is not a twelve-lead record in the usual order at {rate_hz} Hz", remedy)
    if layout not in ({(data.name, "16", "1000.0(0)/mV")}, {(data.name, "16", "1000/mV")}):
        raise ReadError(header, "is not in format 16 with 1000 units per mV", remedy)
    if raw.size != 12 * samples:
        raise ReadError(data, f"holds {raw.size} samples where the header says {12 * samples}", remedy)
    return np.ascontiguousarray(raw.reshape(samples, 12).T)


def cached_signals(database: Database, cache: Path) -> NDArray[np.int16]:
    """Return all signals of `database` as one array (record, 12, n), kept in the file `cache` from the first call on.

    The cache belongs to exactly these records: a different list of records rebuilds it.
    """
    ids = np.array([entry.ecg_id for entry in database.entries], dtype=np.int64)
    keys = cache.with_suffix(".ids.npy")
    if cache.is_file() and keys.is_file() and np.array_equal(np.load(keys), ids):
        kept: NDArray[np.int16] = np.load(cache, mmap_mode="r")
        return kept
    signals = np.stack([read_signal(entry.path) for entry in database.entries])
    cache.parent.mkdir(parents=True, exist_ok=True)
    keys.unlink(missing_ok=True)
    partial = cache.with_suffix(".part.npy")
    np.save(partial, signals)
    partial.replace(cache)
    np.save(keys, ids)  # last: a cache without its list of records is never taken for whole
    return signals


NoisePart = Literal["train", "test"]


def read_noise(path: Path, part: NoisePart) -> tuple[NDArray[np.float64], float]:
    """Read a noise record (WFDB) of the MIT-BIH Noise Stress Test Database: (channel, n) in mV and its rate in Hz.

    Networks train with its first two thirds (`train`); what they make of noise is tried with its last third (`test`).
    """
    import wfdb

    try:
        record = wfdb.rdrecord(str(path))
    except Exception as error:  # wfdb leaks IndexError, KeyError, TypeError from damaged headers
        raise ReadError(path, f"cannot be read ({error})", "point --noise at the nstdb folder") from error
    signal = record.p_signal.T
    border = round(signal.shape[1] * TRAINING_SHARE_OF_NOISE)
    kept = signal[:, :border] if part == "train" else signal[:, border:]
    return np.ascontiguousarray(kept), float(record.fs)
