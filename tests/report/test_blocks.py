"""How a page's pieces flow into columns: what belongs together stays together."""

import dataclasses
from io import BytesIO

import pytest
from pypdf import PdfReader

from cardio_desktop.report import pages
from cardio_desktop.report.blocks import Block, flow, heading, space, table_row, together, unsplit_ends
from cardio_desktop.report.pdf import ReportOptions, pdf_bytes
from cardio_desktop.simulate import simulate_record


def block(height_mm: float = 5.0) -> Block:
    return Block(height_mm, lambda _sheet, _left, _top: None)


def columns_of(blocks: list[Block], column_mm: float) -> list[list[Block]]:
    return [[item for _, item in column] for page in flow(blocks, column_mm, 2) for column in page]


@pytest.mark.parametrize("lines_before", range(12))
def test_a_few_bars_are_never_parted_from_each_other_or_their_heading(lines_before):
    bars = together([*heading("Calibrated probabilities", 80.0), *(block() for _ in range(5))])
    columns = columns_of([*(block() for _ in range(lines_before)), *bars, *(block() for _ in range(9))], 60.0)
    assert sum(all(any(own is bar for own in column) for bar in bars) for column in columns) == 1


@pytest.mark.parametrize("lines_before", range(12))
def test_a_table_leaves_no_single_row_in_a_column(lines_before):
    rows = unsplit_ends([row for k in range(6) for row in table_row((str(k),), (80.0,))])
    columns = columns_of([*(block(4.0) for _ in range(lines_before)), *rows, *(block() for _ in range(9))], 40.0)
    shares = [sum(any(own is row for own in column) for row in rows) for column in columns]
    assert sum(shares) == 6
    assert 1 not in shares


@pytest.mark.parametrize("count", [0, 1, 2])
def test_short_tables_stay_as_they_are(count):
    rows = [block() for _ in range(count)]
    assert [row.height_mm for row in unsplit_ends(rows)] == [5.0] * count
    assert not any(row.keep for row in unsplit_ends(rows)[-1:])


@pytest.mark.parametrize("told", range(8, 26, 2))
def test_all_probabilities_stand_in_one_column_of_the_report(findings_of, created, told):
    record = simulate_record("anterior-mi")
    found = findings_of(record)
    sentences = [item for item in found.sentences if item.section not in ("network", "record")]
    found = dataclasses.replace(found, sentences=tuple((sentences * 9)[:told]))
    data = pdf_bytes(record, found, ReportOptions(), created=created)
    names = ("Normal ECG", "Myocardial infarction", "ST/T change", "Conduction disturbance", "Hypertrophy")
    placed: dict[str, tuple[int, bool]] = {}
    for number, page in enumerate(PdfReader(BytesIO(data)).pages):
        middle = float(page.mediabox.width) / 2

        def visit(text, _cm, tm, _fonts, _size, number=number, middle=middle):
            if text.strip() in names and tm[5] < 520:
                placed.setdefault(text.strip(), (number, tm[4] < middle))

        page.extract_text(visitor_text=visit)
    assert set(placed) == set(names)
    assert len(set(placed.values())) == 1
    assert pages.COLUMNS == 2


def test_no_column_begins_with_empty_paper():
    blocks = [block(19.0), space(2.0), block(19.0), space(2.0), block(5.0)]
    columns = columns_of(blocks, 20.0)
    assert [column[0].height_mm for column in columns if column] == [19.0, 19.0, 5.0]
