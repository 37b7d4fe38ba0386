"""Looks for streams of the Lab Streaming Layer, once a reader asks: nothing of it is loaded before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.jobs import Job, Jobs

LOOK_S = 1.5
"""How long is waited for answers: liblsl asks every half second."""


@dataclass(frozen=True)
class Stream:
    """A stream that answered: its name, what it says it is, how many channels it has and their rate in Hz."""

    name: str
    kind: str
    channels: int
    rate_hz: float


class StreamSearch(QObject):
    """Looks in the background; `found` tells the streams, `failed` a sentence's error."""

    found = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = Jobs(self, threads=1)

    @property
    def running(self) -> bool:
        """Whether it looks just now."""
        return bool(self._jobs.running)

    def start(self, peers: tuple[str, ...]) -> None:
        """Look for streams on this computer and on `peers`."""
        job = Job(tr("Looking for streams"), lambda _progress: find_streams(peers))
        job.done.connect(self.found)
        job.failed.connect(self.failed)
        self._jobs.start(job)

    def close(self) -> None:
        """Wait until the search is over: it cannot be broken off, and lasts no longer than `LOOK_S`."""
        self._jobs.shut_down()


def find_streams(peers: tuple[str, ...], load: Callable[[tuple[str, ...]], object] | None = None) -> tuple[Stream, ...]:
    """Return the streams that answer, by name; raises CardioError where the Lab Streaming Layer is not there."""
    from cardio_desktop.live import lsl

    pylsl: object = (load or lsl.load)(peers)
    infos = pylsl.resolve_streams(wait_time=LOOK_S)  # type: ignore[attr-defined]
    streams = {Stream(info.name(), info.type(), info.channel_count(), float(info.nominal_srate())) for info in infos}
    return tuple(sorted(streams, key=lambda stream: (stream.kind != "ECG", stream.name)))
