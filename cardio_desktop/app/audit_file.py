"""The audit trail in the store's file, and the head of each chain in a file of its own beside it."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from cardio_desktop.app.store_rows import AUDIT, Name, Row, checked
from cardio_desktop.app.store_statements import Kept, rows_named, rows_of, text, values_of, write_rows
from cardio_desktop.app.store_tables import COLUMNS, tables
from cardio_desktop.core.audit import Entry, Event, Head, append, from_body, head_of, to_body

if TYPE_CHECKING:
    from sqlalchemy import Connection

ENDING = ".audit-head"


def row_of(entry: Entry) -> Row:
    """Return an entry as a row of its table; its id sorts as it counts."""
    name = f"{entry.chain}/{entry.sequence:012d}"
    return Row(entry.event.record, AUDIT, name, to_body(entry), entry.sequence, entry.event.time)


def append_events(connection: Connection, path: Path, events: Sequence[Event]) -> Head:
    """Append events to the chain of the store at `path`, within the caller's transaction; returns the new head."""
    audit = tables().audit
    head = _continued(connection, path, _own_chain(connection, events[0].station))
    values = []
    for event in events:
        entry = append(head, event)
        values.append(values_of(row_of(entry)))
        head = head_of(entry)
    connection.execute(audit.insert(), values)
    return head


def _own_chain(connection: Connection, station: str) -> str:
    """Return this store's chain on this computer: a copy that goes on elsewhere begins one of its own."""
    known = tables()
    name = ("", "local", f"chain:{station}")
    found = rows_named(connection, known.items, [name]).get(name)
    if found is not None and found.body:
        return str(json.loads(found.body)["chain"])
    return _begin_chain(connection, name)


def _begin_chain(connection: Connection, name: Name) -> str:
    known, chain = tables(), uuid4().hex
    made = Row(*name, json.dumps({"chain": chain}), 0, "")
    write_rows(connection, known.items, known.past, [made], lambda _kind, _theirs, mine: mine)
    return chain


def begin_new_chain(file: Kept, chain: str) -> None:
    """Let whoever appends to `chain` begin another one."""
    with file.transaction() as connection:
        for row in rows_of(connection, tables().items, ""):
            if row.kind == "local" and row.body and json.loads(row.body).get("chain") == chain:
                _begin_chain(connection, row.name)


def _continued(connection: Connection, path: Path, chain: str) -> Head:
    """Return what the next entry follows: the last one, or the head that was kept where that went further.

    Entries that were cut off then leave a gap, which nothing that is written later can close.
    """
    from sqlalchemy import select

    audit = tables().audit
    query = select(audit.c.body).where(audit.c.id > f"{chain}/", audit.c.id < f"{chain}0").order_by(audit.c.id.desc())
    found = connection.execute(query.limit(1)).fetchone()
    last = from_body(text(found[0])) if found is not None else None
    head = Head.before(chain) if last is None else head_of(last)
    kept = kept_heads(path).get(chain)
    return kept if kept is not None and kept.count >= head.count else head


def heads_file(path: Path) -> Path:
    """Return where the heads of the store at `path` are kept."""
    return path.with_name(path.name + ENDING)


def kept_heads(path: Path) -> dict[str, Head]:
    """Return the heads that were kept of the store at `path`, by chain; none where that cannot be read."""
    try:
        chains = json.loads(heads_file(path).read_text(encoding="utf-8"))["chains"]
        return {chain: Head(chain, int(kept["count"]), str(kept["digest"])) for chain, kept in chains.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def keep_heads(path: Path, heads: Iterable[Head]) -> None:
    """Keep heads beside the store at `path`, where they go further than those that are kept; raises OSError."""
    kept = kept_heads(path)
    new = {head.chain: head for head in heads if head.chain not in kept or kept[head.chain].count < head.count}
    if not new:
        return
    chains = {chain: {"count": head.count, "digest": head.digest} for chain, head in {**kept, **new}.items()}
    target = heads_file(path)
    part = target.with_name(f"{target.name}-{os.getpid()}")
    with os.fdopen(os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w", encoding="utf-8") as stream:
        stream.write(json.dumps({"chains": chains}, indent=1))
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(target)


def read_trail(path: Path, record: str | None = None) -> tuple[list[Entry], int]:
    """Return the entries in the store at `path` as they were written, and how many are not what was written.

    Nothing of the file is changed, and nothing in it repaired. Raises sqlite3.Error where it cannot be read.
    """
    entries, spoilt = [], 0
    with contextlib.closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=5.0)) as found:
        found.text_factory = bytes
        if not found.execute("SELECT 1 FROM sqlite_master WHERE name = 'audit'").fetchone():
            return [], 0
        query = f"SELECT {COLUMNS} FROM audit"
        given = () if record is None else (record,)
        for values in found.execute(query if record is None else f"{query} WHERE record = ?", given):
            row = checked(values)
            entry = from_body(row.body) if row is not None and row.body is not None else None
            if row is None or entry is None or row_of(entry) != row:
                spoilt += 1
            else:
                entries.append(entry)
    return sorted(entries, key=lambda entry: (entry.event.time, entry.chain, entry.sequence)), spoilt
