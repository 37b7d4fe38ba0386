"""What systems are told of the files that the program opens, made from the table of formats: a new row is enough.

A suffix that only ECGs have becomes a kind of file of its own, for which the program is the natural choice. One that
belongs to everybody (XML, CSV) or to other programs too (DICOM) is only offered under "open with".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from cardio_desktop.io.formats import Format, readable

SHARED: dict[str, tuple[str, ...]] = {
    ".xml": ("application/xml", "text/xml"),
    ".csv": ("text/csv",),
    ".tsv": ("text/tab-separated-values",),
    ".dcm": ("application/dicom",),
    ".txt": (),  # every editor's: not even offered
}
"""Suffixes of other programs, and the MIME types that systems have for them."""


@dataclass(frozen=True)
class Kind:
    """One kind of file: its MIME type (of ours, "application/x-..."), what it is called, and its suffixes."""

    mime: str
    title: str
    suffixes: tuple[str, ...]


def main_suffixes(row: Format) -> tuple[str, ...]:
    """Return the suffixes by which a record of this format is opened: of several files, that of the main one."""
    return (row.main_suffix,) if row.main_suffix else row.suffixes


def own_kinds() -> tuple[Kind, ...]:
    """Return the kinds of file that nobody but ECG programs has."""
    kinds = []
    for row in readable():
        if own := tuple(suffix for suffix in main_suffixes(row) if suffix not in SHARED):
            name = re.sub(r"[^a-z0-9]+", "-", row.names[0].lower()).strip("-")
            kinds.append(Kind(f"application/x-{name}", f"{', '.join(row.names)} recording", own))
    return tuple(kinds)


def shared_suffixes() -> tuple[str, ...]:
    """Return the suffixes of other programs' files that may hold an ECG."""
    found = [suffix for row in readable() for suffix in main_suffixes(row) if SHARED.get(suffix)]
    return tuple(dict.fromkeys(found))


def mime_types() -> tuple[str, ...]:
    """Return all MIME types that the program opens, its own kinds first."""
    return (*(kind.mime for kind in own_kinds()), *(mime for suffix in shared_suffixes() for mime in SHARED[suffix]))
