"""What is critical stands above the paper, in words that lead to its place, and never on the trace."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cardio_desktop.app.i18n import use_language
from cardio_desktop.core.events import Event, critical_of
from cardio_desktop.core.findings import Findings, Mark, Tier
from cardio_desktop.core.record import Record
from cardio_desktop.ui.main_window import MainWindow
from tests.ui.conftest import step_record
from tests.ui.test_window import findings_of, key

EVENTS = (
    Event("PAUSE", 20.0, 23.1, values={"length_s": 3.1}),
    Event("VT", 40.0, 44.0, values={"rate_bpm": 187.0}),
    Event("STE", 0.0, 60.0, ("V2", "V3"), {"st_mv": 0.42}),
    Event("PAUSE", 50.0, 52.2, values={"length_s": 2.2}),
)


def found_in(record: Record, tier: Tier = Tier.NOT_ASSESSED) -> Findings:
    return replace(findings_of(record, tier), events=EVENTS, critical=critical_of(EVENTS))


@pytest.fixture
def minute(tmp_path) -> Record:  # type: ignore[no-untyped-def]
    return step_record(tmp_path, duration_s=60.0)


@pytest.fixture
def alarmed(window: MainWindow, minute: Record) -> MainWindow:
    window.session.show_record(minute)
    window.session.show_findings(minute, found_in(minute))
    for _ in range(3):
        QApplication.processEvents()
    return window


def plain(window: MainWindow) -> str:
    import re

    return re.sub("<[^>]+>", "", window.critical.text.text()).replace("&nbsp;", " ")


def test_it_names_each_kind_once_most_urgent_first_even_without_a_tier(alarmed: MainWindow) -> None:
    said = plain(alarmed)
    assert alarmed.critical.isVisible()
    assert said.startswith("Critical: Ventricular tachycardia, 187/min, 40.0 to 44.0 s")
    assert said.index("tachycardia") < said.index("Pause of 3.1 s at 20.0 s (2 in all)") < said.index("ST elevation")


def test_it_has_room_of_its_own_above_the_trace(alarmed: MainWindow) -> None:
    def place(widget) -> QRect:  # type: ignore[no-untyped-def]
        return QRect(widget.mapTo(alarmed, QPoint()), widget.size())

    assert place(alarmed.critical).bottom() < place(alarmed.paper).top()
    assert alarmed.critical.text.heightForWidth(alarmed.critical.text.width()) <= alarmed.critical.text.height()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_white_letters_stand_on_red_in_both_themes(alarmed: MainWindow, theme: str) -> None:
    assert alarmed.theme is not None
    alarmed.theme.choose(theme)
    try:
        QApplication.processEvents()
        image = alarmed.critical.grab().toImage()
        back = image.pixelColor(2, 2)
        found = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
        assert _contrast(back, QColor("white")) > 7.0
        assert "#ffffff" in found
    finally:
        alarmed.theme.choose("system")


def _contrast(one: QColor, other: QColor) -> float:
    def light(color: QColor) -> float:
        parts = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in color.getRgbF()[:3]]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_a_click_and_a_key_go_to_the_place_and_mark_it(qtbot: QtBot, alarmed: MainWindow) -> None:
    alarmed.critical.text.linkActivated.emit("0")
    state = alarmed.session.state
    assert state.record is not None
    assert state.viewport.start_s <= 40.0 < state.viewport.start_s + state.viewport.page_s(state.record)
    assert state.highlights == (Mark(None, 40.0, 44.0),)
    key(qtbot, alarmed, Qt.Key.Key_Exclam)
    assert alarmed.session.state.highlights == (Mark(None, 20.0, 23.1),)
    for _ in range(2):
        alarmed.actions_table["next-critical"].trigger()
    assert alarmed.session.state.highlights == (Mark("V2", 0.0, 60.0), Mark("V3", 0.0, 60.0))
    alarmed.actions_table["next-critical"].trigger()
    assert alarmed.session.state.highlights == (Mark(None, 40.0, 44.0),)


def test_the_keyboard_reaches_its_links(qtbot: QtBot, alarmed: MainWindow) -> None:
    text = alarmed.critical.text
    text.setFocus()
    qtbot.keyClick(text, Qt.Key.Key_Tab)
    qtbot.keyClick(text, Qt.Key.Key_Return)
    assert alarmed.session.state.highlights == (Mark(None, 40.0, 44.0),)


def test_it_goes_with_the_record_and_nothing_critical_needs_no_bar(alarmed: MainWindow, steps: Record) -> None:
    alarmed.session.show_record(steps)
    assert not alarmed.critical.isVisible()
    assert plain(alarmed) == ""
    alarmed.session.show_findings(steps, findings_of(steps))
    assert not alarmed.critical.isVisible()
    assert not alarmed.actions_table["next-critical"].isEnabled()


def test_hidden_findings_tell_that_something_is_critical_but_not_what(window: MainWindow, minute: Record) -> None:
    window.session.reading.set_on(True)
    window.session.show_record(minute)
    window.session.show_findings(minute, found_in(minute))
    assert plain(window) == "The program found something critical in this record. Show the findings (F2)"
    assert not window.actions_table["next-critical"].isEnabled()
    window.critical.text.linkActivated.emit("show")
    assert window.session.state.revealed
    assert "Ventricular tachycardia" in plain(window)


def test_it_speaks_german(window: MainWindow, minute: Record) -> None:
    use_language("de")
    try:
        window.session.show_record(minute)
        window.session.show_findings(minute, found_in(minute))
        assert plain(window).startswith("Kritisch: Ventrikuläre Tachykardie, 187/min, 40,0 bis 44,0 s")
        assert "Pause von 3,1 s bei 20,0 s (insgesamt 2)" in plain(window)
    finally:
        use_language("en")
