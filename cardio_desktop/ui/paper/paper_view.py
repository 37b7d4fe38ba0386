"""The ECG on paper: one view, moved by mouse, wheel and keys, exact in millimetres whatever its size."""

from __future__ import annotations

import math

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QResizeEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.session import Session, State
from cardio_desktop.app.viewport import MAX_ZOOM, MIN_ZOOM, PAGE_MM, PAGE_S, Viewport
from cardio_desktop.core.errors import CardioError
from cardio_desktop.core.leads import LEAD_LAYOUTS
from cardio_desktop.core.paper import PULSE_ROOM_MM, PaperPlan, Strip
from cardio_desktop.core.record import Record
from cardio_desktop.render.auto_gain import AutoGain
from cardio_desktop.render.colors import PaperColors, paper_colors
from cardio_desktop.render.device import Device
from cardio_desktop.render.highlights import Highlights
from cardio_desktop.render.overlay import Overlay, PaperMap
from cardio_desktop.render.sheet import FOOTER_MM, HEADER_MM, SIDE_MM, EcgSheet
from cardio_desktop.render.traces import TraceSource
from cardio_desktop.ui.paper import screens
from cardio_desktop.ui.paper.evidence_words import class_words
from cardio_desktop.ui.paper.paper_gestures import PaperGestures
from cardio_desktop.ui.paper.paper_item import PaperItem
from cardio_desktop.ui.paper.paper_sheet import plan_of, sheet_of
from cardio_desktop.ui.paper.readout import Readout, ReadoutBubble
from cardio_desktop.ui.theme import is_dark

MIN_ROW_MM = 12.0
FIT_ROW_MM, MOST_FITTED_ROWS = 8.0, 15
"""A fitted page lays its rows as close as this before it is made smaller than the window is wide."""
MAX_ROW_MM = 60.0
MAX_STRIP_MM = 150.0
"""A single lead may be higher than one row among others."""


def _visible(state: State) -> tuple[object, ...]:
    """Return what the paper shows of a state."""
    return state.record, state.shown, state.judged, state.evidence, state.highlights, state.pyramids, state.viewport


class PaperView(pg.GraphicsView):
    """Draws the session's record and turns mouse and wheel into changes of its viewport."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent, background=None)
        self.setFrameShape(self.Shape.NoFrame)
        # The item covers everything: a background of the view's own would be two more passes over each frame.
        self.setCacheMode(self.CacheModeFlag.CacheNone)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setObjectName("paper")
        self.setAccessibleName(tr("ECG on paper"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._session = session
        self._item = PaperItem()
        # Queued: the state must not change in the middle of a paint.
        self._item.failed.connect(session.tell, Qt.ConnectionType.QueuedConnection)
        self.addItem(self._item)
        self._source: TraceSource | None = None
        self._record: Record | None = None
        self._plan: PaperPlan | None = None
        self._device = Device(1.0, 1.0)
        self._gains = AutoGain()
        self._overlays: tuple[Overlay, ...] = ()
        self._highlights = Highlights()
        self._gestures = PaperGestures(self, session)
        self._bubble = ReadoutBubble(self)
        self._watch = screens.ScreenWatch(self, self.refresh)
        session.changed.connect(self._changed)
        self.refresh()

    # Geometry ---------------------------------------------------------------------------------------------------

    @property
    def plan(self) -> PaperPlan | None:
        """The plan that is shown."""
        return self._plan

    @property
    def device(self) -> Device:
        """The map from its millimetres to the view's logical pixels."""
        return self._device

    @property
    def session(self) -> Session:
        """Whose record it shows."""
        return self._session

    @property
    def source(self) -> TraceSource | None:
        """Where its traces come from."""
        return self._source

    @property
    def gains(self) -> AutoGain:
        """What chooses the automatic gain."""
        return self._gains

    def px_per_mm(self) -> tuple[float, float]:
        """Return the screen's logical pixels per millimetre: as measured by the reader, else as the system reports."""
        return screens.px_per_mm(self._session.settings, self.screen())

    def effective_zoom(self) -> float:
        """Return the magnification in force: 1 where a millimetre on screen is a millimetre."""
        state = self._session.state
        if state.viewport.zoom is not None:
            return state.viewport.zoom
        if state.record is None:
            return 1.0
        # A short record is not blown up: its page counts as one of full width.
        page_mm = max(state.viewport.width_mm(state.record), PULSE_ROOM_MM + PAGE_MM)
        page_px = (page_mm + 2 * SIDE_MM) * self.px_per_mm()[0]
        zoom = self.width() / page_px
        # Where all leads have a row of their own none may lie below the window's edge; a text of many lines is paged.
        rows = self._rows(state.viewport, state.record)
        if rows <= MOST_FITTED_ROWS:
            least_mm = rows * FIT_ROW_MM + HEADER_MM + FOOTER_MM
            zoom = min(zoom, self.height() / (least_mm * self.px_per_mm()[1]))
        return float(min(max(zoom, MIN_ZOOM), MAX_ZOOM))

    @staticmethod
    def _rows(viewport: Viewport, record: Record) -> int:
        layout = viewport.layout(record)
        return len(layout.rows) + len(layout.rhythm)

    def _layout_paper(self, state: State, record: Record, source: TraceSource) -> None:
        """Compute plan and device from the state and the size of the window."""
        viewport = state.viewport
        zoom = self.effective_zoom()
        dots = self.px_per_mm()
        ratio = self.devicePixelRatioF()
        px_x, px_y = dots[0] * zoom, dots[1] * zoom
        rows = self._rows(viewport, record)
        least_mm = FIT_ROW_MM if viewport.zoom is None and rows <= MOST_FITTED_ROWS else MIN_ROW_MM
        free_mm = self.height() / px_y - HEADER_MM - FOOTER_MM
        height_mm = min(max(free_mm, rows * least_mm), max(rows * MAX_ROW_MM, MAX_STRIP_MM))
        self._plan = plan_of(
            viewport, record, source, self._gains, state.shown, px_per_mm=(px_x, px_y), height_mm=height_mm
        )
        sheet_width = (self._plan.width_mm + 2 * SIDE_MM) * px_x
        sheet_height = (self._plan.height_mm + HEADER_MM + FOOTER_MM) * px_y
        slack_x, slack_y = self.width() - sheet_width, self.height() - sheet_height
        left = slack_x / 2 if slack_x >= 0 else -min(viewport.offset_x_mm * px_x, -slack_x)
        top = slack_y / 2 if slack_y >= 0 else -min(viewport.offset_y_mm * px_y, -slack_y)

        def snapped(px: float) -> float:
            # Origins on whole device pixels: moving the paper must not change how its lines are rounded.
            return float(math.floor(px * ratio + 0.5) / ratio)

        self._device = Device(px_x, px_y, snapped(left + SIDE_MM * px_x), snapped(top + HEADER_MM * px_y), ratio)

    def room_mm(self) -> tuple[float, float]:
        """Return by how many millimetres the paper is larger than the window (0 where it is not)."""
        if self._plan is None:
            return 0.0, 0.0
        wide = self._plan.width_mm + 2 * SIDE_MM - self.width() / self._device.px_per_mm_x
        high = self._plan.height_mm + HEADER_MM + FOOTER_MM - self.height() / self._device.px_per_mm_y
        return max(wide, 0.0), max(high, 0.0)

    # Showing ----------------------------------------------------------------------------------------------------

    def _changed(self, old: State, new: State) -> None:
        if _visible(old) != _visible(new):
            self._bubble.hide()  # what it reads may have moved from under the mouse
            self.refresh()

    def refresh(self) -> None:
        """Lay the paper out again and repaint."""
        state = self._session.state
        rect = QRectF(0, 0, self.width(), self.height())
        record = state.record
        if record is None:
            self._plan = None
            self._item.show_sheet(None, self._device, rect)
            return
        if record is not self._record or self._source is None:
            self._record, self._source = record, TraceSource(record.traces)
        self._source.pyramids = dict(state.pyramids)
        self._source.filter = state.viewport.shown_filter
        self._layout_paper(state, record, self._source)
        self._highlights.marks = state.highlights
        self._item.show_sheet(self.sheet(), self._device, rect, (self._highlights, *self._overlays))

    def sheet(self) -> EcgSheet | None:
        """Return what is on the paper now."""
        state = self._session.state
        if state.record is None or self._plan is None or self._source is None:
            return None
        return sheet_of(
            state,
            state.record,
            self._plan,
            self._source,
            self.colors(),
            zoom=self.effective_zoom(),
            known=screens.is_calibrated(self._session.settings, self.screen()),
        )

    def colors(self) -> PaperColors:
        """Return the paper's colours: the chosen ones, or those of the theme."""
        return paper_colors(self._session.state.viewport.paper, dark_theme=is_dark(self.palette()))

    def picture(self) -> QImage:
        """Return the paper as it stands, as an image in device pixels that knows its density."""
        ratio = self.devicePixelRatioF()
        image = QImage(round(self.width() * ratio), round(self.height() * ratio), QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(ratio)
        image.setDotsPerMeterX(round(self._device.px_per_mm_x * 1000 * ratio))
        image.setDotsPerMeterY(round(self._device.px_per_mm_y * 1000 * ratio))
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        self._item.paint(painter)
        painter.end()
        return image

    # Moving -----------------------------------------------------------------------------------------------------

    def scroll_time(self, seconds: float) -> None:
        """Move the record under the paper."""
        state = self._session.state
        if state.record is not None:
            self._session.set_viewport(state.viewport.moved_to(state.record, state.viewport.start_s + seconds))

    def scroll_paper(self, dx_mm: float, dy_mm: float) -> None:
        """Move the paper under the window, where it is larger."""
        viewport = self._session.state.viewport
        wide, high = self.room_mm()
        self._session.look(
            offset_x_mm=min(max(min(viewport.offset_x_mm, wide) + dx_mm, 0.0), wide),
            offset_y_mm=min(max(min(viewport.offset_y_mm, high) + dy_mm, 0.0), high),
        )

    def step(self, direction: int, pages: float) -> None:
        """Go along the record by part of a page, or along the paper where the record ends with it."""
        state = self._session.state
        if state.record is None:
            return
        page_s = state.viewport.page_s(state.record)
        if state.record.duration_s > page_s + 1e-6:
            self.scroll_time(direction * pages * page_s)
        else:
            self.scroll_paper(direction * pages * self.width() / self._device.px_per_mm_x, 0.0)

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Magnify the paper around a point of the view (its middle if none)."""
        state = self._session.state
        if state.record is None:
            return
        point = at or QPointF(self.width() / 2, self.height() / 2)
        old = self._device
        x_mm, y_mm = old.mm_x(point.x()), old.mm_y(point.y())
        zoom = min(max(self.effective_zoom() * factor, MIN_ZOOM), MAX_ZOOM)
        if abs(zoom - 1.0) < 0.02:
            zoom = 1.0  # true size is worth meeting exactly
        dots = self.px_per_mm()
        self._session.look(
            zoom=zoom,
            offset_x_mm=max(x_mm + SIDE_MM - point.x() / (dots[0] * zoom), 0.0),
            offset_y_mm=max(y_mm + HEADER_MM - point.y() / (dots[1] * zoom), 0.0),
        )

    def show_place(self, lead: str, time_s: float) -> None:
        """Bring a place of a lead into view as large as everything is now; where the layout hides it, that follows.

        The rhythm row takes the lead where there is one, else every lead gets a row of its own.
        """
        state = self._session.state
        if state.record is None:
            return
        if not self._strips_of(lead, time_s):
            layout = state.viewport.layout(state.record)
            if layout.rhythm or state.viewport.layout_id in LEAD_LAYOUTS:
                self._session.look(rhythm_lead=lead)
            else:
                rows = "cabrera-12x1" if layout.id.startswith("cabrera") else "12x1"
                self._session.look(layout_id=rows, span_s=None)
        paper, own = self.paper_map(), self._strips_of(lead, time_s)
        if paper is None or not own:
            return
        strip = own[0]
        if self.rect().contains(paper.box(strip).intersected(self._around(paper, strip, time_s)).toAlignedRect()):
            return
        x_mm, y_mm = strip.x_of(time_s, paper.plan.scale), strip.baseline_mm
        wide, high = self.room_mm()
        self._session.look(
            offset_x_mm=min(max(x_mm + SIDE_MM - self.width() / self._device.px_per_mm_x / 2, 0.0), wide),
            offset_y_mm=min(max(y_mm + HEADER_MM - self.height() / self._device.px_per_mm_y / 2, 0.0), high),
        )

    def _strips_of(self, lead: str, time_s: float) -> list[Strip]:
        shown = self._plan.strips_at_time(time_s) if self._plan is not None else ()
        return [strip for strip in shown if strip.lead.removeprefix("-") == lead]

    @staticmethod
    def _around(paper: PaperMap, strip: Strip, time_s: float) -> QRectF:
        """Return the pixels of a strip half a second to both sides of an instant."""
        box, reach = paper.box(strip), 0.5 * paper.plan.scale.speed_mm_per_s * paper.device.px_per_mm_x
        return QRectF(paper.position_of(strip, time_s).x() - reach, box.top(), 2 * reach, box.height())

    def zoom_time(self, factor: float, at: QPointF | None = None) -> None:
        """Show more or less time on the page of a strip layout, around the time under a point."""
        state = self._session.state
        if state.record is None or state.viewport.layout(state.record).columns != 1 or self._plan is None:
            return
        span = state.viewport.page_s(state.record) * factor
        strip = self._plan.strips[0] if self._plan.strips else None
        anchor = None
        if at is not None and strip is not None:
            anchor = strip.time_at(self._device.mm_x(at.x()), self._plan.scale)
        new = None if abs(span - PAGE_S) < 0.05 * PAGE_S else span
        self._session.set_viewport(state.viewport.with_span(state.record, new, anchor))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll or magnify."""
        self._gestures.wheel(event)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a drag."""
        self._gestures.press(event)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with a drag, or say what lies under the mouse."""
        self._gestures.move(event)
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a drag."""
        self._gestures.release(event)
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Fit the page, unless an overlay takes the click."""
        self._gestures.double_click(event)
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        """Take the readout away."""
        self._bubble.hide()
        super().leaveEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the paper out for the new size."""
        super().resizeEvent(event)
        # GraphicsView resizes itself once while it is being constructed.
        if hasattr(self, "_item") and hasattr(self, "_bubble"):
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Watch from now on which screen the window is on."""
        super().showEvent(event)
        self._watch.follow(self)
        self.refresh()

    def event(self, event: QEvent) -> bool:
        """Lay the paper out again when the window's device pixel ratio or the theme changes."""
        done = bool(super().event(event))
        if event.type() in (QEvent.Type.DevicePixelRatioChange, QEvent.Type.PaletteChange) and hasattr(self, "_item"):
            self.refresh()
        return done

    # Reading ----------------------------------------------------------------------------------------------------

    def readout_at(self, position: QPointF) -> Readout | None:
        """Return what stands at a point of the view, or None beside the traces."""
        paper = self.paper_map()
        point = paper.point_at(position) if paper else None
        if paper is None or point is None:
            return None
        state = self._session.state
        code = state.evidence_class
        evidence = state.evidence
        value = evidence.at(code, point.lead, point.time_s) if evidence is not None and code else None
        words = class_words(state.shown, code) if code else ""
        try:
            millivolts = paper.value(point.lead, point.time_s)
        except CardioError as error:  # a file that was taken away while it is shown
            self._session.tell(error)
            millivolts = None
        return Readout(point.lead, point.time_s, millivolts, value, code, words)

    def show_readout(self, position: QPointF) -> None:
        """Say what lies at a point, or nothing beside the traces."""
        self._bubble.show_at(position, self.readout_at(position))

    def hide_readout(self) -> None:
        """Take the readout away."""
        self._bubble.hide()

    # Overlays ---------------------------------------------------------------------------------------------------

    @property
    def overlays(self) -> tuple[Overlay, ...]:
        """What others draw on the paper, the topmost last."""
        return self._overlays

    def add_overlay(self, overlay: Overlay) -> None:
        """Let `overlay` draw on the paper and take the mouse (`render.overlay` tells how)."""
        self._overlays = (*self._overlays, overlay)
        self.refresh()

    def remove_overlay(self, overlay: Overlay) -> None:
        """Take an overlay away; one that is not there is no error."""
        self._overlays = tuple(other for other in self._overlays if other is not overlay)
        self._gestures.forget(overlay)
        self.refresh()

    def update_overlays(self) -> None:
        """Paint the overlays above the traces again, without the traces."""
        self._item.update()

    def paper_map(self) -> PaperMap | None:
        """Return the map between pixels and (strip, time, millivolts) of what is shown, None without a record."""
        if self._plan is None or self._source is None:
            return None
        return PaperMap(self._plan, self._device, self._source, self.colors())
