"""Ctrl+P prints the report's first page: the same to the millimetre as its PDF, the annex only where it is wanted."""

import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage, QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QToolBar
from pytestqt.qtbot import QtBot

from cardio_desktop.app.report_work import ReportLook
from cardio_desktop.core.conclusion import Signer
from cardio_desktop.core.errors import ReadError
from cardio_desktop.core.units import MM_PER_INCH
from cardio_desktop.io import open_record
from cardio_desktop.paths import asset
from cardio_desktop.report import style
from cardio_desktop.ui.commands import file as file_commands
from cardio_desktop.ui.dialogs import ReportDialog
from cardio_desktop.ui.main_window import MainWindow
from cardio_desktop.ui.paper.export import make_printer
from cardio_desktop.ui.paper.report_print import ReportPrinting, add_annex_box
from tests.report.conftest import made_findings

DPI = 200
PX_PER_MM = DPI / MM_PER_INCH


@pytest.fixture
def read(window: MainWindow) -> MainWindow:
    record = open_record(asset("resources/samples") / "normal.hea")
    window.session.show_record(record)
    window.session.show_findings(record, made_findings(record))
    window.session.set_hidden(False)
    return window


def pages(pdf: Path) -> list[QImage]:
    renderer = shutil.which("pdftoppm")
    if renderer is None:
        pytest.skip("pdftoppm of poppler-utils is not installed")
    subprocess.run([renderer, "-r", str(DPI), "-png", str(pdf), str(pdf.with_suffix(""))], check=True)
    return [QImage(str(name)) for name in sorted(pdf.parent.glob(f"{pdf.stem}-*.png"))]


def rgb_of(image: QImage) -> np.ndarray:
    rgb = image.convertToFormat(QImage.Format.Format_RGB32)
    raw = np.frombuffer(rgb.constBits(), dtype=np.uint8).reshape(rgb.height(), rgb.bytesPerLine() // 4, 4)
    return raw[:, : rgb.width(), 2::-1].astype(int)


def printed(printing: ReportPrinting, out: Path, size: str = "a4") -> Path:
    printer = make_printer(size)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(out))
    printing.paint(printer)
    return out


@pytest.mark.parametrize("size", ["a4", "letter"])
def test_the_print_is_the_first_page_of_the_pdf(read: MainWindow, qtbot: QtBot, tmp_path: Path, size: str) -> None:
    look = ReportLook(paper=size, annex=False)
    written: list[Path] = []
    read.session.report_written.connect(written.append)
    read.session.write_report(tmp_path / "report.pdf", look)
    qtbot.waitUntil(lambda: bool(written), timeout=30_000)
    printing = ReportPrinting(read.session, look)
    printed(printing, tmp_path / "print.pdf", size)
    assert printing.painted == 1
    (first,), (second,) = pages(tmp_path / "report.pdf"), pages(tmp_path / "print.pdf")
    one, two = rgb_of(first), rgb_of(second)
    assert np.abs(np.array(one.shape) - np.array(two.shape)).max() <= 1
    high, wide = (min(a, b) for a, b in zip(one.shape[:2], two.shape[:2], strict=True))
    dark = [picture[:high, :wide].max(axis=2) < 110 for picture in (one, two)]
    # Blurred by half a millimetre: letters of two renderers differ at their edges, not in their places.
    for mine, other in (dark, dark[::-1]):
        near = np.zeros_like(other)
        for down in range(-4, 5):
            for right in range(-4, 5):
                near |= np.roll(other, (down, right), axis=(0, 1))
        assert (mine & ~near).sum() < 0.002 * mine.sum()
    bold = [
        np.flatnonzero((np.abs(picture - np.array(style.BOLD_GRID) * 255).max(axis=2) < 14).mean(axis=0) > 0.2)
        for picture in (one, two)
    ]
    for places in bold:
        assert (places[-1] - places[0]) / PX_PER_MM == pytest.approx(260.0, abs=0.3)
    assert abs(bold[0][0] - bold[1][0]) <= 2


def test_the_annex_is_printed_where_it_is_wanted_and_remembered(read: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    settings = read.session.settings
    assert not settings.print_annex()
    assert settings.report_annex()
    printing = ReportPrinting(read.session, ReportLook(annex=False))
    renewed: list[int] = []
    bar = QToolBar()
    qtbot.addWidget(bar)
    box = add_annex_box(bar, printing, lambda: renewed.append(1), settings.set_print_annex)
    box.click()
    assert renewed == [1]
    assert settings.print_annex()
    printed(printing, tmp_path / "print.pdf")
    assert printing.painted > 1
    box.click()
    assert not settings.print_annex()
    printed(printing, tmp_path / "print.pdf")
    assert printing.painted == 1


def test_what_is_printed_is_what_was_signed_when_the_preview_opened(read: MainWindow) -> None:
    conclusions = read.session.conclusions
    conclusions.write("LBBB.")
    before = ReportPrinting(read.session, ReportLook(annex=False))
    assert conclusions.sign(Signer("Dr. Vogel"))
    after = ReportPrinting(read.session, ReportLook(annex=False))
    for printing, final in ((before, False), (after, True)):
        parts = printing._parts[False]
        assert parts is not None
        _, _, options = parts()
        assert options.conclusion.final == final
        assert options.conclusion.text == "LBBB."


def test_paper_too_small_is_told_instead_of_cut(read: MainWindow, tmp_path: Path) -> None:
    printing = ReportPrinting(read.session, ReportLook(annex=False))
    printer = make_printer("a4")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A5))
    printing.paint(printer)
    assert printing.painted == 0
    assert "does not fit on this paper; choose A4 or Letter" in read.session.state.problem
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    printing.paint(printer)
    assert printing.painted == 0
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A3))
    printing.paint(printer)
    assert printing.painted == 1


def test_a_letterhead_that_is_wrong_is_told(read: MainWindow, tmp_path: Path) -> None:
    printing = ReportPrinting(read.session, ReportLook(annex=False, letterhead=tmp_path / "gone.toml"))
    printed(printing, tmp_path / "print.pdf")
    assert printing.painted == 0
    assert "gone.toml: there is no such file; name another file." in read.session.state.problem


def test_a_vanished_file_is_told(read: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    printing = ReportPrinting(read.session, ReportLook(annex=False))

    def gone(*_: object, **__: object) -> None:
        raise ReadError("normal.dat", "the file is gone", "connect the drive again")

    monkeypatch.setattr("cardio_desktop.report.pages.report_of", gone)
    printed(printing, tmp_path / "print.pdf")
    assert printing.painted == 0
    assert "the file is gone" in read.session.state.problem


def test_without_findings_there_is_nothing_to_print(window: MainWindow, tmp_path: Path) -> None:
    printing = ReportPrinting(window.session, ReportLook())
    printed(printing, tmp_path / "print.pdf")
    assert printing.painted == 0
    assert not window.actions_table["print"].isEnabled()


def test_only_what_was_printed_is_in_the_audit_trail(read: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    noted: list[object] = []
    monkeypatch.setattr(read.session, "note_written", lambda _record, files: noted.extend(files))
    for done in (False, True):
        monkeypatch.setattr(file_commands, "print_report", lambda *_, done=done: done)
        read.actions_table["print"].trigger()
    assert noted == [Path("printer")]


def test_the_dialog_remembers_annex_letterhead_and_paper(read: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    settings = read.session.settings
    head = tmp_path / "head.toml"
    dialog = ReportDialog(tmp_path / "x.hea", settings, read)
    qtbot.addWidget(dialog)
    assert dialog.annex.isChecked()
    dialog.annex.setChecked(False)
    dialog.paper_size.setCurrentIndex(1)
    dialog.letterhead.setText(str(head))
    dialog._accept()
    assert dialog.result() == 0
    assert "Letterhead head.toml: there is no such file" in dialog.problem.text()
    head.write_text('clinic = "Heart Centre"', encoding="utf-8")
    dialog._accept()
    assert dialog.result() == 1
    assert dialog.look() == ReportLook("letter", False, False, head)
    again = ReportDialog(tmp_path / "x.hea", settings, read)
    qtbot.addWidget(again)
    assert again.look() == ReportLook("letter", False, False, head)
    again.hide_patient.setChecked(True)
    assert not again.letterhead.isEnabled()
    assert again.look() == ReportLook("letter", True, False, None)
    again._accept()
    assert settings.letterhead() == head
