"""The command line: the window without a command, and a command for each thing that scripts need.

Nothing but results goes to standard output. Exit status: 0 done, 1 some record failed, 2 wrong usage, 130 interrupted.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from cardio_desktop import __version__
from cardio_desktop.core.conclusion import Conclusion
from cardio_desktop.core.errors import CardioError, one_line
from cardio_desktop.core.findings import CLASS_NAMES
from cardio_desktop.core.leads import DEFAULT_LAYOUT, LAYOUTS
from cardio_desktop.core.record import Record

DONE, FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130
AUTO, NONE = "auto", "none"


class UsageError(CardioError):
    """Arguments that do not go together."""

    kind = "usage"


class DisplayError(CardioError):
    """No display for the window."""

    kind = "display"


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program with `argv` (default: the process's arguments) and return its exit status."""
    _make_streams_safe()
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        status = _run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of our output has gone; without this, Python complains once more while closing it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    except CardioError as error:
        complain(str(error))
        return USAGE if error.kind == UsageError.kind else FAILED
    except OSError as error:
        complain(f"{error.filename or 'the output'}: {error.strerror or error}; make room or choose another place.")
        return FAILED
    return status


def _make_streams_safe() -> None:
    """Give a windowed program, which has no streams, ones that swallow; and let no character break the others."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - lives as long as we do
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _run(arguments: list[str]) -> int:
    try:
        if arguments == ["--survey-worker"]:  # a helper of the window's worklist
            from cardio_desktop.reading.survey import main as serve

            return serve()
        if arguments == ["--archive-worker"]:  # a helper of a run over many records
            from cardio_desktop.archive.worker import main as serve_archive

            return serve_archive()
        if arguments and arguments[0] in PASSED_ON:
            return PASSED_ON[arguments[0]](arguments[1:])
        if arguments and arguments[0] in COMMANDS:
            describe, run = COMMANDS[arguments[0]]
            parser = argparse.ArgumentParser(prog=f"cardio-desktop {arguments[0]}", description=run.__doc__)
            describe(parser)
            return run(parser.parse_args(arguments[1:]))
        return _window(window_parser().parse_args(arguments))
    except SystemExit as stop:  # argparse has said what is wrong, or shown the help
        return stop.code if isinstance(stop.code, int) else USAGE


def complain(message: str) -> None:
    """Say what went wrong, on standard error."""
    print(f"cardio-desktop: {one_line(message, 600)}", file=sys.stderr, flush=True)


# The window


def window_parser() -> argparse.ArgumentParser:
    """Return the parser of what opens the window."""
    parser = argparse.ArgumentParser(
        prog="cardio-desktop",
        description="Show ECGs in a window. Not a medical device: an opinion for physicians, not a diagnosis.",
        epilog="Commands: " + ", ".join([*COMMANDS, *PASSED_ON]) + ". `cardio-desktop COMMAND --help` explains one. "
        "A file that is called like a command is opened as ./NAME.",
    )
    parser.add_argument("files", nargs="*", metavar="FILE", help="record: x.hea, x.dat, x, x.edf ...; or a folder")
    parser.add_argument("--version", action="version", version=f"Cardio Desktop {__version__}")
    parser.add_argument("--smoke-test", action="store_true", help="try everything on the samples, and say so")
    parser.add_argument("--out", type=Path, metavar="DIR", help="with --smoke-test: keep what it writes there")
    return parser


def _window(args: argparse.Namespace) -> int:
    if args.smoke_test:
        from cardio_desktop.ui.smoke import smoke_test

        return smoke_test(args.out)
    if args.out is not None:
        raise UsageError("--out belongs to --smoke-test or to the command demo.")
    _want_display()
    from cardio_desktop.ui.application import run

    return int(run(args.files))


def _want_display() -> None:
    """Raise DisplayError where Qt would find no display on Linux: it would end the process with an abort."""
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    if not sys.platform.startswith("linux") or (platform and not platform.startswith(("xcb", "wayland"))):
        return
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        raise DisplayError(
            "There is no display to open a window on; run `cardio-desktop report FILE` for a PDF, or "
            "`cardio-desktop demo` to see what the program makes."
        )


# Commands on records


def _describe_analyze(parser: argparse.ArgumentParser) -> None:
    from cardio_desktop.archive.commands import describe_many

    parser.add_argument("files", nargs="+", metavar="FILE", help="record, folder or pattern")
    parser.add_argument(
        "--json", metavar="OUT", help="write one JSON object per record and line there, - for standard output"
    )
    parser.add_argument("--evidence", type=Path, metavar="OUT.npz", help="write the evidence of the one FILE")
    parser.add_argument("--deidentify", action="store_true", help="with --json: leave out paths, file names and dates")
    _add_reading(parser, False, "with --json: add what readers concluded and signed, from this user's data folder")
    _add_language(parser, "of the sentences without --json; JSON has them in both")
    _add_range(parser)
    _add_given(parser)
    _add_model(parser)
    describe_many(parser)


def _add_reading(parser: argparse.ArgumentParser, default: bool, words: str) -> None:
    parser.add_argument("--reading", action=argparse.BooleanOptionalAction, default=default, help=words)


def _add_given(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--csv-rate", type=csv_rate, metavar="HZ", help="samples a second of tables (CSV, TSV) that do not say it"
    )
    parser.add_argument("--csv-unit", type=csv_unit, metavar="UNIT", help="their unit: V, mV, uV or nV")


def csv_rate(text: str) -> float:
    """Return a sampling rate; raises argparse's error for what none is."""
    try:
        rate = float(text.replace(",", "."))
    except ValueError:
        rate = 0.0
    if not 0 < rate <= 100_000:
        raise argparse.ArgumentTypeError(f"{text!r} is no sampling rate in Hz, such as 500")
    return rate


def csv_unit(text: str) -> str:
    """Return a unit of voltage; raises argparse's error for anything else."""
    from cardio_desktop.core.units import millivolts_per

    if millivolts_per(text) is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no unit of voltage; V, mV, uV and nV are")
    return text


def _given(args: argparse.Namespace) -> dict[str, float | str]:
    found = {"rate_hz": args.csv_rate, "unit": args.csv_unit}
    return {name: value for name, value in found.items() if value is not None}


def _add_range(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--from", dest="start_s", type=float, metavar="S", help="seconds from the record's start")
    parser.add_argument("--to", dest="end_s", type=float, metavar="S")


def _add_model(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--model", type=Path, metavar="DIR", help="model folder (default: the shipped one)")


def _analyze(args: argparse.Namespace) -> int:
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
        return many(args, ANALYZE, _given(args), complain, _refuse_overwriting)
    _refuse_overwriting(args.files, args.json, args.evidence)
    with _readings(args.reading) as concluded_of:
        return analyze_files(
            args.files,
            json_out=args.json,
            evidence_out=args.evidence,
            start_s=args.start_s,
            end_s=args.end_s,
            model_folder=args.model,
            language=args.language,
            deidentify=args.deidentify,
            given=_given(args),
            concluded_of=concluded_of if args.reading else None,
            complain=complain,
        )


@contextmanager
def _readings(wanted: bool) -> Iterator[Callable[[Record], Conclusion]]:
    """Give what looks up the conclusion of a record; where it is not wanted, there is none."""
    if not wanted:
        yield lambda _record: Conclusion()
        return
    from cardio_desktop.app.kept_reading import KeptReadings

    with closing(KeptReadings()) as kept:
        yield kept.of


def _note_written(record: Record, files: Sequence[Path], args: argparse.Namespace) -> None:
    """Write into the audit trail, where there is one, what was made of a record."""
    from cardio_desktop.app.command_log import note_written
    from cardio_desktop.words import say

    remark = note_written(record, files, deidentified=args.deidentify)
    if remark is not None:
        complain(say(remark, args.language))


def _add_language(parser: argparse.ArgumentParser, of_what: str) -> None:
    parser.add_argument("--language", choices=("en", "de"), default="en", help=f"language {of_what} (en)")


def _describe_holter(parser: argparse.ArgumentParser) -> None:
    from cardio_desktop.holter_command import describe

    parser.add_argument("file", metavar="FILE")
    describe(parser)
    _add_language(parser, "of text, table and PDF")
    _add_range(parser)
    _add_given(parser)
    _add_model(parser)


def _holter(args: argparse.Namespace) -> int:
    """Read a recording of hours as a Holter reader does: table by the hour, the worst of each kind, variability."""
    from cardio_desktop.holter_command import run

    _refuse_overwriting([args.file], args.json, args.csv, args.pdf)
    return run(args, _given(args), complain)


def _describe_measure(parser: argparse.ArgumentParser) -> None:
    from cardio_desktop.archive.commands import describe_many

    parser.add_argument("files", nargs="+", metavar="FILE", help="record, folder or pattern")
    parser.add_argument("--json", metavar="OUT", help="as for analyze")
    _add_range(parser)
    _add_given(parser)
    describe_many(parser)


def _measure(args: argparse.Namespace) -> int:
    """Measure records without asking the network."""
    from cardio_desktop.archive.commands import MEASURE, many, wants_many
    from cardio_desktop.reading.batch import analyze_files

    if args.json is args.ledger is args.csv is args.parquet is None:
        raise UsageError("measure needs --json, --csv, --parquet or --ledger: a place for the results.")
    if wants_many(args):
        return many(args, MEASURE, _given(args), complain, _refuse_overwriting)
    _refuse_overwriting(args.files, args.json)
    return analyze_files(
        args.files,
        json_out=args.json,
        start_s=args.start_s,
        end_s=args.end_s,
        measure_only=True,
        given=_given(args),
        complain=complain,
    )


def _describe_report(parser: argparse.ArgumentParser) -> None:
    from cardio_desktop.archive.commands import describe_many

    parser.add_argument("files", nargs="+", metavar="FILE", help="record, folder or pattern")
    parser.add_argument(
        "-o", "--out", type=Path, metavar="OUT.pdf",
        help="default: the record's name in this folder; of many records a folder, in which none is ever replaced",
    )  # fmt: skip
    _add_layout(parser)
    parser.add_argument("--paper", choices=("a4", "letter"), default="a4")
    _add_language(parser, "of the report")
    _add_evidence(parser)
    parser.add_argument("--deidentify", action="store_true", help="leave out who the patient is, dates and file name")
    parser.add_argument("--start", type=float, metavar="S", help="where the printed ten seconds begin")
    parser.add_argument(
        "--annex",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="the pages after the first: evidence, probabilities, quality, limits, median beats, voltages (default)",
    )
    parser.add_argument("--letterhead", type=Path, metavar="FILE", help="TOML or JSON with clinic, lines and logo")
    _add_reading(
        parser,
        True,
        "print what readers concluded and signed, from this user's data folder (default for "
        "one FILE; many are printed without)",
    )
    _add_range(parser)
    _add_given(parser)
    _add_model(parser)
    describe_many(parser, tables=False)


def _add_layout(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--layout", choices=tuple(LAYOUTS), default=DEFAULT_LAYOUT)


def _add_evidence(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--evidence",
        choices=(*CLASS_NAMES, NONE, AUTO),
        default=AUTO,
        metavar="CLASS",
        help=f"class whose evidence is painted ({', '.join(CLASS_NAMES)}), none, or auto: the most probable pathology, "
        "on the report only where the tier is Moderate or High (default)",
    )


def _report(args: argparse.Namespace) -> int:
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
        _refuse_overwriting(args.files, args.ledger)
        return many_reports(args, _given(args), complain)
    (file,) = args.files
    default = "ecg-deidentified.pdf" if args.deidentify else Path(file).stem + ".pdf"
    out = args.out if args.out is not None else Path(default)
    _refuse_overwriting([file], out)
    letterhead = read_letterhead(args.letterhead) if args.letterhead is not None else None
    record = open_given(file, given=_given(args))
    with _readings(args.reading) as concluded_of:
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
    _note_written(record, [out], args)
    return DONE


def _refuse_overwriting(records: Sequence[str], *outs: str | Path | None) -> None:
    """Raise UsageError where a result would take the place of a record, or of one of the files that it consists of."""
    from cardio_desktop.io.registry import files_of, may_be_part

    for out in (Path(out) for out in outs if out is not None and str(out) != "-"):
        for source in map(Path, records):
            if any(_same_place(out, file) for file in files_of(source)) or may_be_part(out, source):
                raise UsageError(f"{out} belongs to the record; choose another name for the result.")


def _same_place(first: Path, second: Path) -> bool:
    return first.resolve() == second.resolve() or (first.exists() and second.exists() and first.samefile(second))


def _describe_convert(parser: argparse.ArgumentParser) -> None:
    from cardio_desktop.io.formats import writers

    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--to", choices=tuple(writers()), required=True, help="format of the new files")
    parser.add_argument("--out", type=Path, default=Path(), metavar="FOLDER", help="default: this folder")
    parser.add_argument("--deidentify", action="store_true", help="leave out who the patient is; dates are shifted")
    parser.add_argument("--replace", action="store_true", help="replace files of the same name")
    _add_language(parser, "of the remarks")
    _add_given(parser)


def _convert(args: argparse.Namespace) -> int:
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
                _refuse_overwriting([file], *targets(Path(file), args.to, args.out))
            record = open_given(file, given=_given(args))
            done = convert(record, args.to, args.out, names=names, replace=args.replace)
        except CardioError as error:
            if error.kind == UsageError.kind:
                raise
            complain(error.said(args.language))
            failed = True
            continue
        for path in done.files:
            print(path)
        _note_written(record, done.files, args)
        for remark in done.remarks:
            complain(f"{done.files[-1].name}: {say(remark, args.language)}")
    return FAILED if failed else DONE


def _describe_results(parser: argparse.ArgumentParser) -> None:
    from cardio_desktop.handover.outbox import KINDS

    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument(
        "--as", dest="kinds", choices=KINDS, nargs="+", default=list(KINDS), metavar="KIND",
        help="pdf (report as DICOM), sr (measurements as DICOM), fhir, hl7, csv; default: all",
    )  # fmt: skip
    parser.add_argument("--outbox", type=Path, default=Path(), metavar="FOLDER", help="default: this folder")
    parser.add_argument("--deidentify", action="store_true", help="leave out who the patient is; dates are shifted")
    parser.add_argument("--replace", action="store_true", help="replace files of the same name")
    _add_language(parser, "of the report")
    _add_range(parser)
    _add_model(parser)
    _add_given(parser)


def _results(args: argparse.Namespace) -> int:
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
            record = open_given(file, given=_given(args))
            with _readings(True) as concluded_of:
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
        _note_written(record, paths, args)
    return FAILED if failed else DONE


def _describe_screenshot(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("-o", "--out", type=Path, metavar="OUT.png", required=True)
    _add_layout(parser)
    _add_evidence(parser)
    parser.add_argument("--size", type=picture_size, default=(1600, 1000), metavar="WxH", help="pixels (1600x1000)")
    _add_given(parser)


def _screenshot(args: argparse.Namespace) -> int:
    """Write the window with a record and its findings as PNG."""
    from cardio_desktop.ui.screenshot import save_screenshot

    _refuse_overwriting([args.file], args.out)
    evidence = None if args.evidence == AUTO else args.evidence
    save_screenshot(args.file, args.out, args.layout, evidence, args.size, _given(args))
    print(args.out)
    return DONE


def picture_size(text: str) -> tuple[int, int]:
    """Return "1600x1000" as numbers; raises argparse's error for anything else."""
    width, _, height = text.lower().partition("x")
    if not (width.isdecimal() and height.isdecimal() and 200 <= int(width) <= 8000 and 200 <= int(height) <= 8000):
        raise argparse.ArgumentTypeError(f"{text!r} is no size such as 1600x1000 (200 to 8000 pixels a side)")
    return int(width), int(height)


def _describe_demo(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", metavar="FILE", help="record (default: a sample)")
    parser.add_argument("--out", type=Path, default=Path("out"), metavar="DIR")


def _demo(args: argparse.Namespace) -> int:
    """Write JSON, PDF and a picture of the window for a record (default: a sample) and print where they are."""
    from cardio_desktop.ui.smoke import demo

    for path in demo(args.file, args.out):
        print(path)
    return DONE


# Commands with a command line of their own


def _evaluate(arguments: list[str]) -> int:
    from cardio_desktop.evaluation.cli import evaluate

    return evaluate(arguments)


def _query(arguments: list[str]) -> int:
    from cardio_desktop.archive.ledger_commands import query

    return query(arguments)


def _summary(arguments: list[str]) -> int:
    from cardio_desktop.archive.ledger_commands import summary

    return summary(arguments)


def _check_evidence(arguments: list[str]) -> int:
    from cardio_desktop.evaluation.cli import check_evidence

    return check_evidence(arguments)


def _check_noise(arguments: list[str]) -> int:
    from cardio_desktop.evaluation.cli import check_noise

    return check_noise(arguments)


def _validate(arguments: list[str]) -> int:
    from cardio_desktop.evaluation.validate import main as run

    return int(run(arguments))


def _train_delineator(arguments: list[str]) -> int:
    _want_torch()
    from cardio_desktop.training.delineator_cli import main as run

    return int(run(arguments))


def _train(arguments: list[str]) -> int:
    _want_torch()
    from cardio_desktop.training.cli import main as run

    return int(run(arguments))


def _want_torch() -> None:
    """Raise CardioError where the packages of the train extra are not installed."""
    import importlib.util

    if importlib.util.find_spec("torch") is None:
        raise CardioError("Training needs PyTorch, which is not installed; run: pip install cardio-desktop[train].")


def _export(arguments: list[str]) -> int:
    _want_torch()
    from cardio_desktop.training.export import main as run

    return run(arguments)


def _audit(arguments: list[str]) -> int:
    from cardio_desktop.app.store_commands import audit

    return audit(arguments)


def _backup(arguments: list[str]) -> int:
    from cardio_desktop.app.store_commands import backup

    return backup(arguments)


def _restore(arguments: list[str]) -> int:
    from cardio_desktop.app.store_commands import restore

    return restore(arguments)


Describe = Callable[[argparse.ArgumentParser], None]
Run = Callable[[argparse.Namespace], int]
COMMANDS: dict[str, tuple[Describe, Run]] = {
    "analyze": (_describe_analyze, _analyze),
    "report": (_describe_report, _report),
    "screenshot": (_describe_screenshot, _screenshot),
    "holter": (_describe_holter, _holter),
    "measure": (_describe_measure, _measure),
    "convert": (_describe_convert, _convert),
    "results": (_describe_results, _results),
    "demo": (_describe_demo, _demo),
}
PASSED_ON: dict[str, Callable[[list[str]], int]] = {
    "audit": _audit,
    "backup": _backup,
    "restore": _restore,
    "query": _query,
    "summary": _summary,
    "evaluate": _evaluate,
    "evidence-checks": _check_evidence,
    "noise-checks": _check_noise,
    "export": _export,
    "validate": _validate,
    "train": _train,
    "train-delineator": _train_delineator,
}
