"""`report`, `screenshot` and `demo`: records as pages and pictures."""

from __future__ import annotations

import argparse
from pathlib import Path

from cardio_desktop.commands.options import (
    AUTO,
    NONE,
    UsageError,
    add_evidence,
    add_given,
    add_language,
    add_layout,
    add_model,
    add_range,
    add_reading,
    complain,
    given_of,
    note_written,
    picture_size,
    readings,
    refuse_overwriting,
)

DONE, FAILED, USAGE = 0, 1, 2


def describe_report(parser: argparse.ArgumentParser) -> None:
    """Add the options of `report`."""
    from cardio_desktop.archive.commands import describe_many

    parser.add_argument("files", nargs="+", metavar="FILE", help="record, folder or pattern")
    parser.add_argument(
        "-o", "--out", type=Path, metavar="OUT.pdf",
        help="default: the record's name in this folder; of many records a folder, in which none is ever replaced",
    )  # fmt: skip
    add_layout(parser)
    parser.add_argument("--paper", choices=("a4", "letter"), default="a4")
    add_language(parser, "of the report")
    add_evidence(parser)
    parser.add_argument("--deidentify", action="store_true", help="leave out who the patient is, dates and file name")
    parser.add_argument("--start", type=float, metavar="S", help="where the printed ten seconds begin")
    parser.add_argument(
        "--annex",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="the pages after the first: evidence, probabilities, quality, limits, median beats, voltages (default)",
    )
    parser.add_argument("--letterhead", type=Path, metavar="FILE", help="TOML or JSON with clinic, lines and logo")
    add_reading(
        parser,
        True,
        "print what readers concluded and signed, from this user's data folder (default for "
        "one FILE; many are printed without)",
    )
    add_range(parser)
    add_given(parser)
    add_model(parser)
    describe_many(parser, tables=False)


def report(args: argparse.Namespace) -> int:
    """Write a record's report as PDF and print where it is."""
    from datetime import datetime

    from cardio_desktop.archive.commands import many_reports, wants_many
    from cardio_desktop.io import open_given
    from cardio_desktop.reading.pipeline import analyze, faithfulness_note, load_models
    from cardio_desktop.report.letterhead import read_letterhead
    from cardio_desktop.report.pdf import ReportOptions, customary_evidence, write_pdf

    if args.letterhead is not None and args.deidentify:
        raise UsageError("--letterhead tells where the patient was; leave it out of a report with --deidentify.")
    if len(args.files) > 1 or wants_many(args):
        refuse_overwriting(args.files, args.ledger)
        return many_reports(args, given_of(args), complain)
    (file,) = args.files
    default = "ecg-deidentified.pdf" if args.deidentify else Path(file).stem + ".pdf"
    out = args.out if args.out is not None else Path(default)
    refuse_overwriting([file], out)
    letterhead = read_letterhead(args.letterhead) if args.letterhead is not None else None
    record = open_given(file, given=given_of(args))
    with readings(args.reading) as concluded_of:
        concluded = concluded_of(record) if args.reading else None
    models = load_models(args.model)
    findings = analyze(record, models, start_s=args.start_s, end_s=args.end_s)
    evidence = {AUTO: customary_evidence(findings), NONE: None}.get(args.evidence, args.evidence)
    options = ReportOptions(
        layout=args.layout,
        paper=args.paper,
        evidence=evidence,
        deidentify=args.deidentify,
        start_s=args.start,
        language=args.language,
        evidence_note=faithfulness_note(models, evidence) if evidence is not None else "",
        conclusion=concluded,
        annex=args.annex,
        letterhead=letterhead,
    )
    write_pdf(record, findings, out, options, created=datetime.now().astimezone())
    print(out)
    note_written(record, [out], args)
    return DONE


def describe_screenshot(parser: argparse.ArgumentParser) -> None:
    """Add the options of `screenshot`."""
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("-o", "--out", type=Path, metavar="OUT.png", required=True)
    add_layout(parser)
    add_evidence(parser)
    parser.add_argument("--size", type=picture_size, default=(1600, 1000), metavar="WxH", help="pixels (1600x1000)")
    add_given(parser)


def screenshot(args: argparse.Namespace) -> int:
    """Write the window with a record and its findings as PNG."""
    from cardio_desktop.ui.screenshot import save_screenshot

    refuse_overwriting([args.file], args.out)
    evidence = None if args.evidence == AUTO else args.evidence
    save_screenshot(args.file, args.out, args.layout, evidence, args.size, given_of(args))
    print(args.out)
    return DONE


def describe_demo(parser: argparse.ArgumentParser) -> None:
    """Add the options of `demo`."""
    parser.add_argument("file", nargs="?", metavar="FILE", help="record (default: a sample)")
    parser.add_argument("--out", type=Path, default=Path("out"), metavar="DIR")


def demo(args: argparse.Namespace) -> int:
    """Write JSON, PDF and a picture of the window for a record (default: a sample) and print where they are."""
    from cardio_desktop.ui.smoke import demo

    for path in demo(args.file, args.out):
        print(path)
    return DONE
