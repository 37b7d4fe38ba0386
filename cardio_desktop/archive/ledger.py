"""The ledger of an archive: what was done with each record, in one SQLite file to which only is added.

Each result is one transaction, so a process that is killed leaves whole rows and nothing else. `results` and
`documents` refuse changes and deletions (triggers say so to every program); `latest` says which result stands for a
name now. The write-ahead log with `synchronous=NORMAL` survives the death of the process; the last results may be lost
with the power, never the file (https://www.sqlite.org/pragma.html#pragma_synchronous).
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cardio_desktop.archive.places import Place
from cardio_desktop.core.errors import SQLITE_WHY, CardioError, one_line

FORM = 1
WAIT_S = 60.0
"""How long a writer waits for another one: shards may share a ledger."""
_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE versions (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
CREATE TABLE results (
  id INTEGER PRIMARY KEY,
  job TEXT NOT NULL,
  name TEXT NOT NULL,
  stamp TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  version INTEGER NOT NULL REFERENCES versions (id),
  done_at TEXT NOT NULL,
  took_s REAL NOT NULL,
  error TEXT NOT NULL,
  row TEXT NOT NULL
);
CREATE TABLE documents (result INTEGER PRIMARY KEY REFERENCES results (id), deflated BLOB NOT NULL);
CREATE TABLE latest (
  job TEXT NOT NULL,
  name TEXT NOT NULL,
  stamp TEXT NOT NULL,
  result INTEGER NOT NULL REFERENCES results (id),
  PRIMARY KEY (job, name)
) WITHOUT ROWID;
"""
_KEPT = "".join(
    f"CREATE TRIGGER {table}_{what.lower()} BEFORE {what} ON {table} "
    "BEGIN SELECT RAISE(ABORT, 'a finished result is never changed'); END;\n"
    for table in ("results", "documents", "versions")
    for what in ("UPDATE", "DELETE")
)


class LedgerError(CardioError):
    """A ledger that cannot be read or written, or is none."""

    kind = "ledger"


@dataclass(frozen=True)
class Outcome:
    """What came of one record: its files' hash and size, a flat row, and the whole result, compressed.

    `row` holds "error" (a kind) and "message" where there is no result. `sha256` is "" where no file could be read.
    `same` says that nothing was done because the files are those of the known result.
    """

    place: Place
    row: Mapping[str, Any]
    document: bytes = b""
    sha256: str = ""
    bytes: int = 0
    took_s: float = 0.0
    same: bool = False

    @property
    def error(self) -> str:
        """The kind of error, "" where there is a result."""
        return str(self.row.get("error") or "")


@dataclass(frozen=True)
class Known:
    """What a ledger knows of a name: stamp and hash of the files, whether it failed, under which versions."""

    stamp: str
    sha256: str
    error: str
    version: int


@dataclass(frozen=True)
class Entry:
    """One result that stands: its name, its flat row, its versions (JSON), and when it was made."""

    id: int
    name: str
    row: Mapping[str, Any]
    versions: str
    done_at: str
    took_s: float
    sha256: str
    bytes: int


class Ledger:
    """An open ledger. One thread uses it; several processes may."""

    def __init__(self, path: str | Path, *, write: bool = True) -> None:
        """Open the ledger at `path`, a new one where there is none and `write`; raises LedgerError."""
        self.path = Path(path)
        if not write and not self.path.is_file():
            raise LedgerError(f"{self.path}: there is no such ledger; make one by analyze with --ledger.")
        if self.path.is_dir() or (self.path.is_file() and not _is_ledger(self.path)):
            raise LedgerError(f"{self.path}: this is no ledger; choose another file.")
        with self._told():
            where = self.path if write else _to_read(self.path)
            self._base = sqlite3.connect(where, timeout=WAIT_S, isolation_level=None, uri=not write)
            try:
                self._set_up(write)
            except BaseException:
                self._base.close()
                raise
        self._numbers: dict[str, int] = {}

    def _set_up(self, write: bool) -> None:
        self._refuse_others()
        if write:
            self._base.execute("PRAGMA journal_mode=WAL")
            self._base.execute("PRAGMA synchronous=NORMAL")
            self._base.execute("BEGIN IMMEDIATE")
            if not self._tables():
                for statement in [*_TABLES.split(";\n"), *_KEPT.split("END;\n")]:
                    if statement.strip():
                        self._base.execute(statement + ("END" if "TRIGGER" in statement else ""))
                self._base.execute("INSERT INTO meta VALUES ('form', ?)", (str(FORM),))
            self._base.execute("COMMIT")
        else:
            self._base.execute("PRAGMA query_only=ON")
        if self.meta("form") != str(FORM):
            raise LedgerError(f"{self.path}: another version of Cardio Desktop made this ledger; use that version.")

    def _refuse_others(self) -> None:
        """Raise LedgerError for another program's database, before anything in it is touched."""
        if (tables := self._tables()) and not {"meta", "versions", "results", "latest"} <= tables:
            raise LedgerError(f"{self.path}: this is another program's database; choose another file.")

    def _tables(self) -> set[str]:
        return {name for (name,) in self._base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}

    def close(self) -> None:
        """Close the file."""
        self._base.close()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            why = SQLITE_WHY.get(str(error), one_line(str(error)))
            raise LedgerError(f"{self.path}: the ledger cannot be used ({why}); choose another place.") from error

    def meta(self, key: str) -> str | None:
        """Return what was noted under a key."""
        with self._told():
            found = self._base.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return None if found is None else str(found[0])

    def note(self, key: str, value: str) -> None:
        """Note something about the ledger as a whole."""
        with self._told():
            self._base.execute(
                "INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = ?2", (key, value)
            )

    def version(self, text: str) -> int:
        """Return the number of these versions, a new one where they are new."""
        if text not in self._numbers:
            with self._told():
                self._base.execute("INSERT OR IGNORE INTO versions (text) VALUES (?)", (text,))
                found = self._base.execute("SELECT id FROM versions WHERE text = ?", (text,)).fetchone()
            self._numbers[text] = int(found[0])
        return self._numbers[text]

    def known(self, job: str, name: str) -> Known | None:
        """Return what is known of a name, None where nothing is."""
        with self._told():
            found = self._base.execute(
                "SELECT latest.stamp, sha256, error, version FROM latest JOIN results ON results.id = latest.result "
                "WHERE latest.job = ? AND latest.name = ?",
                (job, _text(name)),
            ).fetchone()
        return None if found is None else Known(*found)

    def add(self, job: str, outcome: Outcome, versions: str) -> None:
        """Add a result as the one that stands for its name; one transaction."""
        place = outcome.place
        version = self.version(versions)
        with self._told():
            self._base.execute("BEGIN IMMEDIATE")
            try:
                if outcome.same:
                    self._base.execute(
                        "UPDATE latest SET stamp = ? WHERE job = ? AND name = ?", (place.stamp, job, _text(place.name))
                    )
                else:
                    self._insert(job, outcome, version)
                self._base.execute("COMMIT")
            except BaseException:
                self._base.execute("ROLLBACK")
                raise

    def _insert(self, job: str, outcome: Outcome, version: int) -> None:
        place = outcome.place
        number = self._base.execute(
            "INSERT INTO results (job, name, stamp, bytes, sha256, version, done_at, took_s, error, row) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(job, _text(place.name), place.stamp, outcome.bytes, outcome.sha256, version),
                *(datetime.now(UTC).isoformat(timespec="seconds"), round(outcome.took_s, 3), outcome.error),
                json.dumps(outcome.row),
            ),
        ).lastrowid
        if outcome.document:
            self._base.execute("INSERT INTO documents VALUES (?, ?)", (number, outcome.document))
        self._base.execute(
            "INSERT INTO latest VALUES (?1, ?2, ?3, ?4) ON CONFLICT (job, name) DO UPDATE SET stamp = ?3, result = ?4",
            (job, _text(place.name), place.stamp, number),
        )

    def entries(self, job: str | None = None) -> Iterator[Entry]:
        """Yield the results that stand, by name, one at a time: memory does not grow with the ledger."""
        where, values = ("WHERE latest.job = ?", (job,)) if job is not None else ("", ())
        with self._told():
            cursor = self._base.execute(
                "SELECT results.id, latest.name, row, versions.text, done_at, took_s, sha256, bytes FROM latest "
                "JOIN results ON results.id = latest.result JOIN versions ON versions.id = results.version "
                f"{where} ORDER BY latest.job, latest.name",
                values,
            )
            for number, name, row, *others in cursor:
                yield Entry(number, name, json.loads(row), *others)

    def entry(self, job: str, name: str) -> Entry | None:
        """Return the result that stands for a name."""
        with self._told():
            found = self._base.execute(
                "SELECT results.id, latest.name, row, versions.text, done_at, took_s, sha256, bytes FROM latest "
                "JOIN results ON results.id = latest.result JOIN versions ON versions.id = results.version "
                "WHERE latest.job = ? AND latest.name = ?",
                (job, _text(name)),
            ).fetchone()
        return None if found is None else Entry(found[0], found[1], json.loads(found[2]), *found[3:])

    def document(self, number: int) -> bytes:
        """Return the whole result of an entry, compressed; empty where there is none."""
        with self._told():
            found = self._base.execute("SELECT deflated FROM documents WHERE result = ?", (number,)).fetchone()
        return b"" if found is None else bytes(found[0])

    def counts(self) -> Sequence[tuple[str, int]]:
        """Return how many names have a result that stands, by job."""
        with self._told():
            return self._base.execute("SELECT job, count(*) FROM latest GROUP BY job ORDER BY job").fetchall()


def _text(name: str) -> str:
    """Return a file's name as SQLite takes it: bytes that are no UTF-8 are written out."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _to_read(path: Path) -> str:
    """Return how a ledger is opened that is only asked.

    Whoever may write there takes the log's files away again at the end; on a disk that cannot be written, SQLite
    must be told that nobody else writes, for it could not lock (https://www.sqlite.org/wal.html#readonly).
    """
    may_write = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    return f"{path.resolve().as_uri()}?{'mode=rw' if may_write else 'mode=ro&immutable=1'}"


def _is_ledger(path: Path) -> bool:
    """Return whether a file is a SQLite database, or empty and so may become one."""
    try:
        with path.open("rb") as file:
            start = file.read(16)
    except OSError as error:
        raise LedgerError(f"{path}: the ledger cannot be read ({error.strerror}); choose another place.") from error
    return start in (b"", b"SQLite format 3\0")
