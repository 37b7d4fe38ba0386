"""What the measurements of the benchmark share: clocks, memory, a widget that is shown, a day of samples."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "resources" / "samples" / "anterior-mi.hea"
HEAVY = ("scipy", "pandas", "wfdb", "edfio", "onnxruntime", "reportlab", "torch", "sqlalchemy", "psycopg")
WINDOW = (1600, 1000)
READING_ROOM = (1920, 1080)
DAY_S, DAY_HZ, DAY_LEADS = 86_400, 250, ("II", "V2", "V5")
STARTED = "CARDIO_BENCH_STARTED"
"""Environment variable: `time.time()` just before the process was started."""

Result = dict[str, Any]


def median_ms(
    work: Callable[[], object], runs: int, warm: int = 3, clock: Callable[[], float] = time.perf_counter
) -> float:
    """Return the median duration of `work` in ms after some unmeasured calls."""
    for _ in range(warm):
        work()
    times = []
    for _ in range(runs):
        began = clock()
        work()
        times.append(clock() - began)
    return 1000.0 * statistics.median(times)


def frame_ms(work: Callable[[], object], runs: int) -> float:
    """Return the median processor time of a frame: what else the machine does counts less than on the clock."""
    return median_ms(work, runs, clock=time.process_time)


def memory_mb(kind: str = "VmRSS") -> float:
    """Return this process's resident memory in MB (`VmHWM`: its highest so far); NaN where there is no /proc."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return float("nan")
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{kind}:"))


def settings() -> Any:
    """Return settings that are not the user's."""
    from PySide6.QtCore import QSettings

    from cardio_desktop.app.settings import Settings

    folder = os.environ.get("XDG_CONFIG_HOME", tempfile.gettempdir())
    settings = Settings(QSettings(f"{folder}/bench-{os.getpid()}.ini", QSettings.Format.IniFormat))
    settings.set_read_first(False)
    return settings


def show(widget: Any, size: tuple[int, int] = WINDOW) -> None:
    """Show a window at the size of all measurements, or another one, and let it be painted."""
    from PySide6.QtWidgets import QApplication

    widget.resize(*size)
    widget.show()
    for _ in range(5):
        QApplication.processEvents()


def day_counts() -> list[Any]:
    """Return a day of counts of each lead: a simulated minute again and again, with a little noise."""
    import numpy as np

    from cardio_desktop.simulate import simulate_record

    minute = simulate_record("normal", rate_hz=float(DAY_HZ), duration_s=60.0)
    rng = np.random.default_rng(1)
    days = []
    for name in DAY_LEADS:
        counts = minute.leads[name].millivolts() * 1000.0
        day = np.tile(counts.astype(np.int16), DAY_S // 60)
        days.append(day + rng.integers(-20, 21, day.shape, dtype=np.int16))
    return days
