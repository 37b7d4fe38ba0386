"""The Huffman coding of SCP-ECG: the default table, a file's own tables, differences undone.

Source: EN 1064:2005 (ISO 11073-91064:2009), section 2 and annex C. A code structure is a prefix; it stands for a value,
or for the value in the bits that follow it, or switches to another table. The stored code has its first bit lowest.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.words import Remark, say

DEFAULT_TABLE = 19999
MAX_TABLES = 64
MAX_CODES = 4096


@dataclass(frozen=True)
class Code:
    """One code structure: `prefix` has `prefix_bits`, the first one highest; `value` is that of a code without literal.

    A code that switches names the next table (counted from 1) in `switch_to`; else that is 0.
    """

    prefix_bits: int
    prefix: int
    literal_bits: int
    value: int
    switch_to: int = 0


class DamagedError(ValueError):
    """The bits are no sequence of codes; `remark` says why."""

    def __init__(self, remark: Remark) -> None:
        """Take what is to be said."""
        self.remark = remark
        super().__init__(say(remark))


def default_table() -> list[Code]:
    """Return the default table: 0 in one bit, +-1 to +-8 in 3 to 10, other values as 8 or 16 literal bits."""
    codes = [Code(1, 0, 0, 0)]
    for value in range(1, 9):
        bits = value + 2
        ones = (1 << value) - 1  # as many ones as the value, a zero, and the sign
        codes += [Code(bits, ones << 2, 0, value), Code(bits, ones << 2 | 1, 0, -value)]
    return [*codes, Code(10, 0b1111111110, 8, 0), Code(10, 0b1111111111, 16, 0)]


def read_tables(body: bytes) -> list[list[Code]]:
    """Return the tables of a section 2, the default one where it is named; raises DamagedError."""
    if len(body) < 2:
        raise DamagedError(Remark("huffman-empty"))
    (count,) = struct.unpack_from("<H", body)
    if count == DEFAULT_TABLE:
        return [default_table()]
    if not 0 < count <= MAX_TABLES:
        raise DamagedError(Remark("huffman-tables", {"count": count}))
    tables, place = [], 2
    for _ in range(count):
        if place + 2 > len(body):
            raise DamagedError(Remark("huffman-short"))
        (codes,) = struct.unpack_from("<H", body, place)
        place += 2
        if not 0 < codes <= MAX_CODES or place + 9 * codes > len(body):
            raise DamagedError(Remark("huffman-short"))
        tables.append([_code(body[place + 9 * k : place + 9 * k + 9], count) for k in range(codes)])
        place += 9 * codes
    return tables


def _code(raw: bytes, tables: int) -> Code:
    prefix_bits, total_bits, mode, value, stored = struct.unpack("<BBBhI", raw)
    if not 0 < prefix_bits <= 32 or not prefix_bits <= total_bits <= prefix_bits + 32:
        raise DamagedError(Remark("huffman-bits", {"held": prefix_bits, "count": total_bits}))
    prefix = int(f"{stored & ((1 << prefix_bits) - 1):0{prefix_bits}b}"[::-1], 2)
    if mode == 0 and not 0 < value <= tables:
        raise DamagedError(Remark("huffman-switch", {"number": value}))
    return Code(prefix_bits, prefix, total_bits - prefix_bits, value, 0 if mode else value)


def decode(raw: bytes, count: int, tables: list[list[Code]]) -> NDArray[np.int64]:
    """Return the first `count` values of a bit stream; raises DamagedError where it ends before or holds no code."""
    if count > 8 * len(raw):
        raise DamagedError(Remark("bytes-samples", {"held": len(raw), "count": count}))
    lookups = [{(code.prefix_bits, code.prefix): code for code in table} for table in tables]
    longest = [max(code.prefix_bits for code in table) for table in tables]
    out = np.zeros(count, dtype=np.int64)
    at, held, bits, table, done, idle = 0, 0, 0, 0, 0, 0
    while done < count:
        found, length = None, 0
        limit = longest[table]
        while bits < limit + 32 and at < len(raw):
            held = (held << 8) | raw[at]
            at, bits = at + 1, bits + 8
        lookup = lookups[table]
        for length in range(1, min(limit, bits) + 1):
            found = lookup.get((length, held >> (bits - length)))
            if found:
                break
        if found is None or found.literal_bits > bits - length:
            raise DamagedError(Remark("huffman-ends", {"held": done, "count": count}))
        bits -= length + found.literal_bits
        literal = (held >> bits) & ((1 << found.literal_bits) - 1)
        held &= (1 << bits) - 1
        if found.switch_to:
            table, idle = found.switch_to - 1, idle + 1
            if idle > len(tables):
                raise DamagedError(Remark("huffman-endless"))
            continue
        idle = 0
        if found.literal_bits and literal >> (found.literal_bits - 1):
            literal -= 1 << found.literal_bits
        out[done] = literal if found.literal_bits else found.value
        done += 1
    return out


def undo_differences(values: NDArray[np.int64], order: int) -> NDArray[np.int64]:
    """Return the samples of first (1) or second (2) differences, the first one or two of which are samples themselves.

    Sums are taken in 16 bits, as recorders do: a difference may have gone round.
    """
    if order == 0 or len(values) == 0:
        return values
    if order == 1:
        summed = np.cumsum(values)
    else:
        # x[n] = d[n] + 2 x[n-1] - x[n-2]: the first difference of x is the sum of d, from x[1] - x[0] on.
        steps = np.cumsum(np.concatenate([values[1:2] - values[:1], values[2:]]))
        summed = np.concatenate([values[:1], values[0] + np.cumsum(steps)])
    return np.asarray(((summed + 32768) & 0xFFFF) - 32768, dtype=np.int64)
