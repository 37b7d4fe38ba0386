"""P waves stay where atria beat and go where they fibrillate: traces put together of bumps, whose truth is known."""

import numpy as np
import pytest

from cardio_desktop.analysis.atrial import Stretch, atria_of, likeness, overall, without_false_p
from cardio_desktop.analysis.delineation import Segment

RATE_HZ = 250.0
LEADS = 8
SINUS = np.ones(12)
UNEVEN = np.array([0.9, 0.62, 1.04, 0.71, 0.58, 0.98, 0.80, 0.60, 1.10, 0.75, 0.66, 0.95])
"""RR as a share of the usual: `UNEVEN` changes as it does in fibrillation."""


def bump(time_s, centre_s, width_s, mv):
    return mv * np.exp(-0.5 * ((time_s - centre_s) / width_s) ** 2)


def trace(rr, pr_s, *, f_mv=0.0, p_mv=0.1, usual_s=0.85, seed=1):
    """Return (leads, segments, beats): QRS and T at each beat, P where `pr_s` says, f waves over all of it."""
    rng = np.random.default_rng(seed)
    beats = 0.6 + usual_s * np.concatenate([[0.0], np.cumsum(rr)])
    time_s = np.arange(0, beats[-1] + 0.7, 1 / RATE_HZ)
    gains = rng.uniform(0.5, 1.0, LEADS) * rng.choice([-1, 1], LEADS)
    one, segments = np.zeros(time_s.size), []
    for beat, pr in zip(beats, pr_s, strict=True):
        one += bump(time_s, beat, 0.012, 1.0) + bump(time_s, beat + 0.27, 0.04, 0.25)
        segments += [Segment("QRS", beat - 0.04, beat + 0.05, 1.0), Segment("T", beat + 0.16, beat + 0.38, 1.0)]
        if pr is not None:
            onset = beat - 0.04 - pr
            one += bump(time_s, onset + 0.045, 0.018, p_mv)
            segments.append(Segment("P", onset, onset + 0.09, 0.98 if f_mv == 0.0 else 0.8))
    waves = np.zeros((LEADS, time_s.size))
    for hz in (4.7, 5.6, 6.4, 7.3):
        phase = np.cumsum(rng.normal(0, 0.12, time_s.size)) + rng.uniform(0, 6, LEADS)[:, None]
        waves += f_mv / 2 * np.sin(2 * np.pi * hz * time_s + phase)
    mv = gains[:, None] * one + waves + rng.normal(0, 0.008, (LEADS, time_s.size))
    return mv, [sorted(segments, key=lambda s: s.onset_s)] * LEADS, beats


def p_count(segments) -> int:
    return sum(s.wave == "P" for s in segments[0])


def kept(mv, segments, beats, **more) -> int:
    return p_count(without_false_p(segments, atria_of(mv, RATE_HZ, segments, beats, **more)))


def test_bumps_that_a_delineator_took_for_p_are_none_where_atria_fibrillate():
    for pr_s in ([0.16, None, 0.29, None, None, 0.11, 0.22, None, 0.33, None, 0.12, 0.2, None], [None] * 13):
        assert kept(*trace(UNEVEN, pr_s, f_mv=0.08, p_mv=0.0)) == 0


def test_even_a_p_before_nearly_every_beat_is_none_if_no_two_are_alike():
    pr_s = [0.16, 0.14, 0.2, 0.12, 0.18, 0.2, 0.15, 0.13, 0.21, 0.17, None, 0.14, 0.16]
    assert kept(*trace(UNEVEN, pr_s, f_mv=0.1, p_mv=0.0)) == 0


@pytest.mark.parametrize("p_mv", [0.1, 0.04])
def test_sinus_arrhythmia_keeps_its_p_waves_low_ones_too(p_mv):
    breathing = 1 + 0.15 * np.sin(2 * np.pi * np.arange(12) / 4)
    assert kept(*trace(breathing, [0.16] * 13, p_mv=p_mv)) == 13


def test_the_most_irregular_rhythm_keeps_p_waves_that_are_alike():
    assert kept(*trace(UNEVEN, [0.16] * 13)) == 13


def test_wenckebach_keeps_p_waves_although_pr_grows():
    rr = np.array([1.0, 0.93, 0.88, 1.6] * 3)
    pr_s = [*([0.16, 0.22, 0.26, 0.29] * 3), 0.16]
    assert kept(*trace(rr, pr_s, usual_s=0.8)) == 13


def test_complete_block_keeps_p_waves_that_march_through():
    mv, segments, beats = trace(np.ones(9), [None] * 10, usual_s=1.5)
    time_s = np.arange(mv.shape[1]) / RATE_HZ
    marching = [s for s in np.arange(0.25, time_s[-1], 0.73) if np.abs(beats - s).min() > 0.12]
    for at_s in marching:
        mv = mv + bump(time_s, at_s, 0.018, 0.1)
    p = [Segment("P", s - 0.045, s + 0.045, 0.97) for s in marching]
    segments = [sorted([*segments[0], *p], key=lambda s: s.onset_s)] * LEADS
    assert kept(mv, segments, beats) == len(p)


def test_ventricular_beats_are_left_out_of_the_irregularity():
    rr = np.array([1.0, 0.6, 1.4, 1.0, 1.0, 0.55, 1.45, 1.0, 0.65, 1.35, 1.0, 1.0])
    pr_s = [0.16, 0.16, None, 0.16, 0.16, 0.16, None, 0.16, 0.16, None, 0.16, 0.16, 0.16]
    mv, segments, beats = trace(rr, pr_s, p_mv=0.05)
    assert kept(mv, segments, beats, ectopic=[pr is None for pr in pr_s]) == 10


def test_a_regular_rhythm_keeps_what_was_found_unless_the_network_is_sure():
    pr_s = [0.16, None, 0.31, None, None, 0.2, None, None, 0.3, None, None, None, None]
    mv, segments, beats = trace(SINUS, pr_s, f_mv=0.1, p_mv=0.0)
    assert kept(mv, segments, beats) == 4
    assert kept(mv, segments, beats, network={"AFIB": 0.99}) == 0


def test_the_network_alone_takes_no_p_waves_away():
    assert kept(*trace(SINUS, [0.16] * 13), network={"AFIB": 0.99}) == 13
    assert kept(*trace(UNEVEN, [0.16] * 13), network={"AFIB": 0.99}) == 13


def test_flutter_has_no_p_waves_and_the_network_alone_makes_none():
    pr_s = [0.16, None, None, 0.16] * 3 + [None]
    said = {"AFIB": 0.1, "AFLT": 0.8}
    mv, segments, beats = trace(SINUS, pr_s, p_mv=0.0)
    # Every fourth of the waves, 282 in a minute, is conducted.
    saw = 0.3 * (4.0 * (np.arange(mv.shape[1]) / RATE_HZ - beats[0]) / 0.85 % 1.0 - 0.5)
    assert kept(mv + saw, segments, beats, network=said) == 0
    assert kept(mv + saw, segments, beats) == 0
    for p_s in (pr_s, [0.16] * 13):
        assert kept(*trace(SINUS, p_s), network=said) == sum(pr is not None for pr in p_s)


def test_a_long_record_loses_p_waves_only_where_it_fibrillates():
    calm, wild = trace(np.ones(80), [0.16] * 81), trace(np.tile(UNEVEN, 7), [0.16, None, 0.25, None] * 21 + [0.1])
    fibrillating = trace(np.tile(UNEVEN, 7), [0.16, None, 0.25, None] * 21 + [0.1], f_mv=0.08, p_mv=0.0)
    length_s = calm[0].shape[1] / RATE_HZ
    mv = np.concatenate([calm[0], fibrillating[0]], axis=1)
    later = [Segment(s.wave, s.onset_s + length_s, s.offset_s + length_s, s.sure) for s in wild[1][0]]
    segments = [[*calm[1][0], *later]] * LEADS
    beats = np.concatenate([calm[2], fibrillating[2] + length_s])
    stretches = atria_of(mv, RATE_HZ, segments, beats)
    left = [s for s in without_false_p(segments, stretches)[0] if s.wave == "P"]
    assert len(stretches) > 6
    early = [s for s in calm[1][0] if s.wave == "P" and s.onset_s < length_s - 15]
    assert left[: len(early)] == early
    assert not any(s.onset_s > length_s + 15 for s in left)


def test_one_piece_at_either_end_is_no_episode():
    calm, wild = trace(np.ones(51), [0.16] * 52), trace(np.resize(UNEVEN, 19), [None] * 20, f_mv=0.1, p_mv=0.0)
    for first, second in ((calm, wild), (wild, calm)):
        length_s = first[0].shape[1] / RATE_HZ
        mv = np.concatenate([first[0], second[0]], axis=1)
        later = [Segment(s.wave, s.onset_s + length_s, s.offset_s + length_s, s.sure) for s in second[1][0]]
        beats = np.concatenate([first[2], second[2] + length_s])
        stretches = atria_of(mv, RATE_HZ, [[*first[1][0], *later]] * LEADS, beats)
        assert len(stretches) == 4
        assert not any(stretch.without_p for stretch in stretches)
    alone = atria_of(wild[0], RATE_HZ, wild[1], wild[2])
    assert [stretch.without_p for stretch in alone] == [True]


def test_single_missing_samples_of_leads_with_an_offset_change_nothing():
    breathing = 1 + 0.15 * np.sin(2 * np.pi * np.arange(12) / 4)
    mv, segments, beats = trace(breathing, [0.16] * 13)
    (whole,) = atria_of(mv, RATE_HZ, segments, beats)
    shifted = mv + 30.0
    for beat in beats[3:6]:
        shifted[:, round((beat - 0.15) * RATE_HZ)] = np.nan
    (found,) = atria_of(shifted, RATE_HZ, segments, beats)
    assert found.log_odds == pytest.approx(whole.log_odds, abs=0.2)


def test_likeness_is_one_for_the_same_and_nothing_for_noise():
    rng = np.random.default_rng(0)
    wave = rng.normal(size=(1, 4, 30))
    assert likeness(np.repeat(wave, 5, axis=0)) == pytest.approx(1.0)
    assert abs(likeness(rng.normal(size=(40, 4, 30)))) < 0.05
    assert likeness(np.repeat(wave, 2, axis=0)) is None
    assert likeness(np.zeros((5, 4, 30))) is None


def test_the_middle_piece_speaks_for_the_whole():
    assert overall([]) is None
    assert overall([Stretch(0, 15, -3.0), Stretch(15, 30, 2.0), Stretch(30, 45, -1.0)]) == Stretch(0, 45, -1.0)


def test_f_waves_that_lock_to_the_beats_are_no_p_waves_where_conduction_changes():
    cycle_s = 0.2  # 300 flutter waves a minute, conducted 3:1 to 5:1: alike before every beat, and never at rest
    rr_s = cycle_s * np.array([3, 4, 5, 3, 4, 3, 5, 4, 3, 5, 3, 4])
    mv, segments, beats = trace(rr_s / 0.85, [0.16] * 13, p_mv=0.0)
    time_s = np.arange(mv.shape[1]) / RATE_HZ
    saw = 0.15 * (((time_s - beats[0]) / cycle_s) % 1.0 - 0.5)
    flutter = mv + np.linspace(0.5, 1.0, LEADS)[:, None] * saw
    assert kept(flutter, segments, beats) == 0
    level, segments, beats = trace(rr_s / 0.85, [0.16] * 13, p_mv=0.1)
    assert kept(level, segments, beats) == 13  # as irregular, but at rest between T and P
