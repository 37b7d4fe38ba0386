"""Millimetre paper."""

from __future__ import annotations

import math

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from cardio_desktop.core.paper import BOLD_MM, FINE_MM
from cardio_desktop.render.colors import PaperColors
from cardio_desktop.render.device import Device

FINE_SHARE, BOLD_SHARE = 0.4, 0.6
"""Width of the grid's lines over that of the trace."""
MIN_FINE_PX = 2.5
"""Below this many device pixels a millimetre the fine lines would merge into a tint, and are left out."""


def paint_grid(painter: QPainter, device: Device, area_px: QRectF, colors: PaperColors) -> None:
    """Fill `area_px` with paper whose bold lines run through the device's origin.

    Lines are snapped to device pixels one by one, so that each stands within half a pixel of its true place and
    the error never adds up.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.fillRect(area_px, QColor(colors.paper))
    for step_mm, color, share in ((FINE_MM, colors.fine, FINE_SHARE), (BOLD_MM, colors.bold, BOLD_SHARE)):
        if step_mm * min(device.px_per_mm_x, device.px_per_mm_y) * device.ratio < MIN_FINE_PX:
            continue
        pen = QPen(QColor(color))
        # On paper thinner than the trace, on screen nothing is thinner than a pixel.
        pen.setWidthF(max(device.hairline_px * share, 1.0 / device.ratio))
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawLines(_lines(device, area_px, step_mm))
    painter.restore()


def _lines(device: Device, area: QRectF, step_mm: float) -> list[QLineF]:
    half = 0.5 / device.ratio
    lines = []
    for k in range(math.ceil(device.mm_x(area.left()) / step_mm), math.floor(device.mm_x(area.right()) / step_mm) + 1):
        x = math.floor(device.x(k * step_mm) * device.ratio) / device.ratio + half
        lines.append(QLineF(x, area.top(), x, area.bottom()))
    for k in range(math.ceil(device.mm_y(area.top()) / step_mm), math.floor(device.mm_y(area.bottom()) / step_mm) + 1):
        y = math.floor(device.y(k * step_mm) * device.ratio) / device.ratio + half
        lines.append(QLineF(area.left(), y, area.right(), y))
    return lines


class GridCache:
    """The paper as a pixmap, drawn anew only when its place or size changes: moving in time moves the trace alone."""

    def __init__(self) -> None:
        self._key: tuple[object, ...] | None = None
        self._pixmap = QPixmap()

    def pixmap(self, device: Device, width_px: float, height_px: float, colors: PaperColors) -> QPixmap:
        """Return the paper for a view of the given size in logical pixels."""
        key = (device, width_px, height_px, colors)
        if key != self._key:
            pixmap = QPixmap(math.ceil(width_px * device.ratio), math.ceil(height_px * device.ratio))
            pixmap.setDevicePixelRatio(device.ratio)
            painter = QPainter(pixmap)
            paint_grid(painter, device, QRectF(0, 0, width_px + 1, height_px + 1), colors)
            painter.end()
            self._key, self._pixmap = key, pixmap
        return self._pixmap
