"""The menus, built from the commands' own places; what is no command (recent files) is filled when it is opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QMenu, QMenuBar

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.settings import Settings
from cardio_desktop.ui.commands.actions import Actions
from cardio_desktop.ui.commands.command import Menu


@dataclass(frozen=True)
class Shelf:
    """One menu: what it is called, and in which group of which other menu it stands (None: the menu bar)."""

    menu: Menu
    title: str
    within: Menu | None = None
    group: int = 0


def shelves() -> list[Shelf]:
    """Return all menus in their order."""
    return [
        Shelf(Menu.FILE, tr("&File")),
        Shelf(Menu.SAMPLES, tr("Open a s&imulated sample"), Menu.FILE),
        Shelf(Menu.EDIT, tr("E&dit")),
        Shelf(Menu.VIEW, tr("&View")),
        Shelf(Menu.LAYOUT, tr("&Layout"), Menu.VIEW),
        Shelf(Menu.SPEED, tr("&Speed"), Menu.VIEW),
        Shelf(Menu.GAIN, tr("&Gain"), Menu.VIEW),
        Shelf(Menu.FILTER, tr("&Filter"), Menu.VIEW),
        Shelf(Menu.LOOK, tr("&Colours and letters"), Menu.VIEW),
        Shelf(Menu.PAPER, tr("&Paper"), Menu.LOOK),
        Shelf(Menu.THEME, tr("&Theme"), Menu.LOOK),
        Shelf(Menu.PANELS, tr("&Panels"), Menu.VIEW, 3),
        Shelf(Menu.LANGUAGE, tr("La&nguage"), Menu.VIEW, 3),
        Shelf(Menu.READING, tr("&Reading")),
        Shelf(Menu.EVIDENCE, tr("&Evidence")),
        Shelf(Menu.GO, tr("&Go")),
        Shelf(Menu.MEASURE, tr("&Measure")),
        Shelf(Menu.TOOLS, tr("By mou&se"), Menu.MEASURE),
        Shelf(Menu.BEATS, tr("&Beats")),
        Shelf(Menu.HELP, tr("&Help")),
    ]


def fill_menu(target: QMenu, menu: Menu, actions: Actions) -> None:
    """Put a menu's commands, and the menus that stand in it, into `target`, with a line between groups."""
    target.setToolTipsVisible(True)  # a grey entry says why
    inner = [shelf for shelf in shelves() if shelf.within is menu]
    commands = actions.of_menu(menu)
    groups = sorted({group for group, _ in commands} | {shelf.group for shelf in inner})
    for group in groups:
        if group != groups[0]:
            target.addSeparator()
        for own, action in commands:
            if own == group:
                target.addAction(action)
        for shelf in inner:
            if shelf.group == group:
                fill_menu(target.addMenu(shelf.title), shelf.menu, actions)


def fill_menu_bar(bar: QMenuBar, actions: Actions, recent: QMenu) -> None:
    """Build the menu bar; the recent files stand before the samples."""
    for shelf in shelves():
        if shelf.within is not None:
            continue
        menu = bar.addMenu(shelf.title)
        fill_menu(menu, shelf.menu, actions)
        if shelf.menu is Menu.FILE:
            first = next(action for action in menu.actions() if isinstance(action.menu(), QMenu))
            menu.insertMenu(first, recent)


class RecentMenu(QMenu):
    """The files and folders that were opened last; it says so when there are none."""

    def __init__(
        self, settings: Settings, open_file: Callable[[Path], object], open_folder: Callable[[Path], object]
    ) -> None:
        super().__init__(tr("Open recen&t"))
        self._settings, self._open_file, self._open_folder = settings, open_file, open_folder
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """List what the settings remember now."""
        self.clear()
        files, folders = self._settings.recent_files(), self._settings.recent_folders()
        for path in files:
            self._add(f"{path.name}   ({path.parent})", self._open_file, path)
        if files and folders:
            self.addSeparator()
        for folder in folders:
            words = tr("Folder {name}   ({path})").format(name=folder.name, path=folder.parent)
            self._add(words, self._open_folder, folder)
        if files or folders:
            self.addSeparator()
            self.addAction(tr("Forget these files"), self._settings.clear_recent_files)
        else:
            self.addAction(tr("No file was opened yet")).setEnabled(False)

    def _add(self, words: str, run: Callable[[Path], object], path: Path) -> None:
        self.addAction(words).triggered.connect(lambda: run(path))
