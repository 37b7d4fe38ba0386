"""Errors that a reader of ECGs may see: one sentence that names file, value and remedy."""

from __future__ import annotations

import errno
from pathlib import Path

from cardio_desktop.core.file_names import shown
from cardio_desktop.words import Remark, say, verbatim

MOST_LETTERS = 900
"""Words of a damaged file can be long; nobody reads more of a sentence."""


class CardioError(Exception):
    """Base of every error that is meant for the user: a remark. `str(error)` is the one sentence in English."""

    kind = "error"

    def __init__(self, said: Remark | str = "") -> None:
        """Take what is to be said; a text is said as it is in every language."""
        self.remark = said if isinstance(said, Remark) else verbatim(said)
        super().__init__(self.said())

    def said(self, language: str = "en") -> str:
        """Return the one sentence in a language."""
        return one_line(say(self.remark, language), MOST_LETTERS)


class _FileError(CardioError):
    """What is wrong with one file: one sentence that names it, the problem and the remedy."""

    def __init__(self, path: str | Path, problem: Remark | str, remedy: Remark | str) -> None:
        """Say `problem` of the file `path` and what to do about it (`remedy`), both without a full stop."""
        self.path = Path(path)
        name = one_line(self.path.name or str(path))
        super().__init__(Remark("file-problem", {"file": name, "problem": _flat(problem), "remedy": _flat(remedy)}))


class ReadError(_FileError):
    """A file that cannot be read as an ECG record."""

    kind = "unreadable"


class WriteError(_FileError):
    """A file that cannot be written."""

    kind = "unwritable"


class UnknownFormatError(ReadError):
    """A file whose content is none of the formats that can be read."""

    kind = "unknown format"


class NeedsOptionsError(ReadError):
    """A file that does not say all that is needed to read it; `needed` are the options that somebody must give."""

    kind = "needs options"

    def __init__(self, path: str | Path, problem: Remark | str, remedy: Remark | str, needed: tuple[str, ...]) -> None:
        """Say what is missing like any ReadError; `needed` are names of options ("rate_hz", "unit")."""
        super().__init__(path, problem, remedy)
        self.needed = needed


class ModelError(CardioError):
    """A model folder that is missing, damaged or does not fit this program."""

    kind = "model"


class ReportError(CardioError):
    """A report that cannot be written."""

    kind = "report"


class Cancelled(CardioError):  # noqa: N818 - it is not an error but the user's wish
    """Raised inside long work by `report(percent)` once the user has cancelled it."""

    kind = "cancelled"


WHY = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your share of the disk is full",
    errno.EROFS: "the disk is read-only",
    errno.EACCES: "you may not write there",
    errno.EPERM: "you may not write there",
    errno.ENOENT: "the folder does not exist",
    errno.EIO: "the disk does not answer",
}
SQLITE_WHY = {
    "database or disk is full": WHY[errno.ENOSPC],
    "attempt to write a readonly database": WHY[errno.EACCES],
    "unable to open database file": "the file cannot be opened",
    "database is locked": "another program holds the file",
    "disk I/O error": WHY[errno.EIO],
}
"""The same for what SQLite says."""


def why_not_written(error: Exception) -> str:
    """Return in a few words why a file could not be written."""
    known = WHY.get(getattr(error, "errno", None) or 0)
    return known or one_line(getattr(error, "strerror", None) or str(error))


def one_line(text: str, limit: int = 300) -> str:
    """Return `text` without line breaks or control characters, shortened to `limit` characters."""
    flat = " ".join("".join(c if c.isprintable() else " " for c in shown(text)).split())
    return flat if len(flat) <= limit else flat[: limit - 3] + "..."


def _flat(said: Remark | str) -> Remark:
    """Return a remark whose texts are one line each and no longer than anybody reads; they come from damaged files."""
    if isinstance(said, str):
        return verbatim(one_line(said))
    values = {name: one_line(value) if isinstance(value, str) else value for name, value in said.values.items()}
    return Remark(said.code, {k: _flat(value) if isinstance(value, Remark) else value for k, value in values.items()})
