"""The command line over many records, with the program's own helpers."""

import csv
import json
import shutil
from pathlib import Path

import pytest

from cardio_desktop.archive.flat import COLUMNS
from cardio_desktop.cli import main
from cardio_desktop.paths import asset

SAMPLES = asset("resources/samples")


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    (folder / "inner").mkdir(parents=True)
    for suffix in (".hea", ".dat"):
        shutil.copy(SAMPLES / f"normal{suffix}", folder)
        shutil.copy(SAMPLES / f"lbbb{suffix}", folder / "inner")
    (folder / "bad.edf").write_bytes(b"junk")
    return folder


def lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def assert_alike(one: object, other: object) -> None:
    """The same but for the last digits: on some processors a network's sums depend on how many threads share them."""
    assert type(one) is type(other)
    if isinstance(one, dict) and isinstance(other, dict):
        assert list(one) == list(other)
        assert_alike(list(one.values()), list(other.values()))
    elif isinstance(one, list) and isinstance(other, list):
        assert len(one) == len(other)
        for a, b in zip(one, other, strict=True):
            assert_alike(a, b)
    elif isinstance(one, float):
        assert one == pytest.approx(other, rel=1e-5, abs=1e-6)
    else:
        assert one == other


def test_a_folder_gives_what_its_records_give_one_by_one_and_a_row_for_what_is_none(
    archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    many, one, table = tmp_path / "many.jsonl", tmp_path / "one.jsonl", tmp_path / "t.csv"
    command = ["analyze", str(archive), "--jobs", "1", "--ledger", str(tmp_path / "l")]
    assert main([*command, "--json", str(many), "--csv", str(table)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "cardio-desktop: bad.edf: it does not start as EDF/BDF files do" in said.err
    assert "3 records; 0 are done, 3 are to do." in said.err
    files = [archive / "bad.edf", archive / "normal.hea", archive / "inner" / "lbbb.hea"]
    assert main(["analyze", *map(str, files), "--json", str(one)]) == 1
    assert_alike(lines(many), lines(one))
    with table.open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["name"] for row in rows] == ["bad.edf", "normal.hea", "inner/lbbb.hea"]
    bad, normal, block = rows
    assert bad["error"] == "unknown format"
    assert bad["tier"] == ""
    assert normal["tier"] == "Low"
    assert block["tier"] == lines(one)[2]["risk"]["tier"]
    assert "CLBBB" in block["conclusion_codes"].split()
    assert float(block["qrs_ms"]) == pytest.approx(lines(one)[2]["measurements"]["qrs_ms"], abs=1e-3)
    assert set(COLUMNS) < set(block)
    again = tmp_path / "again.jsonl"
    assert main([*command, "--json", str(again)]) == 1
    assert again.read_bytes() == many.read_bytes()
    assert "3 are done, 0 are to do" in capsys.readouterr().err


def test_measured_and_deidentified_results_name_nothing(archive: Path, tmp_path: Path) -> None:
    made, table = tmp_path / "m.jsonl", tmp_path / "t.csv"
    many = [str(archive), "--jobs", "1", "--csv", str(table)]
    assert main(["analyze", *many, "--deidentify", "--json", str(made)]) == 1
    text = made.read_text() + table.read_text()
    assert not any(word in text for word in ("normal.hea", "lbbb", "bad.edf", str(archive)))
    assert [line["deidentified"] for line in lines(made)] == [True] * 3
    with table.open(newline="") as stream:
        assert all(row["name"] == "" and row["age_years"] == "" for row in csv.DictReader(stream))


def test_sentences_come_in_order_and_in_german(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["analyze", str(archive / "*.hea"), str(archive / "inner"), "--language", "de", "--jobs", "1"]) == 0
    said = capsys.readouterr().out
    assert said.index("normal.hea") < said.index("lbbb.hea")
    assert said.count("Keine Diagnose.") == 2


def test_reports_of_a_folder_stand_under_its_names_and_none_is_replaced(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "pdf"
    command = ["report", str(archive), "--out", str(out), "--jobs", "1", "--ledger", str(tmp_path / "l")]
    assert main(command) == 1
    pdfs = {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}
    assert set(pdfs) == {"normal.hea.pdf", "inner/lbbb.hea.pdf"}
    assert all(content.startswith(b"%PDF") for content in pdfs.values())
    header = archive / "normal.hea"
    header.write_text(header.read_text() + "# a remark\n")
    assert main(command) == 1
    now = {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}
    assert set(now) == {*pdfs, "normal.hea (2).pdf"}
    assert all(now[name] == content for name, content in pdfs.items())


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--shard", "5/4"], "is no part of an archive"),
        (["--retry"], "--retry belongs to --ledger"),
        (["--scheduler", "nowhere"], "--scheduler takes pool, local or an address"),
        (["--json", "-", "--csv", "-"], "Only one of --json and --csv"),
        (["--evidence", "x.npz"], "--evidence takes one record"),
        (["--jobs", "0"], "is no number of processes"),
        (["--timeout", "x"], "is no number of seconds"),
        (["--deidentify"], "--deidentify belongs to"),
    ],
)
def test_options_that_do_not_go_together_are_said(
    archive: Path, options: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["analyze", str(archive), *options]) == 2
    assert said in capsys.readouterr().err


def test_a_ledger_or_table_never_takes_the_place_of_a_record(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (archive / "bad.edf").read_bytes()
    assert main(["analyze", str(archive), "--ledger", str(archive / "bad.edf")]) == 1
    assert "this is no ledger" in capsys.readouterr().err
    for option in ("--csv", "--json", "--parquet"):
        assert main(["analyze", str(archive), option, str(archive / "bad.edf")]) == 2
        assert "bad.edf belongs to the record" in capsys.readouterr().err
    assert (archive / "bad.edf").read_bytes() == before


def test_many_reports_need_a_folder_and_measure_a_place(
    archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["report", str(archive), "--out", str(tmp_path / "x.pdf")]) == 2
    assert "many reports need a folder" in capsys.readouterr().err
    assert main(["measure", str(archive)]) == 2
    assert "a place for the results" in capsys.readouterr().err
