"""Signed evidence behind a trace: warm speaks for the class, cool against."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPixmap

from cardio_desktop.core.colors import rgb
from cardio_desktop.core.findings import Evidence
from cardio_desktop.core.paper import Strip
from cardio_desktop.core.units import PaperScale
from cardio_desktop.render.colors import RED_PAPER, PaperColors
from cardio_desktop.render.device import Device
from cardio_desktop.render.words import tr

FAINTEST = 0.04
"""Evidence below this share of full colour is not painted: a veil over everything says nothing."""


def evidence_image(
    values: NDArray[np.float32], full: float, opacity: float, colors: PaperColors = RED_PAPER, lowest: float = 0.0
) -> QImage:
    """Return a one-row image, a pixel a bin; `full` is the evidence painted at `opacity` (0 to 1).

    The alpha grows linearly with the evidence, so that twice the evidence covers twice as much paper. Evidence below
    `lowest`, a share of `full`, is left out.
    """
    pixels = _argb(values, full, opacity, colors, lowest)
    image = QImage(pixels.tobytes(), len(values), 1, 4 * len(values), QImage.Format.Format_ARGB32_Premultiplied)
    return image.copy()  # the copy owns its pixels


def _argb(
    values: NDArray[np.float32], full: float, opacity: float, colors: PaperColors, lowest: float
) -> NDArray[np.uint32]:
    """Return each bin's colour, multiplied by its alpha."""
    share = np.clip(np.abs(values) / full, 0.0, 1.0)
    alpha = np.where(share < max(FAINTEST, lowest), 0.0, share * opacity)[:, None]
    tints = np.array((rgb(colors.evidence_against), rgb(colors.evidence_for)))
    red, green, blue = np.rint(alpha * tints[(values >= 0).astype(np.intp)]).astype(np.uint32).T
    argb: NDArray[np.uint32] = (np.rint(255 * alpha[:, 0]).astype(np.uint32) << 24) | (red << 16) | (green << 8) | blue
    return argb


def paint_legend(
    painter: QPainter,
    right_px: float,
    middle_px: float,
    words: str,
    full: float,
    opacity: float,
    colors: PaperColors,
    lowest: float = 0.0,
) -> float:
    """Paint "against (blue) .. for (orange)" ending at `right_px` and return where it begins.

    The bar is painted with the very colours of the bins; `full` is the evidence, in logits, at its ends. How strong
    that is, in numbers, says the panel of the evidence tools.
    """
    metrics = QFontMetricsF(painter.font())
    # In proportion to the letters: a printer has many more dots than a screen.
    bar_px, gap, half_px = 6.5 * metrics.height(), 0.45 * metrics.height(), 0.38 * metrics.height()
    for_words, against = tr("for {name}").format(name=words), tr("against")
    left = right_px - metrics.horizontalAdvance(for_words) - gap - bar_px - gap - metrics.horizontalAdvance(against)
    base = middle_px + (metrics.ascent() - metrics.descent()) / 2
    painter.setPen(QColor(colors.label))
    painter.drawText(QPointF(left, base), against)
    bar = QRectF(left + metrics.horizontalAdvance(against) + gap, middle_px - half_px, bar_px, 2 * half_px)
    scale = np.linspace(-full, full, 43, dtype=np.float32)
    painter.drawImage(bar, evidence_image(scale, full, opacity, colors, lowest))
    painter.drawRect(bar)
    painter.drawText(QPointF(bar.right() + gap, base), for_words)
    return left


@dataclass(frozen=True, eq=False)
class Look:
    """How evidence is painted: `full` logits at `opacity` (0 to 1); below `lowest`, a share of `full`, not at all."""

    opacity: float
    full: float
    lowest: float = 0.0
    colors: PaperColors = RED_PAPER

    def image(self, values: NDArray[np.float32]) -> QImage:
        """Return one row of pixels, one a bin."""
        return evidence_image(values, self.full, self.opacity, self.colors, self.lowest)


def paint_evidence(
    painter: QPainter,
    evidence: Evidence,
    code: str,
    strip: Strip,
    scale: PaperScale,
    device: Device,
    look: Look,
) -> None:
    """Paint the evidence of one strip's lead for class `code` over the strip's whole height, bin by bin."""
    if not device.line_mm:
        tile = evidence_tile(evidence, code, strip, scale, device, look)
        if tile is not None:
            top, bottom = strip_rows(strip, device)
            painter.save()
            painter.scale(1.0 / device.ratio, 1.0 / device.ratio)
            painter.drawTiledPixmap(QRect(tile.left, top, tile.pixels.width(), bottom - top), tile.pixels)
            painter.restore()
        return
    found = _bins(evidence, code, strip, scale, device)
    if found is None:
        return
    bins, band, edge = found
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    painter.setClipRect(edge)
    painter.drawImage(band, look.image(bins))
    painter.restore()


def _bins(
    evidence: Evidence, code: str, strip: Strip, scale: PaperScale, device: Device
) -> tuple[NDArray[np.float32], QRectF, QRectF] | None:
    """Return the bins that a strip shows, the band over which they are stretched, and the strip's own place in it."""
    row = evidence.trace(code, strip.lead)
    if row is None:
        return None
    first = max(int(np.floor((strip.start_s - evidence.start_s) / evidence.bin_s)), 0)
    last = min(int(np.ceil((strip.end_s - evidence.start_s) / evidence.bin_s)), row.shape[0])
    if last <= first:
        return None
    left = device.x(strip.x_of(evidence.start_s + first * evidence.bin_s, scale))
    right = device.x(strip.x_of(evidence.start_s + last * evidence.bin_s, scale))
    band = QRectF(left, device.y(strip.top_mm), right - left, strip.height_mm * device.px_per_mm_y)
    edge = QRectF(device.x(strip.x_mm), band.top(), strip.width_mm * device.px_per_mm_x, band.height())
    # A day of bins in a thousand pixels: the strongest of those that share a pixel is shown, none is averaged away.
    bins = row[first:last]
    most = max(int(band.width() * device.ratio), 1)
    if len(bins) > 2 * most:
        starts = np.arange(0, len(bins), len(bins) // most)
        high, low = np.maximum.reduceat(bins, starts), np.minimum.reduceat(bins, starts)
        bins = np.where(high >= -low, high, low)
    return bins, band, edge


@dataclass(frozen=True, eq=False)
class Tile:
    """One row of evidence in device pixels, to be repeated down a strip, and where it begins."""

    left: int
    pixels: QPixmap


def strip_rows(strip: Strip, device: Device) -> tuple[int, int]:
    """Return the rows of device pixels, first and behind the last, of a strip."""
    top_px = device.y(strip.top_mm)
    bottom_px = top_px + strip.height_mm * device.px_per_mm_y
    # A place half-way between two pixels must not be rounded up here and down for the strip below.
    return round(top_px * device.ratio - 1e-6), round(bottom_px * device.ratio - 1e-6)


def evidence_tile(
    evidence: Evidence, code: str, strip: Strip, scale: PaperScale, device: Device, look: Look
) -> Tile | None:
    """Return the row of pixels of which the evidence of a strip consists on a screen, None if there is none.

    Stretching the bins over the whole band takes Qt three times as long.
    """
    found = _bins(evidence, code, strip, scale, device)
    if found is None:
        return None
    values, band, edge = found
    bins, ratio = look.image(values), device.ratio
    left = round(max(band.left(), edge.left()) * ratio)
    width = round(min(band.right(), edge.right()) * ratio) - left
    if width <= 0:
        return None
    row = np.frombuffer(bins.constBits(), dtype=np.uint32)[: bins.width()]
    chosen = _bins_of_pixels(left, width, ratio, band.left(), band.width(), bins.width())
    image = QImage(row[chosen].tobytes(), width, 1, 4 * width, QImage.Format.Format_ARGB32_Premultiplied)
    return Tile(left, QPixmap.fromImage(image.copy()))


@lru_cache(maxsize=16)
def _bins_of_pixels(
    left: int, width: int, ratio: float, band_left: float, band_width: float, count: int
) -> NDArray[np.int64]:
    """Return the bin on which the middle of each pixel lies: the same for all strips above one another."""
    middles = (left + np.arange(width) + 0.5) / ratio
    bins: NDArray[np.int64] = np.clip((middles - band_left) / band_width * count, 0, count - 1).astype(np.int64)
    return bins
