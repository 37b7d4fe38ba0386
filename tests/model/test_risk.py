"""Tiers: infarction first, never Low by accident."""

import pytest

from cardio_desktop.core.findings import ClassScore, Prediction, Quality, Tier, WindowScore
from cardio_desktop.model.card import Thresholds
from cardio_desktop.model.risk import stratify, tier_of
from cardio_desktop.words import say, verbatim

CODES = ("NORM", "MI", "STTC", "CD", "HYP")
LIMITS = Thresholds(low_mi=0.05, low_any=0.2, high_any=0.6)


@pytest.fixture
def card(classifier):
    from dataclasses import replace

    return replace(classifier.card, thresholds=LIMITS)


def scores(norm=0.9, mi=0.01, sttc=0.05, cd=0.05, hyp=0.05):
    return dict(zip(CODES, (norm, mi, sttc, cd, hyp), strict=True))


def prediction(mean, *windows):
    return Prediction(
        "m", "1", "0",
        tuple(WindowScore(10.0 * k, 10.0 * k + 10, w) for k, w in enumerate(windows or (mean,))),
        tuple(ClassScore(code, 0.0, p, 0.0) for code, p in mean.items()),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "tier"),
    [
        ({}, Tier.LOW),
        ({"mi": 0.05}, Tier.MODERATE),
        ({"mi": 0.049}, Tier.LOW),
        ({"cd": 0.2}, Tier.MODERATE),
        ({"hyp": 0.6}, Tier.HIGH),
        ({"mi": 0.59}, Tier.MODERATE),
        ({"norm": 0.0}, Tier.LOW),
    ],
)
def test_tier_at_its_limits(changed, tier):
    assert tier_of(scores(**changed), LIMITS) is tier


def test_the_reason_names_class_and_probability(card):
    risk = stratify(prediction(scores(mi=0.93)), card)
    assert risk.tier is Tier.HIGH
    assert "93 %: myocardial infarction probable" in say(risk.reason)
    assert risk.thresholds == LIMITS.as_mapping()


def test_low_names_the_highest_pathology(card):
    risk = stratify(prediction(scores()), card)
    assert risk.tier is Tier.LOW
    assert "lie below the limits for Low; the highest is" in say(risk.reason)


def test_low_only_if_every_window_is(card):
    quiet, loud = scores(), scores(mi=0.3)
    risk = stratify(prediction(quiet, quiet, loud, quiet), card)
    assert risk.tier is Tier.MODERATE
    assert "10-20 s" in say(risk.reason)


def test_high_follows_the_mean(card):
    assert stratify(prediction(scores(cd=0.5), scores(), scores(cd=0.9)), card).tier is Tier.MODERATE
    assert stratify(prediction(scores(cd=0.7), scores(), scores(cd=0.9)), card).tier is Tier.HIGH


@pytest.mark.parametrize(
    ("options", "word"),
    [
        ({"age_years": 17}, "under 18"),
        ({"paced": True}, "pacemaker"),
        ({"quality": Quality(False, (verbatim("muscle noise in V4"),))}, "muscle noise in V4"),
    ],
)
def test_not_assessed_has_its_reason(card, options, word):
    risk = stratify(prediction(scores(mi=0.99)), card, **options)
    assert risk.tier is Tier.NOT_ASSESSED
    assert word in say(risk.reason)


def test_no_prediction_passes_its_reason_on(card):
    risk = stratify(None, card, reason=verbatim("The recording is 3.0 s long."))
    assert (risk.tier, risk.reason) == (Tier.NOT_ASSESSED, verbatim("The recording is 3.0 s long."))


def test_adults_of_usable_quality_are_assessed(card):
    assert stratify(prediction(scores()), card, age_years=18, quality=Quality(True)).tier is Tier.LOW


def test_high_names_every_class_that_reaches_the_limit_infarction_first(card):
    reason = stratify(prediction(scores(mi=0.61, cd=0.97, hyp=0.7, sttc=0.5)), card).reason
    reason = say(reason)
    assert reason == (
        "61 %: myocardial infarction, 97 %: conduction disturbance and 70 %: hypertrophy probable "
        "(limit for High 60 %)."
    )


@pytest.mark.parametrize("mi", [0.01, 0.3, 0.93])
def test_swapped_electrodes_stand_in_the_reason_of_any_tier(card, mi):
    plain = stratify(prediction(scores(mi=mi)), card)
    doubted = stratify(prediction(scores(mi=mi)), card, quality=Quality(True, reversal="RA/LA"))
    assert doubted.tier is plain.tier
    assert say(doubted.reason).startswith(say(plain.reason))
    assert "RA/LA seem swapped" in say(doubted.reason)


def test_the_limit_of_low_falls_for_the_young_alone(card):
    from dataclasses import replace

    young = replace(card, thresholds=replace(LIMITS, low_any_young=0.1))
    between = prediction(scores(cd=0.15))
    tiers = [stratify(between, young, age_years=age).tier for age in (25.0, 39.9, 40.0, None)]
    assert tiers == [Tier.MODERATE, Tier.MODERATE, Tier.LOW, Tier.LOW]
    assert stratify(between, young, age_years=25.0).thresholds["low_any"] == 0.1
    assert stratify(between, card, age_years=25.0).tier is Tier.LOW


def test_a_minute_of_disease_in_six_is_high_with_its_times(card):
    ill, well = scores(mi=0.8), scores()
    windows = [well] * 20 + [ill] * 6 + [well] * 10
    risk = stratify(prediction(scores(mi=0.02), *windows), card)
    assert risk.tier is Tier.HIGH
    assert risk.stretch_s == (200.0, 260.0)
    assert "80 %: myocardial infarction probable" in say(risk.reason)
    assert "from 03:20 to 04:20" in say(risk.reason)
    assert "von 03:20 bis 04:20" in say(risk.reason, "de")


def test_one_or_two_windows_are_no_stretch_and_keep_the_record_from_low(card):
    for count in (1, 2):
        risk = stratify(prediction(scores(), *[scores()] * 10, *[scores(cd=0.9)] * count, *[scores()] * 10), card)
        assert risk.tier is Tier.MODERATE
        assert risk.stretch_s == (100.0, 100.0 + 10.0 * count)


def test_one_good_window_does_not_break_a_stretch(card):
    ill, well = scores(sttc=0.9), scores()
    risk = stratify(prediction(scores(), *[well] * 5, ill, ill, well, ill, ill, *[well] * 5), card)
    assert (risk.tier, risk.stretch_s) == (Tier.HIGH, (50.0, 100.0))


def test_windows_beside_a_gap_are_not_in_a_row(card):
    ill = scores(mi=0.9)
    apart = Prediction(
        *("m", "1", "0"),
        tuple(WindowScore(at, at + 10.0, ill) for at in (0.0, 10.0, 60.0, 70.0)),
        tuple(ClassScore(code, 0.0, p, 0.0) for code, p in scores(mi=0.3).items()),
    )
    assert stratify(apart, card).tier is Tier.MODERATE


def test_a_tier_of_the_whole_record_has_no_stretch(card):
    assert stratify(prediction(scores(), *[scores()] * 4), card).stretch_s is None
    assert stratify(prediction(scores(mi=0.9), *[scores(mi=0.9)] * 4), card).stretch_s is None
