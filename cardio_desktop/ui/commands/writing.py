"""What dialogs that write files of a record share: the folder, who is left out, and a box that tells how far it is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QMessageBox,
    QProgressDialog,
    QPushButton,
    QWidget,
)

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.jobs import Job
from cardio_desktop.app.session import Session

SAID_MS = 15_000
"""How long the status bar says what was written."""
SHOWN_AFTER_MS = 700
"""A progress box that comes and goes within a blink only disturbs."""


class WritingDialog(QDialog):
    """Asks for a folder, and whether the patient is left out; a subclass lays out the rows of its `form`."""

    def __init__(self, title: str, folder: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.form = QFormLayout(self)
        self.folder = QLineEdit(folder)
        self.folder.setMinimumWidth(380)
        self.hide_patient = QCheckBox(tr("Leave out who the patient is; dates are shifted"))
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.accepted.connect(self._accept)
        self.buttons.rejected.connect(self.reject)
        self.replace = False

    def _add_folder(self) -> None:
        choose = QPushButton(tr("Choose…"))
        choose.clicked.connect(self._choose)
        row = QHBoxLayout()
        row.addWidget(self.folder, 1)
        row.addWidget(choose)
        self.form.addRow(tr("Folder"), row)

    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.windowTitle(), self.folder.text())
        if folder:
            self.folder.setText(folder)

    def _accept(self) -> None:
        taken = self._taken()
        self.replace = False
        if taken:
            words = tr("{file} exists. Replace it?").format(file=", ".join(taken))
            if QMessageBox.question(self, self.windowTitle(), words) != QMessageBox.StandardButton.Yes:
                return
            self.replace = True
        self._remember()
        self.accept()

    def _taken(self) -> Sequence[str]:
        """Return the names of the files that would be replaced."""
        raise NotImplementedError

    def _remember(self) -> None:
        """Keep what was chosen for the next time."""
        raise NotImplementedError

    def target(self) -> Path:
        """Return the chosen folder."""
        return Path(self.folder.text().strip() or ".").expanduser()

    def deidentify(self) -> bool:
        """Return whether the patient is left out."""
        return self.hide_patient.isChecked()


def start_in_box(session: Session, job: Job, frame: QWidget) -> None:
    """Start a job; a box shows how far it is and can cancel it."""
    box = QProgressDialog(job.title, tr("Cancel"), 0, 100, frame)
    box.setWindowModality(Qt.WindowModality.NonModal)
    box.setMinimumDuration(SHOWN_AFTER_MS)
    box.setAutoClose(False)
    box.setAutoReset(False)
    box.canceled.connect(job.cancel)
    job.progress.connect(box.setValue)
    job.failed.connect(session.tell)
    job.finished.connect(box.deleteLater)
    session.jobs.start(job)
