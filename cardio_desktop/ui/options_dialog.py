"""Asks for what a table of numbers does not say of itself: its sampling rate and its unit."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QWidget

from cardio_desktop.app.i18n import said, tr
from cardio_desktop.core.errors import NeedsOptionsError
from cardio_desktop.core.file_names import shown

UNITS = ("", "mV", "uV", "nV", "V")
HIGHEST_HZ = 100_000.0


class OptionsDialog(QDialog):
    """One field for each option that the file needs; nothing is chosen beforehand, as every guess may be wrong."""

    def __init__(self, error: NeedsOptionsError, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("What does {file} hold?").format(file=shown(error.path.name)))
        self.needed, self.path = error.needed, error.path
        form = QFormLayout(self)
        words = QLabel(said(error))
        words.setWordWrap(True)
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setMinimumWidth(360)
        form.addRow(words)
        self.rate = QLineEdit()
        self.rate.setAccessibleName(tr("Samples a second"))
        self.rate.setPlaceholderText("Hz")
        self.unit = QComboBox()
        self.unit.setAccessibleName(tr("Unit of the numbers"))
        for name in UNITS:
            self.unit.addItem(name.replace("u", "µ"), name)
        if "rate_hz" in self.needed:
            form.addRow(tr("Samples a second"), self.rate)
        if "unit" in self.needed:
            form.addRow(tr("Unit of the numbers"), self.unit)
        note = QLabel(tr("It is remembered for files of this folder, and every such record says so."))
        note.setWordWrap(True)
        form.addRow(note)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Open | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        form.addRow(self.buttons)
        self.rate.textChanged.connect(self._check)
        self.unit.currentIndexChanged.connect(self._check)
        self._check()

    def _check(self, *_: object) -> None:
        self.buttons.button(QDialogButtonBox.StandardButton.Open).setEnabled(set(self.options()) >= set(self.needed))

    def options(self) -> dict[str, float | str]:
        """Return what was entered, without what is empty or cannot be."""
        found: dict[str, float | str] = {}
        try:
            rate = float(self.rate.text().strip().replace(",", "."))
        except ValueError:
            rate = 0.0
        if "rate_hz" in self.needed and 0 < rate <= HIGHEST_HZ:
            found["rate_hz"] = rate
        if "unit" in self.needed and (unit := str(self.unit.currentData() or "")):
            found["unit"] = unit
        return found
