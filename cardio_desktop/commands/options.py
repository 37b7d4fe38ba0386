"""What commands on records share: their options, what they refuse, and how they complain."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from cardio_desktop.core.conclusion import Conclusion
from cardio_desktop.core.errors import CardioError, one_line
from cardio_desktop.core.findings import CLASS_NAMES
from cardio_desktop.core.leads import DEFAULT_LAYOUT, LAYOUTS
from cardio_desktop.core.record import Record

AUTO, NONE = "auto", "none"


class UsageError(CardioError):
    """Arguments that do not go together."""

    kind = "usage"


def complain(message: str) -> None:
    """Say what went wrong, on standard error."""
    print(f"cardio-desktop: {one_line(message, 600)}", file=sys.stderr, flush=True)


def add_reading(parser: argparse.ArgumentParser, default: bool, words: str) -> None:
    """Add the option that takes the reader's conclusion into the result."""
    parser.add_argument("--reading", action=argparse.BooleanOptionalAction, default=default, help=words)


def add_given(parser: argparse.ArgumentParser) -> None:
    """Add what tables of numbers do not say themselves."""
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


def given_of(args: argparse.Namespace) -> dict[str, float | str]:
    """Return what was given for tables of numbers."""
    found = {"rate_hz": args.csv_rate, "unit": args.csv_unit}
    return {name: value for name, value in found.items() if value is not None}


def add_range(parser: argparse.ArgumentParser) -> None:
    """Add from where to where a record is read."""
    parser.add_argument("--from", dest="start_s", type=float, metavar="S", help="seconds from the record's start")
    parser.add_argument("--to", dest="end_s", type=float, metavar="S")


def add_model(parser: argparse.ArgumentParser) -> None:
    """Add the folder of the models."""
    parser.add_argument("--model", type=Path, metavar="DIR", help="model folder (default: the shipped one)")


@contextmanager
def readings(wanted: bool) -> Iterator[Callable[[Record], Conclusion]]:
    """Give what looks up the conclusion of a record; where it is not wanted, there is none."""
    if not wanted:
        yield lambda _record: Conclusion()
        return
    from cardio_desktop.app.kept_reading import KeptReadings

    with closing(KeptReadings()) as kept:
        yield kept.of


def note_written(record: Record, files: Sequence[Path], args: argparse.Namespace) -> None:
    """Write into the audit trail, where there is one, what was made of a record."""
    from cardio_desktop.app.command_log import note_written
    from cardio_desktop.words import say

    remark = note_written(record, files, deidentified=args.deidentify)
    if remark is not None:
        complain(say(remark, args.language))


def add_language(parser: argparse.ArgumentParser, of_what: str) -> None:
    """Add the language `of_what`."""
    parser.add_argument("--language", choices=("en", "de"), default="en", help=f"language {of_what} (en)")


def add_layout(parser: argparse.ArgumentParser) -> None:
    """Add the layout of the page."""
    parser.add_argument("--layout", choices=tuple(LAYOUTS), default=DEFAULT_LAYOUT)


def add_evidence(parser: argparse.ArgumentParser) -> None:
    """Add whose evidence is painted."""
    parser.add_argument(
        "--evidence",
        choices=(*CLASS_NAMES, NONE, AUTO),
        default=AUTO,
        metavar="CLASS",
        help=f"class whose evidence is painted ({', '.join(CLASS_NAMES)}), none, or auto: the most probable pathology, "
        "on the report only where the tier is Moderate or High (default)",
    )


def refuse_overwriting(records: Sequence[str], *outs: str | Path | None) -> None:
    """Raise UsageError where a result would take the place of a record, or of one of the files that it consists of."""
    from cardio_desktop.io.registry import files_of, may_be_part

    for out in (Path(out) for out in outs if out is not None and str(out) != "-"):
        for source in map(Path, records):
            if any(_same_place(out, file) for file in files_of(source)) or may_be_part(out, source):
                raise UsageError(f"{out} belongs to the record; choose another name for the result.")


def _same_place(first: Path, second: Path) -> bool:
    return first.resolve() == second.resolve() or (first.exists() and second.exists() and first.samefile(second))


def picture_size(text: str) -> tuple[int, int]:
    """Return "1600x1000" as numbers; raises argparse's error for anything else."""
    width, _, height = text.lower().partition("x")
    if not (width.isdecimal() and height.isdecimal() and 200 <= int(width) <= 8000 and 200 <= int(height) <= 8000):
        raise argparse.ArgumentTypeError(f"{text!r} is no size such as 1600x1000 (200 to 8000 pixels a side)")
    return int(width), int(height)
