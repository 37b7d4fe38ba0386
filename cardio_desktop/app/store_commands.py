"""The commands on what is kept: `audit` checks and lists the trail, `backup` and `restore` save the reader's work."""

from __future__ import annotations

import argparse
import re
import sqlite3
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from cardio_desktop.app.audit_file import kept_heads, read_trail
from cardio_desktop.app.audit_log import station
from cardio_desktop.app.store import FILE_NAME, default_folder
from cardio_desktop.core.audit import Entry, Head, Verdict, verify, write_csv
from cardio_desktop.core.errors import CardioError, ReadError
from cardio_desktop.words import Remark, say

DONE, FAILED, USAGE = 0, 1, 2
SHORT = 12


def audit(arguments: Sequence[str]) -> int:
    """List the audit trail, write it as CSV, or verify it; returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="cardio-desktop audit", description="Who did what with which record: list, CSV, verification."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    for name, help_ in (
        ("list", "print the entries"),
        ("csv", "write them as a table"),
        ("verify", "tell whether one was changed, removed or exchanged; exit status 1 if so"),
    ):
        command = commands.add_parser(name, help=help_, description=f"{help_.capitalize()}.")
        _add_common(command)
    commands.choices["list"].add_argument("--of", metavar="FILE", help="only what was done with this record")
    commands.choices["list"].add_argument("--last", type=int, metavar="N", help="only the last N")
    commands.choices["csv"].add_argument("out", metavar="OUT", help="- for standard output")
    commands.choices["verify"].add_argument(
        "--head", type=head, action="append", default=[], metavar="CHAIN:COUNT:DIGEST",
        help="what an earlier verification printed, noted elsewhere",
    )  # fmt: skip
    commands.choices["verify"].add_argument(
        "--database", metavar="ADDRESS", help="also compare with the trails in a clinic's database (postgresql://...)"
    )
    args = _parsed(parser, arguments)
    if isinstance(args, int):
        return args
    path = (args.data or default_folder()) / FILE_NAME
    run: dict[str, Callable[[argparse.Namespace, Path], int]] = {"list": _list, "csv": _csv, "verify": _verify}
    return run[args.command](args, path)


def backup(arguments: Sequence[str]) -> int:
    """Back up the reader's work into one file; returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="cardio-desktop backup",
        description="Write marks, opinions, conclusions, signatures and the audit trail into one checked file; the "
        "program may run meanwhile.",
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="such as cardio-2026-01-31.backup")
    parser.add_argument("--replace", action="store_true", help="replace a file of that name")
    _add_common(parser)
    args = _parsed(parser, arguments)
    if isinstance(args, int):
        return args
    from cardio_desktop.app.backup import make_backup

    count = make_backup(args.data or default_folder(), args.file, replace=args.replace)
    print(args.file)
    print(say(Remark("backup-made", {"count": count}), args.language), file=sys.stderr)
    return DONE


def restore(arguments: Sequence[str]) -> int:
    """Bring a backup back; returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="cardio-desktop restore",
        description="Merge a backup into what is kept: what is not there comes back, words that differ are joined, of "
        "everything else what is there stays. Nothing that is there is lost, and the program may run meanwhile.",
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="what `backup` wrote, or a copy of the store's file")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--salvage", action="store_true", help="take what is intact from a damaged backup")
    how.add_argument(
        "--replace",
        action="store_true",
        help="put what is kept aside, and the backup in its place; close the program first",
    )
    _add_common(parser)
    args = _parsed(parser, arguments)
    if isinstance(args, int):
        return args
    from cardio_desktop.app import backup as backups
    from cardio_desktop.app.open_windows import running

    folder = args.data or default_folder()
    if args.replace:
        if running(folder):
            raise CardioError(Remark("backup-in-use", {"folder": str(folder)}))
        done, aside = backups.replace(folder, args.file)
    else:
        done, aside = backups.restore(folder, args.file, salvage=args.salvage), None
    values = {"added": done.added, "joined": done.joined, "kept": done.kept, "entries": done.entries}
    remarks = [Remark("backup-restored", values), *done.remarks]
    if aside is not None:
        remarks.append(Remark("backup-aside", {"file": str(aside)}))
    for remark in remarks:
        print(say(remark, args.language))
    return DONE


def _add_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, metavar="FOLDER", help="data folder (default: the user's)")
    parser.add_argument("--language", choices=("en", "de"), default="en", help="language of the sentences (en)")


def _parsed(parser: argparse.ArgumentParser, arguments: Sequence[str]) -> argparse.Namespace | int:
    """Return the arguments, or the exit status where argparse has said what is wrong or shown the help."""
    try:
        return parser.parse_args(arguments)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else USAGE


def head(text: str) -> Head:
    """Return CHAIN:COUNT:DIGEST as a head; raises argparse's error for anything else."""
    found = re.fullmatch(r"([0-9a-f]{32}):(\d+):([0-9a-f]{64})", text.strip())
    if found is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no CHAIN:COUNT:DIGEST as verify prints it")
    return Head(found[1], int(found[2]), found[3])


def _read(path: Path, record: str | None = None) -> tuple[list[Entry], int]:
    if not path.is_file():
        raise ReadError(path, Remark("store-not-there"), Remark("store-name-folder"))
    try:
        return read_trail(path, record)
    except sqlite3.Error as error:
        raise ReadError(path, Remark("store-unreadable", {"why": str(error)}), Remark("store-open-first")) from error


def _key_of(file: str) -> str:
    from cardio_desktop.core.record_key import content_key
    from cardio_desktop.io import open_record

    return content_key(open_record(file))


def _list(args: argparse.Namespace, path: Path) -> int:
    entries, spoilt = _read(path, _key_of(args.of) if args.of else None)
    for entry in entries[-args.last :] if args.last else entries:
        event = entry.event
        who, record = f"{event.who}@{event.station}", event.record[:SHORT]
        print(f"{entry.sequence:6} {event.time[:19]} {who:24} {event.action:10} {record:12} {event.detail}")
    if spoilt:
        print(say(Remark("audit-unreadable", {"count": spoilt}), args.language), file=sys.stderr)
    return FAILED if spoilt else DONE


def _csv(args: argparse.Namespace, path: Path) -> int:
    entries, spoilt = _read(path)
    if args.out == "-":
        write_csv(entries, sys.stdout)
    else:
        with Path(args.out).open("w", encoding="utf-8", newline="") as stream:
            write_csv(entries, stream)
        print(args.out)
    if spoilt:
        print(say(Remark("audit-unreadable", {"count": spoilt}), args.language), file=sys.stderr)
    return FAILED if spoilt else DONE


def check_trail(path: Path, more: Sequence[Head] = ()) -> tuple[Verdict, int]:
    """Verify the trail of the store at `path`, against its kept heads and `more`; also returns how many entries."""
    entries, spoilt = _read(path)
    heads = {chain: [kept] for chain, kept in kept_heads(path).items()}
    for known in more:
        heads.setdefault(known.chain, []).append(known)
    return verify(entries, heads, spoilt), len(entries)


def _in_clinic(address: str) -> tuple[list[Entry], int]:
    """Return all entries in a clinic's database, and how many are not what was written."""
    from cardio_desktop.app.clinic_database import ClinicDatabase, ClinicError

    try:
        database = ClinicDatabase(address)
        database.prepare()
        found = database.trail()
        database.close()
    except ClinicError as error:
        raise CardioError(Remark("clinic-away", {"why": str(error)})) from error
    return found


def _compared(path: Path, heads: Sequence[Head], address: str) -> tuple[Verdict, int]:
    """Verify the trail here against the clinic's database, and the trails there in themselves."""
    entries, spoilt = _in_clinic(address)
    there = verify(entries, {}, spoilt)
    known = {entry.chain for entry in _read(path)[0]} | kept_heads(path).keys()
    own = [end for end in there.heads if end.chain in known]
    verdict, count = check_trail(path, [*heads, *own])
    others = {entry.chain for entry in entries if entry.event.station == station()} - known
    notes = [Remark("audit-others-here", {"count": len(others)})] if others else []
    return Verdict(verdict.heads, (*verdict.problems, *there.problems), (*verdict.notes, *notes)), count


def _verify(args: argparse.Namespace, path: Path) -> int:
    verdict, count = _compared(path, args.head, args.database) if args.database else check_trail(path, args.head)
    for kept in verdict.heads:
        print(f"{kept.chain}:{kept.count}:{kept.digest}")
    for remark in (*verdict.problems, *verdict.notes):
        print(say(remark, args.language), file=sys.stderr)
    if verdict.problems:
        return FAILED
    print(say(Remark("audit-sound", {"count": count, "chains": len(verdict.heads)}), args.language))
    print(say(Remark("audit-limits"), args.language), file=sys.stderr)
    return DONE
