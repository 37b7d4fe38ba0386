"""The key by which this computer gives patients other names: made once, kept in the data folder, never written out."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from PySide6.QtCore import QStandardPaths

from cardio_desktop.app.store import default_folder
from cardio_desktop.core.errors import WriteError, why_not_written
from cardio_desktop.io.writers.deidentify import Pseudonyms
from cardio_desktop.words import Remark

FILE_NAME = "deidentify.key"
KEY_BYTES = 32


def pseudonyms(folder: Path | None = None) -> Pseudonyms:
    """Return the pseudonyms of this computer; raises WriteError where their key can neither be read nor be made.

    Whoever takes the key away can no longer tell which new file is of which old patient.
    """
    path = (folder or default_folder()) / FILE_NAME
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if folder is None:
            _take_over(path)
        with contextlib.suppress(FileExistsError):
            descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(secrets.token_bytes(KEY_BYTES))
        key = path.read_bytes()
    except OSError as error:
        problem = Remark("cannot-write", {"why": why_not_written(error)})
        raise WriteError(path, problem, Remark("other-folder")) from error
    if len(key) != KEY_BYTES:
        raise WriteError(path, Remark("key-damaged"), Remark("remove-key"))
    return Pseudonyms(key)


def _take_over(path: Path) -> None:
    """Move the key to its place that commands up to 0.3 left one folder above, unless there is one already."""
    older = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)) / FILE_NAME
    if older != path and not path.exists() and older.is_file():
        older.replace(path)
