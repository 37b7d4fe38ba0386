"""The rhythm against the statements of PTB-XL's cardiologists, and what is marked as P where atria fibrillate.

Slow and fast sinus rhythm mean SBRAD and STACH. A record counts for a statement where the cardiologist made it at all;
records in which quality refuses the analysis count as not said. Every figure stands twice: with the network's
statements heard, and by the trace alone.

Three statements rest on a value that is measured: rate and PR. Readers of PTB-XL keep to no one limit, least of all for
PR, and so no program can agree with them beyond what they agree in themselves. A table of its own therefore compares
the measured values, limit by limit, where the rhythm's name plays no part.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from cardio_desktop.analysis.p_waves import p_waves_of
from cardio_desktop.core.leads import LEADS12
from cardio_desktop.core.record import ArraySamples, Channel, Record
from cardio_desktop.io.ptbxl import UNITS_PER_MV, Entry, read_database, read_signal
from cardio_desktop.model.metrics import auc, wilson_interval
from cardio_desktop.reading.opinion import opinion_on
from cardio_desktop.reading.passage import Passage, look, stretch_of
from cardio_desktop.reading.pipeline import Models, judged, load_models

FOLD = 9
RATE_HZ = 100.0
FIBRILLATION = frozenset({"AFIB", "AFLT"})
GROUPS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "atrial fibrillation or flutter": (FIBRILLATION, FIBRILLATION),
    "atrial fibrillation": (frozenset({"AFIB"}), frozenset({"AFIB"})),
    "atrial flutter": (frozenset({"AFLT"}), frozenset({"AFLT"})),
    "supraventricular tachycardia": (frozenset({"SVTAC", "PSVT"}), frozenset({"SVTAC"})),
    "wide-complex tachycardia": (frozenset(), frozenset({"VT", "WCT"})),
    "sinus tachycardia": (frozenset({"STACH"}), frozenset({"STACH"})),
    "sinus bradycardia": (frozenset({"SBRAD"}), frozenset({"SBRAD"})),
    "paced": (frozenset({"PACE"}), frozenset({"PACE"})),
    "ventricular ectopic beats": (
        frozenset({"PVC"}),
        frozenset({"PVC", "COUPLET", "VRUN", "BIGU", "VT"}),
    ),
    "supraventricular ectopic beats": (frozenset({"PAC"}), frozenset({"PAC", "SVRUN"})),
    "second-degree AV block": (frozenset({"2AVB"}), frozenset({"AVB2"})),
    "complete AV block": (frozenset({"3AVB"}), frozenset({"AVB3"})),
    "first-degree AV block": (frozenset({"1AVB"}), frozenset({"AVB1"})),
    "first-degree block, or long PR stated": (frozenset({"1AVB", "LPR"}), frozenset({"AVB1"})),
}
"""Name -> (the cardiologist's statements, the program's codes)."""
OTHERS = ("SR", "SARRH", "SBRAD", "STACH", "PAC", "SVARR", "PVC", "BIGU", "TRIGU", "1AVB", "2AVB", "3AVB")
"""Statements beside which fibrillation would be a mistake, if it is not stated too."""
MEASURED: dict[str, tuple[frozenset[str], str, float, float]] = {
    "STACH, rate above 100/min": (frozenset({"STACH"}), "rate_bpm", 1.0, 100.4),
    "SBRAD, rate below 50/min": (frozenset({"SBRAD"}), "rate_bpm", -1.0, 50.0),
    "SBRAD, rate below 60/min": (frozenset({"SBRAD"}), "rate_bpm", -1.0, 60.0),
    "1AVB or LPR, PR above 200 ms": (frozenset({"1AVB", "LPR"}), "pr_ms", 1.0, 200.0),
    "1AVB or LPR, PR above 220 ms": (frozenset({"1AVB", "LPR"}), "pr_ms", 1.0, 220.0),
}
"""Name -> (the cardiologist's statements, what is measured, 1 where they mean more of it and -1 less, the limit).

100.4 is what is told as 100. Of sinus rhythms of folds 1 to 8 at 100 to 104/min 59 to 94 % bear STACH and 2 % below; at
48 to 50/min 99 % bear SBRAD, at 50 to 60/min 4 to 7 %; of those with PR of 200 to 250 ms 9 to 52 % bear 1AVB."""


@dataclass(frozen=True)
class Case:
    """One record: what the cardiologist stated, what the program said with the network and without it.

    `p_said` and `p_alone` are the share of beats with a P wave before them, None where waves were not looked for.
    """

    truth: frozenset[str]
    said: frozenset[str]
    alone: frozenset[str]
    p_said: float | None = None
    p_alone: float | None = None
    rate_bpm: float | None = None
    pr_ms: float | None = None


def validate(data: Path, options: argparse.Namespace) -> dict[str, Any]:
    """Return the figures on one record in `--every` of `--folds` (default 9) of the PTB-XL folder `data`."""
    every = max(int(getattr(options, "every", 1)), 1)
    folds = list(getattr(options, "folds", [FOLD]))
    models = load_models()
    cases = [case_of(entry, models) for entry in read_database(data).folds(*folds).entries[::every]]
    named = f"{Path(data).name}, fold {', '.join(map(str, folds))}"
    return {
        "data": named + (f", one record in {every}" if every > 1 else ""),
        "records": len(cases),
        "with_network": figures(cases, "said"),
        "without_network": figures(cases, "alone"),
        "measured": {name: _by_value(cases, name) for name in MEASURED},
    }


def figures(cases: Sequence[Case], which: str) -> dict[str, Any]:
    """Return the figures of the cases, with the network ("said") or without ("alone")."""
    return {
        "rhythms": {name: _counts(cases, name, which) for name in GROUPS},
        "false_fibrillation": {code: _false_fibrillation(cases, code, which) for code in OTHERS},
        "p_waves": _p_waves(cases, which),
    }


def case_of(entry: Entry, models: Models) -> Case:
    """Analyse one record twice: with the network's statements and without."""
    record = record_of(entry)
    seen = look(record, *stretch_of(record))
    # Neither sentences nor evidence count here, which are a third of the time of a whole analysis.
    found = [judged(replace(seen, opinion=opinion_on(seen, asked)), asked) for asked in (models, None)]
    codes = [frozenset(one.rhythm.codes) if one.rhythm else frozenset[str]() for one in found]
    shares = (_p_share(found[0]), _p_share(found[1]))
    measured = found[0].measured.measurements
    return Case(frozenset(entry.scp), codes[0], codes[1], *shares, measured.heart_rate_bpm, measured.pr_ms)


def record_of(entry: Entry) -> Record:
    """Return an entry of PTB-XL as a record."""
    mv = read_signal(entry.path).astype(np.float64) / UNITS_PER_MV
    channels = tuple(
        Channel(name, RATE_HZ, "mV", 1.0, 0.0, ArraySamples(row.copy()), lead=name)
        for name, row in zip(LEADS12, mv, strict=True)
    )
    return Record(Path(str(entry.ecg_id)), "array", channels)


def _p_share(found: Passage) -> float | None:
    p = p_waves_of(found.beats, found.measured.waves) if found.beats else None
    return None if p is None else p.share


def _counts(cases: Sequence[Case], name: str, which: str) -> dict[str, Any]:
    theirs, ours = GROUPS[name]
    truth = np.array([bool(case.truth & theirs) for case in cases], dtype=bool)
    said = np.array([bool(getattr(case, which) & ours) for case in cases], dtype=bool)
    return {
        "cases": int(truth.sum()),
        "sensitivity": share_of(int((said & truth).sum()), int(truth.sum())),
        "specificity": share_of(int((~said & ~truth).sum()), int((~truth).sum())),
        "precision": share_of(int((said & truth).sum()), int(said.sum())),
    }


def _by_value(cases: Sequence[Case], name: str) -> dict[str, Any]:
    """Return how a measured value tells the records of a statement, of those without fibrillation, flutter or pacing.

    A record in which the value could not be measured counts as within the limit, and takes no part in the area.
    """
    theirs, what, sign, limit = MEASURED[name]
    own = [case for case in cases if not case.truth & {*FIBRILLATION, "PACE"}]
    truth = np.array([bool(case.truth & theirs) for case in own], dtype=bool)
    value = np.array([np.nan if (v := getattr(case, what)) is None else sign * v for case in own], dtype=np.float64)
    known, beyond = np.isfinite(value), value > sign * limit
    both = int((beyond & truth).sum())
    told = bool(truth[known].any() and not truth[known].all())
    return {
        "cases": int(truth.sum()),
        "auc": auc(truth[known], value[known]) if told else None,
        "sensitivity": share_of(both, int(truth.sum())),
        "precision": share_of(both, int(beyond.sum())),
    }


def _false_fibrillation(cases: Sequence[Case], code: str, which: str) -> dict[str, Any]:
    """Return how many records with a statement, and without fibrillation or flutter, were called fibrillation."""
    own = [case for case in cases if code in case.truth and not case.truth & FIBRILLATION]
    said = sum(bool(getattr(case, which) & FIBRILLATION) for case in own)
    return {"cases": len(own), "said": said, "share": share_of(said, len(own))}


def _p_waves(cases: Sequence[Case], which: str) -> dict[str, float | None]:
    """Return the mean share of beats with a P wave, by what the cardiologist stated of the atria."""
    groups = {
        "atrial fibrillation": [case for case in cases if "AFIB" in case.truth],
        "atrial flutter": [case for case in cases if "AFLT" in case.truth],
        "sinus rhythm": [
            case
            for case in cases
            if case.truth & {"SR", "SARRH", "SBRAD", "STACH"} and not case.truth & {*FIBRILLATION, "PACE"}
        ],
    }
    out: dict[str, float | None] = {}
    for name, own in groups.items():
        shares = [share for case in own if (share := getattr(case, f"p_{which}")) is not None]
        out[name] = float(np.mean(shares)) if shares else None
    return out


def share_of(hits: int, total: int) -> dict[str, Any]:
    """Return a share with its 95 % interval, None of nothing."""
    return {"share": hits / total if total else None, "interval": list(wilson_interval(hits, total)) if total else None}


def table(result: dict[str, Any]) -> str:
    """Return the result of `validate` as a table to read."""
    lines = [f"rhythm on {result['data']}, {result['records']} records (95 % intervals of Wilson)"]
    for key, title in (("with_network", "with the network"), ("without_network", "beats and P waves alone")):
        found = result[key]
        lines.append(f"{title:38}{'cases':>6}{'sensitivity':>22}{'specificity':>22}{'precision':>22}")
        for name, row in found["rhythms"].items():
            cells = "".join(_cell(row[column]) for column in ("sensitivity", "specificity", "precision"))
            lines.append(f"{name:38}{row['cases']:6d}{cells}")
        wrong = [f"{code} {row['said']} of {row['cases']}" for code, row in found["false_fibrillation"].items()]
        lines.append("called fibrillation or flutter without that statement: " + ", ".join(wrong))
        shares = [f"{name} {100 * p:.1f} %" for name, p in found["p_waves"].items() if p is not None]
        lines += ["beats with a P wave, mean of records stated: " + ", ".join(shares), ""]
    lines.append(
        f"{'by the measured value alone':38}{'cases':>6}{'sensitivity':>22}{'precision':>22}{'area (ROC)':>14}"
    )
    for name, row in result["measured"].items():
        area = "-" if row["auc"] is None else f"{row['auc']:.3f}"
        cells = _cell(row["sensitivity"]) + _cell(row["precision"])
        lines.append(f"{name:38}{row['cases']:6d}{cells}{area:>14}")
    return "\n".join(lines).rstrip()


def _cell(value: Mapping[str, Any]) -> str:
    if value["share"] is None:
        return "-".rjust(22)
    low, high = value["interval"]
    return f"{100 * value['share']:.1f} ({100 * low:.1f}-{100 * high:.1f}) %".rjust(22)
