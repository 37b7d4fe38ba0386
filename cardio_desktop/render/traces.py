"""Samples to polylines: every sample where there is room, an honest min-max envelope where there is not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shiboken6
from numpy.typing import NDArray
from PySide6.QtGui import QPolygonF

from cardio_desktop.core.paper import Strip
from cardio_desktop.core.pyramid import Pyramid
from cardio_desktop.core.record import Lead
from cardio_desktop.core.units import PaperScale
from cardio_desktop.render.device import Device

SAMPLES_PER_PX = 6.0
"""More samples than this in one device pixel are drawn as the envelope of that pixel."""

HELD_SAMPLES = 400_000
"""Leads up to this length are kept in millivolts once read; longer ones are read piece by piece."""


@dataclass(eq=False)
class TraceSource:
    """Where traces read their millivolts: short leads held in memory, long ones through their pyramid."""

    leads: dict[str, Lead]
    pyramids: dict[str, Pyramid] = field(default_factory=dict)
    _held: dict[str, NDArray[np.float64]] = field(default_factory=dict)

    def samples(self, name: str, first: int, stop: int) -> NDArray[np.float64]:
        """Return millivolts of samples first <= i < stop of a lead."""
        lead = self.leads[name]
        if len(lead) > HELD_SAMPLES:
            return lead.millivolts(first, stop)
        if name not in self._held:
            self._held[name] = lead.millivolts()
        return self._held[name][max(first, 0) : max(stop, 0)]

    def columns(self, name: str, start_s: float, end_s: float, most: int) -> tuple[Any, Any] | None:
        """Return (times s, millivolts) to be joined by a line, drawn in about `most` device pixels; None if empty.

        A NaN among the millivolts breaks the line.
        """
        lead = self.leads[name]
        rate = lead.rate_hz
        first = max(int(np.ceil(start_s * rate - 1e-6)), 0)
        stop = min(int(np.floor(end_s * rate + 1e-6)) + 1, len(lead))
        if stop <= first:
            return None
        if stop - first <= SAMPLES_PER_PX * most:
            return np.arange(first, stop) / rate, self.samples(name, first, stop)
        pairs: NDArray[Any]
        found = self.pyramids[name].envelope(first, stop, most) if name in self.pyramids else None
        if found is None:
            if stop - first > 4 * HELD_SAMPLES:
                return None  # the pyramid is still being built; reading it all here would freeze the window
            values = self.samples(name, first, stop)
            block, size, pairs = 0, 1, np.stack((values, values), axis=1)
            offset = first
        else:
            block, size, pairs = found
            offset = 0
        group = max(pairs.shape[0] // most, 1)
        starts = np.arange(0, pairs.shape[0], group)
        low = np.fmin.reduceat(pairs[:, 0], starts)
        high = np.fmax.reduceat(pairs[:, 1], starts)
        times = (offset + (block + starts) * size) / rate
        # Down in one column and up in the next: the line between columns stays within the envelope.
        pair = np.stack((low, high), axis=1)
        pair[1::2] = pair[1::2, ::-1]
        return np.repeat(times, 2), pair.ravel()


def polylines(source: TraceSource, strip: Strip, scale: PaperScale, device: Device) -> Iterator[QPolygonF]:
    """Yield the polygons of one strip in logical pixels, one for each stretch without a gap."""
    width_px = max(int(strip.width_mm * device.px_per_mm_x * device.ratio), 1)
    found = source.columns(strip.lead, strip.start_s, strip.end_s, width_px)
    if found is None:
        return
    times, millivolts = found
    x = device.x(strip.x_mm) + (times - strip.start_s) * (scale.speed_mm_per_s * device.px_per_mm_x)
    y = device.y(strip.baseline_mm) - millivolts * (scale.gain_mm_per_mv * device.px_per_mm_y)
    finite = np.isfinite(y)
    if finite.all():
        yield polygon(x, y)
        return
    edges = np.flatnonzero(np.diff(np.concatenate(([False], finite, [False])).astype(np.int8)))
    for begin, end in zip(edges[::2], edges[1::2], strict=True):
        yield polygon(x[begin:end], y[begin:end])


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
