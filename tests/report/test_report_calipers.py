"""The reader's calipers in the PDF: at their true millimetres, with their readings."""

from datetime import datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from cardio_desktop.core.calipers import Caliper, CaliperKind
from cardio_desktop.core.paper import PULSE_ROOM_MM
from cardio_desktop.report import style
from cardio_desktop.report.page_ecg import PAPER_MM
from cardio_desktop.report.pdf import ReportOptions, pdf_bytes
from cardio_desktop.simulate import simulate_record
from tests.report.conftest import made_findings
from tests.report.test_pdf import POINTS_PER_MM, paths_of

NOW = datetime(2026, 1, 5, 9, 30)
CALIPERS = (
    Caliper("a", CaliperKind.BOTH, "V2", 6.0, 6.5, -0.2, 0.8),
    Caliper("b", CaliperKind.MARCH, "II", 3.0, 3.8, 0.3, 0.3),
    Caliper("c", CaliperKind.QT, "II", 8.0, 8.4, rr_ms=1000.0, rr_from="before this beat"),
    Caliper("d", CaliperKind.TIME, "V6", 1.0, 2.0, 0.0, 0.0),  # V6 is printed from 7.5 s on
)


def printed(*calipers: Caliper) -> bytes:
    record = simulate_record()
    return pdf_bytes(record, made_findings(record), ReportOptions(calipers=calipers), created=NOW)


def lines_of(data: bytes) -> list[tuple[float, float, float, float]]:
    """The caliper-coloured straight lines in millimetres from the page's left and bottom."""
    found = []
    for path in paths_of(data):
        if not path.filled and path.color == pytest.approx(style.CALIPER, abs=0.01):
            found += [(*line[0], *line[-1]) for line in path.lines]
    return [tuple(value / POINTS_PER_MM for value in line) for line in found]


def test_they_stand_at_their_true_millimetres() -> None:
    lines = lines_of(printed(CALIPERS[0]))
    left = (297.0 - PAPER_MM) / 2 + PULSE_ROOM_MM
    upright = sorted(x0 for x0, y0, x1, y1 in lines if abs(x0 - x1) < 1e-6)
    assert upright == pytest.approx([left + 6.0 * 25, left + 6.5 * 25], abs=0.05)
    level = sorted({round(y0, 3) for x0, y0, x1, y1 in lines if abs(y0 - y1) < 1e-6})
    assert level[-1] - level[0] == pytest.approx(10.0, abs=0.05)  # 1 mV


def test_their_readings_are_printed_and_those_elsewhere_counted() -> None:
    text = PdfReader(BytesIO(printed(*CALIPERS))).pages[0].extract_text()
    assert "500 ms · 120 bpm · 1.00 mV" in text
    assert "800 ms · 75 bpm" in text
    assert "QT 400 ms · RR 1000 ms (before this beat)" in text
    assert "Bazett 400 · Fridericia 400" in text
    assert "Framingham 400 · Hodges 400" in text
    assert "calipers not on this sheet: 1" in text
    assert "[U+" not in text


def test_without_calipers_nothing_changes() -> None:
    assert lines_of(printed()) == []
    assert printed() == printed()
