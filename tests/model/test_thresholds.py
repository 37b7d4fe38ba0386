"""Thresholds keep their promises, here and on other patients."""

import numpy as np
import pytest

from cardio_desktop.core.findings import Tier
from cardio_desktop.model.card import Thresholds
from cardio_desktop.model.metrics import wilson_interval
from cardio_desktop.model.risk import tier_of
from cardio_desktop.model.thresholds import TierLimits, at_most, choose_thresholds, with_young_limit

CODES = ("NORM", "MI", "STTC", "CD", "HYP")


def population(records=4000, seed=0):
    """Probabilities that mean what they say, with a class for each disease."""
    rng = np.random.default_rng(seed)
    disease = rng.random((records, 4)) ** 6
    truth = rng.random((records, 4)) < disease
    normal = ~truth.any(axis=1)
    probability = np.concatenate([1 - disease.max(axis=1, keepdims=True), disease], axis=1)
    confirmed = truth[:, 0] & (disease[:, 0] > 0.5)
    return probability, np.concatenate([normal[:, None], truth], axis=1), confirmed


def tiers(probability, limits):
    return np.array([tier_of(dict(zip(CODES, row, strict=True)), limits) for row in probability])


def test_chosen_thresholds_hold_what_they_promise():
    probability, truth, confirmed = population()
    found = choose_thresholds(probability, truth, confirmed)
    tier = tiers(probability, found)
    low, high, ill = tier == Tier.LOW, tier == Tier.HIGH, truth[:, 1:].any(axis=1)
    assert not (low & confirmed).any()
    assert (low & truth[:, 1]).sum() <= 0.01 * truth[:, 1].sum()
    assert (low & ill).sum() <= 0.05 * ill.sum()
    assert wilson_interval(int((~low & truth[:, 1]).sum()), int(truth[:, 1].sum()))[0] >= 0.98
    assert ill[high].mean() >= 0.96
    assert (low & ~ill).sum() > 0.1 * (~ill).sum()
    assert high.sum() > 0


def test_a_stricter_promise_makes_a_smaller_low():
    probability, truth, confirmed = population()
    sizes = []
    for share in (0.90, 0.95, 0.99):
        found = choose_thresholds(probability, truth, confirmed, TierLimits(any_sensitivity=share))
        sizes.append((tiers(probability, found) == Tier.LOW).sum())
    assert sizes[0] > sizes[1] > sizes[2]


def test_one_confirmed_infarction_among_the_lowest_empties_low():
    probability, truth, confirmed = population()
    confirmed = confirmed.copy()
    confirmed[np.argmin(probability[:, 1:].max(axis=1))] = True
    found = choose_thresholds(probability, truth, confirmed)
    assert not (confirmed & (tiers(probability, found) == Tier.LOW)).any()


def separable(records, seed):
    """Probabilities that mean what they say and are mostly near 0 or 1, as a good network gives."""
    rng = np.random.default_rng(seed)
    disease = rng.beta(0.03, 0.25, (records, 4))
    truth = rng.random((records, 4)) < disease
    normal = ~truth.any(axis=1)
    probability = np.concatenate([1 - disease.max(axis=1, keepdims=True), disease], axis=1)
    return probability, np.concatenate([normal[:, None], truth], axis=1), truth[:, 0] & (disease[:, 0] > 0.9)


def test_promises_mostly_hold_on_other_patients():
    kept = []
    for seed in range(5):
        found = choose_thresholds(*separable(2000, seed))
        probability, truth, _ = separable(6000, 1000 + seed)
        tier = tiers(probability, found)
        low, high, ill = tier == Tier.LOW, tier == Tier.HIGH, truth[:, 1:].any(axis=1)
        normal = truth[:, 0] & ~ill
        kept.append(
            (
                ill[high].mean() >= 0.96,
                ill[high].sum() >= 0.45 * ill.sum(),
                (low & ill).sum() <= 0.05 * ill.sum(),
                (low & truth[:, 1]).sum() <= 0.01 * truth[:, 1].sum(),
                (low & normal).sum() >= 0.45 * normal.sum(),
            )
        )
    assert np.mean(kept, axis=0).min() >= 0.8


def test_half_of_a_fold_chooses_for_a_whole_one():
    probability, truth, confirmed = population(2000)
    whole = choose_thresholds(probability, truth, confirmed)
    half = choose_thresholds(probability, truth, confirmed, share_of_fold=0.5)
    # Fewer records of the whole are known, but what they promise is for more: the same margin or a narrower one.
    assert half.high_any <= whole.high_any


def test_a_handful_of_records_does_not_break_the_choice():
    truth = np.array([[1, 0, 0, 0, 0], [0, 1, 0, 0, 0], [0, 0, 0, 1, 0]], dtype=bool)
    probability = np.where(truth, 0.9, 0.1)
    found = choose_thresholds(probability, truth, np.array([False, True, False]))
    assert 0 <= found.low_any < found.high_any <= 1
    assert tiers(probability, found)[1] is not Tier.LOW


@pytest.mark.parametrize(
    ("allowed", "whole", "counted", "total"), [(4, 540, 2, 540), (0, 98, 0, 98), (60, 1200, 40, 600)]
)
def test_the_prediction_is_the_beta_binomial(allowed, whole, counted, total):
    from scipy.stats import betabinom

    expected = betabinom.cdf(allowed, whole, counted + 0.5, total - counted + 0.5)
    assert at_most(allowed, whole, counted, total) == pytest.approx(expected, rel=1e-9)


def test_the_young_have_a_limit_of_their_own_that_holds_its_promise():
    rng = np.random.default_rng(5)
    ages = np.repeat([30.0, 60.0], 1000)
    ill = rng.random(2000) < np.where(ages < 40, 0.2, 0.5)
    greatest = np.clip(np.where(ill, rng.beta(3, 2, 2000), rng.beta(1.2, 8, 2000)) * np.where(ages < 40, 0.5, 1), 0, 1)
    probability = np.zeros((2000, 5))
    probability[:, 3] = greatest
    truth = np.zeros((2000, 5), dtype=bool)
    truth[:, 3], truth[:, 0] = ill, ~ill
    base = Thresholds(0.01, 0.3, 0.9)
    found = with_young_limit(base, probability, truth, ages)
    young = found.for_age(30.0)
    missed = ((greatest < young.low_any) & ill & (ages < 40)).sum() / (ill & (ages < 40)).sum()
    assert 0.03 < missed <= 0.05
    assert young.low_any < base.low_any
    for age in (None, 40.0, float("nan")):
        assert found.for_age(age).low_any == base.low_any
    assert Thresholds(**found.as_json()) == found


def test_a_young_limit_never_widens_low():
    probability = np.zeros((4, 5))
    truth = np.zeros((4, 5), dtype=bool)
    found = with_young_limit(Thresholds(0.1, 0.2, 0.9), probability, truth, np.full(4, 20.0))
    assert found.for_age(20.0).low_any == 0.2
