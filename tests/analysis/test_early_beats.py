"""Supraventricular beats by their time alone: single ones, bigeminy, long runs, and what is none of these."""

import numpy as np

from cardio_desktop.analysis.beat_timing import timing_of
from cardio_desktop.analysis.early_beats import early_beats


def found(rr_s, ventricular=()):
    rr_s = np.array([np.nan, *rr_s])
    wide = np.zeros(rr_s.size, dtype=bool)
    wide[list(ventricular)] = True
    return np.flatnonzero(early_beats(rr_s, wide, timing_of(rr_s, ~wide))).tolist()


def jittered(rr_s, by, seed=3):
    rr_s = np.asarray(rr_s, dtype=float)
    return (rr_s * (1.0 + by * np.random.default_rng(seed).uniform(-1.0, 1.0, rr_s.size))).tolist()


def test_a_single_early_beat_is_found_and_a_slow_change_is_not():
    assert found(jittered([*[0.8] * 8, 0.5, 1.1, *[0.8] * 8], 0.02)) == [9]
    assert found([0.8 - 0.01 * k for k in range(20)]) == []


def test_in_bigeminy_every_second_beat_is_early_however_long_it_lasts():
    rr_s = jittered([1.0, 0.47] * 30, 0.06)
    assert found([*rr_s, 1.0]) == list(range(2, 61, 2))


def test_a_long_regular_run_is_early_to_its_last_beat():
    rr_s = jittered([*[0.85] * 20, *[0.48] * 100, *[0.85] * 20], 0.02)
    assert found(rr_s) == list(range(21, 121))


def test_a_fast_irregular_stretch_and_fibrillation_are_not_early():
    fast = np.random.default_rng(5).uniform(0.34, 0.6, 60).tolist()
    assert len(found([*[0.9] * 20, *fast, *[0.9] * 20])) <= 3
    assert len(found(np.random.default_rng(6).uniform(0.4, 1.2, 200).tolist())) <= 0.1 * 200


def test_a_rate_that_changes_at_once_but_stays_slow_is_no_run():
    assert len(found(jittered([*[1.0] * 20, *[0.75] * 60], 0.02))) <= 1


def test_what_a_block_lets_through_is_not_early():
    assert found([*[1.74] * 8, 0.88, 1.72, *[1.74] * 8]) == []


def test_a_beat_between_ventricular_ones_is_not_judged_by_their_intervals():
    rr_s = [*[0.8] * 6, 0.5, 1.1, *[0.8] * 4, 0.5, 1.1, *[0.8] * 4]
    assert found(rr_s, ventricular=(7, 13)) == []
