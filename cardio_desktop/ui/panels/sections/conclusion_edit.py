"""The box in which the reader concludes: kept while it is typed, frozen once it is signed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QTextCursor

from cardio_desktop.app.conclusions import Conclusions
from cardio_desktop.app.i18n import tr
from cardio_desktop.ui.panels.sections.kept_text import KeptText


class ConclusionEdit(KeptText):
    """The conclusion on the record that is open; `filled()` tells that there is text now, or none any more."""

    filled = Signal()

    def __init__(self, conclusions: Conclusions) -> None:
        super().__init__()
        self._conclusions = conclusions
        self._key = conclusions.key
        self._was_filled = False
        self.setPlaceholderText(tr("What do you conclude? Acronyms expand: sr, lbbb, 1avb."))
        self.setAccessibleName(tr("Your conclusion"))
        self._fit()
        self.kept.connect(self._write)
        self.textChanged.connect(self._tell_filled)
        conclusions.changed.connect(self.load)

    def _fit(self) -> None:
        self.setFixedHeight(self.fontMetrics().lineSpacing() * 4 + 14)

    def changeEvent(self, event: QEvent) -> None:
        """Stay four lines high."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    @property
    def has_text(self) -> bool:
        """Whether something stands here."""
        return bool(self.toPlainText().strip())

    def _tell_filled(self) -> None:
        if self.has_text != self._was_filled:
            self._was_filled = self.has_text
            self.filled.emit()

    def codes(self) -> tuple[str, ...]:
        """Return the codes of the statements that stand here."""
        return ()

    def _write(self, text: str) -> None:
        # Under the record it was typed for, which need not be the one that is open by now.
        if self._key is not None:
            self._conclusions.write(text, codes=self.codes(), key=self._key)

    def load(self) -> None:
        """Show what is stored for the record that is open; what is being typed stays."""
        key = self._conclusions.key
        if key != self._key:
            self.keep()
        present = self._conclusions.present
        self.setReadOnly(present.final)
        if key == self._key and (self.is_typed or present.text == self.toPlainText().strip()):
            return
        if key == self._key and not present.final:
            self.replace_text(present.text)
        else:
            self._key = key
            self.show_text(present.text)

    def replace_text(self, text: str) -> None:
        """Put another text in the place of this one; Ctrl+Z brings this one back."""
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        cursor.endEditBlock()
        self.take_as_told()
