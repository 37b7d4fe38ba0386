"""Help > Report a problem: asks for words and a place, and writes one file that the reader can look through first."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QMessageBox,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from cardio_desktop.app.i18n import said, tr
from cardio_desktop.app.session import Session
from cardio_desktop.app.store import default_folder
from cardio_desktop.core.errors import CardioError

ADDRESS = "https://github.com/cardio-desktop/cardio-desktop/issues"


class ProblemDialog(QDialog):
    """What happened, and whether the open record goes with it."""

    def __init__(self, has_record: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Report a problem"))
        about = QLabel(
            tr(
                "A file is written that you can look through and send yourself; the program sends nothing. It holds "
                "your words, versions, a few settings and the log, and no names, file names or folders."
            )
        )
        about.setWordWrap(True)
        self.words = QPlainTextEdit()
        self.words.setPlaceholderText(tr("What did you do, what did you expect, what happened? No names, please."))
        self.words.setAccessibleName(tr("What happened"))
        self.words.setTabChangesFocus(True)
        self.with_record = QCheckBox(tr("Add the open record without whom it is of (a trace can still be recognised)"))
        self.with_record.setEnabled(has_record)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for widget in (about, self.words, self.with_record, buttons):
            layout.addWidget(widget)
        self.resize(560, 360)


def ask_report(session: Session, frame: QWidget) -> None:
    """Ask for words and a file, and write the report."""
    dialog = ProblemDialog(session.state.record is not None, frame)
    chosen = dialog.exec()
    words, with_record = dialog.words.toPlainText(), dialog.with_record.isChecked()
    dialog.deleteLater()
    if not chosen:
        return
    home = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    name = str(Path(home) / f"cardio-desktop-problem-{date.today().isoformat()}.zip")
    target, _ = QFileDialog.getSaveFileName(frame, tr("Report a problem"), name, "ZIP (*.zip)")
    if target:
        save_report(session, frame, Path(target), words, with_record)


def save_report(session: Session, frame: QWidget, target: Path, words: str, with_record: bool) -> None:
    """Write the report and say where it is and where it may go."""
    from cardio_desktop.app.problem_report import write_report

    record = session.state.record if with_record else None
    try:
        write_report(target, words, session.settings.values(), default_folder(), record)
    except CardioError as error:
        QMessageBox.warning(frame, tr("Report a problem"), said(error))
        return
    told = tr("Written: {path}").format(path=target)
    hint = tr("Look through it, then attach it to a report at {address}.").format(address=ADDRESS)
    QMessageBox.information(frame, tr("Report a problem"), f"{told}\n\n{hint}")
