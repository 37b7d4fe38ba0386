"""What the program is: icon, versions, digests of the networks, and whether its own files are as they were shipped."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from cardio_desktop import __version__
from cardio_desktop.app.i18n import tr
from cardio_desktop.app.terms import term
from cardio_desktop.narrative.texts import DISCLAIMER
from cardio_desktop.paths import AssetError, asset

ICON_PX = 64
ICON_SIZES = (16, 24, 32, 48, 64, 128, 256)
DETAIL_LINES = 9


def program_icon() -> QIcon:
    """Return the program's icon in all its sizes; an empty one where it is missing, which is no reason not to start."""
    icon = QIcon()
    for size in ICON_SIZES:
        try:
            icon.addFile(str(asset(f"resources/icons/cardio-desktop-{size}.png")))
        except AssetError:
            return QIcon()
    return icon


class AboutDialog(QDialog):
    """Says what the program is, and what exactly is installed."""

    def __init__(self, parent: QWidget) -> None:
        from cardio_desktop.app.installation import as_text, installation

        super().__init__(parent)
        self.setWindowTitle(tr("About Cardio Desktop"))
        found = installation()
        icon, words = QLabel(), QLabel(self._words())
        icon.setPixmap(self._picture())
        icon.setAlignment(Qt.AlignmentFlag.AlignTop)
        words.setWordWrap(True)
        words.setTextFormat(Qt.TextFormat.RichText)
        head = QHBoxLayout()
        head.addWidget(icon)
        head.addWidget(words, 1)
        self.state = QLabel(
            tr("All {count} files of the program are as they were shipped.").format(count=found.files)
            if not found.changed
            else tr("Not as shipped: {files}. Install Cardio Desktop again.").format(files=", ".join(found.changed))
        )
        self.state.setWordWrap(True)
        self.details = QPlainTextEdit(as_text(found))
        self.details.setReadOnly(True)
        self.details.setAccessibleName(tr("Versions and checksums"))
        self.details.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.details.setMinimumSize(620, self.fontMetrics().lineSpacing() * (DETAIL_LINES + 1))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.copy = QPushButton(tr("&Copy"))
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.details.toPlainText()))
        buttons.addButton(self.copy, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addLayout(head)
        for widget in (self.state, self.details, buttons):
            layout.addWidget(widget)

    @staticmethod
    def _picture() -> QPixmap:
        return program_icon().pixmap(ICON_PX, ICON_PX)

    @staticmethod
    def _words() -> str:
        return tr(
            "<b>Cardio Desktop {version}</b><p>An offline ECG reading room: true paper, a network that shows its "
            "evidence, a printable report. Nothing leaves this computer.</p><p>{disclaimer} It is not a medical "
            "device.</p><p>Apache License 2.0.</p>"
        ).format(version=__version__, disclaimer=term(DISCLAIMER))


def show_about(window: QWidget) -> None:
    """Say what the program is."""
    dialog = AboutDialog(window)
    dialog.exec()
    dialog.deleteLater()
