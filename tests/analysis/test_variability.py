"""Variability by definition: known figures of made intervals, and nothing from what is not of the sinus node."""

import numpy as np
import pytest

from cardio_desktop.analysis.variability import frequency_domain, nn_intervals, time_domain


def beats(nn_ms: np.ndarray) -> np.ndarray:
    return np.concatenate([[0.0], np.cumsum(nn_ms) / 1000.0])


def of(times_s: np.ndarray, normal: np.ndarray | None = None, broken: np.ndarray | None = None) -> dict[str, float]:
    usual = np.ones(times_s.size, dtype=bool)
    ends, nn = nn_intervals(times_s, usual if normal is None else normal, ~usual if broken is None else broken)
    return {**time_domain(ends, nn), **frequency_domain(ends, nn)}


def test_two_lengths_in_turn_have_the_figures_of_the_definition() -> None:
    found = of(beats(np.tile([800.0, 860.0], 500)))
    assert found["mean_nn_ms"] == pytest.approx(830.0)
    assert found["sdnn_ms"] == pytest.approx(30.0, abs=0.1)
    assert found["rmssd_ms"] == pytest.approx(60.0)
    assert found["pnn50_percent"] == pytest.approx(100.0)
    assert found["triangular_index"] == pytest.approx(2.0, abs=0.01)


@pytest.mark.parametrize(("hz", "band"), [(0.1, "lf_ms2"), (0.25, "hf_ms2"), (0.02, "vlf_ms2")])
def test_a_sine_has_its_power_in_its_band(hz: float, band: str) -> None:
    """A sine of 40 ms has a variance of 800 ms²."""
    times = [0.0]
    while times[-1] < 1500.0:
        times.append(times[-1] + 0.8 + 0.04 * np.sin(2 * np.pi * hz * times[-1]))
    found = of(np.array(times))
    assert found[band] == pytest.approx(800.0, rel=0.1)
    others = sum(found[name] for name in ("vlf_ms2", "lf_ms2", "hf_ms2")) - found[band]
    assert others < 0.1 * found[band]


def test_ectopic_beats_and_gaps_leave_nothing_behind() -> None:
    rng = np.random.default_rng(3)
    nn = 800.0 + rng.normal(0.0, 20.0, 1500)
    plain = of(beats(nn))
    times = beats(nn)
    early = np.zeros(times.size, dtype=bool)
    early[100::50] = True
    times[early] -= 0.3
    found = of(times, normal=~early)
    for name in ("sdnn_ms", "rmssd_ms"):
        assert found[name] == pytest.approx(plain[name], rel=0.05)
    # One that nobody called early is left out by its jump.
    assert of(times)["sdnn_ms"] == pytest.approx(plain["sdnn_ms"], rel=0.1)
    gone = np.ones(times.size, dtype=bool)
    gone[400:420] = False
    broken = np.zeros(gone.sum(), dtype=bool)
    broken[400] = True
    assert of(beats(nn)[gone], broken=broken)["sdnn_ms"] == pytest.approx(plain["sdnn_ms"], rel=0.05)


def test_sdann_is_of_the_means_of_five_minutes() -> None:
    found = of(beats(np.concatenate([np.full(375, 800.0), np.full(300, 1000.0)])))
    assert found["sdann_ms"] == pytest.approx(np.std([800.0, 1000.0], ddof=1), rel=0.02)
    assert found["sdnn_index_ms"] < 20.0


def test_too_few_intervals_have_no_figure() -> None:
    assert of(beats(np.full(30, 800.0))) == {}
    assert of(np.zeros(0)) == {}
    assert "lf_ms2" not in of(beats(np.full(100, 800.0)))  # less than five minutes
