"""On a small screen, with large letters and in both languages, nothing of the toolbar or the panel is cut off."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QTabBar, QToolButton
from pytestqt.qtbot import QtBot

from cardio_desktop.app.i18n import use_language
from cardio_desktop.app.session import Session
from cardio_desktop.app.settings import Settings
from cardio_desktop.core.findings import Tier
from cardio_desktop.reading.pipeline import analyze, load_models
from cardio_desktop.render.sheet import EcgSheet, paint_sheet
from cardio_desktop.simulate import simulate_record
from cardio_desktop.ui.lists.worklist_words import Column, tier_name
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
    four = 4 * panel.conclusion.edit.fontMetrics().lineSpacing()
    assert panel.conclusion.edit.height() >= four


def test_titles_of_tabs_columns_and_tiers_are_not_cut(small_window: MainWindow) -> None:
    bar = next(bar for bar in small_window.findChildren(QTabBar) if bar.count() == len(small_window.docks.kinds))
    for k in range(bar.count()):
        words = bar.fontMetrics().horizontalAdvance(bar.tabText(k))
        assert bar.tabRect(k).width() >= words + 8, bar.tabText(k)
    small_window.worklist_dock.show()
    settle()
    assert small_window.width() == 1280
    table = small_window.worklist_dock.table
    header = table.horizontalHeader()
    for column in Column:
        assert table.columnWidth(column) >= header.sectionSizeHint(column), column
        words = header.fontMetrics().horizontalAdvance(str(table.model().headerData(column, Qt.Orientation.Horizontal)))
        assert table.columnWidth(column) >= words, column
    widest = max(table.fontMetrics().horizontalAdvance(tier_name(tier.value)) for tier in Tier)
    assert table.columnWidth(Column.RISK) >= widest + 12
    assert table.verticalHeader().defaultSectionSize() >= table.fontMetrics().height() + 8


def test_a_width_that_the_reader_chose_stays_where_letters_change(small_window: MainWindow) -> None:
    table = small_window.worklist_dock.table
    table.setColumnWidth(Column.NAME, 333)
    assert small_window.theme is not None
    small_window.theme.resize_letters(-1)
    assert table.columnWidth(Column.NAME) == 333


@pytest.mark.parametrize("percent", LETTERS)
def test_titles_of_docks_have_the_letters_in_force(qtbot: QtBot, settings: Settings, percent: int) -> None:
    """Qt's own dock keeps the letters it was made with: a title in others must differ from one in these."""
    window = MainWindow(Session(settings, analyze=False))
    assert window.theme is not None
    try:
        qtbot.addWidget(window)
        window.show()
        window.theme.resize_letters((percent - 100) // 10)
        settle()
        changed = window.docks["findings"].grab().toImage()
        fresh = MainWindow(Session(settings, analyze=False))
        qtbot.addWidget(fresh)
        fresh.show()
        settle()
        made = fresh.docks["findings"].grab().toImage()
        high = window.docks["findings"].widget().y()
        assert high == fresh.docks["findings"].widget().y()
        title = QRect(0, 0, 120, high)
        assert changed.copy(title) == made.copy(title)
    finally:
        window.theme.resize_letters(None)


@pytest.mark.parametrize("size", [(1280, 720), (1366, 768), (1920, 1080)], ids=str)
@pytest.mark.parametrize("layout", ["12x1", "3x4+1", "3x4+3", "6x2"])
def test_a_fitted_page_lies_in_the_window_from_its_header_to_its_scale(
    qtbot: QtBot, settings: Settings, layout: str, size: tuple[int, int]
) -> None:
    window = MainWindow(Session(settings, analyze=False))
    qtbot.addWidget(window)
    window.resize(*size)
    window.show()
    record = simulate_record("noisy-normal", rate_hz=100.0, duration_s=120.0)  # long: the overview takes of the height
    window.session.show_record(record)
    window.session.look(layout_id=layout, zoom=None)
    settle()
    assert window.overview.isVisible()
    assert window.paper.room_mm() == pytest.approx((0.0, 0.0), abs=0.5)
    plan = window.paper.plan
    assert plan is not None
    edge = window.paper.device.y(plan.height_mm + 7.8)
    assert edge <= window.paper.height()
    assert window.session.jobs.shut_down()


def test_the_two_lines_below_a_small_page_do_not_overlap(qtbot: QtBot, settings: Settings, infarction) -> None:
    window = MainWindow(Session(settings, analyze=False))
    qtbot.addWidget(window)
    window.resize(1280, 720)
    window.show()
    window.session.show_record(infarction[0])
    window.session.show_findings(*infarction)
    window.session.look(zoom=0.4)
    settle()
    sheet, device = window.paper.sheet(), window.paper.device
    assert sheet is not None

    def ink(shown: EcgSheet) -> set[int]:
        """Return the rows of pixels below the strips that differ from paper without text."""
        bare = replace(shown, scale_line="", evidence_class=None)
        pictures = []
        for one in (shown, bare):
            image = QImage(900, 720, QImage.Format.Format_RGB32)
            image.fill(Qt.GlobalColor.white)
            painter = QPainter(image)
            paint_sheet(painter, one, device)
            painter.end()
            pictures.append(image)
        below = round(device.y(shown.plan.height_mm)) + 1
        return {
            y for y in range(below, 720) if any(pictures[0].pixel(x, y) != pictures[1].pixel(x, y) for x in range(900))
        }

    scale = ink(replace(sheet, evidence_class=None))
    legend = ink(replace(sheet, scale_line=""))
    assert scale
    assert legend
    # The scale's letters stand on a veil of the paper's colour, two pixels of which may reach below them.
    assert max(scale) <= min(legend) + 2


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
