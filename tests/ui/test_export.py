"""Print, PDF, SVG, PNG and clipboard: millimetres measured on what comes out."""

import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog
from PySide6.QtSvg import QSvgRenderer
from pytestqt.qtbot import QtBot

from cardio_desktop.analysis.display_filters import DisplayFilter
from cardio_desktop.core.errors import ReportError
from cardio_desktop.core.record import Record
from cardio_desktop.core.units import MM_PER_INCH
from cardio_desktop.render.colors import RED_PAPER
from cardio_desktop.render.traces import TraceSource
from cardio_desktop.ui.main_window import MainWindow
from cardio_desktop.ui.paper import export
from tests.ui.conftest import step_record

DPI = 300
PX_PER_MM = DPI / MM_PER_INCH


def pages(pdf: Path) -> list[QImage]:
    """Render a PDF with another program than the one that wrote it."""
    renderer = shutil.which("pdftoppm")
    if renderer is None:
        pytest.skip("pdftoppm of poppler-utils is not installed")
    subprocess.run([renderer, "-r", str(DPI), "-png", str(pdf), str(pdf.with_suffix(""))], check=True)
    return [QImage(str(name)) for name in sorted(pdf.parent.glob(f"{pdf.stem}-*.png"))]


def grey_of(image: QImage) -> np.ndarray:
    rgb = image.convertToFormat(QImage.Format.Format_RGB32)
    raw = np.frombuffer(rgb.constBits(), dtype=np.uint8).reshape(rgb.height(), rgb.bytesPerLine() // 4, 4)
    return raw[:, : rgb.width(), :3].astype(int)


def bold_lines(image: QImage) -> tuple[np.ndarray, np.ndarray]:
    """Return the middles of the bold lines, across and down, in px."""
    rgb = grey_of(image)
    bold = np.array([int(RED_PAPER.bold[k : k + 2], 16) for k in (5, 3, 1)])
    hit = np.abs(rgb - bold).max(axis=2) < 12
    found = []
    for axis in (0, 1):
        share = hit.mean(axis=axis)
        edges = np.flatnonzero(np.diff(np.concatenate(([0], (share > 0.3).astype(int), [0]))))
        found.append((edges[::2] + edges[1::2] - 1) / 2)
    return found[0], found[1]


def step_mm(image: QImage, row: int) -> tuple[float, float]:
    """Return width and height, in mm, of the first step of the row-th strip of a sheet with 12 x 1 strips."""
    across, down = bold_lines(image)
    left, top = across[0], down[0]
    dark = grey_of(image).max(axis=2) < 120
    strip_mm = (down[-1] - down[0]) / PX_PER_MM / 12
    middle = round(top + (row + 0.5) * strip_mm * PX_PER_MM)
    # Beside the lead's name: the step stands 25 mm after the traces' begin, which is 10 mm after the pulses' room.
    x0, x1 = round(left + 32 * PX_PER_MM), round(left + 50 * PX_PER_MM)
    area = dark[middle - round(11 * PX_PER_MM) : middle + round(2 * PX_PER_MM), x0:x1]
    tall = area.sum(axis=0)
    columns = np.flatnonzero(tall > 0.6 * tall.max())
    rise, fall = columns[columns < columns.mean()].mean(), columns[columns > columns.mean()].mean()
    inside = area[:, round(rise) + 8 : round(fall) - 8].mean(axis=1) > 0.5
    beside = area[:, : round(rise) - 8].mean(axis=1) > 0.5
    height = np.flatnonzero(beside).mean() - np.flatnonzero(inside).mean()
    return (fall - rise) / PX_PER_MM, float(height) / PX_PER_MM


def show_steps(window: MainWindow, record: Record) -> None:
    window.session.show_record(record)
    window.session.look(layout_id="12x1", zoom=None)


@pytest.mark.parametrize(("size", "width_mm", "height_mm"), [("a4", 297.0, 210.0), ("letter", 279.4, 215.9)])
def test_a_printed_millimetre_is_a_millimetre(
    window: MainWindow, steps: Record, tmp_path: Path, size: str, width_mm: float, height_mm: float
) -> None:
    show_steps(window, steps)
    printer = export.make_printer(size)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    assert export.print_pages(window.paper, printer) == 1
    (image,) = pages(tmp_path / "out.pdf")
    assert image.width() == pytest.approx(width_mm * PX_PER_MM, abs=2)
    assert image.height() == pytest.approx(height_mm * PX_PER_MM, abs=2)
    across, down = bold_lines(image)
    # A few lie under upright parts of the steps.
    lines_mm = (across - across[0]) / PX_PER_MM
    assert len(lines_mm) > 45
    assert np.abs(lines_mm - 5 * np.round(lines_mm / 5)).max() < 1.1 / PX_PER_MM
    assert (across[-1] - across[0]) / PX_PER_MM == pytest.approx(260.0, rel=0.001)
    assert (down[-1] - down[0]) / PX_PER_MM == pytest.approx(5.0 * (len(down) - 1), rel=0.001)
    for row in (0, 11):
        width, height = step_mm(image, row)
        assert width == pytest.approx(0.5 * 25.0, rel=0.005)
        assert height == pytest.approx(10.0, rel=0.008)  # half a pixel is 0.04 mm


def test_a_saved_pdf_is_as_true_as_a_print(window: MainWindow, steps: Record, tmp_path: Path) -> None:
    show_steps(window, steps)
    export.save_picture(window.paper, tmp_path / "page.pdf")
    (image,) = pages(tmp_path / "page.pdf")
    across, _ = bold_lines(image)
    assert (across[-1] - across[0]) / PX_PER_MM == pytest.approx(260.0, rel=0.001)
    assert step_mm(image, 5)[0] == pytest.approx(12.5, rel=0.005)


def test_a_saved_picture_knows_its_density_and_keeps_to_it(window: MainWindow, steps: Record, tmp_path: Path) -> None:
    show_steps(window, steps)
    export.save_picture(window.paper, tmp_path / "page.png")
    image = QImage(str(tmp_path / "page.png"))
    assert image.dotsPerMeterX() / 1000 == pytest.approx(PX_PER_MM, rel=0.001)
    dark = grey_of(image).max(axis=2) < 120
    # The step of I: 10 mm pulse room and 5 mm edge before the traces.
    row = dark[round((9 + 0.5 * 175 / 12 - 5) * PX_PER_MM), round(32 * PX_PER_MM) : round(60 * PX_PER_MM)]
    edges = np.flatnonzero(row)
    rise, fall = edges[edges < edges.mean()].mean(), edges[edges > edges.mean()].mean()
    assert (fall - rise) / PX_PER_MM == pytest.approx(12.5, rel=0.005)
    assert rise / PX_PER_MM + 32 == pytest.approx(5 + 10 + 25, abs=0.15)


def test_an_svg_says_its_size_in_millimetres(window: MainWindow, steps: Record, tmp_path: Path) -> None:
    show_steps(window, steps)
    export.save_picture(window.paper, tmp_path / "page.svg")
    root = ElementTree.parse(tmp_path / "page.svg").getroot()
    assert (root.get("width"), root.get("height")) == ("270mm", "195mm")
    assert "25 mm/s  ·  10 mm/mV" in (tmp_path / "page.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(str(tmp_path / "page.svg"))
    image = QImage(round(270 * PX_PER_MM), round(195 * PX_PER_MM), QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    renderer.render(painter, QRectF(0, 0, image.width(), image.height()))
    painter.end()
    dark = grey_of(image).max(axis=2) < 120
    row = dark[round((9 + 0.5 * 175 / 12 - 5) * PX_PER_MM), round(32 * PX_PER_MM) : round(60 * PX_PER_MM)]
    edges = np.flatnonzero(row)
    rise, fall = edges[edges < edges.mean()].mean(), edges[edges > edges.mean()].mean()
    assert (fall - rise) / PX_PER_MM == pytest.approx(12.5, rel=0.005)


def test_the_clipboard_holds_picture_and_drawing(window: MainWindow, steps: Record) -> None:
    show_steps(window, steps)
    window.actions_table["copy"].trigger()
    data = QGuiApplication.clipboard().mimeData()
    image = data.imageData()
    assert image.width() == pytest.approx(270 * 150 / MM_PER_INCH, abs=1)
    assert bytes(data.data("image/svg+xml").data()).startswith(b"<?xml")
    QGuiApplication.clipboard().clear()


def test_the_print_says_its_scale_and_its_filter(window: MainWindow, steps: Record) -> None:
    show_steps(window, steps)
    window.session.look(filter=DisplayFilter(lowpass_hz=40.0), filter_on=True, chest_half=True, zoom=2.0, paper="dark")
    (part,) = export.parts_of(window.paper, 280.0)
    sheet = export.sheet_for(window.paper, part, 178.0)
    assert sheet is not None
    assert "25 mm/s  ·  limb 10, chest 5 mm/mV  ·  display filter low-pass 40 Hz" in sheet.scale_line
    assert sheet.scale_line.endswith("true size when printed at 100 %")
    assert "Not diagnostic bandwidth" in sheet.warning
    assert sheet.colors is RED_PAPER


def test_fast_paper_goes_on_overleaf_without_losing_time(window: MainWindow, steps: Record) -> None:
    show_steps(window, steps)
    window.session.look(speed_mm_per_s=50.0, layout_id="6x2")
    parts = export.parts_of(window.paper, 287.0)
    assert [(p.start_s, p.seconds, p.layout.id) for p in parts] == [(0.0, 5, "6x2"), (5.0, 5, "6x2")]
    window.session.look(layout_id="3x4+1")
    assert [p.layout.id for p in export.parts_of(window.paper, 287.0)] == ["12x1", "12x1"]
    assert len(export.parts_of(window.paper, 1000.0)) == 1


def test_a_long_strip_prints_the_page_that_is_shown(window: MainWindow, tmp_path: Path) -> None:
    window.session.show_record(step_record(tmp_path, rate_hz=100.0, duration_s=300.0))
    window.session.look(layout_id="disclosure", start_s=120.0)
    (part,) = export.parts_of(window.paper, 287.0)
    assert (part.start_s, part.seconds) == (120.0, 120.0)


def test_the_preview_shows_the_pages(qtbot: QtBot, window: MainWindow, steps: Record) -> None:
    show_steps(window, steps)
    printer = export.make_printer("a4")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    dialog = QPrintPreviewDialog(printer, window)
    qtbot.addWidget(dialog)
    painted: list[int] = []
    dialog.paintRequested.connect(lambda target: painted.append(export.print_pages(window.paper, target)))
    dialog.show()
    qtbot.waitUntil(lambda: bool(painted))
    assert painted[0] == 1
    dialog.close()


def test_a_picture_that_cannot_be_written_says_what_to_do(window: MainWindow, steps: Record, tmp_path: Path) -> None:
    show_steps(window, steps)
    with pytest.raises(ReportError, match=r"choose a name that ends in \.png, \.svg or \.pdf"):
        export.save_picture(window.paper, tmp_path / "page.bmp")
    for name in ("nowhere/page.png", "nowhere/page.svg", "nowhere/page.pdf"):
        with pytest.raises(ReportError, match=r"the folder does not exist.*choose another place"):
            export.save_picture(window.paper, tmp_path / name)


def test_a_vanished_file_is_told_instead_of_printed(
    window: MainWindow, steps: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cardio_desktop.core.errors import ReadError

    class Gone:
        def __len__(self) -> int:
            return 5000

        def read(self, start: int, stop: int) -> np.ndarray:
            raise ReadError("step.hea", "the file is gone", "connect the drive again")

    window.session.show_record(steps)
    record = replace(steps, channels=tuple(replace(channel, samples=Gone()) for channel in steps.channels))
    gone = TraceSource(record.traces)
    monkeypatch.setattr(type(window.paper), "source", property(lambda _view: gone))
    printer = export.make_printer("a4")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    assert export.print_pages(window.paper, printer) == 0
    assert "the file is gone" in window.session.state.problem


COPY_AND_END = """
import sys
from pathlib import Path
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from cardio_desktop.app.session import Session
from cardio_desktop.app.settings import Settings
from cardio_desktop.io import open_record
from cardio_desktop.ui.paper import export
from cardio_desktop.ui.application import make_application
from cardio_desktop.ui.main_window import MainWindow

app = make_application()
window = MainWindow(Session(Settings(QSettings(sys.argv[1], QSettings.Format.IniFormat)), analyze=False))
window.show()
window.session.show_record(open_record(Path(sys.argv[2])))
app.processEvents()
assert export.copy_picture(window.paper)
data = app.clipboard().mimeData()
assert data.hasImage() and data.imageData().width() > 500
assert sorted(data.formats()) == ["application/x-qt-image", "image/svg+xml"]
assert data.data("image/svg+xml").startsWith(b"<?xml")
window.close()
"""


def test_the_program_ends_well_with_its_picture_on_the_clipboard(tmp_path: Path) -> None:
    sample = Path(__file__).resolve().parents[2] / "resources" / "samples" / "normal.hea"
    command = [sys.executable, "-X", "faulthandler", "-c", COPY_AND_END, str(tmp_path / "s.ini"), str(sample)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
