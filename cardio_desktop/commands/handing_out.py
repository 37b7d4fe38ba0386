"""`convert` and `results`: records and results as files for other programs."""

from __future__ import annotations

import argparse
from pathlib import Path

from cardio_desktop.commands.options import (
    UsageError,
    add_given,
    add_language,
    add_model,
    add_range,
    complain,
    given_of,
    note_written,
    readings,
    refuse_overwriting,
)
from cardio_desktop.core.errors import CardioError

DONE, FAILED, USAGE = 0, 1, 2


def describe_convert(parser: argparse.ArgumentParser) -> None:
    """Add the options of `convert`."""
    from cardio_desktop.io.formats import writers

    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--to", choices=tuple(writers()), required=True, help="format of the new files")
    parser.add_argument("--out", type=Path, default=Path(), metavar="FOLDER", help="default: this folder")
    parser.add_argument("--deidentify", action="store_true", help="leave out who the patient is; dates are shifted")
    parser.add_argument("--replace", action="store_true", help="replace files of the same name")
    add_language(parser, "of the remarks")
    add_given(parser)


def convert(args: argparse.Namespace) -> int:
    """Write records in another format, print the new files, and say what the format does not hold of them."""
    from cardio_desktop.app.pseudonym_key import pseudonyms
    from cardio_desktop.io import open_given
    from cardio_desktop.io.writers.convert import convert, targets
    from cardio_desktop.words import say

    names = pseudonyms() if args.deidentify else None
    failed = False
    for file in args.files:
        try:
            if args.replace and names is None:
                refuse_overwriting([file], *targets(Path(file), args.to, args.out))
            record = open_given(file, given=given_of(args))
            done = convert(record, args.to, args.out, names=names, replace=args.replace)
        except CardioError as error:
            if error.kind == UsageError.kind:
                raise
            complain(error.said(args.language))
            failed = True
            continue
        for path in done.files:
            print(path)
        note_written(record, done.files, args)
        for remark in done.remarks:
            complain(f"{done.files[-1].name}: {say(remark, args.language)}")
    return FAILED if failed else DONE


def describe_results(parser: argparse.ArgumentParser) -> None:
    """Add the options of `results`."""
    from cardio_desktop.handover.outbox import KINDS

    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument(
        "--as", dest="kinds", choices=KINDS, nargs="+", default=list(KINDS), metavar="KIND",
        help="pdf (report as DICOM), sr (measurements as DICOM), fhir, hl7, csv; default: all",
    )  # fmt: skip
    parser.add_argument("--outbox", type=Path, default=Path(), metavar="FOLDER", help="default: this folder")
    parser.add_argument("--deidentify", action="store_true", help="leave out who the patient is; dates are shifted")
    parser.add_argument("--replace", action="store_true", help="replace files of the same name")
    add_language(parser, "of the report")
    add_range(parser)
    add_model(parser)
    add_given(parser)


def results(args: argparse.Namespace) -> int:
    """Analyse records and write the results for other systems into a folder; print the new files."""
    from datetime import datetime

    from cardio_desktop.app.pseudonym_key import pseudonyms
    from cardio_desktop.handover.outbox import hand_over
    from cardio_desktop.io import open_given
    from cardio_desktop.io.registry import files_of
    from cardio_desktop.reading.pipeline import analyze, load_models
    from cardio_desktop.report.pdf import ReportOptions, pdf_bytes

    names = pseudonyms() if args.deidentify else None
    models = load_models(args.model)
    failed = False
    for file in args.files:
        try:
            record = open_given(file, given=given_of(args))
            with readings(True) as concluded_of:
                concluded = concluded_of(record)
            findings = analyze(record, models, start_s=args.start_s, end_s=args.end_s)
            created = datetime.now().astimezone()
            options = ReportOptions(deidentify=args.deidentify, language=args.language, conclusion=concluded)
            pdf = pdf_bytes(record, findings, options, created=created)
            spared = frozenset(path.resolve() for path in files_of(record.path))
            paths = hand_over(
                record, findings, pdf, args.kinds, args.outbox,
                created=created, names=names, replace=args.replace, spared=spared,
            )  # fmt: skip
        except CardioError as error:
            complain(error.said(args.language))
            failed = True
            continue
        for path in paths:
            print(path)
        note_written(record, paths, args)
    return FAILED if failed else DONE
