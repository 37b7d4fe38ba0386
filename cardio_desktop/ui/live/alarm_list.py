"""Alarms as a list with their times: seen, not heard; a row takes the reader to its place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.live_now import Alarm
from cardio_desktop.ui.live.live_words import alarm_time, alarm_words
from cardio_desktop.ui.theme import is_dark

START = Qt.ItemDataRole.UserRole
RED, RED_ON_DARK = "#a3261c", "#ff8a96"
_OWN_KEYS = frozenset(
    (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End)
)


class AlarmList(QTreeWidget):
    """The newest on top. `chosen` tells the instant of the row that was clicked, or on which Enter was pressed."""

    chosen = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Alarms"))
        self.setHeaderLabels([tr("Time"), tr("Alarm")])
        self.setRootIsDecorated(False)
        self.setWordWrap(True)
        self.setAllColumnsShowFocus(True)
        header = self.header()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.itemActivated.connect(self._go)
        self.itemClicked.connect(self._go)
        self._shown: tuple[Alarm, ...] = ()

    def show_alarms(self, alarms: Sequence[Alarm]) -> None:
        """List these; rows that stay keep their place in the list and the reader's choice."""
        if tuple(alarms) == self._shown:
            return
        here = self.currentItem()
        place = None if here is None else (here.data(0, START), here.data(1, START))
        self._shown = tuple(alarms)
        self.clear()
        red = QBrush(QColor(RED_ON_DARK if is_dark(self.palette()) else RED))
        for alarm in alarms:
            item = QTreeWidgetItem([alarm_time(alarm), alarm_words(alarm)])
            item.setData(0, START, alarm.start_s)
            item.setData(1, START, alarm.code)
            item.setTextAlignment(0, Qt.AlignmentFlag.AlignTop)
            item.setToolTip(1, tr("Click to freeze the page there"))
            if alarm.critical:
                for column in (0, 1):
                    item.setForeground(column, red)
                if alarm.end_s is None:
                    font = item.font(1)
                    font.setBold(True)
                    item.setFont(1, font)
            self.addTopLevelItem(item)
            if place == (alarm.start_s, alarm.code):
                self.setCurrentItem(item)

    def _go(self, item: QTreeWidgetItem) -> None:
        start_s = item.data(0, START)
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
