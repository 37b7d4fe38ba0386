"""The printed report as a vector PDF: one page that is the report, and an annex."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path

from cardio_desktop.core.findings import Findings
from cardio_desktop.core.progress import Progress
from cardio_desktop.core.record import Record
from cardio_desktop.core.units import POINTS_PER_MM
from cardio_desktop.narrative import texts as fixed
from cardio_desktop.report import fonts
from cardio_desktop.report.files import write_whole
from cardio_desktop.report.options import ReportOptions, customary_evidence
from cardio_desktop.report.pages import report_of
from cardio_desktop.report.sheet import Sheet, binary_streams

__all__ = ["ReportOptions", "customary_evidence", "pdf_bytes", "write_pdf"]


def write_pdf(
    record: Record,
    findings: Findings,
    path: str | Path,
    options: ReportOptions,
    *,
    created: datetime,
    progress: Progress | None = None,
) -> None:
    """Write the report of `findings` to `path`; the same input and `created` give the same bytes.

    Raises ReportError where the evidence asked for does not exist, the start lies outside the record or the file
    cannot be written.
    """
    write_whole(path, pdf_bytes(record, findings, options, created=created, progress=progress))


def pdf_bytes(
    record: Record,
    findings: Findings,
    options: ReportOptions,
    *,
    created: datetime,
    progress: Progress | None = None,
) -> bytes:
    """Return the report as `write_pdf` writes it."""
    from reportlab.pdfgen.canvas import Canvas

    tell = progress or (lambda _percent: None)
    report = report_of(record, findings, options, created=created)
    wide, high = report.size_mm
    # invariant: no date and no random identifier in the file.
    target = BytesIO()
    canvas = Canvas(
        target,
        pagesize=(wide * POINTS_PER_MM, high * POINTS_PER_MM),
        invariant=1,
        pageCompression=1,
        initialFontName=fonts.font(),  # reportlab's own first font would not be embedded
        lang=options.language,
    )
    canvas.setTitle(report.title)
    canvas.setAuthor("Cardio Desktop")
    canvas.setCreator(f"Cardio Desktop {findings.software}")
    canvas.setSubject(fixed.disclaimer(options.language))
    # A viewer that fits the page to the printer's margins would change 10 mm/mV.
    canvas.setViewerPreference("PrintScaling", "None")
    sheet = Sheet(canvas, wide, high)
    tell(5.0)
    for number, draw in enumerate(report.pages, start=1):
        draw(sheet)
        canvas.showPage()
        tell(5.0 + 90.0 * number / len(report.pages))
    with binary_streams():
        canvas.save()
    tell(100.0)
    return target.getvalue()
