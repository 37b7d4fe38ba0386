"""Measures of a classifier on labelled records: numpy only, exact with ties, intervals by bootstrap."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def average_ranks(values: ArrayLike) -> Floats:
    """Return the ranks 1..n of `values`, equal values sharing their mean rank."""
    _, inverse, counts = np.unique(np.asarray(values, dtype=float), return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    shared: Floats = (last - (counts - 1) / 2).astype(float)
    return shared[inverse]


def auc(truth: ArrayLike, score: ArrayLike) -> float:
    """Return the area under the ROC curve, ties counted half; NaN where only one class is present."""
    positive = np.asarray(truth, dtype=bool)
    n_positive = int(positive.sum())
    n_negative = positive.size - n_positive
    if n_positive == 0 or n_negative == 0:
        return float("nan")
    rank_sum = float(average_ranks(score)[positive].sum())
    return (rank_sum - n_positive * (n_positive + 1) / 2) / (n_positive * n_negative)


def class_aucs(truth: ArrayLike, score: ArrayLike) -> Floats:
    """Return the AUC of each column of `truth` and `score` (record, class)."""
    truth, score = np.asarray(truth), np.asarray(score)
    return np.array([auc(truth[:, k], score[:, k]) for k in range(truth.shape[1])])


def macro_auc(truth: ArrayLike, score: ArrayLike) -> float:
    """Return the mean AUC over those classes in which it is defined; NaN where it is in none."""
    per_class = class_aucs(truth, score)
    defined = per_class[~np.isnan(per_class)]
    return float(defined.mean()) if defined.size else float("nan")


def spearman(first: ArrayLike, second: ArrayLike) -> float:
    """Return Spearman's rank correlation; NaN where one side is constant."""
    a, b = average_ranks(first), average_ranks(second)
    a, b = a - a.mean(), b - b.mean()
    scale = float(np.sqrt((a @ a) * (b @ b)))
    return float(a @ b) / scale if scale > 0 else float("nan")


def bootstrap_interval(
    statistic: Callable[[NDArray[np.intp]], float],
    records: int,
    repeats: int = 1000,
    seed: int = 0,
    level: float = 0.95,
    groups: ArrayLike | None = None,
) -> tuple[float, float]:
    """Return the percentile bootstrap interval of `statistic(indices of the drawn records)`.

    `groups` names each record's patient: whole patients are drawn then, as their records are not independent.
    """
    rng = np.random.default_rng(seed)
    everyone = np.arange(records)
    member = everyone if groups is None else np.unique(np.asarray(groups), return_inverse=True)[1]
    patients = int(member.max()) + 1
    values = []
    for _ in range(repeats):
        times = np.bincount(rng.integers(0, patients, patients), minlength=patients)
        values.append(statistic(np.repeat(everyone, times[member])))
    defined = [value for value in values if not np.isnan(value)]
    if not defined:
        return float("nan"), float("nan")
    tail = (1 - level) / 2
    low, high = np.quantile(defined, [tail, 1 - tail])
    return float(low), float(high)


def wilson_interval(hits: int, total: int, z: float = 1.959964) -> tuple[float, float]:
    """Return Wilson's 95 % interval of a share (J Am Stat Assoc 1927;22:209); (0, 1) where nothing was counted."""
    if total == 0:
        return 0.0, 1.0
    share = hits / total
    centre = share + z * z / (2 * total)
    spread = z * np.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    scale = 1 + z * z / total
    return float(max(0.0, (centre - spread) / scale)), float(min(1.0, (centre + spread) / scale))


def calibration_bins(
    truth: ArrayLike, probability: ArrayLike, bins: int = 15
) -> tuple[Floats, Floats, NDArray[np.intp]]:
    """Return mean probability, observed share and count of each of `bins` bins of equal mass."""
    truth, probability = np.asarray(truth, dtype=float), np.asarray(probability, dtype=float)
    parts = [part for part in np.array_split(np.argsort(probability, kind="stable"), bins) if part.size]
    return (
        np.array([probability[part].mean() for part in parts]),
        np.array([truth[part].mean() for part in parts]),
        np.array([part.size for part in parts]),
    )


def expected_calibration_error(truth: ArrayLike, probability: ArrayLike, bins: int = 15) -> float:
    """Return the mean distance of probability and observed share over bins of equal mass."""
    said, seen, count = calibration_bins(truth, probability, bins)
    return float(np.abs(said - seen) @ count / count.sum())


def calibration_error_floor(
    probability: ArrayLike, bins: int = 15, repeats: int = 200, seed: int = 0
) -> tuple[float, float]:
    """Return mean and 95 % quantile of the calibration error that perfect probabilities would show on as many records.

    The error is a sum of absolute deviations, so chance alone keeps it above zero: outcomes are drawn from
    `probability` itself and scored.
    """
    p, rng = np.asarray(probability, dtype=float), np.random.default_rng(seed)
    found = [expected_calibration_error(rng.random(p.size) < p, p, bins) for _ in range(repeats)]
    return float(np.mean(found)), float(np.quantile(found, 0.95))
