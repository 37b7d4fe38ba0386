"""The stretches of trace that a sentence rests on, marked on the paper."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QColor, QPainter

from cardio_desktop.core.findings import Mark
from cardio_desktop.core.paper import PaperPlan, Strip
from cardio_desktop.render.device import Device
from cardio_desktop.render.overlay import Layer, Overlay, PaperMap

VEIL_ALPHA = 34
VEILED_UP_TO_S = 2.5
LEAST_MM = 0.8
"""A mark of a single instant is drawn this wide."""


class Highlights(Overlay):
    """Veils each marked stretch in its lead, or in all leads, with a bracket under it."""

    layer = Layer.UNDER

    def __init__(self) -> None:
        self.marks: Sequence[Mark] = ()

    def paint(self, painter: QPainter, paper: PaperMap) -> None:
        """Draw the marks that lie on the page."""
        veil, tick = QColor(paper.colors.mark), 1.2 * paper.device.px_per_mm_y
        veil.setAlpha(VEIL_ALPHA)
        painter.setPen(paper.hairline(paper.colors.mark))
        for strip in paper.plan.strips if self.marks else ():
            for mark in self.marks:
                box = mark_box(mark, strip, paper.plan, paper.device)
                if box is None:
                    continue
                # A mark of many beats is all bracket: a veil over everything would only dim it.
                if mark.end_s - mark.start_s <= VEILED_UP_TO_S:
                    painter.fillRect(box, veil)
                painter.drawLine(QLineF(box.bottomLeft(), box.bottomRight()))
                for x in (box.left(), box.right()):
                    painter.drawLine(QLineF(x, box.bottom() - tick, x, box.bottom()))


def mark_box(mark: Mark, strip: Strip, plan: PaperPlan, device: Device) -> QRectF | None:
    """Return the part of a strip that a mark covers, in pixels; None where they do not meet."""
    if mark.lead is not None and mark.lead.removeprefix("-") != strip.lead.removeprefix("-"):
        return None
    start_s, end_s = max(mark.start_s, strip.start_s), min(mark.end_s, strip.end_s)
    if end_s < start_s or start_s >= strip.end_s:
        return None
    left, right = device.x(strip.x_of(start_s, plan.scale)), device.x(strip.x_of(end_s, plan.scale))
    least = LEAST_MM * device.px_per_mm_x
    if right - left < least:
        left, right = (left + right - least) / 2, (left + right + least) / 2
    height = 0.92 * strip.height_mm * device.px_per_mm_y
    return QRectF(left, device.y(strip.top_mm) + 0.04 * height, right - left, height)
