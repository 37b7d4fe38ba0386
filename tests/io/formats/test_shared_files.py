"""Real files of many devices: each reads with exact values, the same ECG in three formats is the same ECG."""

import warnings

import numpy as np
import pytest

from cardio_desktop.core.errors import ReadError
from cardio_desktop.io import open_record

FOLDERS = ("aecg", "dicom", "muse", "scp")


def files_of(shared, *folders):
    return [path for name in folders for path in sorted((shared / "formats" / name).iterdir()) if path.is_file()]


def test_every_file_reads_or_gets_one_sentence(shared):
    read = 0
    for path in files_of(shared, *FOLDERS):
        try:
            record = open_record(path)
        except ReadError:
            continue
        read += 1
        for lead in (*record.leads.values(), *record.other_ecg.values()):
            values = lead.millivolts()
            assert np.nanmax(np.abs(values)) < 20, (path.name, lead.name)
            assert np.nanmax(np.abs(values)) > 0.01, (path.name, lead.name)
    assert read >= 15


def test_the_twins_agree(shared):
    # The schema's own example; aecg/Example.xml is a copy of it.
    aecg, scp, dicom = (
        open_record(shared / "formats" / name)
        for name in ("aecg/fda_example.xml", "scp/Example.scp", "dicom/Example.dcm")
    )
    for other in (scp, dicom):
        assert list(other.leads) == list(aecg.leads)
        for name, lead in aecg.leads.items():
            np.testing.assert_allclose(other.leads[name].millivolts(), lead.millivolts(), rtol=0, atol=1e-9)
            length = len(aecg.stored.median.leads[name])
            beats = (record.stored.median.leads[name][:length] for record in (aecg, other))
            np.testing.assert_allclose(*beats, rtol=0, atol=1e-9)
        assert other.patient.birth_date == aecg.patient.birth_date == "1953-05-08"
        assert other.start_time == aecg.start_time
    for record in (aecg, scp, dicom):
        values = record.stored.measurements
        assert (values["pr_ms"], values["qrs_ms"], values["qt_ms"]) == (148, 120, 420)
        assert values["qrs_axis_deg"] == -61
        assert record.stored.fiducials_ms["qrs_onset"] == 434


def test_dicom_values_are_those_of_pydicom(shared):
    import pydicom

    for path in files_of(shared, "dicom"):
        record = open_record(path)
        expected = _quiet(lambda name: pydicom.dcmread(name).waveform_array(0), path)
        for column, channel in enumerate(record.channels):
            np.testing.assert_allclose(channel.physical(), expected[:, column], rtol=1e-14)


@pytest.mark.parametrize("folder", ["aecg", "muse", "scp"])
def test_values_are_those_of_ecgdatakit(shared, folder):
    from ecgdatakit import parsing

    compared = 0
    for path in files_of(shared, folder):
        try:
            other = _quiet(parsing.FileParser().parse, path)
        except Exception:
            continue  # it refuses Contec's start sample 0
        record = open_record(path)
        for channel, lead in zip(record.channels, other.leads, strict=True):
            unit = {"uV": 1e-3, "mV": 1.0, "nV": 1e-6}[lead.resolution_unit if lead.is_raw else lead.units]
            values = lead.samples * (lead.resolution * unit if lead.is_raw else unit)
            np.testing.assert_allclose(channel.millivolts(), values, rtol=0, atol=1e-9, err_msg=path.name)
        compared += 1
    assert compared >= 3


def _quiet(read, path):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return read(path)


def test_the_twins_are_measured_alike_and_within_what_a_recorder_may_differ(shared):
    from cardio_desktop.core.stored_told import stored_rows
    from cardio_desktop.reading.pipeline import analyze

    found = []
    for name in ("aecg/fda_example.xml", "scp/Example.scp", "dicom/Example.dcm"):
        record = open_record(shared / "formats" / name)
        measured = analyze(record, None).measurements
        rows = {row.name: row for row in stored_rows(record.stored, measured)}
        # QT is 16 ms longer than the recorder's: on LUDB it is 14 ms shorter than the cardiologists', so it stays.
        assert not any(rows[name].is_over for name in ("pr_ms", "qrs_ms", "qt_ms"))
        assert abs(rows["pr_ms"].difference) < 10
        assert abs(rows["qrs_ms"].difference) < 10
        found.append([measured.pr_ms, measured.qrs_ms, measured.qt_ms])
    np.testing.assert_allclose(found[1:], [found[0]] * 2, rtol=0, atol=0.01)
