"""What stands in the card beside the network: variants, accuracy, tiers, evidence and noise checks, the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.evaluation import accuracy
from cardio_desktop.evaluation.cards.page import write_page
from cardio_desktop.evaluation.evidence_checks import check_evidence
from cardio_desktop.evaluation.noise_checks import check_noise
from cardio_desktop.evaluation.records import named_data, probabilities, score
from cardio_desktop.evaluation.store import read_card, rounded, store_in_card, write_card
from cardio_desktop.io.ptbxl import Database
from cardio_desktop.model.card import file_sha256
from cardio_desktop.model.classifier import Classifier
from cardio_desktop.model.metrics import macro_auc
from cardio_desktop.training.onnx_file import PRECISIONS, export_variant

MOST_BYTES = 6_000_000
"""What the model folder's networks may weigh together."""
NOISE_RECORDS = 2
"""Records in all in the noise checks, as a multiple of the records per class of the others."""


@dataclass(frozen=True)
class Checks:
    """Where the data of the checks lie, and how many records they take."""

    ludb: Path | None = None
    noise: Path | None = None
    high_rate: Path | None = None
    against: Path | None = None
    records: int = 0
    threads: int = 0


def measure(
    folder: Path,
    data: Path,
    fold: Database,
    ecg_mv: NDArray[np.float32],
    logits: NDArray[np.float32],
    checks: Checks,
    say: Callable[[str], None],
) -> None:
    """Fill the calibrated card in `folder` with all figures and write its page.

    `ecg_mv` and `logits` are those of the records of `fold`, the calibration fold of `data`.
    """
    folds = sorted({entry.fold for entry in fold.entries})
    numbers = " ".join(map(str, folds))
    limit = f" --records {checks.records}" if checks.records else ""
    classifier = Classifier.load(folder, checks.threads)
    say("scoring")
    found = {"data": named_data(data, folds)} | accuracy.summarise(fold, logits, classifier)
    store_in_card(folder, "evaluation", f"cardio-desktop evaluate --data PTBXL_DIR --folds {numbers}", rounded(found))
    say("smaller variants")
    rows = slice(NOISE_RECORDS * checks.records or None)
    make_variants(folder, fold.superclasses()[rows], ecg_mv[rows], logits[rows], checks.threads)
    say("checking the evidence")
    against = Classifier.load(checks.against, checks.threads) if checks.against else None
    evidence = check_evidence(data, folds, classifier, checks.records, checks.ludb, against)
    options = (" --ludb LUDB_DIR" if checks.ludb else "") + (" --against DIR" if checks.against else "") + limit
    command = f"cardio-desktop evidence-checks --data PTBXL_DIR --folds {numbers}{options}"
    store_in_card(folder, "checks", command, rounded(evidence))
    say("checking noise and shift")
    records = NOISE_RECORDS * checks.records
    noise = check_noise(data, folds, classifier, checks.noise, checks.high_rate, records)
    options = (" --noise NSTDB_DIR" if checks.noise else "") + (" --hr PTBXL500_DIR" if checks.high_rate else "")
    options += f" --records {records}" if records else ""
    command = f"cardio-desktop noise-checks --data PTBXL_DIR --folds {numbers}{options}"
    store_in_card(folder, "noise", command, rounded(noise))
    write_page(folder)


def make_variants(
    folder: Path,
    truth: NDArray[np.bool_],
    ecg_mv: NDArray[np.float32],
    logits: NDArray[np.float32],
    threads: int = 0,
) -> list[dict[str, Any]]:
    """Write the smaller networks beside the whole one, say in the card what they cost, and return that.

    A variant that would make the folder too large is left out.
    """
    classifier = Classifier.load(folder, threads)
    card, classes = classifier.card, truth.shape[1]
    raw = read_card(folder)
    raw["variants"] = []
    used = card.onnx_path.stat().st_size
    whole_auc, whole_p = macro_auc(truth, logits[:, :classes]), probabilities(classifier, logits)
    for precision in PRECISIONS:
        path = card.onnx_path.with_name(f"{card.onnx_path.stem}-{precision}.onnx")
        export_variant(card.onnx_path, path, precision)
        used += path.stat().st_size
        if used > MOST_BYTES:
            used -= path.stat().st_size
            path.unlink()
            continue
        entry = {
            "precision": precision,
            "file": path.name,
            "sha256": file_sha256(path),
            "bytes": path.stat().st_size,
            "computes_in": "float32; the weights are kept in fewer bits",
        }
        write_card(raw | {"variants": [entry]}, folder)
        found = score(Classifier.load(folder, threads, precision), ecg_mv)
        change = np.abs(probabilities(classifier, found) - whole_p)
        entry |= rounded(
            {
                "records": len(truth),
                "macro_auc": macro_auc(truth, found[:, :classes]),
                "loss_of_macro_auc": whole_auc - macro_auc(truth, found[:, :classes]),
                "largest_change_of_probability": float(change.max()),
                "mean_change_of_probability": float(change.mean()),
            }
        )
        raw["variants"].append(entry)
    write_card(raw, folder)
    return list(raw["variants"])
