"""Which ECG records lie in a folder: one entry for each record, not for each file, and nothing outside is touched."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from cardio_desktop.core.errors import ReadError, one_line
from cardio_desktop.core.file_names import shown as shown_name
from cardio_desktop.io.files import os_problem, read_bytes
from cardio_desktop.io.registry import is_ecg
from cardio_desktop.io.wfdb_header import named_files

DEEPEST = 12
"""Folders within folders that are still looked into."""
MOST_RECORDS = 50_000
_LISTED_SUFFIXES = frozenset({".edf", ".bdf", ".rec", ".dat"})
"""What bears such a name is listed even if it cannot be read: the reason then stands in its row."""
_SNIFF_BYTES = 4096
_HEADER_BYTES = 65_536
_BATCH = 200


@dataclass(frozen=True)
class Found:
    """A record in a folder: the file to open, its name from the folder's root on, and what tells whether it changed.

    `stamp` covers the size and the time of change of all its files.
    """

    path: Path
    name: str
    stamp: str


@dataclass
class Listing:
    """What a walk left out, in numbers and sentences."""

    links: int = 0
    problems: list[str] = field(default_factory=list)


def list_records(root: Path, listing: Listing, report: Callable[[float], None] | None = None) -> Iterator[list[Found]]:
    """Yield the records under `root` in batches, folder by folder, names in natural order.

    Hidden files and folders are left out; links are never followed, so that no walk leaves `root` or runs in circles.
    `report` is called for each folder and may raise to cancel. Raises ReadError where `root` cannot be listed; an inner
    folder that cannot is told in `listing`.
    """
    waiting: list[tuple[Path, int]] = [(root, 0)]
    seen: set[tuple[int, int]] = set()
    count = 0
    while waiting:
        folder, depth = waiting.pop()
        if report:
            report(0.0)
        try:
            identity = folder.stat()
            if identity.st_ino and (identity.st_dev, identity.st_ino) in seen:
                continue
            seen.add((identity.st_dev, identity.st_ino))
            files, folders = _content(folder, listing)
        except OSError as error:
            if folder == root:
                if isinstance(error, NotADirectoryError):
                    raise ReadError(root, "this is no folder", "choose the folder that the records lie in") from error
                raise os_problem(root, error) from error
            listing.problems.append(str(os_problem(folder, error)))
            continue
        if depth < DEEPEST:
            waiting += [(sub, depth + 1) for sub in sorted(folders, key=_natural, reverse=True)]
        elif folders:
            listing.problems.append(f"{one_line(folder.name)}: folders inside it were left out; open it by itself.")
        records = _records(root, folder, files)
        for first in range(0, len(records), _BATCH):
            batch = records[first : first + _BATCH]
            if count + len(batch) > MOST_RECORDS:
                listing.problems.append(
                    f"{one_line(root.name)}: it holds more than {MOST_RECORDS:,} records, the others were left out; "
                    "open a folder inside it."
                )
                yield batch[: MOST_RECORDS - count]
                return
            count += len(batch)
            yield batch
            if report:
                report(0.0)


def describe_file(path: Path) -> Found:
    """Return the entry of one file that somebody chose, be it a record or not."""
    files = [path]
    if path.suffix.casefold() == ".hea":
        files += [path.parent / name for name in named_files(read_bytes(path, _HEADER_BYTES))[0] if _is_plain(name)]
    return Found(path, shown_name(path.name), _stamp([_status(file) for file in files]))


def _content(folder: Path, listing: Listing) -> tuple[dict[str, os.stat_result], list[Path]]:
    """Return the visible files of a folder with their status, and its folders."""
    files: dict[str, os.stat_result] = {}
    folders: list[Path] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_symlink():
                listing.links += 1
                continue
            status = entry.stat(follow_symlinks=False)
            # Windows: hidden files, and reparse points (junctions), which lead elsewhere as links do.
            if getattr(status, "st_file_attributes", 0) & 0x402:
                continue
            if stat.S_ISDIR(status.st_mode):
                folders.append(folder / entry.name)
            elif stat.S_ISREG(status.st_mode):
                files[entry.name] = status
    return files, folders


def _records(root: Path, folder: Path, files: dict[str, os.stat_result]) -> list[Found]:
    """Return the records among the files of one folder: headers that no other header names, then other formats."""
    headers: dict[str, list[str]] = {}
    segments: set[str] = set()
    joined: set[str] = set()
    for name in files:
        if name.casefold().endswith(".hea"):
            try:
                signals, inner = named_files(read_bytes(folder / name, _HEADER_BYTES))
            except ReadError:
                signals, inner = [], []
            headers[name] = signals
            segments.update(f"{segment}.hea" for segment in inner)
            joined.update([name] if inner else [])
    own = {signal for signals in headers.values() for signal in signals}
    # A header that names segments is never one itself: damaged ones that name each other must not vanish.
    chosen = [name for name in headers if name in joined or name not in segments]
    for name in files:
        if name in headers or name in own:
            continue
        path = folder / name
        if path.suffix.casefold() in _LISTED_SUFFIXES and f"{path.stem}.hea" not in headers:
            chosen.append(name)
        elif path.suffix.casefold() not in _LISTED_SUFFIXES:
            try:
                if is_ecg(read_bytes(path, _SNIFF_BYTES)):
                    chosen.append(name)
            except ReadError:
                continue
    found = []
    for name in sorted(chosen, key=lambda one: _natural(Path(Path(one).stem))):
        belonging = [name, *(signal for signal in headers.get(name, ()) if _is_plain(signal))]
        path = folder / name
        place = path.relative_to(root)
        place = place.with_suffix("") if name in headers else place
        found.append(Found(path, shown_name(place.as_posix()), _stamp([files.get(file) for file in belonging])))
    return found


def _natural(path: Path) -> list[tuple[int, int, str]]:
    """Return a key that puts "r2" before "r10"."""
    parts = re.split(r"(\d+)", path.name.casefold())
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part]


def _is_plain(name: str) -> bool:
    return bool(name) and name not in {".", ".."} and not any(c in name for c in "/\\:\0")


def _status(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except (OSError, ValueError):
        return None


def _stamp(found: list[os.stat_result | None]) -> str:
    return "|".join("-" if status is None else f"{status.st_size}.{status.st_mtime_ns}" for status in found)
