"""The command line: the window without a command, and a command for each thing that scripts need.

Nothing but results goes to standard output. Exit status: 0 done, 1 some record failed, 2 wrong usage, 130 interrupted.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from cardio_desktop import __version__
from cardio_desktop.commands import handing_out, live, pages, records
from cardio_desktop.commands.options import UsageError, complain
from cardio_desktop.core.errors import CardioError

DONE, FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130


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
    "analyze": (records.describe_analyze, records.analyze),
    "report": (pages.describe_report, pages.report),
    "screenshot": (pages.describe_screenshot, pages.screenshot),
    "holter": (records.describe_holter, records.holter),
    "watch": (live.describe_watch, live.watch),
    "measure": (records.describe_measure, records.measure),
    "convert": (handing_out.describe_convert, handing_out.convert),
    "results": (handing_out.describe_results, handing_out.results),
    "demo": (pages.describe_demo, pages.demo),
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
