"""Pacing spikes of known time and size, added to real and simulated traces, and traces that have none."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from cardio_desktop.analysis.beats import detect_beats
from cardio_desktop.analysis.pacing import are_pacing, find_spikes, paced_beats, without_spikes
from cardio_desktop.analysis.seen import seen_in
from cardio_desktop.core.findings import Beat
from cardio_desktop.core.record import ArraySamples, Channel, Record
from cardio_desktop.reading.pipeline import analyze
from cardio_desktop.simulate import simulate
from cardio_desktop.words import say

LEADS = ("I", "II", "V1", "V2", "V3", "V4", "V5", "V6")
BEFORE_S = 0.12
"""From a spike to the peak of its beat: just before the broad complex begins."""
SHARE = (0.6, 1.0, -0.4, 0.5, 0.8, 1.0, 0.9, 0.7)


def as_record(leads_mv: np.ndarray, rate_hz: float) -> Record:
    channels = tuple(
        Channel(name, rate_hz, "mV", 1.0, 0.0, ArraySamples(row.astype(np.float64)), lead=name)
        for name, row in zip(LEADS, leads_mv, strict=True)
    )
    return Record(Path("made"), "array", channels)


def simulated(rate_hz: float, kind: str = "lbbb") -> tuple[np.ndarray, list[float]]:
    """Return the eight leads of a simulated record and the times of its beats."""
    made = simulate(kind, rate_hz=rate_hz, seed=3)
    return np.array([made.record.leads[name].millivolts() for name in LEADS]), list(made.beats_s)


def with_spikes(leads_mv: np.ndarray, rate_hz: float, times_s, size_mv: float, decay: bool = False) -> np.ndarray:
    """Return the leads with a spike of 2 ms at each time; `decay` lets it fade as unipolar ones do."""
    out = leads_mv.copy()
    for time_s in times_s:
        first = round(time_s * rate_hz)
        shape = np.exp(-np.arange(12) / (0.006 * rate_hz)) if decay else np.ones(max(round(0.002 * rate_hz), 1))
        part = out[:, first : first + shape.size]
        part += size_mv * np.array(SHARE)[:, None] * shape[: part.shape[1]]
    return out


@pytest.mark.parametrize("rate_hz", [250.0, 360.0, 500.0, 1000.0])
@pytest.mark.parametrize("size_mv", [0.5, 1.0, 3.0])
@pytest.mark.parametrize("decay", [False, True])
def test_spikes_before_the_complex_are_found_where_they_are(rate_hz, size_mv, decay):
    leads, beats_s = simulated(rate_hz)
    truth = [time_s - BEFORE_S for time_s in beats_s if 0.3 < time_s < 9.5]
    record = as_record(with_spikes(leads, rate_hz, truth, size_mv, decay), rate_hz)
    spikes = find_spikes(record, 0.0, record.duration_s)
    assert [s.start_s for s in spikes] == pytest.approx(truth, abs=0.006)


@pytest.mark.parametrize(
    ("rate_hz", "size_mv", "decay"), [(250.0, 0.5, False), (500.0, 1.0, True), (1000.0, 3.0, False)]
)
def test_a_spike_is_no_beat_and_the_beats_behind_spikes_are_paced(rate_hz, size_mv, decay):
    leads, beats_s = simulated(rate_hz)
    truth = [time_s - BEFORE_S for time_s in beats_s if 0.3 < time_s < 9.5]
    record = as_record(with_spikes(leads, rate_hz, truth, size_mv, decay), rate_hz)
    findings = analyze(record, None)
    times = np.array([beat.time_s for beat in findings.beats])
    assert times.size == pytest.approx(len(beats_s), abs=1)
    assert not any(abs(time_s - spike_s) < 0.015 for time_s in times for spike_s in truth)
    paced = sum(beat.kind == "paced" for beat in findings.beats)
    assert paced >= len(truth) - 1
    assert findings.rhythm is not None
    assert "PACE" in findings.rhythm.codes
    assert any("pacing spikes in" in reason for reason in map(say, findings.quality.reasons))


def test_the_record_without_its_spikes_is_the_one_before_they_were_added():
    leads, beats_s = simulated(500.0)
    truth = [time_s - BEFORE_S for time_s in beats_s if 0.3 < time_s < 9.5]
    record = as_record(with_spikes(leads, 500.0, truth, 2.0), 500.0)
    bare = without_spikes(record, find_spikes(record, 0.0, record.duration_s))
    for k, name in enumerate(LEADS):
        assert np.abs(bare.leads[name].millivolts() - leads[k]).max() < 0.1
    # Reading a part gives the same as reading the whole.
    lead = bare.leads["II"]
    whole = lead.millivolts()
    first = round(truth[2] * 500.0)
    for start in range(first - 3, first + 4):
        assert lead.millivolts(start, start + 2) == pytest.approx(whole[start : start + 2])


def test_a_beat_whose_spike_is_not_seen_is_paced_like_those_of_its_shape():
    leads, beats_s = simulated(500.0)
    truth = [time_s - BEFORE_S for time_s in beats_s if 0.3 < time_s < 9.5]
    unseen = truth[:4] + truth[5:]
    seen = seen_in(as_record(with_spikes(leads, 500.0, unseen, 1.0), 500.0), (), 0.0, 10.0)
    beat = next(b for b in seen.typed(()) if abs(b.time_s - truth[4] - BEFORE_S) < 0.05)
    assert beat.kind == "paced"


def test_at_100_hz_nothing_is_said_of_spikes():
    leads, beats_s = simulated(100.0)
    record = as_record(with_spikes(leads, 100.0, [time_s - BEFORE_S for time_s in beats_s[1:-1]], 3.0), 100.0)
    assert find_spikes(record, 0.0, record.duration_s) == ()


@pytest.mark.parametrize("kind", ["normal", "lbbb", "anterior-mi"])
def test_a_simulated_heart_without_a_pacemaker_has_no_spikes(kind):
    leads, _ = simulated(500.0, kind)
    assert find_spikes(as_record(leads, 500.0), 0.0, 10.0) == ()


def test_mains_and_one_loose_electrode_are_no_pacemaker():
    leads, _ = simulated(500.0, "normal")
    hum = leads + 0.3 * np.sin(2 * np.pi * 50.0 * np.arange(leads.shape[1]) / 500.0)
    assert find_spikes(as_record(hum, 500.0), 0.0, 10.0) == ()
    loose = leads.copy()
    loose[3, np.random.default_rng(1).integers(50, 4900, 12)] += 2.0
    assert find_spikes(as_record(loose, 500.0), 0.0, 10.0) == ()


def test_spikes_at_random_times_in_all_leads_belong_to_no_pacemaker():
    leads, beats_s = simulated(500.0, "normal")
    rng = np.random.default_rng(5)
    beats = [Beat(time_s) for time_s in beats_s]
    called = 0
    for _ in range(20):
        record = as_record(with_spikes(leads, 500.0, np.sort(rng.uniform(0.2, 9.8, 10)), 1.0), 500.0)
        called += are_pacing(find_spikes(record, 0.0, 10.0), beats)
    assert called <= 1


def test_atrial_spikes_make_no_ventricular_beat_paced_and_two_chambers_do():
    beats = [Beat(time_s) for time_s in np.arange(1.0, 9.0, 0.8)]
    leads, _ = simulated(500.0, "normal")
    atrial = [beat.time_s - 0.24 for beat in beats]
    one = find_spikes(as_record(with_spikes(0 * leads, 500.0, atrial, 1.0), 500.0), 0.0, 10.0)
    assert are_pacing(one, beats)
    assert not paced_beats(one, beats).any()
    both = sorted(atrial + [beat.time_s - 0.07 for beat in beats])
    two = find_spikes(as_record(with_spikes(0 * leads, 500.0, both, 1.0), 500.0), 0.0, 10.0)
    assert are_pacing(two, beats)
    assert paced_beats(two, beats).all()


def test_a_gap_beside_a_spike_stays_a_gap():
    leads, beats_s = simulated(500.0)
    truth = [time_s - BEFORE_S for time_s in beats_s if 0.3 < time_s < 9.5]
    record = as_record(with_spikes(leads, 500.0, truth, 2.0), 500.0)
    spikes = find_spikes(record, 0.0, 10.0)
    holes = []
    for channel in record.channels:
        samples = channel.samples.read(0, 5000)
        samples[round(truth[1] * 500.0) - 5 :] = np.nan
        holes.append(dataclasses.replace(channel, samples=ArraySamples(samples)))
    bare = without_spikes(dataclasses.replace(record, channels=tuple(holes)), spikes)
    assert np.isnan(bare.leads["II"].millivolts(round(truth[1] * 500.0))).all()


def test_in_real_records_pacemakers_are_seen_and_nobody_else_gets_one(shared):
    from cardio_desktop.evaluation.validate.intervals import as_record as ludb_record
    from cardio_desktop.io.ludb import read_ludb

    seen, alarms, paced = 0, [], 0
    for number in read_ludb(shared / "ludb"):
        record = ludb_record(number)
        spikes = find_spikes(record, 0.0, record.duration_s)
        called = bool(spikes) and are_pacing(spikes, detect_beats(without_spikes(record, spikes)))
        if number.labels["pacing"]:
            paced += 1
            seen += called
        elif called:
            alarms.append(number.number)
    assert paced == 8
    assert seen >= 7
    assert alarms == []
