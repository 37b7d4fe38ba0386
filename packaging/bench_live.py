"""What following a recording costs: processor share of one core, memory, and how late things are said.

    python packaging/bench_live.py [--hours 24] [--leads 12] [--rate 500] [--no-network] [--keep]
    python packaging/bench_live.py --latency 60            # at true speed: from a file that grows, and from a stream

The first form plays simulated rhythm through order, ring, judge and keeper as fast as it goes; the share is processor
seconds by seconds of signal, which is what one core is busy for at true speed. Memory is that of the process after the
first tenth and at the end. The second form prints, for a growing EDF-like file, a WFDB file and a Lab Streaming Layer
stream on this computer, how long after the sample at which it happened a beat was said by the clock on the wall.
Figures are printed as a table in Markdown.
"""

from __future__ import annotations

import argparse
import gc
import os
import shutil
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from cardio_desktop.core.record import Record
    from cardio_desktop.live.source import Source
    from cardio_desktop.reading.models import Models

MIX_S = 600.0
"""The rhythm that is repeated: sinus rhythm with ventricular beats, ten minutes of it."""


def rhythm(leads: int, rate_hz: float, duration_s: float) -> Record:
    """Return simulated rhythm in twelve, three or two leads."""
    from dataclasses import replace

    from cardio_desktop.simulate.rhythms import simulate_rhythm

    record = simulate_rhythm("ectopy", rate_hz=rate_hz, duration_s=duration_s, pattern="NNNNNNNNNNNNV").record
    chosen = {12: range(12), 3: (1, 6, 10), 2: (1, 10)}[leads]
    return replace(record, channels=tuple(record.channels[k] for k in chosen))


def resident_mb() -> float:
    """Return the resident memory of this process."""
    with Path("/proc/self/statm").open(encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def cost(leads: int, rate_hz: float, hours: float, models: Models | None, keep: Path | None) -> str:
    """Return a row: leads and rate, share of a core, memory after a tenth and at the end, how long judging took."""
    from cardio_desktop.live.judge import Judge, Settings
    from cardio_desktop.live.keeping import Keeper
    from cardio_desktop.live.replay import ReplaySource
    from cardio_desktop.live.session import LiveSession

    record = rhythm(leads, rate_hz, min(MIX_S, 3600.0 * hours))
    repeat = max(round(3600.0 * hours / record.duration_s), 1)
    source = ReplaySource(record, block_s=0.1, repeat=repeat)
    keeper = Keeper(keep, source.layout) if keep is not None else None
    session = LiveSession(source, Judge(source.layout, Settings(models)), keeper)
    total_s = record.duration_s * repeat
    began, before, after_tenth = time.perf_counter(), time.process_time(), 0.0
    beats = 0
    while not session.done:
        beats += sum(event.kind == "beat" for event in session.step())
        if not after_tenth and session.judge.now_s >= total_s / 10:
            gc.collect()
            after_tenth = resident_mb()
    session.close()
    gc.collect()
    cpu_s, wall_s = time.process_time() - before, time.perf_counter() - began
    late = session.latency
    return (
        f"| {leads} leads, {rate_hz:g} Hz | {total_s / 3600:.2f} h | {100 * cpu_s / total_s:.1f} % | "
        f"{total_s / wall_s:.1f} x | {after_tenth:.0f} / {resident_mb():.0f} MB | {1000 * late.median_s:.0f} / "
        f"{1000 * late.worst_s:.0f} ms | {beats} |"
    )


def plumbing(hours: float) -> str:
    """Return a row: what order and ring hold after so many hours of blocks with losses; nothing is judged."""
    import numpy as np

    from cardio_desktop.live.ordering import Ordering
    from cardio_desktop.live.ring import Ring
    from cardio_desktop.live.source import Block, Layout

    rate_hz = 250.0
    layout = Layout(("II", "V5"), rate_hz, (0.001, 0.001), (0.0, 0.0))
    ring, ordering = Ring(layout, 40.0), Ordering(rate_hz)
    counts = np.random.default_rng(1).integers(-2000, 2000, (2, 250)).astype(np.int32)
    before, early = time.process_time(), 0.0
    blocks = round(3600.0 * hours)
    for number in range(blocks):
        if number % 97:
            for part in ordering.take(Block(250 * number, counts)):
                ring.put(part)
        if number == blocks // 10:
            gc.collect()
            early = resident_mb()
    gc.collect()
    took_s = time.process_time() - before
    return f"{hours:g} h of two leads through order and ring: {took_s:.0f} s, {early:.1f} / {resident_mb():.1f} MB"


def lateness(name: str, source: Source, began_wall: list[float], seconds: float, models: Models | None) -> str:
    """Return a row: by how much of the wall's clock beats are said after they happened: middle, worst, how many."""
    from cardio_desktop.live.judge import Judge, Settings
    from cardio_desktop.live.session import LiveSession

    session = LiveSession(source, Judge(source.layout, Settings(models)))
    late: list[float] = []
    while not session.done and session.judge.now_s < seconds:
        for event in session.step():
            if event.kind == "beat" and event.start_s > 5.0:
                late.append(time.monotonic() - began_wall[0] - event.start_s)
    session.close()
    late.sort()
    return f"| {name} | {late[len(late) // 2]:.2f} s | {late[-1]:.2f} s | {len(late)} |"


def latency(seconds: float, models: Models | None) -> None:
    """Print how late beats are said at true speed, by file and by stream."""
    from cardio_desktop.live.growing import open_growing
    from cardio_desktop.live.growing_writers import writer_for
    from cardio_desktop.live.lsl import LslSource, load
    from cardio_desktop.live.replay import ReplaySource

    print("| source, 12 leads, 500 Hz | beat said after it, median | worst | beats |\n|---|---|---|---|", flush=True)
    record = rhythm(12, 500.0, seconds + 2.0)
    folder = Path(tempfile.mkdtemp(prefix="cardio-bench-live-"))
    for ending, block_s in ((".hea", 0.1), (".edf", 1.0)):
        path, began = folder / f"growing{ending}", [0.0]
        replay = ReplaySource(record, block_s=block_s, speed=1.0)
        writer = writer_for(path, replay.layout)

        def write(replay: ReplaySource = replay, writer: object = writer, began: list[float] = began) -> None:
            replay.open()
            began[0] = time.monotonic()
            while (block := replay.read(2.0)) is not None:
                writer.write(block)  # type: ignore[attr-defined]
            writer.close()  # type: ignore[attr-defined]

        thread = threading.Thread(target=write, daemon=True)
        thread.start()
        time.sleep(1.5)
        source = open_growing(path, from_start=True, wait_s=3.0)
        source.open()
        named = f"growing {'WFDB, 0.1 s' if ending == '.hea' else 'EDF, 1 s'} a piece"
        print(lateness(named, source, began, seconds, models), flush=True)
        thread.join()
    shutil.rmtree(folder)

    pylsl = load()
    replay, began = ReplaySource(record, block_s=0.04, speed=1.0), [0.0]
    info = pylsl.StreamInfo("cardio-bench", "ECG", 12, 500.0, "float32", "simulated-bench")
    info.set_channel_labels(list(replay.layout.leads))
    info.set_channel_units(["millivolts"] * 12)
    outlet = pylsl.StreamOutlet(info)
    stream = LslSource("cardio-bench", wait_s=20.0)
    stream.open()

    def send() -> None:
        replay.open()
        began[0] = time.monotonic()
        while (block := replay.read(2.0)) is not None:
            outlet.push_chunk(replay.layout.millivolts(block.counts).T.tolist())

    thread = threading.Thread(target=send, daemon=True)
    thread.start()
    print(lateness("LSL, 0.04 s a piece", stream, began, seconds, models), flush=True)
    thread.join()


def main() -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hours", type=float, default=24.0)
    parser.add_argument("--leads", type=int, nargs="*", default=[12, 2], choices=(12, 3, 2))
    parser.add_argument("--rate", type=float, default=500.0)
    parser.add_argument("--no-network", action="store_true")
    parser.add_argument("--keep", action="store_true", help="record what is played, too (and remove it)")
    parser.add_argument("--plumbing", action="store_true", help="instead: the hours through order and ring alone")
    parser.add_argument("--latency", type=float, metavar="S", help="instead: so many seconds at true speed")
    args = parser.parse_args()
    from cardio_desktop.reading.models import load_models

    if args.plumbing:
        print(plumbing(args.hours))
        return 0
    models = None if args.no_network else load_models(threads=1)
    if args.latency:
        latency(args.latency, models)
        return 0
    print("| | played | share of one core | speed | memory early / end | judging a block, median / worst | beats |")
    print("|---|---|---|---|---|---|---|", flush=True)
    for leads in args.leads:
        folder = Path(tempfile.mkdtemp(prefix="cardio-bench-live-")) if args.keep else None
        print(cost(leads, args.rate, args.hours, models, folder), flush=True)
        if folder is not None:
            shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
