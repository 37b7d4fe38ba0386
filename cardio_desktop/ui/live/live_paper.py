"""The paper of a recording that is still going on: swept or scrolled at true speed, frozen to look back.

It is drawn into one picture a column of leads (`render.sweep`), sixty times a second only the few columns of pixels
that are new. Frozen, the same picture shows another stretch; whatever comes meanwhile stays in the ring.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.live_now import LiveNow, shown_class
from cardio_desktop.app.live_signal import LiveSignal
from cardio_desktop.app.settings import Settings
from cardio_desktop.core.paper import BOLD_MM, PaperPlan, Strip
from cardio_desktop.core.units import CALIBRATION_MV, PaperScale
from cardio_desktop.render.colors import PaperColors, paper_colors
from cardio_desktop.render.device import Device
from cardio_desktop.render.evidence import Look, paint_legend
from cardio_desktop.render.sheet import text_font, time_of_line
from cardio_desktop.render.sweep import SweepPicture, logical, rows_of
from cardio_desktop.render.sweep_evidence import EvidenceGlaze, glaze_of
from cardio_desktop.ui.live.frozen_calipers import FrozenCalipers
from cardio_desktop.ui.paper import screens
from cardio_desktop.ui.paper.evidence_words import class_words
from cardio_desktop.ui.theme import is_dark

GUTTER_MM = 19.0
"""Room at the left of each column for the lead's name, why it cannot be read, and the calibration pulse."""
GAP_MM = 3.0
FOOT_MM = 5.0
"""Room under the paper for the time of a frozen page."""
EDGE_MM = 4.0
"""Paper above the first and below the last row: waves of the first lead would be cut off sooner than all others."""
BAR_MM = 4.0
"""Bare paper ahead of a sweep: a seventh of a second at 25 mm/s, as monitors have it."""
LEAST_ROW_MM, LEAST_COLUMN_S = 15.0, 4.0
"""Leads stand in two columns once one column would give them rows lower than this, if each still holds so long."""
WHEEL_STEP = 120.0
PULSE_MM = 5.0


@dataclass(frozen=True)
class LeadState:
    """What is said of a lead beside its name: "" where it can be read."""

    reason: str = ""
    tip: str = ""


class LivePaper(QWidget):
    """Draws a `LiveSignal`. `moved` tells that it was frozen, moved or let go; `measured` that a caliper changed."""

    moved = Signal()
    measured = Signal()

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("live-paper")
        self.setAccessibleName(tr("Live ECG"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setMinimumSize(480, 240)
        self._settings = settings
        live = settings.live
        self._speed, self._gain = live.speed_mm_per_s(), live.gain_mm_per_mv()
        self._scrolls, self._columns = live.scrolls(), live.columns()
        self._signal: LiveSignal | None = None
        self._pictures: list[SweepPicture] = []
        self._leads: list[tuple[str, ...]] = []
        self._lefts: list[int] = []
        self._drawn = 0
        self._frozen_from: int | None = None
        self._states: dict[str, LeadState] = {}
        self._glazes: tuple[EvidenceGlaze, ...] = ()
        self._glazed: tuple[object, ...] = ()
        self._legend: tuple[str, float] | None = None
        self.wants_evidence = settings.live.shows_evidence()
        self._dots = (1.0, 1.0)
        self.calipers = FrozenCalipers(self._calipers_changed)
        self._watch = screens.ScreenWatch(self, self.lay_out)

    # What is shown ----------------------------------------------------------------------------------------------

    @property
    def signal(self) -> LiveSignal | None:
        """What is drawn."""
        return self._signal

    @property
    def frozen(self) -> bool:
        """Whether the page stands still."""
        return self._frozen_from is not None

    @property
    def page_s(self) -> float:
        """How much time a page holds."""
        return self._pictures[0].seconds if self._pictures else 0.0

    @property
    def start_s(self) -> float:
        """Where the page begins."""
        if not self._pictures:
            return 0.0
        picture = self._pictures[0]
        return picture.time_of(self._drawn - picture.width if self._frozen_from is None else self._frozen_from)

    @property
    def end_s(self) -> float:
        """Where the page ends: the newest instant that is drawn, unless it is frozen."""
        return self.start_s + self.page_s

    @property
    def scrolls(self) -> bool:
        """Whether the paper scrolls instead of being swept."""
        return self._scrolls

    @property
    def speed_mm_per_s(self) -> float:
        """The paper's speed."""
        return self._speed

    @property
    def gain_mm_per_mv(self) -> float:
        """The paper's gain."""
        return self._gain

    @property
    def columns(self) -> int:
        """In how many columns the leads stand."""
        return len(self._pictures) or 1

    @property
    def pictures(self) -> tuple[SweepPicture, ...]:
        """The pictures of its columns."""
        return tuple(self._pictures)

    def show_signal(self, signal: LiveSignal | None) -> None:
        """Draw another recording, from its newest sample on."""
        self._signal, self._frozen_from, self._states = signal, None, {}
        self.calipers.clear()
        if signal is not None:
            self.calipers.rate_hz = signal.rate_hz
        self.lay_out()

    def show_states(self, states: Mapping[str, LeadState]) -> None:
        """Say of each lead why it cannot be read."""
        if dict(states) != self._states:
            self._states = dict(states)
            self.setToolTip("\n".join(f"{lead}: {state.tip}" for lead, state in states.items() if state.tip))
            for column in range(len(self._lefts)):
                self.update(self._gutter(column))

    def show_evidence(self, now: LiveNow) -> None:
        """Lay on the evidence of the opinion that covers most of the page, if it speaks for something."""
        found = now.evidence_on(self.start_s, self.end_s) if self.wants_evidence else None
        code = None if found is None else shown_class(found[0])
        key = (None,) if found is None or code is None else (id(found[1]), code, *map(id, self._pictures))
        if key == self._glazed:
            return
        self._glazed, self._glazes, self._legend = key, (), None
        if found is not None and code is not None:
            view, evidence = self._settings.viewport(), found[1]
            look = Look(view.opacity, evidence.scale(code), view.evidence_from, self.colors())
            self._legend = class_words(None, code), look.full
            self._glazes = tuple(
                glaze_of(picture, leads, evidence, code, look)
                for picture, leads in zip(self._pictures, self._leads, strict=True)
            )
        self.update()

    def toggle_evidence(self) -> None:
        """Show evidence, or none, from the next words on."""
        self.wants_evidence = not self.wants_evidence
        self._settings.live.set_shows_evidence(self.wants_evidence)

    def look(
        self,
        *,
        speed_mm_per_s: float | None = None,
        gain_mm_per_mv: float | None = None,
        scrolls: bool | None = None,
        columns: int | None = None,
    ) -> None:
        """Change how it is drawn, and remember it; the instant at the page's end stays there."""
        live, end_s = self._settings.live, self.end_s
        if speed_mm_per_s is not None:
            self._speed = speed_mm_per_s
            live.set_speed(speed_mm_per_s)
        if gain_mm_per_mv is not None:
            self._gain = gain_mm_per_mv
            live.set_gain(gain_mm_per_mv)
        if scrolls is not None:
            self._scrolls = scrolls
            live.set_scrolls(scrolls)
        if columns is not None:
            self._columns = columns
            live.set_columns(columns)
        self._arrange(end_s)

    # Geometry ---------------------------------------------------------------------------------------------------

    def lay_out(self) -> None:
        """Make the pictures anew for the window's size, screen and colours, and draw the page."""
        self._arrange(self.end_s)

    def colors(self) -> PaperColors:
        """Return the paper's colours: those that the reader chose for all paper."""
        return paper_colors(self._settings.viewport().paper, dark_theme=is_dark(self.palette()))

    def _arrange(self, end_s: float) -> None:
        signal, ratio = self._signal, self.devicePixelRatioF()
        frozen = self.frozen
        self._pictures, self._leads, self._lefts = [], [], []
        dots = screens.px_per_mm(self._settings, self.screen())
        self._dots = dots
        if signal is None:
            self.update()
            return
        px_x, px_y = dots[0] * ratio, dots[1] * ratio
        height = max(round((self.height() - FOOT_MM * dots[1]) * ratio), 1)
        count = self._count(height / px_y, self.width() / dots[0])
        scale = PaperScale(self._speed, self._gain, px_x, px_y)
        each_mm = (self.width() / dots[0] - (count - 1) * GAP_MM) / count
        squares = max(int((each_mm - GUTTER_MM) / BOLD_MM), 4)
        width = int(squares * BOLD_MM * px_x)  # with no line of the grid twice where it goes round
        per = -(-len(signal.names) // count)
        edge = round(EDGE_MM * px_y)
        strokes = 1 if ratio < 1.5 else 2
        for column in range(count):
            leads = signal.names[column * per : (column + 1) * per]
            # A last column with fewer leads keeps the height of the others' rows.
            rows = rows_of(per, edge, height - 2 * edge)[: len(leads)]
            picture = SweepPicture(width, height, rows, scale, signal.rate_hz, self.colors(), strokes=strokes)
            self._pictures.append(picture)
            self._leads.append(leads)
            self._lefts.append(round((column * (each_mm + GAP_MM) + GUTTER_MM) * px_x))
        picture = self._pictures[0]
        newest = picture.whole_columns(signal.ring.stop)
        end = min(picture.column_of(end_s), newest) if end_s > 0 else newest
        self._drawn = max(end, 0)
        if frozen:
            self._frozen_from = end - width
        self._draw(end - width, end)
        if not frozen and not self._scrolls:
            self._clear_ahead(end)
        self.update()
        self.moved.emit()

    def _count(self, height_mm: float, width_mm: float) -> int:
        assert self._signal is not None
        leads = len(self._signal.names)
        if self._columns:
            return min(self._columns, max(leads, 1))
        half_s = (width_mm / 2 - GUTTER_MM - GAP_MM) / self._speed
        return 2 if leads > 1 and height_mm / leads < LEAST_ROW_MM and half_s >= LEAST_COLUMN_S else 1

    @property
    def device(self) -> Device:
        """The map from the millimetres of `plan` to the widget's pixels."""
        return Device(*self._dots, 0.0, 0.0, self.devicePixelRatioF())

    def plan(self) -> PaperPlan:
        """Return the frozen page as a plan: where which lead and instant stands, in millimetres of the widget."""
        ratio, strips = self.devicePixelRatioF(), []
        scale = PaperScale(self._speed, self._gain, *self._dots)
        for column, (picture, leads, left) in enumerate(zip(self._pictures, self._leads, self._lefts, strict=True)):
            for number, (lead, row) in enumerate(zip(leads, picture.rows, strict=True)):
                strips.append(
                    Strip(
                        lead=lead,
                        row=number,
                        column=column,
                        x_mm=left / ratio / self._dots[0],
                        width_mm=picture.width / ratio / self._dots[0],
                        top_mm=row.top / ratio / self._dots[1],
                        height_mm=(row.bottom - row.top) / ratio / self._dots[1],
                        start_s=self.start_s,
                        end_s=self.end_s,
                    )
                )
        width_mm, height_mm = self.width() / self._dots[0], self.height() / self._dots[1]
        return PaperPlan(scale, tuple(strips), (), width_mm, height_mm, self.start_s, self.end_s)

    def _gutter(self, column: int) -> QRect:
        ratio = self.devicePixelRatioF()
        left = self._lefts[column] / ratio
        wide = GUTTER_MM * self._dots[0]
        return QRectF(left - wide, 0, wide, self.height()).toAlignedRect()

    def _paper_rect(self, column: int) -> QRect:
        picture, left = self._pictures[column], self._lefts[column]
        return logical(QRect(left, 0, picture.width, picture.height), self.devicePixelRatioF())

    # Going on ---------------------------------------------------------------------------------------------------

    def advance(self, shown_s: float) -> None:
        """Draw what is new up to an instant; a frozen page stays as it is."""
        if self._signal is None or not self._pictures or self.frozen:
            return
        picture = self._pictures[0]
        end = min(picture.column_of(shown_s), picture.whole_columns(self._signal.ring.stop))
        first = max(self._drawn, end - picture.width)
        if end <= first:
            return
        self._draw(first, end)
        if self._scrolls:
            for column in range(len(self._pictures)):
                self.update(self._paper_rect(column))
        else:
            bar = self._clear_ahead(end)
            for begin, stop, base in picture.places(first, bar):
                for left in self._lefts:
                    rect = QRect(left + begin - base, 0, stop - begin, picture.height)
                    self.update(logical(rect, self.devicePixelRatioF()))
        self._drawn = end

    def _draw(self, first: int, end: int) -> None:
        """Draw columns first <= c < end of every picture from the ring."""
        assert self._signal is not None
        first_sample, stop = self._pictures[0].samples_of(first, end)
        values = self._signal.millivolts(first_sample, stop)
        row, known = 0, self._signal.first
        for picture in self._pictures:
            picture.draw(first, end, first_sample, values[row : row + len(picture.rows)], known_from=known)
            row += len(picture.rows)

    def _clear_ahead(self, end: int) -> int:
        """Leave bare paper ahead of the sweep and return where it ends."""
        picture = self._pictures[0]
        bar = end + self._bar(picture)
        for one in self._pictures:
            one.erase(end, bar)
        return bar

    # Looking back -----------------------------------------------------------------------------------------------

    def freeze(self, end_s: float | None = None) -> None:
        """Let the page stand still, from now on or with its end at an instant; frozen, show that one."""
        if self._signal is None or not self._pictures:
            return
        picture = self._pictures[0]
        end = self._drawn if end_s is None else picture.column_of(end_s)
        if end_s is None and self._frozen_from is not None:
            return
        self._show_frozen(end - picture.width)

    def go_live(self) -> None:
        """Let the page go, at the newest instant."""
        if self._frozen_from is None or self._signal is None:
            return
        self._frozen_from = None
        self.calipers.clear()
        self._arrange(self._signal.end_s)

    def move_by(self, seconds: float) -> None:
        """Move a frozen page in time; a page that runs is frozen first."""
        if self._signal is None or not self._pictures:
            return
        if self._frozen_from is None:
            self.freeze()
        assert self._frozen_from is not None
        self._show_frozen(self._frozen_from + round(seconds * self._pictures[0].scale.px_per_s))

    def go_to(self, time_s: float) -> None:
        """Freeze the page with an instant in its middle."""
        if self._pictures:
            self.freeze(time_s + self.page_s / 2)

    def _show_frozen(self, first: int) -> None:
        """Show the page from a column on, as far as samples are held; only what comes into view is drawn."""
        assert self._signal is not None
        picture = self._pictures[0]
        newest = picture.whole_columns(self._signal.ring.stop)
        oldest = picture.column_of(self._signal.first_s)
        first = max(min(first, newest - picture.width), min(oldest, newest - picture.width))
        before = self._frozen_from
        self._frozen_from = first
        shift = first - before if before is not None else picture.width
        if before is None or abs(shift) >= picture.width:
            self._draw(first, first + picture.width)
        elif shift > 0:
            self._draw(first + picture.width - shift, first + picture.width)
        elif shift < 0:
            self._draw(first, first - shift)
        self.update()
        self.moved.emit()

    # Painting ---------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show the pictures where they were asked for; names and calipers over them."""
        painter = QPainter(self)
        colors = self.colors()
        self._paint_ground(painter, event.rect(), colors)
        ratio = self.devicePixelRatioF()
        region = event.region()
        painter.save()
        painter.scale(1.0 / ratio, 1.0 / ratio)
        for column, (picture, left) in enumerate(zip(self._pictures, self._lefts, strict=True)):
            if not region.intersects(self._paper_rect(column)):
                continue
            if self._frozen_from is None and not self._scrolls:
                painter.drawImage(left, 0, picture.image)
            else:
                first = self._drawn - picture.width if self._frozen_from is None else self._frozen_from
                for part, x in picture.pieces(first, left):
                    painter.drawImage(x, 0, picture.image, part.x(), 0, part.width(), part.height())
            if column < len(self._glazes):
                self._glazes[column].paint(painter, picture, left, self._shown_columns(picture))
        painter.restore()
        if self._legend is not None and self._pictures:
            self._paint_legend(painter, *self._legend, colors)
        for column in range(len(self._pictures)):
            if region.intersects(self._gutter(column)):
                self._paint_names(painter, column, colors)
        if self.frozen:
            self._paint_times(painter, colors)
            self.calipers.paint(painter, self.plan(), self.device, colors)
        painter.end()

    def _shown_columns(self, picture: SweepPicture) -> list[tuple[int, int, int]]:
        """Return what is shown of a picture: stretches (first column, stop, place of the first)."""
        if self._frozen_from is not None:
            return [(self._frozen_from, self._frozen_from + picture.width, 0)]
        if self._scrolls:
            return [(self._drawn - picture.width, self._drawn, 0)]
        first = self._drawn + self._bar(picture) - picture.width
        return [(begin, end, begin - base) for begin, end, base in picture.places(first, self._drawn)]

    @staticmethod
    def _bar(picture: SweepPicture) -> int:
        return max(round(BAR_MM * picture.scale.px_per_mm_x), 1)

    def _paint_legend(self, painter: QPainter, words: str, full: float, colors: PaperColors) -> None:
        """Say at the paper's foot what the colours are."""
        device, view = self.device, self._settings.viewport()
        painter.setFont(text_font(device, 2.6))
        foot = self._pictures[0].height / self.devicePixelRatioF()
        middle = foot - 2.0 * device.px_per_mm_y
        right = self.width() - 2.0 * device.px_per_mm_x
        paint_legend(painter, right, middle, words, full, view.opacity, colors, view.evidence_from)

    def _paint_ground(self, painter: QPainter, rect: QRect, colors: PaperColors) -> None:
        """Fill what no picture covers."""
        rest = [rect]
        for column in range(len(self._pictures)):
            paper = self._paper_rect(column)
            rest = [part for one in rest for part in _without(one, paper)]
        for part in rest:
            painter.fillRect(part, QColor(colors.paper))

    def _paint_names(self, painter: QPainter, column: int, colors: PaperColors) -> None:
        device, gutter = self.device, self._gutter(column)
        picture, ratio = self._pictures[column], self.devicePixelRatioF()
        bold, small = text_font(device, 3.4, bold=True), text_font(device, 2.5)
        for lead, row in zip(self._leads[column], picture.rows, strict=True):
            top, height = row.top / ratio, (row.bottom - row.top) / ratio
            state = self._states.get(lead, LeadState())
            painter.setFont(bold)
            painter.setPen(QColor(colors.note if state.reason else colors.label))
            metrics = QFontMetricsF(bold)
            left = gutter.left() + 1.2 * device.px_per_mm_x
            base = top + height / 2 - 0.8 * device.px_per_mm_y
            if not state.reason:
                base = top + height / 2 + (metrics.ascent() - metrics.descent()) / 2
            painter.drawText(QPointF(left, base), lead)
            if state.reason:
                painter.setFont(small)
                room = QRectF(left, base + 0.6 * device.px_per_mm_y, gutter.right() - left - 2, height)
                flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
                painter.drawText(room, flags, state.reason)
            else:
                self._paint_pulse(painter, gutter, top + height / 2, colors)

    def _paint_pulse(self, painter: QPainter, gutter: QRect, middle: float, colors: PaperColors) -> None:
        """Draw one millivolt at the right of the gutter."""
        dots_x, dots_y = self._dots
        high = self._gain * CALIBRATION_MV * dots_y
        right = gutter.right() - 0.6 * dots_x
        left = right - PULSE_MM * 0.6 * dots_x
        pen = QPen(QColor(colors.trace))
        pen.setWidthF(1.0 / self.devicePixelRatioF())
        painter.setPen(pen)
        foot = middle + high / 2
        for x0, y0, x1, y1 in (
            (left - dots_x, foot, left, foot),
            (left, foot, left, foot - high),
            (left, foot - high, right, foot - high),
            (right, foot - high, right, foot),
        ):
            painter.drawLine(QPointF(x0, y0), QPointF(x1, y1))

    def _paint_times(self, painter: QPainter, colors: PaperColors) -> None:
        """Write each second under the frozen page."""
        device, ratio = self.device, self.devicePixelRatioF()
        painter.setFont(text_font(device, 2.6))
        painter.setPen(QColor(colors.note))
        metrics = QFontMetricsF(painter.font())
        step = next(s for s in (1, 2, 5, 10, 20, 60, 600) if s * self._speed >= 12.0)
        for picture, left in zip(self._pictures, self._lefts, strict=True):
            foot = picture.height / ratio
            k = -(-self.start_s // step)
            while k * step <= self.end_s:
                x = (left + (k * step - self.start_s) * picture.scale.px_per_s) / ratio
                words = time_of_line(k * step)
                wide = metrics.horizontalAdvance(words)
                painter.drawLine(QPointF(x, foot), QPointF(x, foot + 1.0 * device.px_per_mm_y))
                if x + wide / 2 < (left + picture.width) / ratio:
                    painter.drawText(
                        QPointF(max(x - wide / 2, left / ratio), foot + 1.0 * device.px_per_mm_y + metrics.ascent()),
                        words,
                    )
                k += 1

    def _calipers_changed(self) -> None:
        self.update()
        self.measured.emit()

    # Events -----------------------------------------------------------------------------------------------------

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Go back in time, or forward."""
        delta = event.angleDelta()
        turns = (delta.y() or delta.x()) / WHEEL_STEP
        self.move_by(-turns * self.page_s / 10.0)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Place a caliper on a frozen page, or take hold of one."""
        if self.frozen and event.button() == Qt.MouseButton.LeftButton:
            self.calipers.press(event.position(), self.plan(), self.device)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with a caliper."""
        if self.frozen:
            self.calipers.move(event.position(), self.plan(), self.device)
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of a caliper."""
        if self.frozen:
            self.calipers.release()
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw for the new size."""
        super().resizeEvent(event)
        self.lay_out()

    def event(self, event: QEvent) -> bool:
        """Draw anew for another screen or theme."""
        done = bool(super().event(event))
        if event.type() in (QEvent.Type.DevicePixelRatioChange, QEvent.Type.PaletteChange) and hasattr(self, "_watch"):
            self.lay_out()
        if event.type() == QEvent.Type.Show and hasattr(self, "_watch"):
            self._watch.follow(self)
        return done

    def sizeHint(self) -> QSize:
        """Return the size of ten seconds of twelve leads."""
        return QSize(1100, 760)


def _without(rect: QRect, taken: QRect) -> list[QRect]:
    """Return what of a rectangle another one leaves free."""
    inner = rect.intersected(taken)
    if inner.isEmpty():
        return [rect]
    parts = (
        QRect(rect.left(), rect.top(), rect.width(), inner.top() - rect.top()),
        QRect(rect.left(), inner.bottom() + 1, rect.width(), rect.bottom() - inner.bottom()),
        QRect(rect.left(), inner.top(), inner.left() - rect.left(), inner.height()),
        QRect(inner.right() + 1, inner.top(), rect.right() - inner.right(), inner.height()),
    )
    return [part for part in parts if not part.isEmpty()]
