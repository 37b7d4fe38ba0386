"""The boundaries' last step: small, bounded, the same whichever way up a lead stands in its input order."""

import numpy as np
import pytest

from cardio_desktop.analysis.delineation import Segment
from cardio_desktop.analysis.edges import BOUND_S, MOST, REACH, features, refined

RATE_HZ = 250.0
INPUTS = 6 * (2 * REACH + 1) + 2


@pytest.fixture
def ecg() -> np.ndarray:
    return np.random.default_rng(1).standard_normal((3, 1000)).astype(np.float32)


@pytest.fixture
def probabilities() -> np.ndarray:
    p = np.random.default_rng(2).random((4, 3, 1000)).astype(np.float32)
    return p / p.sum(axis=0)


SEGMENTS = [[Segment("P", 0.02, 0.1, 1.0), Segment("QRS", 1.0, 1.09, 1.0), Segment("T", 3.7, 3.99, 1.0)]] * 3


def layers(scale: float, seed: int = 0):
    rng = np.random.default_rng(seed)
    shapes = ((INPUTS, 4), (4,), (4,), ())
    return {key: tuple(scale * np.asarray(rng.standard_normal(s), dtype=np.float32) for s in shapes) for key in BOUND_S}


def test_a_boundary_never_moves_far_and_stays_in_order(ecg, probabilities):
    moved = refined(SEGMENTS, ecg, probabilities, RATE_HZ, layers(10.0))
    for before, after in zip(SEGMENTS[0], moved[1], strict=True):
        assert after.onset_s < after.offset_s
        for side in ("onset", "offset"):
            most = MOST * BOUND_S.get((before.wave, side), 0.0)
            assert abs(getattr(after, f"{side}_s") - getattr(before, f"{side}_s")) <= most + 1e-9


def test_without_layers_nothing_moves(ecg, probabilities):
    assert refined(SEGMENTS, ecg, probabilities, RATE_HZ, {}) == SEGMENTS
    assert refined(SEGMENTS, ecg, probabilities, RATE_HZ, layers(0.0)) == SEGMENTS


def test_order_of_leads_does_not_matter(ecg, probabilities):
    moved = refined(SEGMENTS, ecg, probabilities, RATE_HZ, layers(0.1))
    turned = refined(SEGMENTS, ecg[::-1], probabilities[:, ::-1], RATE_HZ, layers(0.1))[::-1]
    for one, two in zip(moved, turned, strict=True):
        assert [s.onset_s for s in one] == pytest.approx([s.onset_s for s in two], abs=1e-5)


def test_features_are_the_trace_around_the_boundary(ecg, probabilities):
    seen = features([SEGMENTS[0][1]], [2], "onset", ecg, probabilities, RATE_HZ)
    assert seen.shape == (1, INPUTS)
    around = ecg[2, 250 - REACH : 250 + REACH + 1] - ecg[2, 250]
    assert seen[0, : 2 * REACH + 1] == pytest.approx(around / (np.ptp(ecg[2, 250:273]) + 0.02), abs=1e-3)


def test_ends_of_the_recording_are_no_error(ecg, probabilities):
    at_the_end = [[Segment("T", 3.9, 4.1, 1.0)], [Segment("P", -0.1, 0.01, 1.0)], []]
    moved = refined(at_the_end, ecg, probabilities, RATE_HZ, layers(0.1))
    assert [len(lead) for lead in moved] == [1, 1, 0]
