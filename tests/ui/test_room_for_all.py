"""On a small screen, with large letters and in both languages, nothing of the toolbar or the panel is cut off."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from cardio_desktop.app.i18n import use_language
from cardio_desktop.app.session import Session
from cardio_desktop.app.settings import Settings
from cardio_desktop.reading.pipeline import analyze, load_models
from cardio_desktop.simulate import simulate_record
from cardio_desktop.ui.main_window import MainWindow

LETTERS = (100, 150)


@pytest.fixture(scope="module")
def infarction():
    record = simulate_record("anterior-mi")
    return record, analyze(record, load_models())


@pytest.fixture(params=[(language, percent) for language in ("en", "de") for percent in LETTERS], ids=str)
def small_window(request, qtbot: QtBot, settings: Settings, infarction) -> Iterator[MainWindow]:
    language, percent = request.param
    use_language(language)
    window = MainWindow(Session(settings, analyze=False))
    assert window.theme is not None
    try:
        qtbot.addWidget(window)
        window.theme.resize_letters((percent - 100) // 10)
        window.resize(1280, 720)
        window.show()
        window.session.show_record(infarction[0])
        window.session.show_findings(*infarction)
        settle()
        yield window
    finally:
        window.theme.resize_letters(None)
        use_language("en")


def settle() -> None:
    for _ in range(5):
        QApplication.processEvents()


def test_every_choice_of_the_toolbar_is_in_reach(small_window: MainWindow) -> None:
    bar = small_window.toolbar
    assert small_window.width() == 1280
    assert not bar.findChild(QToolButton, "qt_toolbar_ext_button").isVisible()
    shown = [bar.widgetForAction(action) for action in bar.actions() if action.isVisible()]
    places = [QRect(widget.mapTo(bar, QPoint()), widget.size()) for widget in shown]
    assert all(bar.rect().contains(place) for place in places)
    assert all(one.right() < other.left() for one, other in pairwise(places))
    for box in (bar.layout_box, bar.rhythm_box, bar.speed_box, bar.gain_box, bar.class_box):
        assert box.isVisible()
        assert box.toolTip()  # names what a missing label does not


def test_units_are_never_cut(small_window: MainWindow) -> None:
    bar = small_window.toolbar
    for box in (bar.speed_box, bar.rhythm_box):
        for k in range(box.count()):
            assert box.fontMetrics().horizontalAdvance(box.itemText(k)) < box.width() - 16
    assert bar.gain_box.fontMetrics().horizontalAdvance("40/20 mm/mV") < bar.gain_box.width() - 16


def test_labels_come_back_with_room(small_window: MainWindow) -> None:
    small_window.resize(2600, 900)
    settle()
    labels = [action for action in small_window.toolbar._labels.values() if action.isVisible()]
    assert len(labels) == 5
    assert not small_window.toolbar.layout_box.narrow


def test_nothing_of_the_panel_is_cut_off(small_window: MainWindow) -> None:
    panel = small_window.panel
    assert panel.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    assert panel.widget().width() <= panel.viewport().width()
    for row in panel.narrative.rows:
        assert row.mapTo(panel.widget(), row.rect().topRight()).x() < panel.viewport().width()


def test_letters_of_the_tier_grow_with_the_rest(small_window: MainWindow) -> None:
    panel = small_window.panel
    assert panel.tier.label.font().pointSizeF() == pytest.approx(QApplication.font().pointSizeF())
    four = 4 * panel.reading.edit.fontMetrics().lineSpacing()
    assert panel.reading.edit.height() >= four


def test_the_first_window_is_no_larger_than_its_screen(qtbot: QtBot, settings: Settings) -> None:
    window = MainWindow(Session(settings, analyze=False))
    qtbot.addWidget(window)
    room = window.screen().availableGeometry()
    assert window.width() <= room.width()
    assert window.height() <= room.height()
    assert (window.width(), window.height()) == (min(1440, room.width() - 16), min(900, room.height() - 48))


@pytest.mark.parametrize("language", ["en", "de"])
def test_large_letters_make_no_window_wider_than_a_small_screen(
    qtbot: QtBot, settings: Settings, language: str
) -> None:
    use_language(language)
    window = MainWindow(Session(settings, analyze=False))
    assert window.theme is not None
    try:
        qtbot.addWidget(window)
        window.theme.resize_letters(5)
        window.show()  # nothing is open: the buttons that stand in the middle then were the widest
        window.resize(1280, 672)
        settle()
        assert (window.width(), window.height()) == (1280, 672)
    finally:
        window.theme.resize_letters(None)
        use_language("en")
