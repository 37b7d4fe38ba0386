"""The SQLite file of the reader's work: rows with versions, merged on writing, put aside when damaged."""

from __future__ import annotations

import contextlib
import logging
import os
import sqlite3
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cardio_desktop.app.i18n import tr

_log = logging.getLogger(__name__)

BUSY_MS = 5000
KEPT_VERSIONS = 20
MIGRATIONS = (
    """
    CREATE TABLE items (
        record TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, body TEXT, version INTEGER NOT NULL,
        changed TEXT NOT NULL, PRIMARY KEY (record, kind, id)
    ) WITHOUT ROWID;
    CREATE TABLE past (
        record TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, body TEXT, version INTEGER NOT NULL,
        changed TEXT NOT NULL
    );
    CREATE INDEX past_of ON past (record, kind, id, version);
    """,
    """
    CREATE TABLE files (
        path TEXT PRIMARY KEY, size INTEGER NOT NULL, modified_ns INTEGER NOT NULL, record TEXT NOT NULL
    ) WITHOUT ROWID;
    """,
)
"""The steps from an empty file to the present schema; a step that was released is never changed."""

Merge = Callable[[str, str, str], str]
"""(kind, body that somebody else wrote meanwhile, own body) -> what is kept."""


class TooNewError(Exception):
    """The file was written by a later version of the program."""


class DamagedError(Exception):
    """The file is no intact database."""


@dataclass(frozen=True)
class Row:
    """One item: `body` is JSON, None once it is deleted; `version` counts its changes."""

    record: str
    kind: str
    id: str
    body: str | None
    version: int
    changed: str


TRANSIENT = frozenset({"session"})
"""Kinds of items whose past is of no use."""


class StoreFile:
    """A connection that writes and one that reads; any thread may use them, and reading never waits for writing."""

    def __init__(self, path: Path) -> None:
        """Open or make the file; raises DamagedError, TooNewError, or OSError and sqlite3.Error where it cannot be."""
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not path.exists():
            # Made by us first, so that nobody else on this machine may read it.
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        self._lock, self._read_lock = threading.RLock(), threading.RLock()
        self._connection = _connect(path)
        try:
            self._prepare()
        except BaseException:
            self._connection.close()
            raise
        self._reader = _connect(path)
        self._identity = path.stat().st_ino

    def _prepare(self) -> None:
        run = self._connection.execute
        try:
            if run("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise DamagedError
            run("PRAGMA journal_mode=WAL")
            run("PRAGMA synchronous=FULL")
            if 0 < run("PRAGMA user_version").fetchone()[0] < len(MIGRATIONS):
                self._keep_copy(run("PRAGMA user_version").fetchone()[0])
            run("BEGIN IMMEDIATE")
            version = run("PRAGMA user_version").fetchone()[0]
            if version > len(MIGRATIONS):
                raise TooNewError
            for number, script in enumerate(MIGRATIONS[version:], start=version + 1):
                for statement in script.split(";"):
                    run(statement)
                run(f"PRAGMA user_version={number}")
            run("COMMIT")
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError as error:
            raise DamagedError from error

    def _keep_copy(self, version: int) -> None:
        """Copy the file as the older program knew it, before it is changed."""
        copy = self.path.with_name(f"{self.path.name}.version-{version}")
        if not copy.exists():
            with contextlib.closing(sqlite3.connect(copy)) as target:
                self._connection.backup(target)

    def close(self) -> None:
        """Close the connection."""
        with self._lock, self._read_lock, contextlib.suppress(sqlite3.Error):
            self._reader.close()
            self._connection.close()

    def is_in_place(self) -> bool:
        """Whether the file is still what lies at its path: another process may have put it aside."""
        try:
            return self.path.stat().st_ino == self._identity
        except OSError:
            return False

    def data_version(self) -> int:
        """Return a number that changes when another connection has written."""
        with self._lock:
            return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def rows(self, record: str) -> list[Row]:
        """Return the items of one record, deleted ones included."""
        with self._read_lock:
            found = self._reader.execute(
                "SELECT record, kind, id, body, version, changed FROM items WHERE record = ?", (record,)
            ).fetchall()
        return [Row(*values) for values in found]

    def write(self, rows: Sequence[Row], merge: Merge) -> list[Row]:
        """Write all rows or none, and return them as they stand now.

        `version` of a given row is that on which the change was based. Where somebody else has written meanwhile, both
        are merged; a deletion gives way to a change that it did not know.
        """
        with self._lock:
            run = self._connection.execute
            run("BEGIN IMMEDIATE")
            try:
                written = [self._put(row, merge) for row in rows]
                run("COMMIT")
            except BaseException:
                with contextlib.suppress(sqlite3.Error):
                    run("ROLLBACK")
                raise
        return written

    def _put(self, row: Row, merge: Merge) -> Row:
        run = self._connection.execute
        name = (row.record, row.kind, row.id)
        there = run(
            "SELECT body, version, changed FROM items WHERE record = ? AND kind = ? AND id = ?", name
        ).fetchone()
        body, version = row.body, 1
        if there is not None:
            old, old_version, old_changed = there
            if old_version != row.version and old is not None:
                if body is None:
                    return Row(*name, old, old_version, old_changed)
                body = merge(row.kind, old, body)
            version = old_version + 1
            if row.kind in TRANSIENT:
                run("DELETE FROM items WHERE record = ? AND kind = ? AND id = ?", name)
                if body is None:
                    return Row(*name, None, version, row.changed)
        if there is not None and row.kind not in TRANSIENT:
            run("INSERT INTO past VALUES (?, ?, ?, ?, ?, ?)", (*name, old, old_version, old_changed))
            run(
                "DELETE FROM past WHERE record = ? AND kind = ? AND id = ? AND version <= ?",
                (*name, version - KEPT_VERSIONS),
            )
        run("INSERT OR REPLACE INTO items VALUES (?, ?, ?, ?, ?, ?)", (*name, body, version, row.changed))
        return Row(*name, body, version, row.changed)

    def remember_file(self, path: str, size: int, modified_ns: int, record: str) -> None:
        """Remember which record lies at a path."""
        with self._lock:
            self._connection.execute(
                "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)", (path, size, modified_ns, record)
            )

    def record_at(self, path: str, size: int, modified_ns: int) -> str | None:
        """Return the record that was seen at a path, unless the file has changed since."""
        with self._read_lock:
            found = self._reader.execute(
                "SELECT record FROM files WHERE path = ? AND size = ? AND modified_ns = ?", (path, size, modified_ns)
            ).fetchone()
        return str(found[0]) if found else None

    def import_rows(self, rows: Iterable[Row]) -> int:
        """Take rows over that were saved from a damaged file; returns how many."""
        with self._lock:
            count = 0
            for row in rows:
                values = (row.record, row.kind, row.id, row.body, row.version, row.changed)
                self._connection.execute("INSERT OR IGNORE INTO items VALUES (?, ?, ?, ?, ?, ?)", values)
                count += 1
        return count


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=BUSY_MS / 1000, isolation_level=None, check_same_thread=False)


def open_or_put_aside(path: Path) -> tuple[StoreFile, str]:
    """Open the file; a damaged one is put aside, and what can still be read of it is taken over.

    Returns the file and a sentence for the reader, empty where all is well. Raises as `StoreFile`.
    """
    try:
        return StoreFile(path), ""
    except DamagedError:
        _log.warning("%s is damaged", path)
    saved = list(salvage(path))
    aside = path.with_name(f"{path.name}.damaged-{datetime.now():%Y%m%d-%H%M%S-%f}")
    for ending in ("", "-wal", "-shm"):
        with contextlib.suppress(FileNotFoundError):
            Path(f"{path}{ending}").replace(f"{aside}{ending}")
    file = StoreFile(path)
    count = file.import_rows(saved)
    rest = tr("{count} entries could be saved from it") if count else tr("nothing could be read from it")
    words = tr(
        "The file of your calipers, beats and opinions was damaged: {rest}, and it was put aside as {file} in "
        "{folder}; restore a backup of it if you miss something."
    )
    return file, words.format(rest=rest.format(count=count), file=aside.name, folder=aside.parent)


def snapshot(path: Path) -> list[Row]:
    """Return every item of a file in a place where nothing can be written; none where there is no such file."""
    return list(salvage(f"{path.absolute().as_uri()}?mode=ro&immutable=1")) if path.is_file() else []


def salvage(path: Path | str) -> Iterable[Row]:
    """Yield every item that a damaged file still gives."""
    try:
        connected = sqlite3.connect(path, timeout=1.0, isolation_level=None, uri=isinstance(path, str))
        with contextlib.closing(connected) as connection:
            for values in connection.execute("SELECT record, kind, id, body, version, changed FROM items"):
                if all(isinstance(value, str) for value in (*values[:3], values[5])) and isinstance(values[4], int):
                    yield Row(*values)
    except (sqlite3.Error, UnicodeDecodeError):
        return
