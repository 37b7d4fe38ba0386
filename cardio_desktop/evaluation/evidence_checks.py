"""`cardio-desktop evidence-checks`: is the evidence true? Leads and cells removed, waves exchanged, signs planted."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from cardio_desktop.core.findings import PATHOLOGIES
from cardio_desktop.core.progress import Progress
from cardio_desktop.evaluation.maps import check_agreement, check_random_weights
from cardio_desktop.evaluation.named_waves import check_named_waves
from cardio_desktop.evaluation.planted import check_planted
from cardio_desktop.evaluation.records import named_data, part_of, pick, read_ecgs, read_folds
from cardio_desktop.evaluation.removal import TERRITORIES, check_class, check_territory
from cardio_desktop.evaluation.waves import WAVES, check_waves, find_beats
from cardio_desktop.io.ludb import read_ludb
from cardio_desktop.io.ptbxl import Database
from cardio_desktop.model.classifier import Classifier
from cardio_desktop.model.delineator import Delineator
from cardio_desktop.paths import asset

WAVE_RECORDS = 40
"""Records per class whose waves are exchanged, each of 48 waves and leads by itself."""
FLAG_RECORDS = 60
"""Records per class that are read whole, for what their flags name."""
DONORS = 8
NORMALS = 40
"""Normal records, other than the donors, that tell what a normal wave claims."""
MAP_RECORDS = 100
"""Records whose maps are compared with those of other weights."""


def check_evidence(
    data_dir: Path,
    folds: Sequence[int],
    classifier: Classifier,
    records: int = 0,
    ludb_dir: Path | None = None,
    against: Classifier | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Run all checks on `folds`, with at most `records` records per class or statement (0: no limit).

    Planted findings need `ludb_dir`, agreement between seeds needs another model (`against`), shuffled weights need the
    package onnx; what is missing is left out.
    """
    database = read_folds(data_dir, folds)
    card = classifier.card
    truth = database.superclasses()
    result: dict[str, Any] = {
        "data": named_data(data_dir, folds),
        "model": {"name": card.name, "sha256": card.sha256},
        "classes": {},
        "territory": {},
    }
    for k, code in enumerate(PATHOLOGIES):
        some = pick(database, truth[:, card.classes.index(code)], records)
        if some.entries:
            part = part_of(progress, 10 * k, 10 * k + 10)
            result["classes"][code] = check_class(classifier, read_ecgs(some), code, part)
    for code in TERRITORIES:
        if code in card.statements:
            some = pick(database, database.statements((code,))[:, 0], records)
            if some.entries:
                result["territory"][code] = check_territory(classifier, read_ecgs(some), code)
    result["waves"] = _waves(database, classifier, records, part_of(progress, 42, 58))
    result["flags"] = check_flags(database, classifier, records, part_of(progress, 58, 65))
    if ludb_dir is not None:
        result["planted"] = check_planted(classifier, read_ludb(ludb_dir), part_of(progress, 65, 80))
    some = pick(database, np.asarray(truth[:, 1:].any(axis=1)), records or MAP_RECORDS)
    if some.entries and importlib.util.find_spec("onnx") is not None:
        ecg, some_truth = read_ecgs(some), some.superclasses()
        result["random_weights"] = check_random_weights(classifier, ecg, some_truth, part_of(progress, 80, 95))
    if some.entries and against is not None:
        result["agreement"] = check_agreement(classifier, against, read_ecgs(some), some.superclasses())
    if progress is not None:
        progress(100)
    return result


def _waves(database: Database, classifier: Classifier, records: int, progress: Progress | None) -> dict[str, Any]:
    """Return `check_waves` of each class; empty where there is no normal record to take waves from."""
    truth = database.superclasses()
    rate_hz, limit = classifier.card.rate_hz, min(records or WAVE_RECORDS, WAVE_RECORDS)
    delineator = Delineator.load(asset("model_assets"))
    pure = np.asarray(truth[:, 0] & ~truth[:, 1:].any(axis=1))
    giving = pick(database, pure, DONORS)
    if not giving.entries:
        return {}
    donors = [find_beats(delineator, ecg, rate_hz) for ecg in read_ecgs(giving)]
    taken = {entry.ecg_id for entry in giving.entries}
    others = pick(database, pure & np.array([entry.ecg_id not in taken for entry in database.entries]), NORMALS)
    normals = [find_beats(delineator, ecg, rate_hz) for ecg in read_ecgs(others)] if others.entries else []
    result = {}
    for k, code in enumerate(PATHOLOGIES):
        some = pick(database, truth[:, classifier.card.classes.index(code)], limit, seed=1)
        if some.entries:
            found = [find_beats(delineator, ecg, rate_hz) for ecg in read_ecgs(some)]
            result[code] = check_waves(classifier, found, donors, code, normals, part_of(progress, 25 * k, 25 * k + 25))
    return result


def check_flags(
    database: Database, classifier: Classifier, records: int = 0, progress: Progress | None = None
) -> dict[str, Any]:
    """Return `check_named_waves` of each class, with at most `records` records (0: `FLAG_RECORDS`)."""
    truth, limit = database.superclasses(), min(records or FLAG_RECORDS, FLAG_RECORDS)
    result = {}
    for k, code in enumerate(PATHOLOGIES):
        some = pick(database, truth[:, classifier.card.classes.index(code)], limit)
        if some.entries:
            result[code] = check_named_waves(classifier, some, code, part_of(progress, 25 * k, 25 * k + 25))
    return result


def as_text(result: dict[str, Any]) -> str:
    """Return the result of `check_evidence` as a table to read."""
    lines = [f"evidence of {result['model']['name']} ({result['model']['sha256'][:12]}) on {result['data']}"]
    columns = ("lead faithfulness", "deletion, strongest", "deletion, random", "insertion, strongest", "random")
    lines.append(
        f"{'class':6}{'records':>8}{'additivity':>12}" + "".join(f"{name:>22}" for name in columns) + "   times"
    )
    for code, row in result["classes"].items():
        names = ("lead_faithfulness", "deletion_strongest_tenth", "deletion_random_tenth")
        cells = [row[name] for name in (*names, "insertion_strongest_tenth", "insertion_random_tenth")]
        times = row["deletion_times_random"]
        lines.append(
            f"{code:6}{row['records']:8d}{row['additivity_error_max']:12.1e}"
            + "".join(f"{with_interval(c):>22}" for c in cells)
            + f"{'   -' if times is None else f'{times:8.1f}'}"
        )
        moved = row["deletion_times_moved"]
        lines.append(
            f"{code:6}in place : moved by one bin {'-' if moved is None else f'{moved:.2f}'} (moved by one "
            f"{with_interval(row['deletion_moved_one_bin'])}, by two {with_interval(row['deletion_moved_two_bins'])})"
        )
    for code, row in result["waves"].items():
        told = ", ".join(
            f"{wave} {row['claims'][wave]:.2f} : {row['falls'][wave]:.2f}"
            for wave in WAVES
            if row["falls"][wave] is not None
        )
        lines.append(
            f"{code:6}{row['records']} records, waves exchanged, claim : cost in logits: {told}; rank correlation "
            f"over waves {with_interval(row['rank_over_waves'])} (of what is claimed above a normal wave "
            f"{with_interval(row['rank_above_normal_over_waves'])}, of the evidence lost there "
            f"{with_interval(row['rank_of_lost_over_waves'])}; of flat waves "
            f"{with_interval(row['rank_of_flat_over_waves'])}, of both costs "
            f"{with_interval(row['rank_of_costs_over_waves'])}), over waves and leads "
            f"{with_interval(row['rank_over_waves_and_leads'])}; evidence on P and TP "
            f"{with_interval(row['on_p_and_tp'])} in {row['time_on_p_and_tp'] or 0:.2f} of the time"
        )
    for code, row in result["flags"].items():
        counted, told = row["misleading"], ", ".join(f"{wave} {count}" for wave, count in row["named"].items())
        lines.append(
            f"{code}: flags of {row['flagged']} of {row['records']} records name {told or 'nothing: there are none'}; "
            f"P or no wave {counted['n']} of {counted['of']}"
        )
    for code, row in result["territory"].items():
        counted = f"{row['inside']} of {row['records']} ({row['share']:.2f})"
        lines.append(f"{code}: strongest lead among {' '.join(row['leads'])} in {counted}")
    for kind, row in result.get("planted", {}).get("kinds", {}).items():
        lines.append(
            f"planted {kind}: strongest rise of {'+'.join(row['classes'])} inside in {row['strongest_inside']} of "
            f"{row['plantings']}, centre {_milliseconds(row['centre_error_ms'])}; share of the rise "
            f"inside {with_interval(row['share_of_rise_inside'])}, of the cells {row['share_of_cells'] or 0:.3f}"
        )
    for name, title in (("random_weights", "shuffled weights"), ("agreement", "agreement with another model")):
        for code, row in result.get(name, {}).get("classes", {}).items():
            figures = [row["spearman"], row["structural_similarity"]]
            means = [figure["mean"] if isinstance(figure, dict) else figure for figure in figures]
            lines.append(f"{title}, {code}: Spearman {means[0]:.2f}, structural similarity {means[1]:.2f}")
    if "random_weights" in result:
        lines.append(f"macro-AUC with shuffled weights {result['random_weights']['macro_auc']:.3f}")
    return "\n".join(lines)


def _milliseconds(value: dict[str, Any]) -> str:
    return "-" if value["mean"] is None else f"{value['mean']:+.0f} ms (SD {value['spread']:.0f})"


def with_interval(value: dict[str, Any]) -> str:
    """Return a mean and its interval, - where there is none."""
    if value["mean"] is None:
        return "-"
    return f"{value['mean']:.2f} ({value['interval'][0]:.2f}-{value['interval'][1]:.2f})"
