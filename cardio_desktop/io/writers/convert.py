"""The way from a record to files of another format: whole files or none, and a word on all that is lost."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from cardio_desktop.core.errors import WriteError, one_line, why_not_written
from cardio_desktop.core.progress import Progress
from cardio_desktop.core.record import Record
from cardio_desktop.io.formats import writers
from cardio_desktop.io.whole_files import whole_files
from cardio_desktop.io.writers.deidentify import Pseudonyms, deidentified
from cardio_desktop.words import Remark

LONGEST_STEM = 80
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
"""Names that Windows keeps for devices, whatever ending follows: "aux.hea" cannot be made there."""


@dataclass(frozen=True)
class Converted:
    """What was written: the files, the main one last, and remarks on what they do not hold or what was removed."""

    files: tuple[Path, ...]
    remarks: tuple[Remark, ...]


def convert(
    record: Record,
    kind: str,
    folder: Path,
    *,
    stem: str = "",
    names: Pseudonyms | None = None,
    replace: bool = False,
    spared: frozenset[Path] = frozenset(),
    progress: Progress | None = None,
) -> Converted:
    """Write a record as `kind` ("wfdb", "edf" ...) into a folder, without identity where `names` are given.

    The files are called as the record is, or `stem`; nothing is replaced unless `replace`, and never what is `spared`:
    the samples of a record may still lie in its own files. Raises WriteError, and
    Cancelled where `progress` does; then no file is left.
    """
    row = writers()[kind]
    remarks: list[Remark] = []
    said = record.stored
    if said and (said.measurements or said.statements or said.median or said.remarks):
        remarks.append(Remark("lost-stored"))
    if names is not None:
        record, removed = deidentified(record, names)
        remarks = list(removed)
        stem = _free(folder, record.path.name)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        problem = Remark("cannot-write", {"why": why_not_written(error)})
        raise WriteError(folder, problem, Remark("other-folder")) from error
    with whole_files(folder, file_stem(stem or record.path.stem), replace=replace, spared=spared) as files:
        assert row.write is not None
        remarks += row.write(record, files, progress)
        written = files.finish()
    if progress:
        progress(100.0)
    return Converted(written, tuple(dict.fromkeys(remarks)))


def targets(source: Path, kind: str, folder: Path) -> tuple[Path, ...]:
    """Return the main files that a record would be written to, whatever it holds."""
    stem = file_stem(source.stem)
    return tuple(folder / f"{stem}{ending}" for ending in writers()[kind].suffixes)


def file_stem(name: str) -> str:
    """Return a name in the letters that every file system and every format takes."""
    stem = re.sub(r"[^-\w]+", "_", one_line(name), flags=re.ASCII).strip("_")[:LONGEST_STEM] or "ecg"
    return f"ecg_{stem}" if _DEVICES.fullmatch(stem) else stem


def _free(folder: Path, name: str) -> str:
    """Return the pseudonym with the first number that no file of the folder has."""
    taken = {path.name.partition(".")[0] for path in folder.glob(f"{name}-*")} if folder.is_dir() else set()
    number = 1
    while any(one.startswith(f"{name}-{number}") for one in taken):
        number += 1
    return f"{name}-{number}"
