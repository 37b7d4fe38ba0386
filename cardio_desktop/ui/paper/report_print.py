"""Prints the report of the page that is shown, with a preview; its first page alone unless the annex is wanted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QPageLayout, QPainter
from PySide6.QtWidgets import QCheckBox, QToolBar, QWidget

from cardio_desktop.app.i18n import said, tr
from cardio_desktop.app.report_work import ReportLook, ReportParts
from cardio_desktop.app.session import Session
from cardio_desktop.core.errors import CardioError, ReportError
from cardio_desktop.core.units import MM_PER_INCH, POINTS_PER_MM
from cardio_desktop.report.fonts import wrap
from cardio_desktop.ui.paper.export import PAPER_SIZES, make_printer
from cardio_desktop.ui.paper.printed_sheet import PaintedSheet

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from cardio_desktop.report.pages import Report

CUT_MM = 1.0
"""Paper may be so much smaller than the report: no text or trace stands so near to its edge."""


class ReportPrinting:
    """Paints the report on a printer; it is laid out anew where paper or annex changes, from what was shown first."""

    def __init__(self, session: Session, look: ReportLook) -> None:
        self._session = session
        self.look = look
        self.painted = 0
        self._created = datetime.now().astimezone()
        self._parts: dict[bool, ReportParts | None] = {
            annex: session.report_parts(replace(look, annex=annex)) for annex in (False, True)
        }
        self._made: dict[ReportLook, Report] = {}

    def paint(self, printer: QPrinter) -> None:
        """Paint all pages; what is wrong is told in the window and on the paper, and nothing is printed."""
        self.painted = 0
        painter = QPainter()
        if not painter.begin(printer):
            self._session.tell(ReportError(tr("The printer does not answer; choose another one or save a PDF.")))
            return
        try:
            self.painted = self._paint(printer, painter)
        except CardioError as error:
            self._session.tell(error)
            _write(painter, printer, said(error))
        finally:
            painter.end()

    def report(self, paper: str) -> Report | None:
        """Return the report on a size of paper; None where there is nothing to report."""
        from cardio_desktop.report.pages import report_of

        look, parts = replace(self.look, paper=paper), self._parts[self.look.annex]
        if parts is None:
            return None
        if look not in self._made:
            QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
            try:
                record, findings, options = parts()
                self._made[look] = report_of(record, findings, replace(options, paper=paper), created=self._created)
            finally:
                QGuiApplication.restoreOverrideCursor()
        return self._made[look]

    def _paint(self, printer: QPrinter, painter: QPainter) -> int:
        full = printer.pageLayout().fullRect(QPageLayout.Unit.Millimeter)
        report = self.report(_paper(printer))
        if report is None:
            return 0
        wide, high = report.size_mm
        if full.width() < wide - CUT_MM or full.height() < high - CUT_MM:
            raise ReportError(tr("The report does not fit on this paper; choose A4 or Letter, long side across."))
        px_per_mm = printer.resolution() / MM_PER_INCH
        for number, draw in enumerate(report.pages):
            if number:
                printer.newPage()
            painter.save()
            painter.translate((full.width() - wide) / 2 * px_per_mm, (full.height() - high) / 2 * px_per_mm)
            sheet = PaintedSheet(painter, wide, high, px_per_mm)
            with sheet.scaled():
                draw(sheet)
            painter.restore()
        return len(report.pages)


def print_report(session: Session, frame: QWidget) -> bool:
    """Show before `frame` how the report looks on paper, and print it from there; returns whether it was printed."""
    from PySide6.QtPrintSupport import QPrintPreviewDialog, QPrintPreviewWidget

    settings = session.settings
    printing = ReportPrinting(session, ReportLook(annex=settings.print_annex(), letterhead=settings.letterhead()))
    printer = make_printer(settings.paper_size())
    printer.setDocName(tr("ECG report"))
    dialog = QPrintPreviewDialog(printer, frame)
    dialog.setWindowTitle(tr("Print report"))
    dialog.resize(1000, 760)
    dialog.paintRequested.connect(printing.paint)
    preview, bar = dialog.findChild(QPrintPreviewWidget), dialog.findChild(QToolBar)
    if preview is not None and bar is not None:
        add_annex_box(bar, printing, preview.updatePreview, settings.set_print_annex)
    printed = bool(dialog.exec()) and printing.painted > 0
    size = _paper(printer)
    settings.set_paper_size(size)
    dialog.deleteLater()
    return printed


def add_annex_box(
    bar: QToolBar, printing: ReportPrinting, renew: Callable[[], object], remember: Callable[[bool], object]
) -> QCheckBox:
    """Put the choice of the annex into the preview's bar."""
    box = QCheckBox(tr("With annex"), bar)
    box.setChecked(printing.look.annex)

    def choose(on: bool) -> None:
        printing.look = replace(printing.look, annex=on)
        remember(on)
        renew()

    box.toggled.connect(choose)
    bar.addSeparator()
    bar.addWidget(box)
    return box


def _paper(printer: QPrinter) -> str:
    """Return the report's size of paper that fits the printer's: Letter where that is chosen, else A4."""
    chosen = printer.pageLayout().pageSize().id()
    return next((size for size, known in PAPER_SIZES.items() if known == chosen), "a4")


def _write(painter: QPainter, printer: QPrinter, words: str) -> None:
    """Write a sentence on the page: a preview that stays empty would tell nothing."""
    px_per_mm = printer.resolution() / MM_PER_INCH
    room = printer.pageLayout().fullRect(QPageLayout.Unit.Millimeter)
    sheet = PaintedSheet(painter, room.width(), room.height(), px_per_mm)
    with sheet.scaled():
        for k, line in enumerate(wrap(words, (room.width() - 40.0) * POINTS_PER_MM, 11)):
            sheet.text(20.0, 30.0 + 6.0 * k, line, size_pt=11)
