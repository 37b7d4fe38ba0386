"""Probabilities from logits: Platt scaling per class (Platt 1999), fitted on records the network never saw."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


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


def cross_fitted(logit: ArrayLike, truth: ArrayLike, groups: ArrayLike, parts: int = 5, seed: int = 0) -> Floats:
    """Return probabilities of records whose own patient took no part in fitting them.

    `groups` names each record's patient; patients are dealt into `parts` at random.
    """
    x, y = np.asarray(logit, dtype=float), np.asarray(truth, dtype=bool)
    _, patient = np.unique(np.asarray(groups), return_inverse=True)
    part = np.random.default_rng(seed).permutation(int(patient.max()) + 1)[patient] % parts
    probability = np.empty_like(x)
    for k in range(parts):
        probability[part == k] = fit_platt(x[part != k], y[part != k])(x[part == k])
    return probability
