"""How a report looks: colours and sizes that its pages share."""

from __future__ import annotations

from collections.abc import Mapping

from cardio_desktop.core.findings import Tier

RGB = tuple[float, float, float]


def rgb(text: str) -> RGB:
    """Return "#rrggbb" as three shares of one."""
    red, green, blue = (int(text[k : k + 2], 16) / 255 for k in (1, 3, 5))
    return red, green, blue


INK = rgb("#101014")
NOTE = rgb("#55555f")
FAINT = rgb("#c9c9d1")
WHITE = rgb("#ffffff")
FINE_GRID = rgb("#f8d9d3")
BOLD_GRID = rgb("#ea9f94")
GAP = rgb("#e3e3ea")
MARK = rgb("#7a1fa2")
ALERT = rgb("#b00020")
# Grey and faint: a tinted one could be taken for weak evidence.
WATERMARK = rgb("#eeeef1")
# Vermilion and blue of Okabe and Ito (2008): distinct under protanopia, deuteranopia and tritanopia.
EVIDENCE_FOR = rgb("#d55e00")
EVIDENCE_AGAINST = rgb("#0072b2")
BAR = rgb("#5f7f9f")

# The word carries the meaning, the colour only repeats it.
TIER_COLORS: Mapping[Tier, RGB] = {
    Tier.LOW: rgb("#2f6f9f"),
    Tier.MODERATE: rgb("#a86400"),
    Tier.HIGH: rgb("#a3261c"),
    Tier.NOT_ASSESSED: rgb("#55555f"),
}

FINE_LINE_MM = 0.07
BOLD_LINE_MM = 0.16
TRACE_MM = 0.22


def mix(color: RGB, share: float) -> RGB:
    """Return `color` on white paper, covering `share` of it."""
    red, green, blue = (1 - share * (1 - part) for part in color)
    return red, green, blue
