"""The window as a picture, for documents, scripts and machines without a display."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from cardio_desktop.core.errors import ReportError


def save_screenshot(
    path: Path | str,
    out: Path | str,
    layout: str | None = None,
    evidence: str | None = None,
    size: tuple[int, int] = (1600, 1000),
    given: Mapping[str, float | str] | None = None,
) -> None:
    """Open `path` in the real window, wait for its findings, and write the window as PNG to `out`.

    `evidence` is a class code, "none", or None for what the window shows by itself. `given` is what
    a table of numbers does not say itself. Raises ReadError for a record that
    cannot be read and ReportError where the picture cannot be written.
    """
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY") and sys.platform.startswith("linux"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QBuffer, QIODevice, QSettings
    from PySide6.QtWidgets import QApplication

    from cardio_desktop.app.session import Session
    from cardio_desktop.app.settings import Settings
    from cardio_desktop.app.viewport import NO_CLASS
    from cardio_desktop.io import open_given
    from cardio_desktop.reading.pipeline import analyze, load_models
    from cardio_desktop.report.files import write_whole
    from cardio_desktop.ui.application import make_application
    from cardio_desktop.ui.main_window import MainWindow

    record = open_given(path, given=given)
    findings = analyze(record, load_models())
    make_application()
    with tempfile.TemporaryDirectory() as folder:
        # Settings of its own: a picture must not depend on, or change, what the reader has chosen.
        kept = QSettings(str(Path(folder) / "settings.ini"), QSettings.Format.IniFormat)
        settings = Settings(kept)
        settings.set_read_first(False)
        window = MainWindow(Session(settings, analyze=False))
        window.resize(*size)
        window.show()
        window.session.show_record(record)
        window.session.show_findings(record, findings)
        if layout is not None:
            window.session.look(layout_id=layout)
        if evidence is not None:
            window.session.look(evidence_class=NO_CLASS if evidence == "none" else evidence)
        for _ in range(3):
            QApplication.processEvents()
        picture = window.grab()
        window.close()
        kept.sync()  # else they are written at the end of the process, into a folder made anew
    target = Path(out)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if target.suffix.lower() != ".png" or not picture.save(buffer, "PNG"):
        raise ReportError(f"{target.name}: the picture cannot be written; give a name that ends in .png.")
    write_whole(target, bytes(buffer.data().data()))
