"""The tier as a line: it follows what stays, does not flicker about a limit, and goes at once without an opinion."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from cardio_desktop.core.findings import ClassScore, Prediction, Risk, Tier
from cardio_desktop.live.tier_line import LOOKS, MARGIN, TierLine
from cardio_desktop.model.card import Thresholds
from cardio_desktop.model.risk import tier_of
from cardio_desktop.reading.passage import NOT_ASKED, Opinion
from cardio_desktop.words import Remark

LIMITS = Thresholds(low_mi=0.1, low_any=0.2, high_any=0.8)


def opinion(mi: float, *, doubted: bool = False, refused: bool = False) -> Opinion:
    chances = {"NORM": 1.0 - mi, "MI": mi, "STTC": 0.05, "CD": 0.05, "HYP": 0.05}
    prediction = Prediction(
        model_name="x", model_version="1", model_sha256="", windows=(),
        classes=tuple(ClassScore(code, 0.0, chance, 0.0) for code, chance in chances.items()),
        statements=(), missing_leads=(),
    )  # fmt: skip
    tier = Tier.MODERATE if doubted else tier_of(chances, LIMITS)
    return NOT_ASKED if refused else Opinion(Risk(tier, Remark("tier-no-opinion")), prediction)


def line_of(chances: list[float]) -> tuple[TierLine, list[Tier]]:
    line = TierLine(LIMITS)
    shown = []
    for chance in chances:
        line.take(opinion(chance))
        shown.append(line.tier)
    return line, shown


def changes(shown: list[Tier]) -> int:
    return sum(a is not b for a, b in pairwise(shown))


def test_what_stays_is_followed_after_four_looks() -> None:
    _, shown = line_of([0.02] * 5 + [0.9] * 5 + [0.02] * 5)
    assert shown[:2] == [Tier.NOT_ASSESSED] * 2
    assert shown[2:8] == [Tier.LOW] * 6
    assert shown[8:13] == [Tier.HIGH] * 5
    assert shown[13:] == [Tier.LOW] * 2


def test_one_look_among_others_moves_nothing() -> None:
    _, shown = line_of([0.02] * 6 + [0.95] + [0.02] * 6)
    assert set(shown[2:]) == {Tier.LOW}


def test_an_opinion_that_swings_about_a_limit_does_not_flicker() -> None:
    rng = np.random.default_rng(4)
    within = (LIMITS.low_mi * (1.0 + 0.9 * MARGIN * rng.uniform(-1.0, 1.0, 500))).tolist()
    _, shown = line_of([0.02] * 5 + within)
    assert changes(shown[3:]) == 0
    _, shown = line_of([0.02] * 5 + [0.05, 0.3] * 200)
    assert changes(shown[3:]) == 0, "one that swings from look to look does not move it either"
    wide = (LIMITS.low_mi + 0.02 * rng.normal(size=500)).tolist()
    _, shown = line_of([0.02] * 5 + wide)
    raw = sum((a < LIMITS.low_mi) != (b < LIMITS.low_mi) for a, b in pairwise(wide))
    assert changes(shown[5:]) < raw / 4


def test_a_refused_opinion_takes_the_line_away_at_once() -> None:
    line, _ = line_of([0.9] * LOOKS)
    assert line.tier is Tier.HIGH
    assert line.take(opinion(0.0, refused=True))
    assert line.tier is Tier.NOT_ASSESSED
    assert not line.take(opinion(0.9)), "one look makes no line"
    line.take(opinion(0.9))
    assert line.take(opinion(0.9))
    assert line.tier is Tier.HIGH


def test_findings_that_contradict_low_keep_it_from_being_shown() -> None:
    line = TierLine(LIMITS)
    for _ in range(LOOKS):
        line.take(opinion(0.02, doubted=True))
    assert line.tier is Tier.MODERATE
