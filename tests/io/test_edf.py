"""EDF and BDF files: values equal pyedflib's, gaps lie where the time-keeping annotations put them."""

import re
import subprocess
import sys
from datetime import date, datetime, time

import edfio
import numpy as np
import pyedflib
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from cardio_desktop.core.errors import ReadError
from cardio_desktop.core.record import MISSING, Gap, Patient
from cardio_desktop.io import edf_store, open_record
from cardio_desktop.io.edf_reader import patient_from
from cardio_desktop.words import say


def said(record) -> tuple[str, ...]:
    return tuple(map(say, record.warnings))


PROPERTY = settings(
    max_examples=80, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def pyedflib_values(path):
    with pyedflib.EdfReader(str(path)) as reader:
        values = [reader.readSignal(i) for i in range(reader.signals_in_file)]
        return reader.getSignalLabels(), reader.getSampleFrequencies(), values


def assert_equals_pyedflib(path, record=None):
    record = record or open_record(path)
    labels, rates_hz, values = pyedflib_values(path)
    assert [c.label for c in record.channels] == [label.strip() for label in labels]
    for channel, rate_hz, expected in zip(record.channels, rates_hz, values, strict=True):
        assert channel.rate_hz == pytest.approx(rate_hz)
        scale = np.abs(expected).max(initial=1)
        np.testing.assert_allclose(channel.physical(), expected, rtol=1e-9, atol=1e-9 * scale)


@pytest.mark.parametrize("name", ["made_12lead_EDFplusC.edf", "sample.edf", "test_generator.bdf", "test_subsecond.edf"])
def test_values_equal_pyedflibs(shared, name):
    assert_equals_pyedflib(shared / "formats/edf" / name)


def test_discontinuous_file_has_its_gaps_in_time_and_the_same_samples(shared, tmp_path):
    plain = open_record(shared / "formats/edf/made_12lead_EDFplusC.edf")
    record = open_record(shared / "formats/edf/made_12lead_EDFplusD.edf")
    assert record.gaps == (Gap(4.0, 64.0), Gap(67.0, 3607.0))
    for ours, theirs in zip(record.channels, plain.channels, strict=True):
        counts = ours.counts()
        np.testing.assert_array_equal(counts[counts != MISSING], theirs.counts())
        np.testing.assert_array_equal(ours.counts(64 * 500, 67 * 500), theirs.counts(4 * 500, 7 * 500))


@PROPERTY
@given(data=st.data(), width=st.sampled_from([2, 3]), unit=st.sampled_from(["uV", "mV", "V", "nV"]))
def test_every_unit_and_range_comes_back_as_written(tmp_path, edf_spec, edf_signal, data, width, unit):
    top = 2 ** (8 * width - 1)
    records = data.draw(st.integers(1, 5))
    record_s = data.draw(st.sampled_from(["1", "0.5", "10"]))
    signals = []
    for label in data.draw(st.sampled_from([["I"], ["EKG II", "V1"], ["Lead aVR", "SpO2", "V6-REF"]])):
        low, high = sorted(data.draw(st.lists(st.integers(-top, top - 1), min_size=2, max_size=2, unique=True)))
        physical = data.draw(
            st.sampled_from([("-5000", "5000"), ("-3.2768", "3.2767"), ("8711", "-8711"), ("0", "1e3")])
        )
        shape = (records, data.draw(st.integers(1, 30)) * 10)
        counts = data.draw(hnp.arrays(np.int32, shape, elements=st.integers(low, high), fill=st.just(low)))
        signals.append(edf_signal(counts, label, unit, physical, (str(low), str(high)), "HP:0.05Hz"))
    path = tmp_path / ("rt.edf" if width == 2 else "rt.bdf")
    path.write_bytes(edf_spec(signals, record_s, width).to_bytes())
    record = open_record(path)
    assert not [warning for warning in said(record) if "unusual for an ECG" not in warning]
    for channel, signal in zip(record.channels, signals, strict=True):
        flat = signal.counts.ravel()
        np.testing.assert_array_equal(channel.counts(), flat)
        low, high = map(float, signal.physical)
        digital_low, digital_high = map(int, signal.digital)
        expected = low + (flat - digital_low) * (high - low) / (digital_high - digital_low)
        np.testing.assert_allclose(channel.physical(), expected, rtol=1e-9, atol=1e-9 * max(abs(low), abs(high)))
        factor = {"uV": 1e-3, "mV": 1.0, "V": 1e3, "nV": 1e-6}[unit]
        np.testing.assert_allclose(channel.millivolts(), channel.physical() * factor)
        assert channel.prefilter == "HP:0.05Hz"
        assert channel.duration_s == pytest.approx(records * float(record_s))
    assert_equals_pyedflib(path, record)


@pytest.mark.parametrize("width", [2, 3])
def test_file_written_by_edfio_is_read_alike(tmp_path, width):
    rng = np.random.default_rng(1)
    kind, writer = (edfio.EdfSignal, edfio.Edf) if width == 2 else (edfio.BdfSignal, edfio.Bdf)
    signals = [kind(rng.normal(0, 1, 2560), 256, label=f"ECG {name}", physical_dimension="mV") for name in ("I", "II")]
    file = writer(
        signals,
        annotations=[edfio.EdfAnnotation(1.5, 0.25, "pause")],
        recording=edfio.Recording(startdate=date(2020, 1, 1)),
        starttime=time(7, 8, 9, 500000),
    )
    path = tmp_path / "x.edf"
    file.write(path)
    record = open_record(path)
    for channel, signal in zip(record.channels, signals, strict=True):
        np.testing.assert_allclose(channel.physical(), signal.data, rtol=1e-9, atol=1e-9)
    (note,) = record.annotations
    assert (note.time_s, note.duration_s, note.text) == (pytest.approx(1.5), 0.25, "pause")
    assert record.start_time == datetime(2020, 1, 1, 7, 8, 9, 500000)
    assert list(record.leads) == ["I", "II", "III", "aVR", "aVL", "aVF"]


def test_annotations_equal_edfios(shared):
    path = shared / "formats/edf/test_subsecond.edf"
    theirs = edfio.read_edf(path).annotations
    ours = open_record(path).annotations
    assert [(round(a.time_s, 6), a.text) for a in ours] == [(round(a.onset, 6), a.text) for a in theirs]


def test_reading_in_parts_gives_the_whole(tmp_path, twelve_leads, monkeypatch):
    path = tmp_path / "x.bdf"
    path.write_bytes(twelve_leads(width=3).to_bytes())
    whole = [channel.counts() for channel in open_record(path).channels]
    for block_bytes in (1, 9000, 1 << 20):  # below one data record: read sample by sample from the disk
        monkeypatch.setattr(edf_store, "BLOCK_BYTES", block_bytes)
        monkeypatch.setattr(edf_store, "CACHED_BLOCKS", 2)
        for channel, counts in zip(open_record(path).channels, whole, strict=True):
            for start, stop in ((0, 1000), (1, 2), (99, 101), (950, 1200), (500, 500), (-5, 3)):
                np.testing.assert_array_equal(channel.counts(start, stop), counts[max(start, 0) : stop])


class TestTimeKeeping:
    """EDF+ 2.2.4: the first annotation of each data record says when it starts."""

    def write(self, tmp_path, twelve_leads, **changes):
        path = tmp_path / "x.edf"
        path.write_bytes(twelve_leads(**changes).to_bytes())
        return path

    def test_gap_of_one_sample_is_kept(self, tmp_path, twelve_leads):
        onsets = [f"+{i}" for i in range(5)] + [f"+{i}.01" for i in range(5, 10)]
        record = open_record(self.write(tmp_path, twelve_leads, reserved="EDF+D", onsets=onsets))
        assert record.gaps == (Gap(5.0, 5.01),)
        counts = record.channels[0].counts()
        assert np.flatnonzero(counts == MISSING).tolist() == [500]

    def test_start_within_the_first_second(self, tmp_path, twelve_leads):
        onsets = [f"+{i}.25" for i in range(10)]
        notes = {0: "+0.75\x14early\x14\0"}
        record = open_record(self.write(tmp_path, twelve_leads, onsets=onsets, notes=notes))
        assert record.start_time == datetime(2021, 3, 2, 4, 5, 6, 250000)
        assert record.annotations[0].time_s == 0.5
        assert record.gaps == ()

    def test_continuous_file_whose_onsets_jump_shows_the_gap_and_says_so(self, tmp_path, twelve_leads):
        onsets = [f"+{i}" for i in range(6)] + [f"+{i + 30}" for i in range(6, 10)]
        record = open_record(self.write(tmp_path, twelve_leads, onsets=onsets))
        assert record.gaps == (Gap(6.0, 36.0),)
        assert "calls itself continuous" in said(record)[0]

    @pytest.mark.parametrize("onset", ["+7.5", "+3", "-1"])
    def test_data_records_that_overlap_are_refused(self, tmp_path, twelve_leads, onset):
        onsets = [f"+{i}" for i in range(8)] + [onset, "+9"]
        with pytest.raises(ReadError, match="before the one before it ends"):
            open_record(self.write(tmp_path, twelve_leads, reserved="EDF+D", onsets=onsets))

    def test_lost_start_times_of_a_discontinuous_file_are_refused(self, tmp_path, twelve_leads):
        onsets = [f"+{i}" for i in range(8)] + ["xx", "+9"]
        with pytest.raises(ReadError, match="data record 9"):
            open_record(self.write(tmp_path, twelve_leads, reserved="EDF+D", onsets=onsets))

    def test_lost_start_times_of_a_continuous_file_are_said(self, tmp_path, twelve_leads):
        onsets = [f"+{i}" for i in range(8)] + ["xx", "+9"]
        record = open_record(self.write(tmp_path, twelve_leads, onsets=onsets))
        assert record.duration_s == 10
        assert any("taken as continuous" in warning for warning in said(record))

    def test_gaps_without_an_annotations_signal_are_refused(self, tmp_path, twelve_leads):
        with pytest.raises(ReadError, match="says that it has gaps but not where"):
            open_record(self.write(tmp_path, twelve_leads, reserved="EDF+D", onsets=None))

    def test_a_gap_of_months_is_refused(self, tmp_path, twelve_leads):
        onsets = [f"+{i}" for i in range(9)] + ["+5000000"]
        with pytest.raises(ReadError, match="58 days"):
            open_record(self.write(tmp_path, twelve_leads, reserved="EDF+D", onsets=onsets))

    def test_annotation_with_duration_text_and_accents(self, tmp_path, twelve_leads):
        notes = {2: "+2.5\x150.5\x14Müdigkeit\x14second\x14\0"}
        first, second = open_record(self.write(tmp_path, twelve_leads, notes=notes)).annotations
        assert (first.time_s, first.duration_s, first.text) == (2.5, 0.5, "Müdigkeit")
        assert second.text == "second"

    def test_damaged_annotation_costs_only_itself(self, tmp_path, twelve_leads):
        notes = {2: "2.5\x14no sign\x14\0", 3: "+3.5\x14fine\x14\0"}
        record = open_record(self.write(tmp_path, twelve_leads, notes=notes))
        assert [a.text for a in record.annotations] == ["fine"]
        assert "1 damaged annotation" in said(record)[0]


def poke(raw: bytes, place: int, text: str, size: int = 8) -> bytes:
    return raw[:place] + text.encode("latin-1").ljust(size) + raw[place + size :]


# Places of the fields of the first of 13 signals.
LABEL, PHYSICAL_MIN, PHYSICAL_MAX, DIGITAL_MIN, DIGITAL_MAX, PER_RECORD = (
    256 + 13 * n for n in (0, 104, 112, 120, 128, 216)
)


@pytest.mark.parametrize(
    ("place", "text", "problem"),
    [
        (PER_RECORD, "-500", "-500"),
        (PER_RECORD, "99999999", "99999999"),
        (252, "0   ", "0 signals"),
        (252, "9999", "9999 signals"),
        (252, "12  ", "3584"),
        (184, "256", "256"),
        (236, "99999999", "99,999,999"),
        (244, "0", "last 0 s"),
        (244, "-1", "-1 s"),
        (244, "1e9", "1e+09"),
        (244, "one", "one"),
    ],
)
def test_a_number_that_cannot_be_trusted_is_refused_with_its_value(tmp_path, twelve_leads, place, text, problem):
    path = tmp_path / "x.edf"
    path.write_bytes(poke(twelve_leads().to_bytes(), place, text, 4 if place == 252 else 8))
    with pytest.raises(ReadError) as error:
        open_record(path)
    assert problem in str(error.value)
    assert str(error.value).startswith("x.edf: ")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("place", "text", "problem"),
    [
        (PHYSICAL_MIN, "-5000,0", "-5000,0"),
        (PHYSICAL_MIN, "", "''"),
        (PHYSICAL_MIN, "5000", "both 5000"),
        (PHYSICAL_MIN, "nan", "nan"),
        (PHYSICAL_MIN, "inf", "inf"),
        (PHYSICAL_MIN, "1e999", "1e999"),
        (PHYSICAL_MIN, "0x10", "0x10"),
        (PHYSICAL_MAX, "-5000", "both -5000"),
        (DIGITAL_MIN, "32767", "32767"),
        (DIGITAL_MIN, "32768", "32768"),
        (DIGITAL_MIN, "1.5", "1.5"),
        (DIGITAL_MAX, "", "''"),
        (PER_RECORD, "0", "is 0"),
        (LABEL, "-", "not used"),
        (DIGITAL_MIN, "99999", "from 99999 to 32767"),
    ],
)
def test_an_unusable_channel_is_left_out_and_the_others_are_exact(tmp_path, twelve_leads, place, text, problem):
    raw = twelve_leads().to_bytes()
    for name, data in (("good.edf", raw), ("x.edf", poke(raw, place, text, 16 if place == LABEL else 8))):
        (tmp_path / name).write_bytes(data)
    good = {channel.label: channel.physical() for channel in open_record(tmp_path / "good.edf").channels}
    if place == PER_RECORD:  # the samples of the first channel are no longer there
        spec = twelve_leads()
        spec.signals[0].counts = spec.signals[0].counts[:, :0]
        (tmp_path / "x.edf").write_bytes(spec.to_bytes())
    record = open_record(tmp_path / "x.edf")
    assert [channel.label for channel in record.channels] == list(good)[1:]
    for channel in record.channels:
        np.testing.assert_array_equal(channel.physical(), good[channel.label])
    (warning,) = said(record)
    assert "signal 1 (" in warning
    assert "left out" in warning
    assert problem in warning


def test_a_file_without_a_usable_channel_is_refused_with_the_reason(tmp_path, edf_spec, edf_signal):
    path = tmp_path / "x.edf"
    signals = [edf_signal(np.zeros((2, 10), int), "ECG I", digital=("5", "5")) for _ in range(2)]
    path.write_bytes(edf_spec(signals).to_bytes())
    with pytest.raises(ReadError, match=r"signal 1 .*from 5 to 5"):
        open_record(path)


@pytest.mark.parametrize("claimed", ["0", "-7"])
def test_a_number_of_data_records_that_cannot_be_is_counted_anew(tmp_path, twelve_leads, claimed):
    path = tmp_path / "x.edf"
    path.write_bytes(poke(twelve_leads().to_bytes(), 236, claimed))
    record = open_record(path)
    assert record.duration_s == 10
    (warning,) = said(record)
    assert "the 10 that the file holds" in warning


def test_fields_padded_with_nul_are_read(tmp_path, twelve_leads):
    raw = twelve_leads(onsets=None, reserved="").to_bytes()
    (tmp_path / "good.edf").write_bytes(raw)
    head = raw[: 256 * 13]
    padded = re.sub(rb" {2,}", lambda run: b"\0" * len(run[0]), head)
    (tmp_path / "x.edf").write_bytes(padded + raw[len(head) :])
    for ours, theirs in zip(
        open_record(tmp_path / "x.edf").channels, open_record(tmp_path / "good.edf").channels, strict=True
    ):
        assert (ours.label, ours.unit, ours.lead) == (theirs.label, theirs.unit, theirs.lead)
        np.testing.assert_array_equal(ours.physical(), theirs.physical())


@pytest.mark.parametrize("unit", ["µV", "μV", "uVolt", "µvolts"])
def test_microvolts_are_read_however_they_are_written(tmp_path, edf_spec, edf_signal, unit):
    path = tmp_path / "x.edf"
    signals = [edf_signal(np.full((2, 100), 100), "II", "#" * len(unit.encode()), ("-1000", "1000"), ("-1000", "1000"))]
    path.write_bytes(edf_spec(signals).to_bytes().replace(b"#" * len(unit.encode()), unit.encode()))
    record = open_record(path)
    np.testing.assert_allclose(record.leads["II"].millivolts(), 0.1)
    assert said(record) == ()


def test_the_month_is_read_in_any_case_and_gives_the_age(tmp_path, twelve_leads):
    path = tmp_path / "x.edf"
    path.write_bytes(
        twelve_leads(patient="7 F 01-Jun-1950 X", recording="Startdate 02-May-1977 X X X", date="02.05.77").to_bytes()
    )
    record = open_record(path)
    assert record.start_time.year == 1977
    assert record.patient.age_years == 26
    assert said(record) == ()


@pytest.mark.parametrize(
    ("patient", "recording", "date", "age", "doubt"),
    [
        ("7 F 01-JUN-1850 X", "Startdate 02-MAY-1977 X X X", "02.05.77", None, "age 126 in the file cannot be"),
        ("7 F 01-JUN-1950 X", "Startdate 02-MAY-2084 X X X", "02.05.84", None, "2084-05-02 lies in the future"),
        ("7 F 01-JUN-1980 X", "Startdate 02-MAY-1977 X X X", "02.05.77", None, "1980-06-01 lies after the recording"),
    ],
)
def test_what_cannot_be_is_doubted(tmp_path, twelve_leads, patient, recording, date, age, doubt):
    path = tmp_path / "x.edf"
    path.write_bytes(twelve_leads(patient=patient, recording=recording, date=date).to_bytes())
    record = open_record(path)
    assert record.patient.age_years == age
    assert doubt in said(record)[0]


@pytest.mark.parametrize(
    ("date", "time"), [("00.00.00", "04.05.06"), ("02:03:21", "04.05.06"), ("02.03.21", "24.00.00"), ("", "")]
)
def test_bad_date_costs_only_the_start_time(tmp_path, twelve_leads, date, time):
    path = tmp_path / "x.edf"
    path.write_bytes(twelve_leads(date=date, time=time).to_bytes())
    record = open_record(path)
    assert record.start_time is None
    assert "start time" in said(record)[0]
    assert record.duration_s == 10


@pytest.mark.parametrize(
    ("date", "recording", "year"),
    [
        ("02.03.21", "", 2021),
        ("02.03.85", "", 1985),
        ("02.03.84", "", 2084),
        ("02.03.50", "Startdate 02-MAR-1950 X X X", 1950),
    ],
)
def test_years_are_those_of_edf_and_edf_plus(tmp_path, twelve_leads, date, recording, year):
    path = tmp_path / "x.edf"
    path.write_bytes(twelve_leads(date=date, recording=recording).to_bytes())
    start = open_record(path).start_time
    assert start is not None
    assert start.year == year


def test_2_1_3_3_an_unknown_start_date_is_not_the_year_1985(tmp_path, twelve_leads):
    path = tmp_path / "x.edf"
    path.write_bytes(twelve_leads(date="01.01.85", recording="Startdate X X X X").to_bytes())
    record = open_record(path)
    assert record.start_time is None
    assert said(record) == ()


def test_patient_and_device_of_edf_plus(tmp_path, twelve_leads):
    path = tmp_path / "x.edf"
    path.write_bytes(twelve_leads(patient="MCH-0234567 F 02-MAY-1951 Haagse_Harry").to_bytes())
    record = open_record(path)
    assert record.patient == Patient("MCH-0234567", "Haagse Harry", "female", 69.0, "1951-05-02")
    assert record.device == "Recorder 7"


@pytest.mark.parametrize("field", ["Müller", "0815", "a b c d e", "X Q 02-MAY-1951 Y", "X F 31-FEB-1951 Y", "X X X"])
def test_a_patient_field_that_is_no_edf_plus_is_not_interpreted(field):
    patient = patient_from(field)
    assert patient.age_years is None
    assert patient.birth_date is None


def test_name_in_latin_1_is_read_and_said(tmp_path, twelve_leads):
    path = tmp_path / "x.edf"
    path.write_bytes(twelve_leads(patient="X F 02-MAY-1951 Müller").to_bytes())
    record = open_record(path)
    assert record.patient.name == "Müller"
    assert "Latin-1" in said(record)[0]


def test_micro_sign_in_the_unit(tmp_path, edf_spec, edf_signal):
    path = tmp_path / "x.edf"
    path.write_bytes(edf_spec([edf_signal(np.full((2, 10), 32767), unit="µV")]).to_bytes())
    np.testing.assert_allclose(open_record(path).leads["I"].millivolts(), 5.0)


class TestLengths:
    """What the header claims against what the file holds."""

    @pytest.fixture
    def raw(self, twelve_leads):
        return twelve_leads().to_bytes()

    def size(self, raw):
        return (len(raw) - 256 * 14) // 10

    def test_truncated_file_shows_its_whole_records_and_says_so(self, tmp_path, raw):
        path = tmp_path / "x.edf"
        path.write_bytes(raw[: 256 * 14 + int(7.5 * self.size(raw))])
        record = open_record(path)
        assert record.duration_s == 7
        assert "truncated" in said(record)[0]
        assert "first 7 of 10 s" in said(record)[0]

    def test_mostly_missing_file_is_refused(self, tmp_path, raw):
        path = tmp_path / "x.edf"
        path.write_bytes(raw[: 256 * 14 + 3 * self.size(raw)])
        with pytest.raises(ReadError, match="3 of the 10 data records"):
            open_record(path)

    @pytest.mark.parametrize("length", [1, 100, 255, 256, 3000, 256 * 14, 256 * 14 + 100])
    def test_file_that_ends_in_its_header_is_refused(self, tmp_path, raw, length):
        path = tmp_path / "x.edf"
        path.write_bytes(raw[:length])
        with pytest.raises(ReadError):
            open_record(path)

    def test_recording_that_was_not_closed_is_read_by_its_size(self, tmp_path, raw):
        path = tmp_path / "x.edf"
        path.write_bytes(poke(raw, 236, "-1"))
        record = open_record(path)
        assert record.duration_s == 10
        assert "not closed" in said(record)[0]

    def test_bytes_behind_the_end_are_said(self, tmp_path, raw):
        path = tmp_path / "x.edf"
        path.write_bytes(raw + b"x" * 77)
        record = open_record(path)
        assert record.duration_s == 10
        assert "77 bytes follow" in said(record)[0]


def test_a_file_that_changes_on_the_disk_is_not_read_on(tmp_path, twelve_leads):
    path = tmp_path / "x.edf"
    raw = twelve_leads(onsets=None, reserved="").to_bytes()
    path.write_bytes(raw)
    record = open_record(path)
    path.write_bytes(raw[:5000])
    with pytest.raises(ReadError, match="has changed on the disk"):
        record.channels[0].counts()


def test_a_day_of_three_leads_stays_on_the_disk(tmp_path, edf_spec, edf_signal):
    path = tmp_path / "day.edf"
    tiny = edf_spec([edf_signal(np.zeros((1, 250), int), name) for name in ("I", "II", "V1")], n_records="86400")
    header = tiny.to_bytes()[: 256 * 4]
    second = np.arange(750, dtype="<i2").tobytes()
    with path.open("wb") as file:
        file.write(header)
        for _ in range(86400 // 400):
            file.write(second * 400)
    code = f"""
from cardio_desktop.io import open_record
import numpy
from tests.memory import peak_kib, reset_peak_kib
before = reset_peak_kib()
record = open_record({str(path)!r})
assert record.duration_s == 86400
part = record.channels[1].counts(86399 * 250, 86400 * 250)
assert part.tolist() == list(range(250, 500))
print(peak_kib() - before)
"""
    grown_kib = int(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)
    assert grown_kib < 20_000
