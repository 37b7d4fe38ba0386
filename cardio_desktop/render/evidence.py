"""Signed evidence behind a trace: warm speaks for the class, cool against."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPixmap

from cardio_desktop.core.colors import rgb
from cardio_desktop.core.findings import Evidence
from cardio_desktop.core.paper import Strip
from cardio_desktop.core.units import PaperScale
from cardio_desktop.render.colors import RED_PAPER, PaperColors
from cardio_desktop.render.device import Device
from cardio_desktop.render.words import decimals, tr

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
    tint = np.where((values >= 0)[:, None], rgb(colors.evidence_for), rgb(colors.evidence_against))
    red, green, blue = np.rint(alpha * tint).astype(np.uint32).T
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

    The bar is painted with the very colours of the bins; `full` is the evidence, in logits, at its ends.
    """
    metrics = QFontMetricsF(painter.font())
    # In proportion to the letters: a printer has many more dots than a screen.
    bar_px, gap, half_px = 6.5 * metrics.height(), 0.45 * metrics.height(), 0.38 * metrics.height()
    for_words = tr("for {name} ({value})").format(name=words, value=decimals(f"{full:+.2g}"))
    against = tr("({value}) against").format(value=decimals(f"{-full:.2g}"))
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


def paint_evidence(
    painter: QPainter,
    evidence: Evidence,
    code: str,
    strip: Strip,
    scale: PaperScale,
    device: Device,
    opacity: float,
    full: float,
    colors: PaperColors = RED_PAPER,
    lowest: float = 0.0,
) -> None:
    """Paint the evidence of one strip's lead for class `code` over the strip's whole height, bin by bin.

    Evidence below `lowest`, a share of `full`, is left out.
    """
    row = evidence.trace(code, strip.lead)
    if row is None:
        return
    first = max(int(np.floor((strip.start_s - evidence.start_s) / evidence.bin_s)), 0)
    last = min(int(np.ceil((strip.end_s - evidence.start_s) / evidence.bin_s)), row.shape[0])
    if last <= first:
        return
    left = device.x(strip.x_of(evidence.start_s + first * evidence.bin_s, scale))
    right = device.x(strip.x_of(evidence.start_s + last * evidence.bin_s, scale))
    band = QRectF(left, device.y(strip.top_mm), right - left, strip.height_mm * device.px_per_mm_y)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    edge = QRectF(device.x(strip.x_mm), band.top(), strip.width_mm * device.px_per_mm_x, band.height())
    painter.setClipRect(edge)
    # A day of bins in a thousand pixels: the strongest of those that share a pixel is shown, none is averaged away.
    bins = row[first:last]
    most = max(int(band.width() * device.ratio), 1)
    if len(bins) > 2 * most:
        starts = np.arange(0, len(bins), len(bins) // most)
        high, low = np.maximum.reduceat(bins, starts), np.minimum.reduceat(bins, starts)
        bins = np.where(high >= -low, high, low)
    if device.line_mm:
        painter.drawImage(band, evidence_image(bins, full, opacity, colors, lowest))
    else:
        _tile(painter, band, edge, evidence_image(bins, full, opacity, colors, lowest), device)
    painter.restore()


def _tile(painter: QPainter, band: QRectF, edge: QRectF, bins: QImage, device: Device) -> None:
    """Paint the bins over `band` where it lies within `edge`: stretched to one row of pixels, and that row repeated.

    Stretching the whole band takes Qt three times as long.
    """
    ratio = device.ratio
    left, top, bottom = (round(px * ratio) for px in (max(band.left(), edge.left()), band.top(), band.bottom()))
    width = round(min(band.right(), edge.right()) * ratio) - left
    if width <= 0 or bottom <= top:
        return
    row = np.frombuffer(bins.constBits(), dtype=np.uint32)[: bins.width()]
    middles = (left + np.arange(width) + 0.5) / ratio
    chosen = np.clip((middles - band.left()) / band.width() * bins.width(), 0, bins.width() - 1).astype(np.int64)
    pixels = row[chosen].tobytes()
    image = QImage(pixels, width, 1, 4 * width, QImage.Format.Format_ARGB32_Premultiplied)
    tile = QPixmap.fromImage(image.copy())
    tile.setDevicePixelRatio(ratio)
    painter.drawTiledPixmap(QRectF(left / ratio, top / ratio, width / ratio, (bottom - top) / ratio), tile)
