"""Swapped electrodes, by what the other leads say a lead should look like.

Limb leads are predicted from the chest leads, and two neighbouring chest leads from the rest, by one matrix each for
P, QRS and T (least squares over many healthy and ill hearts). A swap is told where the leads fit their prediction once
it is undone and do not as they are; a logistic model weighs these, and the P waves' direction, into one score.
Matrices, weights and limits were fitted on PTB-XL (`packaging/make_electrodes.py`); they stand in
`model_assets/electrodes.json` with the figures on folds that had no part in it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.core.leads import CHEST_LEADS, INDEPENDENT_LEADS
from cardio_desktop.paths import intact

Floats = NDArray[np.float64]

FILE = "model_assets/electrodes.json"
"""Made by `packaging/make_electrodes.py` from PTB-XL."""
FIRST_S, LAST_S, STEP_S = -0.28, 0.45, 0.01
"""The median beat that is judged: from before the R peak to after it."""
SEGMENTS: dict[str, tuple[float, float]] = {"P": (-0.24, -0.06), "QRS": (-0.06, 0.09), "T": (0.10, 0.45)}
"""Parts of the beat with a matrix each, seconds from R: the heart's source moves between P, QRS and T."""
LIMB_SWAPS: dict[str, tuple[tuple[float, float], tuple[float, float]]] = {
    "RA/LA": ((-1.0, 0.0), (-1.0, 1.0)),
    "RA/LL": ((1.0, -1.0), (0.0, -1.0)),
    "LA/LL": ((0.0, 1.0), (1.0, 0.0)),
}
"""What I and II become, as weights of the true I and II; each swap undoes itself."""
FLAT_SWAP = "RA/RL"
"""The one swap that leaves a lead (II) nearly flat instead of turning it."""
CHEST_SWAPS = tuple(f"{a}/{b}" for a, b in pairwise(CHEST_LEADS))
"""Only neighbours: these are what happens at the bedside."""
SWAPS = (*LIMB_SWAPS, FLAT_SWAP, *CHEST_SWAPS)
"""Every swap that can be named."""


@dataclass(frozen=True)
class Model:
    """Prediction matrices by swap group and segment, and weights, bias and limit of each swap's score."""

    limb: Mapping[str, Floats]
    chest: Mapping[str, Mapping[str, Floats]]
    weights: Mapping[str, Floats]
    limits: Mapping[str, float]


def swapped_electrodes(beat_mv: Floats, model: Model | None = None) -> str | None:
    """Return which electrodes look swapped ("RA/LA", "V2/V3" ...), or None.

    `beat_mv` is the median beat (lead of `INDEPENDENT_LEADS`, sample) from `FIRST_S` every `STEP_S`, against the PR
    segment. Dextrocardia looks like swapped arms in the limb leads.
    """
    model = own_model() if model is None else model
    return named_swaps(swap_scores(beat_mv[None], model), model.limits)[0] or None


def named_swaps(scores: Mapping[str, Floats], limits: Mapping[str, float]) -> list[str]:
    """Return the swap of each record by its scores, "" where there is none.

    The one that exceeds its limit by most; but a flat lead II is more than a sign among others.
    """
    over = {swap: scores[swap] - limits[swap] for swap in SWAPS}
    margin = np.stack([over[swap] for swap in SWAPS], axis=1)
    flat = over[FLAT_SWAP] > 0.0
    best = np.where(flat, SWAPS.index(FLAT_SWAP), margin.argmax(axis=1))
    return [SWAPS[k] if some > 0.0 else "" for k, some in zip(best, margin.max(axis=1), strict=True)]


@cache
def own_model() -> Model:
    """Return the model that comes with the program."""
    return model_from(json.loads(intact(FILE).read_text(encoding="utf-8")))


def model_from(raw: Mapping[str, Any]) -> Model:
    """Return the model of its JSON form."""
    return Model(
        {name: np.array(rows) for name, rows in raw["limb"].items()},
        {swap: {name: np.array(rows) for name, rows in parts.items()} for swap, parts in raw["chest"].items()},
        {name: np.array(values) for name, values in raw["weights"].items()},
        {name: float(value) for name, value in raw["limits"].items()},
    )


def swap_scores(beats_mv: Floats, model: Model) -> dict[str, Floats]:
    """Return swap -> score (record) of median beats (record, lead, sample)."""
    return {
        name: np.column_stack([values, np.ones(len(values))]) @ model.weights[name]
        for name, values in swap_features(beats_mv, model).items()
    }


def swap_features(beats_mv: Floats, model: Model) -> dict[str, Floats]:
    """Return swap -> features (record, feature) of median beats (record, lead, sample)."""
    parts = segments_of(beats_mv)
    return (
        {name: _limb_features(parts, np.array(swap), model.limb) for name, swap in LIMB_SWAPS.items()}
        | {FLAT_SWAP: _flat_features(parts)}
        | {name: _chest_features(parts, name, model.chest[name]) for name in CHEST_SWAPS}
    )


def segments_of(beats_mv: Floats) -> dict[str, Floats]:
    """Return segment -> (record, lead, sample); the P wave against the line between its ends."""
    times_s = FIRST_S + STEP_S * np.arange(beats_mv.shape[-1])
    parts = {
        name: beats_mv[..., (times_s >= low - 1e-6) & (times_s < high - 1e-6)] for name, (low, high) in SEGMENTS.items()
    }
    p = parts["P"]
    u = np.linspace(0.0, 1.0, p.shape[-1])
    first, last = p[..., :2].mean(axis=-1, keepdims=True), p[..., -2:].mean(axis=-1, keepdims=True)
    parts["P"] = p - first * (1.0 - u) - last * u
    return parts


def chest_sources(swap: str) -> tuple[list[int], list[int]]:
    """Return (indices of the two leads of a chest swap, of the leads that predict them)."""
    pair = [INDEPENDENT_LEADS.index(name) for name in swap.split("/")]
    return pair, [k for k in range(len(INDEPENDENT_LEADS)) if k not in pair]


def swap_beats(beats_mv: Floats, swap: str) -> Floats:
    """Return median beats (record, lead, sample) as they would be with two electrodes swapped.

    For RA/RL the right leg's potential is taken for the left one's: lead II all but vanishes, and Wilson's terminal,
    with it every chest lead, changes by a third of it.
    """
    out = beats_mv.copy()
    if swap in LIMB_SWAPS:
        out[:, :2] = np.einsum("ab,rbt->rat", np.array(LIMB_SWAPS[swap]), beats_mv[:, :2])
    elif swap == FLAT_SWAP:
        out[:, 0] = beats_mv[:, 0] - beats_mv[:, 1]
        out[:, 1] = 0.03 * beats_mv[:, 1]
        out[:, 2:] = beats_mv[:, 2:] - beats_mv[:, 1:2] / 3.0
    else:
        pair, _ = chest_sources(swap)
        out[:, pair] = beats_mv[:, pair[::-1]]
    return out


def _fit(seen: Floats, said: Floats) -> tuple[Floats, Floats]:
    """Return (misfit, likeness) of leads as they are and as predicted, both (record, lead, sample)."""
    both = (seen**2).sum(axis=(1, 2)) + (said**2).sum(axis=(1, 2)) + 1e-6
    likeness = (seen * said).sum(axis=2) / np.sqrt((seen**2).sum(axis=2) * (said**2).sum(axis=2) + 1e-6)
    return ((seen - said) ** 2).sum(axis=(1, 2)) / both, likeness


def _limb_features(parts: Mapping[str, Floats], swap: Floats, matrices: Mapping[str, Floats]) -> Floats:
    columns: list[Floats] = []
    for name, part in parts.items():
        said = np.einsum("ab,rbt->rat", matrices[name], part[:, 2:])
        undone = np.einsum("ab,rbt->rat", swap, part[:, :2])
        for seen in (part[:, :2], undone):
            misfit, likeness = _fit(seen, said)
            columns += [misfit, *likeness.T]
        if name == "P":
            for seen in (part[:, :2], undone):
                # Lead I, II and aVR.
                rows = (seen[:, 0], seen[:, 1], -0.5 * (seen[:, 0] + seen[:, 1]))
                columns += [np.tanh(row.mean(axis=1) / 0.02) for row in rows]
    return np.stack(columns, axis=1)


def _flat_features(parts: Mapping[str, Floats]) -> Floats:
    columns = []
    for part in parts.values():
        size = part[:, :2].max(axis=2) - part[:, :2].min(axis=2) + 0.005
        third = part[:, 1] - part[:, 0]
        third_size = third.max(axis=1) - third.min(axis=1) + 0.005
        columns += [np.log(size[:, 1]), np.log(size[:, 1] / size[:, 0]), np.log(size[:, 1] / third_size)]
    return np.stack(columns, axis=1)


def _chest_features(parts: Mapping[str, Floats], swap: str, matrices: Mapping[str, Floats]) -> Floats:
    pair, others = chest_sources(swap)
    columns: list[Floats] = []
    for name in ("P", "QRS", "T"):
        part = parts[name]
        said = np.einsum("ab,rbt->rat", matrices[name], part[:, others])
        for seen in (part[:, pair], part[:, pair[::-1]]):
            misfit, likeness = _fit(seen, said)
            columns += [misfit, *likeness.T]
    return np.stack(columns, axis=1)
