"""Platt scaling."""

import numpy as np
import pytest

from cardio_desktop.model.calibration import Platt, cross_fitted, fit_platt, sigmoid
from cardio_desktop.model.metrics import expected_calibration_error


def test_sigmoid_does_not_overflow():
    assert sigmoid([-1e4, 0, 1e4]).tolist() == [0, 0.5, 1]


def test_finds_the_scaling_that_made_the_data():
    rng = np.random.default_rng(0)
    logit = rng.normal(0, 2, 200_000)
    truth = rng.random(logit.size) < sigmoid(1.7 * logit - 0.6)
    found = fit_platt(logit, truth)
    assert found.slope == pytest.approx(1.7, abs=0.03)
    assert found.offset == pytest.approx(-0.6, abs=0.03)


def test_separable_classes_stay_finite():
    found = fit_platt([-2, -1, 1, 2], [0, 0, 1, 1])
    assert np.isfinite([found.slope, found.offset]).all()
    assert 0 < found(-2) < found(2) < 1


def test_mean_probability_is_the_share_of_cases():
    rng = np.random.default_rng(1)
    logit = rng.normal(size=5000)
    truth = rng.random(5000) < sigmoid(logit * 0.5 + 1)
    assert fit_platt(logit, truth)(logit).mean() == pytest.approx(truth.mean(), abs=1e-3)


def test_order_is_kept():
    logit = np.linspace(-5, 5, 50)
    assert (np.diff(Platt(0.7, 2.0)(logit)) > 0).all()


def test_a_patient_takes_no_part_in_his_own_scaling():
    # Twelve patients, one of them absurd: without him the others' scaling is that of a fit that never saw him.
    rng = np.random.default_rng(2)
    patients = np.repeat(np.arange(12), 50)
    logit = rng.normal(size=600)
    truth = rng.random(600) < sigmoid(2 * logit)
    before = cross_fitted(logit, truth, patients)
    changed = truth.copy()
    changed[patients == 0] = ~changed[patients == 0]
    after = cross_fitted(logit, changed, patients)
    assert (before[patients == 0] == after[patients == 0]).all()
    assert (before != after).any()


def test_cross_fitting_calibrates():
    rng = np.random.default_rng(3)
    logit = rng.normal(0, 2, 20_000)
    truth = rng.random(logit.size) < sigmoid(0.4 * logit - 1)
    assert expected_calibration_error(truth, sigmoid(logit)) > 0.1
    assert expected_calibration_error(truth, cross_fitted(logit, truth, np.arange(logit.size))) < 0.01
