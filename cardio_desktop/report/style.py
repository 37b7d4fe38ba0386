"""How a report looks: colours and sizes that its pages share."""

from __future__ import annotations

from collections.abc import Mapping

from cardio_desktop.core import colors
from cardio_desktop.core.findings import Tier

RGB = tuple[float, float, float]


def rgb(text: str) -> RGB:
    """Return "#rrggbb" as three shares of one."""
    red, green, blue = colors.rgb(text)
    return red / 255, green / 255, blue / 255


INK = rgb("#101014")
NOTE = rgb("#55555f")
FAINT = rgb("#c9c9d1")
WHITE = rgb("#ffffff")
FINE_GRID = rgb("#f8d9d3")
BOLD_GRID = rgb("#ea9f94")
GAP = rgb("#e3e3ea")
MARK = rgb(colors.BEAT_MARK)
CALIPER = rgb(colors.CALIPER)
ALERT = rgb("#b00020")
CONFIRMED = rgb("#1b5e20")
# Grey and faint: a tinted one could be taken for weak evidence.
WATERMARK = rgb("#eeeef1")
EVIDENCE_FOR = rgb(colors.EVIDENCE_FOR)
EVIDENCE_AGAINST = rgb(colors.EVIDENCE_AGAINST)
BAR = rgb("#5f7f9f")

TIER_COLORS: Mapping[Tier, RGB] = {tier: rgb(color) for tier, color in colors.TIER_COLORS.items()}

FINE_LINE_MM = 0.07
BOLD_LINE_MM = 0.16
TRACE_MM = 0.22


def mix(color: RGB, share: float) -> RGB:
    """Return `color` on white paper, covering `share` of it."""
    red, green, blue = (1 - share * (1 - part) for part in color)
    return red, green, blue
