"""Millimetre paper, pixel by pixel."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter

from cardio_desktop.core.findings import Evidence
from cardio_desktop.core.leads import LAYOUTS
from cardio_desktop.core.paper import plan_paper
from cardio_desktop.core.record import ArraySamples, Channel, Record
from cardio_desktop.core.units import PaperScale
from cardio_desktop.render.colors import PAPERS
from cardio_desktop.render.device import Device
from cardio_desktop.render.grid import PaperCache, paint_grid
from cardio_desktop.render.sheet import EcgSheet, paint_sheet
from cardio_desktop.render.traces import TraceSource


def rgb_of(image: QImage) -> np.ndarray:
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(image.constBits(), dtype=np.uint32).reshape(image.height(), -1)[:, : image.width()].copy()


def screen_pixels(device: Device, width: int, height: int, paper: str) -> np.ndarray:
    """Return the paper of a screen of that many logical pixels."""
    image = QImage(round(width * device.ratio), round(height * device.ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(device.ratio)
    image.fill(Qt.GlobalColor.green)
    painter = QPainter(image)
    PaperCache().paper(device, width, height, PAPERS[paper]).paint(painter)
    painter.end()
    return rgb_of(image)


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
@pytest.mark.parametrize("px_per_mm", [0.4, 1.9, 3.7795, 5.51, 9.3])
@pytest.mark.parametrize("paper", ["red", "dark"])
def test_the_fast_paper_of_the_screen_is_the_paper_that_is_painted(
    qapp: QGuiApplication, ratio: float, px_per_mm: float, paper: str
) -> None:
    device = Device(px_per_mm, px_per_mm, 17.0, 23.0, ratio)
    fast = screen_pixels(device, 240, 160, paper)
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
            pixels = screen_pixels(device, 1200, 40, "red") & 0xFFFFFF
            bold = int(PAPERS["red"].bold[1:], 16)
            columns = np.flatnonzero((pixels == bold).all(axis=0))
            measured_mm = (columns[-1] - columns[0]) / ratio / px_per_mm
            assert measured_mm == pytest.approx(5.0 * (len(columns) - 1), rel=0.005)
            assert measured_mm > 150


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("layout", ["12x1", "3x4+1"])
def test_evidence_on_the_paper_of_the_screen_is_evidence_over_paper(
    qapp: QGuiApplication, ratio: float, layout: str
) -> None:
    leads = ("I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6")
    rng = np.random.default_rng(3)
    counts = rng.integers(-300, 300, 1000, dtype=np.int16)
    channels = tuple(Channel(name, 100.0, "mV", 1000.0, 0.0, ArraySamples(counts), lead=name) for name in leads)
    record = Record(Path("made"), "made", channels)
    values = rng.normal(0, 0.05, (1, 12, 125)).astype(np.float32)
    evidence = Evidence(("MI",), leads, values, 0.08, 0.0, values.sum((1, 2)), np.zeros(1, np.float32))
    plan = plan_paper(LAYOUTS[layout], PaperScale(25.0, 10.0), start_s=0.613, seconds=8.0, height_mm=100.0)
    sheet = EcgSheet(plan, TraceSource(record.traces), evidence=evidence, evidence_class="MI", evidence_full=0.1)
    device = Device(3.31, 3.31, 20.0, 31.0, ratio)
    pictures = []
    for whole in (True, False):
        image = QImage(round(800 * ratio), round(400 * ratio), QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(ratio)
        painter = QPainter(image)
        if whole:
            paint_sheet(painter, sheet, device, (), PaperCache().paper(device, 800, 400, PAPERS["red"]))
        else:
            paint_grid(painter, device, QRectF(0, 0, 801, 401), PAPERS["red"])
            paint_sheet(painter, sheet, device)
        painter.end()
        pictures.append(rgb_of(image))
    assert np.array_equal(*pictures)
    paper = set(screen_pixels(device, 800, 400, "red").ravel().tolist())
    tinted = [pixel for pixel in np.unique(pictures[0]).tolist() if pixel not in paper]
    assert len(tinted) > 50, "evidence must be seen"
