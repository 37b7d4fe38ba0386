"""The checked copy beside the store, and what is saved of a damaged store: from its bytes, its log and the copy."""

from __future__ import annotations

import contextlib
import logging
import os
import sqlite3
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from itertools import product
from pathlib import Path

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.store_file import (
    CHECKED_AT_ONCE_BYTES,
    COLUMNS,
    WITH_AUDIT,
    DamagedError,
    StoreFile,
    check,
)
from cardio_desktop.app.store_rows import AUDIT, LOCAL, Name, Row, checked
from cardio_desktop.app.store_salvage import Carved, bytes_of, carve, carve_files, newest

_log = logging.getLogger(__name__)

COPY_ENDING = ".copy"


def copy_of(path: Path) -> Path:
    """Return where the copy of a store lies."""
    return path.with_name(path.name + COPY_ENDING)


def make_copy(path: Path) -> None:
    """Replace the copy of a store by one of this moment, once it has proved sound.

    Raises DamagedError where what was copied is not sound, and sqlite3.Error or OSError where it cannot be written; the
    older copy then stays.
    """
    new = path.with_name(f"{path.name}{COPY_ENDING}-{os.getpid()}")
    new.unlink(missing_ok=True)
    os.close(os.open(new, os.O_CREAT | os.O_RDWR, 0o600))
    try:
        with (
            contextlib.closing(sqlite3.connect(path, timeout=5.0)) as source,
            contextlib.closing(sqlite3.connect(new, isolation_level=None)) as target,
        ):
            source.backup(target)
            target.text_factory = bytes
            target.execute("PRAGMA journal_mode=DELETE")  # one file, whole without a log
            check(target)
        with new.open("rb") as file:
            os.fsync(file.fileno())
        new.replace(copy_of(path))
    finally:
        for ending in ("", "-wal", "-shm", "-journal"):
            Path(f"{new}{ending}").unlink(missing_ok=True)


def rows_of_copy(path: Path) -> dict[Name, Row]:
    """Return the intact items of the copy of a store, none where there is none."""
    copy = copy_of(path)
    if not copy.is_file():
        return {}
    try:
        with contextlib.closing(_connect_unchanged(copy)) as connection:
            found = [*connection.execute(f"SELECT {COLUMNS} FROM items")]
            if connection.execute("PRAGMA user_version").fetchone()[0] >= WITH_AUDIT:
                found += connection.execute(f"SELECT {COLUMNS} FROM audit").fetchall()
            return newest(row for row in map(checked, found) if row is not None)
    except sqlite3.Error:
        return carve(bytes_of(copy)).rows


def _connect_unchanged(path: Path) -> sqlite3.Connection:
    """Open a file that nobody else writes, so that it and its folder stay as they are."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    connection.text_factory = bytes
    return connection


def open_or_put_aside(path: Path, *, thorough: bool = False) -> tuple[StoreFile, str]:
    """Open the store at `path`; a damaged one is put aside, and every item that is still intact is taken over.

    Items come from the file, from its log and from the copy, the latest version of each. Returns the file and a
    sentence for the reader, empty where all is well. Raises as `StoreFile`. A large file is returned as yet unchecked,
    unless `thorough`: `complete` has then to be called with its `log`.
    """
    missing = not path.exists()
    # Before SQLite opens it: a log that it does not believe it throws away.
    log = bytes_of(Path(f"{path}-wal"))
    main = bytes_of(path) if not missing and path.stat().st_size <= CHECKED_AT_ONCE_BYTES else None
    try:
        file = StoreFile(path, thorough=thorough or missing)
    except DamagedError:
        _log.warning("%s is damaged", path)
        return _replaced(path, carve(bytes_of(path) if main is None else main, log), rows_of_copy(path))
    file.log = log
    try:
        return file, complete(file, missing=missing) if file.checked else ""
    except BaseException:
        file.close()
        raise


def complete(file: StoreFile, *, missing: bool = False) -> str:
    """Take over what the file's log and its copy have and it has not; returns a sentence, empty where that is nothing.

    The end of a log that is damaged is no error to SQLite; and a file that was taken away leaves its copy.
    """
    path = file.path
    rows = newest([*carve(b"", file.log).rows.values(), *rows_of_copy(path).values()])
    file.log = b""
    count = file.import_rows(rows.values()) if file.lacks(rows) else 0
    if not count:
        return ""
    words = (
        tr(
            "The file of your calipers, beats and opinions was missing: {count} entries were taken from its copy of "
            "{time}. What was done after that is lost; look through the records of that day."
        )
        if missing
        else tr(
            "The end of the file of your calipers, beats and opinions was damaged: {count} entries were restored; look "
            "through the records that you read last."
        )
    )
    return words.format(count=count, time=_age_of(path))


def _replaced(path: Path, found: Carved, older: dict[Name, Row]) -> tuple[StoreFile, str]:
    saved = newest([*found.rows.values(), *_read_by_sql(path), *older.values()])
    aside = path.with_name(f"{path.name}.damaged-{datetime.now():%Y%m%d-%H%M%S-%f}")
    for ending in ("", "-wal", "-shm"):
        with contextlib.suppress(FileNotFoundError):
            Path(f"{path}{ending}").replace(f"{aside}{ending}")
    file = StoreFile(path)
    file.import_rows(saved.values())
    words = tr(
        "The file of your calipers, beats and opinions was damaged and was put aside as {file} in {folder}: {rest}."
    )
    return file, words.format(rest=_account(saved, found, path), file=aside.name, folder=aside.parent)


def _account(saved: dict[Name, Row], found: Carved, path: Path) -> str:
    """Say how much was saved, what is known to be lost, and from when on more may be."""
    spoilt = frozenset(name for name in found.spoilt if name[1] != "local")
    # A name that nobody knows may be that of an item whose name was hit, and which the copy has given back.
    given_back = Counter(name[1] for name in saved.keys() - found.rows.keys() - spoilt)
    lost = Counter(name[1] for name in spoilt - saved.keys()) - given_back
    older = Counter(name[1] for name in spoilt & saved.keys() if name[1] != AUDIT)
    alive = sum(row.body is not None and row.kind not in (AUDIT, *LOCAL) for row in saved.values())
    parts = [tr("{count} entries could be saved").format(count=alive) if alive else tr("nothing could be read from it")]
    if older:
        parts.append(tr("as they stood in the copy of {time}: {what}").format(time=_age_of(path), what=_counted(older)))
    if lost:
        parts.append(tr("lost: {what}").format(what=_counted(lost)))
    if copy_of(path).is_file():
        parts.append(tr("check what you did after {time}").format(time=_age_of(path)))
    else:
        parts.append(tr("restore a backup of it if you miss something"))
    return "; ".join(parts)


def kind_words(kind: str) -> str:
    """Return what items of a kind are called."""
    names = {
        "caliper": tr("calipers"),
        "beat": tr("beats"),
        "opinion": tr("opinions and readings"),
        "read": tr("read marks"),
        "draft": tr("conclusions"),
        "signature": tr("signatures"),
        "addendum": tr("addenda"),
        "audit": tr("entries of the audit trail"),
    }
    return names.get(kind, kind)


def _counted(kinds: Counter[str]) -> str:
    return ", ".join(f"{count} {kind_words(kind)}" for kind, count in sorted(kinds.items()))


def _age_of(path: Path) -> str:
    try:
        moment = datetime.fromtimestamp(copy_of(path).stat().st_mtime)
    except OSError:
        return "?"
    return f"{moment:%Y-%m-%d %H:%M:%S}"


def _read_by_sql(path: Path) -> Iterable[Row]:
    """Return what SQLite itself still reads of a damaged file, from both ends: files of older versions have no digests.

    An item without a digest is believed where it is text that can be read.
    """
    rows: list[Row] = []
    for table, order in product(("items", "audit"), ("", " ORDER BY record DESC, kind DESC, id DESC")):
        for connect in (sqlite3.connect, _connect_unchanged):
            with contextlib.suppress(sqlite3.Error), contextlib.closing(connect(path)) as connection:
                connection.text_factory = bytes
                for values in connection.execute(f"SELECT * FROM {table}{order}"):
                    row = _believed(values)
                    if row is not None:
                        rows.append(row)
    return rows


def _believed(values: tuple[object, ...]) -> Row | None:
    if len(values) == len(COLUMNS.split(",")):
        return checked(values)
    try:
        record, kind, name, body, version, changed = (
            value.decode("utf-8") if isinstance(value, bytes) else value for value in values
        )
    except (UnicodeDecodeError, ValueError):
        return None
    row = Row(str(record), str(kind), str(name), None if body is None else str(body), 0, str(changed))
    return Row(*row.name, row.body, version, row.changed) if isinstance(version, int) else None


def snapshot(path: Path) -> list[Row]:
    """Return every item of a file in a place where nothing can be written; none where there is no such file."""
    if not path.is_file():
        return []
    return list(newest([*carve_files(path).rows.values(), *_read_by_sql(path)]).values())
