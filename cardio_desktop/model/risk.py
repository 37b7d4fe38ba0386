"""Risk tiers from calibrated probabilities: infarction first, then any pathology."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from cardio_desktop.core.findings import PATHOLOGIES, Prediction, Quality, Risk, Tier
from cardio_desktop.model.card import Card, Thresholds
from cardio_desktop.words import Remark

ADULT_YEARS = 18
TIERS = (Tier.LOW, Tier.MODERATE, Tier.HIGH)


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
    windows every one must be Low for Low; High follows the mean over the windows.
    """
    limits = card.thresholds.as_mapping()
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
        risk = _assessed(prediction, card.thresholds, limits)
        if quality is not None and quality.reversal:
            return replace(risk, reason=Remark("tier-swapped", {"reason": risk.reason, "swap": quality.reversal}))
        return risk
    return Risk(Tier.NOT_ASSESSED, refusal, limits, paced)


def _assessed(prediction: Prediction, thresholds: Thresholds, limits: dict[str, float]) -> Risk:
    mean = {score.code: score.probability for score in prediction.classes}
    named = _chance(prediction.leading_pathology, mean)
    tier = tier_of(mean, thresholds)
    if tier is Tier.HIGH:
        reached = sorted((code for code in PATHOLOGIES if mean[code] >= thresholds.high_any), key=lambda c: -mean[c])
        # Infarction first, however probable the others are.
        chances = tuple(_chance(code, mean) for code in sorted(reached, key=lambda code: code != "MI"))
        return Risk(tier, Remark("tier-high", {"chances": chances, "limit": thresholds.high_any}), limits)
    if tier is Tier.LOW:
        for window in prediction.windows:
            if tier_of(window.probabilities, thresholds) is not Tier.LOW:
                part = Remark("tier-part", {"low_s": window.start_s, "high_s": window.end_s})
                return Risk(Tier.MODERATE, part, limits)
        return Risk(tier, Remark("tier-low", {"chance": named}), limits)
    if mean["MI"] >= thresholds.low_mi:
        return Risk(tier, Remark("tier-infarction", {"probability": mean["MI"]}), limits)
    return Risk(tier, Remark("tier-between", {"chance": named}), limits)


def _chance(code: str, probabilities: Mapping[str, float]) -> Remark:
    return Remark("chance", {"what": Remark(f"class-{code}"), "probability": probabilities[code]})
