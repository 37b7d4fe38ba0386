"""A finding as a row: what the reader thinks of it stands under it, and the buttons to say so while it is in focus."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.opinions import Opinions
from cardio_desktop.ui.panels.sections.base import Row
from cardio_desktop.ui.panels.sections.opinion import AGREE, DISAGREE, OpinionButtons


class FindingRow(Row):
    """One finding under its name in the store; the buttons are made when the row is first in focus."""

    def __init__(self, opinions: Opinions, finding: str, words: str) -> None:
        super().__init__(words)
        self._opinions, self.finding, self._words = opinions, finding, words
        self._buttons: OpinionButtons | None = None
        self._enabled = opinions.settled
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setIndent(10)
        font = self.said.font()
        font.setItalic(True)
        self.said.setFont(font)
        self._layout.addWidget(self.said)
        self.show_opinion()

    def reword(self, words: str) -> None:
        """Call it otherwise, under the same name in the store."""
        self._words = words
        self.label.setText(words)
        self.setAccessibleName(words)

    @property
    def buttons(self) -> OpinionButtons:
        """Agree, disagree, comment."""
        if self._buttons is None:
            self._buttons = OpinionButtons(self._opinions, self.finding, self._words)
            self._buttons.setEnabled(self._enabled)
            self._layout.addWidget(self._buttons, 0, Qt.AlignmentFlag.AlignRight)
            self._buttons.hide()
        return self._buttons

    def show_buttons(self, on: bool) -> None:
        """Show the buttons while the row, or one of them, has the keyboard."""
        if on or self._buttons is not None:
            self.buttons.setVisible(on)

    def allow(self, on: bool) -> None:
        """Let an opinion be given, or not."""
        self._enabled = on
        if self._buttons is not None:
            self._buttons.setEnabled(on)

    def show_opinion(self) -> None:
        """Show what is stored."""
        opinion = self._opinions.of(self.finding)
        verdicts = {AGREE: tr("✓ You agree"), DISAGREE: tr("✗ You disagree")}
        comment = f"✎ {opinion.comment}" if opinion.comment else ""
        words = "\n".join(part for part in (verdicts.get(opinion.verdict, ""), comment) if part)
        self.said.setText(words)
        self.said.setVisible(bool(words))
        self.setAccessibleDescription(words)
        if self._buttons is not None:
            self._buttons.show_opinion()
