"""Rhythms that are known because they were made: intervals, P waves and ectopic beats put together."""

import numpy as np
import pytest

from cardio_desktop.analysis.atrial import Stretch
from cardio_desktop.analysis.events import events_of
from cardio_desktop.analysis.p_waves import p_waves_of
from cardio_desktop.analysis.pulse import pulse_of
from cardio_desktop.analysis.rhythm import rhythm_of
from cardio_desktop.core.findings import Beat, LeadAmplitudes, Measurements, Wave
from cardio_desktop.core.record import Gap
from cardio_desktop.words import say


def beats_at(times_s, kinds=None) -> tuple[Beat, ...]:
    kinds = kinds or ["normal"] * len(times_s)
    return tuple(Beat(float(t), kind) for t, kind in zip(times_s, kinds, strict=True))


def waves_of(beats, pr_s=0.16, p=True) -> list[Wave]:
    """Return global P (80 ms) and QRS (90 ms) of each beat."""
    out = []
    for beat, pr in zip(beats, np.broadcast_to(pr_s, len(beats)), strict=True):
        onset = beat.time_s - 0.045
        out.append(Wave("global", "QRS", onset, beat.time_s, onset + 0.09))
        if p:
            out.append(Wave("global", "P", onset - pr, onset - pr + 0.04, onset - pr + 0.08))
    return sorted(out, key=lambda wave: wave.onset_s)


def regular(rate_bpm, count=12):
    return beats_at(0.6 + 60.0 / rate_bpm * np.arange(count))


def irregular(mean_s=0.7, count=16, seed=0):
    return beats_at(0.5 + np.cumsum(np.random.default_rng(seed).uniform(0.6 * mean_s, 1.5 * mean_s, count)))


@pytest.mark.parametrize(
    ("rate_bpm", "code", "words"),
    [(44, "SBRAD", "Sinus bradycardia"), (72, "SR", "Sinus rhythm"), (120, "STACH", "Sinus tachycardia")],
)
def test_sinus_rhythms_are_named_by_their_rate(rate_bpm, code, words):
    beats = regular(rate_bpm)
    found = rhythm_of(beats, waves_of(beats))
    assert found.codes == (code,)
    assert found.statement == words
    assert found.confidence >= 0.85


def test_irregular_without_p_waves_is_fibrillation_and_with_them_is_not():
    beats = irregular()
    found = rhythm_of(beats, waves_of(beats, p=False))
    assert found.codes[0] == "AFIB"
    assert "no P waves" in map(say, found.details)
    assert "AFIB" not in rhythm_of(beats, waves_of(beats)).codes


def test_regular_without_p_waves_is_not_fibrillation():
    beats = regular(75)
    found = rhythm_of(beats, waves_of(beats, p=False))
    assert found.statement == "Regular rhythm without clear P waves, possibly junctional"


def test_without_delineation_less_is_said():
    found = rhythm_of(regular(72))
    assert "P waves not assessed" in found.statement
    assert found.confidence < 0.8
    assert "P waves were not looked for" in map(say, found.details)


def test_breathing_makes_sinus_arrhythmia():
    rr = 0.85 + 0.13 * np.sin(2 * np.pi * np.arange(14) / 5)
    beats = beats_at(0.6 + np.cumsum(rr))
    assert rhythm_of(beats, waves_of(beats)).codes == ("SARRH",)


def test_the_rate_of_fibrillation_is_part_of_its_name():
    fast = irregular(mean_s=0.45)
    assert "rapid ventricular response" in rhythm_of(fast, waves_of(fast, p=False)).statement


def test_long_pr_is_first_degree_block_and_carries_its_value():
    beats = regular(70)
    found = rhythm_of(beats, waves_of(beats, pr_s=0.26))
    assert "AVB1" in found.codes
    assert "PR 260 ms" in map(say, found.details)
    assert "AVB1" not in rhythm_of(beats, waves_of(beats, pr_s=0.18)).codes


def test_p_waves_without_beats_are_second_degree_block():
    p_times = 0.5 + 0.75 * np.arange(16)
    conducted = p_times[::2] + 0.2
    beats = beats_at(conducted)
    waves = waves_of(beats, pr_s=0.155)
    waves += [Wave("global", "P", t, t + 0.04, t + 0.08) for t in p_times[1::2]]
    found = rhythm_of(beats, sorted(waves, key=lambda wave: wave.onset_s))
    assert "AVB2" in found.codes


def test_a_few_stray_p_waves_among_hundreds_of_beats_are_no_block():
    beats = regular(70, 300)
    stray = [Wave("global", "P", t + 0.3, t + 0.34, t + 0.38) for t in (beats[40].time_s, beats[120].time_s)]
    waves = sorted([*waves_of(beats), *stray], key=lambda wave: wave.onset_s)
    assert "AVB2" not in rhythm_of(beats, waves).codes


def test_p_waves_and_beats_apart_are_complete_block():
    beats = beats_at(0.9 + 1.6 * np.arange(12))
    waves = waves_of(beats, p=False)
    waves += [Wave("global", "P", t, t + 0.04, t + 0.08) for t in 0.3 + 0.73 * np.arange(26)]
    found = rhythm_of(beats, sorted(waves, key=lambda wave: wave.onset_s))
    assert "AVB3" in found.codes


def test_ectopic_beats_and_their_patterns():
    def said(kinds):
        kinds = ["ventricular" if k == "V" else "supraventricular" if k == "S" else "normal" for k in kinds]
        beats = beats_at(0.6 + 0.8 * np.arange(len(kinds)), kinds)
        return rhythm_of(beats, waves_of(beats)).codes

    assert said("NNNNVNNNNN") == ("SR", "PVC")
    assert said("NNNVVNNNNN") == ("SR", "COUPLET")
    assert said("NNNVVVNNNN") == ("SR", "VRUN")
    assert said("NVNVNVNNNN") == ("SR", "BIGU")
    assert said("NNNSNNNNNN") == ("SR", "PAC")
    assert said("VVVVVVVVVV")[0] == "IVR"


def test_one_early_beat_does_not_make_a_rhythm_irregular():
    times = 0.6 + 0.8 * np.arange(12)
    times[5] -= 0.3
    kinds = ["supraventricular" if k == 5 else "normal" for k in range(12)]
    pulse = pulse_of(beats_at(times, kinds))
    assert pulse.rate_bpm == pytest.approx(75.0)
    assert pulse.change < 0.01


def test_paced_beats_make_a_paced_rhythm():
    beats = beats_at(0.6 + 0.85 * np.arange(10), ["paced"] * 10)
    assert rhythm_of(beats).codes == ("PACE",)
    assert rhythm_of(regular(70), paced=True).codes == ("PACE",)


def test_disagreement_with_the_network_is_said_and_lowers_confidence():
    beats = regular(72)
    agreed = rhythm_of(beats, waves_of(beats), {"SR": 0.95, "AFIB": 0.01})
    assert not any("disagrees" in detail for detail in map(say, agreed.details))
    other = rhythm_of(beats, waves_of(beats), {"SR": 0.05, "AFIB": 0.9, "NORM": 0.1})
    assert other.codes[0] == "SR"
    assert "the network disagrees: atrial fibrillation (90 %)" in map(say, other.details)
    assert other.confidence <= 0.6
    assert dict(other.network) == {"SR": 0.05, "AFIB": 0.9}


def test_flutter_of_the_ventricles_is_named_before_all_else():
    beats = regular(80)
    assert "VF" in rhythm_of(beats, waves_of(beats), flutter_s=[(12.0, 16.0)]).codes
    assert rhythm_of((), flutter_s=[(0.0, 9.0)]).statement == "Ventricular fibrillation or flutter"


def test_too_few_beats_have_no_rhythm():
    assert rhythm_of(regular(70, 3)) is None
    assert rhythm_of(()) is None


def test_a_gap_does_not_make_a_pause():
    times = np.concatenate([0.6 + 0.8 * np.arange(8), 20.0 + 0.8 * np.arange(8)])
    pulse = pulse_of(beats_at(times), [Gap(7.0, 19.5)])
    assert pulse.rate_bpm == pytest.approx(75.0)
    assert pulse.range_s < 0.01


def test_a_p_wave_counts_once_and_only_before_its_beat():
    beats = regular(72)
    atria = p_waves_of(beats, waves_of(beats))
    assert atria.share == 1.0
    assert atria.blocked == 0
    np.testing.assert_allclose(atria.pr_s, 0.16)
    late = [Wave("global", "P", b.time_s + 0.1, b.time_s + 0.14, b.time_s + 0.18) for b in beats]
    assert p_waves_of(beats, late).share == 0.0
    assert p_waves_of(beats, []) is None


def test_the_judged_atria_decide_and_fibrillation_has_no_early_beats():
    beats = beats_at(0.6 + 0.8 * np.arange(12), ["normal"] * 6 + ["supraventricular"] + ["normal"] * 5)
    waves = waves_of(beats, p=False)
    found = rhythm_of(beats, waves, atria=[Stretch(0.0, 10.0, 2.0)])
    assert found.codes == ("AFIB",)
    assert found.confidence == pytest.approx(0.88, abs=0.01)
    assert rhythm_of(beats, waves, atria=[Stretch(0.0, 10.0, -3.0, flutter=True)]).codes == ("AFLT",)
    assert rhythm_of(irregular(), waves_of(irregular(), p=False), atria=[Stretch(0.0, 10.0, -2.0)]).codes[0] != "AFIB"


@pytest.mark.parametrize(
    ("qrs_ms", "network", "code", "event"),
    [
        (170.0, {"CLBBB": 0.9}, "SVTAC", None),
        (170.0, {"CLBBB": 0.9, "AFLT": 0.8}, "AFLT", "AFL"),
        (95.0, {"CLBBB": 0.0}, "AFLT", "AFL"),
    ],
)
def test_flutter_between_broad_complexes_needs_the_networks_word(qrs_ms, network, code, event):
    beats = regular(115, 18)
    atria = [Stretch(0.0, 10.0, -2.0, flutter=True)]
    measured = Measurements(qrs_ms=qrs_ms, qrs_axis_deg=0.0, leads={"V1": LeadAmplitudes()})
    found = rhythm_of(beats, waves_of(beats, p=False), network, atria=atria, measured=measured)
    assert found.codes[0] == code
    told = {one.code for one in events_of(beats, 0.0, 10.0, rhythm=found, atria=atria)}
    assert told & {"AFL", "AF"} == ({event} if event else set())


def test_fibrillation_for_a_while_is_told_beside_the_rhythm():
    beats = regular(72, 60)
    calm = [Stretch(15.0 * k, 15.0 * k + 15.0, -4.0) for k in range(4)]
    found = rhythm_of(beats, waves_of(beats), atria=[*calm[:3], Stretch(45.0, 60.0, 3.0)])
    assert found.codes == ("SR", "AFIB")
    assert "atrial fibrillation for 15 s" in found.statement


@pytest.mark.parametrize(
    ("rate_bpm", "qrs_ms", "leads", "code"),
    [
        (180, 113.0, ("I", "II"), "WCT"),
        (180, 113.0, ("I", "II", "V1"), "SVTAC"),
        (180, 95.0, ("I", "II"), "SVTAC"),
        (125, 113.0, ("I", "II"), "SVTAC"),
    ],
)
def test_limb_leads_alone_do_not_make_a_very_fast_rhythm_narrow(rate_bpm, qrs_ms, leads, code):
    beats = regular(rate_bpm, 25)
    measured = Measurements(qrs_ms=qrs_ms, qrs_axis_deg=60.0, leads=dict.fromkeys(leads, LeadAmplitudes()))
    assert rhythm_of(beats, waves_of(beats, p=False), measured=measured).codes[0] == code


@pytest.mark.parametrize(
    ("pr_s", "said", "block"),
    [
        (0.260, 0.0, True),
        (0.260, None, True),
        (0.225, 0.15, True),
        (0.225, 0.01, False),
        (0.225, None, True),
        (0.205, 0.5, True),
        (0.205, 0.1, False),
        (0.205, None, False),
        (0.190, 0.9, False),
    ],
)
def test_the_network_decides_on_first_degree_block_only_near_its_limit(pr_s, said, block):
    beats = regular(70)
    network = None if said is None else {"1AVB": said}
    assert ("AVB1" in rhythm_of(beats, waves_of(beats, pr_s=pr_s), network).codes) is block


@pytest.mark.parametrize(
    ("rate_bpm", "network", "code", "name"),
    [
        (115, {"STACH": 0.6}, "STACH", "rhythm-TACH-no-P"),
        (115, {"STACH": 0.1}, "SVTAC", "rhythm-SVTAC-no-P"),
        (135, {"STACH": 0.9}, "SVTAC", "rhythm-SVTAC-no-P-2:1"),
        (150, None, "SVTAC", "rhythm-SVTAC-no-P-2:1"),
        (165, {"STACH": 0.9}, "SVTAC", "rhythm-SVTAC-no-P-2:1"),
        (190, {"STACH": 0.9}, "SVTAC", "rhythm-SVTAC-no-P"),
        (115, None, "SVTAC", "rhythm-SVTAC-no-P"),
        (62, {"AFIB": 0.7}, "AFIB", "rhythm-AFIB"),
        (62, {"AFIB": 0.3}, "JUNC", "rhythm-JUNC"),
    ],
)
def test_without_p_waves_the_networks_word_names_a_regular_rhythm(rate_bpm, network, code, name):
    beats = regular(rate_bpm, 16)
    found = rhythm_of(beats, waves_of(beats, p=False), network, atria=[Stretch(0.0, 10.0, -1.0)])
    assert found.codes[0] == code
    assert found.remark.values["basic"].code == name
    assert found.confidence < 0.8
