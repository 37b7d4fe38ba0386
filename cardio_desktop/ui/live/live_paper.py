"""The paper of a recording that is still going on: swept or scrolled at true speed, frozen to look back.

It is drawn into one picture a column of leads (`render.sweep`), sixty times a second only the few columns of pixels
that are new. Frozen, the same picture shows another stretch; whatever comes meanwhile stays in the ring.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QRect, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.live_now import LiveNow, shown_class
from cardio_desktop.app.live_signal import LiveSignal
from cardio_desktop.app.settings import Settings
from cardio_desktop.core.paper import PaperPlan
from cardio_desktop.render.colors import PaperColors, paper_colors
from cardio_desktop.render.device import Device
from cardio_desktop.render.evidence import Look, paint_legend
from cardio_desktop.render.sheet import text_font
from cardio_desktop.render.sweep import SweepPicture, logical
from cardio_desktop.render.sweep_evidence import EvidenceGlaze, glaze_of
from cardio_desktop.ui.live.frozen_calipers import FrozenCalipers
from cardio_desktop.ui.live.live_page import LivePage, lay_page
from cardio_desktop.ui.live.page_marks import LeadState, paint_names, paint_times
from cardio_desktop.ui.paper import screens
from cardio_desktop.ui.paper.evidence_words import class_words
from cardio_desktop.ui.theme import is_dark

BAR_MM = 4.0
"""Bare paper ahead of a sweep: a seventh of a second at 25 mm/s, as monitors have it."""
WHEEL_STEP = 120.0
"""What a mouse's wheel tells for one notch (Qt: an eighth of a degree, 15 degrees a notch)."""
LEGEND_MM = 2.6


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
        self._page: LivePage | None = None
        self._drawn = 0
        self._frozen_from: int | None = None
        self._states: dict[str, LeadState] = {}
        self._glazes: tuple[EvidenceGlaze, ...] = ()
        self._glazed: tuple[object, ...] = ()
        self._legend: tuple[str, float] | None = None
        self.wants_evidence = settings.live.shows_evidence()
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
        return 0.0 if self._page is None else self._page.picture.seconds

    @property
    def start_s(self) -> float:
        """Where the page begins."""
        if self._page is None:
            return 0.0
        picture = self._page.picture
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
        return 1 if self._page is None else len(self._page.columns)

    @property
    def page(self) -> LivePage | None:
        """Where everything stands; None before anything came."""
        return self._page

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
            if self._page is not None:
                for column in self._page.columns:
                    self.update(self._page.gutter(column))

    def show_evidence(self, now: LiveNow) -> None:
        """Lay on the evidence of the opinion that covers most of the page, if it speaks for something."""
        page = self._page
        if page is None:
            return
        found = now.evidence_on(self.start_s, self.end_s) if self.wants_evidence else None
        code = None if found is None else shown_class(found[0])
        key: tuple[object, ...] = () if found is None or code is None else (found[1], code, page)
        if key == self._glazed:
            return
        self._glazed, self._glazes, self._legend = key, (), None
        if found is not None and code is not None:
            view, evidence = self._settings.viewport(), found[1]
            look = Look(view.opacity, evidence.scale(code), view.evidence_from, self.colors())
            self._legend = class_words(None, code), look.full
            self._glazes = tuple(
                glaze_of(column.picture, column.leads, evidence, code, look) for column in page.columns
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
        """Make the page anew, with its end at an instant: the newest one before anything was drawn."""
        signal = self._signal
        self._page = None
        if signal is None:
            self.update()
            return
        self._page = page = lay_page(
            signal.names,
            signal.rate_hz,
            size=QSizeF(self.size()),
            dots=screens.px_per_mm(self._settings, self.screen()),
            ratio=self.devicePixelRatioF(),
            speed_mm_per_s=self._speed,
            gain_mm_per_mv=self._gain,
            columns=self._columns,
            colors=self.colors(),
        )
        picture = page.picture
        newest = picture.whole_columns(signal.ring.stop)
        end = min(picture.column_of(end_s), newest) if end_s > 0 else newest
        self._drawn = max(end, 0)
        if self.frozen:
            self._frozen_from = end - picture.width
        self._draw(page, end - picture.width, end)
        if not self.frozen and not self._scrolls:
            self._clear_ahead(page, end)
        self.update()
        self.moved.emit()

    @property
    def device(self) -> Device:
        """The map from the millimetres of `plan` to the widget's pixels."""
        assert self._page is not None
        return self._page.device

    def plan(self) -> PaperPlan:
        """Return the page as a plan, in millimetres of the widget."""
        assert self._page is not None
        return self._page.plan(self.start_s)

    # Going on ---------------------------------------------------------------------------------------------------

    def advance(self, shown_s: float) -> None:
        """Draw what is new up to an instant; a frozen page stays as it is."""
        page = self._page
        if self._signal is None or page is None or self.frozen:
            return
        picture = page.picture
        end = min(picture.column_of(shown_s), picture.whole_columns(self._signal.ring.stop))
        first = max(self._drawn, end - picture.width)
        if end <= first:
            return
        self._draw(page, first, end)
        if self._scrolls:
            for column in page.columns:
                self.update(page.paper(column))
        else:
            bar = self._clear_ahead(page, end)
            for begin, stop, base in picture.places(first, bar):
                for column in page.columns:
                    rect = QRect(column.left + begin - base, 0, stop - begin, picture.height)
                    self.update(logical(rect, page.ratio))
        self._drawn = end

    def _draw(self, page: LivePage, first: int, end: int) -> None:
        """Draw columns first <= c < end of every picture from what is held."""
        assert self._signal is not None
        first_sample, stop = page.picture.samples_of(first, end)
        values = self._signal.millivolts(first_sample, stop)
        row, known = 0, self._signal.first
        for column in page.columns:
            rows = len(column.leads)
            column.picture.draw(first, end, first_sample, values[row : row + rows], known_from=known)
            row += rows

    def _clear_ahead(self, page: LivePage, end: int) -> int:
        """Leave bare paper ahead of the sweep and return where it ends."""
        bar = end + _bar(page.picture)
        for column in page.columns:
            column.picture.erase(end, bar)
        return bar

    # Looking back -----------------------------------------------------------------------------------------------

    def freeze(self, end_s: float | None = None) -> None:
        """Let the page stand still, from now on or with its end at an instant; frozen, show that one."""
        if self._page is None or (end_s is None and self.frozen):
            return
        picture = self._page.picture
        end = self._drawn if end_s is None else picture.column_of(end_s)
        self._show_frozen(self._page, end - picture.width)

    def go_live(self) -> None:
        """Let the page go, at the newest instant."""
        if self._frozen_from is None or self._signal is None:
            return
        self._frozen_from = None
        self.calipers.clear()
        self._arrange(self._signal.end_s)

    def move_by(self, seconds: float) -> None:
        """Move a frozen page in time; a page that runs is frozen first."""
        page = self._page
        if page is None:
            return
        first = self._drawn - page.picture.width if self._frozen_from is None else self._frozen_from
        self._show_frozen(page, first + round(seconds * page.picture.scale.px_per_s))

    def go_to(self, time_s: float) -> None:
        """Freeze the page with an instant in its middle."""
        self.freeze(time_s + self.page_s / 2)

    def _show_frozen(self, page: LivePage, first: int) -> None:
        """Show the page from a column on, as far as samples are held; only what comes into view is drawn."""
        assert self._signal is not None
        picture, before = page.picture, self._frozen_from
        last = picture.whole_columns(self._signal.ring.stop) - picture.width
        first = max(min(first, last), min(picture.column_of(self._signal.first_s), last))
        self._frozen_from = first
        shift = picture.width if before is None else first - before
        if abs(shift) >= picture.width:
            self._draw(page, first, first + picture.width)
        elif shift > 0:
            self._draw(page, first + picture.width - shift, first + picture.width)
        elif shift < 0:
            self._draw(page, first, first - shift)
        self.update()
        self.moved.emit()

    # Painting ---------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show the pictures where they were asked for; names and calipers over them."""
        painter, colors, page = QPainter(self), self.colors(), self._page
        if page is None:
            painter.fillRect(event.rect(), QColor(colors.paper))
            painter.end()
            return
        for part in page.bare(event.rect()):
            painter.fillRect(part, QColor(colors.paper))
        region = event.region()
        painter.save()
        painter.scale(1.0 / page.ratio, 1.0 / page.ratio)
        for number, column in enumerate(page.columns):
            if region.intersects(page.paper(column)):
                pieces = self._pieces(column.picture)
                for begin, end, x in pieces:
                    place = begin % column.picture.width
                    painter.drawImage(column.left + x, 0, column.picture.image, place, 0, end - begin, -1)
                if number < len(self._glazes):
                    self._glazes[number].paint(painter, column.picture, column.left, self._told(column.picture))
        painter.restore()
        if self._legend is not None:
            self._paint_legend(painter, page, *self._legend, colors)
        for column in page.columns:
            if region.intersects(page.gutter(column)):
                paint_names(painter, page, column, self._states, colors)
        if self.frozen:
            paint_times(painter, page, self.start_s, colors)
            self.calipers.paint(painter, self.plan(), page.device, colors)
        painter.end()

    def _pieces(self, picture: SweepPicture) -> list[tuple[int, int, int]]:
        """Return how a picture is shown: stretches (first column, stop, place of the first)."""
        if self._frozen_from is None and not self._scrolls:
            return [(0, picture.width, 0)]
        first = self._drawn - picture.width if self._frozen_from is None else self._frozen_from
        return [(begin, end, begin - first) for begin, end, _ in picture.places(first, first + picture.width)]

    def _told(self, picture: SweepPicture) -> list[tuple[int, int, int]]:
        """Return the stretches of time that are shown, which in a sweep end before the bare paper."""
        if self._frozen_from is not None or self._scrolls:
            return self._pieces(picture)
        first = self._drawn + _bar(picture) - picture.width
        return [(begin, end, begin - base) for begin, end, base in picture.places(first, self._drawn)]

    def _paint_legend(self, painter: QPainter, page: LivePage, words: str, full: float, colors: PaperColors) -> None:
        """Say at the paper's foot what the colours are."""
        device, view = page.device, self._settings.viewport()
        painter.setFont(text_font(device, LEGEND_MM))
        middle, right = page.foot - 2.0 * device.px_per_mm_y, self.width() - 2.0 * device.px_per_mm_x
        paint_legend(painter, right, middle, words, full, view.opacity, colors, view.evidence_from)

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
        if self.frozen and self._page is not None and event.button() == Qt.MouseButton.LeftButton:
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


def _bar(picture: SweepPicture) -> int:
    """Return how many columns of bare paper go ahead of a sweep."""
    return max(round(BAR_MM * picture.scale.px_per_mm_x), 1)
