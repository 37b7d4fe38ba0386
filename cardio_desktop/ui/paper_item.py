"""The one item of the ECG view: it paints paper, evidence and traces in a single pass."""

from __future__ import annotations

from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPixmap

from cardio_desktop.core.errors import CardioError
from cardio_desktop.render.device import Device
from cardio_desktop.render.grid import GridCache
from cardio_desktop.render.overlay import Layer, Overlay, PaperMap, paint_overlays
from cardio_desktop.render.sheet import Sheet, paint_sheet


class PaperItem(pg.GraphicsObject):
    """Shows a `Sheet` over the whole view. Its coordinates are the view's logical pixels.

    `failed(error)` tells that the samples could not be read.
    """

    failed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._sheet: Sheet | None = None
        self._device = Device(1.0, 1.0)
        self._rect = QRectF(0, 0, 1, 1)
        self._grid = GridCache()
        self._frame: QPixmap | None = None
        self._kept: QPixmap | None = None
        self._overlays: tuple[Overlay, ...] = ()

    def show_sheet(self, sheet: Sheet | None, device: Device, rect: QRectF, overlays: tuple[Overlay, ...] = ()) -> None:
        """Replace what is painted."""
        if rect != self._rect:
            self.prepareGeometryChange()
        self._sheet, self._device, self._rect, self._overlays = sheet, device, rect, overlays
        self._frame = None
        self.update()

    def boundingRect(self) -> QRectF:
        """Return the whole view."""
        return self._rect

    def paint(self, painter: QPainter, *_: Any) -> None:
        """Paint the sheet; the picture is kept, so that what moves over it costs next to nothing."""
        if self._sheet is None:
            return
        if self._frame is None:
            self._frame = self._draw(self._sheet)
        painter.drawPixmap(0, 0, self._frame)
        try:
            paint_overlays(painter, self._overlays, Layer.OVER, self._map(self._sheet))
        except CardioError as error:
            self.failed.emit(error)

    def _map(self, sheet: Sheet) -> PaperMap:
        return PaperMap(sheet.plan, self._device, sheet.source, sheet.colors)

    def _draw(self, sheet: Sheet) -> QPixmap:
        """Return the paper, of which a copy is kept, with everything on it."""
        paper = self._grid.pixmap(self._device, self._rect.width(), self._rect.height(), sheet.colors)
        frame = self._kept
        if frame is None or frame.size() != paper.size() or frame.devicePixelRatio() != paper.devicePixelRatio():
            frame = self._kept = paper.copy()
        painter = QPainter(frame)
        try:
            # Into the memory of the frame before: asking the system for new memory takes longer than the copy.
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
            painter.drawPixmap(0, 0, paper)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
            paint_sheet(painter, sheet, self._device, self._overlays)
        except CardioError as error:
            # Samples are read while painting: the file may have been taken away. No half-drawn ECG may stay.
            painter.drawPixmap(0, 0, paper)
            painter.drawText(self._rect, Qt.AlignmentFlag.AlignCenter, str(error))
            self.failed.emit(error)
        finally:
            painter.end()
        return frame
