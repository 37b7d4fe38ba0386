"""The simulated ECGs are what they say: physics first, then what a cardiologist would look for."""

import numpy as np
import pytest

from cardio_desktop.core.leads import LEADS12
from cardio_desktop.simulate import KINDS, QUIET, Simulation, simulate, simulate_record
from cardio_desktop.simulate.torso import lead_vectors


def waves_of(simulation: Simulation, name: str):
    return [wave for wave in simulation.waves if wave.wave == name]


def lead(simulation: Simulation, name: str) -> np.ndarray:
    return simulation.clean_mv[LEADS12.index(name)]


def at(simulation: Simulation, name: str, time_s: float) -> float:
    """The lead's voltage against the PR baseline of its beat."""
    rate_hz = simulation.record.rate_hz
    qrs = [wave for wave in waves_of(simulation, "QRS") if wave.onset_s < time_s][-1]
    signal = lead(simulation, name)
    return float(signal[round(time_s * rate_hz)] - signal[round((qrs.onset_s - 0.012) * rate_hz)])


def extremes(simulation: Simulation, name: str) -> tuple[float, float]:
    """Largest R and S of the second beat, before the ST segment begins to lift the end of the QRS complex."""
    qrs = waves_of(simulation, "QRS")[1]
    rate_hz = simulation.record.rate_hz
    end_s = qrs.offset_s - 0.2 * (qrs.offset_s - qrs.onset_s)
    part = lead(simulation, name)[round(qrs.onset_s * rate_hz) : round(end_s * rate_hz)]
    return float(part.max()), float(part.min())


@pytest.mark.parametrize("kind", KINDS)
def test_limb_leads_obey_einthoven_and_goldberger_in_the_stored_counts(kind):
    counts = {channel.label: channel.counts().astype(int) for channel in simulate_record(kind).channels}
    assert np.array_equal(counts["III"], counts["II"] - counts["I"])
    assert np.abs(counts["aVR"] + counts["aVL"] + counts["aVF"]).max() <= 2
    assert np.abs(2 * counts["aVF"] - counts["II"] - counts["III"]).max() <= 2


def test_lead_vectors_point_where_textbooks_draw_them():
    x, y, z = lead_vectors().T
    at_lead = {name: k for k, name in enumerate(LEADS12)}
    axis = {name: np.degrees(np.arctan2(y[k], x[k])) for name, k in at_lead.items()}
    for name, degrees in {"I": 0, "II": 60, "III": 110, "aVR": -140, "aVL": -40, "aVF": 90}.items():
        assert abs(axis[name] - degrees) < 25, name
    turn = [np.degrees(np.arctan2(x[at_lead[f"V{k}"]], z[at_lead[f"V{k}"]])) for k in range(1, 7)]
    assert np.all(np.diff(turn) > 0)
    assert turn[0] < 0
    assert turn[-1] > 80


def test_normal_looks_normal():
    normal = simulate("normal")
    r, s = zip(*(extremes(normal, f"V{k}") for k in range(1, 7)), strict=True)
    assert np.all(np.diff(r[:5]) > 0)
    assert r[0] < -s[0]
    assert r[3] > -s[3]
    peak_s = normal.beats_s[2]
    axis = np.degrees(np.arctan2(at(normal, "aVF", peak_s) * 2 / np.sqrt(3), at(normal, "I", peak_s)))
    assert 30 < axis < 75
    for beat_s, t in zip(normal.beats_s[1:4], waves_of(normal, "T")[1:4], strict=True):
        assert at(normal, "II", beat_s) > 0.8
        for name in ("I", "II", "V2", "V3", "V4", "V5", "V6"):
            assert at(normal, name, t.peak_s) > 0.1, name
        assert at(normal, "aVR", t.peak_s) < -0.1
        for name in LEADS12:
            assert abs(at(normal, name, t.onset_s - 0.005)) < 0.06, name
    assert extremes(normal, "V6")[1] < -0.03


def test_anterior_infarction_has_st_elevation_lost_r_and_reciprocal_depression():
    infarct = simulate("anterior-mi")
    for qrs in waves_of(infarct, "QRS")[1:4]:
        j60_s = qrs.offset_s + 0.06
        for name in ("V2", "V3", "V4"):
            assert at(infarct, name, j60_s) >= 0.2, name
        for name in ("III", "aVF"):
            assert at(infarct, name, j60_s) <= -0.05, name
    for name in ("V1", "V2"):
        assert extremes(infarct, name)[0] < 0.05, name


def test_lbbb_is_broad_notched_and_discordant():
    block = simulate("lbbb")
    qrs, t = waves_of(block, "QRS")[1], waves_of(block, "T")[1]
    assert qrs.offset_s - qrs.onset_s >= 0.12
    r, s = extremes(block, "V1")
    assert 0 < r < 0.3
    assert s < -1.0
    rate_hz = block.record.rate_hz
    for name in ("I", "V5", "V6"):
        part = lead(block, name)[round(qrs.onset_s * rate_hz) : round(qrs.offset_s * rate_hz)]
        assert part[: part.size * 4 // 5].min() > -0.02, f"q or S in {name}"
        peaks = np.flatnonzero((part[1:-1] > part[:-2]) & (part[1:-1] >= part[2:]) & (part[1:-1] > 0.5 * part.max()))
        assert peaks.size >= 2, f"no notch in {name}"
        assert at(block, name, t.peak_s) < -0.1
    assert at(block, "V1", t.peak_s) > 0.2
    assert at(block, "V1", qrs.offset_s + 0.04) > 0.05


def test_known_truth_follows_the_parameters():
    wished = simulate("normal", duration_s=30, rate_bpm=90, pr_s=0.2, qrs_s=0.11, qtc_s=0.44)
    p, qrs, t = (waves_of(wished, name) for name in ("P", "QRS", "T"))
    rr = np.diff(wished.beats_s)
    assert 60 / rr.mean() == pytest.approx(90, rel=0.02)
    assert rr.std() > 0.005
    onset = {round(w.onset_s, 6): w for w in qrs}
    for wave in p[1:-1]:
        assert round(wave.onset_s + 0.2, 6) in onset
    for wave in qrs:
        assert wave.offset_s - wave.onset_s == pytest.approx(0.11, abs=1e-6)
    qt = [min(end.offset_s - w.onset_s for end in t if end.offset_s > w.onset_s) for w in qrs[:-1]]
    assert np.mean(qt) == pytest.approx(0.44 * np.cbrt(60 / 90), abs=0.01)


def test_st_level_is_adjustable_in_millivolts():
    flat = simulate("anterior-mi", st_mv=0.0, noise=QUIET)
    high = simulate("anterior-mi", st_mv=0.5, noise=QUIET)
    moments = [round((w.offset_s + 0.06) * 500) for w in waves_of(high, "QRS")[:-1]]
    shift = (high.clean_mv - flat.clean_mv)[:, moments]
    assert np.abs(shift).max() == pytest.approx(0.5, rel=0.05)
    assert LEADS12[int(shift.mean(axis=1).argmax())] in ("V2", "V3", "V4")


def test_the_signal_does_not_depend_on_the_rate_it_is_sampled_at():
    fine, coarse = (simulate("lbbb", rate_hz=rate_hz) for rate_hz in (1000.0, 250.0))
    np.testing.assert_allclose(fine.clean_mv[:, ::4], coarse.clean_mv, atol=1e-12)
    assert fine.beats_s == coarse.beats_s


def test_a_seed_gives_one_record_and_another_seed_another():
    first, again, other = (simulate_record("noisy-normal", seed=seed) for seed in (4, 4, 5))
    for a, b, c in zip(first.channels, again.channels, other.channels, strict=True):
        assert np.array_equal(a.counts(), b.counts())
        assert not np.array_equal(a.counts(), c.counts())


def test_simulated_records_say_so():
    record = simulate_record("normal")
    assert record.simulated
    assert any("not a patient" in note for note in record.notes)
    assert record.has_twelve
    assert record.duration_s == 10


def test_unknown_kind_is_refused_by_name():
    with pytest.raises(ValueError, match=r"'healthy'.*normal"):
        simulate("healthy")
