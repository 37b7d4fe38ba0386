"""The last step of the boundaries is learnt: what moves a mark is found, whichever way up the lead stands."""

import numpy as np
import pytest

pytest.importorskip("torch")
from cardio_desktop.training.delineator_edges import fit

TURNING = 6


@pytest.fixture(scope="module")
def learnt():
    rng = np.random.default_rng(0)
    seen = rng.standard_normal((4000, 10)).astype(np.float32)
    moves = 0.8 * np.tanh(seen[:, 8]) + 0.4 * np.abs(seen[:, 2])
    return seen, moves.astype(np.float32), fit(seen, moves.astype(np.float32), TURNING, epochs=40)


def said(layers, seen):
    return np.maximum(seen @ layers[0] + layers[1], 0) @ layers[2] + layers[3]


def test_the_layers_say_how_far_the_mark_lies_beside(learnt):
    seen, moves, layers = learnt
    assert np.corrcoef(said(layers, seen), moves)[0, 1] > 0.9
    assert np.median(np.abs(said(layers, seen) - moves)) < 0.2


def test_a_lead_turned_over_is_moved_alike(learnt):
    seen, _, layers = learnt
    turned = seen.copy()
    turned[:, :TURNING] *= -1
    assert np.corrcoef(said(layers, seen), said(layers, turned))[0, 1] > 0.95
