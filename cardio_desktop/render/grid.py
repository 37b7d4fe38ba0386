"""Millimetre paper."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPixmap

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


def _screen_grid(device: Device, width: int, height: int, colors: PaperColors) -> QPixmap:
    """Return `width` by `height` device pixels of paper, the same that `paint_grid` draws, in a fifth of its time.

    Upright lines make one row of pixels, which is then copied to all rows: drawn one by one they touch every row of
    memory for each line.
    """
    image = QImage(width, height, QImage.Format.Format_RGB32)
    stride = image.bytesPerLine() // 4
    rows = np.frombuffer(image.bits(), dtype=np.uint32).reshape(height, stride)[:, :width]
    across = np.full(width, QColor(colors.paper).rgb(), dtype=np.uint32)
    level = np.empty_like(across)
    down: list[tuple[NDArray[np.int64], int, bool]] = []
    for step_mm, color, bold in ((FINE_MM, colors.fine, False), (BOLD_MM, colors.bold, True)):
        if step_mm * min(device.px_per_mm_x, device.px_per_mm_y) * device.ratio < MIN_FINE_PX:
            continue
        value: int = QColor(color).rgb()
        across[_places(device.origin_x, device.px_per_mm_x * step_mm, device.ratio, width)] = value
        down.append((_places(device.origin_y, device.px_per_mm_y * step_mm, device.ratio, height), value, bold))
    rows[:] = across
    for places, value, is_bold in down:
        # A bold upright line runs on through a fine level one.
        level[:] = value
        if not is_bold:
            keep = across == QColor(colors.bold).rgb()
            level[keep] = across[keep]
        rows[places] = level
    del rows
    pixmap = QPixmap.fromImage(image)
    pixmap.setDevicePixelRatio(device.ratio)
    return pixmap


def _places(origin_px: float, step_px: float, ratio: float, size: int) -> NDArray[np.int64]:
    """Return the device pixels on which the lines of one direction lie, each rounded by itself."""
    first, last = math.ceil(-origin_px / step_px), math.floor((size / ratio - origin_px) / step_px)
    places = np.floor((origin_px + np.arange(first, last + 1) * step_px) * ratio).astype(np.int64)
    seen: NDArray[np.int64] = places[(places >= 0) & (places < size)]
    return seen


class GridCache:
    """The paper as a pixmap, drawn anew only when its place or size changes: moving in time moves the trace alone."""

    def __init__(self) -> None:
        self._key: tuple[object, ...] | None = None
        self._pixmap = QPixmap()

    def pixmap(self, device: Device, width_px: float, height_px: float, colors: PaperColors) -> QPixmap:
        """Return the paper for a view of the given size in logical pixels."""
        key = (device, width_px, height_px, colors)
        if key != self._key:
            size = math.ceil(width_px * device.ratio), math.ceil(height_px * device.ratio)
            pixmap = _screen_grid(device, *size, colors)
            self._key, self._pixmap = key, pixmap
        return self._pixmap
