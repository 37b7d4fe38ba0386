from itertools import pairwise

import numpy as np
import pytest

from cardio_desktop.core.findings import ClassScore, Evidence, Prediction


def evidence(values: np.ndarray) -> Evidence:
    return Evidence(
        ("NORM", "MI"),
        ("I", "aVR"),
        values.astype(np.float32),
        bin_s=0.08,
        start_s=2.0,
        logit=np.zeros(2, np.float32),
        bias=np.zeros(2, np.float32),
    )


def test_evidence_at_an_instant_is_that_of_its_bin() -> None:
    values = np.arange(2 * 2 * 10).reshape(2, 2, 10)
    found = evidence(values)
    assert found.at("MI", "I", 2.0) == 20
    assert found.at("MI", "I", 2.0799) == 20
    assert found.at("MI", "I", 2.08) == 21
    assert found.at("MI", "aVR", 2.79) == 39
    assert found.at("MI", "I", 1.99) is None
    assert found.at("MI", "I", found.end_s) is None
    assert found.at("MI", "V9", 2.0) is None


def test_cabreras_minus_avr_has_the_evidence_of_avr() -> None:
    found = evidence(np.arange(40).reshape(2, 2, 10))
    assert found.at("MI", "-aVR", 2.0) == found.at("MI", "aVR", 2.0)


def test_pieces_of_time_add_up_to_the_whole() -> None:
    found = evidence(np.random.default_rng(0).normal(size=(2, 2, 10)))
    cuts = [0.0, 2.013, 2.2, 2.555, 2.7, 99.0]
    parts = sum(found.between(a, b) for a, b in pairwise(cuts))
    np.testing.assert_allclose(parts, found.values.sum(axis=2), rtol=1e-5, atol=1e-6)


def test_evidence_cannot_be_changed() -> None:
    found = evidence(np.zeros((2, 2, 10)))
    with pytest.raises(ValueError, match="read-only"):
        found.values[0, 0, 0] = 1


def test_evidence_of_the_wrong_shape_is_refused() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        evidence(np.zeros((2, 3, 10)))


def test_the_leading_pathology_is_never_the_normal_class() -> None:
    scores = tuple(ClassScore(c, 0.0, p, 0.0) for c, p in (("NORM", 0.9), ("MI", 0.1), ("CD", 0.2)))
    prediction = Prediction("n", "1", "0" * 64, (), scores)
    assert prediction.leading_pathology == "CD"
    assert prediction.probability("MI") == 0.1
    with pytest.raises(KeyError):
        prediction.probability("XX")
