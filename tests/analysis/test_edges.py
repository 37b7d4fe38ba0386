"""The boundaries' last step: small, bounded, the same whichever way up a lead stands in its input order."""

import numpy as np
import pytest

from cardio_desktop.analysis.delineation import Segment
from cardio_desktop.analysis.edges import (
    BOUND_S,
    FINE,
    FINE_REACH,
    MOST,
    REACH,
    EdgeView,
    complex_height,
    features,
    refined,
    turning,
)

RATE_HZ = 250.0
FINE_RATE_HZ = 500.0


def inputs(wave: str) -> int:
    return 6 * (2 * REACH + 1) + 2 + (2 * (2 * FINE_REACH + 1) if wave in FINE else 0)


@pytest.fixture
def seen() -> EdgeView:
    rng = np.random.default_rng(1)
    ecg = rng.standard_normal((3, 1000)).astype(np.float32)
    p = rng.random((4, 3, 1000)).astype(np.float32)
    return EdgeView(
        ecg, p / p.sum(axis=0), RATE_HZ, rng.standard_normal((3, 2000)).astype(np.float32) / 5, FINE_RATE_HZ, 1.0
    )


SEGMENTS = [[Segment("P", 0.02, 0.1, 1.0), Segment("QRS", 1.0, 1.09, 1.0), Segment("T", 3.7, 3.99, 1.0)]] * 3


def layers(scale: float, seed: int = 0):
    rng = np.random.default_rng(seed)
    return {
        key: tuple(
            scale * np.asarray(rng.standard_normal(shape), dtype=np.float32)
            for shape in ((inputs(key[0]), 4), (4,), (4,), ())
        )
        for key in BOUND_S
    }


def test_a_boundary_never_moves_far_and_stays_in_order(seen):
    moved = refined(SEGMENTS, seen, layers(10.0))
    for before, after in zip(SEGMENTS[0], moved[1], strict=True):
        assert after.onset_s < after.offset_s
        for side in ("onset", "offset"):
            most = MOST * BOUND_S.get((before.wave, side), 0.0)
            assert abs(getattr(after, f"{side}_s") - getattr(before, f"{side}_s")) <= most + 1e-9


def test_without_layers_nothing_moves(seen):
    assert refined(SEGMENTS, seen, {}) == SEGMENTS
    assert refined(SEGMENTS, seen, layers(0.0)) == SEGMENTS


def test_order_of_leads_does_not_matter(seen):
    moved = refined(SEGMENTS, seen, layers(0.1))
    other = EdgeView(seen.ecg[::-1], seen.probabilities[:, ::-1], RATE_HZ, seen.leads_mv[::-1], FINE_RATE_HZ, 1.0)
    turned = refined(SEGMENTS, other, layers(0.1))[::-1]
    for one, two in zip(moved, turned, strict=True):
        assert [s.onset_s for s in one] == pytest.approx([s.onset_s for s in two], abs=1e-5)


def test_features_are_the_trace_around_the_boundary(seen):
    found = features([SEGMENTS[0][1]], [2], "onset", seen)
    assert found.shape == (1, inputs("QRS"))
    around = seen.ecg[2, 250 - REACH : 250 + REACH + 1] - seen.ecg[2, 250]
    assert found[0, : 2 * REACH + 1] == pytest.approx(around / (np.ptp(seen.ecg[2, 250:273]) + 0.02), abs=1e-3)
    first = 2 * (2 * REACH + 1)
    own = seen.leads_mv[2, 500 - FINE_REACH : 500 + FINE_REACH + 1] - seen.leads_mv[2, 500]
    assert found[0, first : turning("QRS")] == pytest.approx(np.clip(10 * own, -3, 3), abs=1e-3)
    assert features([SEGMENTS[0][0]], [2], "onset", seen).shape == (1, inputs("P"))


def test_turning_a_lead_over_turns_the_first_features_alone(seen):
    upside = np.array([[1.0], [1.0], [-1.0]], dtype=np.float32)
    other = EdgeView(seen.ecg * upside, seen.probabilities, RATE_HZ, seen.leads_mv * upside, FINE_RATE_HZ, 1.0)
    one, two = (features([SEGMENTS[0][1]], [2], "offset", view) for view in (seen, other))
    border = turning("QRS")
    assert two[0, :border] == pytest.approx(-one[0, :border], abs=1e-5)
    assert two[0, border:] == pytest.approx(one[0, border:], abs=1e-5)


def test_small_and_large_complexes_are_looked_at_magnified(seen):
    seen_at = {}
    for factor in (0.02, 0.2, 20.0, 200.0):
        mv = factor * seen.leads_mv
        height = complex_height(SEGMENTS, mv, FINE_RATE_HZ)
        assert height == pytest.approx(factor * complex_height(SEGMENTS, seen.leads_mv, FINE_RATE_HZ), rel=1e-4)
        view = EdgeView(seen.ecg, seen.probabilities, RATE_HZ, mv, FINE_RATE_HZ, height)
        seen_at[factor] = features([SEGMENTS[0][1]], [0], "onset", view)
    np.testing.assert_allclose(seen_at[0.2], seen_at[0.02], atol=1e-3)
    np.testing.assert_allclose(seen_at[200.0], seen_at[20.0], atol=1e-3)
    assert np.abs(seen_at[0.2] - seen_at[20.0]).max() > 0.1


def test_the_same_recording_at_another_rate_gives_nearly_the_same(seen):
    t = np.arange(2000) / FINE_RATE_HZ
    smooth = np.array([0.2 * np.sin(2 * np.pi * 3 * t + k) for k in range(3)], dtype=np.float32)
    fine = EdgeView(seen.ecg, seen.probabilities, RATE_HZ, smooth, FINE_RATE_HZ, 1.0)
    coarse = EdgeView(seen.ecg, seen.probabilities, RATE_HZ, smooth[:, ::2], FINE_RATE_HZ / 2, 1.0)
    one, two = (features([SEGMENTS[0][1]], [1], "onset", view) for view in (fine, coarse))
    np.testing.assert_allclose(one, two, atol=0.05)


def test_ends_of_the_recording_are_no_error(seen):
    at_the_end = [[Segment("T", 3.9, 4.1, 1.0)], [Segment("P", -0.1, 0.01, 1.0)], []]
    moved = refined(at_the_end, seen, layers(0.1))
    assert [len(lead) for lead in moved] == [1, 1, 0]
