"""The bar under the paper: a long record from end to end, where the page lies in it, and what is worth going to."""

from __future__ import annotations

from bisect import bisect_left

import numpy as np
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QToolButton, QToolTip, QVBoxLayout, QWidget

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.long_analysis import MINUTE_S, PIECE_S, LongAnalysis
from cardio_desktop.app.session import Session, State
from cardio_desktop.app.terms import term
from cardio_desktop.core.record import Record
from cardio_desktop.render.overview import (
    HEIGHT_PX,
    Axis,
    Ink,
    Overview,
    clock_text,
    paint_handle,
    paint_overview,
)
from cardio_desktop.ui.paper.overview_content import build_overview, class_of, envelope_lead

NEAR_PX = 4.0


def is_long(state: State) -> bool:
    """Return whether the record goes beyond the page."""
    record = state.record
    return record is not None and record.duration_s > state.viewport.page_s(record) + 1e-6


class OverviewBar(QWidget):
    """Lanes of the whole record with the button that has it judged from end to end."""

    def __init__(self, session: Session, analysis: LongAnalysis) -> None:
        super().__init__()
        self.setObjectName("overview")
        self._session = session
        self._analysis = analysis
        self.wanted = True
        layout = QHBoxLayout(self)
        layout.setContentsMargins(4, 2, 4, 2)
        layout.setSpacing(6)
        self.lanes = Lanes(session, analysis)
        layout.addWidget(self.lanes, 1)
        side = QVBoxLayout()
        side.setSpacing(3)
        self.start_button = QToolButton()
        self.start_button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.start_button.setToolTip(
            tr("Judge the whole record piece by piece in the background: heart rate, events, the network's opinion")
        )
        self.start_button.clicked.connect(analysis.toggle)
        self.bar = QProgressBar()
        self.bar.setAccessibleName(tr("Progress through the whole record"))
        self.bar.setFixedWidth(130)
        self.worst_button = QToolButton()
        self.worst_button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for widget in (self.start_button, self.bar, self.worst_button):
            side.addWidget(widget)
        side.addStretch(1)
        layout.addLayout(side)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        session.changed.connect(self._changed)
        analysis.changed.connect(self._analysed)
        self._follow(session.state)
        self._analysed()

    def offer(self, worst: QAction) -> None:
        """Let the button go to the worst minute."""
        self.worst_button.setDefaultAction(worst)
        self.worst_button.setText(tr("Worst minute"))

    def set_wanted(self, wanted: bool) -> None:
        """Show the bar where the record is long enough, or never."""
        self.wanted = wanted
        self._follow(self._session.state)

    def _changed(self, old: State, new: State) -> None:
        if old.record is not new.record or old.viewport != new.viewport:
            self._follow(new)

    def _follow(self, state: State) -> None:
        self.setVisible(self.wanted and is_long(state))

    def _analysed(self) -> None:
        analysis = self._analysis
        finished = analysis.total > 0 and analysis.done >= analysis.total
        self.bar.setVisible(analysis.running)
        self.bar.setValue(analysis.percent)
        self.start_button.setEnabled(not finished)
        if analysis.running:
            self.start_button.setText(tr("Stop"))
        elif finished:
            self.start_button.setText(tr("All analysed"))
        else:
            self.start_button.setText(tr("Go on") if analysis.done else tr("Analyse all"))


class Lanes(QWidget):
    """Paints the lanes once and the page's handle over them; a click or drag moves the page."""

    def __init__(self, session: Session, analysis: LongAnalysis) -> None:
        super().__init__()
        self.setObjectName("overview-lanes")
        self.setAccessibleName(tr("Overview of the whole record"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._session = session
        self._analysis = analysis
        self._picture: QPixmap | None = None
        self._overview: Overview | None = None
        self._grip_s: float | None = None
        session.changed.connect(self._changed)
        analysis.changed.connect(self.refresh)

    def sizeHint(self) -> QSize:
        """Return the height of all lanes."""
        return QSize(600, round(HEIGHT_PX) + 2)

    def minimumSizeHint(self) -> QSize:
        """Return what the lanes need."""
        return QSize(200, round(HEIGHT_PX) + 2)

    @property
    def axis(self) -> Axis:
        """The map from seconds to pixels."""
        record = self._session.state.record
        return Axis(record.duration_s if record else 1.0, float(self.width()))

    def overview(self) -> Overview | None:
        """Return what is shown."""
        return self._overview

    def refresh(self) -> None:
        """Build the lanes anew and repaint."""
        self._picture = self._overview = None
        self.update()

    def _changed(self, old: State, new: State) -> None:
        same = old.record is new.record and old.shown is new.shown and old.hidden == new.hidden
        same = same and class_of(old) == class_of(new)
        if not same or self._pyramid_came(old, new):
            self.refresh()
        elif old.viewport != new.viewport:
            self.update()

    def _pyramid_came(self, old: State, new: State) -> bool:
        lead = envelope_lead(new.record) if new.record else ""
        return lead in dict(new.pyramids) and lead not in dict(old.pyramids)

    # Painting ---------------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the lanes from their picture, and the page over them."""
        state = self._session.state
        record = state.record
        painter = QPainter(self)
        if record is not None:
            if self._picture is None:
                self._picture = self._draw(state, record)
            painter.drawPixmap(0, 0, self._picture)
            start_s = state.viewport.start_s
            end_s = min(start_s + state.viewport.page_s(record), record.duration_s)
            paint_handle(painter, self.axis, start_s, end_s, self.palette().highlight().color().name())
        painter.end()

    def _draw(self, state: State, record: Record) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(round(self.width() * ratio), round(self.height() * ratio))
        picture.setDevicePixelRatio(ratio)
        palette = self.palette()
        picture.fill(palette.window().color())
        self._overview = build_overview(state, record, self._analysis.course, max(round(self.axis.room_px * ratio), 1))
        ink = Ink(
            note=palette.placeholderText().color().name(),
            lane=palette.base().color().name(),
        )
        painter = QPainter(picture)
        font = painter.font()
        font.setPixelSize(11)
        painter.setFont(font)
        paint_overview(painter, self._overview, self.axis, ink)
        painter.end()
        return picture

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw for the new width."""
        self.refresh()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self.refresh()
        super().changeEvent(event)

    # Moving -----------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the page, or bring it to the place that was clicked."""
        state = self._session.state
        if state.record is None or event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        start_s, page_s = state.viewport.start_s, state.viewport.page_s(state.record)
        left, right = self.axis.x(start_s), self.axis.x(start_s + page_s)
        x = event.position().x()
        if left - NEAR_PX <= x <= right + NEAR_PX:
            self._grip_s = self.axis.time(x) - start_s
        else:
            self._grip_s = page_s / 2
            self._move_to(x)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pull the page along."""
        if self._grip_s is not None:
            self._move_to(event.position().x())
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of the page."""
        self._grip_s = None
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Go on or back by a page."""
        state = self._session.state
        turned = event.angleDelta().y() or event.angleDelta().x()
        if state.record is not None and turned:
            step_s = state.viewport.page_s(state.record) * (-1 if turned > 0 else 1)
            self._session.set_viewport(state.viewport.moved_to(state.record, state.viewport.start_s + step_s))
        event.accept()

    def _move_to(self, x: float) -> None:
        state = self._session.state
        if state.record is not None and self._grip_s is not None:
            time_s = self.axis.time(x) - self._grip_s
            self._session.set_viewport(state.viewport.moved_to(state.record, time_s))

    # Words ------------------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Say what lies under the mouse."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.words_at(event.pos().x()), self)
            return True
        return super().event(event)

    def words_at(self, x: float) -> str:
        """Return the time, rate, opinion and events at a pixel."""
        record, overview = self._session.state.record, self._overview
        if record is None or overview is None:
            return ""
        time_s = self.axis.time(x)
        of_day = overview.clock_start_s is not None
        lines = [clock_text((overview.clock_start_s or 0.0) + time_s, with_seconds=True, of_day=of_day)]
        if overview.rate_bpm is not None and overview.rate_times_s is not None:
            k = min(max(bisect_left(overview.rate_times_s, time_s + MINUTE_S / 2) - 1, 0), len(overview.rate_bpm) - 1)
            if np.isfinite(overview.rate_bpm[k]):
                lines.append(tr("rate {bpm} /min").format(bpm=f"{overview.rate_bpm[k]:.0f}"))
        if overview.opinion is not None:
            value = overview.opinion[min(int(time_s // overview.opinion_s), len(overview.opinion) - 1)]
            if np.isfinite(value):
                lines.append(f"{overview.opinion_name}: {100 * value:.0f} %")
        course = self._analysis.course if self._session.state.revealed else None
        if course is not None and (reason := course.reasons.get(int(time_s // PIECE_S))):
            lines.append(term(reason))
        reach_s = self.axis.time(x + NEAR_PX) - time_s
        near = [m.words for m in overview.marks if m.start_s - reach_s <= time_s <= m.end_s + reach_s and m.words]
        lines += list(dict.fromkeys(near))[:6]
        return "\n".join(lines)
