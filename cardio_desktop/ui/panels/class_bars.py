"""The five calibrated probabilities as bars with their thresholds."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QLineF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from cardio_desktop.app.i18n import decimals, tr
from cardio_desktop.app.opinions import Opinions
from cardio_desktop.app.terms import term
from cardio_desktop.core.findings import CLASS_NAMES, Prediction
from cardio_desktop.ui.panels.sections.opinion import OpinionButtons
from cardio_desktop.ui.theme import BAR, BAR_CHOSEN

ROW_PX = 30


class ClassBars(QWidget):
    """One row a class: name, bar, percent, and a tick at each threshold. A click chooses the class for evidence."""

    chosen = Signal(str)

    def __init__(self, opinions: Opinions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._prediction: Prediction | None = None
        self._current: str | None = None
        self._hovered: str | None = None
        self._ticks: Mapping[str, tuple[tuple[str, float], ...]] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("Class probabilities"))
        self.buttons = {
            code: OpinionButtons(opinions, f"class:{code}", term(name)) for code, name in CLASS_NAMES.items()
        }
        for buttons in self.buttons.values():
            buttons.setParent(self)
            buttons.hide()

    def show_prediction(
        self,
        prediction: Prediction | None,
        current: str | None,
        ticks: Mapping[str, tuple[tuple[str, float], ...]],
    ) -> None:
        """Show other probabilities; `ticks` are (name, threshold) by class."""
        self._prediction, self._current, self._ticks = prediction, current, ticks
        if prediction is not None:
            said = tr("{name} {percent} percent")
            words = [
                said.format(name=term(score.name), percent=f"{100 * score.probability:.0f}")
                for score in prediction.classes
            ]
            self.setAccessibleDescription(", ".join(words))
        else:
            self.setAccessibleDescription("")
        self._place_buttons()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for one row a class."""
        rows = len(self._prediction.classes) if self._prediction else 0
        return QSize(260, rows * self._row_px())

    minimumSizeHint = sizeHint

    def _row_px(self) -> int:
        return max(ROW_PX, self.fontMetrics().height() * 2 + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the buttons at the right."""
        super().resizeEvent(event)
        self._place_buttons()

    def _place_buttons(self) -> None:
        shown = [score.code for score in self._prediction.classes] if self._prediction else []
        for code, buttons in self.buttons.items():
            buttons.setVisible(code in shown and (code in (self._current, self._hovered) or buttons.is_used))
            if code in shown:
                size = buttons.sizeHint()
                top = shown.index(code) * self._row_px() + (self._row_px() - size.height()) // 2
                buttons.setGeometry(self.width() - size.width(), top, size.width(), size.height())

    def _bar_width(self) -> float:
        aside = max((buttons.sizeHint().width() for buttons in self.buttons.values()), default=0)
        return self.width() - 10 - aside

    def _row_at(self, y: float) -> int | None:
        row = int(y // self._row_px())
        return row if self._prediction and 0 <= row < len(self._prediction.classes) else None

    def paintEvent(self, _event: QEvent) -> None:
        """Paint the rows."""
        if self._prediction is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        text = self.palette().color(QPalette.ColorRole.WindowText)
        metrics, row_px = self.fontMetrics(), self._row_px()
        for row, score in enumerate(self._prediction.classes):
            top = row * row_px
            chosen = score.code == self._current
            font = self.font()
            font.setBold(chosen)
            painter.setFont(font)
            painter.setPen(text)
            percent = decimals(f"{100 * score.probability:.1f} %")
            line = QRectF(4, top, self._bar_width(), metrics.height())
            painter.drawText(line, Qt.AlignmentFlag.AlignRight, percent)
            line.setWidth(line.width() - QFontMetricsF(font).horizontalAdvance(percent + "  "))
            name = QFontMetricsF(font).elidedText(term(score.name), Qt.TextElideMode.ElideRight, line.width())
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft, name)
            bar = QRectF(4, top + metrics.height() + 1, self._bar_width(), 7)
            track = QColor(text)
            track.setAlpha(36)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(track)
            painter.drawRoundedRect(bar, 3, 3)
            painter.setBrush(BAR_CHOSEN if chosen else BAR)
            painter.drawRoundedRect(QRectF(bar.left(), bar.top(), bar.width() * score.probability, bar.height()), 3, 3)
            painter.setPen(QPen(text, 1.4))
            for _, value in self._ticks.get(score.code, ()):
                x = bar.left() + bar.width() * min(max(value, 0.0), 1.0)
                painter.drawLine(QLineF(x, bar.top() - 2, x, bar.bottom() + 2))
        painter.end()

    def show_opinions(self) -> None:
        """Show what is stored; who has said something is shown it, whatever the row."""
        for buttons in self.buttons.values():
            buttons.show_opinion()
        self._place_buttons()

    def _hover(self, code: str | None) -> None:
        if code != self._hovered:
            self._hovered = code
            self._place_buttons()

    def leaveEvent(self, event: QEvent) -> None:
        """Show the buttons of no row because of the mouse."""
        self._hover(None)
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the class that was clicked."""
        row = self._row_at(event.position().y())
        if row is not None and self._prediction is not None:
            self.chosen.emit(self._prediction.classes[row].code)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell the thresholds of the row under the mouse."""
        row = self._row_at(event.position().y())
        if row is None or self._prediction is None:
            self._hover(None)
            return
        score = self._prediction.classes[row]
        self._hover(score.code)
        ticks = "\n".join(
            f"{name}: {decimals(f'{100 * value:.1f} %')}" for name, value in self._ticks.get(score.code, ())
        )
        words = f"{term(score.name)}: {decimals(f'{100 * score.probability:.2f} %')}"
        QToolTip.showText(event.globalPosition().toPoint(), f"{words}\n{ticks}".strip(), self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go up and down the classes by key."""
        if self._prediction is None or event.key() not in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            super().keyPressEvent(event)
            return
        codes = [score.code for score in self._prediction.classes]
        here = codes.index(self._current) if self._current in codes else -1
        step = 1 if event.key() == Qt.Key.Key_Down else -1
        self.chosen.emit(codes[(here + step) % len(codes)])
