"""The box in which the reader concludes: acronyms expand, codes go with what was picked, and all is kept at once."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QTextCursor

from cardio_desktop.app.conclusions import Conclusions
from cardio_desktop.app.i18n import language, tr
from cardio_desktop.app.reader_settings import ReaderSettings
from cardio_desktop.core.expanding import SEPARATORS, begun, expansion_at, stands
from cardio_desktop.core.statements import BY_CODE, LANGUAGES, Statement
from cardio_desktop.ui.panels.sections.kept_text import KeptText


class ConclusionEdit(KeptText):
    """The conclusion on the record that is open; `filled()` tells that there is text now, or none any more."""

    filled = Signal()
    refused = Signal(str)
    """What was typed and cannot be kept, because somebody signed meanwhile."""

    def __init__(self, conclusions: Conclusions, reader: ReaderSettings) -> None:
        super().__init__()
        self._conclusions, self._reader = conclusions, reader
        self._key = conclusions.key
        self._was_filled = False
        self._known: tuple[str, tuple[str, ...]] = ("", ())
        """The text that is stored, with its codes."""
        self._phrases: dict[str, set[str]] = {}
        """Code of each statement that was typed, picked or loaded -> the words that it stands in."""
        self._literal: set[str] = set()
        """Acronyms whose expansion the reader took back in this record: they are meant as they stand."""
        self._expanded: dict[str, tuple[str, int]] = {}
        """Text before an expansion -> the acronym, and where the cursor stood."""
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

    # Acronyms and statements ------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type; an acronym expands when what follows it is typed, or when the box is left."""
        typed = event.text().replace("\r", "\n")
        leaves, undoes = self._ends(event), event.matches(QKeySequence.StandardKey.Undo)
        if leaves:
            self._expand(self.textCursor().position())
        before = self.toPlainText()
        super().keyPressEvent(event)
        if undoes:
            if (taken_back := self._expanded.get(self.toPlainText())) is not None:
                acronym, position = taken_back
                self._literal.add(acronym)
                cursor = self.textCursor()
                cursor.setPosition(position)
                self.setTextCursor(cursor)
        elif not leaves and len(typed) == 1 and typed in SEPARATORS and self.toPlainText() != before:
            self._expand(self.textCursor().position() - 1)

    def _expand(self, end: int) -> None:
        """Put what the acronym before `end` stands for in its place; Ctrl+Z brings the acronym back."""
        cursor, text = self.textCursor(), self.toPlainText()
        if self.isReadOnly() or cursor.hasSelection() or end < 0:
            return
        found = expansion_at(text, end, language(), self._reader.acronyms())
        if found is None or (acronym := text[found.start : found.end].casefold()) in self._literal:
            return
        self._expanded[text] = acronym, cursor.position()
        change = QTextCursor(self.document())
        change.beginEditBlock()
        change.setPosition(found.start)
        change.setPosition(found.end, QTextCursor.MoveMode.KeepAnchor)
        change.insertText(found.text)
        change.endEditBlock()
        if found.code:
            self._phrases.setdefault(found.code, set()).add(found.text)

    def insert(self, statement: Statement) -> None:
        """Put a statement where the cursor is, parted by a comma from what stands before it."""
        if self.isReadOnly():
            return
        cursor = self.textCursor()
        before = self.toPlainText()[: cursor.selectionStart()]
        gap = "" if not before or before[-1] in " \n\t(" else " " if before[-1] in ".,;:" else ", "
        words = begun(before, statement.name(language()))
        cursor.insertText(gap + words)
        self.setTextCursor(cursor)
        self._phrases.setdefault(statement.code, set()).add(words)

    def codes(self) -> tuple[str, ...]:
        """Return the codes of the statements that the text makes."""
        text = self.toPlainText().strip()
        if text == self._known[0]:
            return self._known[1]
        return tuple(code for code, phrases in self._phrases.items() if any(stands(text, words) for words in phrases))

    # Keeping ----------------------------------------------------------------------------------------------------

    def _write(self, text: str) -> None:
        # Under the record it was typed for, which need not be the one that is open by now.
        if self._key is not None and not self._conclusions.write(text, codes=self.codes(), key=self._key):
            self.refused.emit(text)

    def load(self) -> None:
        """Show what is stored for the record that is open; what is being typed stays."""
        key = self._conclusions.key
        if key != self._key:
            self.keep()
            self._phrases, self._literal, self._expanded = {}, set(), {}
        present = self._conclusions.present
        self.setReadOnly(present.final)
        self._known = present.text, present.codes
        for code in present.codes:
            names = {BY_CODE[code].name(spoken) for spoken in LANGUAGES} if code in BY_CODE else set()
            self._phrases.setdefault(code, set()).update(names)
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
