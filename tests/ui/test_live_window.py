"""The live window, driven with a replay: swept and scrolled at true speed, frozen without losing a sample."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cardio_desktop.app import live_feed
from cardio_desktop.app.i18n import use_language
from cardio_desktop.app.live_feed import LiveFeed, judge_with_network
from cardio_desktop.app.live_now import STALE_S
from cardio_desktop.app.session import Session
from cardio_desktop.app.settings import Settings
from cardio_desktop.core.errors import WriteError
from cardio_desktop.core.findings import Tier
from cardio_desktop.core.record import ArraySamples, Patient, Record
from cardio_desktop.io import open_record
from cardio_desktop.live.events import LiveEvent
from cardio_desktop.live.growing import open_growing
from cardio_desktop.live.judge import Judge
from cardio_desktop.live.keeping import Keeper
from cardio_desktop.live.replay import Faults, ReplaySource
from cardio_desktop.live.source import Block, Layout
from cardio_desktop.simulate import simulate_record
from cardio_desktop.simulate.rhythms import simulate_rhythm
from cardio_desktop.ui.live.live_paper import LivePaper
from cardio_desktop.ui.live.live_window import LiveWindow
from cardio_desktop.ui.live.live_words import lead_states
from cardio_desktop.ui.live.vitals import NONE
from cardio_desktop.ui.main_window import MainWindow
from cardio_desktop.words import Remark
from tests.ui.test_menus import letter

Follow = Callable[..., LiveWindow]


class Mute:
    """A judge that says nothing, for what is about the paper."""

    def __init__(self, layout: Layout) -> None:
        self.layout, self.now_s = layout, 0.0

    def feed(self, block: Block) -> tuple[LiveEvent, ...]:
        self.now_s = block.stop / self.layout.rate_hz
        return ()

    def finish(self) -> tuple[LiveEvent, ...]:
        return ()


@pytest.fixture
def follow(qtbot: QtBot, settings: Settings) -> Iterator[Follow]:
    """Open live windows on records that are replayed at once; each ends with the test and leaves no thread."""
    opened: list[LiveWindow] = []
    session = Session(settings, analyze=False)

    def run(
        record: Record,
        *,
        judge_of: Callable[[Layout], object] = Mute,
        kept_in: Path | None = None,
        **how: object,
    ) -> LiveWindow:
        feed = LiveFeed(ReplaySource(record, **how), kept_in, judge_of=judge_of)
        window = LiveWindow(feed, session)
        window.paper.look(columns=1)
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(window)
        window.resize(1600, 1000)
        window.show()
        opened.append(window)
        qtbot.waitUntil(lambda: window.paper.signal is not None, timeout=10_000)
        return window

    yield run
    for window in opened:
        window.close()
        assert window.feed.over
    session.close()


def whole(window: LiveWindow, qtbot: QtBot) -> None:
    """Wait until everything came and is drawn."""
    qtbot.waitUntil(lambda: window.feed.over, timeout=20_000)
    qtbot.waitUntil(lambda: window.clock.behind_s < 0.01, timeout=20_000)
    window.frame()


def left_of(paper: LivePaper) -> int:
    """Return where the traces begin."""
    assert paper.page is not None
    return paper.page.columns[0].left


def grabbed(window: LiveWindow) -> np.ndarray:
    image = window.paper.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    bits = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(image.height(), image.width(), 4)
    return bits[:, :, :3].max(axis=2) < 150


def test_a_known_signal_is_swept_at_its_millimetres(follow: Follow, steps: Record, qtbot: QtBot) -> None:
    window = follow(steps)
    whole(window, qtbot)
    paper = window.paper
    plan, device = paper.plan(), paper.device
    assert paper.columns == 1
    assert [strip.lead for strip in plan.strips][:4] == ["I", "II", "III", "aVR"]
    assert paper.page_s > 10.0
    drawn = grabbed(window)
    # The step from 1.0 s on stands 25 mm behind the page's first column, 10 mm high.
    strip = plan.strips[3]
    left = left_of(paper)
    for time_s, mv in ((0.5, 0.0), (1.2, 1.0), (2.0, 0.0), (8.8, 1.0)):
        x = round(left + time_s * 25 * device.px_per_mm_x)
        y = device.y(strip.baseline_mm - 10 * mv)
        assert drawn[round(y) - 2 : round(y) + 2, x].any(), (time_s, mv)
        other = device.y(strip.baseline_mm - 10 * (1 - mv))
        assert not drawn[round(other) - 2 : round(other) + 2, x].any()


def test_freezing_loses_no_sample_and_looks_back(follow: Follow, steps: Record, qtbot: QtBot) -> None:
    window = follow(steps, speed=20.0, repeat=4)
    qtbot.waitUntil(lambda: window.clock.shown_s > 2.0, timeout=20_000)
    paper = window.paper
    paper.freeze()
    frozen_end, left = paper.end_s, left_of(paper)  # names at the left tell how leads are now
    before = grabbed(window)[:, left:]
    qtbot.waitUntil(lambda: window.feed.over, timeout=30_000)
    window.frame()
    assert np.array_equal(grabbed(window)[:, left:], before)
    assert paper.end_s == frozen_end
    assert paper.signal is not None
    assert paper.signal.end_s == pytest.approx(40.0)
    assert np.isfinite(paper.signal.millivolts(0, 20_000)).all()
    paper.move_by(1e6)
    assert paper.end_s == pytest.approx(40.0, abs=0.05)
    paper.move_by(-1e6)
    assert paper.start_s == pytest.approx(0.0, abs=0.02)
    paper.go_live()
    assert not paper.frozen
    assert paper.end_s == pytest.approx(40.0, abs=0.05)


def test_a_page_moved_in_steps_is_the_page_drawn_at_once(follow: Follow, steps: Record, qtbot: QtBot) -> None:
    window = follow(steps, repeat=3, faults=Faults(holes_s=((14.0, 14.5),)))
    whole(window, qtbot)
    paper = window.paper
    paper.go_to(10.0)
    for _ in range(7):
        paper.move_by(0.37)
    paper.move_by(-1.2)
    stepped, start_s = grabbed(window), paper.start_s
    paper.lay_out()
    assert paper.start_s == pytest.approx(start_s, abs=0.011)
    assert np.array_equal(grabbed(window), stepped)


def test_what_is_critical_is_large_and_listed_and_a_row_freezes_the_page_there(
    follow: Follow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    beeps: list[int] = []
    monkeypatch.setattr(QApplication, "beep", lambda: beeps.append(1))
    window = follow(simulate_rhythm("vf", duration_s=14.0, start_s=6.0).record, speed=20.0, judge_of=Judge)
    qtbot.waitUntil(lambda: bool(window.now.going_on), timeout=20_000)
    window.show_words()
    assert "fibrillation" in window.vitals.rhythm.text()
    assert beeps == []  # silent unless it was switched on
    whole(window, qtbot)
    window.show_words()
    critical = [alarm for alarm in window.now.alarms if alarm.critical]
    assert [alarm.code for alarm in critical] == ["VF"]
    assert critical[0].start_s == pytest.approx(6.0, abs=1.0)
    row = next(k for k in range(window.alarms.count()) if "fibrillation" in window.alarms.item(k).text())
    assert window.alarms.item(row).text().startswith("0:0")
    window.alarms.setCurrentRow(row)
    qtbot.keyClick(window.alarms, Qt.Key.Key_Return)
    assert window.paper.frozen
    assert window.paper.start_s <= critical[0].start_s <= window.paper.end_s
    qtbot.keyClick(window.alarms, Qt.Key.Key_Up)  # moves in the list, changes no gain
    assert window.paper.gain_mm_per_mv == 10.0


def test_a_lead_that_is_off_is_grey_with_its_reason_while_it_is(follow: Follow, steps: Record, qtbot: QtBot) -> None:
    record = simulate_record("normal", duration_s=12.0)
    lead = next(channel for channel in record.channels if channel.lead == "V3")
    counts = np.array(lead.counts())
    counts[round(5 * lead.rate_hz) :] = 0
    channels = tuple(
        replace(channel, samples=ArraySamples(counts)) if channel is lead else channel for channel in record.channels
    )
    window = follow(replace(record, channels=channels), judge_of=Judge)
    whole(window, qtbot)
    # The end of the recording ends all that was told; what was off then is known of its page.
    states = lead_states(window.now.leads_between(8.0, 11.0) | window.now.leads)
    assert set(states) == {"V3"}
    assert states["V3"].reason == "flat, electrode off?"
    window.paper.show_states(states)
    assert "V3" in window.paper.toolTip()
    assert set(window.now.leads_between(0.0, 4.0)) == set()


def test_it_is_kept_and_opened_as_any_record(
    follow: Follow, steps: Record, qtbot: QtBot, tmp_path: Path, window: MainWindow
) -> None:
    live = follow(steps, kept_in=tmp_path / "kept")
    whole(live, qtbot)
    assert live.feed.kept is not None
    assert live.open_button.isVisible()
    live.wanted.connect(window.live.open_kept)
    live.actions_table["live-open"].trigger()
    qtbot.waitUntil(lambda: window.session.state.record is not None, timeout=20_000)
    kept = window.session.state.record
    assert kept is not None
    for name in ("I", "aVR", "V6"):
        assert np.allclose(kept.leads[name].millivolts(), steps.leads[name].millivolts(), atol=1e-3)


def test_a_recording_that_goes_on_is_ended_only_by_the_readers_word(
    follow: Follow, steps: Record, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = follow(steps, kept_in=tmp_path, speed=1.0)
    qtbot.waitUntil(lambda: window.feed.kept is not None and window.clock.shown_s > 0.5, timeout=20_000)
    monkeypatch.setattr("cardio_desktop.ui.live.live_window.may_end", lambda *_: False)
    window.close()
    assert window.isVisible()
    assert not window.feed.over
    window.actions_table["live-stop"].trigger()
    qtbot.waitUntil(lambda: window.feed.over, timeout=10_000)
    assert window.close()
    assert open_record(window.feed.kept).duration_s > 0.4


def test_a_source_that_cannot_be_opened_is_said(qtbot: QtBot, settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "short.edf"
    path.write_bytes(b"0       " + b" " * 100)
    session = Session(settings, analyze=False)
    window = LiveWindow(LiveFeed(open_growing(path)), session)
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: window.feed.over, timeout=10_000)
    qtbot.waitUntil(lambda: "short.edf" in window.message.text.text(), timeout=10_000)
    assert not window.actions_table["live-freeze"].isEnabled()
    window.close()
    session.close()


def test_keys_freeze_measure_and_go_back(follow: Follow, steps: Record, qtbot: QtBot, settings: Settings) -> None:
    window = follow(steps, repeat=3)
    whole(window, qtbot)
    paper = window.paper
    paper.setFocus()
    assert not window.actions_table["live-caliper"].isEnabled()
    qtbot.keyClick(paper, Qt.Key.Key_Space)
    assert paper.frozen
    assert "Frozen" in window.where.text()
    qtbot.keyClick(paper, Qt.Key.Key_C)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right):
        qtbot.keyClick(paper, key, Qt.KeyboardModifier.ShiftModifier)
    chosen = paper.calipers.chosen
    assert chosen is not None
    assert chosen.interval_ms == pytest.approx(804.0)
    assert chosen.amplitude_mv == pytest.approx(1.0)
    assert "804 ms" in window.where.text()
    start_s = paper.start_s
    qtbot.keyClick(paper, Qt.Key.Key_Left)
    assert paper.start_s < start_s
    qtbot.keyClick(paper, Qt.Key.Key_Delete)
    assert paper.calipers.all == ()
    qtbot.keyClick(paper, Qt.Key.Key_End)
    assert not paper.frozen
    qtbot.keyClick(paper, Qt.Key.Key_Up)
    qtbot.keyClick(paper, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(paper, Qt.Key.Key_S)
    assert (paper.gain_mm_per_mv, paper.speed_mm_per_s, paper.scrolls) == (20.0, 50.0, True)
    assert (settings.live.gain_mm_per_mv(), settings.live.speed_mm_per_s(), settings.live.scrolls()) == (20, 50, True)


def test_a_caliper_is_drawn_with_the_mouse_and_reads_the_signal(follow: Follow, steps: Record, qtbot: QtBot) -> None:
    window = follow(steps)
    whole(window, qtbot)
    paper = window.paper
    paper.freeze()
    plan, device = paper.plan(), paper.device
    strip = plan.strips[5]

    def at(time_s: float, mv: float) -> QPoint:
        return QPoint(round(device.x(strip.x_of(time_s, plan.scale))), round(device.y(strip.y_of(mv, plan.scale))))

    qtbot.mousePress(paper, Qt.MouseButton.LeftButton, pos=at(3.5, 0.0))
    qtbot.mouseMove(paper, at(4.0, 1.0))
    qtbot.mouseRelease(paper, Qt.MouseButton.LeftButton, pos=at(4.0, 1.0))
    caliper = paper.calipers.chosen
    assert caliper is not None
    assert caliper.lead == "aVF"
    assert caliper.interval_ms == pytest.approx(500.0, abs=12.0)  # a pixel is 10.6 ms
    assert caliper.amplitude_mv == pytest.approx(1.0, abs=0.03)
    paper.go_live()
    assert paper.calipers.all == ()


def test_the_network_speaks_in_the_window(follow: Follow, qtbot: QtBot) -> None:
    window = follow(simulate_record("anterior-mi", duration_s=18.0), judge_of=judge_with_network)
    whole(window, qtbot)
    window.show_words()
    assert window.vitals.simulated.isVisible()
    assert window.now.opinion is not None
    assert window.now.tier is Tier.HIGH
    window.vitals.show_now(window.now, 18.0)
    assert "High" in window.vitals.tier.text()
    assert window.vitals.rate.text().isdigit()
    window.show_words()  # the recording is over: nothing old passes for what is now
    assert (window.vitals.rate.text(), window.vitals.rhythm.text()) == (NONE, NONE)
    assert "Not assessed" in window.vitals.tier.text()
    before = grabbed(window)
    bare = window.paper.grab().toImage()
    window.paper.toggle_evidence()
    window.show_words()
    assert not (grabbed(window) & ~before).any()  # evidence never makes the trace lighter
    assert window.paper.grab().toImage() != bare


def test_every_word_is_german_in_german(follow: Follow, steps: Record, qtbot: QtBot) -> None:
    use_language("de")
    try:
        window = follow(steps)
        whole(window, qtbot)
        window.show_words()
        window.toggle_frozen()
        assert window.where.text().startswith("Angehalten von ")
        assert "Stufe" in window.vitals.tier.text()
        assert "Überwachungsmonitor" in window.vitals.disclaimer.text()
        texts = [action.text() for action in window.menuBar().actions()]
        assert texts[0] == "&Aufzeichnung"
        for menu in window.menuBar().actions():
            entries = [letter(action.text()) for action in menu.menu().actions() if not action.isSeparator()]
            assert len(entries) == len(set(entries)), menu.text()
    finally:
        use_language("en")


def test_what_memory_no_longer_holds_is_read_from_the_kept_record(
    follow: Follow, steps: Record, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_feed, "HELD_S", 4.0)
    window = follow(steps, kept_in=tmp_path, repeat=2, faults=Faults(holes_s=((7.0, 7.5),)))
    whole(window, qtbot)
    signal = window.paper.signal
    assert signal is not None
    assert signal.ring.first == 8000
    assert signal.first == 0
    found = signal.millivolts(0, 10_000)
    known = np.isfinite(found[0])
    assert np.flatnonzero(~known).tolist() == list(range(3500, 3750))
    truth = np.tile(steps.leads["V4"].millivolts(), 2)
    assert np.allclose(found[signal.names.index("V4")][known], truth[known], atol=1e-3)
    window.paper.go_to(3.0)
    assert window.paper.start_s == pytest.approx(0.0, abs=0.02)
    assert grabbed(window)[:, left_of(window.paper) :].any(axis=0)[:400].all()


def test_a_source_that_falls_silent_leaves_no_old_rate(follow: Follow, qtbot: QtBot) -> None:
    window = follow(simulate_record("normal", duration_s=8.0), judge_of=Judge)
    whole(window, qtbot)
    window.feed.over = False  # as if more could come
    for silent_s, shown in ((0.0, True), (STALE_S + 0.5, False)):
        monotonic = window.clock._came + silent_s
        window.clock.at(monotonic, window.clock._newest)
        window.show_words()
        assert window.vitals.rate.text().isdigit() is shown
    window.feed.over = True


def test_the_window_says_whose_recording_it_is(follow: Follow, steps: Record, qtbot: QtBot) -> None:
    window = follow(replace(steps, patient=Patient(id="4711", name="Doe, Jane")))
    assert window.windowTitle() == "Doe, Jane 4711 - Live: step.hea - Cardio Desktop"
    assert not window.vitals.simulated.isVisible()


def test_a_disk_that_is_full_is_said_and_the_trace_goes_on(
    follow: Follow, steps: Record, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(keeper: Keeper, *_: object) -> None:
        raise WriteError(keeper.path, Remark("cannot-write", {"why": "the disk is full"}), Remark("live-other-folder"))

    monkeypatch.setattr(Keeper, "keep", full)
    window = follow(steps, kept_in=tmp_path)
    whole(window, qtbot)
    window.show_words()
    assert "the disk is full" in window.message.text.text()
    assert window.message.isVisible()
    assert "up to 0:00 only" in window.note.text()
    assert window.paper.end_s == pytest.approx(10.0, abs=0.05)


class Broken(Mute):
    def feed(self, block: Block) -> tuple[LiveEvent, ...]:
        if block.first > 1000:
            raise ValueError("beyond all rules")
        return super().feed(block)


def unreadable(_layout: Layout) -> object:
    raise WriteError(Path("model.onnx"), Remark("cannot-write", {"why": "it is damaged"}), Remark("live-other-folder"))


@pytest.mark.parametrize(("judge_of", "words"), [(Broken, "beyond all rules"), (unreadable, "damaged")])
def test_a_fault_in_judging_ends_no_recording(
    follow: Follow, steps: Record, qtbot: QtBot, tmp_path: Path, judge_of: Callable[[Layout], object], words: str
) -> None:
    window = follow(steps, judge_of=judge_of, kept_in=tmp_path)
    whole(window, qtbot)
    assert words in window.message.text.text()
    kept = open_record(window.feed.kept)
    assert np.allclose(kept.leads["V6"].millivolts(), steps.leads["V6"].millivolts(), atol=1e-3)
    assert window.paper.end_s == pytest.approx(10.0, abs=0.05)
