import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cardio_desktop.core.errors import Cancelled
from cardio_desktop.core.pyramid import CHUNK, FACTOR, build_pyramid
from cardio_desktop.core.record import ArraySamples, Channel, Lead


def lead_of(counts: np.ndarray) -> Lead:
    channel = Channel("II", 250.0, "mV", 1.0, 0.0, ArraySamples(counts, missing=-32768), lead="II")
    return Lead("II", ((channel, 1.0),))


@settings(deadline=None, max_examples=40)
@given(st.integers(1, 20_000), st.integers(0, 2**32 - 1))
def test_no_peak_is_lost_on_any_level(length: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    counts = rng.integers(-1000, 1000, length).astype(np.int16)
    pyramid = build_pyramid(lead_of(counts))
    for level, blocks in enumerate(pyramid.levels):
        size = FACTOR ** (level + 1)
        for k in rng.integers(0, blocks.shape[0], 5):
            part = counts[k * size : (k + 1) * size]
            assert tuple(blocks[k]) == (part.min(), part.max())


def test_a_spike_of_one_sample_shows_in_a_day() -> None:
    counts = np.zeros(2 * CHUNK + 12_345, dtype=np.int16)
    counts[1_500_000] = 900
    pyramid = build_pyramid(lead_of(counts))
    found = pyramid.envelope(0, len(counts), 500)
    assert found is not None
    first, size, blocks = found
    assert blocks.shape[0] >= 500
    (hit,) = np.flatnonzero(blocks[:, 1] == 900)
    assert (first + hit) * size <= 1_500_000 < (first + hit + 1) * size


def test_gaps_are_nan_and_never_zero() -> None:
    counts = np.full(10_000, -32768, dtype=np.int16)
    counts[9_000:] = 5
    blocks = build_pyramid(lead_of(counts)).levels[0]
    assert np.isnan(blocks[: 9000 // FACTOR]).all()
    assert (blocks[9000 // FACTOR + 1 :] == 5).all()


def test_blocks_lie_on_absolute_indices_so_that_the_envelope_does_not_shimmer() -> None:
    counts = np.random.default_rng(0).integers(-99, 99, 100_000).astype(np.int16)
    pyramid = build_pyramid(lead_of(counts))
    one, two = pyramid.envelope(0, 60_000, 100), pyramid.envelope(7, 60_007, 100)
    assert one is not None
    assert two is not None
    assert one[1] == two[1]
    shift = two[0] - one[0]
    np.testing.assert_array_equal(one[2][shift : shift + 50], two[2][:50])


def test_few_samples_are_left_to_be_drawn_themselves() -> None:
    assert build_pyramid(lead_of(np.zeros(4000, dtype=np.int16))).envelope(0, 4000, 1000) is None


def test_building_can_be_cancelled() -> None:
    def stop(_percent: float) -> None:
        raise Cancelled("no")

    with pytest.raises(Cancelled):
        build_pyramid(lead_of(np.zeros(10, dtype=np.int16)), stop)
