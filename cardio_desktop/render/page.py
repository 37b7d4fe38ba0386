"""A sheet at true size on anything that QPainter draws on: printer, PDF, SVG, picture."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from cardio_desktop.render.device import Device
from cardio_desktop.render.grid import paint_grid
from cardio_desktop.render.overlay import Layer, Overlay, PaperMap, paint_overlays
from cardio_desktop.render.sheet import FOOTER_MM, HEADER_MM, SIDE_MM, EcgSheet, paint_sheet

TRACE_MM = 0.25
"""The width of a trace on paper; the grid's lines are thinner (`render.grid`)."""


def sheet_size_mm(sheet: EcgSheet) -> tuple[float, float]:
    """Return width and height of a sheet with its lines of text and its edges."""
    return sheet.plan.width_mm + 2 * SIDE_MM, sheet.plan.height_mm + HEADER_MM + FOOTER_MM


def paint_true_size(
    painter: QPainter,
    sheet: EcgSheet,
    overlays: tuple[Overlay, ...],
    px_per_mm: tuple[float, float],
    left_mm: float,
    top_mm: float,
    size_mm: tuple[float, float] | None = None,
    *,
    ratio: float | None = None,
) -> None:
    """Paint a sheet whose upper left corner is at (left_mm, top_mm) of the thing drawn on.

    Its grid ends with the traces, or fills `size_mm` from that corner on. Raises CardioError where
    samples cannot be read. `ratio` is for pictures, painted like a screen of so many device pixels to a pixel:
    fast, with hairlines; without it lines have their width in millimetres.
    """
    px_x, px_y = px_per_mm
    origin = (left_mm + SIDE_MM) * px_x, (top_mm + HEADER_MM) * px_y
    if ratio is None:
        device = Device(px_x, px_y, *origin, line_mm=TRACE_MM)
    else:
        device = Device(px_x, px_y, *origin, ratio=ratio)
    plan = sheet.plan
    if size_mm is None:
        area = QRectF(*origin, plan.width_mm * px_x, plan.height_mm * px_y)
    else:
        area = QRectF(left_mm * px_x, top_mm * px_y, size_mm[0] * px_x, size_mm[1] * px_y)
    paint_grid(painter, device, area, sheet.colors)
    paint_sheet(painter, sheet, device, overlays)
    paint_overlays(painter, overlays, Layer.OVER, PaperMap(plan, device, sheet.source, sheet.colors))
