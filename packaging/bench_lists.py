"""Measurements of the worklist for `bench.py`: filtering ten thousand rows, and from one record to the next."""

from __future__ import annotations

import shutil
import statistics
import time
from dataclasses import replace
from pathlib import Path

from bench_rooms import open_window, wait_until
from bench_tools import Result

ROWS = 10_000
QUERIES = (
    *("i", "in", "inf", "infarction", "tier:high", "tier:high age>60", "-rhythm:sinus", "state:unsigned"),
    *('"sinus rhythm"', "qtc>450 rate<90", ""),
)
"""As somebody types, and as somebody asks; the last one shows all rows again."""
STEPS = 40


def worklist_filter() -> Result:
    """Filter ten thousand rows made of the bundled records' own readings: from the key press to the painted table."""
    from PySide6.QtWidgets import QApplication

    from cardio_desktop.app.worklist import Entry
    from cardio_desktop.io import open_record
    from cardio_desktop.io.folder import Found
    from cardio_desktop.paths import asset
    from cardio_desktop.reading.pipeline import load_models, survey
    from cardio_desktop.reading.survey import details_of, summary_of
    from cardio_desktop.ui.lists.worklist_words import Column

    models = load_models()
    known = []
    for path in sorted(asset("resources/samples").glob("*.hea")):
        record = open_record(path)
        known.append((details_of(record), summary_of(survey(record, models))))
    window = open_window()
    window.worklist._analyze = False
    window.session.reading.set_on(False)
    worklist, dock = window.worklist, window.worklist_dock
    for k in range(ROWS):
        details, summary = known[k % len(known)]
        details = replace(details, patient=f"Patient {k % 3000}", age_years=20.0 + k % 70, key=f"key {k}")
        worklist.entries.append(Entry(Found(Path(f"/r/{k:05d}.hea"), f"{k:05d}", "s"), details, summary))
    worklist._rows = {entry.path: row for row, entry in enumerate(worklist.entries)}
    dock.show()
    worklist.added.emit(0, ROWS - 1)
    began = time.perf_counter()
    wait_until(lambda: not dock.model._ready.isActive(), 120)
    ready_s = time.perf_counter() - began
    found = {}
    for text in QUERIES:
        at = time.perf_counter()
        dock.search.setText(text)
        dock.table.viewport().repaint()
        QApplication.processEvents()
        found[text or "(all again)"] = 1000 * (time.perf_counter() - at)
    at = time.perf_counter()
    dock.table.sortByColumn(Column.RATE, dock.order.sortOrder())
    dock.table.viewport().repaint()
    sorted_ms = 1000 * (time.perf_counter() - at)
    window.close()
    return {"ready_s": ready_s, "worst_ms": max(found.values()), "median_ms": statistics.median(found.values()),
            "sorted_ms": sorted_ms, "each": found}  # fmt: skip


def next_record(folder: str) -> Result:
    """Go from one record to the next by its key: from the press to the painted page, each analysed meanwhile."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from cardio_desktop.ui.lists.worklist_words import Column

    window = open_window()
    session, worklist = window.session, window.worklist
    window.worklist_dock.open_folder(Path(folder))
    wait_until(lambda: len(worklist.entries) > STEPS, 60)
    worklist.cancel()
    # By name: what is found in a record must not move it to another place between two steps.
    window.worklist_dock.table.sortByColumn(Column.NAME, Qt.SortOrder.AscendingOrder)
    shown: list[float] = []
    works: list[float] = []
    for _ in range(STEPS):
        before = session.state.record
        at, work = time.perf_counter(), time.thread_time()
        QTest.keyClick(window, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
        wait_until(lambda before=before: session.state.record is not before, 20)
        window.paper.viewport().repaint()
        QApplication.processEvents()
        shown.append(1000 * (time.perf_counter() - at))
        works.append(1000 * (time.thread_time() - work))
        wait_until(lambda: session.state.findings is not None, 60)
        wait_until(lambda: not session.jobs.running, 20)
    window.close()
    warm = sorted(shown[2:])
    work_ms = statistics.median(works[2:])
    return {
        "median_ms": statistics.median(warm),
        "work_ms": work_ms,
        "most_ms": warm[-1],
        "nine_tenths_ms": warm[int(0.9 * len(warm))],
    }


def write_some(folder: str) -> Result:
    """Fill a folder with copies of the bundled records."""
    from cardio_desktop.paths import asset

    samples = sorted(asset("resources/samples").glob("*.hea"))
    for k in range(STEPS + 5):
        sample = samples[k % len(samples)]
        text = sample.read_text(encoding="utf-8").replace(sample.stem, f"r{k:04d}")
        (Path(folder) / f"r{k:04d}.hea").write_text(text, encoding="utf-8")
        shutil.copy(sample.with_suffix(".dat"), Path(folder) / f"r{k:04d}.dat")
    return {"records": STEPS + 5}
