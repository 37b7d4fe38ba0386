"""From a checkpoint to the model folder: ONNX with logits and evidence, and its calibrated card.

python -m cardio_desktop.training.export --checkpoint OUT/epoch_20.pt --data PTBXL_DIR --out model_assets
"""

from __future__ import annotations

import argparse
import json
import warnings
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from cardio_desktop.core.leads import LEADS12
from cardio_desktop.io.ptbxl import SUPERCLASSES, UNITS_PER_MV, Database, read_database, read_signal
from cardio_desktop.model.calibration import Platt, fit_platt
from cardio_desktop.model.card import CARD_FILE, SCHEMA, file_sha256, load_card
from cardio_desktop.model.classifier import Classifier
from cardio_desktop.model.thresholds import choose_thresholds
from cardio_desktop.training.dataset import CALIBRATE_FOLD, RATE_HZ, SELECT_FOLD, TRAIN_FOLDS, labels_of
from cardio_desktop.training.fit import load_network
from cardio_desktop.training.network import Network

ONNX_FILE = "classifier.onnx"
OPSET = 17
NAME = "cardio-lead-net"
VERSION = "0.1.0"
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


class Exported(nn.Module):
    """What the ONNX file computes: all logits, and the evidence of the heads asked for."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ecg: Tensor, heads: Tensor) -> tuple[Tensor, Tensor]:
        """(n, 12, samples) in mV and head indices -> logits (n, head), evidence (n, chosen, 12, bin)."""
        features = self.network.features(ecg)
        logits = self.network.lead_scores(features).sum(2) + self.network.bias
        return logits, self.network.evidence(features, heads)


def export_onnx(network: Network, path: Path) -> None:
    """Write `network` as ONNX: input `ecg`, outputs `logits` and `evidence`.

    A second input `heads` (int64 indices) chooses whose evidence is returned; it may be left out, its default being the
    five classes.
    """
    import onnx
    from onnx import numpy_helper

    module = Exported(network.to(memory_format=torch.contiguous_format)).eval()
    stride = network.config.stride
    example = (torch.zeros(2, 12, 16 * stride), torch.arange(len(SUPERCLASSES)))
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".part")
    with warnings.catch_warnings():
        # The tracing exporter announces its retirement; it makes the smaller and faster graph, and torch is pinned.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            module,
            example,
            str(partial),
            dynamo=False,
            opset_version=OPSET,
            input_names=["ecg", "heads"],
            output_names=["logits", "evidence"],
            dynamic_axes={
                "ecg": {0: "batch", 2: "samples"},
                "heads": {0: "chosen"},
                "logits": {0: "batch"},
                "evidence": {0: "batch", 1: "chosen", 3: "bins"},
            },
        )
    graph = onnx.load(str(partial))
    default = np.arange(len(SUPERCLASSES), dtype=np.int64)
    graph.graph.initializer.append(numpy_helper.from_array(default, "heads"))
    onnx.checker.check_model(graph, full_check=True)
    onnx.save(graph, str(partial))
    partial.replace(path)


def fold_logits(classifier: Classifier, database: Database, batch: int = 32) -> NDArray[np.float32]:
    """Return the raw logits (record, head) of whole 100 Hz records."""
    parts = []
    for first in range(0, len(database.entries), batch):
        signals = np.stack([read_signal(entry.path) for entry in database.entries[first : first + batch]])
        parts.append(classifier.run(signals.astype(np.float32) / np.float32(UNITS_PER_MV), [0])[0])
    return np.concatenate(parts)


def confirmed_infarctions(database: Database) -> NDArray[np.bool_]:
    """Return which records carry an infarction statement with likelihood 100."""
    return np.array(
        [any(v == 100 and database.superclass_of.get(c) == "MI" for c, v in e.scp.items()) for e in database.entries]
    )


def calibrate(logits: NDArray[np.floating], labels: NDArray[np.floating], heads: tuple[str, ...]) -> dict[str, Platt]:
    """Return the Platt scaling of each head; rare statements share one, fitted on all statements together."""
    classes = len(SUPERCLASSES)
    pooled = _rising(logits[:, classes:].ravel(), labels[:, classes:].ravel()) if len(heads) > classes else None
    result: dict[str, Platt] = {}
    for k, code in enumerate(heads):
        if code in result:
            continue  # NORM is a class and a statement too; the class keeps its own scaling, the statement shares it
        rare = k >= classes and labels[:, k].sum() < FEW_CASES
        result[code] = pooled if rare and pooled is not None else _rising(logits[:, k], labels[:, k])
    return result


def _rising(logit: NDArray[np.floating], label: NDArray[np.floating]) -> Platt:
    """Fit a scaling; a head that learnt nothing (falling slope) says the share of cases, whatever its logit."""
    found = fit_platt(logit, label)
    share = (label.sum() + 1) / (label.size + 2)
    return found if found.slope > 0 else Platt(0.0, float(np.log(share / (1 - share))))


def _command(state: Mapping[str, Any]) -> str:
    """Return the command that trains such a checkpoint."""
    fit = state["fit"]
    options = {"epochs": fit["epochs"], "fine-epochs": fit["fine_epochs"], "rate": fit["rate"], "seed": fit["seed"]}
    start = " --start CHECKPOINT" if state.get("started_from") else ""
    chosen = "".join(f" --{name} {value}" for name, value in options.items())
    return f"cardio-desktop train --data PTBXL_DIR --out DIR --noise NSTDB_DIR{chosen}{start}"


def draft_card(state: Mapping[str, Any], onnx_path: Path, network: Network) -> dict[str, Any]:
    """Return the card of a checkpoint with neutral calibration and thresholds."""
    heads, config = list(state["heads"]), network.config
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
        "scale_mv": config.scale_mv,
        "bin_s": config.stride / RATE_HZ,
        "receptive_field_s": config.receptive_field / RATE_HZ,
        "window_s": 10,
        "min_s": 5,
        "max_missing_leads": 4,
        "limits_note": "min_s and max_missing_leads: see metrics.checks.missing for what short recordings and missing "
        "leads cost; a recording between min_s and window_s is judged at its own length.",
        "calibration": {code: {"slope": 1.0, "offset": 0.0} for code in heads},
        "thresholds": {"low_mi": 0.0, "low_any": 0.0, "high_any": 1.0},
        "training": {
            "data": "PTB-XL 1.0.3, 100 Hz (CC BY 4.0, doi:10.13026/kfzx-aw45)",
            "folds": {"train": list(TRAIN_FOLDS), "select": [SELECT_FOLD], "calibrate": [CALIBRATE_FOLD]},
            "labels": "superclasses: any diagnostic statement, at any likelihood; statements with 40 records or more",
            "epoch": state["epoch"],
            "network": asdict(config),
            "fit": state["fit"],
            "planned_otherwise_before": list(state.get("earlier", [])),
            "started_from": dict(state.get("started_from", {})),
            "selection_fold_8": state["validation"],
            "command": _command(state),
        },
        "metrics": {},
        "intended_use": INTENDED_USE,
        "not_assessed": list(NOT_ASSESSED),
    }


def write_card(card: Mapping[str, Any], folder: Path) -> None:
    """Write the card of `folder` in one step."""
    partial = folder / (CARD_FILE + ".part")
    partial.write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    partial.replace(folder / CARD_FILE)


def export(checkpoint: Path, data: Path, out: Path) -> Path:
    """Export a checkpoint to the model folder `out`, calibrate it on fold 9 of `data` and return the card's path."""
    network, state = load_network(checkpoint)
    onnx_path = out / ONNX_FILE
    export_onnx(network, onnx_path)
    card = draft_card(state, onnx_path, network)
    write_card(card, out)

    fold = read_database(data).folds(CALIBRATE_FOLD)
    if fold.entries:
        heads = tuple(state["heads"])
        labels = labels_of(fold, heads[len(SUPERCLASSES) :])
        logits = fold_logits(Classifier(load_card(out)), fold)
        scaling = calibrate(logits, labels, heads)
        classes = len(SUPERCLASSES)
        probability = np.stack([scaling[code](logits[:, k]) for k, code in enumerate(heads[:classes])], axis=1)
        thresholds = choose_thresholds(probability, labels[:, :classes] > 0, confirmed_infarctions(fold))
        card["calibration"] = {code: {"slope": platt.slope, "offset": platt.offset} for code, platt in scaling.items()}
        card["thresholds"] = thresholds.as_mapping()
        card["training"]["calibration"] = f"Platt scaling per head on fold {CALIBRATE_FOLD}, {len(labels)} records"
        write_card(card, out)
    load_card(out)
    return out / CARD_FILE


def main(argv: list[str] | None = None) -> int:
    """Export as the command line `argv` says and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m cardio_desktop.training.export")
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="PTB-XL folder, for calibration")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="model folder")
    args = parser.parse_args(argv)
    print(export(args.checkpoint, args.data, args.out))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
