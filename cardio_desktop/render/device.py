"""From paper millimetres to the pixels of the thing drawn on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Device:
    """An affine map: pixel = origin + millimetre * density, y down; `ratio` is device pixels per logical pixel.

    Densities are logical pixels per millimetre, magnification included. `line_mm` is the width of a trace on paper, 0
    on a screen, where it is a hairline.
    """

    px_per_mm_x: float
    px_per_mm_y: float
    origin_x: float = 0.0
    origin_y: float = 0.0
    ratio: float = 1.0
    line_mm: float = 0.0

    def x(self, mm: float) -> float:
        """Return the horizontal pixel of a millimetre."""
        return self.origin_x + mm * self.px_per_mm_x

    def y(self, mm: float) -> float:
        """Return the vertical pixel of a millimetre."""
        return self.origin_y + mm * self.px_per_mm_y

    def mm_x(self, px: float) -> float:
        """Return the millimetre at a horizontal pixel."""
        return (px - self.origin_x) / self.px_per_mm_x

    def mm_y(self, px: float) -> float:
        """Return the millimetre at a vertical pixel."""
        return (px - self.origin_y) / self.px_per_mm_y

    @property
    def hairline_px(self) -> float:
        """The width of the usual pen: one device pixel on a screen, where wider ones are fifty times slower."""
        return max(1.0 / self.ratio, self.line_mm * self.px_per_mm_x)
