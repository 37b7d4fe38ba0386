"""The worklist beside the paper: what lies in a folder, worst first, with the analysis going on behind it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDockWidget,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QMenu,
    QProgressBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.session import Session, State
from cardio_desktop.app.worklist import Entry, Progress, Worklist
from cardio_desktop.io.formats import is_index
from cardio_desktop.ui.lists.filter_bar import FilterBar, HiddenNote
from cardio_desktop.ui.lists.worklist_columns import Columns
from cardio_desktop.ui.lists.worklist_model import ENTRY_ROLE, WorklistModel
from cardio_desktop.ui.lists.worklist_order import WorklistOrder
from cardio_desktop.ui.lists.worklist_table import Cells, WorklistTable
from cardio_desktop.ui.lists.worklist_words import Column, progress_text
from cardio_desktop.ui.titled_dock import TitledDock

OPEN_MS = 120
AHEAD_MS = 40
"""So long after a record and its findings are shown, the next one is read."""
WIDTH_PX = 450
NARROW_PX = 208


class WorklistDock(TitledDock):
    """A dock with the list, its filter, and the progress of the analysis with pause and stop."""

    def __init__(self, session: Session, worklist: Worklist, parent: QWidget) -> None:
        super().__init__(tr("Worklist"), parent)
        self.setObjectName("worklist")
        self._session = session
        self._worklist = worklist
        self._sentence = ""
        self._wide_px = WIDTH_PX
        self._place: int | None = None
        """Where the shown record stood last; it may have left the list since, by being signed."""
        self._kept: Path | None = None
        self.setFeatures(
            QDockWidget.DockWidgetFeature.DockWidgetClosable | QDockWidget.DockWidgetFeature.DockWidgetMovable
        )
        self.model = WorklistModel(worklist, self)
        self.order = WorklistOrder(self.model, self)
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(6, 6, 6, 6)
        layout.setSpacing(5)
        self.head = QWidget()
        self.head.setLayout(self._build_head())
        layout.addWidget(self.head)
        self._build_filter()
        layout.addWidget(self.filter_bar)
        layout.addWidget(self.hidden_note)
        self.table = WorklistTable(self.order)
        self._build_table()
        layout.addWidget(self.table, 1)
        self.foot = QLabel()
        self.foot.setWordWrap(True)
        self.foot.setTextFormat(Qt.TextFormat.PlainText)
        self.foot.setAccessibleName(tr("Remarks on the folder"))
        self.foot.hide()
        layout.addWidget(self.foot)
        self.setWidget(body)
        self._open_later = QTimer(self)
        self._open_later.setSingleShot(True)
        self._open_later.setInterval(OPEN_MS)
        self._open_later.timeout.connect(self._open_current)
        self._look_later = QTimer(self)
        self._look_later.setSingleShot(True)
        self._look_later.setInterval(60)
        self._look_later.timeout.connect(self._prefer_visible)
        self._ahead = QTimer(self)
        self._ahead.setSingleShot(True)
        self._ahead.setInterval(AHEAD_MS)
        self._ahead.timeout.connect(self._read_ahead)
        self._direction = 1
        worklist.progressed.connect(self._progressed)
        worklist.restarted.connect(self._restarted)
        worklist.said.connect(self._say)
        worklist.added.connect(self._rows_came)
        worklist.reading.changed.connect(self._reading_changed)
        session.changed.connect(self._session_changed)
        for changed in (self.order.layoutChanged, self.order.rowsRemoved, self.order.rowsInserted):
            changed.connect(self._order_changed)
        self.order.modelAboutToBeReset.connect(self._about_to_reset)
        self.order.modelReset.connect(self._was_reset)
        self._tell_narrow()
        self.filter_bar.restore(*session.settings.worklist_filter())
        self._reading_changed()
        self._progressed(worklist.progress)

    # Building ---------------------------------------------------------------------------------------------------

    def _build_head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.bar = QProgressBar()
        self.bar.setTextVisible(True)
        self.bar.setAccessibleName(tr("Progress of the analysis"))
        row.addWidget(self.bar, 1)
        self.pause_button = QToolButton()
        self.pause_button.clicked.connect(self.toggle_pause)
        self.stop_button = QToolButton()
        self.stop_button.setText(tr("Stop"))
        self.stop_button.setToolTip(tr("Stop listing and analysing; what is known stays"))
        self.stop_button.clicked.connect(self._stop)
        row.addWidget(self.pause_button)
        row.addWidget(self.stop_button)
        return row

    def _build_filter(self) -> None:
        self.filter_bar = FilterBar()
        self.search, self.kind, self.count = self.filter_bar.search, self.filter_bar.kind, self.filter_bar.count
        self.filter_bar.changed.connect(self._filter)
        self.filter_bar.entered.connect(self.open_first)
        self.narrow_button = QToolButton()
        self.narrow_button.clicked.connect(self.toggle_narrow)
        self.filter_bar.row.addWidget(self.narrow_button)
        self.hidden_note = HiddenNote()
        self.triage = self.hidden_note.triage
        self.triage.clicked.connect(self._triage_clicked)
        self.hidden_note.reveal.clicked.connect(lambda: self._worklist.reading.set_on(False))

    def _build_table(self) -> None:
        table = self.table
        table.setModel(self.order)
        table.setItemDelegate(Cells(table))
        table.setSortingEnabled(True)
        self.columns = Columns(table, self._session.settings)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._row_menu)
        table.selectionModel().currentRowChanged.connect(self._current_changed)
        table.doubleClicked.connect(self._open_at)
        table.activated.connect(self._open_at)
        table.verticalScrollBar().valueChanged.connect(self._scrolled)

    def fit_columns(self) -> None:
        """Widen what other letters would cut."""
        self.columns.fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Fit the columns: what is hidden takes other letters only when it is seen."""
        super().showEvent(event)
        self.fit_columns()

    def remember_columns(self) -> None:
        """Keep widths, order, sort, hidden columns and the filter for the next start."""
        self.columns.remember()
        self._session.settings.set_worklist_filter(*self.filter_bar.lasting)

    # Showing ----------------------------------------------------------------------------------------------------

    def _progressed(self, progress: Progress) -> None:
        self.setWindowTitle(
            tr("Worklist: {title}").format(title=self._worklist.title) if self._worklist.title else tr("Worklist")
        )
        self.bar.setRange(0, max(progress.total, 1))
        self.bar.setValue(progress.done)
        self.bar.setFormat(progress_text(progress))
        can_go_on = progress.paused or (progress.stopped and progress.done < progress.total)
        self.pause_button.setText(tr("Go on") if can_go_on else tr("Pause"))
        self.pause_button.setToolTip(
            tr("Go on with the analysis") if can_go_on else tr("Start no further record for now")
        )
        self.pause_button.setEnabled(can_go_on or progress.running)
        self.stop_button.setEnabled(progress.running)
        shown = self.order.rowCount()
        self.count.setText("" if shown == progress.total else tr("{shown} shown").format(shown=f"{shown:,}"))

    def _restarted(self) -> None:
        self._say("")
        self._place = None
        self._open_later.stop()
        self._session.await_record(None)

    def _session_changed(self, old: State, new: State) -> None:
        if new.record is not old.record and self._session.settings.narrow_worklist():
            self.set_narrow(new.record is not None)
        if new.record is not None and not new.busy and (old.busy or new.record is not old.record):
            self._ahead.start()
        if old.awaited is not None and new.awaited is None and new.refused is None:
            self._open_later.stop()  # shown, or another one was opened meanwhile
            self._mark_shown()

    def _about_to_reset(self) -> None:
        index = self.table.currentIndex()
        self._kept = index.data(ENTRY_ROLE).path if index.isValid() else None

    def _was_reset(self) -> None:
        """Choose the row again that was chosen, without opening it."""
        row = self._worklist.row_of(self._kept)
        index = self.order.mapFromSource(self.model.index(row, 0)) if row is not None else QModelIndex()
        if index.isValid():
            self._choose(index)
        else:
            self._order_changed()

    def _order_changed(self, *_: object) -> None:
        """Keep to the record that is shown where rows went, came or moved."""
        state = self._session.state
        if state.awaited is None and state.refused is None:
            self._mark_shown()

    def _say(self, sentence: str) -> None:
        self.foot.setText(sentence)
        self.foot.setVisible(bool(sentence))

    def _rows_came(self, _first: int, _last: int) -> None:
        self._look_later.start()
        self._mark_shown()

    def _mark_shown(self) -> None:
        """Select the row of the record that is shown, without opening anything."""
        record = self._session.state.record
        row = self._worklist.row_of(record.path if record else None)
        index = self.order.mapFromSource(self.model.index(row, 0)) if row is not None else QModelIndex()
        if index.isValid() or row is None:
            self._place = index.row() if index.isValid() else None
        if index.row() != self.table.currentIndex().row():
            self._choose(index)

    def _choose(self, index: QModelIndex) -> None:
        selection = self.table.selectionModel()
        selection.blockSignals(True)
        if index.isValid():
            self.table.setCurrentIndex(index)
        else:
            selection.clear()  # no other row may stand out in its place
        selection.blockSignals(False)
        self.table.viewport().update()

    def show_record_row(self) -> None:
        """Follow the record that is shown, unless the reader has gone on to another one."""
        if self._session.state.awaited is not None:
            return
        self._mark_shown()
        index = self.table.currentIndex()
        if index.isValid():
            self.table.scrollTo(index)

    def _scrolled(self, _value: int) -> None:
        self._look_later.start()

    def _prefer_visible(self) -> None:
        """Have the rows that can be seen looked at first."""
        rows = [index.row() for index in self.visible_rows()]
        self._worklist.prefer(rows)

    def visible_rows(self) -> list[QModelIndex]:
        """Return the model's indexes of the rows in view."""
        table = self.table
        first = max(table.rowAt(0), 0)
        last = table.rowAt(table.viewport().height() - 1)
        last = self.order.rowCount() - 1 if last < 0 else last
        return [self.order.mapToSource(self.order.index(row, 0)) for row in range(first, last + 1)]

    # Commands ---------------------------------------------------------------------------------------------------

    def open_folder(self, folder: Path) -> None:
        """List a folder and show the list."""
        self.show()
        self._worklist.open_folder(folder)

    def open_paths(self, names: list[str]) -> None:
        """Open what was dropped or named: one file as a record, a folder or several files as a worklist."""
        folders, files = chosen_paths(names)
        if len(folders) == 1 and not files:
            self.open_folder(folders[0])
        elif folders or len(files) > 1:
            self.show()
            self._worklist.open_files([*folders, *files])
            if files and not folders:
                self._session.open(files[0])
        elif files:
            self._session.open(files[0])

    def toggle_triage(self) -> None:
        """Show the tiers before reading, or hide them again."""
        self._triage_clicked(not self._worklist.triage)

    def toggle_pause(self) -> None:
        """Pause the analysis, or go on."""
        progress = self._worklist.progress
        if progress.paused or progress.stopped:
            self._worklist.resume()
        else:
            self._worklist.pause()

    def _stop(self) -> None:
        self._worklist.cancel()

    def _triage_clicked(self, on: bool) -> None:
        self._worklist.set_triage(on)
        if on:
            self.table.sortByColumn(Column.RISK, Qt.SortOrder.DescendingOrder)

    def _reading_changed(self) -> None:
        self.order.invalidate()  # every row may have another rank now
        self.hidden_note.setVisible(self._worklist.reading.on and not self.is_narrow)
        self.hidden_note.tell(self._worklist.triage)

    def _filter(self, *_: object) -> None:
        self.order.choose(self.filter_bar.filter, self.filter_bar.chosen)
        self._progressed(self._worklist.progress)
        self._look_later.start()

    def open_first(self) -> None:
        """Open the first record of the list as it is shown."""
        self._open_from(0, 1, lambda _entry: True)

    def step(self, direction: int, wanted: Callable[[Entry], bool] = lambda _entry: True) -> bool:
        """Open the next or previous record in the order that is shown; return whether there was one.

        From a record that has left the list, by being signed under a filter, it goes on where that one stood.
        """
        state = self._session.state
        here = state.awaited or state.refused or (state.record.path if state.record else None)
        source = self._worklist.row_of(here)
        place = self.order.mapFromSource(self.model.index(source, 0)).row() if source is not None else -1
        if place >= 0:
            return self._open_from(place + direction, direction, wanted)
        gone = self._place if source is not None else None
        if direction > 0:
            return self._open_from(gone or 0, 1, wanted)
        return self._open_from((self.order.rowCount() if gone is None else gone) - 1, -1, wanted)

    def _read_ahead(self) -> None:
        """Have the record read that will probably be asked for next, and the next one that nobody has signed."""
        source = self._shown_row()
        if source is None:
            return
        place, step = self.order.mapFromSource(self.model.index(source, 0)).row(), self._direction
        place = place if place >= 0 or self._place is None else self._place - step
        paths = []
        for wanted in (lambda _entry: True, lambda entry: not entry.signed):
            row = place + step
            while 0 <= row < self.order.rowCount() and not self._fits(row, wanted):
                row += step
            if 0 <= row < self.order.rowCount():
                paths.append(self.order.index(row, 0).data(ENTRY_ROLE).path)
        self._session.ahead.want(paths)

    def _fits(self, row: int, wanted: Callable[[Entry], bool]) -> bool:
        entry: Entry = self.order.index(row, 0).data(ENTRY_ROLE)
        return not entry.problem and wanted(entry)

    def _open_from(self, row: int, direction: int, wanted: Callable[[Entry], bool]) -> bool:
        """Open the first record from a row on that can be read and is `wanted`."""
        self._direction = direction
        while 0 <= row < self.order.rowCount():
            index = self.order.index(row, 0)
            if self._fits(row, wanted):
                self.table.setCurrentIndex(index)
                self._open_at(index)
                return True
            row += direction
        return False

    # Narrow while reading ---------------------------------------------------------------------------------------

    @property
    def is_narrow(self) -> bool:
        """Whether only name and state are shown."""
        return self.columns.is_narrow

    def toggle_narrow(self) -> None:
        """Have the list narrow while a record is read, or wide always; remembered."""
        on = not self._session.settings.narrow_worklist()
        self._session.settings.set_narrow_worklist(on)
        self.set_narrow(on)

    def set_narrow(self, on: bool) -> None:
        """Show name and state only and leave the room to the paper, or show the list as it was."""
        if on != self.is_narrow:
            width = NARROW_PX if on else self._wide_px
            if on:
                self._wide_px = max(self.width(), WIDTH_PX)
            self.columns.set_narrow(on)
            self.head.setVisible(not on)
            self.filter_bar.set_narrow(on)
            frame = self.parentWidget()
            if isinstance(frame, QMainWindow):
                frame.resizeDocks([self], [width], Qt.Orientation.Horizontal)
        self._reading_changed()
        self._tell_narrow()

    def _tell_narrow(self) -> None:
        on = self._session.settings.narrow_worklist()
        self.narrow_button.setText("»" if self.is_narrow else "«")
        self.narrow_button.setToolTip(
            tr("Show the whole list always (Ctrl+F8)")
            if on
            else tr("Show name and state only while a record is read (Ctrl+F8)")
        )
        self.narrow_button.setAccessibleName(self.narrow_button.toolTip())

    def widen_to_find(self) -> None:
        """Show the whole list until the next record is opened."""
        self.show()
        self.set_narrow(False)

    @property
    def has_record(self) -> bool:
        """Whether the record that is shown is one of the list."""
        return self._shown_row() is not None

    def current_entry(self) -> Entry | None:
        """Return the entry of the selected row."""
        index = self.table.currentIndex()
        return index.data(ENTRY_ROLE) if index.isValid() else None

    def toggle_read(self) -> None:
        """Mark the shown record as read, or take that back."""
        record = self._session.state.record
        row = self._worklist.row_of(record.path if record else None)
        if row is not None:
            self._worklist.set_read(row, not self._worklist.entries[row].conclusion.read)

    def _current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid() and self.table.hasFocus():
            entry: Entry = current.data(ENTRY_ROLE)
            if self._worklist.row_of(entry.path) == self._shown_row():
                self._open_later.stop()
                self._session.await_record(None)
            else:
                self._session.await_record(entry.path)
                self._open_later.start()

    def _shown_row(self) -> int | None:
        record = self._session.state.record
        return self._worklist.row_of(record.path if record else None)

    def _open_current(self) -> None:
        self._open_at(self.table.currentIndex())

    def _open_at(self, index: QModelIndex | QPersistentModelIndex) -> None:
        self._open_later.stop()
        if not index.isValid():
            return
        entry: Entry = index.data(ENTRY_ROLE)
        if self._worklist.row_of(entry.path) == self._shown_row():
            self._session.await_record(None)
        else:
            self._session.await_record(entry.path)
            self._session.open(entry.path)

    def _row_menu(self, at: QPoint) -> None:
        index = self.table.indexAt(at)
        if not index.isValid():
            return
        entry: Entry = index.data(ENTRY_ROLE)
        row = self.order.mapToSource(index).row()
        menu = QMenu(self)
        read = menu.addAction(tr("Not read") if entry.conclusion.read else tr("Read"))
        read.setEnabled(bool(entry.key))
        chosen = menu.exec(self.table.viewport().mapToGlobal(at))
        if chosen is read:
            self._worklist.set_read(row, not entry.conclusion.read)

    def sizeHint(self) -> QSize:
        """Return room for the columns that tell most."""
        return QSize(WIDTH_PX, 600)


def chosen_paths(names: list[str]) -> tuple[list[Path], list[Path]]:
    """Return the folders and the files among some names."""
    paths = [path.parent if is_index(path) else path for path in map(Path, names)]
    return [path for path in paths if path.is_dir()], [path for path in paths if not path.is_dir()]
