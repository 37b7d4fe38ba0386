"""Records what is shown, so that nothing but the last second can be lost, and what was said beside it.

The record is WFDB (`wfdb_writer`): whole at every moment. What was said is one JSON object a line in `NAME.live.jsonl`,
whose times count from the record's first sample; opening the record shows it as marks (`io.live_marks`).
"""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path

from cardio_desktop.core.errors import WriteError, why_not_written
from cardio_desktop.io.live_marks import SUFFIX
from cardio_desktop.live.events import LiveEvent
from cardio_desktop.live.lines import line_of
from cardio_desktop.live.source import Block, Layout
from cardio_desktop.live.wfdb_writer import WfdbGrowth
from cardio_desktop.words import Remark

SYNC_S = 1.0
"""So often all is put on the disk: what a crash or a power cut may cost at most."""


class Keeper:
    """Writes into `folder` the record `NAME.hea` and `.dat`, and what was said; raises WriteError."""

    def __init__(self, folder: Path, layout: Layout, name: str | None = None) -> None:
        name = name or f"live-{datetime.now():%Y%m%d-%H%M%S}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            stem, number = name, 2
            while any((folder / f"{stem}{ending}").exists() for ending in (".hea", ".dat", SUFFIX)):
                stem, number = f"{name}-{number}", number + 1
            self.path = folder / f"{stem}.hea"
            self._record = WfdbGrowth(self.path, layout)
            self._said = (folder / f"{stem}{SUFFIX}").open("x", encoding="utf-8", newline="\n")
        except OSError as error:
            raise _refused(folder, error) from error
        self._rate_hz, self._synced = layout.rate_hz, 0
        self._waiting: list[LiveEvent] = []

    @property
    def said_path(self) -> Path:
        """Where what was said is kept."""
        return Path(self._said.name)

    @property
    def dat_path(self) -> Path:
        """Where the samples are kept: frames of all leads, for looking back further than memory goes."""
        return self._record.dat

    @property
    def first(self) -> int | None:
        """The source's index of the first sample that was kept."""
        return self._record.first

    def keep(self, block: Block, said: tuple[LiveEvent, ...] = ()) -> None:
        """Keep a block and what was said when it came; on the disk at least every second of signal."""
        self._record.write(block)
        self.say(said)
        if self._record.frames - self._synced >= SYNC_S * self._rate_hz:
            self.sync()

    def say(self, said: tuple[LiveEvent, ...]) -> None:
        """Keep what was said."""
        self._waiting += said
        first = self._record.first
        if first is None or not self._waiting:
            return
        try:
            for event in self._waiting:
                self._said.write(json.dumps(line_of(event, first / self._rate_hz), ensure_ascii=False) + "\n")
        except OSError as error:
            raise _refused(self.said_path, error) from error
        self._waiting = []

    def sync(self) -> None:
        """Put all on the disk."""
        self._record.sync()
        try:
            self._said.flush()
            os.fsync(self._said.fileno())
        except OSError as error:
            raise _refused(self.said_path, error) from error
        self._synced = self._record.frames

    def close(self) -> None:
        """End the record; a folder in which nothing was kept is left without files of it."""
        if self._said.closed:
            return
        self._record.close()
        self._said.close()
        if not self._record.frames:
            for path in (self.path, self._record.dat, self.said_path):
                path.unlink(missing_ok=True)


def _refused(path: Path, error: OSError) -> WriteError:
    return WriteError(path, Remark("cannot-write", {"why": why_not_written(error)}), Remark("other-folder"))
