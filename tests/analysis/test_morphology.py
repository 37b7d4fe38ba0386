"""QRS deflections are read as an electrocardiographer spells them, whatever the rate, gain or polarity."""

from __future__ import annotations

import numpy as np
import pytest

from cardio_desktop.analysis.morphology import qrs_shape, qrs_shapes
from cardio_desktop.core.findings import MedianBeat


def complex_of(*humps: tuple[float, float, float], rate_hz: float = 500.0, length_s: float = 0.12) -> np.ndarray:
    """Return half sines (start_s, length_s, height_mv) in a row."""
    t = np.arange(round(length_s * rate_hz) + 1) / rate_hz
    out = np.zeros_like(t)
    for start, length, height in humps:
        inside = (t >= start) & (t <= start + length)
        out[inside] += height * np.sin(np.pi * (t[inside] - start) / length)
    return out


RSR = ((0.0, 0.03, 0.3), (0.03, 0.03, -0.9), (0.06, 0.06, 1.0))


@pytest.mark.parametrize(
    ("humps", "spelled"),
    [
        (((0.0, 0.02, -0.1), (0.02, 0.05, 1.2), (0.07, 0.03, -0.2)), "qRs"),
        (((0.0, 0.03, 0.3), (0.03, 0.07, -1.5)), "rS"),
        (((0.0, 0.1, -1.2),), "QS"),
        (((0.0, 0.1, 1.2),), "R"),
        (RSR, "rSR'"),
        (((0.0, 0.04, -0.5), (0.04, 0.06, 0.9)), "QR"),
    ],
)
@pytest.mark.parametrize("rate_hz", [250.0, 500.0, 1000.0])
def test_complexes_are_spelled_rightly(humps, spelled, rate_hz):
    assert qrs_shape(complex_of(*humps, rate_hz=rate_hz), rate_hz).spelling == spelled


def test_times_and_heights_are_those_of_the_trace():
    shape = qrs_shape(complex_of(*RSR, rate_hz=1000.0), 1000.0)
    assert shape.r_mv == pytest.approx(1.0, abs=0.01)
    assert shape.s_mv == pytest.approx(-0.9, abs=0.01)
    assert shape.r_peak_ms == pytest.approx(90.0, abs=2.0)
    assert [part.length_ms for part in shape.deflections] == pytest.approx([30.0, 30.0, 60.0], abs=3.0)


@pytest.mark.parametrize("gain", [0.5, 2.0])
def test_gain_changes_heights_alone(gain):
    one, other = (qrs_shape(scale * complex_of(*RSR), 500.0) for scale in (1.0, gain))
    assert other.spelling == one.spelling
    assert other.r_mv == pytest.approx(gain * one.r_mv)
    assert [p.length_ms for p in other.deflections] == pytest.approx([p.length_ms for p in one.deflections])


def test_polarity_turns_every_deflection_round():
    assert qrs_shape(-complex_of(*RSR), 500.0).spelling == "qRS"
    assert qrs_shape(-complex_of((0.0, 0.1, 1.2)), 500.0).is_qs


def test_an_st_shift_at_the_j_point_is_no_deflection():
    samples = complex_of((0.0, 0.09, -1.2)) + np.linspace(0.0, 0.25, 61) * (np.arange(61) > 44)
    assert qrs_shape(samples, 500.0).is_qs


def test_a_notch_in_r_is_seen_and_a_smooth_r_has_none():
    assert qrs_shape(complex_of((0.0, 0.08, 1.0), (0.05, 0.07, 0.9)), 500.0).notched
    assert not qrs_shape(complex_of((0.0, 0.12, 1.0)), 500.0).notched


def test_ripple_is_no_deflection():
    ripple = 0.02 * np.sin(np.arange(61))
    assert qrs_shape(complex_of((0.03, 0.08, 1.0)) + ripple, 500.0).spelling == "R"


def test_without_bounds_or_samples_there_are_no_shapes():
    assert qrs_shapes(None) == {}
    samples = np.zeros((1, 100), dtype=np.float32)
    assert qrs_shapes(MedianBeat(("I",), samples, 500.0, 50, 4)) == {}
    gap = np.full((1, 100), np.nan, dtype=np.float32)
    assert qrs_shapes(MedianBeat(("I",), gap, 500.0, 50, 4, {"qrs_onset": -0.04, "qrs_offset": 0.04})) == {}
