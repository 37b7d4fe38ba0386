"""The tier, what it rests on and what it means."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from cardio_desktop.app.opinions import TIER, Opinions
from cardio_desktop.app.terms import term
from cardio_desktop.core.colors import TIER_COLORS
from cardio_desktop.core.findings import Findings
from cardio_desktop.narrative.texts import DISCLAIMER, TIER_MEANINGS
from cardio_desktop.ui.panels.sections.base import clear, escape
from cardio_desktop.ui.panels.sections.opinion import OpinionButtons
from cardio_desktop.ui.panels.sections.words import tier_title
from cardio_desktop.words import Remark


class TierCard(QWidget):
    """A coloured card with the tier in words, and buttons to agree or disagree."""

    def __init__(self, opinions: Opinions, name: str) -> None:
        super().__init__()
        self._opinions = opinions
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        self.label = QLabel()
        self.label.setObjectName("tier")
        self.label.setWordWrap(True)
        self.label.setTextFormat(Qt.TextFormat.RichText)
        self.label.setAccessibleName(name)
        self._paint("transparent")  # a sheet that came later would keep the size of letters the label was made with
        layout.addWidget(self.label)
        self._below = QVBoxLayout()
        layout.addLayout(self._below)
        self.buttons: OpinionButtons | None = None
        self._of: Findings | None = None

    def forget(self) -> None:
        """Keep nothing of the last findings."""
        self.label.clear()
        self.label.setAccessibleDescription("")
        clear(self._below)
        self.buttons = self._of = None

    def _paint(self, color: str) -> None:
        self.label.setStyleSheet(
            f"QLabel#tier {{ background: {color}; color: white; border-radius: 6px; padding: 8px; }}"
        )

    def show_findings(self, findings: Findings, scope: Sequence[Remark] = ()) -> None:
        """Show the tier of other findings, and what it stands for where more than that was judged."""
        risk = findings.risk
        title, reason = tier_title(risk.tier), term(risk.reason)
        lines = (*(term(remark) for remark in scope), reason, term(TIER_MEANINGS[risk.tier]))
        said = "".join(f"<div style='margin-top:3px'>{escape(line)}</div>" for line in lines)
        self.label.setText(
            f"<div style='font-size:x-large; font-weight:600'>{escape(title)}</div>{said}"
            f"<div style='margin-top:3px'><i>{escape(term(DISCLAIMER))}</i></div>"
        )
        self.label.setAccessibleDescription(" ".join([f"{title}.", *lines[:-1]]))
        self._paint(TIER_COLORS[risk.tier])
        if findings is self._of:  # buttons in use stay
            return
        self._of = findings
        clear(self._below)
        self.buttons = OpinionButtons(self._opinions, TIER, title)
        self._below.addWidget(self.buttons, 0, Qt.AlignmentFlag.AlignRight)
