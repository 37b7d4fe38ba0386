"""How much of a processor the live window takes: twelve leads at 500 Hz, sixty frames a second.

Usage: python packaging/bench_live_view.py [seconds] [network]

A simulated record is replayed at true speed in a window of 1920 x 1080, judged without the network unless that is
named, and kept nowhere. `frame_ms` is the process time of drawing and painting one frame (middle), `share` the share of
one core that all threads of the process took, `worst_gap_ms` the longest wall time between two frames, `late` how many
frames came more than half a frame late.
"""

from __future__ import annotations

import itertools
import json
import os
import sys
import tempfile
import time
from pathlib import Path

FRAME_S = 1.0 / 60.0
WARM_S = 3.0


def measure(scrolls: bool, seconds: float, *, network: bool) -> dict[str, float | str]:
    """Return the figures of one way of moving."""
    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QApplication

    from cardio_desktop.app.live_feed import LiveFeed, judge_with_network
    from cardio_desktop.app.session import Session
    from cardio_desktop.app.settings import Settings
    from cardio_desktop.live.judge import Judge
    from cardio_desktop.live.replay import ReplaySource
    from cardio_desktop.simulate import simulate_record
    from cardio_desktop.ui.application import make_application
    from cardio_desktop.ui.live.live_window import LiveWindow

    make_application()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(QSettings(str(Path(folder) / "settings.ini"), QSettings.Format.IniFormat))
        settings.live.set_scrolls(scrolls)
        settings.live.set_columns(1)
        record = simulate_record("normal", rate_hz=500.0, duration_s=seconds + WARM_S + 5.0)
        source = ReplaySource(record, speed=1.0, block_s=0.1)
        session = Session(settings, analyze=False)
        window = LiveWindow(LiveFeed(source, judge_of=judge_with_network if network else Judge), session)
        window.resize(1920, 1080)
        window.show()
        walls: list[float] = []
        spent: list[float] = []
        drawn = window.frame

        def frame() -> None:
            walls.append(time.perf_counter())
            began = time.thread_time()
            drawn()
            window.paper.repaint() if scrolls else QApplication.sendPostedEvents()
            spent.append(time.thread_time() - began)

        window._timer.timeout.disconnect()
        window._timer.timeout.connect(frame)

        def run(for_s: float) -> None:
            end = time.monotonic() + for_s
            while time.monotonic() < end:
                QApplication.processEvents()
                time.sleep(0.001)

        run(WARM_S)
        walls.clear()
        spent.clear()
        process, wall = time.process_time(), time.perf_counter()
        run(seconds)
        share = (time.process_time() - process) / (time.perf_counter() - wall)
        gaps = [after - before for before, after in itertools.pairwise(walls)]
        window.close()
        session.close()
    return {
        "way": "scroll" if scrolls else "sweep",
        "frames_per_s": round(len(walls) / seconds, 1),
        "frame_ms": round(1000 * sorted(spent)[len(spent) // 2], 2),
        "worst_frame_ms": round(1000 * max(spent), 2),
        "share": round(share, 3),
        "worst_gap_ms": round(1000 * max(gaps), 1),
        "late": sum(gap > 1.5 * FRAME_S for gap in gaps),
    }


def main() -> int:
    """Measure both ways and print a line of JSON each."""
    if sys.platform == "linux" and not any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    seconds = float(sys.argv[1]) if sys.argv[1:] else 20.0
    for scrolls in (False, True):
        print(json.dumps(measure(scrolls, seconds, network="network" in sys.argv[2:])))
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    raise SystemExit(main())
