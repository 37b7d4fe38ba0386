"""Buttons side by side as far as there is room, the others below: no language and no letters widen the panel."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

GAP_PX = 4


class WrappingRow(QWidget):
    """Places its widgets like words of a text; those that are hidden take no room."""

    def __init__(self, widgets: Sequence[QWidget]) -> None:
        super().__init__()
        self._widgets = tuple(widgets)
        for widget in self._widgets:
            widget.setParent(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _places(self, width: int) -> Iterator[tuple[QWidget, QRect]]:
        """Yield where each widget that is not hidden lies in a row so wide."""
        x = y = high = 0
        for widget in self._widgets:
            if widget.isHidden():
                continue
            size = widget.sizeHint()
            if x > 0 and x + size.width() > width:
                x, y, high = 0, y + high + GAP_PX, 0
            yield widget, QRect(QPoint(x, y), size)
            x, high = x + size.width() + GAP_PX, max(high, size.height())

    def heightForWidth(self, width: int) -> int:
        """Return how high the rows are in such a width."""
        return max((place.bottom() + 1 for _, place in self._places(width)), default=0)

    def sizeHint(self) -> QSize:
        """Return the size in the width that it has."""
        return QSize(self.minimumSizeHint().width(), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        """Return the width of its widest widget, and the height in the width that it has."""
        widest = max((place.width() for _, place in self._places(self.width())), default=0)
        return QSize(widest, self.heightForWidth(self.width()))

    def _place(self) -> None:
        for widget, place in self._places(self.width()):
            widget.setGeometry(place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the widgets anew, and ask for another height where they need one."""
        super().resizeEvent(event)
        self._place()
        self.updateGeometry()

    def event(self, event: QEvent) -> bool:
        """Place the widgets anew where one came, went or has other words."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._place()
            self.updateGeometry()
        return done
