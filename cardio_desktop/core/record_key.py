"""A name that a record keeps wherever its files lie."""

from __future__ import annotations

import hashlib

from cardio_desktop.core.record import Record

HASHED_WHOLE = 20_000
BLOCKS, BLOCK = 16, 512


def content_key(record: Record) -> str:
    """Return a name that a record keeps wherever its files lie: a hash of its channels and of samples all along.

    Short channels count whole, long ones by blocks from beginning to end. Raises ReadError if samples cannot be read.
    """
    digest = hashlib.sha256()
    for channel in record.channels:
        length = len(channel.samples)
        shape = (channel.label, channel.rate_hz, channel.unit, channel.counts_per_unit, channel.baseline, length)
        digest.update(repr(shape).encode())
        if length <= HASHED_WHOLE:
            digest.update(channel.counts().astype("<f8").tobytes())
            continue
        for block in range(BLOCKS):
            start = round(block * (length - BLOCK) / (BLOCKS - 1))
            digest.update(channel.counts(start, start + BLOCK).astype("<f8").tobytes())
    return digest.hexdigest()[:40]
