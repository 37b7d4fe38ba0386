"""What went wrong, in one sentence above the paper."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from cardio_desktop.app.i18n import tr


class MessageBar(QFrame):
    """One sentence about what went wrong, until it is dismissed or something works."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("message")
        self.setStyleSheet("QFrame#message { background: #a62b17; } QFrame#message QLabel { color: white; }")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 6, 6, 6)
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setAccessibleName(tr("Problem"))
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.dismissed = QPushButton(tr("Close"))
        layout.addWidget(self.text, 1)
        layout.addWidget(self.dismissed)
        self.hide()

    def say(self, sentence: str) -> None:
        """Show `sentence`, or nothing for an empty one."""
        self.text.setText(sentence)
        self.setVisible(bool(sentence))
