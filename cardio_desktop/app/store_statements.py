"""What is asked of the tables and written to them, the same for a reader's file and for a clinic's database."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from cardio_desktop.app.store_rows import APPEND_ONLY, AUDIT, LOCAL, TRANSIENT, DamagedError, Name, Row, checked
from cardio_desktop.app.store_tables import COLUMNS

if TYPE_CHECKING:
    from sqlalchemy import Connection, Select, Table

Merge = Callable[[str, str, str], str]
"""(kind, body that somebody else wrote meanwhile, own body) -> what is kept."""
KEPT_VERSIONS = 20
ONE_BY_ONE = 3
"""So many items are looked up each by itself, more of them together."""
AT_ONCE = 300
_COLUMNS = COLUMNS.split(", ")


class Kept(Protocol):
    """A reader's file, as far as it is asked and written here."""

    def reading(self) -> contextlib.AbstractContextManager[Connection]:
        """Lend the connection that reads."""

    def transaction(self) -> contextlib.AbstractContextManager[Connection]:
        """All of what is written within, or none."""


@dataclass(frozen=True)
class Written:
    """An item as it stands now; `met` where somebody else had changed it to something else meanwhile."""

    row: Row
    met: bool = False
    stood: bool = False
    """Whether it stood there like this already."""


@contextlib.contextmanager
def plain_errors() -> Iterator[None]:
    """Raise what the database said itself, not SQLAlchemy's wrapping of it."""
    from sqlalchemy.exc import DBAPIError, ResourceClosedError

    try:
        yield
    except DBAPIError as error:
        raise (error.orig or error) from error
    except ResourceClosedError as error:
        raise sqlite3.ProgrammingError("the store is closed") from error


def all_checked(found: Iterable[Sequence[object]]) -> list[Row]:
    """Return rows of the database as items; raises DamagedError where one is not what was written."""
    rows = [checked(tuple(values)) for values in found]
    intact = [row for row in rows if row is not None]
    if len(intact) != len(rows):
        raise DamagedError
    return intact


def rows_of(connection: Connection, table: Table, record: str) -> list[Row]:
    """Return the rows of one record."""
    return all_checked(connection.execute(_of_record(table), {"wanted": record}).fetchall())


def rows_of_many(connection: Connection, table: Table, records: Sequence[str]) -> list[Row]:
    """Return the rows of these records."""
    from sqlalchemy import select

    found: list[Sequence[object]] = []
    for start in range(0, len(records), AT_ONCE):
        query = select(*_of(table)).where(table.c.record.in_(records[start : start + AT_ONCE]))
        found += connection.execute(query).fetchall()
    return all_checked(found)


@cache
def _of_record(table: Table) -> Select[Any]:
    """Return the question for the rows of a record, made once: asking it takes less than making it."""
    from sqlalchemy import bindparam, select

    return select(*_of(table)).where(table.c.record == bindparam("wanted"))


def rows_named(connection: Connection, table: Table, names: Iterable[Name]) -> dict[Name, Row]:
    """Return the rows of these names that there are."""
    from sqlalchemy import select, tuple_

    wanted = list(names)
    found: list[Sequence[object]] = []
    key = (table.c.record, table.c.kind, table.c.id)
    if len(wanted) <= ONE_BY_ONE:
        for record, kind, name in wanted:
            query = select(*_of(table)).where(key[0] == record, key[1] == kind, key[2] == name)
            found += connection.execute(query).fetchall()
    else:
        for start in range(0, len(wanted), AT_ONCE):
            query = select(*_of(table)).where(tuple_(*key).in_(wanted[start : start + AT_ONCE]))
            found += connection.execute(query).fetchall()
    return {row.name: row for row in all_checked(found)}


def write_rows(
    connection: Connection,
    items: Table,
    past: Table,
    rows: Sequence[Row],
    merge: Merge,
    more: Callable[[], Mapping[str, Any]] = dict,
) -> list[Written]:
    """Write rows, each name once, within the caller's transaction; return them as they stand now.

    `version` of a given row is that on which the change was based. Where somebody else has written meanwhile, both are
    merged; a deletion gives way to a change that it did not know, and what was signed stays as it is. `more` makes the
    values of a table's further columns for one row.
    """
    from sqlalchemy import bindparam

    there = rows_named(connection, items, [row.name for row in rows])
    written = [_joined(row, there.get(row.name), merge) for row in rows]
    fresh: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    gone: list[Row] = []
    before: list[Row] = []
    for done in written:
        row, old = done.row, there.get(done.row.name)
        if done.stood:
            continue
        if old is not None and row.kind not in TRANSIENT:
            before.append(old)
        if row.body is None and row.kind in TRANSIENT:
            gone.append(row)
        else:
            (fresh if old is None else changed).append({**values_of(row), **more()})
    keep_past(connection, past, before)
    if fresh:
        connection.execute(items.insert(), fresh)
    key = [items.c[name] == bindparam(f"key_{name}") for name in ("record", "kind", "id")]
    if changed:
        given = [{**values, **_key(values)} for values in changed]
        names = [name for name in changed[0] if name not in ("record", "kind", "id")]
        connection.execute(items.update().where(*key).values({name: bindparam(name) for name in names}), given)
    if gone:
        connection.execute(items.delete().where(*key), [_key(values_of(row)) for row in gone])
    return written


def _joined(row: Row, old: Row | None, merge: Merge) -> Written:
    """Return what is to stand there, given what is there."""
    if old is None:
        return Written(Row(*row.name, row.body, 1, row.changed), stood=row.body is None and row.kind in TRANSIENT)
    body, met = row.body, False
    if row.kind in APPEND_ONLY and old.body is not None:
        return Written(old, met=body != old.body, stood=True)
    if body == old.body:
        return Written(old, stood=True)
    if old.version != row.version and old.body is not None:
        if body is None:
            return Written(old, met=True, stood=True)
        met, body = True, merge(row.kind, old.body, body)
    return Written(Row(*row.name, body, old.version + 1, row.changed), met)


def import_rows(connection: Connection, items: Table, audit: Table, rows: Iterable[Row]) -> int:
    """Take rows over, with their versions, where none or an older one stands; returns how many items.

    Entries of the audit trail go to theirs, uncounted; one that is there is never changed.
    """
    from sqlalchemy import bindparam

    given = {row.name: row for row in rows}.values()
    entries = [row for row in given if row.kind == AUDIT]
    known = rows_versions(connection, audit, [row.name for row in entries])
    fresh = [row for row in entries if row.name not in known]
    others = [row for row in given if row.kind != AUDIT]
    there = rows_versions(connection, items, [row.name for row in others])
    newer = [row for row in others if there.get(row.name, -1) < row.version]
    old = [_key(values_of(row)) for row in newer if row.name in there]
    if old:
        key = [items.c[name] == bindparam(f"key_{name}") for name in ("record", "kind", "id")]
        connection.execute(items.delete().where(*key), old)
    for table, chosen in ((audit, fresh), (items, newer)):
        if chosen:
            connection.execute(table.insert(), [values_of(row) for row in chosen])
    return sum(row.kind not in LOCAL for row in newer)


def rows_versions(connection: Connection, table: Table, names: Sequence[Name]) -> dict[Name, int]:
    """Return the versions of the rows of these names that there are, whether or not they are sound."""
    from sqlalchemy import select, tuple_

    key = (table.c.record, table.c.kind, table.c.id)
    found: dict[Name, int] = {}
    for start in range(0, len(names), AT_ONCE):
        query = select(*key, table.c.version).where(tuple_(*key).in_(names[start : start + AT_ONCE]))
        for record, kind, name, version in connection.execute(query).fetchall():
            found[text(record), text(kind), text(name)] = version
    return found


def text(value: bytes | str) -> str:
    """Return text that the database may have given as bytes."""
    return value if isinstance(value, str) else value.decode("utf-8", "replace")


def keep_past(connection: Connection, past: Table, rows: Sequence[Row]) -> None:
    """Keep rows among those that an item was before; the oldest of many are forgotten."""
    from sqlalchemy import bindparam

    if not rows:
        return
    connection.execute(past.insert(), [{n: v for n, v in values_of(row).items() if n != "digest"} for row in rows])
    key = [past.c[name] == bindparam(f"key_{name}") for name in ("record", "kind", "id")]
    old = [{**_key(values_of(row)), "until": row.version + 1 - KEPT_VERSIONS} for row in rows]
    connection.execute(past.delete().where(*key, past.c.version <= bindparam("until")), old)


def values_of(row: Row) -> dict[str, Any]:
    """Return a row's values by column."""
    return dict(zip(_COLUMNS, (*row.name, row.body, row.version, row.changed, row.digest), strict=True))


def _of(table: Table) -> list[Any]:
    return [table.c[name] for name in _COLUMNS]


def _key(values: Mapping[str, Any]) -> dict[str, Any]:
    return {f"key_{name}": values[name] for name in ("record", "kind", "id")}
