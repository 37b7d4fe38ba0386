"""Who signs, as what and for what; and what is added to a reading that was signed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.pin import LEAST_DIGITS
from cardio_desktop.app.reader_settings import ReaderSettings
from cardio_desktop.app.signed_words import meaning_words
from cardio_desktop.core.conclusion import Signer


class SignDialog(QDialog):
    """Asks for name, role, meaning and PIN; accepted only with a name, and with the right PIN where there is one.

    `others` signed already: a second reading is another person's.
    """

    def __init__(
        self,
        reader: ReaderSettings,
        text: str,
        meanings: Sequence[str],
        parent: QWidget,
        others: Sequence[str] = (),
    ) -> None:
        super().__init__(parent)
        self._reader, self._others = reader, {name.casefold() for name in others}
        self.setWindowTitle(tr("Sign"))
        form = QFormLayout(self)
        signed = QLabel(text)
        signed.setWordWrap(True)
        signed.setTextFormat(Qt.TextFormat.PlainText)
        signed.setMinimumWidth(360)
        form.addRow(signed)
        self.name = QComboBox()
        self.name.setEditable(True)
        self.name.addItems(list(reader.names()))
        self.role = QLineEdit()
        self.role.setPlaceholderText(tr("for example: cardiologist"))
        self.meaning = QComboBox()
        for meaning in meanings:
            self.meaning.addItem(meaning_words(meaning).capitalize(), meaning)
        self.pin = _hidden_line(tr("PIN"))
        self.wants_pin = QCheckBox(tr("Ask me for a new PIN from now on"))
        self.new_pin = _hidden_line(tr("New PIN"))
        self.new_pin.setVisible(False)
        self.problem = QLabel()
        self.problem.setWordWrap(True)
        self.problem.hide()
        self.pin_label = QLabel(tr("PIN"))
        form.addRow(tr("Name"), self.name)
        form.addRow(tr("Role"), self.role)
        form.addRow(tr("Meaning"), self.meaning)
        form.addRow(self.pin_label, self.pin)
        form.addRow("", self.wants_pin)
        form.addRow("", self.new_pin)
        form.addRow(self.problem)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        sign = buttons.addButton(tr("Sign"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        form.addRow(buttons)
        for button in buttons.findChildren(QPushButton):
            # Else Return in a field presses the first button that is laid out, which is that to cancel.
            button.setAutoDefault(button is sign)
        sign.setDefault(True)
        self.name.currentTextChanged.connect(self._named)
        self.wants_pin.toggled.connect(self.new_pin.setVisible)
        last = reader.signer()
        self.name.setCurrentText(last.name if last is not None else "")
        self._named(self.name.currentText())
        (self.pin if self.asks_pin else self.name).setFocus()

    @property
    def asks_pin(self) -> bool:
        """Whether the one who is named has a PIN."""
        return self._reader.has_pin(self.name.currentText().strip())

    def _named(self, name: str) -> None:
        if name.strip() in self._reader.names():
            self.role.setText(self._reader.role_of(name.strip()))
        for widget in (self.pin, self.pin_label):
            widget.setVisible(self.asks_pin)

    def signer(self) -> Signer:
        """Return who signs; ValueError without a name."""
        return Signer(self.name.currentText().strip(), self.role.text().strip())

    def chosen_meaning(self) -> str:
        """Return what the signature stands for."""
        return str(self.meaning.currentData())

    def why_not(self) -> str:
        """Return what is missing, or wrong, in a sentence; "" where it can be signed."""
        name = self.name.currentText().strip()
        if not name:
            return tr("A signature needs a name.")
        if self.chosen_meaning() == "second" and name.casefold() in self._others:
            return tr("{name} has signed already; a second reading is another person's.").format(name=name)
        if self.asks_pin and not self._reader.is_pin(name, self.pin.text()):
            return tr("This is not the PIN of {name}.").format(name=name)
        if self.wants_pin.isChecked() and len(self.new_pin.text()) < LEAST_DIGITS:
            return tr("A PIN has {count} characters or more.").format(count=LEAST_DIGITS)
        return ""

    def accept(self) -> None:
        """Remember who signs and close; stay where something is missing, and say what."""
        problem = self.why_not()
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        if problem:
            self.pin.clear()
            return
        signer = self.signer()
        self._reader.set_signer(signer)
        if self.wants_pin.isChecked():
            self._reader.set_pin(signer.name, self.new_pin.text())
        super().accept()


class AddendumDialog(QDialog):
    """Asks what is to be added; Ctrl+Return is done, Esc adds nothing."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Addendum"))
        layout = QVBoxLayout(self)
        label = QLabel(tr("What was signed stays as it is. What do you add?"))
        label.setWordWrap(True)
        self.edit = QPlainTextEdit()
        self.edit.setTabChangesFocus(True)
        self.edit.setAccessibleName(tr("Addendum"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        done = buttons.addButton(tr("Sign the addendum"), QDialogButtonBox.ButtonRole.AcceptRole)
        done.setToolTip(tr("Ctrl+Return"))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        for widget in (label, self.edit, buttons):
            layout.addWidget(widget)
        self.resize(460, 240)
        self.edit.setFocus()

    def text(self) -> str:
        """Return what is added."""
        return self.edit.toPlainText().strip()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Finish by Ctrl+Return."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accept()
        else:
            super().keyPressEvent(event)

    def accept(self) -> None:
        """Close only with something to add."""
        if self.text():
            super().accept()


def _hidden_line(name: str) -> QLineEdit:
    line = QLineEdit()
    line.setEchoMode(QLineEdit.EchoMode.Password)
    line.setAccessibleName(name)
    line.setPlaceholderText(name)
    return line
