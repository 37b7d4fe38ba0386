"""A line above the paper with the earlier ECGs of the same patient: one press away from being compared."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QToolButton, QWidget

from cardio_desktop.app.earlier import Earlier
from cardio_desktop.app.i18n import language, tr
from cardio_desktop.app.worklist import Entry
from cardio_desktop.ui.lists.worklist_words import MARK, tier_text, tip_text

MOST_SHOWN = 30
MOST_LETTERS = 34
"""More of a conclusion stands in the tip."""


class PriorsStrip(QFrame):
    """Buttons from the latest to the oldest. `chosen(path)` asks to compare with one, `left()` to go to the paper."""

    chosen = Signal(object)
    left = Signal()

    def __init__(self, earlier: Earlier) -> None:
        super().__init__()
        self.setObjectName("priors")
        self._earlier = earlier
        self.buttons: list[PriorButton] = []
        self.title = QLabel()
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self._inner = QWidget()
        self._row = QHBoxLayout(self._inner)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)
        self._row.addStretch(1)
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(self._inner)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 2, 4, 2)
        layout.addWidget(self.title)
        layout.addWidget(self._area, 1)
        self.setAccessibleName(tr("Earlier ECGs of this patient"))
        earlier.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what is known now; the strip is gone where nothing is."""
        entries = self._earlier.entries[:MOST_SHOWN]
        focused = next((k for k, button in enumerate(self.buttons) if button.hasFocus()), None)
        for button in self.buttons:
            self._row.removeWidget(button)
            button.deleteLater()
        days = Counter(map(_day, entries))
        self.buttons = [PriorButton(entry, days[_day(entry)] > 1) for entry in entries]
        for place, button in enumerate(self.buttons):
            button.clicked.connect(lambda _=False, path=button.path: self.chosen.emit(path))
            button.moved.connect(self._move)
            button.left.connect(self.left)
            self._row.insertWidget(place, button)
        count = len(self._earlier.entries)
        self.title.setText(tr("Earlier ECGs ({count}):").format(count=count))
        if self.buttons:
            self._area.setFixedHeight(self.buttons[0].sizeHint().height() + 2)
            if focused is not None:
                self.buttons[min(focused, len(self.buttons) - 1)].setFocus()
        self.setVisible(bool(self.buttons))

    def enter(self) -> None:
        """Put the keyboard on the latest one."""
        if self.buttons:
            self.buttons[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._area.ensureWidgetVisible(self.buttons[0])

    def _move(self, step: int) -> None:
        here = next((k for k, button in enumerate(self.buttons) if button.hasFocus()), 0)
        button = self.buttons[min(max(here + step, 0), len(self.buttons) - 1)]
        button.setFocus(Qt.FocusReason.TabFocusReason)
        self._area.ensureWidgetVisible(button)


class PriorButton(QToolButton):
    """One earlier ECG. `moved(step)` asks for another one, `left()` for the paper."""

    moved = Signal(int)
    left = Signal()

    def __init__(self, entry: Entry, with_time: bool = False) -> None:
        super().__init__()
        self.path: Path = entry.path
        self.setText(prior_text(entry, with_time).replace("&", "&&"))
        font = self.font()
        font.setItalic(not entry.conclusion.text)  # as in the list: the program's words
        self.setFont(font)
        self.setToolTip(tr("Compare with this ECG") + "\n" + tip_text(entry))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Compare with the ECG of {prior}").format(prior=prior_text(entry)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go along with the arrows, compare with Enter, go back with Escape."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Home: -MOST_SHOWN, Qt.Key.Key_End: MOST_SHOWN}
        key = Qt.Key(event.key())
        if key in steps:
            self.moved.emit(steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def prior_text(entry: Entry, with_time: bool = False) -> str:
    """Return day, conclusion in short and tier; of findings that wait for the reader only that they do."""
    line = " ".join(entry.conclusion.text.split()) or entry.machine_line(language())
    line = line or (tr("hidden") if entry.withheld else "")
    short = line if len(line) <= MOST_LETTERS else line[: MOST_LETTERS - 1].rstrip(" ,") + "…"
    tier = f"{MARK} {tier_text(entry)}" if entry.critical and not entry.hidden else tier_text(entry)
    when = entry.details.start_time if entry.details is not None and with_time else _day(entry)
    return " · ".join(part for part in (when, short, "" if entry.hidden or entry.waits else tier) if part)


def _day(entry: Entry) -> str:
    return entry.details.start_time[:10] if entry.details is not None else ""
