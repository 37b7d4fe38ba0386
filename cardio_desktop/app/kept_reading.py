"""What readers concluded from a record, for commands without a window: looked up in the data folder of the user."""

from __future__ import annotations

from pathlib import Path

from cardio_desktop.app.store import FILE_NAME, Store, default_folder
from cardio_desktop.core.conclusion import Conclusion
from cardio_desktop.core.errors import ReportError
from cardio_desktop.core.record import Record
from cardio_desktop.core.record_key import content_key


class KeptReadings:
    """Looks conclusions up; the file of the user's work is opened once, by the first question, and never made."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or default_folder()
        self._store: Store | None = None

    def of(self, record: Record) -> Conclusion:
        """Return what was concluded from a record, an empty conclusion where nothing is kept.

        Raises ReportError where there is a file that cannot be read: what was signed must not look unsigned.
        """
        if self._store is None:
            if not (self._folder / FILE_NAME).is_file():
                return Conclusion()
            self._store = Store(self._folder)
            if self._store.problem:
                raise ReportError(self._store.problem)
        return self._store.conclusion(content_key(record))

    def close(self) -> None:
        """Let go of the file."""
        if self._store is not None:
            self._store.close()
            self._store = None
