"""A box of choices that may be made narrower than its longest choice; the list that opens is as wide as it needs."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter


class ChoiceBox(QComboBox):
    """Shows at most `letters` letters of the choice, with dots, while it is `narrow`."""

    def __init__(self, letters: int) -> None:
        super().__init__()
        self._letters = letters
        self._narrow = False
        self._longest_px: int | None = None
        model = self.model()
        for changed in (model.rowsInserted, model.rowsRemoved, model.dataChanged, model.modelReset):
            changed.connect(self._measure_anew)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)

    @property
    def narrow(self) -> bool:
        """Whether the box is narrower than its choices may need."""
        return self._narrow

    def make_narrow(self, narrow: bool) -> None:
        """Make the box narrow, or as wide as its choices."""
        if narrow != self._narrow:
            self._narrow = narrow
            self.updateGeometry()

    def width_px(self, narrow: bool) -> int:
        """Return the width that the box wants in either state."""
        full = super().sizeHint().width()
        if not narrow:
            return full
        return min(full, full - self._longest() + self._letters * self.fontMetrics().averageCharWidth())

    def _longest(self) -> int:
        """Return how wide the longest choice is in px; a row that is fitted asks for it a hundred times."""
        if self._longest_px is None:
            metrics = self.fontMetrics()
            self._longest_px = max(
                (metrics.horizontalAdvance(self.itemText(k)) for k in range(self.count())), default=0
            )
        return self._longest_px

    def _measure_anew(self) -> None:
        self._longest_px = None

    def changeEvent(self, event: QEvent) -> None:
        """Measure the choices again in another font."""
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._measure_anew()
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        """Return the width of the state that holds."""
        return QSize(self.width_px(self._narrow), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Return the same: a squeezed box would cut its unit off."""
        return self.sizeHint()

    def showPopup(self) -> None:
        """Open the list wide enough for every choice."""
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        self.view().setMinimumWidth(self._longest() + bar + 2 * self.fontMetrics().averageCharWidth())
        super().showPopup()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the box with dots where its choice is too long."""
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self).width()
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        option.currentText = self.fontMetrics().elidedText(option.currentText, Qt.TextElideMode.ElideRight, room)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
