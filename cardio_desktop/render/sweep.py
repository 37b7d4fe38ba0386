"""The paper of a live trace: drawn column by column as samples come, each column once, never touching its neighbours.

Everything here is in device pixels. Column c of the recording shows the time from c to c + 1 columns, and stands in
column c modulo the width of the picture: a sweep goes round and round, and a scrolling paper is the same picture shown
from another column on. A column is drawn from all samples that reach into it and clipped to itself, so that a trace
drawn in sixty steps a second is, pixel by pixel, the trace drawn at once.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen

from cardio_desktop.core.units import PaperScale
from cardio_desktop.render.colors import PaperColors
from cardio_desktop.render.device import Device
from cardio_desktop.render.grid import screen_paper
from cardio_desktop.render.traces import SAMPLES_PER_PX, polygon

STROKE_PX = 1
"""A line reaches so many columns beyond its middle (half a pixel of width, half a pixel of smoothing)."""


@dataclass(frozen=True)
class SweepRow:
    """Where one lead is drawn: rows of pixels from `top` to before `bottom`, its zero line in their middle."""

    top: int
    bottom: int

    @property
    def baseline(self) -> float:
        """The height of 0 mV: the middle of a row of pixels, so that a flat line is one row and not two grey ones."""
        return (self.top + self.bottom) // 2 + 0.5


class SweepPicture:
    """One picture of paper with some leads one below the other on one time axis."""

    def __init__(
        self,
        width: int,
        height: int,
        rows: Sequence[SweepRow],
        scale: PaperScale,
        rate_hz: float,
        colors: PaperColors,
        *,
        strokes: int = 1,
    ) -> None:
        self.width, self.height = width, height
        self.rows, self.scale, self.rate_hz = tuple(rows), scale, rate_hz
        self._colors = colors
        self._shifts = (0.0,) if strokes == 1 else (-0.5, 0.5)
        device = Device(scale.px_per_mm_x, scale.px_per_mm_y)
        self._paper = QImage(width, height, QImage.Format.Format_RGB32)
        painter = QPainter(self._paper)
        screen_paper(device, width, height, colors).paint(painter)
        painter.end()
        self.image = self._paper.copy()

    # Time and columns -------------------------------------------------------------------------------------------

    @property
    def seconds(self) -> float:
        """How much time the picture holds."""
        return self.width / self.scale.px_per_s

    def column_of(self, time_s: float) -> int:
        """Return the column that shows an instant."""
        return math.floor(time_s * self.scale.px_per_s + 1e-6)

    def time_of(self, column: float) -> float:
        """Return the instant at which a column begins."""
        return column / self.scale.px_per_s

    def whole_columns(self, stop: int) -> int:
        """Return the column before which everything is known once the samples before `stop` are."""
        return math.floor((stop - 1) / self.rate_hz * self.scale.px_per_s + 1e-6) - STROKE_PX

    def samples_of(self, first: int, stop: int) -> tuple[int, int]:
        """Return the samples (first, stop) that reach into columns first <= c < stop."""
        per_column = self.rate_hz / self.scale.px_per_s
        low = math.floor((first - STROKE_PX - 1) * per_column) - 1
        return low, math.ceil((stop + STROKE_PX + 1) * per_column) + 2

    def places(self, first: int, stop: int) -> Iterator[tuple[int, int, int]]:
        """Yield (first, stop, base) of stretches of columns that stand side by side: place = column - base."""
        while first < stop:
            base = first - first % self.width
            end = min(stop, base + self.width)
            yield first, end, base
            first = end

    # Drawing ----------------------------------------------------------------------------------------------------

    def erase(self, first: int, stop: int) -> None:
        """Leave bare paper in columns first <= c < stop."""
        painter = QPainter(self.image)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        for begin, end, base in self.places(max(first, stop - self.width), stop):
            painter.drawImage(begin - base, 0, self._paper, begin - base, 0, end - begin, self.height)
        painter.end()

    def draw(
        self, first: int, stop: int, first_sample: int, millivolts: NDArray[np.floating], *, known_from: int = 0
    ) -> None:
        """Draw columns first <= c < stop from millivolts (rows, n), NaN where there is no sample, on bare paper.

        `first_sample` is the index of the first of them; at least those that `samples_of` names are needed. Paper
        before the sample `known_from` stays bare: what was before the recording, or is no longer held, is no gap.
        """
        first = max(first, stop - self.width)
        self.erase(first, stop)
        painter = QPainter(self.image)
        for begin, end, base in self.places(first, stop):
            painter.setClipRect(QRect(begin - base, 0, end - begin, self.height))
            for row, values in zip(self.rows, millivolts, strict=True):
                self._hatch(painter, row, values, first_sample, base, begin, end, known_from)
            pen = QPen(QColor(self._colors.trace))
            pen.setWidthF(1.0)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            pen.setJoinStyle(Qt.PenJoinStyle.BevelJoin)
            painter.setPen(pen)
            for row, values in zip(self.rows, millivolts, strict=True):
                self._trace(painter, row, values, first_sample, base, begin, end)
        painter.end()

    def _x(self, index: NDArray[np.integer] | int, base: int) -> NDArray[np.float64] | float:
        return index / self.rate_hz * self.scale.px_per_s - base

    def _cut(
        self, values: NDArray[np.floating], first_sample: int, begin: int, end: int
    ) -> tuple[int, NDArray[np.float64]]:
        """Return the samples that reach into columns begin <= c < end, and the index of the first of them."""
        low, high = self.samples_of(begin, end)
        low = max(low, first_sample)
        return low, np.asarray(values[low - first_sample : max(high - first_sample, 0)], dtype=np.float64)

    def _hatch(
        self,
        painter: QPainter,
        row: SweepRow,
        values: NDArray[np.floating],
        first_sample: int,
        base: int,
        begin: int,
        end: int,
        known_from: int,
    ) -> None:
        """Hatch what was not recorded: empty paper could be taken for a flat line."""
        low, cut = self._cut(values, first_sample, begin, end)
        missing = ~np.isfinite(cut) & (low + np.arange(len(cut)) >= known_from)
        if not missing.any():
            return
        edges = np.flatnonzero(np.diff(np.concatenate(([False], missing, [False])).astype(np.int8)))
        brush = QBrush(QColor(self._colors.gap), Qt.BrushStyle.BDiagPattern)
        for start, stop in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
            # From the instant after the last sample to the first one that came again.
            left = math.floor(float(self._x(low + start, base)))
            right = math.ceil(float(self._x(low + stop, base)))
            painter.fillRect(QRect(left, row.top, max(right - left, 1), row.bottom - row.top), brush)

    def _trace(
        self,
        painter: QPainter,
        row: SweepRow,
        values: NDArray[np.floating],
        first_sample: int,
        base: int,
        begin: int,
        end: int,
    ) -> None:
        low, cut = self._cut(values, first_sample, begin, end)
        x = np.asarray(self._x(low + np.arange(len(cut)), base), dtype=np.float64)
        y = row.baseline - cut * self.scale.px_per_mv
        finite = np.isfinite(y)
        if not finite.any():
            return
        if self.rate_hz / self.scale.px_per_s > SAMPLES_PER_PX:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            for bar in _bars(x[finite], y[finite], low + np.flatnonzero(finite)):
                painter.drawLine(bar)
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        edges = np.flatnonzero(np.diff(np.concatenate(([False], finite, [False])).astype(np.int8)))
        for start, stop in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
            line = polygon(x[start:stop], y[start:stop])
            for shift in self._shifts:
                painter.translate(shift, shift)
                if stop - start == 1:
                    painter.drawPoint(line.at(0))
                else:
                    painter.drawPolyline(line)
                painter.translate(-shift, -shift)


def _bars(x: NDArray[np.float64], y: NDArray[np.float64], index: NDArray[np.int64]) -> Iterator[QLineF]:
    """Yield an upright line from the lowest to the highest sample of each column; neighbouring ones touch."""
    column = np.floor(x).astype(np.int64)
    starts = np.flatnonzero(np.diff(column, prepend=column[0] - 1))
    top, bottom = np.minimum.reduceat(y, starts), np.maximum.reduceat(y, starts)
    # Columns parted by a gap do not touch: their samples do not follow one another.
    ends = np.append(starts[1:], len(index)) - 1
    follows = np.concatenate(([False], index[starts[1:]] == index[ends[:-1]] + 1))
    reached_top, reached_bottom = top.copy(), bottom.copy()
    reached_top[1:] = np.where(follows[1:], np.minimum(top[1:], bottom[:-1]), top[1:])
    reached_bottom[1:] = np.where(follows[1:], np.maximum(bottom[1:], top[:-1]), bottom[1:])
    for place, above, below in zip(column[starts].tolist(), reached_top.tolist(), reached_bottom.tolist(), strict=True):
        yield QLineF(place + 0.5, above, place + 0.5, max(below, above + 0.5))


def rows_of(count: int, top: int, height: int) -> tuple[SweepRow, ...]:
    """Return `count` rows that share `height` pixels from `top` on."""
    edges = [top + round(k * height / max(count, 1)) for k in range(count + 1)]
    return tuple(SweepRow(top, bottom) for top, bottom in pairwise(edges))


def logical(rect: QRect, ratio: float) -> QRect:
    """Return the logical pixels that hold a rectangle of device pixels."""
    return QRectF(rect.left() / ratio, rect.top() / ratio, rect.width() / ratio, rect.height() / ratio).toAlignedRect()


def covered(rect: QRect, ratio: float) -> QRect:
    """Return the logical pixels that a rectangle of device pixels covers wholly."""
    left, top = math.ceil(rect.left() / ratio), math.ceil(rect.top() / ratio)
    right, bottom = math.floor((rect.left() + rect.width()) / ratio), math.floor((rect.top() + rect.height()) / ratio)
    return QRect(left, top, right - left, bottom - top)
