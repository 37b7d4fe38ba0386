"""Pacing spikes at 100 Hz: simulated at 1000 Hz, and brought down with the filter that band-limited resampling has."""

import numpy as np
import pytest
from scipy.signal import resample_poly

from cardio_desktop.analysis.beats import search_beats
from cardio_desktop.analysis.ringing import Ringing, ringing, ringing_in, without_spike_beats
from cardio_desktop.analysis.seen import seen_in
from cardio_desktop.core.findings import Beat
from cardio_desktop.reading.pipeline import analyze, load_models
from cardio_desktop.simulate import NOISY, simulate_rhythm

FINE_HZ, SECONDS = 1000, 12
AT = 0.7 + 0.857 * np.arange(13)
GAINS = {"I": 0.5, "II": 1.0, "V1": -0.8, "V2": -0.9, "V4": 0.8, "V5": 1.0}


def leads_mv(spike_mv, before_s=0.02, width_s=0.03, noise_mv=0.002):
    """Return leads at 100 Hz with broad complexes, each after a spike of 2 ms; those of an atrium stand earlier."""
    t = np.arange(SECONDS * FINE_HZ) / FINE_HZ
    rng = np.random.default_rng(1)
    out = {}
    for name, gain in GAINS.items():
        mv = sum(gain * np.exp(-0.5 * ((t - at - 0.05) / width_s) ** 2) for at in AT)
        mv = mv - sum(0.3 * gain * np.exp(-0.5 * ((t - at - 0.35) / 0.06) ** 2) for at in AT)
        for at in AT:
            mv[round((at - before_s) * FINE_HZ) :][:2] += 10.0 * spike_mv * gain
        out[name] = resample_poly(mv, 1, 10) + noise_mv * rng.standard_normal(SECONDS * 100)
    return out


@pytest.mark.parametrize(("spike_mv", "paced"), [(1.0, True), (0.0, False)])
def test_spikes_ring_and_their_absence_does_not(record_of, spike_mv, paced):
    record = record_of(leads_mv(spike_mv), 100.0)
    beats = search_beats(record).beats
    found = ringing_in(record, beats, 0.0, record.duration_s)
    assert found.is_paced() == paced
    assert found.is_paced(0.2) == paced
    assert (analyze(record, None).rhythm.codes[0] == "PACE") == paced


def test_the_networks_word_is_weighed(record_of):
    weak = Ringing(0.85, 0.01)
    assert weak.is_paced(0.9)
    assert not weak.is_paced(0.01)
    assert not weak.is_paced()


def test_narrow_complexes_ring_themselves_and_are_paced_only_by_the_networks_word_or_by_height():
    sharp = Ringing(0.98, 0.018)
    assert sharp.is_paced(0.2, 150.0)
    assert not sharp.is_paced(0.2, 95.0)
    assert sharp.is_paced(0.5, 95.0)
    assert Ringing(0.98, 0.05).is_paced(0.2, 95.0)


def test_nothing_faster_than_a_pacemaker_is_paced():
    assert Ringing(0.98, 0.05).is_paced(0.2, 160.0, 120.0)
    assert not Ringing(0.98, 0.05).is_paced(0.2, 160.0, 150.0)


@pytest.mark.parametrize("shape", [1, 2])
def test_ventricular_tachycardia_in_noise_at_100_hz_is_not_paced(shape):
    truth = simulate_rhythm(
        "vt", rate_hz=100.0, noise=NOISY, seed=2, duration_s=12.0, shape=shape, rate_bpm=150.0 if shape == 2 else 187.0
    )
    found = analyze(truth.record, load_models())
    assert found.rhythm.codes[0] in ("VT", "WCT")
    assert {event.code for event in found.events} & {"VT", "WCT"}


def test_a_spike_that_was_counted_is_no_beat(record_of):
    record = record_of(leads_mv(2.0, before_s=0.2), 100.0)
    counted = [Beat(float(t)) for at in AT for t in (at - 0.2, at + 0.05)]
    found = ringing_in(record, counted, 0.0, record.duration_s)
    kept = without_spike_beats(counted, found)
    assert [beat.time_s for beat in kept] == pytest.approx((AT + 0.05).tolist())
    assert len(seen_in(record, (), 0.0, record.duration_s).beats) == len(AT)


def test_beats_without_spikes_are_left_alone():
    beats = [Beat(float(t)) for t in AT]
    assert without_spike_beats(beats, Ringing(0.99, 0.05, tuple(AT))) == tuple(beats)


def test_other_rates_and_short_traces_are_not_judged(record_of):
    leads = leads_mv(1.0)
    assert ringing_in(record_of(leads, 250.0), [Beat(float(t)) for t in AT], 0.0, 4.0) is None
    assert ringing_in(record_of(leads, 100.0), [Beat(1.0)], 0.0, 10.0) is None
    assert ringing(np.zeros((2, 50)), 4) is None
    assert ringing(np.zeros((2, 1000)), 10).is_paced() is False
