"""What a damaged store file still holds: items are found by their own bytes and believed by their digests.

SQLite reads a table along its tree, so that one bad byte in an inner page, in the schema or in the header hides
everything behind it. The items themselves lie whole in the pages (https://www.sqlite.org/fileformat.html, "record
format"); a digest in each tells an item from what only looks like one, so it is enough to try every place where one
could begin. Pages of the write-ahead log are searched likewise, also where its own check sums end its validity.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from cardio_desktop.app.store_rows import TRANSIENT, Name, Row, checked

DEFAULT_PAGE = 4096
COLUMNS = 7
MOST_BYTES = 1 << 24
"""No item is longer; what claims to be is damaged."""
_HEADER = re.compile(rb"[\x08-\x1c]")
"""The length of a record's header: itself and seven types of one to three bytes."""
_INTEGER_BYTES = (0, 1, 2, 3, 4, 6, 8)
_WAL_HEADER, _FRAME_HEADER = 32, 24
Follow = Callable[[int], bytes | None]


def newest(rows: Iterable[Row]) -> dict[Name, Row]:
    """Return the latest version of each item; what belongs to a single run of the program is left out."""
    kept: dict[Name, Row] = {}
    for row in rows:
        if row.kind not in TRANSIENT and (row.name not in kept or kept[row.name].version < row.version):
            kept[row.name] = row
    return kept


@dataclass
class Carved:
    """What lies in the bytes of a store file and its log: intact items, and the names of those that are not."""

    rows: dict[Name, Row] = field(default_factory=dict)
    spoilt: set[Name] = field(default_factory=set)
    """The names of items whose values are no longer what was written."""


def carve(main: bytes, log: bytes = b"") -> Carved:
    """Return every item in the bytes of a file and of its write-ahead log, the latest version of each."""
    size = _page_size(main, log)
    frames = _frames(log)

    def in_main(number: int) -> bytes | None:
        page = main[(number - 1) * size : number * size] if number > 0 else b""
        return page if len(page) == size else None

    def in_log(number: int) -> bytes | None:
        return frames.get(number) or in_main(number)

    found, spoilt = [], set()
    for block, follow in ((main, in_main), (log, in_log), (main, in_log)):
        for values in _candidates(block, size, follow):
            row = checked(values)
            if row is not None:
                found.append(row)
            elif (name := _name(values)) is not None:
                spoilt.add(name)
    rows = newest(found)
    return Carved(rows, spoilt - rows.keys())


def carve_files(path: Path) -> Carved:
    """Return what lies in a store file and in the log beside it; what cannot be read counts as empty."""
    return carve(bytes_of(path), bytes_of(Path(f"{path}-wal")))


def bytes_of(path: Path) -> bytes:
    """Return the bytes of a file, none where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _page_size(main: bytes, log: bytes) -> int:
    told = [int.from_bytes(main[16:18], "big"), int.from_bytes(log[8:12], "big")]
    told = [65536 if size == 1 else size for size in told]
    return next((size for size in told if 512 <= size <= 65536 and size & (size - 1) == 0), DEFAULT_PAGE)


def _frames(log: bytes) -> dict[int, bytes]:
    """Return the last page of each number in a write-ahead log, whether or not its check sums hold."""
    size = int.from_bytes(log[8:12], "big")
    if not 512 <= size <= 65536:
        return {}
    pages = {}
    for start in range(_WAL_HEADER, len(log) - size - _FRAME_HEADER + 1, size + _FRAME_HEADER):
        number = int.from_bytes(log[start : start + 4], "big")
        pages[number] = log[start + _FRAME_HEADER : start + _FRAME_HEADER + size]
    return pages


def _candidates(block: bytes, page: int, follow: Follow) -> Iterator[tuple[object, ...]]:
    """Yield the values of whatever has the form of an item: three texts, text or nothing, a number, two texts."""
    for match in _HEADER.finditer(block):
        start = match.start()
        types = _types(block, start)
        if types is None:
            continue
        header, lengths = block[start], [_length(kind) for kind in types]
        total = header + sum(lengths)
        payload = _payload(block, start, total, page, follow)
        if payload is None:
            continue
        values: list[object] = []
        place = header
        for kind, length in zip(types, lengths, strict=True):
            values.append(_value(kind, payload[place : place + length]))
            place += length
        yield tuple(values)


def _types(block: bytes, start: int) -> list[int] | None:
    """Return the seven types of a record's header that begins at `start`, None where there is none."""
    header, place = block[start], start + 1
    types: list[int] = []
    while len(types) < COLUMNS:
        kind, used = 0, 0
        while True:
            if place >= len(block) or used >= 4:
                return None
            byte = block[place]
            place, used, kind = place + 1, used + 1, kind << 7 | byte & 0x7F
            if byte < 0x80:
                break
        column = len(types)
        fits = (
            kind in (1, 2, 3, 4, 5, 6, 8, 9)
            if column == 4
            else (kind >= 13 and kind % 2) or (column == 3 and kind == 0)
        )
        if not fits:
            return None
        types.append(kind)
    return types if place == start + header else None


def _length(kind: int) -> int:
    if kind >= 12:
        return (kind - 12) // 2
    return _INTEGER_BYTES[kind] if kind < len(_INTEGER_BYTES) else 0


def _value(kind: int, data: bytes) -> object:
    if kind == 0:
        return None
    if kind in (8, 9):
        return kind - 8
    return data if kind >= 12 else int.from_bytes(data, "big", signed=True)


def _payload(block: bytes, start: int, total: int, page: int, follow: Follow) -> bytes | None:
    """Return the bytes of a record, along the pages that its end overflows into."""
    most = (page - 12) * 64 // 255 - 23
    if total <= most:
        data = block[start : start + total]
        return data if len(data) == total else None
    least = (page - 12) * 32 // 255 - 23
    local = least + (total - least) % (page - 4)
    local = local if local <= most else least
    data = block[start : start + local]
    number = int.from_bytes(block[start + local : start + local + 4], "big")
    while len(data) < total:
        more = follow(number)
        if more is None or total > MOST_BYTES:
            return None
        (number,) = struct.unpack(">I", more[:4])
        data += more[4 : 4 + total - len(data)]
    return data


def _name(values: tuple[object, ...]) -> Name | None:
    """Return what a damaged item may have been, where its digest shows that it was one."""
    digest = values[6]
    if not isinstance(digest, bytes) or not re.fullmatch(rb"[0-9a-f]{16}", digest):
        return None
    record, kind, name = (v.decode("utf-8", "replace") if isinstance(v, bytes) else "" for v in values[:3])
    return None if kind in TRANSIENT else (record, kind, name)
