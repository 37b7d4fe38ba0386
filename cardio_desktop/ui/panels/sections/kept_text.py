"""A box of free text that keeps what is typed while it is typed, and is left by Esc or Ctrl+Return."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit

KEPT_AFTER_MS = 600
"""So long after the first key that is not kept yet, however one goes on typing; the store adds a quarter second."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class KeptText(QPlainTextEdit):
    """`kept(text)` tells what to keep, `left()` that the reader has finished. No key typed here is a command."""

    kept = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._told = ""
        self.setTabChangesFocus(True)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEPT_AFTER_MS)
        self._timer.timeout.connect(self.keep)
        self.textChanged.connect(self._wait)

    def _wait(self) -> None:
        # Not started anew by each key: who types without a pause would never be saved.
        if not self._timer.isActive():
            self._timer.start()

    def show_text(self, text: str) -> None:
        """Show what is stored."""
        self._told = text
        self.setPlainText(text)
        self._timer.stop()

    def take_as_told(self) -> None:
        """Regard what stands here as told."""
        self._told = self.toPlainText()
        self._timer.stop()

    @property
    def is_typed(self) -> bool:
        """Whether something stands here that was not told yet."""
        return self.toPlainText() != self._told

    def keep(self) -> None:
        """Tell what was typed."""
        self._timer.stop()
        if self.is_typed:
            self._told = self.toPlainText()
            self.kept.emit(self._told)

    def event(self, event: QEvent) -> bool:
        """Take the keys that end typing, and every letter, before they become commands of the window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
            if self._ends(event) or (not held and (event.text() or event.key() in _MOVES)):
                event.accept()
                return True
        return super().event(event)

    @staticmethod
    def _ends(event: QKeyEvent) -> bool:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        return event.key() == Qt.Key.Key_Escape or (event.key() in _ENTER and control)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep the text and leave by Esc or Ctrl+Return; type everything else."""
        if self._ends(event):
            self.keep()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keep the text when it is left."""
        self.keep()
        super().focusOutEvent(event)


_MOVES = frozenset(
    {
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
        Qt.Key.Key_Delete,
    }
)
"""Keys without a letter that move or erase in a text, and are commands on the paper."""
