"""The SQLite file of the reader's work: rows with versions and digests, merged on writing, checked on opening."""

from __future__ import annotations

import contextlib
import logging
import os
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cardio_desktop.app.audit_file import append_events, keep_heads
from cardio_desktop.app.store_outbox import add_to_outbox
from cardio_desktop.app.store_rows import AUDIT, Name, Row, digest_of
from cardio_desktop.app.store_rows import DamagedError as DamagedError
from cardio_desktop.app.store_statements import (
    Merge,
    all_checked,
    import_rows,
    plain_errors,
    rows_of,
    rows_of_many,
    text,
    write_rows,
)
from cardio_desktop.app.store_tables import COLUMNS as COLUMNS
from cardio_desktop.app.store_tables import tables
from cardio_desktop.core.audit import Event

if TYPE_CHECKING:
    from sqlalchemy import Connection

_log = logging.getLogger(__name__)

BUSY_MS = 5000
CHECKED_AT_ONCE_BYTES = 4 << 20
"""A larger file opens first and is checked whole while it is in use: a row that is read is checked at any rate."""
CHECKED_ROWS = 500
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
    """
    CREATE TABLE audit (
        record TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL PRIMARY KEY, body TEXT, version INTEGER NOT NULL,
        changed TEXT NOT NULL, digest TEXT NOT NULL
    );
    CREATE INDEX audit_of ON audit (record);
    CREATE TRIGGER audit_stays BEFORE DELETE ON audit BEGIN
        SELECT RAISE(ABORT, 'the audit trail only grows');
    END;
    CREATE TRIGGER audit_holds BEFORE UPDATE ON audit BEGIN
        SELECT RAISE(ABORT, 'the audit trail only grows');
    END;
    CREATE TABLE notes (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE outbox (
        record TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (record, kind, id)
    ) WITHOUT ROWID;
    CREATE TABLE known (
        record TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL,
        PRIMARY KEY (record, kind, id)
    ) WITHOUT ROWID;
    """,
)
"""The steps from an empty file to the present schema; a step that was released is never changed."""
WITH_AUDIT = 4
FROM_OUTSIDE = frozenset({3, 5, 6, 7, 8, 9, 10, 13, 14, 15, 23})
"""SQLite's result codes for what the system refuses (locked, full, read-only, no memory); others come of the bytes."""

FROM_BYTES = frozenset({522, 8458})
"""Codes of reading that speak of the file all the same: it ends too early, or the file system knows it is damaged."""


class TooNewError(Exception):
    """The file was written by a later version of the program."""


class StoreFile:
    """A connection that writes and one that reads; any thread may use them, and reading never waits for writing.

    Opening and checking are SQLite's own; what is asked and written goes through SQLAlchemy, over these connections.
    """

    def __init__(self, path: Path, *, thorough: bool = False) -> None:
        """Open or make the file; raises DamagedError, TooNewError, or OSError and sqlite3.Error where it cannot be.

        A large file is checked whole only if `thorough`; else `checked` is False, and `check_all` does it.
        """
        self.path = path
        self.log = b""
        """The log as it lay there before the file was opened, until what is in it has been looked through."""
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not path.exists():
            _make(path)
        self._lock, self._read_lock = threading.RLock(), threading.RLock()
        _check_header(path)
        self.checked = thorough or path.stat().st_size <= CHECKED_AT_ONCE_BYTES
        self._connection = _connect(path)
        self._run: Connection | None = None
        self._read: Connection | None = None
        try:
            _prepare(self._connection, path, whole=self.checked)
        except BaseException:
            self._connection.close()
            raise
        self._reader = _connect(path)
        self._identity = path.stat().st_ino

    def close(self) -> None:
        """Close the connections."""
        with self._lock, self._read_lock, contextlib.suppress(sqlite3.Error):
            for used in (self._read, self._run):
                if used is not None:
                    used.close()
            self._reader.close()
            self._connection.close()

    @property
    def is_large(self) -> bool:
        """Whether checking and copying it takes so long that nobody should wait for that."""
        try:
            return self.path.stat().st_size > CHECKED_AT_ONCE_BYTES
        except OSError:
            return False

    def warm(self) -> None:
        """Get ready for the first statement, which else would wait for SQLAlchemy."""
        with self._read_lock:
            self._reading()

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

    def check_all(self, stopped: Callable[[], bool]) -> None:
        """Check the whole file over a connection of its own; raises DamagedError. Leaves off once `stopped`."""
        try:
            with contextlib.closing(_connect(self.path)) as connection:
                check(connection, stopped)
        except sqlite3.Error as error:
            raise _told(error) from error
        self.checked = True

    # Over SQLAlchemy --------------------------------------------------------------------------------------------

    def _reading(self) -> Connection:
        if self._read is None:
            self._read = _alchemy(self._reader)
        return self._read

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """Lend the connection that reads."""
        with self._read_lock, plain_errors():
            yield self._reading()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[Connection]:
        """All of what is written within, or none."""
        with self._lock:
            if self._run is None:
                self._run = _alchemy(self._connection)
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                with plain_errors():
                    yield self._run
                self._connection.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(sqlite3.Error):
                    self._connection.execute("ROLLBACK")
                raise

    def rows(self, record: str) -> list[Row]:
        """Return the items of one record, deleted ones included; raises DamagedError where one is not what it was."""
        try:
            with self.reading() as connection:
                return rows_of(connection, tables().items, record)
        except sqlite3.Error as error:
            raise _told(error) from error

    def rows_of_many(self, records: Sequence[str]) -> list[Row]:
        """Return the items of many records; raises as `rows`."""
        try:
            with self.reading() as connection:
                return rows_of_many(connection, tables().items, records)
        except sqlite3.Error as error:
            raise _told(error) from error

    def all_rows(self) -> list[Row]:
        """Return every item and every entry of the audit trail; raises DamagedError where one is not what it was."""
        from sqlalchemy import select

        found: list[Row] = []
        for table in (tables().items, tables().audit):
            columns = [table.c[name] for name in COLUMNS.split(", ")]
            with self.reading() as connection:
                found += all_checked(connection.execute(select(*columns)).fetchall())
        return found

    def write(self, rows: Sequence[Row], merge: Merge, events: Sequence[Event] = ()) -> list[Row]:
        """Write all rows or none, and `events` into the audit trail; return rows as they stand (see `write_rows`)."""
        known = tables()
        head = None
        with self.transaction() as connection:
            written = write_rows(connection, known.items, known.past, rows, merge)
            add_to_outbox(connection, [done.row for done in written if not done.stood])
            if events:
                head = append_events(connection, self.path, events)
        if head is not None:
            try:
                keep_heads(self.path, [head])
            except OSError as error:  # the next one goes further; the entries themselves are on the disk
                _log.warning("the head of the audit trail is not kept: %s", error)
        return [done.row for done in written]

    def remember_file(self, path: str, size: int, modified_ns: int, record: str) -> None:
        """Remember which record lies at a path."""
        files = tables().files
        values = {"path": path, "size": size, "modified_ns": modified_ns, "record": record}
        with self.transaction() as connection:
            connection.execute(files.insert().prefix_with("OR REPLACE"), values)

    def record_at(self, path: str, size: int, modified_ns: int) -> str | None:
        """Return the record that was seen at a path, unless the file has changed since."""
        from sqlalchemy import select

        files = tables().files
        query = select(files.c.record).where(
            files.c.path == path, files.c.size == size, files.c.modified_ns == modified_ns
        )
        with self.reading() as connection:
            found = connection.execute(query).fetchone()
        return text(found[0]) if found else None

    def lacks(self, rows: Mapping[Name, Row]) -> bool:
        """Whether one of these rows is not there, or in an older version only."""
        there: dict[Name, int] = {}
        with self._read_lock:
            for table in ("items", "audit"):
                found = self._reader.execute(f"SELECT record, kind, id, version FROM {table}")
                there.update({(text(a), text(b), text(c)): version for a, b, c, version in found})
        return any(there.get(name, -1) < row.version for name, row in rows.items())

    def import_rows(self, rows: Iterable[Row]) -> int:
        """Take rows over, with their versions, where none or an older one stands; returns how many."""
        given, known = list(rows), tables
        if not given:
            return 0
        with self.transaction() as connection:
            count = import_rows(connection, known().items, known().audit, given)
            add_to_outbox(connection, [row for row in given if row.kind != AUDIT])
        return count


def _alchemy(connection: sqlite3.Connection) -> Connection:
    """Return SQLAlchemy over a connection of ours, which begins and ends its transactions itself."""
    from sqlalchemy import StaticPool, create_engine

    engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)
    with plain_errors():
        return engine.connect().execution_options(isolation_level="AUTOCOMMIT")


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=BUSY_MS / 1000, isolation_level=None, check_same_thread=False)
    # Text comes as bytes: one that is no text must not hide the others.
    connection.text_factory = bytes
    connection.create_function("digest_of", 6, _sql_digest, deterministic=True)
    return connection


def _sql_digest(record: bytes, kind: bytes, name: bytes, body: bytes | None, version: int, changed: bytes) -> str:
    told = [None if value is None else text(value) for value in (record, kind, name, body, changed)]
    return digest_of(str(told[0]), str(told[1]), str(told[2]), told[3], version, str(told[4]))


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


def _prepare(connection: sqlite3.Connection, path: Path, *, whole: bool = True) -> None:
    """Check the file and bring it up to date; raises DamagedError, TooNewError or sqlite3.Error."""
    run = connection.execute
    try:
        if whole:
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
            for statement in _statements(script):
                run(statement)
            run(f"PRAGMA user_version={number}")
            run(f"PRAGMA application_id={APPLICATION_ID + number}")
        run("COMMIT")
    except sqlite3.Error as error:
        raise _told(error) from error


def _statements(script: str) -> Iterator[str]:
    """Yield the statements of a script one by one; those of a trigger belong to it."""
    gathered = ""
    for part in script.split(";")[:-1]:
        gathered += part + ";"
        if sqlite3.complete_statement(gathered):
            yield gathered
            gathered = ""


def check(connection: sqlite3.Connection, stopped: Callable[[], bool] = lambda: False) -> None:
    """Raise DamagedError where the pages do not fit together or a row is not what was written."""
    run = connection.execute
    if run("PRAGMA integrity_check(1)").fetchone()[0] not in (b"ok", "ok"):
        raise DamagedError
    version = run("PRAGMA user_version").fetchone()[0]
    if version > len(MIGRATIONS):
        return
    for table, since in (("items", FIRST_MARKED), ("audit", WITH_AUDIT)):
        if version >= since:
            found = run(f"SELECT {COLUMNS} FROM {table}")
            while not stopped() and (rows := found.fetchmany(CHECKED_ROWS)):
                all_checked(rows)


def _keep_version(connection: sqlite3.Connection, path: Path) -> None:
    """Copy the file as the older program knew it, before it is changed."""
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    copy = path.with_name(f"{path.name}.version-{version}")
    if not copy.exists():
        with contextlib.closing(sqlite3.connect(copy)) as target:
            connection.backup(target)
