"""Menus over the table of commands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from cardio_desktop.app.i18n import tr
from cardio_desktop.core.findings import CLASS_NAMES
from cardio_desktop.ui.commands import comparison as commands_comparison
from cardio_desktop.ui.commands import long as commands_long
from cardio_desktop.ui.commands.beats import BEAT_MENU
from cardio_desktop.ui.commands.calipers import CALIPER_MENU, EDIT_MENU, PLACE_MENU, TOOL_MENU
from cardio_desktop.ui.commands.paper import (
    FILTER_IDS,
    GAIN_IDS,
    LAYOUT_IDS,
    LETTER_IDS,
    PAPER_IDS,
    RHYTHM_IDS,
    SEPARATOR,
    SPEED_IDS,
    THEME_IDS,
)
from cardio_desktop.ui.commands.worklist import FILE_IDS, GO_IDS, READING_IDS, VIEW_IDS, open_folder
from cardio_desktop.ui.samples import sample_records

if TYPE_CHECKING:
    from cardio_desktop.ui.main_window import MainWindow


def fill_menus(window: MainWindow) -> None:
    """Build the menu bar."""
    bar = window.menuBar()
    file_menu = bar.addMenu(tr("&File"))
    _add(window, file_menu, ["open", *FILE_IDS])
    file_menu.addMenu(window.recent_menu)
    samples = file_menu.addMenu(tr("Open a s&imulated sample"))
    for sample in sample_records():
        samples.addAction(sample.title, _opener(window, sample.path))
    _add(
        window,
        file_menu,
        [
            SEPARATOR,
            "report",
            "print",
            "picture",
            "copy",
            SEPARATOR,
            "analyze",
            "analyze-page",
            *commands_long.FILE_IDS,
            SEPARATOR,
            *commands_comparison.FILE_IDS,
            SEPARATOR,
            "cancel",
            SEPARATOR,
            "quit",
        ],
    )
    _add(window, bar.addMenu(tr("E&dit")), [*EDIT_MENU])
    view = bar.addMenu(tr("&View"))
    _add(window, view.addMenu(tr("&Layout")), [*LAYOUT_IDS, SEPARATOR, *RHYTHM_IDS])
    _add(window, view.addMenu(tr("&Speed")), SPEED_IDS)
    _add(window, view.addMenu(tr("&Gain")), GAIN_IDS)
    _add(window, view.addMenu(tr("&Filter")), FILTER_IDS)
    look = view.addMenu(tr("&Colours and letters"))
    _add(window, look.addMenu(tr("&Paper")), PAPER_IDS)
    _add(window, look.addMenu(tr("&Theme")), THEME_IDS)
    _add(window, look, [SEPARATOR, *LETTER_IDS])
    size = ["fit", "true-size", "zoom-in", "zoom-out", SEPARATOR, "whole", "ten-seconds"]
    _add(window, view, [SEPARATOR, *size, SEPARATOR, "screen", "fullscreen"])
    panels = [
        "panel",
        "evidence-panel",
        "median-panel",
        *VIEW_IDS,
        *commands_long.VIEW_IDS,
        SEPARATOR,
        "focus-panel",
        "focus-paper",
    ]
    _add(window, view.addMenu(tr("&Panels")), panels)
    _add(window, view.addMenu(tr("La&nguage")), ["language:system", "language:en", "language:de"])
    reading = ["reveal", "read-first", *READING_IDS, SEPARATOR, "write-reading", "agree", "disagree", "comment-tier"]
    _add(window, bar.addMenu(tr("&Reading")), [*reading, SEPARATOR, "unmark-sentence"])
    classes = [f"class:{code}" for code in CLASS_NAMES]
    shades = ["next-class", "opacity-up", "opacity-down", "threshold-up", "threshold-down"]
    places = ["strongest", "previous-strongest"]
    _add(
        window, bar.addMenu(tr("&Evidence")), ["evidence", SEPARATOR, *classes, SEPARATOR, *shades, SEPARATOR, *places]
    )
    moves = ["left", "right", "page-back", "page-on", "start", "end"]
    _add(
        window,
        bar.addMenu(tr("&Go")),
        [
            *moves,
            SEPARATOR,
            "next-beat",
            "previous-beat",
            "unselect",
            SEPARATOR,
            *GO_IDS,
            SEPARATOR,
            *commands_long.GO_IDS,
        ],
    )
    measure = bar.addMenu(tr("&Measure"))
    _add(window, measure, [*PLACE_MENU])
    _add(window, measure.addMenu(tr("By mou&se")), [*TOOL_MENU])
    _add(window, measure, [*CALIPER_MENU])
    _add(window, bar.addMenu(tr("&Beats")), [*BEAT_MENU])
    _add(window, bar.addMenu(tr("&Help")), ["palette", "keys", "card", "about"])


def fill_recent(window: MainWindow) -> None:
    """Fill the menu of recent files; it says so when there is none."""
    menu = window.recent_menu
    menu.clear()
    recent = window.session.settings.recent_files()
    for path in recent:
        menu.addAction(f"{path.name}   ({path.parent})", _opener(window, path))
    folders = window.session.settings.recent_folders()
    if recent and folders:
        menu.addSeparator()
    for folder in folders:
        menu.addAction(
            tr("Folder {name}   ({path})").format(name=folder.name, path=folder.parent), _lister(window, folder)
        )
    if recent or folders:
        menu.addSeparator()
        menu.addAction(tr("Forget these files"), window.session.settings.clear_recent_files)
    else:
        menu.addAction(tr("No file was opened yet")).setEnabled(False)


def _add(window: MainWindow, menu: QMenu, ids: list[str]) -> None:
    for command_id in ids:
        if command_id == SEPARATOR:
            menu.addSeparator()
        else:
            menu.addAction(window.actions_table[command_id])


def _opener(window: MainWindow, path: Path):  # type: ignore[no-untyped-def]
    def open_it() -> None:
        window.session.open(path)

    return open_it


def _lister(window: MainWindow, folder: Path):  # type: ignore[no-untyped-def]
    def list_it() -> None:
        open_folder(window, folder)

    return list_it
