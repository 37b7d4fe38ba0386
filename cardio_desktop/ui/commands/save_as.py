"""Asks in which format and where a record goes, and writes it in the background."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QMessageBox, QStatusBar, QWidget

from cardio_desktop.app.i18n import language, tr
from cardio_desktop.app.jobs import Job
from cardio_desktop.app.session import Session
from cardio_desktop.app.settings import Settings
from cardio_desktop.core.record import Record
from cardio_desktop.io.formats import writers
from cardio_desktop.ui.commands.writing import SAID_MS, WritingDialog, start_in_box
from cardio_desktop.words import say


class SaveAsDialog(WritingDialog):
    """The format, the folder, the name, and whether the patient is left out."""

    def __init__(self, record: Record, settings: Settings, parent: QWidget) -> None:
        folder, kind = settings.last_export()
        super().__init__(tr("Save ECG as"), folder or str(record.path.parent), parent)
        self._settings = settings
        self.format = QComboBox()
        for name, row in writers().items():
            self.format.addItem(row.names[0], name)
        self.format.setCurrentIndex(max(self.format.findData(kind), 0))
        self.form.addRow(tr("Format"), self.format)
        self._add_folder()
        from cardio_desktop.io.writers.convert import file_stem

        self.name = QLineEdit(file_stem(record.path.stem))
        self.form.addRow(tr("Name"), self.name)
        self.hide_patient.toggled.connect(lambda on: self.name.setEnabled(not on))
        self.form.addRow("", self.hide_patient)
        self.form.addRow(self.buttons)

    def _taken(self) -> Sequence[str]:
        from cardio_desktop.io.writers.convert import file_stem

        stem, folder = file_stem(self.name.text()), self.target()
        there = [] if self.deidentify() or not folder.is_dir() else [p for p in folder.iterdir() if p.stem == stem]
        own = {f".{self.kind()}", *writers()[self.kind()].suffixes}
        return sorted(path.name for path in there if path.suffix.casefold() in own)

    def _remember(self) -> None:
        self._settings.set_last_export(self.folder.text().strip(), self.kind())

    def kind(self) -> str:
        """Return the word of the chosen format."""
        return str(self.format.currentData())


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
    job.done.connect(lambda done: session.note_written(record, done.files, deidentified=deidentify))
    job.done.connect(lambda done: _told(done, frame, status))
    start_in_box(session, job, frame)
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
