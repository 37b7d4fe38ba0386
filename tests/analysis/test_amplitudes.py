"""Voltages, axes and criteria on median beats made of known waves."""

import numpy as np
import pytest

from cardio_desktop.analysis.amplitudes import criteria, frontal_axis, lead_amplitudes
from cardio_desktop.core.findings import LeadAmplitudes, MedianBeat

RATE_HZ = 500.0
MARKS = {
    "p_onset": -0.20,
    "p_offset": -0.10,
    "qrs_onset": -0.04,
    "qrs_offset": 0.05,
    "t_onset": 0.18,
    "t_offset": 0.36,
    "t_peak": 0.28,
}


def wave(centre_s: float, width_s: float, mv: float) -> np.ndarray:
    t = np.arange(-200, 300) / RATE_HZ
    return mv * np.where(np.abs(t - centre_s) < width_s / 2, np.cos(np.pi * (t - centre_s) / width_s) ** 2, 0.0)


def beat(**leads: np.ndarray) -> MedianBeat:
    return MedianBeat(tuple(leads), np.array(list(leads.values()), dtype=np.float32), RATE_HZ, 200, 8, MARKS)


def test_each_wave_has_its_voltage():
    lead = wave(-0.15, 0.1, 0.12) + wave(-0.03, 0.02, -0.1) + wave(0, 0.04, 1.1) + wave(0.035, 0.03, -0.3)
    lead += wave(0.28, 0.16, -0.25)
    found = lead_amplitudes(beat(V4=lead))["V4"]
    expected = (0.12, -0.1, 1.1, -0.3, -0.25)
    assert (found.p_mv, found.q_mv, found.r_mv, found.s_mv, found.t_mv) == pytest.approx(expected, abs=0.01)


def test_a_wholly_negative_complex_is_a_q_wave_and_counts_as_depth():
    found = lead_amplitudes(beat(V1=wave(0, 0.08, -1.4), V5=wave(0, 0.05, 1.9), V6=wave(0, 0.05, 1.2)))
    assert (found["V1"].q_mv, found["V1"].r_mv, found["V1"].s_mv) == (pytest.approx(-1.4, abs=0.01), None, None)
    assert criteria(found)["sokolow_lyon_mv"] == pytest.approx(3.3, abs=0.02)


def test_a_trembling_baseline_is_no_q_wave():
    noise = 0.02 * np.sin(np.arange(500))
    found = lead_amplitudes(beat(V4=wave(0, 0.05, 1.0) + noise))["V4"]
    assert (found.q_mv, found.s_mv) == (None, None)


@pytest.mark.parametrize("st_mv", [0.3, -0.2])
def test_st_is_read_60_and_80_ms_after_the_j_point(st_mv):
    t = np.arange(-200, 300) / RATE_HZ
    lead = wave(-0.005, 0.05, 1.0) + np.where(t > 0.04, st_mv * (1 + 2 * (t - 0.05)), 0.0)
    found = lead_amplitudes(beat(V2=lead))["V2"]
    levels = (st_mv, st_mv * 1.12, st_mv * 1.16)
    assert (found.j_mv, found.st60_mv, found.st80_mv) == pytest.approx(levels, abs=0.01)


@pytest.mark.parametrize("axis_deg", [-150, -60, 0, 45, 60, 90, 120, 175])
@pytest.mark.parametrize("gain", [0.1, 1.0, 4.0])
def test_axis_is_that_of_the_frontal_vector(axis_deg, gain):
    angle = np.deg2rad(axis_deg)
    one = wave(0, 0.08, gain) * np.cos(angle)
    two = wave(0, 0.08, gain) * np.cos(angle - np.pi / 3)
    assert frontal_axis(beat(I=one, II=two), "qrs") == pytest.approx(axis_deg, abs=0.5)


def test_forces_that_cancel_have_no_axis():
    lead = wave(-0.02, 0.04, 1.0) + wave(0.02, 0.04, -1.0)
    assert frontal_axis(beat(I=lead, II=lead), "qrs") is None


def test_without_limb_leads_there_is_no_axis():
    assert frontal_axis(beat(V1=wave(0, 0.08, 1.0)), "qrs") is None


def test_cornell_and_r_progression():
    leads = {
        f"V{k + 1}": LeadAmplitudes(r_mv=r, s_mv=-s)
        for k, (r, s) in enumerate([(0.2, 1.0), (0.4, 1.4), (0.8, 1.2), (1.3, 0.6), (1.2, 0.3), (0.9, 0.1)])
    }
    leads["aVL"] = LeadAmplitudes(r_mv=0.9)
    found = criteria(leads)
    assert found["cornell_mv"] == pytest.approx(2.1)
    assert found["sokolow_lyon_mv"] == pytest.approx(2.2)
    assert found["transition_lead"] == 4
    assert found["r_to_s.V1"] == pytest.approx(1 / 6)


def test_missing_leads_leave_their_criteria_out():
    assert criteria({"II": LeadAmplitudes(r_mv=1.0)}) == {}
