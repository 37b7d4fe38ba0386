"""The quick median is numpy's, to the last bit."""

import numpy as np
import pytest

from cardio_desktop.analysis.medians import median


@pytest.mark.parametrize("shape", [(1,), (2,), (7,), (30, 4), (5, 6, 31)])
def test_it_is_the_median_along_each_axis(shape: tuple[int, ...]) -> None:
    values = np.random.default_rng(1).normal(0, 1, shape)
    for axis in range(len(shape)):
        assert np.array_equal(median(values, axis=axis), np.median(values, axis=axis))


def test_a_missing_value_makes_it_missing() -> None:
    values = np.array([[1.0, np.nan, 3.0], [1.0, 2.0, 4.0]])
    assert np.array_equal(median(values), [np.nan, 2.0], equal_nan=True)
