"""The tier as a line over time, with the alarms as marks on it: where to look back to."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.live_now import Alarm, TierChange
from cardio_desktop.app.terms import tier_name
from cardio_desktop.core.colors import TIER_COLORS
from cardio_desktop.core.findings import Tier
from cardio_desktop.render.sheet import time_of_line

LEAST_SPAN_S = 60.0
LEVELS = {Tier.NOT_ASSESSED: 0, Tier.LOW: 1, Tier.MODERATE: 2, Tier.HIGH: 3}
SIDE_PX = 8


class TierStrip(QWidget):
    """What is held, from its oldest instant to now. `chosen` tells the instant that was clicked."""

    chosen = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Tier over time"))
        self.setToolTip(tr("The tier over time; red marks are alarms. Click to freeze the page there."))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._tiers: tuple[TierChange, ...] = ()
        self._alarms: tuple[Alarm, ...] = ()
        self._page = (0.0, 0.0)
        self._span = (0.0, LEAST_SPAN_S)
        self._known: tuple[object, ...] = ()

    def sizeHint(self) -> QSize:
        """Return a height for four levels and a line of times."""
        return QSize(400, round(self.fontMetrics().height() * 2.9))

    def show_line(
        self,
        tiers: Sequence[TierChange],
        alarms: Sequence[Alarm],
        span: tuple[float, float],
        page: tuple[float, float],
    ) -> None:
        """Show the line over a span (s), and where the page stands on it."""
        tiers, alarms = tuple(tiers), tuple(alarms)
        # Painted at most once a second of signal: nobody sees more of it on so long a line.
        known = (tiers, alarms, round(span[0]), round(span[1]), round(page[0]), round(page[1]))
        if known == self._known:
            return
        self._known = known
        self._tiers, self._alarms, self._page = tiers, alarms, page
        self._span = (span[0], max(span[1], span[0] + LEAST_SPAN_S))
        self.update()

    def x_of(self, time_s: float) -> float:
        """Return the pixel of an instant."""
        low, high = self._span
        share = (time_s - low) / (high - low)
        return SIDE_PX + min(max(share, 0.0), 1.0) * max(self.width() - 2 * SIDE_PX, 1)

    def time_at(self, x: float) -> float:
        """Return the instant of a pixel."""
        low, high = self._span
        return low + (x - SIDE_PX) / max(self.width() - 2 * SIDE_PX, 1) * (high - low)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the page's place, the line in its colours, alarms, and times."""
        painter = QPainter(self)
        palette = self.palette()
        metrics = QFontMetricsF(self.font())
        foot = self.height() - metrics.height() - 1
        left, right = self.x_of(self._page[0]), self.x_of(self._page[1])
        painter.fillRect(QRectF(left, 0, max(right - left, 2.0), foot), palette.midlight())
        painter.setPen(QPen(palette.mid().color()))
        painter.drawLine(QPointF(SIDE_PX, foot), QPointF(self.width() - SIDE_PX, foot))
        known_s = self._page[1] if not self._tiers else max(self._page[1], self._tiers[-1].at_s)
        ends = (*self._tiers, TierChange(min(max(known_s, self._span[0]), self._span[1]), Tier.NOT_ASSESSED))
        for here, following in pairwise(ends):
            x0, x1 = self.x_of(here.at_s), self.x_of(following.at_s)
            high = foot * (LEVELS[here.tier] + 1) / 5
            painter.fillRect(QRectF(x0, foot - high, max(x1 - x0, 1.0), high), QColor(TIER_COLORS[here.tier]))
            words = tier_name(here.tier)
            if x1 - x0 > metrics.horizontalAdvance(words) + 8 and high >= metrics.height() * 0.8:
                painter.setPen(QColor("white"))
                box = QRectF(x0 + 4, foot - high, x1 - x0 - 4, high)
                painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
        painter.setPen(QPen(QColor("#d3222a"), 2.0))
        for alarm in self._alarms:
            if alarm.critical:
                x = self.x_of(alarm.start_s)
                painter.drawLine(QPointF(x, 0), QPointF(x, foot))
        painter.setPen(palette.windowText().color())
        low, high_s = self._span
        for time_s, align in ((low, Qt.AlignmentFlag.AlignLeft), (high_s, Qt.AlignmentFlag.AlignRight)):
            box = QRectF(SIDE_PX, foot, self.width() - 2 * SIDE_PX, metrics.height())
            painter.drawText(box, align | Qt.AlignmentFlag.AlignVCenter, time_of_line(float(round(time_s))))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go there."""
        self.chosen.emit(self.time_at(event.position().x()))
        event.accept()
