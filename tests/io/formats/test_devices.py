"""Philips, Schiller, CardioSoft, ELI, ISHNE and AliveCor: counts and scales exact, damage told or refused."""

import struct

import numpy as np
import pytest

from cardio_desktop.core.errors import ReadError
from cardio_desktop.io import open_record
from cardio_desktop.words import say


def said(record) -> tuple[str, ...]:
    return tuple(map(say, record.warnings))


def put(tmp_path, raw, name="x.xml"):
    path = tmp_path / name
    path.write_bytes(raw)
    return path


def test_sierra_gives_back_what_was_compressed(tmp_path, sierra_xml, counts12):
    record = open_record(put(tmp_path, sierra_xml(counts12)))
    assert record.format == "Philips Sierra ECG 1.04"
    assert record.derived_leads == ()
    for channel, row in zip(record.channels, counts12, strict=True):
        np.testing.assert_array_equal(channel.counts(), row)
        np.testing.assert_allclose(channel.millivolts(), row * 0.005, rtol=1e-12)
    stored = record.stored
    assert stored.measurements == {"heart_rate_bpm": 64, "rr_ms": 938, "pr_ms": 164, "qtc_fridericia_ms": 408}
    assert stored.statements == ("Sinus rhythm (normal P axis)",)
    assert stored.confirmed is False
    np.testing.assert_allclose(stored.median.leads["I"], counts12[0, :50] / 1000)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"version": "1.05"}, "1.05"),
        ({"compression": "RAR"}, "RAR"),
        ({"dataencoding": "Hex"}, "Hex"),
        ({"resolution": ""}, "resolution"),
        ({"numberofleads": "99"}, "names 12 of its 99"),
        ({"durationperchannel": "99999999"}, "claim"),
        ({"durationperchannel": "4000"}, "holds 1,000 of 2,000"),
    ],
)
def test_sierra_that_is_damaged_or_unknown_is_refused(tmp_path, sierra_xml, counts12, changes, words):
    with pytest.raises(ReadError, match=words):
        open_record(put(tmp_path, sierra_xml(counts12, **changes)))


@pytest.mark.parametrize(("kind", "microvolts"), [("schiller", 2.5), ("cardiosoft", 5.0), ("mortara", 2.5)])
def test_other_xml_gives_counts_and_scales(tmp_path, other_xml, counts8, kind, microvolts):
    record = open_record(put(tmp_path, other_xml[kind](counts8)))
    assert record.rate_hz == 500
    for channel, row in zip(record.channels, counts8, strict=True):
        np.testing.assert_array_equal(channel.counts(), row)
        np.testing.assert_allclose(channel.millivolts(), row * microvolts / 1000, rtol=1e-12)
    assert record.stored.measurements["heart_rate_bpm"] == 75
    assert record.stored.measurements["pr_ms"] == 160
    # No real file of these two was at hand, and every record says so.
    assert bool(said(record)) == (kind in {"cardiosoft", "mortara"})


def test_schillers_limits_are_samples_of_the_average(tmp_path, other_xml, counts8):
    stored = open_record(put(tmp_path, other_xml["schiller"](counts8))).stored
    assert stored.fiducials_ms["qrs_offset"] - stored.fiducials_ms["qrs_onset"] == stored.measurements["qrs_ms"]
    assert stored.fiducials_ms["qrs_onset"] - stored.fiducials_ms["p_onset"] == stored.measurements["pr_ms"]
    assert stored.patient["medication"] == "Digoxin"


@pytest.mark.parametrize(
    ("kind", "changes", "words"),
    [
        ("schiller", {"exponent": "3"}, "exponent"),
        ("schiller", {"unit": "KG"}, "not in a voltage"),
        ("cardiosoft", {"units": "parsec"}, "microvolts"),
        ("mortara", {"per_mv": "0"}, "counts a millivolt"),
    ],
)
def test_other_xml_without_a_scale_is_refused(tmp_path, other_xml, counts8, kind, changes, words):
    with pytest.raises(ReadError, match=words):
        open_record(put(tmp_path, other_xml[kind](counts8, **changes)))


def test_a_measurement_in_an_unknown_unit_is_left_out(tmp_path, other_xml, counts8):
    assert "qrs_ms" not in open_record(put(tmp_path, other_xml["cardiosoft"](counts8))).stored.measurements


def test_ishne_samples_beats_and_patient(tmp_path, ishne_file, counts8):
    beats = [("N", 100), ("V", 300), ("X", 400), ("N", 5000)]
    record = open_record(ishne_file(tmp_path / "x.ecg", counts8[:3], beats=beats, remarks=b"night"))
    assert record.format == "ISHNE"
    assert list(record.leads) == ["I", "II", "III", "aVR", "aVL", "aVF", "V1"]
    for channel, row in zip(record.channels, counts8, strict=False):
        np.testing.assert_array_equal(channel.counts(), row)
        np.testing.assert_array_equal(channel.counts(990, 2000), row[990:])
        np.testing.assert_allclose(channel.millivolts(), row * 0.0025, rtol=1e-12)
    assert [(a.time_s, a.symbol, a.kind) for a in record.annotations] == [
        (0.5, "N", "beat"), (1.5, "V", "beat"), (2.0, "|", "note"),
    ]  # fmt: skip
    assert record.patient.name == "Adams, Eva"
    assert record.patient.age_years == 40
    assert record.start_time.isoformat() == "2020-03-01T10:11:12"
    assert record.stored.remarks == ("night",)
    assert said(record) == ()


def test_a_long_ishne_file_is_read_in_blocks(tmp_path, ishne_file):
    counts = np.random.default_rng(1).integers(-30000, 30000, (2, 400_000))
    record = open_record(ishne_file(tmp_path / "x.ecg", counts, codes=(5, 6)))
    np.testing.assert_array_equal(record.channels[1].counts(), counts[1])
    np.testing.assert_array_equal(record.channels[0].counts(262_100, 262_200), counts[0, 262_100:262_200])


def test_a_shortened_ishne_file_says_how_much_is_there(tmp_path, ishne_file, counts8):
    path = ishne_file(tmp_path / "x.ecg", counts8[:3])
    raw = path.read_bytes()
    path.write_bytes(raw[: 522 + 6 * 250 + 1])
    record = open_record(path)
    np.testing.assert_array_equal(record.channels[2].counts(), counts8[2, :250])
    assert any("25 %" in warning for warning in said(record))
    path.write_bytes(raw[:524])
    with pytest.raises(ReadError, match="0 of 1,000"):
        open_record(path)


def test_ishne_that_changes_while_it_is_open_is_noticed(tmp_path, ishne_file, counts8):
    path = ishne_file(tmp_path / "x.ecg", counts8[:3])
    record = open_record(path)
    path.write_bytes(path.read_bytes()[:600])
    with pytest.raises(ReadError, match="changed"):
        record.channels[0].counts()


def test_ishne_without_a_resolution_is_refused(tmp_path, ishne_file, counts8):
    with pytest.raises(ReadError, match="volts a count"):
        open_record(ishne_file(tmp_path / "x.ecg", counts8[:3], resolution=0))


def test_alivecor_leads_and_checksums(tmp_path, atc_bytes, counts8):
    raw = atc_bytes({"ecg ": counts8[0], "ecg2": counts8[1], "avg ": counts8[0, :50]})
    record = open_record(put(tmp_path, raw, "x.atc"))
    assert record.rate_hz == 300
    assert record.derived_leads == ("III", "aVR", "aVL", "aVF")
    np.testing.assert_allclose(record.leads["II"].millivolts(), counts8[1] * 0.0005, rtol=1e-12)
    np.testing.assert_allclose(record.stored.median.leads["I"], counts8[0, :50] * 0.0005)
    assert record.start_time.isoformat() == "2016-06-01T18:15:25"
    damaged = bytearray(raw)
    damaged[-400] ^= 1
    with pytest.raises(ReadError, match="checksum"):
        open_record(put(tmp_path, bytes(damaged), "x.atc"))
    with pytest.raises(ReadError, match=r"cut short|claims"):
        open_record(put(tmp_path, raw[:-3], "x.atc"))
    rate = raw.index(struct.pack("<BHH", 1, 300, 500))
    zero = bytearray(raw)
    zero[rate + 1 : rate + 3] = b"\0\0"
    with pytest.raises(ReadError, match="checksum"):
        open_record(put(tmp_path, bytes(zero), "x.atc"))
