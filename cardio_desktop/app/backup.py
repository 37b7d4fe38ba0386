"""Backups of the reader's work: one file with digests, made while the program runs; merged back, or put in its place.

The file is a ZIP without compression, so that a damaged one still shows its items to `store_salvage`.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cardio_desktop import __version__
from cardio_desktop.app.audit_file import ENDING, heads_file, keep_heads, kept_heads
from cardio_desktop.app.audit_log import event
from cardio_desktop.app.store_file import MIGRATIONS, DamagedError, StoreFile, TooNewError, check
from cardio_desktop.app.store_items import JOINED, merge_bodies
from cardio_desktop.app.store_outbox import add_to_outbox
from cardio_desktop.app.store_rows import AUDIT, LOCAL, Row
from cardio_desktop.app.store_salvage import carve, newest
from cardio_desktop.app.store_statements import keep_past, rows_named, text, write_rows
from cardio_desktop.app.store_tables import tables
from cardio_desktop.core.errors import ReadError, WriteError, why_not_written
from cardio_desktop.words import Remark

FORMAT = 1
STORE, KEY, MANIFEST = "reading-room.sqlite", "deidentify.key", "manifest.json"
MAGIC = b"SQLite format 3\0"
PRIVATE = 0o600


class DamagedBackupError(ReadError):
    """A backup that is not what was written."""

    def __init__(self, path: Path) -> None:
        """Say that nothing was restored, and what can be done."""
        super().__init__(path, Remark("backup-damaged"), Remark("backup-salvage"))


@dataclass(frozen=True)
class Restored:
    """What came back: items that were not there, words that were joined, what stayed as it is here, and remarks."""

    added: int
    joined: int
    kept: int
    entries: int
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class _Content:
    """What a backup holds, and what is to be said of it."""

    rows: tuple[Row, ...]
    key: bytes | None = None
    heads: bytes | None = None
    remarks: tuple[Remark, ...] = ()


# Making -------------------------------------------------------------------------------------------------------------


def make_backup(folder: Path, target: Path, *, replace: bool = False) -> int:
    """Write a backup of the work in `folder` and return its number of items; the program may run meanwhile.

    Raises ReadError where there is nothing to back up or it is damaged, WriteError where the backup cannot be written.
    """
    source = folder / STORE
    if not source.is_file():
        raise ReadError(source, Remark("store-not-there"), Remark("store-name-folder"))
    if target.exists() and not replace:
        raise WriteError(target, Remark("backup-exists"), Remark("backup-other-name"))
    part = target.with_name(f"{target.name}.part-{os.getpid()}")
    try:
        with tempfile.TemporaryDirectory(prefix="cardio-desktop-") as place:
            copy = Path(place) / STORE
            count = _copy(source, copy)
            members = {STORE: copy.read_bytes()}
            for name in (STORE + ENDING, KEY):
                with contextlib.suppress(FileNotFoundError):
                    members[name] = (folder / name).read_bytes()
        _write(part, members, count)
        _open(part.read_bytes(), target)  # what lies on the disk, not what was meant
        part.replace(target)
    except OSError as error:
        raise WriteError(
            target, Remark("cannot-write", {"why": why_not_written(error)}), Remark("other-folder")
        ) from error
    finally:
        part.unlink(missing_ok=True)
    return count


def _copy(source: Path, copy: Path) -> int:
    """Copy a store as it is at one moment, checked; returns how many items it holds."""
    try:
        with (
            contextlib.closing(sqlite3.connect(source, timeout=10.0)) as here,
            contextlib.closing(sqlite3.connect(copy, isolation_level=None)) as there,
        ):
            here.backup(there)
            there.text_factory = bytes
            there.execute("PRAGMA journal_mode=DELETE")
            check(there)
            kinds = [kind.decode() for (kind,) in there.execute("SELECT kind FROM items WHERE body IS NOT NULL")]
            return sum(kind not in LOCAL for kind in kinds)
    except (sqlite3.Error, DamagedError) as error:
        why = str(error) or "damaged"
        raise ReadError(source, Remark("store-unreadable", {"why": why}), Remark("store-open-first")) from error


def _write(path: Path, members: dict[str, bytes], count: int) -> None:
    told = {
        "format": FORMAT,
        "schema": len(MIGRATIONS),
        "program": __version__,
        "made": datetime.now().astimezone().isoformat(timespec="seconds"),
        "items": count,
        "files": {name: hashlib.sha256(data).hexdigest() for name, data in members.items()},
    }
    with os.fdopen(os.open(path, os.O_CREAT | os.O_RDWR | os.O_TRUNC, PRIVATE), "w+b") as stream:
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr(MANIFEST, json.dumps(told, indent=1))
            for name, data in members.items():
                archive.writestr(name, data)
        stream.flush()
        os.fsync(stream.fileno())


# Reading ------------------------------------------------------------------------------------------------------------


def _open(raw: bytes, path: Path) -> tuple[dict[str, bytes], dict[str, object]]:
    """Return the files in a backup and its manifest; ReadError for one that is damaged or from a later version."""
    damaged = DamagedBackupError(path)
    if raw.startswith(MAGIC):  # a store that somebody copied: its items have digests of their own
        return {STORE: raw}, {}
    try:
        with tempfile.TemporaryFile() as stream:
            stream.write(raw)
            with zipfile.ZipFile(stream) as archive:
                told = json.loads(archive.read(MANIFEST))
                _refuse_newer(told, path)
                members = {name: archive.read(name) for name in told["files"]}
        sound = all(hashlib.sha256(members[name]).hexdigest() == digest for name, digest in told["files"].items())
    except (
        zipfile.BadZipFile,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        NotImplementedError,
        EOFError,
    ) as error:
        raise damaged from error
    if not sound or STORE not in members:
        raise damaged
    return members, told


def _refuse_newer(told: dict[str, object], path: Path) -> None:
    for name, most in (("format", FORMAT), ("schema", len(MIGRATIONS))):
        number = told[name]
        if not isinstance(number, int):
            raise TypeError(name)
        if number > most:
            version = Remark("backup-newer", {"version": str(told.get("program", "?"))})
            raise ReadError(path, version, Remark("backup-install"))


def _content(path: Path) -> _Content:
    """Return what an intact backup holds; one of an earlier version is brought up to date on the way."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise ReadError(
            path, Remark("store-unreadable", {"why": why_not_written(error)}), Remark("other-folder")
        ) from error
    members, told = _open(raw, path)
    remarks = []
    with tempfile.TemporaryDirectory(prefix="cardio-desktop-") as place:
        copy = Path(place) / STORE
        copy.write_bytes(members[STORE])
        schema = int.from_bytes(members[STORE][60:64], "big")
        try:
            file = StoreFile(copy, thorough=True)
        except TooNewError as error:
            raise ReadError(path, Remark("backup-newer", {"version": "?"}), Remark("backup-install")) from error
        except (DamagedError, sqlite3.Error) as error:
            raise DamagedBackupError(path) from error
        try:
            rows = tuple(file.all_rows())
        finally:
            file.close()
    if schema < len(MIGRATIONS):
        version = str(told.get("program", "")) or "0.3"
        remarks.append(Remark("backup-older", {"version": version}))
    return _Content(rows, members.get(KEY), members.get(STORE + ENDING), tuple(remarks))


def _salvaged(path: Path) -> _Content:
    """Return what a damaged backup still holds, found by its items' own digests, and what is known to be lost."""
    raw = path.read_bytes()
    found = carve(raw[_store_in(raw) :])
    rows = tuple(newest(found.rows.values()).values())
    items = sum(row.kind not in (AUDIT, *LOCAL) for row in rows)
    lost = len([name for name in found.spoilt if name[1] not in LOCAL])
    expected = _expected(raw)
    remarks = [Remark("backup-salvaged", {"count": items})]
    missing = expected - sum(row.body is not None and row.kind not in (AUDIT, *LOCAL) for row in rows)
    if expected and missing > 0:
        remarks.append(Remark("backup-lost", {"count": missing}))
    elif lost:
        remarks.append(Remark("backup-lost", {"count": lost}))
    elif not expected:
        remarks.append(Remark("backup-lost-unknown"))
    return _Content(rows, remarks=tuple(remarks))


def _store_in(raw: bytes) -> int:
    """Return where the store begins in a damaged backup: at its own mark, else behind its name in the ZIP."""
    if (start := raw.find(MAGIC)) >= 0:
        return start
    named = re.search(rb"PK\x03\x04.{24}(..)" + re.escape(STORE.encode()), raw, re.DOTALL)
    return named.end() + int.from_bytes(named[1], "little") if named is not None else 0


def _expected(raw: bytes) -> int:
    """Return how many items the manifest of a damaged backup names, 0 where it cannot be read."""
    start = raw.find(b'{\n "format"')
    try:
        told, _ = json.JSONDecoder().raw_decode(raw[start : start + 4096].decode("utf-8", "replace"))
        return int(told["items"])
    except (ValueError, KeyError, TypeError):
        return 0


# Restoring ----------------------------------------------------------------------------------------------------------


def restore(folder: Path, source: Path, *, salvage: bool = False) -> Restored:
    """Merge a backup into the work in `folder`; nothing that is there is lost, and the program may run meanwhile.

    What is not there comes back; words that differ are joined; of everything else what is there stays, and the
    backup's version goes into its past. Raises ReadError for a backup that is damaged (unless `salvage`) or newer.
    """
    try:
        content = _content(source)
    except DamagedBackupError:
        if not salvage:
            raise
        content = _salvaged(source)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        file = StoreFile(folder / STORE)
    except (DamagedError, TooNewError, sqlite3.Error) as error:
        path = folder / STORE
        raise ReadError(path, Remark("store-unreadable", {"why": str(error)}), Remark("store-open-first")) from error
    try:
        done = _merge(file, content)
        file.write([], merge_bodies, [event("restore", "", source.name)])
    finally:
        file.close()
    remarks = [*content.remarks, *_restore_key(folder, content.key)]
    _restore_heads(folder / STORE, content.heads)
    return Restored(*done, tuple(remarks))


def replace(folder: Path, source: Path) -> tuple[Restored, Path | None]:
    """Put a backup in the place of the work in `folder`; returns also where the work that was there has been put.

    Nobody may use the folder meanwhile. Raises as `restore`.
    """
    _content(source)  # raises before anything is moved
    path = folder / STORE
    aside = None
    if path.exists():
        aside = path.with_name(f"{STORE}.before-restore-{datetime.now():%Y%m%d-%H%M%S-%f}")
        for ending in ("", "-wal", "-shm", ENDING, ".copy"):
            with contextlib.suppress(FileNotFoundError):
                Path(f"{path}{ending}").replace(f"{aside}{ending}")
    return restore(folder, source), aside


def _merge(file: StoreFile, content: _Content) -> tuple[int, int, int, int]:
    known = tables()
    items = [row for row in content.rows if row.kind not in (AUDIT, *LOCAL)]
    entries = [row for row in content.rows if row.kind == AUDIT]
    with file.reading() as connection:
        before = rows_named(connection, known.items, [row.name for row in items])
        there = rows_named(connection, known.audit, [row.name for row in entries])
    file.import_rows([row for row in items if row.name not in before])
    file.import_rows([row for row in entries if row.name not in there])
    differing = [row for row in items if row.name in before and before[row.name].body != row.body]
    fresh = [row for row in differing if row.body is not None and not _was(file, before[row.name], row)]
    words: list[Row] = []
    kept: list[Row] = []
    with file.transaction() as connection:
        for row in fresh:
            here = before[row.name]
            if row.kind in JOINED and here.body is not None:
                both = merge_bodies(row.kind, row.body or "", here.body)
                if both != here.body:
                    words.append(Row(*row.name, both, here.version, here.changed))
                    continue
            kept.append(row)
        written = write_rows(connection, known.items, known.past, words, merge_bodies)
        joined = sum(not done.stood for done in written)
        keep_past(connection, known.past, kept)
        add_to_outbox(connection, [done.row for done in written])
    added = sum(row.name not in before and row.body is not None for row in items)
    return added, joined, len(differing) - joined, len(entries) - len(there)


def _was(file: StoreFile, here: Row, row: Row) -> bool:
    """Whether what a backup holds of an item is what it was here once: then it has only gone on since."""
    from sqlalchemy import select

    past = tables().past
    query = select(past.c.body).where(past.c.record == here.record, past.c.kind == here.kind, past.c.id == here.id)
    with file.reading() as connection:
        bodies = [value[0] for value in connection.execute(query).fetchall()]
    return any(body is not None and text(body) == row.body for body in bodies)


def _restore_key(folder: Path, key: bytes | None) -> Iterable[Remark]:
    """Put the key of the pseudonyms back where there is none; one that is there stays."""
    path = folder / KEY
    if key is None:
        return ()
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE), "wb") as stream:
            stream.write(key)
    except FileExistsError:
        return () if path.read_bytes() == key else (Remark("backup-other-key"),)
    return ()


def _restore_heads(path: Path, heads: bytes | None) -> None:
    """Take over how far chains went that are not known here."""
    if heads is None:
        return
    with tempfile.TemporaryDirectory(prefix="cardio-desktop-") as place:
        copy = Path(place) / STORE
        heads_file(copy).write_bytes(heads)
        kept = kept_heads(path)
        keep_heads(path, [head for head in kept_heads(copy).values() if head.chain not in kept])
