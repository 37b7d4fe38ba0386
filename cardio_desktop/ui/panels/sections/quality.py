"""Signal quality: one cell a lead, and in words what is wrong."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPalette
from PySide6.QtWidgets import QSizePolicy, QToolTip, QVBoxLayout, QWidget

from cardio_desktop.app.i18n import tr
from cardio_desktop.core.findings import Findings, LeadQuality, Quality
from cardio_desktop.ui.panels.sections.base import Section, selectable_label
from cardio_desktop.ui.panels.sections.words import lead_words, quality_lines

COLUMNS = 6
# Blue, amber and vermilion of Okabe and Ito: told apart by everybody, and a sign says the same.
GOOD, REMARK, BAD = "#0072b2", "#b07d00", "#c2410c"


class LeadCells(QWidget):
    """A cell for each lead: usable, usable with a remark, not usable; the tool tip says why."""

    def __init__(self) -> None:
        super().__init__()
        self._leads: dict[str, LeadQuality] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Signal quality by lead"))

    def show_quality(self, quality: Quality) -> None:
        """Show other leads."""
        self._leads = dict(quality.leads)
        words = [lead_words(lead, found) for lead, found in self._leads.items()]
        self.setAccessibleDescription("; ".join(words))
        self.setVisible(bool(self._leads))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for rows of six."""
        rows = -(-len(self._leads) // COLUMNS)
        return QSize(240, rows * self._row_px())

    minimumSizeHint = sizeHint

    def _row_px(self) -> int:
        return self.fontMetrics().height() + 8

    def cells(self) -> list[tuple[QRectF, str, LeadQuality]]:
        """Return where each lead's cell lies."""
        wide, high = self.width() / COLUMNS, self._row_px()
        return [
            (QRectF(k % COLUMNS * wide + 1, k // COLUMNS * high + 1, wide - 2, high - 2), lead, quality)
            for k, (lead, quality) in enumerate(self._leads.items())
        ]

    def paintEvent(self, _event: QEvent) -> None:
        """Paint the cells."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        text = self.palette().color(QPalette.ColorRole.WindowText)
        for box, lead, quality in self.cells():
            sign, name = ("✓", GOOD) if quality.usable else ("✗", BAD)
            if quality.usable and quality.reasons:
                sign, name = "!", REMARK
            color = QColor(name)
            veil = QColor(color)
            veil.setAlpha(60)
            painter.setPen(color)
            painter.setBrush(veil)
            painter.drawRoundedRect(box, 3, 3)
            painter.setPen(text)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, f"{lead} {sign}")
        painter.end()

    def event(self, event: QEvent) -> bool:
        """Say in a tool tip what is known of the lead under the mouse."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            for box, lead, quality in self.cells():
                if box.contains(event.pos().toPointF()):
                    QToolTip.showText(event.globalPos(), lead_words(lead, quality), self)
                    return True
        return super().event(event)


class QualitySection(Section):
    """Cells by lead over the remarks in words."""

    def __init__(self) -> None:
        self.cells = LeadCells()
        self.words = selectable_label(tr("Signal quality"))
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addWidget(self.cells)
        layout.addWidget(self.words)
        super().__init__(tr("Signal quality"), body, folded=True)

    def forget(self) -> None:
        """Keep nothing of the last findings."""
        self.cells.show_quality(Quality(True))
        self.words.clear()

    def show_findings(self, findings: Findings) -> None:
        """Show the quality of other findings."""
        self.cells.show_quality(findings.quality)
        self.words.setText("\n".join(quality_lines(findings.quality)))
        self.setVisible(True)
