"""A question or a notice above the paper: it waits there and blocks nothing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from cardio_desktop.app.i18n import tr


class NoticeBar(QFrame):
    """One sentence with one or two answers; any answer takes it away."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("notice")
        self.setStyleSheet("QFrame#notice { background: #2f5d8a; } QFrame#notice QLabel { color: white; }")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 6, 6, 6)
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setAccessibleName(tr("Notice"))
        self.yes = QPushButton()
        self.no = QPushButton()
        layout.addWidget(self.text, 1)
        layout.addWidget(self.yes)
        layout.addWidget(self.no)
        self._on_yes: Callable[[], None] | None = None
        self._on_no: Callable[[], None] | None = None
        self.yes.clicked.connect(self._accept)
        self.no.clicked.connect(self._decline)
        self.hide()

    def tell(self, sentence: str) -> None:
        """Show a sentence until it is closed."""
        self.ask(sentence, "", tr("Close"), None, None)

    def ask(
        self,
        sentence: str,
        yes: str,
        no: str,
        on_yes: Callable[[], None] | None,
        on_no: Callable[[], None] | None,
    ) -> None:
        """Ask; without `yes` there is only the one answer."""
        self.text.setText(sentence)
        self.yes.setText(yes)
        self.yes.setVisible(bool(yes))
        self.no.setText(no)
        self._on_yes, self._on_no = on_yes, on_no
        self.show()

    def _accept(self) -> None:
        self._answer(self._on_yes)

    def _decline(self) -> None:
        self._answer(self._on_no)

    def _answer(self, what: Callable[[], None] | None) -> None:
        self._on_yes = self._on_no = None
        self.hide()
        if what is not None:
            what()
