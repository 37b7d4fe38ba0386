"""What was shown is kept: whole after a kill but for the last second, and opened as any record with what was said."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from cardio_desktop.core.errors import WriteError
from cardio_desktop.core.record import MISSING, Patient
from cardio_desktop.io.live_marks import live_marks
from cardio_desktop.io.registry import files_of, open_record
from cardio_desktop.live.events import LiveEvent
from cardio_desktop.live.keeping import Keeper
from cardio_desktop.live.replay import ReplaySource
from cardio_desktop.live.source import Block, Layout
from cardio_desktop.simulate import simulate_record
from cardio_desktop.words import Remark

KILLED = """
import sys, time
from pathlib import Path
from cardio_desktop.live.keeping import Keeper
from cardio_desktop.live.replay import ReplaySource
from cardio_desktop.simulate import simulate_record

source = ReplaySource(simulate_record(rate_hz=250.0, duration_s=60.0), speed=8.0)
keeper = Keeper(Path(sys.argv[1]), source.layout, "killed")
source.open()
while (block := source.read(1.0)) is not None:
    keeper.keep(block)
    print(block.stop, flush=True)
"""


def test_a_kill_costs_the_last_second_and_nothing_else(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", KILLED, str(tmp_path)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        kept = 0
        while kept < 8 * 250:
            kept = int(process.stdout.readline())
        process.send_signal(signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
        kept = max([kept, *(int(line) for line in process.stdout.read().split())])
    record = open_record(tmp_path / "killed.hea")
    assert record.warnings == ()
    assert record.duration_s >= kept / 250 - 1.0
    truth = simulate_record(rate_hz=250.0, duration_s=60.0)
    length = len(record.leads["V2"])
    for name, lead in record.leads.items():
        np.testing.assert_allclose(lead.millivolts(), truth.leads[name].millivolts(0, length), atol=1e-9)


def kept_record(folder: Path, layout: Layout, blocks: list[Block], said: tuple[LiveEvent, ...] = ()) -> Path:
    keeper = Keeper(folder, layout, "kept")
    for block in blocks:
        keeper.keep(block)
    keeper.say(said)
    keeper.close()
    return keeper.path


def test_holes_are_kept_as_gaps_and_counts_to_the_count(tmp_path: Path) -> None:
    layout = Layout(("II", "V5"), 100.0, (0.001, 0.0005), (0.0, 12.0), patient=Patient(sex="female", age_years=61.0))
    rng = np.random.default_rng(1)
    counts = rng.integers(-(2**30), 2**30, (2, 500)).astype(np.int32)
    counts[1, 40:50] = MISSING
    blocks = [Block(700, counts[:, :300]), Block(1200, counts[:, 300:])]
    record = open_record(kept_record(tmp_path, layout, blocks))
    assert (record.patient.sex, record.patient.age_years) == ("female", 61.0)
    for row, channel in enumerate(record.channels):
        np.testing.assert_array_equal(channel.counts(0, 300), counts[row, :300])
        assert (channel.counts(300, 500) == MISSING).all()
        np.testing.assert_array_equal(channel.counts(500, 700), counts[row, 300:])
    assert record.leads["V5"].millivolts(0, 1)[0] == pytest.approx((counts[1, 0] - 12) * 0.0005)
    assert record.warnings == (), "the sums in the header are those of the samples"


@pytest.mark.parametrize(("reach", "bits"), [(2**11, 16), (2**15, 24), (2**23, 32)])
def test_the_narrowest_format_that_holds_all_counts_is_chosen(tmp_path: Path, reach: int, bits: int) -> None:
    layout = Layout(("II",), 100.0, (0.001,), (0.0,), lowest=-reach, highest=reach - 1)
    ends = np.array([[-reach, reach - 1, 0, -1] * 25], dtype=np.int32)
    path = kept_record(tmp_path, layout, [Block(0, ends)])
    assert f"kept.dat {bits} " in path.read_text()
    np.testing.assert_array_equal(open_record(path).channels[0].counts(), ends[0])


def test_what_was_said_is_shown_when_the_record_is_opened(tmp_path: Path) -> None:
    layout = Layout(("II",), 100.0, (0.001,), (0.0,))
    vt = LiveEvent("critical", "VT", 8.5, 7.0, None, (), {"rate_bpm": 180.0}, Remark("live-rate", {"rate_bpm": 180.0}))
    said = (
        vt,
        LiveEvent("beat", "ventricular", 8.5, 8.2, 8.2),
        replace(vt, at_s=12.0, end_s=11.0),
        LiveEvent("quality", "flat", 12.0, 11.5, None, ("II",), {}, Remark("live-lead-flat")),
    )
    path = kept_record(tmp_path, layout, [Block(500, np.ones((1, 900), dtype=np.int32))], said)
    record = open_record(path)
    marks = [(mark.time_s, mark.duration_s, mark.source, mark.kind) for mark in record.annotations]
    assert marks == [(2.0, 4.0, "live", "note"), (6.5, 0.0, "live", "note")], "times count from the kept record's start"
    assert "180 per minute" in record.annotations[0].text
    assert path.with_suffix(".live.jsonl") in files_of(path), "it is a part of the record"
    lines = [json.loads(line) for line in path.with_suffix(".live.jsonl").read_text().splitlines()]
    assert [line["kind"] for line in lines] == ["critical", "beat", "critical", "quality"]


def test_damaged_lines_are_told_and_a_cut_one_is_none(tmp_path: Path) -> None:
    (tmp_path / "x.live.jsonl").write_text('{"nonsense": 1}\n[]\n{"live": 1, "kind": "critical", "co')
    marks, told = live_marks(tmp_path / "x.hea")
    assert marks == ()
    assert [remark.values["damaged"] for remark in told] == [2]


def test_nothing_is_ever_written_over(tmp_path: Path) -> None:
    layout = Layout(("II",), 100.0, (0.001,), (0.0,))
    first = Keeper(tmp_path, layout, "kept")
    second = Keeper(tmp_path, layout, "kept")
    assert first.path != second.path
    for keeper in (first, second):
        keeper.close()
    assert list(tmp_path.iterdir()) == [], "of what nothing came nothing is left"
    (tmp_path / "file").write_text("")
    with pytest.raises(WriteError, match="cannot"):
        Keeper(tmp_path / "file" / "folder", layout)


def test_all_is_on_the_disk_every_second(tmp_path: Path) -> None:
    source = ReplaySource(simulate_record(rate_hz=100.0, duration_s=5.0))
    keeper = Keeper(tmp_path, source.layout, "kept")
    seen = []
    while (block := source.read(0.0)) is not None:
        keeper.keep(block)
        seen.append((block.stop, keeper.dat_path.stat().st_size // (4 * 12)))
    assert all(stop - held <= 100 for stop, held in seen)
    assert time.time() - keeper.dat_path.stat().st_mtime < 60
    keeper.close()
