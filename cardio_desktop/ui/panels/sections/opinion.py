"""Agree, disagree, comment: what the reader thinks of one finding, kept apart from what the program said."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.opinions import Opinions
from cardio_desktop.ui.panels.sections.kept_text import KeptText

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
        self.setEnabled(opinions.settled)
        self.show_opinion()

    def _button(self, sign: str, name: str, run: Callable[[], None]) -> QToolButton:
        button = QToolButton()
        button.setText(sign)
        button.setAutoRaise(True)
        button.setToolTip(name)
        button.setAccessibleName(f"{name}: {self._words}")
        button.clicked.connect(run)
        return button

    @property
    def is_used(self) -> bool:
        """Whether the reader has said anything of the finding."""
        opinion = self._opinions.of(self.finding)
        return bool(opinion.verdict or opinion.comment)

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
        dialog = CommentDialog(self._words, before, self.window())
        key = self._opinions.key
        # Kept while it is typed, as long as the record is the one it is about.
        dialog.edit.kept.connect(lambda text: self._keep(key, text))
        if not dialog.exec():
            self._keep(key, before)
        dialog.deleteLater()
        self.show_opinion()

    def _keep(self, key: str | None, text: str) -> None:
        if key == self._opinions.key and text != self._opinions.of(self.finding).comment:
            self._opinions.comment(self.finding, text)


class CommentDialog(QDialog):
    """A comment on one finding: Esc and Ctrl+Return finish it; what was typed stays unless it is taken back."""

    def __init__(self, words: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Comment"))
        layout = QVBoxLayout(self)
        label = QLabel(words)
        label.setWordWrap(True)
        layout.addWidget(label)
        self.edit = KeptText()
        self.edit.setAccessibleName(tr("Comment"))
        self.edit.show_text(text)
        self.edit.moveCursor(QTextCursor.MoveOperation.End)
        self.edit.left.connect(self.accept)
        layout.addWidget(self.edit)
        buttons = QDialogButtonBox()
        done = buttons.addButton(tr("Done"), QDialogButtonBox.ButtonRole.AcceptRole)
        done.setToolTip(tr("Keep the comment (Ctrl+Return or Esc)"))
        back = buttons.addButton(tr("Take changes back"), QDialogButtonBox.ButtonRole.RejectRole)
        for button in (done, back):
            button.setAutoDefault(False)
        done.clicked.connect(self.accept)
        back.clicked.connect(self.take_back)
        layout.addWidget(buttons)
        self.resize(480, 260)
        self.edit.setFocus()

    def take_back(self) -> None:
        """Close without the changes."""
        super().reject()

    def reject(self) -> None:
        """Keep the text also where the dialog is closed by Esc or by its frame."""
        self.accept()

    def accept(self) -> None:
        """Keep the text and close."""
        self.edit.keep()
        super().accept()
