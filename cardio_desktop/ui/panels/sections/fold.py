"""Several parts behind one arrow: what is looked at only when it is asked for."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cardio_desktop.ui.panels.sections.base import Section


class Fold(Section):
    """A section whose body are sections; folded at first."""

    def __init__(self, title: str, *parts: QWidget) -> None:
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(8, 0, 0, 0)
        layout.setSpacing(2)
        for part in parts:
            layout.addWidget(part)
        super().__init__(title, body, folded=True)

    def unfold(self) -> None:
        """Open it."""
        self.head.setChecked(True)
