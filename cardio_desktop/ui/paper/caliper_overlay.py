"""Calipers on the screen's paper: drawn, taken hold of, placed and dragged with the mouse."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter

from cardio_desktop.analysis.display_filters import DisplayFilter
from cardio_desktop.app import caliper_work
from cardio_desktop.app.i18n import language, tr
from cardio_desktop.app.marks import Marks, Tool
from cardio_desktop.core.caliper_paper import Part, draw_calipers, lead_of, nearest_part, shown_sign
from cardio_desktop.core.calipers import Caliper, CaliperKind, make_caliper
from cardio_desktop.core.errors import CardioError
from cardio_desktop.core.label_room import CELL_MM, LabelRoom
from cardio_desktop.core.paper import PaperPlan, Strip
from cardio_desktop.core.snapping import landmarks_s, nearest_s, sample_s
from cardio_desktop.render.calipers import paint_calipers
from cardio_desktop.render.overlay import Mouse, Overlay, PaperMap, PaperMouse
from cardio_desktop.render.traces import TraceSource

GRIP_PX = 5.0
SNAP_PX = 7.0
CLICK_PX = 4.0


class CaliperOverlay(Overlay):
    """Shows `Marks.shown()`; a press with a caliper in hand places one, a press on one takes hold of it.

    A caliper is placed by a drag, or by two clicks.
    """

    def __init__(self, marks: Marks, is_screen: Callable[[PaperMap], bool]) -> None:
        self._marks, self._is_screen = marks, is_screen
        self._place: tuple[str, int] | None = None
        self._first: tuple[float, float] | None = None
        self._fresh = False
        self._turn = 0
        self._pressed = QPointF()
        self._held: tuple[Caliper, Part, float, float] | None = None
        self._room: tuple[tuple[PaperPlan, TraceSource, DisplayFilter], LabelRoom] | None = None
        self._landmarks: tuple[object, NDArray[np.float64]] = (None, np.empty(0))

    # Drawing ----------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter, paper: PaperMap) -> None:
        """Draw every caliper; the selected one with grips on what keys move."""
        shown = self._marks.shown() if self._is_screen(paper) else self._marks.calipers  # none in hand on a print
        if shown:
            drawings = draw_calipers(shown, paper.plan, language(), self._room_on(paper))
            chosen = self._marks.selected if self._is_screen(paper) else None  # no grips on a print
            paint_calipers(painter, drawings, paper.device, paper.colors, chosen, self._marks.part)

    def _room_on(self, paper: PaperMap) -> LabelRoom:
        """Return where the paper is free, found once for what is shown."""
        key = (paper.plan, paper.source, paper.source.filter)
        known = self._room
        if known is None or known[0][0] is not key[0] or known[0][1:] != key[1:]:

            def course(strip: Strip) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
                columns = max(round(strip.width_mm / CELL_MM), 1)
                piece = paper.source.between(strip.lead, max(strip.start_s, 0.0), strip.end_s, columns)
                none = np.empty(0)
                return (none, none) if piece is None else (piece.times_s, piece.millivolts)

            known = self._room = (key, LabelRoom(paper.plan, course))
        return known[1]

    def cursor(self, position: QPointF, paper: PaperMap) -> Qt.CursorShape | None:
        """Show a cross while placing, arrows over what can be dragged."""
        if self._kind() is not None:
            return Qt.CursorShape.CrossCursor
        part = self._part_at(position, paper)
        if part is None:
            return None
        if part in (Part.START, Part.END):
            return Qt.CursorShape.SizeHorCursor
        return Qt.CursorShape.SizeVerCursor if part in (Part.LOW, Part.HIGH) else Qt.CursorShape.SizeAllCursor

    def _kind(self) -> CaliperKind | None:
        tool = self._marks.tool
        return None if tool in (Tool.HAND, Tool.BEAT) else CaliperKind(tool.value)

    def _part_at(self, position: QPointF, paper: PaperMap) -> Part | None:
        found = self._hit(position, paper)
        return None if found is None else found[1]

    def _hit(self, position: QPointF, paper: PaperMap) -> tuple[Caliper, Part, Strip] | None:
        if not self._marks.calipers:
            return None
        device = paper.device
        drawings = draw_calipers(self._marks.calipers, paper.plan, language())
        x_mm, y_mm = device.mm_x(position.x()), device.mm_y(position.y())
        found = nearest_part(drawings, x_mm, y_mm, GRIP_PX / device.px_per_mm_x)
        return None if found is None else (found[0].caliper, found[1], found[0].strip)

    def _strip(self, paper: PaperMap) -> Strip | None:
        """Return the strip on which the drag began: the paper may have been scrolled or laid out anew meanwhile."""
        if self._place is None:
            return None
        same = [strip for strip in paper.plan.strips if strip.lead == self._place[0]]
        return next((strip for strip in same if strip.row == self._place[1]), same[0] if same else None)

    # The mouse --------------------------------------------------------------------------------------------------

    def mouse(self, event: PaperMouse, paper: PaperMap) -> bool:
        """Place, take hold, drag; whatever else happens is not ours."""
        if self._turn != self._marks.turn:  # another tool or record: what was begun is over
            self._turn, self._first, self._held, self._place = self._marks.turn, None, None, None
        try:
            match event.kind:
                case Mouse.PRESS:
                    return event.button == Qt.MouseButton.LeftButton and self._press(event, paper)
                case Mouse.MOVE:
                    return self._drag(event, paper)
                case Mouse.HOVER:
                    return self._first is not None and self._drag(event, paper)
                case Mouse.RELEASE:
                    return self._release(event, paper)
                case Mouse.DOUBLE:
                    return self._kind() is not None or self._hit(event.position, paper) is not None
        except CardioError as error:  # samples that can no longer be read
            self._marks.session.tell(error)
        return False

    def _press(self, event: PaperMouse, paper: PaperMap) -> bool:
        self._pressed = event.position
        kind = self._kind()
        if kind is None:
            self._first = None
            return self._take_hold(event, paper)
        if self._first is not None:  # the second of two clicks
            self._fresh = False
            return True
        if event.point is None:
            return True
        strip = event.point.strip
        self._place, self._fresh = (strip.lead, strip.row), True
        self._first = self._place_of(event.position, strip, paper)
        self._marks.select(None)
        return True

    def _take_hold(self, event: PaperMouse, paper: PaperMap) -> bool:
        found = self._hit(event.position, paper)
        if found is None:
            if self._marks.selected is not None and event.point is not None:
                self._marks.select(None)
            return False
        caliper, part, strip = found
        self._place = (strip.lead, strip.row)
        at = paper.point_in(strip, event.position)
        self._held = (caliper, part, at.time_s, at.millivolts * shown_sign(strip))
        self._marks.select(caliper.id, part)
        return True

    def _drag(self, event: PaperMouse, paper: PaperMap) -> bool:
        strip = self._strip(paper)
        if strip is None:
            return False
        kind = self._kind()
        if self._first is not None and kind is not None:
            second = self._place_of(event.position, strip, paper)
            caliper = _between(kind, lead_of(strip), self._first, second)
            old = self._marks.draft
            self._marks.show_draft(caliper if old is None else replace(caliper, id=old.id))
            return True
        if self._held is not None:
            self._marks.show_draft(self._dragged(event, paper, self._held, strip))
            return True
        return False

    def _dragged(
        self, event: PaperMouse, paper: PaperMap, held: tuple[Caliper, Part, float, float], strip: Strip
    ) -> Caliper:
        caliper, part, from_s, from_mv = held
        record = self._marks.record
        assert record is not None
        at = paper.point_in(strip, event.position)
        seconds, millivolts = at.time_s - from_s, at.millivolts * shown_sign(strip) - from_mv
        if part in (Part.START, Part.END):
            here = caliper.start_s if part is Part.START else caliper.end_s
            seconds = self._snapped_s(here + seconds, strip, paper) - here
        elif part in (Part.LOW, Part.HIGH):
            here = caliper.low_mv if part is Part.LOW else caliper.high_mv
            millivolts = self._snapped_mv(here + millivolts, at.time_s, strip, paper) - here
        else:
            seconds = self._snapped_s(caliper.start_s + seconds, strip, paper) - caliper.start_s
        return caliper_work.moved_part(caliper, part, seconds, millivolts, record)[0]

    def _release(self, event: PaperMouse, paper: PaperMap) -> bool:
        moved = event.position - self._pressed
        clicked = abs(moved.x()) < CLICK_PX and abs(moved.y()) < CLICK_PX
        if self._held is not None:
            draft = self._marks.draft
            if draft is not None and not clicked:
                self._marks.change_caliper(tr("move caliper"), caliper_work.settled(draft, self._marks))
            else:
                self._marks.show_draft(None)
            self._held = None
            return True
        if self._first is None:
            return False
        if clicked and self._fresh:
            return True  # the first of two clicks: the caliper now follows the mouse
        self._drag(event, paper)
        draft, self._first = self._marks.draft, None
        tool = self._marks.tool
        keep = bool(event.modifiers & Qt.KeyboardModifier.ShiftModifier)
        if draft is not None and (draft.interval_ms > 0 or draft.kind is CaliperKind.AMPLITUDE):
            caliper_work.place(self._marks, draft)
        else:
            self._marks.show_draft(None)
        self._marks.take(tool if keep else Tool.HAND)
        return True

    # Snapping ---------------------------------------------------------------------------------------------------

    def _place_of(self, position: QPointF, strip: Strip, paper: PaperMap) -> tuple[float, float]:
        """Return (s, mV of the lead) under the mouse, snapped if wished, within the record."""
        at = paper.point_in(strip, position)
        time_s = self._snapped_s(at.time_s, strip, paper)
        return time_s, self._snapped_mv(at.millivolts * shown_sign(strip), time_s, strip, paper)

    def _snapped_s(self, time_s: float, strip: Strip, paper: PaperMap) -> float:
        record = self._marks.record
        assert record is not None
        inside = min(max(time_s, 0.0), record.duration_s)
        if not self._marks.snap:
            return inside
        reach_s = paper.plan.scale.s_of_mm(SNAP_PX / paper.device.px_per_mm_x)
        mark = nearest_s(self._landmarks_of(lead_of(strip)), inside, reach_s)
        return mark if mark is not None else sample_s(inside, record.traces[lead_of(strip)].rate_hz)

    def _snapped_mv(self, millivolts: float, time_s: float, strip: Strip, paper: PaperMap) -> float:
        if not self._marks.snap:
            return millivolts
        value = paper.value(lead_of(strip), time_s)
        reach_mv = paper.plan.scale.mv_of_mm(SNAP_PX / paper.device.px_per_mm_y)
        return value if value is not None and abs(value - millivolts) <= reach_mv else millivolts

    def _landmarks_of(self, lead: str) -> NDArray[np.float64]:
        beats = self._marks.beats()
        key = (self._marks.findings, beats, lead)
        known = self._landmarks[0]
        if not (isinstance(known, tuple) and known[0] is key[0] and known[1] is key[1] and known[2] == lead):
            self._landmarks = (key, landmarks_s(self._marks.findings, beats, lead))
        return self._landmarks[1]


def _between(kind: CaliperKind, lead: str, first: tuple[float, float], second: tuple[float, float]) -> Caliper:
    """Return the caliper between two points; where only time counts, its bar stays at the height of the first."""
    if not kind.has_amplitude:
        second = (second[0], first[1])
    return make_caliper(kind, lead, first, second)
