"""`cardio-desktop evaluate --edge`: what each size of the network costs on one thread, and whether its map stays.

Time is that of the processor, not of the clock, so that other programs disturb it less; memory is what a fresh process
grows by when it opens the network and judges one record, ONNX Runtime included (Linux alone tells it).
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from cardio_desktop.core.findings import PATHOLOGIES
from cardio_desktop.core.progress import Progress
from cardio_desktop.evaluation.cards.card_words import table
from cardio_desktop.evaluation.maps import class_maps
from cardio_desktop.evaluation.records import Floats, named_data, pick, probabilities, read_ecgs, read_folds, score
from cardio_desktop.model.card import CARD_FILE
from cardio_desktop.model.classifier import Classifier
from cardio_desktop.model.metrics import macro_auc, spearman

RECORDS = 100
TIMED = 20
_GROWTH = """
import sys
from pathlib import Path
import numpy as np
from cardio_desktop.model.classifier import Classifier

def held():
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))

before = held()
Classifier.load(Path(sys.argv[1]), 1, sys.argv[2]).run(np.zeros((1, 12, 1000), dtype=np.float32))
print(held() - before)
"""


def check_edge(
    folder: Path, data_dir: Path, folds: Sequence[int], records: int = RECORDS, progress: Progress | None = None
) -> dict[str, Any]:
    """Return, for each precision in the model's `folder`, accuracy, likeness of the maps, time and memory.

    Over the first `records` records of `folds` in a random but fixed order. Maps are compared with those of float32 by
    their rank correlation over cells, over records and pathologies: mean and worst.
    """
    whole = read_folds(data_dir, folds)
    some = pick(whole, np.ones(len(whole.entries), dtype=bool), records)
    ecg_mv, truth = read_ecgs(some), some.superclasses()
    reference = Classifier.load(folder, 1)
    own = _judged(reference, ecg_mv)
    names = ["float32", *(variant["precision"] for variant in reference.card.raw.get("variants", ()))]
    rows: dict[str, Any] = {}
    for k, name in enumerate(names):
        if progress is not None:
            progress(100 * k // len(names))
        network = Classifier.load(folder, 1, name)
        logits, p, maps = _judged(network, ecg_mv)
        classes = [reference.card.classes.index(code) for code in PATHOLOGIES]
        alike = [spearman(a[c].ravel(), b[c].ravel()) for a, b in zip(own[2], maps, strict=True) for c in classes]
        rows[name] = {
            "bytes": network.card.onnx_path.stat().st_size,
            "macro_auc": macro_auc(truth, logits[:, : truth.shape[1]]),
            "largest_change_of_probability": float(np.abs(p - own[1]).max()),
            "maps_mean": float(np.mean(alike)),
            "maps_worst": float(np.min(alike)),
            "processor_ms": _processor_ms(network, ecg_mv[:1]),
            "memory_mb": _memory_mb(folder, name),
        }
    if progress is not None:
        progress(100)
    return {
        "data": named_data(data_dir, folds),
        "model": {"name": reference.card.name, "sha256": reference.card.sha256},
        "records": len(truth),
        "precisions": rows,
    }


def _judged(network: Classifier, ecg_mv: Floats) -> tuple[Floats, Any, Floats]:
    logits = score(network, ecg_mv)
    return logits, probabilities(network, logits), class_maps(network, ecg_mv)


def _processor_ms(network: Classifier, ecg_mv: Floats) -> float:
    """Return the middle processor time of one record, logits and the evidence of the five classes."""
    spent = []
    for _ in range(TIMED):
        began = time.process_time()
        network.run(ecg_mv)
        spent.append(1000 * (time.process_time() - began))
    return float(np.median(spent))


def _memory_mb(folder: Path, precision: str) -> float | None:
    """Return by how many MB a fresh process grows that opens the network and judges one record; None where unknown."""
    if sys.platform != "linux" or not (folder / CARD_FILE).is_file():
        return None
    command = [sys.executable, "-c", _GROWTH, str(folder), precision]
    found = subprocess.run(command, capture_output=True, text=True, check=True)
    return int(found.stdout) / 1024


def as_text(result: dict[str, Any]) -> str:
    """Return the result of `check_edge` as a table in Markdown."""
    titles = ["weights in", "size", "mean AUC", "largest change of probability", "maps alike: mean, worst"]
    rows = []
    for name, row in result["precisions"].items():
        memory = "-" if row["memory_mb"] is None else f"{row['memory_mb']:.0f} MB"
        rows.append(
            [
                name,
                f"{row['bytes'] / 1e6:.2f} MB",
                f"{row['macro_auc']:.4f}",
                f"{row['largest_change_of_probability']:.4f}",
                f"{row['maps_mean']:.3f}, {row['maps_worst']:.3f}",
                f"{row['processor_ms']:.1f} ms",
                memory,
            ]
        )
    return f"{result['records']} records of {result['data']}, one thread\n\n" + table(
        [*titles, "processor time", "memory"], rows
    )
