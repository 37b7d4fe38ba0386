"""A comparison on paper: what has changed on the first sheet, then both ECGs at true size, the earlier one first."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QRectF, QSizeF
from PySide6.QtGui import QFont, QPagedPaintDevice, QPageLayout, QPainter, QTextDocument
from PySide6.QtWidgets import QFileDialog, QWidget

from cardio_desktop.app.comparison import Comparison, Difference, time_between
from cardio_desktop.app.i18n import tr
from cardio_desktop.core.errors import CardioError, ReportError
from cardio_desktop.core.record import Record
from cardio_desktop.core.units import MM_PER_INCH
from cardio_desktop.report.files import write_whole
from cardio_desktop.ui.paper.comparison_words import difference_cells, error_note, name_of, sentence_html
from cardio_desktop.ui.paper.export import PRINT_DPI, make_printer, page_layout, paint_pages

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from cardio_desktop.ui.paper.paper_view import PaperView

MARGIN_MM = 14.0
TEXT_POINTS = 9.0
_PAPER_INK = "color: black;"


def comparison_html(comparison: Comparison) -> str:
    """Return the first sheet as rich text: which ECGs, of whom, the sentence, warnings, the table and the errors."""
    before, after = (session.state for session in comparison.order())
    parts = [f"<h2>{escape(tr('Comparison of two ECGs'))}</h2>"]
    rows = ((tr("Before: {name}"), before), (tr("After: {name}"), after))
    for words, state in rows:
        told = words.format(name=name_of(state))
        who = _patient(state.record) if state.record is not None else ""
        parts.append(f"<p style='margin: 2px'><b>{escape(told)}</b>{' &nbsp; ' + escape(who) if who else ''}</p>")
    if before.record is not None and after.record is not None and (gap := time_between(before.record, after.record)):
        parts.append(f"<p style='margin: 2px'>{escape(gap)}</p>")
    parts += [f"<p><b>{escape(warning)}</b></p>" for warning in comparison.warnings()]
    changes = comparison.changes()
    if changes is None:
        parts.append(f"<p>{escape(tr('Measurements and findings are hidden, or not there yet.'))}</p>")
        return f"<div style='{_PAPER_INK}'>{''.join(parts)}</div>"
    parts.append(f"<p style='font-size:{TEXT_POINTS + 2:.0f}pt'>{sentence_html(changes)}</p>")
    parts.append(_table(comparison.differences()))
    limits = tr("Made by the program from its own measurements; it is no diagnosis and was signed by nobody.")
    parts += [f"<p style='font-size:{TEXT_POINTS - 1.5:.1f}pt'>{escape(words)}</p>" for words in (error_note(), limits)]
    return f"<div style='{_PAPER_INK}'>{''.join(parts)}</div>"


def _patient(record: Record) -> str:
    patient = record.patient
    return ", ".join(part for part in (patient.name or "", patient.id or "", patient.birth_date or "") if part)


def _table(differences: Sequence[Difference]) -> str:
    """Return the quantities of the whole record, beside them those of single leads that changed beyond the error."""
    whole = [difference for difference in differences if difference.unit != "mV"]
    leads = [difference for difference in differences if difference.unit == "mV" and difference.notable]
    columns = "".join(f"<td width='50%' valign='top'>{_column(part)}</td>" for part in (whole, leads) if part)
    return f"<table width='100%'><tr>{columns}</tr></table>"


def _column(differences: Sequence[Difference]) -> str:
    titles = (tr("Quantity"), tr("Before"), tr("After"), tr("Change"))
    head = "".join(
        f"<th align='{'right' if number else 'left'}'>{escape(title)}</th>" for number, title in enumerate(titles)
    )
    rows = []
    for difference in differences:
        name, *values = difference_cells(difference)
        mark = "b" if difference.notable else "span"
        cells = f"<td><{mark}>{escape(name)}</{mark}></td>"
        cells += "".join(f"<td align='right'><{mark}>{escape(value)}</{mark}></td>" for value in values)
        rows.append(f"<tr>{cells}</tr>")
    return f"<table cellpadding='1' cellspacing='3'><tr>{head}</tr>{''.join(rows)}</table>"


def paint_comparison(
    comparison: Comparison, views: Sequence[PaperView], target: QPagedPaintDevice, painter: QPainter, dpi: float
) -> None:
    """Paint the sheet of words and then each view's ECG on sheets of its own; `views` stand in their order in time."""
    full = target.pageLayout().fullRect(QPageLayout.Unit.Millimeter)
    px = dpi / MM_PER_INCH
    room = QSizeF((full.width() - 2 * MARGIN_MM) * px, (full.height() - 2 * MARGIN_MM) * px)
    document = QTextDocument()
    document.documentLayout().setPaintDevice(target)
    font = QFont()
    font.setPointSizeF(TEXT_POINTS)
    document.setDefaultFont(font)
    document.setDocumentMargin(0.0)
    document.setHtml(comparison_html(comparison))
    document.setPageSize(room)
    for page in range(document.pageCount()):
        if page:
            target.newPage()
        painter.save()
        painter.translate(MARGIN_MM * px, MARGIN_MM * px - page * room.height())
        document.drawContents(painter, QRectF(0.0, page * room.height(), room.width(), room.height()))
        painter.restore()
    for view in views:
        target.newPage()
        paint_pages(view, target, painter, dpi)


def comparison_pdf(comparison: Comparison, views: Sequence[PaperView]) -> bytes:
    """Return the comparison as PDF."""
    from PySide6.QtGui import QPdfWriter

    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setCreator("Cardio Desktop")
    writer.setResolution(PRINT_DPI)
    writer.setPageLayout(page_layout(comparison.session.settings.paper_size()))
    painter = QPainter()
    if not painter.begin(writer):
        return b""
    try:
        paint_comparison(comparison, views, writer, painter, PRINT_DPI)
    finally:
        painter.end()
    return bytes(buffer.data().data())


def save_comparison(comparison: Comparison, views: Sequence[PaperView], frame: QWidget) -> None:
    """Ask for a file and write the comparison into it; what goes wrong is told in the window."""
    folder = comparison.session.settings.last_folder()
    name, _ = QFileDialog.getSaveFileName(
        frame, tr("Save the comparison"), str(Path(folder) / "comparison.pdf"), "PDF (*.pdf)"
    )
    if not name:
        return
    path = Path(name) if name.lower().endswith(".pdf") else Path(name + ".pdf")
    try:
        data = comparison_pdf(comparison, views)
        if not data:
            raise ReportError(tr("{file} cannot be made; try another folder.").format(file=path.name))
        write_whole(path, data)
    except CardioError as error:
        comparison.session.tell(error)


def print_comparison(comparison: Comparison, views: Sequence[PaperView], frame: QWidget) -> None:
    """Show the sheets before `frame`, and print them from there."""
    from PySide6.QtPrintSupport import QPrintPreviewDialog

    printer = make_printer(comparison.session.settings.paper_size())
    dialog = QPrintPreviewDialog(printer, frame)
    dialog.setWindowTitle(tr("Print the comparison"))
    dialog.resize(1000, 760)
    painting = _Printing(comparison, views)
    dialog.paintRequested.connect(painting.paint)
    dialog.exec()


class _Printing:
    """Paints for a preview; a bound method, because a signal takes no function with arguments of its own."""

    def __init__(self, comparison: Comparison, views: Sequence[PaperView]) -> None:
        self._comparison, self._views = comparison, views

    def paint(self, printer: QPrinter) -> None:
        """Paint all sheets."""
        painter = QPainter()
        if not painter.begin(printer):
            words = tr("The printer does not answer; choose another one or save a PDF.")
            self._comparison.session.tell(ReportError(words))
            return
        try:
            paint_comparison(self._comparison, self._views, printer, painter, printer.resolution())
        except CardioError as error:
            self._comparison.session.tell(error)
        finally:
            painter.end()
