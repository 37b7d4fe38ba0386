"""A Holter reading as the bytes of a file."""

from __future__ import annotations

from datetime import datetime

from cardio_desktop import __version__
from cardio_desktop.core.holter import Holter
from cardio_desktop.core.progress import Progress
from cardio_desktop.core.record import Record
from cardio_desktop.report.holter_text import holter_csv, holter_json
from cardio_desktop.report.language import Language

KINDS = ("pdf", "csv", "json")


def holter_bytes(
    record: Record,
    found: Holter,
    kind: str,
    *,
    paper: str = "a4",
    language: str = "en",
    deidentify: bool = False,
    progress: Progress | None = None,
) -> bytes:
    """Return the reading as one of `KINDS`; ReportError for a language that is not there."""
    if kind == "json":
        from cardio_desktop.report.json_report import to_line

        return f"{to_line(holter_json(record, found, __version__, deidentify=deidentify))}\n".encode()
    if kind == "csv":
        # Spreadsheets take a table without the mark for Latin-1.
        return holter_csv(record, found, Language(language), deidentify=deidentify).encode("utf-8-sig")
    from cardio_desktop.report.holter_pdf import holter_pdf

    created = datetime.now().astimezone()
    return holter_pdf(
        record, found, created=created, paper=paper, language=language, deidentify=deidentify, progress=progress
    )
