"""A dock whose title has the letters of everything else."""

from __future__ import annotations

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QDockWidget, QStyle, QStyleOptionDockWidget, QStylePainter


class TitledDock(QDockWidget):
    """A dock that paints its title itself: Qt's own keeps the letters that were in force when it was made."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the title in the widget's present font; a floating window has its title from the system."""
        if self.isFloating():
            super().paintEvent(event)
            return
        option = QStyleOptionDockWidget()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        painter.setFont(self.font())
        painter.drawControl(QStyle.ControlElement.CE_DockWidgetTitle, option)
        painter.end()
