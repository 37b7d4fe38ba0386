"""The share of each lead in the logit, signed: bars to the right speak for the class, to the left against it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLineF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from cardio_desktop.app.i18n import decimals, tr
from cardio_desktop.core.colors import EVIDENCE_AGAINST, EVIDENCE_FOR


class LeadBars(QWidget):
    """One row a lead: name, bar from the middle, value in logits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[str, float]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Evidence by lead"))

    @property
    def rows(self) -> list[tuple[str, float]]:
        """The leads with their evidence in logits."""
        return self._rows

    def show_shares(self, rows: list[tuple[str, float]]) -> None:
        """Show other values; [] shows nothing."""
        self._rows = rows
        self.setAccessibleDescription(", ".join(decimals(f"{lead} {value:+.2f}") for lead, value in rows))
        self.setVisible(bool(rows))
        self.updateGeometry()
        self.update()

    def _row_px(self) -> int:
        return self.fontMetrics().height() + 3

    def sizeHint(self) -> QSize:
        """Return room for all rows."""
        return QSize(220, len(self._rows) * self._row_px() + 2)

    minimumSizeHint = sizeHint

    def paintEvent(self, _event: QEvent) -> None:
        """Paint the rows."""
        if not self._rows:
            return
        painter = QPainter(self)
        metrics, high = self.fontMetrics(), self._row_px()
        text = self.palette().color(QPalette.ColorRole.WindowText)
        names = max(metrics.horizontalAdvance(lead) for lead, _ in self._rows) + 8
        values = metrics.horizontalAdvance("+00.00") + 8
        room = max(self.width() - names - values, 20)
        middle = names + room / 2
        largest = max(max(abs(value) for _, value in self._rows), 1e-9)
        for k, (lead, value) in enumerate(self._rows):
            top = k * high
            painter.setPen(text)
            painter.drawText(QRectF(2, top, names, high), Qt.AlignmentFlag.AlignVCenter, lead)
            painter.drawText(
                QRectF(self.width() - values, top, values - 2, high),
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                decimals(f"{value:+.2f}"),
            )
            reach = value / largest * room / 2
            bar = QRectF(min(middle, middle + reach), top + 3, abs(reach), high - 6)
            painter.fillRect(bar, QColor(EVIDENCE_FOR if value >= 0 else EVIDENCE_AGAINST))
        painter.setPen(QPen(text, 1))
        painter.drawLine(QLineF(middle, 0, middle, len(self._rows) * high))
        painter.end()
