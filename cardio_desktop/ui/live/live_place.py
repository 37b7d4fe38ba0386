"""Where live windows are opened from, and held: they outlive the window that opened them, as recordings do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from cardio_desktop.app.session import Session

if TYPE_CHECKING:
    from cardio_desktop.live.source import Source
    from cardio_desktop.ui.live.live_window import LiveWindow


class LivePlace:
    """Asks what to follow and opens a window on it; `open_record` opens the kept file once the recording is over."""

    windows: list[LiveWindow] = []  # noqa: RUF012 - those of the whole program

    def __init__(self, session: Session, frame: QWidget, open_record: Callable[[Path], object]) -> None:
        self._session, self._frame, self._open_record = session, frame, open_record

    def follow_file(self) -> None:
        """Ask for a file that grows, and follow it."""
        from cardio_desktop.ui.live.follow_dialog import FollowFileDialog

        dialog = FollowFileDialog(self._session.settings.live, self._frame)
        if dialog.exec() and dialog.source is not None:
            self.follow(dialog.source, dialog.kept_in())
        dialog.deleteLater()

    def follow(self, source: Source, kept_in: Path | None) -> LiveWindow:
        """Open a window on a source."""
        from cardio_desktop.app.live_feed import LiveFeed
        from cardio_desktop.ui.live.live_window import LiveWindow

        window = LiveWindow(LiveFeed(source, kept_in), self._session)
        self.windows.append(window)
        window.wanted.connect(self._open_record)
        window.closed.connect(lambda: self.windows.remove(window))
        window.show()
        return window
