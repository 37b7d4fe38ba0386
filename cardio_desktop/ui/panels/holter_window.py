"""The window of the Holter reading: the hours, every event, the worst of each kind, and the limits they count by."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDoubleSpinBox,
    QFileDialog,
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QProgressBar,
    QPushButton,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from cardio_desktop.app.holter import HolterDesk
from cardio_desktop.app.i18n import decimals, language, tr
from cardio_desktop.app.session import Session
from cardio_desktop.core.holter import RANGES, Holter, HolterLimits
from cardio_desktop.core.record import Record
from cardio_desktop.report.holter_text import COLUMNS, cell, clock, extreme_words, variability_words
from cardio_desktop.report.language import Language
from cardio_desktop.ui.panels.holter_events import EventsTable
from cardio_desktop.ui.panels.holter_shapes import ShapesTab
from cardio_desktop.words import Remark
from cardio_desktop.words.writing import capital

MOST_EVENTS = 5000
"""More rows than this nobody reads; the count is told."""
TIME = Qt.ItemDataRole.UserRole


def limit_names() -> dict[str, str]:
    """Return what each limit is called."""
    return {
        "pause_s": tr("Pause from (s)"),
        "slow_bpm": tr("Slow below (/min)"),
        "fast_bpm": tr("Fast from (/min)"),
        "run_beats": tr("Run from (beats)"),
        "premature": tr("Supraventricular beats early by (share)"),
        "st_mv": tr("ST shift from (mV)"),
        "st_s": tr("ST shift for (s)"),
        "averaged": tr("Rates over (intervals)"),
        "fibrillation_s": tr("Fibrillation from (s)"),
    }


class HolterWindow(QWidget):
    """A window of its own beside the paper; a row that is chosen is shown there."""

    def __init__(self, desk: HolterDesk, session: Session, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("holter")
        self.setWindowTitle(tr("Holter reading - Cardio Desktop"))
        self.resize(1180, 720)
        self._desk, self._session = desk, session
        self._shown: Holter | None = None
        self.state = QLabel()
        self.state.setWordWrap(True)
        self.progress = QProgressBar()
        self.button = QPushButton()
        self.button.clicked.connect(self._toggle)
        self.hours = _table([tr("Time")])
        self.hours.setAccessibleName(tr("Hour by hour"))
        self.events = EventsTable()
        self.events.setAccessibleName(tr("Events"))
        self.worst = _table([tr("The worst of each kind")])
        self.worst.setAccessibleName(tr("The worst of each kind"))
        self.shapes = ShapesTab()
        self.shapes.table.called.connect(desk.call)
        self.variability = QLabel()
        self.variability.setWordWrap(True)
        self.variability.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.variability.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.tabs = QTabWidget()
        for widget, title in (
            (self.hours, tr("Hour by hour")),
            (self.worst, tr("The worst of each kind")),
            (self.events, tr("Events")),
            (self.shapes, tr("Shapes of beats")),
            (self.variability, tr("Variability")),
        ):
            self.tabs.addTab(widget, title)
        for table in (self.hours, self.worst, self.shapes.table):
            table.itemActivated.connect(self._go)
            table.itemClicked.connect(self._go)
        self.events.activated.connect(self._go_to_event)
        self.events.clicked.connect(self._go_to_event)
        self.limits = QGroupBox(tr("Counted as"))
        self._boxes = self._build_limits()
        self._lay_out()
        QShortcut(QKeySequence("Esc"), self, self.close)
        QShortcut(QKeySequence.StandardKey.Undo, self, desk.undo)
        QShortcut(QKeySequence.StandardKey.Redo, self, desk.redo)
        for key in ("Del", "R"):
            QShortcut(QKeySequence(key), self.events, self._toggle_event, context=Qt.ShortcutContext.WidgetShortcut)
        desk.changed.connect(self._refresh)
        self._refresh()

    def _build_limits(self) -> dict[str, QSpinBox | QDoubleSpinBox]:
        form = QFormLayout(self.limits)
        names, boxes = limit_names(), {}
        for limit in fields(HolterLimits):
            low, high = RANGES[limit.name]
            value = getattr(self._desk.limits, limit.name)
            box: QSpinBox | QDoubleSpinBox
            if isinstance(limit.default, int):
                box = QSpinBox()
                box.setRange(int(low), int(high))
                box.setValue(int(value))
            else:
                box = QDoubleSpinBox()
                box.setDecimals(2)
                box.setSingleStep(0.05 if high <= 1 else 0.5 if high <= 10 else 5)
                box.setRange(low, high)
                box.setValue(value)
            box.setKeyboardTracking(False)  # not for each digit that is typed
            box.valueChanged.connect(self._limits_changed)
            form.addRow(names[limit.name], box)
            boxes[limit.name] = box
        usual = QPushButton(tr("Usual limits"))
        usual.clicked.connect(self._usual_limits)
        form.addRow(usual)
        return boxes

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.state, 1)
        top.addWidget(self.progress)
        top.addWidget(self.button)
        self.savers: list[QPushButton] = []
        below = QHBoxLayout()
        self.undo = QPushButton(tr("Undo"))
        self.undo.clicked.connect(self._desk.undo)
        self.redo = QPushButton(tr("Redo"))
        self.redo.clicked.connect(self._desk.redo)
        self.reject = QPushButton(tr("Reject or accept the event (R)"))
        self.reject.clicked.connect(self._toggle_event)
        for button in (self.undo, self.redo, self.reject):
            below.addWidget(button)
        below.addStretch(1)
        for kind, words in (
            ("pdf", tr("Save report (PDF)…")),
            ("csv", tr("Save table (CSV)…")),
            ("json", tr("Save all (JSON)…")),
        ):
            button = QPushButton(words)
            button.clicked.connect(self._saver(kind))
            self.savers.append(button)
            below.addWidget(button)
        middle = QHBoxLayout()
        middle.addWidget(self.tabs, 1)
        side = QVBoxLayout()
        side.addWidget(self.limits)
        side.addStretch(1)
        middle.addLayout(side)
        layout = QVBoxLayout(self)
        layout.addLayout(top)
        layout.addLayout(middle, 1)
        layout.addLayout(below)

    def _saver(self, kind: str) -> Callable[[], None]:
        return lambda: self._save(kind)

    def _save(self, kind: str) -> None:
        record = self._desk.record
        if record is None:
            return
        folder = Path(self._session.settings.last_export()[0] or record.path.parent)
        start = str(folder / f"{record.path.stem}-holter.{kind}")
        name, _ = QFileDialog.getSaveFileName(self, tr("Save the Holter reading"), start, f"*.{kind}")
        if name:
            self._desk.write(Path(name), kind)

    def _toggle(self) -> None:
        if self._desk.running:
            self._desk.cancel()
        else:
            self._desk.start()

    def _toggle_event(self) -> None:
        """Reject the chosen event, or accept it again."""
        event = self.events.chosen
        if event is not None and self._desk.complete:
            self._desk.toggle(event)

    def _limits_changed(self) -> None:
        values = {name: box.value() for name, box in self._boxes.items()}
        try:
            limits = HolterLimits(**values)  # type: ignore[arg-type]
        except ValueError:
            self.state.setText(tr("The limit of slow rates has to be below that of fast ones."))
            return
        self._desk.set_limits(limits)

    def _usual_limits(self) -> None:
        for limit in fields(HolterLimits):
            box = self._boxes[limit.name]
            box.blockSignals(True)
            box.setValue(limit.default)  # type: ignore[arg-type]
            box.blockSignals(False)
        self._limits_changed()

    def _go(self, item: QTableWidgetItem) -> None:
        table = item.tableWidget()
        first = table.item(item.row(), 0)
        time_s = first.data(TIME) if first is not None else None
        if isinstance(time_s, float):
            self._go_to(time_s)

    def _go_to_event(self) -> None:
        if self.events.chosen is not None:
            self._go_to(self.events.chosen.start_s)

    def _go_to(self, time_s: float) -> None:
        if self._desk.record is self._session.state.record:
            self._session.go_to(time_s)

    # Showing ----------------------------------------------------------------------------------------------------

    def _refresh(self) -> None:
        desk, record, found = self._desk, self._desk.record, self._desk.found
        self.progress.setVisible(desk.running)
        self.progress.setValue(desk.percent)
        self.button.setText(tr("Stop") if desk.running else tr("Read the whole record"))
        self.button.setEnabled(desk.running or (self._session.state.record is not None and desk.percent < 100))
        self.state.setText(self._words())
        for button in self.savers:
            button.setEnabled(found is not None and not desk.running)
        self.undo.setEnabled(desk.can_undo)
        self.redo.setEnabled(desk.can_redo)
        self.reject.setEnabled(desk.complete)
        self.shapes.setEnabled(desk.complete)
        if found is self._shown:
            return
        self._shown = found
        if found is None or record is None:
            for table in (self.hours, self.worst):
                table.setRowCount(0)
            self.events.show_events(None, (), ())
            self.variability.clear()
            self.shapes.table.show_shapes((), ())
        else:
            self._show(record, found)

    def _words(self) -> str:
        desk, found = self._desk, self._desk.found
        shown = self._session.state.record
        if shown is None:
            return tr("Open a recording to read it as a Holter reader does.")
        if found is None:
            if desk.running:
                return tr("Reading {file}…").format(file=shown.path.name)
            return tr("{file} has not been read as a whole yet.").format(file=shown.path.name)
        unread = decimals(f"{found.total.unread_s / 60.0:.1f}")
        words = tr("{file}: {beats} beats, {unread} min could not be read.").format(
            file=shown.path.name, beats=found.total.beats, unread=unread
        )
        if desk.percent < 100:
            words += " " + tr("What is shown is of {percent} % of the recording.").format(percent=desk.percent)
        if len(found.events) > MOST_EVENTS:
            words += " " + tr("Of {number} events the first {shown} are listed.").format(
                number=len(found.events), shown=MOST_EVENTS
            )
        return words

    def _show(self, record: Record, found: Holter) -> None:
        say = Language(language())
        titles = [say.remark(Remark("column-time")), *(say.remark(Remark(code)) for code, _ in COLUMNS)]
        rows = [
            (hour.start_s, [clock(record, hour.start_s), *(cell(hour, name, say) for _, name in COLUMNS)])
            for hour in found.hours
        ]
        total = [say.remark(Remark("column-all")), *(cell(found.total, name, say) for _, name in COLUMNS)]
        _fill(self.hours, titles, [(found.start_s, total), *rows], bold=0)
        _fill(
            self.worst,
            [tr("The worst of each kind")],
            [(item.start_s, [extreme_words(record, item, say)]) for item in found.extremes],
        )
        listed = sorted([*found.events, *found.rejected], key=lambda event: event.start_s)[:MOST_EVENTS]
        self.events.show_events(record, listed, found.rejected)
        self.shapes.table.show_shapes(found.shapes, [clock(record, shape.first_s) for shape in found.shapes])
        if found.no_variability is not None:
            self.variability.setText(capital(say.remark(found.no_variability)) + ".")
        else:
            self.variability.setText("\n".join(variability_words(found, say)))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close the window; the reading goes on and is there when it is opened again."""
        event.accept()


def _table(titles: Sequence[str]) -> QTableWidget:
    table = QTableWidget(0, len(titles))
    table.setHorizontalHeaderLabels(list(titles))
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.verticalHeader().hide()
    return table


def _fill(
    table: QTableWidget,
    titles: Sequence[str],
    rows: Sequence[tuple[float, Sequence[str]]],
    *,
    bold: int | None = None,
) -> None:
    header, mode = table.horizontalHeader(), QHeaderView.ResizeMode
    # Else the widths would be taken anew with every cell that is set.
    header.setSectionResizeMode(mode.Fixed)
    table.setColumnCount(len(titles))
    table.setHorizontalHeaderLabels(list(titles))
    table.setRowCount(len(rows))
    for k, (time_s, cells) in enumerate(rows):
        for column, words in enumerate(cells):
            item = QTableWidgetItem(words)
            if column == 0:
                item.setData(TIME, float(time_s))
            if k == bold:
                font = item.font()
                font.setBold(True)
                item.setFont(font)
            table.setItem(k, column, item)
    header.setSectionResizeMode(mode.ResizeToContents if len(rows) < 200 else mode.Interactive)
    header.setSectionResizeMode(len(titles) - 1, mode.Stretch)
