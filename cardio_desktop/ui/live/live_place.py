"""Where live windows are opened from, and held: they outlive the window that opened them, as recordings do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QWidget

from cardio_desktop.app.session import Session

if TYPE_CHECKING:
    from cardio_desktop.live.source import Source
    from cardio_desktop.ui.live.live_window import LiveWindow


class LivePlace:
    """Asks what to follow and opens a window on it; the kept file is opened in the window `frame` while that is there.

    A live window has no parent: a recording goes on when the reading room is closed, or comes anew in another language.
    """

    windows: list[LiveWindow] = []  # noqa: RUF012 - those of the whole program

    def __init__(self, session: Session, frame: QWidget) -> None:
        self._session, self._frame = session, frame

    def follow_file(self) -> None:
        """Ask for a file that grows, and follow it."""
        from cardio_desktop.ui.live.follow_dialog import FollowFileDialog

        dialog = FollowFileDialog(self._session.settings.live, self._frame)
        if dialog.exec() and dialog.source is not None:
            self.follow(dialog.source, dialog.kept_in())
        dialog.deleteLater()

    def follow_stream(self) -> None:
        """Ask for a stream, and follow it; the search begins at once."""
        from cardio_desktop.ui.live.follow_dialog import StreamDialog

        dialog = StreamDialog(self._session.settings.live, self._frame)
        dialog.look()
        if dialog.exec() and dialog.source is not None:
            self.follow(dialog.source, dialog.kept_in())
        dialog.deleteLater()

    def follow(self, source: Source, kept_in: Path | None) -> LiveWindow:
        """Open a window on a source."""
        from cardio_desktop.app.live_feed import LiveFeed
        from cardio_desktop.ui.live.live_window import LiveWindow

        window = LiveWindow(LiveFeed(source, kept_in), self._session)
        self.windows.append(window)
        window.wanted.connect(self.open_kept)
        window.closed.connect(lambda: self.windows.remove(window))
        window.show()
        return window

    def open_kept(self, path: Path) -> None:
        """Open a kept recording as any record, in another window where the reading room was closed meanwhile."""
        if self._frame.isVisible():
            self._session.open(path)
            self._frame.activateWindow()
            return
        wanted = getattr(QApplication.instance(), "file_wanted", None)
        if wanted is not None:
            wanted.emit(str(path))
