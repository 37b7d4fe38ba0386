"""What a helper answers, asked without a process between."""

import base64
import io
import json
import os
import shutil
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from cardio_desktop.archive.job import Job, networks
from cardio_desktop.archive.worker import answer, serve
from cardio_desktop.core.errors import CardioError
from cardio_desktop.paths import asset

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = asset("resources/samples") / "normal.hea"
LIMITED = """
import sys
from cardio_desktop.archive.worker import _limit_memory
_limit_memory(600)
try:
    bytearray(900 << 20)
except MemoryError:
    sys.exit(5)
"""


@pytest.fixture
def record(tmp_path: Path) -> Path:
    for suffix in (".hea", ".dat"):
        shutil.copy(SAMPLE.with_suffix(suffix), tmp_path)
    return tmp_path / "normal.hea"


def asked(path: Path, sha256: str = "") -> dict:
    return {"id": 1, "path": str(path), "name": f"inner/{path.name}", "sha256": sha256}


def document(made: dict) -> dict:
    return json.loads(zlib.decompress(base64.b64decode(made["document"])))


def test_a_result_has_its_row_its_whole_and_the_hash_of_all_its_files(record: Path) -> None:
    made = answer(Job(), asked(record))
    assert document(made)["risk"]["tier"] == made["row"]["tier"] == "Low"
    assert made["bytes"] == sum(file.stat().st_size for file in record.parent.iterdir())
    assert answer(Job(), asked(record, made["sha256"])) == {
        "same": True,
        "sha256": made["sha256"],
        "bytes": made["bytes"],
    }
    data = record.with_suffix(".dat")
    data.write_bytes(data.read_bytes()[:-2] + b"\0\1")
    assert answer(Job(), asked(record, made["sha256"]))["sha256"] != made["sha256"]


def test_measured_results_lack_an_opinion_and_text_is_in_the_language(record: Path) -> None:
    measured = answer(Job(do="measure"), asked(record))
    assert "tier" not in measured["row"]
    assert "prediction" not in document(measured)
    text = zlib.decompress(base64.b64decode(answer(Job(text=True, language="de"), asked(record))["document"])).decode()
    assert "Keine Diagnose." in text
    hidden = answer(Job(deidentify=True), asked(record))
    assert document(hidden)["deidentified"] is True
    assert "sex" not in hidden["row"]


def test_a_report_is_written_under_the_record_s_name(record: Path, tmp_path: Path) -> None:
    options = {"layout": "3x4+1", "paper": "a4", "evidence": "auto", "start_s": None}
    job = Job(do="report", out=str(tmp_path / "out"), text=True, options=options)
    assert answer(job, asked(record))["row"]["report"] == "inner/normal.hea.pdf"
    job = Job(do="report", out=str(tmp_path / "out"), text=True, options={**options, "evidence": "MI"})
    assert answer(job, asked(record))["row"]["report"] == "inner/normal.hea (2).pdf"


@pytest.mark.parametrize(
    ("fault", "kind", "said"),
    [
        (MemoryError(), "memory", "normal.hea: there is not enough memory to read it"),
        (ValueError("odd"), "internal", "normal.hea: a fault of the program (ValueError: odd)"),
    ],
)
def test_what_goes_wrong_in_the_program_is_a_sentence_too(
    record: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception, kind: str, said: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.delenv("CARDIO_DEBUG", raising=False)
    monkeypatch.setattr("cardio_desktop.io.open_given", fail)
    made = answer(Job(), asked(record))
    assert made["row"]["error"] == kind
    assert made["row"]["message"].startswith(said)
    german = answer(Job(text=True, language="de"), asked(record))["row"]["message"]
    assert german.startswith("normal.hea: ")
    assert german != made["row"]["message"]
    hidden = answer(Job(deidentify=True), asked(record))
    assert "normal" not in json.dumps(document(hidden)) + hidden["row"]["message"]


def test_a_missing_record_has_no_hash(tmp_path: Path) -> None:
    made = answer(Job(), asked(tmp_path / "missing.edf"))
    assert made["sha256"] == ""
    assert made["row"]["error"] == "unreadable"


def test_a_helper_says_its_versions_and_answers_in_order(record: Path) -> None:
    lines = [Job().plain(), asked(record), asked(record.with_name("missing.edf"))]
    out = io.BytesIO()
    assert serve(io.BytesIO(b"".join(json.dumps(line).encode() + b"\n" for line in lines)), out) == 0
    versions, first, second = map(json.loads, out.getvalue().splitlines())
    assert versions == {"versions": Job().versions}
    assert first["row"]["tier"] == "Low"
    assert "error" in second["row"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux alone limits a process's own memory")
def test_a_helper_cannot_take_all_the_memory() -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    assert subprocess.run([sys.executable, "-c", LIMITED], env=environment).returncode == 5


def test_versions_change_with_what_a_result_depends_on_and_with_nothing_else(tmp_path: Path) -> None:
    own = Job().versions
    assert own == Job(memory_mb=5, out="x").versions
    others = [Job(do="measure"), Job(end_s=5.0), Job(deidentify=True), Job(given={"unit": "mV"})]
    assert len({own, *(job.versions for job in others)}) == 5
    model = tmp_path / "model"
    model.mkdir()
    (model / "classifier.json").write_text("other")
    assert Job(model=str(model)).versions != own
    assert set(networks(None)) >= {"classifier.onnx", "delineator.onnx"}
    with pytest.raises(CardioError, match="networks cannot be read"):
        networks(str(tmp_path / "missing"))
    assert Job.of(json.loads(json.dumps(Job(end_s=5.0).plain()))) == Job(end_s=5.0)
