"""Fit `model_assets/electrodes.json` on PTB-XL: `python packaging/make_electrodes.py PTBXL_DIR`.

Folds 1-7 fit the prediction matrices and the logistic weights (swaps are simulated). Folds 1-8 set the limits: so many
of their records as they are may be called swapped as `ALARMS` allows; fold 8 alone has too few for shares that small.
Fold 9 is only reported.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.analysis.electrodes import (
    CHEST_SWAPS,
    SWAPS,
    Model,
    chest_sources,
    model_from,
    named_swaps,
    segments_of,
    swap_beats,
    swap_features,
    swap_scores,
)
from cardio_desktop.analysis.logistic import fit_logistic
from cardio_desktop.analysis.reversal import median_beats
from cardio_desktop.core.leads import CHEST_LEADS, INDEPENDENT_LEADS, LEADS12
from cardio_desktop.io.ptbxl import UNITS_PER_MV, read_database, read_signal
from cardio_desktop.paths import asset

Floats = NDArray[np.float64]
ALARMS = {"RA/LA": 0.003, "RA/LL": 0.001, "LA/LL": 0.001, "RA/RL": 0.0005} | dict.fromkeys(CHEST_SWAPS, 0.0007)
PENALTY = 1e-3


def beats_of(folder: Path, folds: tuple[int, ...], every: int) -> Floats:
    """Return the median beats (record, lead, sample) of `folds`; records without three beats are left out."""
    from scipy.signal import find_peaks

    rows = [LEADS12.index(name) for name in INDEPENDENT_LEADS]
    found = []
    for entry in read_database(folder).folds(*folds).entries[::every]:
        mv = read_signal(entry.path)[rows].astype(np.float64) / UNITS_PER_MV
        # Good enough for a median, and much faster than the program's own detector.
        speed = np.convolve(np.sqrt((np.diff(mv, axis=1) ** 2).sum(axis=0)), np.hanning(11), "same")
        peaks = find_peaks(speed, height=0.4 * np.quantile(speed, 0.98), distance=30)[0]
        size = ((mv - np.median(mv, axis=1, keepdims=True)) ** 2).sum(axis=0)
        around = np.clip(peaks[:, None] + np.arange(-8, 9), 0, size.size - 1)
        at = around[np.arange(peaks.size), size[around].argmax(axis=1)]
        beat = median_beats(mv, 100.0, at / 100.0)
        if beat is not None:
            found.append(beat)
    return np.array(found)


def matrices(beats: Floats) -> Model:
    """Return a model that predicts but does not judge yet."""
    limb: dict[str, Floats] = {}
    chest: dict[str, dict[str, Floats]] = {swap: {} for swap in CHEST_SWAPS}
    first = len(INDEPENDENT_LEADS) - len(CHEST_LEADS)
    for name, part in segments_of(beats).items():
        limb[name] = _predict(part[:, first:], part[:, :first])
        for swap in CHEST_SWAPS:
            pair, others = chest_sources(swap)
            chest[swap][name] = _predict(part[:, others], part[:, pair])
    return Model(limb, chest, {}, {})


def _predict(sources: Floats, targets: Floats) -> Floats:
    """Return the matrix (target, source); each record counts alike, however large its voltages."""
    scale = np.sqrt((sources**2).mean(axis=(1, 2), keepdims=True)) + 0.02
    x = (sources / scale).transpose(1, 0, 2).reshape(sources.shape[1], -1)
    y = (targets / scale).transpose(1, 0, 2).reshape(targets.shape[1], -1)
    return np.linalg.solve(x @ x.T + 1e-3 * x.shape[1] * np.eye(len(x)), x @ y.T).T


def main() -> None:
    """Fit, choose limits, report, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, metavar="PTBXL_DIR")
    parser.add_argument("--every", type=int, default=1, help="of folds 1-7 take one record in so many")
    args = parser.parse_args()
    train = beats_of(args.data, (1, 2, 3, 4, 5, 6, 7), args.every)
    chosen, reported = beats_of(args.data, (8,), 1), beats_of(args.data, (9,), 1)
    model = matrices(train)
    plain = swap_features(train, model)
    weights = {}
    for swap in SWAPS:
        other = swap_features(swap_beats(train, swap), model)[swap]
        truth = np.repeat([False, True], [len(train), len(train)])
        weights[swap] = fit_logistic(np.concatenate([plain[swap], other]), truth, PENALTY)
    model = Model(model.limb, model.chest, weights, {})
    right = swap_scores(np.concatenate([train, chosen]), model)
    limits = {swap: max(float(np.quantile(right[swap], 1.0 - ALARMS[swap])), 0.0) for swap in SWAPS}
    raw = {
        "limb": {name: m.tolist() for name, m in model.limb.items()},
        "chest": {swap: {name: m.tolist() for name, m in parts.items()} for swap, parts in model.chest.items()},
        "weights": {name: w.tolist() for name, w in weights.items()},
        "limits": limits,
    }
    figures = report(reported, model_from(raw))
    raw = {
        "data": f"PTB-XL 1.0.3, 100 Hz: {len(train)} records of folds 1-7 fitted, with {len(chosen)} of fold 8 for "
        f"the limits, {len(reported)} of fold 9 reported",
        "command": f"python packaging/make_electrodes.py PTBXL_DIR --every {args.every}",
        "fold_9": figures,
    } | _rounded(raw)
    path = asset("model_assets") / "electrodes.json"
    path.write_text(json.dumps(raw, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(figures, indent=1))


def report(beats: Floats, model: Model) -> dict[str, object]:
    """Return the share of simulated swaps that are told, and of records as they are that are called swapped."""

    def told(changed: Floats) -> NDArray[np.str_]:
        return np.array(named_swaps(swap_scores(changed, model), model.limits))

    plain = told(beats)
    alarms = {swap: float((plain == swap).mean()) for swap in SWAPS}
    out: dict[str, object] = {"records": len(beats), "false_alarms_any": float((plain != "").mean())}
    for swap in SWAPS:
        said = told(swap_beats(beats, swap))
        out[swap] = {
            "sensitivity": round(float((said == swap).mean()), 4),
            "called_any_swap": round(float((said != "").mean()), 4),
            "false_alarms": round(alarms[swap], 5),
        }
    return out


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_rounded(item) for item in value]
    return float(f"{value:.6g}") if isinstance(value, float) else value


if __name__ == "__main__":
    main()
