"""Fixed texts of every front end, in English and German, and small helpers on quality."""

from __future__ import annotations

from cardio_desktop.core.findings import CLASS_NAMES, Quality, Tier
from cardio_desktop.words import Remark, say
from cardio_desktop.words.writing import EN, capital

DISCLAIMER = say(Remark("disclaimer"))
LOW_IS_NOT_NO = say(Remark("meaning-Low"))
SCOPE = say(Remark("scope"))
TIER_MEANINGS = {tier: say(Remark(f"meaning-{tier.value}")) for tier in Tier}

# fmt: off
RHYTHM_STATEMENTS = (
    "SR", "AFIB", "AFLT", "STACH", "SBRAD", "SARRH", "SVARR", "SVTAC", "PSVT", "BIGU", "TRIGU", "PACE",
)
# fmt: on
"""The rhythms of PTB-XL's statements."""
UNTOLD_STATEMENTS = ("NORM", *RHYTHM_STATEMENTS)
"""A class already, and rhythms, of which `SCOPE` says that they are not assessed; the JSON lists them all."""


def disclaimer(language: str = "en") -> str:
    """Return what the program is not, in one language."""
    return say(Remark("disclaimer"), language)


def scope(language: str = "en") -> str:
    """Return what nobody looked for, in one language."""
    return say(Remark("scope"), language)


def tier_meaning(tier: Tier, language: str = "en") -> str:
    """Return what a tier stands for, in one language."""
    return say(Remark(f"meaning-{tier.value}"), language)


def tier_name(tier: Tier, language: str = "en") -> str:
    """Return the one word of a tier, in one language."""
    return tier.value if language == "en" else say(Remark(f"tier-{tier.value}"), language)


def percent(probability: float) -> str:
    """Return a probability as whole percent; never as 0 or 100."""
    return EN.percent(probability)


def class_name(code: str, language: str = "en") -> str:
    """Return a class in words."""
    return capital(say(Remark(f"class-{code}"), language)) if code in CLASS_NAMES else code


def leads_by_reason(quality: Quality) -> list[tuple[list[str], tuple[Remark, ...]]]:
    """Return the leads that cannot be used with their reasons, those with the same reasons together."""
    by_reason: dict[tuple[Remark, ...], list[str]] = {}
    for name, lead in quality.leads.items():
        if not lead.usable:
            by_reason.setdefault(lead.reasons, []).append(name)
    return [(names, reasons) for reasons, names in by_reason.items()]
