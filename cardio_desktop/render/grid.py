"""Millimetre paper."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QRect, QRectF, Qt
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


@dataclass(frozen=True, eq=False)
class ScreenPaper:
    """The paper of a screen, the very pixels that `paint_grid` draws, as what it is made of: three kinds of rows.

    `rows` holds a row of device pixels between the level lines, one on a fine and one on a bold line; `kinds` says
    which stands where. Three rows are soon made, soon laid over with evidence, and stay near the processor while they
    are copied down the screen: a picture of the whole would have to be read from memory for each frame.
    """

    ratio: float
    rows: NDArray[np.uint32]
    kinds: NDArray[np.uint8]

    @property
    def height(self) -> int:
        """Its height in device pixels."""
        return len(self.kinds)

    def row_image(self) -> QImage:
        """Return the three rows as an image of their own, in device pixels."""
        count, width = self.rows.shape
        image = QImage(self.rows.tobytes(), width, count, 4 * width, QImage.Format.Format_RGB32)
        return image.copy()  # the copy owns its pixels

    def paint(self, painter: QPainter, top: int = 0, bottom: int | None = None, rows: QImage | None = None) -> None:
        """Paint the device pixels from row `top` to before `bottom`, of `rows` if these were changed."""
        bottom = self.height if bottom is None else min(bottom, self.height)
        top = max(top, 0)
        if bottom <= top:
            return
        rows = self.row_image() if rows is None else rows
        width = rows.width()
        plain, *lines = (QPixmap.fromImage(rows.copy(0, kind, width, 1)) for kind in range(rows.height()))
        painter.save()
        painter.scale(1.0 / self.ratio, 1.0 / self.ratio)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        painter.drawTiledPixmap(QRect(0, top, width, bottom - top), plain)
        kinds = self.kinds[top:bottom]
        for place in np.flatnonzero(kinds).tolist():
            painter.drawPixmap(0, top + place, lines[kinds[place] - 1])
        painter.restore()


def screen_paper(device: Device, width: int, height: int, colors: PaperColors) -> ScreenPaper:
    """Return `width` by `height` device pixels of paper."""
    plain = np.full(width, QColor(colors.paper).rgb(), dtype=np.uint32)
    rows = np.empty((3, width), dtype=np.uint32)
    kinds = np.zeros(height, dtype=np.uint8)
    shown = []
    for kind, step_mm, color in ((1, FINE_MM, colors.fine), (2, BOLD_MM, colors.bold)):
        if step_mm * min(device.px_per_mm_x, device.px_per_mm_y) * device.ratio < MIN_FINE_PX:
            continue
        value: int = QColor(color).rgb()
        plain[_places(device.origin_x, device.px_per_mm_x * step_mm, device.ratio, width)] = value
        kinds[_places(device.origin_y, device.px_per_mm_y * step_mm, device.ratio, height)] = kind
        shown.append((kind, value))
    rows[:] = plain
    for kind, value in shown:
        rows[kind] = value
        if kind == 1:
            # A bold upright line runs on through a fine level one.
            bold = plain == QColor(colors.bold).rgb()
            rows[kind, bold] = plain[bold]
    return ScreenPaper(device.ratio, rows, kinds)


def _places(origin_px: float, step_px: float, ratio: float, size: int) -> NDArray[np.int64]:
    """Return the device pixels on which the lines of one direction lie, each rounded by itself."""
    first, last = math.ceil(-origin_px / step_px), math.floor((size / ratio - origin_px) / step_px)
    places = np.floor((origin_px + np.arange(first, last + 1) * step_px) * ratio).astype(np.int64)
    seen: NDArray[np.int64] = places[(places >= 0) & (places < size)]
    return seen


class PaperCache:
    """The paper of a view, made anew only when its place or size changes: moving in time moves the trace alone."""

    def __init__(self) -> None:
        self._key: tuple[object, ...] | None = None
        self._paper: ScreenPaper | None = None

    def paper(self, device: Device, width_px: float, height_px: float, colors: PaperColors) -> ScreenPaper:
        """Return the paper for a view of the given size in logical pixels."""
        key = (device, width_px, height_px, colors)
        if self._paper is None or key != self._key:
            size = math.ceil(width_px * device.ratio), math.ceil(height_px * device.ratio)
            self._key, self._paper = key, screen_paper(device, *size, colors)
        return self._paper
