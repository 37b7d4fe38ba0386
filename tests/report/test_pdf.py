"""The report measured as a printer would draw it: every path with its place in points and its colour."""

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from pypdf import PdfReader

from cardio_desktop.core.errors import Cancelled, ReportError
from cardio_desktop.core.events import Event, critical_of
from cardio_desktop.core.findings import Measurements, Risk, Tier
from cardio_desktop.core.leads import LAYOUTS
from cardio_desktop.core.paper import PULSE_ROOM_MM
from cardio_desktop.core.record import ArraySamples, Channel, Patient, Record
from cardio_desktop.report import page_ecg, style
from cardio_desktop.report.pdf import ReportOptions, customary_evidence, pdf_bytes, write_pdf
from cardio_desktop.simulate import simulate_record
from cardio_desktop.words import verbatim

POINTS_PER_MM = 72 / 25.4
PATIENT = Patient(
    id="4711-08", name="Łukasz Müller-Öztürk", sex="male", age_years=63, birth_date="1962-11-03", height_cm=180
)


@dataclass
class Path_:  # noqa: N801 - Path is taken
    """One drawn path: its subpaths in points, colour and whether it is filled."""

    color: tuple[float, ...]
    filled: bool
    width: float
    lines: list[list[tuple[float, float]]] = field(default_factory=list)
    boxes: list[tuple[float, float, float, float]] = field(default_factory=list)


@cache
def paths_of(data: bytes, page: int = 0) -> tuple[Path_, ...]:
    contents = PdfReader(BytesIO(data)).pages[page].get_contents().get_data().decode("latin-1")
    # Text blocks may hold anything; what is left are numbers and operators (pypdf's own parser takes seconds here).
    return tuple(_paths(re.sub(r"\bBT\b.*?\bET\b", " ", contents, flags=re.DOTALL).split()))


def _paths(tokens: list[str]) -> Iterator[Path_]:
    stroke: tuple[float, ...] = ()
    fill: tuple[float, ...] = ()
    width, lines, boxes, values = 0.0, [], [], []
    stack = []
    for token in tokens:
        if token[0] in "+-.0123456789":
            values.append(float(token))
            continue
        if token == "q":
            stack.append((stroke, fill, width))
        elif token == "Q":
            stroke, fill, width = stack.pop()
        elif token == "cm":
            assert values == [1, 0, 0, 1, 0, 0] or stack, "nothing is drawn in moved coordinates but the watermark"
        elif token == "RG":
            stroke = tuple(values)
        elif token == "rg":
            fill = tuple(values)
        elif token == "w":
            width = values[0]
        elif token == "m":
            lines.append([(values[0], values[1])])
        elif token == "l":
            lines[-1].append((values[0], values[1]))
        elif token == "re":
            boxes.append(tuple(values))
        elif token in ("S", "f", "f*", "n"):
            # A path may begin with "n", which drops what is not painted.
            if token != "n":
                yield Path_(stroke if token == "S" else fill, token != "S", width, lines, boxes)
            lines, boxes = [], []
        values = []


def near(color: tuple[float, ...], wanted: tuple[float, ...]) -> bool:
    return len(color) == 3 and np.allclose(color, wanted, atol=2e-3)


def texts(data: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(data)).pages]


def words(data: bytes) -> str:
    return re.sub(r"\s+", " ", " ".join(texts(data)))


@pytest.fixture(scope="module")
def record() -> Record:
    return simulate_record("anterior-mi")


@pytest.fixture(scope="module")
def patients() -> Record:
    path = Path("/ward/Mueller_secret/aufnahme-17.hea")
    return dataclasses.replace(
        simulate_record("normal"),
        simulated=False,
        path=path,
        patient=PATIENT,
        notes=("seen by Dr. Müller-Öztürk",),
        device="Cart 7 of nurse Hedwig",
    )


def with_values(values: dict[str, np.ndarray], rate_hz: float = 500.0) -> Record:
    channels = tuple(
        Channel(name, rate_hz, "mV", 1.0, 0.0, ArraySamples(row.astype(np.float64)), lead=name)
        for name, row in values.items()
    )
    return Record(path=Path("made.hea"), format="test", channels=channels)


def grid_of(paths: tuple[Path_, ...], color: tuple[float, ...]) -> tuple[list[float], list[float]]:
    (grid,) = [p for p in paths if near(p.color, color) and not p.filled]
    across = sorted({a[0] for a, b in grid.lines if a[0] == b[0]})
    up = sorted({a[1] for a, b in grid.lines if a[1] == b[1]})
    return across, up


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_ten_millimetres_of_grid_are_28_35_points(record, findings_of, created, paper):
    data = pdf_bytes(record, findings_of(record), ReportOptions(paper=paper), created=created)
    page = PdfReader(BytesIO(data)).pages[0]
    wanted = {"a4": (841.89, 595.28), "letter": (792.0, 612.0)}[paper]
    assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx(wanted, abs=0.01)
    for color, lines_in_ten_mm in ((style.FINE_GRID, 10), (style.BOLD_GRID, 2)):
        for places in grid_of(paths_of(data), color):
            ten = np.array(places[lines_in_ten_mm:]) - np.array(places[:-lines_in_ten_mm])
            assert ten == pytest.approx(28.346, abs=0.003)
            assert min(places) > 0


def test_the_printer_is_asked_not_to_scale(record, findings_of, created):
    data = pdf_bytes(record, findings_of(record), ReportOptions(), created=created)
    assert PdfReader(BytesIO(data)).trailer["/Root"]["/ViewerPreferences"]["/PrintScaling"] == "/None"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_row_has_a_pulse_of_one_millivolt_and_200_ms(record, findings_of, created, layout):
    data = pdf_bytes(record, findings_of(record), ReportOptions(layout=layout), created=created)
    drawn = paths_of(data, 1 if layout.endswith("12x1") else 0)  # twelve rows stand on a sheet of their own
    lines = [p.lines[0] for p in drawn if near(p.color, style.INK) and not p.filled and len(p.lines) == 1]
    pulses = [line for line in lines if len(line) == 6]
    assert len(pulses) == len(LAYOUTS[layout].rows) + len(LAYOUTS[layout].rhythm)
    for _, (x0, foot), (x1, head), (x2, _), (x3, _), _ in pulses:
        assert head - foot == pytest.approx(28.346, abs=0.02)
        assert (x1, x3) == pytest.approx((x0, x2), abs=0.02)
        assert x2 - x1 == pytest.approx(14.173, abs=0.02)


def test_a_peak_stands_where_time_and_voltage_say(findings_of, created):
    """One spike of 1.3 mV at 6.0 s in V2 and -0.8 mV at 3.0 s in aVL, on a flat line elsewhere."""
    flat = {name: np.zeros(5000) for name in page_ecg.LAYOUTS["12x1"].leads}
    flat["V2"][3000], flat["aVL"][1500] = 1.3, -0.8
    made = with_values(flat)
    data = pdf_bytes(made, findings_of(made, evidence=None), ReportOptions(), created=created)
    across, up = grid_of(paths_of(data), style.FINE_GRID)
    left, top, height_mm = across[0], up[-1], (up[-1] - up[0]) / POINTS_PER_MM
    row_mm = height_mm / 4
    traces = [
        p.lines[0] for p in paths_of(data) if near(p.color, style.INK) and len(p.lines[:1]) and len(p.lines[0]) > 100
    ]
    assert len(traces) == 13
    points = np.array([point for line in traces for point in line])
    baseline = top - (1.5 * row_mm) * POINTS_PER_MM  # second row: II aVL V2 V5
    for time_s, millivolts in ((6.0, 1.3), (3.0, -0.8)):
        x = left + (PULSE_ROOM_MM + 25.0 * time_s) * POINTS_PER_MM
        y = baseline + 10.0 * millivolts * POINTS_PER_MM
        assert np.hypot(points[:, 0] - x, points[:, 1] - y).min() < 0.02
    zero = points[np.abs(points[:, 1] - baseline) < 0.02]
    assert len(zero) == 4 * 1250 - 2


def test_every_sample_of_500_hz_is_drawn(record, findings_of, created):
    data = pdf_bytes(record, findings_of(record), ReportOptions(layout="12x1"), created=created)
    traces = [p for p in paths_of(data, 1) if near(p.color, style.INK) and p.lines and len(p.lines[0]) > 100]
    assert [len(p.lines[0]) for p in traces] == [5000] * 12


def test_thinning_keeps_extremes_at_their_own_times():
    rng = np.random.default_rng(5)
    times, values = np.arange(20000) / 4000.0, rng.normal(size=20000)
    t, v = page_ecg.thinned(times, values, 4000.0)
    assert len(t) <= 5 * page_ecg.MOST_POINTS_PER_S
    assert np.all(np.diff(t) > 0)
    assert set(zip(t, v, strict=True)) <= set(zip(times, values, strict=True))
    assert np.array_equal(v.max(keepdims=True), values.max(keepdims=True))
    blocks = values.reshape(-1, 8)
    assert set(blocks.max(axis=1)) | set(blocks.min(axis=1)) <= set(v)


def test_a_gap_breaks_the_trace_and_is_shaded(findings_of, created):
    values = np.sin(np.arange(5000) / 40.0)
    values[1000:2000] = np.nan
    made = with_values({"II": values})
    data = pdf_bytes(made, findings_of(made), ReportOptions(), created=created)
    across, _ = grid_of(paths_of(data), style.FINE_GRID)
    start = across[0] + (PULSE_ROOM_MM + 25.0 * 2.0) * POINTS_PER_MM
    end = start + 25.0 * 2.0 * POINTS_PER_MM
    for line in (p.lines[0] for p in paths_of(data) if near(p.color, style.INK) and not p.filled and p.lines):
        assert not any(start - 0.01 < x < end - 0.01 for x, _ in line)
    (shade,) = [p.boxes[0] for p in paths_of(data) if near(p.color, style.GAP)]
    assert (shade[0], shade[2]) == pytest.approx((start, end - start), abs=0.02)
    assert "no signal" in words(data)


@pytest.mark.parametrize(("layout", "rows"), [("12x1", {"V2": 7, "V3": 8}), ("cabrera-6x2", {"V2": 1, "V3": 2})])
def test_evidence_is_painted_behind_its_own_lead_and_time(record, findings_of, created, layout, rows):
    """The planted evidence for MI at 0.8 to 1.12 s in V1 to V4 is the only one of full colour."""
    findings = findings_of(record)
    values = np.zeros_like(findings.evidence.values)
    for lead, sign in (("V2", 1), ("V3", -1)):
        values[1, findings.evidence.leads.index(lead), 80:84] = sign * 0.5
    evidence = dataclasses.replace(findings.evidence, values=values)
    findings = dataclasses.replace(findings, evidence=evidence)
    data = pdf_bytes(record, findings, ReportOptions(layout=layout, evidence="MI"), created=created)
    paths = paths_of(data, 1)
    across, up = grid_of(paths, style.FINE_GRID)
    row_pt = (up[-1] - up[0]) / len(LAYOUTS[layout].rows)
    x = across[0] + (PULSE_ROOM_MM + 25.0 * 80 * findings.evidence.bin_s) * POINTS_PER_MM
    for lead, sign in (("V2", 1), ("V3", -1)):
        boxes = [
            box for p in paths if near(p.color, page_ecg._shade(sign * page_ecg.EVIDENCE_STEPS)) for box in p.boxes
        ]
        (box,) = [box for box in boxes if box[3] > 20]  # the other one is the legend's
        assert box == pytest.approx((x, up[-1] - (rows[lead] + 1) * row_pt, 8 * POINTS_PER_MM, row_pt), abs=0.02)
    first_trace = next(k for k, p in enumerate(paths) if near(p.color, style.INK) and p.lines and len(p.lines[0]) > 100)
    assert all(not near(p.color, page_ecg._shade(16)) for p in paths[first_trace:] if p.boxes and p.boxes[0][3] > 20)
    assert "Evidence of the network for Myocardial infarction (83 %)" in words(data)


def test_for_and_against_differ_for_the_colour_blind():
    """Machado's deuteranopia and protanopia (IEEE TVCG 2009;15:1291) leave the two hues far apart."""
    matrices = (
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    )
    full = page_ecg.EVIDENCE_STEPS
    for matrix in matrices:
        difference = np.array(matrix) @ (np.array(page_ecg._shade(full)) - np.array(page_ecg._shade(-full)))
        assert np.linalg.norm(difference) > 0.4


def test_without_evidence_nothing_is_painted_and_no_legend_stands(record, findings_of, created):
    data = pdf_bytes(record, findings_of(record), ReportOptions(), created=created)
    assert "speaks for" not in words(data)
    for step in range(-page_ecg.EVIDENCE_STEPS, page_ecg.EVIDENCE_STEPS + 1):
        if step:
            assert not any(near(p.color, page_ecg._shade(step)) for p in paths_of(data))


def test_same_input_and_time_give_the_same_bytes(record, findings_of, created):
    findings = findings_of(record)
    options = ReportOptions(evidence="MI")
    first = pdf_bytes(record, findings, options, created=created)
    assert pdf_bytes(record, findings, options, created=created) == first
    later = created.replace(minute=7)
    assert pdf_bytes(record, findings, options, created=later) != first


def test_the_report_says_what_was_found(patients, findings_of, created):
    findings = findings_of(patients, warnings=(verbatim("A warning of the reader."),))
    text = words(pdf_bytes(patients, findings, ReportOptions(), created=created))
    for part in (
        *(
            "Łukasz Müller-Öztürk",
            "ID 4711-08",
            "born 1962-11-03",
            "male",
            "63 years",
            "aufnahme-17.hea",
            "2026-01-05",
            "nurse Hedwig",
        ),
        *("25 mm/s", "10 mm/mV", "no display filter", "500 Hz samples", "0 to 10 s of 10 s"),
        *("Risk tier: High", "Probability of myocardial infarction 83 %", "Conduction disturbance", "12 %"),
        *("ASMI", "anteroseptal myocardial infarction", "77 %", "Heart rate 75/min", "not yet measured"),
        *(
            "Beats with network evidence (1 of",
            "MI: ST segment V2, T wave V3 (+0.33)",
            "V6",
            "flat",
            "baseline wander",
            "A warning of the reader.",
        ),
        *("Not a diagnosis", "A Low tier does not rule out disease", "Not assessed by this program"),
        *("test network 1.2", "ab12" * 16, "Cardio Desktop 0.1.0", "2026-03-04 05:06"),
    ):
        assert part in text, part
    assert "SIMULATED" not in text


def test_simulated_records_say_so_on_every_page(record, findings_of, created):
    assert all(
        "SIMULATED, not a patient" in text
        for text in texts(pdf_bytes(record, findings_of(record), ReportOptions(), created=created))
    )


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("many", [0, 40])
def test_pages_are_numbered(record, findings_of, created, paper, many):
    warnings = tuple(verbatim(f"Warning {k} {'on something ' * 12}") for k in range(many))
    data = pdf_bytes(record, findings_of(record, warnings=warnings), ReportOptions(paper=paper), created=created)
    pages = texts(data)
    assert len(pages) == 2 if not many else len(pages) > 2
    for number, text in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in text
        assert "Not a diagnosis" in text
    joined = words(data)
    assert all(f"Warning {k} on" in joined for k in range(many))


def test_deidentified_reports_hold_nothing_of_the_patient(patients, findings_of, created):
    findings = findings_of(
        patients,
        warnings=(
            verbatim("aufnahme-17.hea: the header names Müller-Öztürk, born 1962-11-03, ID 4711-08, on 2026-01-05."),
        ),
    )
    data = pdf_bytes(patients, findings, ReportOptions(deidentify=True), created=created)
    text = words(data)
    reader = PdfReader(BytesIO(data))
    text += str(reader.metadata) + str(reader.xmp_metadata)
    for secret in ("Müller", "Łukasz", "4711", "1962", "aufnahme", "ward", "secret", "2026", "09:30", "Hedwig"):
        assert secret not in text, secret
    for kept in ("De-identified", "male", "63 years", "[removed]"):
        assert kept in text, kept


def test_ages_over_89_are_not_told(patients, findings_of, created):
    old = dataclasses.replace(patients, patient=dataclasses.replace(PATIENT, age_years=93))
    assert "93 years" in words(pdf_bytes(old, findings_of(old), ReportOptions(), created=created))
    text = words(pdf_bytes(old, findings_of(old), ReportOptions(deidentify=True), created=created))
    assert "93" not in text
    assert "over 89 years" in text


def test_letters_that_the_font_lacks_are_shown_as_codes(record, findings_of, created):
    named = dataclasses.replace(record, patient=Patient(name="李 Ωμέγα Ąę שלום"))
    text = words(pdf_bytes(named, findings_of(named), ReportOptions(), created=created))
    assert "[U+674E] Ωμέγα Ąę [U+05E9][U+05DC][U+05D5][U+05DD]" in text


def test_every_font_is_embedded(record, findings_of, created):
    reader = PdfReader(BytesIO(pdf_bytes(record, findings_of(record), ReportOptions(), created=created)))
    fonts = {ref.idnum: ref.get_object() for page in reader.pages for ref in page["/Resources"]["/Font"].values()}
    assert fonts
    assert all("/FontFile2" in font["/FontDescriptor"] for font in fonts.values())


def test_a_long_name_does_not_push_the_number_away(record, findings_of, created):
    named = dataclasses.replace(record, patient=dataclasses.replace(PATIENT, name="Anna Maria " * 30))
    text = words(pdf_bytes(named, findings_of(named), ReportOptions(), created=created))
    assert "…" in text
    assert "ID 4711-08 · born 1962-11-03 · male · 63 years" in text


def test_no_text_leaves_the_page_or_runs_into_another(patients, findings_of, created):
    findings = findings_of(patients, warnings=tuple(verbatim(f"{'long ' * 60}{'x' * 200}") for _ in range(12)))
    note = "Faithfulness over leads, measured: 0.73 of 1."
    options = ReportOptions(paper="letter", evidence="MI", evidence_note=note)
    data = pdf_bytes(patients, findings, options, created=created)
    assert note in words(data)
    for page in PdfReader(BytesIO(data)).pages:
        pieces: list[tuple[float, float, float, float]] = []

        def visit(text, cm, tm, fonts, size, pieces=pieces):
            if text.strip():
                from reportlab.pdfbase.pdfmetrics import stringWidth

                name = "DejaVuSans-Bold" if "Bold" in fonts["/BaseFont"] else "DejaVuSans"
                pieces.append((tm[4], tm[5], tm[4] + stringWidth(text.strip(), name, size) - 0.1, tm[5] + 0.7 * size))

        page.extract_text(visitor_text=visit)
        assert len(pieces) > 10
        boxes = np.array(pieces)
        assert boxes[:, 0].min() > 20
        assert boxes[:, 1].min() > 10
        assert boxes[:, 2].max() < float(page.mediabox.width) - 20
        for k, one in enumerate(boxes):
            rest = boxes[k + 1 :]
            apart = (rest[:, 0] >= one[2]) | (rest[:, 2] <= one[0]) | (rest[:, 1] >= one[3]) | (rest[:, 3] <= one[1])
            assert apart.all(), (one, rest[~apart])


@pytest.mark.parametrize(("language", "told"), [("en", "Critical: Ventricular"), ("de", "Kritisch: Ventrikuläre")])
def test_what_is_critical_is_the_first_line_of_every_page(patients, findings_of, created, language, told):
    events = (
        Event("PAUSE", 2.0, 4.4, values={"length_s": 2.4}),
        Event("PAUSE", 6.0, 9.1, values={"length_s": 3.1}),
        Event("VT", 4.5, 5.9, values={"rate_bpm": 187.0}),
    )
    findings = findings_of(patients, critical=critical_of(events))
    data = pdf_bytes(patients, findings, ReportOptions(language=language), created=created)
    for number, page in enumerate(PdfReader(BytesIO(data)).pages):
        pieces: list[tuple[float, str]] = []

        def visit(text, cm, tm, fonts, size, pieces=pieces):
            if text.strip():
                pieces.append((tm[5], text.strip()))

        page.extract_text(visitor_text=visit)
        first = max(pieces)
        assert first[1].startswith(told)
        assert "187/min" in first[1]
        assert "3,1 s" in first[1] or "3.1 s" in first[1]
        assert "(×2)" in first[1]
        assert first[0] - max(y for y, _ in pieces if y < first[0]) > 8  # its letters stand clear of the next line
        bands = [p for p in paths_of(data, number) if near(p.color, style.TIER_COLORS[Tier.HIGH]) and p.boxes]
        assert any(y <= first[0] and first[0] + 5 <= y + height for p in bands for _, y, _, height in p.boxes)
    calm = words(pdf_bytes(patients, findings_of(patients), ReportOptions(language=language), created=created))
    assert told.split(":")[0] + ":" not in calm


def test_records_of_one_lead_three_seconds_or_no_opinion_are_printed(findings_of, created):
    one = with_values({"II": np.zeros(5000)})
    assert "II" in texts(pdf_bytes(one, findings_of(one), ReportOptions(), created=created))[0]
    short = with_values({name: np.zeros(1500) for name in ("I", "II", "V1", "V2")})
    page = texts(pdf_bytes(short, findings_of(short), ReportOptions(), created=created))[0]
    assert "0 to 3 s of 3 s" in page
    assert page.count("\nnot in the file") == 4
    refused = findings_of(
        one,
        prediction=None,
        evidence=None,
        risk=Risk(Tier.NOT_ASSESSED, verbatim("Too few leads")),
        measurements=Measurements(not_measured={"heart_rate_bpm": verbatim("fewer than two beats")}),
        beats=(),
    )
    text = words(pdf_bytes(one, refused, ReportOptions(), created=created))
    assert "Risk tier: Not assessed" in text
    assert "Too few leads." in text
    assert "fewer than two beats" in text


def test_many_single_leads_take_more_sheets(findings_of, created):
    channels = tuple(
        Channel(f"ECG {k}", 250.0, "mV", 1.0, 0.0, ArraySamples(np.zeros(2500)), lead=None) for k in range(15)
    )
    made = Record(path=Path("many.edf"), format="test", channels=channels)
    pages = texts(pdf_bytes(made, findings_of(made), ReportOptions(), created=created))
    assert "ECG 5" in pages[0]
    assert "ECG 6" not in pages[0]
    assert "continued on the next page" in pages[0]
    assert "ECG 0" in pages[1]
    assert "ECG 14" in pages[2]
    assert "Page 1 of 4" in pages[0]


def test_a_trace_that_leaves_the_paper_is_named(findings_of, created):
    values = {name: np.zeros(5000) for name in LAYOUTS["12x1"].leads}
    values["I"][2000:2050] = 4.0
    made = with_values(values)
    page = texts(pdf_bytes(made, findings_of(made), ReportOptions(layout="12x1"), created=created))[1]
    assert "cut at the paper's edge: I" in page
    page = texts(pdf_bytes(made, findings_of(made), ReportOptions(layout="3x4+1", start_s=5.0), created=created))[0]
    assert "cut at" not in page


def test_leads_that_the_layout_does_not_show_are_named(findings_of, created):
    values = {name: np.zeros(5000) for name in LAYOUTS["12x1"].leads}
    made = with_values(values)
    extra = Channel("V7", 500.0, "mV", 1.0, 0.0, ArraySamples(np.zeros(5000)))
    made = dataclasses.replace(made, channels=(*made.channels, extra))
    page = texts(pdf_bytes(made, findings_of(made), ReportOptions(), created=created))[0]
    assert "not on this sheet: V7" in page


def test_another_stretch_can_be_printed(findings_of, created):
    long = simulate_record("normal", duration_s=30.0)
    page = texts(pdf_bytes(long, findings_of(long), ReportOptions(start_s=12.0), created=created))[0]
    assert "12 to 22 s of 30 s" in page


@pytest.mark.parametrize(
    ("changes", "options", "message"),
    [
        ({"evidence": None}, {"evidence": "MI"}, "simulated-anterior-mi: there is no evidence for MI"),
        ({}, {"evidence": "XYZ"}, "simulated-anterior-mi: .* choose one of NORM, MI"),
        (
            {},
            {"start_s": 10.0},
            "simulated-anterior-mi: 10 s is not a time to print from; choose one from 0 up to 10 s",
        ),
        ({}, {"start_s": float("nan")}, "nan s is not a time"),
    ],
)
def test_what_cannot_be_printed_is_one_sentence(record, findings_of, created, changes, options, message):
    with pytest.raises(ReportError, match=message):
        pdf_bytes(record, findings_of(record, **changes), ReportOptions(**options), created=created)


@pytest.mark.parametrize("options", [{"layout": "5x5"}, {"paper": "a3"}])
def test_unknown_layout_and_paper_are_refused(options):
    with pytest.raises(ReportError, match="choose one of"):
        ReportOptions(**options)


def test_a_target_that_cannot_be_written_leaves_nothing_behind(record, findings_of, created, tmp_path):
    findings = findings_of(record)
    with pytest.raises(ReportError, match=r"report\.pdf: cannot be written .*; choose another place\.$"):
        write_pdf(record, findings, tmp_path / "missing" / "report.pdf", ReportOptions(), created=created)
    (tmp_path / "folder.pdf").mkdir()
    with pytest.raises(ReportError, match="it is a folder"):
        write_pdf(record, findings, tmp_path / "folder.pdf", ReportOptions(), created=created)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["folder.pdf"]


def test_cancelling_keeps_what_stood_there(record, findings_of, created, tmp_path):
    target = tmp_path / "report.pdf"
    target.write_bytes(b"old")

    def stop(percent: float) -> None:
        if percent > 50:
            raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        write_pdf(record, findings_of(record), target, ReportOptions(), created=created, progress=stop)
    assert target.read_bytes() == b"old"
    said: list[float] = []
    write_pdf(record, findings_of(record), target, ReportOptions(), created=created, progress=said.append)
    assert said == sorted(said)
    assert said[-1] == 100
    assert target.read_bytes().startswith(b"%PDF")
    assert len(list(tmp_path.iterdir())) == 1


def test_customary_evidence_is_the_leading_pathology_unless_the_tier_is_low(record, findings_of):
    assert customary_evidence(findings_of(record)) == "MI"
    assert customary_evidence(findings_of(record, risk=Risk(Tier.LOW, verbatim("all low")))) is None
    assert customary_evidence(findings_of(record, prediction=None, evidence=None)) is None


def test_a_report_leaves_the_settings_of_reportlab_as_they_were(record, findings_of, created, monkeypatch) -> None:
    from reportlab import rl_config

    for mine in (0, 1):
        monkeypatch.setattr(rl_config, "useA85", mine)
        written = pdf_bytes(record, findings_of(record), ReportOptions(), created=created)
        assert b"ASCII85Decode" not in written
        assert rl_config.useA85 == mine
