"""Samples to polylines: every sample where there is room, an honest min-max envelope where there is not."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
import shiboken6
from numpy.typing import NDArray
from PySide6.QtGui import QPolygonF

from cardio_desktop.analysis.display_filters import NO_FILTER, DisplayFilter
from cardio_desktop.core.paper import Strip
from cardio_desktop.core.pyramid import LONG_LEAD, Pyramid
from cardio_desktop.core.record import Lead
from cardio_desktop.core.units import PaperScale
from cardio_desktop.render.device import Device
from cardio_desktop.render.filtered import MOST_FILTERED_S, FilteredSamples

SAMPLES_PER_PX = 6.0
"""More samples than this in one device pixel are drawn as the envelope of that pixel."""


@dataclass(eq=False)
class TraceSource:
    """Where traces read their millivolts: short leads held in memory, long ones through their pyramid.

    `filter` is for the eye alone: `between` applies it, `samples` returns what the file holds.
    """

    leads: dict[str, Lead]
    pyramids: dict[str, Pyramid] = field(default_factory=dict)
    filter: DisplayFilter = NO_FILTER
    _filtered: FilteredSamples = field(default_factory=FilteredSamples)
    _held: dict[str, NDArray[np.float64]] = field(default_factory=dict)

    def samples(self, name: str, first: int, stop: int) -> NDArray[np.float64]:
        """Return millivolts of samples first <= i < stop of a lead."""
        lead = self.leads[name]
        if len(lead) > LONG_LEAD:
            return lead.millivolts(first, stop)
        if name not in self._held:
            self._held[name] = lead.millivolts()
        return self._held[name][max(first, 0) : max(stop, 0)]

    def shown(self, name: str, first: int, stop: int) -> NDArray[np.float64]:
        """Return the same through the display filter."""
        if not self.filter.active:
            return self.samples(name, first, stop)
        lead = self.leads[name]

        def read(low: int, high: int) -> NDArray[np.float64]:
            return self.samples(name, low, high)

        return self._filtered.samples(
            name, first, stop, length=len(lead), rate_hz=lead.rate_hz, chosen=self.filter, read=read
        )

    def between(self, name: str, start_s: float, end_s: float, most: int) -> Piece | None:
        """Return what to join by a line to draw a lead from start_s to end_s in `most` device pixels; None if empty."""
        lead = self.leads[name]
        rate = lead.rate_hz
        first = max(int(np.ceil(start_s * rate - 1e-6)), 0)
        stop = min(int(np.floor(end_s * rate + 1e-6)) + 1, len(lead))
        if stop <= first:
            return None
        filterable = end_s - start_s <= MOST_FILTERED_S + 1e-6
        read = self.shown if filterable else self.samples
        if stop - first <= SAMPLES_PER_PX * most:
            return Piece(np.arange(first, stop) / rate, read(name, first, stop))
        blocks = name in self.pyramids and not (filterable and self.filter.active)
        found = self.pyramids[name].envelope(first, stop, most) if blocks else None
        low: NDArray[Any]
        high: NDArray[Any]
        if found is not None:
            block, size, pairs = found
            low, high = pairs[:, 0], pairs[:, 1]
            times = (block + np.arange(len(pairs))) * (size / rate)
        elif stop - first <= LONG_LEAD:
            low = high = read(name, first, stop)
            times = np.arange(first, stop) / rate
        else:
            return None  # the pyramid is still being built; reading it all here would freeze the window
        pixel = np.clip(np.floor((times - start_s) * (most / (end_s - start_s))), 0, most - 1).astype(np.int64)
        starts = np.flatnonzero(np.diff(pixel, prepend=-1))
        low, high = np.fmin.reduceat(low, starts), np.fmax.reduceat(high, starts)
        # Neighbouring columns must touch: a steep flank may lie wholly between two pixels.
        low[1:] = np.fmin(low[1:], np.where(np.isnan(low[1:]), np.nan, high[:-1]))
        high[1:] = np.fmax(high[1:], np.where(np.isnan(high[1:]), np.nan, low[:-1]))
        # Down in one column and up in the next: the line between columns stays within the envelope.
        pair = np.stack((low, high), axis=1)
        pair[1::2] = pair[1::2, ::-1]
        middle = start_s + (pixel[starts] + 0.5) * ((end_s - start_s) / most)
        return Piece(np.repeat(middle, 2), pair.ravel().astype(np.float64), is_envelope=True)


@dataclass(frozen=True, eq=False)
class Piece:
    """Times in s and millivolts to be joined by a line; a NaN breaks it. An envelope has one column a device pixel."""

    times_s: NDArray[np.float64]
    millivolts: NDArray[np.float64]
    is_envelope: bool = False


@dataclass(frozen=True, eq=False)
class Drawing:
    """The polygons of one strip, one for each stretch without a gap; an envelope is drawn without antialiasing.

    `holes` are the stretches in pixels (left, right) in which there is no sample, `ends` where the lead ends within the
    strip; `pending` says that the lead is too long to be drawn before its pyramid is built.
    """

    lines: tuple[QPolygonF, ...] = ()
    is_envelope: bool = False
    holes: tuple[tuple[float, float], ...] = ()
    ends: float | None = None
    pending: bool = False


def trace_lines(source: TraceSource, strip: Strip, scale: PaperScale, device: Device) -> Drawing:
    """Return what draws one strip, in logical pixels."""
    width_px = max(math.ceil(strip.width_mm * device.px_per_mm_x * device.ratio), 1)
    lead = source.leads[strip.lead]
    px_per_s = scale.speed_mm_per_s * device.px_per_mm_x
    left = device.x(strip.x_mm)
    lead_end_s = len(lead) / lead.rate_hz
    ends = left + max(lead_end_s - strip.start_s, 0.0) * px_per_s if lead_end_s < strip.end_s - 1e-6 else None
    piece = source.between(strip.lead, strip.start_s, strip.end_s, width_px)
    if piece is None:
        return Drawing(ends=ends, pending=lead_end_s > strip.start_s)
    x = left + (piece.times_s - strip.start_s) * px_per_s
    y = device.y(strip.baseline_mm) - piece.millivolts * (scale.gain_mm_per_mv * strip.gain_factor * device.px_per_mm_y)
    finite = np.isfinite(y)
    if finite.all():
        return Drawing((polygon(x, y),), piece.is_envelope, ends=ends)
    edges = np.flatnonzero(np.diff(np.concatenate(([False], finite, [False])).astype(np.int8)))
    stretches = list(zip(edges[::2], edges[1::2], strict=True))
    step = float(x[1] - x[0]) if len(x) > 1 and not piece.is_envelope else 1.0 / device.ratio
    bounds = [(0, 0), *stretches, (len(x), len(x))]
    holes = tuple(
        (float(x[end - 1]) + step if end else left, float(x[begin]) if begin < len(x) else float(x[-1]) + step)
        for (_, end), (begin, _) in pairwise(bounds)
        if begin > end
    )
    lines = tuple(polygon(x[begin:end], y[begin:end]) for begin, end in stretches)
    return Drawing(lines, piece.is_envelope, holes, ends)


def polygon(x: NDArray[np.float64], y: NDArray[np.float64]) -> QPolygonF:
    """Return a QPolygonF of the points, filled through its memory (a list of QPointF takes a hundred times as long)."""
    points = QPolygonF()
    points.resize(len(x))
    if len(x):
        buffer: Any = shiboken6.VoidPtr(points.data(), 16 * len(x), True)  # type: ignore[arg-type,call-arg]
        memory = np.frombuffer(buffer, dtype=np.float64)
        memory[0::2] = x
        memory[1::2] = y
    return points
