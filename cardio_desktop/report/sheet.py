"""A PDF page that is drawn on in millimetres from its upper left corner."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.core.units import POINTS_PER_MM
from cardio_desktop.report import fonts
from cardio_desktop.report.style import INK, RGB

# Both as they lie on the desk for an ECG: long side across.
PAPER_SIZES_MM: dict[str, tuple[float, float]] = {"a4": (297.0, 210.0), "letter": (279.4, 215.9)}

SIZE_PT = 8.0
LEADING = 1.3
_ENCODING = Lock()


@contextmanager
def binary_streams() -> Iterator[None]:
    """Have reportlab write streams as they are; as text they would be a quarter larger and take longer than all else.

    It knows only a switch for the whole process: set for one file at a time, and put back for whoever else uses it.
    """
    from reportlab import rl_config

    with _ENCODING:
        before, rl_config.useA85 = rl_config.useA85, 0
        try:
            yield
        finally:
            rl_config.useA85 = before


@dataclass(frozen=True)
class Sheet:
    """One page of `width_mm` by `height_mm` on a reportlab canvas: x runs right, y down, lengths are millimetres."""

    canvas: Any
    width_mm: float
    height_mm: float

    def x(self, mm: float) -> float:
        """Return the horizontal place in points."""
        return round(mm * POINTS_PER_MM, 3)

    def y(self, mm: float) -> float:
        """Return the vertical place in points; PDF counts them from the bottom."""
        return round((self.height_mm - mm) * POINTS_PER_MM, 3)

    def polyline(self, x_mm: NDArray[np.float64], y_mm: NDArray[np.float64], color: RGB, line_mm: float) -> None:
        """Draw one line through all points; a single point becomes a dot."""
        from reportlab.pdfgen.pathobject import PDFPathObject

        xs = (x_mm * POINTS_PER_MM).tolist()
        ys = ((self.height_mm - y_mm) * POINTS_PER_MM).tolist()
        # Formatted here: reportlab's lineTo takes ten times as long, a second for twelve leads.
        ends = [f"{x:.2f} {y:.2f} l" for x, y in zip(xs[1:] or xs, ys[1:] or ys, strict=True)]
        path = PDFPathObject(["n", f"{xs[0]:.2f} {ys[0]:.2f} m", *ends])
        self._stroke(color, line_mm)
        self.canvas.drawPath(path, stroke=1, fill=0)

    def lines(self, ends: Iterable[tuple[float, float, float, float]], color: RGB, line_mm: float) -> None:
        """Draw separate straight lines (x, y, x, y) as one path."""
        path = self.canvas.beginPath()
        for x0, y0, x1, y1 in ends:
            path.moveTo(self.x(x0), self.y(y0))
            path.lineTo(self.x(x1), self.y(y1))
        self._stroke(color, line_mm)
        self.canvas.drawPath(path, stroke=1, fill=0)

    def dotted(self, x_mm: float, top_mm: float, bottom_mm: float, color: RGB, line_mm: float) -> None:
        """Draw an upright dotted line."""
        self.canvas.saveState()
        self.canvas.setDash([0.5, 2.0])
        self.lines([(x_mm, top_mm, x_mm, bottom_mm)], color, line_mm)
        self.canvas.restoreState()

    def rectangles(self, boxes: Iterable[tuple[float, float, float, float]], color: RGB) -> None:
        """Fill boxes (left, top, width, height) as one path."""
        path = self.canvas.beginPath()
        for left, top, width, height in boxes:
            path.rect(self.x(left), self.y(top + height), self.x(width), self.x(height))
        self.canvas.setFillColorRGB(*color)
        self.canvas.drawPath(path, stroke=0, fill=1)

    def frame(self, box: tuple[float, float, float, float], color: RGB, line_mm: float) -> None:
        """Draw the outline of a box (left, top, width, height)."""
        left, top, width, height = box
        right, bottom = left + width, top + height
        self.lines([(left, top, right, top), (left, bottom, right, bottom)], color, line_mm)
        self.lines([(left, top, left, bottom), (right, top, right, bottom)], color, line_mm)

    def picture(self, png: bytes, left: float, top: float, width: float, height: float) -> None:
        """Draw a picture into a box; its bytes are all that is read."""
        from reportlab.lib.utils import ImageReader

        image = ImageReader(BytesIO(png))
        self.canvas.drawImage(image, self.x(left), self.y(top + height), self.x(width), self.x(height))

    def triangles(self, tips: Iterable[tuple[float, float]], half_mm: float, color: RGB) -> None:
        """Fill triangles that point down to (x, y)."""
        path = self.canvas.beginPath()
        for x, y in tips:
            path.moveTo(self.x(x), self.y(y))
            path.lineTo(self.x(x - half_mm), self.y(y - 1.8 * half_mm))
            path.lineTo(self.x(x + half_mm), self.y(y - 1.8 * half_mm))
            path.close()
        self.canvas.setFillColorRGB(*color)
        self.canvas.drawPath(path, stroke=0, fill=1)

    def text(
        self,
        x_mm: float,
        y_mm: float,
        text: str,
        *,
        size_pt: float = SIZE_PT,
        bold: bool = False,
        color: RGB = INK,
        align: str = "left",
        width_mm: float | None = None,
    ) -> None:
        """Write one line with its base line at `y_mm`; what is wider than `width_mm` ends in an ellipsis.

        `x_mm` is the left end, the middle or the right end as `align` says.
        """
        room = width_mm * POINTS_PER_MM if width_mm is not None else 1e9
        shown = fonts.shorten(text, room, size_pt, bold)
        self.canvas.setFont(fonts.font(bold), size_pt)
        self.canvas.setFillColorRGB(*color)
        shift = {"left": 0.0, "center": 0.5, "right": 1.0}[align] * fonts.width(shown, size_pt, bold)
        self.canvas.drawString(round(self.x(x_mm) - shift, 3), self.y(y_mm), shown)

    @contextmanager
    def clipped(self, left: float, top: float, width: float, height: float) -> Iterator[None]:
        """Keep what is drawn meanwhile inside a box."""
        self.canvas.saveState()
        path = self.canvas.beginPath()
        path.rect(self.x(left), self.y(top + height), self.x(width), self.x(height))
        self.canvas.clipPath(path, stroke=0, fill=0)
        yield
        self.canvas.restoreState()

    @contextmanager
    def shrunk(self, scale: float) -> Iterator[None]:
        """Draw meanwhile `scale` times as large, from the upper left corner; 1 changes nothing."""
        if scale == 1.0:
            yield
            return
        self.canvas.saveState()
        self.canvas.translate(0, round(self.height_mm * POINTS_PER_MM * (1.0 - scale), 3))
        self.canvas.scale(scale, scale)
        yield
        self.canvas.restoreState()

    def watermark(self, text: str, color: RGB) -> None:
        """Write `text` large across the page; call it before anything else, so that it stands behind."""
        size = 90.0
        self.canvas.saveState()
        self.canvas.translate(self.x(self.width_mm / 2), self.y(self.height_mm / 2))
        self.canvas.rotate(28)
        self.canvas.setFont(fonts.font(True), size)
        self.canvas.setFillColorRGB(*color)
        self.canvas.drawString(-fonts.width(text, size, True) / 2, -size / 3, text)
        self.canvas.restoreState()

    def _stroke(self, color: RGB, line_mm: float) -> None:
        self.canvas.setStrokeColorRGB(*color)
        self.canvas.setLineWidth(round(line_mm * POINTS_PER_MM, 3))
        self.canvas.setLineJoin(1)
        self.canvas.setLineCap(1)


def line_height_mm(size_pt: float = SIZE_PT) -> float:
    """Return the distance of two base lines."""
    return size_pt * LEADING / POINTS_PER_MM
