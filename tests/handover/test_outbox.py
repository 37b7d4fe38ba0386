"""Results for other systems: valid by their own checkers, with the numbers that were measured and nothing else."""

import base64
import csv
import json
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from cardio_desktop.core.errors import Cancelled, WriteError
from cardio_desktop.core.findings import Findings, Measurements
from cardio_desktop.core.record import Patient, Record
from cardio_desktop.handover.outbox import KINDS, hand_over, told
from cardio_desktop.handover.values import CODES, values_of
from cardio_desktop.io import open_record
from cardio_desktop.io.writers.deidentify import METHOD, Pseudonyms
from cardio_desktop.paths import asset
from cardio_desktop.reading.pipeline import analyze
from cardio_desktop.report.pdf import ReportOptions, pdf_bytes

CREATED = datetime(2026, 5, 6, 7, 8, 9, tzinfo=UTC)
PATIENT = Patient("PID|7742", "Müller^X, Annegret", "female", 52.0, "1967-05-06", 170.0, 66.0)


@pytest.fixture(scope="module")
def done() -> tuple[Record, Findings, bytes]:
    record = open_record(asset("resources/samples") / "normal.hea")
    record = replace(record, patient=PATIENT, start_time=datetime(2020, 1, 2, 3, 4, 5), device="CardioGraph SN-554411")
    findings = analyze(record, None)
    return record, findings, pdf_bytes(record, findings, ReportOptions(), created=CREATED)


@pytest.fixture
def files(done: tuple[Record, Findings, bytes], tmp_path: Path) -> dict[str, Path]:
    return dict(zip(KINDS, hand_over(*done, KINDS, tmp_path, created=CREATED), strict=True))


def tool(name: str, path: Path) -> str:
    if not shutil.which(name):
        pytest.skip(f"{name} is not installed (Debian: dicom3tools, dcmtk)")
    ran = subprocess.run([name, str(path)], capture_output=True, check=False)
    return (ran.stdout + ran.stderr).decode(errors="replace")


def numbers(done: tuple[Record, Findings, bytes]) -> dict[str, float]:
    return {value.name: float(value.text) for value in values_of(done[1])}


def test_all_that_was_measured_is_there_and_rounded(done) -> None:
    own = done[1].measurements
    found = numbers(done)
    assert set(found) == set(CODES)
    assert found["pr_ms"] == round(own.pr_ms)
    assert found["qtc_fridericia_ms"] == round(own.qtc_ms["fridericia"])
    assert found["rr_ms"] == round(own.rr_ms.mean)


def test_codes_are_those_of_the_dicom_standard() -> None:
    from pydicom.sr._concepts_dict import concepts

    known = {code: meaning for entry in concepts["MDC"].values() for code, (meaning, _) in entry.items()}
    for name, code in CODES.items():
        if name != "heart_rate_bpm":  # named in TID 3713 alone
            meanings = {m for e in concepts["MDC"].values() for c, (m, _) in e.items() if c == f"2:{code.mdc}"}
            assert code.title in meanings, (name, known.get(f"2:{code.mdc}"))


@pytest.mark.parametrize("kind", ["pdf", "sr"])
def test_dicom_is_valid_by_dciodvfy(files: dict[str, Path], kind: str) -> None:
    wrong = [line for line in tool("dciodvfy", files[kind]).splitlines() if line.startswith(("Error", "Abort"))]
    assert wrong == []


def test_the_structured_report_says_the_numbers(done, files: dict[str, Path]) -> None:
    said = tool("dsrdump", files["sr"])
    assert "ECG Report" in said
    for value in values_of(done[1]):
        assert value.code.title in said
        assert f'"{value.text}"' in said
    assert "not confirmed" in said or "PARTIAL" in said.upper()


def test_the_report_is_in_the_dicom_file(done, files: dict[str, Path]) -> None:
    import pydicom

    data = pydicom.dcmread(files["pdf"])
    assert data.EncapsulatedDocument[: data.EncapsulatedDocumentLength] == done[2]
    assert pydicom.dcmread(files["sr"]).StudyInstanceUID == data.StudyInstanceUID
    assert str(data.PatientName) == "Müller X^Annegret"


def test_the_bundle_is_fhir_with_all_numbers_and_leads(done, files: dict[str, Path]) -> None:
    from fhir.resources.R4B.bundle import Bundle

    text = files["fhir"].read_text(encoding="utf-8")
    Bundle.model_validate_json(text)
    resources = [entry["resource"] for entry in json.loads(text)["entry"]]
    report = resources[-1]
    assert report["resourceType"] == "DiagnosticReport"
    assert report["status"] == "preliminary"
    assert base64.b64decode(report["presentedForm"][0]["data"]) == done[2]
    assert report["conclusion"].splitlines() == list(told(done[1]))
    quantities = {r["code"]["text"]: r["valueQuantity"]["value"] for r in resources if "valueQuantity" in r}
    assert quantities == {value.code.title: float(value.text) for value in values_of(done[1])}
    leads = resources[-2]["component"]
    assert len(leads) == 12
    assert leads[0]["code"]["coding"][0]["code"] == "131329"
    assert leads[2]["code"]["coding"][0]["code"] == "131389"
    sampled = leads[1]["valueSampledData"]
    values = np.array(sampled["data"].split(), dtype=float) * sampled["factor"] / 1000.0
    np.testing.assert_allclose(values, done[0].leads["II"].millivolts(), atol=0.0001)
    assert len(report["result"]) == len(resources) - 2


def test_the_message_is_hl7_with_all_numbers_and_the_report(done, files: dict[str, Path]) -> None:
    from hl7apy.core import Message
    from hl7apy.parser import parse_message

    text = files["hl7"].read_bytes().decode()
    message = parse_message(text)
    assert isinstance(message, Message)
    assert message.validate()
    rows = [row.split("|") for row in text.split("\r") if row]
    assert [row[0] for row in rows[:3]] == ["MSH", "PID", "OBR"]
    assert rows[1][3] == "PID\\F\\7742"
    assert rows[1][5] == "Müller\\S\\X^Annegret"
    found = {row[3].split("^")[-2]: row[5] for row in rows if row[0] == "OBX" and row[2] == "NM"}
    assert found == {value.code.title: value.text for value in values_of(done[1])}
    assert base64.b64decode(rows[-1][5].split("^")[-1]) == done[2]
    assert {row[11] for row in rows if row[0] == "OBX"} == {"P"}


def test_the_table_says_what_was_not_measured(done, tmp_path: Path) -> None:
    record, findings, pdf = done
    without = replace(findings, measurements=replace(findings.measurements, pr_ms=None))
    (path,) = hand_over(record, without, pdf, ["csv"], tmp_path, created=CREATED)
    rows = list(csv.DictReader(path.read_text().splitlines()))
    assert "pr_ms" not in {row["measurement"] for row in rows}
    assert {row["value"] for row in rows if row["measurement"] == "qrs_ms"} == {
        str(round(findings.measurements.qrs_ms))
    }


@pytest.mark.usefixtures("counted_uuids")
def test_no_byte_tells_who_it_is(done, tmp_path: Path) -> None:
    record, findings, _ = done
    pdf = pdf_bytes(record, findings, ReportOptions(deidentify=True), created=CREATED)
    paths = hand_over(record, findings, pdf, KINDS, tmp_path, created=CREATED, names=Pseudonyms(b"key"))
    assert len(paths) == len(KINDS)
    for path in paths:
        # In base64 four letters come by chance once in a hundred reports: what it stands for is searched.
        raw = re.sub(rb"[A-Za-z0-9+/=]{1000,}", lambda found: base64.b64decode(found[0]), path.read_bytes())
        for text in ("7742", "ller", "Annegret", "1967", "20200102", "2020-01-02", "554411", "normal.hea"):
            assert text.encode() not in raw, (path.name, text)
        assert path.name.startswith("P-")
    assert METHOD.encode() in paths[0].read_bytes()


def test_all_files_come_or_none(done, tmp_path: Path) -> None:
    (tmp_path / "normal.hl7").write_bytes(b"somebody's")
    with pytest.raises(WriteError, match="exists"):
        hand_over(*done, KINDS, tmp_path, created=CREATED)

    def cancel(_: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        hand_over(*done, ["csv", "fhir"], tmp_path, created=CREATED, progress=cancel)
    assert [path.name for path in tmp_path.iterdir()] == ["normal.hl7"]
    hand_over(*done, KINDS, tmp_path, created=CREATED, replace=True)
    assert len(list(tmp_path.iterdir())) == len(KINDS)


def test_an_unknown_patient_at_an_unknown_time_is_valid(done, tmp_path: Path) -> None:
    from hl7apy.parser import parse_message

    record, findings, pdf = done
    nobody = replace(record, patient=Patient(), start_time=None, device="")
    unread = replace(findings, measurements=Measurements(), sentences=())
    for path in hand_over(nobody, unread, pdf, KINDS, tmp_path, created=CREATED):
        if path.suffix == ".dcm":
            assert not [line for line in tool("dciodvfy", path).splitlines() if line.startswith(("Error", "Abort"))]
        if path.suffix == ".hl7":
            assert parse_message(path.read_bytes().decode()).validate()
