"""The live window, driven with a replay: swept and scrolled at true speed, frozen without losing a sample."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from cardio_desktop.app.live_feed import LiveFeed
from cardio_desktop.app.session import Session
from cardio_desktop.app.settings import Settings
from cardio_desktop.core.record import Record
from cardio_desktop.live.replay import Faults, ReplaySource
from cardio_desktop.ui.live.live_window import LiveWindow

Follow = Callable[..., LiveWindow]


@pytest.fixture
def follow(qtbot: QtBot, settings: Settings) -> Iterator[Follow]:
    """Open live windows on records that are replayed at once; each ends with the test and leaves no thread."""
    opened: list[LiveWindow] = []
    session = Session(settings, analyze=False)

    def run(record: Record, *, network: bool = False, **how: object) -> LiveWindow:
        window = LiveWindow(LiveFeed(ReplaySource(record, **how), asks_network=network), session)
        window.paper.look(columns=1)
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(window)
        window.resize(1600, 1000)
        window.show()
        opened.append(window)
        qtbot.waitUntil(lambda: window.paper.signal is not None, timeout=10_000)
        return window

    yield run
    for window in opened:
        window.close()
        assert window.feed.over
    session.close()


def whole(window: LiveWindow, qtbot: QtBot) -> None:
    """Wait until everything came and is drawn."""
    qtbot.waitUntil(lambda: window.feed.over, timeout=20_000)
    qtbot.waitUntil(lambda: window.clock.behind_s < 0.01, timeout=20_000)
    window.frame()


def grabbed(window: LiveWindow) -> np.ndarray:
    image = window.paper.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    bits = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(image.height(), image.width(), 4)
    return bits[:, :, :3].max(axis=2) < 150


def test_a_known_signal_is_swept_at_its_millimetres(follow: Follow, steps: Record, qtbot: QtBot) -> None:
    window = follow(steps)
    whole(window, qtbot)
    paper = window.paper
    plan, device = paper.plan(), paper.device
    assert paper.columns == 1
    assert [strip.lead for strip in plan.strips][:4] == ["I", "II", "III", "aVR"]
    assert paper.page_s > 10.0
    drawn = grabbed(window)
    # The step from 1.0 s on stands 25 mm behind the page's first column, 10 mm high.
    strip = plan.strips[3]
    left = paper._lefts[0]
    for time_s, mv in ((0.5, 0.0), (1.2, 1.0), (2.0, 0.0), (8.8, 1.0)):
        x = round(left + time_s * 25 * device.px_per_mm_x)
        y = device.y(strip.baseline_mm - 10 * mv)
        assert drawn[round(y) - 2 : round(y) + 2, x].any(), (time_s, mv)
        other = device.y(strip.baseline_mm - 10 * (1 - mv))
        assert not drawn[round(other) - 2 : round(other) + 2, x].any()


def test_freezing_loses_no_sample_and_looks_back(follow: Follow, steps: Record, qtbot: QtBot) -> None:
    window = follow(steps, speed=20.0, repeat=4)
    qtbot.waitUntil(lambda: window.clock.shown_s > 2.0, timeout=20_000)
    paper = window.paper
    paper.freeze()
    frozen_end, left = paper.end_s, paper._lefts[0]  # names at the left tell how leads are now
    before = grabbed(window)[:, left:]
    qtbot.waitUntil(lambda: window.feed.over, timeout=30_000)
    window.frame()
    assert np.array_equal(grabbed(window)[:, left:], before)
    assert paper.end_s == frozen_end
    assert paper.signal is not None
    assert paper.signal.end_s == pytest.approx(40.0)
    assert np.isfinite(paper.signal.millivolts(0, 20_000)).all()
    paper.move_by(1e6)
    assert paper.end_s == pytest.approx(40.0, abs=0.05)
    paper.move_by(-1e6)
    assert paper.start_s == pytest.approx(0.0, abs=0.02)
    paper.go_live()
    assert not paper.frozen
    assert paper.end_s == pytest.approx(40.0, abs=0.05)


def test_a_page_moved_in_steps_is_the_page_drawn_at_once(follow: Follow, steps: Record, qtbot: QtBot) -> None:
    window = follow(steps, repeat=3, faults=Faults(holes_s=((14.0, 14.5),)))
    whole(window, qtbot)
    paper = window.paper
    paper.go_to(10.0)
    for _ in range(7):
        paper.move_by(0.37)
    paper.move_by(-1.2)
    stepped, start_s = grabbed(window), paper.start_s
    paper.lay_out()
    assert paper.start_s == pytest.approx(start_s, abs=0.011)
    assert np.array_equal(grabbed(window), stepped)
