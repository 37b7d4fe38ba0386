"""`cardio-desktop evaluate --story`: the healthy man with a loose electrode, and infarctions nobody doubts.

An ancestor of this network gave a healthy man 28 % for infarction because an electrode was loose, more than it gave a
confirmed infarction (26 %). Trained on with noise it gave 27 % and 49 %. The story is told anew with the networks at
hand: the one judged, and those before it, such as one trained without noise and the same one trained on with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.core.errors import CardioError
from cardio_desktop.core.progress import Progress
from cardio_desktop.evaluation.cards.story_page import as_text
from cardio_desktop.evaluation.noise_checks import NOISY_HEALTHY
from cardio_desktop.evaluation.records import (
    Floats,
    confirmed_infarctions,
    named_data,
    part_of,
    pick,
    probabilities,
    read_ecgs,
    read_folds,
    score,
)
from cardio_desktop.evaluation.tiers import share, tiers_of
from cardio_desktop.io.ptbxl import read_database
from cardio_desktop.model.card import Card
from cardio_desktop.model.classifier import Classifier

__all__ = ["as_text", "tell_story"]


def tell_story(
    data_dir: Path,
    folds: Sequence[int],
    classifier: Classifier,
    earlier: Sequence[Classifier] = (),
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Return what each network gives the man and the infarctions of `folds` stated with likelihood 100.

    `earlier` come first, in their order. Raises CardioError where the man or such infarctions are not in the data.
    """
    everything = read_database(data_dir)
    man = pick(everything, np.array([entry.ecg_id == NOISY_HEALTHY for entry in everything.entries], dtype=bool))
    own = read_folds(data_dir, folds)
    confirmed = pick(own, confirmed_infarctions(own))
    if not man.entries:
        raise CardioError(f"{data_dir}: lacks the record {NOISY_HEALTHY} of the story; use a whole PTB-XL folder.")
    if not confirmed.entries:
        told = ", ".join(map(str, folds))
        raise CardioError(f"{data_dir}: fold {told} holds no infarction of likelihood 100; name other folds.")
    healthy, ill = read_ecgs(man), read_ecgs(confirmed)
    networks = [*earlier, classifier]
    rows = []
    for k, network in enumerate(networks):
        part = part_of(progress, 100 * k // len(networks), 100 * (k + 1) // len(networks))
        rows.append(_judged(network, healthy, ill, part))
    if progress is not None:
        progress(100)
    return {
        "data": named_data(data_dir, folds),
        "model": {"name": classifier.card.name, "sha256": classifier.card.sha256},
        "ecg_id": NOISY_HEALTHY,
        "fold": man.entries[0].fold,
        "infarctions": len(ill),
        "networks": rows,
    }


def _judged(network: Classifier, healthy: Floats, ill: Floats, progress: Progress | None) -> dict[str, Any]:
    """Return one row of the story: the man's figures, the infarctions', and how many of these lie above him."""
    card = network.card
    p_man = probabilities(network, score(network, healthy))
    p_ill = probabilities(network, score(network, ill, progress))
    mi = card.classes.index("MI")
    said, seen = float(p_man[0, mi]), p_ill[:, mi]
    members = card.raw["training"]["members"]
    return {
        "parameters": int(card.raw["onnx"]["parameters"]),
        "sha256": card.sha256,
        "without_noise": all(member.get("fit", {}).get("clean", False) for member in members),
        "folds": _folds_of(members),
        "healthy": said,
        "healthy_any": float(p_man[0, 1:].max()),
        "healthy_tier": _tier(p_man, card),
        "median": float(np.median(seen)),
        "tenth": float(np.quantile(seen, 0.1)),
        "lowest": float(seen.min()),
        "above_him": share(int((seen > said).sum()), len(seen)),
        "tiers": {tier.value: int(mask.sum()) for tier, mask in tiers_of(p_ill, card).items()},
    }


def _folds_of(members: Sequence[Any]) -> list[int]:
    """Return the folds that any member was trained on."""
    return sorted({fold for member in members for fold in member.get("folds", ())})


def _tier(probability: NDArray[np.float64], card: Card) -> str:
    return next(tier.value for tier, mask in tiers_of(probability, card).items() if mask[0])
