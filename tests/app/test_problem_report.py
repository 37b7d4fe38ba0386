"""What a reader may send away holds no patient, no names and no places; a record only if chosen."""

import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from cardio_desktop.app.installation import as_text, installation
from cardio_desktop.app.problem_report import told_settings, write_report
from cardio_desktop.core.errors import WriteError
from cardio_desktop.core.record import Patient
from cardio_desktop.io import open_record
from cardio_desktop.paths import asset

SECRET = "Mustermann"
SETTINGS = {
    "look/theme": "dark",
    "view/rhythm_lead": SECRET,
    "recent_files": [f"/home/{SECRET}/a.hea"],
    "export/folder": f"/home/{SECRET}",
    "worklist/filter": SECRET,
    "view/layout": "x" * 100,
}


def everything(path: Path) -> bytes:
    with zipfile.ZipFile(path) as bundle:
        return b"\n".join(name.encode() + b"\n" + bundle.read(name) for name in bundle.namelist())


def test_without_a_record_it_holds_versions_and_harmless_settings_only(tmp_path: Path) -> None:
    target = tmp_path / "problem.zip"
    write_report(target, "it blinked", SETTINGS, tmp_path, None)
    with zipfile.ZipFile(target) as bundle:
        assert bundle.namelist() == ["problem.txt", "installation.json", "settings.json"]
        found = json.loads(bundle.read("installation.json"))
        assert json.loads(bundle.read("settings.json")) == {"look/theme": "dark"}
    assert found["versions"]["numpy"] != "?"
    assert found["changed"] == []
    assert SECRET.encode() not in everything(target)


def test_a_chosen_record_goes_without_whom_it_is_of_and_never_under_the_same_name(tmp_path: Path) -> None:
    sample = open_record(asset("resources/samples") / "lbbb.hea")
    patient = Patient(id="4711", name=SECRET, sex="F", age_years=61.0, birth_date="1960-01-02")
    record = replace(sample, patient=patient, notes=(f"seen by Dr {SECRET}",), device=f"cart of {SECRET}")
    names = set()
    for k in range(2):
        target = tmp_path / f"{k}.zip"
        write_report(target, "", {}, tmp_path, record)
        whole = everything(target)
        assert SECRET.encode() not in whole
        assert b"4711" not in whole.replace(b"0000-", b"")
        with zipfile.ZipFile(target) as bundle:
            (header,) = (name for name in bundle.namelist() if name.endswith(".hea"))
        names.add(header)
    assert len(names) == 2, "two reports of one patient could be tied together"


def test_a_place_that_takes_no_file_is_one_sentence_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(WriteError, match=r"problem\.zip"):
        write_report(tmp_path / "none" / "problem.zip", "", {}, tmp_path, None)
    assert list(tmp_path.iterdir()) == []


def test_settings_are_told_by_a_list_of_harmless_ones() -> None:
    assert told_settings({"view/speed_mm_per_s": 25.0, "anything": "else"}) == {"view/speed_mm_per_s": "25.0"}


def test_a_changed_file_of_the_program_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from cardio_desktop import paths

    listed = paths.listed_assets()
    monkeypatch.setattr(paths, "_manifest", lambda: {**listed, "model_assets/classifier.onnx": "0" * 64})
    found = installation()
    assert found.changed == ("model_assets/classifier.onnx",)
    assert found.files == len(listed)
    assert "not as shipped: model_assets/classifier.onnx" in as_text(found)
