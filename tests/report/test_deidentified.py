"""De-identified results hold nothing that tells who a patient, a physician, a technician or a device is."""

import json
import re
import zlib
from dataclasses import replace
from datetime import datetime
from io import BytesIO

import numpy as np
import pytest
from pypdf import PdfReader

from cardio_desktop.core.errors import ModelError, ReadError
from cardio_desktop.core.record import Patient
from cardio_desktop.core.stored import Stored, StoredBeat, stored_to_json, without_identity
from cardio_desktop.io import open_record
from cardio_desktop.reading.batch import analyze_files
from cardio_desktop.report.identity import REMOVED, nameless
from cardio_desktop.report.json_report import deidentified, deidentified_error, to_line
from cardio_desktop.report.pdf import ReportOptions, pdf_bytes
from cardio_desktop.simulate import simulate_record
from cardio_desktop.words import Remark

from .conftest import made_findings

TOLD = Stored(
    measurements={"qt_ms": 420.0, "pr_ms": 148.0},
    fiducials_ms={"qrs_onset": 434.0},
    statements=("SINUS RHYTHM", "Confirmed by HOUSE MD, GREGORY (4711) on 12-MAR-2001 10:00"),
    confirmed=True,
    confirmed_by="HOUSE, GREGORY",
    device="ELI250 SN-88123 Ward 7B",
    filters={"low_pass_hz": 150.0, "notch_hz": 50.0, "note": "set by Wilson"},
    median=StoredBeat(500.0, {"I": np.zeros(5), "V3R": np.ones(5), "Adams ECG": np.zeros(5)}, "beat of Adams"),
    patient={"referring_physician": "CUDDY^LISA", "medication": "Digoxin, see Dr Chase", "order": "ORD-99"},
    remarks=("Technician Foreman, room 12, phone 555-0199",),
)
SECRETS = (
    *("HOUSE", "GREGORY", "4711", "MAR-2001", "SN-88123", "7B", "Wilson", "Adams", "CUDDY", "LISA", "Chase", "ORD-99"),
    *("Foreman", "555-0199", "Erika", "Muster", "99881", "1950-02-03", "Klinik"),
)


@pytest.fixture
def record():
    made = simulate_record("lbbb")
    patient = Patient(name="Muster, Erika", id="99881", sex="female", age_years=70.0, birth_date="1950-02-03")
    return replace(made, patient=patient, stored=TOLD, path=made.path.with_name("Erika_99881.scp"))


def quoting():
    """Warnings of a file that quote it."""
    return (
        Remark("edf-bad-start", {"file": "Erika_99881.scp", "text": "03.02.50 Klinik"}),
        Remark("signal-left-out", {"file": "a.edf", "name": "Muster", "fault": Remark("signal-unused")}),
    )


def test_of_what_the_device_said_only_numbers_stay():
    kept = without_identity(TOLD)
    assert kept.measurements == TOLD.measurements
    assert kept.fiducials_ms == TOLD.fiducials_ms
    assert kept.confirmed is True
    assert set(kept.median.leads) == {"I", "V3R"}
    assert kept.filters == {"low_pass_hz": 150.0, "notch_hz": 50.0}
    assert set(kept.removed) == {"statements", "confirmed_by", "device", "patient", "remarks", "filters", "median"}
    assert not any(secret in json.dumps(stored_to_json(kept)) for secret in SECRETS)
    assert without_identity(Stored(measurements={"qt_ms": 400.0})).removed == ()


def test_json_holds_no_identity_in_any_key_or_sentence(record):
    findings = made_findings(record, warnings=quoting())
    for measured_only in (False, True):
        line = to_line(deidentified(record, findings, measured_only=measured_only))
        assert not [secret for secret in SECRETS if secret.casefold() in line.casefold()]
        made = json.loads(line)
        assert made["stored"]["measurements"] == {"qt_ms": 420.0, "pr_ms": 148.0}
        assert "statements" in made["stored"]["removed"]
        assert len(made["warnings"]) == 2
        assert all(REMOVED in warning for warning in made["warnings"])


def test_the_report_holds_no_identity(record):
    findings = made_findings(record, warnings=quoting())
    options = ReportOptions(deidentify=True)
    data = pdf_bytes(record, findings, options, created=datetime(2020, 1, 2))
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)
    streams = [zlib.decompress(part) for part in re.findall(rb"stream\r?\n(x.*?)\r?\nendstream", data, re.DOTALL)[:50]]
    raw = data.decode("latin-1") + "".join(part.decode("latin-1") for part in streams)
    for secret in SECRETS:
        assert secret.casefold() not in text.casefold()
        assert secret not in raw


def test_a_failed_file_is_not_quoted():
    error = ReadError(
        "/ward/Erika.edf", Remark("not-whole", {"what": "x", "text": "Muster Erika 1950"}), "ask Dr House"
    )
    line = json.dumps(deidentified_error("/ward/Erika.edf", error))
    assert not [secret for secret in (*SECRETS, "House", "1950") if secret in line]
    assert json.loads(line)["error"]["kind"] == "unreadable"
    own = ModelError("The model folder is damaged; install the program again.")
    assert "damaged" in deidentified_error("a.edf", own)["error"]["message"]


def test_leads_units_and_numbers_are_no_names():
    remark = Remark("lead-no-voltage", {"label": "V2", "unit": "mV"})
    assert nameless(remark) == remark
    assert nameless(Remark("rate-unusual", {"rate_hz": 30.0})).values["rate_hz"] == 30.0
    assert nameless(Remark("lead-no-voltage", {"label": "Erika", "unit": "mV"})).values["label"] == REMOVED
    finding = Remark("median-beats", {"text": "kept"})
    assert nameless(finding).values == {"text": "kept"}


IN_FILES = {
    "Example": ("Clark", "SBJ-123", "1953-05", "2002-11", "ELI250", "dizzy", "Mortara"),
    "fda_example": ("Clark", "SBJ-123", "1953-05", "2002-11", "ELI250", "dizzy"),
    "Example2": ("106_ABC", "1971-06", "2004-01", "12345"),
    "TemplateExample1": ("106_ABC", "2004-01", "12345"),
    "hl7aecg_example": ("Mindray", "R12", "2025-09", "confirm\\u00e9"),
    "hemodynamic_sop_test_ecg": ("FORD", "GREGORY", "123-654", "1944-01", "1999-12", "MACLB"),
    "waveform_ecg": ("642341", "2721", "1971-01", "2013-01", "el250", "SINUSALE"),
    "muse71_250hz": ("159357456", "RESTING", "1996-03", "CAUCASIAN", "Statement Text"),
    "example4": ("ABD PAIN",),
    "129DYPRG": ("1112010721168bdc", "2011-12", "MRx"),
    "3191723_ZZDEMOPTONLY": ("ZZDEMO", "ADULT", "1950-01", "2010-01"),
    "sierra_1_04_15leads": ("XCVBHN", "American Indian", "860315"),
    "schiller_edi": ("2241428", "2006-05", "AT-110"),
    "anon_1": ("ANON000002", "MDW14", "pedriatriska"),
    "anon_2": ("ANON000004", "MDW14", "hypertrofi"),
    "contec_demo": ("12-678-QW", "Demo", "1957-06", "2004-06", "demo patient"),
    "1_lead": ("N920P", "2016-06"),
    "6_lead": ("iOS", "2018-10"),
    "test_subsecond": ("X,X", "1998-01", "2020-01"),
    "ECG_P28": ("P28",),
}
"""Part of a file's name -> what stands in it and may not stand in a de-identified result; read off the files by eye."""


def stands_in(line, secret):
    """Return whether a line of JSON holds a text as words of its own: "128" also is part of a number."""
    if len(secret) < 3 or (secret.isdecimal() and len(secret) < 5):
        return False
    return bool(re.search(rf"(?<![\w.]){re.escape(json.dumps(secret)[1:-1])}(?![\w.])", line))


def test_no_file_of_the_formats_tells_who_it_is_of(shared, tmp_path):
    files = [
        path
        for folder in ("aecg", "alivecor", "dicom", "edf", "ishne", "malformed", "muse", "philips", "schiller", "scp")
        for path in sorted((shared / "formats" / folder).iterdir())
        if path.is_file() and path.suffix != ".ann"
    ]
    out = tmp_path / "out.json"
    analyze_files([str(f) for f in files], json_out=str(out), measure_only=True, deidentify=True, complain=str)
    lines = out.read_text().splitlines()
    assert len(lines) == len(files)
    seen = set()
    for path, line in zip(files, lines, strict=True):
        made = json.loads(line)
        secrets = {word for name, words in IN_FILES.items() if path.name.startswith(name) for word in words}
        if secrets and "error" not in made and path.parent.name != "malformed":
            seen.add(path.name)
        if "error" not in made:
            record = open_record(path)
            stored, patient = record.stored or Stored(), record.patient
            secrets |= {patient.name, patient.id, patient.birth_date, stored.device, stored.confirmed_by}
            secrets |= {*stored.statements, *stored.remarks, *stored.patient.values()}
            if record.start_time:
                secrets |= {record.start_time.date().isoformat(), record.start_time.strftime("%Y%m%d")}
        secrets |= {path.stem, str(path.parent)}
        assert not [secret for secret in secrets if secret and stands_in(line, secret)], path.name
    assert len(seen) >= 18
