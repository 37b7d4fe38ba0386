"""The German window: no English word and no decimal point in anything that it shows or paints."""

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
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

from cardio_desktop.app.caliper_work import place
from cardio_desktop.app.i18n import use_language
from cardio_desktop.app.session import Session
from cardio_desktop.app.settings import Settings
from cardio_desktop.app.worklist import Entry
from cardio_desktop.core.caliper_paper import RR_BEFORE, RR_MEAN
from cardio_desktop.core.calipers import Caliper, CaliperKind
from cardio_desktop.core.record import Patient
from cardio_desktop.io.folder import Found
from cardio_desktop.reading.pipeline import analyze, load_models
from cardio_desktop.reading.survey import Details, Summary
from cardio_desktop.simulate import simulate_record
from cardio_desktop.ui.dialogs import ReportDialog, file_filter
from cardio_desktop.ui.lists.worklist_words import patient_text, remark_text, risk_text, time_text, tip_text
from cardio_desktop.ui.main_window import MainWindow
from cardio_desktop.ui.paper import export
from cardio_desktop.ui.paper.screen_dialog import ScreenDialog
from cardio_desktop.ui.sign_dialog import AddendumDialog, SignDialog
from cardio_desktop.ui.statement_dialog import AcronymsDialog, StatementDialog
from cardio_desktop.words import Remark

ENGLISH = re.compile(
    r"\b(the|and|of|to|is|are|were|been|not|no|with|without|from|for|by|at|on|or|it|its|this|that|which|what|"
    r"beats?|leads?|record|recording|wave|page|file|files|open|save|show|mean|before|after|usable|normal ecg|high|low|"
    r"risk|rate|rhythm|speed|gain|layout|strip|evidence|findings|reading|next|previous|measured|median beat|seconds?|"
    r"network|age|years?|male|female|simulated|derived|true size|screen|filter of|warnings?|statements?)\b",
    re.IGNORECASE,
)
SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "samples" / "lbbb.hea"
SHOWN = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
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
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())
    for column in range(columns):
        yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        for row in range(min(model.rowCount(QModelIndex()), 40)):
            index = model.index(row, column, QModelIndex())
            yield from (
                str(index.data(role) or "") for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
            )


def told(window: MainWindow) -> set[str]:
    """Return all texts of a window, without the marks of menus and rich text."""
    every = [text for widget in (window, *window.findChildren(QWidget)) for text in texts_of(widget)]
    return {plain(text) for text in every if text}


def plain(text: str) -> str:
    """Return a text without marks of menus and rich text, and without the network's own name."""
    return re.sub(r"<[^>]*>|cardio-lead-net", " ", text).replace("&", "")


@pytest.fixture
def room(qtbot: QtBot, settings: Settings) -> Iterator[MainWindow]:
    use_language("de")
    try:
        window = MainWindow(Session(settings, analyze=False))
        qtbot.addWidget(window)
        window.resize(1500, 900)
        window.show()
        record = dataclasses.replace(
            simulate_record("anterior-mi"), path=Path("aufnahme.hea"), format="WFDB", patient=Patient()
        )
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


@pytest.mark.parametrize("layout", ["3x4+1", "12x1"])
def test_what_is_painted_is_german(room: MainWindow, layout: str) -> None:
    session = room.session
    session.look(layout_id=layout, speed_mm_per_s=12.5, start_s=0.5)
    calipers = (
        Caliper("a", CaliperKind.BOTH, "II", 1.0, 1.8, low_mv=0.0, high_mv=0.75),
        Caliper("b", CaliperKind.QT, "V2", 5.6, 6.0, rr_ms=812.0, rr_from=RR_BEFORE),
        Caliper("c", CaliperKind.QT, "V3", 5.6, 6.0, rr_ms=812.0, rr_from=RR_MEAN),
        Caliper("d", CaliperKind.QT, "V5", 8.0, 8.4),
    )
    for caliper in calipers:
        place(session.marks, caliper)
    drawing = bytes(export.svg_of(room.paper).data()).decode()
    painted = [plain(text) for text in re.findall(r"<text[^>]*>([^<]*)</text>", drawing)]
    told = "\n".join(painted)
    for words in ("0,75 mV", "vor diesem Schlag", "Mittel der Aufzeichnung", "12,5 mm/s", "kein Anzeigefilter"):
        assert words in told
    assert [text for text in painted if ENGLISH.search(text)] == []
    assert [text for text in painted if DECIMAL_POINT.search(text)] == []


def test_the_comparison_is_german(room: MainWindow, qtbot: QtBot) -> None:
    room.comparison_place.open(SAMPLE)
    comparison = room.comparison
    qtbot.waitUntil(lambda: comparison.active, timeout=20_000)
    other = comparison.other
    assert other.state.record is not None
    other.show_findings(other.state.record, analyze(other.state.record, load_models()))
    compared = room.comparison_place.window
    assert compared is not None
    every = [plain(text) for widget in (compared, *compared.findChildren(QWidget)) for text in texts_of(widget)]
    assert len(every) > 200
    assert sorted({text for text in every if ENGLISH.search(text)}) == []
    assert sorted({text for text in every if DECIMAL_POINT.search(text)}) == []
    compared.close()


def test_the_worklist_is_german(room: MainWindow, tmp_path: Path) -> None:
    statements = (("IMI", "inferior myocardial infarction", 0.9), ("ISCAN", "ischemic in anterior leads", 0.4))
    chances = {"NORM": 0.01, "MI": 0.95}
    chance = Remark("chance", {"what": Remark("class-MI"), "probability": 0.95})
    high = Remark("tier-high", {"chances": (chance,), "limit": 0.81}).plain()
    reason = Remark("tier-leads", {"leads": ("I", "II", "III"), "most": 4}).plain()
    rows = (
        Summary("High", high, 61.0, chances, statements, 10.0),
        Summary("Not assessed", reason, 75.0, {}, (), 10.0),
    )
    for number, summary in enumerate(rows):
        details = Details(patient="", duration_s=600.0 * number + 10.0, leads=12, sex="female", age_years=60.0)
        entry = Entry(Found(tmp_path / f"{number}.hea", str(number), "s"), details, summary)
        for text in (risk_text(entry), remark_text(entry), patient_text(entry), time_text(entry), tip_text(entry)):
            assert not ENGLISH.search(text.replace(str(tmp_path), "")), text
    assert "inferiorer Infarkt" in remark_text(Entry(Found(tmp_path / "x.hea", "x", "s"), None, rows[0]))


def test_dialogs_are_german(room: MainWindow) -> None:
    record = room.session.state.record
    assert record is not None
    reader = room.session.settings.reader
    for dialog in (
        ReportDialog(record.path, room.session.settings, room),
        ScreenDialog(room.paper, room),
        SignDialog(reader, "Normales EKG.", ("read", "second", "overread"), room),
        AddendumDialog(room),
        StatementDialog(reader, lambda _statement: None, room),
        AcronymsDialog(reader, room),
    ):
        every = [plain(text) for widget in (dialog, *dialog.findChildren(QWidget)) for text in texts_of(widget)]
        assert [text for text in every if ENGLISH.search(text)] == []
        dialog.deleteLater()
    assert not ENGLISH.search(file_filter())


def test_every_statement_of_the_network_has_german_words() -> None:
    from cardio_desktop.words.german.statements import STATEMENTS

    models = load_models()
    assert models is not None
    assert sorted(set(models.classifier.card.statements) - set(STATEMENTS)) == []


def test_numbers_have_commas(room: MainWindow) -> None:
    assert sorted(text for text in told(room) if DECIMAL_POINT.search(text)) == []
