"""XLI, the compression of Philips Sierra ECG: LZW in codes of 10 bits, then second differences with feedback.

Source: the published behaviour of the format's free decoders; Philips gives no specification.
"""

from __future__ import annotations

import struct

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.words import Remark, say

CODE_BITS = 10
TOP_CODE = (1 << CODE_BITS) - 2


class DamagedError(ValueError):
    """The bytes are no XLI data; `remark` says why."""

    def __init__(self, remark: Remark) -> None:
        """Take what is to be said."""
        self.remark = remark
        super().__init__(say(remark))


def decode_xli(raw: bytes, leads: int, count: int) -> list[NDArray[np.int32]]:
    """Return `leads` leads of `count` samples; raises DamagedError."""
    found: list[NDArray[np.int32]] = []
    place = 0
    while place + 8 <= len(raw) and len(found) < leads:
        size, _, start = struct.unpack_from("<ihh", raw, place)
        place += 8
        if size <= 0 or place + size > len(raw):
            raise DamagedError(
                Remark("xli-claims", {"number": len(found) + 1, "claimed": size, "held": len(raw) - place})
            )
        unpacked = _lzw(raw[place : place + size], 4 * count + 64)
        place += size
        half = len(unpacked) // 2
        if half < count:
            raise DamagedError(Remark("xli-short", {"number": len(found) + 1, "held": half, "count": count}))
        both = np.frombuffer(unpacked[: 2 * half], dtype=np.uint8).astype(np.uint16)
        words = ((both[:half] << 8) | both[half:]).view(np.int16)
        found.append(_undo(words[:count], start))
    if len(found) < leads:
        raise DamagedError(Remark("xli-leads", {"held": len(found), "count": leads}))
    return found


def _lzw(raw: bytes, most: int) -> bytes:
    """Return the unpacked bytes, at most about `most`; the table stays as it is once it is full."""
    table = [bytes([code]) for code in range(256)]
    out = bytearray()
    before = b""
    bits = held = 0
    for byte in raw:
        held, bits = (held << 8 | byte) & 0xFFFFFF, bits + 8
        if bits < CODE_BITS:
            continue
        bits -= CODE_BITS
        code = held >> bits & 0x3FF
        if code > TOP_CODE:
            break
        if code < len(table):
            text = table[code]
        elif code == len(table) and before:
            text = before + before[:1]
        else:
            raise DamagedError(Remark("xli-code", {"number": code}))
        if before and len(table) <= TOP_CODE:
            table.append(before + text[:1])
        out += text
        before = text
        if len(out) > most:
            break
    return bytes(out)


def _undo(words: NDArray[np.int16], start: int) -> NDArray[np.int32]:
    """Return the samples: each continues the line of the two before it, less the last difference (stored + 64)."""
    samples = words.astype(np.int32)
    if len(samples) < 2:
        return samples
    before, now, last = int(samples[0]), int(samples[1]), start
    out = [before, now]
    for word in samples[2:].tolist():
        # 16 bits, as the recorders count.
        after = ((2 * now - before - last + 32768) & 0xFFFF) - 32768
        last = word - 64
        out.append(after)
        before, now = now, after
    return np.array(out, dtype=np.int32)
