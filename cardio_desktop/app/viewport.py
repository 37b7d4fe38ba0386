"""What part of a record is shown, and how: one frozen value, replaced and never changed."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from cardio_desktop.analysis.display_filters import MONITOR, NO_FILTER, DisplayFilter
from cardio_desktop.core.leads import (
    DEFAULT_LAYOUT,
    DISCLOSURE,
    LAYOUTS,
    LEAD_LAYOUTS,
    Layout,
    layout_for,
    one_lead,
)
from cardio_desktop.core.paper import pulse_room_mm
from cardio_desktop.core.record import Record
from cardio_desktop.core.units import (
    DEFAULT_GAIN_MM_PER_MV,
    DEFAULT_SPEED_MM_PER_S,
    PaperScale,
)

PAGE_S = 10.0
PAGE_MM = PAGE_S * DEFAULT_SPEED_MM_PER_S
"""The width that slower paper fills with more seconds, and that a page is fitted to."""
MOST_LINES = 12
"""Lines on one page of a rhythm strip that goes on line after line."""
CHEST_HALF = 0.5
MIN_ZOOM, MAX_ZOOM = 0.25, 8.0
MIN_SPAN_S = 1.0
MAX_EVIDENCE_FROM = 0.95
STRONG_FROM = 0.4
"""Evidence below this share of full colour is not painted at first: a paper that is coloured all over shows nothing."""

NO_CLASS = ""
"""The evidence class that paints nothing; None lets the program choose."""


@dataclass(frozen=True)
class Viewport:
    """View state of one window.

    `zoom` magnifies the paper (1 is true millimetres); None fits the page to the window. `span_s` compresses this many
    seconds into the page's width instead of the paper speed (long records). `offset_x_mm` and `offset_y_mm` move the
    paper when it is larger than the window. `evidence_class` None means the most probable pathology, "" none; evidence
    below `evidence_from`, a share of full colour, is not painted.
    `auto_gain` lets the record choose among the customary gains, `chest_half` draws chest leads with half the gain.
    `filter` is what the reader has chosen, `filter_on` whether it is shown. `paper` is one of `render.colors.PAPERS`,
    or "auto" for the one of the theme.
    """

    start_s: float = 0.0
    layout_id: str = DEFAULT_LAYOUT
    rhythm_lead: str = "II"
    speed_mm_per_s: float = DEFAULT_SPEED_MM_PER_S
    gain_mm_per_mv: float = DEFAULT_GAIN_MM_PER_MV
    auto_gain: bool = False
    chest_half: bool = False
    filter: DisplayFilter = NO_FILTER
    filter_on: bool = False
    paper: str = "auto"
    zoom: float | None = None
    span_s: float | None = None
    offset_x_mm: float = 0.0
    offset_y_mm: float = 0.0
    evidence_class: str | None = None
    opacity: float = 0.6
    evidence_from: float = STRONG_FROM
    selected_beat_s: float | None = None

    @property
    def shown_filter(self) -> DisplayFilter:
        """The filter in force."""
        return self.filter if self.filter_on else NO_FILTER

    @property
    def chest_factor(self) -> float:
        """The gain of chest leads over that of limb leads."""
        return CHEST_HALF if self.chest_half else 1.0

    @property
    def report_layout_id(self) -> str:
        """The layout of a report: that of the window, unless it shows a single lead."""
        return self.layout_id if self.layout_id in LAYOUTS else DEFAULT_LAYOUT

    def with_filter(self, chosen: DisplayFilter) -> Viewport:
        """Return the viewport with another choice of filters, which is shown at once."""
        return replace(self, filter=chosen, filter_on=chosen.active)

    def with_filter_toggled(self) -> Viewport:
        """Return the viewport with the chosen filter shown or not; a first one is chosen where there is none."""
        if not self.filter.active:
            return self.with_filter(MONITOR)
        return replace(self, filter_on=not self.filter_on)

    def strip_lead(self, record: Record) -> str:
        """Return the lead of rhythm strips and of layouts with one lead: the chosen one, if the record has it."""
        return self.rhythm_lead if self.rhythm_lead in record.traces else next(iter(record.drawable), self.rhythm_lead)

    def layout(self, record: Record) -> Layout:
        """Return the layout that suits the record."""
        if self.layout_id in LEAD_LAYOUTS:
            lines = min(math.ceil(record.duration_s / self._line_s() - 1e-9), MOST_LINES)
            return one_lead(self.strip_lead(record), max(lines, 1) if self.layout_id == DISCLOSURE else None)
        seconds = min(PAGE_S, max(record.duration_s, MIN_SPAN_S))
        return layout_for(self.layout_id, record.drawable, record.has_twelve, seconds)

    def _line_s(self) -> float:
        """Return how many seconds a line of a page's width holds at the paper's own speed."""
        return PAGE_MM / self.speed_mm_per_s

    def page_s(self, record: Record) -> float:
        """Return how many seconds one page shows.

        A page of paper holds ten seconds at 25 mm/s and more at slower speeds; at a faster one it keeps ten in
        columns, which would otherwise be too short to hold a beat. A shorter record fills its page, and a chosen span
        any page of strips.
        """
        layout = self.layout(record)
        if self.span_s is not None and layout.columns == 1:
            return min(max(self.span_s, MIN_SPAN_S), max(record.duration_s, MIN_SPAN_S))
        if layout.wrapped:
            return len(layout.rows) * self._line_s()
        # Rounded up to whole calibration widths so that columns end on the grid.
        whole = max(math.ceil(record.duration_s / 0.2 - 1e-9) * 0.2, MIN_SPAN_S)
        return min(self._line_s() if layout.columns == 1 else max(self._line_s(), PAGE_S), whole)

    def scale(self, record: Record, px_per_mm_x: float, px_per_mm_y: float) -> PaperScale:
        """Return the paper's scale; a chosen span gives whatever speed fits it into the width of a page."""
        speed = self.speed_mm_per_s
        layout = self.layout(record)
        if self.span_s is not None and layout.columns == 1:
            speed = PAGE_MM / (self.page_s(record) / (len(layout.rows) if layout.wrapped else 1))
        return PaperScale(speed, self.gain_mm_per_mv, px_per_mm_x, px_per_mm_y)

    def width_mm(self, record: Record) -> float:
        """Return the width of the page with its calibration pulses."""
        layout, scale = self.layout(record), self.scale(record, 1.0, 1.0)
        line_s = self.page_s(record) / (len(layout.rows) if layout.wrapped else 1)
        return pulse_room_mm(layout, scale, self.chest_factor) + scale.mm_of_s(line_s)

    def moved_to(self, record: Record, start_s: float) -> Viewport:
        """Return the viewport that starts at `start_s`, kept within the record."""
        last = max(record.duration_s - self.page_s(record), 0.0)
        return replace(self, start_s=min(max(start_s, 0.0), last))

    def around(self, record: Record, time_s: float) -> Viewport:
        """Return the viewport that shows `time_s`, moved only if it does not already."""
        if self.start_s <= time_s < self.start_s + self.page_s(record):
            return self
        return self.moved_to(record, time_s - self.page_s(record) / 2)

    def with_span(self, record: Record, span_s: float | None, anchor_s: float | None = None) -> Viewport:
        """Return the viewport with another span, the instant `anchor_s` kept at its place on the page."""
        old = self.page_s(record)
        new = replace(self, span_s=span_s)
        if anchor_s is None:
            return new.moved_to(record, self.start_s)
        share = (anchor_s - self.start_s) / old
        return new.moved_to(record, anchor_s - share * new.page_s(record))


def next_step(steps: tuple[float, ...], value: float, direction: int) -> float:
    """Return the neighbour of `value` among `steps`, upwards for direction 1 and downwards for -1."""
    if direction > 0:
        return min((step for step in steps if step > value + 1e-9), default=steps[-1])
    return max((step for step in steps if step < value - 1e-9), default=steps[0])
