"""The tier as one sentence on its colour: how probable a pathology is by the network, and what that means."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt

from cardio_desktop.app.opinions import TIER, Opinions
from cardio_desktop.app.terms import term
from cardio_desktop.core.colors import TIER_COLORS
from cardio_desktop.core.findings import Findings
from cardio_desktop.narrative.texts import TIER_MEANINGS
from cardio_desktop.ui.panels.sections.base import escape
from cardio_desktop.ui.panels.sections.finding_row import FindingRow
from cardio_desktop.ui.panels.sections.words import tier_title
from cardio_desktop.words import Remark


class TierRow(FindingRow):
    """A coloured row with the tier in words; as any finding it can be agreed with."""

    def __init__(self, opinions: Opinions, name: str) -> None:
        super().__init__(opinions, TIER, name)
        self.label.setObjectName("tier")
        self.label.setTextFormat(Qt.TextFormat.RichText)
        self.label.setAccessibleName(name)
        self.unsetCursor()
        self._name = name
        self._paint("transparent")  # a sheet that came later would keep the size of letters the label was made with
        self.forget()

    def forget(self) -> None:
        """Keep nothing of the last findings."""
        self.reword(self._name)
        self.label.clear()
        self.label.setAccessibleDescription("")

    def _paint(self, color: str) -> None:
        self.label.setStyleSheet(
            f"QLabel#tier {{ background: {color}; color: white; border-radius: 5px; padding: 5px 7px; }}"
        )

    def show_findings(self, findings: Findings, scope: Sequence[Remark] = ()) -> None:
        """Show the tier of other findings, and what it stands for where more than that was judged."""
        risk = findings.risk
        title = tier_title(risk.tier)
        lines = (*(term(remark) for remark in scope), term(risk.reason), term(TIER_MEANINGS[risk.tier]))
        self.reword(title)
        self.label.setText(f"<b>{escape(title)}.</b> {escape(' '.join(lines))}")
        self.label.setAccessibleDescription(" ".join([f"{title}.", *lines]))
        self._paint(TIER_COLORS[risk.tier])
