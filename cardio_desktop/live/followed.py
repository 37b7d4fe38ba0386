"""What following a growing file shares among formats: looks, states, and pieces.

The file is opened anew for every look, so that a drive that is unplugged costs a sentence and not the program. Only
what is whole is read: data records of EDF, frames of WFDB, lines of a table.
"""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from pathlib import Path

from cardio_desktop.core.errors import CardioError
from cardio_desktop.io.files import os_problem
from cardio_desktop.live.source import Block, Layout
from cardio_desktop.words import Remark

POLL_S = 0.05
"""How often a file is looked at while nothing comes: a tenth of the half second within which a beat must be told."""
BEFORE_S = 10.0
"""So much of what is there already is read first, unless all is wanted: what the network is shown."""
MOST_S = 1.0
"""At most so much is given at once, so that a file that is read from its start comes in the pieces of a live one."""
STILL_S = 10.0
"""A file that has not grown for so long is said to stand still: recorders write every second or oftener, some that save
power every few seconds. A choice."""
GONE_S = 5.0
"""So long a file may be away before it counts as taken away: some programs write a new file and rename it."""


class GrowingFile(ABC):
    """A file that grows. A format adds `_layout` and `_cut`.

    `wait_s` is how long it may stand still before it counts as ended; None waits for ever.
    """

    def __init__(self, path: Path, *, from_start: bool = False, wait_s: float | None = None) -> None:
        self.path = path
        self.name = path.name
        self.ended = False
        self.trouble: Remark | None = None
        self._from_start, self._wait_s = from_start, wait_s
        self._known: Layout | None = None
        self._place = self._size = 0
        self._file_id: tuple[int, int] = (0, 0)
        self._grew = self._seen = 0.0

    @property
    def layout(self) -> Layout:
        """What the file holds; raises ValueError before it is open."""
        if self._known is None:
            raise ValueError(f"{self.name} is not open")
        return self._known

    @property
    def watched(self) -> Path:
        """The file that grows."""
        return self.path

    def open(self) -> None:
        """Read what the file says of itself; raises ReadError."""
        try:
            self._known = self._look()
            status = self.watched.stat()
            self._file_id, self._size = (status.st_dev, status.st_ino), status.st_size
        except OSError as error:
            raise os_problem(self.watched, error) from error
        self._grew = self._seen = time.monotonic()
        if not self._from_start:
            self._place = self._late_start(round(BEFORE_S * self.layout.rate_hz))

    def read(self, timeout_s: float) -> Block | None:
        """Return the next whole piece; None where none came in time."""
        until = time.monotonic() + timeout_s
        while not self.ended:
            try:
                self._check()
                block = None if self.ended or self._known is None else self._cut(round(MOST_S * self.layout.rate_hz))
            except CardioError as error:
                self.trouble, block = error.remark, None
            except OSError as error:
                self.trouble, block = os_problem(self.watched, error).remark, None
            if block is not None:
                self._grew, self.trouble = time.monotonic(), None
                return block
            self._wait_on()
            left_s = until - time.monotonic()
            if left_s <= 0:
                break
            time.sleep(min(POLL_S, left_s))
        return None

    def close(self) -> None:
        """Follow it no longer."""
        self.ended = True

    def _check(self) -> None:
        """Find out whether the file is still there and the same, and has grown."""
        now = time.monotonic()
        try:
            status = self.watched.stat()
        except FileNotFoundError:
            self.trouble = Remark("live-gone", {"file": self.watched.name})
            self.ended = now - self._seen > GONE_S
            return
        self._seen = now
        if (status.st_dev, status.st_ino) != self._file_id:
            self.trouble, self.ended = Remark("live-replaced", {"file": self.watched.name}), True
        elif status.st_size < self._size:
            self.trouble, self.ended = Remark("live-shrunk", {"file": self.watched.name}), True
        self._size = max(self._size, status.st_size)

    def _wait_on(self) -> None:
        """Find out for how long nothing whole has come."""
        still_s = time.monotonic() - self._grew
        over = self._wait_s is not None and still_s > self._wait_s
        if self.trouble is None and (over or still_s > STILL_S):
            self.trouble = Remark("live-still", {"file": self.watched.name, "length_s": still_s})
        self.ended = self.ended or over

    @abstractmethod
    def _look(self) -> Layout:
        """Return the layout; raises ReadError or OSError."""

    @abstractmethod
    def _late_start(self, samples: int) -> int:
        """Return the place in the file from which about the last `samples` are read."""

    @abstractmethod
    def _cut(self, most: int) -> Block | None:
        """Return the next whole samples, about `most` of them, and move the place; raises CardioError or OSError."""
