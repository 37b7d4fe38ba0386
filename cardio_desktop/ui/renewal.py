"""A window in another language in the place of one that is open: record, findings, view and work go with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cardio_desktop.ui.main_window import MainWindow


def renew(old: MainWindow, make: Callable[[], MainWindow]) -> MainWindow:
    """Return a window of `make`, which speaks the language in force, that shows what `old` showed; `old` is closed."""
    old.panel.reading.edit.keep()
    new = make()
    new.restoreGeometry(old.saveGeometry())
    new.session.take_over(old.session)
    if sources := old.worklist.sources:
        old.worklist_dock.remember_columns()
        new.worklist_dock.show()
        if len(sources) == 1 and sources[0].is_dir():
            new.worklist.open_folder(sources[0])
        else:
            new.worklist.open_files(sources)
    new.restoreState(old.saveState())
    old.close()
    return new
