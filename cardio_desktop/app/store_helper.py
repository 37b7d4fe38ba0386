"""What takes long for a large store file, checking and copying it, done beside the thread that writes."""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections.abc import Callable

from cardio_desktop.app.store_copy import complete, make_copy
from cardio_desktop.app.store_file import DamagedError, StoreFile

_log = logging.getLogger(__name__)

END_S = 20.0
SHARE = 20.0
"""Copying takes at most such a part of the time: a large file is copied less often than every minute."""


class StoreHelper:
    """One thread at a time. `damaged(file)` and `restored(sentence)` are called on it."""

    def __init__(
        self, closing: Callable[[], bool], damaged: Callable[[StoreFile], None], restored: Callable[[str], None]
    ) -> None:
        self._closing, self._damaged, self._restored = closing, damaged, restored
        self._thread: threading.Thread | None = None
        self._took_s = 0.0

    def check(self, file: StoreFile) -> bool:
        """Check a large file that was opened unchecked; False while something else is being done."""
        return self._start(self._check, file)

    def copy(self, file: StoreFile) -> bool:
        """Make the checked copy; False while something else is being done."""
        return self._start(self._copy, file)

    def copy_due(self, file: StoreFile, since_s: float, least_s: float) -> bool:
        """Whether a copy is to be made, `since_s` after the first change that it has not got.

        Of a large file that is less often, and not when it closes.
        """
        if self._closing():
            return not file.is_large
        return since_s >= max(least_s, SHARE * self._took_s)

    def _start(self, work: Callable[[StoreFile], None], file: StoreFile) -> bool:
        if self._thread is not None and self._thread.is_alive():
            if not self._closing():
                return False
            self._thread.join(END_S)
        self._thread = threading.Thread(target=self._run, args=(work, file), name="store copy", daemon=True)
        self._thread.start()
        if self._closing():
            self._thread.join(END_S)
        return True

    def _run(self, work: Callable[[StoreFile], None], file: StoreFile) -> None:
        try:
            work(file)
        except (sqlite3.OperationalError, sqlite3.ProgrammingError, OSError) as error:
            _log.warning("no check or copy of the store: %s", error)  # the work itself is on the disk
        except (sqlite3.DatabaseError, DamagedError) as error:
            _log.warning("the store is damaged: %s", error)
            self._damaged(file)

    def _copy(self, file: StoreFile) -> None:
        began = time.monotonic()
        make_copy(file.path)
        self._took_s = time.monotonic() - began

    def _check(self, file: StoreFile) -> None:
        file.check_all(self._closing)
        if not self._closing() and (sentence := complete(file)):
            self._restored(sentence)
