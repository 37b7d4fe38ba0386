"""What a reader's file has that the clinic's database has not got yet, and what comes from there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from cardio_desktop.app.store_rows import LOCAL, Name, Row
from cardio_desktop.app.store_statements import Kept, Written, all_checked, rows_named, text, write_rows
from cardio_desktop.app.store_tables import COLUMNS, tables

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from cardio_desktop.app.clinic_database import Change

CLINIC, CURSOR = "clinic", "cursor"


def note(connection: Connection, name: str) -> str:
    """Return a note on the file, "" where there is none."""
    from sqlalchemy import select

    notes = tables().notes
    found = connection.execute(select(notes.c.value).where(notes.c.name == name)).scalar()
    return text(found) if found is not None else ""


def _set_note(connection: Connection, name: str, value: str) -> None:
    connection.execute(tables().notes.insert().prefix_with("OR REPLACE"), {"name": name, "value": value})


def add_to_outbox(connection: Connection, rows: Iterable[Row]) -> None:
    """Remember that these items are to be sent, if the file belongs to a clinic at all."""
    names = [_key(row.name) for row in rows if row.kind not in LOCAL]
    if names and note(connection, CLINIC):
        connection.execute(tables().outbox.insert().prefix_with("OR IGNORE"), names)


def join(file: Kept, identity: str) -> None:
    """Make the file one of a clinic: all that it holds is to be sent. One that belongs there already stays as it is."""
    from sqlalchemy import select

    known = tables()
    items = known.items
    with file.transaction() as connection:
        if note(connection, CLINIC) == identity:
            return
        connection.execute(known.known.delete())
        connection.execute(known.outbox.delete())
        names = select(items.c.record, items.c.kind, items.c.id).where(items.c.kind.not_in(sorted(LOCAL)))
        connection.execute(known.outbox.insert().from_select(["record", "kind", "id"], names))
        _set_note(connection, CLINIC, identity)
        _set_note(connection, CURSOR, "0")


def unsent(file: Kept, most: int) -> list[tuple[Row, int]]:
    """Return items that are to be sent with the clinic's version they are based on, and the version that they have."""
    from sqlalchemy import and_, func, select

    known = tables()
    items, box, based = known.items, known.outbox, known.known
    names = ("record", "kind", "id")
    ours = and_(*(items.c[name] == box.c[name] for name in names))
    theirs = and_(*(based.c[name] == box.c[name] for name in names))
    joined = box.join(items, ours).outerjoin(based, theirs)
    columns = [items.c[name] for name in COLUMNS.split(", ")]
    query = select(func.coalesce(based.c.version, 0), *columns).select_from(joined).limit(most)
    with file.reading() as connection:
        found = connection.execute(query).fetchall()
    rows = all_checked([tuple(values) for _, *values in found])
    return [
        (Row(*row.name, row.body, version, row.changed), row.version)
        for row, (version, *_) in zip(rows, found, strict=True)
    ]


def waiting(file: Kept) -> int:
    """Return how many items are to be sent."""
    from sqlalchemy import func, select

    with file.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(tables().outbox)).scalar() or 0)


def note_sent(file: Kept, sent: Sequence[tuple[Row, int]], answers: Sequence[Written]) -> list[str]:
    """Take over what the clinic's database made of items that were sent; returns the records that changed here by it.

    An item that was changed again meanwhile stays to be sent, on the base on which it was made.
    """
    known = tables()
    changed: list[str] = []
    with file.transaction() as connection:
        now = rows_named(connection, known.items, [row.name for row, _ in sent])
        done: list[Name] = []
        based: list[Row] = []
        taken: list[Row] = []
        for (row, version), answer in zip(sent, answers, strict=True):
            here = now.get(row.name)
            if here is not None and here.version != version:
                if answer.row.body == row.body:
                    based.append(answer.row)
                continue
            done.append(row.name)
            based.append(answer.row)
            if here is not None and here.body != answer.row.body:
                taken.append(Row(*row.name, answer.row.body, here.version, answer.row.changed))
                changed.append(row.record)
        write_rows(connection, known.items, known.past, taken, _theirs)
        _set_known(connection, based)
        _take_out(connection, done)
    return changed


def take_changes(file: Kept, changes: Sequence[Change], cursor: int) -> list[str]:
    """Take over what changed in the clinic's database, and how far that was read; returns the records that changed.

    An item that is still to be sent from here is left alone: the database joins both when it gets it.
    """
    known = tables()
    rows = [change.row for change in changes]
    with file.transaction() as connection:
        busy = _in_outbox(connection, [row.name for row in rows])
        free = {row.name: row for row in rows if row.name not in busy}  # the last change of an item, should it be twice
        here = rows_named(connection, known.items, list(free))
        taken = [
            Row(*name, row.body, here[name].version if name in here else 0, row.changed)
            for name, row in free.items()
            if name not in here or here[name].body != row.body
        ]
        written = write_rows(connection, known.items, known.past, taken, _theirs)
        _set_known(connection, list(free.values()))
        _set_note(connection, CURSOR, str(cursor))
    return [done.row.record for done in written if not done.stood]


def cursor_of(file: Kept) -> int:
    """Return the number of the last change that was taken over."""
    with file.reading() as connection:
        return int(note(connection, CURSOR) or 0)


def chains(file: Kept) -> dict[str, int]:
    """Return the audit trails in the file: chain -> number of its last entry."""
    from sqlalchemy import func, select

    audit = tables().audit
    chain = func.substr(audit.c.id, 1, 32)
    with file.reading() as connection:
        found = connection.execute(select(chain, func.max(audit.c.version)).group_by(chain)).fetchall()
    return {text(name): int(last) for name, last in found}


def entries_after(file: Kept, chain: str, count: int, most: int) -> list[Row]:
    """Return the entries of a chain that follow its entry `count`."""
    from sqlalchemy import select

    audit = tables().audit
    columns = [audit.c[name] for name in COLUMNS.split(", ")]
    query = select(*columns).where(audit.c.id > f"{chain}/{count:012d}", audit.c.id < f"{chain}0")
    with file.reading() as connection:
        return all_checked(connection.execute(query.order_by(audit.c.id).limit(most)).fetchall())


def _theirs(_kind: str, _there: str, new: str) -> str:
    return new


def _in_outbox(connection: Connection, names: Sequence[Name]) -> set[Name]:
    from sqlalchemy import select, tuple_

    box = tables().outbox
    key = (box.c.record, box.c.kind, box.c.id)
    found: set[Name] = set()
    for start in range(0, len(names), 300):
        for record, kind, name in connection.execute(
            select(*key).where(tuple_(*key).in_(names[start : start + 300]))
        ).fetchall():
            found.add((text(record), text(kind), text(name)))
    return found


def _set_known(connection: Connection, rows: Sequence[Row]) -> None:
    values = [{**_key(row.name), "version": row.version} for row in rows]
    if values:
        connection.execute(tables().known.insert().prefix_with("OR REPLACE"), values)


def _take_out(connection: Connection, names: Sequence[Name]) -> None:
    from sqlalchemy import bindparam

    box = tables().outbox
    given = [{f"key_{part}": value for part, value in _key(name).items()} for name in names]
    if given:
        key = [box.c[part] == bindparam(f"key_{part}") for part in ("record", "kind", "id")]
        connection.execute(box.delete().where(*key), given)


def _key(name: Name) -> dict[str, str]:
    return dict(zip(("record", "kind", "id"), name, strict=True))
