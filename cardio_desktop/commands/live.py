"""`watch`: what is found in a recording while it is being made."""

from __future__ import annotations

import argparse
import json
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from cardio_desktop.commands.options import (
    UsageError,
    add_given,
    add_language,
    add_model,
    complain,
    given_of,
    refuse_overwriting,
)
from cardio_desktop.core.errors import CardioError

if TYPE_CHECKING:
    from cardio_desktop.live.events import LiveEvent
    from cardio_desktop.live.session import LiveSession
    from cardio_desktop.live.source import Source

DONE, INTERRUPTED = 0, 130
STREAM = "lsl:"
OFTEN = ("beat", "rate", "opinion")
"""Kinds of events that nobody reads line by line: the tier stands for the opinions."""
AGAIN_S = 0.25
"""Between two looks for a file that its recorder has not begun yet."""


def describe_watch(parser: argparse.ArgumentParser) -> None:
    """Add the options of `watch`."""
    parser.add_argument("source", metavar="FILE|lsl:NAME", help="a file that grows (EDF, WFDB, CSV), or a stream")
    parser.add_argument(
        "--json", metavar="OUT", help="write one JSON object a line for each event, - for standard output"
    )
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="record there what comes, and what is said of it")
    parser.add_argument("--from-start", action="store_true", help="begin with the file's first sample (newest 10 s)")
    parser.add_argument(
        "--speed", type=_positive, metavar="N", help="play what is there already at N times its true speed"
    )
    parser.add_argument("--seconds", type=_positive, metavar="S", help="end after so many seconds of signal")
    parser.add_argument(
        "--wait", type=_positive, default=60.0, metavar="S", help="end when nothing new has come for so long (60)"
    )
    parser.add_argument(
        "--all", action="store_true", help="without --json: a line for each beat, rate and opinion, too"
    )
    parser.add_argument("--no-opinion", action="store_true", help="do not ask the network: beats and rhythm alone")
    parser.add_argument(
        "--peer", action="append", default=[], metavar="ADDRESS",
        help="with lsl: a computer on which the stream may be; others are not asked (default: this one)",
    )  # fmt: skip
    add_language(parser, "of the lines without --json; JSON has them in both")
    add_given(parser)
    add_model(parser)


def watch(args: argparse.Namespace) -> int:
    """Follow a recording while it grows: beats, rate, critical rhythms, quality, opinion. Not a monitor."""
    from cardio_desktop.live.events import NOT_A_MONITOR
    from cardio_desktop.words import say

    if args.peer and not args.source.startswith(STREAM):
        raise UsageError("--peer belongs to lsl:NAME.")
    if args.json is not None and not args.source.startswith(STREAM):
        refuse_overwriting([args.source], args.json)
    print(say(NOT_A_MONITOR, args.language), file=sys.stderr, flush=True)
    with ExitStack() as stack:
        session = _session(args, stack)
        out = _output(args, stack)
        try:
            for event in session.events():
                _print(event, args, out)
                if args.seconds is not None and session.judge.now_s - session.began_s >= args.seconds:
                    break
        except KeyboardInterrupt:
            _end(session, args, out)
            return INTERRUPTED
        _end(session, args, out)
    return DONE


def _end(session: LiveSession, args: argparse.Namespace, out: TextIO) -> None:
    for event in session.close():
        _print(event, args, out)
    if session.keeper is not None and session.keeper.path.exists():
        complain(f"kept as {session.keeper.path}")


def _session(args: argparse.Namespace, stack: ExitStack) -> LiveSession:
    from cardio_desktop.live.judge import Judge, Settings
    from cardio_desktop.live.keeping import Keeper
    from cardio_desktop.live.session import LiveSession
    from cardio_desktop.reading.models import load_models

    models = None if args.no_opinion else load_models(args.model, threads=1)
    source = _opened(args, stack)
    keeper = Keeper(args.keep, source.layout) if args.keep is not None else None
    return LiveSession(source, Judge(source.layout, Settings(models)), keeper)


def _opened(args: argparse.Namespace, stack: ExitStack) -> Source:
    """Return the open source; a file that is not there yet, or holds nothing yet, is waited for."""
    from cardio_desktop.live.growing import open_growing
    from cardio_desktop.live.pacing import PacedSource

    source: Source
    if args.source.startswith(STREAM):
        from cardio_desktop.live.lsl import LslSource

        source = LslSource(
            args.source.removeprefix(STREAM), peers=tuple(args.peer), wait_s=args.wait, unit=args.csv_unit
        )
        source.open()
    else:
        until = time.monotonic() + args.wait
        while True:
            try:
                source = open_growing(
                    args.source, from_start=args.from_start or args.speed is not None, wait_s=args.wait,
                    given=given_of(args),
                )  # fmt: skip
                source.open()
                break
            except CardioError:
                if time.monotonic() >= until or Path(args.source).is_dir():
                    raise
                time.sleep(AGAIN_S)
    stack.callback(source.close)
    return PacedSource(source, args.speed) if args.speed is not None else source


def _output(args: argparse.Namespace, stack: ExitStack) -> TextIO:
    if args.json in (None, "-"):
        return sys.stdout
    return stack.enter_context(Path(args.json).open("w", encoding="utf-8", newline="\n"))


def _print(event: LiveEvent, args: argparse.Namespace, out: TextIO) -> None:
    from cardio_desktop.live.lines import line_of
    from cardio_desktop.words import say

    if args.json is not None:
        print(json.dumps(line_of(event), ensure_ascii=False), file=out, flush=True)
        return
    if event.kind in OFTEN and not args.all:
        return
    text = say(event.remark, args.language) if event.remark is not None else ""
    print(f"{_clock(event.start_s)}  {event.kind:8}  {text or event.code}", file=out, flush=True)


def _clock(seconds: float) -> str:
    whole = int(seconds)
    return f"{whole // 3600:d}:{whole // 60 % 60:02d}:{whole % 60:02d}.{int(10 * (seconds - whole)):d}"


def _positive(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < 1e9:
        raise argparse.ArgumentTypeError(f"{text!r} is no number above 0")
    return value
