"""Rendered pixels against computed millimetres: the scale a reader trusts."""

import numpy as np
import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from cardio_desktop.core.paper import PULSE_ROOM_MM
from cardio_desktop.core.record import Record
from cardio_desktop.core.units import MM_PER_INCH
from cardio_desktop.ui.main_window import MainWindow
from cardio_desktop.ui.paper.screens import calibrate

# Between the trace, also where antialiasing spreads it over two columns, and the paper's darkest line (204).
DARK = 185


def pixels(image: QImage) -> np.ndarray:
    """Return grey values [y, x] of an image."""
    rgb = image.convertToFormat(QImage.Format.Format_RGB32)
    raw = np.frombuffer(rgb.constBits(), dtype=np.uint8).reshape(rgb.height(), rgb.bytesPerLine() // 4, 4)
    return raw[:, : rgb.width(), :3].mean(axis=2)


def set_density(window: MainWindow, px_per_mm: float) -> None:
    calibrate(window.session.settings, window.screen(), (px_per_mm, px_per_mm))
    window.paper.refresh()


def edges_of_step(window: MainWindow, lead: str) -> tuple[float, float, float]:
    """Return (x of the rise, x of the fall, height) of the known step of a lead, measured on the picture in px."""
    paper = window.paper
    plan, device = paper.plan, paper.device
    assert plan is not None
    grey = pixels(paper.picture())
    strip = next(s for s in plan.strips if s.lead == lead and not s.rhythm)
    top, bottom = device.y(strip.y_of(1.3, plan.scale)), device.y(strip.y_of(-0.3, plan.scale))
    # Beside the lead's name and before the next lead.
    left = device.x(strip.x_of(strip.start_s + 0.8, plan.scale))
    right = device.x(strip.x_of(strip.start_s + 2.3, plan.scale))
    area = grey[round(top) : round(bottom), round(left) : round(right)] < DARK
    # The two upright edges are the columns with by far the most dark pixels.
    height = area.sum(axis=0)
    columns = np.flatnonzero(height > 0.6 * height.max())
    rise, fall = columns[columns < columns.mean()].mean(), columns[columns > columns.mean()].mean()
    rows = np.flatnonzero(area[:, round(rise) : round(fall) + 1].any(axis=1))
    return left + rise, left + fall, float(rows.max() - rows.min())


@pytest.mark.parametrize("px_per_mm", [3.78, 96 / MM_PER_INCH, 5.51, 7.0])
@pytest.mark.parametrize(("speed", "gain"), [(25.0, 10.0), (50.0, 10.0), (25.0, 20.0), (12.5, 5.0)])
def test_a_second_and_a_millivolt_have_their_millimetres(
    window: MainWindow, steps: Record, px_per_mm: float, speed: float, gain: float
) -> None:
    window.resize(1900, 1400)  # room for 20 mm/mV at 7 px/mm without neighbours in the measured area
    window.session.show_record(steps)
    window.session.look(zoom=1.0, speed_mm_per_s=speed, gain_mm_per_mv=gain)
    set_density(window, px_per_mm)
    rise, fall, height = edges_of_step(window, "II")
    assert fall - rise == pytest.approx(0.5 * speed * px_per_mm, abs=1.5)
    assert height == pytest.approx(gain * px_per_mm, abs=1.5)


def test_the_step_stands_at_its_time(window: MainWindow, steps: Record) -> None:
    window.session.show_record(steps)
    window.session.look(zoom=1.0)
    set_density(window, 4.0)
    paper = window.paper
    rise, _, _ = edges_of_step(window, "I")
    assert paper.plan is not None
    expected = paper.device.x(PULSE_ROOM_MM + 25.0 * 1.0)
    assert rise == pytest.approx(expected, abs=1.5)


def test_the_scale_does_not_drift_on_resize(qtbot: QtBot, window: MainWindow, steps: Record) -> None:
    window.session.show_record(steps)
    window.session.look(zoom=1.0)
    set_density(window, 4.0)
    widths = []
    for width, height in ((1500, 900), (1111, 777), (1733, 951), (1500, 900)):
        window.resize(width, height)
        qtbot.wait(10)
        rise, fall, _ = edges_of_step(window, "II")
        widths.append(fall - rise)
        assert (window.paper.device.px_per_mm_x, window.paper.device.px_per_mm_y) == (4.0, 4.0)
    assert widths == pytest.approx([0.5 * 25 * 4] * 4, abs=1.0)
    assert widths[0] == widths[-1]


def test_fit_says_what_it_shows(window: MainWindow, steps: Record) -> None:
    window.session.show_record(steps)
    window.session.look(zoom=None)
    set_density(window, 4.0)
    paper = window.paper
    zoom = paper.effective_zoom()
    assert paper.device.px_per_mm_x == pytest.approx(4.0 * zoom)
    sheet = paper.sheet()
    assert sheet is not None
    assert f"at {100 * zoom:.0f} %" in sheet.scale_line
    rise, fall, height = edges_of_step(window, "III")
    assert fall - rise == pytest.approx(0.5 * 25 * 4 * zoom, abs=1.5)
    assert height == pytest.approx(10 * 4 * zoom, abs=1.5)


def test_bold_lines_are_five_millimetres_apart_and_never_gather_an_error(window: MainWindow, steps: Record) -> None:
    window.session.show_record(steps)
    window.session.look(zoom=1.0)
    set_density(window, 3.7795)
    paper = window.paper
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QPainter

    from cardio_desktop.render.colors import RED_PAPER
    from cardio_desktop.render.grid import PaperCache

    image = QImage(1400, 300, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    PaperCache().paper(paper.device, 1400, 300, RED_PAPER).paint(painter)
    painter.end()
    rgb = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(300, -1, 4)[:, :1400, :3]
    # A column is bold where its whole height has the bold colour.
    bold = np.array([int(RED_PAPER.bold[k : k + 2], 16) for k in (5, 3, 1)])
    columns = np.flatnonzero((rgb == bold).all(axis=(0, 2)))
    assert len(columns) > 60
    first = round(paper.device.mm_x(columns[0]) / 5)
    for k, column in enumerate(columns):
        true = paper.device.x(5 * (first + k))
        assert abs(column + 0.5 - true) <= 1.0


def test_the_pulse_is_one_millivolt_high_and_200_ms_wide(window: MainWindow, steps: Record) -> None:
    window.session.show_record(steps)
    window.session.look(zoom=1.0)
    set_density(window, 5.0)
    paper = window.paper
    plan, device = paper.plan, paper.device
    assert plan is not None
    pulse = plan.pulses[0]
    grey = pixels(paper.picture())
    left, right = round(device.x(pulse.x_mm - 0.8)), round(device.x(pulse.x_mm + pulse.width_mm + 0.8))
    area = grey[round(device.y(2.0)) : round(device.y(plan.strips[0].height_mm)), left:right] < DARK
    rows = np.flatnonzero(area.any(axis=1))
    columns = np.flatnonzero(area.sum(axis=0) > 20)
    assert rows.max() - rows.min() == pytest.approx(10 * 5.0, abs=1.0)
    assert columns.max() - columns.min() == pytest.approx(5 * 5.0, abs=1.5)


def test_an_implausible_report_of_the_system_is_not_believed(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    from PySide6.QtGui import QScreen

    monkeypatch.setattr(QScreen, "physicalDotsPerInchX", lambda _self: 3.0)
    assert window.paper.px_per_mm() == (96 / MM_PER_INCH, 96 / MM_PER_INCH)


def test_true_size_is_said_only_of_a_screen_that_was_measured(window: MainWindow, steps: Record) -> None:
    window.session.show_record(steps)
    window.session.look(zoom=1.0)
    assert "true size" not in window.paper.sheet().scale_line
    assert "not calibrated" in window.paper.sheet().scale_line
    calibrate(window.session.settings, window.screen(), (4.0, 4.0))
    window.paper.refresh()
    assert "true size" in window.paper.sheet().scale_line
