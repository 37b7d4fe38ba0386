"""Results of earlier surveys, so that a folder that is opened again is complete at once; losing them costs time."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path

from cardio_desktop.core.file_names import kept_path
from cardio_desktop.core.person import Person
from cardio_desktop.reading.survey import Details, Summary, details_from, summary_from

MOST_ROWS = 100_000
FORM = 1
NAME_WAITS = "…"
"""What stands in the place of a patient's name until the record's own file has been asked for it again."""
Known = tuple[Details | None, Summary | None]


class SurveyCache:
    """A SQLite file of details and summaries by path, valid for one stamp of the files and one `fingerprint`.

    It holds no names of patients: where there is one, `NAME_WAITS` stands for it.

    Whatever goes wrong with the file makes the cache empty or forgetful, never an error.
    """

    def __init__(self, file: Path, fingerprint: str) -> None:
        self._fingerprint = fingerprint
        self._base: sqlite3.Connection | None = None
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            try:
                self._base = self._open(file)
            except sqlite3.DatabaseError:
                file.unlink(missing_ok=True)  # damaged: nothing in it is worth keeping
                self._base = self._open(file)
        except (OSError, sqlite3.Error):
            self._base = None

    @staticmethod
    def _open(file: Path) -> sqlite3.Connection:
        # Another window may be writing; half a second at most, for the reader waits.
        base = sqlite3.connect(file, timeout=0.5, check_same_thread=False)
        file.chmod(0o600)  # paths and findings are nobody else's business
        base.execute("PRAGMA secure_delete=ON")
        if base.execute("PRAGMA user_version").fetchone()[0] < FORM:
            # Earlier versions kept names of patients here.
            base.execute("DROP TABLE IF EXISTS survey")
            base.commit()
            base.execute("VACUUM")
            base.execute(f"PRAGMA user_version={FORM}")
        base.execute("PRAGMA journal_mode=WAL")
        base.execute("PRAGMA synchronous=OFF")
        base.execute(
            "CREATE TABLE IF NOT EXISTS survey (path TEXT PRIMARY KEY, stamp TEXT, fingerprint TEXT, details TEXT, "
            "summary TEXT)"
        )
        base.commit()
        return base

    def get(self, stamps: Mapping[str, str]) -> dict[str, Known]:
        """Return what is known of the paths, for those whose stamp is still the same."""
        if self._base is None:
            return {}
        found: dict[str, Known] = {}
        names = {kept_path(Path(path)): path for path in stamps}
        paths = list(names)
        try:
            for first in range(0, len(paths), 500):
                some = paths[first : first + 500]
                marks = ",".join("?" * len(some))
                rows = self._base.execute(f"SELECT * FROM survey WHERE path IN ({marks})", some)
                for name, stamp, fingerprint, details, summary in rows:
                    path = names[name]
                    if stamp == stamps[path]:
                        found[path] = _known(details, summary if fingerprint == self._fingerprint else None)
        except (sqlite3.Error, ValueError, KeyError):
            return {}
        return found

    def put(self, rows: Sequence[tuple[str, str, Details | None, Summary | None]]) -> None:
        """Keep (path, stamp, details, summary) of some records."""
        if self._base is None or not rows:
            return
        made = [
            (
                kept_path(Path(path)),
                stamp,
                self._fingerprint,
                json.dumps(asdict(_nameless(details))) if details else None,
                json.dumps(asdict(summary)) if summary else None,
            )
            for path, stamp, details, summary in rows
        ]
        try:
            self._base.executemany("INSERT OR REPLACE INTO survey VALUES (?, ?, ?, ?, ?)", made)
            self._base.execute(
                "DELETE FROM survey WHERE rowid <= (SELECT max(rowid) FROM survey) - ?",
                (MOST_ROWS,),
            )
            self._base.commit()
        except (sqlite3.Error, ValueError):
            return

    def close(self) -> None:
        """Let go of the file."""
        if self._base is not None:
            self._base.close()
            self._base = None


def _nameless(details: Details) -> Details:
    """Return what may be kept: a cache that nobody knows of is no place for who a patient is."""
    return replace(details, patient=NAME_WAITS if details.patient else "", person=Person())


def _known(details: str | None, summary: str | None) -> Known:
    try:
        return (
            details_from(json.loads(details)) if details else None,
            summary_from(json.loads(summary)) if summary else None,
        )
    except (ValueError, TypeError, KeyError):
        return None, None
