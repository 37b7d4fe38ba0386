"""A silence is a pause only where a lead proves that it was recorded."""

from dataclasses import replace

import numpy as np
import pytest

from cardio_desktop.analysis.pauses import unproven
from cardio_desktop.core.findings import Beat
from cardio_desktop.core.record import ArraySamples
from cardio_desktop.reading.pipeline import analyze
from cardio_desktop.simulate import NOISY, QUIET, Noise, simulate_rhythm


def paused():
    truth = simulate_rhythm("pause", length_s=4.0, duration_s=14.0)
    return truth, truth.events[0].start_s


def changed(record, start_s, end_s, what):
    channels = []
    for channel in record.channels:
        counts = channel.counts(0, len(channel.samples)).copy()
        first, stop = round(start_s * channel.rate_hz), round(end_s * channel.rate_hz)
        counts[first:stop] = what(counts[first:stop])
        channels.append(replace(channel, samples=ArraySamples(counts)))
    return replace(record, channels=tuple(channels))


def test_a_silence_with_the_usual_unrest_is_proven():
    truth, _ = paused()
    assert unproven(truth.record, truth.beats, 0.0, 14.0) == ()


def test_flat_or_drowned_in_noise_it_is_not():
    truth, at_s = paused()
    flat = changed(truth.record, at_s + 0.3, at_s + 3.8, lambda x: np.full_like(x, x[0]))
    (gap,) = unproven(flat, truth.beats, 0.0, 14.0)
    assert (gap.start_s, gap.end_s) == (truth.beats[3].time_s, truth.beats[4].time_s) or gap.end_s - gap.start_s > 3.5
    rng = np.random.default_rng(1)
    noisy = changed(truth.record, at_s + 0.3, at_s + 3.8, lambda x: (x + rng.normal(0, 200, x.size)).astype(x.dtype))
    assert len(unproven(noisy, truth.beats, 0.0, 14.0)) == 1


def test_one_lead_that_goes_on_is_enough():
    truth, at_s = paused()
    flat = changed(truth.record, at_s + 0.3, at_s + 3.8, lambda x: np.full_like(x, x[0]))
    channels = tuple(
        whole if whole.lead == "II" else part for whole, part in zip(truth.record.channels, flat.channels, strict=True)
    )
    assert unproven(replace(flat, channels=channels), truth.beats, 0.0, 14.0) == ()


def test_a_beat_that_was_not_counted_is_no_pause():
    truth = simulate_rhythm("sinus", duration_s=14.0)
    fewer = tuple(beat for k, beat in enumerate(truth.beats) if k not in (5, 6))
    assert len(unproven(truth.record, fewer, 0.0, 14.0)) == 1
    assert unproven(truth.record, (Beat(1.0),), 0.0, 14.0) != ()


@pytest.mark.parametrize("rate_hz", [100.0, 500.0])
@pytest.mark.parametrize("noise", [QUIET, Noise(white_mv=0.008, wander_mv=0.06, muscle_mv=0.015, mains_mv=0.01), NOISY])
def test_a_record_that_stands_still_most_of_the_time_is_told_so(noise: Noise, rate_hz: float) -> None:
    truth = simulate_rhythm("pause", length_s=6.5, duration_s=12.0, rate_hz=rate_hz, noise=noise)
    first = analyze(truth.record, None).critical[0]
    assert first.code in ("ASYSTOLE", "PAUSE")
    assert truth.events[0].start_s - 0.1 < first.start_s < first.end_s < truth.events[0].end_s + 0.1
    if noise is not NOISY:
        assert first.start_s == pytest.approx(truth.events[0].start_s, abs=0.1)
        assert (first.code, first.length_s) == ("ASYSTOLE", pytest.approx(6.5, abs=0.1))
