"""Median beats of two records over one another, R on R, lead by lead on millimetre paper."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from cardio_desktop.app.i18n import tr
from cardio_desktop.core.findings import MedianBeat
from cardio_desktop.core.leads import LEADS12
from cardio_desktop.render.colors import RED_PAPER
from cardio_desktop.render.device import Device
from cardio_desktop.render.grid import paint_grid
from cardio_desktop.render.traces import polygon
from cardio_desktop.ui.paper.captions import figure

SPEED_MM_PER_S = 50.0
GAIN_MM_PER_MV = 10.0
BEFORE_COLOR, AFTER_COLOR = "#0072b2", RED_PAPER.trace
COLUMNS = 4


class TwoBeats(QWidget):
    """Draws the leads that both records have; before in blue, after in black, on one scale."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("two-beats")
        self.setAccessibleName(tr("Median beats of both records over one another"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.before: MedianBeat | None = None
        self.after: MedianBeat | None = None
        self.reason = ""

    def sizeHint(self) -> QSize:
        """Return room for three rows of four leads."""
        return QSize(900, 620)

    def show_beats(self, before: MedianBeat | None, after: MedianBeat | None, reason: str) -> None:
        """Show two median beats, or say why there are none."""
        self.before, self.after, self.reason = before, after, reason
        self.update()

    def leads(self) -> list[str]:
        """Return the leads that both have, in the usual order."""
        if self.before is None or self.after is None:
            return []
        both = set(self.before.leads) & set(self.after.leads)
        return [lead for lead in LEADS12 if lead in both] + sorted(both - set(LEADS12))

    def cells(self) -> list[tuple[str, QRectF]]:
        """Return the place of each lead: limb leads in the first columns, chest leads in the others."""
        leads = self.leads()
        rows = max(-(-len(leads) // COLUMNS), 1)
        wide, high = self.width() / COLUMNS, (self.height() - self._foot_px()) / rows
        return [(lead, QRectF(k // rows * wide, k % rows * high, wide, high)) for k, lead in enumerate(leads)]

    def device_of(self, box: QRectF) -> Device:
        """Return the map from millimetres, from R and 0 mV on, to pixels of one lead's cell."""
        assert self.before is not None
        assert self.after is not None
        low_s, high_s, low_mv, high_mv = self._ranges()
        wide_mm = (high_s - low_s) * SPEED_MM_PER_S
        high_mm = (high_mv - low_mv) * GAIN_MM_PER_MV
        scale = max(min((box.width() - 4) / wide_mm, (box.height() - 4) / high_mm), 0.2)
        x = box.left() + (box.width() - wide_mm * scale) / 2 - low_s * SPEED_MM_PER_S * scale
        y = box.top() + (box.height() - high_mm * scale) / 2 + high_mv * GAIN_MM_PER_MV * scale
        return Device(scale, scale, round(x), round(y), self.devicePixelRatioF())

    def _ranges(self) -> tuple[float, float, float, float]:
        lows, highs, tops, bottoms = [], [], [0.5], [-0.3]
        for median in (self.before, self.after):
            assert median is not None
            lows.append(-median.zero / median.rate_hz)
            highs.append((median.samples_mv.shape[1] - 1 - median.zero) / median.rate_hz)
            for lead in self.leads():
                row = median.of(lead)
                if np.isfinite(row).any():
                    tops.append(float(np.nanmax(row)))
                    bottoms.append(float(np.nanmin(row)))
        return min(lows), max(highs), min(bottoms) - 0.1, max(tops) + 0.1

    def _foot_px(self) -> float:
        return QFontMetricsF(self.font()).height() + 8

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint every lead and the legend."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cells = self.cells()
        if not cells:
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self.reason)
            painter.end()
            return
        for lead, box in cells:
            painter.save()
            inner = box.adjusted(1, 1, -1, -1)
            painter.setClipRect(inner)
            device = self.device_of(inner)
            paint_grid(painter, device, inner, RED_PAPER)
            for median, color in ((self.before, BEFORE_COLOR), (self.after, AFTER_COLOR)):
                assert median is not None
                self._paint_beat(painter, median, lead, color, device)
            painter.setPen(QColor(RED_PAPER.label))
            painter.drawText(QPointF(inner.left() + 4, inner.top() + QFontMetricsF(painter.font()).ascent() + 2), lead)
            painter.restore()
        self._paint_legend(painter, self.device_of(cells[0][1].adjusted(1, 1, -1, -1)))
        painter.end()

    def _paint_beat(self, painter: QPainter, median: MedianBeat, lead: str, color: str, device: Device) -> None:
        row = median.of(lead).astype(np.float64)
        known = np.isfinite(row)
        times_s = (np.arange(row.size) - median.zero) / median.rate_hz
        x = device.origin_x + times_s * SPEED_MM_PER_S * device.px_per_mm_x
        y = device.origin_y - row * GAIN_MM_PER_MV * device.px_per_mm_y
        pen = QPen(QColor(color))
        pen.setWidthF(device.hairline_px)
        painter.setPen(pen)
        edges = np.flatnonzero(np.diff(np.concatenate(([False], known, [False])).astype(np.int8)))
        for begin, end in zip(edges[::2], edges[1::2], strict=True):
            painter.drawPolyline(polygon(x[begin:end], y[begin:end]))

    def _paint_legend(self, painter: QPainter, device: Device) -> None:
        metrics = QFontMetricsF(painter.font())
        base = self.height() - 4 - metrics.descent()
        x = 6.0
        scale = tr("R on R, against the PR baseline; one small square is {ms} ms and {mv} mV").format(
            ms=figure(1000 / SPEED_MM_PER_S), mv=figure(1 / GAIN_MM_PER_MV)
        )
        zoom = tr("{px} pixels a millimetre").format(px=figure(device.px_per_mm_x, 1))
        for words, color in ((tr("before"), BEFORE_COLOR), (tr("after"), AFTER_COLOR)):
            painter.setPen(QPen(QColor(color), 2))
            painter.drawLine(QPointF(x, base - metrics.xHeight() / 2), QPointF(x + 22, base - metrics.xHeight() / 2))
            painter.setPen(self.palette().windowText().color())
            painter.drawText(QPointF(x + 27, base), words)
            x += 27 + metrics.horizontalAdvance(words) + 18
        painter.drawText(QPointF(x, base), f"{scale}  ·  {zoom}")
