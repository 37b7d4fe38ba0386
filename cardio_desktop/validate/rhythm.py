"""The rhythm against the statements of PTB-XL's cardiologists, on fold 9.

Fibrillation means AFIB or AFLT; slow and fast sinus rhythm mean SBRAD and STACH. A record counts for a statement where
the cardiologist made it at all; records in which quality refuses the analysis count as not said.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from cardio_desktop.core.leads import LEADS12
from cardio_desktop.core.record import ArraySamples, Channel, Record
from cardio_desktop.io.ptbxl import UNITS_PER_MV, Entry, read_database, read_signal
from cardio_desktop.model.metrics import wilson_interval
from cardio_desktop.pipeline import Models, analyze, load_models

FOLD = 9
RATE_HZ = 100.0
GROUPS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "atrial fibrillation or flutter": (frozenset({"AFIB", "AFLT"}), frozenset({"AFIB", "AFLT"})),
    "sinus tachycardia": (frozenset({"STACH"}), frozenset({"STACH"})),
    "sinus bradycardia": (frozenset({"SBRAD"}), frozenset({"SBRAD"})),
    "paced": (frozenset({"PACE"}), frozenset({"PACE"})),
    "ventricular ectopic beats": (
        frozenset({"PVC"}),
        frozenset({"PVC", "COUPLET", "VRUN", "BIGU", "VT"}),
    ),
    "first-degree AV block": (frozenset({"1AVB"}), frozenset({"1AVB"})),
}
"""Name -> (the cardiologist's statements, the program's codes)."""


@dataclass(frozen=True)
class Case:
    """One record: what the cardiologist stated, what the program said with the network and without it."""

    truth: frozenset[str]
    said: frozenset[str]
    alone: frozenset[str]


def validate(data: Path, options: argparse.Namespace) -> dict[str, Any]:
    """Return the figures on one record in `--every` of fold 9 of the PTB-XL folder `data`."""
    every = max(int(getattr(options, "every", 1)), 1)
    models = load_models()
    entries = read_database(data).folds(FOLD).entries[::every]
    cases = [case_of(entry, models) for entry in entries]
    return {
        "data": f"{Path(data).name}, fold {FOLD}" + (f", one record in {every}" if every > 1 else ""),
        "records": len(cases),
        "with_network": {name: _counts(cases, name, "said") for name in GROUPS},
        "without_network": {name: _counts(cases, name, "alone") for name in GROUPS},
    }


def case_of(entry: Entry, models: Models) -> Case:
    """Analyse one record twice: with the network's statements and without."""
    mv = read_signal(entry.path).astype(np.float64) / UNITS_PER_MV
    channels = tuple(
        Channel(name, RATE_HZ, "mV", 1.0, 0.0, ArraySamples(row.copy()), lead=name)
        for name, row in zip(LEADS12, mv, strict=True)
    )
    record = Record(Path(str(entry.ecg_id)), "array", channels)
    rhythms = [analyze(record, asked).rhythm for asked in (models, None)]
    codes = [frozenset(rhythm.codes) if rhythm else frozenset[str]() for rhythm in rhythms]
    return Case(frozenset(entry.scp), *codes)


def _counts(cases: list[Case], name: str, which: str) -> dict[str, Any]:
    theirs, ours = GROUPS[name]
    truth = np.array([bool(case.truth & theirs) for case in cases], dtype=bool)
    said = np.array([bool(getattr(case, which) & ours) for case in cases], dtype=bool)
    return {
        "cases": int(truth.sum()),
        "sensitivity": _share(int((said & truth).sum()), int(truth.sum())),
        "specificity": _share(int((~said & ~truth).sum()), int((~truth).sum())),
        "precision": _share(int((said & truth).sum()), int(said.sum())),
    }


def _share(hits: int, total: int) -> dict[str, Any]:
    return {"share": hits / total if total else None, "interval": list(wilson_interval(hits, total)) if total else None}


def table(result: dict[str, Any]) -> str:
    """Return the result of `validate` as a table to read."""
    lines = [f"rhythm on {result['data']}, {result['records']} records (95 % intervals of Wilson)"]
    for key, title in (("with_network", "with the network"), ("without_network", "beats and P waves alone")):
        lines.append(f"{title:34}{'cases':>6}{'sensitivity':>22}{'specificity':>22}{'precision':>22}")
        for name, row in result[key].items():
            cells = "".join(_cell(row[column]) for column in ("sensitivity", "specificity", "precision"))
            lines.append(f"{name:34}{row['cases']:6d}{cells}")
    return "\n".join(lines)


def _cell(value: Mapping[str, Any]) -> str:
    if value["share"] is None:
        return "-".rjust(22)
    low, high = value["interval"]
    return f"{100 * value['share']:.1f} ({100 * low:.1f}-{100 * high:.1f}) %".rjust(22)
