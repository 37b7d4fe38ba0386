"""Asks where the beats go, and writes them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QMessageBox

from cardio_desktop.app import beat_work
from cardio_desktop.app.i18n import tr
from cardio_desktop.core.errors import CardioError

if TYPE_CHECKING:
    from cardio_desktop.ui.main_window import MainWindow


def ask_save_beats(window: MainWindow) -> None:
    """Ask for a file and write the beats, as the reader left them, to it."""
    from cardio_desktop.io.wfdb_annotation_writer import is_own_file, suggested_path

    record = window.session.state.record
    if record is None:
        return
    name, _ = QFileDialog.getSaveFileName(
        window,
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
        replace = QMessageBox.question(window, tr("Save beats"), words) == QMessageBox.StandardButton.Yes
        if not replace:
            return
    save_beats(window, path, replace=replace)


def save_beats(window: MainWindow, path: Path, *, replace: bool = False) -> None:
    """Write the beats to `path`, and say what became of it."""
    from cardio_desktop.io.wfdb_annotation_writer import write_beats

    record = window.session.state.record
    if record is None:
        return
    beats = beat_work.symbols_to_save(window.session.marks)
    try:
        write_beats(path, record, beats, replace=replace)
    except CardioError as error:
        window.session.tell(error)
        return
    window.statusBar().showMessage(tr("{number} beats written: {path}").format(number=len(beats), path=path), 15_000)
