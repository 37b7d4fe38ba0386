"""Reads the records that will probably be opened next, so that they are there at a key press."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QObject

from cardio_desktop.app.desk import Desk
from cardio_desktop.app.jobs import Job
from cardio_desktop.core.errors import CardioError
from cardio_desktop.core.progress import Progress
from cardio_desktop.core.record import Record

MOST_HELD = 3
LONGEST_S = 120.0
"""Longer records are not held: they are read from their files as they are looked at."""
Read = tuple[str, Mapping[str, float | str], Record]
"""What tells whether the files have changed since, what was entered for their folder, and the record."""


class Ahead(QObject):
    """Holds a few records that nobody has asked for yet; what cannot be read is left for the asking."""

    def __init__(self, session: Desk) -> None:
        super().__init__(session)
        self._session = session
        self._held: dict[Path, Read] = {}
        self._job: Job | None = None

    def want(self, paths: Sequence[Path]) -> None:
        """Read these, the likeliest first, and let others go."""
        wanted = list(dict.fromkeys(paths))[:MOST_HELD]
        self._held = {path: held for path, held in self._held.items() if path in wanted}
        missing = [path for path in wanted if path not in self._held]
        if self._job is not None:
            self._job.cancel()
            self._job = None
        if not missing:
            return
        settings, store = self._session.settings, self._session.store
        given = {path: settings.given_options(path.parent) for path in missing}

        def work(progress: Progress) -> dict[Path, Read]:
            from cardio_desktop.io import open_given

            found: dict[Path, Read] = {}
            for path in missing:
                progress(0.0)
                try:
                    stamp = _stamp(path)
                    record = open_given(path, progress, given[path])
                    if record.duration_s > LONGEST_S:
                        continue
                    store.key_of(record)
                    for lead in record.traces.values():
                        lead.millivolts()  # the samples too, where they are read when they are asked for
                except (CardioError, OSError, MemoryError):
                    continue
                found[path] = stamp, given[path], record
            return found

        self._job = Job("", work)
        self._job.done.connect(self._read)
        self._session.jobs.start(self._job, priority=-2)

    def take(self, path: Path) -> Record | None:
        """Return a record that was read ahead, None where it was not or its files have changed since."""
        held = self._held.pop(path, None)
        if held is None:
            return None
        stamp, given, record = held
        try:
            same = _stamp(path) == stamp
        except (CardioError, OSError):
            return None
        return record if same and given == self._session.settings.given_options(path.parent) else None

    def _read(self, found: dict[Path, Read]) -> None:
        if self.sender() is self._job:
            self._held |= found
            self._job = None


def _stamp(path: Path) -> str:
    from cardio_desktop.io.folder import describe_file

    return describe_file(path).stamp
