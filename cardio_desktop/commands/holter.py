"""The command that reads a recording of hours, in all processors, and writes the Holter report."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import fields
from pathlib import Path

from cardio_desktop.core.errors import CardioError
from cardio_desktop.core.holter import RANGES, HolterLimits

DONE, USAGE = 0, 2
HELP = {
    "pause_s": "an RR interval of so many seconds is a pause",
    "slow_bpm": "rates below are told as slow",
    "fast_bpm": "rates from this on are told as fast",
    "run_beats": "so many ectopic beats in a row are a run",
    "premature": "share by which a supraventricular beat comes before its time at least (0: as the program judges)",
    "st_mv": "shift of ST that counts",
    "st_s": "and for how many seconds",
    "averaged": "highest and lowest rate are means over so many intervals",
    "fibrillation_s": "shorter fibrillation or flutter is not told",
}
LIMIT_KIND = "usage"


class LimitError(CardioError):
    """A limit that nobody can mean."""

    kind = LIMIT_KIND


def describe(parser: argparse.ArgumentParser) -> None:
    """Add the command's own options."""
    parser.add_argument("--json", metavar="OUT", help="write the whole reading as JSON there, - for standard output")
    parser.add_argument("--csv", type=Path, metavar="OUT.csv", help="write the hourly table for a spreadsheet")
    parser.add_argument("--pdf", type=Path, metavar="OUT.pdf", help="write the report")
    parser.add_argument("--paper", choices=("a4", "letter"), default="a4", help="of the report (a4)")
    parser.add_argument("--deidentify", action="store_true", help="leave out who the patient is, and dates")
    parser.add_argument("--no-network", action="store_true", help="do not ask the network: faster, no opinion")
    parser.add_argument("--jobs", type=_jobs, default=0, metavar="N", help="processes (0: as many as processors)")
    group = parser.add_argument_group("limits")
    for limit in fields(HolterLimits):
        kind = int if isinstance(limit.default, int) else float
        low, high = RANGES[limit.name]
        flag = f"--{limit.name.replace('_', '-')}"
        words = f"{HELP[limit.name]} ({limit.default:g}; {low:g} to {high:g})"
        group.add_argument(flag, type=kind, default=limit.default, metavar="X", help=words, dest=f"limit_{limit.name}")


def run(args: argparse.Namespace, given: Mapping[str, float | str], complain: Callable[[str], None]) -> int:
    """Read the record of `args` and write what was asked for; the reading as text where nothing was."""
    from cardio_desktop.reading.day import read_day_file
    from cardio_desktop.report.files import write_whole
    from cardio_desktop.report.holter_files import KINDS, holter_bytes
    from cardio_desktop.report.holter_text import holter_lines
    from cardio_desktop.report.language import Language

    try:
        limits = HolterLimits(**{limit.name: getattr(args, f"limit_{limit.name}") for limit in fields(HolterLimits)})
    except ValueError as error:
        raise LimitError(f"{error}.") from error
    shown = _Shown()
    record, found = read_day_file(
        Path(args.file),
        jobs=args.jobs or (os.cpu_count() or 1),
        given=given,
        model_folder=args.model,
        measure_only=args.no_network,
        start_s=args.start_s or 0.0,
        end_s=args.end_s,
        limits=limits,
        progress=shown.at,
    )
    shown.end()
    for low, high, problem in found.problems:
        complain(f"{record.path.name}, {low:g} to {high:g} s: {problem}")
    asked = {kind: getattr(args, kind) for kind in KINDS if getattr(args, kind) is not None}
    for kind, out in asked.items():
        made = holter_bytes(record, found, kind, paper=args.paper, language=args.language, deidentify=args.deidentify)
        if str(out) == "-":
            print(made.decode("utf-8"), end="", flush=True)
        else:
            write_whole(out, made)
    if not asked:
        say = Language(args.language)
        print("\n".join(holter_lines(record, found, say, deidentify=args.deidentify)), flush=True)
    return DONE


def _jobs(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = -1
    if not 0 <= number <= 256:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of processes from 0 to 256")
    return number


class _Shown:
    """Tells on standard error how far it is, where somebody looks at it, with the time that is left."""

    def __init__(self) -> None:
        self._started = time.monotonic()
        self._told = False

    def at(self, percent: float) -> None:
        if not sys.stderr.isatty():
            return
        passed = time.monotonic() - self._started
        left = f", {passed * (100.0 - percent) / percent:.0f} s left" if percent else ""
        print(f"\r{percent:3.0f} %{left}   ", end="", file=sys.stderr, flush=True)
        self._told = True

    def end(self) -> None:
        if self._told:
            print(file=sys.stderr)
