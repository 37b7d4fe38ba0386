"""SCP-ECG by the standard: every coding gives the counts back, damage gets one sentence."""

import struct

import numpy as np
import pytest

from cardio_desktop.core.errors import ReadError
from cardio_desktop.io import open_record
from cardio_desktop.io.scp_huffman import DamagedError, decode, default_table, undo_differences
from cardio_desktop.words import say


def said(record) -> tuple[str, ...]:
    return tuple(map(say, record.warnings))


def write(tmp_path, spec):
    path = tmp_path / "x.scp"
    path.write_bytes(spec.to_bytes())
    return path


@pytest.mark.parametrize("coding", ["default", "own", "none"])
@pytest.mark.parametrize("order", [0, 1, 2])
def test_each_coding_gives_the_counts_back(tmp_path, scp_spec, counts8, coding, order):
    record = open_record(write(tmp_path, scp_spec(counts8, coding=coding, order=order)))
    assert record.format == "SCP-ECG"
    assert record.rate_hz == 500
    for channel, row in zip(record.channels, counts8, strict=True):
        np.testing.assert_array_equal(channel.counts(), row)
        np.testing.assert_allclose(channel.millivolts(), row * 0.0025, rtol=1e-12)
    assert record.derived_leads == ("III", "aVR", "aVL", "aVF")
    assert said(record) == ()


def test_contecs_leads_that_start_at_sample_0_keep_their_length(tmp_path, scp_spec, counts8):
    record = open_record(write(tmp_path, scp_spec(counts8, coding="none", order=0, first=0)))
    np.testing.assert_array_equal(record.channels[3].counts(), counts8[3])


def test_a_step_of_1667_microseconds_is_600_hz(tmp_path, scp_spec, counts8):
    assert open_record(write(tmp_path, scp_spec(counts8, step_us=1667))).rate_hz == 600


def beats_of(counts):
    length = counts.shape[1]
    return [(0, f - 40, f, f + 59) for f in range(201, length, 250)]


@pytest.mark.parametrize("nanovolts", [2500, 1250])
def test_a_subtracted_reference_beat_is_added_back(tmp_path, scp_spec, counts8, nanovolts):
    reference = counts8[:, 100:300].copy()
    beats = {"reference": reference, "fiducial": 101, "beats": beats_of(counts8), "subtracted": True}
    spec = scp_spec(counts8, nanovolts=nanovolts, **beats)
    record = open_record(write(tmp_path, spec))
    for channel, row in zip(record.channels, counts8, strict=True):
        np.testing.assert_allclose(channel.millivolts(), row * nanovolts * 1e-6, rtol=1e-12)
    assert any("reference beat" in warning for warning in said(record))
    np.testing.assert_allclose(record.stored.median.leads["V2"], reference[3] * 0.0025)


def test_a_beat_of_another_type_is_not_given_the_reference_beat(tmp_path, scp_spec, counts8):
    beats = [(1, start, fiducial, end) for _, start, fiducial, end in beats_of(counts8)]
    spec = scp_spec(counts8, reference=counts8[:, 100:300], fiducial=101, beats=beats, subtracted=True)
    np.testing.assert_allclose(open_record(write(tmp_path, spec)).channels[0].millivolts(), counts8[0] * 0.0025)


def test_bimodal_compression_keeps_the_qrs_and_fills_in_the_rest(tmp_path, scp_spec, counts8):
    ramp = np.tile(np.arange(1000) * 4, (8, 1)) // 8
    protected = [(f - 40, f + 59) for f in (201, 451, 701)]
    spec = scp_spec(
        ramp, reference=ramp[:, :200], fiducial=101, beats=[(0, a, a + 40, b) for a, b in protected],
        protected=protected, decimation=4,
    )  # fmt: skip
    record = open_record(write(tmp_path, spec))
    assert len(record.channels[0].samples) == 1000
    values = record.channels[0].millivolts() / 0.0025
    for start, end in protected:
        np.testing.assert_allclose(values[start - 1 : end], ramp[0, start - 1 : end])
    np.testing.assert_allclose(values, ramp[0], atol=2)
    assert any("bimodal" in warning for warning in said(record))


def test_protocol_3_knows_no_bimodal_flag(tmp_path, scp_spec, counts8):
    raw = bytearray(scp_spec(counts8, protocol=30, order=1).to_bytes())
    place = raw.index(struct.pack("<HHBB", 2500, 2000, 1, 0))
    raw[place + 5] = 1
    path = tmp_path / "x.scp"
    path.write_bytes(raw)
    record = open_record(path)
    np.testing.assert_array_equal(record.channels[0].counts(), counts8[0])
    assert any("checksum" in warning for warning in said(record))


def test_patient_device_and_remarks(tmp_path, scp_spec, counts8):
    record = open_record(write(tmp_path, scp_spec(counts8)))
    assert record.patient.name == "Müller, Eva"
    assert record.patient.sex == "female"
    assert record.patient.age_years == 40
    assert record.patient.height_cm == 170
    assert record.patient.weight_kg == pytest.approx(69.853, abs=0.001)
    assert record.start_time.isoformat() == "2020-03-01T10:11:12"
    stored = record.stored
    assert stored.patient["medication"] == "Digoxin"
    assert stored.remarks == ("patient moved",)
    assert stored.filters == {"high_pass_hz": 0.05, "low_pass_hz": 150.0, "notch_hz": 50.0}
    assert stored.device.startswith("TESTER")
    assert stored.confirmed is None


def test_intervals_come_from_the_stored_limits_and_statements_say_whether_they_are_confirmed(
    tmp_path, scp_spec, counts8
):
    measured = struct.pack("<BBHH", 1, 1, 800, 29999) + struct.pack("<5H3h", 100, 200, 260, 350, 640, 44, -61, 999)
    measured += struct.pack("<Hh", 500, 100) + bytes([3, 1]) + struct.pack("<HH", 0, 500)
    measured += struct.pack("<H", 0) + struct.pack("<HHHB", 75, 29999, 410, 1)
    text = b"Sinus rhythm\0"
    words = b"\1" + struct.pack("<HBB", 2020, 3, 1) + b"\1\2\3\1" + struct.pack("<BH", 1, len(text)) + text
    record = open_record(write(tmp_path, scp_spec(counts8, extra={7: measured, 8: words})))
    assert record.stored.measurements == {
        "rr_ms": 800, "p_axis_deg": 44, "qrs_axis_deg": -61, "p_ms": 100, "pr_ms": 160, "qrs_ms": 90, "qt_ms": 380,
        "heart_rate_bpm": 75, "qtc_bazett_ms": 410,
    }  # fmt: skip
    assert record.stored.statements == ("Sinus rhythm",)
    assert record.stored.confirmed is True
    assert [(a.time_s, a.text) for a in record.annotations] == [(0.5, "atrial pacemaker spike")]


def rhythm_head(nanovolts=2500, order=2):
    return struct.pack("<HHBB", nanovolts, 2000, order, 0)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda raw: raw[: len(raw) * 6 // 10], "cut short"),
        (lambda raw: raw.replace(rhythm_head(), rhythm_head(nanovolts=0)), "scale of 0"),
        (lambda raw: raw.replace(rhythm_head(), rhythm_head(order=7)), "coding 7"),
        (lambda raw: raw.replace(struct.pack("<II", 1, 1000), struct.pack("<II", 1, 900_000_000)), "claims samples"),
        (lambda raw: raw.replace(struct.pack("<II", 1, 1000), struct.pack("<II", 1, 7_000_000)), "cannot hold"),
    ],
)  # fmt: skip
def test_damage_gets_one_sentence(tmp_path, scp_spec, counts8, change, words):
    path = tmp_path / "x.scp"
    path.write_bytes(change(scp_spec(counts8).to_bytes()))
    with pytest.raises(ReadError, match=words):
        open_record(path)


def test_a_reference_beat_that_is_needed_and_missing_is_refused(tmp_path, scp_spec, counts8):
    raw = scp_spec(counts8).to_bytes()
    place = raw.index(bytes([8, 4 | 8 << 3]))
    path = tmp_path / "x.scp"
    path.write_bytes(raw[:place] + bytes([8, 5 | 8 << 3]) + raw[place + 2 :])
    with pytest.raises(ReadError, match="section 4"):
        open_record(path)


def test_the_default_table_and_its_literals():
    bits = "0" + "100" + "101" + "1111111101" + "1111111110" + "10000000" + "1111111111" + f"{-3000 & 0xFFFF:016b}"
    bits += "0" * (-len(bits) % 8)
    raw = int(bits, 2).to_bytes(len(bits) // 8, "big")
    assert decode(raw, 6, [default_table()]).tolist() == [0, 1, -1, -8, -128, -3000]
    with pytest.raises(DamagedError):
        decode(b"\xff", 1, [default_table()])


def test_differences_go_round_in_16_bits():
    assert undo_differences(np.array([30000, 10000]), 1).tolist() == [30000, -25536]
