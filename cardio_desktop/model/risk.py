"""Risk tiers from calibrated probabilities: infarction first, then any pathology."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median
from typing import Any

from cardio_desktop.core.findings import PATHOLOGIES, Prediction, Quality, Risk, Tier, WindowScore
from cardio_desktop.model.card import Card, Thresholds
from cardio_desktop.words import Remark

ADULT_YEARS = 18
TIERS = (Tier.LOW, Tier.MODERATE, Tier.HIGH)
RUN = 3
"""So many windows in a row make a stretch with a tier of its own; one window of noise neither makes nor breaks it."""
TOUCH_S = 0.5
"""Windows that lie further apart are not in a row; those side by side differ by the rounding of bins."""


def any_pathology(probabilities: Mapping[str, float]) -> float:
    """Return the greatest probability of MI, STTC, CD and HYP."""
    return max(probabilities[code] for code in PATHOLOGIES)


def tier_of(probabilities: Mapping[str, float], thresholds: Thresholds) -> Tier:
    """Return the tier of one set of calibrated probabilities."""
    greatest = any_pathology(probabilities)
    if greatest >= thresholds.high_any:
        return Tier.HIGH
    if probabilities["MI"] < thresholds.low_mi and greatest < thresholds.low_any:
        return Tier.LOW
    return Tier.MODERATE


def stratify(
    prediction: Prediction | None,
    card: Card,
    *,
    age_years: float | None = None,
    quality: Quality | None = None,
    paced: bool = False,
    reason: Remark | None = None,
) -> Risk:
    """Return the tier with its reason.

    Not assessed: no prediction (`reason` says why), under 18, paced rhythm, unusable quality. Of a recording of several
    windows every one must be Low for Low; High is the mean over the windows, or a stretch of `RUN` of them or more. Age
    moves the limit of Low where the card says so, never the evidence.
    """
    thresholds = card.thresholds.for_age(age_years)
    limits = thresholds.as_mapping()
    paced = paced and not (age_years is not None and age_years < ADULT_YEARS)
    if age_years is not None and age_years < ADULT_YEARS:
        refusal = Remark("tier-young", {"adult_years": ADULT_YEARS})
    elif paced:
        refusal = Remark("tier-paced")
    elif quality is not None and not quality.usable:
        # The reasons of single leads stand in the quality; the tier's reason is one sentence.
        refusal = Remark("tier-quality", {"because": quality.of_record or (Remark("noisy"),)})
    elif prediction is None:
        refusal = reason or Remark("tier-no-opinion")
    else:
        risk = _assessed(prediction, thresholds, limits)
        if quality is not None and quality.reversal:
            return replace(risk, reason=Remark("tier-swapped", {"reason": risk.reason, "swap": quality.reversal}))
        return risk
    return Risk(Tier.NOT_ASSESSED, refusal, limits, paced)


def _assessed(prediction: Prediction, thresholds: Thresholds, limits: dict[str, float]) -> Risk:
    mean = {score.code: score.probability for score in prediction.classes}
    tier = tier_of(mean, thresholds)
    if tier is Tier.HIGH:
        return Risk(tier, Remark("tier-high", _reached(mean, thresholds)), limits)
    if worst := _high_stretch(prediction.windows, thresholds):
        low_s, high_s, chances = worst
        where = {"low_s": low_s, "high_s": high_s}
        return Risk(
            Tier.HIGH, Remark("tier-stretch", _reached(chances, thresholds) | where), limits, stretch_s=(low_s, high_s)
        )
    named = _chance(prediction.leading_pathology, mean)
    if tier is Tier.LOW:
        raised = [w for w in prediction.windows if tier_of(w.probabilities, thresholds) is not Tier.LOW]
        if raised:
            span = raised[0].start_s, _end_of_touching(raised)
            part = Remark("tier-part", {"low_s": span[0], "high_s": span[1]})
            return Risk(Tier.MODERATE, part, limits, stretch_s=span)
        return Risk(tier, Remark("tier-low", {"chance": named}), limits)
    if mean["MI"] >= thresholds.low_mi:
        return Risk(tier, Remark("tier-infarction", {"probability": mean["MI"]}), limits)
    return Risk(tier, Remark("tier-between", {"chance": named}), limits)


def _end_of_touching(windows: Sequence[WindowScore]) -> float:
    """Return where the first of some windows ends, or the last of those that follow it without a break."""
    end_s = windows[0].end_s
    for window in windows[1:]:
        if window.start_s - end_s > TOUCH_S:
            break
        end_s = window.end_s
    return end_s


def _high_stretch(
    windows: Sequence[WindowScore], thresholds: Thresholds
) -> tuple[float, float, dict[str, float]] | None:
    """Return (start, end, probabilities) of the worst stretch in which one class is High, None without one.

    Infarction comes before the others, then what is most probable.
    """
    found = [(code, run) for code in PATHOLOGIES for run in _runs(windows, code, thresholds.high_any)]
    if not found:
        return None
    _, worst = max(found, key=lambda item: (item[0] == "MI", _middle(item[1])[item[0]]))
    return worst[0].start_s, worst[-1].end_s, _middle(worst)


def _runs(windows: Sequence[WindowScore], code: str, limit: float) -> list[Sequence[WindowScore]]:
    """Return the stretches that hold `RUN` windows or more above a limit, with never more than one below beside two."""
    high = [window.probabilities[code] >= limit for window in windows]
    spans: list[tuple[int, int]] = []
    for k in range(len(windows) - RUN + 1):
        three = windows[k : k + RUN]
        together = all(after.start_s - before.end_s <= TOUCH_S for before, after in pairwise(three))
        if together and sum(high[k : k + RUN]) > RUN / 2:
            joined = spans and k < spans[-1][1]
            spans[-1:] = [(spans[-1][0], k + RUN)] if joined else [*spans[-1:], (k, k + RUN)]
    runs = []
    for first, stop in spans:
        inside = [k for k in range(first, stop) if high[k]]
        if len(inside) >= RUN:
            runs.append(windows[inside[0] : inside[-1] + 1])
    return runs


def _middle(run: Sequence[WindowScore]) -> dict[str, float]:
    return {code: median(window.probabilities[code] for window in run) for code in run[0].probabilities}


def _reached(chances: Mapping[str, float], thresholds: Thresholds) -> dict[str, Any]:
    """Return what reaches the limit for High, infarction first, however probable the others are."""
    over = [code for code in PATHOLOGIES if chances[code] >= thresholds.high_any]
    reached = sorted(over, key=lambda code: (code != "MI", -chances[code]))
    return {"chances": tuple(_chance(code, chances, "chance-of") for code in reached), "limit": thresholds.high_any}


def _chance(code: str, probabilities: Mapping[str, float], told: str = "chance") -> Remark:
    return Remark(told, {"what": Remark(f"class-{code}"), "probability": probabilities[code]})
