"""Beats on the screen's paper: whose they are, of what kind, and taken hold of with the mouse."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPolygonF

from cardio_desktop.app import beat_work
from cardio_desktop.app.i18n import tr
from cardio_desktop.app.marks import Marks, Tool
from cardio_desktop.core.beat_edits import SAME_BEAT_S, BeatEdit
from cardio_desktop.core.beat_kinds import BeatKind
from cardio_desktop.core.caliper_paper import lead_of
from cardio_desktop.core.errors import CardioError
from cardio_desktop.core.findings import Beat
from cardio_desktop.core.paper import PaperPlan, Strip
from cardio_desktop.core.snapping import sample_s
from cardio_desktop.render.overlay import Mouse, Overlay, PaperMap, PaperMouse
from cardio_desktop.render.sheet import text_font

LETTERS = {BeatKind.SUPRAVENTRICULAR: "S", BeatKind.VENTRICULAR: "V", BeatKind.PACED: "P"}
MOST_SHOWN = 400
REACH_PX = 6.0
CLICK_PX = 3.0


class BeatOverlay(Overlay):
    """Marks on the lowest row what the reader changed, the kind of every beat, and says whose marks are whose.

    The detector's own beats are ticks of the sheet, the file's are marks at its foot. With the beat tool a press on a
    beat takes hold of it, and one elsewhere adds a beat at the peak nearby.
    """

    def __init__(self, marks: Marks, is_screen: Callable[[PaperMap], bool]) -> None:
        self._marks, self._is_screen = marks, is_screen
        self._held: Beat | None = None
        self._turn = 0
        self._pressed = QPointF()
        self._lead = ""

    # Drawing ----------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter, paper: PaperMap) -> None:
        """Draw on the lowest row."""
        plan = paper.plan
        rows = _marked_rows(plan)
        beats = _between(self._marks.beats(), plan.start_s, plan.end_s)
        edits = self._marks.edits_between(plan.start_s, plan.end_s)
        painter.setFont(text_font(paper.device, 2.6, bold=True))
        for strip in rows:
            if len(beats) <= MOST_SHOWN:
                self._paint_kinds(painter, paper, strip, beats)
            for edit in edits[:MOST_SHOWN]:
                self._paint_edit(painter, paper, strip, edit)
        if self._is_screen(paper):
            self._paint_selected(painter, paper)
        if rows and (self._marks.edits or self._marks.file_beats):
            self._paint_legend(painter, paper, rows[-1])

    def _paint_kinds(self, painter: QPainter, paper: PaperMap, strip: Strip, beats: Sequence[Beat]) -> None:
        painter.setPen(QColor(paper.colors.note))
        metrics = QFontMetricsF(painter.font())
        for beat in beats:
            letter = LETTERS.get(beat.kind)
            if letter and strip.start_s <= beat.time_s < strip.end_s:
                x, y = self._foot(paper, strip, beat.time_s)
                painter.drawText(QPointF(x + 0.8 * paper.device.px_per_mm_x, y + metrics.ascent()), letter)

    def _paint_edit(self, painter: QPainter, paper: PaperMap, strip: Strip, edit: BeatEdit) -> None:
        size = 0.9 * paper.device.px_per_mm_x
        painter.setPen(paper.hairline(paper.colors.caliper))
        if edit.original_s is not None and edit.time_s is None and strip.start_s <= edit.original_s < strip.end_s:
            _cross(painter, *self._foot(paper, strip, edit.original_s), size)
        elif edit.time_s is not None and strip.start_s <= edit.time_s < strip.end_s:
            _diamond(painter, *self._foot(paper, strip, edit.time_s), size)

    @staticmethod
    def _foot(paper: PaperMap, strip: Strip, time_s: float) -> tuple[float, float]:
        return paper.device.x(strip.x_of(time_s, paper.plan.scale)), paper.device.y(strip.top_mm + 1.2)

    def _paint_selected(self, painter: QPainter, paper: PaperMap) -> None:
        """Veil a selected beat that the detector did not find there; the sheet veils its own."""
        time_s = self._marks.session.state.viewport.selected_beat_s
        if time_s is None or _between(self._marks.found_beats(), time_s - 1e-6, time_s + 1e-6):
            return
        veil = QColor(paper.colors.caliper)
        veil.setAlpha(26)
        for strip in paper.plan.strips_at_time(time_s):
            box = paper.box(strip)
            middle = paper.position_of(strip, time_s).x()
            half = 0.3 * paper.plan.scale.speed_mm_per_s * paper.device.px_per_mm_x
            left, right = max(middle - half, box.left()), min(middle + half, box.right())
            painter.fillRect(QRectF(left, box.top(), right - left, box.height()), veil)

    def _paint_legend(self, painter: QPainter, paper: PaperMap, strip: Strip) -> None:
        """Say whose marks are whose, at the right end of the lowest row."""
        painter.setFont(text_font(paper.device, 2.4))
        metrics = QFontMetricsF(painter.font())
        box = paper.box(strip)
        size = 0.8 * paper.device.px_per_mm_x
        entries = [("tick", tr("detector"))]
        if self._marks.file_beats:
            entries.append(("file", tr("file")))
        if self._marks.edits:
            entries += [("diamond", tr("you")), ("cross", tr("deleted by you"))]
        width = sum(metrics.horizontalAdvance(words) + 5 * size for _, words in entries)
        # Below the marks, which it must not cover.
        x, middle = box.right() - width - 4, box.top() + 3.2 * paper.device.px_per_mm_y + metrics.height() / 2
        halo = QColor(paper.colors.paper)
        halo.setAlpha(160)
        painter.fillRect(QRectF(x - size, middle - metrics.height() / 2, width + size, metrics.height()), halo)
        for sign, words in entries:
            if sign == "tick":
                painter.setPen(paper.hairline(paper.colors.note))
                painter.drawLine(QLineF(x, middle - size, x, middle + size))
            elif sign == "file":
                painter.setPen(paper.hairline(paper.colors.mark))
                painter.drawLine(QLineF(x, middle - size, x, middle + size))
            else:
                painter.setPen(paper.hairline(paper.colors.caliper))
                (_diamond if sign == "diamond" else _cross)(painter, x, middle, size)
            painter.setPen(QColor(paper.colors.note))
            baseline = middle + (metrics.ascent() - metrics.descent()) / 2
            painter.drawText(QPointF(x + 1.8 * size, baseline), words)
            x += metrics.horizontalAdvance(words) + 5 * size

    # The mouse --------------------------------------------------------------------------------------------------

    def cursor(self, position: QPointF, paper: PaperMap) -> Qt.CursorShape | None:
        """Show a hand that points while beats are edited."""
        del position, paper
        return Qt.CursorShape.PointingHandCursor if self._marks.tool is Tool.BEAT else None

    def mouse(self, event: PaperMouse, paper: PaperMap) -> bool:
        """Select, move or add beats while the beat tool is in hand."""
        if self._turn != self._marks.turn:
            self._turn, self._held = self._marks.turn, None
        if self._marks.tool is not Tool.BEAT:
            return False
        try:
            if event.kind is Mouse.PRESS:
                return event.button == Qt.MouseButton.LeftButton and self._press(event, paper)
            if event.kind is Mouse.MOVE and self._held is not None:
                self._marks.show_beat_draft(beat_work.moved_edit(self._marks, self._held, self._time(event, paper)))
            elif event.kind is Mouse.RELEASE and self._held is not None:
                held, self._held = self._held, None
                if abs(event.position.x() - self._pressed.x()) >= CLICK_PX:
                    beat_work.move_beat(self._marks, held, self._time(event, paper))
                else:
                    self._marks.show_beat_draft(None)
        except CardioError as error:
            self._marks.session.tell(error)
        return event.kind is not Mouse.HOVER

    def _press(self, event: PaperMouse, paper: PaperMap) -> bool:
        record = self._marks.record
        if event.point is None or record is None:
            return True
        self._pressed, self._lead = event.position, event.point.lead
        reach_s = max(paper.plan.scale.s_of_mm(REACH_PX / paper.device.px_per_mm_x), SAME_BEAT_S)
        self._held = beat_work.beat_at(self._marks, event.point.time_s, reach_s)
        if self._held is not None:
            self._marks.session.look(selected_beat_s=self._held.time_s)
        elif 0 <= event.point.time_s <= record.duration_s:
            lead = lead_of(event.point.strip)
            beat_work.add_beat(self._marks, beat_work.peak_near(record, lead, event.point.time_s))
        return True

    def _time(self, event: PaperMouse, paper: PaperMap) -> float:
        """Return the sample under the mouse, within the record."""
        record = self._marks.record
        assert record is not None
        strips = [strip for strip in paper.plan.strips if strip.lead == self._lead] or list(paper.plan.strips)
        strip = event.point.strip if event.point is not None else strips[0]
        time_s = paper.point_in(strip, event.position).time_s
        return sample_s(min(max(time_s, 0.0), record.duration_s), record.rate_hz)


def _marked_rows(plan: PaperPlan) -> list[Strip]:
    """Return the strips that carry beat marks: the lowest row, or every line of a lead that goes on line after line."""
    if not plan.strips:
        return []
    wrapped = len({strip.lead for strip in plan.strips}) == 1
    return [strip for strip in plan.strips if wrapped or strip.row == plan.strips[-1].row]


def _between(beats: Sequence[Beat], start_s: float, end_s: float) -> Sequence[Beat]:
    first, stop = (bisect_left(beats, time_s, key=lambda beat: beat.time_s) for time_s in (start_s, end_s))
    return beats[first:stop]


def _diamond(painter: QPainter, x: float, y: float, size: float) -> None:
    painter.drawPolygon(
        QPolygonF([QPointF(x, y - size), QPointF(x + size, y), QPointF(x, y + size), QPointF(x - size, y)])
    )


def _cross(painter: QPainter, x: float, y: float, size: float) -> None:
    painter.drawLine(QLineF(x - size, y - size, x + size, y + size))
    painter.drawLine(QLineF(x - size, y + size, x + size, y - size))
