"""From a checkpoint to the model folder: network, smaller variants, calibration, tiers, all checks, card and page."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.core.errors import CardioError
from cardio_desktop.core.leads import LEADS12
from cardio_desktop.evaluation.records import ages_of, confirmed_infarctions, read_ecgs, score
from cardio_desktop.evaluation.store import write_card
from cardio_desktop.io.ptbxl import SUPERCLASSES, Database, read_database
from cardio_desktop.model.calibration import LEAST_FOR_CURVE, Calibration, Platt, as_json, fit_curve, fit_platt
from cardio_desktop.model.card import CARD_FILE, SCHEMA, file_sha256, load_card
from cardio_desktop.model.classifier import Classifier
from cardio_desktop.model.thresholds import TierLimits, choose_thresholds, with_young_limit
from cardio_desktop.training.config import FitConfig
from cardio_desktop.training.dataset import CALIBRATE_FOLD, LEAST_CASES, RATE_HZ, SELECT_FOLD, TRAIN_FOLDS, labels_of
from cardio_desktop.training.ensemble import Ensemble
from cardio_desktop.training.head import FORMER_LEAST_SPREAD, HeadConfig
from cardio_desktop.training.mean import load_network
from cardio_desktop.training.measure import Checks, measure
from cardio_desktop.training.network import NetworkConfig
from cardio_desktop.training.onnx_file import OPSET, export_onnx

ONNX_FILE = "classifier.onnx"
NO_OPTION = ("heads", "scale_mv", "shift", "gate_width", "weight_decay", "clip", "average_decay")
"""Settings that the command `train` takes from the code."""
NAME = "cardio-lead-net"
VERSION = "0.3.1"
FEW_CASES = 20
"""Statements with fewer cases in the calibration fold share one scaling: their own would be noise."""
INTENDED_USE = (
    "Decision support for physicians who read adult 12-lead resting ECGs. Not a diagnosis, not a medical device, not "
    "for monitoring or triage without a reader. The tier Low does not rule out disease."
)
NOT_ASSESSED = (
    "patients under 18",
    "paced rhythms",
    "rhythm disorders as such: the five classes do not contain them",
    "recordings shorter than min_s or with more missing leads than max_missing_leads",
    "acute changes against an earlier ECG",
)


def calibrate(
    logits: NDArray[np.floating], labels: NDArray[np.floating], heads: tuple[str, ...]
) -> dict[str, Calibration]:
    """Return the calibration of each head; rare statements share a line, fitted on all statements together."""
    classes = len(SUPERCLASSES)
    pooled = _rising(logits[:, classes:].ravel(), labels[:, classes:].ravel()) if len(heads) > classes else None
    result: dict[str, Calibration] = {}
    for k, code in enumerate(heads):
        if code in result:
            continue  # NORM is a class and a statement too; the class keeps its own curve, the statement shares it
        rare = k >= classes and labels[:, k].sum() < FEW_CASES
        if rare and pooled is not None:
            result[code] = pooled
        else:
            line = _rising(logits[:, k], labels[:, k])
            result[code] = fit_curve(logits[:, k], labels[:, k] > 0) if line.slope > 0 else line
    return result


def _rising(logit: NDArray[np.floating], label: NDArray[np.floating]) -> Platt:
    """Fit a line; a head that learnt nothing (falling slope) says the share of cases, whatever its logit."""
    found = fit_platt(logit, label)
    share = (label.sum() + 1) / (label.size + 2)
    return found if found.slope > 0 else Platt(0.0, float(np.log(share / (1 - share))))


def _command(state: Mapping[str, Any]) -> str:
    """Return the command that trains such a checkpoint: what differs from the defaults, lengths and seed always."""
    usual = asdict(FitConfig()) | asdict(NetworkConfig(1))
    always = ("epochs", "fine_epochs", "rate", "seed")
    chosen = []
    for name, value in (state["fit"] | state["network"]).items():
        told = " ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
        differs = name in usual and (list(value) if isinstance(value, list | tuple) else value) != (
            list(usual[name]) if isinstance(usual[name], list | tuple) else usual[name]
        )
        if name not in NO_OPTION and (differs or name in always):
            chosen.append(f"--{name.replace('_', '-')}" + ("" if value is True else f" {told}"))
    if begun := state.get("started_from"):
        named = (
            f" MODEL_{begun['version']}_DIR" if "version" in begun else " CHECKPOINT" * len(begun.get("mean_of", "1"))
        )
        chosen.append(f"--start{named}")
    if teachers := state.get("taught_by"):
        chosen.append("--teachers" + " CHECKPOINT" * len(teachers))
    folds = f" --folds {' '.join(map(str, state['folds']))}" if tuple(state["folds"]) != TRAIN_FOLDS else ""
    train = "cardio-desktop train --data PTBXL_DIR --noise NSTDB_DIR"
    command = f"{train} --out DIR {' '.join(chosen)}{folds}"
    if head := state.get("head_refitted"):
        head = {"least_spread": FORMER_LEAST_SPREAD, "waves": 0.0} | head
        options = {"consistency": "--head-consistency", "locality": "--head-locality", "seed": "--seed"}
        options |= {
            "statement_weight": "--head-statements",
            "least_spread": "--head-least-spread",
            "waves": "--head-waves",
        }
        usual = asdict(HeadConfig())
        told = "".join(f" {option} {head[name]}" for name, option in options.items() if head[name] != usual[name])
        others = " CHECKPOINT" * (len(state.get("mean_of", "1")) - 1)
        command += f" && {train} --out HEAD_DIR --refit-head DIR/last.pt{others}{told}{folds}"
    return command


def _history(state: Mapping[str, Any]) -> dict[str, Any]:
    """Return how a checkpoint's network was made, for the card."""
    return {
        "folds": list(state["folds"]),
        "epoch": state["epoch"],
        "network": dict(state["network"]),
        "fit": dict(state["fit"]),
        "planned_otherwise_before": list(state.get("earlier", [])),
        "started_from": dict(state.get("started_from", {})),
        "mean_of": list(state.get("mean_of", [])),
        "taught_by": list(state.get("taught_by", [])),
        "head_refitted": dict(state.get("head_refitted", {})),
        "selection_fold_8": state["validation"],
        "command": _command(state),
    }


def draft_card(states: Sequence[Mapping[str, Any]], onnx_path: Path, network: Ensemble) -> dict[str, Any]:
    """Return the card of the checkpoints of an ensemble with neutral calibration and thresholds."""
    state = states[0]
    heads = list(state["heads"])
    return {
        "schema": SCHEMA,
        "name": NAME,
        "version": VERSION,
        "onnx": {
            "file": onnx_path.name,
            "sha256": file_sha256(onnx_path),
            "bytes": onnx_path.stat().st_size,
            "opset": OPSET,
            "precision": "float32",
            "parameters": sum(p.numel() for p in network.parameters()),
            "inputs": {"ecg": "(n, 12, samples) mV", "heads": "optional indices of the heads whose evidence is wanted"},
            "outputs": {"logits": "(n, head)", "evidence": "(n, chosen, 12, bin)"},
        },
        "classes": heads[: len(SUPERCLASSES)],
        "statements": [{"code": c, "description": state["descriptions"][c]} for c in heads[len(SUPERCLASSES) :]],
        "leads": list(LEADS12),
        "rate_hz": RATE_HZ,
        "scale_mv": network.scale_mv,
        "bin_s": network.stride / RATE_HZ,
        "receptive_field_s": network.receptive_field / RATE_HZ,
        "window_s": 10,
        "min_s": 5,
        "max_missing_leads": 4,
        "limits_note": "min_s and max_missing_leads: see metrics.noise for what short recordings and missing "
        "leads cost; a recording between min_s and window_s is judged at its own length.",
        "calibration": {code: {"slope": 1.0, "offset": 0.0} for code in heads},
        "thresholds": {"low_mi": 0.0, "low_any": 0.0, "high_any": 1.0},
        "training": {
            "data": "PTB-XL 1.0.3, 100 Hz (CC BY 4.0, doi:10.13026/kfzx-aw45)",
            "folds": {
                "train": sorted({fold for member in states for fold in member["folds"]}),
                "select": [SELECT_FOLD],
                "calibrate": [CALIBRATE_FOLD],
            },
            "labels": "superclasses: any diagnostic statement, at any likelihood; "
            f"statements with {LEAST_CASES} training records or more",
            "noise": "real noise, where it was given, from the first two thirds of its records; the checks disturb "
            "with the last third",
            "members": [_history(member) for member in states],
        },
        "metrics": {},
        "intended_use": INTENDED_USE,
        "not_assessed": list(NOT_ASSESSED),
    }


def export(
    checkpoints: Sequence[Path],
    data: Path,
    out: Path,
    checks: Checks | None = None,
    say: Callable[[str], None] = lambda _: None,
    folds: Sequence[int] = TRAIN_FOLDS,
) -> Path:
    """Export checkpoints to the model folder `out`, calibrate on fold 9 of `data` and return the card's path.

    Several checkpoints make one network, the mean of theirs; they must know the same heads (else CardioError). With
    `checks` the variants are written and scored, all checks are run, and the card's page is made; what is measured
    stands in the card. A fold without records leaves a card without calibration. `folds` are those that a checkpoint
    was trained on that does not say.
    """
    loaded = [load_network(newest(checkpoint)) for checkpoint in checkpoints]
    states = [{"folds": list(folds)} | state for _, state in loaded]
    if any(list(state["heads"]) != list(states[0]["heads"]) for state in states):
        raise CardioError(f"{checkpoints[-1]}: knows other statements than {checkpoints[0]}; export each by itself.")
    network = Ensemble([member for member, _ in loaded])
    out.mkdir(parents=True, exist_ok=True)
    onnx_path = out / ONNX_FILE
    say("writing the network")
    export_onnx(network, onnx_path)
    card = draft_card(states, onnx_path, network)
    write_card(card, out)

    fold = read_database(data).folds(CALIBRATE_FOLD)
    if fold.entries:
        say(f"calibrating on fold {CALIBRATE_FOLD}")
        ecg_mv = read_ecgs(fold)
        logits = score(Classifier.load(out, checks.threads if checks else 0), ecg_mv)
        _calibrate_card(card, fold, logits)
        write_card(card, out)
        if checks is not None:
            measure(out, data, fold, ecg_mv, logits, checks, say)
    load_card(out)
    return out / CARD_FILE


def _calibrate_card(card: dict[str, Any], fold: Database, logits: NDArray[np.float32]) -> None:
    """Put calibration and thresholds, both from the records of `fold`, into the card."""
    heads = (*card["classes"], *(statement["code"] for statement in card["statements"]))
    classes = len(SUPERCLASSES)
    labels = labels_of(fold, heads[classes:])
    scaling = calibrate(logits, labels, heads)
    probability = np.stack([scaling[code](logits[:, k]) for k, code in enumerate(heads[:classes])], axis=1)
    thresholds = choose_thresholds(probability, labels[:, :classes] > 0, confirmed_infarctions(fold))
    thresholds = with_young_limit(thresholds, probability, labels[:, :classes] > 0, ages_of(fold))
    card["calibration"] = {code: as_json(curve) for code, curve in scaling.items()}
    card["thresholds"] = thresholds.as_json()
    card["training"]["calibration"] = (
        f"fold {CALIBRATE_FOLD}, {len(labels)} records: for each head a rising curve of straight pieces on the log "
        f"odds, with a penalty on bends; a straight line (Platt) where cases are fewer than {LEAST_FOR_CURVE}, one "
        f"line for all statements with fewer than {FEW_CASES}"
    )
    card["training"]["thresholds"] = {
        "procedure": "widest Low and High tiers that hold the promises on these records and, by beta-binomial "
        "prediction, on another fold",
        "promises": asdict(TierLimits()),
    }


def newest(checkpoint: Path) -> Path:
    """Return `checkpoint`, or the last one of a training's folder; raises CardioError where there is none."""
    if checkpoint.is_dir():
        found = [checkpoint / "last.pt", *sorted(checkpoint.glob("epoch_*.pt"), reverse=True)]
        checkpoint = next((path for path in found if path.is_file()), checkpoint / "last.pt")
    if not checkpoint.is_file():
        raise CardioError(f"{checkpoint}: there is no such checkpoint; name a file epoch_NN.pt or its folder.")
    return checkpoint


def main(argv: list[str] | None = None) -> int:
    """Export as the command line `argv` says and return the exit status."""
    parser = argparse.ArgumentParser(prog="cardio-desktop export", description=__doc__)
    parser.add_argument(
        "--checkpoint",
        type=Path,
        nargs="+",
        required=True,
        help="epoch_NN.pt, or a training's folder; of several the mean is shipped",
    )
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="PTB-XL folder: calibration and checks")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="model folder")
    parser.add_argument("--ludb", type=Path, metavar="DIR", help="LUDB folder, for planted findings")
    parser.add_argument("--noise", type=Path, metavar="DIR", help="nstdb folder, for real noise")
    parser.add_argument("--hr", type=Path, metavar="DIR", help="folder of 500 Hz copies")
    parser.add_argument("--against", type=Path, metavar="DIR", help="model folder of another seed, to compare the maps")
    parser.add_argument(
        "--train-folds", type=int, nargs="+", default=list(TRAIN_FOLDS), help="folds that it was trained on (1 to 7)"
    )
    parser.add_argument("--records", type=int, default=0, metavar="N", help="records per class in the checks (0: all)")
    parser.add_argument("--threads", type=int, default=0, help="threads of ONNX Runtime (default: all cores)")
    parser.add_argument("--no-checks", action="store_true", help="network, calibration and tiers alone")
    args = parser.parse_args(argv)
    checks = Checks(args.ludb, args.noise, args.hr, args.against, args.records, args.threads)

    def say(text: str) -> None:
        print(text, file=sys.stderr, flush=True)

    try:
        print(export(args.checkpoint, args.data, args.out, None if args.no_checks else checks, say, args.train_folds))
    except CardioError as error:
        say(str(error))
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
