"""What others' checkers say of our files: dciodvfy of dicom3tools, HL7's schema of aECG, edfio and wfdb."""

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from cardio_desktop.core.record import Record
from cardio_desktop.io.writers.convert import convert
from cardio_desktop.io.writers.deidentify import Pseudonyms


def complaints(path: Path) -> list[str]:
    """The errors that dciodvfy finds in a file; skips where it is not installed."""
    if not shutil.which("dciodvfy"):
        pytest.skip("dciodvfy of Debian's dicom3tools is not installed")
    done = subprocess.run(["dciodvfy", str(path)], capture_output=True, text=True, check=False)
    return [line for line in (done.stdout + done.stderr).splitlines() if line.startswith(("Error", "Abort"))]


@pytest.mark.parametrize("clean", [False, True])
def test_dicom_is_general_ecg_by_dciodvfy(plain: Record, clean: bool, tmp_path: Path) -> None:
    names = Pseudonyms(b"key") if clean else None
    assert complaints(convert(plain, "dicom", tmp_path, names=names).files[0]) == []


def test_dicom_of_an_unknown_patient_at_an_unknown_time_is_valid(plain: Record, tmp_path: Path) -> None:
    record = replace(plain, start_time=None, patient=type(plain.patient)(), device="", annotations=())
    assert complaints(convert(record, "dicom", tmp_path).files[0]) == []


def test_dciodvfy_sees_faults(plain: Record, tmp_path: Path) -> None:
    import pydicom

    path = convert(plain, "dicom", tmp_path).files[0]
    data = pydicom.dcmread(path)
    del data.AcquisitionDateTime
    data.save_as(path)
    assert complaints(path)


@pytest.mark.parametrize("dated", [True, False])
@pytest.mark.parametrize("clean", [True, False])
def test_aecg_is_valid_by_the_schema(plain: Record, dated: bool, clean: bool, shared: Path, tmp_path: Path) -> None:
    from lxml import etree

    schema = etree.XMLSchema(etree.parse(shared / "formats" / "aecg" / "xsd" / "schema" / "PORT_MT020001.xsd"))
    record = plain if dated else replace(plain, start_time=None)
    done = convert(record, "aecg", tmp_path, names=Pseudonyms(b"key") if clean else None)
    schema.validate(etree.parse(done.files[0]))
    assert [error.message for error in schema.error_log] == []
    broken = etree.parse(done.files[0])
    broken.getroot().remove(broken.getroot()[0])
    assert not schema.validate(broken)


def test_edf_is_read_alike_by_edfio(plain: Record, tmp_path: Path) -> None:
    import edfio

    record = replace(plain, channels=tuple(replace(c, samples=_filled(c.samples)) for c in plain.channels))
    theirs = edfio.read_edf(convert(record, "edf", tmp_path).files[0])
    assert theirs.patient.code == "PID7742"
    assert [a.text for a in theirs.annotations][:2] == ["N", "V"]
    for signal, channel in zip(theirs.signals, record.channels, strict=True):
        assert signal.sampling_frequency == 500.0
        in_mv = signal.data / (1000.0 if signal.physical_dimension == "uV" else 1.0)
        np.testing.assert_allclose(in_mv, channel.millivolts(), atol=1e-9)


def test_wfdb_is_read_alike_by_wfdb(plain: Record, tmp_path: Path) -> None:
    import wfdb

    done = convert(plain, "wfdb", tmp_path)
    theirs = wfdb.rdrecord(str(done.files[-1].with_suffix("")))
    assert theirs.base_datetime == plain.start_time
    for column, channel in zip(theirs.p_signal.T, plain.channels, strict=True):
        np.testing.assert_allclose(column, channel.millivolts(), atol=1e-9)
    marks = wfdb.rdann(str(done.files[-1].with_suffix("")), "atr")
    assert marks.symbol[:3] == ["N", "V", "+"]
    assert marks.sample[:3].tolist() == [500, 750, 1350]


def _filled(samples: object) -> object:
    from cardio_desktop.core.record import MISSING, ArraySamples

    counts = np.array(samples.read(0, len(samples)))  # type: ignore[attr-defined, arg-type]
    counts[counts == MISSING] = 0
    return ArraySamples(counts)
