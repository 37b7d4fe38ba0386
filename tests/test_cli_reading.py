"""Commands print and write what a reader concluded and signed in the window, and never make a file to look it up."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader

from cardio_desktop.app.store import FILE_NAME, Store
from cardio_desktop.cli import main
from cardio_desktop.core.conclusion import Draft, Signer, make_signature
from cardio_desktop.core.record_key import content_key
from cardio_desktop.io import open_record
from cardio_desktop.paths import asset

NORMAL = str(asset("resources/samples") / "normal.hea")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CARDIO_DESKTOP_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def sign(folder: Path) -> None:
    store = Store(folder)
    key = content_key(open_record(NORMAL))
    when = datetime(2026, 11, 30, 10, 12, tzinfo=UTC)
    store.sign(key, make_signature(key, Draft("Nothing of note."), Signer("Dr. Vogel", "consultant"), when))
    store.close()


def pages(path: Path) -> list[str]:
    return [re.sub(r"\s+", " ", page.extract_text()) for page in PdfReader(path).pages]


def test_a_report_is_preliminary_until_the_record_was_signed(folder, tmp_path, capsys):
    out = tmp_path / "report.pdf"
    assert main(["report", NORMAL, "-o", str(out), "--no-annex"]) == 0
    (page,) = pages(out)
    assert "PRELIMINARY: not signed" in page
    assert not folder.exists()
    sign(folder)
    assert main(["report", NORMAL, "-o", str(out), "--no-annex"]) == 0
    (page,) = pages(out)
    assert "Confirmed by Dr. Vogel, consultant, 2026-11-30 10:12" in page
    assert "Nothing of note." in page
    assert main(["report", NORMAL, "-o", str(out), "--no-reading"]) == 0
    assert len(pages(out)) > 1
    assert all("PRELIMINARY: printed without the reading" in page for page in pages(out))
    assert capsys.readouterr().err == ""


def test_json_tells_the_reading_where_it_is_asked_for(folder, capsys):
    sign(folder)
    assert main(["analyze", NORMAL, "--json", "-"]) == 0
    plain = json.loads(capsys.readouterr().out)["conclusion"]
    assert "state" not in plain
    assert main(["analyze", NORMAL, "--json", "-", "--reading"]) == 0
    told = json.loads(capsys.readouterr().out)["conclusion"]
    assert (told["text"], told["state"], told["reader_text"]) == (plain["text"], "signed", "Nothing of note.")
    assert main(["analyze", NORMAL, "--reading"]) == 2
    assert "--reading belongs to --json" in capsys.readouterr().err


def test_work_that_cannot_be_read_is_told_instead_of_printed_as_unsigned(folder, tmp_path, capsys):
    folder.mkdir()
    (folder / FILE_NAME).mkdir()
    out = tmp_path / "report.pdf"
    assert main(["report", NORMAL, "-o", str(out), "--no-annex"]) == 0  # a folder of that name is no file of ours
    store = Store(folder / "other")
    store.close()
    (folder / FILE_NAME).rmdir()
    data = (folder / "other" / FILE_NAME).read_bytes()
    (folder / FILE_NAME).write_bytes(data.replace(b"SQLite format 3", b"something else!"))
    assert main(["report", NORMAL, "-o", str(out), "--no-annex"]) == 1
    assert FILE_NAME.split(".")[0] in capsys.readouterr().err


def test_a_letterhead_that_is_wrong_stops_the_report_with_its_sentence(folder, tmp_path, capsys):
    head, out = tmp_path / "head.toml", tmp_path / "report.pdf"
    head.write_text("clinic = 1", encoding="utf-8")
    assert main(["report", NORMAL, "-o", str(out), "--letterhead", str(head)]) == 1
    assert "Letterhead head.toml: clinic is 1; write the clinic's name in quotes." in capsys.readouterr().err
    assert not out.exists()
    many = ["report", NORMAL, str(Path(NORMAL).with_name("lbbb.hea")), "-o", str(tmp_path / "many"), "--no-annex"]
    assert main([*many, "--letterhead", str(head)]) == 1
    assert capsys.readouterr().err.count("clinic is 1") == 1
    head.write_text('clinic = "Heart Centre"', encoding="utf-8")
    assert main([*many, "--letterhead", str(head)]) == 0
    made = [page for name in ("normal", "lbbb") for page in pages(tmp_path / "many" / f"{name}.hea.pdf")]
    assert len(made) == 2
    assert all("Heart Centre" in page and "printed without the reading" in page for page in made)
    assert main(["report", NORMAL, "-o", str(out), "--letterhead", str(head), "--deidentify"]) == 2
    assert "tells where the patient was" in capsys.readouterr().err
    assert main(["report", NORMAL, "-o", str(out), "--no-annex", "--letterhead", str(head)]) == 0
    assert "Heart Centre" in pages(out)[0]
