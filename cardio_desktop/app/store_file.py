"""The SQLite file of the reader's work: rows with versions and digests, merged on writing, checked on opening."""

from __future__ import annotations

import contextlib
import logging
import os
import sqlite3
import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from cardio_desktop.app.store_rows import TRANSIENT as TRANSIENT
from cardio_desktop.app.store_rows import Row as Row
from cardio_desktop.app.store_rows import checked, digest_of

_log = logging.getLogger(__name__)

BUSY_MS = 5000
KEPT_VERSIONS = 20
APPLICATION_ID = 0x0EC60000
"""Marks the file as ours, its schema's number in the lower half: a flipped bit in either does not fit the other."""
FIRST_MARKED = 3
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
    """
    ALTER TABLE items ADD COLUMN digest TEXT NOT NULL DEFAULT '';
    UPDATE items SET digest = digest_of(record, kind, id, body, version, changed);
    """,
)
"""The steps from an empty file to the present schema; a step that was released is never changed."""
COLUMNS = "record, kind, id, body, version, changed, digest"
FROM_OUTSIDE = frozenset({3, 5, 6, 7, 8, 9, 10, 13, 14, 15, 23})
"""SQLite's result codes for what the system refuses (locked, full, read-only, no memory); others come of the bytes."""

FROM_BYTES = frozenset({522, 8458})
"""Codes of reading that speak of the file all the same: it ends too early, or the file system knows it is damaged."""

Merge = Callable[[str, str, str], str]
"""(kind, body that somebody else wrote meanwhile, own body) -> what is kept."""


class TooNewError(Exception):
    """The file was written by a later version of the program."""


class DamagedError(Exception):
    """The file is no intact database."""


class StoreFile:
    """A connection that writes and one that reads; any thread may use them, and reading never waits for writing."""

    def __init__(self, path: Path) -> None:
        """Open or make the file; raises DamagedError, TooNewError, or OSError and sqlite3.Error where it cannot be."""
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not path.exists():
            _make(path)
        self._lock, self._read_lock = threading.RLock(), threading.RLock()
        _check_header(path)
        self._connection = _connect(path)
        try:
            _prepare(self._connection, path)
        except BaseException:
            self._connection.close()
            raise
        self._reader = _connect(path)
        self._identity = path.stat().st_ino

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
        """Return the items of one record, deleted ones included; raises DamagedError where one is not what it was."""
        with self._read_lock:
            try:
                found = self._reader.execute(f"SELECT {COLUMNS} FROM items WHERE record = ?", (record,)).fetchall()
            except sqlite3.Error as error:
                raise _told(error) from error
        return _all_checked(found)

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
        there = run(f"SELECT {COLUMNS} FROM items WHERE record = ? AND kind = ? AND id = ?", row.name).fetchone()
        body, version = row.body, 1
        if there is not None:
            old = checked(there)
            if old is None:
                raise DamagedError
            if old.version != row.version and old.body is not None:
                if body is None:
                    return old
                body = merge(row.kind, old.body, body)
            version = old.version + 1
            if row.kind in TRANSIENT:
                run("DELETE FROM items WHERE record = ? AND kind = ? AND id = ?", row.name)
                if body is None:
                    return Row(*row.name, None, version, row.changed)
            else:
                run("INSERT INTO past VALUES (?, ?, ?, ?, ?, ?)", (*row.name, old.body, old.version, old.changed))
                run(
                    "DELETE FROM past WHERE record = ? AND kind = ? AND id = ? AND version <= ?",
                    (*row.name, version - KEPT_VERSIONS),
                )
        made = Row(*row.name, body, version, row.changed)
        self._insert("REPLACE", made)
        return made

    def _insert(self, otherwise: str, row: Row) -> None:
        values = (*row.name, row.body, row.version, row.changed, row.digest)
        self._connection.execute(f"INSERT OR {otherwise} INTO items ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)", values)

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
                "SELECT CAST(record AS BLOB) FROM files WHERE path = ? AND size = ? AND modified_ns = ?",
                (path, size, modified_ns),
            ).fetchone()
        return bytes(found[0]).decode("utf-8", "replace") if found else None

    def import_rows(self, rows: Iterable[Row]) -> int:
        """Take rows over, with their versions, where none or an older one stands; returns how many."""
        with self._lock:
            run = self._connection.execute
            run("BEGIN IMMEDIATE")
            try:
                count = 0
                for row in rows:
                    there = run(
                        "SELECT version FROM items WHERE record = ? AND kind = ? AND id = ?", row.name
                    ).fetchone()
                    if there is None or there[0] < row.version:
                        self._insert("REPLACE", row)
                        count += 1
                run("COMMIT")
            except BaseException:
                with contextlib.suppress(sqlite3.Error):
                    run("ROLLBACK")
                raise
        return count


def _all_checked(found: Iterable[tuple[object, ...]]) -> list[Row]:
    rows = [checked(values) for values in found]
    intact = [row for row in rows if row is not None]
    if len(intact) != len(rows):
        raise DamagedError
    return intact


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=BUSY_MS / 1000, isolation_level=None, check_same_thread=False)
    # Text comes as bytes: one that is no text must not hide the others.
    connection.text_factory = bytes
    connection.create_function("digest_of", 6, _sql_digest, deterministic=True)
    return connection


def _sql_digest(record: bytes, kind: bytes, name: bytes, body: bytes | None, version: int, changed: bytes) -> str:
    told = [None if value is None else _text(value) for value in (record, kind, name, body, changed)]
    return digest_of(str(told[0]), str(told[1]), str(told[2]), told[3], version, str(told[4]))


def _text(value: bytes | str) -> str:
    return value if isinstance(value, str) else value.decode("utf-8", "replace")


def _make(path: Path) -> None:
    """Make an empty file in one step, so that a file of no bytes is always a damaged one; only we may read it."""
    new = path.with_name(f"{path.name}.new-{os.getpid()}")
    new.unlink(missing_ok=True)
    os.close(os.open(new, os.O_CREAT | os.O_RDWR, 0o600))
    try:
        with contextlib.closing(_connect(new)) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        try:
            os.link(new, path)  # fails where another process was quicker, whose file it then is
        except FileExistsError:
            return
        except OSError:  # a disk without links
            if not path.exists():
                new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def _check_header(path: Path) -> None:
    """Raise DamagedError where SQLite would take the file for an empty, a foreign or an unchangeable one."""
    try:
        with path.open("rb") as file:
            head = file.read(100)
    except OSError:
        return  # SQLite says what is wrong
    if len(head) < 100 or head[:16] != b"SQLite format 3\0" or not {head[18], head[19]} <= {1, 2}:
        raise DamagedError
    schema, marked = int.from_bytes(head[60:64], "big"), int.from_bytes(head[68:72], "big")
    if marked & 0xFFFF0000 == APPLICATION_ID:
        # Our mark holds the number again; 0 stands in a file that was only just made.
        if marked & 0xFFFF != schema:
            raise DamagedError
    elif marked or schema >= FIRST_MARKED:
        raise DamagedError


def _told(error: sqlite3.Error) -> Exception:
    """Return DamagedError for what SQLite says of the bytes of a file, the error itself for what the system refuses."""
    code = getattr(error, "sqlite_errorcode", None)
    outside = code is None or (code & 0xFF in FROM_OUTSIDE and code not in FROM_BYTES)
    return error if outside else DamagedError()


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    """Check the file and bring it up to date; raises DamagedError, TooNewError or sqlite3.Error."""
    run = connection.execute
    try:
        check(connection)
        run("PRAGMA journal_mode=WAL")
        run("PRAGMA synchronous=FULL")
        if 0 < run("PRAGMA user_version").fetchone()[0] < len(MIGRATIONS):
            _keep_version(connection, path)
        run("BEGIN IMMEDIATE")
        version = run("PRAGMA user_version").fetchone()[0]
        if version > len(MIGRATIONS):
            raise TooNewError
        for number, script in enumerate(MIGRATIONS[version:], start=version + 1):
            for statement in script.split(";"):
                run(statement)
            run(f"PRAGMA user_version={number}")
            run(f"PRAGMA application_id={APPLICATION_ID + number}")
        run("COMMIT")
    except sqlite3.Error as error:
        raise _told(error) from error


def check(connection: sqlite3.Connection) -> None:
    """Raise DamagedError where the pages do not fit together or an item is not what was written."""
    run = connection.execute
    if run("PRAGMA integrity_check(1)").fetchone()[0] not in (b"ok", "ok"):
        raise DamagedError
    if FIRST_MARKED <= run("PRAGMA user_version").fetchone()[0] <= len(MIGRATIONS):
        _all_checked(run(f"SELECT {COLUMNS} FROM items"))


def _keep_version(connection: sqlite3.Connection, path: Path) -> None:
    """Copy the file as the older program knew it, before it is changed."""
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    copy = path.with_name(f"{path.name}.version-{version}")
    if not copy.exists():
        with contextlib.closing(sqlite3.connect(copy)) as target:
            connection.backup(target)
