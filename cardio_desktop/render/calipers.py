"""Paints calipers: on screen, pictures and the printer alike."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from cardio_desktop.core.caliper_paper import CaliperDrawing, CaliperLine, Part
from cardio_desktop.render.colors import PaperColors
from cardio_desktop.render.device import Device
from cardio_desktop.render.sheet import text_font

GRIP_PX = 3.0


def paint_calipers(
    painter: QPainter,
    drawings: Sequence[CaliperDrawing],
    device: Device,
    colors: PaperColors,
    selected: str | None = None,
    part: Part | None = None,
) -> None:
    """Draw calipers with their readings; the `selected` one gets grips, filled on the `part` that keys move."""
    pen = QPen(QColor(colors.caliper))
    pen.setWidthF(device.hairline_px)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    faint = QPen(pen)
    faint.setDashPattern([3.0, 4.0])
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for drawing in drawings:
        for line in drawing.lines:
            painter.setPen(faint if line.part is Part.MARCH else pen)
            painter.drawLine(_pixels(line, device))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    for drawing in drawings:
        if drawing.caliper.id == selected:
            _paint_grips(painter, drawing, device, colors, part)
        _paint_label(painter, drawing, device, colors, chosen=drawing.caliper.id == selected)


def _pixels(line: CaliperLine, device: Device) -> QLineF:
    return QLineF(device.x(line.x0_mm), device.y(line.y0_mm), device.x(line.x1_mm), device.y(line.y1_mm))


def _paint_grips(
    painter: QPainter, drawing: CaliperDrawing, device: Device, colors: PaperColors, part: Part | None
) -> None:
    pen = QPen(QColor(colors.caliper))
    pen.setWidthF(device.hairline_px)
    painter.setPen(pen)
    for line in drawing.lines:
        if line.part is Part.MARCH:
            continue
        painter.setBrush(QColor(colors.caliper if part in (line.part, Part.WHOLE) else colors.paper))
        at = _pixels(line, device).center()
        painter.drawRect(QRectF(at.x() - GRIP_PX, at.y() - GRIP_PX, 2 * GRIP_PX, 2 * GRIP_PX))
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _paint_label(
    painter: QPainter, drawing: CaliperDrawing, device: Device, colors: PaperColors, *, chosen: bool
) -> None:
    if not drawing.label:
        return
    painter.setFont(text_font(device, 2.7, bold=chosen))
    metrics = QFontMetricsF(painter.font())
    width = max(metrics.horizontalAdvance(text) for text in drawing.label)
    height = metrics.height() * len(drawing.label)
    strip = drawing.strip
    left_limit, right_limit = device.x(strip.x_mm), device.x(strip.x_mm + strip.width_mm)
    top_limit = device.y(strip.top_mm)
    left = max(min(device.x(drawing.label_x_mm), right_limit - width - 3), left_limit + 2)
    top = max(device.y(drawing.label_y_mm) - height, top_limit + 1)
    halo = QColor(colors.paper)
    halo.setAlpha(130)  # the trace stays to be seen
    painter.fillRect(QRectF(left - 2, top, width + 4, height), halo)
    painter.setPen(QColor(colors.caliper))
    for number, text in enumerate(drawing.label):
        painter.drawText(QPointF(left, top + number * metrics.height() + metrics.ascent()), text)
