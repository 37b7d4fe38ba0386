"""Colours of the window around the paper."""

from __future__ import annotations

from PySide6.QtGui import QColor

BAR = QColor("#3d6fa5")
BAR_CHOSEN = QColor("#c25a12")
