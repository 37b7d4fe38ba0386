"""Which wave do the flags name? An infarction shows in Q, R, ST and T: a flag that names P, or nothing, misleads.

Records are read as the program reads them; counted are the flags for the class that the record has.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

from cardio_desktop.core.progress import Progress
from cardio_desktop.core.record import Patient
from cardio_desktop.evaluation.tiers import share
from cardio_desktop.io.ptbxl import Database
from cardio_desktop.io.registry import open_record
from cardio_desktop.model.classifier import Classifier
from cardio_desktop.reading.models import Models, own_delineator
from cardio_desktop.reading.pipeline import analyze

NOTHING = "none"
MISLEADING = ("P", NOTHING)


def check_named_waves(
    classifier: Classifier, database: Database, code: str, progress: Progress | None = None
) -> dict[str, Any]:
    """Return how many flags for class `code` name each wave, over the records of `database`, all of which have it.

    `misleading` counts those that name P or no wave at all.
    """
    models = Models(classifier, own_delineator())
    named: Counter[str] = Counter()
    flagged = 0
    for number, entry in enumerate(database.entries):
        if progress is not None:
            progress(100 * number // len(database.entries))
        age = float(entry.age) if entry.age == entry.age else None
        record = open_record(entry.path.with_suffix(".hea"))
        record = replace(record, patient=Patient(sex="male" if entry.sex == 0 else "female", age_years=age))
        flags = [flag for beat in analyze(record, models).beats for flag in beat.flags if flag.code == code]
        flagged += bool(flags)
        named.update(flag.wave or NOTHING for flag in flags)
    return {
        "records": len(database.entries),
        "flagged": flagged,
        "named": dict(sorted(named.items())),
        "misleading": share(sum(named[wave] for wave in MISLEADING), named.total()),
    }
