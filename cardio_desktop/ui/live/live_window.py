"""The window on a recording that is still going on."""

from __future__ import annotations

import time

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from cardio_desktop.app.i18n import said, tr
from cardio_desktop.app.live_clock import PlayClock
from cardio_desktop.app.live_feed import LiveFeed
from cardio_desktop.app.settings import Settings
from cardio_desktop.core.errors import CardioError
from cardio_desktop.ui.live.live_paper import LivePaper

FRAME_MS = 16
"""Sixty frames a second."""


class LiveWindow(QMainWindow):
    """Shows one feed. `wanted` tells the kept file that the reader wants to open."""

    wanted = Signal(object)

    def __init__(self, feed: LiveFeed, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("live")
        self.resize(1280, 860)
        self.feed, self._settings = feed, settings
        feed.setParent(self)
        self.clock = PlayClock()
        self.paper = LivePaper(settings)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(FRAME_MS)
        self._timer.timeout.connect(self.frame)
        middle = QWidget()
        layout = QVBoxLayout(middle)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.paper, 1)
        self.setCentralWidget(middle)
        feed.opened.connect(self._opened)
        feed.failed.connect(self._failed)
        self.setWindowTitle(tr("Live: {name} - Cardio Desktop").format(name=feed.name))
        feed.start()

    def _opened(self) -> None:
        self.paper.show_signal(self.feed.signal)
        self._timer.start()

    def _failed(self, error: CardioError) -> None:
        self.statusBar().showMessage(said(error))

    def frame(self) -> None:
        """Draw what is new."""
        signal = self.feed.signal
        if signal is not None:
            self.paper.advance(self.clock.at(time.monotonic(), signal.end_s))

    def closeEvent(self, event: QCloseEvent) -> None:
        """End what is followed."""
        self._timer.stop()
        self.feed.close()
        event.accept()
