"""What stands in the middle before anything is open: how to begin."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from cardio_desktop.app.i18n import tr
from cardio_desktop.io.formats import format_names


class EmptyRoom(QWidget):
    """Buttons for the first commands, and for the samples that come with the program."""

    def __init__(self, actions: Mapping[str, QAction]) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        title = QLabel(tr("Open an ECG"))
        font = title.font()
        font.setPointSizeF(font.pointSizeF() * 1.8)
        title.setFont(font)
        hint = QLabel(
            tr(
                "Drop a file here, or press Ctrl+O.\nThese formats are read: {formats}; nothing leaves this computer."
            ).format(formats=", ".join(format_names()))
        )
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        hint.setWordWrap(True)
        layout.addWidget(title, 0, Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(hint)
        self.open_button = _button(tr("Open a file…"), actions["open"])
        self.folder_button = _button(tr("Open a folder…"), actions["open-folder"])
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.open_button)
        buttons.addWidget(self.folder_button)
        buttons.addStretch(1)
        layout.addLayout(buttons)
        row = QHBoxLayout()
        row.addStretch(1)
        layout.addWidget(QLabel(tr("or look at a simulated sample:")), 0, Qt.AlignmentFlag.AlignCenter)
        grid = QGridLayout()  # two in a row: one row of large letters would make the window wider than a small screen
        row.addLayout(grid)
        for name, action in actions.items():
            if name.startswith("sample:"):
                grid.addWidget(_button(action.text(), action), grid.count() // 2, grid.count() % 2)
        row.addStretch(1)
        layout.addLayout(row)
        layout.addStretch(3)


def _button(text: str, action: QAction) -> QPushButton:
    button = QPushButton(text)
    button.setToolTip(action.statusTip())
    button.clicked.connect(action.trigger)
    return button
