"""Measurements of many and of long records for `bench.py`: a folder of a thousand, a day of twelve leads."""

from __future__ import annotations

import os
import shutil
import statistics
import time
from pathlib import Path
from typing import Any

from bench_tools import DAY_HZ, DAY_S, Result, memory_mb, settings, show

FOLDER_RECORDS = 1000
ANALYSED = 200
TWELVE = ("I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6")


def write_folder(folder: str) -> Result:
    """Fill a folder with copies of the bundled records under a thousand names."""
    from cardio_desktop.paths import asset

    samples = sorted(asset("resources/samples").glob("*.hea"))
    for k in range(FOLDER_RECORDS):
        sample = samples[k % len(samples)]
        name = f"r{k:04d}"
        text = sample.read_text(encoding="utf-8").replace(sample.stem, name)
        (Path(folder) / f"{name}.hea").write_text(text, encoding="utf-8")
        shutil.copy(sample.with_suffix(".dat"), Path(folder) / f"{name}.dat")
    return {"records": FOLDER_RECORDS}


class _Gaps:
    """The times between the ticks of a timer of 5 ms: how long the window did not answer."""

    def __init__(self) -> None:
        from PySide6.QtCore import Qt, QTimer

        self.found: list[float] = []
        self.work: list[float] = []
        self._last = time.perf_counter(), time.process_time()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start(5)

    def _tick(self) -> None:
        now = time.perf_counter(), time.process_time()
        self.found.append(1000 * (now[0] - self._last[0]))
        self.work.append(1000 * (now[1] - self._last[1]))
        self._last = now

    def clear(self) -> None:
        self.found.clear()
        self.work.clear()
        self._last = time.perf_counter(), time.process_time()

    def told(self) -> Result:
        """Return the worst gap and the work of this process in it, which other programs do not lengthen."""
        worst_ms, work_ms = max(zip(self.found, self.work, strict=True))
        return {
            "gap_ms": worst_ms,
            "gap_work_ms": work_ms,
            "gap_99_ms": sorted(self.found)[int(0.99 * len(self.found))],
            "most_work_ms": max(self.work),
        }


def open_window() -> Any:
    """Return the program's window, shown."""
    from cardio_desktop.app.session import Session
    from cardio_desktop.ui.application import make_application
    from cardio_desktop.ui.main_window import MainWindow

    make_application()
    window = MainWindow(Session(settings()))
    show(window)
    return window


def wait_until(until: Any, seconds: float) -> float:
    """Let the window work until something holds; return how long that took in s."""
    from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer

    began = time.perf_counter()
    loop = QEventLoop()
    check = QTimer()

    def look() -> None:
        if until() or time.perf_counter() - began > seconds:
            loop.quit()

    check.timeout.connect(look)
    check.start(2)
    loop.exec()
    QCoreApplication.processEvents()
    if not until():
        raise SystemExit(f"not done within {seconds:.0f} s")
    return time.perf_counter() - began


def folder(path: str) -> Result:
    """Open a folder of a thousand records; when is the list shown, how fast is it analysed, does the window answer."""
    window = open_window()
    worklist = window.worklist
    gaps = _Gaps()
    began = time.perf_counter()
    window.worklist_dock.open_folder(Path(path))
    wait_until(lambda: len(worklist.entries) == FOLDER_RECORDS, 60)
    window.worklist_dock.table.viewport().repaint()
    listed_s = time.perf_counter() - began
    wait_until(lambda: sum(e.details is not None for e in worklist.entries) == FOLDER_RECORDS, 300)
    details_s = time.perf_counter() - began
    wait_until(lambda: worklist.progress.done >= 20, 120)  # helpers are warm: network loaded, code compiled
    first, at = worklist.progress.done, time.perf_counter()
    gaps.clear()
    cpu = _children_s(worklist.workers)
    wait_until(lambda: worklist.progress.done >= first + ANALYSED, 600)
    took_s = time.perf_counter() - at
    done = worklist.progress.done - first
    cpu_s = _children_s(worklist.workers) - cpu
    found = sorted(gaps.found)
    worklist.cancel()
    began = time.perf_counter()
    window.worklist_dock.open_folder(Path(path))
    wait_until(lambda: len(worklist.entries) == FOLDER_RECORDS, 60)
    again_s = time.perf_counter() - began
    known = sum(e.details is not None for e in worklist.entries)
    memory = memory_mb()
    window.close()
    return {
        "listed_s": listed_s,
        "details_s": details_s,
        "speed": done / took_s,
        "cpu_ms": 1000 * cpu_s / done,
        "gap_ms": found[-1],
        "gap_99_ms": found[int(0.99 * len(found))],
        "again_s": again_s,
        "known": known,
        "memory_mb": memory,
    }


def holter_day(path: str) -> Result:
    """Have a whole recording read as a Holter in helpers; how long the window does not answer meanwhile."""
    window = open_window()
    session, desk = window.session, window.holter
    session._analyze_on_open = False
    session.open(path)
    wait_until(lambda: session.state.record is not None and not session.jobs.running, 120)
    window.actions_table.commands["holter"].run()
    wait_until(lambda: len(desk._pieces) >= 2, 300)
    gaps, began = _Gaps(), time.perf_counter()
    wait_until(lambda: desk.complete, 3600)
    found = desk.found
    result = {"seconds": time.perf_counter() - began, **gaps.told(), "memory_mb": memory_mb()}
    if found is None or any(problem for *_, problem in found.problems):
        raise SystemExit("the recording was not read")
    window.close()
    return result


def _children_s(workers: Any) -> float:
    """Return the processor time that the helpers have used so far, in s; NaN where there is no /proc."""
    total = 0.0
    ticks = os.sysconf("SC_CLK_TCK")
    for helper in workers._helpers:
        fields = Path(f"/proc/{helper._process.processId()}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
        total += (int(fields[11]) + int(fields[12])) / ticks
    return total


def write_day_12(path: str) -> Result:
    """Write a day of twelve leads as EDF, one lead after the other to spare the memory."""
    import edfio
    import numpy as np

    from cardio_desktop.simulate import simulate_record

    minute = simulate_record("normal", rate_hz=float(DAY_HZ), duration_s=60.0)
    rng = np.random.default_rng(1)
    signals = []
    for name in TWELVE:
        counts = (minute.leads[name].millivolts() * 1000.0).astype(np.int16)
        day = np.tile(counts, DAY_S // 60)
        day += rng.integers(-20, 21, day.shape, dtype=np.int16)
        signals.append(
            edfio.EdfSignal.from_digital(
                day,
                float(DAY_HZ),
                label=f"ECG {name}",
                physical_dimension="mV",
                physical_range=(-32.768, 32.767),
                digital_range=(-32768, 32767),
            )
        )
    edfio.Edf(signals).write(path)
    return {"bytes": Path(path).stat().st_size}


def day_12(path: str) -> Result:
    """Open a day of twelve leads: first paint, memory when all is done, and the time of a page."""
    from PySide6.QtWidgets import QApplication

    window = open_window()
    session = window.session
    painted_s = 0.0
    began = time.perf_counter()
    session.open(path)
    wait_until(lambda: session.state.record is not None, 60)
    window.paper.viewport().repaint()
    painted_s = time.perf_counter() - began
    wait_until(lambda: not session.state.busy and not session.jobs.running, 900)
    done_s = time.perf_counter() - began
    walls, works = [], []
    for k in range(60):
        wall, work = time.perf_counter(), time.process_time()
        window.actions_table["page-on" if k % 7 else "end"].trigger()
        if not k % 7:
            session.look(start_s=600.0 * k)
        window.paper.viewport().repaint()
        QApplication.processEvents()
        walls.append(1000 * (time.perf_counter() - wall))
        works.append(1000 * (time.process_time() - work))
    result = {
        "painted_s": painted_s,
        "done_s": done_s,
        "page_ms": statistics.median(walls),
        "page_work_ms": statistics.median(works),
        "memory_mb": memory_mb(),
        "peak_mb": memory_mb("VmHWM"),
    }
    window.close()
    return result


def whole_day(path: str) -> Result:
    """Have the first two hours of a day judged in helpers; the time for each hour and what the window's memory does."""
    window = open_window()
    session = window.session
    session._analyze_on_open = False
    session.open(path)
    wait_until(lambda: session.state.record is not None, 60)
    before = memory_mb()
    began = time.perf_counter()
    window.overview.start_button.click()
    wait_until(lambda: window.long_analysis.done >= 2, 300)
    at, done = time.perf_counter(), window.long_analysis.done
    cpu = _children_s(window.workers)
    wait_until(lambda: window.long_analysis.done >= done + 10, 900)
    done = window.long_analysis.done - done
    result = {
        "first_s": at - began,
        "hour_s": (time.perf_counter() - at) / done * 12,
        "hour_cpu_s": (_children_s(window.workers) - cpu) / done * 12,
        "grown_mb": memory_mb() - before,
    }
    window.close()
    return result
