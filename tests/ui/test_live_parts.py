"""Parts of the live window by themselves: the line of tiers, the question at closing, what memory keeps of the look."""

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QPoint, QPointF, QSettings, QSizeF, Qt
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from cardio_desktop.app.live_now import Alarm, TierChange
from cardio_desktop.app.live_settings import LiveSettings
from cardio_desktop.core.calipers import CaliperKind, make_caliper
from cardio_desktop.core.colors import TIER_COLORS
from cardio_desktop.core.findings import Tier
from cardio_desktop.core.leads import LEADS12
from cardio_desktop.render.colors import RED_PAPER
from cardio_desktop.ui.live import live_closing
from cardio_desktop.ui.live.frozen_calipers import FrozenCalipers, Part
from cardio_desktop.ui.live.live_page import lay_page
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


def test_the_mouse_takes_hold_of_a_caliper_and_moves_what_it_holds(qapp: object) -> None:
    page = lay_page(
        ("I", "II"),
        500.0,
        size=QSizeF(800, 400),
        dots=(4.0, 4.0),
        ratio=1.0,
        speed_mm_per_s=25.0,
        gain_mm_per_mv=10.0,
        columns=1,
        colors=RED_PAPER,
    )
    plan, device = page.plan(10.0), page.device
    strip = plan.strips[1]

    def at(time_s: float, mv: float) -> QPointF:
        return QPointF(device.x(strip.x_of(time_s, plan.scale)), device.y(strip.y_of(mv, plan.scale)))

    calipers = FrozenCalipers(lambda: None)
    calipers.press(at(11.0, 0.0), plan, device)
    calipers.move(at(12.0, 1.0), plan, device)
    calipers.release()
    calipers.press(at(12.0, 0.5), plan, device)  # its end
    assert calipers.part is Part.END
    calipers.move(at(12.4, 0.5), plan, device)
    calipers.release()
    chosen = calipers.chosen
    assert chosen is not None
    assert (chosen.lead, chosen.start_s, chosen.end_s) == (
        "II",
        pytest.approx(11.0, abs=0.01),
        pytest.approx(12.4, abs=0.01),
    )
    calipers.next_lead(1, plan)
    assert calipers.chosen is not None
    assert calipers.chosen.lead == "I"
    calipers.next_part()
    assert calipers.part is Part.LOW
    calipers.press(QPointF(1.0, 1.0), plan, device)  # beside the paper
    calipers.move(QPointF(50.0, 50.0), plan, device)
    calipers.release()
    assert len(calipers.all) == 1


@pytest.mark.parametrize(("size", "columns"), [((1600, 500), 2), ((700, 500), 1), ((1600, 1000), 1)])
def test_leads_stand_in_two_columns_only_where_it_is_low_and_wide(
    qapp: object, size: tuple[int, int], columns: int
) -> None:
    page = lay_page(
        LEADS12,
        500.0,
        size=QSizeF(*size),
        dots=(3.78, 3.78),
        ratio=1.0,
        speed_mm_per_s=25.0,
        gain_mm_per_mv=10.0,
        columns=0,
        colors=RED_PAPER,
    )
    assert len(page.columns) == columns
    assert [lead for column in page.columns for lead in column.leads] == list(LEADS12)
    assert page.columns[-1].left + page.columns[-1].picture.width <= size[0]
