"""What commands without a window write out of records, in the audit trail of the user's data folder."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from cardio_desktop.app.audit_log import event
from cardio_desktop.app.store import FILE_NAME, default_folder
from cardio_desktop.app.store_file import DamagedError, StoreFile, TooNewError
from cardio_desktop.app.store_items import merge_bodies
from cardio_desktop.core.errors import CardioError
from cardio_desktop.core.record import Record
from cardio_desktop.core.record_key import content_key
from cardio_desktop.words import Remark

_log = logging.getLogger(__name__)


def note_written(
    record: Record, files: Iterable[Path], *, deidentified: bool, folder: Path | None = None
) -> Remark | None:
    """Write into the audit trail that files were made of a record; returns what is to be said where that failed.

    Where the window was never used there is no trail, and none is begun.
    """
    path = (folder or default_folder()) / FILE_NAME
    if not path.is_file():
        return None
    names = ", ".join(file.name for file in files)
    try:
        told = event("deidentify" if deidentified else "export", content_key(record), names)
        file = StoreFile(path)
        try:
            file.write([], merge_bodies, [told])
        finally:
            file.close()
    except (OSError, sqlite3.Error, DamagedError, TooNewError, CardioError) as error:
        _log.warning("the audit trail cannot be written: %s", error)
        return Remark("audit-not-written")
    return None
