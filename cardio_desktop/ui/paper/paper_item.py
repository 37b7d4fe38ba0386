"""The one item of the ECG view: it paints paper, evidence and traces in a single pass."""

from __future__ import annotations

import math
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPixmap

from cardio_desktop.app.i18n import said
from cardio_desktop.core.errors import CardioError
from cardio_desktop.render.device import Device
from cardio_desktop.render.grid import PaperCache, ScreenPaper
from cardio_desktop.render.overlay import Layer, Overlay, PaperMap, paint_overlays
from cardio_desktop.render.sheet import EcgSheet, paint_sheet


class PaperItem(pg.GraphicsObject):
    """Shows a `EcgSheet` over the whole view. Its coordinates are the view's logical pixels.

    `failed(error)` tells that the samples could not be read.
    """

    failed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._sheet: EcgSheet | None = None
        self._device = Device(1.0, 1.0)
        self._rect = QRectF(0, 0, 1, 1)
        self._grid = PaperCache()
        self._frame: QPixmap | None = None
        self._kept: QPixmap | None = None
        self._paints, self._seen_once = 0, True
        self._overlays: tuple[Overlay, ...] = ()

    def show_sheet(
        self, sheet: EcgSheet | None, device: Device, rect: QRectF, overlays: tuple[Overlay, ...] = ()
    ) -> None:
        """Replace what is painted."""
        if rect != self._rect:
            self.prepareGeometryChange()
        self._sheet, self._device, self._rect, self._overlays = sheet, device, rect, overlays
        # What comes next is likely to be seen as often as this sheet was: once while it moves, else again and again.
        self._seen_once, self._paints = self._paints <= 1, 0
        self._frame = None
        self.update()

    def boundingRect(self) -> QRectF:
        """Return the whole view."""
        return self._rect

    def paint(self, painter: QPainter, *_: Any) -> None:
        """Paint the sheet; one painted again is kept as a picture, so that what moves over it costs next to nothing."""
        if self._sheet is None:
            painter.fillRect(self._rect, self.scene().palette().window())
            return
        self._paints += 1
        if self._frame is None and self._paints == 1 and self._seen_once and _on_whole_pixels(painter):
            # While the paper moves no frame is seen twice: a picture of each would be two more passes over its pixels.
            self._draw(painter, self._sheet)
        else:
            if self._frame is None:
                self._frame = self._picture(self._sheet)
            painter.drawPixmap(0, 0, self._frame)
        try:
            paint_overlays(painter, self._overlays, Layer.OVER, self._map(self._sheet))
        except CardioError as error:
            self.failed.emit(error)

    def _map(self, sheet: EcgSheet) -> PaperMap:
        return PaperMap(sheet.plan, self._device, sheet.source, sheet.colors)

    def _paper(self, sheet: EcgSheet) -> ScreenPaper:
        return self._grid.paper(self._device, self._rect.width(), self._rect.height(), sheet.colors)

    def _draw(self, painter: QPainter, sheet: EcgSheet) -> None:
        """Draw the paper with everything on it that lies under the topmost overlays."""
        paper = self._paper(sheet)
        painter.save()
        try:
            paint_sheet(painter, sheet, self._device, self._overlays, paper)
        except CardioError as error:
            # Samples are read while painting: the file may have been taken away. No half-drawn ECG may stay.
            paper.paint(painter)
            painter.drawText(self._rect, Qt.AlignmentFlag.AlignCenter, said(error))
            self.failed.emit(error)
        finally:
            painter.restore()

    def _picture(self, sheet: EcgSheet) -> QPixmap:
        """Return the same as a picture, in the memory of the one before: new memory takes longer than the copy."""
        ratio = self._device.ratio
        size = QSize(math.ceil(self._rect.width() * ratio), math.ceil(self._rect.height() * ratio))
        frame = self._kept
        if frame is None or frame.size() != size or frame.devicePixelRatio() != ratio:
            frame = self._kept = QPixmap(size)
            frame.setDevicePixelRatio(ratio)
        painter = QPainter(frame)
        self._draw(painter, sheet)
        painter.end()
        return frame


def _on_whole_pixels(painter: QPainter) -> bool:
    """Return whether the item's origin lies on a device pixel, as that of a view at a ratio of 1.5 may not."""
    place = painter.deviceTransform()
    return all(abs(offset - round(offset)) < 1e-6 for offset in (place.dx(), place.dy()))
