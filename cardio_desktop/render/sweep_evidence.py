"""Evidence of the network over a live page: laid on like a glaze, so that the trace stays as dark as it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap

from cardio_desktop.core.findings import Evidence
from cardio_desktop.render.evidence import Look
from cardio_desktop.render.sweep import SweepPicture


@dataclass(frozen=True, eq=False)
class EvidenceGlaze:
    """One row of pixels a lead, for columns first <= c < stop; None for a lead that the network was not shown."""

    first: int
    stop: int
    rows: tuple[QPixmap | None, ...]
    dark_paper: bool

    def paint(
        self, painter: QPainter, picture: SweepPicture, left: int, pieces: Sequence[tuple[int, int, int]]
    ) -> None:
        """Paint, in device pixels, the stretches (first column, stop, place of the first) of a page that is shown."""
        mode = QPainter.CompositionMode
        painter.save()
        painter.setCompositionMode(mode.CompositionMode_Screen if self.dark_paper else mode.CompositionMode_Multiply)
        for begin, end, x in pieces:
            low, high = max(begin, self.first), min(end, self.stop)
            if low >= high:
                continue
            for row, tile in zip(picture.rows, self.rows, strict=True):
                if tile is not None:
                    place = QRect(left + x + low - begin, row.top, high - low, row.bottom - row.top)
                    painter.drawTiledPixmap(place, tile, QPoint(low - self.first, 0))
        painter.restore()


def glaze_of(picture: SweepPicture, leads: Sequence[str], evidence: Evidence, code: str, look: Look) -> EvidenceGlaze:
    """Return the evidence for a class in the leads of a picture."""
    first, stop = picture.column_of(evidence.start_s), picture.column_of(evidence.end_s)
    middles = (np.arange(first, stop) + 0.5) / picture.scale.px_per_s
    rows: list[QPixmap | None] = []
    for lead in leads:
        bins = evidence.trace(code, lead)
        if bins is None or stop <= first:
            rows.append(None)
            continue
        chosen = np.clip(((middles - evidence.start_s) / evidence.bin_s).astype(np.int64), 0, len(bins) - 1)
        tints = look.image(bins)  # held: the array below is its memory
        row = np.frombuffer(tints.constBits(), dtype=np.uint32)[: len(bins)][chosen]
        image = QImage(row.tobytes(), len(row), 1, 4 * len(row), QImage.Format.Format_ARGB32_Premultiplied)
        rows.append(QPixmap.fromImage(image.copy()))
    return EvidenceGlaze(first, stop, tuple(rows), QColor(look.colors.paper).lightness() < 128)
