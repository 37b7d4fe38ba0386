"""Whether two networks paint the same map: rank correlation over cells and structural similarity."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.core.errors import CardioError
from cardio_desktop.core.findings import PATHOLOGIES
from cardio_desktop.core.progress import Progress
from cardio_desktop.evaluation.records import BATCH, Floats, Mask, score
from cardio_desktop.evaluation.removal import mean_with_interval
from cardio_desktop.io.ptbxl import SUPERCLASSES
from cardio_desktop.model.card import Card
from cardio_desktop.model.classifier import Classifier
from cardio_desktop.model.metrics import macro_auc, spearman

SEEDS = 3
WINDOW = 7
"""Side of the square, in cells, over which structural similarity compares."""


def class_maps(classifier: Classifier, ecg_mv: Floats) -> Floats:
    """Return the evidence (record, class, 12, bin) for the five classes."""
    parts = [classifier.run(ecg_mv[k : k + BATCH])[1] for k in range(0, len(ecg_mv), BATCH)]
    return np.concatenate(parts)


def structural_similarity(first: NDArray[np.floating], second: NDArray[np.floating]) -> float:
    """Return the mean structural similarity of two maps (lead, bin), each in units of its own standard deviation.

    Windows of 7 x 7 cells, contrast and structure of Wang et al. (IEEE Trans Image Process 2004;13:600) with their
    constant; the range of a map is taken as that of both. 1 for the same map, near 0 for unrelated ones, negative for
    opposed ones. Their third term, luminance, is left out: it calls a map and its negative alike.
    """
    a, b = (m / (m.std() or 1.0) for m in (np.asarray(first, dtype=float), np.asarray(second, dtype=float)))
    span = max(a.max(), b.max()) - min(a.min(), b.min())
    constant = (0.03 * span) ** 2
    size = (min(WINDOW, a.shape[0]), min(WINDOW, a.shape[1]))
    wa, wb = (np.lib.stride_tricks.sliding_window_view(m, size).reshape(-1, size[0] * size[1]) for m in (a, b))
    shared = ((wa - wa.mean(axis=1, keepdims=True)) * (wb - wb.mean(axis=1, keepdims=True))).mean(axis=1)
    return float(((2 * shared + constant) / (wa.var(axis=1) + wb.var(axis=1) + constant)).mean())


def compare_maps(first: Floats, second: Floats, truth: Mask) -> dict[str, dict[str, Any]]:
    """Return, for each pathology, how alike the maps (record, class, 12, bin) of its records are."""
    result = {}
    for code in PATHOLOGIES:
        k = SUPERCLASSES.index(code)
        pairs = [(first[row, k], second[row, k]) for row in np.flatnonzero(truth[:, k])]
        if pairs:
            result[code] = {
                "records": len(pairs),
                "spearman": mean_with_interval([spearman(a.ravel(), b.ravel()) for a, b in pairs]),
                "structural_similarity": mean_with_interval([structural_similarity(a, b) for a, b in pairs]),
            }
    return result


def check_agreement(classifier: Classifier, other: Classifier, ecg_mv: Floats, truth: Mask) -> dict[str, Any]:
    """Return how alike two networks' maps are, such as those of two seeds; both need the same bins."""
    if classifier.card.bin_s != other.card.bin_s:
        raise CardioError(
            f"{other.card.onnx_path.parent}: its bins last {1000 * other.card.bin_s:g} ms, not "
            f"{1000 * classifier.card.bin_s:g} ms; compare models with the same bins."
        )
    classes = compare_maps(class_maps(classifier, ecg_mv), class_maps(other, ecg_mv), truth)
    return {"against": {"name": other.card.name, "sha256": other.card.sha256}, "classes": classes}


def check_random_weights(
    classifier: Classifier, ecg_mv: Floats, truth: Mask, progress: Progress | None = None
) -> dict[str, Any]:
    """Return how little is left of the maps, and of the accuracy, once the network's weights are shuffled.

    Every weight tensor of the ONNX file is shuffled within itself, so sizes stay and knowledge goes. Needs the package
    `onnx` of the train extra; raises ImportError without it.
    """
    own = class_maps(classifier, ecg_mv)
    found: dict[str, dict[str, list[float]]] = {}
    aucs = []
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(SEEDS):
            if progress is not None:
                progress(100 * seed // SEEDS)
            shuffled = _Loose(classifier.card, shuffle_weights(classifier.card, Path(folder), seed), classifier.threads)
            for code, row in compare_maps(own, class_maps(shuffled, ecg_mv), truth).items():
                for name in ("spearman", "structural_similarity"):
                    found.setdefault(code, {}).setdefault(name, []).append(row[name]["mean"])
            aucs.append(macro_auc(truth, score(shuffled, ecg_mv)[:, : truth.shape[1]]))
            shuffled.close()
    return {
        "records": len(ecg_mv),
        "seeds": SEEDS,
        "classes": {code: {name: float(np.mean(v)) for name, v in row.items()} for code, row in found.items()},
        "macro_auc": float(np.mean(aucs)),
    }


def shuffle_weights(card: Card, folder: Path, seed: int) -> Path:
    """Write a copy of the card's network with every weight tensor shuffled within itself and return its path."""
    import onnx
    from onnx import numpy_helper

    rng = np.random.default_rng(seed)
    graph = onnx.load(str(card.onnx_path))
    for tensor in graph.graph.initializer:
        values = numpy_helper.to_array(tensor)
        if np.issubdtype(values.dtype, np.floating):
            tensor.CopyFrom(numpy_helper.from_array(rng.permutation(values.ravel()).reshape(values.shape), tensor.name))
    path = folder / f"shuffled_{seed}.onnx"
    onnx.save(graph, str(path))
    return path


class _Loose(Classifier):
    """A classifier on a file that the card does not vouch for."""

    def __init__(self, card: Card, path: Path, threads: int) -> None:
        from dataclasses import replace

        super().__init__(replace(card, onnx_path=path), threads)

    def close(self) -> None:
        """Let go of the file, which Windows would not delete otherwise."""
        self._session = None
