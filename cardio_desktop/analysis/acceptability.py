"""How acceptable a twelve-lead record is as a whole: what experts would say, learnt from the experts of CinC 2011.

`quality.LIMITS` judge one lead and one disturbance at a time and say why; this weighs all of them into one score. The
weights stand in `model_assets/quality.json` (`packaging/make_quality.py`).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.analysis.logistic import log_odds
from cardio_desktop.analysis.signal_features import LeadFeatures
from cardio_desktop.paths import intact

Floats = NDArray[np.float64]

FILE = "model_assets/quality.json"
"""Made by `packaging/make_quality.py` from the experts of CinC 2011."""
SPOILT = {
    "missing": 0.2,
    "flat": 0.5,
    "railed": 0.02,
    "step_mv": 2.5,
    "steps_per_s": 0.5,
    "wander_mv": 4.0,
    "mains_mv": 0.2,
    "muscle_mv": 0.05,
    "burst_mv": 0.6,
    "range_mv": 12.0,
}
"""Units in which the disturbances are counted; those that spoil a lead."""
MOST = 4.0
"""No disturbance counts for more than this many units: one hopeless lead must not decide for twelve; chosen, and the
weights fitted under it.
"""


def acceptability(leads: Sequence[LeadFeatures]) -> float:
    """Return how probably experts accept a record of twelve leads, 0 to 1, by one piece of each lead."""
    return float(1.0 / (1.0 + np.exp(np.clip(log_odds(features_of(leads)[None], _weights())[0], -50.0, 50.0))))


@cache
def _weights() -> Floats:
    return np.array(json.loads(intact(FILE).read_text(encoding="utf-8"))["weights"])


def features_of(leads: Sequence[LeadFeatures]) -> Floats:
    """Return what is weighed: the worst disturbances, how many leads they spoil, flat leads, noise and voltage."""
    ratios = np.array([[_ratio(lead, name, unit) for name, unit in SPOILT.items()] for lead in leads])
    worst = np.sort(ratios.max(axis=1))
    flat = np.array([lead.flat for lead in leads])
    snr_db = np.sort([-10.0 if lead.snr_db is None else lead.snr_db for lead in leads])
    signal = np.sort([lead.signal_mv for lead in leads])
    count = len(leads)
    return np.concatenate(
        [
            np.log1p(worst[[-1, max(count - 3, 0), count // 2, min(2, count - 1)]]),
            [(worst > 1.0).mean()],
            np.log1p(ratios).mean(axis=0),
            [flat.max(), flat.mean(), float((flat > 0.5).any())],
            snr_db[[0, count // 4, count // 2]] / 20.0,
            np.log(signal[[0, count // 2, -1]] + 0.005),
        ]
    )


def _ratio(lead: LeadFeatures, name: str, unit: float) -> float:
    value = getattr(lead, name)
    return min(float(value or 0.0) / unit, MOST)
