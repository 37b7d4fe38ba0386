"""Alarms as a list with their times: seen, not heard; a row takes the reader to its place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.live_now import Alarm
from cardio_desktop.ui.live.live_words import alarm_time, alarm_words
from cardio_desktop.ui.theme import is_dark

START, CODE = int(Qt.ItemDataRole.UserRole), int(Qt.ItemDataRole.UserRole) + 1
RED, RED_ON_DARK = "#a3261c", "#ff8a96"
_OWN_KEYS = frozenset(
    (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End)
)


class AlarmList(QListWidget):
    """The newest on top. `chosen` tells the instant of the row that was clicked, or on which Enter was pressed."""

    chosen = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Alarms"))
        self.setWordWrap(True)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSpacing(2)
        self.itemActivated.connect(self._go)
        self.itemClicked.connect(self._go)
        self._shown: tuple[Alarm, ...] = ()

    def show_alarms(self, alarms: Sequence[Alarm]) -> None:
        """List these; the reader's choice stays on its row."""
        if tuple(alarms) == self._shown:
            return
        here = self.currentItem()
        place = None if here is None else (here.data(START), here.data(CODE))
        self._shown = tuple(alarms)
        self.clear()
        red = QBrush(QColor(RED_ON_DARK if is_dark(self.palette()) else RED))
        for alarm in alarms:
            item = QListWidgetItem(f"{alarm_time(alarm)}\n{alarm_words(alarm)}")
            item.setData(START, alarm.start_s)
            item.setData(CODE, alarm.code)
            item.setToolTip(tr("Click to freeze the page there"))
            if alarm.critical:
                item.setForeground(red)
                font = item.font()
                font.setBold(alarm.end_s is None)
                item.setFont(font)
            self.addItem(item)
            if place == (alarm.start_s, alarm.code):
                self.setCurrentItem(item)

    def _go(self, item: QListWidgetItem) -> None:
        start_s = item.data(START)
        if isinstance(start_s, float):
            self.chosen.emit(start_s)

    def event(self, event: QEvent) -> bool:
        """Keep the keys that move in a list from the window's shortcuts."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in _OWN_KEYS
            and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            event.accept()
            return True
        return super().event(event)
