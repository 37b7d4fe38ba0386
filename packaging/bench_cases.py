"""The single measurements of `bench.py`: each runs in a fresh process and prints one JSON object.

Usage: python packaging/bench_cases.py CASE [ARGUMENT ...]
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench_drawing import day_ours, day_pyqtgraph, frame_ours, frame_pyqtgraph, reading_ours
from bench_lists import next_record, worklist_filter, write_some
from bench_rooms import day_12, folder, holter_day, whole_day, write_day_12, write_folder
from bench_store import open_store, verify_store, write_store
from bench_tools import (
    DAY_HZ,
    DAY_LEADS,
    HEAVY,
    SAMPLE,
    STARTED,
    WINDOW,
    Result,
    day_counts,
    median_ms,
    memory_mb,
    settings,
    show,
)

# Start


def _quit_at_first_paint(result: Result) -> None:
    """Replace the event loop: stop when a top window has been painted and note when that was."""
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QApplication, QWidget

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget) and "painted_s" not in result:
                result["painted_s"] = 0.0
                QTimer.singleShot(0, self.painted)
            return False

        def painted(self) -> None:
            result["painted_s"] = time.time() - float(os.environ[STARTED])
            result["heavy"] = [name for name in (*HEAVY, "pyqtgraph") if name in sys.modules]
            result["memory_mb"] = memory_mb()
            QApplication.exit(0)

    real = QApplication.exec

    def watched_exec(*_: object) -> int:
        application = QApplication.instance()
        assert application is not None
        watch = Watch(application)
        application.installEventFilter(watch)
        return real()

    QApplication.exec = watched_exec  # type: ignore[method-assign]


def start_ours() -> Result:
    """Start the program without a file until its window has been painted."""
    result: Result = {}
    _quit_at_first_paint(result)
    from cardio_desktop.cli import main

    main([])
    return result


def start_pyqtgraph() -> Result:
    """Start an empty pyqtgraph window until it has been painted."""
    result: Result = {}
    _quit_at_first_paint(result)
    import pyqtgraph as pg

    application = pg.mkQApp()
    window = pg.PlotWidget()
    window.resize(*WINDOW)
    window.show()
    application.exec()
    return result


# Network


def network(threads: str) -> Result:
    """Logits and evidence of ten seconds: ONNX Runtime in one pass against torch forward and backward."""
    import numpy as np
    import torch

    from cardio_desktop.model.classifier import Classifier
    from cardio_desktop.paths import asset
    from cardio_desktop.training.network import Network, NetworkConfig

    count = int(threads)
    torch.set_num_threads(count)
    classifier = Classifier.load(asset("model_assets"), threads=count)
    card = classifier.card
    ecg = np.random.default_rng(1).normal(0, 0.2, (1, 12, card.window_bins * card.bin_samples)).astype(np.float32)
    torch_network = Network(_network_config(NetworkConfig, card)).eval()  # any weights: the work is the same
    tensor = torch.from_numpy(ecg)
    features: list[torch.Tensor] = []
    last = torch_network.blocks[-1]
    last.register_forward_hook(lambda _module, _inputs, output: features.append(output))

    def grad_cam(classes: int) -> None:
        features.clear()
        logits = torch_network(tensor)
        features[0].retain_grad()
        for k in range(classes):
            torch_network.zero_grad()
            features[0].grad = None
            logits[0, k].backward(retain_graph=k + 1 < classes)
            assert features[0].grad is not None
            weights = features[0].grad.mean(3, keepdim=True)
            (weights * features[0].detach()).sum(1)

    return {
        "onnx_ms": median_ms(lambda: classifier.run(ecg), 60, 10),
        "torch_one_ms": median_ms(lambda: grad_cam(1), 40, 5),
        "torch_all_ms": median_ms(lambda: grad_cam(len(card.classes)), 20, 3),
    }


def _network_config(kind: Any, card: Any) -> Any:
    """Return the shape of the network that the card describes."""
    shape = card.raw["training"]["members"][0]["network"]
    options = {key: tuple(value) if isinstance(value, list) else value for key, value in shape.items()}
    return kind(**options)


# Use


def analysis() -> Result:
    """File to findings, first and warm, then the PDF and the memory after it."""
    from datetime import UTC, datetime

    from cardio_desktop.io import open_record
    from cardio_desktop.reading.pipeline import analyze, load_models
    from cardio_desktop.report.pdf import ReportOptions, write_pdf

    def whole() -> Any:
        record = open_record(SAMPLE)
        return record, analyze(record, models)

    began = time.perf_counter()
    models = load_models()
    record, findings = whole()
    cold_ms = 1000 * (time.perf_counter() - began)
    warm_ms = median_ms(whole, 15)
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "report.pdf"
        options = ReportOptions(layout="3x4+1", paper="a4", evidence=findings.prediction.leading_pathology)
        created = datetime(2026, 1, 1, tzinfo=UTC)
        began = time.perf_counter()
        write_pdf(record, findings, target, options, created=created)
        pdf_cold_s = time.perf_counter() - began
        pdf_ms = median_ms(lambda: write_pdf(record, findings, target, options, created=created), 5, 0)
    return {"cold_ms": cold_ms, "warm_ms": warm_ms, "pdf_cold_s": pdf_cold_s, "pdf_s": pdf_ms / 1000}


def _opened_window(path: Path) -> Result:
    """Open `path` in the main window; return when ECG and findings came, memory, gaps of a timer."""
    from PySide6.QtCore import QEvent, QObject, Qt, QTimer

    from cardio_desktop.app.session import Session
    from cardio_desktop.ui.application import make_application
    from cardio_desktop.ui.main_window import MainWindow

    class PaintWatch(QObject):
        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and session.state.record is not None and "painted_s" not in result:
                result["painted_s"] = 0.0
                QTimer.singleShot(0, lambda: result.update(painted_s=time.perf_counter() - began))
            return False

    result: Result = {}
    application = make_application()
    session = Session(settings())
    window = MainWindow(session)
    watch = PaintWatch()
    window.paper.viewport().installEventFilter(watch)
    show(window)
    gaps: list[tuple[float, float]] = []
    last = (time.perf_counter(), time.process_time())

    def tick() -> None:
        nonlocal last
        now = (time.perf_counter(), time.process_time())
        gaps.append((1000 * (now[0] - last[0]), 1000 * (now[1] - last[1])))
        last = now

    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(tick)
    timer.start(5)
    began = time.perf_counter()

    def done() -> None:
        busy = session.state.busy or session.jobs.running or "painted_s" not in result
        if not busy or session.state.problem or time.perf_counter() - began > 120:
            application.quit()

    check = QTimer()
    check.timeout.connect(done)
    check.start(20)
    session.open(path)
    application.exec()
    result |= {"analysed_s": time.perf_counter() - began, "memory_mb": memory_mb(), "peak_mb": memory_mb("VmHWM")}
    worst_ms, work_ms = max(gaps)
    # What other programs take of the processors lengthens a gap, but not the work that this process did in it.
    result |= {"gap_ms": worst_ms, "gap_work_ms": work_ms, "gap_median_ms": statistics.median(gap for gap, _ in gaps)}
    findings = session.state.findings
    if findings is None or (findings.prediction is None and path == SAMPLE):
        raise SystemExit(session.state.problem or "the record was not analysed within two minutes")
    window.close()
    return result


def window() -> Result:
    """Open and analyse ten seconds in the window."""
    return _opened_window(SAMPLE)


def write_day(path: str) -> Result:
    """Write a day of three leads as EDF."""
    import edfio
    import numpy as np

    signals = [
        edfio.EdfSignal.from_digital(
            np.asarray(day, dtype=np.int16),
            float(DAY_HZ),
            label=f"ECG {name}",
            physical_dimension="mV",
            physical_range=(-32.768, 32.767),
            digital_range=(-32768, 32767),
        )
        for name, day in zip(DAY_LEADS, day_counts(), strict=True)
    ]
    edfio.Edf(signals).write(path)
    return {"bytes": Path(path).stat().st_size}


def day_file(path: str) -> Result:
    """Open a day-long EDF in the window."""
    return _opened_window(Path(path))


CASES: dict[str, Callable[..., Result]] = {
    case.__name__: case
    for case in (
        start_ours,
        start_pyqtgraph,
        frame_ours,
        frame_pyqtgraph,
        reading_ours,
        day_ours,
        day_pyqtgraph,
        network,
        analysis,
        window,
        write_day,
        day_file,
        write_folder,
        folder,
        write_day_12,
        day_12,
        whole_day,
        holter_day,
        worklist_filter,
        write_some,
        next_record,
        write_store,
        open_store,
        verify_store,
    )
}


if __name__ == "__main__":
    print(json.dumps(CASES[sys.argv[1]](*sys.argv[2:])), flush=True)
