"""Where the comparison of a window's record with another one is opened from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from cardio_desktop.app.comparison import Comparison
from cardio_desktop.app.earlier import Earlier
from cardio_desktop.app.i18n import tr
from cardio_desktop.ui import dialogs

if TYPE_CHECKING:
    from cardio_desktop.ui.paper.comparison_window import ComparisonWindow


class ComparisonPlace:
    """Keeps the window of a comparison, which is made when it is first wanted."""

    def __init__(self, comparison: Comparison, frame: QWidget) -> None:
        self._comparison, self._frame = comparison, frame
        self.window: ComparisonWindow | None = None
        self._earlier: Earlier | None = None

    def follow(self, earlier: Earlier) -> None:
        """Let the comparison go from one earlier ECG of the patient to the next."""
        self._earlier = earlier
        earlier.changed.connect(self._tell)

    def step(self, older: int) -> None:
        """Compare with the next older (1) or newer (-1) ECG of the same patient."""
        paths = self._paths()
        other = self._comparison.other.state.record
        here = paths.index(other.path) if other is not None and other.path in paths else -1
        if 0 <= here + older < len(paths):
            self._comparison.open(paths[here + older])

    def _paths(self) -> list[Path]:
        return [entry.path for entry in self._earlier.entries] if self._earlier is not None else []

    def _tell(self) -> None:
        if self.window is not None:
            self.window.offer_steps(len(self._paths()) > 1)

    def open(self, path: Path) -> None:
        """Compare the shown record with the one at `path`."""
        if self.window is None:
            from cardio_desktop.ui.paper.comparison_window import ComparisonWindow

            self.window = ComparisonWindow(self._comparison, self._frame)
            self.window.stepped.connect(self.step)
        self._comparison.open(path)
        self._tell()
        self.window.show()
        self.window.activateWindow()


def choose_other(parent: QWidget, folder: str) -> Path | None:
    """Ask for the record to compare with."""
    name, _ = QFileDialog.getOpenFileName(parent, tr("Compare with an ECG"), folder, dialogs.file_filter())
    return Path(name) if name else None
