"""A record at a glance: ten seconds of one lead, small, at one scale for all so that low voltage looks low."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from cardio_desktop.render.colors import RED_PAPER, PaperColors
from cardio_desktop.render.traces import polygon

SPAN_MV = 3.2
"""What fits between the upper and the lower edge; larger deflections are cut."""


def paint_thumbnail(
    painter: QPainter, rect: QRectF, pairs_mv: NDArray[np.float64], colors: PaperColors = RED_PAPER
) -> None:
    """Paint (min, max) pairs in mV over `rect`, one column a pair; columns without a sample are hatched."""
    painter.save()
    painter.setClipRect(rect)
    painter.fillRect(rect, QColor(colors.paper))
    columns = len(pairs_mv)
    known = np.isfinite(pairs_mv[:, 0])
    step = rect.width() / max(columns, 1)
    for column in np.flatnonzero(~known):
        painter.fillRect(QRectF(rect.left() + column * step, rect.top(), step, rect.height()), QColor(colors.gap))
    if known.any():
        middle = float(np.median(pairs_mv[known]))
        y = rect.center().y() - (pairs_mv - middle) * (rect.height() / SPAN_MV)
        # Down in one column and up in the next, as the envelope on the paper is drawn.
        y[1::2] = y[1::2, ::-1]
        x = np.repeat(rect.left() + (np.arange(columns) + 0.5) * step, 2)
        pen = QPen(QColor(colors.trace))
        pen.setWidthF(0.0)
        pen.setStyle(Qt.PenStyle.SolidLine)
        painter.setPen(pen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        edges = np.flatnonzero(np.diff(np.concatenate(([False], known, [False])).astype(np.int8)))
        flat = y.ravel()
        for begin, end in zip(edges[::2], edges[1::2], strict=True):
            painter.drawPolyline(polygon(x[2 * begin : 2 * end], flat[2 * begin : 2 * end]))
    painter.restore()
