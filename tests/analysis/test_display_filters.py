"""Display filters: what they pass, that they shift nothing, and that they end at gaps."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cardio_desktop.analysis.display_filters import DisplayFilter, baseline, filtered

RATE = 500.0


def gain_at(frequency_hz: float, chosen: DisplayFilter, rate_hz: float = RATE, seconds: float = 60.0) -> float:
    """Measure what is left of a sine in the middle of a record, and assert that it is not shifted."""
    times = np.arange(round(rate_hz * seconds)) / rate_hz
    wave = np.sin(2 * np.pi * frequency_hz * times)
    out = filtered(wave, rate_hz, chosen)
    middle = slice(len(times) // 3, 2 * len(times) // 3)
    quarter = np.cos(2 * np.pi * frequency_hz * times)
    norm = float((wave[middle] ** 2).sum())
    assert float((out[middle] * quarter[middle]).sum()) / norm == pytest.approx(0.0, abs=0.01)  # no phase
    return float((out[middle] * wave[middle]).sum()) / norm


@pytest.mark.parametrize("cutoff", [40.0, 100.0, 150.0])
def test_low_pass_loses_3_db_at_the_cut_off_that_is_named(cutoff: float) -> None:
    chosen = DisplayFilter(lowpass_hz=cutoff)
    assert gain_at(cutoff, chosen) == pytest.approx(1 / np.sqrt(2), abs=0.005)
    assert gain_at(0.1 * cutoff, chosen) == pytest.approx(1.0, abs=0.002)
    assert gain_at(0.45 * RATE, chosen) < 0.05


@pytest.mark.parametrize("cutoff", [0.05, 0.15, 0.5])
@pytest.mark.parametrize("rate", [100.0, 250.0, 500.0])
def test_high_pass_loses_3_db_at_the_cut_off_that_is_named(cutoff: float, rate: float) -> None:
    chosen = DisplayFilter(highpass_hz=cutoff)
    seconds = 30 / cutoff
    assert gain_at(cutoff, chosen, rate, seconds) == pytest.approx(1 / np.sqrt(2), abs=0.01)
    assert gain_at(10 * cutoff, chosen, rate, seconds) == pytest.approx(1.0, abs=0.005)
    assert gain_at(0.2 * cutoff, chosen, rate, seconds) < 0.02


@pytest.mark.parametrize("mains", [50.0, 60.0])
def test_notch_takes_the_mains_and_leaves_its_neighbours(mains: float) -> None:
    chosen = DisplayFilter(notch_hz=mains)
    assert abs(gain_at(mains, chosen)) < 0.01
    assert gain_at(mains - 8, chosen) == pytest.approx(1.0, abs=0.03)
    assert gain_at(10.0, chosen) == pytest.approx(1.0, abs=0.002)


def test_high_pass_equals_the_textbook_filter() -> None:
    from scipy.signal import butter, sosfiltfilt

    rng = np.random.default_rng(3)
    values = np.cumsum(rng.normal(size=30_000)) / 100.0
    cut = 0.5 * (np.sqrt(2) - 1) ** 0.25  # two passes of order 2
    book = sosfiltfilt(butter(2, cut, "highpass", fs=RATE, output="sos"), values, padtype="even", padlen=1500)
    ours = filtered(values, RATE, DisplayFilter(highpass_hz=0.5))
    middle = slice(2500, -2500)
    assert np.abs(ours - book)[middle].max() < 0.02 * np.abs(book[middle]).max()


def test_a_step_of_st_level_stays_level_under_the_zero_phase_high_pass() -> None:
    """An ST segment of 100 ms after each QRS must not be pulled down, as a causal 0.5 Hz high-pass does."""
    times = np.arange(round(20 * RATE)) / RATE
    phase = times % 1.0
    beat = np.where((phase > 0.3) & (phase < 0.38), 1.5, 0.0) + np.where((phase >= 0.38) & (phase < 0.48), 0.2, 0.0)
    out = filtered(beat, RATE, DisplayFilter(highpass_hz=0.5))
    one = (times > 10) & (times < 11)
    st_mv = out[one & (phase > 0.40) & (phase < 0.46)].mean()
    pr_mv = out[one & (phase > 0.2) & (phase < 0.28)].mean()
    assert st_mv - pr_mv == pytest.approx(0.2, abs=0.03)


def test_baseline_removal_takes_the_wander_and_leaves_the_beats() -> None:
    from cardio_desktop.simulate import simulate_record

    record = simulate_record("normal", rate_hz=RATE, duration_s=20.0)
    clean = record.leads["II"].millivolts()
    clean = clean - baseline(clean, RATE)
    times = np.arange(len(clean)) / RATE
    wander = 0.6 * np.sin(2 * np.pi * 0.15 * times) + 0.4 * times / 20
    out = filtered(clean + wander, RATE, DisplayFilter(baseline=True))
    inside = slice(500, -500)
    assert np.abs(out - clean)[inside].std() < 0.05
    assert np.ptp(out[inside]) == pytest.approx(np.ptp(clean[inside]), rel=0.05)


ALL = DisplayFilter(0.5, 40.0, 50.0, True)


def test_nothing_is_filtered_across_a_gap() -> None:
    rng = np.random.default_rng(1)
    first, second = rng.normal(size=3000), 50.0 + rng.normal(size=2000)
    whole = np.concatenate((first, np.full(400, np.nan), second, [np.nan], second[:5]))
    out = filtered(whole, RATE, ALL)
    assert np.array_equal(np.isnan(out), np.isnan(whole))
    assert np.array_equal(out[:3000], filtered(first, RATE, ALL))
    assert np.array_equal(out[3400:5400], filtered(second, RATE, ALL))


@given(st.integers(1, 60), st.booleans())
def test_the_shortest_stretches_are_survived(length: int, flat: bool) -> None:
    values = np.zeros(length) if flat else np.linspace(-1, 1, length)
    out = filtered(values, RATE, ALL)
    assert np.isfinite(out).all()
    assert np.abs(out).max() < 5


@pytest.mark.parametrize("chosen", [ALL, DisplayFilter(highpass_hz=0.05), DisplayFilter(lowpass_hz=100.0)])
def test_values_given_in_are_not_changed_and_polarity_and_gain_do_not_matter(chosen: DisplayFilter) -> None:
    values = np.random.default_rng(2).normal(size=4000)
    kept = values.copy()
    out = filtered(values, RATE, chosen)
    assert np.array_equal(values, kept)
    assert np.allclose(filtered(-3.0 * values, RATE, chosen), -3.0 * out, atol=1e-9)


def test_a_frequency_that_the_sampling_cannot_hold_is_left_out() -> None:
    assert DisplayFilter(0.05, 150.0, 50.0).possible_at(100.0) == DisplayFilter(0.05)
    assert DisplayFilter(lowpass_hz=100.0, notch_hz=50.0).possible_at(250.0) == DisplayFilter(None, 100.0, 50.0)
    values = np.random.default_rng(2).normal(size=400)
    assert filtered(values, 100.0, DisplayFilter(lowpass_hz=100.0)) is values


@pytest.mark.parametrize(
    ("chosen", "cuts"),
    [
        (DisplayFilter(), False),
        (DisplayFilter(0.05, 150.0), False),
        (DisplayFilter(highpass_hz=0.15), True),
        (DisplayFilter(lowpass_hz=100.0), True),
        (DisplayFilter(notch_hz=60.0), True),
        (DisplayFilter(baseline=True), True),
    ],
)
def test_what_cuts_the_diagnostic_band_is_known(chosen: DisplayFilter, cuts: bool) -> None:
    assert chosen.cuts_diagnostic is cuts
