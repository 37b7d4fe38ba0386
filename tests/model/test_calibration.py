"""Probabilities that mean what they say."""

import numpy as np
import pytest

from cardio_desktop.model.calibration import (
    Curve,
    Platt,
    as_json,
    cross_fitted,
    fit_curve,
    fit_platt,
    from_json,
    sigmoid,
)
from cardio_desktop.model.metrics import auc, calibration_error_floor, expected_calibration_error


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


def test_a_curve_follows_what_a_line_cannot():
    rng = np.random.default_rng(4)
    logit = rng.normal(0, 2, 40_000)
    true_p = sigmoid(np.where(logit > 0, 0.3, 2.0) * logit)  # bent at 0
    truth = rng.random(logit.size) < true_p
    curve, line = fit_curve(logit, truth), fit_platt(logit, truth)
    assert isinstance(curve, Curve)
    assert np.abs(line(logit) - true_p).mean() > 0.03
    assert np.abs(curve(logit) - true_p).mean() < 0.01


def test_a_curve_through_a_line_is_nearly_the_line():
    rng = np.random.default_rng(5)
    logit = rng.normal(0, 2, 40_000)
    truth = rng.random(logit.size) < sigmoid(1.3 * logit - 1)
    at = np.linspace(-6, 6, 100)
    assert np.abs(fit_curve(logit, truth)(at) - sigmoid(1.3 * at - 1)).max() < 0.03


@pytest.mark.parametrize("seed", range(5))
def test_a_curve_keeps_the_order_without_ties(seed):
    rng = np.random.default_rng(seed)
    logit = rng.normal(0, 1, 2000)
    truth = rng.random(2000) < sigmoid(0.4 * logit)  # so faint that chance makes falling pieces
    curve = fit_curve(logit, truth)
    assert (np.diff(curve(np.linspace(-8, 8, 500))) > 0).all()
    assert auc(truth, curve(logit)) == auc(truth, logit)


def test_few_cases_get_a_line():
    rng = np.random.default_rng(6)
    logit = rng.normal(0, 1, 2000)
    truth = np.zeros(2000, dtype=bool)
    truth[np.argsort(-logit)[:60]] = True
    assert isinstance(fit_curve(logit, truth), Platt)


@pytest.mark.parametrize("made", [Platt(1.2, -0.3), Curve((-2.0, 0.0, 1.5), (-3.0, 0.5, 0.7))])
def test_a_calibration_survives_json(made):
    assert from_json(as_json(made)) == made


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        ({"knots": [0.0, 1.0], "values": [1.0, 0.0]}, "do not rise"),
        ({"knots": [0.0, 0.0], "values": [0.0, 1.0]}, "do not rise"),
        ({"knots": [0.0], "values": [0.0]}, "same length"),
        ({"knots": [0.0, 1.0], "values": [0.0]}, "same length"),
        ({"knots": [0.0, float("nan")], "values": [0.0, 1.0]}, "not a number"),
        ({"slope": -1.0, "offset": 0.0}, "below 0"),
        ({"slope": True, "offset": 0.0}, "not a number"),
    ],
)
def test_a_damaged_calibration_is_refused(raw, problem):
    with pytest.raises(ValueError, match=problem):
        from_json(raw)


def test_chance_alone_keeps_the_calibration_error_above_nothing():
    p = np.random.default_rng(7).random(2183)
    mean, high = calibration_error_floor(p)
    # Fifteen bins of 146 records: the mean distance is about sqrt(2 / pi) times the standard error of a bin.
    expected = np.sqrt(2 / np.pi) * np.mean(np.sqrt(p * (1 - p))) / np.sqrt(2183 / 15)
    assert mean == pytest.approx(expected, rel=0.1)
    assert mean < high < 2 * mean
