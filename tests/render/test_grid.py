"""Millimetre paper, pixel by pixel."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QGuiApplication, QImage, QPainter

from cardio_desktop.render.colors import PAPERS
from cardio_desktop.render.device import Device
from cardio_desktop.render.grid import GridCache, paint_grid


def rgb_of(image: QImage) -> np.ndarray:
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(image.constBits(), dtype=np.uint32).reshape(image.height(), -1)[:, : image.width()].copy()


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
@pytest.mark.parametrize("px_per_mm", [0.4, 1.9, 3.7795, 5.51, 9.3])
@pytest.mark.parametrize("paper", ["red", "dark"])
def test_the_fast_paper_of_the_screen_is_the_paper_that_is_painted(
    qapp: QGuiApplication, ratio: float, px_per_mm: float, paper: str
) -> None:
    device = Device(px_per_mm, px_per_mm, 17.0, 23.0, ratio)
    fast = rgb_of(GridCache().pixmap(device, 240, 160, PAPERS[paper]).toImage())
    image = QImage(round(240 * ratio), round(160 * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    painter = QPainter(image)
    paint_grid(painter, device, QRectF(0, 0, 241, 161), PAPERS[paper])
    painter.end()
    assert np.array_equal(fast, rgb_of(image))


def test_a_millimetre_is_one_at_every_ratio_and_no_error_adds_up(qapp: QGuiApplication) -> None:
    for ratio in (1.0, 1.25, 1.5, 2.0):
        for px_per_mm in (3.7795, 4.33, 5.51, 7.07):
            device = Device(px_per_mm, px_per_mm, 0.0, 0.0, ratio)
            pixels = rgb_of(GridCache().pixmap(device, 1200, 40, PAPERS["red"]).toImage()) & 0xFFFFFF
            bold = int(PAPERS["red"].bold[1:], 16)
            columns = np.flatnonzero((pixels == bold).all(axis=0))
            measured_mm = (columns[-1] - columns[0]) / ratio / px_per_mm
            assert measured_mm == pytest.approx(5.0 * (len(columns) - 1), rel=0.005)
            assert measured_mm > 150
