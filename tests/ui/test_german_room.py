"""The German window: no English word and no decimal point in anything that it shows or paints."""

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from cardio_desktop.app.i18n import use_language
from cardio_desktop.app.session import Session
from cardio_desktop.app.settings import Settings
from cardio_desktop.core.calipers import Caliper, CaliperKind
from cardio_desktop.pipeline import analyze, load_models
from cardio_desktop.simulate import simulate_record
from cardio_desktop.ui import export
from cardio_desktop.ui.main_window import MainWindow

ENGLISH = re.compile(
    r"\b(the|and|of|to|is|are|was|were|been|not|no|with|without|from|for|by|at|on|or|it|its|this|that|which|what|"
    r"beats?|leads?|record|recording|wave|page|file|files|open|save|show|mean|before|after|usable|normal ecg|high|low|"
    r"risk|rate|rhythm|speed|gain|layout|strip|evidence|findings|reading|next|previous|measured|median beat|seconds?|"
    r"network|age|years?|male|female|simulated|derived|true size|screen|filter of|warnings?|statements?)\b",
    re.IGNORECASE,
)
ALSO_GERMAN = re.compile(r"\b(on|at|was|or)\b(?!.*)")
DECIMAL_POINT = re.compile(r"(?<![\w.])\d+\.\d+(?![\w.]*[\w])")


def texts_of(widget: QWidget) -> Iterator[str]:
    """Yield everything that a widget says, to eyes, mouse and screen reader."""
    yield from (widget.toolTip(), widget.statusTip(), widget.windowTitle())
    yield from (widget.accessibleName(), widget.accessibleDescription())
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    if isinstance(widget, QLineEdit | QPlainTextEdit):
        yield widget.placeholderText()
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(k) for k in range(widget.count()))
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        yield from cells(widget.model())
    for action in widget.findChildren(QAction):
        yield from (action.text(), action.iconText(), action.toolTip(), action.statusTip())


def cells(model: QAbstractItemModel) -> Iterator[str]:
    """Yield headings and cells of a table or list, with their tips."""
    for column in range(model.columnCount(QModelIndex())):
        yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        for row in range(min(model.rowCount(QModelIndex()), 40)):
            index = model.index(row, column, QModelIndex())
            yield from (str(index.data(role) or "") for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole))


def told(window: MainWindow) -> set[str]:
    """Return all texts of a window, without the marks of menus and rich text."""
    every = [text for widget in (window, *window.findChildren(QWidget)) for text in texts_of(widget)]
    return {re.sub(r"<[^>]*>", " ", text).replace("&", "") for text in every if text}


@pytest.fixture
def room(qtbot: QtBot, settings: Settings) -> Iterator[MainWindow]:
    use_language("de")
    try:
        window = MainWindow(Session(settings, analyze=False))
        qtbot.addWidget(window)
        window.resize(1500, 900)
        window.show()
        record = simulate_record("anterior-mi")
        window.session.show_record(record)
        window.session.show_findings(record, analyze(record, load_models()))
        for _ in range(5):
            QApplication.processEvents()
        yield window
    finally:
        use_language("en")


def test_nothing_of_the_german_window_is_english(room: MainWindow) -> None:
    every = told(room)
    assert len(every) > 400
    assert sorted(text for text in every if ENGLISH.search(text)) == []


def test_numbers_have_commas(room: MainWindow) -> None:
    assert sorted(text for text in told(room) if DECIMAL_POINT.search(text)) == []
