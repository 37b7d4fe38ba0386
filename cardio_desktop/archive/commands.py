"""The command line's options for many records, and what they become."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from cardio_desktop.archive.helper import LONGEST_S
from cardio_desktop.archive.job import ANALYZE, MEASURE, REPORT, Job
from cardio_desktop.archive.outputs import want_pyarrow
from cardio_desktop.archive.places import Shard, is_many, shard_from
from cardio_desktop.archive.run import LEAST_MEMORY_MB, LOCAL, POOL, Run, cores, run
from cardio_desktop.core.errors import CardioError

FEW = 8
"""Fewer records that are named one by one are done in this process: starting others takes longer."""


class OptionsError(CardioError):
    """Options that do not go together."""

    kind = "usage"


def describe_many(parser: argparse.ArgumentParser, *, tables: bool = True) -> None:
    """Add the options for many records to a command's parser."""
    group = parser.add_argument_group("many records", "FILE may be a folder or a pattern such as 'study/**/*.hea'.")
    group.add_argument("--jobs", type=_count, default=0, metavar="N", help="processes (default: one for each core)")
    group.add_argument(
        "--ledger", type=Path, metavar="LEDGER",
        help="keep what is done in this file: the same command again does only what is missing or changed",
    )  # fmt: skip
    group.add_argument("--retry", action="store_true", help="with --ledger: try again what failed")
    group.add_argument("--root", type=Path, metavar="FOLDER", help="folder from which the ledger's names are counted")
    group.add_argument("--shard", metavar="I/N", help="only part I of N, the same parts on every computer")
    group.add_argument(
        "--scheduler", default=POOL, metavar="WHERE",
        help="pool (default: processes of this computer, no network), local (Dask on this computer: opens sockets on "
        "127.0.0.1), or tcp://HOST:PORT of a Dask scheduler; the last two need cardio-desktop[archive]",
    )  # fmt: skip
    group.add_argument(
        "--timeout",
        type=_seconds,
        default=LONGEST_S,
        metavar="S",
        help=f"give a record up after S seconds ({LONGEST_S:.0f})",
    )
    if tables:
        group.add_argument("--csv", metavar="OUT", help="write one row per record there, - for standard output")
        group.add_argument("--parquet", metavar="OUT", help="the same as Parquet; needs cardio-desktop[archive]")


def wants_many(args: argparse.Namespace) -> bool:
    """Return whether a command is about many records, so that helpers and perhaps a ledger work on it."""
    asked = args.ledger or args.jobs or args.shard or args.root or args.retry or args.scheduler != POOL
    asked = asked or getattr(args, "csv", None) or getattr(args, "parquet", None)
    return bool(asked) or len(args.files) >= FEW or is_many(args.files)


def many(
    args: argparse.Namespace,
    do: str,
    given: Mapping[str, float | str],
    complain: Callable[[str], None],
    refuse: Callable[..., None],
) -> int:
    """Analyse or measure many records; returns the exit status. `refuse` is that of `Run`."""
    if getattr(args, "evidence", None) is not None:
        raise OptionsError("--evidence takes one record at a time; run analyze once for each FILE.")
    as_lines = args.json is not None or args.ledger is not None or args.csv is not None or args.parquet is not None
    if args.parquet is not None:
        want_pyarrow()
    if [args.json, args.csv].count("-") > 1 or args.parquet == "-":
        raise OptionsError("Only one of --json and --csv can go to standard output; name a file for the other.")
    job = Job(
        do=do,
        start_s=args.start_s,
        end_s=args.end_s,
        model=_folder(getattr(args, "model", None)),
        deidentify=getattr(args, "deidentify", False),
        text=not as_lines,
        language="en" if as_lines else getattr(args, "language", "en"),
        given=dict(given),
        memory_mb=_memory_mb(args),
    )
    outs = {"json_out": args.json, "csv_out": args.csv, "parquet_out": args.parquet, "refuse": refuse}
    return run(_run(args, job, complain, outs))


def many_reports(args: argparse.Namespace, given: Mapping[str, float | str], complain: Callable[[str], None]) -> int:
    """Write the reports of many records into a folder, each under its record's name; returns the exit status."""
    from cardio_desktop.report.letterhead import read_letterhead

    out = args.out if args.out is not None else Path()
    if out.suffix.casefold() == ".pdf" or (out.exists() and not out.is_dir()):
        raise OptionsError(f"{out}: many reports need a folder; name one with --out.")
    if args.letterhead is not None:
        read_letterhead(args.letterhead)  # what is wrong with it is told once, not for every record
    out.mkdir(parents=True, exist_ok=True)
    options = {"layout": args.layout, "paper": args.paper, "evidence": args.evidence, "start_s": args.start}
    head = None if args.letterhead is None else str(args.letterhead.resolve())
    job = Job(
        do=REPORT,
        start_s=args.start_s,
        end_s=args.end_s,
        model=_folder(args.model),
        deidentify=args.deidentify,
        text=True,
        language=args.language,
        given=dict(given),
        out=str(out.resolve()),
        options={**options, "annex": args.annex, "letterhead": head},
        memory_mb=_memory_mb(args),
    )
    return run(_run(args, job, complain, {}))


def _run(args: argparse.Namespace, job: Job, complain: Callable[[str], None], outs: Mapping[str, Any]) -> Run:
    if args.retry and args.ledger is None:
        raise OptionsError("--retry belongs to --ledger.")
    scheduler = {"dask": LOCAL}.get(args.scheduler, args.scheduler)
    if scheduler not in (POOL, LOCAL) and "://" not in scheduler:
        raise OptionsError(f"--scheduler takes pool, local or an address such as tcp://host:8786, not {scheduler!r}.")
    shard: Shard | None = shard_from(args.shard) if args.shard else None
    return Run(
        arguments=args.files,
        job=job,
        root=args.root,
        shard=shard,
        ledger=args.ledger,
        retry=args.retry,
        jobs=args.jobs,
        scheduler=scheduler,
        longest_s=args.timeout,
        complain=complain,
        **outs,
    )


def _folder(folder: Path | None) -> str | None:
    return None if folder is None else str(folder.resolve())


def _memory_mb(args: argparse.Namespace) -> int:
    """Return how much memory a helper may have: its share of this computer's, so that none can take all of it."""
    import os

    try:
        whole = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 20
    except (AttributeError, ValueError, OSError):  # Windows
        return 0
    return max(LEAST_MEMORY_MB, whole // (args.jobs or cores()))


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 1024:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of processes from 1 to 1024")
    return int(text)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= 86_400:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds up to a day")
    return seconds


__all__ = ["ANALYZE", "MEASURE", "describe_many", "many", "many_reports", "wants_many"]
