"""`cardio-desktop evaluate`: score a model folder on the folds of any PTB-XL-shaped folder; needs no torch."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.core.errors import CardioError
from cardio_desktop.core.findings import CLASS_NAMES
from cardio_desktop.io.ptbxl import UNITS_PER_MV, Database, read_database, read_signal
from cardio_desktop.model.calibration import cross_fitted
from cardio_desktop.model.card import CARD_FILE
from cardio_desktop.model.classifier import Classifier
from cardio_desktop.model.metrics import (
    auc,
    average_ranks,
    bootstrap_interval,
    calibration_bins,
    class_aucs,
    expected_calibration_error,
    macro_auc,
    wilson_interval,
)
from cardio_desktop.model.risk import TIERS, tier_of
from cardio_desktop.paths import asset

BATCH = 16
REPEATS = 1000
Report = Callable[[int], None]


def read_ecgs(database: Database) -> NDArray[np.float32]:
    """Return the 100 Hz signals of `database` in mV: (record, 12, 1000)."""
    return np.stack([read_signal(e.path) for e in database.entries]).astype(np.float32) / np.float32(UNITS_PER_MV)


def score(classifier: Classifier, ecg_mv: NDArray[np.float32], report: Report | None = None) -> NDArray[np.float32]:
    """Return the raw logits (record, head) of records (record, 12, samples) at the network's rate."""
    parts = []
    for first in range(0, len(ecg_mv), BATCH):
        if report is not None:
            report(100 * first // len(ecg_mv))
        # The evidence of one head is the least that can be asked for; it is not used here.
        parts.append(classifier.run(ecg_mv[first : first + BATCH], [0])[0])
    return np.concatenate(parts)


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


def _share(hits: int, total: int) -> dict[str, Any]:
    low, high = wilson_interval(hits, total)
    return {"n": hits, "of": total, "share": hits / total if total else None, "interval": [low, high]}


def tier_table(
    probability: NDArray[np.floating], truth: NDArray[np.bool_], classifier: Classifier, confirmed: NDArray[np.bool_]
) -> dict[str, Any]:
    """Return tier x true class with Wilson intervals; a record counts in each of its classes."""
    codes = classifier.card.classes
    limits = classifier.card.thresholds
    tiers = [tier_of(dict(zip(codes, row, strict=True)), limits) for row in probability]
    ill = truth[:, 1:].any(axis=1)
    groups = {code: truth[:, k] for k, code in enumerate(codes)} | {
        "NORM alone": truth[:, 0] & ~ill,
        "any pathology": ill,
        "MI, likelihood 100": confirmed,
        "no superclass": ~truth.any(axis=1),
        "all": np.ones(len(truth), dtype=bool),
    }
    chosen = {tier: np.array([t is tier for t in tiers]) for tier in TIERS}
    return {
        "thresholds": limits.as_mapping(),
        "share of class in tier": {
            name: {tier.value: _share(int((mask & chosen[tier]).sum()), int(mask.sum())) for tier in TIERS}
            for name, mask in groups.items()
        },
        "share of tier with any pathology": {
            tier.value: _share(int((ill & chosen[tier]).sum()), int(chosen[tier].sum())) for tier in TIERS
        },
    }


def evaluate(
    data_dir: Path, folds: Sequence[int], classifier: Classifier, report: Report | None = None
) -> dict[str, Any]:
    """Score `classifier` on the records of `folds`; raises CardioError where there are none.

    Bootstrap intervals draw patients, not records. "ece" is that of the card's own calibration; on the fold that the
    card was calibrated on, "ece_cross_fitted" is the honest one. The published benchmark leaves out records without any
    superclass: its macro-AUC stands beside that of all records.
    """
    database = read_database(data_dir).folds(*folds)
    if not database.entries:
        raise CardioError(f"{data_dir}: holds no records of fold {list(folds)}; name folds that it holds.")
    card = classifier.card
    classes = len(card.classes)
    logits = score(classifier, read_ecgs(database), report)
    truth, statements = database.superclasses(), database.statements(card.statements)
    patients = np.array([entry.patient_id for entry in database.entries])
    labelled = truth.any(axis=1)
    probability = np.stack([card.calibration[c](logits[:, k]) for k, c in enumerate(card.classes)], axis=1)
    fair = np.stack([cross_fitted(logits[:, k], truth[:, k], patients) for k in range(classes)], axis=1)
    per_statement = class_aucs(statements, logits[:, classes:])
    defined = ~np.isnan(per_statement)

    def interval(values: NDArray[np.bool_], scores: NDArray[np.floating], repeats: int = REPEATS) -> list[float]:
        return list(bootstrap_interval(fast_macro_auc(values, scores), len(values), repeats, groups=patients))

    confirmed = np.array(
        [any(v == 100 and database.superclass_of.get(c) == "MI" for c, v in e.scp.items()) for e in database.entries]
    )
    if report is not None:
        report(100)
    return {
        "data": f"{Path(data_dir).name}, folds {', '.join(map(str, folds))}",
        "model": {"name": card.name, "version": card.version, "sha256": card.sha256},
        "records": len(truth),
        "patients": len(np.unique(patients)),
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
                "reliability": [
                    {"said": float(said), "seen": float(seen), "records": int(count)}
                    for said, seen, count in zip(*calibration_bins(truth[:, k], fair[:, k]), strict=True)
                ],
            }
            for k, code in enumerate(card.classes)
        },
        "statements_macro_auc": float(per_statement[defined].mean()) if defined.any() else None,
        "statements_macro_auc_interval": interval(statements[:, defined], logits[:, classes:][:, defined], 200)
        if defined.any()
        else None,
        "statements_scored": int(defined.sum()),
        "statements": {
            code: {"cases": int(statements[:, k].sum()), "auc": None if np.isnan(value) else float(value)}
            for k, (code, value) in enumerate(zip(card.statements, per_statement, strict=True))
        },
        "tiers": tier_table(probability, truth, classifier, confirmed),
    }


def _line(share: dict[str, Any]) -> str:
    if share["share"] is None:
        return "-".rjust(26)
    low, high = (100 * value for value in share["interval"])
    return f"{share['n']:5d} {100 * share['share']:5.1f} ({low:.1f}-{high:.1f}) %".rjust(26)


def as_text(result: dict[str, Any]) -> str:
    """Return the result of `evaluate` as a table to read."""
    model, low_high = result["model"], result["macro_auc_interval"]
    lines = [
        f"{model['name']} {model['version']} ({model['sha256'][:12]}) on {result['data']}: "
        f"{result['records']} records of {result['patients']} patients",
        f"macro-AUC {result['macro_auc']:.4f} ({low_high[0]:.4f}-{low_high[1]:.4f}); "
        f"{result['labelled_records']} records with a superclass: {result['macro_auc_labelled_records']:.4f}",
        f"{'class':26}{'cases':>7}{'AUC':>8}{'95 % interval':>18}{'ECE':>8}{'cross-fitted':>14}",
    ]
    for code, row in result["classes"].items():
        span = f"{row['auc_interval'][0]:.4f}-{row['auc_interval'][1]:.4f}"
        lines.append(
            f"{code + ' ' + CLASS_NAMES[code]:26}{row['cases']:7d}{row['auc']:8.4f}{span:>18}"
            f"{row['ece']:8.4f}{row['ece_cross_fitted']:14.4f}"
        )
    if result["statements_macro_auc"] is not None:
        low, high = result["statements_macro_auc_interval"]
        scored = result["statements_scored"]
        lines.append(f"statements ({scored}): macro-AUC {result['statements_macro_auc']:.4f} ({low:.4f}-{high:.4f})")
    tiers = result["tiers"]
    limits = ", ".join(f"{name} {value:.4f}" for name, value in tiers["thresholds"].items())
    lines.append(f"tiers at {limits}")
    lines.append(f"{'':22}" + "".join(f"{tier.value:>26}" for tier in TIERS))
    for name, row in tiers["share of class in tier"].items():
        lines.append(f"{name:22}" + "".join(_line(row[tier.value]) for tier in TIERS))
    row = tiers["share of tier with any pathology"]
    lines.append(f"{'with any pathology':22}" + "".join(_line(row[tier.value]) for tier in TIERS))
    return "\n".join(lines)


def store_in_card(folder: Path, name: str, command: str, result: dict[str, Any]) -> None:
    """Put a result into the metrics of the card in `folder`, with the command that makes it again."""
    path = folder / CARD_FILE
    card = json.loads(path.read_text(encoding="utf-8"))
    card["metrics"][name] = {"command": command} | result
    partial = path.with_suffix(".part")
    partial.write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    partial.replace(path)


def rounded(value: Any, digits: int = 5) -> Any:
    """Return a JSON value with its floats rounded; what is undefined (NaN) becomes null."""
    if isinstance(value, float):
        return round(value, digits) if np.isfinite(value) else None
    if isinstance(value, dict):
        return {key: rounded(item, digits) for key, item in value.items()}
    return [rounded(item, digits) for item in value] if isinstance(value, list) else value


def main(argv: list[str] | None = None) -> int:
    """Run `cardio-desktop evaluate` with the arguments `argv` and return the exit status."""
    parser = argparse.ArgumentParser(prog="cardio-desktop evaluate", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="PTB-XL folder")
    parser.add_argument("--folds", type=int, nargs="+", required=True)
    parser.add_argument("--model", type=Path, metavar="DIR", help="model folder (default: the shipped one)")
    parser.add_argument("--json", metavar="OUT", help="write the result as JSON to this file, - for standard output")
    parser.add_argument("--threads", type=int, default=0, help="threads of ONNX Runtime (default: all cores)")
    parser.add_argument("--checks", action="store_true", help="check the evidence and missing leads instead (minutes)")
    parser.add_argument("--records", type=int, default=0, metavar="N", help="with --checks: records per class (0: all)")
    parser.add_argument("--write-card", action="store_true", help="store the figures in the model's card")
    args = parser.parse_args(argv)
    folder = args.model or asset("model_assets")

    def report(percent: int) -> None:
        print(f"\r{percent:3d} %", end="\n" if percent >= 100 else "", file=sys.stderr, flush=True)

    try:
        classifier = Classifier.load(folder, args.threads)
        command = f"cardio-desktop evaluate --data PTBXL_DIR --folds {' '.join(map(str, args.folds))}"
        if args.checks:
            from cardio_desktop.evidence_checks import as_text as checks_as_text
            from cardio_desktop.evidence_checks import check

            result = check(args.data, args.folds, classifier, args.records, report)
            name, text = "checks", checks_as_text(result)
            command += " --checks" + (f" --records {args.records}" if args.records else "")
        else:
            result = evaluate(args.data, args.folds, classifier, report)
            name, text = "evaluation", as_text(result)
    except CardioError as error:
        print(error, file=sys.stderr)
        return 1
    result = rounded(result)
    if args.write_card:
        store_in_card(folder, name, command, result)
    if args.json == "-":
        print(json.dumps(result))
        return 0
    if args.json:
        Path(args.json).write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(text)
    return 0
