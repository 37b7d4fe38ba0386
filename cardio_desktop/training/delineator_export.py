"""From a checkpoint of the delineator to ONNX and its card, with the boundaries' usual errors on the training records.

python -m cardio_desktop.training.delineator_export --checkpoint OUT/last.pt --ludb DIR --out model_assets
python -m cardio_desktop.training.delineator_export --out model_assets --figures boundaries.json intervals.json
"""

from __future__ import annotations

import argparse
import json
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from cardio_desktop.analysis.delineation import lead_segments, waves_of
from cardio_desktop.core.leads import LEADS12
from cardio_desktop.evaluation.validate.boundaries import score_record
from cardio_desktop.io.ludb import LudbRecord, parts_of, read_ludb
from cardio_desktop.model.card import file_sha256
from cardio_desktop.model.conditioning import RATE_HZ
from cardio_desktop.model.delineator import CARD_FILE, SCHEMA, Delineator
from cardio_desktop.training.delineator_data import CLASSES
from cardio_desktop.training.delineator_fit import load_delineator
from cardio_desktop.training.delineator_network import DelineatorNetwork

ONNX_FILE = "delineator.onnx"
OPSET = 17
NAME = "cardio-wave-net"
VERSION = "0.2.0"
INTENDED_USE = (
    "Finds P, QRS and T in the leads of resting ECGs, for measurements that a physician checks on the trace. It names "
    "no rhythm and no disease."
)
LIMITS = (
    "Trained on 10 s records at rest of adults; children, exercise and long-term records were not tried.",
    "Few records in atrial fibrillation, flutter, with a pacemaker or complete AV block: P waves there are least sure.",
    "U waves are not named; they may lengthen T.",
    "Marks in LUDB were made by one group of cardiologists; where others would differ, so does the network.",
)


class Exported(nn.Module):
    """What the ONNX file computes: probabilities."""

    def __init__(self, network: DelineatorNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, ecg: Tensor) -> Tensor:
        """(n, lead, sample) conditioned -> (n, class, lead, sample)."""
        return torch.softmax(self.network(ecg), dim=1)


def export_onnx(network: DelineatorNetwork, path: Path) -> None:
    """Write `network` as ONNX: input `ecg`, output `probability`, any number of leads and of samples (times 32)."""
    import onnx

    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".part")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            Exported(network).eval(),
            (torch.zeros(1, 12, 320),),
            str(partial),
            opset_version=OPSET,
            dynamo=False,
            input_names=["ecg"],
            output_names=["probability"],
            dynamic_axes={
                "ecg": {0: "batch", 1: "leads", 2: "samples"},
                "probability": {0: "batch", 2: "leads", 3: "samples"},
            },
        )
    onnx.checker.check_model(onnx.load(str(partial)), full_check=True)
    partial.replace(path)


def usual_errors(delineator: Delineator, records: Sequence[LudbRecord]) -> dict[str, list[float]]:
    """Return the median error of each boundary in ms, wave -> [onset, offset], over `records`."""
    errors: dict[str, tuple[list[float], list[float]]] = {wave: ([], []) for wave in CLASSES[1:]}
    for record in records:
        segments = lead_segments(delineator.probabilities(record.leads_mv, record.rate_hz), RATE_HZ)
        leads = {name: (0.0, record.rate_hz, record.leads_mv[k]) for k, name in enumerate(LEADS12)}
        score = score_record(record, waves_of(segments, leads, 0.0))
        for wave, (onset, offset) in errors.items():
            onset += score[wave]["onset"]
            offset += score[wave]["offset"]
    return {wave: [round(float(np.median(side)), 2) if side else 0.0 for side in pair] for wave, pair in errors.items()}


def write_card(card: dict[str, Any], folder: Path) -> None:
    """Write the card of `folder` in one step."""
    partial = folder / (CARD_FILE + ".part")
    partial.write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    partial.replace(folder / CARD_FILE)


def export(checkpoint: Path, ludb: Path, out: Path) -> Path:
    """Export a checkpoint to `out` with the usual errors on the records it was trained on; return the card's path."""
    network, state = load_delineator(checkpoint)
    path = out / ONNX_FILE
    export_onnx(network, path)
    records = read_ludb(ludb)
    numbers = set(state["train"])
    parts = parts_of(records)
    card: dict[str, Any] = {
        "schema": SCHEMA,
        "name": NAME,
        "version": VERSION,
        "onnx": {
            "file": path.name,
            "sha256": file_sha256(path),
            "bytes": path.stat().st_size,
            "opset": OPSET,
            "parameters": sum(p.numel() for p in network.parameters()),
            "inputs": {"ecg": f"(n, lead, samples) conditioned at {RATE_HZ} Hz, samples a multiple of 32"},
            "outputs": {"probability": "(n, class, lead, sample)"},
        },
        "classes": list(CLASSES),
        "rate_hz": RATE_HZ,
        "bias_ms": {wave: [0.0, 0.0] for wave in CLASSES[1:]},
        "training": {
            "data": "LUDB 1.0.1 (ODC-By 1.0, doi:10.13026/eegm-h675), 140 of its records, 12 leads, 500 Hz",
            "records": len(numbers),
            "train": state["train"],
            "select": [n for n in state["select"] if n not in numbers],
            "test": [record.number for record in records if parts[record.number] == "test"],
            "network": state["network"],
            "fit": state["fit"],
            "epoch": state["epoch"],
            "started_from": [{key: part[key] for key in ("epoch", "fit")} for part in state.get("started_from", [])],
            "loss": state["log"][-1]["loss"],
            "command": "cardio-desktop train-delineator --ludb DIR --noise NSTDB_DIR --out DIR"
            f" --epochs {state['fit']['epochs']} --passes {state['fit']['passes']} --seed {state['fit']['seed']}"
            + (" --bf16" if state["fit"].get("bf16") else "")
            + (" --with-select" if set(state["select"]) <= numbers else "")
            + (f" --rate {state['fit']['rate']:g} --start CHECKPOINT" if state.get("started_from") else ""),
        },
        "metrics": {},
        "intended_use": INTENDED_USE,
        "limits": list(LIMITS),
    }
    write_card(card, out)
    card["bias_ms"] = usual_errors(Delineator.load(out), [r for r in records if r.number in numbers])
    write_card(card, out)
    return out / CARD_FILE


def add_figures(folder: Path, files: Sequence[Path]) -> None:
    """Put what `cardio-desktop validate --json` wrote into the card of `folder`, by what and by whose method."""
    card = json.loads((folder / CARD_FILE).read_text(encoding="utf-8"))
    for file in files:
        found = json.loads(file.read_text(encoding="utf-8"))
        found.pop("rows", None)
        name = found["what"] if found.get("method") != "classical" else f"{found['what']}_classical"
        card["metrics"][name] = found
    write_card(card, folder)


def main(argv: list[str] | None = None) -> int:
    """Export as the command line `argv` says and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m cardio_desktop.training.delineator_export")
    parser.add_argument("--checkpoint", type=Path)
    parser.add_argument("--ludb", type=Path, metavar="DIR", help="with --checkpoint")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="model folder")
    parser.add_argument("--figures", type=Path, nargs="*", default=[], metavar="JSON", help="validate's, for the card")
    args = parser.parse_args(argv)
    if args.checkpoint is not None:
        if args.ludb is None:
            parser.error("--checkpoint needs --ludb")
        export(args.checkpoint, args.ludb, args.out)
    add_figures(args.out, args.figures)
    print(args.out / CARD_FILE)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
