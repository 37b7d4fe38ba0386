"""`analyze`, `measure` and `holter`: what is found in records, as text, JSON and tables."""

from __future__ import annotations

import argparse
from pathlib import Path

from cardio_desktop.commands.options import (
    UsageError,
    add_given,
    add_language,
    add_model,
    add_range,
    add_reading,
    complain,
    given_of,
    readings,
    refuse_overwriting,
)

DONE, FAILED, USAGE = 0, 1, 2


def describe_analyze(parser: argparse.ArgumentParser) -> None:
    """Add the options of `analyze`."""
    from cardio_desktop.archive.commands import describe_many

    parser.add_argument("files", nargs="+", metavar="FILE", help="record, folder or pattern")
    parser.add_argument(
        "--json", metavar="OUT", help="write one JSON object per record and line there, - for standard output"
    )
    parser.add_argument("--evidence", type=Path, metavar="OUT.npz", help="write the evidence of the one FILE")
    parser.add_argument("--deidentify", action="store_true", help="with --json: leave out paths, file names and dates")
    add_reading(parser, False, "with --json: add what readers concluded and signed, from this user's data folder")
    add_language(parser, "of the sentences without --json; JSON has them in both")
    add_range(parser)
    add_given(parser)
    add_model(parser)
    describe_many(parser)


def analyze(args: argparse.Namespace) -> int:
    """Analyse records: quality, beats, measurements, the network's opinion, risk tier."""
    from cardio_desktop.archive.commands import ANALYZE, many, wants_many
    from cardio_desktop.reading.batch import analyze_files

    if args.evidence is not None and len(args.files) > 1:
        raise UsageError("--evidence takes one record at a time; run analyze once for each FILE.")
    if args.deidentify and args.json is args.ledger is args.csv is args.parquet is None:
        raise UsageError("--deidentify belongs to --json, --csv, --parquet or --ledger.")
    if args.reading and (args.json is None or wants_many(args)):
        raise UsageError("--reading belongs to --json, and is for single files.")
    if wants_many(args):
        return many(args, ANALYZE, given_of(args), complain, refuse_overwriting)
    refuse_overwriting(args.files, args.json, args.evidence)
    with readings(args.reading) as concluded_of:
        return analyze_files(
            args.files,
            json_out=args.json,
            evidence_out=args.evidence,
            start_s=args.start_s,
            end_s=args.end_s,
            model_folder=args.model,
            language=args.language,
            deidentify=args.deidentify,
            given=given_of(args),
            concluded_of=concluded_of if args.reading else None,
            complain=complain,
        )


def describe_measure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `measure`."""
    from cardio_desktop.archive.commands import describe_many

    parser.add_argument("files", nargs="+", metavar="FILE", help="record, folder or pattern")
    parser.add_argument("--json", metavar="OUT", help="as for analyze")
    add_range(parser)
    add_given(parser)
    describe_many(parser)


def measure(args: argparse.Namespace) -> int:
    """Measure records without asking the network."""
    from cardio_desktop.archive.commands import MEASURE, many, wants_many
    from cardio_desktop.reading.batch import analyze_files

    if args.json is args.ledger is args.csv is args.parquet is None:
        raise UsageError("measure needs --json, --csv, --parquet or --ledger: a place for the results.")
    if wants_many(args):
        return many(args, MEASURE, given_of(args), complain, refuse_overwriting)
    refuse_overwriting(args.files, args.json)
    return analyze_files(
        args.files,
        json_out=args.json,
        start_s=args.start_s,
        end_s=args.end_s,
        measure_only=True,
        given=given_of(args),
        complain=complain,
    )


def describe_holter(parser: argparse.ArgumentParser) -> None:
    """Add the options of `holter`."""
    from cardio_desktop.commands.holter import describe

    parser.add_argument("file", metavar="FILE")
    describe(parser)
    add_language(parser, "of text, table and PDF")
    add_range(parser)
    add_given(parser)
    add_model(parser)


def holter(args: argparse.Namespace) -> int:
    """Read a recording of hours as a Holter reader does: table by the hour, the worst of each kind, variability."""
    from cardio_desktop.commands.holter import run

    refuse_overwriting([args.file], args.json, args.csv, args.pdf)
    return run(args, given_of(args), complain)
