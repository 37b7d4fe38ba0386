"""Asks where the beats go, and writes them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMessageBox, QStatusBar, QWidget

from cardio_desktop.app import beat_work
from cardio_desktop.app.i18n import tr
from cardio_desktop.app.session import Session
from cardio_desktop.core.errors import CardioError


def ask_save_beats(session: Session, frame: QWidget, status: QStatusBar) -> None:
    """Ask for a file and write the beats, as the reader left them, to it."""
    from cardio_desktop.io.wfdb_annotation_writer import is_own_file, suggested_path

    record = session.state.record
    if record is None:
        return
    name, _ = QFileDialog.getSaveFileName(
        frame,
        tr("Save beats as WFDB annotations"),
        str(suggested_path(record)),
        tr("WFDB annotations (*)"),
        options=QFileDialog.Option.DontConfirmOverwrite,  # only a file of our own is ever replaced, asked below
    )
    if not name:
        return
    path = Path(name)
    replace = False
    if path.exists() and is_own_file(path):
        words = tr("{name} holds beats that this program wrote. Replace them?").format(name=path.name)
        replace = QMessageBox.question(frame, tr("Save beats"), words) == QMessageBox.StandardButton.Yes
        if not replace:
            return
    save_beats(session, status, path, replace=replace)


def save_beats(session: Session, status: QStatusBar, path: Path, *, replace: bool = False) -> None:
    """Write the beats to `path`, and say what became of it."""
    from cardio_desktop.io.wfdb_annotation_writer import write_beats

    record = session.state.record
    if record is None:
        return
    beats = beat_work.symbols_to_save(session.marks)
    try:
        write_beats(path, record, beats, replace=replace)
    except CardioError as error:
        session.tell(error)
        return
    session.note_written(record, [path])
    status.showMessage(tr("{number} beats written: {path}").format(number=len(beats), path=path), 15_000)
