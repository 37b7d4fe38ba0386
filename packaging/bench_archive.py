"""Measure runs over many records, each figure beside its baseline in the same run; writes out/bench-archive.json.

Usage: python packaging/bench_archive.py [--records N] [--curve N,N,N] [ROW ...]   (rows: speed dask rerun curve kills)

The records are the bundled samples (10 s, 12 leads, 500 Hz) under many names. On a machine that does other work too,
ratios and processor time hold and the clock does not: both are printed. The exit status is 1 if a figure misses what
is wanted.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
SAMPLES = ROOT / "resources" / "samples"
FINISHED = 10_000
KILLS = 20
TIMED = 42
"""So many records tell how long one takes, before runs are killed."""
FEW_ON_DASK = 16


@dataclass(frozen=True)
class Figure:
    """One line of the table; `least` and `most` limit the value."""

    name: str
    value: float
    unit: str
    note: str = ""
    least: float | None = None
    most: float | None = None

    @property
    def ok(self) -> bool | None:
        """Whether it is as wanted; None for one that is only told."""
        if self.least is None and self.most is None:
            return None
        return (self.least is None or self.value >= self.least) and (self.most is None or self.value <= self.most)


@dataclass(frozen=True)
class Cost:
    """What a command took: on the clock, of processors, and at its highest in memory: itself, and one helper."""

    wall_s: float
    cpu_s: float
    own_mb: float
    helper_mb: float


def fill(folder: Path, records: int) -> Path:
    """Put the samples into a folder under many names, a thousand in each inner folder."""
    samples = sorted(SAMPLES.glob("*.hea"))
    for k in range(records):
        sample, inner = samples[k % len(samples)], folder / f"{k // 1000:03d}"
        inner.mkdir(parents=True, exist_ok=True)
        name = f"r{k:06d}"
        header = sample.read_text(encoding="utf-8").replace(sample.stem, name)
        (inner / f"{name}.hea").write_text(header, encoding="utf-8")
        data = inner / f"{name}.dat"
        try:
            data.hardlink_to(sample.with_suffix(".dat"))
        except OSError:
            shutil.copy(sample.with_suffix(".dat"), data)
    return folder


def start(*arguments: str) -> subprocess.Popen[bytes]:
    """Start the program's command."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "cardio_desktop", *arguments]
    return subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def cost(*arguments: str) -> Cost:
    """Run the program's command and return what it took; SystemExit where it failed."""
    began = time.monotonic()
    process = start(*arguments)
    with watched(process.pid) as peaks:
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(arguments)} ended with {process.returncode}")
    cpu_s = usage.ru_utime + usage.ru_stime
    helpers = [mb for pid, mb in peaks.items() if pid != process.pid]
    return Cost(time.monotonic() - began, cpu_s, peaks.get(process.pid, 0.0), max(helpers, default=0.0))


@contextmanager
def watched(pid: int) -> Iterator[dict[int, float]]:
    """Note the highest memory of a process and of its descendants, in MB by process."""
    peaks: dict[int, float] = {}
    ended = threading.Event()

    def look() -> None:
        while not ended.wait(0.25):
            for one in descendants(pid):
                peaks[one] = max(peaks.get(one, 0.0), peak_mb(one))

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield peaks
    finally:
        ended.set()
        thread.join()


def descendants(pid: int) -> list[int]:
    """Return a process and all that it started; Linux alone tells."""
    found, waiting = [], [pid]
    while waiting:
        one = waiting.pop()
        found.append(one)
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                waiting += map(int, task.read_text().split())
            except OSError:
                continue
    return found


def peak_mb(pid: int) -> float:
    """Return the highest memory that a process has had; 0 where it is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


def run(folder: Path, name: str, jobs: int, *more: str) -> Cost:
    """Analyse a folder with a fresh ledger."""
    for old in folder.parent.glob(f"{name}*"):
        old.unlink()
    return cost("analyze", str(folder), "--ledger", str(folder.parent / name), "--jobs", str(jobs), *more)


def speed(place: Path, options: argparse.Namespace) -> list[Figure]:
    """Measure one and two processes, and what starting costs, in turn."""
    few, folder = fill(place / "few", 2), fill(place / "many", options.records)
    started = run(few, "l0", 1)
    one = run(folder, "l1", 1)
    two = run(folder, "l2", 2)
    n = options.records - 2
    rate = {1: n / (one.wall_s - started.wall_s), 2: n / (two.wall_s - started.wall_s)}
    cpu_ms = 1000 * (two.cpu_s - 2 * started.cpu_s) / n
    note = f"{options.records} records, start not counted"
    return [
        Figure("records a second, 1 process", rate[1], "/s", note),
        Figure("records a second, 2 processes", rate[2], "/s", note, least=20.0),
        Figure("2 processes against 1", rate[2] / rate[1], "", note, least=1.8),
        Figure("processor time for a record", cpu_ms, "ms", "2 processes", most=100.0),
        Figure("the same with 1 process", 1000 * (one.cpu_s - started.cpu_s) / n, "ms"),
        Figure("records a second of 2 whole cores", 2000 / cpu_ms, "/s", "by processor time", least=20.0),
        Figure("memory of a helper", two.helper_mb, "MB"),
        Figure("memory of the run itself", two.own_mb, "MB"),
    ]


def dask(place: Path, options: argparse.Namespace) -> list[Figure]:
    """Measure Dask's two workers against the pool's two processes."""
    # So many that every worker starts its helper.
    few, folder = fill(place / "few", FEW_ON_DASK), fill(place / "many", options.records)
    n = options.records - FEW_ON_DASK
    rates: dict[str, float] = {}
    works: dict[str, float] = {}
    for where in ("pool", "local"):
        started = run(few, "l0", 2, "--scheduler", where)
        took = run(folder, "l1", 2, "--scheduler", where)
        rates[where] = n / (took.wall_s - started.wall_s)
        works[where] = took.cpu_s - started.cpu_s
    note = f"{options.records} records, start not counted"
    return [
        Figure("Dask, 2 workers on this computer", rates["local"], "/s", note),
        Figure("the pool", rates["pool"], "/s", note),
        Figure("Dask against the pool", rates["local"] / rates["pool"], "", note, least=0.9),
        Figure("the same by processor time", works["pool"] / works["local"], "", note, least=0.9),
    ]


def rerun(place: Path, options: argparse.Namespace) -> list[Figure]:
    """Measure a run that finds everything done; the ledger is filled with one result under ten thousand names."""
    from cardio_desktop.archive.ledger import Ledger, Outcome
    from cardio_desktop.archive.places import places

    del options
    folder = fill(place / "many", FINISHED)
    cost("analyze", str(fill(place / "one", 1)), "--ledger", str(place / "l1"), "--jobs", "1")
    with Ledger(place / "l1") as first:
        (made,) = first.entries()
        document = first.document(made.id)
        versions = made.versions
    with Ledger(place / "l") as ledger:
        ledger.note("root", str(folder))
        for spot in places([str(folder)], folder):
            ledger.add("analyze", Outcome(spot, made.row, document, made.sha256, made.bytes, 0.1), versions)
    again = cost("analyze", str(folder), "--ledger", str(place / "l"))
    table = cost("analyze", str(folder), "--ledger", str(place / "l"), "--csv", str(place / "t.csv"))
    whole = cost("analyze", str(folder), "--ledger", str(place / "l"), "--json", str(place / "t.jsonl"))
    written = f"{(place / 't.jsonl').stat().st_size / 1e6:.0f} MB"
    size_mb = sum(file.stat().st_size for file in place.glob("l*")) / 1e6
    return [
        Figure("again, all finished", again.wall_s, "s", f"{FINISHED:,} records", most=10.0),
        Figure("processor time of that", again.cpu_s, "s"),
        Figure("again, and a table of all", table.wall_s, "s"),
        Figure("again, and the whole JSON of all", whole.wall_s, "s", written),
        Figure("memory of that", whole.own_mb, "MB"),
        Figure("ledger for a record", 1000 * size_mb / FINISHED, "kB"),
    ]


def curve(place: Path, options: argparse.Namespace) -> list[Figure]:
    """Measure time a record and memory at several sizes."""
    started = run(fill(place / "few", 2), "l0", 2)
    costs = {n: run(fill(place / f"n{n}", n), f"l{n}", 2) for n in options.curve}
    least = min(costs)
    figures = []
    for n, found in costs.items():
        each_ms = {k: 1000 * (costs[k].cpu_s - started.cpu_s) / (k - 2) for k in (n, least)}
        figures += [
            Figure(f"{n:,} records: processor time for one", each_ms[n], "ms"),
            Figure(f"{n:,} records: memory of a helper", found.helper_mb, "MB"),
            Figure(f"{n:,} records: memory of the run itself", found.own_mb, "MB"),
        ]
        if n != least:
            note = f"against {least:,}"
            memory = (found.helper_mb + found.own_mb) / (costs[least].helper_mb + costs[least].own_mb)
            figures += [
                Figure(f"{n:,} records: time a record", each_ms[n] / each_ms[least], "", note, most=1.05),
                Figure(f"{n:,} records: memory", memory, "", note, most=1.05),
            ]
    return figures


def done(ledger: Path) -> int:
    """Return how many records a ledger holds, which another process may just be making."""
    from cardio_desktop.archive.ledger import Ledger, LedgerError

    try:
        with Ledger(ledger, write=False) as now:
            return dict(now.counts()).get("analyze", 0)
    except (LedgerError, OSError):
        return 0


def kills(place: Path, options: argparse.Namespace) -> list[Figure]:
    """Kill runs at random moments of their work, let the last one end, and count what the ledger and the JSON hold.

    Each is killed after it has added a record, so long after that all kills together fit into the work that is left.
    """
    from cardio_desktop.archive.ledger import Ledger

    few, some = (run(fill(place / f"n{n}", n), f"l{n}", 2).wall_s for n in (2, TIMED))
    each_s = max(some - few, 0.1) / (TIMED - 2)
    folder, ledger, out = fill(place / "many", options.records), place / "l", place / "out.jsonl"
    command = ("analyze", str(folder), "--ledger", str(ledger), "--jobs", "2", "--json", str(out))
    rng = random.Random(20)
    kept, met = [0], 0
    for still in range(KILLS, 0, -1):
        process = start(*command)
        while process.poll() is None and done(ledger) == kept[-1]:
            time.sleep(0.01)
        time.sleep(rng.uniform(0.0, each_s * (options.records - kept[-1]) / (still + 1)))
        working = process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.wait()
        kept.append(done(ledger))
        met += working and kept[-2] < kept[-1] < options.records
    assert kept == sorted(kept), "a kill took something away"
    cost(*command)
    with Ledger(ledger, write=False) as now:
        names = Counter(entry.name for entry in now.entries())
    lines = Counter(json.loads(line)["record"]["path"] for line in out.read_text(encoding="utf-8").splitlines())
    once = sum(count == 1 for count in lines.values())
    return [
        Figure("kills in the midst of work", met, "", f"of {KILLS}; {kept[-1]} records by the last", 0.9 * KILLS),
        Figure("records in the ledger", len(names), "", "", options.records, options.records),
        Figure("records exactly once in the JSON", once, "", "", options.records, options.records),
    ]


ROWS: dict[str, Callable[[Path, argparse.Namespace], list[Figure]]] = {
    "speed": speed,
    "dask": dask,
    "rerun": rerun,
    "curve": curve,
    "kills": kills,
}


def main() -> int:
    """Measure, print and write; return 1 if something misses what is wanted."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=400, help="of the rows speed, dask and kills (400)")
    parser.add_argument("--curve", default="1000,3000,10000", help="sizes of the row curve")
    parser.add_argument("rows", nargs="*", metavar="ROW", help=f"only these: {' '.join(ROWS)}")
    options = parser.parse_args()
    options.curve = [int(text) for text in options.curve.split(",")]
    if unknown := set(options.rows) - set(ROWS):
        parser.error(f"no such row: {' '.join(sorted(unknown))}")
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    figures: list[Figure] = []
    for name in options.rows or ROWS:
        with tempfile.TemporaryDirectory() as place:
            for figure in ROWS[name](Path(place), options):
                figures.append(figure)
                bounds = ((">=", figure.least), ("<=", figure.most))
                limits = [f"{sign} {bound:g}" for sign, bound in bounds if bound is not None]
                ok = {None: "", True: "yes", False: "NO"}[figure.ok]
                value = f"{figure.value:.3g}" if figure.value < 100 else f"{figure.value:,.0f}"
                cells = f"{figure.name:44} {value:>8} {figure.unit:4} {' '.join(limits):14} {ok:4} {figure.note}"
                print(cells.rstrip(), flush=True)
    out = ROOT / "out" / "bench-archive.json"
    out.parent.mkdir(exist_ok=True)
    rows = [{**vars(figure), "ok": figure.ok} for figure in figures]
    out.write_text(json.dumps({"records": options.records, "figures": rows}, indent=1), encoding="utf-8")
    return 1 if any(figure.ok is False for figure in figures) else 0


if __name__ == "__main__":
    sys.exit(main())
