"""What is asked of a ledger, and what it is summed up to."""

import csv
import io
import json
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cardio_desktop.archive.flat import COLUMNS, flat
from cardio_desktop.archive.ledger import Ledger, Outcome
from cardio_desktop.archive.places import Place
from cardio_desktop.archive.query import MEASURED, answers
from cardio_desktop.archive.tally import tally
from cardio_desktop.cli import main
from cardio_desktop.report.archive_summary import CRITICAL_NAMES, HISTOGRAMS, Tally, summary_pdf

VERSIONS = json.dumps({"program": "1.2.3", "do": "analyze", "networks": {"classifier.onnx": "abcdef0123"}})
SECRET = json.dumps({"program": "1.2.3", "do": "analyze", "deidentify": True})
ROWS = {
    "a/af.hea": {
        "tier": "High", "rhythm": "Atrial fibrillation", "rhythm_codes": "AFIB", "conclusion": "AF 131/min, old MI.",
        "critical": "QT500", "heart_rate_bpm": 131.2, "qtc_fridericia_ms": 512.0, "qrs_ms": 88.0, "format": "WFDB",
        "sex": "female", "age_years": 71.0, "start_time": "2019-03-12T10:00:00", "statements": "AFIB IMI",
    },
    "a/sr.hea": {
        "tier": "Low", "rhythm": "Sinus rhythm", "rhythm_codes": "SR", "conclusion": "Sinus rhythm 64/min, normal.",
        "heart_rate_bpm": 64.0, "qtc_fridericia_ms": 401.0, "qrs_ms": 90.0, "pr_ms": 150.0, "format": "EDF",
    },
    "b/none.edf": {"tier": "Not assessed", "format": "EDF"},
    "b/bad.edf": {"error": "unreadable", "message": "bad.edf: it has 12 of 5000 samples; export it again."},
    "c/bad2.edf": {"error": "unreadable", "message": "bad2.edf: it has 9 of 100 samples; export it again."},
}  # fmt: skip


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    with Ledger(tmp_path / "l") as made:
        for name, row in ROWS.items():
            document = zlib.compress(json.dumps({"name": name}).encode())
            made.add("analyze", Outcome(Place(f"/x/{name}", name, "1.1"), row, document, "h", 1000, 0.1), VERSIONS)
        made.add("report", Outcome(Place("/x/a/sr.hea", "a/sr.hea", "1.1"), ROWS["a/sr.hea"]), VERSIONS)
    return tmp_path / "l"


def names(ledger: Path, text: str, **options: object) -> set[str]:
    with Ledger(ledger, write=False) as opened:
        return {entry.name for entry in answers(opened, text, job="analyze", **options)}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("tier:high qtc>500", {"a/af.hea"}),
        ("tier:none", {"b/none.edf"}),
        ("rhythm:sinus rate:60..70", {"a/sr.hea"}),
        ("-rhythm:sinus", {"a/af.hea", "b/none.edf", "b/bad.edf", "c/bad2.edf"}),
        ("critical:yes", {"a/af.hea"}),
        ("critical:no", {"a/sr.hea", "b/none.edf"}),
        ("pr>100", {"a/sr.hea"}),
        ("sex:f age>70 date<2020", {"a/af.hea"}),
        ("statement:imi", {"a/af.hea"}),
        ("samples", {"b/bad.edf", "c/bad2.edf"}),
        ('conclusion:"old mi"', {"a/af.hea"}),
        ("record:a/", {"a/af.hea", "a/sr.hea"}),
        ("risiko:hoch", {"a/af.hea"}),
        ("", set(ROWS)),
    ],
)
def test_a_filter_leaves_the_rows_that_hold_all_of_it(ledger: Path, text: str, found: set[str]) -> None:
    assert names(ledger, text) == found


def test_failures_can_be_asked_for_and_what_no_ledger_knows_is_refused(
    ledger: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert names(ledger, "", failed=True) == {"b/bad.edf", "c/bad2.edf"}
    assert names(ledger, "", failed=False) == {"a/af.hea", "a/sr.hea", "b/none.edf"}
    assert main(["query", str(ledger), "reader:ada"]) == 2
    assert "does not keep 'reader'" in capsys.readouterr().err
    assert main(["query", str(ledger), "colour:red"]) == 1
    assert "There is no field" in capsys.readouterr().err
    assert main(["query", str(ledger.parent / "missing")]) == 1
    assert set(MEASURED.values()) < set(COLUMNS)


def test_the_command_writes_lines_json_and_tables_once_for_each_record(
    ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["query", str(ledger)]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "a/af.hea\tHigh\t131\t512\tAF 131/min, old MI."
    assert told[3] == "b/none.edf\tNot assessed\t-\t-\t-"
    assert len(told) == len(ROWS)
    assert main(["query", str(ledger), "tier:high", "qtc>500", "--json", "-"]) == 0
    assert capsys.readouterr().out == '{"name": "a/af.hea"}\n'
    assert main(["query", str(ledger), "--failed", "--csv", "-"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["name"] for row in rows] == ["b/bad.edf", "c/bad2.edf"]
    assert main(["query", str(ledger), "--parquet", str(tmp_path / "t.parquet"), "--job", "report"]) == 0
    assert (tmp_path / "t.parquet").read_bytes().startswith(b"PAR1")


def test_a_result_made_without_names_is_told_without_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Ledger(tmp_path / "l") as made:
        made.add("analyze", Outcome(Place("/x/Doe.hea", "Doe.hea", "1.1"), ROWS["a/sr.hea"]), SECRET)
    for options in (["--csv", "-"], []):
        assert main(["query", str(tmp_path / "l"), *options]) == 0
        assert "Doe" not in capsys.readouterr().out


def test_no_text_of_a_record_becomes_a_formula(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Ledger(tmp_path / "l") as made:
        made.add("analyze", Outcome(Place("/x/=1.hea", "=1+1.hea", "1.1"), {"conclusion": "@SUM(A1)"}), VERSIONS)
        made.add("analyze", Outcome(Place("/x/2.hea", "2.hea", "1.1"), {"p_axis_deg": -30.5}), VERSIONS)
    assert main(["query", str(tmp_path / "l"), "--csv", "-"]) == 0
    second, first = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert (first["name"], first["conclusion"]) == ("'=1+1.hea", "'@SUM(A1)")
    assert second["p_axis_deg"] == "-30.5"


def test_the_tally_counts_every_record_once(ledger: Path) -> None:
    with Ledger(ledger, write=False) as opened:
        found = tally(opened.entries("analyze"))
    assert (found.records, found.analysed, found.failed, found.bytes) == (5, 3, 2, 5000)
    assert found.tiers == {"High": 1, "Low": 1, "Not assessed": 1}
    assert found.errors == {"FILE: it has … of … samples; export it again.": 2}
    assert found.critical == {"QT500": 1}
    assert found.versions == {"Cardio Desktop 1.2.3, analyze; classifier.onnx abcdef01": 5}
    assert found.histograms["heart_rate_bpm"] == {20: 1, 6: 1}
    assert found.histograms["qtc_fridericia_ms"] == {19: 1, 8: 1}


def test_what_lies_beyond_a_histogram_is_counted_at_its_end(tmp_path: Path) -> None:
    with Ledger(tmp_path / "l") as made:
        for k, rate in enumerate((12.0, 30.0, 199.0, 320.0)):
            made.add("analyze", Outcome(Place("", f"{k}", "1"), {"heart_rate_bpm": rate}), VERSIONS)
        found = tally(made.entries())
    last = next(one.bars for one in HISTOGRAMS if one.column == "heart_rate_bpm") - 1
    assert found.histograms["heart_rate_bpm"] == {0: 2, last: 2}


def test_the_summary_is_a_pdf_that_says_the_counts(ledger: Path, tmp_path: Path) -> None:
    from pypdf import PdfReader

    out = tmp_path / "s.pdf"
    assert main(["summary", str(ledger), "-o", str(out)]) == 0
    text = "\n".join(page.extract_text() for page in PdfReader(out).pages)
    for words in ("5 records, 3 analysed, 2 not", "Very long QT interval", "FILE: it has … of …", "1 (33 %)"):
        assert words in text


def test_an_empty_and_a_varied_archive_have_a_summary_too() -> None:
    from pypdf import PdfReader

    created = datetime(2026, 1, 1, tzinfo=UTC)
    empty = summary_pdf(Tally(), "nothing", created=created)
    assert empty == summary_pdf(Tally(), "nothing", created=created)
    varied = Tally(records=900)
    for k in range(60):
        varied.rhythms[f"Rhythm {k}"] += k
        varied.errors[
            f"a sentence of its own, number {k}, and so long that it takes two lines or more of a page" * 3
        ] += 1
    pages = PdfReader(io.BytesIO(summary_pdf(varied, "x", created=created))).pages
    assert "other rhythms" in "".join(page.extract_text() for page in pages)
    assert len(pages) >= 2


def test_every_critical_event_has_a_name() -> None:
    from cardio_desktop.core.events import CRITICAL

    assert set(CRITICAL_NAMES) == set(CRITICAL)


def test_a_failure_is_a_row_of_its_kind_and_sentence() -> None:
    assert flat({"path": "x", "error": {"kind": "unreadable", "message": "why"}}) == {
        "error": "unreadable",
        "message": "why",
    }
