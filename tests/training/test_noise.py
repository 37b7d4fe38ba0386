"""Noise that obeys the leads' definitions and leaves the record's length and label alone."""

import numpy as np
import pytest
import wfdb

from cardio_desktop.io.ptbxl import read_noise
from cardio_desktop.training import noise

CLEAN = noise.NoiseConfig(0, 0, 0, 0, 0, 0, 0, 0, 0)


@pytest.fixture(scope="module")
def bank():
    return noise.synthetic_bank(100)


@pytest.fixture
def ecg_mv():
    signal = np.random.default_rng(0).normal(0, 0.3, (16, 12, 400)).astype(np.float32)
    signal[:, :6] = noise.WEIGHTS[:6, :3] @ signal[:, :3]
    return signal


def only(**shares):
    return noise.NoiseConfig(**(dict.fromkeys(CLEAN.__dataclass_fields__, 0) | shares))


def test_einthoven_and_goldberger_hold():
    i, ii, iii, avr, avl, avf = noise.WEIGHTS[:6]
    np.testing.assert_allclose(iii, ii - i, atol=1e-6)
    np.testing.assert_allclose(avr, -(i + ii) / 2, atol=1e-6)
    np.testing.assert_allclose(avl, i - ii / 2, atol=1e-6)
    np.testing.assert_allclose(avf, ii - i / 2, atol=1e-6)
    np.testing.assert_allclose(noise.WEIGHTS.sum(axis=1), 0, atol=1e-6)  # a common potential shows in no lead


def test_without_disturbances_nothing_changes(bank, ecg_mv):
    found = noise.disturb(ecg_mv, bank, np.random.default_rng(0), CLEAN)
    np.testing.assert_array_equal(found, ecg_mv)
    assert found is not ecg_mv


@pytest.mark.parametrize(
    "kind", ["white", "wander", "muscle", "mains", "loose", "saturation", "dead_lead", "gain", "gain_jitter"]
)
def test_each_disturbance_strikes_and_leaves_the_original_alone(bank, ecg_mv, kind):
    before = ecg_mv.copy()
    found = noise.disturb(ecg_mv, bank, np.random.default_rng(1), only(**{kind: 1.0 if kind != "gain_jitter" else 0.1}))
    np.testing.assert_array_equal(ecg_mv, before)
    assert found.shape == ecg_mv.shape
    assert found.dtype == np.float32
    assert np.isfinite(found).all()
    assert (np.abs(found - ecg_mv).max(axis=(1, 2)) > 0).mean() > 0.9


@pytest.mark.parametrize("kind", ["wander", "muscle", "mains", "loose"])
def test_electrode_noise_keeps_the_limb_leads_consistent(bank, ecg_mv, kind):
    added = noise.disturb(ecg_mv, bank, np.random.default_rng(2), only(**{kind: 1.0})) - ecg_mv
    np.testing.assert_allclose(added[:, 2], added[:, 1] - added[:, 0], atol=1e-4)


def test_snr_is_as_asked(bank, ecg_mv):
    raw = noise.WEIGHTS @ noise._segments(bank.wander, 16, 400, np.random.default_rng(3))
    scaled = noise._at_snr(raw, ecg_mv, np.full(16, 20.0))
    ratio = ecg_mv.std(axis=2).mean(axis=1) / np.sqrt((scaled**2).mean(axis=(1, 2)))
    np.testing.assert_allclose(20 * np.log10(ratio), 20, atol=0.01)


def test_wander_is_slow_and_muscle_noise_is_not(bank):
    for signal, slow in ((bank.wander, True), (bank.muscle, False)):
        power = np.abs(np.fft.rfft(signal[0])) ** 2
        share = power[np.fft.rfftfreq(signal.shape[1], 0.01) < 1.0].sum() / power.sum()
        assert bool(share > 0.9) is slow


def test_a_seed_gives_the_same_noise(bank, ecg_mv):
    first, second = (noise.disturb(ecg_mv, bank, np.random.default_rng(4), noise.HEAVY) for _ in range(2))
    np.testing.assert_array_equal(first, second)


def test_real_noise_is_read_and_resampled(shared):
    bank = noise.real_bank(shared / "nstdb", 100)
    assert bank.wander.shape[0] == 2
    assert bank.wander.shape[1] == pytest.approx(120_000, abs=2000)  # two thirds of half an hour
    np.testing.assert_allclose(bank.muscle.std(axis=1), 1, atol=1e-3)


def test_the_noise_of_the_checks_is_not_in_training(shared):
    path = shared / "nstdb" / "ma"
    train, rate_hz = read_noise(path, "train")
    test, _rate = read_noise(path, "test")
    whole = wfdb.rdrecord(str(path)).p_signal.T
    assert rate_hz == 360
    np.testing.assert_array_equal(np.concatenate([train, test], axis=1), whole)
    assert train.shape[1] == pytest.approx(2 * test.shape[1], abs=2)
