"""The page that is shown, at true size: printed with a preview, saved as PNG, SVG or PDF, or on the clipboard."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QMimeData, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPagedPaintDevice, QPageLayout, QPageSize, QPainter
from PySide6.QtWidgets import QStatusBar, QWidget

from cardio_desktop.app.i18n import tr
from cardio_desktop.core.errors import CardioError, ReportError
from cardio_desktop.core.leads import Layout, layout_for
from cardio_desktop.core.paper import BOLD_MM, pulse_room_mm
from cardio_desktop.core.units import MM_PER_INCH
from cardio_desktop.render.colors import printed
from cardio_desktop.render.page import paint_true_size, sheet_size_mm
from cardio_desktop.render.sheet import FOOTER_MM, HEADER_MM, EcgSheet
from cardio_desktop.report.files import write_whole
from cardio_desktop.ui.paper.paper_sheet import plan_of, sheet_of

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from cardio_desktop.ui.paper.paper_view import PaperView

PICTURE_DPI, CLIPBOARD_DPI, SVG_DPI = 300, 150, 254
PRINT_DPI = 600
ENDINGS = (".png", ".svg", ".pdf")
PNG_QUALITY = 80
"""Twice as fast as the usual one, and a fifth larger."""
EDGE_MM = 5.0
"""What printers cannot reach at the edges of paper."""
SHEET_ROOM_MM = 175.0
"""Height of the traces on a saved sheet: that of an A4 page."""
MOST_ROW_MM = 60.0
PAPER_SIZES = {"a4": QPageSize.PageSizeId.A4, "letter": QPageSize.PageSizeId.Letter}


@dataclass(frozen=True)
class Part:
    """What one sheet shows: a layout over `seconds` from `start_s` on."""

    layout: Layout
    start_s: float
    seconds: float


def parts_of(view: PaperView, width_mm: float) -> list[Part]:
    """Return the sheets that the shown page needs on paper with room for `width_mm`, in order.

    Fast paper is longer than a sheet: it goes on overleaf in whole seconds, and columns that would hold less than a
    beat become rows.
    """
    state = view.session.state
    record, viewport = state.record, state.viewport
    if record is None:
        return []
    layout, seconds = viewport.layout(record), viewport.page_s(record)
    whole = [Part(layout, viewport.start_s, seconds)]
    if layout.wrapped or viewport.width_mm(record) <= width_mm + 1e-6:
        return whole
    scale = viewport.scale(record, 1.0, 1.0)
    room_mm = pulse_room_mm(layout, scale, viewport.chest_factor)
    step_s = max(math.floor((width_mm - room_mm) / scale.speed_mm_per_s), 1)
    end_s = min(viewport.start_s + seconds, record.duration_s)
    count = max(math.ceil((end_s - viewport.start_s) / step_s - 1e-9), 1)
    if layout.columns > 1:
        layout = layout_for(layout.id, record.drawable, record.has_twelve, step_s)
    return [Part(layout, viewport.start_s + k * step_s, step_s) for k in range(count)]


def sheet_for(view: PaperView, part: Part, height_mm: float) -> EcgSheet | None:
    """Return one sheet at true size with the traces `height_mm` high, None where there is no record."""
    state, source = view.session.state, view.source
    if state.record is None or source is None:
        return None
    rows = len(part.layout.rows) + len(part.layout.rhythm)
    plan = plan_of(
        state.viewport,
        state.record,
        source,
        view.gains,
        state.shown,
        px_per_mm=(1.0, 1.0),
        height_mm=min(height_mm // BOLD_MM * BOLD_MM, rows * MOST_ROW_MM),  # whole big squares
        layout=part.layout,
        start_s=part.start_s,
        seconds=part.seconds,
    )
    return sheet_of(state, state.record, plan, source, printed(view.colors()), zoom=None)


def whole_sheet(view: PaperView) -> EcgSheet | None:
    """Return the shown page as one sheet at true size, however wide it is."""
    parts = parts_of(view, math.inf)
    return sheet_for(view, parts[0], SHEET_ROOM_MM) if parts else None


def paint_pages(view: PaperView, target: QPagedPaintDevice, painter: QPainter, dots_per_inch: float) -> int:
    """Paint the shown page on as many sheets as it needs, and return how many those are.

    The painter's origin must be the corner of the paper. Raises CardioError where samples cannot be read.
    """
    full = target.pageLayout().fullRect(QPageLayout.Unit.Millimeter)
    px_per_mm = dots_per_inch / MM_PER_INCH
    parts = parts_of(view, full.width() - 2 * EDGE_MM)
    for number, part in enumerate(parts):
        sheet = sheet_for(view, part, full.height() - 2 * EDGE_MM - HEADER_MM - FOOTER_MM)
        if sheet is None:
            return 0
        if number:
            target.newPage()
        left_mm = (full.width() - sheet_size_mm(sheet)[0]) / 2
        paint_true_size(painter, sheet, view.overlays, (px_per_mm, px_per_mm), left_mm, EDGE_MM)
    return len(parts)


# Pictures -----------------------------------------------------------------------------------------------------------


def picture_of(view: PaperView, dots_per_inch: float) -> QImage | None:
    """Return the shown page at true size as a picture that knows its density."""
    sheet = whole_sheet(view)
    if sheet is None:
        return None
    density = dots_per_inch / MM_PER_INCH
    # Like a screen with two device pixels to a pixel: lines of 0.17 mm at 300 dots per inch.
    ratio = 2.0 if dots_per_inch >= PICTURE_DPI else 1.0
    px_per_mm = density / ratio
    size_mm = sheet_size_mm(sheet)
    width, height = (math.ceil(mm * density) for mm in size_mm)
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.setDotsPerMeterX(round(density * 1000))
    image.setDotsPerMeterY(round(density * 1000))
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    try:
        paint_true_size(painter, sheet, view.overlays, (px_per_mm, px_per_mm), 0.0, 0.0, size_mm, ratio=ratio)
    finally:
        painter.end()
    image.setDevicePixelRatio(1.0)
    return image


def svg_of(view: PaperView) -> QByteArray:
    """Return the shown page at true size as SVG, whose width and height are given in millimetres."""
    from PySide6.QtSvg import QSvgGenerator

    data = QByteArray()
    sheet = whole_sheet(view)
    if sheet is None:
        return data
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    px_per_mm = SVG_DPI / MM_PER_INCH
    size_mm = sheet_size_mm(sheet)
    size = QSize(*(math.ceil(mm * px_per_mm) for mm in size_mm))
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setResolution(SVG_DPI)
    generator.setSize(size)
    generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
    generator.setTitle("ECG")
    generator.setDescription(sheet.scale_line)
    painter = QPainter(generator)
    try:
        paint_true_size(painter, sheet, view.overlays, (px_per_mm, px_per_mm), 0.0, 0.0, size_mm)
    finally:
        painter.end()
    buffer.close()
    return data


def save_picture(view: PaperView, path: Path) -> None:
    """Write the shown page at true size as PNG, SVG or PDF, whichever the file's ending names, whole or not at all.

    Raises ReportError where it cannot be written.
    """
    made = {".png": png_of, ".svg": lambda shown: bytes(svg_of(shown).data()), ".pdf": pdf_of}
    make = made.get(path.suffix.lower())
    data = make(view) if make is not None else b""
    if not data:
        words = tr("{file} cannot be written; choose a name that ends in .png, .svg or .pdf.")
        raise ReportError(words.format(file=path.name))
    write_whole(path, data)


def png_of(view: PaperView) -> bytes:
    """Return the shown page at true size as PNG; b"" where there is none."""
    image = picture_of(view, PICTURE_DPI)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    done = image is not None and image.save(buffer, "PNG", PNG_QUALITY)  # type: ignore[call-overload]
    return bytes(buffer.data().data()) if done else b""


def pdf_of(view: PaperView) -> bytes:
    """Return the shown page at true size as PDF of as many sheets as it needs; b"" where there is none."""
    from PySide6.QtGui import QPdfWriter

    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setCreator("Cardio Desktop")
    writer.setResolution(PRINT_DPI)
    writer.setPageLayout(page_layout(view.session.settings.paper_size()))
    painter = QPainter()
    if not painter.begin(writer):
        return b""
    try:
        pages = paint_pages(view, writer, painter, PRINT_DPI)
    finally:
        painter.end()
    return bytes(buffer.data().data()) if pages else b""


def page_layout(size: str) -> QPageLayout:
    """Return paper of a size, "a4" or "letter", long side across, whose corner is the origin."""
    layout = QPageLayout(QPageSize(PAPER_SIZES[size]), QPageLayout.Orientation.Landscape, QMarginsF(0, 0, 0, 0))
    layout.setMode(QPageLayout.Mode.FullPageMode)
    return layout


def copy_picture(view: PaperView) -> bool:
    """Put the shown page on the clipboard, as a picture and as SVG; return whether there was one."""
    image = picture_of(view, CLIPBOARD_DPI)
    if image is None:
        return False
    data = _empty_mime_data()
    data.setImageData(image)
    data.setData("image/svg+xml", svg_of(view))
    QGuiApplication.clipboard().setMimeData(data)
    return True


def _empty_mime_data() -> QMimeData:
    """Return mime data that Qt has made: what Python has made would be destroyed after Python, with a crash at exit.

    The clipboard keeps it until the process ends, and a list's model is the one place where Qt hands some out.
    """
    from PySide6.QtGui import QStandardItem, QStandardItemModel

    model = QStandardItemModel()
    model.appendRow(QStandardItem())
    data = model.mimeData([model.index(0, 0)])
    for kind in data.formats():
        data.removeFormat(kind)
    return data


# Printing -----------------------------------------------------------------------------------------------------------


def make_printer(size: str) -> QPrinter:
    """Return the system's usual printer, set to paper of a size, long side across, used up to its edges."""
    from PySide6.QtPrintSupport import QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName("ECG")
    printer.setResolution(PRINT_DPI)
    printer.setFullPage(True)
    printer.setPageLayout(page_layout(size))
    return printer


def print_pages(view: PaperView, printer: QPrinter) -> int:
    """Print the shown page at true size and return on how many sheets; problems are told in the window."""
    painter = QPainter()
    if not painter.begin(printer):
        view.session.tell(ReportError(tr("The printer does not answer; choose another one or save a PDF.")))
        return 0
    try:
        return paint_pages(view, printer, painter, printer.resolution())
    except CardioError as error:
        view.session.tell(error)
        return 0
    finally:
        painter.end()


def print_with_preview(view: PaperView, frame: QWidget, status: QStatusBar) -> None:
    """Show before `frame` how the page looks on paper, and print it from there."""
    from PySide6.QtPrintSupport import QPrintPreviewDialog

    settings = view.session.settings
    printer = make_printer(settings.paper_size())
    dialog = QPrintPreviewDialog(printer, frame)
    dialog.setWindowTitle(tr("Print at true size"))
    dialog.resize(1000, 760)
    painting = _Printing(view)
    dialog.paintRequested.connect(painting.paint)
    if dialog.exec():
        words = tr("Sent to the printer at true size; its dialog must say 100 %, not “fit to page”.")
        status.showMessage(words, 15_000)
    for size, known in PAPER_SIZES.items():
        if printer.pageLayout().pageSize().id() == known:
            settings.set_paper_size(size)


class _Printing:
    """Paints for a preview; a bound method, because a signal takes no function with arguments of its own."""

    def __init__(self, view: PaperView) -> None:
        self._view = view

    def paint(self, printer: QPrinter) -> None:
        """Paint all sheets."""
        print_pages(self._view, printer)
