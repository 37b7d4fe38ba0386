"""The reader's conclusion: its state, the box to write it in, what can be done with it, and who signed it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from cardio_desktop.app.conclusions import Conclusions
from cardio_desktop.app.i18n import tr
from cardio_desktop.app.reader_settings import ReaderSettings
from cardio_desktop.app.signed_words import signed_lines, source_words, state_words
from cardio_desktop.core.colors import STATE_COLORS
from cardio_desktop.ui.panels.sections.base import Section, selectable_label
from cardio_desktop.ui.panels.sections.conclusion_edit import ConclusionEdit
from cardio_desktop.ui.panels.sections.wrapping_row import WrappingRow

OPEN, SIGNED = ("accept", "accept-and-sign", "sign", "pick-statement"), ("addendum", "sign-as")
"""The commands that stand under the box while it is open, and once it is signed."""


class ConclusionSection(Section):
    """Before and after the findings are shown; `changed()` tells that other commands may be possible now."""

    changed = Signal()

    def __init__(self, conclusions: Conclusions, reader: ReaderSettings, actions: Mapping[str, QAction]) -> None:
        self._conclusions = conclusions
        self.badge = QLabel()
        self.badge.setObjectName("state")
        self.badge.setAccessibleName(tr("State of the reading"))
        self.source = QLabel()
        self.source.setWordWrap(True)
        self.source.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.edit = ConclusionEdit(conclusions, reader)
        self.signed = selectable_label(tr("Who signed"))
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        top = QHBoxLayout()
        top.addWidget(self.badge)
        top.addWidget(self.source, 1)
        layout.addLayout(top)
        layout.addWidget(self.edit)
        self._buttons = {name: _button(actions[name]) for name in (*OPEN, *SIGNED) if name in actions}
        self.row = WrappingRow(list(self._buttons.values()))
        layout.addWidget(self.row)
        layout.addWidget(self.signed)
        super().__init__(tr("Your conclusion"), body)
        self.edit.filled.connect(self.changed)
        conclusions.changed.connect(self.show_state)
        self.show_state()

    def show_state(self) -> None:
        """Show state, signatures and addenda of what is stored."""
        present = self._conclusions.present
        words = state_words(present.state)
        self.badge.setText(words)
        self.badge.setStyleSheet(
            f"QLabel#state {{ background: {STATE_COLORS[present.state]}; color: white;"
            " border-radius: 7px; padding: 1px 8px; font-weight: 600; }"
        )
        last = present.signatures[-1] if present.signatures else present.draft
        self.source.setText(source_words(last.source) if last is not None and last.text else "")
        lines = signed_lines(present)
        self.signed.setText("\n".join(lines))
        self.signed.setVisible(bool(lines))
        # Those that go first: all of them side by side would widen the panel, at the paper's cost.
        for name, button in sorted(self._buttons.items(), key=lambda item: (item[0] in SIGNED) == present.final):
            button.setVisible((name in SIGNED) == present.final)
        self.changed.emit()


def _button(action: QAction) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
