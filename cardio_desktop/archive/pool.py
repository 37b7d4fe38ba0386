"""Records in a pool of helper processes on this computer; no socket is opened."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import islice
from queue import SimpleQueue

from cardio_desktop.archive.helper import LONGEST_S, Helper, Task
from cardio_desktop.archive.job import Job
from cardio_desktop.archive.ledger import Outcome

_Done = Callable[[Task], Outcome]
AHEAD = 2
"""So many records for each process are handed out, so that none waits."""
AHEAD_IN_ORDER = 32
"""More where results are wanted in order: one slow record must not stop the others."""


def pool_outcomes(
    job: Job,
    tasks: Iterable[Task],
    jobs: int,
    *,
    longest_s: float = LONGEST_S,
    in_order: bool = False,
    command: list[str] | None = None,
) -> Generator[Outcome, None, None]:
    """Yield what comes of each task, as it comes or in the order of the tasks; `jobs` processes.

    Closing the iterator ends the processes. Raises HelperError where helpers cannot run.
    """
    helpers = [Helper(job, longest_s, command) for _ in range(jobs)]
    free: SimpleQueue[Helper] = SimpleQueue()
    for helper in helpers:
        free.put(helper)

    def done(task: Task) -> Outcome:
        helper = free.get()
        try:
            return helper.do(task)
        finally:
            free.put(helper)

    executor = ThreadPoolExecutor(jobs, thread_name_prefix="archive")
    try:
        waiting = iter(tasks)
        if in_order:
            yield from _in_order(executor, done, waiting, jobs * AHEAD_IN_ORDER)
        else:
            yield from _as_they_come(executor, done, waiting, jobs * AHEAD)
    finally:
        executor.shutdown(wait=False, cancel_futures=True)
        for helper in helpers:
            helper.close()
        executor.shutdown(wait=True)


def _as_they_come(executor: ThreadPoolExecutor, done: _Done, waiting: Iterator[Task], most: int) -> Iterator[Outcome]:
    open_: set[Future[Outcome]] = {executor.submit(done, task) for task in islice(waiting, most)}
    while open_:
        ready, open_ = wait(open_, return_when=FIRST_COMPLETED)
        open_ |= {executor.submit(done, task) for task in islice(waiting, len(ready))}
        for future in ready:
            yield future.result()


def _in_order(executor: ThreadPoolExecutor, done: _Done, waiting: Iterator[Task], most: int) -> Iterator[Outcome]:
    line = deque(executor.submit(done, task) for task in islice(waiting, most))
    while line:
        yield line.popleft().result()
        line.extend(executor.submit(done, task) for task in islice(waiting, 1))
