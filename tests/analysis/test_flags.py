"""Evidence by beat adds up, and flags point at the beats and leads that carry it."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from cardio_desktop.analysis.flags import (
    MOST_BEATS,
    beat_spans,
    carriers,
    evidence_by_beat,
    flag_beats,
    notable_classes,
)
from cardio_desktop.core.findings import Beat, ClassScore, Evidence, Prediction, WindowScore
from cardio_desktop.core.leads import LEADS12
from cardio_desktop.core.record import Gap

CLASSES = ("NORM", "MI", "STTC", "CD", "HYP")
BEATS = tuple(Beat(0.4 + 0.8 * k) for k in range(12))


def prediction(**probabilities: float) -> Prediction:
    scores = tuple(ClassScore(code, 0.0, probabilities.get(code, 0.02), 0.0) for code in CLASSES)
    return Prediction("test", "0", "0" * 64, (WindowScore(0.0, 10.0, probabilities),), scores)


def evidence(values: np.ndarray, bin_s: float = 0.08, start_s: float = 0.0) -> Evidence:
    zeros = np.zeros(len(CLASSES), dtype=np.float32)
    return Evidence(CLASSES, LEADS12, values.astype(np.float32), bin_s, start_s, zeros, zeros.copy())


def planted(beats: list[int], lead: str, size: float = 1.0, code: str = "MI") -> Evidence:
    values = np.full((5, 12, 125), 1e-4 * np.sign(size))
    for beat in beats:
        values[CLASSES.index(code), LEADS12.index(lead), int((BEATS[beat].time_s + 0.1) / 0.08)] += size
    return evidence(values)


def flagged(beats) -> list[int]:
    return [k for k, beat in enumerate(beats) if beat.flags]


@pytest.mark.parametrize("bin_s", [0.04, 0.08, 0.16])
def test_beats_and_rest_add_up_to_the_whole_evidence(bin_s):
    values = np.random.default_rng(0).normal(size=(5, 12, round(10 / bin_s)))
    source = evidence(values, bin_s)
    by_beat = evidence_by_beat(BEATS, source)
    spans = beat_spans([beat.time_s for beat in BEATS])
    edges = [0.0, *(edge for span in spans for edge in span), source.end_s]
    rest = sum(source.between(low, high) for low, high in zip(edges[::2], edges[1::2], strict=True) if high > low)
    np.testing.assert_allclose(by_beat.sum(axis=0) + rest, values.sum(axis=2), atol=1e-4)
    result = flag_beats(BEATS, source, prediction(MI=0.9))
    for k, code in enumerate(CLASSES):
        np.testing.assert_allclose([beat.evidence[code] for beat in result], by_beat[:, k].sum(axis=1), atol=1e-9)


def test_spans_never_overlap_and_hold_their_beat():
    times_s = [0.3, 0.7, 1.9, 2.2, 9.0]
    spans = beat_spans(times_s)
    assert all(low < time_s < high for time_s, (low, high) in zip(times_s, spans, strict=True))
    assert all(before[1] <= after[0] + 1e-12 for before, after in pairwise(spans))
    assert spans[3][1] == pytest.approx(2.75)


def test_the_beats_that_carry_the_evidence_are_flagged_in_their_lead():
    result = flag_beats(BEATS, planted([3, 7], "V3"), prediction(MI=0.8))
    assert flagged(result) == [3, 7]
    for k in (3, 7):
        (flag,) = result[k].flags
        assert (flag.code, flag.lead, flag.wave) == ("MI", "V3", None)
        assert flag.evidence == pytest.approx(1.0, abs=0.02)


def test_like_beats_are_flagged_until_half_of_the_evidence_is_named():
    few = BEATS[1:7]
    values = planted(list(range(1, 7)), "V2")
    assert len(flagged(flag_beats(few, values, prediction(MI=0.8)))) == 3
    assert len(flagged(flag_beats(BEATS, planted(list(range(12)), "V2"), prediction(MI=0.8)))) <= MOST_BEATS


def test_nothing_is_flagged_without_a_notable_class_or_positive_evidence():
    assert not flagged(flag_beats(BEATS, planted([3], "V3"), prediction(NORM=0.95)))
    assert not flagged(flag_beats(BEATS, planted([3, 5], "V3", size=-2.0), prediction(MI=0.8)))
    assert carriers(np.zeros(4)) == []


def test_a_chosen_class_is_flagged_whatever_its_probability():
    result = flag_beats(BEATS, planted([2], "aVL", code="HYP"), prediction(MI=0.8), code="HYP")
    assert [(flag.code, flag.lead) for flag in result[2].flags] == [("HYP", "aVL")]


def test_notable_classes_are_clear_or_else_what_keeps_the_tier_from_low():
    limits = {"MI": 0.04, "STTC": 0.2, "CD": 0.2, "HYP": 0.2}
    assert notable_classes(prediction(MI=0.4, CD=0.6), limits) == ("CD", "MI")
    assert notable_classes(prediction(MI=0.05, CD=0.6), limits) == ("CD",)
    assert notable_classes(prediction(MI=0.05, CD=0.15), limits) == ("MI",)
    assert notable_classes(prediction(MI=0.03, CD=0.19), limits) == ()  # the tier is Low
    assert notable_classes(prediction(MI=0.1, CD=0.4), limits | {"CD": 0.5}) == ("MI",)
    assert notable_classes(prediction(NORM=0.99)) == ()


@pytest.mark.parametrize(("time_s", "counts"), [(0.7, False), (0.8, True), (9.2, True), (9.3, False), (10.6, False)])
def test_a_beat_at_the_edge_of_a_window_is_never_flagged(time_s, counts):
    values = np.zeros((5, 12, 125))
    values[CLASSES.index("MI"), 7] = 0.01
    values[CLASSES.index("MI"), 7, min(int(time_s / 0.08), 124)] = 1.0  # as large as padding makes it
    beats = sorted((Beat(4.0), Beat(time_s)), key=lambda beat: beat.time_s)
    result = flag_beats(beats, evidence(values), prediction(MI=0.8))
    # What is spurious takes no flag away from the other one either.
    assert [beat.time_s for beat in result if beat.flags] == [time_s if counts else 4.0]


def test_beats_between_two_windows_or_beside_a_gap_are_not_flagged():
    windows = tuple(WindowScore(low, high, {}) for low, high in ((0.0, 5.0), (5.0, 10.0)))
    halves = replace(prediction(MI=0.8), windows=windows)
    carrying = planted([5, 6], "V3")  # at 4.4 and 5.2 s
    assert not {5, 6} & set(flagged(flag_beats(BEATS, carrying, halves)))
    assert not {5, 6} & set(flagged(flag_beats(BEATS, carrying, prediction(MI=0.8), gaps=[Gap(4.6, 4.9)])))
    assert flagged(flag_beats(BEATS, carrying, prediction(MI=0.8))) == [5, 6]


def test_beats_keep_their_time_and_kind_and_beats_outside_carry_nothing():
    beats = (Beat(3.0, kind="ventricular"), Beat(50.0))
    result = flag_beats(beats, planted([3], "V3"), prediction(MI=0.9))
    assert result[0].kind == "ventricular"
    assert result[1].time_s == 50.0
    assert set(result[1].evidence.values()) == {0.0}
    assert flag_beats((), planted([3], "V3"), prediction(MI=0.9)) == ()
