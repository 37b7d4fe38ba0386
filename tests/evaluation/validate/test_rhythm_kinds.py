"""The figures of beats, quality, swapped electrodes and rhythm are counted as they say."""

import argparse

import numpy as np
import pytest

from cardio_desktop.core.errors import ReadError
from cardio_desktop.core.findings import Beat
from cardio_desktop.evaluation.validate import beats, quality, reversal, rhythm


def test_ventricular_beats_are_counted_one_to_one():
    marks = [(1.0, "N"), (2.0, "V"), (3.0, "E"), (4.0, "F"), (5.0, "N"), (6.0, "V")]
    found = [
        Beat(1.0, "normal"),
        Beat(2.05, "ventricular"),
        Beat(3.0, "normal"),  # an escape beat that was not called so
        Beat(4.0, "ventricular"),  # fusion counts neither way
        Beat(5.0, "ventricular"),  # wrong
        Beat(7.0, "ventricular"),  # invented; the beat at 6 s was missed
    ]
    score = beats.score_kind(marks, found, "ventricular")
    assert (score.found, score.missed, score.invented) == (1, 2, 2)
    marks, found = [(1.0, "A"), (2.0, "S"), (3.0, "N")], [Beat(k, "supraventricular") for k in (1.0, 3.0)]
    score = beats.score_kind(marks, found, "supraventricular")
    assert (score.found, score.missed, score.invented) == (1, 1, 1)


def test_records_without_marks_are_refused_in_words(tmp_path):
    with pytest.raises(ReadError, match="reference beats"):
        beats.validate(tmp_path, argparse.Namespace())
    with pytest.raises(ReadError, match=r"signals\.flac"):
        quality.validate(tmp_path, argparse.Namespace())


def test_the_area_under_the_curve_counts_pairs():
    bad = np.array([True, True, False, False])
    assert quality.area(np.array([4.0, 3.0, 2.0, 1.0]), bad) == 1.0
    assert quality.area(np.array([1.0, 1.0, 1.0, 1.0]), bad) == 0.5
    assert quality.area(np.array([4.0, 1.0, 2.0, 3.0]), bad) == 0.5


def test_rhythm_counts_are_shares_of_the_cases():
    cases = [
        rhythm.Case(frozenset({"AFIB"}), frozenset({"AFIB"}), frozenset()),
        rhythm.Case(frozenset({"AFLT"}), frozenset({"AFIB", "PVC"}), frozenset({"AFLT"})),
        rhythm.Case(frozenset({"SR"}), frozenset({"AFIB"}), frozenset({"SR"})),
        rhythm.Case(frozenset({"SR", "STACH"}), frozenset({"STACH"}), frozenset({"STACH"})),
    ]
    found = rhythm._counts(cases, "atrial fibrillation or flutter", "said")
    assert (found["cases"], found["sensitivity"]["share"], found["specificity"]["share"]) == (2, 1.0, 0.5)
    alone = rhythm._counts(cases, "atrial fibrillation or flutter", "alone")
    assert (alone["sensitivity"]["share"], alone["precision"]["share"]) == (0.5, 1.0)
    result = {"data": "made up", "records": 4, "measured": {}}
    for key, which in (("with_network", "said"), ("without_network", "alone")):
        result[key] = rhythm.figures(cases, which)
    assert "100.0" in rhythm.table(result)


def test_false_fibrillation_and_p_waves_are_counted_by_statement():
    nothing, sinus, fibrillation = frozenset(), frozenset({"SR"}), frozenset({"AFIB"})
    cases = [
        rhythm.Case(frozenset({"SR", "PAC"}), fibrillation, sinus, 0.0, 0.9),
        rhythm.Case(frozenset({"AFIB", "PAC"}), fibrillation, sinus, 0.0, 0.5),
        rhythm.Case(frozenset({"AFIB"}), nothing, nothing, None, 0.3),
        rhythm.Case(sinus, sinus, sinus, 1.0, 1.0),
        rhythm.Case(frozenset({"SR", "PACE"}), sinus, sinus, 0.2, 0.2),
    ]
    said, alone = rhythm.figures(cases, "said"), rhythm.figures(cases, "alone")
    assert said["false_fibrillation"]["PAC"] == alone["false_fibrillation"]["PAC"] | {
        "said": 1,
        "share": rhythm.share_of(1, 1),
    }
    assert said["false_fibrillation"]["SR"]["cases"] == 3
    assert said["p_waves"] == {"atrial fibrillation": 0.0, "atrial flutter": None, "sinus rhythm": 0.5}
    assert alone["p_waves"]["atrial fibrillation"] == pytest.approx(0.4)
    assert "SR 1 of 3, " in rhythm.table(
        {"data": "made up", "records": 5, "with_network": said, "without_network": alone, "measured": {}}
    )


def test_measured_values_are_compared_with_what_was_stated_at_each_limit():
    def case(stated, rate_bpm, pr_ms=None):
        return rhythm.Case(frozenset(stated), frozenset(), frozenset(), rate_bpm=rate_bpm, pr_ms=pr_ms)

    cases = [
        case({"STACH"}, 110.0, 150.0),
        case({"STACH", "1AVB"}, 100.2, 210.0),
        case({"SR"}, 104.0, 180.0),
        case({"SBRAD", "LPR"}, 55.0, 230.0),
        case({"SBRAD"}, None),
        case({"AFIB", "STACH"}, 130.0),
    ]
    found = {name: rhythm._by_value(cases, name) for name in rhythm.MEASURED}
    fast = found["STACH, rate above 100/min"]
    assert (fast["cases"], fast["sensitivity"]["share"], fast["precision"]["share"]) == (2, 0.5, 0.5)
    assert fast["auc"] == pytest.approx(0.75)
    assert found["SBRAD, rate below 50/min"]["sensitivity"]["share"] == 0.0
    assert found["SBRAD, rate below 50/min"]["precision"]["share"] is None
    slow = found["SBRAD, rate below 60/min"]
    assert (slow["cases"], slow["sensitivity"]["share"], slow["precision"]["share"], slow["auc"]) == (2, 0.5, 1.0, 1.0)
    assert found["1AVB or LPR, PR above 200 ms"]["sensitivity"]["share"] == 1.0
    assert found["1AVB or LPR, PR above 220 ms"]["sensitivity"]["share"] == 0.5
    assert rhythm._by_value([case({"SR"}, 70.0)], "SBRAD, rate below 50/min")["auc"] is None
    nothing = rhythm.figures(cases, "said")
    told = {"data": "made up", "records": 6, "with_network": nothing, "without_network": nothing, "measured": found}
    assert "SBRAD, rate below 60/min" in rhythm.table(told)
    assert rhythm.table(told).endswith("1.000")


def test_swaps_have_a_row_each_in_the_table():
    result = {
        "data": "made up",
        "records": 10,
        "false_alarms": {"any": 0.1} | dict.fromkeys(reversal.SWAPS, 0.0),
        "swaps": {swap: {"records": 10, "named": 0.9, "called_swapped": 1.0} for swap in reversal.SWAPS},
    }
    lines = reversal.table(result).splitlines()
    assert len(lines) == 2 + len(reversal.SWAPS)
    assert "10.00 % are called swapped" in lines[0]
