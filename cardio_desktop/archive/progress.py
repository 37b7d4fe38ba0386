"""How far a run is: one line on standard error, with the rate and the time left."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from typing import TextIO

EVERY_S = 0.5
EVERY_IN_A_FILE_S = 30.0
"""Where standard error is no terminal: a line now and then."""
RECENT_S = 60.0
"""The rate is that of the last minute."""


class ProgressLine:
    """Counts outcomes and tells of them on `stream`, over the same line where that is a terminal."""

    def __init__(self, total: int, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self.done = 0
        self.failed = 0
        self.same = 0
        self._total = total
        self._stream = stream
        self._clock = clock
        self._terminal = stream.isatty()
        self._began = self._told = clock()
        self._recent: deque[tuple[float, int]] = deque([(self._began, 0)])
        self._width = 0

    def count(self, error: str, same: bool) -> None:
        """Count one outcome, and tell where it is time to."""
        self.done += 1
        self.failed += bool(error)
        self.same += same
        now = self._clock()
        if now - self._told >= (EVERY_S if self._terminal else EVERY_IN_A_FILE_S):
            self._told = now
            self._tell(self.text(now))

    def text(self, now: float) -> str:
        """Return the line: "120 of 1,000 (12 %), 20.1 a second, 44 s left, 3 failed"."""
        if now > self._recent[-1][0]:
            self._recent.append((now, self.done))
        while len(self._recent) > 2 and now - self._recent[1][0] >= RECENT_S:
            self._recent.popleft()
        since, before = self._recent[0]
        rate = (self.done - before) / (now - since) if now > since else 0.0
        words = [f"{self.done:,} of {self._total:,} ({100 * self.done // max(self._total, 1)} %)"]
        if rate > 0:
            words += [f"{rate:.3g} a second", f"{duration((self._total - self.done) / rate)} left"]
        if self.failed:
            words.append(f"{self.failed:,} failed")
        return ", ".join(words)

    def end(self, what: str) -> None:
        """Clear the line and say how the run ended."""
        took_s = self._clock() - self._began
        words = [f"{what}: {self.done:,} of {self._total:,} records"]
        if self.failed:
            words.append(f"{self.failed:,} of them failed")
        if self.same:
            words.append(f"{self.same:,} had only been copied")
        words.append(f"{duration(took_s)}" + (f", {self.done / took_s:.3g} a second" if took_s > 0 else ""))
        self.clear()
        print("; ".join(words) + ".", file=self._stream, flush=True)

    def _tell(self, text: str) -> None:
        if not self._terminal:
            print(text, file=self._stream, flush=True)
            return
        padding = " " * max(0, self._width - len(text))
        self._width = len(text)
        print(f"\r{text}{padding}", end="", file=self._stream, flush=True)

    def clear(self) -> None:
        """Take the line away, so that something else can be said."""
        if self._terminal and self._width:
            print("\r" + " " * self._width + "\r", end="", file=self._stream, flush=True)


def duration(seconds: float) -> str:
    """Return a time in words of one or two units: "44 s", "7 min 12 s", "3 h 5 min", "12 d 4 h"."""
    whole = round(seconds)
    for unit, name, inner, inner_name in ((86_400, "d", 3600, "h"), (3600, "h", 60, "min"), (60, "min", 1, "s")):
        if whole >= unit:
            return f"{whole // unit:,} {name} {whole % unit // inner} {inner_name}"
    return f"{whole} s"
