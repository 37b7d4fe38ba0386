"""Which ECG records lie in a folder: one entry for each record, not for each file, and nothing outside is touched."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from cardio_desktop.core.errors import ReadError, one_line
from cardio_desktop.core.file_names import shown as shown_name
from cardio_desktop.core.progress import Progress
from cardio_desktop.io import formats
from cardio_desktop.io.files import latin_name, name_on_disk, os_problem, read_bytes
from cardio_desktop.words import Remark

DEEPEST = 12
"""Folders within folders that are still looked into."""
MOST_RECORDS = 50_000
_MAIN_BYTES = 65_536
_BATCH = 200
_FILES_BETWEEN_REPORTS = 200


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
    problems: list[Remark] = field(default_factory=list)


def list_records(
    root: Path, listing: Listing, progress: Progress | None = None, most: int | None = MOST_RECORDS
) -> Iterator[list[Found]]:
    """Yield the records under `root` in batches, folder by folder, names in natural order; at most `most`, if given.

    Hidden files and folders are left out; links are never followed, so that no walk leaves `root` or runs in circles.
    `progress` is called for each folder and may raise to cancel. Raises ReadError where `root` cannot be listed; an
    inner folder that cannot is told in `listing`.
    """
    waiting: list[tuple[Path, int]] = [(root, 0)]
    seen: set[tuple[int, int]] = set()
    count = 0
    while waiting:
        folder, depth = waiting.pop()
        if progress:
            progress(0.0)
        try:
            identity = folder.stat()
            if identity.st_ino and (identity.st_dev, identity.st_ino) in seen:
                continue
            seen.add((identity.st_dev, identity.st_ino))
            files, folders = _content(folder, listing, progress)
        except OSError as error:
            if folder == root:
                if isinstance(error, NotADirectoryError):
                    raise ReadError(root, Remark("no-folder"), Remark("choose-folder")) from error
                raise os_problem(root, error) from error
            listing.problems.append(os_problem(folder, error).remark)
            continue
        if depth < DEEPEST:
            waiting += [(sub, depth + 1) for sub in sorted(folders, key=_natural, reverse=True)]
        elif folders:
            listing.problems.append(Remark("folder-too-deep", {"file": one_line(folder.name)}))
        records = _records(root, folder, files, progress)
        for first in range(0, len(records), _BATCH):
            batch = records[first : first + _BATCH]
            if most is not None and count + len(batch) > most:
                listing.problems.append(Remark("folder-too-full", {"file": one_line(root.name), "most": most}))
                yield batch[: most - count]
                return
            count += len(batch)
            yield batch
            if progress:
                progress(0.0)


def describe_file(path: Path) -> Found:
    """Return the entry of one file that somebody chose, be it a record or not."""
    files = [path]
    for row in formats.FORMATS:
        if row.names_in and path.suffix.casefold() == row.main_suffix:
            named = row.names_in(read_bytes(path, _MAIN_BYTES))[0]
            files += [path.parent / name_on_disk(path.parent, name) for name in named if _is_plain(name)]
    return Found(path, shown_name(path.name), _stamp([_status(file) for file in files]))


def _content(folder: Path, listing: Listing, progress: Progress | None) -> tuple[dict[str, os.stat_result], list[Path]]:
    """Return the visible files of a folder with their status, and its folders."""
    files: dict[str, os.stat_result] = {}
    folders: list[Path] = []
    with os.scandir(folder) as entries:
        for number, entry in enumerate(entries, 1):
            if progress and number % _FILES_BETWEEN_REPORTS == 0:
                progress(0.0)
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


def _records(root: Path, folder: Path, files: dict[str, os.stat_result], progress: Progress | None) -> list[Found]:
    """Return the records among the files of one folder: main files that no other one names, then other formats."""
    mains, chosen = _main_files(folder, files)
    own = {part for parts in mains.values() for part in parts}
    stems = {Path(name).stem for name in mains}
    listed, index = formats.listed_suffixes(), formats.index_names()
    for number, name in enumerate(files, 1):
        if progress and number % _FILES_BETWEEN_REPORTS == 0:
            progress(0.0)
        if name in mains or name in own:
            continue
        path = folder / name
        if path.suffix.casefold() in listed:
            # The reason why it cannot be read then stands in its row.
            chosen += [name] if path.stem not in stems else []
        elif name.casefold() not in index:
            try:
                chosen += [name] if formats.is_ecg(formats.Start(path, read_bytes(path, formats.START_BYTES))) else []
            except ReadError:
                continue
    found = []
    for name in sorted(chosen, key=lambda one: _natural(Path(Path(one).stem))):
        belonging = [name, *(part for part in mains.get(name, ()) if _is_plain(part))]
        path = folder / name
        place = path.relative_to(root)
        place = place.with_suffix("") if name in mains else place
        found.append(Found(path, shown_name(place.as_posix()), _stamp([files.get(file) for file in belonging])))
    return found


def _main_files(folder: Path, files: dict[str, os.stat_result]) -> tuple[dict[str, list[str]], list[str]]:
    """Return the main files of formats of several files with the parts that they name, and which are records."""
    mains: dict[str, list[str]] = {}
    inner: set[str] = set()
    joined: set[str] = set()
    for row in formats.FORMATS:
        for name in files:
            if row.names_in and name.casefold().endswith(row.main_suffix):
                try:
                    parts, records = row.names_in(read_bytes(folder / name, _MAIN_BYTES))
                except ReadError:
                    parts, records = [], []
                mains[name] = [part if part in files else latin_name(part) for part in parts]
                inner.update(record + row.main_suffix for record in records)
                joined.update([name] if records else [])
    # One that names other records is never a part itself: damaged ones that name each other must not vanish.
    return mains, [name for name in mains if name in joined or name not in inner]


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
