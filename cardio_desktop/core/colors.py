"""Colours that mean the same on screen and on paper, as "#rrggbb"."""

from __future__ import annotations

from cardio_desktop.core.findings import Tier

# Vermilion and blue of Okabe and Ito (2008): distinct under protanopia, deuteranopia and tritanopia.
EVIDENCE_FOR = "#d55e00"
EVIDENCE_AGAINST = "#0072b2"
BEAT_MARK = "#7a1fa2"
CALIPER = "#00695c"

# White words on them have a contrast of 4.5 or more. The word carries the meaning, the colour only repeats it.
TIER_COLORS: dict[Tier, str] = {
    Tier.LOW: "#2f6f9f",
    Tier.MODERATE: "#8a5a00",
    Tier.HIGH: "#a3261c",
    Tier.NOT_ASSESSED: "#55555f",
}

STATE_COLORS: dict[str, str] = {"new": "#55555f", "read": "#8a5a00", "signed": "#1f6b3a", "amended": "#5b3f8f"}
"""The states of a reading; as with tiers, the word carries the meaning."""


def rgb(text: str) -> tuple[int, int, int]:
    """Return "#rrggbb" as three numbers from 0 to 255."""
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)
