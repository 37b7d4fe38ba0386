"""The curtain before the program's findings."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QVBoxLayout, QWidget

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.session import Session, State


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
