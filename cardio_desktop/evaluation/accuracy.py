"""`cardio-desktop evaluate`: score a model folder on the folds of any PTB-XL-shaped folder; needs no torch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.core.findings import CLASS_NAMES
from cardio_desktop.core.progress import Progress
from cardio_desktop.evaluation.records import (
    Mask,
    ages_of,
    confirmed_infarctions,
    named_data,
    patients,
    probabilities,
    read_ecgs,
    read_folds,
    score,
)
from cardio_desktop.evaluation.tiers import AGE_BANDS, cross_fitted_tiers, share, tier_table, tiers_as_text, tiers_of
from cardio_desktop.io.ptbxl import Database
from cardio_desktop.model.calibration import cross_fitted
from cardio_desktop.model.classifier import Classifier
from cardio_desktop.model.metrics import (
    auc,
    average_ranks,
    bootstrap_interval,
    calibration_bins,
    calibration_error_floor,
    class_aucs,
    expected_calibration_error,
    macro_auc,
)

REPEATS = 1000
FEW_REPEATS = 200
LEAST_SUBGROUP = 50


def fast_macro_auc(truth: NDArray[np.bool_], logits: NDArray[np.floating]) -> Callable[[NDArray[np.intp]], float]:
    """Return macro-AUC as a function of drawn records: each class is ranked once, draws only count (ties half)."""
    ranks = np.stack([average_ranks(column) for column in logits.T], axis=1)
    orders = [np.argsort(column, kind="stable") for column in ranks.T]

    def macro(drawn: NDArray[np.intp]) -> float:
        weight = np.bincount(drawn, minlength=len(truth)).astype(float)
        found = []
        for k, order in enumerate(orders):
            w, y, r = weight[order], truth[order, k], ranks[order, k]
            positive, negative = w * y, w * ~y
            if positive.sum() == 0 or negative.sum() == 0:
                continue
            first = np.flatnonzero(np.append(True, np.diff(r) != 0))
            below = np.add.reduceat(negative, first)
            here = np.add.reduceat(positive, first)
            wins = (here * (np.cumsum(below) - below / 2)).sum()
            found.append(wins / (positive.sum() * negative.sum()))
        return float(np.mean(found)) if found else float("nan")

    return macro


def evaluate(
    data_dir: Path, folds: Sequence[int], classifier: Classifier, progress: Progress | None = None
) -> dict[str, Any]:
    """Score `classifier` on the records of `folds`; raises CardioError where there are none.

    Bootstrap intervals draw patients, not records. "ece" is that of the card's own calibration; on the fold that the
    card was calibrated on, "ece_cross_fitted" is the honest one. "ece_floor" is what a perfect calibration would show
    on so many records, by chance alone. The published benchmark leaves out records without any superclass: its
    macro-AUC stands beside that of all records.
    """
    database = read_folds(data_dir, folds)
    logits = score(classifier, read_ecgs(database), progress)
    result = {"data": named_data(data_dir, folds)} | summarise(database, logits, classifier)
    if progress is not None:
        progress(100)
    return result


def summarise(database: Database, logits: NDArray[np.float32], classifier: Classifier) -> dict[str, Any]:
    """Return the figures of `evaluate` from the raw logits (record, head) of the records in `database`."""
    card = classifier.card
    classes = len(card.classes)
    truth, statements = database.superclasses(), database.statements(card.statements)
    groups = patients(database)
    labelled = truth.any(axis=1)
    probability = probabilities(classifier, logits)
    fair = np.stack([cross_fitted(logits[:, k], truth[:, k], groups) for k in range(classes)], axis=1)
    per_statement = class_aucs(statements, logits[:, classes:])
    defined = ~np.isnan(per_statement)

    def interval(values: Mask, scores: NDArray[np.floating], repeats: int = REPEATS) -> list[float]:
        return list(bootstrap_interval(fast_macro_auc(values, scores), len(values), repeats, groups=groups))

    confirmed, ages = confirmed_infarctions(database), ages_of(database)
    return {
        "model": {"name": card.name, "version": card.version, "sha256": card.sha256},
        "records": len(truth),
        "patients": len(np.unique(groups)),
        "macro_auc": macro_auc(truth, logits[:, :classes]),
        "macro_auc_interval": interval(truth, logits[:, :classes]),
        "macro_auc_labelled_records": macro_auc(truth[labelled], logits[labelled, :classes]),
        "labelled_records": int(labelled.sum()),
        "classes": {
            code: {
                "cases": int(truth[:, k].sum()),
                "auc": auc(truth[:, k], logits[:, k]),
                "auc_interval": interval(truth[:, k : k + 1], logits[:, k : k + 1]),
                "ece": expected_calibration_error(truth[:, k], probability[:, k]),
                "ece_cross_fitted": expected_calibration_error(truth[:, k], fair[:, k]),
                "ece_floor": calibration_error_floor(fair[:, k])[0],
                "reliability": [
                    {"said": float(said), "seen": float(seen), "records": int(count)}
                    for said, seen, count in zip(*calibration_bins(truth[:, k], fair[:, k]), strict=True)
                ],
            }
            for k, code in enumerate(card.classes)
        },
        "statements_macro_auc": float(per_statement[defined].mean()) if defined.any() else None,
        "statements_macro_auc_interval": interval(statements[:, defined], logits[:, classes:][:, defined], FEW_REPEATS)
        if defined.any()
        else None,
        "statements_scored": int(defined.sum()),
        "statements": {
            code: {"cases": int(statements[:, k].sum()), "auc": None if np.isnan(value) else float(value)}
            for k, (code, value) in enumerate(zip(card.statements, per_statement, strict=True))
        },
        "tiers": tier_table(probability, truth, card, confirmed, ages),
        "tiers_cross_fitted": cross_fitted_tiers(logits, truth, confirmed, groups, card, ages),
        "subgroups": subgroups(database, logits[:, :classes], probability, classifier),
    }


def subgroups(
    database: Database, logits: NDArray[np.float32], probability: NDArray[np.floating], classifier: Classifier
) -> dict[str, dict[str, Any]]:
    """Return accuracy and tiers by sex, age and recorder; groups of fewer than 50 records are left out."""
    entries = database.entries
    ages = ages_of(database)
    sexes = np.array([entry.sex for entry in entries])
    masks = {"men": sexes == 0, "women": sexes == 1}
    masks |= {name: (ages >= low) & (ages < high) for low, high, name in AGE_BANDS}
    devices = np.array([entry.device for entry in entries])
    masks |= {f"recorder {name}": devices == name for name in sorted(set(devices.tolist()) - {""})}
    truth, groups = database.superclasses(), patients(database)
    ill = truth[:, 1:].any(axis=1)
    normal = truth[:, 0] & ~ill
    tiers = {tier.value: mask for tier, mask in tiers_of(probability, classifier.card, ages).items()}
    result = {}
    for name, mask in masks.items():
        if mask.sum() < LEAST_SUBGROUP:
            continue
        statistic = fast_macro_auc(truth[mask], logits[mask])
        result[name] = {
            "records": int(mask.sum()),
            "macro_auc": macro_auc(truth[mask], logits[mask]),
            "macro_auc_interval": list(
                bootstrap_interval(statistic, int(mask.sum()), FEW_REPEATS, groups=groups[mask])
            ),
            "any pathology in Low": share(int((mask & ill & tiers["Low"]).sum()), int((mask & ill).sum())),
            "any pathology in High": share(int((mask & ill & tiers["High"]).sum()), int((mask & ill).sum())),
            "NORM alone in Low": share(int((mask & normal & tiers["Low"]).sum()), int((mask & normal).sum())),
            "NORM alone in High": share(int((mask & normal & tiers["High"]).sum()), int((mask & normal).sum())),
        }
    return result


def as_text(result: dict[str, Any]) -> str:
    """Return the result of `evaluate` as a table to read."""
    model, low_high = result["model"], result["macro_auc_interval"]
    lines = [
        f"{model['name']} {model['version']} ({model['sha256'][:12]}) on {result['data']}: "
        f"{result['records']} records of {result['patients']} patients",
        f"macro-AUC {_figure(result['macro_auc'])} ({_figure(low_high[0])}-{_figure(low_high[1])}); "
        f"{result['labelled_records']} records with a superclass: {_figure(result['macro_auc_labelled_records'])}",
        f"{'class':26}{'cases':>7}{'AUC':>8}{'95 % interval':>18}{'ECE':>8}{'cross-fitted':>14}{'by chance':>11}",
    ]
    for code, row in result["classes"].items():
        span = f"{_figure(row['auc_interval'][0])}-{_figure(row['auc_interval'][1])}"
        lines.append(
            f"{code + ' ' + CLASS_NAMES[code]:26}{row['cases']:7d}{_figure(row['auc']):>8}{span:>18}"
            f"{row['ece']:8.4f}{row['ece_cross_fitted']:14.4f}{row['ece_floor']:11.4f}"
        )
    if result["statements_macro_auc"] is not None:
        low, high = result["statements_macro_auc_interval"]
        scored = result["statements_scored"]
        lines.append(f"statements ({scored}): macro-AUC {result['statements_macro_auc']:.4f} ({low:.4f}-{high:.4f})")
    limits = ", ".join(f"{name} {value:.4f}" for name, value in result["tiers"]["thresholds"].items())
    lines += tiers_as_text(result["tiers"], f"tiers at {limits}")
    young = result["tiers_cross_fitted"]["ages"]["under 40"]["any pathology in Low"]
    lines.append(f"under 40, cross-fitted: {young['n']} of {young['of']} with any pathology in Low")
    parts = result["tiers_cross_fitted"]["parts"]
    title = f"tiers, patients in {parts} parts, calibration and thresholds from the other parts"
    lines += tiers_as_text(result["tiers_cross_fitted"], title)
    columns = ("any pathology in Low", "any pathology in High", "NORM alone in Low", "NORM alone in High")
    lines.append(f"{'subgroup':18}{'records':>8}{'macro-AUC':>24}" + "".join(f"{name:>23}" for name in columns))
    for name, row in result["subgroups"].items():
        low, high = row["macro_auc_interval"]
        span = f"{_figure(row['macro_auc'])} ({_figure(low)}-{_figure(high)})"
        shares = [row[column]["share"] for column in columns]
        percent = "".join(f"{'-' if value is None else f'{100 * value:.1f} %':>23}" for value in shares)
        lines.append(f"{name:18}{row['records']:8d}{span:>24}{percent}")
    return "\n".join(lines)


def _figure(value: float | None) -> str:
    return "-" if value is None or np.isnan(value) else f"{value:.4f}"
