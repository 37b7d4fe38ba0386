"""The pages of a report on anything that QPainter draws on: what a PDF shows, a printer prints, to the millimetre."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QImage, QPainter, QPen, QPolygonF

from cardio_desktop.core.units import MM_PER_INCH, POINTS_PER_MM
from cardio_desktop.paths import intact
from cardio_desktop.report import fonts
from cardio_desktop.report.sheet import SIZE_PT, Sheet
from cardio_desktop.report.style import INK, RGB

UNITS_PER_MM = 100.0
"""Letters come in whole units: so small that the size of the smallest ones is right to a third of a percent."""


@cache
def _family(bold: bool) -> str:
    """Return the family of the report's letters; the files are those that the PDF embeds."""
    name = fonts.BOLD if bold else fonts.REGULAR
    number = QFontDatabase.addApplicationFont(str(intact(f"resources/fonts/{name}.ttf")))
    return QFontDatabase.applicationFontFamilies(number)[0]


@dataclass(frozen=True)
class PaintedSheet(Sheet):
    """A sheet whose canvas is a painter with its origin in the sheet's upper left corner; use it inside `scaled`."""

    px_per_mm: float = 1.0

    @contextmanager
    def scaled(self) -> Iterator[None]:
        """Have the painter count in units meanwhile."""
        painter: QPainter = self.canvas
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(self.px_per_mm / UNITS_PER_MM, self.px_per_mm / UNITS_PER_MM)
        try:
            yield
        finally:
            painter.restore()

    def x(self, mm: float) -> float:
        """Return a length or a horizontal place in units."""
        return mm * UNITS_PER_MM

    def y(self, mm: float) -> float:
        """Return the vertical place in units."""
        return mm * UNITS_PER_MM

    def polyline(self, x_mm: NDArray[np.float64], y_mm: NDArray[np.float64], color: RGB, line_mm: float) -> None:
        """Draw one line through all points; a single point becomes a dot."""
        self._pen(color, line_mm)
        points = [
            QPointF(x, y) for x, y in zip((x_mm * UNITS_PER_MM).tolist(), (y_mm * UNITS_PER_MM).tolist(), strict=True)
        ]
        if len(points) == 1:
            self.canvas.drawPoint(points[0])
        else:
            self.canvas.drawPolyline(QPolygonF(points))

    def lines(self, ends: Iterable[tuple[float, float, float, float]], color: RGB, line_mm: float) -> None:
        """Draw separate straight lines (x, y, x, y)."""
        self._pen(color, line_mm)
        for x0, y0, x1, y1 in ends:
            self.canvas.drawLine(QPointF(self.x(x0), self.y(y0)), QPointF(self.x(x1), self.y(y1)))

    def dotted(self, x_mm: float, top_mm: float, bottom_mm: float, color: RGB, line_mm: float) -> None:
        """Draw an upright dotted line."""
        self._pen(color, line_mm)
        pen = self.canvas.pen()
        pen.setDashPattern([points / POINTS_PER_MM / line_mm for points in (0.5, 2.0)])
        self.canvas.setPen(pen)
        self.canvas.drawLine(QPointF(self.x(x_mm), self.y(top_mm)), QPointF(self.x(x_mm), self.y(bottom_mm)))

    def rectangles(self, boxes: Iterable[tuple[float, float, float, float]], color: RGB) -> None:
        """Fill boxes (left, top, width, height)."""
        for box in boxes:
            self.canvas.fillRect(self._rect(*box), QColor.fromRgbF(*color))

    def triangles(self, tips: Iterable[tuple[float, float]], half_mm: float, color: RGB) -> None:
        """Fill triangles that point down to (x, y)."""
        self.canvas.setPen(Qt.PenStyle.NoPen)
        self.canvas.setBrush(QColor.fromRgbF(*color))
        for x, y in tips:
            corners = ((x, y), (x - half_mm, y - 1.8 * half_mm), (x + half_mm, y - 1.8 * half_mm))
            self.canvas.drawPolygon(QPolygonF([QPointF(self.x(a), self.y(b)) for a, b in corners]))
        self.canvas.setBrush(Qt.BrushStyle.NoBrush)

    def picture(self, png: bytes, left: float, top: float, width: float, height: float) -> None:
        """Draw a picture into a box."""
        self.canvas.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self.canvas.drawImage(self._rect(left, top, width, height), QImage.fromData(png))

    def text(
        self,
        x_mm: float,
        y_mm: float,
        text: str,
        *,
        size_pt: float = SIZE_PT,
        bold: bool = False,
        color: RGB = INK,
        align: str = "left",
        width_mm: float | None = None,
    ) -> None:
        """Write one line with its base line at `y_mm`; what is wider than `width_mm` ends in an ellipsis."""
        room = width_mm * POINTS_PER_MM if width_mm is not None else 1e9
        shown = fonts.shorten(text, room, size_pt, bold)
        shift_mm = {"left": 0.0, "center": 0.5, "right": 1.0}[align] * fonts.width(shown, size_pt, bold) / POINTS_PER_MM
        self.canvas.setFont(_font(size_pt, bold))
        self.canvas.setPen(QColor.fromRgbF(*color))
        self.canvas.drawText(QPointF(self.x(x_mm - shift_mm), self.y(y_mm)), shown)

    @contextmanager
    def clipped(self, left: float, top: float, width: float, height: float) -> Iterator[None]:
        """Keep what is drawn meanwhile inside a box."""
        self.canvas.save()
        self.canvas.setClipRect(self._rect(left, top, width, height), Qt.ClipOperation.IntersectClip)
        yield
        self.canvas.restore()

    @contextmanager
    def shrunk(self, scale: float) -> Iterator[None]:
        """Draw meanwhile `scale` times as large, from the upper left corner."""
        self.canvas.save()
        self.canvas.scale(scale, scale)
        yield
        self.canvas.restore()

    def watermark(self, text: str, color: RGB) -> None:
        """Write `text` large across the page; call it before anything else, so that it stands behind."""
        size = 90.0
        self.canvas.save()
        self.canvas.translate(self.x(self.width_mm / 2), self.y(self.height_mm / 2))
        self.canvas.rotate(-28)
        left, base = -fonts.width(text, size, True) / 2 / POINTS_PER_MM, size / 3 / POINTS_PER_MM
        self.text(left, base, text, size_pt=size, bold=True, color=color)
        self.canvas.restore()

    def _rect(self, left: float, top: float, width: float, height: float) -> QRectF:
        return QRectF(self.x(left), self.y(top), self.x(width), self.x(height))

    def _pen(self, color: RGB, line_mm: float) -> None:
        pen = QPen(QColor.fromRgbF(*color), self.x(line_mm))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        self.canvas.setPen(pen)


def _font(size_pt: float, bold: bool) -> QFont:
    font = QFont(_family(bold))
    font.setBold(bold)
    font.setPixelSize(max(math.floor(size_pt / 72.0 * MM_PER_INCH * UNITS_PER_MM + 0.5), 1))
    font.setKerning(False)  # the widths by which lines are broken know none
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font
