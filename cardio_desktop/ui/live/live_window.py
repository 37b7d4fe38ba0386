"""The window on a recording that is still going on: paper, what is large, alarms, the tier over time."""

from __future__ import annotations

import time
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLabel,
    QMainWindow,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from cardio_desktop.app.i18n import decimals, said, tr
from cardio_desktop.app.live_clock import PlayClock
from cardio_desktop.app.live_feed import LiveFeed
from cardio_desktop.app.live_now import STALE_S, LiveNow
from cardio_desktop.app.session import Session
from cardio_desktop.app.terms import term
from cardio_desktop.core.errors import CardioError
from cardio_desktop.core.file_names import shown
from cardio_desktop.render.sheet import time_of_line
from cardio_desktop.ui.commands.actions import Actions
from cardio_desktop.ui.live.alarm_list import AlarmList
from cardio_desktop.ui.live.live_actions import live_window_commands, live_window_menus
from cardio_desktop.ui.live.live_closing import may_end
from cardio_desktop.ui.live.live_paper import LivePaper
from cardio_desktop.ui.live.live_words import lead_states
from cardio_desktop.ui.live.tier_strip import TierStrip
from cardio_desktop.ui.live.vitals import VitalsBar
from cardio_desktop.ui.message_bar import MessageBar

FRAME_MS = 16
"""Sixty frames a second."""
WORDS_EVERY = 6
"""Words, lists and the line over time are looked at in every sixth frame: ten times a second."""
SIDE_PX, WIDEST_SIDE_PX = 300, 520
LAG_SAID_S = 0.5
"""That the trace runs behind what has come is said from half a second on."""
SAID_MS = 10_000
NOT_KEPT = "not-kept"
"""What a session calls it when the record can no longer be written."""


class LiveWindow(QMainWindow):
    """Shows one feed. `wanted` tells the kept file that the reader wants to open, `closed` that it is over."""

    wanted = Signal(object)
    closed = Signal()

    def __init__(self, feed: LiveFeed, session: Session) -> None:
        super().__init__()
        self.setObjectName("live")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Live: {name} - Cardio Desktop").format(name=shown(feed.name)))
        self.feed, self._session = feed, session
        self._settings = session.settings
        feed.setParent(self)
        self.now, self.clock = LiveNow(), PlayClock()
        self._frames = 0
        self._kept_until_s: float | None = None
        self._make_parts()
        self.actions_table = Actions(self, session, self.say)
        self.actions_table.take(live_window_commands(self, session))
        live_window_menus(self.menuBar(), self.actions_table)
        self._lay_out()
        self._connect()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(FRAME_MS)
        self._timer.timeout.connect(self.frame)
        self.resize(QSize(1440, 900).boundedTo(self.screen().availableGeometry().size() - QSize(16, 48)))
        if not (geometry := self._settings.live.geometry()).isEmpty():
            self.restoreGeometry(geometry)
        self._tell()
        feed.start()

    # Building ---------------------------------------------------------------------------------------------------

    def _make_parts(self) -> None:
        live = self._settings.live
        self.vitals = VitalsBar()
        self.message = MessageBar()
        self.message.dismissed.clicked.connect(lambda: self.message.say(""))
        self.paper = LivePaper(self._settings)
        self.tiers = TierStrip()
        self.alarms = AlarmList()
        self.beep = QCheckBox(tr("&Beep at an alarm"))
        self.beep.setChecked(live.beeps())
        self.beep.toggled.connect(live.set_beeps)
        self.note = QLabel()
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.open_button = QPushButton(tr("&Open the recording"))
        self.open_button.clicked.connect(self.open_recording)
        self.open_button.hide()
        for widget in (self.beep, self.open_button):
            widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Space freezes the page; B and Ctrl+O do what these do

    def _lay_out(self) -> None:
        side = QWidget()
        side.setMaximumWidth(WIDEST_SIDE_PX)
        column = QVBoxLayout(side)
        column.setContentsMargins(4, 4, 4, 4)
        title = QLabel(tr("Alarms"))
        font = title.font()
        font.setBold(True)
        title.setFont(font)
        title.setBuddy(self.alarms)
        column.addWidget(title)
        column.addWidget(self.alarms, 1)
        column.addWidget(self.beep)
        column.addWidget(self.open_button)
        left = QWidget()
        rows = QVBoxLayout(left)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.paper, 1)
        rows.addWidget(self.tiers)
        self.splitter = QSplitter()
        self.splitter.addWidget(left)
        self.splitter.addWidget(side)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 0)
        self.splitter.setSizes([10_000, SIDE_PX])
        middle = QWidget()
        layout = QVBoxLayout(middle)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.message)
        layout.addWidget(self.vitals)
        layout.addWidget(self.splitter, 1)
        self.setCentralWidget(middle)
        self.message.say("")
        self.statusBar().addPermanentWidget(self.note)
        self.where = QLabel()
        self.statusBar().addWidget(self.where, 1)
        self.paper.setFocus()

    def _connect(self) -> None:
        feed = self.feed
        feed.opened.connect(self._opened)
        feed.ended.connect(self._ended)
        feed.failed.connect(self._failed)
        for changed in (self.paper.moved, self.paper.measured):
            changed.connect(self._tell)
            changed.connect(self.actions_table.refresh)
        self.alarms.chosen.connect(self.paper.go_to)
        self.tiers.chosen.connect(self.paper.go_to)

    # Going on ---------------------------------------------------------------------------------------------------

    def _opened(self) -> None:
        signal = self.feed.signal
        self.paper.show_signal(signal)
        if signal is not None:
            patient = signal.layout.patient
            who = " ".join(shown(part) for part in (patient.name, patient.id) if part)
            self.setWindowTitle(" - ".join(part for part in (who, self.windowTitle()) if part))
            self.vitals.simulated.setVisible(signal.layout.simulated)
        self.actions_table.refresh()
        self._timer.start()

    def frame(self) -> None:
        """Draw what is new, and say what was said."""
        signal = self.feed.signal
        if signal is None:
            return
        self.paper.advance(self.clock.at(time.monotonic(), signal.end_s))
        for event in self.feed.take_events():
            if event.kind == "source" and event.code == NOT_KEPT:
                self._kept_until_s = event.at_s
                self.message.say("" if event.remark is None else term(event.remark))
            alarm = self.now.take(event)
            if alarm is not None and alarm.critical and self.beep.isChecked():
                QApplication.beep()
        self._frames += 1
        if self._frames % WORDS_EVERY == 0:
            self.show_words()

    def show_words(self) -> None:
        """Show rate, rhythm, leads, alarms, tier and notes as they are now."""
        signal = self.feed.signal
        if signal is None:
            return
        silent_s = self.clock.silent_s
        comes = not self.feed.over and silent_s <= STALE_S
        # An old rate beside a trace that stands still would pass for a present one.
        self.vitals.show_now(self.now, signal.end_s + silent_s, comes=comes)
        paper = self.paper
        # A frozen page tells of the leads as they were then.
        leads = self.now.leads_between(paper.start_s, paper.end_s) if paper.frozen else self.now.leads
        paper.show_states(lead_states(leads))
        self.paper.show_evidence(self.now)
        self.alarms.show_alarms(self.now.alarms)
        span = signal.first_s, signal.end_s
        self.tiers.show_line(self.now.tiers, self.now.alarms, span, (self.paper.start_s, self.paper.end_s))
        self._tell()

    def _tell(self) -> None:
        """Say in the status bar where the page stands and what is kept."""
        paper, signal = self.paper, self.feed.signal
        parts = []
        if signal is None:
            parts.append(tr("Opening {name}…").format(name=shown(self.feed.name)))
        elif paper.frozen:
            behind = max(signal.end_s - paper.end_s, 0.0)
            frozen = tr("Frozen from {start} to {end}.").format(
                start=decimals(time_of_line(round(max(paper.start_s, 0.0), 1))),
                end=decimals(time_of_line(round(paper.end_s, 1))),
            )
            goes_on = (
                tr("The recording is over.")
                if self.feed.over
                else tr("Live goes on, +{s} s (Space).").format(s=round(behind))
            )
            parts += [frozen, goes_on]
            if words := paper.calipers.words():
                parts.append(words)
        elif self.feed.over:
            parts.append(tr("The recording is over."))
        else:
            parts.append(tr("Live, {time}").format(time=time_of_line(float(int(self.clock.shown_s)))))
            if self.clock.behind_s > LAG_SAID_S:
                parts.append(
                    tr("shown {s} s after it came, as the source sends in bursts").format(
                        s=decimals(f"{self.clock.behind_s:.1f}")
                    )
                )
        self.where.setText("  ·  ".join(parts))
        look = tr("{speed} mm/s  ·  {gain} mm/mV").format(
            speed=decimals(f"{paper.speed_mm_per_s:g}"), gain=decimals(f"{paper.gain_mm_per_mv:g}")
        )
        kept = self.feed.kept
        keeping = tr("not kept") if kept is None else tr("kept in {file}").format(file=shown(kept.name))
        if self._kept_until_s is not None:
            keeping += " " + tr("up to {time} only").format(time=time_of_line(float(int(self._kept_until_s))))
        trouble = self.feed.trouble
        said_now = () if trouble is None or self.feed.over else (term(trouble),)
        self.note.setText("  ·  ".join((*said_now, look, keeping)))
        self.note.setToolTip("" if kept is None else str(kept))

    def _ended(self) -> None:
        trouble = self.feed.trouble
        self.frame()
        self.show_words()
        self.open_button.setVisible(self.feed.kept is not None)
        if trouble is not None and trouble.code != "live-over":
            self.message.say(term(trouble))
        self.actions_table.refresh()

    def _failed(self, error: CardioError) -> None:
        self.message.say(said(error))
        self.open_button.setVisible(self.feed.kept is not None)
        self._tell()
        self.actions_table.refresh()

    def say(self, sentence: str) -> None:
        """Say something for a while."""
        self.statusBar().showMessage(sentence, SAID_MS)

    # What the reader does ---------------------------------------------------------------------------------------

    def toggle_frozen(self) -> None:
        """Freeze the page, or go on with the newest instant."""
        if self.paper.frozen:
            self.paper.go_live()
        else:
            self.paper.freeze()
        self.show_words()

    def stop(self) -> None:
        """End the recording; the window stays."""
        self.feed.stop()

    def open_recording(self) -> None:
        """Open the kept recording as any record."""
        kept: Path | None = self.feed.kept
        if kept is not None and self.feed.over:
            self.wanted.emit(kept)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Finish the kept file; a recording that goes on is ended only if the reader says so."""
        if not self.feed.over and not may_end(self, self.feed):
            event.ignore()
            return
        self._timer.stop()
        self._settings.live.set_geometry(self.saveGeometry())
        self.feed.close()
        self.closed.emit()
        event.accept()
