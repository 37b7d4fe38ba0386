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


def test_a_silence_at_an_end_of_the_record_is_told_with_what_was_seen_of_it():
    truth = simulate_rhythm("pause", at_s=5.0, length_s=7.0, duration_s=12.5)
    (pause,) = truth.events

    def events(low_s: float, high_s: float) -> list[tuple[str, float, float]]:
        parts = tuple(
            replace(c, samples=ArraySamples(c.counts(round(low_s * c.rate_hz), round(high_s * c.rate_hz))))
            for c in truth.record.channels
        )
        found = analyze(replace(truth.record, channels=parts), None).events
        return [(e.code, e.start_s + low_s, e.end_s + low_s) for e in found if e.code in ("PAUSE", "ASYSTOLE")]

    begin_s = pause.start_s
    assert events(0.0, begin_s + 6.5) == [
        ("ASYSTOLE", pytest.approx(begin_s, abs=0.1), pytest.approx(begin_s + 6.5, abs=0.01))
    ]
    assert events(0.0, begin_s + 3.0) == [
        ("PAUSE", pytest.approx(begin_s, abs=0.1), pytest.approx(begin_s + 3.0, abs=0.01))
    ]
    assert events(0.0, begin_s + 1.9) == []


def test_what_is_silent_after_fibrillation_is_told_and_the_fibrillation_is_not() -> None:
    fibrillates = simulate_rhythm("vf", rate_hz=250.0, duration_s=28.0, start_s=12.0)
    paused = simulate_rhythm("pause", rate_hz=250.0, duration_s=26.0, at_s=4.0, length_s=10.0)
    silent_s = paused.events[0].start_s + 0.6
    channels = tuple(
        replace(
            one, samples=ArraySamples(np.concatenate([one.counts(0, 7000), two.counts(round(silent_s * 250), 6500)]))
        )
        for one, two in zip(fibrillates.record.channels, paused.record.channels, strict=True)
    )
    found = analyze(replace(fibrillates.record, channels=channels), None).events
    (silence,) = [event for event in found if event.code in ("PAUSE", "ASYSTOLE")]
    assert silence.code == "ASYSTOLE"
    assert silence.start_s == pytest.approx(28.0, abs=2.0)
    assert silence.end_s == pytest.approx(28.0 + paused.events[0].end_s - silent_s, abs=0.1)
