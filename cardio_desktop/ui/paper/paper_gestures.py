"""Mouse and wheel over the paper: overlays first, then dragging, scrolling and magnifying."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent

from cardio_desktop.app.session import Session
from cardio_desktop.app.viewport import Viewport
from cardio_desktop.core.paper import PaperPlan
from cardio_desktop.render.device import Device
from cardio_desktop.render.overlay import Mouse, Overlay, PaperMap, PaperMouse

WHEEL_NOTCH = 120.0


class View(Protocol):
    """What gestures need of the paper that they are made on."""

    @property
    def plan(self) -> PaperPlan | None: ...  # noqa: D102
    @property
    def device(self) -> Device: ...  # noqa: D102
    @property
    def overlays(self) -> tuple[Overlay, ...]: ...  # noqa: D102
    def paper_map(self) -> PaperMap | None: ...  # noqa: D102
    def room_mm(self) -> tuple[float, float]: ...  # noqa: D102
    def zoom_by(self, factor: float, at: QPointF | None = None) -> None: ...  # noqa: D102
    def zoom_time(self, factor: float, at: QPointF | None = None) -> None: ...  # noqa: D102
    def step(self, direction: int, pages: float) -> None: ...  # noqa: D102
    def scroll_paper(self, dx_mm: float, dy_mm: float) -> None: ...  # noqa: D102
    def show_readout(self, position: QPointF) -> None: ...  # noqa: D102
    def hide_readout(self) -> None: ...  # noqa: D102
    def setCursor(self, cursor: Qt.CursorShape) -> None: ...  # noqa: D102, N802 - Qt's name
    def unsetCursor(self) -> None: ...  # noqa: D102, N802 - Qt's name


class PaperGestures:
    """Turns the events of one view into calls of its overlays or changes of the session's viewport."""

    def __init__(self, view: View, session: Session) -> None:
        self._view, self._session = view, session
        self._drag_from: tuple[QPointF, Viewport] | None = None
        self._owner: Overlay | None = None

    def wheel(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl magnify, with Alt compress or stretch time, with Shift go along the record."""
        view = self._view
        modifiers = event.modifiers()
        turn = event.angleDelta().y() / WHEEL_NOTCH
        side = event.angleDelta().x() / WHEEL_NOTCH
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            view.zoom_by(1.15 ** (turn or side), event.position())
        elif modifiers & Qt.KeyboardModifier.AltModifier:
            # Qt turns the wheel sideways while Alt is held.
            view.zoom_time(1.25 ** -(turn or side), event.position())
        elif side or modifiers & Qt.KeyboardModifier.ShiftModifier or view.room_mm()[1] <= 0:
            view.step(-1 if (side or turn) > 0 else 1, 0.1 * abs(side or turn))
        else:
            view.scroll_paper(0.0, -turn * 15.0)

    def press(self, event: QMouseEvent) -> None:
        """Give the press to an overlay, or take hold of the paper."""
        self._owner = self._offered(Mouse.PRESS, event)
        if self._owner is not None:
            self._view.hide_readout()
            return
        if event.button() == Qt.MouseButton.LeftButton and self._session.state.record is not None:
            self._drag_from = (event.position(), self._session.state.viewport)
            self._view.setCursor(Qt.CursorShape.ClosedHandCursor)

    def move(self, event: QMouseEvent) -> None:
        """Go on with a drag, or say what lies under the mouse."""
        if self._owner is not None:
            self._send(self._owner, Mouse.MOVE, event)
        elif self._drag_from is not None:
            self._drag(event.position(), *self._drag_from)
        else:
            taken = self._offered(Mouse.HOVER, event) is not None
            self._show_cursor(event.position())
            if taken:
                self._view.hide_readout()
            else:
                self._view.show_readout(event.position())

    def release(self, event: QMouseEvent) -> None:
        """End a drag."""
        owner, self._owner, self._drag_from = self._owner, None, None
        if owner is not None:
            self._send(owner, Mouse.RELEASE, event)
        self._view.unsetCursor()
        self._show_cursor(event.position())

    def double_click(self, event: QMouseEvent) -> None:
        """Give it to an overlay, or go back from a magnified paper to the fitted one."""
        if self._offered(Mouse.DOUBLE, event) is None:
            self._session.look(zoom=None, offset_x_mm=0.0, offset_y_mm=0.0)

    def forget(self, overlay: Overlay) -> None:
        """Send nothing more to an overlay that was taken away."""
        if self._owner is overlay:
            self._owner = None

    def _drag(self, position: QPointF, start: QPointF, before: Viewport) -> None:
        view, record = self._view, self._session.state.record
        if record is None or view.plan is None:
            return
        moved = position - start
        dx_mm, dy_mm = moved.x() / view.device.px_per_mm_x, moved.y() / view.device.px_per_mm_y
        wide, high = view.room_mm()
        viewport = replace(before, offset_y_mm=min(max(before.offset_y_mm - dy_mm, 0.0), high))
        if record.duration_s > viewport.page_s(record) + 1e-6:
            viewport = viewport.moved_to(record, before.start_s - view.plan.scale.s_of_mm(dx_mm))
        else:
            viewport = replace(viewport, offset_x_mm=min(max(before.offset_x_mm - dx_mm, 0.0), wide))
        self._session.set_viewport(viewport)

    def _offered(self, kind: Mouse, event: QMouseEvent) -> Overlay | None:
        if kind != Mouse.HOVER and not self._session.state.settled:
            return None  # a list stands on another record: this one is looked at only
        for overlay in reversed(self._view.overlays):
            if self._send(overlay, kind, event):
                return overlay
        return None

    def _send(self, overlay: Overlay, kind: Mouse, event: QMouseEvent) -> bool:
        # Fetched anew for each: the overlay asked before may have changed what is shown.
        paper = self._view.paper_map()
        if paper is None:
            return False
        position = event.position()
        mouse = PaperMouse(kind, position, paper.point_at(position), event.button(), event.modifiers())
        return overlay.mouse(mouse, paper)

    def _show_cursor(self, position: QPointF) -> None:
        paper = self._view.paper_map()
        shapes = (overlay.cursor(position, paper) for overlay in reversed(self._view.overlays)) if paper else iter(())
        shape = next((shape for shape in shapes if shape is not None), None)
        if shape is None:
            self._view.unsetCursor()
        else:
            self._view.setCursor(shape)
