"""The states of the window that are photographed, each made as a reader would make it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from make_samples import SAMPLES, write_wfdb

from cardio_desktop.app.viewport import NO_CLASS

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from cardio_desktop.ui.main_window import MainWindow

WAIT_S = 180.0
LONG_MINUTES, ILL_MINUTE = 12, 7
MINUTE_S = 60.0
LIVE_S, LIVE_LOOKS = 21.0, 6
"""A live picture shows so many seconds, of which the last ten were judged six times: at 10, 12, ... 20 s."""


@dataclass(frozen=True)
class State:
    """A picture: the sample that is open, what is done to the window, and how the window looks.

    `prepare` may return another widget that is drawn over the window, or in its place if it is a window of its own.
    """

    sample: str
    prepare: Callable[[MainWindow], QWidget | None]
    theme: str = "light"
    language: str = "en"
    read_first: bool = False


def wait_until(done: Callable[[], bool]) -> None:
    """Let the window work until something is done, for three minutes at most."""
    from PySide6.QtWidgets import QApplication

    end = time.monotonic() + WAIT_S
    while not done() and time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.05)  # QTest.qWait would hold the interpreter and starve the threads that read
    for _ in range(12):
        QApplication.processEvents()
        time.sleep(0.02)


def _looked(**how: object) -> Callable[[MainWindow], None]:
    def prepare(window: MainWindow) -> None:
        window.session.look(**how)

    return prepare


def _nothing(_window: MainWindow) -> None:
    """Leave the window as it opened."""


def _calipers(window: MainWindow) -> None:
    from cardio_desktop.app import caliper_work
    from cardio_desktop.core.calipers import Caliper, CaliperKind

    findings = window.session.state.findings
    assert findings is not None
    window.session.look(layout_id="6x2", evidence_class=NO_CLASS)
    beats = [beat.time_s for beat in findings.beats]
    waves = [w for w in findings.waves if w.lead == "global" and w.wave in ("QRS", "T")]
    onset = next(w.onset_s for w in waves if w.wave == "QRS" and w.onset_s > beats[2] - 0.1)
    end = next(w.offset_s for w in waves if w.wave == "T" and w.offset_s > onset)
    for caliper in (
        Caliper("rr", CaliperKind.MARCH, "I", beats[1], beats[2]),
        Caliper("qt", CaliperKind.QT, "II", onset, end),
        Caliper("st", CaliperKind.BOTH, "V2", beats[8] + 0.06, beats[8] + 0.3, low_mv=0.0, high_mv=0.62, label="ST, T"),
    ):
        caliper_work.place(window.session.marks, caliper)


def _beats(window: MainWindow) -> None:
    from cardio_desktop.app import beat_work
    from cardio_desktop.core.beat_kinds import BeatKind

    session = window.session
    findings = session.state.findings
    assert findings is not None
    session.look(evidence_class=NO_CLASS)
    session.go_to(findings.beats[4].time_s, select=True)
    beat_work.retype(session.marks, BeatKind.VENTRICULAR)
    session.go_to(findings.beats[7].time_s, select=True)
    beat_work.delete_beat(session.marks)
    wait_until(lambda: session.recounting.result is not None and not session.recounting.running)


def _median(window: MainWindow) -> None:
    window.session.look(evidence_class=NO_CLASS)
    window.docks.bring("median")


def _evidence(window: MainWindow) -> None:
    window.session.look(layout_id="12x1")
    window.docks.bring("evidence")


def _compared(window: MainWindow) -> QWidget | None:
    from cardio_desktop.ui.paper.comparison_window import ComparisonWindow

    window.comparison_place.open(SAMPLES / "normal.hea")
    wait_until(lambda: window.comparison.active and window.comparison.other.state.findings is not None)
    assert isinstance(window.comparison_place.window, ComparisonWindow)
    window.comparison_place.window.resize(1600, 1000)
    window.comparison_place.window.show_way(1)
    wait_until(lambda: True)
    return window.comparison_place.window


def _listed(window: MainWindow) -> None:

    window.worklist_dock.open_folder(SAMPLES)
    window.session.look(layout_id="6x2")

    def complete() -> bool:
        progress = window.worklist.progress
        return progress.total > 0 and progress.done == progress.total and not progress.scanning

    wait_until(complete)


def _long(window: MainWindow) -> None:
    wait_until(lambda: not window.session.state.busy)
    window.long_analysis.start()
    wait_until(lambda: 0 < window.long_analysis.total == window.long_analysis.done)
    window.session.look(evidence_class="MI")
    window.session.go_to(ILL_MINUTE * MINUTE_S + 12.0)


def _live(window: MainWindow) -> QWidget:
    """Follow the sample as if it were being recorded, up to one instant: the picture is the same each time."""
    from cardio_desktop.app.live_clock import PlayClock
    from cardio_desktop.live.replay import ReplaySource
    from cardio_desktop.simulate import simulate_record

    class Waiting(ReplaySource):
        """A replay that never ends: more could come."""

        def __setattr__(self, name: str, value: object) -> None:
            super().__setattr__(name, {"ended": False, "trouble": None}.get(name, value))

    window.session.settings.live.set_columns(1)
    live = window.live.follow(Waiting(simulate_record("anterior-mi", duration_s=LIVE_S)), None)
    live.resize(window.size())
    wait_until(lambda: len(live.now.opinions) >= LIVE_LOOKS)
    live.clock = PlayClock()  # waiting for the judge is no silence of the source
    live.frame()
    live.show_words()
    return live


def _palette(window: MainWindow) -> QWidget:
    from cardio_desktop.ui.commands.palette import PaletteDialog

    dialog = PaletteDialog(window.actions_table, window.session, window)
    dialog.search.setText("cal")
    return dialog


STATES = {
    "window-infarction": State("anterior-mi", _looked(layout_id="3x4+1", evidence_class="MI")),
    "window-bundle-branch-block": State("lbbb", _looked(layout_id="12x1", evidence_class="CD")),
    "window-noise": State("noisy-normal", _looked(layout_id="3x4+1")),
    "window-read-first": State("anterior-mi", _nothing, read_first=True),
    "window-calipers": State("anterior-mi", _calipers),
    "window-beats": State("normal", _beats),
    "window-median-beat": State("lbbb", _median),
    "window-evidence": State("anterior-mi", _evidence, theme="dark"),
    "window-comparison": State("lbbb", _compared),
    "window-worklist": State("lbbb", _listed, theme="dark"),
    "window-long": State("", _long),
    "window-german": State("anterior-mi", _looked(evidence_class="MI"), language="de"),
    "window-palette": State("normal", _palette),
    "window-live": State("anterior-mi", _live),
}


def long_record(folder: Path) -> Path:
    """Write a record of twelve minutes, one of them with an infarction, and return its header."""
    from dataclasses import replace

    import numpy as np

    from cardio_desktop.core.record import ArraySamples
    from cardio_desktop.simulate import simulate_record

    parts = {
        kind: simulate_record(kind, rate_hz=250.0, duration_s=MINUTE_S) for kind in ("normal", "anterior-mi", "lbbb")
    }
    kinds = ["anterior-mi" if minute == ILL_MINUTE else "normal" for minute in range(LONG_MINUTES)]
    kinds[3] = "lbbb"
    base = parts["normal"]
    channels = tuple(
        replace(
            channel,
            samples=ArraySamples(np.concatenate([parts[kind].channels[k].counts() for kind in kinds])),
        )
        for k, channel in enumerate(base.channels)
    )
    write_wfdb(replace(base, channels=channels), "long", folder)
    return folder / "long.hea"


def photograph(name: str, target: Path, size: tuple[int, int]) -> None:
    """Bring a window into the state called `name` and write its picture."""
    import tempfile

    from PySide6.QtCore import QPoint, QSettings, Qt
    from PySide6.QtGui import QPainter

    from cardio_desktop.app.i18n import use_language
    from cardio_desktop.app.session import Session
    from cardio_desktop.app.settings import Settings
    from cardio_desktop.ui.application import make_application
    from cardio_desktop.ui.live.live_window import LiveWindow
    from cardio_desktop.ui.main_window import MainWindow
    from cardio_desktop.ui.paper.comparison_window import ComparisonWindow

    state = STATES[name]
    make_application()
    use_language(state.language)
    with tempfile.TemporaryDirectory() as temporary:
        settings = Settings(QSettings(str(Path(temporary) / "settings.ini"), QSettings.Format.IniFormat))
        settings.set_read_first(state.read_first)
        window = MainWindow(Session(settings))
        settings.set_theme(state.theme)
        if window.theme is not None:
            window.theme.apply()
        window.resize(*size)
        window.show()
        path = SAMPLES / f"{state.sample}.hea" if state.sample else long_record(Path(temporary))
        window.session.open(path)
        wait_until(lambda: window.session.state.findings is not None)
        over = state.prepare(window)
        wait_until(lambda: True)
        if over is None:
            picture = window.grab()
        elif isinstance(over, ComparisonWindow | LiveWindow):
            picture = over.grab()
        else:
            picture = window.grab()
            over.show()
            wait_until(lambda: True)
            drawn = over.grab()
            painter = QPainter(picture)
            left = (picture.width() - drawn.width()) // 2
            painter.fillRect(left - 2, 118, drawn.width() + 4, drawn.height() + 4, Qt.GlobalColor.darkGray)
            painter.drawPixmap(QPoint(left, 120), drawn)
            painter.end()
            over.close()
        picture.save(str(target))
        if window.comparison_place.window is not None:
            window.comparison_place.window.close()
        for live in [*window.live.windows]:
            live.close()
        window.close()
    use_language("en")
