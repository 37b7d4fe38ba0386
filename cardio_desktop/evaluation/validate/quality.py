"""Quality against the experts of CinC 2011: how well acceptable records are told from unacceptable ones.

The shipped score was fitted on these very records, so the figure to believe is that of cross-validation: ten parts,
each scored by a model fitted on the other nine, five times over.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.analysis.acceptability import acceptability, features_of
from cardio_desktop.analysis.logistic import fit_logistic, log_odds
from cardio_desktop.analysis.quality import assess_quality
from cardio_desktop.analysis.signal_features import LeadFeatures, measure_lead
from cardio_desktop.core.errors import ReadError
from cardio_desktop.core.leads import EINTHOVEN, INDEPENDENT_LEADS
from cardio_desktop.core.record import ArraySamples, Channel, Record

Floats = NDArray[np.float64]

PENALTY = 0.03
PARTS, REPEATS = 10, 5
SAMPLES, MV = 5000, 0.005


def validate(data: Path, options: argparse.Namespace) -> dict[str, Any]:
    """Return the figures on the CinC 2011 folder `data` (signals.flac, labels.csv); raises ReadError."""
    del options
    features, leads, bad = read_features(data)
    usable = np.array([assess_quality(_record(mv, rate_hz)).usable for mv, rate_hz in _records(data)])
    crossed = cross_validated(features, bad)
    return {
        "data": "CinC 2011",
        "records": len(bad),
        "unacceptable": int(bad.sum()),
        "auc_cross_validated": float(np.mean(crossed)),
        "auc_cross_validated_range": [float(min(crossed)), float(max(crossed))],
        "auc_of_the_shipped_score_on_its_own_data": area(1.0 - np.array([acceptability(f) for f in leads]), bad),
        "refused_of_unacceptable": float((~usable)[bad].mean()),
        "refused_of_acceptable": float((~usable)[~bad].mean()),
    }


def read_features(data: Path) -> tuple[Floats, list[list[LeadFeatures]], NDArray[np.bool_]]:
    """Return (features by record, features by record and lead, which records are unacceptable)."""
    leads = [[measure_lead(mv, rate_hz) for mv in _twelve(eight).values()] for eight, rate_hz in _records(data)]
    with (data / "labels.csv").open(newline="", encoding="utf-8") as file:
        bad = np.array([row["quality"] != "acceptable" for row in csv.DictReader(file)], dtype=bool)
    return np.array([features_of(one) for one in leads]), leads, bad


def _records(data: Path) -> list[tuple[Floats, float]]:
    import soundfile  # type: ignore[import-untyped]

    if not (data / "signals.flac").is_file() or not (data / "labels.csv").is_file():
        raise ReadError(data, "holds no signals.flac with labels.csv", "point --data at the CinC 2011 folder")
    signals, rate_hz = soundfile.read(data / "signals.flac", dtype="int16")
    return [(signals[k : k + SAMPLES].T * MV, float(rate_hz)) for k in range(0, len(signals), SAMPLES)]


def _twelve(eight: Floats) -> dict[str, Floats]:
    leads = dict(zip(INDEPENDENT_LEADS, eight, strict=True))
    return leads | {name: one * leads["I"] + two * leads["II"] for name, (one, two) in EINTHOVEN.items()}


def _record(eight: Floats, rate_hz: float) -> Record:
    channels = tuple(
        Channel(name, rate_hz, "mV", 1.0, 0.0, ArraySamples(np.array(mv)), lead=name)
        for name, mv in zip(INDEPENDENT_LEADS, eight, strict=True)
    )
    return Record(Path("validation"), "array", channels)


def cross_validated(features: Floats, bad: NDArray[np.bool_]) -> list[float]:
    """Return the area under the curve of each repeat."""
    out = []
    for seed in range(REPEATS):
        order = np.random.default_rng(seed).permutation(len(bad))
        scores = np.zeros(len(bad))
        for part in range(PARTS):
            held = order[part::PARTS]
            rest = np.setdiff1d(order, held)
            scores[held] = log_odds(features[held], fit_logistic(features[rest], bad[rest], PENALTY))
        out.append(area(scores, bad))
    return out


def area(scores: Floats, bad: NDArray[np.bool_]) -> float:
    """Return the share of pairs in which the bad record has the higher score, ties half."""
    difference = scores[bad][:, None] - scores[~bad][None]
    return float(((difference > 0) + 0.5 * (difference == 0)).mean())


def table(result: dict[str, Any]) -> str:
    """Return the result of `validate` as lines to read."""
    low, high = result["auc_cross_validated_range"]
    return "\n".join(
        [
            f"quality on {result['data']}: {result['records']} records, {result['unacceptable']} of them unacceptable",
            f"AUC, {PARTS}-fold cross-validation, {REPEATS} times: {result['auc_cross_validated']:.3f} "
            f"({low:.3f}-{high:.3f})",
            f"AUC of the shipped score on the records it was fitted on: "
            f"{result['auc_of_the_shipped_score_on_its_own_data']:.3f}",
            f"refused altogether: {100 * result['refused_of_unacceptable']:.0f} % of the unacceptable, "
            f"{100 * result['refused_of_acceptable']:.1f} % of the acceptable",
        ]
    )
