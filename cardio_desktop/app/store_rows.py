"""One item of the reader's work as the store keeps it, and a digest that tells whether it is what was written."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b

TRANSIENT = frozenset({"session"})
"""Kinds of items whose past is of no use."""
LOCAL = TRANSIENT | {"local"}
"""Kinds that mean nothing on another computer."""
APPEND_ONLY = frozenset({"signature", "addendum"})
"""Kinds of items that are never changed or taken back once they are written."""
AUDIT = "audit"
"""The kind of the audit trail's entries, which have a table of their own."""
DIGEST_BYTES = 8
"""A flipped bit passes unseen once in 2^64 times."""
Name = tuple[str, str, str]


class DamagedError(Exception):
    """The file is no intact database, or a row in it is not what was written."""


@dataclass(frozen=True)
class Row:
    """One item: `body` is JSON, None once it is deleted; `version` counts its changes."""

    record: str
    kind: str
    id: str
    body: str | None
    version: int
    changed: str

    @property
    def name(self) -> Name:
        """What the item is known by."""
        return self.record, self.kind, self.id

    @property
    def digest(self) -> str:
        """What is kept beside the item to check it by."""
        return digest_of(self.record, self.kind, self.id, self.body, self.version, self.changed)


def digest_of(record: str, kind: str, name: str, body: str | None, version: int, changed: str) -> str:
    """Return the digest of an item's values as hexadecimal text; lengths keep neighbours apart."""
    made = blake2b(digest_size=DIGEST_BYTES)
    for value in (record, kind, name, body, str(version), changed):
        data = b"" if value is None else value.encode("utf-8", "surrogatepass")
        made.update(f"{'-' if value is None else len(data)}:".encode() + data)
    return made.hexdigest()


def checked(values: tuple[object, ...]) -> Row | None:
    """Return the row of SQLite's seven values (bytes for text), None where they are not what was written."""
    try:
        texts = [value.decode("utf-8") if isinstance(value, bytes) else value for value in values]
    except UnicodeDecodeError:
        return None
    record, kind, name, body, version, changed, digest = texts
    if not (isinstance(record, str) and isinstance(kind, str) and isinstance(name, str) and isinstance(changed, str)):
        return None
    if not (body is None or isinstance(body, str)) or not isinstance(version, int):
        return None
    row = Row(record, kind, name, body, version, changed)
    return row if row.digest == digest else None
