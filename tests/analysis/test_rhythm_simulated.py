"""Rhythms that the simulator wrote down, read by the whole program without the network: what was put in comes out."""

from dataclasses import replace

import numpy as np
import pytest

from cardio_desktop.core.beat_waves import waves_of_beats
from cardio_desktop.core.record import ArraySamples
from cardio_desktop.reading.pipeline import analyze, load_models
from cardio_desktop.simulate import RHYTHMS, Noise, simulate, simulate_rhythm

TREMBLING = Noise(white_mv=0.008, wander_mv=0.06, muscle_mv=0.012)


def read(kind, *, rate_hz=500.0, duration_s=12.0, seed=1, noise=None, **options):
    truth = simulate_rhythm(kind, rate_hz=rate_hz, duration_s=duration_s, seed=seed, noise=noise or Noise(), **options)
    return truth, analyze(truth.record, None)


def codes(found):
    return {event.code for event in found.events}


SWEEP = [(rate, pr) for rate in (40, 60, 80, 100, 120) for pr in (0.12, 0.16, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6)]


@pytest.mark.parametrize(("rate_bpm", "pr_s"), SWEEP)
def test_rhythm_pr_and_drawn_p_agree_at_every_rate_and_pr(rate_bpm, pr_s):
    truth = simulate("normal", rate_bpm=rate_bpm, pr_s=pr_s)
    found = analyze(truth.record, None)
    drawn = [w.pr_s for w in waves_of_beats(found.beats, found.waves) if w.pr_s is not None]
    rhythm, pr_ms = found.rhythm, found.measurements.pr_ms
    said = [detail.values["pr_ms"] for detail in rhythm.details if "pr_ms" in detail.values]
    if pr_ms is None:
        assert not said
        assert "AVB1" not in rhythm.codes
        assert not {"SR", "SBRAD", "STACH", "SARRH"} & set(rhythm.codes)
        assert "pr_ms" in found.measurements.not_measured
        return
    assert said == [pytest.approx(pr_ms)]
    assert ("AVB1" in rhythm.codes) == (pr_ms > 210.0)
    assert len(drawn) >= 0.5 * len(found.beats) - 1
    assert 1000.0 * np.median(drawn) == pytest.approx(pr_ms, abs=12.0)
    # Where T leaves room before P, what is found is the truth.
    if pr_s < 60.0 / rate_bpm - truth.heart.qt_s(60.0 / rate_bpm) - 0.05:
        assert pr_ms == pytest.approx(1000.0 * pr_s, abs=25.0)


@pytest.mark.parametrize("rate_bpm", [40, 60, 80])
@pytest.mark.parametrize("pr_s", [0.2, 0.3, 0.35])
def test_long_pr_is_found(rate_bpm, pr_s):
    found = analyze(simulate("normal", rate_bpm=rate_bpm, pr_s=pr_s).record, None)
    assert found.measurements.pr_ms == pytest.approx(1000.0 * pr_s, abs=25.0)


@pytest.mark.parametrize("rate_hz", [100.0, 250.0, 500.0, 1000.0])
@pytest.mark.parametrize("shape", [0, 1, 2])
def test_a_wide_tachycardia_without_p_waves_is_named_at_any_sampling_rate(rate_hz, shape):
    truth, found = read("vt", rate_hz=rate_hz, shape=shape, rate_bpm=170.0, noise=TREMBLING)
    assert {"VT", "WCT"} & codes(found)
    assert found.critical[0].code in ("VT", "WCT")
    assert abs(len(found.beats) - len(truth.beats)) <= 1
    assert found.critical[0].values["rate_bpm"] == pytest.approx(170.0, abs=4.0)


def test_a_run_has_its_begin_end_and_rate():
    truth, found = read("vt", start_s=4.0, beats=6)
    (run,) = [event for event in found.critical if event.code == "VT"]
    own = [beat.time_s for beat in truth.beats if beat.kind == "ventricular"]
    assert run.start_s == pytest.approx(own[0], abs=0.06)
    assert run.end_s == pytest.approx(own[-1], abs=0.06)
    assert run.values["beats"] == 6


def test_fibrillating_ventricles_come_first():
    _, found = read("vf")
    assert found.critical[0].code == "VF"


@pytest.mark.parametrize(("kind", "code"), [("wenckebach", "AVB2"), ("avb2", "AVB2"), ("avb3", "AVB3")])
@pytest.mark.parametrize("rate_hz", [100.0, 500.0])
def test_blocks_are_named(kind, code, rate_hz):
    _, found = read(kind, rate_hz=rate_hz)
    assert code in found.rhythm.codes
    assert code in {event.code for event in found.critical}


@pytest.mark.parametrize("length_s", [2.1, 3.0, 5.0])
def test_a_pause_is_told_with_its_time_and_length(length_s):
    truth, found = read("pause", length_s=length_s, duration_s=14.0)
    (pause,) = [event for event in found.critical if event.code == "PAUSE"]
    assert pause.start_s == pytest.approx(truth.events[0].start_s, abs=0.08)
    assert pause.values["length_s"] == pytest.approx(length_s, abs=0.05)


def test_failing_capture_is_told_where_it_happens():
    truth, found = read("paced", failing=4)
    missed = [event.start_s for event in truth.events]
    told = [event.start_s for event in found.critical if event.code == "PACE_FAIL"]
    assert told == pytest.approx([t for t in missed if t < found.beats[-1].time_s], abs=0.02)
    assert found.rhythm.codes[0] == "PACE"


@pytest.mark.parametrize(("pattern", "code"), [("NV", "BIGEMINY"), ("NNNNNVV", "COUPLET")])
def test_patterns_of_ectopic_beats(pattern, code):
    truth, found = read("ectopy", pattern=pattern)
    assert code in codes(found)
    assert [b.kind for b in found.beats][:-1] == [b.kind for b in truth.beats][: len(found.beats) - 1]


@pytest.mark.parametrize("kind", ["sinus", "junctional", "avb1"])
def test_quiet_rhythms_have_nothing_critical(kind):
    _, found = read(kind, noise=TREMBLING)
    assert not {e.code for e in found.critical} - {"BRADY"}


def test_st_that_rises_and_falls_is_an_episode_of_the_same_beats():
    truth, found = read("st", duration_s=70.0)
    (up,) = [event for event in found.events if event.code == "ST_UP"]
    assert up.start_s == pytest.approx(truth.events[0].start_s, abs=4.0)
    assert up.end_s == pytest.approx(truth.events[0].end_s, abs=4.0)
    assert {"V2", "V3"} <= set(up.leads)
    assert not any(beat.kind == "ventricular" for beat in found.beats)


def test_flutter_with_room_between_the_complexes_is_named():
    _, found = read("flutter", conduction=(4,), duration_s=10.0)
    assert found.rhythm.codes[0] == "AFLT"
    assert found.measurements.pr_ms is None


def without_chest(record):
    """Return the record with electrodes on the limbs only: V1 to V6 are flat."""
    chest = {f"V{k}" for k in range(1, 7)}
    still = [
        c if c.lead not in chest else replace(c, samples=ArraySamples(np.zeros(len(c.samples))))
        for c in record.channels
    ]
    return replace(record, channels=tuple(still))


@pytest.mark.parametrize("rate_hz", [100.0, 500.0])
def test_a_wide_tachycardia_is_named_where_only_the_limb_leads_can_be_read(rate_hz):
    for shape in (0, 1, 2):
        truth = simulate_rhythm("vt", rate_hz=rate_hz, shape=shape, rate_bpm=181.0)
        found = analyze(without_chest(truth.record), None)
        assert not found.quality.usable
        assert found.critical[0].code in ("VT", "WCT")
        assert not any(event.code == "SVE_RUN" for event in found.events)
    narrow = analyze(without_chest(simulate_rhythm("svt", rate_hz=rate_hz).record), None)
    assert not {"VT", "WCT"} & codes(narrow)


def test_every_rhythm_keeps_its_truth_at_any_sampling_rate():
    for kind in RHYTHMS:
        slow, fast = (simulate_rhythm(kind, rate_hz=rate_hz, duration_s=30.0) for rate_hz in (100.0, 1000.0))
        assert [b.time_s for b in slow.beats] == pytest.approx([b.time_s for b in fast.beats])
        assert slow.record.simulated
        assert slow.record.leads["III"].between(1, 2)[1] == pytest.approx(
            slow.record.leads["II"].between(1, 2)[1] - slow.record.leads["I"].between(1, 2)[1]
        )
    with pytest.raises(ValueError, match="no simulated rhythm of kind 'tango'"):
        simulate_rhythm("tango")


@pytest.mark.parametrize("rate_hz", [100.0, 500.0])
def test_hidden_p_before_left_bundle_branch_block_is_not_called_ventricular_or_supraventricular(rate_hz):
    """Breadth alone, where nobody looked for a block, does not tell where wide complexes come from."""
    truth = simulate_rhythm("sinus", rate_hz=rate_hz, duration_s=12.0, heart="lbbb", rate_bpm=130.0, noise=Noise())
    alone = analyze(truth.record, None)
    assert alone.rhythm.codes == ("WCT",)
    with_network = analyze(truth.record, load_models())
    assert with_network.rhythm.remark.values["basic"].code.startswith("rhythm-TACH-wide-no-P")
    assert not {"VT", "SVT"} & codes(with_network)
