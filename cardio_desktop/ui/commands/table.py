"""What the window can do: the table of its commands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.session import State
from cardio_desktop.ui.commands.actions import (
    Command,
    has_findings,
    has_flags,
    has_record,
    is_busy,
    is_strips,
)
from cardio_desktop.ui.commands.beats import beat_commands
from cardio_desktop.ui.commands.calipers import caliper_commands
from cardio_desktop.ui.commands.comparison import comparison_commands
from cardio_desktop.ui.commands.evidence import evidence_commands
from cardio_desktop.ui.commands.help import help_commands
from cardio_desktop.ui.commands.long import long_commands
from cardio_desktop.ui.commands.paper import paper_commands
from cardio_desktop.ui.commands.reading import reading_commands
from cardio_desktop.ui.commands.worklist import worklist_commands
from cardio_desktop.ui.screen_dialog import calibrate_screen

if TYPE_CHECKING:
    from cardio_desktop.ui.main_window import MainWindow


def build_commands(window: MainWindow) -> list[Command]:
    """Return every command of `window`."""
    return [
        *_file(window),
        *_view(window),
        *evidence_commands(window),
        *_go(window),
        *worklist_commands(window),
        *long_commands(window),
        *comparison_commands(window),
        *caliper_commands(window),
        *beat_commands(window),
        *reading_commands(window),
        *help_commands(window),
    ]


def _file(window: MainWindow) -> list[Command]:
    session = window.session

    def analyze() -> None:
        session.analyze()

    return [
        Command("open", tr("&Open…"), ("Ctrl+O",), tr("Open an ECG file"), window.ask_open),
        Command(
            "report",
            tr("Save PDF &report…"),
            ("Ctrl+S",),
            tr("Write the report as a PDF"),
            window.ask_report,
            has_findings,
        ),
        Command(
            "picture",
            tr("Save pictur&e…"),
            ("Ctrl+Shift+S",),
            tr("Write the paper at true size as PNG, SVG or PDF"),
            window.ask_picture,
            has_record,
        ),
        Command("print", tr("&Print…"), ("Ctrl+P",), tr("Print the paper at true size"), window.ask_print, has_record),
        Command(
            "copy", tr("&Copy picture"), ("Ctrl+C",), tr("Copy the paper as a picture"), window.copy_picture, has_record
        ),
        Command(
            "analyze", tr("&Analyse again"), ("F5",), tr("Run quality, beats and network again"), analyze, has_record
        ),
        Command(
            "analyze-page",
            tr("Analyse this pa&ge"),
            ("Shift+F5",),
            tr("Run them on the stretch that is shown"),
            window.analyze_page,
            has_record,
        ),
        Command(
            "cancel",
            tr("Cancel"),
            ("Esc",),
            tr("Stop what is running; otherwise let go of caliper and tool"),
            lambda: session.cancel() if session.state.busy else session.marks.let_go(),
            lambda state: is_busy(state) or session.marks.is_holding,
        ),
        Command("quit", tr("&Quit"), ("Ctrl+Q",), tr("Close the window"), _closer(window)),
    ]


def _closer(window: MainWindow) -> Callable[[], None]:
    def close() -> None:
        window.close()

    return close


def _view(window: MainWindow) -> list[Command]:
    session = window.session

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
        return lambda: window.paper.zoom_by(factor)

    return [
        *paper_commands(window),
        Command(
            "fit",
            tr("Fit p&age to window"),
            ("0",),
            tr("Show the whole width of the page"),
            look(zoom=None, offset_x_mm=0.0, offset_y_mm=0.0),
            has_record,
            showing("zoom", None),
        ),
        Command(
            "true-size",
            tr("&True size"),
            ("1",),
            tr("One millimetre on paper is one millimetre on this screen"),
            look(zoom=1.0),
            has_record,
            showing("zoom", 1.0),
        ),
        Command("zoom-in", tr("Zoom &in"), ("+", "=", "Ctrl++"), tr("Magnify the paper"), zoom(1.25), has_record),
        Command("zoom-out", tr("Zoom &out"), ("-", "Ctrl+-"), tr("Shrink the paper"), zoom(0.8), has_record),
        Command("whole", tr("&Whole record"), ("W",), tr("Press the whole record into one page"), whole, is_strips),
        Command("ten-seconds", tr("Ten secon&ds"), ("T",), tr("Back to the paper's own speed"), ten_seconds, is_strips),
        Command(
            "screen",
            tr("Screen cali&bration…"),
            (),
            tr("Tell how large a millimetre is on this screen"),
            lambda: calibrate_screen(window),
        ),
        Command("fullscreen", tr("F&ull screen"), ("F11",), tr("Fill the screen"), _fullscreen(window)),
    ]


def _fullscreen(window: MainWindow) -> Callable[[], None]:
    def toggle() -> None:
        if window.isFullScreen():
            window.showNormal()
        else:
            window.showFullScreen()

    return toggle


def _go(window: MainWindow) -> list[Command]:
    session = window.session

    def step(direction: int, pages: float) -> Callable[[], None]:
        return lambda: window.paper.step(direction, pages)

    def to_start() -> None:
        window.paper.scroll_time(-1e12)

    def to_end() -> None:
        window.paper.scroll_time(1e12)

    return [
        Command("left", tr("&Back a little"), ("Left",), tr("Go back a tenth of a page"), step(-1, 0.1), has_record),
        Command("right", tr("&On a little"), ("Right",), tr("Go on a tenth of a page"), step(1, 0.1), has_record),
        Command("page-back", tr("&Previous page"), ("PgUp",), tr("Go back a page"), step(-1, 1.0), has_record),
        Command("page-on", tr("&Next page"), ("PgDown", "Space"), tr("Go on a page"), step(1, 1.0), has_record),
        Command("start", tr("&Start of the record"), ("Home",), tr("Go to the beginning"), to_start, has_record),
        Command("end", tr("&End of the record"), ("End",), tr("Go to the end"), to_end, has_record),
        Command(
            "next-beat",
            tr("Next fla&gged beat"),
            ("N",),
            tr("Next flagged beat"),
            lambda: window.next_beat(1),
            has_flags,
        ),
        Command(
            "previous-beat",
            tr("P&revious flagged beat"),
            ("P", "Shift+N"),
            tr("Previous flagged beat"),
            lambda: window.next_beat(-1),
            has_flags,
        ),
        Command("unselect", tr("Forge&t the mark"), ("Shift+Esc",), tr("Unmark the beat"), _unmark(session), _has_mark),
    ]


def _unmark(session: object) -> Callable[[], None]:
    def unmark() -> None:
        session.look(selected_beat_s=None)  # type: ignore[attr-defined]

    return unmark


def _has_mark(state: State) -> bool:
    return state.viewport.selected_beat_s is not None
