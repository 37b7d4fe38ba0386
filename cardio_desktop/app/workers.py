"""Helper processes that work through requests while the window answers; see `survey` for what they do."""

from __future__ import annotations

import json
import os
import sys
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Qt, QTimer, Signal

from cardio_desktop.app.i18n import language, tr
from cardio_desktop.core.errors import MOST_LETTERS, one_line
from cardio_desktop.paths import PACKAGE
from cardio_desktop.reading.survey import WORKER_FLAG
from cardio_desktop.words import Remark, say

LONGEST_S = 120.0
"""A request that takes longer is given up: a damaged file must not hold the others up."""
IDLE_MS = 20_000
MOST_CRASHES = 5


@dataclass(frozen=True, eq=False)
class Request:
    """One piece of work: `do` names it, `values` are its arguments; lower ranks come first.

    `owner` tells whose it is. It must be no QObject: answers are kept by their receivers, and PySide does not survive
    the collection of a circle of references through a QObject and a connected slot.
    """

    owner: object
    do: str
    values: Mapping[str, Any]
    rank: int = 0
    key: object = None


@dataclass(frozen=True)
class Answer:
    """What came of a request: `result`, or the sentence `problem`."""

    result: Mapping[str, Any] = field(default_factory=dict)
    problem: str = ""


def worker_command() -> list[str]:
    """Return the command that starts this program as a helper."""
    if not getattr(sys, "frozen", False):
        return [sys.executable, "-m", "cardio_desktop.reading.survey"]
    beside = Path(sys.executable).with_name("cardio-desktop-cli.exe")
    # The windowed program of Windows has no standard output.
    return [str(beside if beside.exists() else sys.executable), WORKER_FLAG]


class Workers(QObject):
    """Hands requests to as many helpers as there are cores, two at most. `answered(request, answer)` tells each end.

    `failed(sentence)` tells that helpers cannot be used at all; what waits is then dropped.
    """

    answered = Signal(object, object)
    failed = Signal(str)

    def __init__(
        self, parent: QObject | None = None, count: int | None = None, command: list[str] | None = None
    ) -> None:
        super().__init__(parent)
        self._command = command or worker_command()
        self._count = count or max(1, min(2, os.cpu_count() or 1))
        self._helpers: list[_Helper] = []
        self._waiting: dict[tuple[int, object], deque[Request]] = {}
        self._paused: set[object] = set()
        self._held = False
        self._crashes = 0
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(IDLE_MS)
        self._idle.timeout.connect(self._let_go)
        self._clock = QTimer(self)
        self._clock.setInterval(1000)
        self._clock.timeout.connect(self._check_times)

    @property
    def running(self) -> int:
        """How many helpers live."""
        return len(self._helpers)

    def open_requests(self, owner: object) -> int:
        """Return how many requests of `owner` wait or are being worked at."""
        waiting = sum(len(queue) for (_, other), queue in self._waiting.items() if other is owner)
        return waiting + sum(h.request is not None and h.request.owner is owner for h in self._helpers)

    def submit(self, requests: list[Request]) -> None:
        """Take requests, in their order within a rank."""
        for request in requests:
            self._waiting.setdefault((request.rank, request.owner), deque()).append(request)
        self._hand_out()

    def prefer(self, owner: object, keys: set[object], do: str) -> None:
        """Bring those of the owner's requests that wait for one of `keys` to the front of their rank."""
        for place, queue in self._waiting.items():
            first = [r for r in queue if r.do == do and r.key in keys] if place[1] is owner else []
            if first:
                chosen = set(map(id, first))
                self._waiting[place] = deque([*first, *(r for r in queue if id(r) not in chosen)])

    def pause(self, owner: object, on: bool) -> None:
        """Stop handing out the owner's requests, or go on; what is being worked at is finished."""
        (self._paused.add if on else self._paused.discard)(owner)
        self._hand_out()

    def hold(self, on: bool) -> None:
        """Stop handing out anything for a while: the record that is shown goes first."""
        if on != self._held:
            self._held = on
            self._hand_out()

    def cancel(self, owner: object) -> None:
        """Forget the owner's requests; a helper at work on one is ended, and its answer does not come."""
        self._waiting = {place: queue for place, queue in self._waiting.items() if place[1] is not owner}
        self._paused.discard(owner)
        for helper in list(self._helpers):
            if helper.request is not None and helper.request.owner is owner:
                self._drop(helper)
        self._hand_out()

    def shut_down(self) -> None:
        """End every helper and forget every request."""
        self._waiting.clear()
        for helper in list(self._helpers):
            self._drop(helper)
        self._idle.stop()
        self._clock.stop()

    def _next(self) -> Request | None:
        for place in sorted(self._waiting, key=lambda place: place[0]):
            queue = self._waiting[place]
            if queue and place[1] not in self._paused:
                return queue.popleft()
        return None

    def _hand_out(self) -> None:
        while not self._held:
            free = next((h for h in self._helpers if h.request is None), None)
            if free is None and len(self._helpers) >= self._count:
                break
            request = self._next()
            if request is None:
                break
            if free is None:
                free = _Helper(self._command, self)
                free.line.connect(self._told)
                free.ended.connect(self._ended)
                self._helpers.append(free)
            free.give(request)
        if any(h.request is not None for h in self._helpers):
            self._idle.stop()
            if not self._clock.isActive():
                self._clock.start()
        else:
            self._clock.stop()
            if self._helpers and not self._idle.isActive():
                self._idle.start()

    def _told(self, helper: _Helper, line: bytes) -> None:
        request = helper.request
        if request is None:
            return
        try:
            told = json.loads(line)
        except ValueError:
            return
        if not isinstance(told, dict) or told.get("id") != helper.number:
            return
        helper.request = None
        self._crashes = 0
        error = told.get("error")
        made = Answer(problem=_said(error)) if error else Answer(result=told["result"])
        self.answered.emit(request, made)
        self._hand_out()

    def _ended(self, helper: _Helper) -> None:
        if helper not in self._helpers:
            return
        request = helper.request
        self._drop(helper)
        self._crashes += 1
        if self._crashes >= MOST_CRASHES:
            self._waiting.clear()
            self.failed.emit(
                tr(
                    "The background analysis cannot run: its helper program ends at once. Restart Cardio Desktop, or "
                    "install it again."
                )
            )
        if request is not None:
            name = Path(str(request.values.get("path", ""))).name
            self.answered.emit(
                request,
                Answer(problem=tr("{file}: analysing it ended unexpectedly; open it by itself.").format(file=name)),
            )
        self._hand_out()

    def _check_times(self) -> None:
        for helper in list(self._helpers):
            request = helper.request
            if request is not None and time.monotonic() - helper.since > LONGEST_S:
                self._drop(helper)
                name = Path(str(request.values.get("path", ""))).name
                words = tr("{file}: it took longer than {seconds} s and was given up; open it by itself.")
                self.answered.emit(request, Answer(problem=words.format(file=name, seconds=f"{LONGEST_S:.0f}")))
        self._hand_out()

    def _let_go(self) -> None:
        """End helpers that nobody needs: each holds the network in memory."""
        for helper in [h for h in self._helpers if h.request is None]:
            self._drop(helper)

    def _drop(self, helper: _Helper) -> None:
        self._helpers.remove(helper)
        helper.end()


def _said(error: Mapping[str, Any]) -> str:
    """Return what a helper failed with in the language of the interface."""
    try:
        return one_line(say(Remark.of(error["remark"]), language()), MOST_LETTERS)
    except (KeyError, TypeError):  # a fault of the program has no remark
        return str(error["message"])


class _Helper(QObject):
    """One process, at work on one request at a time."""

    line = Signal(object, object)
    ended = Signal(object)

    def __init__(self, command: list[str], parent: QObject) -> None:
        super().__init__(parent)
        self.request: Request | None = None
        self.number = 0
        self.since = time.monotonic()
        self._process = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("OMP_NUM_THREADS", "1")
        environment.insert("OPENBLAS_NUM_THREADS", "1")
        if not getattr(sys, "frozen", False):
            paths = [str(PACKAGE.parent), environment.value("PYTHONPATH", "")]
            environment.insert("PYTHONPATH", os.pathsep.join(path for path in paths if path))
        self._process.setProcessEnvironment(environment)
        self._process.setStandardErrorFile(QProcess.nullDevice())
        self._process.readyReadStandardOutput.connect(self._read)
        # Queued: the process must not be taken apart while it tells of its end.
        self._process.finished.connect(self._finished, Qt.ConnectionType.QueuedConnection)
        self._process.errorOccurred.connect(self._finished, Qt.ConnectionType.QueuedConnection)
        self._process.start(command[0], command[1:])

    def give(self, request: Request) -> None:
        """Send a request."""
        self.request = request
        self.number += 1
        self.since = time.monotonic()
        self._process.write(json.dumps({**request.values, "id": self.number, "do": request.do}).encode() + b"\n")

    def end(self) -> None:
        """End the process and wait until it has gone."""
        self._process.blockSignals(True)
        if self._process.state() != QProcess.ProcessState.NotRunning:
            self._process.closeWriteChannel()
            self._process.kill()
            self._process.waitForFinished(5000)
        self.deleteLater()

    def _read(self) -> None:
        while self._process.canReadLine():
            self.line.emit(self, self._process.readLine().data())

    def _finished(self, *_: object) -> None:
        self.ended.emit(self)
