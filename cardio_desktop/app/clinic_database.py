"""The database of a clinic, which several computers share: the same items, one order of all changes, all trails."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

from cardio_desktop.app.store_rows import Row, checked
from cardio_desktop.app.store_statements import Merge, Written, values_of, write_rows
from cardio_desktop.app.store_tables import COLUMNS, tables
from cardio_desktop.core.audit import Entry, Head, from_body, head_of

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

SCHEMA = 1
LOCK = 0x0EC6
"""One transaction writes at a time, so that the changes are numbered in the order in which others can see them."""
CONNECT_S, STATEMENT_MS = 5, 20_000
GUARDS = (
    """
    CREATE OR REPLACE FUNCTION only_grows() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'what was signed and the audit trail only grow'; END $$
    """,
    "CREATE TRIGGER audit_stays BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION only_grows()",
    """
    CREATE TRIGGER signed_stays BEFORE UPDATE OR DELETE ON items FOR EACH ROW
    WHEN (OLD.kind IN ('signature', 'addendum')) EXECUTE FUNCTION only_grows()
    """,
)


class ClinicError(Exception):
    """The clinic's database cannot be used: no driver, no connection, or a schema of another version."""


@dataclass(frozen=True)
class Change:
    """One change of an item in the clinic's database: its place among all changes, and where it was made."""

    serial: int
    station: str
    row: Row


class ClinicDatabase:
    """A connection to the database at `address`. Every method raises ClinicError where it cannot be reached."""

    def __init__(self, address: str) -> None:
        self._engine: Engine = _engine(address)
        self.identity = ""
        """What tells this database from one that was made anew at the same address."""

    def close(self) -> None:
        """Let go of the connection."""
        self._engine.dispose()

    @contextlib.contextmanager
    def _transaction(self, *, writing: bool = False) -> Iterator[Connection]:
        from sqlalchemy import func, select
        from sqlalchemy.exc import SQLAlchemyError

        try:
            with self._engine.begin() as connection:
                if writing:
                    connection.execute(select(func.pg_advisory_xact_lock(LOCK)))
                yield connection
        except SQLAlchemyError as error:
            raise ClinicError(_reason(error)) from error

    def prepare(self) -> None:
        """Make the tables where there are none, and learn which database it is."""
        from sqlalchemy import inspect, select, text

        known = tables()
        notes = known.clinic_notes
        with self._transaction(writing=True) as connection:
            if not inspect(connection).has_table("notes"):
                known.clinic_metadata.create_all(connection)
                for statement in GUARDS:
                    connection.execute(text(statement))
                connection.execute(
                    notes.insert(),
                    [{"name": "schema", "value": str(SCHEMA)}, {"name": "identity", "value": uuid4().hex}],
                )
            found = dict(connection.execute(select(notes.c.name, notes.c.value)).tuples().all())
        if found.get("schema") != str(SCHEMA):
            raise ClinicError(f"its tables are of version {found.get('schema')}, this program's are of {SCHEMA}")
        self.identity = found.get("identity", "")

    def write(self, rows: Sequence[Row], merge: Merge, station: str) -> list[Written]:
        """Write items, as `write_rows` does, and number the changes."""
        from sqlalchemy import func, select

        known = tables()
        with self._transaction(writing=True) as connection:
            last = connection.execute(select(func.max(known.clinic_items.c.serial))).scalar() or 0
            numbers = itertools.count(last + 1)
            return write_rows(
                connection, known.clinic_items, known.clinic_past, rows, merge,
                lambda: {"serial": next(numbers), "station": station},
            )  # fmt: skip

    def changes(self, since: int, most: int) -> tuple[list[Change], int]:
        """Return what changed after the change `since`, the first `most` of it, and the number of the last one.

        An item that is not what was written is left out.
        """
        from sqlalchemy import select

        items = tables().clinic_items
        columns = [items.c[name] for name in COLUMNS.split(", ")]
        query = select(items.c.serial, items.c.station, *columns).where(items.c.serial > since)
        with self._transaction() as connection:
            found = connection.execute(query.order_by(items.c.serial).limit(most)).fetchall()
        rows = [(serial, station, checked(tuple(values))) for serial, station, *values in found]
        changes = [Change(serial, station, row) for serial, station, row in rows if row is not None]
        return changes, found[-1][0] if found else since

    def head(self, chain: str) -> Head:
        """Return how far the audit trail of one store stands here."""
        from sqlalchemy import select

        audit = tables().clinic_audit
        query = select(audit.c.body).where(audit.c.id > f"{chain}/", audit.c.id < f"{chain}0")
        with self._transaction() as connection:
            body = connection.execute(query.order_by(audit.c.id.desc()).limit(1)).scalar()
        entry = from_body(body) if body is not None else None
        return Head.before(chain) if entry is None else head_of(entry)

    def add_entries(self, rows: Sequence[Row]) -> None:
        """Add entries of an audit trail; those that are there already stay as they are."""
        from sqlalchemy.dialects.postgresql import insert

        audit = tables().clinic_audit
        with self._transaction() as connection:
            connection.execute(insert(audit).on_conflict_do_nothing(), [values_of(row) for row in rows])

    def trail(self) -> tuple[list[Entry], int]:
        """Return the entries of all stores, and how many are not what was written."""
        from sqlalchemy import select

        audit = tables().clinic_audit
        with self._transaction() as connection:
            found = connection.execute(select(*(audit.c[name] for name in COLUMNS.split(", ")))).fetchall()
        rows = [checked(tuple(values)) for values in found]
        entries = [from_body(row.body) if row is not None and row.body is not None else None for row in rows]
        intact = [entry for entry in entries if entry is not None]
        return intact, len(found) - len(intact)


def _engine(address: str) -> Engine:
    """Return SQLAlchemy's engine for an address; raises ClinicError without a driver, or for no address."""
    from sqlalchemy import create_engine
    from sqlalchemy.exc import ArgumentError

    driven = "postgresql+psycopg://" + address.partition("://")[2]
    try:
        return create_engine(
            driven,
            pool_size=1,
            max_overflow=1,
            pool_pre_ping=True,
            connect_args={
                "connect_timeout": CONNECT_S,
                "application_name": "cardio-desktop",
                "options": f"-c statement_timeout={STATEMENT_MS} -c lock_timeout={STATEMENT_MS}",
                "keepalives_idle": 10,
                "keepalives_interval": 5,
                "keepalives_count": 3,
            },
        )
    except ModuleNotFoundError as error:
        raise ClinicError("its driver is not installed: pip install cardio-desktop[clinic]") from error
    except (ArgumentError, ValueError) as error:
        raise ClinicError("its address cannot be read") from error


def _reason(error: Exception) -> str:
    """Return what the driver said, in one line and without a password."""
    said = str(getattr(error, "orig", None) or error).strip().splitlines()
    return said[0].rpartition("failed: ")[2] if said else type(error).__name__
