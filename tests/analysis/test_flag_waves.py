"""Evidence within P, QRS, ST and T of a beat, and flags that name the wave."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cardio_desktop.analysis.flags import PARTS, evidence_by_beat, evidence_by_wave, flag_beats
from cardio_desktop.core.beat_waves import waves_of_beats
from cardio_desktop.core.findings import Beat, ClassScore, Evidence, Prediction, Wave, WindowScore
from cardio_desktop.core.leads import LEADS12
from cardio_desktop.simulate.record import simulate

CLASSES = ("NORM", "MI", "STTC", "CD", "HYP")
BEATS = tuple(Beat(0.6 + 0.8 * k) for k in range(11))
INSIDE = {"P": (-0.18, -0.08), "QRS": (-0.04, 0.05), "T": (0.15, 0.36)}
WAVES = tuple(
    Wave("global", name, beat.time_s + low, None, beat.time_s + high)
    for beat in BEATS
    for name, (low, high) in INSIDE.items()
)
MIDDLE = {"P": -0.13, "QRS": 0.0, "ST": 0.1, "T": 0.25}


def evidence(values: np.ndarray, bin_s: float) -> Evidence:
    zeros = np.zeros(len(CLASSES), dtype=np.float32)
    return Evidence(CLASSES, LEADS12, values.astype(np.float32), bin_s, 0.0, zeros, zeros.copy())


def planted(time_s: float, lead: str, bin_s: float = 0.02) -> Evidence:
    values = np.zeros((5, 12, round(10 / bin_s)))
    values[1, LEADS12.index(lead), int(time_s / bin_s)] = 1.0
    return evidence(values, bin_s)


def prediction() -> Prediction:
    scores = tuple(ClassScore(code, 0.0, 0.9 if code == "MI" else 0.02, 0.0) for code in CLASSES)
    return Prediction("test", "0", "0" * 64, (WindowScore(0.0, 10.0, {}),), scores)


def flags_of(beats, k):
    return [(flag.lead, flag.wave) for flag in beats[k].flags]


@given(
    seed=st.integers(0, 10_000),
    bin_s=st.sampled_from([0.02, 0.04, 0.08, 0.16]),
    kept=st.lists(st.booleans(), min_size=len(WAVES), max_size=len(WAVES)),
    shift_s=st.floats(-0.3, 0.3),
)
@settings(max_examples=40, deadline=None)
def test_waves_and_the_rest_add_up_to_the_beat(seed, bin_s, kept, shift_s):
    values = np.random.default_rng(seed).normal(size=(5, 12, round(10 / bin_s)))
    source = evidence(values, bin_s)
    waves = [wave for wave, keep in zip(WAVES, kept, strict=True) if keep]
    waves += [Wave("V2", w.wave, w.onset_s + shift_s, None, w.offset_s + shift_s) for w in waves]
    parts = evidence_by_wave(BEATS, source, waves)
    assert parts.shape == (len(BEATS), 5, 12, len(PARTS))
    np.testing.assert_allclose(parts.sum(axis=-1), evidence_by_beat(BEATS, source), atol=1e-9)


@pytest.mark.parametrize("wave", list(MIDDLE))
def test_a_flag_names_the_wave_that_carries_it(wave):
    source = planted(BEATS[4].time_s + MIDDLE[wave], "V3")
    assert flags_of(flag_beats(BEATS, source, prediction(), waves=WAVES), 4) == [("V3", wave)]


def test_each_part_holds_just_its_own():
    for wave, at_s in MIDDLE.items():
        parts = evidence_by_wave(BEATS, planted(BEATS[4].time_s + at_s, "V3"), WAVES)
        assert parts[4, 1, LEADS12.index("V3"), PARTS.index(wave)] == pytest.approx(1.0)
        assert np.abs(parts).sum() == pytest.approx(1.0)


def test_a_leads_own_waves_come_before_the_global_ones():
    beat = BEATS[4]
    late = (*WAVES, Wave("V3", "QRS", beat.time_s - 0.04, None, beat.time_s + 0.14))
    source = planted(beat.time_s + 0.1, "V3")
    assert flags_of(flag_beats(BEATS, source, prediction(), waves=late), 4) == [("V3", "QRS")]
    assert flags_of(flag_beats(BEATS, planted(beat.time_s + 0.1, "V4"), prediction(), waves=late), 4) == [("V4", "ST")]


def test_what_lies_between_waves_and_beats_without_waves_name_none():
    beat = BEATS[4]
    assert flags_of(flag_beats(BEATS, planted(beat.time_s + 0.45, "V3"), prediction(), waves=WAVES), 4) == [
        ("V3", None)
    ]
    others = [wave for wave in WAVES if not -0.3 < wave.onset_s - beat.time_s < 0.4]
    source = planted(beat.time_s + MIDDLE["ST"], "V3")
    assert flags_of(flag_beats(BEATS, source, prediction(), waves=others), 4) == [("V3", None)]
    assert flags_of(flag_beats(BEATS, source, prediction()), 4) == [("V3", None)]


@pytest.mark.parametrize("kind", ["normal", "anterior-mi", "lbbb"])
def test_every_beat_gets_its_own_waves(kind):
    truth = simulate(kind, duration_s=20.0)
    beats = [Beat(time_s) for time_s in truth.beats_s]
    owned = waves_of_beats(beats, truth.waves)
    for beat, own in zip(beats, owned, strict=True):
        if own.p is not None and own.qrs is not None:
            assert 0 < own.qrs.onset_s - own.p.onset_s < 0.25
        if own.qrs is not None:
            assert own.qrs.onset_s < beat.time_s < own.qrs.offset_s
        if own.t is not None and own.qrs is not None:
            assert own.t.offset_s - own.qrs.onset_s < 0.5
    whole = [own for own in owned if None not in (own.p, own.qrs, own.t)]
    assert len(whole) >= len(beats) - 2
    used = [wave for own in owned for wave in (own.p, own.qrs, own.t) if wave is not None]
    assert len(used) == len(set(map(id, used)))
    for own in whole:
        assert {"P", "QRS", "T"} <= own.spans().keys()  # a wide QRS may run straight into T
        spans = sorted(own.spans().values())
        assert all(a[1] <= b[0] + 1e-9 for a, b in pairwise(spans))
