"""A window in another language in the place of one that is open: record, findings, view and work go with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cardio_desktop.ui.main_window import MainWindow


def renew(old: MainWindow, make: Callable[[], MainWindow]) -> MainWindow:
    """Return a window of `make`, which speaks the language in force, that shows what `old` showed; `old` is closed.

    `make` shows the window, which has taken its place and its panels from the settings by then: Qt ends the program
    where the panels of a window that is seen, maximised and not laid out yet are put into another order.
    """
    old.panel.conclusion.edit.keep()
    old.remember_place()
    listed = old.worklist_dock.isVisible()
    new = make()
    new.session.take_over(old.session)
    new.long_analysis.take_over(old.long_analysis)
    if sources := old.worklist.sources:
        if len(sources) == 1 and sources[0].is_dir():
            new.worklist.open_folder(sources[0])
        else:
            new.worklist.open_files(sources)
    new.worklist_dock.setVisible(listed)
    old.close()
    return new
