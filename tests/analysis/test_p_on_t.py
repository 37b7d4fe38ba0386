"""A P wave on the end of T is found where it is; T alone, waves that keep no time and slow hearts have none there."""

from __future__ import annotations

import numpy as np
import pytest

from cardio_desktop.analysis.delineation import Segment
from cardio_desktop.analysis.p_on_t import p_upon_t
from cardio_desktop.analysis.p_search import with_hidden_p
from cardio_desktop.core.leads import LEADS12

RATE_HZ, LENGTH_S = 100.0, 10.0
HEIGHTS = (0.10, 0.15, 0.05, -0.12, 0.03, 0.10, 0.05, 0.06, 0.08, 0.08, 0.08, 0.08)
"""Of P in mV in the twelve leads: upright in I, II and V3 to V6."""


def bell(at_s, middle_s, width_s):
    """Return a smooth hump of about `width_s` at the foot."""
    return np.exp(-0.5 * ((at_s - middle_s) / (width_s / 5.0)) ** 2)


def made(rr_s: float, pr_s: float | None, heights=HEIGHTS):
    """Return leads (12, n) in mV and the complexes; P of 100 ms `pr_s` before each, T until 380 ms after its begin."""
    at_s = np.arange(int(LENGTH_S * RATE_HZ)) / RATE_HZ
    onsets_s = np.arange(0.5, LENGTH_S - 0.3, rr_s)
    mv = np.random.default_rng(5).normal(0.0, 0.005, (12, at_s.size))
    for onset_s in onsets_s:
        mv += 1.0 * bell(at_s, onset_s + 0.045, 0.09) + 0.3 * bell(at_s, onset_s + 0.27, 0.26)
        if pr_s is not None:
            mv += np.outer(heights, bell(at_s, onset_s - pr_s + 0.05, 0.10))
    return mv, [(float(low), float(low) + 0.09) for low in onsets_s]


@pytest.mark.parametrize("pr_s", [0.18, 0.24, 0.30])
def test_p_on_the_end_of_t_is_found_where_it_begins(pr_s):
    mv, qrs = made(0.60, pr_s)
    found = p_upon_t(mv, RATE_HZ, qrs, [True] * len(qrs), LEADS12)
    assert found == pytest.approx(pr_s, abs=0.025)


def test_t_alone_and_a_wave_that_points_up_and_to_the_right_are_none():
    plain, qrs = made(0.60, None)
    assert p_upon_t(plain, RATE_HZ, qrs, [True] * len(qrs), LEADS12) is None
    upside_down, _ = made(0.60, 0.24, [-height for height in HEIGHTS])
    found = p_upon_t(upside_down, RATE_HZ, qrs, [True] * len(qrs), LEADS12)
    assert found is None or abs(found - 0.24) > 0.04


def test_waves_that_keep_no_time_with_the_beats_are_none():
    mv, qrs = made(0.60, None)
    at_s = np.arange(mv.shape[1]) / RATE_HZ
    f_waves = 0.08 * np.sin(2.0 * np.pi * (6.1 * at_s + 0.5 * np.sin(at_s)))
    assert p_upon_t(mv + np.outer(np.sign(HEIGHTS), f_waves), RATE_HZ, qrs, [True] * len(qrs), LEADS12) is None


def test_slow_and_few_beats_are_not_searched():
    mv, qrs = made(1.0, 0.24)
    assert p_upon_t(mv, RATE_HZ, qrs, [True] * len(qrs), LEADS12) is None
    mv, qrs = made(0.60, 0.24)
    assert p_upon_t(mv, RATE_HZ, qrs[:4], [True] * 4, LEADS12) is None
    assert p_upon_t(mv, RATE_HZ, qrs, [False] * len(qrs), LEADS12) is None


def test_t_ends_where_the_p_wave_found_on_it_begins():
    mv, qrs = made(0.60, 0.28)
    lead = [
        segment
        for low, high in qrs
        for segment in (Segment("QRS", low, high, 1.0), Segment("T", low + 0.15, low + 0.50, 1.0))
    ]
    found = with_hidden_p(mv, RATE_HZ, [lead] * 12, [low + 0.045 for low, _ in qrs], names=LEADS12)
    p = [s.onset_s for s in found[0] if s.wave == "P"]
    assert len(p) >= len(qrs) - 2
    assert all(min(abs(onset_s - (low - 0.28)) for low, _ in qrs) < 0.03 for onset_s in p)
    before_p = [s for s in found[0] if s.wave == "T" and s.offset_s < p[-1] + 0.001 and s.onset_s > p[0]]
    assert before_p
    assert all(min(abs(s.offset_s - onset_s) for onset_s in p) < 1e-6 for s in before_p)
