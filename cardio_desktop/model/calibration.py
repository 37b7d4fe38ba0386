"""Probabilities from logits, fitted on records the network never saw.

Each class has a rising curve of straight pieces on the scale of log odds: Platt's straight line (Platt 1999) wherever
the records do not say otherwise, as bends cost likelihood. A line alone left an error of three per cent for the normal
class, whose scores bunch at the top. Rare statements keep the line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
KNOTS = 12
STIFFNESS = 0.1
"""Weight of squared changes of slope against the likelihood; chosen on patients of fold 9 held out from the fit."""
LEAST_SLOPE = 0.05
"""Least slope of a piece as a share of the straight line's: the order of records is kept, without ties."""
LEAST_FOR_CURVE = 100
"""Cases and non-cases needed for a curve; with fewer, a line is fitted."""


def sigmoid(x: ArrayLike) -> Floats:
    """Return 1 / (1 + exp(-x)) without overflow."""
    return np.asarray(0.5 * (1 + np.tanh(0.5 * np.asarray(x, dtype=float))))


@dataclass(frozen=True)
class Platt:
    """probability = sigmoid(slope * logit + offset)."""

    slope: float
    offset: float

    def __call__(self, logit: ArrayLike) -> Floats:
        """Return the probability of each logit."""
        return sigmoid(self.slope * np.asarray(logit, dtype=float) + self.offset)


@dataclass(frozen=True)
class Curve:
    """Log odds by straight pieces between `knots` (logits, rising), going on straight beyond the ends."""

    knots: tuple[float, ...]
    values: tuple[float, ...]

    def __call__(self, logit: ArrayLike) -> Floats:
        """Return the probability of each logit."""
        x, knots = np.asarray(logit, dtype=float), np.asarray(self.knots)
        return sigmoid(_hats(x.ravel(), knots) @ np.asarray(self.values)).reshape(x.shape)


Calibration = Platt | Curve


def as_json(calibration: Calibration) -> dict[str, Any]:
    """Return the calibration as the card keeps it."""
    if isinstance(calibration, Platt):
        return {"slope": calibration.slope, "offset": calibration.offset}
    return {"knots": list(calibration.knots), "values": list(calibration.values)}


def from_json(raw: Mapping[str, Any]) -> Calibration:
    """Return the calibration that the card keeps; raises ValueError saying what is wrong with it."""
    keys = ("knots", "values") if "knots" in raw else ("slope", "offset")
    found = {}
    for key in keys:
        value = raw.get(key)
        items = value if isinstance(value, list) and key in ("knots", "values") else [value]
        if any(isinstance(item, bool) or not isinstance(item, int | float) or not np.isfinite(item) for item in items):
            raise ValueError(f"{key} is not a number")
        found[key] = np.asarray(items, dtype=float)
    if "slope" in found:
        if found["slope"][0] < 0:
            raise ValueError(f"slope is {found['slope'][0]:g}, below 0")
        return Platt(float(found["slope"][0]), float(found["offset"][0]))
    knots, values = found["knots"], found["values"]
    if len(knots) < 2 or len(knots) != len(values):
        raise ValueError("knots and values are not two lists of the same length")
    if (np.diff(knots) <= 0).any() or (np.diff(values) < 0).any():
        raise ValueError("knots and values do not rise")
    return Curve(tuple(knots.tolist()), tuple(values.tolist()))


def _hats(x: Floats, knots: Floats) -> Floats:
    """Return the weight (value, knot) of each knot at each x: straight pieces, going on straight beyond the ends."""
    piece = np.clip(np.searchsorted(knots, x) - 1, 0, len(knots) - 2)
    share = (x - knots[piece]) / (knots[piece + 1] - knots[piece])
    weights = np.zeros((x.size, len(knots)))
    rows = np.arange(x.size)
    weights[rows, piece], weights[rows, piece + 1] = 1 - share, share
    return weights


def fit_curve(logit: ArrayLike, truth: ArrayLike, steps: int = 50) -> Calibration:
    """Return the rising curve of greatest penalised likelihood; a line where records are too few for more."""
    x, y = np.asarray(logit, dtype=float), np.asarray(truth, dtype=bool)
    line = fit_platt(x, y)
    knots = np.unique(np.quantile(x, np.linspace(0.02, 0.98, KNOTS)))
    if min(y.sum(), (~y).sum()) < LEAST_FOR_CURVE or line.slope <= 0 or len(knots) < 4:
        return line
    hats, gaps = _hats(x, knots), np.diff(knots)
    bend = np.zeros((len(knots) - 2, len(knots)))
    for k in range(len(bend)):
        bend[k, k : k + 3] = 1 / gaps[k], -1 / gaps[k] - 1 / gaps[k + 1], 1 / gaps[k + 1]
    stiff = STIFFNESS * x.var() * bend.T @ bend
    values = line.slope * knots + line.offset

    def loss(v: Floats) -> float:
        z = hats @ v
        return float((np.logaddexp(0, z) - y * z).sum() + 0.5 * v @ stiff @ v)

    for _ in range(steps):  # Newton with halved steps, as for the line
        p = sigmoid(hats @ values)
        gradient = hats.T @ (p - y) + stiff @ values
        hessian = (hats.T * (p * (1 - p))) @ hats + stiff + 1e-6 * np.eye(len(knots))
        step = np.linalg.solve(hessian, gradient)
        size, before = 1.0, loss(values)
        while loss(values - size * step) > before and size > 1e-6:
            size /= 2
        values = values - size * step
        if np.abs(size * step).max() < 1e-9:
            break
    least = LEAST_SLOPE * line.slope * knots
    values = np.maximum.accumulate(values - least) + least
    return Curve(tuple(knots.tolist()), tuple(values.tolist()))


def fit_platt(logit: ArrayLike, truth: ArrayLike, steps: int = 50) -> Platt:
    """Return the most likely scaling, with Platt's smoothed targets so that separable classes stay finite."""
    x, y = np.asarray(logit, dtype=float), np.asarray(truth, dtype=bool)
    positive = int(y.sum())
    target = np.where(y, (positive + 1) / (positive + 2), 1 / (y.size - positive + 2))
    centre, spread = float(x.mean()), float(x.std()) or 1.0
    design = np.stack([(x - centre) / spread, np.ones_like(x)], axis=1)
    weights = np.zeros(2)

    def loss(w: Floats) -> float:
        z = design @ w
        return float((np.logaddexp(0, z) - target * z).sum())

    for _ in range(steps):  # Newton with halved steps: the likelihood is concave but flat far out
        p = sigmoid(design @ weights)
        gradient = design.T @ (p - target)
        hessian = (design.T * (p * (1 - p))) @ design + 1e-9 * np.eye(2)
        step = np.linalg.solve(hessian, gradient)
        size, before = 1.0, loss(weights)
        while loss(weights - size * step) > before and size > 1e-6:
            size /= 2
        weights = weights - size * step
        if np.abs(size * step).max() < 1e-10:
            break
    slope = float(weights[0] / spread)
    return Platt(slope, float(weights[1] - slope * centre))


def dealt(groups: ArrayLike, parts: int, seed: int = 0) -> NDArray[np.intp]:
    """Return the part (0 to `parts` - 1) of each record: whole patients (`groups`) are dealt at random."""
    _, patient = np.unique(np.asarray(groups), return_inverse=True)
    return np.asarray(np.random.default_rng(seed).permutation(int(patient.max()) + 1)[patient] % parts)


def cross_fitted(
    logit: ArrayLike,
    truth: ArrayLike,
    groups: ArrayLike,
    parts: int = 10,
    seed: int = 0,
    fit: Callable[[ArrayLike, ArrayLike], Calibration] = fit_curve,
) -> Floats:
    """Return probabilities of records whose own patient (`groups`) took no part in fitting them."""
    x, y = np.asarray(logit, dtype=float), np.asarray(truth, dtype=bool)
    part = dealt(groups, parts, seed)
    probability = np.empty_like(x)
    for k in range(parts):
        if (part == k).any():
            probability[part == k] = fit(x[part != k], y[part != k])(x[part == k])
    return probability
