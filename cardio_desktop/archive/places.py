"""Which records a command is about: files, folders and patterns become places with a name that lasts.

The name is the path from a root folder on, with "/" between folders: the same archive mounted elsewhere has the same
names, so that a ledger goes with it, and every machine of a cluster takes the same share of them.
"""

from __future__ import annotations

import glob
import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cardio_desktop.core.errors import CardioError, ReadError
from cardio_desktop.io.folder import Listing, describe_file, list_records
from cardio_desktop.words import say

_WILD = re.compile(r"[*?\[]")


class PlacesError(CardioError):
    """Arguments that name no records, or a share that is none."""

    kind = "usage"


@dataclass(frozen=True)
class Place:
    """One record of an archive: the file to open, its name from the root on, and size and time of all its files."""

    path: str
    name: str
    stamp: str


@dataclass(frozen=True)
class Shard:
    """Part `number` (from 1) of `count` parts of an archive."""

    number: int
    count: int

    def has(self, name: str) -> bool:
        """Return whether the record of this name belongs to the part; the same on every machine and in every year."""
        digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).digest()
        return int.from_bytes(digest[:8], "big") % self.count == self.number - 1


def shard_from(text: str) -> Shard:
    """Return the part that "3/8" names; raises PlacesError for anything else."""
    found = re.fullmatch(r"(\d{1,6})/(\d{1,6})", text.strip())
    if not found or not 1 <= int(found[1]) <= int(found[2]):
        raise PlacesError(f"{text!r} is no part of an archive; write 3/8 for the third of eight parts.")
    return Shard(int(found[1]), int(found[2]))


def is_many(arguments: Sequence[str]) -> bool:
    """Return whether the arguments hold a folder or a pattern: then they name as many records as there are."""
    return any(Path(argument).is_dir() or _is_pattern(argument) for argument in arguments)


def root_of(arguments: Sequence[str]) -> Path:
    """Return the folder from which names are counted: what all arguments have in common; one folder is its own root."""
    fixed = [Path(os.path.abspath(_fixed_part(argument))) for argument in arguments]  # noqa: PTH100 - links stay
    folders = [path if path.is_dir() else path.parent for path in fixed]
    try:
        return Path(os.path.commonpath(folders))
    except ValueError:  # two drives of Windows
        raise PlacesError("The records lie on several drives; analyse each drive by itself.") from None


def places(
    arguments: Sequence[str], root: Path, shard: Shard | None = None, problems: list[str] | None = None
) -> Iterator[Place]:
    """Yield each record once that the arguments name, folder by folder; `problems` gets what could not be listed.

    Folders are looked through with all inner ones. A file that is named by itself is a record even where it cannot be
    read, so that its row says why. Raises PlacesError for a pattern that nothing fits, and for what lies outside
    `root`; ReadError for a folder that cannot be listed.
    """
    seen: set[str] = set()
    for place in _all_places(arguments, root, problems if problems is not None else []):
        if place.name not in seen and (shard is None or shard.has(place.name)):
            seen.add(place.name)
            yield place


def _all_places(arguments: Sequence[str], root: Path, problems: list[str]) -> Iterator[Place]:
    for argument in arguments:
        for path in _matches(argument):
            if path.is_dir():
                listing = Listing()
                for batch in list_records(path, listing, most=None):
                    for found in batch:
                        yield Place(str(found.path), name_in(root, found.path), found.stamp)
                problems += [say(problem) for problem in listing.problems]
                if listing.links:
                    problems.append(f"{path.name}: {listing.links} links were not followed; name what they lead to.")
            else:
                yield Place(str(path), name_in(root, path), _stamp_of(path))


def _matches(argument: str) -> Iterable[Path]:
    if not _is_pattern(argument):
        return [Path(argument)]
    # Path.glob takes no pattern from the root on.
    found = sorted(glob.glob(argument, recursive=True))  # noqa: PTH207
    if not found:
        raise PlacesError(f"{argument}: nothing fits this pattern; check the folder and the spelling.")
    return map(Path, found)


def _is_pattern(argument: str) -> bool:
    """Return whether an argument is a pattern; a file that is called "a[1].edf" is itself."""
    return bool(_WILD.search(argument)) and not os.path.lexists(argument)


def _fixed_part(argument: str) -> str:
    """Return the folders of a pattern before its first wildcard, and anything else as it is."""
    if not _is_pattern(argument):
        return argument
    parts = Path(argument).parts
    first = next(k for k, part in enumerate(parts) if _WILD.search(part))
    return str(Path(*parts[:first])) if first else "."


def name_in(root: Path, path: Path) -> str:
    """Return the name of a file from the root on; raises PlacesError where it lies elsewhere."""
    whole = Path(os.path.abspath(path))  # noqa: PTH100 - a link keeps its own place
    try:
        return whole.relative_to(root).as_posix()
    except ValueError:
        raise PlacesError(f"{path} does not lie in {root}; name the common folder with --root.") from None


def _stamp_of(path: Path) -> str:
    """Return the stamp of one file that was named; "-" where there is none, which its row will say."""
    try:
        return describe_file(path).stamp
    except (OSError, ReadError):
        return "-"
