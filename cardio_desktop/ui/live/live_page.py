"""Where everything stands on a live page: pictures of the leads in one or two columns, their names at the left."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSizeF

from cardio_desktop.core.paper import BOLD_MM, PaperPlan, Strip
from cardio_desktop.core.units import PaperScale
from cardio_desktop.render.colors import PaperColors
from cardio_desktop.render.device import Device
from cardio_desktop.render.sweep import SweepPicture, covered, logical, rows_of

GUTTER_MM = 19.0
"""Room at the left of each column for the lead's name, why it cannot be read, and the calibration pulse."""
GAP_MM = 3.0
FOOT_MM = 5.0
"""Room under the paper for the time of a frozen page."""
EDGE_MM = 4.0
"""Paper above the first and below the last row: waves of the first lead would be cut off sooner than all others."""
LEAST_ROW_MM, LEAST_COLUMN_S = 15.0, 4.0
"""Leads stand in two columns once one column would give them rows lower than this, if each still holds so long."""
LEAST_SQUARES = 4
DENSE_RATIO = 1.5
"""From so many device pixels a pixel on, a trace is drawn with two strokes (as `render.sheet` does)."""


@dataclass(frozen=True, eq=False)
class PageColumn:
    """Some leads below one another; `left` is the device pixel of the widget at which their picture stands."""

    picture: SweepPicture
    leads: tuple[str, ...]
    left: int


@dataclass(frozen=True, eq=False)
class LivePage:
    """A page for one size of the widget (logical pixels) on one screen; all columns show the same time."""

    columns: tuple[PageColumn, ...]
    dots: tuple[float, float]
    ratio: float
    size: QSizeF
    speed_mm_per_s: float
    gain_mm_per_mv: float

    @property
    def picture(self) -> SweepPicture:
        """The first picture, whose time axis is that of all."""
        return self.columns[0].picture

    @property
    def device(self) -> Device:
        """The map from the millimetres of a plan to the widget's pixels."""
        return Device(*self.dots, 0.0, 0.0, self.ratio)

    @property
    def foot(self) -> float:
        """The logical pixel at which the paper ends."""
        return self.picture.height / self.ratio

    def gutter(self, column: PageColumn) -> QRect:
        """Return where the names of a column's leads stand, in logical pixels."""
        wide = GUTTER_MM * self.dots[0]
        return QRectF(column.left / self.ratio - wide, 0, wide, self.size.height()).toAlignedRect()

    def paper(self, column: PageColumn) -> QRect:
        """Return the logical pixels that a column's picture touches."""
        return logical(QRect(column.left, 0, column.picture.width, column.picture.height), self.ratio)

    def bare(self, rect: QRect) -> list[QRect]:
        """Return what of a rectangle no picture covers wholly."""
        rest = [rect]
        for column in self.columns:
            own = covered(QRect(column.left, 0, column.picture.width, column.picture.height), self.ratio)
            rest = [part for one in rest for part in _without(one, own)]
        return rest

    def plan(self, start_s: float) -> PaperPlan:
        """Return the page from an instant on as a plan: where which lead stands, in millimetres of the widget."""
        end_s = start_s + self.picture.seconds
        dots_x, dots_y = self.dots[0] * self.ratio, self.dots[1] * self.ratio
        strips = tuple(
            Strip(
                lead=lead,
                row=number,
                column=place,
                x_mm=column.left / dots_x,
                width_mm=column.picture.width / dots_x,
                top_mm=row.top / dots_y,
                height_mm=(row.bottom - row.top) / dots_y,
                start_s=start_s,
                end_s=end_s,
            )
            for place, column in enumerate(self.columns)
            for number, (lead, row) in enumerate(zip(column.leads, column.picture.rows, strict=True))
        )
        scale = PaperScale(self.speed_mm_per_s, self.gain_mm_per_mv, *self.dots)
        width_mm, height_mm = self.size.width() / self.dots[0], self.size.height() / self.dots[1]
        return PaperPlan(scale, strips, (), width_mm, height_mm, start_s, end_s)


def lay_page(
    names: tuple[str, ...],
    rate_hz: float,
    *,
    size: QSizeF,
    dots: tuple[float, float],
    ratio: float,
    speed_mm_per_s: float,
    gain_mm_per_mv: float,
    columns: int,
    colors: PaperColors,
) -> LivePage:
    """Return the page of some leads; `columns` 0 lets its size decide."""
    px_x, px_y = dots[0] * ratio, dots[1] * ratio
    height = max(round((size.height() - FOOT_MM * dots[1]) * ratio), 1)
    width_mm = size.width() / dots[0]
    count = min(columns or _columns(len(names), height / px_y, width_mm, speed_mm_per_s), max(len(names), 1))
    each_mm = (width_mm - (count - 1) * GAP_MM) / count
    squares = max(int((each_mm - GUTTER_MM) / BOLD_MM), LEAST_SQUARES)
    width = int(squares * BOLD_MM * px_x)  # with no line of the grid twice where it goes round
    per, edge = -(-len(names) // count), round(EDGE_MM * px_y)
    scale = PaperScale(speed_mm_per_s, gain_mm_per_mv, px_x, px_y)
    made = []
    for column in range(count):
        leads = names[column * per : (column + 1) * per]
        # A last column with fewer leads keeps the height of the others' rows.
        rows = rows_of(per, edge, height - 2 * edge)[: len(leads)]
        strokes = 1 if ratio < DENSE_RATIO else 2
        picture = SweepPicture(width, height, rows, scale, rate_hz, colors, strokes=strokes)
        made.append(PageColumn(picture, leads, round((column * (each_mm + GAP_MM) + GUTTER_MM) * px_x)))
    return LivePage(tuple(made), dots, ratio, size, speed_mm_per_s, gain_mm_per_mv)


def _columns(leads: int, height_mm: float, width_mm: float, speed_mm_per_s: float) -> int:
    """Return in how many columns the leads stand best."""
    half_s = (width_mm / 2 - GUTTER_MM - GAP_MM) / speed_mm_per_s
    return 2 if leads > 1 and height_mm / leads < LEAST_ROW_MM and half_s >= LEAST_COLUMN_S else 1


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
