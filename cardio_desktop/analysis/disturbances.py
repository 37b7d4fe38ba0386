"""How much of each disturbance a lead may show: from where on it is worth a remark, and from where on it spoils.

The limits were set on the 200 twelve-lead records of CinC/PhysioNet 2011 so that hardly any record of PTB-XL or LUDB,
which experts did read, is refused.
"""

from __future__ import annotations

from dataclasses import dataclass

from cardio_desktop.analysis.signal_features import LeadFeatures
from cardio_desktop.words import Remark

SNR_MIN_DB = 6.0
"""Noise half as high as the signal is worth a remark; nothing is refused by it."""


@dataclass(frozen=True)
class Limit:
    """A disturbance is worth a remark from `remark` on and spoils the lead from `spoilt` on."""

    feature: str
    remark: float
    spoilt: float
    code: str
    """The remark's code."""
    value: str
    """The name that the feature's value has in the remark."""
    hides: bool = False
    """Whether it hides the heart itself. Jumps and wander do not, and ventricular tachycardia looks like them; a flat
    line may be a heart that stands still."""


LIMITS = (
    Limit("missing", 0.001, 0.2, "missing", "share", hides=True),
    Limit("flat", 0.1, 0.5, "flat", "share"),
    Limit("railed", 0.003, 0.02, "railed", "share", hides=True),
    Limit("step_mv", 1.2, 2.5, "step", "step_mv"),
    Limit("steps_per_s", 0.35, 0.5, "steps", "steps_per_s"),
    Limit("wander_mv", 1.5, 4.0, "wander", "wander_mv"),
    Limit("mains_mv", 0.02, 0.2, "mains", "mains_mv"),
    Limit("muscle_mv", 0.02, 0.05, "muscle", "muscle_mv", hides=True),
    Limit("burst_mv", 0.35, 0.6, "burst", "burst_mv", hides=True),
    Limit("range_mv", 8.0, 12.0, "range", "range_mv"),
)
"""A fifth less or more of any limit from which on a lead is spoilt changes at most one of 620 records: the 200 of CinC
2011, of whose unacceptable ones 51 % and of whose acceptable ones 1 % are refused, and 420 of PTB-XL, folds 1 to 8."""


def value_of(piece: LeadFeatures, limit: Limit) -> float:
    """Return the size of one disturbance, 0 where it was not measured."""
    value = getattr(piece, limit.feature)
    return 0.0 if value is None else float(value)


def remark_on(limit: Limit, value: float, piece: LeadFeatures) -> Remark:
    """Return what is said of a disturbance of this size."""
    if limit.code == "steps":
        return Remark(limit.code, {"period_s": 1.0 / max(value, 1e-3)})
    more = {"mains_hz": piece.mains_hz} if limit.code == "mains" else {}
    return Remark(limit.code, {limit.value: value} | more)


def drowned(piece: LeadFeatures) -> bool:
    """Return whether noise is almost as large as the signal."""
    return piece.snr_db is not None and piece.snr_db < SNR_MIN_DB


def is_spoilt(piece: LeadFeatures) -> bool:
    """Return whether one piece of a lead is beyond use."""
    return drowned(piece) or any(value_of(piece, limit) >= limit.spoilt for limit in LIMITS)


def is_hidden(piece: LeadFeatures) -> bool:
    """Return whether not even beats can be told in one piece of a lead."""
    return drowned(piece) or any(value_of(piece, limit) >= limit.spoilt for limit in LIMITS if limit.hides)


def worst_of(piece: LeadFeatures) -> tuple[float, Remark]:
    """Return how far the worst disturbance stands to its limit (1: at it), and what is said of it."""
    limit = max(LIMITS, key=lambda one: value_of(piece, one) / one.spoilt)
    size = value_of(piece, limit) / limit.spoilt
    if size < 1.0 and piece.snr_db is not None:
        return size, Remark("noise", {"snr_db": piece.snr_db})
    return size, remark_on(limit, value_of(piece, limit), piece)
