"""Earlier records of the same patient, among all that were listed since the program started.

Who the patients are stands here in memory only; it is read from the records' own files each time.
"""

from __future__ import annotations

from pathlib import Path

from cardio_desktop.app.worklist_entry import Entry
from cardio_desktop.core.person import same_person


class Priors:
    """Knows records by their patients' numbers, and by names with birth dates."""

    def __init__(self) -> None:
        self._entries: dict[Path, Entry] = {}
        self._keys: dict[Path, tuple[str, ...]] = {}
        self._by_key: dict[str, dict[Path, None]] = {}

    def note(self, entry: Entry) -> set[Path]:
        """Take over what is known of a record; return the files of others for which that makes a difference."""
        path, keys = entry.path, entry.details.person.keys if entry.details is not None else ()
        before, old = self._entries.get(path), self._keys.get(path, ())
        self._entries[path] = entry
        same_time = before is not None and _start(before) == _start(entry)
        if keys == old and (same_time or not keys):
            return set()
        for key in set(old) - set(keys):
            self._by_key.get(key, {}).pop(path, None)
        for key in keys:
            self._by_key.setdefault(key, {})[path] = None
        self._keys[path] = keys
        return {other for key in {*keys, *old} for other in self._by_key.get(key, ())} - {path}

    def others(self, entry: Entry) -> list[Entry]:
        """Return the other records of the same patient, each ECG once, in the order in which they were listed."""
        details = entry.details
        if details is None:
            return []
        paths = {path: None for key in details.person.keys for path in self._by_key.get(key, ())}
        seen = {entry.key} - {""}
        found = []
        for path in paths:
            other = self._entries[path]
            if path == entry.path or other.key in seen or other.details is None:
                continue
            if same_person(details.person, other.details.person):
                seen |= {other.key} - {""}
                found.append(other)
        return found

    def before(self, entry: Entry) -> list[Entry]:
        """Return the earlier records of the same patient, the latest first; none where a file tells no time."""
        now = _start(entry)
        if not now:
            return []
        earlier = [other for other in self.others(entry) if "" < _start(other) < now]
        return sorted(earlier, key=_start, reverse=True)


def _start(entry: Entry) -> str:
    return entry.details.start_time if entry.details is not None else ""
