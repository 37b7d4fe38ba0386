"""What reading a long recording costs: time, processor time and the largest memory, by its length.

    python packaging/bench_holter.py [--leads 3] [--rate 250] [--hours 1 4 24] [--no-network] [--jobs 2] [--window]

Prints one line a length: seconds, processor seconds, the largest resident memory of one process in MB. With --window
the program's window reads it instead: the worst gap of a timer of 5 ms, and what the window itself worked in that.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TWELVE = ("I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6")
THREE = ("II", "V1", "V5")


def write(path: Path, leads: tuple[str, ...], rate_hz: int, hours: float) -> None:
    """Write a recording of minutes of simulated sinus rhythm with ventricular beats, and noise, as EDF."""
    sys.path.insert(0, str(ROOT))
    import edfio
    import numpy as np

    from cardio_desktop.simulate.rhythms import simulate_rhythm

    minutes = round(60 * hours)
    made = simulate_rhythm("ectopy", rate_hz=float(rate_hz), duration_s=60.0, pattern="NNNNNNNNNNNNV")
    rng = np.random.default_rng(1)
    signals = []
    for name in leads:
        counts = np.tile((made.record.leads[name].millivolts() * 1000.0).astype(np.int16), minutes)
        counts += rng.integers(-20, 21, counts.shape, dtype=np.int16)
        signals.append(
            edfio.EdfSignal.from_digital(
                counts,
                float(rate_hz),
                label=f"ECG {name}",
                physical_dimension="mV",
                physical_range=(-32.768, 32.767),
                digital_range=(-32768, 32767),
            )
        )
    edfio.Edf(signals).write(path)


def measured(path: Path, arguments: list[str]) -> dict[str, float]:
    """Run the command on a file, and watch its processes."""
    command = [sys.executable, "-m", "cardio_desktop", "holter", str(path), "--json", os.devnull, *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    began, before = time.monotonic(), os.times()
    run = subprocess.Popen(command, env=environment)
    largest = 0.0
    while run.poll() is None:
        largest = max(largest, *(_resident_mb(pid) for pid in _family(run.pid)), 0.0)
        time.sleep(0.2)
    after = os.times()
    if run.returncode:
        raise SystemExit(f"the command failed with {run.returncode}")
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return {"seconds": time.monotonic() - began, "processor_s": used, "memory_mb": largest}


def in_window(path: Path) -> dict[str, float]:
    """Have the window read a file, and return how long it did not answer meanwhile."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "QT_QPA_PLATFORM": "offscreen",
            "XDG_CONFIG_HOME": folder,
            "XDG_DATA_HOME": folder,
        }
        command = [sys.executable, str(ROOT / "packaging" / "bench_cases.py"), "holter_day", str(path)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"the window failed:\n{done.stdout}{done.stderr}")
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def _family(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return [pid]
    return [pid, *(one for child in children for one in _family(int(child)))]


def _resident_mb(pid: int) -> float:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def main() -> int:
    """Measure each length."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--leads", type=int, choices=(3, 12), default=3)
    parser.add_argument("--rate", type=int, default=250, metavar="HZ")
    parser.add_argument("--hours", type=float, nargs="+", default=[1.0, 4.0, 24.0])
    parser.add_argument("--no-network", action="store_true")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--window", action="store_true")
    args = parser.parse_args()
    more = [f"--jobs={args.jobs}", *(["--no-network"] if args.no_network else [])]
    with tempfile.TemporaryDirectory() as folder:
        for hours in args.hours:
            path = Path(folder) / "day.edf"
            write(path, TWELVE if args.leads == 12 else THREE, args.rate, hours)
            size_mb = path.stat().st_size / 2**20
            found = in_window(path) if args.window else measured(path, more)
            print(json.dumps({"hours": hours, "file_mb": round(size_mb), **_rounded(found)}), flush=True)
    return 0


def _rounded(found: dict[str, float]) -> dict[str, float]:
    return {name: round(value, 1) for name, value in found.items()}


if __name__ == "__main__":
    raise SystemExit(main())
