"""Measure the program's figures beside their baselines and print them as a table; writes out/bench.json.

Usage: python packaging/bench.py [--quick] [ROW ...]    (rows: start frame reading day network analysis
window day-file folder day-12 worklist store)

Every figure that has a baseline is a ratio of medians taken in turn on the same machine, so that it can be compared
between machines; the absolute ones hold for the machine named in the heading. The exit status is 1 if a figure misses
what is wanted.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from bench_tools import ROOT, STARTED

CASES = Path(__file__).with_name("bench_cases.py")
SETTINGS = tempfile.TemporaryDirectory()


@dataclass(frozen=True)
class Figure:
    """One line of the table. `measure` is what `most` limits: the ratio where there is a baseline, else the value."""

    name: str
    value: float
    unit: str
    baseline: float | None = None
    most: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """The value over its baseline."""
        return self.value / self.baseline if self.baseline else None

    @property
    def measure(self) -> float:
        """What is compared with `most`."""
        return self.value if self.ratio is None else self.ratio

    @property
    def ok(self) -> bool | None:
        """Whether the figure is as wanted; None for one that is only told."""
        return None if self.most is None else self.measure <= self.most


def case(name: str, *arguments: str, ratio: int = 1) -> dict[str, Any]:
    """Run one case in a fresh process, on a screen of `ratio` device pixels to a pixel; return what it measured."""
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "QT_SCALE_FACTOR": str(ratio),
        "PYTHONPATH": str(ROOT),
        "XDG_CONFIG_HOME": SETTINGS.name,  # neither reads nor changes what the user has set
        STARTED: repr(time.time()),
    }
    # As installed: else our own modules would be compiled at every start, and the baseline's would not.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, str(CASES), name, *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{name} failed:\n{done.stdout}{done.stderr}")
    found = json.loads(done.stdout.splitlines()[-1])
    assert isinstance(found, dict)
    return found


def in_turn(runs: int, *names: tuple[str, ...]) -> list[list[dict[str, Any]]]:
    """Run several cases `runs` times, one after the other in turn, and return the results of each."""
    results: list[list[dict[str, Any]]] = [[] for _ in names]
    for _ in range(runs):
        for found, name in zip(results, names, strict=True):
            found.append(case(*name))
    return results


def median(results: list[dict[str, Any]], key: str) -> float:
    """Return the median of one value over runs."""
    return statistics.median(float(result[key]) for result in results)


def start(runs: int) -> list[Figure]:
    """Measure from the command to the first painted window."""
    cases = ("start_ours",), ("start_pyqtgraph",)
    in_turn(1, *cases)  # bytecode and disk cache
    ours, empty = in_turn(2 * runs, *cases)
    heavy = sorted({name for result in ours for name in result["heavy"]})
    return [
        Figure("start to painted window", median(ours, "painted_s"), "s", median(empty, "painted_s"), 1.5),
        Figure("heavy modules loaded by then", len(heavy), "", None, 0, ", ".join(heavy)),
    ]


def frame(runs: int) -> list[Figure]:
    """Measure a frame of twelve leads with evidence."""
    kinds = {"plain": "a PlotItem per lead, with axes", "grid": "with its grid too", "bare": "without axes and grid"}
    ours, *theirs = in_turn(runs, ("frame_ours",), *(("frame_pyqtgraph", kind) for kind in kinds))
    moving = [
        Figure("frame 12 x 5000 + evidence, zooming", median(ours, "ms"), "ms", median(found, "ms"), None, note)
        for note, found in zip(kinds.values(), theirs, strict=True)
    ]
    still = [
        Figure("the same frame painted again", median(ours, "still_ms"), "ms", median(found, "still_ms"), None, note)
        for note, found in zip(kinds.values(), theirs, strict=True)
    ]
    return [replace(moving[0], most=0.75), *moving[1:], replace(still[0], most=0.75), *still[1:]]


def reading(runs: int) -> list[Figure]:
    """Measure frames of twelve leads with evidence and calipers at 1920 x 1080, on a usual and on a dense screen."""
    figures = []
    for ratio, most in ((1, 14.0), (2, 25.0)):
        found = [case("reading_ours", ratio=ratio) for _ in range(runs)]
        for name, key in (("going along", "pan_ms"), ("pressing time", "span_ms"), ("magnifying", "zoom_ms")):
            figures.append(Figure(f"1920 x 1080, ratio {ratio}: {name}", median(found, key), "ms", None, most))
        drag = median(found, "drag_ms")
        figures.append(Figure(f"1920 x 1080, ratio {ratio}: a caliper dragged", drag, "ms"))
    return figures


def day(runs: int) -> list[Figure]:
    """Measure a frame of a whole day."""
    ours, theirs = in_turn(max(runs // 2, 1), ("day_ours",), ("day_pyqtgraph",))
    return [Figure("frame 24 h x 3 leads", median(ours, "ms"), "ms", median(theirs, "ms"), 0.2, "peak downsampling")]


def network(runs: int) -> list[Figure]:
    """Measure ten seconds on their way through the network."""
    figures = []
    for threads in dict.fromkeys((1, os.cpu_count() or 1)):
        (found,) = in_turn(runs, ("network", str(threads)))
        value, one, every = (median(found, key) for key in ("onnx_ms", "torch_one_ms", "torch_all_ms"))
        name = f"logits + all evidence, {threads} thread{'s' if threads > 1 else ''}"
        figures += [
            Figure(name, value, "ms", one, 1 / 3, "torch: Grad-CAM of one class"),
            Figure("the same", value, "ms", every, None, "torch: Grad-CAM of all five"),
        ]
    return figures


def analysis(runs: int) -> list[Figure]:
    """Measure from the file to findings and to the PDF."""
    (found,) = in_turn(runs, ("analysis",))
    return [
        Figure("file to findings, warm", median(found, "warm_ms"), "ms", None, 300),
        Figure("file to findings, first", median(found, "cold_ms"), "ms", None, None, "imports and model included"),
        Figure("PDF, first", median(found, "pdf_cold_s"), "s", None, 1),
        Figure("PDF, again", median(found, "pdf_s"), "s", None, 1),
    ]


def window(runs: int) -> list[Figure]:
    """Measure how ten seconds are opened and analysed in the window."""
    (found,) = in_turn(runs, ("window",))
    return [
        Figure("file to painted ECG, window open", median(found, "painted_s"), "s"),
        Figure("file to findings on screen, first", median(found, "analysed_s"), "s"),
        Figure("memory after one analysis", median(found, "memory_mb"), "MB", None, 400),
        Figure("highest memory until then", median(found, "peak_mb"), "MB"),
        Figure("worst gap of a 5 ms timer", median(found, "gap_ms"), "ms", None, 100),
        Figure("processor time in that gap", median(found, "gap_work_ms"), "ms", None, None, "the gap if left alone"),
        Figure("median gap", median(found, "gap_median_ms"), "ms"),
    ]


def day_file(runs: int) -> list[Figure]:
    """Measure how a day-long EDF is opened in the window."""
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "day.edf")
        size_mb = case("write_day", path)["bytes"] / 2**20
        (found,) = in_turn(max(runs // 2, 1), ("day_file", path))
    note = f"{size_mb:.0f} MB EDF"
    return [
        Figure("24 h x 3: painted", median(found, "painted_s"), "s", None, 1, note),
        Figure("24 h x 3: memory, all done", median(found, "memory_mb"), "MB", None, 450, note),
        Figure("24 h x 3: highest memory", median(found, "peak_mb"), "MB", None, 450, note),
        Figure("24 h x 3: worst gap", median(found, "gap_ms"), "ms", None, 100, note),
        Figure(
            "24 h x 3: processor time in it", median(found, "gap_work_ms"), "ms", None, None, "the gap if left alone"
        ),
    ]


def folder(runs: int) -> list[Figure]:
    """Measure a folder of a thousand records of ten seconds in the worklist."""
    with tempfile.TemporaryDirectory() as place:
        case("write_folder", place)
        (found,) = in_turn(max(runs // 2, 1), ("folder", place))
    note = "1,000 records of 10 s"
    slowness = 1000 / median(found, "speed")
    return [
        Figure("folder: list shown", median(found, "listed_s"), "s", None, 1, note),
        Figure("folder: all details", median(found, "details_s"), "s", None, None, note),
        Figure("folder: time for a record, analysed", slowness, "ms", None, 50, "50 ms are 20 a second"),
        Figure("folder: processor time for one", median(found, "cpu_ms"), "ms", None, 100, "in helpers, of 2 cores"),
        Figure("folder: worst gap of a 5 ms timer", median(found, "gap_ms"), "ms", None, 100, "while analysing"),
        Figure("folder: 99 % of the gaps below", median(found, "gap_99_ms"), "ms"),
        Figure("folder: list shown again", median(found, "again_s"), "s", None, 1, "details known"),
        Figure("folder: memory of the window", median(found, "memory_mb"), "MB"),
    ]


def day_12(runs: int) -> list[Figure]:
    """Measure a day of twelve leads: paint, pages, memory, and its judgement in helpers."""
    with tempfile.TemporaryDirectory() as place:
        path = str(Path(place) / "day.edf")
        size_mb = case("write_day_12", path)["bytes"] / 2**20
        found, judged = in_turn(max(runs // 2, 1), ("day_12", path), ("whole_day", path))
    note = f"{size_mb:.0f} MB EDF"
    return [
        Figure("24 h x 12: painted", median(found, "painted_s"), "s", None, 1.5, note),
        Figure("24 h x 12: a page on", median(found, "page_ms"), "ms", None, 20, note),
        Figure("24 h x 12: processor time for it", median(found, "page_work_ms"), "ms", None, 20, note),
        Figure("24 h x 12: overviews and first 600 s", median(found, "done_s"), "s", None, None, note),
        Figure("24 h x 12: memory, all done", median(found, "memory_mb"), "MB", None, 600, note),
        Figure("24 h x 12: highest memory", median(found, "peak_mb"), "MB", None, 600, note),
        Figure("24 h x 12: an hour judged", median(judged, "hour_s"), "s", None, None, "in helpers, window free"),
        Figure("24 h x 12: processor time for it", median(judged, "hour_cpu_s"), "s"),
        Figure("24 h x 12: memory grown by that", median(judged, "grown_mb"), "MB", None, 50),
    ]


def worklist(runs: int) -> list[Figure]:
    """Measure the filter of a list of ten thousand, and the way from one record to the next."""
    (found,) = in_turn(max(runs // 2, 1), ("worklist_filter",))
    with tempfile.TemporaryDirectory() as place:
        case("write_some", place)
        (stepped,) = in_turn(max(runs // 2, 1), ("next_record", place))
    note = "10,000 rows, text made ready"
    return [
        Figure("worklist: slowest of 11 filters", median(found, "worst_ms"), "ms", None, 100, note),
        Figure("worklist: median of them", median(found, "median_ms"), "ms", None, None, note),
        Figure("worklist: rows made ready", median(found, "ready_s"), "s", None, None, "while nothing else is done"),
        Figure("worklist: sorted by another column", median(found, "sorted_ms"), "ms", None, None, note),
        Figure("next record: key to painted, median", median(stepped, "median_ms"), "ms", None, 150, "warm"),
        Figure("next record: processor time of the window", median(stepped, "work_ms"), "ms", None, None, "warm"),
        Figure("next record: slowest of 38", median(stepped, "most_ms"), "ms", None, None, "warm"),
    ]


def store(runs: int) -> list[Figure]:
    """Measure a store of 100,000 signed readings: opening, reading, keeping, and what runs beside the window."""
    with tempfile.TemporaryDirectory() as place:
        size_mb = case("write_store", place)["bytes"] / 2**20
        (found,) = in_turn(runs, ("open_store", place))
        (saved,) = in_turn(1, ("verify_store", place))
    note = f"100,000 readings, {size_mb:.0f} MB"
    return [
        Figure("store: opened", median(found, "open_s"), "s", None, 1, note),
        Figure("store: first record read", median(found, "read_s"), "s", None, None, "import of SQLAlchemy included"),
        Figure("store: an opinion on the disk", median(found, "kept_s"), "s", None, 2),
        Figure("store: all of it checked", median(found, "checked_s"), "s", None, None, "beside the window"),
        Figure("store: closed, with a checked copy", median(found, "close_s"), "s"),
        Figure("store: audit trail verified", median(saved, "verify_s"), "s"),
        Figure("store: backed up", median(saved, "backup_s"), "s"),
        Figure("store: restored", median(saved, "restore_s"), "s"),
    ]


ROWS: dict[str, Callable[[int], list[Figure]]] = {
    "start": start,
    "frame": frame,
    "reading": reading,
    "day": day,
    "network": network,
    "analysis": analysis,
    "window": window,
    "day-file": day_file,
    "folder": folder,
    "day-12": day_12,
    "worklist": worklist,
    "store": store,
}


def number(value: float | None) -> str:
    """Return three digits or so."""
    if value is None:
        return ""
    return f"{value:.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.3g}"


def line(figure: Figure) -> str:
    """Return one figure as a line of the table."""
    wanted = "" if figure.most is None else f"<= {number(figure.most)}"
    ok = {None: "", True: "yes", False: "NO"}[figure.ok]
    baseline = "" if figure.baseline is None else f"{number(figure.baseline)} {figure.unit}"
    cells = (f"{number(figure.value)} {figure.unit}".strip(), baseline, number(figure.ratio), wanted, ok, figure.note)
    return "{:36} {:>10} {:>10} {:>6} {:>8} {:>4}  {}".format(figure.name, *cells).rstrip()


def main() -> int:
    """Measure, print and write; return 1 if something misses what is wanted."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="one run of each instead of the median of five")
    parser.add_argument("rows", nargs="*", metavar="ROW", help=f"only these: {' '.join(ROWS)}")
    options = parser.parse_args()
    if unknown := set(options.rows) - set(ROWS):
        parser.error(f"no such row: {' '.join(sorted(unknown))}")
    runs = 1 if options.quick else 5
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    print(f"{machine}{load}, medians of {runs} run{'s' if runs > 1 else ''}")
    print("{:36} {:>10} {:>10} {:>6} {:>8} {:>4}".format("figure", "value", "baseline", "ratio", "wanted", "ok"))
    figures: list[Figure] = []
    for name in options.rows or ROWS:
        for figure in ROWS[name](runs):
            figures.append(figure)
            print(line(figure), flush=True)
    out = ROOT / "out" / "bench.json"
    out.parent.mkdir(exist_ok=True)
    rows = [{**asdict(figure), "ratio": figure.ratio, "ok": figure.ok} for figure in figures]
    out.write_text(json.dumps({"machine": machine, "runs": runs, "figures": rows}, indent=1), encoding="utf-8")
    missed = [figure.name for figure in figures if figure.ok is False]
    print(f"Written to {out.relative_to(ROOT)}." + (f" Missed: {', '.join(missed)}." if missed else ""))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
