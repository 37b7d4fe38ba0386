"""Where the comparison of a window's record with another one is opened from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from cardio_desktop.app.comparison import Comparison
from cardio_desktop.app.i18n import tr
from cardio_desktop.ui import dialogs

if TYPE_CHECKING:
    from cardio_desktop.ui.paper.comparison_window import ComparisonWindow


class ComparisonPlace:
    """Keeps the window of a comparison, which is made when it is first wanted."""

    def __init__(self, comparison: Comparison, frame: QWidget) -> None:
        self._comparison, self._frame = comparison, frame
        self.window: ComparisonWindow | None = None

    def open(self, path: Path) -> None:
        """Compare the shown record with the one at `path`."""
        if self.window is None:
            from cardio_desktop.ui.paper.comparison_window import ComparisonWindow

            self.window = ComparisonWindow(self._comparison, self._frame)
        self._comparison.open(path)
        self.window.show()
        self.window.activateWindow()


def choose_other(parent: QWidget, folder: str) -> Path | None:
    """Ask for the record to compare with."""
    name, _ = QFileDialog.getOpenFileName(parent, tr("Compare with an ECG"), folder, dialogs.file_filter())
    return Path(name) if name else None
