"""Parts of the live window by themselves: the line of tiers, the question at closing, what memory keeps of the look."""

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QPoint, QSettings, Qt
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from cardio_desktop.app.live_now import Alarm, TierChange
from cardio_desktop.app.live_settings import LiveSettings
from cardio_desktop.core.calipers import CaliperKind, make_caliper
from cardio_desktop.core.colors import TIER_COLORS
from cardio_desktop.core.findings import Tier
from cardio_desktop.ui.live import live_closing
from cardio_desktop.ui.live.frozen_calipers import FrozenCalipers, Part
from cardio_desktop.ui.live.tier_strip import TierStrip


def test_the_line_shows_each_tier_for_its_time_and_leads_back_to_it(qtbot: QtBot) -> None:
    strip = TierStrip()
    qtbot.addWidget(strip)
    strip.resize(616, 50)
    strip.show()
    tiers = (TierChange(10.0, Tier.LOW), TierChange(60.0, Tier.HIGH), TierChange(90.0, Tier.NOT_ASSESSED))
    alarm = Alarm("critical", "VF", 100.0, None, 101.0, None)
    strip.show_line(tiers, (alarm,), (0.0, 120.0), (108.0, 120.0))
    image = strip.grab().toImage()
    foot = strip.height() - strip.fontMetrics().height() - 4
    for time_s, tier in ((30.0, Tier.LOW), (75.0, Tier.HIGH), (95.0, Tier.NOT_ASSESSED)):
        assert image.pixelColor(round(strip.x_of(time_s)), foot).name() == TIER_COLORS[tier]
    assert image.pixelColor(round(strip.x_of(100.0)), 3).red() > 180
    told: list[float] = []
    strip.chosen.connect(told.append)
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(round(strip.x_of(75.0)), 10))
    assert told[0] == pytest.approx(75.0, abs=0.2)


class Feed:
    """What the question at closing asks of a feed."""

    def __init__(self, kept: Path | None) -> None:
        self.kept = kept


@pytest.mark.parametrize("ends", [True, False])
def test_closing_asks_only_where_something_is_kept(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, ends: bool) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    asked: list[str] = []
    assert live_closing.may_end(window, Feed(None))  # type: ignore[arg-type]
    roles = QMessageBox.ButtonRole
    expected = roles.AcceptRole if ends else roles.RejectRole

    def by_role(box: QMessageBox) -> int:
        asked.append(box.text())
        next(one for one in box.buttons() if box.buttonRole(one) is expected).click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", by_role)
    assert live_closing.may_end(window, Feed(Path("live-1.hea"))) is ends  # type: ignore[arg-type]
    assert asked == ["End the recording in live-1.hea?"]


def test_the_look_is_remembered_and_damage_reads_as_the_default(tmp_path: Path) -> None:
    store = QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat)
    live = LiveSettings(store)
    assert (live.keeps(), live.beeps(), live.scrolls(), live.columns()) == (True, False, False, 0)
    assert (live.speed_mm_per_s(), live.gain_mm_per_mv()) == (25.0, 10.0)
    assert live.folder().name == "Cardio Desktop"
    live.set_keeps(False)
    live.set_beeps(True)
    live.set_columns(2)
    live.set_folder(tmp_path)
    live.set_geometry(QByteArray(b"x"))
    assert (live.keeps(), live.beeps(), live.columns(), live.folder()) == (False, True, 2, tmp_path)
    assert live.geometry() == QByteArray(b"x")
    for key, value in (("speed_mm_per_s", "fast"), ("gain_mm_per_mv", "7"), ("columns", "9")):
        store.setValue(f"live/{key}", value)
    assert (live.speed_mm_per_s(), live.gain_mm_per_mv(), live.columns()) == (25.0, 10.0, 0)


def test_keys_move_each_part_of_a_caliper_and_an_end_stops_at_the_other() -> None:
    calls: list[int] = []
    calipers = FrozenCalipers(lambda: calls.append(1))
    one = make_caliper(CaliperKind.BOTH, "II", (2.0, 0.0), (2.4, 1.0))
    calipers._show((one,), one.id)
    for part, steps, hundredths, expected in (
        (Part.START, 10, 0, (2.02, 2.4, 0.0, 1.0)),
        (Part.END, -10, 0, (2.0, 2.38, 0.0, 1.0)),
        (Part.LOW, 0, 5, (2.0, 2.4, 0.05, 1.0)),
        (Part.HIGH, 0, -5, (2.0, 2.4, 0.0, 0.95)),
        (Part.WHOLE, 5, 10, (2.01, 2.41, 0.1, 1.1)),
        (Part.START, 9999, 0, (2.4, 2.4, 0.0, 1.0)),
        (Part.HIGH, 0, -9999, (2.0, 2.4, 0.0, 0.0)),
    ):
        calipers._show((one,), one.id)
        calipers.part = part
        assert calipers.nudge(steps, hundredths)
        moved = calipers.chosen
        assert moved is not None
        assert (moved.start_s, moved.end_s, moved.low_mv, moved.high_mv) == pytest.approx(expected)
    calipers.remove()
    assert not calipers.nudge(1, 0)
    assert calipers.words() == ""
