"""The place of the paper in the middle of a window: how to begin while nothing is open, then the ECG."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from cardio_desktop.app.session import Session, State

if TYPE_CHECKING:
    from cardio_desktop.ui.paper.paper_view import PaperView

PAPER_MS = 50
"""How long after it was painted an empty window makes its paper."""


class PaperPlace(QStackedWidget):
    """Makes the paper when it is first asked for: a window is seen sooner without pyqtgraph."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._view: PaperView | None = None
        self._empty: QWidget | None = None
        session.changed.connect(self._changed)
        session.marks.changed.connect(self._marks_changed)

    @property
    def made(self) -> bool:
        """Whether the paper has been made."""
        return self._view is not None

    @property
    def view(self) -> PaperView:
        """The ECG on paper with the reader's marks."""
        if self._view is None:
            from cardio_desktop.ui.paper.beat_overlay import BeatOverlay
            from cardio_desktop.ui.paper.caliper_overlay import CaliperOverlay
            from cardio_desktop.ui.paper.paper_view import PaperView

            view = self._view = PaperView(self._session)
            marks = self._session.marks
            view.add_overlay(BeatOverlay(marks, lambda shown: shown.plan is view.plan))
            view.add_overlay(CaliperOverlay(marks, lambda shown: shown.plan is view.plan))
            self.addWidget(view)
            if self._empty is not None:
                QWidget.setTabOrder(self._empty, view)
        return self._view

    def set_empty(self, widget: QWidget) -> None:
        """Show `widget` while no record is open."""
        self._empty = widget
        self.addWidget(widget)
        self._follow(self._session.state)

    def _changed(self, old: State, _new: State) -> None:
        # A view before us may have changed the state again: what is shown last must be what holds now.
        now = self._session.state
        if old.record is not now.record:
            self._follow(now)

    def _follow(self, state: State) -> None:
        shown = self._empty if state.record is None else self.view
        if shown is not None:
            self.setCurrentWidget(shown)

    def _marks_changed(self) -> None:
        if self._view is not None:
            self._view.update_overlays()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Let the paper be made after the first paint, before a record comes."""
        super().paintEvent(event)
        if self._view is None:
            QTimer.singleShot(PAPER_MS, self, self._make)

    def _make(self) -> None:
        if self.isVisible():
            assert self.view is not None
