"""Risk tiers from calibrated probabilities: infarction first, then any pathology."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from cardio_desktop.core.findings import CLASS_NAMES, PATHOLOGIES, Prediction, Quality, Risk, Tier
from cardio_desktop.model.card import Card, Thresholds

PACED_REASON = "A pacemaker drives the rhythm; paced beats hide what the network looks for."
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
    reason: str | None = None,
) -> Risk:
    """Return the tier with its reason.

    Not assessed: no prediction (`reason` says why), under 18, paced rhythm, unusable quality. Of a recording of several
    windows every one must be Low for Low; High follows the mean over the windows.
    """
    limits = card.thresholds.as_mapping()
    if age_years is not None and age_years < ADULT_YEARS:
        refusal = f"The patient is under {ADULT_YEARS}; the network was trained on adults."
    elif paced:
        refusal = PACED_REASON
    elif quality is not None and not quality.usable:
        refusal = f"The signal quality does not allow it: {'; '.join(quality.reasons) or 'too noisy'}."
    elif prediction is None:
        refusal = reason or "The network gave no opinion."
    else:
        risk = _assessed(prediction, card.thresholds, limits)
        if quality is not None and quality.reversal:
            doubt = f"The electrodes {quality.reversal} seem swapped: the network's opinion may be wrong."
            return replace(risk, reason=f"{risk.reason} {doubt}")
        return risk
    return Risk(Tier.NOT_ASSESSED, refusal, limits)


def _assessed(prediction: Prediction, thresholds: Thresholds, limits: dict[str, float]) -> Risk:
    mean = {score.code: score.probability for score in prediction.classes}
    leading = prediction.leading_pathology
    named = _named(leading, mean)
    tier = tier_of(mean, thresholds)
    if tier is Tier.HIGH:
        reached = sorted((code for code in PATHOLOGIES if mean[code] >= thresholds.high_any), key=lambda c: -mean[c])
        # Infarction first, however probable the others are.
        named = _listed([_named(code, mean) for code in sorted(reached, key=lambda code: code != "MI")])
        return Risk(tier, f"Probability of {named}, at or above {_percent(thresholds.high_any)}.", limits)
    if tier is Tier.LOW:
        for window in prediction.windows:
            if tier_of(window.probabilities, thresholds) is not Tier.LOW:
                span = f"{window.start_s:.0f}-{window.end_s:.0f} s"
                text = f"Low over the whole recording, but the stretch {span} is not."
                return Risk(Tier.MODERATE, text, limits)
        text = f"Infarction and all other pathologies lie below the limits for Low; the highest is {named}."
        return Risk(tier, text, limits)
    if mean["MI"] >= thresholds.low_mi:
        text = (
            f"Infarction {_percent(mean['MI'])} is too probable for Low, and no pathology reaches the limit for High."
        )
    else:
        text = f"Probability of {named}: too high for Low, below the limit for High."
    return Risk(tier, text, limits)


def _named(code: str, probabilities: Mapping[str, float]) -> str:
    name = CLASS_NAMES[code]
    return f"{name if code == 'STTC' else name.lower()} {_percent(probabilities[code])}"


def _listed(parts: list[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def _percent(probability: float) -> str:
    percent = 100 * probability
    return f"{percent:.0f} %" if 1 <= percent <= 99 else f"{percent:.1f} %"
