"""A small logistic model: fitted where its data are, applied from plain numbers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def fit_logistic(features: Floats, truth: NDArray[np.bool_], penalty: float = 1e-3) -> Floats:
    """Return weights, the bias last, for `features` (case, feature) in their own units.

    `penalty` weighs the squared weights of the standardised features against the mean loss.
    """
    from scipy.optimize import minimize

    mean, sd = features.mean(axis=0), features.std(axis=0) + 1e-9
    x = np.column_stack([(features - mean) / sd, np.ones(len(features))])
    sign = np.where(truth, 1.0, -1.0)

    def loss(w: Floats) -> tuple[float, Floats]:
        z = sign * (x @ w)
        p = 1.0 / (1.0 + np.exp(np.clip(z, -50.0, 50.0)))
        value = float(np.logaddexp(0.0, -z).mean() + penalty * (w[:-1] ** 2).sum())
        return value, -(x * (sign * p)[:, None]).mean(axis=0) + 2.0 * penalty * np.append(w[:-1], 0.0)

    w = minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    return np.append(w[:-1] / sd, w[-1] - (w[:-1] * mean / sd).sum())


def log_odds(features: Floats, weights: Floats) -> Floats:
    """Return the log-odds of each case."""
    return np.asarray(features @ weights[:-1] + weights[-1])
