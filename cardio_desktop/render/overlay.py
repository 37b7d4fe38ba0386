"""What others draw on the ECG paper and how they take the mouse there: calipers, beat marks, a second record's trace.

An overlay is an object of a class derived from `Overlay`, handed to the view with `PaperView.add_overlay(overlay)` and
taken away with `remove_overlay(overlay)`::

    class Marker(Overlay):
        def __init__(self) -> None:
            self.time_s = 1.0

        def paint(self, painter: QPainter, paper: PaperMap) -> None:
            painter.setPen(paper.hairline("#7a1fa2"))
            for strip in paper.plan.strips_at_time(self.time_s):
                foot, top = paper.edges(strip, self.time_s)
                painter.drawLine(foot, top)

        def mouse(self, event: PaperMouse, paper: PaperMap) -> bool:
            if event.kind is Mouse.PRESS and event.point is not None:
                self.time_s = event.point.time_s
                return True  # this drag is mine: MOVE and RELEASE come here and nowhere else
            return False

* `paint` is called with the map of the sheet that is being drawn: the screen's, a picture's or the printer's. Never
  keep it, never store pixels: keep (lead, time_s, millivolts) and map them anew each time, so that marks stay with
  the trace.
* `layer` says where: `Layer.UNDER` lies between paper and traces and is kept in the frame's pixmap, so it costs
  nothing while the mouse moves; `Layer.OVER` (the default) is painted over the finished frame each time, so dragging
  it does not redraw the traces.
* After a change of what it shows, call `PaperView.update_overlays()` (`Layer.OVER`) or `PaperView.refresh()`
  (`Layer.UNDER`).
* `mouse` gets presses, moves, releases, double clicks (left, middle or right button) and hovering, the overlay added
  last first. The first that returns True for a PRESS owns the drag until RELEASE; what nobody takes moves the paper.
  A hover that returns True hides the readout.
* `cursor` names the mouse pointer to show while it hovers at a place, None for the usual one.
* Use pens one device pixel wide (`paper.hairline`): a wider antialiased pen costs fifty times as much.
* Time runs from the record's start. Millivolts are those of the file: a display filter changes neither `samples` nor
  `value`. In Cabrera's order the inverted lead is named "-aVR" and its values are inverted too.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from cardio_desktop.core.paper import PaperPlan, Strip
from cardio_desktop.render.colors import RED_PAPER, PaperColors
from cardio_desktop.render.device import Device
from cardio_desktop.render.traces import TraceSource


class Layer(Enum):
    """Where an overlay lies."""

    UNDER = "under"
    OVER = "over"


class Mouse(Enum):
    """What the mouse did."""

    PRESS = "press"
    MOVE = "move"
    RELEASE = "release"
    DOUBLE = "double"
    HOVER = "hover"


@dataclass(frozen=True)
class PaperPoint:
    """A place on a trace: seconds from the record's start and millivolts from the zero line of `strip`."""

    strip: Strip
    time_s: float
    millivolts: float

    @property
    def lead(self) -> str:
        """The lead's name."""
        return self.strip.lead


@dataclass(frozen=True)
class PaperMouse:
    """One event. `position` is in logical pixels, `point` what lies there (None beside the traces)."""

    kind: Mouse
    position: QPointF
    point: PaperPoint | None
    button: Qt.MouseButton = Qt.MouseButton.NoButton
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier


@dataclass(frozen=True, eq=False)
class PaperMap:
    """Maps between pixels and (strip, time, millivolts) on one sheet as it is drawn now."""

    plan: PaperPlan
    device: Device
    source: TraceSource
    colors: PaperColors = RED_PAPER

    def point_at(self, position: QPointF) -> PaperPoint | None:
        """Return the place under a pixel, None beside the traces."""
        strip = self.plan.strip_at(self.device.mm_x(position.x()), self.device.mm_y(position.y()))
        return None if strip is None else self.point_in(strip, position)

    def point_in(self, strip: Strip, position: QPointF) -> PaperPoint:
        """Return what a pixel means on the axes of `strip`, also outside it: for a drag that began there."""
        scale = self.plan.scale
        time_s = strip.time_at(self.device.mm_x(position.x()), scale)
        return PaperPoint(strip, time_s, strip.mv_at(self.device.mm_y(position.y()), scale))

    def position_of(self, strip: Strip, time_s: float, millivolts: float = 0.0) -> QPointF:
        """Return the pixel of a place on the axes of `strip`."""
        scale = self.plan.scale
        return QPointF(self.device.x(strip.x_of(time_s, scale)), self.device.y(strip.y_of(millivolts, scale)))

    def edges(self, strip: Strip, time_s: float) -> tuple[QPointF, QPointF]:
        """Return the lower and the upper end of the upright line through `strip` at an instant."""
        box, x = self.box(strip), self.device.x(strip.x_of(time_s, self.plan.scale))
        return QPointF(x, box.bottom()), QPointF(x, box.top())

    def box(self, strip: Strip) -> QRectF:
        """Return the pixels that a strip fills."""
        device = self.device
        return QRectF(
            device.x(strip.x_mm),
            device.y(strip.top_mm),
            strip.width_mm * device.px_per_mm_x,
            strip.height_mm * device.px_per_mm_y,
        )

    def strips(self, lead: str, time_s: float) -> tuple[Strip, ...]:
        """Return the strips on which `lead` is shown at an instant: none, one, or also its rhythm strip."""
        return tuple(strip for strip in self.plan.strips_at_time(time_s) if strip.lead == lead)

    def samples(self, lead: str, start_s: float, end_s: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return (times in s, millivolts) of the file's samples with start_s <= time < end_s, NaN where it has none.

        Raises CardioError where the file can no longer be read.
        """
        trace = self.source.leads[lead]
        first = min(max(int(np.ceil(start_s * trace.rate_hz - 1e-6)), 0), len(trace))
        stop = min(max(int(np.ceil(end_s * trace.rate_hz - 1e-6)), first), len(trace))
        return np.arange(first, stop) / trace.rate_hz, self.source.samples(lead, first, stop)

    def value(self, lead: str, time_s: float) -> float | None:
        """Return the millivolts of the sample nearest to an instant, None where there is none."""
        trace = self.source.leads[lead]
        index = round(time_s * trace.rate_hz)
        if not 0 <= index < len(trace):
            return None
        value = float(self.source.samples(lead, index, index + 1)[0])
        return value if np.isfinite(value) else None

    def hairline(self, color: str) -> QPen:
        """Return the pen to draw with: one device pixel wide."""
        pen = QPen(QColor(color))
        pen.setWidthF(self.device.hairline_px)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        return pen


class Overlay:
    """Draws on the paper and may take the mouse; override what is needed."""

    layer: Layer = Layer.OVER

    def paint(self, painter: QPainter, paper: PaperMap) -> None:
        """Draw; the painter's state is restored afterwards."""

    def mouse(self, event: PaperMouse, paper: PaperMap) -> bool:  # noqa: ARG002
        """Return whether the event was taken."""
        return False

    def cursor(self, position: QPointF, paper: PaperMap) -> Qt.CursorShape | None:  # noqa: ARG002
        """Return the mouse pointer to show at a place, None for the usual one."""
        return None


def paint_overlays(painter: QPainter, overlays: tuple[Overlay, ...], layer: Layer, paper: PaperMap) -> None:
    """Paint the overlays of one layer, the one added last on top."""
    for overlay in overlays:
        if overlay.layer is layer:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
            overlay.paint(painter, paper)
            painter.restore()
