"""What stands beside and under the traces of a live page: names, reasons, calibration pulses, times."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from cardio_desktop.core.paper import BOLD_MM
from cardio_desktop.core.units import CALIBRATION_MV, CALIBRATION_S
from cardio_desktop.render.colors import PaperColors
from cardio_desktop.render.sheet import text_font, time_of_line
from cardio_desktop.ui.live.live_page import LivePage, PageColumn

NAME_MM, REASON_MM, TIME_MM = 3.4, 2.5, 2.6
"""The size of letters, as on the paper of a record."""
LEAST_TIME_MM = 12.0
TIME_STEPS_S = (1, 2)
"""Seconds between two times under the page, the first that keeps them apart: 2 s at 6.25 mm/s, the slowest speed."""


@dataclass(frozen=True)
class LeadState:
    """What is said of a lead beside its name: "" where it can be read."""

    reason: str = ""
    tip: str = ""


def paint_names(
    painter: QPainter, page: LivePage, column: PageColumn, states: Mapping[str, LeadState], colors: PaperColors
) -> None:
    """Write the leads of a column: grey with the reason where one cannot be read, else with the pulse."""
    device, gutter = page.device, page.gutter(column)
    bold, small = text_font(device, NAME_MM, bold=True), text_font(device, REASON_MM)
    metrics, least = QFontMetricsF(bold), (page.gain_mm_per_mv * CALIBRATION_MV + 1.0) * device.px_per_mm_y
    for lead, row in zip(column.leads, column.picture.rows, strict=True):
        top, height = row.top / page.ratio, (row.bottom - row.top) / page.ratio
        reason = states.get(lead, LeadState()).reason
        left = gutter.left() + 1.2 * device.px_per_mm_x
        base = top + height / 2 + (metrics.ascent() - metrics.descent()) / 2
        if reason:
            base = top + height / 2 - 0.8 * device.px_per_mm_y
        painter.setFont(bold)
        painter.setPen(QColor(colors.note if reason else colors.label))
        painter.drawText(QPointF(left, base), lead)
        if reason:
            painter.setFont(small)
            room = QRectF(left, base + 0.6 * device.px_per_mm_y, gutter.right() - left - 2, height)
            painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap, reason)
        elif row is column.picture.rows[0] or height > least:
            # In rows that are lower than it the pulses of all would run into one.
            _paint_pulse(painter, page, gutter, top + height / 2, colors)


def _paint_pulse(painter: QPainter, page: LivePage, gutter: QRect, middle: float, colors: PaperColors) -> None:
    """Draw one millivolt for a fifth of a second, no wider than a big square, at the right of the gutter."""
    device = page.device
    high = page.gain_mm_per_mv * CALIBRATION_MV * device.px_per_mm_y
    wide = min(page.speed_mm_per_s * CALIBRATION_S, BOLD_MM) * device.px_per_mm_x
    right, foot = gutter.right() - 0.6 * device.px_per_mm_x, middle + high / 2
    left = right - wide
    pen = QPen(QColor(colors.trace))
    pen.setWidthF(device.hairline_px)
    painter.setPen(pen)
    points = ((left - device.px_per_mm_x, foot), (left, foot), (left, foot - high), (right, foot - high), (right, foot))
    painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in points]))


def paint_times(painter: QPainter, page: LivePage, start_s: float, colors: PaperColors) -> None:
    """Write the seconds under a frozen page that begins at `start_s`."""
    device, foot, end_s = page.device, page.foot, start_s + page.picture.seconds
    painter.setFont(text_font(device, TIME_MM))
    painter.setPen(QColor(colors.note))
    metrics = QFontMetricsF(painter.font())
    step = next(step for step in TIME_STEPS_S if step * page.speed_mm_per_s >= LEAST_TIME_MM)
    tick = foot + 1.0 * device.px_per_mm_y
    for column in page.columns:
        left, right = column.left / page.ratio, (column.left + column.picture.width) / page.ratio
        time_s = max(-(-start_s // step), 0.0) * step
        while time_s <= end_s:
            x = (column.left + (time_s - start_s) * column.picture.scale.px_per_s) / page.ratio
            words = time_of_line(time_s)
            wide = metrics.horizontalAdvance(words)
            painter.drawLine(QPointF(x, foot), QPointF(x, tick))
            if x + wide / 2 < right:
                painter.drawText(QPointF(max(x - wide / 2, left), tick + metrics.ascent()), words)
            time_s += step
