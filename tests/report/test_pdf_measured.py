"""The printed report with measurements: true millimetres of the median beats, both languages, the reader apart."""

from __future__ import annotations

import ast
import dataclasses
import re
from datetime import datetime
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from pypdf import PdfReader

import cardio_desktop.report as report_package
from cardio_desktop.core.calipers import CaliperKind, make_caliper
from cardio_desktop.core.errors import ReportError
from cardio_desktop.core.findings import LeadAmplitudes, Measurements, Rhythm
from cardio_desktop.core.leads import LEADS12
from cardio_desktop.core.quantities import LEAD_QUANTITIES, QUANTITIES
from cardio_desktop.core.record import Patient
from cardio_desktop.core.units import POINTS_PER_MM
from cardio_desktop.narrative.telling import tell
from cardio_desktop.report import page_measurements, style
from cardio_desktop.report.blocks import Block, flow
from cardio_desktop.report.language import GERMAN, Language
from cardio_desktop.report.page_findings import reading
from cardio_desktop.report.pages import tightest
from cardio_desktop.report.pdf import ReportOptions, pdf_bytes
from cardio_desktop.report.reader import ReaderOpinion
from cardio_desktop.simulate import simulate_record
from cardio_desktop.words import Remark, verbatim
from cardio_desktop.words.say import WORDS
from tests.quantities import whole

from .conftest import made_findings
from .measured import case_of

CREATED = datetime(2026, 3, 4, 5, 6)


def printed(kind: str = "anterior-mi", record=None, **options):
    """Return (record, findings, PDF) of a simulated kind with everything measured."""
    case = dataclasses.replace(
        case_of(kind), rhythm=Rhythm(Remark("rhythm", {"basic": Remark("rhythm-SR"), "more": ()}), 0.96)
    )
    record = record or simulate_record(kind)
    findings = made_findings(record, median=case.median, measurements=case.measurements, waves=tuple(case.waves))
    case = dataclasses.replace(case, prediction=findings.prediction, risk=findings.risk)
    told = tell(case)
    findings = dataclasses.replace(
        findings, sentences=told, narrative=tuple(item.english for item in told), rhythm=case.rhythm
    )
    return record, findings, pdf_bytes(record, findings, ReportOptions(**options), created=CREATED)


def pages(data: bytes) -> list[str]:
    return [re.sub(r"\s+", " ", page.extract_text()) for page in PdfReader(BytesIO(data)).pages]


def traces(data: bytes, page: int) -> list[np.ndarray]:
    """Return the long ink lines of a page in millimetres from its upper left corner."""
    found = PdfReader(BytesIO(data)).pages[page]
    text = re.sub(r"\bBT\b.*?\bET\b", " ", found.get_contents().get_data().decode("latin-1"), flags=re.DOTALL)
    high = float(found.mediabox.height)
    out = []
    for path in re.findall(r"((?:-?[\d.]+ -?[\d.]+ [ml]\s+){40,})S", text):
        if path.count(" m") > 1:  # the grid: many short lines in one path
            continue
        points = np.array(re.findall(r"(-?[\d.]+) (-?[\d.]+) [ml]", path), dtype=float)
        out.append(np.column_stack((points[:, 0], high - points[:, 1])) / POINTS_PER_MM)
    return out


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("kind", ["anterior-mi", "lbbb"])
def test_median_beats_are_true_millimetres(kind, paper):
    _, findings, data = printed(kind, paper=paper)
    median = findings.median
    drawn = traces(data, -1)
    assert len(drawn) == 12
    start_s = page_measurements.shown_from_s(median)
    order = [lead for row in page_measurements.ORDER for lead in row]
    for lead, points in zip(order, drawn, strict=True):
        first = median.zero + round(start_s * median.rate_hz)
        samples = median.of(lead)[first : first + len(points)]
        assert np.diff(points[:, 0]) == pytest.approx(50.0 / median.rate_hz, abs=0.01)  # 50 mm/s
        moved = points[:, 1] + 10.0 * samples  # 10 mm/mV: what is left is where 0 mV lies
        assert np.ptp(moved) < 0.02
        assert len(points) / median.rate_hz == pytest.approx(0.9, abs=0.01)


def test_a_beat_too_tall_for_its_cell_is_drawn_smaller_and_says_so():
    case = case_of("normal")
    tall = dataclasses.replace(case.median, samples_mv=3.0 * case.median.samples_mv)
    record = simulate_record("normal")
    findings = made_findings(record, median=tall, measurements=case.measurements)
    data = pdf_bytes(record, findings, ReportOptions(), created=CREATED)
    assert "50 mm/s, 5 mm/mV" in pages(data)[-1]
    v2 = traces(data, -1)[6]
    assert np.ptp(v2[:, 1]) == pytest.approx(5.0 * np.ptp(tall.of("V2")), rel=0.01)


def test_marks_stand_where_they_were_measured():
    _, findings, data = printed("normal")
    text = PdfReader(BytesIO(data)).pages[-1].get_contents().get_data().decode("latin-1")
    dotted = re.findall(r"\[\s*\.?0?\.?5 2\s*\] 0 d.*?([\d.]+) [\d.]+ m ([\d.]+) [\d.]+ l", text, flags=re.DOTALL)
    places = sorted({round(float(x) / POINTS_PER_MM, 2) for x, other in dotted if x == other})
    start_s = page_measurements.shown_from_s(findings.median)
    wanted = [12.0 + 50.0 * (findings.median.marks_s[name] - start_s) for name in page_measurements.MARKS]
    assert places[:5] == pytest.approx(wanted, abs=0.02)


def test_the_reading_stands_with_its_sources_before_the_tier():
    _, findings, data = printed("anterior-mi")
    text = " ".join(pages(data))
    place = 0
    for item in reading(findings.sentences):
        found = text.find(re.sub(r"\s+", " ", item.english), place)
        assert found >= 0, item.english
        place = found
    assert text.index("ST elevation") < text.index("Calibrated probabilities")
    assert "M measured on the trace" in text


def test_the_table_has_every_interval_axis_formula_and_voltage():
    _, findings, data = printed("lbbb")
    last = pages(data)[-1]
    for part in ("PR interval 178 ± 4 ms", "QRS duration 140 ± 4 ms", "QTc (Bazett)", "QTc (Hodges)", "Sokolow-Lyon"):
        assert part in last
    for part in ("P axis", "QRS axis", "T axis", "QTc (Framingham)", "QTc (Fridericia)", "J + 60 ms", "Sinus rhythm"):
        assert part in last
    for lead in LEADS12:
        own: LeadAmplitudes = findings.measurements.leads[lead]
        for value in (own.r_mv, own.s_mv, own.t_mv, own.j_mv, own.st60_mv):
            assert value is None or f"{value:.2f}".replace("-0.00", "0.00") in last


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_report_prints_every_quantity_of_the_table(language):
    case, record = case_of("normal"), simulate_record("normal")
    findings = made_findings(record, median=case.median, measurements=whole())
    last = pages(pdf_bytes(record, findings, ReportOptions(language=language), created=CREATED))[-1]
    for k, item in enumerate(QUANTITIES):
        assert item.name(language) in last
        assert f"{3 + k}" in last
        assert item.usual is None or item.usual.text(WORDS[language], record.patient.sex) in last
    for k, part in enumerate(LEAD_QUANTITIES, start=1):
        assert part.name(language) in last
        assert WORDS[language].number(0.11 * k, 2) in last


def test_german_reports_are_german_throughout():
    _, _, data = printed("anterior-mi", language="de", evidence="MI")
    text = " ".join(pages(data))
    for part in (
        *(
            "ST-Hebung",
            "Risikostufe: Hoch",
            "Seite 1 von",
            "Keine Diagnose",
            "kein Anzeigefilter",
            "PQ-Zeit",
        ),
        *("Herkunft", "Messwerte", "Amplituden in mV", "spricht dafür", "Herzfrequenz 88/min", "0,28 mV", "Befund"),
    ):
        assert part in text
    for part in (
        "Risk tier",
        "Heart rate",
        "limit",
        "measured",
        "Page ",
        "not stated",
        "Warnings",
        "Recorded",
        "mV in II.",
    ):
        assert part not in text


def test_every_text_of_the_report_has_a_german_one():
    missing = []
    for path in Path(report_package.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == "say"
                and node.args
                and isinstance(node.args[0], ast.Constant)
                and node.args[0].value not in GERMAN
            ):
                missing.append((path.name, node.args[0].value))
    assert missing == []
    for english, german in GERMAN.items():
        assert sorted(re.findall(r"\{(\w+)\}", english)) == sorted(re.findall(r"\{(\w+)\}", german)), english


def test_an_unknown_language_is_refused():
    with pytest.raises(ReportError, match="en, de"):
        ReportOptions(language="fr")
    assert Language("de").number(0.25) == "0,25"
    assert Language("en").number(10.0) == "10"


def test_the_readers_words_and_calipers_stand_apart():
    caliper = make_caliper(CaliperKind.TIME, "II", (5.0, 0.0), (5.4, 0.0))
    opinions = (
        ReaderOpinion("ST segment", "disagree", "early repolarisation"),
        ReaderOpinion("", "", "My own reading."),
    )
    _, _, data = printed("anterior-mi", opinions=opinions, calipers=(caliper,))
    text = " ".join(pages(data))
    first, annex = text.split("Reader's opinion (entered by a person")
    for part in ("ST segment: disagrees: early repolarisation", "My own reading."):
        assert part in first
        assert part in annex
    assert "Reader's remark" in first
    assert "Calipers (placed by a person)" in text
    content = PdfReader(BytesIO(data)).pages[0].get_contents().get_data().decode("latin-1")
    color = " ".join(f"{part:.6f}".rstrip("0").strip("0").rstrip(".") or "0" for part in style.CALIPER)
    assert f"{color} RG" in content
    assert "400 ms" in pages(data)[0]
    _, _, plain = printed("anterior-mi")
    assert "Reader's opinion" not in " ".join(pages(plain))


def test_a_deidentified_report_hides_the_patient_in_the_readers_words_too():
    record = dataclasses.replace(
        simulate_record("anterior-mi"),
        simulated=False,
        patient=Patient(id="99881", name="Erika Mustermann", sex="female"),
    )
    opinions = (ReaderOpinion("", "", "Mrs. Mustermann, known LBBB."),)
    _, _, data = printed("anterior-mi", record=record, opinions=opinions, deidentify=True)
    assert "Mustermann" not in " ".join(pages(data))
    assert "known LBBB" in " ".join(pages(data))


def test_without_medians_the_table_stands_with_the_findings_and_no_page_is_empty():
    record = simulate_record("normal")
    findings = made_findings(record, measurements=Measurements(not_measured={"pr_ms": verbatim("no P waves")}))
    told = pages(pdf_bytes(record, findings, ReportOptions(), created=CREATED))
    assert not any("Median of" in page for page in told)
    assert any("PR interval – (no P waves)" in page for page in told)
    assert min(map(len, told)) > 300


def test_smaller_letters_are_used_only_where_they_save_a_page():
    def lines(count: int):
        return lambda scale: flow([Block(4.0, lambda *_: None)] * count, 170.0 / scale, 2)

    pages_, scale = tightest(lines(84))
    assert (len(pages_), scale) == (1, 1.0)  # fits as it is
    pages_, scale = tightest(lines(88))
    assert (len(pages_), scale) == (1, 0.95)
    pages_, scale = tightest(lines(92))
    assert (len(pages_), scale) == (1, 0.9)
    pages_, scale = tightest(lines(110))
    assert (len(pages_), scale) == (2, 1.0)


def test_a_text_page_in_smaller_letters_holds_everything():
    record, findings, _ = printed("anterior-mi")
    full = dataclasses.replace(findings, warnings=tuple(verbatim(f"Warning number {k}.") for k in range(12)))
    text = " ".join(pages(pdf_bytes(record, full, ReportOptions(), created=CREATED)))
    assert all(f"Warning number {k}." in text for k in range(12))


def test_columns_of_the_last_page_are_equally_long():
    blocks = [Block(4.0, lambda *_: None)] * 30
    (page,) = flow(blocks, 170.0, 2)
    assert [len(column) for column in page] == [15, 15]
    first, last = flow([Block(4.0, lambda *_: None)] * 100, 170.0, 2)
    assert [len(column) for column in first] == [42, 42]
    assert [len(column) for column in last] == [8, 8]
    assert sum(len(column) for page in (first, last) for column in page) == 100
