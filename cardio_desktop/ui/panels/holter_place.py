"""Where the window of the Holter reading is opened from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from cardio_desktop.app.holter import HolterDesk
from cardio_desktop.app.session import Session

if TYPE_CHECKING:
    from cardio_desktop.ui.panels.holter_window import HolterWindow


class HolterPlace:
    """Keeps the window, which is made when it is first wanted."""

    def __init__(self, desk: HolterDesk, session: Session, frame: QWidget) -> None:
        self.desk, self._session, self._frame = desk, session, frame
        self.window: HolterWindow | None = None

    def open(self) -> None:
        """Show the window, and begin to read the record where that has not been done."""
        if self.window is None:
            from cardio_desktop.ui.panels.holter_window import HolterWindow

            self.window = HolterWindow(self.desk, self._session, self._frame)
        self.window.show()
        self.window.activateWindow()
        if self.desk.found is None:
            self.desk.start()
