"""The reading room's window: paper in the middle, findings at the side, every command in menus, keys and toolbar."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QMenu,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from cardio_desktop.app.comparison import Comparison
from cardio_desktop.app.i18n import tr
from cardio_desktop.app.long_analysis import LongAnalysis
from cardio_desktop.app.session import Session, State
from cardio_desktop.app.workers import Workers
from cardio_desktop.app.worklist import Worklist
from cardio_desktop.core.errors import CardioError
from cardio_desktop.core.file_names import shown
from cardio_desktop.ui import dialogs
from cardio_desktop.ui.closing import may_close
from cardio_desktop.ui.commands.actions import Actions
from cardio_desktop.ui.commands.menus import fill_menus, fill_recent
from cardio_desktop.ui.commands.table import build_commands
from cardio_desktop.ui.commands.worklist import open_paths
from cardio_desktop.ui.lists.worklist_panel import WIDTH_PX, WorklistDock
from cardio_desktop.ui.panels.beat_strip import BeatStrip
from cardio_desktop.ui.panels.docks import fill_docks, make_docks
from cardio_desktop.ui.panels.evidence_panel import EvidencePanel
from cardio_desktop.ui.panels.findings_panel import FindingsPanel
from cardio_desktop.ui.panels.median_view import MedianView
from cardio_desktop.ui.paper import export
from cardio_desktop.ui.paper.marks_desk import MarksDesk
from cardio_desktop.ui.paper.overview_bar import OverviewBar
from cardio_desktop.ui.samples import sample_records
from cardio_desktop.ui.theme import theme_for
from cardio_desktop.ui.toolbar import ReadingToolbar

if TYPE_CHECKING:
    from cardio_desktop.ui.paper.paper_view import PaperView

PAPER_MS = 50
"""How long after it was painted an empty window makes its paper."""


class MainWindow(QMainWindow):
    """One window on one record. `closed` tells that the reader closed it, `language_chosen` another language."""

    closed = Signal()
    language_chosen = Signal()

    evidence_panel: EvidencePanel
    median_view: MedianView

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        session.setParent(self)
        self.setWindowTitle("Cardio Desktop")
        self.setObjectName("main")
        self.setAcceptDrops(True)
        self.resize(1440, 900)
        self.theme = theme_for(session.settings)
        self._paper: PaperView | None = None
        self.empty = EmptyRoom(self)
        self.message = MessageBar()
        self.message.dismissed.clicked.connect(session.clear_problem)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        middle = QWidget()
        layout = QVBoxLayout(middle)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.message)
        layout.addWidget(self._stack, 1)
        self.beat_strip = BeatStrip(session)
        layout.addWidget(self.beat_strip)
        self.setCentralWidget(middle)
        self.panel = FindingsPanel(session)
        self.dock, self.evidence_dock, self.median_dock = make_docks(self, self.panel)
        self.workers = Workers(self)
        self.worklist = Worklist(session, self.workers, self)
        self.long_analysis = LongAnalysis(session, self.workers, self)
        self.long_analysis.said.connect(self._say_briefly)
        self.long_analysis.changed.connect(self._list_changed)
        self.worklist_dock = WorklistDock(self, self.worklist)
        self.comparison = Comparison(session, self)
        self.comparison_window: QWidget | None = None
        self.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, self.worklist_dock)
        self.resizeDocks([self.worklist_dock], [WIDTH_PX], Qt.Orientation.Horizontal)
        self.actions_table = Actions(self, build_commands(self))
        self.overview = OverviewBar(self, self.long_analysis)
        layout.addWidget(self.overview)
        fill_docks(self)
        self.recent_menu = QMenu(tr("Open recen&t"), self)
        self.recent_menu.aboutToShow.connect(self._fill_recent)
        fill_menus(self)
        self.toolbar = ReadingToolbar(self)
        self.addToolBar(self.toolbar)
        self._build_status()
        self.desk = MarksDesk(self)
        session.changed.connect(self._changed)
        session.report_written.connect(self._report_written)
        session.reading.changed.connect(self._update_actions)
        session.opinions.changed.connect(self._update_actions)
        geometry, window_state = session.settings.window()
        if not geometry.isEmpty():
            self.restoreGeometry(geometry)
            self.restoreState(window_state)
        self.panel.reading.edit.left.connect(self._to_paper)
        self.panel.curtain.left.connect(self._to_paper)
        self.worklist_dock.hide()  # it is shown with the first folder
        self.worklist.progressed.connect(self._list_changed)
        self.actions_table.update(session.state)
        self._show(session.state)

    def _build_status(self) -> None:
        self.progress = QProgressBar()
        self.progress.setMaximumWidth(220)
        self.progress.setTextVisible(True)
        self.cancel_button = QToolButton()
        self.cancel_button.setDefaultAction(self.actions_table["cancel"])
        self.busy_label = QLabel()
        bar = self.statusBar()
        for widget in (self.busy_label, self.progress, self.cancel_button):
            bar.addPermanentWidget(widget)
            widget.hide()

    # Showing ----------------------------------------------------------------------------------------------------

    @property
    def paper(self) -> PaperView:
        """The ECG on paper, made when it is first asked for: a window is seen sooner without pyqtgraph."""
        if self._paper is None:
            from cardio_desktop.ui.paper.paper_view import PaperView

            self._paper = PaperView(self.session)
            self._stack.addWidget(self._paper)
            QWidget.setTabOrder(self.empty, self._paper)
            self.desk.mark(self._paper)
        return self._paper

    def _to_paper(self) -> None:
        self.paper.setFocus()

    def _make_paper(self) -> None:
        """Have the paper ready before a record comes."""
        if self.isVisible():
            assert self.paper is not None

    def _changed(self, old: State, new: State) -> None:
        # A view before us may have changed the state again: what is shown last must be what holds now.
        self.actions_table.update(self.session.state)
        self._show(self.session.state)
        if old.record is not new.record:
            self.worklist_dock.show_record_row()
            if new.record is not None and not self.worklist_dock.table.hasFocus():
                self.paper.setFocus()
        if new.hidden and not old.hidden:
            self.statusBar().clearMessage()

    def _update_actions(self) -> None:
        self.actions_table.update(self.session.state)

    def _show(self, state: State) -> None:
        record = state.record
        self._stack.setCurrentWidget(self.empty if record is None else self.paper)
        title = "Cardio Desktop"
        if record is not None:
            simulated = " (" + tr("simulated") + ")" if record.simulated else ""
            title = f"{shown(record.path.name)}{simulated} - Cardio Desktop"
        self.setWindowTitle(title)
        self.message.say(state.problem)
        running = state.progress is not None
        self.busy_label.setText(state.busy)
        self.progress.setValue(state.progress or 0)
        for widget in (self.busy_label, self.progress, self.cancel_button):
            widget.setVisible(running)

    def _list_changed(self, *_: object) -> None:
        self.actions_table.update(self.session.state)

    def _say_briefly(self, sentence: str) -> None:
        self.statusBar().showMessage(sentence, 15_000)

    def _fill_recent(self) -> None:
        fill_recent(self)

    def _report_written(self, path: Path) -> None:
        self.statusBar().showMessage(tr("Report written: {file}").format(file=path), 15_000)

    # Commands ---------------------------------------------------------------------------------------------------

    def ask_open(self) -> None:
        """Ask for a file and open it."""
        name, _ = QFileDialog.getOpenFileName(
            self, tr("Open an ECG"), self.session.settings.last_folder(), dialogs.file_filter()
        )
        if name:
            self.session.open(name)

    def ask_report(self) -> None:
        """Ask where the PDF goes and write it."""
        record = self.session.state.record
        if record is None:
            return
        choice = dialogs.ReportDialog(record.path, self)
        if choice.exec():
            self.session.write_report(choice.path(), paper=choice.paper(), deidentify=choice.deidentify())

    def ask_picture(self) -> None:
        """Ask where the picture of the paper goes and write it."""
        record = self.session.state.record
        if record is None:
            return
        start = str(record.path.with_suffix(".png"))
        kinds = tr("PNG picture (*.png);;SVG drawing (*.svg);;PDF page (*.pdf)")
        name, kind = QFileDialog.getSaveFileName(self, tr("Save the paper as a picture"), start, kinds)
        if not name:
            return
        wanted = next((ending for ending in export.ENDINGS if ending in kind), ".png")
        target = Path(name if name.lower().endswith(export.ENDINGS) else name + wanted)
        try:
            export.save_picture(self.paper, target)
        except CardioError as error:
            self.session.tell(error)
            return
        words = tr("Picture written at true size: {file}").format(file=target)
        self.statusBar().showMessage(words, 15_000)

    def copy_picture(self) -> None:
        """Put the picture of the paper on the clipboard."""
        try:
            if export.copy_picture(self.paper):
                self.statusBar().showMessage(tr("The paper is on the clipboard."), 5000)
        except CardioError as error:
            self.session.tell(error)

    def ask_print(self) -> None:
        """Show the preview and print."""
        export.print_with_preview(self)

    def choose_theme(self, name: str) -> None:
        """Follow the system's light or dark theme, or keep to one."""
        if self.theme is not None:
            self.theme.choose(name)
            self.actions_table.update(self.session.state)

    def resize_letters(self, steps: int | None) -> None:
        """Make the letters of the interface larger or smaller; None gives them their usual size."""
        if self.theme is not None:
            self.theme.resize_letters(steps)
            words = tr("Letters at {percent} % of their usual size.").format(percent=self.theme.font_percent)
            self.statusBar().showMessage(words, 5000)

    def analyze_page(self) -> None:
        """Analyse the stretch that the paper shows."""
        state = self.session.state
        if state.record is not None:
            start_s = state.viewport.start_s
            end_s = min(start_s + state.viewport.page_s(state.record), state.record.duration_s)
            self.session.analyze(start_s, end_s)

    def next_beat(self, direction: int) -> None:
        """Go to the next or previous flagged beat."""
        findings = self.session.state.shown
        if findings is None or not findings.flagged:
            return
        times = [beat.time_s for beat in findings.flagged]
        here = self.session.state.viewport.selected_beat_s
        if here is None:
            target = times[0 if direction > 0 else -1]
        elif direction > 0:
            target = next((t for t in times if t > here + 1e-6), times[0])
        else:
            target = next((t for t in reversed(times) if t < here - 1e-6), times[-1])
        self.session.go_to(target, select=True)

    # Events -----------------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files that lie on this machine."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped: a file, or a folder or several files as a worklist."""
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            open_paths(self, files)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Let what is not seen yet be made after the first paint."""
        super().paintEvent(event)
        if self._paper is None:
            QTimer.singleShot(PAPER_MS, self, self._make_paper)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the window and let the threads end; work that is on no disk is lost only if the reader says so."""
        if not may_close(self):
            event.ignore()
            return
        state = self.saveState()
        geometry = self.saveGeometry()
        self.session.settings.set_window(QByteArray(geometry), QByteArray(state))
        self.worklist_dock.remember_columns()
        self.long_analysis.close()
        self.comparison.close()
        self.worklist.close()
        self.session.close()
        self.closed.emit()
        super().closeEvent(event)


class MessageBar(QFrame):
    """One sentence about what went wrong, until it is dismissed or something works."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("message")
        self.setStyleSheet("QFrame#message { background: #a62b17; } QFrame#message QLabel { color: white; }")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 6, 6, 6)
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setAccessibleName(tr("Problem"))
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.dismissed = QPushButton(tr("Close"))
        layout.addWidget(self.text, 1)
        layout.addWidget(self.dismissed)
        self.hide()

    def say(self, sentence: str) -> None:
        """Show `sentence`, or nothing for an empty one."""
        self.text.setText(sentence)
        self.setVisible(bool(sentence))


class EmptyRoom(QWidget):
    """What stands in the middle before anything is open: how to begin."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        title = QLabel(tr("Open an ECG"))
        font = title.font()
        font.setPointSizeF(font.pointSizeF() * 1.8)
        title.setFont(font)
        hint = QLabel(
            tr(
                "Drop a file here, or press Ctrl+O.\nWFDB (.hea, .dat) and EDF, EDF+ and BDF files are read; "
                "nothing leaves this computer."
            )
        )
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(title, 0, Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(hint, 0, Qt.AlignmentFlag.AlignCenter)
        self.open_button = QPushButton(tr("Open a file…"))
        self.open_button.clicked.connect(window.ask_open)
        self.folder_button = QPushButton(tr("Open a folder…"))
        self.folder_button.clicked.connect(lambda: window.actions_table["open-folder"].trigger())
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.open_button)
        buttons.addWidget(self.folder_button)
        buttons.addStretch(1)
        layout.addLayout(buttons)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(QLabel(tr("or look at a simulated sample:")))
        for sample in sample_records():
            button = QPushButton(sample.title)
            button.clicked.connect(_opener(window, sample.path))
            row.addWidget(button)
        row.addStretch(1)
        layout.addLayout(row)
        layout.addStretch(3)


class _opener:  # noqa: N801 - a callable that a clicked signal may hand its argument to
    def __init__(self, window: MainWindow, path: Path) -> None:
        self._window, self._path = window, path

    def __call__(self, _checked: bool = False) -> None:
        self._window.session.open(self._path)
