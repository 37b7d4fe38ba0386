"""What part of a record is shown, and how: one frozen value, replaced and never changed."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from cardio_desktop.core.leads import DEFAULT_LAYOUT, Layout, layout_for
from cardio_desktop.core.paper import PULSE_ROOM_MM
from cardio_desktop.core.record import Record
from cardio_desktop.core.units import (
    DEFAULT_GAIN_MM_PER_MV,
    DEFAULT_SPEED_MM_PER_S,
    PaperScale,
)

PAGE_S = 10.0
MIN_ZOOM, MAX_ZOOM = 0.25, 8.0
MIN_SPAN_S = 1.0
MAX_EVIDENCE_FROM = 0.95

NO_CLASS = ""
"""The evidence class that paints nothing; None lets the program choose."""


@dataclass(frozen=True)
class Viewport:
    """View state of one window.

    `zoom` magnifies the paper (1 is true millimetres); None fits the page to the window. `span_s` compresses this many
    seconds into the page's width instead of the paper speed (long records). `offset_x_mm` and `offset_y_mm` move the
    paper when it is larger than the window. `evidence_class` None means the most probable pathology, "" none; evidence
    below `evidence_from`, a share of full colour, is not painted.
    """

    start_s: float = 0.0
    layout_id: str = DEFAULT_LAYOUT
    rhythm_lead: str = "II"
    speed_mm_per_s: float = DEFAULT_SPEED_MM_PER_S
    gain_mm_per_mv: float = DEFAULT_GAIN_MM_PER_MV
    zoom: float | None = None
    span_s: float | None = None
    offset_x_mm: float = 0.0
    offset_y_mm: float = 0.0
    evidence_class: str | None = None
    opacity: float = 0.6
    evidence_from: float = 0.0
    selected_beat_s: float | None = None

    def layout(self, record: Record) -> Layout:
        """Return the layout that suits the record."""
        seconds = min(PAGE_S, max(record.duration_s, MIN_SPAN_S))
        return layout_for(self.layout_id, record.drawable, record.has_twelve, seconds)

    def page_s(self, record: Record) -> float:
        """Return how many seconds one page shows: ten, or the whole of a shorter record, or the chosen span."""
        if self.span_s is not None and self.layout(record).columns == 1:
            return min(max(self.span_s, MIN_SPAN_S), max(record.duration_s, MIN_SPAN_S))
        # Rounded up to whole calibration widths so that columns end on the grid.
        return min(PAGE_S, max(math.ceil(record.duration_s / 0.2 - 1e-9) * 0.2, MIN_SPAN_S))

    def scale(self, record: Record, px_per_mm_x: float, px_per_mm_y: float) -> PaperScale:
        """Return the paper's scale; a chosen span gives whatever speed fits it into a page of ten seconds."""
        speed = self.speed_mm_per_s
        if self.span_s is not None and self.layout(record).columns == 1:
            speed = PAGE_S * DEFAULT_SPEED_MM_PER_S / self.page_s(record)
        return PaperScale(speed, self.gain_mm_per_mv, px_per_mm_x, px_per_mm_y)

    def width_mm(self, record: Record) -> float:
        """Return the width of the page with its calibration pulses."""
        return PULSE_ROOM_MM + self.scale(record, 1.0, 1.0).mm_of_s(self.page_s(record))

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
