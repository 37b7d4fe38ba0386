"""Time stamps of a stream: jitter and drift move no sample and make no gap, lost samples make one of their length."""

from __future__ import annotations

import numpy as np
import pytest

from cardio_desktop.live.stamps import LEAP_S, StampClock

RATE_HZ = 250.0
CHUNK = 10


def sent(
    seconds: float, *, drift: float = 0.0, jitter_s: float = 0.0, seed: int = 1
) -> list[tuple[np.ndarray, np.ndarray]]:
    """Chunks of counts that are their own places, with the stamps of a clock that runs fast by `drift`."""
    rng = np.random.default_rng(seed)
    chunks = []
    for first in range(0, round(seconds * RATE_HZ), CHUNK):
        places = np.arange(first, first + CHUNK)
        # A line delays whole chunks, and never sends one before it was recorded.
        stamps = 1000.0 + places / RATE_HZ * (1.0 + drift) + jitter_s * rng.random()
        chunks.append((places[None].astype(np.int32), stamps))
    return chunks


def placed(clock: StampClock, chunks: list[tuple[np.ndarray, np.ndarray]]) -> tuple[np.ndarray, np.ndarray]:
    blocks = [block for chunk in chunks for block in clock.place(*chunk)] + list(clock.flush())
    return (
        np.concatenate([np.arange(b.first, b.stop) for b in blocks]),
        np.concatenate([b.counts[0] for b in blocks]),
    )


@pytest.mark.parametrize("drift", [-1e-3, -5e-5, 0.0, 5e-5, 1e-3])
def test_jitter_and_drift_move_nothing(drift: float) -> None:
    clock = StampClock(RATE_HZ)
    places, counts = placed(clock, sent(600.0, drift=drift, jitter_s=0.03))
    np.testing.assert_array_equal(places, counts)
    assert (clock.lost, clock.dropped) == (0, 0)
    assert clock.drift == pytest.approx(drift, abs=1e-4)


def test_lost_samples_are_a_gap_of_their_length() -> None:
    clock = StampClock(RATE_HZ)
    chunks = sent(60.0, drift=1e-4, jitter_s=0.02)
    kept = chunks[:300] + chunks[400:900] + chunks[950:]
    places, counts = placed(clock, kept)
    assert np.abs(places - counts).max() <= 0.03 * RATE_HZ, "a gap is as long as the stamps' jitter allows to know"
    assert clock.lost == pytest.approx(150 * CHUNK, abs=2 * 0.03 * RATE_HZ)


def test_a_chunk_that_alone_is_late_stays_in_its_place() -> None:
    clock = StampClock(RATE_HZ)
    chunks = sent(20.0)
    counts, stamps = chunks[200]
    # Late by more than a gap would be, but stamped before the next chunk, as a sender that was busy does.
    chunks[200] = counts, stamps[0] + 2.0 * LEAP_S + np.arange(CHUNK) * 1e-5
    for k in range(201, 206):
        counts, stamps = chunks[k]
        chunks[k] = counts, chunks[200][1][-1] + (k - 200) * 1e-3 + np.arange(CHUNK) * 1e-5
    places, counts = placed(clock, chunks)
    assert np.abs(places - counts).max() <= 2.0 * LEAP_S * RATE_HZ


def test_what_comes_twice_is_dropped_and_a_clock_that_was_set_back_is_followed() -> None:
    clock = StampClock(RATE_HZ)
    chunks = sent(20.0)
    places, counts = placed(clock, [*chunks[:100], chunks[99], *chunks[100:]])
    np.testing.assert_array_equal(places, counts)
    assert clock.dropped == CHUNK
    later = [(c + 20 * int(RATE_HZ), s - 3600.0) for c, s in sent(5.0)]
    places, counts = placed(clock, later)
    np.testing.assert_array_equal(places, counts)
    assert clock.dropped == CHUNK
