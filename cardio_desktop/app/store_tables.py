"""The tables of the reader's work, defined once for the file of one reader and for the database of a clinic.

SQLAlchemy is imported with the first statement: a window that only opens does not wait for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Column, MetaData, Table

COLUMNS = "record, kind, id, body, version, changed, digest"
"""Of an item and of an entry of the audit trail alike: what finds one in damaged bytes finds the other."""


@dataclass(frozen=True)
class Tables:
    """What is kept: items, what they were before, where records lie, the audit trail, and notes on the whole.

    `outbox` and `known` stand in a reader's file only: what the clinic's database has not got yet, and the version of
    each item there that ours is based on. A clinic's items also have `serial`, which grows with every change of any of
    them, and `station`, where that change was made.
    """

    metadata: MetaData
    items: Table
    past: Table
    files: Table
    audit: Table
    notes: Table
    outbox: Table
    known: Table
    clinic_metadata: MetaData
    clinic_items: Table
    clinic_past: Table
    clinic_audit: Table
    clinic_notes: Table


@cache
def tables() -> Tables:
    """Return the tables."""
    from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, Table, Text

    def texts(*names: str, key: bool = False) -> list[Column[str]]:
        return [Column(name, Text, primary_key=key, nullable=False) for name in names]

    def values() -> list[Column[str] | Column[int]]:
        return [Column("body", Text), Column("version", BigInteger, nullable=False), *texts("changed")]

    def named() -> list[Column[str]]:
        return texts("record", "kind", "id", key=True)

    def items(of: MetaData, *more: Column[int] | Column[str]) -> Table:
        return Table("items", of, *named(), *values(), *texts("digest"), *more)

    def past(of: MetaData) -> Table:
        table = Table("past", of, *texts("record", "kind", "id"), *values())
        Index("past_of", table.c.record, table.c.kind, table.c.id, table.c.version)
        return table

    def audit(of: MetaData) -> Table:
        table = Table("audit", of, *texts("record", "kind"), *texts("id", key=True), *values(), *texts("digest"))
        Index("audit_of", table.c.record)
        return table

    def notes(of: MetaData) -> Table:
        return Table("notes", of, *texts("name", key=True), *texts("value"))

    own, clinic = MetaData(), MetaData()
    files = Table(
        "files",
        own,
        *texts("path", key=True),
        Column("size", Integer, nullable=False),
        Column("modified_ns", Integer, nullable=False),
        *texts("record"),
    )
    serial = Column("serial", BigInteger, nullable=False, unique=True)
    return Tables(
        metadata=own,
        items=items(own),
        past=past(own),
        files=files,
        audit=audit(own),
        notes=notes(own),
        outbox=Table("outbox", own, *named()),
        known=Table("known", own, *named(), Column("version", BigInteger, nullable=False)),
        clinic_metadata=clinic,
        clinic_items=items(clinic, serial, *texts("station")),
        clinic_past=past(clinic),
        clinic_audit=audit(clinic),
        clinic_notes=notes(clinic),
    )
