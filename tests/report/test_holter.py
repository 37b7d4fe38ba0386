"""The Holter report tells what was counted, in both languages, with the clock's times and true millimetres."""

import csv
import json
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO, StringIO
from pathlib import Path

import numpy as np
import pypdfium2
import pytest

from cardio_desktop.cli import main
from cardio_desktop.core.beat_kinds import BeatKind
from cardio_desktop.core.holter import KINDS, Holter, HolterLimits, OpinionSpan
from cardio_desktop.core.record import Record
from cardio_desktop.paths import asset
from cardio_desktop.reading.day import summed_up
from cardio_desktop.reading.day_piece import Piece, unread_piece
from cardio_desktop.report.holter_pdf import holter_pdf
from cardio_desktop.report.holter_text import clock, holter_csv, holter_json, holter_lines
from cardio_desktop.report.language import Language
from cardio_desktop.simulate.record import simulate_record
from cardio_desktop.words import say
from cardio_desktop.words.say import sentences

CREATED = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)
START = datetime(2026, 3, 3, 22, 30, 0)


@pytest.fixture(scope="module")
def record() -> Record:
    return replace(simulate_record("normal", rate_hz=125.0, duration_s=40.0), start_time=START)


def reading(hours: int = 2) -> Holter:
    times = np.concatenate([np.arange(0.0, 1800.0, 0.8), np.arange(1803.0, 3600.0 * hours, 1.0)])
    kinds = np.full(times.size, KINDS.index(BeatKind.NORMAL), np.uint8)
    kinds[100:105] = KINDS.index(BeatKind.VENTRICULAR)
    kinds[200] = KINDS.index(BeatKind.SUPRAVENTRICULAR)
    st = np.zeros((2, 60 * hours), np.float32)
    st[:, 30:35] = -0.25
    opinion = OpinionSpan(0.0, 3600.0 * hours, "High", "MI", 0.93)
    piece = Piece(0.0, 3600.0 * hours, times, kinds, leads=("II", "V5"), st_mv=st, opinion=opinion)
    return summed_up([piece], 0.0, 3600.0 * hours, HolterLimits())


def text_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(BytesIO(pdf))
    return [document[k].get_textpage().get_text_range() for k in range(len(document))]


def test_the_clock_goes_on_over_midnight(record: Record) -> None:
    assert clock(record, 0.0) == "22:30:00"
    assert clock(record, 5400.0) == "00:00:00 +1"
    assert clock(replace(record, start_time=None), 93784.0) == "26:03:04"
    assert clock(record, 5400.0, deidentify=True) == "01:30:00"


def test_the_text_tells_totals_and_the_worst_of_each_kind(record: Record) -> None:
    lines = "\n".join(holter_lines(record, reading(), Language("en")))
    assert "Pauses: 1" in lines
    assert "Longest pause: 3.8 s, 22:59:59" in lines
    assert "Longest ventricular run: 5 beats, 22:31:20" in lines
    assert "Largest ST depression: -0.25 mV (II, V5), 23:00:00" in lines
    german = "\n".join(holter_lines(record, reading(), Language("de")))
    assert "Längste Pause: 3,8 s" in german


def test_json_and_table_hold_the_same_counts(record: Record) -> None:
    found = reading()
    values = json.loads(json.dumps(holter_json(record, found, "1.0"), allow_nan=False))
    assert values["total"]["ve"] == 5
    assert values["total"]["pauses"] == 1
    assert len(values["hours"]) == 2
    assert sum(hour["beats"] for hour in values["hours"]) == values["beats"]["number"]
    rows = list(csv.reader(StringIO(holter_csv(record, found, Language("en")))))
    assert [row[0] for row in rows[1:]] == ["22:30:00", "23:30:00", "All"]
    assert rows[3][rows[0].index("VE")] == "5"
    assert float(rows[3][rows[0].index("ST min")]) == pytest.approx(5.0)


def test_a_de_identified_reading_holds_no_date_and_no_file(record: Record) -> None:
    told = json.dumps(holter_json(record, reading(), "1.0", deidentify=True))
    assert "2026" not in told
    assert record.path.name not in told
    pages = "\n".join(text_of(holter_pdf(record, reading(), created=CREATED, deidentify=True)))
    assert "2026" not in pages
    assert "22:30" not in pages


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_the_report_has_its_table_trends_and_strips(record: Record, language: str, paper: str) -> None:
    pdf = holter_pdf(record, reading(), created=CREATED, language=language, paper=paper)
    assert pdf == holter_pdf(record, reading(), created=CREATED, language=language, paper=paper)
    pages = text_of(pdf)
    words = sentences(language)
    assert str(words["column-couplets"]) in pages[0]
    assert "93 %" in pages[0]
    assert {"en": "High", "de": "Hoch"}[language] in pages[0]
    assert str(words["holter-histogram"]) in pages[1]
    assert "25 mm/s, 10 mm/mV" in pages[2]
    assert f"{len(pages)}" in pages[-1]


def test_a_week_runs_over_pages_with_its_heading_on_each(record: Record) -> None:
    pages = text_of(holter_pdf(record, reading(168), created=CREATED))
    tables = [page for page in pages if "Couplets" in page]
    assert len(tables) >= 4
    assert sum(page.count("22:30") for page in tables) >= 7


def test_what_could_not_be_judged_is_printed(record: Record) -> None:
    found = summed_up([unread_piece(0.0, 3600.0, "the disk is gone")], 0.0, 3600.0, HolterLimits())
    page = text_of(holter_pdf(record, found, created=CREATED))[0]
    assert "the disk is gone" in page
    assert say(found.no_variability) in page  # type: ignore[arg-type]
    assert "Judged without the network" in page


def test_strips_are_true_millimetres(record: Record) -> None:
    """The bold lines of the grid lie 5 mm apart, 0.2 s at 25 mm/s."""
    document = pypdfium2.PdfDocument(BytesIO(holter_pdf(record, reading(), created=CREATED)))
    scale = 8.0
    image = np.asarray(document[2].render(scale=scale).to_pil().convert("RGB"), dtype=int)
    row = image[round((22.0 + 6.0 + 2.5) * 72.0 / 25.4 * scale)]
    dark = row[:, 0] - row[:, 1] > 70  # the bold red, not the pale one
    edges = np.flatnonzero(np.diff(dark.astype(int)) == 1)
    step_mm = np.median(np.diff(edges)) / scale / 72.0 * 25.4
    assert step_mm == pytest.approx(5.0, rel=0.01)


def test_the_command_writes_everything_and_refuses_what_cannot_be(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = asset("resources/samples") / "lbbb.hea"
    outs = [tmp_path / name for name in ("out.json", "out.csv", "out.pdf")]
    options = [f"--{out.suffix[1:]}={out}" for out in outs]
    assert main(["holter", str(file), "--no-network", "--jobs=1", *options]) == 0
    assert json.loads(outs[0].read_text())["kind"] == "holter"
    assert outs[1].read_text("utf-8-sig").startswith("Time,")
    assert outs[2].read_bytes().startswith(b"%PDF")
    assert main(["holter", str(file), "--no-network", "--jobs=1"]) == 0
    assert "Beats:" in capsys.readouterr().out
    assert main(["holter", str(file), "--pause-s=99"]) == 2
    assert "pause_s is 99; choose 1 to 10" in capsys.readouterr().err
    assert main(["holter", str(file), f"--json={file}"]) == 2
    assert main(["holter", str(file), "--from=1000"]) == 1
    assert main(["holter", str(tmp_path / "none.hea")]) == 1
