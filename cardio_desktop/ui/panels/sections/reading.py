"""The reader's own reading, and the curtain before the program's findings."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QVBoxLayout, QWidget

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.opinions import Opinions
from cardio_desktop.app.session import Session, State
from cardio_desktop.ui.panels.sections.base import Section
from cardio_desktop.ui.panels.sections.kept_text import KeptText


class ReadingEdit(KeptText):
    """The reader's own reading of the record that is open."""

    def __init__(self, opinions: Opinions) -> None:
        super().__init__()
        self._opinions = opinions
        self._key = opinions.key
        self.setPlaceholderText(tr("What do you read? It is kept apart from the program's findings and printed."))
        self.setAccessibleName(tr("Your reading"))
        self._fit()
        self.kept.connect(self._write)
        opinions.changed.connect(self.load)

    def _fit(self) -> None:
        self.setFixedHeight(self.fontMetrics().lineSpacing() * 4 + 14)

    def changeEvent(self, event: QEvent) -> None:
        """Stay four lines high."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _write(self, text: str) -> None:
        # Under the record it was typed for, which need not be the one that is open by now.
        if self._key is not None:
            self._opinions.write_reading(self._key, text)

    def load(self) -> None:
        """Show what is stored for the record that is open; what is being typed stays."""
        key = self._opinions.key
        if key != self._key:
            self.keep()
        stored = self._opinions.reading
        if key == self._key and (self.is_typed or stored == self.toPlainText().strip()):
            return
        self._key = key
        self.show_text(stored)


class ReadingSection(Section):
    """The reader's own reading, before and after the findings are shown."""

    def __init__(self, opinions: Opinions) -> None:
        self.edit = ReadingEdit(opinions)
        super().__init__(tr("Your reading"), self.edit)


class Curtain(QWidget):
    """What stands in place of the findings until they are asked for; `left()`: it goes while the keyboard is here."""

    left = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setAccessibleName(tr("Read first"))
        self.button = QPushButton(tr("Show the findings (F2)"))
        self.button.setToolTip(tr("Show what the program found in this record"))
        self.button.clicked.connect(session.reading.reveal)
        self.always = QCheckBox(tr("Hide findings until I ask for them"))
        self.always.setToolTip(tr("Read first: an opinion that is seen first is too easily agreed with"))
        self.always.setChecked(session.reading.on)
        self.always.toggled.connect(session.reading.set_on)
        for widget in (self.words, self.button, self.always):
            layout.addWidget(widget)
        session.reading.changed.connect(self._mode_changed)

    def _mode_changed(self) -> None:
        self.always.blockSignals(True)
        self.always.setChecked(self._session.reading.on)
        self.always.blockSignals(False)

    def show_state(self, state: State) -> None:
        """Say whether the findings are there yet."""
        wanted = state.record is not None and state.hidden
        if not wanted and (self.button.hasFocus() or self.always.hasFocus()):
            # Else Qt hands the keyboard to the next box, which is the reading: keys of commands would be typed there.
            self.left.emit()
        self.setVisible(wanted)
        if state.findings is not None:
            ready = tr("The findings are ready.")
        elif state.busy:
            ready = tr("The program is still analysing.")
        else:
            ready = tr("This record has not been analysed.")
        self.words.setText(
            tr("Read the ECG first. {ready} They stay hidden until you ask for them.").format(ready=ready)
        )
