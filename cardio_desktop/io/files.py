"""Careful access to files: one sentence instead of an OSError, and nothing outside the record's folder."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from cardio_desktop.core.errors import ReadError
from cardio_desktop.words import Remark

MAX_RECORD_S = 31 * 86400.0
"""Longer than any recorder's battery: a header that claims more is damaged."""
MAX_RATE_HZ = 100_000.0
"""Faster than any recorder of the heart, pacemaker channels included; a header that claims more is damaged."""
_ONE_READ = 4096
"""What the system gives at once of a regular file."""


def os_problem(path: Path, error: OSError) -> ReadError:
    """Return the sentence for an operating system error on `path`."""
    if isinstance(error, FileNotFoundError):
        return ReadError(path, Remark("no-such-file"), Remark("check-name-folder"))
    if isinstance(error, PermissionError):
        return ReadError(path, Remark("not-permitted"), Remark("change-permissions"))
    if isinstance(error, IsADirectoryError):
        return ReadError(path, Remark("is-folder"), Remark("choose-inside"))
    return ReadError(path, Remark("cannot-read", {"why": str(error.strerror or error)}), Remark("check-disk-copy"))


def open_file(path: Path) -> BinaryIO:
    """Return a regular file, opened for reading; raises ReadError for everything else and OSError as `open` does.

    A named pipe would let a plain `open` wait for ever, so nothing is waited for and what was opened is looked at.
    """
    return os.fdopen(_opened(path), "rb")


def _opened(path: Path) -> int:
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOCTTY", 0)
    descriptor = os.open(path, flags)
    try:
        mode = os.fstat(descriptor).st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError
        if not stat.S_ISREG(mode):
            raise ReadError(path, Remark("is-device"), Remark("choose-file"))
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def read_bytes(path: Path, limit: int) -> bytes:
    """Return at most the first `limit` bytes of a file; raises ReadError."""
    try:
        descriptor = _opened(path)
        try:  # without the buffers of a file object: a folder of 50,000 files is looked into like this
            parts = [os.read(descriptor, limit)]
            while parts[-1] and (rest := limit - sum(map(len, parts))) > 0 and limit > _ONE_READ:
                parts.append(os.read(descriptor, rest))
        finally:
            os.close(descriptor)
    except OSError as error:
        raise os_problem(path, error) from error
    return b"".join(parts)


def decode_text(raw: bytes) -> str:
    """Return text as UTF-8 where it is that, else as Latin-1, which never fails."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def name_on_disk(folder: Path, name: str) -> str:
    r"""Return the name under which `folder` holds the file that a header calls `name`.

    Linux lets a name be any bytes, and a header of that age names its files in Latin-1: "M\xfcller.dat". A name that is
    not there in either way is returned as it stands.
    """
    old = latin_name(name)
    if name == old or any(c in name for c in "/\\\0"):
        return name
    try:
        return old if not (folder / name).exists() and (folder / old).exists() else name
    except OSError:  # a name too long for the disk: told where it is opened
        return name


def latin_name(name: str) -> str:
    """Return `name` as Python holds it where its bytes are Latin-1; itself where it is plain, or no Latin-1."""
    try:
        return name if name.isascii() else os.fsdecode(name.encode("latin-1"))
    except UnicodeError:
        return name


def file_size(path: Path) -> int:
    """Return the size of a regular file in bytes; raises ReadError."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise IsADirectoryError
        if not stat.S_ISREG(status.st_mode):
            raise ReadError(path, Remark("is-device"), Remark("choose-file"))
        return status.st_size
    except OSError as error:
        raise os_problem(path, error) from error


def sibling(header: Path, name: str) -> Path:
    """Return the file `name` that `header` names, only if it lies in the header's own folder; raises ReadError.

    Separators, drives, dots and links that lead out of the folder are refused: a record must not make the program open
    a file that its user did not choose.
    """
    remedy = Remark("one-folder")
    if not name or name in {".", ".."} or any(c in name for c in "/\\:\0"):
        raise ReadError(header, Remark("file-outside", {"name": name}), remedy)
    path = header.parent / name
    try:
        if path.resolve().parent != header.parent.resolve():
            raise ReadError(header, Remark("link-outside", {"name": name}), remedy)
    except (OSError, RuntimeError) as error:  # a link that points at itself
        raise ReadError(header, Remark("link-nowhere", {"name": name}), remedy) from error
    if not path.exists():
        raise ReadError(header, Remark("file-missing", {"name": name}), Remark("copy-into-folder"))
    return path


@dataclass(frozen=True)
class Identity:
    """What tells whether a file is still the one that was opened."""

    size: int
    modified_ns: int

    @classmethod
    def of(cls, path: Path) -> Identity:
        """Return the identity of the file `path`; raises ReadError."""
        try:
            status = path.stat()
        except OSError as error:
            raise os_problem(path, error) from error
        return cls(status.st_size, status.st_mtime_ns)

    def check(self, path: Path) -> None:
        """Raise ReadError where `path` is no longer the file that was opened."""
        if Identity.of(path) != self:
            raise ReadError(path, Remark("changed"), Remark("open-again"))
