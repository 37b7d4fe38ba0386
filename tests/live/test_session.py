"""A session reads, judges and keeps; a keeper or a source that fails costs a sentence, and memory stays as it is."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from cardio_desktop.core.errors import WriteError
from cardio_desktop.io.registry import open_record
from cardio_desktop.live.events import LiveEvent
from cardio_desktop.live.judge import Judge
from cardio_desktop.live.keeping import Keeper
from cardio_desktop.live.ordering import Ordering
from cardio_desktop.live.pacing import PacedSource
from cardio_desktop.live.replay import Faults, ReplaySource
from cardio_desktop.live.ring import Ring
from cardio_desktop.live.session import LiveSession
from cardio_desktop.live.source import Block, Layout
from cardio_desktop.simulate import simulate_record
from tests.memory import peak_kib, reset_peak_kib


def test_all_that_came_is_judged_kept_and_handed_on(tmp_path: Path) -> None:
    record = simulate_record(rate_hz=250.0, duration_s=6.0)
    source = ReplaySource(record, faults=Faults(late=0.2, late_blocks=1, doubled=0.2))
    blocks: list[Block] = []
    said: list[LiveEvent] = []
    session = LiveSession(
        source, Judge(source.layout), Keeper(tmp_path, source.layout, "kept"),
        on_block=blocks.append, on_said=said.append,
    )  # fmt: skip
    assert list(session.events()) == said
    assert said[-1].code == "ended"
    assert [b.first for b in blocks[1:]] == [b.stop for b in blocks[:-1]]
    kept = open_record(tmp_path / "kept.hea")
    np.testing.assert_allclose(kept.leads["II"].millivolts(), record.leads["II"].millivolts(), atol=1e-9)
    assert session.latency.blocks > 50
    assert 0.0 < session.latency.median_s <= session.latency.worst_s


def test_a_thread_reads_into_queues_and_stops_when_told(tmp_path: Path) -> None:
    source = ReplaySource(simulate_record(rate_hz=250.0, duration_s=60.0), speed=4.0)
    source.open()
    session = LiveSession(source, Judge(source.layout), queue=True)
    session.start()
    taken = 0
    until = time.monotonic() + 20.0
    while taken < 500 and time.monotonic() < until:
        blocks, _ = session.take()
        taken += sum(map(len, blocks))
        time.sleep(0.02)
    session.stop()
    assert taken >= 500
    assert session.done
    assert session.take()[1][-1].code == "ended"


def test_a_disk_that_fails_is_told_and_watching_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = ReplaySource(simulate_record(rate_hz=250.0, duration_s=4.0))
    keeper = Keeper(tmp_path, source.layout, "kept")

    def full(self: Keeper, block: Block, said: object = ()) -> None:
        raise WriteError(tmp_path, "the disk is full", "make room")

    monkeypatch.setattr(Keeper, "keep", full)
    session = LiveSession(source, Judge(source.layout), keeper)
    said = list(session.events())
    keeper.close()
    told = [event for event in said if event.code == "not-kept"]
    assert len(told) == 1
    assert told[0].remark is not None
    assert any(event.kind == "beat" for event in said)
    assert session.keeper is None


def test_a_paced_source_gives_nothing_before_its_time() -> None:
    source = PacedSource(ReplaySource(simulate_record(rate_hz=250.0, duration_s=1.0), block_s=1.0), speed=2.0)
    source.open()
    began = time.monotonic()
    blocks = []
    while not source.ended:
        if (block := source.read(0.05)) is not None:
            blocks.append(block)
            assert time.monotonic() - began >= block.stop / 250.0 / 2.0 - 0.02
    assert [b.first for b in blocks] == list(range(0, 250, 25))


def test_hours_take_no_more_memory_than_minutes(tmp_path: Path) -> None:
    """Order, ring and keeper over six hours of blocks with losses; the judge's own state over its ring is below."""
    rate_hz = 50.0
    layout = Layout(("II", "V5"), rate_hz, (0.001, 0.001), (0.0, 0.0), lowest=-2000, highest=2000)
    ring, ordering, keeper = Ring(layout, 40.0), Ordering(rate_hz), Keeper(tmp_path, layout, "long")
    rng = np.random.default_rng(2)
    block = rng.integers(-2000, 2000, (2, 500)).astype(np.int32)

    def play(low: int, high: int) -> int:
        base = reset_peak_kib()
        for first in range(low, high, 500):
            if rng.random() < 0.05:
                continue
            for part in ordering.take(Block(first, block)):
                ring.put(part)
                keeper.keep(part)
        return peak_kib() - base

    play(0, 100_000)
    assert play(100_000, 100_000 + 6 * 3600 * 50) < 4096
    keeper.close()
    assert open_record(keeper.path).duration_s > 6 * 3600


def test_the_judge_holds_the_newest_seconds_and_nothing_else() -> None:
    record = simulate_record(rate_hz=100.0, duration_s=10.0)
    record = replace(record, channels=record.channels[:2])
    source = ReplaySource(record, block_s=1.0, repeat=10)
    judge = Judge(source.layout)
    for _ in range(25):
        block = source.read(0.0)
        assert block is not None
        judge.feed(block)
    base = reset_peak_kib()
    for _ in range(30):
        block = source.read(0.0)
        assert block is not None
        judge.feed(block)
    assert peak_kib() - base < 8192
    assert judge.now_s == 55.0
