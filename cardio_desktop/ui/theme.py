"""Colours of the window around the paper."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette

from cardio_desktop.core.findings import Tier

# Text on tier colours is white and stands at a contrast of 4.5 or more.
TIER_COLORS = {
    Tier.LOW: "#1b6e53",
    Tier.MODERATE: "#8a5a00",
    Tier.HIGH: "#a62b17",
    Tier.NOT_ASSESSED: "#55555f",
}
TIER_MEANING = {
    Tier.LOW: "The network found little that speaks for disease. A Low tier does not rule out disease.",
    Tier.MODERATE: "Neither clearly unremarkable nor clearly abnormal: read with care.",
    Tier.HIGH: "The network found strong signs of at least one pathology. Confirm by reading the trace.",
    Tier.NOT_ASSESSED: "The network gives no opinion on this record.",
}
BAR = QColor("#3d6fa5")
BAR_CHOSEN = QColor("#c25a12")
NOT_A_DIAGNOSIS = "Decision support for trained readers, not a diagnosis."


def is_dark(palette: QPalette) -> bool:
    """Return whether the window stands on a dark background."""
    return palette.color(QPalette.ColorRole.Window).lightnessF() < 0.5
