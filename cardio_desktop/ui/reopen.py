"""Takes the windows up again that a run has left which did not end properly, if the reader wishes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.open_windows import OpenWindow, OpenWindows
from cardio_desktop.app.session import State
from cardio_desktop.core.calipers import new_id

if TYPE_CHECKING:
    from cardio_desktop.ui.main_window import MainWindow

NAMED = 3


class Remembering(QObject):
    """Keeps what one window shows up to date among the open windows, until it is closed."""

    def __init__(self, window: MainWindow, windows: OpenWindows) -> None:
        super().__init__(window)
        self.window = window
        self._session, self._windows, self._name = window.session, windows, new_id()
        self._wanted: OpenWindow | None = None
        self._session.changed.connect(self._changed)
        window.closed.connect(self._closed)

    def reopen(self, wanted: OpenWindow) -> None:
        """Open a record, and look at it as before once it is there."""
        self._wanted = wanted
        self._session.open(wanted.path)

    def _changed(self, old: State, new: State) -> None:
        record, wanted = new.record, self._wanted
        if record is None:
            return
        if wanted is not None and old.record is not record:
            self._wanted = None
            if record.path.resolve() == wanted.path.resolve():
                viewport = wanted.applied_to(new.viewport)
                self._session.set_viewport(viewport.moved_to(record, viewport.start_s))
                return
        if old.record is not record or old.viewport != new.viewport:
            self._windows.remember(self._name, OpenWindow.of(record.path.resolve(), new.viewport))

    def _closed(self) -> None:
        self._windows.remember(self._name, None)


def ask_to_reopen(first: Remembering, windows: OpenWindows, another: Callable[[], Remembering]) -> bool:
    """Ask once, in the `first` window, whether to take up what was left; returns whether there was anything to ask."""
    left = windows.left_behind()
    gone = [name for name, state in left.items() if not state.path.exists()]
    windows.forget(gone)
    # A file that stood in two windows, or was left by two runs, is offered once: as it was looked at last.
    shown = {state.path.resolve(): state for name, state in left.items() if name not in gone}
    if not shown:
        return False

    def reopen() -> None:
        windows.forget(list(left))
        for number, state in enumerate(shown.values()):
            now = first.window.session.state
            free = number == 0 and now.record is None and not now.busy
            (first if free else another()).reopen(state)

    files = [state.path.name for state in shown.values()]
    named = ", ".join(files[:NAMED]) + ("…" if len(files) > NAMED else "")
    first.window.desk.notice.ask(
        tr(
            "The program did not end properly. Reopen {files} where you left? What you marked is kept either way."
        ).format(files=named),
        tr("Reopen"),
        tr("No"),
        reopen,
        lambda: windows.forget(list(left)),
    )
    return True
