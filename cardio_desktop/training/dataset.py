"""Training and validation batches from a PTB-XL folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.io.ptbxl import SUPERCLASSES, UNITS_PER_MV, Database, cached_signals, read_database

RATE_HZ = 100
LEAST_CASES = 30
"""Training records that a statement needs to get a head: 57 statements of PTB-XL have as many in folds 1 to 7."""
TRAIN_FOLDS = (1, 2, 3, 4, 5, 6, 7)
SELECT_FOLD = 8
CALIBRATE_FOLD = 9


@dataclass(frozen=True)
class Split:
    """Signals of some folds with their labels."""

    signals: NDArray[np.int16]
    """(record, 12, 1000) in units of 1/1000 mV."""
    labels: NDArray[np.float32]
    """(record, head): superclasses first, then statements."""

    def __len__(self) -> int:
        """Return the number of records."""
        return len(self.signals)

    def ecg_mv(self, rows: NDArray[np.intp] | slice) -> NDArray[np.float32]:
        """Return (record, 12, n) in mV."""
        return self.signals[rows].astype(np.float32) / np.float32(UNITS_PER_MV)

    def crops(self, rows: NDArray[np.intp], samples: int, rng: np.random.Generator) -> NDArray[np.float32]:
        """Return a random stretch of `samples` of each record: (record, 12, samples) in mV."""
        length = self.signals.shape[2]
        starts = rng.integers(0, length - samples + 1, len(rows))
        crops = [self.signals[row, :, start : start + samples] for row, start in zip(rows, starts, strict=True)]
        return np.stack(crops).astype(np.float32) / np.float32(UNITS_PER_MV)


@dataclass(frozen=True)
class Data:
    """What one training needs: the heads' codes and the splits."""

    statements: tuple[str, ...]
    descriptions: dict[str, str]
    train: Split
    select: Split

    @property
    def heads(self) -> tuple[str, ...]:
        """Codes of the logits in order."""
        return SUPERCLASSES + self.statements


def labels_of(database: Database, statements: tuple[str, ...]) -> NDArray[np.float32]:
    """Return (record, head) labels as 0 and 1."""
    return np.concatenate([database.superclasses(), database.statements(statements)], axis=1).astype(np.float32)


def load(
    folder: Path,
    cache_folder: Path,
    train_folds: tuple[int, ...] = TRAIN_FOLDS,
    limit: int | None = None,
    least_cases: int = LEAST_CASES,
) -> Data:
    """Read the training folds and fold 8 of `folder`; `limit` keeps that many records of each split (for trials)."""
    database = read_database(folder)
    train, select = database.folds(*train_folds), database.folds(SELECT_FOLD)
    if limit is not None:
        train, select = (
            Database(d.folder, d.entries[:limit], d.superclass_of, d.description_of) for d in (train, select)
        )
    if not train.entries or not select.entries:
        raise SystemExit(
            f"{folder}: no records in the folds {train_folds} and {SELECT_FOLD}; use a whole PTB-XL folder."
        )
    statements = train.frequent_statements(least_cases)
    splits = [
        # Crops are drawn from everywhere: the signals are read into memory once, 24 kB each.
        Split(np.array(cached_signals(part, cache_folder / f"{name}.npy")), labels_of(part, statements))
        for name, part in (("train", train), ("select", select))
    ]
    return Data(statements, {code: database.description_of[code] for code in statements}, *splits)


def shuffled_batches(records: int, batch: int, rng: np.random.Generator) -> Iterator[NDArray[np.intp]]:
    """Yield the rows of each batch of one epoch; the last incomplete batch is left out unless it is the only one."""
    order = rng.permutation(records)
    for start in range(0, max(records - batch, 0) + 1, batch):
        yield order[start : start + batch]
