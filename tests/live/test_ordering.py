"""Late, lost and doubled blocks: every sample stands at its place or is missing, none is moved."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cardio_desktop.core.record import MISSING
from cardio_desktop.live.ordering import WAIT_S, Ordering
from cardio_desktop.live.replay import Faults, ReplaySource, disturbed
from cardio_desktop.live.ring import Ring
from cardio_desktop.live.source import Block, Layout
from cardio_desktop.simulate import simulate_record

RATE_HZ = 100.0


def block(first: int, length: int) -> Block:
    return Block(first, np.arange(first, first + length, dtype=np.int32)[None])


@given(st.integers(0, 10_000), st.floats(0, 0.4), st.floats(0, 0.4), st.floats(0, 0.4), st.integers(1, 8))
def test_what_comes_out_ascends_and_every_count_is_at_its_own_place(
    seed: int, lost: float, doubled: float, late: float, by: int
) -> None:
    sent = [block(first, 5) for first in range(0, 500, 5)]
    faults = Faults(lost=lost, doubled=doubled, late=late, late_blocks=by, seed=seed)
    arrived = list(disturbed(iter(sent), RATE_HZ, faults))
    ordering = Ordering(RATE_HZ)
    out = [part for one in arrived for part in ordering.take(one)] + list(ordering.flush())
    places = np.concatenate([np.arange(b.first, b.stop) for b in out]) if out else np.zeros(0)
    counts = np.concatenate([b.counts[0] for b in out]) if out else np.zeros(0)
    assert (np.diff(places) > 0).all()
    np.testing.assert_array_equal(counts, places)
    assert ordering.dropped == sum(map(len, arrived)) - counts.size
    if by <= WAIT_S * RATE_HZ / 5 - 1 and not lost and arrived and arrived[0].first == 0:
        assert counts.size == 500, "what is late by less than the wait is not lost"


def test_a_hole_is_waited_for_and_then_a_gap() -> None:
    ordering = Ordering(RATE_HZ)
    assert [b.first for b in ordering.take(block(0, 5))] == [0]
    assert ordering.take(block(10, 5)) == ()
    assert [b.first for b in ordering.take(block(5, 5))] == [5, 10]
    assert ordering.take(block(20, 5)) == ()
    assert [b.first for b in ordering.take(block(25, 10))] == [20, 25], "15 samples beyond the hole it is lost"
    assert ordering.lost == 5
    assert ordering.take(block(15, 5)) == (), "too late: its place was passed"


def test_the_ring_keeps_the_newest_seconds_and_marks_what_was_lost() -> None:
    ring = Ring(Layout(("II",), RATE_HZ, (0.001,), (0.0,)), 2.0)
    for first in range(0, 1000, 7):
        if not 900 <= first < 930:
            ring.put(block(first, 7))
    assert (ring.first, ring.stop) == (ring.stop - 200, 1001)
    counts = ring.counts(700, 1100)[0]
    lost = [*range(903, 931)]
    expected = [k if ring.first <= k < 1001 and k not in lost else MISSING for k in range(700, 1100)]
    np.testing.assert_array_equal(counts, expected)
    ring.put(block(5000, 5))
    assert (ring.counts(4900, 5000) == MISSING).all()
    assert ring.counts(5000, 5005)[0].tolist() == [5000, 5001, 5002, 5003, 5004]


def test_a_replay_ends_once_and_says_so() -> None:
    record = simulate_record(rate_hz=RATE_HZ, duration_s=2.0)
    source = ReplaySource(record, block_s=0.3, repeat=2)
    blocks = []
    while (one := source.read(0.0)) is not None:
        blocks.append(one)
    assert blocks[-1].stop == 400
    assert source.ended
    assert source.trouble is not None
