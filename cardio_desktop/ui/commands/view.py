"""Commands of size: what of the paper is seen, and how large."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QStatusBar, QWidget

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.session import Session, State
from cardio_desktop.ui.commands.command import Command, Menu, placed
from cardio_desktop.ui.commands.conditions import HAS_RECORD, IS_STRIPS
from cardio_desktop.ui.paper.paper_place import PaperPlace
from cardio_desktop.ui.paper.screen_dialog import calibrate_screen


def view_commands(session: Session, paper: PaperPlace, frame: QWidget, status: QStatusBar) -> list[Command]:
    """Return the commands about size; `frame` is what fills the screen."""

    def look(**changes: object) -> Callable[[], None]:
        return lambda: session.look(**changes)

    def showing(field: str, value: object) -> Callable[[State], bool]:
        return lambda state: getattr(state.viewport, field) == value

    def whole() -> None:
        record = session.state.record
        if record is not None:
            session.set_viewport(session.state.viewport.with_span(record, record.duration_s))

    def ten_seconds() -> None:
        record = session.state.record
        if record is not None:
            session.set_viewport(replace(session.state.viewport.with_span(record, None), offset_x_mm=0.0))

    def zoom(factor: float) -> Callable[[], None]:
        return lambda: paper.view.zoom_by(factor)

    def fill_screen() -> None:
        if frame.isFullScreen():
            frame.showNormal()
        else:
            frame.showFullScreen()

    return [
        *placed(
            Menu.VIEW,
            1,
            Command(
                "fit",
                tr("Fit p&age to window"),
                ("0",),
                tr("Show the whole width of the page"),
                look(zoom=None, offset_x_mm=0.0, offset_y_mm=0.0),
                HAS_RECORD,
                showing("zoom", None),
            ),
            Command(
                "true-size",
                tr("&True size"),
                ("1",),
                tr("One millimetre on paper is one millimetre on this screen"),
                look(zoom=1.0),
                HAS_RECORD,
                showing("zoom", 1.0),
            ),
            Command("zoom-in", tr("Zoom &in"), ("+", "=", "Ctrl++"), tr("Magnify the paper"), zoom(1.25), HAS_RECORD),
            Command("zoom-out", tr("Zoom &out"), ("-", "Ctrl+-"), tr("Shrink the paper"), zoom(0.8), HAS_RECORD),
        ),
        *placed(
            Menu.VIEW,
            2,
            Command("whole", tr("&Whole record"), ("W",), tr("Press the whole record into one page"), whole, IS_STRIPS),
            Command(
                "ten-seconds",
                tr("Ten secon&ds"),
                ("T",),
                tr("Back to the paper's own speed"),
                ten_seconds,
                IS_STRIPS,
            ),
        ),
        *placed(
            Menu.VIEW,
            3,
            Command(
                "screen",
                tr("Screen cali&bration…"),
                (),
                tr("Tell how large a millimetre is on this screen"),
                lambda: calibrate_screen(paper.view, frame, status),
            ),
            Command("fullscreen", tr("F&ull screen"), ("F11",), tr("Fill the screen"), fill_screen),
        ),
    ]
