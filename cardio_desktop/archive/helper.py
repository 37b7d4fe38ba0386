"""One helper process from outside: a record goes in, what came of it comes out, whatever happens to the process."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cardio_desktop.archive.job import Job
from cardio_desktop.archive.ledger import Outcome
from cardio_desktop.archive.places import Place
from cardio_desktop.archive.worker import WORKER_FLAG
from cardio_desktop.core.errors import CardioError, one_line
from cardio_desktop.paths import PACKAGE
from cardio_desktop.words import Remark

LONGEST_S = 120.0
"""A record that takes longer is given up, as in the window's worklist."""
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""There is a process for each core; threads of libraries within them would only wait for each other."""


class HelperError(CardioError):
    """Helpers cannot be used at all."""

    kind = "helper"


@dataclass(frozen=True)
class Task:
    """One record to be done; `sha256` is the hash of its known result, "" where it must be done in any case."""

    place: Place
    sha256: str = ""


def worker_command() -> list[str]:
    """Return the command that starts this program as a helper."""
    if not getattr(sys, "frozen", False):
        return [sys.executable, "-m", "cardio_desktop.archive.worker"]
    beside = Path(sys.executable).with_name("cardio-desktop-cli.exe")
    # The windowed program of Windows has no standard output.
    return [str(beside if beside.exists() else sys.executable), WORKER_FLAG]


class Helper:
    """A helper process, started with the first record and anew after its end. One thread uses it; any may `kill` it."""

    def __init__(self, job: Job, longest_s: float = LONGEST_S, command: list[str] | None = None) -> None:
        self._job = job
        self._longest_s = longest_s
        self._command = command or worker_command()
        self._process: subprocess.Popen[bytes] | None = None
        self._number = 0
        self._closed = False
        self._lock = threading.Lock()

    def do(self, task: Task) -> Outcome:
        """Return what came of a record; a process that dies or takes too long is an outcome too."""
        self._number += 1
        process = self._running()
        with self._watched(process) as late:
            made = self._asked(process, task)
        if made is None:
            self.kill()
            if self._closed:
                raise HelperError("The run has been stopped.")
            return _lost(self._job, task.place, self._longest_s if late.is_set() else None, process.wait())
        if made.get("same"):
            return Outcome(task.place, {}, sha256=made["sha256"], bytes=made["bytes"], same=True)
        packed = base64.b64decode(made["document"])
        return Outcome(task.place, made["row"], packed, made["sha256"], made["bytes"], made["took_s"])

    @contextlib.contextmanager
    def _watched(self, process: subprocess.Popen[bytes]) -> Iterator[threading.Event]:
        """End the process if it takes longer than it may; the event tells of it."""
        late = threading.Event()

        def give_up() -> None:
            late.set()
            _kill(process)

        watch = threading.Timer(self._longest_s, give_up)
        watch.daemon = True
        watch.start()
        try:
            yield late
        finally:
            watch.cancel()

    def _running(self) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._closed:
                raise HelperError("The run has been stopped.")
            fresh = self._process is None
            if self._process is None:
                self._process = self._started()
            process = self._process
        if fresh:
            self._greet(process)
        return process

    def _greet(self, process: subprocess.Popen[bytes]) -> None:
        """Wait until the helper says which versions work there; raises HelperError where it does not."""
        assert process.stdout is not None
        try:
            with self._watched(process):
                versions = json.loads(process.stdout.readline())["versions"]
        except (OSError, ValueError, KeyError):
            self.kill()
            raise HelperError("The helper program ends at once; run it again with CARDIO_DEBUG=1 to see why.") from None
        if versions != self._job.versions:
            self.kill()
            raise HelperError("The helper program is another version than this one; start it from one installation.")

    def _started(self) -> subprocess.Popen[bytes]:
        environment = {**os.environ, **ONE_THREAD}
        # Dask's workers set it for themselves; an analysis, which takes and gives back arrays all the time, is a
        # seventh slower with it.
        environment.pop("MALLOC_TRIM_THRESHOLD_", None)
        if not getattr(sys, "frozen", False):
            paths = [str(PACKAGE.parent), environment.get("PYTHONPATH", "")]
            environment["PYTHONPATH"] = os.pathsep.join(path for path in paths if path)
        try:
            process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=None if os.environ.get("CARDIO_DEBUG") else subprocess.DEVNULL,
                env=environment,
                # Ctrl+C is for the run, which ends its helpers itself.
                start_new_session=sys.platform != "win32",
                creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            )
        except OSError as error:
            raise HelperError(f"The helper program cannot be started ({error.strerror}); install it again.") from error
        assert process.stdin is not None
        with contextlib.suppress(OSError):
            process.stdin.write(json.dumps(self._job.plain()).encode() + b"\n")
            process.stdin.flush()
        return process

    def _asked(self, process: subprocess.Popen[bytes], task: Task) -> Mapping[str, Any] | None:
        """Return the helper's answer, None where it ended without one."""
        assert process.stdin is not None
        assert process.stdout is not None
        request = {"id": self._number, "path": task.place.path, "name": task.place.name, "sha256": task.sha256}
        try:
            process.stdin.write(json.dumps(request).encode() + b"\n")
            process.stdin.flush()
            for line in process.stdout:
                made = json.loads(line)
                if made["id"] == self._number:
                    return made  # type: ignore[no-any-return]
        except (OSError, ValueError):
            pass
        return None

    def kill(self) -> None:
        """End the process at once; the next record starts another one."""
        with self._lock:
            process, self._process = self._process, None
        if process is not None:
            _kill(process)
            process.wait()
            for stream in (process.stdin, process.stdout):
                with contextlib.suppress(OSError):
                    if stream is not None:
                        stream.close()

    def close(self) -> None:
        """End the process for good."""
        with self._lock:
            self._closed = True
        self.kill()


def _kill(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(OSError):
        process.kill()


def _lost(job: Job, place: Place, longest_s: float | None, status: int) -> Outcome:
    """Return the outcome of a record whose helper ended, or was ended after `longest_s`."""
    file = one_line(Path(place.path).name)
    if longest_s is not None:
        kind, said = "time", Remark("record-late", {"file": file, "limit_s": longest_s})
    else:
        kind, said = "crash", Remark("record-crashed", {"file": file, "status": status})
    return failed(job, place, kind, said)


def failed(job: Job, place: Place, kind: str, said: Remark) -> Outcome:
    """Return the outcome of a record of which no helper could say what is wrong."""
    import zlib

    from cardio_desktop.archive.flat import flat
    from cardio_desktop.report.json_report import deidentified_error, error_to_json, to_line

    error = CardioError(said)
    error.kind = kind
    made = (deidentified_error if job.deidentify else error_to_json)(place.path, error)
    if job.text:
        made["error"]["message"] = error.said(job.language)
    document = b"" if job.text else zlib.compress(to_line(made).encode("ascii"))
    return Outcome(place, flat(made), document)
