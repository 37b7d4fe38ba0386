"""A run over an archive: what is missing or changed is done, what is done is kept, and all of it can be written out."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from cardio_desktop.archive.helper import LONGEST_S, Task
from cardio_desktop.archive.job import Job
from cardio_desktop.archive.ledger import Entry, Ledger, LedgerError, Outcome
from cardio_desktop.archive.outputs import Output, outputs
from cardio_desktop.archive.places import Place, Shard, places, root_of
from cardio_desktop.archive.pool import pool_outcomes
from cardio_desktop.archive.progress import ProgressLine
from cardio_desktop.core.errors import CardioError

DONE, FAILED, INTERRUPTED = 0, 1, 130
POOL, LOCAL = "pool", "local"
LEAST_MEMORY_MB = 1536
"""A helper needs 400 MB for ten seconds and 1.2 GB for ten minutes of twelve leads at 500 Hz."""


@dataclass(frozen=True)
class Run:
    """What a command asked for: `arguments` name the records, the rest says how and where to."""

    arguments: Sequence[str]
    job: Job
    root: Path | None = None
    shard: Shard | None = None
    ledger: Path | None = None
    retry: bool = False
    jobs: int = 0
    scheduler: str = POOL
    longest_s: float = LONGEST_S
    json_out: str | None = None
    csv_out: str | None = None
    parquet_out: str | None = None
    command: list[str] | None = None
    refuse: Callable[..., None] | None = None
    """Raises where one of the paths after the first argument belongs to one of the records named in it."""
    complain: Callable[[str], None] = field(default=lambda text: print(text, file=sys.stderr))

    @property
    def workers(self) -> int:
        """How many processes work."""
        return self.jobs or cores()


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def run(wanted: Run) -> int:
    """Do what is missing, write the results, and return 0, or 1 where a record failed, or 130 after Ctrl+C."""
    with ExitStack() as stack:
        ledger = stack.enter_context(Ledger(wanted.ledger)) if wanted.ledger is not None else None
        root = _root(wanted, ledger)
        problems: list[str] = []
        found = list(places(wanted.arguments, root, wanted.shard, problems))
        for problem in problems:
            wanted.complain(problem)
        _spare(wanted, found)
        if ledger is None:
            return _streamed(wanted, found)
        return _kept(wanted, ledger, found)


def _spare(wanted: Run, found: Sequence[Place]) -> None:
    """Refuse results that would take the place of a record; only those in their own folder can."""
    if wanted.refuse is None:
        return
    real = cache(os.path.realpath)
    for out in (wanted.json_out, wanted.csv_out, wanted.parquet_out, wanted.ledger):
        if out is not None and str(out) != "-":
            folder = real(Path(out).parent)
            wanted.refuse([one.path for one in found if real(Path(one.path).parent) == folder], out)


def _streamed(wanted: Run, found: Sequence[Place]) -> int:
    """Do everything and write it as it comes, in order: nothing is kept."""
    tasks = [Task(place) for place in found]
    progress = ProgressLine(len(tasks), sys.stderr)
    text = None if wanted.json_out or wanted.csv_out or wanted.parquet_out else "-"
    try:
        with (
            outputs(wanted.json_out or text, wanted.csv_out, wanted.parquet_out, whole=False) as outs,
            closing(_outcomes(wanted, tasks, in_order=True)) as outcomes,
        ):
            for outcome in outcomes:
                _count(wanted, progress, outcome)
                row = {**outcome.row, "sha256": outcome.sha256}
                _put(outs, row if wanted.job.deidentify else {**row, "name": outcome.place.name}, outcome.document)
    except KeyboardInterrupt:
        progress.end("Interrupted")
        return INTERRUPTED
    progress.end("Done")
    return FAILED if progress.failed else DONE


def _kept(wanted: Run, ledger: Ledger, found: Sequence[Place]) -> int:
    """Do what the ledger lacks, add each result as it comes, then write out what stands there for these records."""
    versions = wanted.job.versions
    tasks = list(_missing(wanted, ledger, found))
    print(f"{len(found):,} records; {len(found) - len(tasks):,} are done, {len(tasks):,} are to do.", file=sys.stderr)
    progress = ProgressLine(len(tasks), sys.stderr)
    try:
        with closing(_outcomes(wanted, tasks, in_order=False)) as outcomes:
            for outcome in outcomes:
                ledger.add(wanted.job.do, outcome, versions)
                _count(wanted, progress, outcome)
    except KeyboardInterrupt:
        progress.end("Interrupted; the same command goes on from here")
        return INTERRUPTED
    if tasks:
        progress.end("Done")
    return FAILED if _written(wanted, ledger, found) else DONE


def _missing(wanted: Run, ledger: Ledger, found: Iterable[Place]) -> Iterator[Task]:
    """Yield what is to do: new records, those of which size or time changed, and those done by other versions."""
    version = ledger.version(wanted.job.versions)
    for place in found:
        known = ledger.known(wanted.job.do, place.name)
        if known is None or known.version != version or (wanted.retry and known.error):
            yield Task(place)
        elif known.stamp != place.stamp:
            yield Task(place, known.sha256)


def _written(wanted: Run, ledger: Ledger, found: Iterable[Place]) -> int:
    """Write what stands in the ledger for these records, and return how many of them failed."""
    count = 0
    with outputs(wanted.json_out, wanted.csv_out, wanted.parquet_out, whole=True) as outs:
        for place in found:
            entry = ledger.entry(wanted.job.do, place.name)
            if entry is None:
                continue
            count += "error" in entry.row
            if outs:
                document = ledger.document(entry.id) if wanted.json_out else b""
                _put(outs, row_of(entry, named=not wanted.job.deidentify), document)
    return count


def row_of(entry: Entry, *, named: bool = True) -> dict[str, Any]:
    """Return the row of a ledger's entry as tables have it."""
    return {**entry.row, "name": entry.name if named else None, "sha256": entry.sha256, "done_at": entry.done_at}


def _put(outs: Iterable[Output], row: dict[str, Any], document: bytes) -> None:
    for out in outs:
        out.put(row, document)


def _count(wanted: Run, progress: ProgressLine, outcome: Outcome) -> None:
    if outcome.error:
        progress.clear()
        wanted.complain(str(outcome.row["message"]))
    progress.count(outcome.error, outcome.same)


def _root(wanted: Run, ledger: Ledger | None) -> Path:
    """Return the folder from which names are counted; a ledger remembers it."""
    if wanted.root is not None:
        root = Path(os.path.abspath(wanted.root))  # noqa: PTH100 - links stay
        if not root.is_dir():
            raise CardioError(f"{wanted.root}: this is no folder; name the one in which the records lie.")
    else:
        root = root_of(wanted.arguments)
    if ledger is None:
        return root
    kept = ledger.meta("root")
    if kept is None or (wanted.root is not None and kept != str(root)):
        ledger.note("root", str(root))
    elif root.is_relative_to(kept):
        return Path(kept)
    elif kept != str(root):
        raise LedgerError(
            f"{ledger.path}: its names are counted from {kept}, which does not hold these records; "
            "say with --root where that folder is now, or choose another ledger."
        )
    return root


def _outcomes(wanted: Run, tasks: Sequence[Task], *, in_order: bool) -> Generator[Outcome, None, None]:
    if wanted.scheduler == POOL or not tasks:
        jobs = max(1, min(wanted.workers, len(tasks)))
        return pool_outcomes(
            wanted.job, tasks, jobs, longest_s=wanted.longest_s, in_order=in_order, command=wanted.command
        )
    from cardio_desktop.archive.cluster import cluster_outcomes

    return cluster_outcomes(wanted.job, tasks, wanted.scheduler, wanted.workers, longest_s=wanted.longest_s)
