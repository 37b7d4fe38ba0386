"""Records on Dask: the same work in the same helpers, handed out by a scheduler that the user names.

Only here are sockets opened, and only where `--scheduler` asks for it: "local" starts workers on this computer that
talk over 127.0.0.1, an address joins a cluster. Dask's dashboard stays off. Files must lie under the same path on every
computer. A worker of the cluster runs each record in a helper process of its own, so that a record that brings its
process down costs one row and no worker.
"""

from __future__ import annotations

import logging
import tempfile
import threading
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import ExitStack
from itertools import islice
from typing import Any

from cardio_desktop.archive.helper import LONGEST_S, Helper, HelperError, Task
from cardio_desktop.archive.job import Job
from cardio_desktop.archive.ledger import Outcome
from cardio_desktop.core.errors import CardioError, one_line

LOCAL = "local"
CHUNK_S = 20.0
"""A task of this length hides the scheduler's millisecond, and costs little where a worker is lost."""
FIRST_CHUNK = 8
"""Records of the first tasks, by which the time of one is learnt."""
MOST_IN_CHUNK = 2000
AHEAD = 2
JOIN_S = 30.0
_SETTINGS: dict[str, Any] = {
    "distributed.comm.timeouts.connect": f"{JOIN_S:.0f} s",
    # Chunks of 20 s need no look at the workers many times a second; the work and its memory are in the helpers.
    "distributed.admin.tick.interval": "1 s",
    "distributed.admin.tick.limit": "60 s",
    "distributed.admin.system-monitor.interval": "30 s",
    "distributed.worker.profile.enabled": False,
    "distributed.worker.memory.target": False,
    "distributed.worker.memory.spill": False,
    "distributed.worker.memory.pause": False,
    "distributed.worker.memory.terminate": False,
    "distributed.scheduler.active-memory-manager.start": False,
    "distributed.scheduler.work-stealing-interval": "1 s",
}


class ClusterError(CardioError):
    """A scheduler that cannot be reached, or workers that are lost."""

    kind = "cluster"


def cluster_outcomes(
    job: Job, tasks: Sequence[Task], scheduler: str, jobs: int, *, longest_s: float = LONGEST_S
) -> Generator[Outcome, None, None]:
    """Yield what comes of each task, as it comes; `jobs` workers where `scheduler` is LOCAL.

    Raises ClusterError where the scheduler cannot be reached, or a task has failed on several workers.
    """
    with ExitStack() as stack:
        client = stack.enter_context(_client(scheduler, jobs, stack))
        stack.callback(client.run, let_go, on_error="ignore")
        waiting = iter(tasks)
        workers = _workers(client)
        share = max(1, -(-len(tasks) // (4 * workers)))
        open_: dict[Any, int] = {}
        size = min(FIRST_CHUNK, share)
        took_s, done = 0.0, 0

        def hand_out() -> None:
            while len(open_) < AHEAD * workers and (chunk := list(islice(waiting, size))):
                plain = [(task.place, task.sha256) for task in chunk]
                open_[client.submit(done_chunk, job.plain(), plain, longest_s, pure=False)] = len(chunk)

        hand_out()
        while open_:
            for future in _ready(list(open_)):
                open_.pop(future)
                made = _result(future)
                took_s, done = took_s + made["took_s"], done + len(made["outcomes"])
                size = max(1, min(share, MOST_IN_CHUNK, int(CHUNK_S * done / max(took_s, 1e-3))))
                hand_out()
                yield from made["outcomes"]


def done_chunk(job: Mapping[str, Any], tasks: Iterable[tuple[Any, str]], longest_s: float) -> dict[str, Any]:
    """Run on a worker: do some records in this thread's helper, and say how long that took."""
    import time

    began = time.monotonic()
    mine = threading.get_ident()
    of_job, helper = _helpers.get(mine, (None, None))
    if helper is None or of_job != (job, longest_s):
        if helper is not None:
            helper.close()
        helper = Helper(Job.of(job), longest_s)
        _helpers[mine] = (job, longest_s), helper
    outcomes = [helper.do(Task(place, sha256)) for place, sha256 in tasks]
    return {"outcomes": outcomes, "took_s": time.monotonic() - began}


_helpers: dict[int, tuple[object, Helper]] = {}
"""A worker's helpers by the thread that uses each; they live from one chunk to the next."""


def let_go() -> None:
    """End this worker's helpers; called in another thread than those that use them."""
    while _helpers:
        _helpers.popitem()[1][1].close()


def _client(scheduler: str, jobs: int, stack: ExitStack) -> Any:
    try:
        import dask
        from distributed import Client, LocalCluster
    except ImportError:
        raise ClusterError(
            "--scheduler needs Dask, which is not installed; run: pip install cardio-desktop[archive], or leave it out."
        ) from None
    logging.getLogger("distributed").setLevel(logging.ERROR)
    stack.enter_context(dask.config.set(_SETTINGS))
    try:
        if scheduler == LOCAL:
            scratch = stack.enter_context(tempfile.TemporaryDirectory(prefix="cardio-desktop-"))
            cluster = stack.enter_context(
                LocalCluster(
                    n_workers=jobs, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1",
                    silence_logs=logging.ERROR, local_directory=scratch,
                )
            )  # fmt: skip
            return Client(cluster)
        return Client(scheduler, timeout=JOIN_S)
    except (OSError, ValueError, RuntimeError) as error:
        said = one_line(str(error), 200)
        raise ClusterError(f"{scheduler}: this scheduler cannot be used ({said}); check its address.") from error


def _workers(client: Any) -> int:
    """Return how many records the cluster can do at once; raises ClusterError where it has no worker."""
    count = sum(client.nthreads().values())
    if not count:
        raise ClusterError("The scheduler has no workers; start some: dask worker tcp://HOST:PORT --nthreads 1.")
    return int(count)


def _ready(futures: list[Any]) -> list[Any]:
    from distributed import wait

    return list(wait(futures, return_when="FIRST_COMPLETED").done)


def _result(future: Any) -> dict[str, Any]:
    """Return what a task gave; raises ClusterError where its workers were lost or cannot do it."""
    try:
        return future.result()  # type: ignore[no-any-return]
    except HelperError as error:
        raise ClusterError(f"A worker cannot do it: {error}") from error
    except Exception as error:
        said = one_line(f"{type(error).__name__}: {error}", 200)
        raise ClusterError(
            f"The cluster failed at some records ({said}); what is done is kept: run the same command again."
        ) from error
