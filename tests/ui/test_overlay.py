"""Overlays on the paper: where they draw, and which mouse events are theirs."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cardio_desktop.core.record import Record
from cardio_desktop.render.overlay import Layer, Mouse, Overlay, PaperMap, PaperMouse
from cardio_desktop.ui.main_window import MainWindow

GREEN = QColor(0, 200, 0)


class Block(Overlay):
    """Paints half a second of V1, 0 to 1 mV, and keeps what the mouse told it."""

    def __init__(self, layer: Layer = Layer.OVER, *, takes: bool = True) -> None:
        self.layer, self.takes = layer, takes
        self.seen: list[PaperMouse] = []
        self.painted = 0

    def paint(self, painter: QPainter, paper: PaperMap) -> None:
        self.painted += 1
        for strip in paper.strips("V1", 6.0):
            low, high = paper.position_of(strip, 5.75, 0.0), paper.position_of(strip, 6.25, 1.0)
            painter.fillRect(
                round(low.x()), round(high.y()), round(high.x() - low.x()), round(low.y() - high.y()), GREEN
            )

    def mouse(self, event: PaperMouse, paper: PaperMap) -> bool:
        self.seen.append(event)
        return self.takes

    def cursor(self, position: QPointF, paper: PaperMap) -> Qt.CursorShape | None:
        return Qt.CursorShape.CrossCursor if self.takes else None


def green_box(window: MainWindow) -> tuple[int, int, int, int]:
    image = window.paper.picture()
    rgb = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(image.height(), -1, 4)[:, : image.width(), :3]
    rows, columns = np.nonzero((rgb == (0, 200, 0)).all(axis=2))
    return int(columns.min()), int(columns.max()) + 1, int(rows.min()), int(rows.max()) + 1


@pytest.mark.parametrize("layer", Layer)
def test_an_overlay_stands_at_its_lead_time_and_voltage(window: MainWindow, steps: Record, layer: Layer) -> None:
    window.session.show_record(steps)
    window.session.look(zoom=1.0)
    block = Block(layer)
    window.paper.add_overlay(block)
    device, plan = window.paper.device, window.paper.plan
    assert plan is not None
    left, right, top, bottom = green_box(window)
    assert right - left == pytest.approx(0.5 * 25 * device.px_per_mm_x, abs=1.5)
    if layer is Layer.OVER:  # under the traces the zero line covers the last row
        assert bottom - top == pytest.approx(10 * device.px_per_mm_y, abs=1.5)
    strip = next(s for s in plan.strips if s.lead == "V1")
    assert device.mm_x(left) == pytest.approx(strip.x_of(5.75, plan.scale), abs=0.3)
    window.paper.remove_overlay(block)
    with pytest.raises(ValueError):
        green_box(window)


def test_what_lies_over_is_painted_again_without_the_traces(
    qtbot: QtBot, window: MainWindow, steps: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.session.show_record(steps)
    block = Block()
    window.paper.add_overlay(block)
    window.paper.viewport().repaint()  # while the paper moves, no picture of it is kept
    window.paper.viewport().repaint()
    before = block.painted

    def fail(*_args: object) -> None:
        raise AssertionError("the traces were drawn again")

    monkeypatch.setattr("cardio_desktop.ui.paper.paper_item.paint_sheet", fail)
    window.paper.update_overlays()
    window.paper.viewport().repaint()
    assert block.painted > before


def test_pixels_and_places_are_inverse_on_every_strip(window: MainWindow, steps: Record) -> None:
    window.session.show_record(steps)
    paper = window.paper.paper_map()
    assert paper is not None
    for strip in paper.plan.strips:
        at = paper.position_of(strip, strip.start_s + 1.234, 0.3)
        found = paper.point_at(at)
        assert found is not None
        assert found.strip is strip
        assert (found.time_s, found.millivolts) == (pytest.approx(strip.start_s + 1.234), pytest.approx(0.3))
        outside = paper.point_in(strip, QPointF(paper.box(strip).right() + 10, at.y()))
        assert outside.time_s > strip.end_s
    times, values = paper.samples("II", 0.9, 1.1)
    assert (times[0], len(times)) == (pytest.approx(0.9), 100)
    assert values[times < 0.999].max() == 0.0
    assert values[times > 0.999].min() == 1.0
    assert paper.value("II", 1.2) == 1.0
    assert paper.value("II", 10.5) is None


def test_a_taken_press_owns_the_drag_and_the_paper_stays(window: MainWindow, steps: Record) -> None:
    window.session.show_record(steps)
    window.session.look(zoom=4.0)
    lower, upper = Block(), Block()
    window.paper.add_overlay(lower)
    window.paper.add_overlay(upper)
    paper = window.paper.paper_map()
    assert paper is not None
    strip = paper.plan.strips[0]
    start = paper.position_of(strip, 0.5, 0.0).toPoint()
    before = window.session.state.viewport
    view = window.paper.viewport()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(view, start * 2)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start * 2)
    kinds = [event.kind for event in upper.seen]
    assert kinds[0] is Mouse.PRESS
    assert kinds[-1] is Mouse.RELEASE
    assert upper.seen[0].point is not None
    assert upper.seen[0].point.lead == strip.lead
    assert upper.seen[0].point.time_s == pytest.approx(0.5, abs=0.01)
    assert not [event for event in lower.seen if event.kind is not Mouse.HOVER]
    assert window.session.state.viewport == before


def test_what_no_overlay_takes_moves_the_paper(window: MainWindow, steps: Record) -> None:
    window.session.show_record(steps)
    window.session.look(zoom=4.0)
    idle = Block(takes=False)
    window.paper.add_overlay(idle)
    view, start = window.paper.viewport(), window.paper.rect().center()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(view, start - (start / 3))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    assert idle.seen[0].kind is Mouse.PRESS
    assert window.session.state.viewport.offset_x_mm > 0


def test_hovering_shows_the_overlays_pointer_and_hides_the_readout(window: MainWindow, steps: Record) -> None:
    window.session.show_record(steps)
    paper = window.paper.paper_map()
    assert paper is not None
    place = paper.position_of(paper.plan.strips[0], 0.5, 0.0).toPoint()
    QTest.mouseMove(window.paper.viewport(), place)
    assert window.paper.findChild(type(window.paper._bubble)).isVisible()
    window.paper.add_overlay(Block())
    QTest.mouseMove(window.paper.viewport(), place + (place / 20))
    assert not window.paper.findChild(type(window.paper._bubble)).isVisible()
    assert window.paper.cursor().shape() == Qt.CursorShape.CrossCursor
