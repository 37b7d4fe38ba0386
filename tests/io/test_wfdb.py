"""WFDB records: values equal wfdb's own, structure and dubious files go as header(5), signal(5), annot(5) say."""

import os
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
import soundfile
import wfdb
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from cardio_desktop.core.errors import ReadError
from cardio_desktop.core.record import MISSING, Gap
from cardio_desktop.io import open_record, wfdb_store
from cardio_desktop.io.folder import Listing, list_records
from cardio_desktop.io.wfdb_comments import patient_from
from cardio_desktop.io.wfdb_store import samples_in
from cardio_desktop.words import say


def said(record) -> tuple[str, ...]:
    return tuple(map(say, record.warnings))


REAL = ("formats/wfdb", "mitdb", "nstdb", "ptbxl500")
PROPERTY = settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def wfdb_values(header: Path) -> tuple[list[str], list[np.ndarray]]:
    other = wfdb.rdrecord(str(header.with_suffix("")), smooth_frames=False)
    return other.sig_name, other.e_p_signal


@pytest.mark.parametrize("folder", REAL)
def test_values_equal_wfdbs_physical_samples(shared, folder):
    headers = sorted((shared / folder).glob("*.hea"))
    assert headers
    for header in headers:
        record = open_record(header)
        names, values = wfdb_values(header)
        assert [c.label for c in record.channels] == [name or "" for name in names], header
        for channel, expected in zip(record.channels, values, strict=True):
            ours = channel.physical()
            if header.stem == "test01_00s_skewframe" and channel.label == "ECG_1":
                assert np.isnan(ours[-3:]).all()
            np.testing.assert_allclose(ours, expected, rtol=1e-12, atol=1e-9, equal_nan=True, err_msg=str(header))


@pytest.mark.parametrize("folder", REAL[:2])
def test_reading_in_blocks_gives_the_same_as_at_once(shared, folder, monkeypatch):
    for header in sorted((shared / folder).glob("*.hea"))[:24]:
        if header.stem == "binformats":
            continue  # format 8 can only be read at once
        whole = [channel.counts() for channel in open_record(header).channels]
        with monkeypatch.context() as patch:
            patch.setattr(wfdb_store, "EAGER_SAMPLES", 1000)
            patch.setattr("cardio_desktop.io.wfdb_reader.EAGER_SAMPLES", 1000)
            patch.setattr(wfdb_store, "BLOCK_SAMPLES", 300_017)
            record = open_record(header)
            for channel, counts in zip(record.channels, whole, strict=True):
                np.testing.assert_array_equal(channel.counts(), counts, err_msg=str(header))
                middle = len(counts) // 2
                np.testing.assert_array_equal(
                    channel.counts(middle - 77, middle + 99), counts[middle - 77 : middle + 99]
                )


def test_annotations_equal_wfdbs(shared):
    files = [*(shared / "mitdb").glob("*.atr"), *(shared / "mitdb").glob("*.pwave"), shared / "formats/wfdb/100.atr"]
    files += [shared / "formats/wfdb" / f"03700181.{extension}" for extension in ("gqrsh", "gqrsl", "sqrs")]
    assert len(files) == 20
    for file in files:
        record = open_record(file.with_suffix(".hea"))
        # wfdb drops every note at the very start, such as the command line that made the file.
        ours = [a for a in record.annotations if a.source == file.suffix[1:] and (a.time_s > 0 or a.symbol != '"')]
        theirs = wfdb.rdann(str(file.with_suffix("")), file.suffix[1:])
        rate_hz = theirs.fs or 1
        assert [a.symbol for a in ours] == theirs.symbol, file
        np.testing.assert_allclose([a.time_s for a in ours], theirs.sample / rate_hz, atol=1e-9)
        assert [a.text for a in ours] == [note.rstrip("\0") for note in theirs.aux_note]


def test_beats_rhythms_and_waves_are_told_apart(shared):
    record = open_record(shared / "mitdb/207.hea")
    kinds = {a.symbol: a.kind for a in record.annotations}
    assert kinds["L"] == kinds["V"] == kinds["E"] == "beat"
    assert kinds["+"] == kinds["["] == "rhythm"
    assert kinds["p"] == kinds["!"] == "wave"
    assert kinds["~"] == "note"
    assert {a.source for a in record.annotations} == {"atr", "pwave"}


def test_mit_comments_name_the_patient(shared):
    patient = open_record(shared / "mitdb/207.hea").patient
    assert (patient.age_years, patient.sex) == (89, "female")


@pytest.mark.parametrize(
    ("comments", "age", "sex"),
    [
        (["age: 81", "sex: female"], 81, "female"),
        (["69 M 1085 1629 x1"], 69, "male"),
        (["<age>: 25  <sex>: M  <diagnoses>: (none)"], 25, "male"),
        (["Age: 59", "Sex: Male", "Dx: 426783006"], 59, "male"),
        (["age: n/a", "sex: n/a"], None, None),
        (["-1 M 10 20 x1"], None, "male"),
        (["age: 8111"], None, None),
        (["Infarction date (acute): 29-Sep-90", "Dosage: 20 mg"], None, None),
        (["stage 3 of 4", "averaged: 12"], None, None),
    ],
)
def test_comments_give_age_and_sex_only_where_they_say_so(comments, age, sex):
    patient = patient_from(comments)
    assert (patient.age_years, patient.sex) == (age, sex)


def test_ptb_diagnoses_stay_as_notes(shared):
    record = open_record(shared / "formats/wfdb/s0010_re.hea")
    assert "Reason for admission: Myocardial infarction" in record.notes
    assert (record.patient.age_years, record.patient.sex) == (81, "female")
    assert list(record.leads)[:3] == ["I", "II", "III"]
    assert set(record.other_ecg) == {"vx", "vy", "vz"}


FORMATS = {"16": 16, "80": 8, "212": 12, "310": 10, "311": 10, "24": 24, "32": 32, "61": 16, "160": 16, "8": 8,
           "508": 8, "516": 16, "524": 24}  # fmt: skip


@PROPERTY
@given(data=st.data(), storage=st.sampled_from(sorted(FORMATS)), unit=st.sampled_from(["uV", "mV", "V", "nV"]))
def test_every_format_and_unit_comes_back_as_written(tmp_path, signal5, data, storage, unit):
    # The lowest value means "no sample"; format 8 keeps differences of eight bits.
    top = 60 if storage == "8" else 2 ** (FORMATS[storage] - 1) - 1
    shape = (data.draw(st.integers(2, 40)), data.draw(st.integers(1, 3)))
    counts = data.draw(hnp.arrays(np.int64, shape, elements=st.integers(-top, top)))
    gain = data.draw(st.sampled_from(["200", "1000.0", "4.88", "1.5e+3"]))
    baseline = data.draw(st.integers(-500, 500))
    names = ["I", "II", "V5"][: shape[1]]
    if storage in {"508", "516", "524"}:
        subtype, shift = {"508": ("PCM_S8", 8), "516": ("PCM_16", 0), "524": ("PCM_24", 8)}[storage]
        pcm = (counts << shift).astype(np.int32 if storage == "524" else np.int16)
        soundfile.write(tmp_path / "rt.dat", pcm, 96000, subtype=subtype, format="FLAC")
    else:
        (tmp_path / "rt.dat").write_bytes(signal5(storage, counts.ravel(), [0] * shape[1]))
    lines = [
        f"rt.dat {storage} {gain}({baseline})/{unit} 0 0 {0 if storage == '8' else counts[0, i]} "
        f"{counts[:, i].sum() % 65536} 0 {name}"
        for i, name in enumerate(names)
    ]
    header = tmp_path / "rt.hea"
    header.write_text("\n".join([f"rt {shape[1]} 250 {shape[0]}", *lines]), encoding="utf-8")
    record = open_record(header)
    factor = {"uV": 1e-3, "mV": 1.0, "V": 1e3, "nV": 1e-6}[unit]
    assert not said(record)
    for i, name in enumerate(names):
        np.testing.assert_array_equal(record.channels[i].counts(), counts[:, i])
        expected = (counts[:, i] - baseline) / float(gain) * factor
        np.testing.assert_allclose(record.leads[name].millivolts(), expected, rtol=1e-12)


@pytest.mark.parametrize("storage", ["16", "212", "310", "311", "80", "24", "32", "61", "160"])
def test_signal5_lowest_value_means_no_sample(tmp_path, signal5, storage):
    lowest = -(2 ** (FORMATS[storage] - 1))
    (tmp_path / "m.dat").write_bytes(signal5(storage, [1, 2, lowest, 4, 5, 6]))
    (tmp_path / "m.hea").write_text(f"m 1 100 6\nm.dat {storage} 10(0)/mV 0 0 0 0 0 I", encoding="utf-8")
    channel = open_record(tmp_path / "m").channels[0]
    assert channel.counts()[2] == MISSING
    np.testing.assert_allclose(channel.physical(), [0.1, 0.2, np.nan, 0.4, 0.5, 0.6])


@pytest.mark.parametrize("storage", ["212", "310", "311", "16", "24", "8"])
def test_signal5_sample_counts_match_what_wfdb_needs(storage):
    for n_samples in range(1, 40):
        needed = wfdb.io._signal._required_byte_num("read", storage, n_samples)
        assert samples_in(storage, needed) >= n_samples
        assert samples_in(storage, needed - 1) < n_samples


def counts_of(n_signals: int = 2, length: int = 1000) -> np.ndarray:
    return np.random.default_rng(3).integers(-2000, 2000, (n_signals, length))


def test_header_signal_file_and_bare_name_open_the_same_record(tmp_path, wfdb_spec):
    header = wfdb_spec(counts_of()).write(tmp_path)
    for path in (header, tmp_path / "rec.dat", tmp_path / "rec", str(tmp_path / "rec")):
        record = open_record(path)
        assert record.path == header
        np.testing.assert_array_equal(record.channels[1].counts(), counts_of()[1])


def test_signal_file_of_another_name_is_found_through_the_headers(shared):
    record = open_record(shared / "formats/wfdb/mixedsignals_p.dat")
    assert record.path.name == "mixedsignals.hea"


def test_header5_time_and_date(tmp_path, wfdb_spec):
    header = wfdb_spec(counts_of(), first_line="rec 2 500/1000(7) 1000 8:26:04.25 26/10/1994").write(tmp_path)
    assert open_record(header).start_time == datetime(1994, 10, 26, 8, 26, 4, 250000)


def test_header5_bad_date_costs_only_the_start_time(tmp_path, wfdb_spec):
    header = wfdb_spec(counts_of(), first_line="rec 2 500 1000 25:00:00 31/02/1994").write(tmp_path)
    record = open_record(header)
    assert record.start_time is None
    assert "25:00:00" in said(record)[0]


@pytest.mark.parametrize(("text", "encoding"), [("µV", "utf-8"), ("µV", "latin-1"), ("μV", "utf-8")])
def test_micro_sign_in_a_unit_stays_micro(tmp_path, wfdb_spec, text, encoding):
    header = wfdb_spec(counts_of(1), lines=[f"rec.dat 16 1(0)/{text} 16 0 0 0 0 II"]).write(tmp_path)
    header.write_bytes(header.read_text(encoding="utf-8").encode(encoding))
    record = open_record(header)
    np.testing.assert_allclose(record.leads["II"].millivolts(), counts_of(1)[0] * 1e-3)


def test_header5_missing_gain_is_200_and_said(tmp_path, wfdb_spec):
    for line in ("rec.dat 16 0 16 0 0 0 0 II", "rec.dat 16"):
        record = open_record(wfdb_spec(counts_of(1), lines=[line]).write(tmp_path))
        assert record.channels[0].counts_per_unit == 200
        assert any("no gain" in warning for warning in said(record))


def test_header5_missing_baseline_is_the_adc_zero(tmp_path, wfdb_spec):
    record = open_record(wfdb_spec(counts_of(1), lines=["rec.dat 16 200 11 1024 0 0 0 II"]).write(tmp_path))
    assert record.channels[0].baseline == 1024


def test_header5_missing_rate_is_250_and_said(tmp_path, wfdb_spec):
    record = open_record(wfdb_spec(counts_of(1), first_line="rec 1").write(tmp_path))
    assert record.rate_hz == 250
    assert any("250 Hz" in warning for warning in said(record))


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("rec.dat 16 200,5(0)/mV 16 0 0 0 0 II", "200,5"),
        ("rec.dat 16 nan/mV 16 0 0 0 0 II", "nan"),
        ("rec.dat 16 2e99/mV 16 0 0 0 0 II", "2e99"),
        ("rec.dat 17 200/mV 16 0 0 0 0 II", "17"),
        ("rec.dat 16 200(0.5)/mV 16 0 0 0 0 II", "200(0.5)/mV"),
        ("rec.dat 16 200 16 1O24 0 0 0 II", "1O24"),
        ("rec.dat 16 200 16 O024 0 0 0 II", "O024"),
        ("rec.dat", "rec.dat"),
        ("rec.dat 16x0 200", "0 samples per frame"),
        ("rec.dat 16:999 200", "shifts"),
        ("../rec.dat 16 200", "../rec.dat"),
        ("/etc/hostname 16 200", "/etc/hostname"),
        ("C:rec.dat 16 200", "C:rec.dat"),
        ("\\\\host\\rec.dat 16 200", "host"),
        ("https://x.org/rec.dat 16 200", "https://x.org/rec.dat"),
        (".. 16 200", "'..'"),
        ("other.dat 16 200", "other.dat"),
        ("~ 0 200", "without a signal file"),
    ],
)
def test_a_signal_line_that_cannot_be_trusted_is_refused_with_its_value(tmp_path, wfdb_spec, line, value):
    header = wfdb_spec(counts_of(1, 500), lines=[line]).write(tmp_path)
    with pytest.raises(ReadError) as error:
        open_record(header)
    assert value in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    "first_line",
    ["rec 2 500 1000", "rec one 500 1000", "rec 1 0 1000", "rec 1 -5 1000", "rec 1 5e9 1000", "rec 1 500 ten",
     "rec?x 1 500", "rec 99999999 500 1000", "../rec 1 500 1000", "rec 1 500 99999999999999999999"],
)  # fmt: skip
def test_a_record_line_that_cannot_be_trusted_is_refused(tmp_path, wfdb_spec, first_line):
    with pytest.raises(ReadError, match=r"rec\.hea: .*; .*\."):
        open_record(wfdb_spec(counts_of(1), lines=["rec.dat 16 200"], first_line=first_line).write(tmp_path))


@pytest.mark.parametrize("name", ["rec.mat", "data/rec", "p10/100", "WFDB\\rec.hea"])
def test_a_record_name_with_folder_or_suffix_opens(tmp_path, wfdb_spec, name):
    counts = counts_of(2)
    length = counts.shape[1]
    header = wfdb_spec(counts, first_line=f"{name} 2 500 {length} 05-May-2020 09:49:17").write(tmp_path)
    record = open_record(header)
    np.testing.assert_array_equal([channel.counts() for channel in record.channels], counts)
    assert str(record.start_time) == "2020-05-05 09:49:17"
    assert said(record) == ()
    assert list_names(tmp_path) == ["rec"]


def list_names(folder):
    return [found.name for batch in list_records(folder, Listing()) for found in batch]


def test_a_wrong_number_of_segments_is_said_where_their_lengths_add_up(tmp_path, wfdb_spec):
    counts = counts_of(1)
    length = counts.shape[1]
    for name in ("s1", "s2"):
        wfdb_spec(counts).write(tmp_path, name)
    path = tmp_path / "whole.hea"
    path.write_text(f"whole/4 1 500 {3 * length}\ns1 {length}\n~ {length}\ns2 {length}\n")
    record = open_record(path)
    (warning,) = said(record)
    assert "announces 4 segments but describes 3" in warning
    np.testing.assert_array_equal(record.channels[0].counts(2 * length), counts[0])
    path.write_text(f"whole/4 1 500 {4 * length}\ns1 {length}\n~ {length}\ns2 {length}\n")
    with pytest.raises(ReadError, match="announces 4 segments but describes 3"):
        open_record(path)


@pytest.mark.parametrize("rest", ["ÿÿ 962", "16 ÿÿ 962", "x6 962", "q 962 0", "11 1O24 0 0 0 II"])
def test_a_damaged_number_is_no_description(tmp_path, wfdb_spec, rest):
    """The numbers after it would be lost: 962 counts of baseline at 200 per mV are 4.81 mV."""
    header = wfdb_spec(counts_of(1), lines=[f"rec.dat 16 200 {rest}"]).write(tmp_path)
    with pytest.raises(ReadError, match="where a whole number belongs"):
        open_record(header)


@pytest.mark.parametrize(("rest", "label"), [("ECG 1", "ECG 1"), ("MLII", "MLII"), ("16 0 Lead II", "Lead II")])
def test_a_description_right_after_the_gain_is_one(tmp_path, wfdb_spec, rest, label):
    record = open_record(wfdb_spec(counts_of(1), lines=[f"rec.dat 16 200 {rest}"]).write(tmp_path))
    assert (record.channels[0].label, record.channels[0].baseline) == (label, 0)
    assert said(record) == ()


def test_a_baseline_that_may_be_the_beginning_of_the_description_is_doubted(tmp_path, wfdb_spec):
    record = open_record(wfdb_spec(counts_of(1), lines=["rec.dat 16 200 11 12 leads"]).write(tmp_path))
    (warning,) = said(record)
    assert "12 is taken as its baseline" in warning
    given = open_record(wfdb_spec(counts_of(1), lines=["rec.dat 16 200(5) 11 12 leads"]).write(tmp_path))
    assert (given.channels[0].baseline, said(given)) == (5, ())


@pytest.mark.parametrize("comment", ["age: 300", "age: 121"])
def test_an_age_that_nobody_has_is_doubted_and_left_out(tmp_path, wfdb_spec, comment):
    record = open_record(wfdb_spec(counts_of(1), comments=[comment]).write(tmp_path))
    assert record.patient.age_years is None
    assert "cannot be and is left out" in said(record)[0]


@pytest.mark.parametrize(("rate", "refused"), [("100001", True), ("1e9", True), ("40000", False), ("20", False)])
def test_a_rate_that_no_recorder_has_is_refused_or_doubted(tmp_path, wfdb_spec, rate, refused):
    header = wfdb_spec(counts_of(1), rate=rate).write(tmp_path)
    if refused:
        with pytest.raises(ReadError, match="sampling rate"):
            open_record(header)
    else:
        assert f"{rate} Hz is unusual for an ECG" in said(open_record(header))[0]


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_a_link_out_of_the_folder_is_refused(tmp_path, wfdb_spec):
    inside = tmp_path / "inside"
    inside.mkdir()
    header = wfdb_spec(counts_of(1)).write(inside)
    (inside / "rec.dat").rename(tmp_path / "secret.dat")
    (inside / "rec.dat").symlink_to(tmp_path / "secret.dat")
    with pytest.raises(ReadError, match="outside its own folder"):
        open_record(header)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no named pipes in folders")
def test_a_pipe_as_signal_file_is_refused(tmp_path, wfdb_spec):
    header = wfdb_spec(counts_of(1)).write(tmp_path)
    (tmp_path / "rec.dat").unlink()
    os.mkfifo(tmp_path / "rec.dat")
    with pytest.raises(ReadError, match="device"):
        open_record(header)


def test_a_short_signal_file_is_said_and_a_very_short_one_refused(tmp_path, wfdb_spec):
    header = wfdb_spec(counts_of(2, 1000)).write(tmp_path)
    data = (tmp_path / "rec.dat").read_bytes()
    (tmp_path / "rec.dat").write_bytes(data[:2800])
    record = open_record(header)
    assert record.duration_s == pytest.approx(1.4)
    assert "700 of the 1,000 samples" in said(record)[0]
    np.testing.assert_array_equal(record.channels[1].counts(), counts_of(2, 1000)[1, :700])
    (tmp_path / "rec.dat").write_bytes(data[:1000])
    with pytest.raises(ReadError, match="250 of the 1,000 samples"):
        open_record(header)


def test_a_wrong_checksum_is_said(tmp_path, wfdb_spec):
    header = wfdb_spec(counts_of(2)).write(tmp_path)
    assert not said(open_record(header))
    data = bytearray((tmp_path / "rec.dat").read_bytes())
    data[3] ^= 1  # high byte of the first sample of II
    (tmp_path / "rec.dat").write_bytes(bytes(data))
    (warning,) = said(open_record(header))
    assert "checksum of II " in warning


def test_skewed_signal_has_no_invented_end(tmp_path, wfdb_spec):
    counts = counts_of(1, 999)
    line = "rec.dat 16x3:5 200/mV 16 0 0 0 0 II"
    header = wfdb_spec(counts, lines=[line], first_line="rec 1 100 333").write(tmp_path)
    values = open_record(header).channels[0].counts()
    np.testing.assert_array_equal(values[: 999 - 15], counts[0, 15:])
    assert (values[-15:] == MISSING).all()


def test_several_rates_in_one_record(shared):
    record = open_record(shared / "formats/wfdb/mixedsignals.hea")
    assert record.channels[0].rate_hz == pytest.approx(4 * 62.4725)
    assert record.channels[5].rate_hz == pytest.approx(62.4725)
    assert len({round(c.duration_s, 9) for c in record.channels}) == 1


class TestSegments:
    """Multi-segment records: header(5), "Segment specification lines"."""

    def write(self, folder, wfdb_spec, lines, gains=("1000(0)/mV", "1000(0)/mV"), labels=("I", "II")):
        a, b = counts_of(2, 500), counts_of(2, 700) + 3
        wfdb_spec(a, gain=gains[0]).write(folder, "s1")
        wfdb_spec(b, gain=gains[1], labels=labels).write(folder, "s2")
        total = sum(int(line.split()[1]) for line in lines)
        text = "\n".join([f"multi/{len(lines)} 2 500 {total}", *lines])
        (folder / "multi.hea").write_text(text, encoding="utf-8")
        return folder / "multi.hea", a, b

    def test_fixed_layout_joins_the_segments(self, tmp_path, wfdb_spec):
        header, a, b = self.write(tmp_path, wfdb_spec, ["s1 500", "s2 700"])
        record = open_record(header)
        assert record.gaps == ()
        np.testing.assert_array_equal(record.channels[0].counts(), np.concatenate([a[0], b[0]]))
        np.testing.assert_array_equal(record.channels[1].counts(450, 550), np.concatenate([a[1], b[1]])[450:550])

    def test_an_empty_segment_is_a_gap(self, tmp_path, wfdb_spec):
        header, _, b = self.write(tmp_path, wfdb_spec, ["s1 500", "~ 250", "s2 700"])
        record = open_record(header)
        assert record.gaps == (Gap(1.0, 1.5),)
        values = record.leads["I"].millivolts()
        assert np.isnan(values[500:750]).all()
        np.testing.assert_allclose(values[750:], b[0] / 1000)

    def test_variable_layout_follows_signals_by_name(self, tmp_path, wfdb_spec):
        (tmp_path / "lay.hea").write_text("lay 3 500 0\n~ 0 1000/mV 0 0 0 0 0 I\n~ 0 1000/mV 0 0 0 0 0 II\n"
                                          "~ 0 1000/mV 0 0 0 0 0 V5\n", encoding="utf-8")  # fmt: skip
        header, a, b = self.write(tmp_path, wfdb_spec, ["lay 0", "s1 500", "~ 100", "s2 700"], labels=("V5", "I"))
        record = open_record(header)
        assert list(record.leads)[:2] == ["I", "II"]
        values = record.leads["I"].millivolts()
        np.testing.assert_allclose(values, np.concatenate([a[0], np.full(100, np.nan), b[1]]) / 1000)
        assert np.isnan(record.leads["V5"].millivolts()[:600]).all()
        names, expected = wfdb_values(header)
        np.testing.assert_allclose(expected[names.index("I")], values)

    def test_gain_that_changes_between_segments_keeps_the_voltage_right(self, tmp_path, wfdb_spec):
        header, a, b = self.write(tmp_path, wfdb_spec, ["s1 500", "~ 5", "s2 700"], gains=("1000(0)/mV", "200(10)/mV"))
        values = open_record(header).leads["II"].millivolts()
        np.testing.assert_allclose(values, np.concatenate([a[1] / 1000, np.full(5, np.nan), (b[1] - 10) / 200]))

    def test_unit_that_changes_between_segments_is_refused(self, tmp_path, wfdb_spec):
        header, *_ = self.write(tmp_path, wfdb_spec, ["s1 500", "s2 700"], gains=("1000(0)/mV", "1(0)/uV"))
        with pytest.raises(ReadError, match="unit of the signal 'I' changes"):
            open_record(header)

    @pytest.mark.parametrize(
        ("lines", "problem"),
        [
            (["multi 500", "s2 700"], "names itself"),
            (["s1 500", "s3 700"], "'s3.hea' that it names is missing"),
            (["s1 500", "../s2 700"], "segment line"),
            (["s1 500", "s2 99999"], "holds 700 of the 99,999"),
            (["~ 500", "~ 700"], "empty"),
            (["s1 500", "~ 99999999999"], "days"),
        ],
    )
    def test_segments_that_cannot_be_trusted_are_refused(self, tmp_path, wfdb_spec, lines, problem):
        header, *_ = self.write(tmp_path, wfdb_spec, lines)
        with pytest.raises(ReadError, match=problem):
            open_record(header)

    def test_a_segment_of_segments_is_refused(self, tmp_path, wfdb_spec):
        self.write(tmp_path, wfdb_spec, ["s1 500", "s2 700"])
        (tmp_path / "outer.hea").write_text("outer/1 2 500 1200\nmulti 1200\n", encoding="utf-8")
        with pytest.raises(ReadError, match="made of segments itself"):
            open_record(tmp_path / "outer.hea")


class TestAnnotationFiles:
    """Files beside the record, annot(5)."""

    def record(self, tmp_path, wfdb_spec, extension="atr", **fields):
        header = wfdb_spec(counts_of(2)).write(tmp_path)
        samples = np.array([10, 1000, 200_000])
        marks = {"symbol": ["N", "V", "+"], "aux_note": ["", "", "(AFIB"], **fields}
        wfdb.wrann("rec", extension, samples, write_dir=str(tmp_path), **marks)
        return header

    def test_own_clock_of_an_annotation_file_is_used(self, tmp_path, wfdb_spec):
        record = open_record(self.record(tmp_path, wfdb_spec, fs=1000))
        assert [a.time_s for a in record.annotations] == [0.01, 1.0, 200.0]
        assert record.annotations[2].text == "(AFIB"

    def test_an_unknown_extension_counts_if_all_of_it_is_annotations(self, tmp_path, wfdb_spec):
        header = self.record(tmp_path, wfdb_spec, extension="mine")
        (tmp_path / "rec.other").write_bytes(b"just some text, not marks")
        record = open_record(header)
        assert {a.source for a in record.annotations} == {"mine"}
        assert not said(record)

    @pytest.mark.parametrize("damage", [lambda b: b[:-3], lambda b: b"\xff" * 41, lambda b: b[:3], lambda b: b""])
    def test_a_damaged_annotation_file_costs_only_the_annotations(self, tmp_path, wfdb_spec, damage):
        header = self.record(tmp_path, wfdb_spec)
        (tmp_path / "rec.atr").write_bytes(damage((tmp_path / "rec.atr").read_bytes()))
        record = open_record(header)
        assert record.annotations == ()
        assert "rec.atr is damaged" in said(record)[0]
        assert len(record.channels) == 2

    def test_annotation_of_a_channel_names_it(self, tmp_path, wfdb_spec):
        record = open_record(self.record(tmp_path, wfdb_spec, chan=np.array([1, 1, 9])))
        assert [a.channel for a in record.annotations] == [1, 1, None]


def test_a_record_that_changes_on_the_disk_is_not_read_on(tmp_path, wfdb_spec, monkeypatch):
    monkeypatch.setattr("cardio_desktop.io.wfdb_reader.EAGER_SAMPLES", 1000)
    monkeypatch.setattr(wfdb_store, "BLOCK_SAMPLES", 500)
    record = open_record(wfdb_spec(counts_of(2, 1000)).write(tmp_path))
    (tmp_path / "rec.dat").write_bytes(b"\0" * 4001)
    with pytest.raises(ReadError, match="has changed on the disk"):
        record.channels[0].counts(0, 100)


def test_report_counts_up_and_may_cancel(tmp_path, wfdb_spec):
    seen = []
    open_record(wfdb_spec(counts_of()).write(tmp_path), seen.append)
    assert seen == sorted(seen)
    assert seen[-1] == 100


@pytest.mark.parametrize("coding", ["latin-1", "utf-8"])
@pytest.mark.parametrize("own_name", [True, False])
def test_a_name_in_latin_1_bytes_opens_by_header_and_by_signal_file(tmp_path, wfdb_spec, own_name, coding):
    """Names of files are bytes; `coding` is that of the header's text, which names the signal file."""
    (tmp_path / "plain").mkdir()
    plain = wfdb_spec(counts_of(1)).write(tmp_path / "plain")
    expected = next(iter(open_record(plain).leads.values())).millivolts()
    raw = os.fsencode(tmp_path) + b"/M\xfcller"
    text = plain.read_text()
    text = text.replace("rec", "Müller") if own_name else text.replace("rec.dat", "Müller.dat")
    header = raw + b".hea" if own_name else os.fsencode(tmp_path / "rec.hea")
    for name, data in ((header, text.encode(coding)), (raw + b".dat", plain.with_suffix(".dat").read_bytes())):
        Path(os.fsdecode(name)).write_bytes(data)
    for name in (header, raw + b".dat"):
        record = open_record(Path(os.fsdecode(name)))
        assert np.array_equal(next(iter(record.leads.values())).millivolts(), expected)
    listed = [found for some in list_records(tmp_path, Listing()) for found in some]
    assert sorted(found.path for found in listed) == sorted([Path(os.fsdecode(header)), plain])
