"""Resampling without aliases, gaps without inventions, windows without holes."""

from fractions import Fraction

import numpy as np
import pytest
from scipy.signal import resample_poly

from cardio_desktop.model import preprocess


def tone(hertz, rate_hz, seconds=10.0):
    times = np.arange(round(rate_hz * seconds)) / rate_hz
    return np.tile(np.sin(2 * np.pi * hertz * times), (12, 1)).astype(np.float32)


@pytest.mark.parametrize("rate_hz", [128, 250, 257, 360, 400, 500, 1000])
@pytest.mark.parametrize("hertz", [0.3, 5, 25, 40, 45])
def test_what_100_hz_can_carry_is_unchanged(rate_hz, hertz):
    found = preprocess.resample(tone(hertz, rate_hz), rate_hz, 100)
    inner = slice(60, -60)  # the filter reaches half a second over the ends
    np.testing.assert_allclose(found[:, inner], tone(hertz, 100)[:, inner], atol=2e-3)


@pytest.mark.parametrize("rate_hz", [250, 360, 500, 1000])
@pytest.mark.parametrize("hertz", [50, 55, 60, 75, 99, 110])
def test_what_100_hz_cannot_carry_leaves_no_alias(rate_hz, hertz):
    found = preprocess.resample(tone(hertz, rate_hz), rate_hz, 100)
    assert np.abs(found[:, 60:-60]).max() < 1e-3


def test_slow_recordings_are_raised_without_images():
    found = preprocess.resample(tone(5, 50), 50, 100)
    np.testing.assert_allclose(found[:, 120:-120], tone(5, 100)[:, 120:-120], atol=2e-3)


def test_an_offset_rings_nowhere():
    found = preprocess.resample(np.full((12, 5000), 3.0, dtype=np.float32), 500, 100)
    assert found.shape == (12, 1000)
    np.testing.assert_allclose(found, 3.0, atol=1e-3)


@pytest.mark.parametrize("samples", [1, 7, 150, 3600, 5003])
@pytest.mark.parametrize(("rate_hz", "target_hz"), [(500, 100), (500, 250), (360, 250), (128, 250), (1000, 100)])
def test_blocks_resample_as_tap_by_tap(rate_hz: int, target_hz: int, samples: int) -> None:
    ratio = Fraction(target_hz, rate_hz)
    signal = np.cumsum(np.random.default_rng(samples).normal(size=(3, samples)), axis=1).astype(np.float32)
    taps = preprocess.resampling_filter(ratio.numerator, ratio.denominator)
    wanted = resample_poly(
        signal.astype(np.float64), ratio.numerator, ratio.denominator, axis=1, window=taps, padtype="edge"
    )
    found = preprocess.resample(signal, rate_hz, target_hz)
    assert found.shape[1] == samples * target_hz // rate_hz
    np.testing.assert_allclose(found, wanted[:, : found.shape[1]], rtol=0, atol=1e-5)


def test_the_own_rate_is_left_alone():
    signal = tone(49, 100)
    assert preprocess.resample(signal, 100, 100) is signal


def test_gaps_are_bridged_by_straight_lines():
    ramp = np.tile(np.arange(20, dtype=np.float32), (12, 1))
    holed = ramp.copy()
    holed[3, 5:9] = np.nan
    holed[4, 7] = np.inf
    filled, recorded = preprocess.bridge_gaps(holed)
    np.testing.assert_array_equal(filled, ramp)
    assert (~recorded).sum() == 5


def test_gaps_at_the_ends_hold_the_nearest_value():
    signal = np.ones((12, 10), dtype=np.float32)
    signal[0, :3] = np.nan
    assert preprocess.bridge_gaps(signal)[0][0].tolist() == [1] * 10


def test_a_missing_lead_becomes_zero_and_is_named():
    signal = tone(5, 500)
    signal[7] = np.nan
    ecg, recorded = preprocess.prepare(signal, 500, 100)
    window = preprocess.cut(ecg, recorded, 0, 1000)
    assert window.missing == (7,)
    assert not window.ecg_mv[7].any()
    assert window.ecg_mv[6].any()


def test_a_lead_with_a_large_hole_is_left_out_and_one_with_a_small_hole_is_not():
    signal = tone(5, 100)
    signal[2, :300] = np.nan
    signal[5, :100] = np.nan
    window = preprocess.cut(*preprocess.prepare(signal, 100, 100), 0, 1000)
    assert window.missing == (2,)


def test_an_electrodes_offset_is_taken_off_and_what_lies_about_zero_is_left_as_it_is():
    signal = tone(5, 100)
    usual = preprocess.cut(*preprocess.prepare(signal, 100, 100), 0, 1000).ecg_mv
    assert np.array_equal(usual, signal[:, :1000])
    offset = np.zeros((12, 1), dtype=np.float32)
    offset[3], offset[9] = 30.0, -120.0
    held = signal + offset
    held[3, 200:300] = np.nan
    shown = preprocess.cut(*preprocess.prepare(held, 100, 100), 0, 1000).ecg_mv
    assert np.array_equal(np.delete(shown, (3, 9), axis=0), np.delete(usual, (3, 9), axis=0))
    assert np.abs(np.median(shown[[3, 9]], axis=1)).max() <= preprocess.MOST_OFFSET_MV + 0.02
    assert np.ptp(shown[9]) == pytest.approx(np.ptp(usual[9]), abs=1e-4)


def test_mask_follows_time():
    recorded = np.ones((12, 5000), dtype=bool)
    recorded[0, 1000:2000] = False
    mask = preprocess.resample_mask(recorded, 500, 100, 1000)
    assert np.flatnonzero(~mask[0]).tolist() == list(range(200, 400))


@pytest.mark.parametrize("bins", [1, 62, 125, 126, 249, 250, 251, 562, 1000])
def test_windows_lie_side_by_side_and_count_every_bin_once(bins):
    bounds = preprocess.window_bounds(bins, 125)
    counted = np.zeros(bins, dtype=int)
    for first, last in bounds:
        counted[first:last] += 1
    assert (counted == 1).all()
    lengths = [last - first for first, last in bounds]
    assert max(lengths) <= 125
    assert max(lengths) - min(lengths) <= 1
    assert min(lengths) >= min(bins, 63)  # 5.04 s: never shorter than what the network may judge


@pytest.mark.parametrize("array", [np.zeros(12), np.zeros((8, 100)), np.zeros((2, 12, 100))])
def test_anything_but_twelve_leads_is_refused(array):
    with pytest.raises(ValueError, match="12 leads"):
        preprocess.prepare(array, 100, 100)


@pytest.mark.parametrize("rate_hz", [0, -100, float("nan"), float("inf")])
def test_impossible_rates_are_refused(rate_hz):
    with pytest.raises(ValueError, match="rate"):
        preprocess.prepare(np.zeros((12, 100)), rate_hz, 100)
