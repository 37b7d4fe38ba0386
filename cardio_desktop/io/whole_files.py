"""New files that appear whole or not at all: each is written under a passing name and gets its own at the end."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from cardio_desktop.core.errors import WriteError, why_not_written
from cardio_desktop.words import Remark


@dataclass
class WholeFiles:
    """The files of one record: `folder` and the `stem` of their names.

    Nothing is replaced unless `replace`, and never what is `spared`.
    """

    folder: Path
    stem: str
    replace: bool = False
    spared: frozenset[Path] = frozenset()
    _parts: dict[Path, Path] = field(default_factory=dict)

    def path(self, ending: str) -> Path:
        """Return where the file with an ending (".hea") goes."""
        return self.folder / f"{self.stem}{ending}"

    def open(self, ending: str) -> BinaryIO:
        """Return a new file, open for writing; raises WriteError where one of that name may not be replaced."""
        path = self.path(ending)
        if path.exists() and (not self.replace or path.resolve() in self.spared):
            raise WriteError(path, Remark("file-exists"), Remark("other-name-or-folder"))
        part = self.folder / f".{secrets.token_hex(8)}.part"
        self._parts[path] = part
        return part.open("xb")

    def write(self, ending: str, data: bytes) -> None:
        """Write a small file at once."""
        with self.open(ending) as stream:
            stream.write(data)

    def finish(self) -> tuple[Path, ...]:
        """Give the files their names, in the order in which they were opened, and return their paths."""
        for path, part in self._parts.items():
            if self.replace:
                part.replace(path)
            else:
                put_new(part, path)
        done = tuple(self._parts)
        self._parts.clear()
        return done

    def discard(self) -> None:
        """Remove what has not got its name."""
        for part in self._parts.values():
            with contextlib.suppress(OSError):
                part.unlink()
        self._parts.clear()


@contextmanager
def whole_files(
    folder: Path, stem: str, *, replace: bool = False, spared: frozenset[Path] = frozenset()
) -> Iterator[WholeFiles]:
    """Give files that are discarded unless `finish` was called; an error of the disk becomes a WriteError."""
    files = WholeFiles(folder, stem, replace, spared)
    try:
        yield files
    except OSError as error:
        problem = Remark("cannot-write", {"why": why_not_written(error)})
        raise WriteError(files.path(""), problem, Remark("other-folder")) from error
    finally:
        files.discard()


def put_new(part: Path, path: Path) -> None:
    """Give a file its name unless somebody else has made one of that name meanwhile; raises OSError."""
    try:
        path.hardlink_to(part)
        part.unlink()
        return
    except FileExistsError:
        raise
    except (OSError, NotImplementedError):  # a stick has no links
        path.open("xb").close()
    try:
        part.replace(path)
    except OSError:
        path.unlink(missing_ok=True)
        raise
