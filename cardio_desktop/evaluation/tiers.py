"""Tier by true class: how many of each class land in Low, Moderate and High, with intervals."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.core.findings import Tier
from cardio_desktop.evaluation.records import Floats, Mask
from cardio_desktop.model.calibration import dealt, fit_curve
from cardio_desktop.model.card import Card, Thresholds
from cardio_desktop.model.metrics import wilson_interval
from cardio_desktop.model.risk import TIERS, tier_of
from cardio_desktop.model.thresholds import choose_thresholds, with_young_limit

PARTS = 10
"""Parts that patients are dealt into, as for calibration curves: the thresholds that are counted come from nine tenths
of them and are nearly those of all. Halves tell more of the dealing than of the thresholds: over eight dealings of fold
9 they had 40 to 53 % of normals alone in Low (network 0.3.1), ten parts 50 to 51 %."""
AGE_BANDS = ((0.0, 40.0, "under 40"), (40.0, 60.0, "40 to 59"), (60.0, 75.0, "60 to 74"), (75.0, 1e9, "75 and over"))


def tiers_of(
    probability: NDArray[np.floating],
    card: Card,
    ages: NDArray[np.floating] | None = None,
    limits: Thresholds | None = None,
) -> dict[Tier, Mask]:
    """Return which records (record, class) of calibrated probabilities lie in each tier; `ages` may move Low."""
    thresholds = limits or card.thresholds
    ages = np.full(len(probability), np.nan) if ages is None else ages
    found = [
        tier_of(dict(zip(card.classes, row, strict=True)), thresholds.for_age(age))
        for row, age in zip(probability.tolist(), ages.tolist(), strict=True)
    ]
    return {tier: np.array([t is tier for t in found], dtype=bool) for tier in TIERS}


def share(hits: int, total: int) -> dict[str, Any]:
    """Return a counted share with Wilson's interval."""
    low, high = wilson_interval(hits, total)
    return {"n": hits, "of": total, "share": hits / total if total else None, "interval": [low, high]}


def tier_counts(chosen: dict[Tier, Mask], truth: Mask, confirmed: Mask, classes: tuple[str, ...]) -> dict[str, Any]:
    """Return tier x true class; a record counts in each of its classes."""
    ill = truth[:, 1:].any(axis=1)
    groups = {code: truth[:, k] for k, code in enumerate(classes)} | {
        "NORM alone": truth[:, 0] & ~ill,
        "any pathology": ill,
        "MI, likelihood 100": confirmed,
        "no superclass": ~truth.any(axis=1),
        "all": np.ones(len(truth), dtype=bool),
    }
    return {
        "share of class in tier": {
            name: {tier.value: share(int((mask & chosen[tier]).sum()), int(mask.sum())) for tier in TIERS}
            for name, mask in groups.items()
        },
        "share of tier with any pathology": {
            tier.value: share(int((ill & chosen[tier]).sum()), int(chosen[tier].sum())) for tier in TIERS
        },
    }


def tier_table(
    probability: NDArray[np.floating], truth: Mask, card: Card, confirmed: Mask, ages: NDArray[np.floating]
) -> dict[str, Any]:
    """Return tier x true class at the card's thresholds."""
    counted = tier_counts(tiers_of(probability, card, ages), truth, confirmed, card.classes)
    return {"thresholds": card.thresholds.as_json()} | counted


def cross_fitted_tiers(
    logits: Floats,
    truth: Mask,
    confirmed: Mask,
    groups: NDArray[np.integer],
    card: Card,
    ages: NDArray[np.floating],
    parts: int = PARTS,
) -> dict[str, Any]:
    """Return tier x true class where neither a record's calibration nor its thresholds knew its patient.

    Patients are dealt into `parts`; for each of these, curves and thresholds come from all others, so that what
    choosing thresholds on the counted records flatters is gone.
    """
    part = dealt(groups, parts)
    chosen = {tier: np.zeros(len(truth), dtype=bool) for tier in TIERS}
    limits = []
    for number in range(parts):
        own, other = part != number, part == number
        if not other.any():
            continue
        curves = [fit_curve(logits[own, k], truth[own, k]) for k in range(len(card.classes))]
        probability = np.stack([curve(logits[:, k]) for k, curve in enumerate(curves)], axis=1)
        found = choose_thresholds(probability[own], truth[own], confirmed[own], share_of_fold=float(own.mean()))
        found = with_young_limit(found, probability[own], truth[own], ages[own])
        limits.append(found.as_json())
        for tier, mask in tiers_of(probability[other], card, ages[other], found).items():
            chosen[tier][other] = mask
    ill, normal = truth[:, 1:].any(axis=1), truth[:, 0] & ~truth[:, 1:].any(axis=1)
    bands = {
        name: {
            "any pathology in Low": _low_share(chosen, ill & (ages >= low) & (ages < high)),
            "NORM alone in Low": _low_share(chosen, normal & (ages >= low) & (ages < high)),
        }
        for low, high, name in AGE_BANDS
    }
    return {"parts": parts, "thresholds": limits, "ages": bands} | tier_counts(chosen, truth, confirmed, card.classes)


def _low_share(chosen: dict[Tier, Mask], group: Mask) -> dict[str, Any]:
    return share(int((chosen[Tier.LOW] & group).sum()), int(group.sum()))


def _cell(counted: dict[str, Any]) -> str:
    if counted["share"] is None:
        return "-".rjust(26)
    low, high = (100 * value for value in counted["interval"])
    return f"{counted['n']:5d} {100 * counted['share']:5.1f} ({low:.1f}-{high:.1f}) %".rjust(26)


def tiers_as_text(table: dict[str, Any], title: str) -> list[str]:
    """Return the lines of one table to read."""
    lines = [title, f"{'':22}" + "".join(f"{tier.value:>26}" for tier in TIERS)]
    for name, row in table["share of class in tier"].items():
        lines.append(f"{name:22}" + "".join(_cell(row[tier.value]) for tier in TIERS))
    row = table["share of tier with any pathology"]
    lines.append(f"{'with any pathology':22}" + "".join(_cell(row[tier.value]) for tier in TIERS))
    return lines
