"""The report's block of what the recorder stored."""

from dataclasses import replace
from datetime import datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from cardio_desktop.core.stored import Stored
from cardio_desktop.report.json_report import findings_to_json
from cardio_desktop.report.pdf import ReportOptions, pdf_bytes
from cardio_desktop.simulate import simulate_record

from .conftest import made_findings

TOLD = Stored(
    measurements={"heart_rate_bpm": 75.0, "qt_ms": 700.0, "qtc_ms": 443.0},
    statements=("SINUS RHYTHM", "ABNORMAL ECG"),
    confirmed=False,
    device="ELI250",
    patient={"medication": "Digoxin"},
)


@pytest.fixture
def record():
    return replace(simulate_record("lbbb"), stored=TOLD)


def words(record, **options):
    data = pdf_bytes(record, made_findings(record), ReportOptions(**options), created=datetime(2020, 1, 2))
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages).split())


def test_the_recorders_words_stand_in_a_block_of_their_own(record):
    text = words(record)
    assert "What the recorder stored (not checked, not the program's)" in text
    for part in ("700 ms", "443 ms", "Statement: SINUS RHYTHM", "Statement: ABNORMAL ECG", "Medication: Digoxin"):
        assert part in text
    assert "Nobody has confirmed it." in text


def test_german_reports_say_it_in_german(record):
    text = words(record, language="de")
    assert "Was der Rekorder gespeichert hat (ungeprüft, nicht vom Programm)" in text
    assert "Medikamente: Digoxin" in text
    assert "Von niemandem bestätigt." in text


def test_a_file_without_it_has_no_block(record):
    assert "recorder stored" not in words(replace(record, stored=None))


def test_json_sets_both_numbers_side_by_side(record):
    findings = made_findings(record)
    findings = replace(findings, measurements=replace(findings.measurements, qt_ms=400.0))
    made = findings_to_json(record, findings)["stored"]
    rows = {row["name"]: row for row in made["compared"]}
    assert rows["qt_ms"] == {
        "name": "qt_ms", "recorder": 700.0, "program": 400.0, "difference": -300.0, "over_limit": True,
    }  # fmt: skip
    assert rows["qtc_ms"]["program"] is None
    assert made["limits_ms"]["qt_ms"] == 25.0
    assert findings_to_json(replace(record, stored=None), findings)["stored"] is None
