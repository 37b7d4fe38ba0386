"""DICOM waveforms: counts and scales by channel, groups chosen, padding only where it is padding."""

from pathlib import Path

import numpy as np
import pydicom
import pytest

from cardio_desktop.core.errors import ReadError
from cardio_desktop.io import open_record
from cardio_desktop.io.folder import Listing, list_records

REAL = Path(pydicom.__file__).parent / "data" / "test_files" / "waveform_ecg.dcm"


def test_the_real_ecg_that_pydicom_brings_reads_exactly():
    record = open_record(REAL)
    data = pydicom.dcmread(REAL)
    expected = data.waveform_array(0)  # microvolts
    assert list(record.leads) == ["I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6"]
    assert record.derived_leads == ()
    for column, channel in enumerate(record.channels):
        np.testing.assert_array_equal(channel.physical(), expected[:, column])
    stored = record.stored
    assert stored.measurements["pr_ms"] == 161
    assert stored.measurements["qrs_ms"] == 75
    assert stored.measurements["qt_ms"] == 368
    assert stored.measurements["qrs_axis_deg"] == 52
    assert stored.statements == ("RITMO SINUSALE", "ECG NORMALE")
    # The median's limits stand under the rhythm group in this file; its fiducial point is the median's trigger.
    assert stored.fiducials_ms["fiducial"] == 501
    assert stored.fiducials_ms["qrs_offset"] - stored.fiducials_ms["qrs_onset"] == stored.measurements["qrs_ms"]
    np.testing.assert_allclose(stored.median.leads["V4"], data.waveform_array(1)[:, 9] / 1000)
    assert len([a for a in record.annotations if a.symbol == "|"]) == 10
    assert record.patient.sex == "female"
    assert record.start_time.isoformat() == "2013-01-25T10:59:19"


@pytest.mark.parametrize("kind", ["SB", "UB", "SS", "US", "SL", "UL"])
def test_every_linear_sample_type(tmp_path, dicom_file, counts8, kind):
    bits = {"B": 8, "S": 16, "L": 32}[kind[1]]
    low = 0 if kind[0] == "U" else -(2 ** (bits - 1))
    counts = np.clip(counts8, low, low + 2 ** min(bits, 31) - 1)
    channel = {"ChannelSensitivityCorrectionFactor": "1.1", "ChannelBaseline": "-20"}
    record = open_record(dicom_file(tmp_path / "x", [{"counts": counts, "kind": kind, "channel": channel}]))
    for channel, row in zip(record.channels, counts, strict=True):
        np.testing.assert_array_equal(channel.counts(), row)
        np.testing.assert_allclose(channel.millivolts(), (row * 2.5 * 1.1 - 20) / 1000, atol=1e-12)


@pytest.mark.parametrize(("kind", "words"), [("MB", "mu-law"), ("AB", "A-law")])
def test_companded_samples_are_refused_not_taken_as_linear(tmp_path, dicom_file, counts8, kind, words):
    group = {"counts": counts8 % 100, "kind": "UB", "declared": kind}
    with pytest.raises(ReadError, match=words):
        open_record(dicom_file(tmp_path / "x", [group]))


@pytest.mark.parametrize(
    ("channel", "words"),
    [
        ({"ChannelSensitivity": None}, "sensitivity"),
        ({"ChannelSensitivityUnitsSequence": None}, "no unit"),
        ({"ChannelSensitivityCorrectionFactor": "0"}, "correction factor"),
    ],
)
def test_a_lead_without_a_scale_is_refused(tmp_path, dicom_file, counts8, channel, words):
    with pytest.raises(ReadError, match=words):
        open_record(dicom_file(tmp_path / "x", [{"counts": counts8, "channel": channel}]))


def test_padding_is_believed_at_the_types_minimum_and_at_the_ends_alone(tmp_path, dicom_file, counts8):
    counts = counts8.copy()
    counts[2, 500:520] = -32768
    record = open_record(dicom_file(tmp_path / "a", [{"counts": counts, "padding": -32768}]))
    assert np.isfinite(record.channels[2].physical(0, 500)).all()
    assert np.isnan(record.channels[2].physical(500, 520)).all()
    counts = counts8.copy()
    counts[:, 900:] = 0
    counts[:, 400:440] = 0  # a zero line within is signal
    record = open_record(dicom_file(tmp_path / "b", [{"counts": counts, "padding": 0}]))
    for channel in record.channels:
        assert np.isnan(channel.physical(900, 1000)).all()
        assert np.isfinite(channel.physical(0, 900)).all()
    counts = counts8.copy()
    counts[0, 900:] = 0  # one lead alone is off
    record = open_record(dicom_file(tmp_path / "c", [{"counts": counts, "padding": 0}]))
    assert np.isfinite(record.channels[0].physical()).all()


def test_leads_are_known_by_code_and_by_text_only_where_there_is_none(tmp_path, dicom_file, counts8):
    from pydicom.dataset import Dataset
    from pydicom.sequence import Sequence

    def source(value, scheme, meaning):
        item = Dataset()
        item.CodeValue, item.CodingSchemeDesignator, item.CodeMeaning = value, scheme, meaning
        return Sequence([item])

    names = ["I", "II", "V1", "V2"]
    wrong = {"I": "2:2", "II": "2:1", "V1": "MDC_ECG_LEAD_V1", "V2": "99"}
    group = {
        "counts": counts8[:4], "labels": names,
        "source": lambda name: source(wrong[name], "MDC", f"Lead {name}"),
    }  # fmt: skip
    record = open_record(dicom_file(tmp_path / "x", [group]))
    np.testing.assert_array_equal(record.leads["II"].terms[0][0].counts(), counts8[0])
    assert [c.lead for c in record.channels] == ["II", "I", "V1", "V2"]


def test_groups_of_three_leads_in_turn_lie_one_after_the_other(tmp_path, dicom_file, counts8):
    groups = [
        {"counts": counts8[2 * k : 2 * k + 2], "labels": names, "offset_ms": 2000 * k, "label": ""}
        for k, names in enumerate([("I", "II"), ("V1", "V2"), ("V3", "V4")])
    ]
    record = open_record(dicom_file(tmp_path / "x", groups))
    assert record.duration_s == 6
    assert record.gaps == ()
    values = record.leads["V3"].millivolts()
    assert np.isnan(values[:2000]).all()
    np.testing.assert_allclose(values[2000:], counts8[4] * 0.0025, atol=1e-12)


def test_the_median_goes_to_what_the_device_said(tmp_path, dicom_file, counts8):
    groups = [
        {"counts": counts8[:, :300], "label": "", "originality": "DERIVED"},
        {"counts": counts8, "label": "RHYTHM"},
    ]
    record = open_record(dicom_file(tmp_path / "x", groups))
    assert record.duration_s == 2
    np.testing.assert_allclose(record.stored.median.leads["V6"], counts8[7, :300] * 0.0025)
    with pytest.raises(ReadError, match="no ECG rhythm"):
        open_record(dicom_file(tmp_path / "y", groups[:1]))


def test_fewer_bytes_than_announced_are_refused(tmp_path, dicom_file, counts8):
    with pytest.raises(ReadError, match="announced"):
        open_record(dicom_file(tmp_path / "x", [{"counts": counts8, "data": b"\0" * 100}]))


def test_a_dicomdir_and_a_picture_are_refused_with_a_remedy():
    folder = REAL.parent
    with pytest.raises(ReadError, match=r"open (the folder|its folder)"):
        open_record(folder / "dicomdirtests" / "DICOMDIR")
    with pytest.raises(ReadError, match="no waveform"):
        open_record(folder / "CT_small.dcm")


def test_a_dicom_folder_lists_its_ecgs_and_neither_pictures_nor_the_dicomdir(tmp_path):
    for name, source in (
        ("IM1", REAL),
        ("IM2", REAL.parent / "CT_small.dcm"),
        ("DICOMDIR", REAL.parent / "dicomdirtests" / "DICOMDIR"),
    ):
        (tmp_path / name).write_bytes(source.read_bytes())
    assert [found.name for batch in list_records(tmp_path, Listing()) for found in batch] == ["IM1"]


def annotation(code, value=None, unit="ms", point=None, group=1, text=None):
    from pydicom.dataset import Dataset
    from pydicom.sequence import Sequence

    def coded(value):
        item = Dataset()
        item.CodeValue, item.CodingSchemeDesignator, item.CodeMeaning = value, "SCPECG", "x"
        return Sequence([item])

    item = Dataset()
    item.ReferencedWaveformChannels = [group, 0]
    if code:
        item.ConceptNameCodeSequence = coded(code)
    if value is not None:
        item.NumericValue, item.MeasurementUnitsCodeSequence = str(value), coded(unit)
    if point is not None:
        item.TemporalRangeType, item.ReferencedSamplePositions = "POINT", [point]
    if text:
        item.UnformattedTextValue = text
    return item


def test_annotations_become_measurements_statements_and_marks_on_the_trace(tmp_path, dicom_file, counts8):
    from pydicom.sequence import Sequence

    notes = [
        annotation("5.13.5-9", 0.098, "s"),
        annotation("5.13.5-11", 400),
        annotation("5.10.3-13", 61, "ms"),
        annotation("5.10.2.5-1", 71, "kg"),
        annotation("5.13.5-7", 0),
        annotation("", text="SINUS RHYTHM"),
        annotation("5.10.3-3", point=501),
        annotation("5.10.3-4", point=550),
    ]
    record = open_record(
        dicom_file(tmp_path / "x.dcm", [{"counts": counts8}], WaveformAnnotationSequence=Sequence(notes))
    )
    stored = record.stored
    assert stored.measurements == {"qrs_ms": 98.0, "qt_ms": 400.0, "qrs_axis_deg": 61.0}
    assert stored.statements == ("SINUS RHYTHM",)
    assert sorted(doubt.code for doubt in stored.doubts) == ["stored-other-unit", "stored-taken-degrees"]
    # Positions count from 1; the rhythm has 500 samples a second.
    assert [(mark.symbol, mark.time_s) for mark in record.annotations] == [
        ("(", pytest.approx(1.0)), (")", pytest.approx(1.098)),
    ]  # fmt: skip
    assert stored.fiducials_ms == {}


def test_sensitivity_correction_and_baseline_belong_to_each_channel(tmp_path, dicom_file, counts8):
    channel = {"ChannelSensitivityCorrectionFactor": "0.5", "ChannelBaseline": "100"}
    plain = open_record(dicom_file(tmp_path / "a.dcm", [{"counts": counts8}]))
    moved = open_record(dicom_file(tmp_path / "b.dcm", [{"counts": counts8, "channel": channel}]))
    for name, lead in plain.leads.items():
        if lead.stored:
            expected = 0.5 * lead.millivolts() + 0.1
            np.testing.assert_allclose(moved.leads[name].millivolts(), expected, rtol=0, atol=1e-12)
