"""The newest seconds of a source, in memory that never grows."""

from __future__ import annotations

import threading

import numpy as np

from cardio_desktop.core.record import MISSING
from cardio_desktop.live.source import Block, Counts, Layout


class Ring:
    """The newest `length_s` seconds of counts by their place; lost ones read as `MISSING`. Safe between threads."""

    def __init__(self, layout: Layout, length_s: float) -> None:
        self.layout = layout
        self.size = max(round(length_s * layout.rate_hz), 1)
        self._counts: Counts = np.full((len(layout.leads), self.size), MISSING, dtype=np.int32)
        self._lock = threading.Lock()
        self._first = self._stop = -1

    @property
    def first(self) -> int:
        """Index of the oldest sample that is kept; 0 before any came."""
        with self._lock:
            return max(self._first, 0)

    @property
    def stop(self) -> int:
        """One past the index of the newest sample; 0 before any came."""
        with self._lock:
            return max(self._stop, 0)

    def put(self, block: Block) -> None:
        """Add a block; one that does not lie behind all that came is cut to what is new."""
        with self._lock:
            if self._stop < 0:
                self._first = self._stop = block.first
            part = block.since(self._stop)
            if part.first >= block.stop:
                return
            if (hole := min(part.first - self._stop, self.size)) > 0:
                self._write(part.first - hole, np.full((len(self._counts), hole), MISSING, dtype=np.int32))
            kept = part.counts[:, -self.size :]
            self._write(part.stop - kept.shape[1], kept)
            self._stop = part.stop
            self._first = max(self._first, self._stop - self.size)

    def _write(self, first: int, counts: Counts) -> None:
        place = first % self.size
        before = min(counts.shape[1], self.size - place)
        self._counts[:, place : place + before] = counts[:, :before]
        self._counts[:, : counts.shape[1] - before] = counts[:, before:]

    def counts(self, first: int, stop: int) -> Counts:
        """Return a copy (leads, n) of the samples first <= i < stop, `MISSING` where there are none any more or yet."""
        out: Counts = np.full((len(self._counts), max(stop - first, 0)), MISSING, dtype=np.int32)
        with self._lock:
            low, high = max(first, self._first, 0), min(stop, self._stop)
            if low < high:
                place = low % self.size
                before = min(high - low, self.size - place)
                out[:, low - first : low - first + before] = self._counts[:, place : place + before]
                out[:, low - first + before : high - first] = self._counts[:, : high - low - before]
        return out
