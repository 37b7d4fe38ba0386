"""What the program concludes, in one line, and the network's tier in one sentence under it."""

from __future__ import annotations

import time

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.opinions import Opinions
from cardio_desktop.app.session import Session
from cardio_desktop.app.terms import term
from cardio_desktop.core.findings import Sentence
from cardio_desktop.narrative.texts import DISCLAIMER
from cardio_desktop.ui.panels.sections.base import Section, clear, selectable_label
from cardio_desktop.ui.panels.sections.finding_row import FindingRow
from cardio_desktop.ui.panels.sections.lists import sentence_row
from cardio_desktop.ui.panels.sections.tier import TierRow

READ_S = 0.7
"""A key pressed sooner was meant for the record before: nobody reads a line, let alone an ECG, in this time."""


class MachineSection(Section):
    """The conclusion as a row that can be agreed with, the tier, and what neither of them is."""

    def __init__(self, session: Session, opinions: Opinions) -> None:
        self._session, self._opinions = session, opinions
        self.line: FindingRow | None = None
        self.shown_at = 0.0
        """When the line came, by the clock that counts on; a test may set it back."""
        self.tier = TierRow(opinions, tr("Risk tier"))
        self.note = selectable_label(tr("What this is not"))
        self.note.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        self._place = QVBoxLayout()
        layout.addLayout(self._place)
        layout.addWidget(self.tier)
        layout.addWidget(self.note)
        super().__init__(tr("The program's conclusion"), body)

    @property
    def is_seen(self) -> bool:
        """Whether the line can be seen: not folded, hidden, scrolled away, or behind another panel."""
        return self.line is not None and self.line.isVisible() and not self.line.visibleRegion().isEmpty()

    @property
    def is_read(self) -> bool:
        """Whether the line has been there for as long as it takes to read it."""
        return self.is_seen and time.monotonic() - self.shown_at >= READ_S

    def show_conclusion(self, sentence: Sentence | None) -> None:
        """Show the conclusion of other findings; None where they have none."""
        clear(self._place)
        self.line, self.shown_at = None, time.monotonic()
        self.note.setText(term(DISCLAIMER))
        if sentence is not None:
            self.line = sentence_row(sentence, self._session, self._opinions)
            font = self.line.label.font()
            font.setBold(True)
            self.line.label.setFont(font)
            self._place.addWidget(self.line)

    def forget(self) -> None:
        """Keep nothing of the last findings."""
        clear(self._place)
        self.line = None
        self.tier.forget()
        self.note.clear()
