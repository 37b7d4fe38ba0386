"""The commands on a ledger: `query` writes the rows that a filter leaves, `summary` a page with plots."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from cardio_desktop.archive.job import ANALYZE, MEASURE, REPORT
from cardio_desktop.archive.ledger import Entry, Ledger
from cardio_desktop.archive.outputs import outputs, want_pyarrow
from cardio_desktop.archive.query import answers, line
from cardio_desktop.archive.run import row_of
from cardio_desktop.archive.tally import tally

JOBS = (ANALYZE, MEASURE, REPORT)
FILTER = (
    "tier:high 'qtc>500' -rhythm:sinus \"bundle branch\": everything must hold; one that begins with - comes after --"
)


def query(arguments: Sequence[str]) -> int:
    """Run `cardio-desktop query`; returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="cardio-desktop query",
        description="Write the results of a ledger that a filter leaves: a line each, or JSON, CSV, Parquet.",
    )
    _describe(parser)
    parser.add_argument("--json", metavar="OUT", help="the whole results as lines of JSON, - for standard output")
    parser.add_argument("--csv", metavar="OUT", help="one row each, - for standard output")
    parser.add_argument("--parquet", metavar="OUT", help="the same as Parquet; needs cardio-desktop[archive]")
    args = parser.parse_args(arguments)
    if args.parquet is not None:
        want_pyarrow()
    with Ledger(args.ledger, write=False) as ledger:
        found = answers(ledger, " ".join(args.filter), job=_job(ledger, args.job), failed=True if args.failed else None)
        if args.json is args.csv is args.parquet is None:
            for entry in found:
                print(line(entry, named=_is_named(entry)))
            return 0
        with outputs(args.json, args.csv, args.parquet, whole=True) as outs:
            for entry in found:
                document = ledger.document(entry.id) if args.json is not None else b""
                for out in outs:
                    out.put(row_of(entry, named=_is_named(entry)), document)
    return 0


def summary(arguments: Sequence[str]) -> int:
    """Run `cardio-desktop summary`; returns the exit status."""
    from cardio_desktop.report.archive_summary import summary_pdf
    from cardio_desktop.report.files import write_whole

    parser = argparse.ArgumentParser(
        prog="cardio-desktop summary",
        description="Write a PDF that sums a ledger up: tiers, rhythms, what is critical, rates, QTc, failures.",
    )
    parser.add_argument("-o", "--out", type=Path, metavar="OUT.pdf", required=True)
    _describe(parser)
    args = parser.parse_args(arguments)
    text = " ".join(args.filter)
    with Ledger(args.ledger, write=False) as ledger:
        found = tally(answers(ledger, text, job=_job(ledger, args.job), failed=True if args.failed else None))
    title = args.ledger.name + (f": {text}" if text else "")
    write_whole(args.out, summary_pdf(found, title, created=datetime.now().astimezone()))
    print(args.out)
    return 0


def _describe(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ledger", type=Path, metavar="LEDGER")
    parser.add_argument("filter", nargs="*", metavar="FILTER", help=FILTER)
    parser.add_argument("--failed", action="store_true", help="only records that could not be analysed")
    parser.add_argument("--job", choices=JOBS, help="what this command made (default: the first that is there)")


def _job(ledger: Ledger, asked: str | None) -> str:
    """Return the command whose results are meant: a record that was analysed and printed is one record."""
    there = [job for job, _ in ledger.counts()]
    return asked or next((job for job in JOBS if job in there), JOBS[0])


def _is_named(entry: Entry) -> bool:
    """Return whether an entry's name may be told: results made without names stay without."""
    return not json.loads(entry.versions).get("deidentify", False)
