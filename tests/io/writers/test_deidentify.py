"""No output without identity holds, in any of its bytes or names, a string that tells who the patient is."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from cardio_desktop.core.record import Annotation, ArraySamples, Channel, Patient, Record
from cardio_desktop.io import open_record
from cardio_desktop.io.writers.convert import convert
from cardio_desktop.io.writers.deidentify import METHOD, Pseudonyms, deidentified

KINDS = ("wfdb", "edf", "dicom", "aecg", "csv")
NAMES = Pseudonyms(b"a key of thirty-two bytes, please")
TELLING = (
    *("PID7742", "ller-Xanten", "Mueller", "Annegret", "1967", "0506", "06-MAY", "05-06", "554411", "CardioGraph"),
    *("Quincy", "Zollern", "Olga", "20200102", "2020-01-02", "02.01.20", "02-JAN-2020", "02/01/2020", "somewhere"),
    *("Holter of Meier", "Meierstrasse", "Secretunit"),
)


@pytest.fixture
def telling(plain: Record) -> Record:
    """A record that names its patient wherever a file can."""
    wave = np.arange(5000) % 700
    more = Channel("Meierstrasse", 500.0, "Secretunit", 10.0, 0.0, ArraySamples(wave), prefilter="Quincy HP:0.05Hz")
    named = replace(plain.channels[0], prefilter="HP:0.05Hz LP:150Hz set by Quincy")
    marks = (
        *plain.annotations,
        Annotation(6.0, "N", "beat", "Quincy saw it", "Olga"),
        Annotation(7.0, "+", "rhythm", "(Quincy"),
        Annotation(7.5, "Holter of Meier", "note"),
    )
    return replace(plain, channels=(named, *plain.channels[1:], more), annotations=marks)


@pytest.mark.usefixtures("counted_uuids")
@pytest.mark.parametrize("kind", KINDS)
def test_no_byte_and_no_name_tells_who_it_is(telling: Record, kind: str, tmp_path: Path) -> None:
    # The strings are there as long as nobody takes them out, so that the search can find them.
    told = convert(telling, kind, tmp_path / "told")
    raw = b"".join(path.read_bytes() for path in told.files)
    assert sum(text.encode() in raw for text in TELLING) >= 4
    done = convert(telling, kind, tmp_path / "clean", names=NAMES)
    for path in done.files:
        raw = path.read_bytes().lower()
        for text in TELLING:
            for code in ("utf-8", "utf-16-le", "utf-16-be"):
                assert text.lower().encode(code) not in raw, (path.name, text)
            assert text.lower() not in path.name.lower()
    found = open_record(done.files[0] if kind == "csv" else done.files[-1])
    np.testing.assert_allclose(found.leads["II"].millivolts(), telling.leads["II"].millivolts(), atol=1e-6)
    assert found.patient.sex == "female"
    assert found.patient.id == NAMES.name(telling)
    assert {"identity-removed", "dates-shifted", "texts-removed", "channels-renamed"} <= {r.code for r in done.remarks}


def test_the_method_is_recorded_in_every_format(telling: Record, tmp_path: Path) -> None:
    import pydicom

    for kind in KINDS:
        done = convert(telling, kind, tmp_path, names=NAMES)
        raw = b"".join(path.read_bytes() for path in done.files)
        assert (METHOD if kind != "edf" else "De-identified").replace(
            " ", "_" if kind == "edf" else " "
        ).encode() in raw
    data = pydicom.dcmread(next(tmp_path.glob("*.dcm")))
    assert data.PatientIdentityRemoved == "YES"
    assert data.LongitudinalTemporalInformationModified == "MODIFIED"
    assert [item.CodeValue for item in data.DeidentificationMethodCodeSequence] == ["113100", "113107", "113108"]
    assert open_record(next(tmp_path.glob("*.dcm"))).deidentified == METHOD


def test_one_patient_has_one_name_and_one_shift(telling: Record) -> None:
    later = replace(telling, start_time=datetime(2021, 6, 7, 8, 9, 10), path=Path("other.edf"))
    other = replace(telling, patient=Patient(id="PID9"))
    first, second, third = (deidentified(record, NAMES)[0] for record in (telling, later, other))
    assert first.patient.id == second.patient.id != third.patient.id
    assert telling.start_time
    assert first.start_time
    assert second.start_time
    assert second.start_time - first.start_time == datetime(2021, 6, 7, 8, 9, 10) - telling.start_time
    assert first.start_time < telling.start_time
    assert (first.start_time.hour, first.start_time.minute) == (3, 4)
    assert third.start_time != first.start_time
    elsewhere = deidentified(telling, Pseudonyms(b"another key"))[0]
    assert elsewhere.patient.id != first.patient.id


def test_unknown_patients_are_different_people(telling: Record) -> None:
    nobody = replace(telling, patient=Patient())
    one, two = (deidentified(replace(nobody, path=Path(name)), NAMES)[0] for name in ("a.edf", "b.edf"))
    assert one.patient.id != two.patient.id


def test_great_age_is_capped_and_files_get_numbers(telling: Record, tmp_path: Path) -> None:
    old = replace(telling, patient=replace(telling.patient, age_years=97.0))
    first = convert(old, "wfdb", tmp_path, names=NAMES)
    second = convert(old, "wfdb", tmp_path, names=NAMES)
    assert open_record(first.files[-1]).patient.age_years == 90.0
    name = NAMES.name(old)
    assert [done.files[-1].name for done in (first, second)] == [f"{name}-1.hea", f"{name}-2.hea"]
    assert "age-capped" in {remark.code for remark in first.remarks}
