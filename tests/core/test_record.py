"""The record: counts to millivolts, gaps, derived leads, and what is drawn."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cardio_desktop.core.record import (
    MISSING,
    ArraySamples,
    Channel,
    GappedSamples,
    Record,
)

PROPERTY = settings(max_examples=100, deadline=None, derandomize=True)


def channel(label, values, lead=None, rate_hz=500.0, unit="mV", gain=1000.0, baseline=0.0, missing=None):
    samples = ArraySamples(np.asarray(values), missing)
    return Channel(label, rate_hz, unit, gain, baseline, samples, lead)


def record(*channels):
    return Record(Path("x.hea"), "WFDB", tuple(channels))


@pytest.mark.parametrize(
    ("unit", "factor"), [("mV", 1.0), ("uV", 1e-3), ("µV", 1e-3), ("V", 1e3), ("nV", 1e-6), ("MV", 1.0)]
)
def test_counts_become_millivolts_by_gain_baseline_and_unit(unit, factor):
    one = channel("I", np.array([1024, 1224, 824], dtype=np.int16), unit=unit, gain=200.0, baseline=1024.0)
    np.testing.assert_allclose(one.millivolts(), np.array([0.0, 1.0, -1.0]) * factor)


def test_a_pressure_is_no_voltage():
    pressure = channel("ABP", [1, 2], unit="mmHg")
    assert not pressure.is_voltage
    with pytest.raises(ValueError, match="mmHg"):
        pressure.millivolts()
    assert record(pressure).traces == {}


def test_the_files_marker_of_absent_samples_becomes_nan():
    one = channel("I", np.array([5, -32768, 7], dtype=np.int16), missing=-32768)
    assert one.counts().tolist() == [5, MISSING, 7]
    assert np.isnan(one.physical()).tolist() == [False, True, False]


def test_counts_are_locked():
    values = np.arange(4)
    one = channel("I", values)
    with pytest.raises(ValueError, match="read-only"):
        values[0] = 9
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.label = "II"
    with pytest.raises(ValueError, match="one-dimensional"):
        ArraySamples(np.zeros((2, 2)))


def test_float_samples_keep_their_nan():
    one = channel("I", np.array([0.5, np.nan], dtype=np.float32), gain=1.0)
    np.testing.assert_array_equal(one.physical(), [0.5, np.nan])


@st.composite
def gapped(draw):
    """Draw pieces with gaps between them, and the array that they must read as."""
    parts, whole, place = [], [], 0
    for _ in range(draw(st.integers(0, 6))):
        gap, size = draw(st.integers(0, 9)), draw(st.integers(1, 20))
        values = np.arange(place, place + size, dtype=np.int32)
        whole += [MISSING] * gap + values.tolist()
        parts.append((place + gap, ArraySamples(values)))
        place += gap + size
    tail = draw(st.integers(0, 5))
    return GappedSamples(tuple(parts), place + tail), np.array(whole + [MISSING] * tail, dtype=np.int32)


@PROPERTY
@given(gapped(), st.integers(-5, 200), st.integers(-5, 200))
def test_any_part_of_a_gapped_signal_is_that_part_of_the_whole(case, start, stop):
    samples, whole = case
    assert len(samples) == len(whole)
    np.testing.assert_array_equal(samples.read(0, len(samples)), whole)
    np.testing.assert_array_equal(samples.read(start, stop), whole[max(start, 0) : max(stop, 0)])


def test_a_gap_among_float_pieces_is_nan():
    pieces = ((1, ArraySamples(np.array([0.5, 0.25]))), (5, ArraySamples(np.array([2.0]))))
    values = GappedSamples(pieces, 7).read(0, 7)
    np.testing.assert_array_equal(values, [np.nan, 0.5, 0.25, np.nan, np.nan, 2.0, np.nan])
    one = Channel("I", 1.0, "mV", 1.0, 0.0, GappedSamples(pieces, 7))
    np.testing.assert_array_equal(one.physical(3, 5), [np.nan, np.nan])


def test_limb_leads_are_derived_where_two_are_stored():
    one, two = np.array([100, -50]), np.array([300, 20])
    rec = record(channel("i", one, "I"), channel("ii", two, "II"), channel("v1", [1, 2], "V1"))
    assert list(rec.leads) == ["I", "II", "III", "aVR", "aVL", "aVF", "V1"]
    assert rec.derived_leads == ("III", "aVR", "aVL", "aVF")
    assert rec.has_twelve
    np.testing.assert_allclose(rec.leads["III"].millivolts(), (two - one) / 1000)
    np.testing.assert_allclose(rec.leads["aVR"].millivolts(), -(one + two) / 2000)
    np.testing.assert_allclose(rec.leads["aVL"].millivolts(), (one - two / 2) / 1000)
    np.testing.assert_allclose(rec.leads["aVF"].millivolts(), (two - one / 2) / 1000)
    np.testing.assert_allclose(rec.traces["-aVR"].millivolts(), (one + two) / 2000)
    assert "-aVR" not in rec.drawable
    assert rec.source_leads == ("i", "ii", "v1")


@pytest.mark.parametrize(("stored", "derived"), [(("I", "III"), "II"), (("II", "III"), "I")])
def test_third_lead_and_one_other_give_the_missing_one(stored, derived):
    values = {"I": np.array([100, 7]), "III": np.array([40, -9])}
    values["II"] = values["I"] + values["III"]
    rec = record(*(channel(name, values[name], name) for name in stored))
    np.testing.assert_allclose(rec.leads[derived].millivolts(), values[derived] / 1000)
    np.testing.assert_allclose(rec.leads["aVF"].millivolts(), (values["II"] + values["III"]) / 2000)
    assert not rec.leads[derived].stored


def test_stored_leads_are_never_replaced_by_derived_ones():
    rec = record(channel("I", [1], "I"), channel("II", [2], "II"), channel("aVR", [77], "aVR"))
    assert rec.leads["aVR"].stored
    assert rec.leads["aVR"].millivolts().tolist() == [0.077]


def test_leads_of_different_rates_are_not_combined():
    rec = record(channel("I", [1, 2], "I", rate_hz=250.0), channel("II", [1, 2, 3, 4], "II", rate_hz=500.0))
    assert list(rec.leads) == ["I", "II"]
    assert not rec.has_twelve


def test_leads_in_different_units_are_combined_in_millivolts():
    rec = record(channel("I", [100], "I", unit="uV", gain=1.0), channel("II", [300], "II"))
    np.testing.assert_allclose(rec.leads["III"].millivolts(), [0.3 - 0.1])


def test_a_sample_that_one_lead_lacks_is_lacking_in_the_derived_lead():
    rec = record(channel("I", [1, -9, 3], "I", missing=-9), channel("II", [4, 5, 6], "II"))
    assert np.isnan(rec.leads["III"].millivolts()).tolist() == [False, True, False]


def test_other_ecg_leads_are_shown_but_not_other_signals():
    rec = record(channel("MLII", [1]), channel("V5", [2], "V5"), channel("RESP", [3]), channel("ABP", [4], unit="mmHg"))
    assert list(rec.traces) == ["V5", "MLII"]


def test_voltages_without_a_known_name_are_shown_rather_than_nothing():
    assert list(record(channel("sig0", [1]), channel("sig1", [2])).traces) == ["sig0", "sig1"]


def test_doubled_names_are_told_apart():
    rec = record(channel("II", [1], "II"), channel("II", [2], "II"), channel("ECG", [3]), channel("ECG", [4]))
    assert list(rec.traces) == ["II", "II (2)", "ECG", "ECG (2)"]
    assert rec.traces["II (2)"].millivolts().tolist() == [0.002]


def test_a_stretch_of_time_starts_at_the_first_sample_in_it():
    lead = record(channel("I", np.arange(1000), "I")).leads["I"]
    start_s, values = lead.between(0.999, 1.01)
    assert start_s == 1.0
    np.testing.assert_allclose(values, np.arange(500, 505) / 1000)
    assert lead.between(-1.0, 0.004)[1].tolist() == [0.0, 0.001]
    assert len(lead.between(5.0, 6.0)[1]) == 0


def test_duration_and_rate_are_those_of_the_longest_and_fastest():
    rec = record(channel("I", np.zeros(500, int), "I"), channel("RESP", np.zeros(250, int), rate_hz=125.0))
    assert rec.duration_s == 2.0
    assert rec.rate_hz == 500.0
    assert record().rate_hz == 0


def test_what_a_lead_keeps_cannot_be_changed_by_those_who_read_it():
    channel = Channel("I", 500.0, "mV", 1000.0, 0.0, ArraySamples(np.arange(1000, dtype=np.int16)), lead="I")
    lead = Record(Path("made"), "made", (channel,)).leads["I"]
    for _ in range(3):
        read = lead.millivolts()
        assert np.array_equal(read, np.arange(1000) / 1000.0)
        read[:] = 7.0
    assert np.array_equal(lead.millivolts(10, 20), np.arange(10, 20) / 1000.0)


def test_a_lead_that_is_read_stays_what_it_was():
    """What was read last is held apart: a lead's own attributes never change, whoever reads it."""
    one = record(channel("I", np.arange(200, dtype=np.int16), lead="I")).leads["I"]
    before = dict(vars(one))
    first = one.millivolts(10, 60)
    again = one.millivolts(10, 60)
    one.between(0.0, 0.1)
    assert vars(one).keys() == before.keys()
    assert all(vars(one)[name] is value for name, value in before.items())
    np.testing.assert_array_equal(first, again)
    again[:] = 7.0
    np.testing.assert_array_equal(one.millivolts(10, 60), first)  # a reader's own copy is nobody else's
