"""What the sentences say of PTB-XL records against their labels: false alarms among the healthy, and blocks found.

The labels are opinions of readers on the same ten seconds, by limits that are partly not ours (left anterior fascicular
block from -30 degrees, incomplete block below 110 ms), so agreement is not truth.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from cardio_desktop.core.findings import Sentence
from cardio_desktop.core.record import Patient, Record
from cardio_desktop.io.ptbxl import Database, Entry, read_database
from cardio_desktop.io.registry import open_record
from cardio_desktop.narrative.consistency import contradictions
from cardio_desktop.reading.pipeline import Models, analyze, load_models

SEED = 5
MOST_EXAMPLES = 10
OUTCOMES = ("normal", "borderline", "abnormal", "none")
NORMALS = (
    *("STE_", "STD_", "INVT", "LNGQT", "CLBBB", "CRBBB", "IVCD", "1AVB", "LAFB", "LPFB", "LVH", "ALS", "ARS", "AFIB"),
    *("PVC", "PAC", "RPROG", "IRBBB", "LOWT", "SPR"),
)
"""Findings whose rate among healthy records is told."""
PAIRS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "complete LBBB": (("CLBBB",), ("CLBBB",)),
    "complete RBBB": (("CRBBB",), ("CRBBB",)),
    "first-degree AV block": (("1AVB",), ("1AVB", "LPR")),
    "left anterior fascicular block": (("LAFB",), ("LAFB",)),
    "inferior Q waves": (("IMI", "ILMI"), ("IMI", "ILMI")),
    "anterior Q waves": (("ASMI", "AMI", "ALMI"), ("ASMI", "AMI", "ALMI")),
    "LVH by voltage": (("LVH",), ("LVH", "VCLVH")),
    "atrial fibrillation": (("AFIB",), ("AFIB",)),
    "ventricular beats": (("PVC", "BIGU", "COUPLET", "VRUN"), ("PVC", "BIGU", "TRIGU")),
}
"""Name -> (codes of sentences, statements of the labels)."""


def validate(data: Path, options: argparse.Namespace) -> dict[str, Any]:
    """Return rates and agreement on the folds of `options.folds`, at most `options.limit` records in a fixed order."""
    database = read_database(data).folds(*options.folds)
    chosen = list(database.entries)
    random.Random(SEED).shuffle(chosen)
    models = load_models()
    rows = [(entry, sentences_of(entry, models)) for entry in chosen[: options.limit or None]]
    healthy = [told for entry, told in rows if is_healthy(entry, database)]
    return {
        "data": "PTB-XL at 100 Hz, labels at any likelihood; the network is asked",
        "folds": list(options.folds),
        "records": len(rows),
        "healthy": len(healthy),
        "healthy_called": {name: share([outcome(told) == name for told in healthy]) for name in OUTCOMES},
        "healthy_with": {
            code: {
                verdict: share([says(told, (code,), (verdict,)) for told in healthy])
                for verdict in ("abnormal", "borderline")
            }
            for code in NORMALS
        },
        "normal_lines": lines_of_normal(healthy),
        "contradictions": contradicting(rows),
        "agreement": {name: agreement(rows, *codes) for name, codes in PAIRS.items()},
    }


def sentences_of(entry: Entry, models: Models | None = None) -> tuple[Sentence, ...]:
    """Return what is said of one record, with age and sex from the database."""
    record = with_patient(open_record(entry.path.with_suffix(".hea")), entry)
    return analyze(record, models).sentences


def contradicting(rows: Sequence[tuple[Entry, tuple[Sentence, ...]]]) -> dict[str, Any]:
    """Return how many sentences contradict another of their reading, by kind, and the first of them in words."""
    kinds: Counter[str] = Counter()
    records, examples = 0, list[list[str]]()
    for entry, told in rows:
        found = contradictions(told)
        records += bool(found)
        kinds.update(pair.kind for pair in found)
        examples += [[entry.path.name, pair.kind, pair.one.text(), pair.other.text()] for pair in found]
    return {
        "records": records,
        "pairs": sum(kinds.values()),
        "kinds": dict(kinds.most_common()),
        "examples": examples[:MOST_EXAMPLES],
    }


def lines_of_normal(healthy: Sequence[tuple[Sentence, ...]]) -> dict[str, int]:
    """Return how many readings of an ECG that is called normal have so many sentences."""
    count = Counter(len(told) for told in healthy if outcome(told) == "normal")
    return {str(lines): count[lines] for lines in sorted(count)}


def with_patient(record: Record, entry: Entry) -> Record:
    """Return the record with age and sex, which PTB-XL keeps in its table alone."""
    age = float(entry.age) if entry.age == entry.age else None
    return replace(record, patient=Patient(sex="male" if entry.sex == 0 else "female", age_years=age))


def is_healthy(entry: Entry, database: Database) -> bool:
    """Return whether every diagnostic label of an adult is NORM."""
    classes = {database.superclass_of[code] for code in entry.scp if code in database.superclass_of}
    return classes == {"NORM"} and not entry.age < 18


def outcome(told: Sequence[Sentence]) -> str:
    """Return the verdict of the summary, "none" where there is none."""
    return next((item.verdict or "none" for item in told if item.section == "conclusion"), "none")


def says(told: Sequence[Sentence], codes: Sequence[str], verdicts: Sequence[str]) -> bool:
    """Return whether a sentence has one of these codes and verdicts."""
    return any(item.code in codes and item.verdict in verdicts for item in told)


def share(found: Sequence[bool]) -> float | None:
    """Return the share that is true, None of nothing."""
    return sum(found) / len(found) if found else None


def agreement(
    rows: Sequence[tuple[Entry, tuple[Sentence, ...]]], codes: Sequence[str], labels: Sequence[str]
) -> dict[str, float | int | None]:
    """Return sensitivity and precision of abnormal sentences, and sensitivity with borderline ones."""
    count: Counter[str] = Counter()
    for entry, told in rows:
        truth = any(label in entry.scp for label in labels)
        sure, some = says(told, codes, ("abnormal",)), says(told, codes, ("abnormal", "borderline"))
        count.update({"labelled": truth, "said": sure, "both": truth and sure, "some": truth and some})
    labelled, said = count["labelled"], count["said"]
    return {
        "labelled": labelled,
        "said": said,
        "both": count["both"],
        "sensitivity": count["both"] / labelled if labelled else None,
        "sensitivity_with_borderline": count["some"] / labelled if labelled else None,
        "precision": count["both"] / said if said else None,
    }


def table(result: dict[str, Any]) -> str:
    """Return the figures as text."""
    folds = ", ".join(map(str, result["folds"]))
    lines = [
        f"{result['data']}; fold {folds}, {result['records']} records, {result['healthy']} adults with NORM alone",
        "summary of the healthy: " + ", ".join(f"{k} {_percent(v)}" for k, v in result["healthy_called"].items()),
        "sentences of a reading that is normal: "
        + ", ".join(f"{lines} in {count}" for lines, count in result["normal_lines"].items()),
        f"contradictions: {result['contradictions']['pairs']} pairs in {result['contradictions']['records']} records",
        *(f"  {kind}: {count}" for kind, count in result["contradictions"]["kinds"].items()),
        *(f"  {name}: {one} | {other}" for name, _, one, other in result["contradictions"]["examples"]),
        "",
        "finding among the healthy      abnormal  borderline",
    ]
    for code, rates in result["healthy_with"].items():
        lines.append(f"{code:30s} {_percent(rates['abnormal']):>8s}  {_percent(rates['borderline']):>10s}")
    lines += ["", "agreement with labels           labelled  said  sensitivity  with borderline  precision"]
    for name, found in result["agreement"].items():
        lines.append(
            f"{name:31s} {found['labelled']:8d} {found['said']:5d} {_percent(found['sensitivity']):>12s} "
            f"{_percent(found['sensitivity_with_borderline']):>16s} {_percent(found['precision']):>10s}"
        )
    return "\n".join(lines)


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f} %"
