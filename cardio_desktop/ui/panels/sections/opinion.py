"""Agree, disagree, comment: what the reader thinks of one finding, kept apart from what the program said."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QInputDialog, QToolButton, QWidget

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.opinions import Opinions

AGREE, DISAGREE = "agree", "disagree"


class OpinionButtons(QWidget):
    """Two buttons that exclude each other and one for a comment; a second press takes a verdict back."""

    def __init__(self, opinions: Opinions, finding: str, words: str) -> None:
        super().__init__()
        self._opinions, self.finding, self._words = opinions, finding, words
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.agree = self._button("✓", tr("Agree"), self._agree)
        self.disagree = self._button("✗", tr("Disagree"), self._disagree)
        self.comment = self._button("✎", tr("Comment"), self.ask_comment)
        for button in (self.agree, self.disagree, self.comment):
            layout.addWidget(button)
        self.agree.setCheckable(True)
        self.disagree.setCheckable(True)
        self.comment.setCheckable(True)
        self.show_opinion()

    def _button(self, sign: str, name: str, run: Callable[[], None]) -> QToolButton:
        button = QToolButton()
        button.setText(sign)
        button.setAutoRaise(True)
        button.setToolTip(name)
        button.setAccessibleName(f"{name}: {self._words}")
        button.clicked.connect(run)
        return button

    def show_opinion(self) -> None:
        """Show what is stored."""
        opinion = self._opinions.of(self.finding)
        self.agree.setChecked(opinion.verdict == AGREE)
        self.disagree.setChecked(opinion.verdict == DISAGREE)
        self.comment.setChecked(bool(opinion.comment))
        self.comment.setToolTip(opinion.comment or tr("Comment"))

    def _agree(self) -> None:
        self._opinions.toggle(self.finding, AGREE)
        self.show_opinion()

    def _disagree(self) -> None:
        self._opinions.toggle(self.finding, DISAGREE)
        self.show_opinion()

    def ask_comment(self) -> None:
        """Ask for the comment and keep it."""
        before = self._opinions.of(self.finding).comment
        text, ok = QInputDialog.getMultiLineText(self, tr("Comment"), self._words, before)
        if ok:
            self._opinions.comment(self.finding, text)
        self.show_opinion()
