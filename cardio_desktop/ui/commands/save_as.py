"""Asks in which format and where a record goes, and writes it in the background."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QMessageBox,
    QProgressDialog,
    QPushButton,
    QStatusBar,
    QWidget,
)

from cardio_desktop.app.i18n import language, tr
from cardio_desktop.app.jobs import Job
from cardio_desktop.app.session import Session
from cardio_desktop.app.settings import Settings
from cardio_desktop.core.record import Record
from cardio_desktop.io.formats import writers
from cardio_desktop.words import say

SAID_MS = 15_000
SHOWN_AFTER_MS = 700
"""A progress box that comes and goes within a blink only disturbs."""


class SaveAsDialog(QDialog):
    """The format, the folder, the name, and whether the patient is left out."""

    def __init__(self, record: Record, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Save ECG as"))
        self._settings = settings
        form = QFormLayout(self)
        folder, kind = settings.last_export()
        self.format = QComboBox()
        for name, row in writers().items():
            self.format.addItem(row.names[0], name)
        self.format.setCurrentIndex(max(self.format.findData(kind), 0))
        form.addRow(tr("Format"), self.format)
        self.folder = QLineEdit(folder or str(record.path.parent))
        self.folder.setMinimumWidth(380)
        choose = QPushButton(tr("Choose…"))
        choose.clicked.connect(self._choose)
        row_box = QHBoxLayout()
        row_box.addWidget(self.folder, 1)
        row_box.addWidget(choose)
        form.addRow(tr("Folder"), row_box)
        from cardio_desktop.io.writers.convert import file_stem

        self.name = QLineEdit(file_stem(record.path.stem))
        form.addRow(tr("Name"), self.name)
        self.hide_patient = QCheckBox(tr("Leave out who the patient is; dates are shifted"))
        self.hide_patient.toggled.connect(lambda on: self.name.setEnabled(not on))
        form.addRow("", self.hide_patient)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        form.addRow(buttons)
        self.replace = False

    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, tr("Save ECG as"), self.folder.text())
        if folder:
            self.folder.setText(folder)

    def _accept(self) -> None:
        from cardio_desktop.io.writers.convert import file_stem

        stem, folder = file_stem(self.name.text()), self.target()
        there = [] if self.deidentify() or not folder.is_dir() else [p for p in folder.iterdir() if p.stem == stem]
        own = {f".{self.kind()}", *writers()[self.kind()].suffixes}
        taken = [path.name for path in there if path.suffix.casefold() in own]
        self.replace = False
        if taken:
            words = tr("{file} exists. Replace it?").format(file=", ".join(sorted(taken)))
            if QMessageBox.question(self, tr("Save ECG as"), words) != QMessageBox.StandardButton.Yes:
                return
            self.replace = True
        self._settings.set_last_export(self.folder.text().strip(), self.kind())
        self.accept()

    def kind(self) -> str:
        """Return the word of the chosen format."""
        return str(self.format.currentData())

    def target(self) -> Path:
        """Return the chosen folder."""
        return Path(self.folder.text().strip() or ".").expanduser()

    def deidentify(self) -> bool:
        """Return whether the patient is left out."""
        return self.hide_patient.isChecked()


def ask_save_as(session: Session, frame: QWidget, status: QStatusBar) -> None:
    """Ask for format and place and write the record."""
    record = session.state.record
    if record is None:
        return
    choice = SaveAsDialog(record, session.settings, frame)
    if choice.exec():
        save_as(
            session, frame, status, choice.kind(), choice.target(), choice.name.text(),
            deidentify=choice.deidentify(), replace=choice.replace,
        )  # fmt: skip
    choice.deleteLater()


def save_as(
    session: Session,
    frame: QWidget,
    status: QStatusBar,
    kind: str,
    folder: Path,
    stem: str,
    *,
    deidentify: bool = False,
    replace: bool = False,
) -> Job | None:
    """Write the open record in the background; a box shows how far it is and can cancel it."""
    record = session.state.record
    if record is None:
        return None

    def work(progress: Callable[[float], None]) -> object:
        from cardio_desktop.app.pseudonym_key import pseudonyms
        from cardio_desktop.io.registry import files_of
        from cardio_desktop.io.writers.convert import convert

        names = pseudonyms() if deidentify else None
        spared = frozenset(path.resolve() for path in files_of(record.path))
        return convert(
            record, kind, folder, stem=stem, names=names, replace=replace, spared=spared, progress=progress
        )  # fmt: skip

    job = Job(tr("Writing {file}").format(file=stem), work)
    box = QProgressDialog(job.title, tr("Cancel"), 0, 100, frame)
    box.setWindowModality(Qt.WindowModality.NonModal)
    box.setMinimumDuration(SHOWN_AFTER_MS)
    box.setAutoClose(False)
    box.setAutoReset(False)
    box.canceled.connect(job.cancel)
    job.progress.connect(box.setValue)
    job.done.connect(lambda done: _told(done, frame, status))
    job.failed.connect(session.tell)
    job.finished.connect(box.deleteLater)
    session.jobs.start(job)
    return job


def _told(done: object, frame: QWidget, status: QStatusBar) -> None:
    """Say what was written; what the format does not hold must be seen and not pass by."""
    from cardio_desktop.io.writers.convert import Converted

    assert isinstance(done, Converted)
    written = tr("Written: {path}").format(path=done.files[-1])
    status.showMessage(written, SAID_MS)
    if not done.remarks:
        return
    box = QMessageBox(QMessageBox.Icon.Information, tr("Save ECG as"), written, parent=frame)
    box.setInformativeText("\n".join(say(remark, language()) for remark in done.remarks))
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
