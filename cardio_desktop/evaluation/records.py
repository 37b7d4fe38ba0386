"""The records that checks run on: reading, choosing and scoring them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.core.errors import CardioError
from cardio_desktop.core.progress import Progress
from cardio_desktop.io.ptbxl import UNITS_PER_MV, Database, read_database, read_signal
from cardio_desktop.model.classifier import Classifier

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]
BATCH = 16


def read_folds(data_dir: Path, folds: Sequence[int]) -> Database:
    """Return the records of `folds`; raises CardioError where there are none."""
    database = read_database(data_dir).folds(*folds)
    if not database.entries:
        named = ", ".join(map(str, folds))
        raise CardioError(f"{data_dir}: holds no records of fold {named}; name folds that it holds.")
    return database


def named_data(data_dir: Path, folds: Sequence[int]) -> str:
    """Return folder and folds in words."""
    return f"{Path(data_dir).name}, fold{'s' if len(folds) > 1 else ''} {', '.join(map(str, folds))}"


def pick(database: Database, mask: Mask, limit: int = 0, seed: int = 0) -> Database:
    """Return at most `limit` (0: all) of the records marked by `mask`, drawn at random but always alike."""
    rows = np.flatnonzero(mask)
    if limit and len(rows) > limit:
        rows = np.sort(np.random.default_rng(seed).permutation(rows)[:limit])
    entries = tuple(database.entries[row] for row in rows)
    return Database(database.folder, entries, database.superclass_of, database.description_of)


def read_ecgs(database: Database) -> Floats:
    """Return the 100 Hz signals of `database` in mV: (record, 12, 1000)."""
    return np.stack([read_signal(e.path) for e in database.entries]).astype(np.float32) / np.float32(UNITS_PER_MV)


def confirmed_infarctions(database: Database) -> Mask:
    """Return which records carry an infarction statement with likelihood 100."""
    return np.array(
        [any(v == 100 and database.superclass_of.get(c) == "MI" for c, v in e.scp.items()) for e in database.entries]
    )


def ages_of(database: Database) -> NDArray[np.float64]:
    """Return the age in years of each record's patient, NaN where it is not known."""
    return np.array([entry.age for entry in database.entries], dtype=np.float64)


def patients(database: Database) -> NDArray[np.int64]:
    """Return the patient of each record."""
    return np.array([entry.patient_id for entry in database.entries], dtype=np.int64)


def score(classifier: Classifier, ecg_mv: Floats, progress: Progress | None = None) -> Floats:
    """Return the raw logits (record, head) of records (record, 12, samples) at the network's rate."""
    parts = []
    for first in range(0, len(ecg_mv), BATCH):
        if progress is not None:
            progress(100 * first // len(ecg_mv))
        # The evidence of one head is the least that can be asked for; it is not used here.
        parts.append(classifier.run(ecg_mv[first : first + BATCH], [0])[0])
    return np.concatenate(parts)


def probabilities(classifier: Classifier, logits: Floats) -> NDArray[np.float64]:
    """Return the calibrated probabilities (record, class) of raw logits (record, head)."""
    card = classifier.card
    return np.stack([card.calibration[code](logits[:, k]) for k, code in enumerate(card.classes)], axis=1)


def part_of(progress: Progress | None, first: int, last: int) -> Progress | None:
    """Return a report whose 0 to 100 stand for `first` to `last` of the whole."""
    if progress is None:
        return None
    whole = progress
    return lambda percent: whole(first + (last - first) * percent // 100)
