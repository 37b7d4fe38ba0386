"""Why the disk did not take something, in the language of the interface."""

from __future__ import annotations

import sqlite3

from cardio_desktop.app.terms import term
from cardio_desktop.core.errors import SQLITE_WHY, why_not_written


def why(error: Exception) -> str:
    """Return in a few words why a file could not be written; SQLite's rarer reasons stay English."""
    if isinstance(error, sqlite3.Error):
        return term(SQLITE_WHY.get(str(error), str(error)))
    return term(why_not_written(error))
