"""Where the tiers begin: the widest Low and High whose promises will probably hold on other patients as well.

A threshold that just holds its promise on the records it was chosen on breaks it on the next ones half of the time. So
a threshold must hold on these records, and on another fold of the same make with a probability of 95 %, counts of that
fold being predicted from ours (beta-binomial, Jeffreys' prior).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cardio_desktop.model.card import YOUNG_YEARS, Thresholds
from cardio_desktop.model.metrics import wilson_interval

Counts = NDArray[np.integer]
Floats = NDArray[np.float64]
CANDIDATES = 385


@dataclass(frozen=True)
class TierLimits:
    """What the tiers promise, as shares, and how surely."""

    mi_sensitivity: float = 0.99
    """Least share of infarctions that are not Low, ..."""
    mi_lower_bound: float = 0.98
    """... and of its lower 95 % bound."""
    any_sensitivity: float = 0.95
    """Least share of records with any pathology that are not Low."""
    normals_in_low: float = 0.45
    """Least share of normals that are Low."""
    high_precision: float = 0.96
    """Least share of High that has some pathology."""
    ill_in_high: float = 0.45
    """Least share of records with any pathology that are High."""
    young_sensitivity: float = 0.95
    """Least share of the ill under `YOUNG_YEARS` that are not Low, on the records that the limits are chosen on."""
    confidence: float = 0.95
    """Least probability that the promises of a tier hold together on another fold."""


def choose_thresholds(
    probability: NDArray[np.floating],
    truth: NDArray[np.bool_],
    confirmed_mi: ArrayLike,
    limits: TierLimits | None = None,
    share_of_fold: float = 1.0,
) -> Thresholds:
    """Return the widest Low and High tiers that hold `limits` here and, by prediction, on another fold.

    `probability` and `truth` are (record, class) in the order NORM MI STTC CD HYP; `confirmed_mi` marks infarctions
    with likelihood 100, none of which may be Low. `share_of_fold` is how much of a fold these records are (a half for
    cross-fitting). Low wants both MI below `low_mi` and every pathology below `low_any`; of all pairs that hold the
    promises, the one with most true normals is taken, and where no pair is sure enough, the surest.
    """
    limits = limits or TierLimits()
    confirmed = np.asarray(confirmed_mi, dtype=bool)
    mi, greatest = probability[:, 1], probability[:, 1:].max(axis=1)
    is_mi = truth[:, 1]
    ill: NDArray[np.bool_] = np.asarray(truth[:, 1:].any(axis=1))
    normal = truth[:, 0] & ~ill
    high = _high(greatest, ill, limits, share_of_fold)

    sure_mi = _surety(int(is_mi.sum()), share_of_fold, lambda n: _allowed_mi(n, limits))
    sure_ill = _surety(int(ill.sum()), share_of_fold, lambda n: int((1 - limits.any_sensitivity) * n + 1e-9))
    outside = _surety(int(normal.sum()), share_of_fold, lambda n: int((1 - limits.normals_in_low) * n + 1e-9))
    allowed_mi = _allowed_mi(int(is_mi.sum()), limits)
    allowed_ill = (1 - limits.any_sensitivity) * ill.sum() + 1e-9
    best, found = (False, -1.0), (0.0, 0.0)
    for low_mi in np.unique(np.quantile(mi, np.linspace(0.02, 0.98, CANDIDATES))):
        candidates = mi < low_mi
        # Walking up low_any lets records into Low one by one.
        order = np.flatnonzero(candidates)[np.argsort(greatest[candidates], kind="stable")]
        if not order.size:
            continue
        missed, missed_ill, normals = (np.cumsum(mask[order]) for mask in (is_mi, ill, normal))
        holds = (np.cumsum(confirmed[order]) == 0) & (missed <= allowed_mi) & (missed_ill <= allowed_ill)
        holds &= np.append(np.diff(greatest[order]) > 0, True)  # a threshold cannot part equal scores
        if not holds.any():
            continue
        surety = np.where(holds, sure_mi[missed] * sure_ill[missed_ill] * outside[int(normal.sum()) - normals], -1.0)
        sure = surety >= limits.confidence
        if sure.any():
            last = int(np.flatnonzero(sure)[-1])
            worth = (True, float(normals[last]))
        else:
            last = int(np.argmax(surety))
            worth = (False, float(surety[last]))
        if worth > best:
            ceiling = float(greatest[order[last + 1]]) if last + 1 < len(order) else float(low_mi)
            best, found = worth, (float(low_mi), min(ceiling, float(np.nextafter(high, 0))))
    return Thresholds(low_mi=found[0], low_any=found[1], high_any=high)


def with_young_limit(
    thresholds: Thresholds,
    probability: NDArray[np.floating],
    truth: NDArray[np.bool_],
    ages: NDArray[np.floating],
    limits: TierLimits | None = None,
) -> Thresholds:
    """Return the thresholds with the widest limit of Low, for those under `YOUNG_YEARS`, that holds their own promise.

    The ill among them are too few for a prediction on another fold; the promise is tighter than the aim instead.
    """
    limits = limits or TierLimits()
    young = ages < YOUNG_YEARS
    greatest = probability[young, 1:].max(axis=1)
    ill: NDArray[np.bool_] = np.asarray(truth[young, 1:].any(axis=1))
    order = np.flatnonzero((probability[young, 1] < thresholds.low_mi) & (greatest < thresholds.low_any))
    order = order[np.argsort(greatest[order], kind="stable")]
    missed = np.cumsum(ill[order])
    too_many = np.flatnonzero(missed > (1 - limits.young_sensitivity) * ill.sum() + 1e-9)
    # The first record too many is itself no longer Low.
    limit = float(greatest[order[too_many[0]]]) if too_many.size else thresholds.low_any
    return replace(thresholds, low_any_young=limit)


def _allowed_mi(infarctions: int, limits: TierLimits) -> int:
    """Return how many of so many infarctions may be missed; -1 where even none is too few for the lower bound."""
    allowed = int((1 - limits.mi_sensitivity) * infarctions + 1e-9)
    while allowed >= 0 and wilson_interval(infarctions - allowed, infarctions)[0] < limits.mi_lower_bound:
        allowed -= 1
    # Too few infarctions for the bound at all: then none may be missed.
    return max(allowed, 0)


def at_most(allowed: int, whole: int, counted: int, total: int) -> float:
    """Return the probability that `whole` new records count at most `allowed`, where `counted` of `total` did.

    Beta-binomial with Jeffreys' prior, summed term by term: the ratio of neighbouring terms is elementary.
    """
    if allowed >= whole:
        return 1.0
    a, b = counted + 0.5, total - counted + 0.5
    first = math.lgamma(whole + b) - math.lgamma(b) + math.lgamma(a + b) - math.lgamma(whole + a + b)
    j = np.arange(allowed)
    ratios = (whole - j) / (j + 1) * (j + a) / (whole - j - 1 + b)
    return min(1.0, float(np.exp(first + np.append(0.0, np.cumsum(np.log(ratios)))).sum()))


def _surety(total: int, share_of_fold: float, allowed: Callable[[int], int]) -> Floats:
    """Return, for 0 to `total` counted here, the probability that a whole fold counts no more than `allowed(of it)`."""
    counted = np.arange(total + 1)
    whole = round(total / share_of_fold)
    return np.array([at_most(allowed(whole), whole, int(k), total) for k in counted])


def _high(score: NDArray[np.floating], ill: NDArray[np.bool_], limits: TierLimits, share_of_fold: float) -> float:
    """Return the lowest threshold whose High tier is precise here and, probably, precise and large enough elsewhere.

    Where none is sure enough, the surest of those that are precise here.
    """
    order = np.argsort(-score, kind="stable")
    chosen = np.arange(1, len(order) + 1)
    healthy, reached, sick = np.cumsum(~ill[order]), np.cumsum(ill[order]), int(ill.sum())
    elsewhere = np.rint(chosen / share_of_fold).astype(int)
    allowed = np.floor((1 - limits.high_precision) * elsewhere + 1e-9).astype(int)
    outside = _surety(sick, share_of_fold, lambda n: int((1 - limits.ill_in_high) * n + 1e-9))
    counts = zip(allowed.tolist(), elsewhere.tolist(), healthy.tolist(), chosen.tolist(), strict=True)
    surety = np.array([at_most(*row) for row in counts]) * outside[sick - reached]
    precise = healthy <= (1 - limits.high_precision) * chosen + 1e-9
    precise &= np.append(np.diff(score[order]) != 0, True)  # a threshold lies at the last of equal scores
    if not precise.any():
        return 1.0
    sure = np.flatnonzero(precise & (surety >= limits.confidence))
    best = int(sure[-1]) if sure.size else int(np.argmax(np.where(precise, surety, -1.0)))
    return float(score[order[best]])
