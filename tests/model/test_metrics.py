"""Metrics against answers worked out by hand or by counting pairs."""

import numpy as np
import pytest

from cardio_desktop.model import metrics


def pairs_auc(truth, score):
    wins = [(p > n) + 0.5 * (p == n) for p in score[truth] for n in score[~truth]]
    return float(np.mean(wins))


def test_auc_by_hand():
    assert metrics.auc([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]) == 0.75
    assert metrics.auc([0, 1], [0.2, 0.9]) == 1.0
    assert metrics.auc([1, 0], [0.2, 0.9]) == 0.0


def test_all_scores_equal_is_chance():
    assert metrics.auc([0, 1, 1, 0, 1], [3.0] * 5) == 0.5


def test_auc_of_one_class_alone_is_undefined():
    assert np.isnan(metrics.auc([1, 1], [0.1, 0.2]))
    assert np.isnan(metrics.macro_auc(np.ones((3, 2), dtype=bool), np.zeros((3, 2))))


@pytest.mark.parametrize("seed", range(5))
def test_auc_counts_pairs_and_half_ties(seed):
    rng = np.random.default_rng(seed)
    truth = rng.random(60) < 0.3
    score = rng.integers(0, 8, 60).astype(float)
    assert metrics.auc(truth, score) == pytest.approx(pairs_auc(truth, score), abs=1e-12)


def test_auc_knows_only_the_order():
    rng = np.random.default_rng(0)
    truth, score = rng.random(80) < 0.5, rng.normal(size=80)
    assert metrics.auc(truth, np.exp(3 * score)) == pytest.approx(metrics.auc(truth, score))
    assert metrics.auc(truth, -score) == pytest.approx(1 - metrics.auc(truth, score))


def test_macro_leaves_out_undefined_classes():
    truth = np.array([[0, 1], [1, 1]], dtype=bool)
    assert metrics.macro_auc(truth, np.array([[0.1, 0.5], [0.7, 0.2]])) == 1.0


def test_ranks_share_ties():
    assert metrics.average_ranks([10, 20, 10, 5]).tolist() == [2.5, 4.0, 2.5, 1.0]


def test_spearman_by_hand():
    assert metrics.spearman([1, 2, 3, 4], [10, 100, 1000, 10000]) == pytest.approx(1)
    assert metrics.spearman([1, 2, 3, 4, 5], [5, 6, 7, 8, 7]) == pytest.approx(0.8207826817)
    assert np.isnan(metrics.spearman([1, 2, 3], [4, 4, 4]))


def test_wilson_interval_of_8_in_10():
    assert metrics.wilson_interval(8, 10) == pytest.approx((0.4902, 0.9433), abs=1e-4)
    assert metrics.wilson_interval(0, 0) == (0.0, 1.0)


def test_calibration_error_by_hand():
    # Two bins: said 0.2 and seen 0.5; said 0.8 and seen 1.
    truth, probability = [1, 0, 1, 1], [0.2, 0.2, 0.8, 0.8]
    assert metrics.expected_calibration_error(truth, probability, bins=2) == pytest.approx(0.25)


def test_true_probabilities_are_calibrated_and_shifted_ones_are_not():
    rng = np.random.default_rng(1)
    probability = rng.random(50_000)
    truth = rng.random(50_000) < probability
    assert metrics.expected_calibration_error(truth, probability) < 0.01
    assert metrics.expected_calibration_error(truth, np.clip(probability + 0.1, 0, 1)) > 0.05


def test_bins_have_equal_mass():
    _, _, counts = metrics.calibration_bins(np.zeros(100), np.random.default_rng(0).random(100))
    assert counts.sum() == 100
    assert counts.max() - counts.min() <= 1


def test_bootstrap_interval_of_a_mean_is_two_standard_errors():
    values = np.random.default_rng(2).normal(size=400)
    low, high = metrics.bootstrap_interval(lambda rows: float(values[rows].mean()), 400)
    assert low < values.mean() < high
    assert high - low == pytest.approx(2 * 1.96 * values.std() / 20, rel=0.15)


def test_bootstrap_draws_whole_patients():
    patients = np.repeat(np.arange(50), 8)
    values = np.repeat(np.random.default_rng(3).normal(size=50), 8)
    alone = metrics.bootstrap_interval(lambda rows: float(values[rows].mean()), 400)
    grouped = metrics.bootstrap_interval(lambda rows: float(values[rows].mean()), 400, groups=patients)
    # Eight copies of a record are no more evidence than one: the honest interval is wider by about sqrt(8).
    assert (grouped[1] - grouped[0]) / (alone[1] - alone[0]) == pytest.approx(np.sqrt(8), rel=0.25)


def test_bootstrap_of_an_undefined_statistic_is_undefined():
    assert np.isnan(metrics.bootstrap_interval(lambda rows: float("nan"), 10, repeats=5)).all()
