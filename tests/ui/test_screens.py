"""True millimetres on every screen: densities, device pixel ratios, calibration, moving to another screen."""

import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cardio_desktop.app.settings import Settings
from cardio_desktop.core.record import Record
from cardio_desktop.ui.main_window import MainWindow
from cardio_desktop.ui.paper import screens
from cardio_desktop.ui.paper.screen_dialog import CARD_MM, Ruler, ScreenDialog

RATIOS = (1.0, 1.25, 1.5, 2.0)


def dark(image: QImage) -> np.ndarray:
    rgb = image.convertToFormat(QImage.Format.Format_RGB32)
    raw = np.frombuffer(rgb.constBits(), dtype=np.uint8).reshape(rgb.height(), rgb.bytesPerLine() // 4, 4)
    return 255.0 - raw[:, : rgb.width(), :3].mean(axis=2)


def measured_mm(window: MainWindow, device_px_per_mm: float) -> tuple[float, float]:
    """Measure on the picture the time between two rises of a lead, and the height of its step, both in mm of glass."""
    paper = window.paper.paper_map()
    assert paper is not None
    strip = next(s for s in paper.plan.strips if s.lead == "II")
    ratio = paper.device.ratio
    ink = np.clip(dark(window.paper.picture()) - 80.0, 0.0, None)  # nothing of the paper

    def column(time_s: float) -> float:
        """Return the middle of the ink of an upright line, in device pixels."""
        top = round(paper.position_of(strip, time_s, 0.8).y() * ratio)
        bottom = round(paper.position_of(strip, time_s, 0.2).y() * ratio)
        left = round(paper.position_of(strip, time_s - 0.06).x() * ratio)
        right = round(paper.position_of(strip, time_s + 0.06).x() * ratio)
        weights = ink[top:bottom, left:right].sum(axis=0)
        return left + float((weights * np.arange(len(weights))).sum() / weights.sum())

    def row(time_s: float, millivolts: float) -> float:
        left = round(paper.position_of(strip, time_s - 0.1).x() * ratio)
        right = round(paper.position_of(strip, time_s + 0.1).x() * ratio)
        top = round(paper.position_of(strip, time_s, millivolts + 0.15).y() * ratio)
        bottom = round(paper.position_of(strip, time_s, millivolts - 0.15).y() * ratio)
        weights = ink[top:bottom, left:right].sum(axis=1)
        return top + float((weights * np.arange(len(weights))).sum() / weights.sum())

    # The last sample at 0 mV and the first at 1 mV are 2 ms apart: the flank's middle is 1 ms before the rise.
    across = column(8.499) - column(0.999)
    high = row(0.5, 0.0) - row(1.25, 1.0)
    return across / device_px_per_mm, high / device_px_per_mm


def measure_in_a_process(density: float, target: str) -> None:
    """Open the real window, calibrate its screen to `density` device pixels per mm, and write what is measured."""
    from PySide6.QtCore import QSettings

    from cardio_desktop.app.session import Session
    from cardio_desktop.ui.application import make_application
    from tests.ui.conftest import step_record

    out = Path(target)
    application = make_application()
    settings = Settings(QSettings(str(out.with_suffix(".ini")), QSettings.Format.IniFormat))
    window = MainWindow(Session(settings, analyze=False))
    window.resize(1700, 900)
    window.show()
    ratio = window.devicePixelRatioF()
    screens.calibrate(settings, window.screen(), (density / ratio, density / ratio))
    window.session.show_record(step_record(out.parent))
    window.session.look(layout_id="single", zoom=1.0, gain_mm_per_mv=40.0, offset_x_mm=0.0)
    for _ in range(3):
        application.processEvents()
    across, high = measured_mm(window, density)
    shown = window.paper.sheet()
    assert shown is not None
    out.write_text(json.dumps({"ratio": ratio, "across": across, "high": high, "line": shown.scale_line}))
    window.close()


@pytest.mark.parametrize("ratio", RATIOS)
def test_a_millimetre_on_glass_is_a_millimetre_at_every_ratio(ratio: float, tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    density = 5.51 * ratio  # a 140 dpi screen, magnified by the system
    out = tmp_path / "measured.json"
    code = "import sys; from tests.ui.test_screens import measure_in_a_process as m; m(float(sys.argv[1]), sys.argv[2])"
    environment = {**os.environ, "QT_SCALE_FACTOR": str(ratio), "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(root)}
    done = subprocess.run(
        [sys.executable, "-c", code, str(density), str(out)], env=environment, cwd=root, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(out.read_text())
    assert found["ratio"] == ratio
    assert found["across"] == pytest.approx(7.5 * 25.0, rel=0.005)
    assert found["high"] == pytest.approx(40.0, rel=0.005)
    assert "true size" in found["line"]


def fake_screen(ratio: float = 1.0, dpi: float = 96.0, serial: str = "A1") -> SimpleNamespace:
    return SimpleNamespace(
        name=lambda: "DP-1",
        manufacturer=lambda: "Maker",
        model=lambda: "M27",
        serialNumber=lambda: serial,
        geometry=lambda: QRect(0, 0, round(3840 / ratio), round(2160 / ratio)),
        devicePixelRatio=lambda: ratio,
        physicalDotsPerInchX=lambda: dpi,
        physicalDotsPerInchY=lambda: dpi,
    )


def test_a_screen_keeps_its_calibration_when_the_system_magnifies(settings: Settings) -> None:
    screens.calibrate(settings, fake_screen(1.0), (6.4, 6.5))  # type: ignore[arg-type]
    for ratio in RATIOS:
        found = screens.known_px_per_mm(settings, fake_screen(ratio))  # type: ignore[arg-type]
        assert found == (pytest.approx(6.4 / ratio), pytest.approx(6.5 / ratio))


def test_two_screens_of_one_kind_are_told_apart(settings: Settings) -> None:
    screens.calibrate(settings, fake_screen(serial="A1"), (6.4, 6.4))  # type: ignore[arg-type]
    assert screens.known_px_per_mm(settings, fake_screen(serial="A2")) == (  # type: ignore[arg-type]
        pytest.approx(96 / 25.4),
        pytest.approx(96 / 25.4),
    )
    screens.calibrate(settings, fake_screen(serial="A1"), None)  # type: ignore[arg-type]
    assert screens.known_px_per_mm(settings, fake_screen(dpi=3.0)) is None  # type: ignore[arg-type]


def test_the_paper_follows_its_window_to_another_screen(
    window: MainWindow, steps: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.session.show_record(steps)
    window.session.look(zoom=1.0)
    before = window.paper.device.px_per_mm_x
    monkeypatch.setattr(screens, "known_px_per_mm", lambda _settings, _screen: (2 * before, 2 * before))
    handle = window.windowHandle()
    assert handle is not None
    handle.screenChanged.emit(window.screen())
    assert window.paper.device.px_per_mm_x == pytest.approx(2 * before)
    monkeypatch.setattr(screens, "known_px_per_mm", lambda _settings, _screen: (3 * before, 3 * before))
    window.screen().physicalDotsPerInchChanged.emit(100.0)
    assert window.paper.device.px_per_mm_x == pytest.approx(3 * before)


def test_another_ratio_of_the_same_screen_lays_the_paper_out_again(
    window: MainWindow, steps: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.session.show_record(steps)
    monkeypatch.setattr(type(window.paper), "devicePixelRatioF", lambda _self: 1.25)
    QApplication.sendEvent(window.paper, QEvent(QEvent.Type.DevicePixelRatioChange))
    assert window.paper.device.ratio == 1.25
    assert window.paper.picture().width() == round(1.25 * window.paper.width())


def test_a_bank_card_teaches_the_density(qtbot: QtBot, window: MainWindow) -> None:
    dialog = ScreenDialog(window.paper, window)
    qtbot.addWidget(dialog)
    dialog.width_slider.setValue(round(CARD_MM[0] * 5.0 * 4))
    assert dialog.px_per_mm() == (pytest.approx(5.0, abs=0.01), pytest.approx(5.0, abs=0.01))
    assert dialog.card.card().width() == pytest.approx(85.60 * 5.0, abs=0.2)
    assert dialog.card.card().height() == pytest.approx(53.98 * 5.0, abs=0.2)
    assert not dialog.height_slider.isEnabled()
    dialog.square.setChecked(False)
    dialog.height_slider.setValue(round(CARD_MM[1] * 4.8 * 4))
    assert dialog.px_per_mm() == (pytest.approx(5.0, abs=0.01), pytest.approx(4.8, abs=0.01))


def test_a_ruler_teaches_the_density(qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(dialog: ScreenDialog) -> int:
        dialog.tabs.setCurrentIndex(1)
        dialog.reading.setValue(80.0)
        return 1

    monkeypatch.setattr(ScreenDialog, "exec", read)
    window.actions_table["screen"].trigger()
    assert window.paper.px_per_mm() == (pytest.approx(Ruler.LENGTH_PX / 80.0), pytest.approx(Ruler.LENGTH_PX / 80.0))

    def forget(dialog: ScreenDialog) -> int:
        dialog.reset.click()
        return 1

    monkeypatch.setattr(ScreenDialog, "exec", forget)
    window.actions_table["screen"].trigger()
    assert window.session.settings.screen_density(screens.screen_key(window.screen())) is None
