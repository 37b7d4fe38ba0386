"""P waves stay where atria beat and go where they fibrillate."""

import numpy as np
import pytest

from cardio_desktop.analysis.atrial import without_false_p
from cardio_desktop.analysis.delineation import Segment

IRREGULAR_S = np.cumsum([0.9, 0.62, 1.04, 0.71, 0.55, 0.98, 0.80, 0.60, 1.10, 0.75])
REGULAR_S = np.arange(0.9, 9.0, 0.8)


def leads(beats_s, pr_s, sure: float = 0.99) -> list[list[Segment]]:
    """Eight leads; `pr_s` has for each beat the distance of its P wave, None without one."""
    own = []
    for beat, pr in zip(beats_s, pr_s, strict=True):
        own.append(Segment("QRS", beat - 0.04, beat + 0.05, 1.0))
        if pr is not None:
            own.append(Segment("P", beat - 0.04 - pr, beat - 0.04 - pr + 0.09, sure))
    return [sorted(own, key=lambda s: s.onset_s)] * 8


def p_count(segments) -> int:
    return sum(s.wave == "P" for s in segments[0])


def test_scattered_bumps_of_a_fibrillating_rhythm_are_no_p_waves():
    pr_s = [0.16, None, 0.29, None, None, 0.11, 0.22, None, 0.33, None]
    assert p_count(without_false_p(leads(IRREGULAR_S, pr_s, 0.8), IRREGULAR_S)) == 0


def test_an_irregular_rhythm_with_a_p_wave_before_each_beat_keeps_them():
    growing = [0.16, 0.20, 0.26, 0.16, 0.20, 0.26, 0.16, 0.20, 0.26, 0.16]
    for pr_s in ([0.16] * 10, growing):
        assert p_count(without_false_p(leads(IRREGULAR_S, pr_s, 0.8), IRREGULAR_S)) == 10


@pytest.mark.parametrize("pr_s", [[0.16] * 11, [0.16, None, 0.31] * 3 + [0.2, None]])
def test_a_regular_rhythm_keeps_what_was_found(pr_s):
    given = leads(REGULAR_S, pr_s)
    assert without_false_p(given, REGULAR_S) == given


def test_every_other_beat_of_a_bigeminy_keeps_its_p_wave():
    beats_s = np.cumsum([1.0, 0.55, 1.05] * 4)[:10]
    pr_s = [0.16, None] * 5
    assert p_count(without_false_p(leads(beats_s, pr_s), beats_s)) == 5
