"""The reading room's window: paper in the middle, findings at the side, every command in menus, keys and toolbar."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QLabel, QMainWindow, QProgressBar, QToolButton, QVBoxLayout, QWidget

from cardio_desktop.app.comparison import Comparison
from cardio_desktop.app.earlier import Earlier
from cardio_desktop.app.holter import HolterDesk
from cardio_desktop.app.i18n import language_problem, tr
from cardio_desktop.app.long_analysis import LongAnalysis
from cardio_desktop.app.session import Session, State
from cardio_desktop.app.workers import Workers
from cardio_desktop.app.worklist import Worklist
from cardio_desktop.core.errors import NeedsOptionsError
from cardio_desktop.core.file_names import shown
from cardio_desktop.ui.closing import may_close
from cardio_desktop.ui.commands.actions import Actions
from cardio_desktop.ui.commands.menus import RecentMenu, fill_menu_bar
from cardio_desktop.ui.commands.table import build_commands
from cardio_desktop.ui.critical_bar import CriticalBar
from cardio_desktop.ui.empty_room import EmptyRoom
from cardio_desktop.ui.garbage import collect_here
from cardio_desktop.ui.lists.priors_strip import PriorsStrip
from cardio_desktop.ui.lists.worklist_panel import WIDTH_PX, WorklistDock
from cardio_desktop.ui.live.live_place import LivePlace
from cardio_desktop.ui.marks_desk import MarksDesk
from cardio_desktop.ui.message_bar import MessageBar
from cardio_desktop.ui.options_dialog import OptionsDialog
from cardio_desktop.ui.panels.beat_strip import BeatStrip
from cardio_desktop.ui.panels.docks import Docks
from cardio_desktop.ui.panels.holter_place import HolterPlace
from cardio_desktop.ui.paper.comparison_place import ComparisonPlace
from cardio_desktop.ui.paper.notice import NoticeBar
from cardio_desktop.ui.paper.overview_bar import OverviewBar
from cardio_desktop.ui.paper.paper_place import PaperPlace
from cardio_desktop.ui.theme import theme_for
from cardio_desktop.ui.toolbar import ReadingToolbar

if TYPE_CHECKING:
    from cardio_desktop.ui.paper.paper_view import PaperView


FRAME = QSize(16, 48)
"""What a system's own frame and title take of the screen."""


class MainWindow(QMainWindow):
    """One window on one record. `closed` tells that the reader closed it, `language_chosen` another language."""

    closed = Signal()
    language_chosen = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        collect_here()
        self.session = session
        session.setParent(self)
        self.setWindowTitle("Cardio Desktop")
        self.setObjectName("main")
        self.setAcceptDrops(True)
        self.resize(QSize(1440, 900).boundedTo(self.screen().availableGeometry().size() - FRAME))
        self.theme = theme_for(session.settings)
        self._lasting = ""
        self._make_parts()
        self._make_commands()
        self._lay_out()
        self._connect()
        geometry, window_state = session.settings.window()
        if not geometry.isEmpty():
            self.restoreGeometry(geometry)
            self.restoreState(window_state)
        self.panel.conclusion.edit.left.connect(self._to_paper)
        self.panel.curtain.left.connect(self._to_paper)
        self.panel.focused.connect(self._refresh)
        self.panel.conclusion.changed.connect(self._refresh)
        self.panel.conclusion.edit.refused.connect(self._hand_back)
        self.worklist_dock.hide()  # it is shown with the first folder
        self._show(session.state)
        if (problem := language_problem()) is not None:
            session.tell(problem)

    # Building ---------------------------------------------------------------------------------------------------

    def _make_parts(self) -> None:
        """Make what commands work on."""
        session = self.session
        self.place = PaperPlace(session)
        self.workers = Workers(self)
        self.worklist = Worklist(session, self.workers, self)
        self.long_analysis = LongAnalysis(session, self.workers, self)
        self.holter = HolterDesk(session, self.workers, self)
        self.comparison = Comparison(session, self)
        self.comparison_place = ComparisonPlace(self.comparison, self)
        self.docks = Docks(self)
        self.worklist_dock = WorklistDock(session, self.worklist, self)
        self.earlier = Earlier(session, self.worklist)
        self.comparison_place.follow(self.earlier)
        self.priors = PriorsStrip(self.earlier)
        self.overview = OverviewBar(session, self.long_analysis)
        self.live = LivePlace(session, self)

    def _make_commands(self) -> None:
        """Make the commands, and what shows some of them."""
        session = self.session
        self.actions_table = actions = Actions(self, session, self._say_briefly)
        actions.take(
            build_commands(
                session=session,
                paper=self.place,
                docks=self.docks,
                worklist=self.worklist,
                worklist_dock=self.worklist_dock,
                analysis=self.long_analysis,
                holter=HolterPlace(self.holter, session, self),
                overview=self.overview,
                follow_file=self.live.follow_file,
                follow_stream=self.live.follow_stream,
                earlier=self.earlier,
                priors=self.priors,
                comparison=self.comparison_place,
                theme=self.theme,
                actions=actions,
                frame=self,
                status=self.statusBar(),
                quit_=self.close,
                speak=self.language_chosen.emit,
                say_lasting=self._say_lasting,
            )
        )
        self.docks.fill(session, actions.by_id)
        self.panel = self.docks.findings
        self.overview.offer(actions["worst-minute"])
        self.recent_menu = RecentMenu(session.settings, session.open, self.worklist_dock.open_folder)
        fill_menu_bar(self.menuBar(), actions, self.recent_menu)
        self.toolbar = ReadingToolbar(session, actions)
        self.empty = EmptyRoom(actions.by_id)
        self.place.set_empty(self.empty)

    def _lay_out(self) -> None:
        """Put everything into its place."""
        self.notice = NoticeBar()
        self.message = MessageBar()
        self.critical = CriticalBar(self.session)
        self.beat_strip = BeatStrip(self.session)
        middle = QWidget()
        layout = QVBoxLayout(middle)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.notice)
        layout.addWidget(self.message)
        layout.addWidget(self.critical)
        layout.addWidget(self.priors)
        layout.addWidget(self.place, 1)
        layout.addWidget(self.beat_strip)
        layout.addWidget(self.overview)
        self.setCentralWidget(middle)
        self.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, self.worklist_dock)
        self.resizeDocks([self.worklist_dock], [WIDTH_PX], Qt.Orientation.Horizontal)
        self.addToolBar(self.toolbar)
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
        self.desk = MarksDesk(self.session.marks, self.notice, bar, self)

    def _connect(self) -> None:
        """Let what changes be shown, and let the commands follow it."""
        session, refresh = self.session, self._refresh
        self.message.dismissed.clicked.connect(session.clear_problem)
        session.changed.connect(self._changed)
        session.report_written.connect(self._report_written)
        session.options_needed.connect(self._ask_options)
        self.long_analysis.said.connect(self._say_briefly)
        self.holter.said.connect(self._say_briefly)
        session.reading.changed.connect(refresh)
        session.opinions.changed.connect(refresh)
        session.conclusions.changed.connect(refresh)
        session.marks.changed.connect(self._marks_changed)
        self.long_analysis.changed.connect(refresh)
        self.worklist.progressed.connect(refresh)
        self.earlier.changed.connect(refresh)
        self.priors.chosen.connect(self.comparison_place.open)
        self.priors.left.connect(self._to_paper)
        if self.theme is not None:
            self.theme.changed.connect(refresh)
            self.theme.changed.connect(self._letters_changed)

    # Showing ----------------------------------------------------------------------------------------------------

    @property
    def paper(self) -> PaperView:
        """The ECG on paper."""
        return self.place.view

    def _to_paper(self) -> None:
        self.paper.setFocus()

    def _changed(self, old: State, new: State) -> None:
        if _only_progress(old, new):
            self.progress.setValue(self.session.state.progress or 0)
            return
        # A view before us may have changed the state again: what is shown last must be what holds now.
        self.actions_table.refresh()
        self._show(self.session.state)
        if old.record is not new.record:
            if self.statusBar().currentMessage() != self._lasting:
                self.statusBar().clearMessage()  # it was about the record before
            self.worklist_dock.show_record_row()
            if new.record is not None and not self.worklist_dock.table.hasFocus():
                self.paper.setFocus()
        if new.hidden and not old.hidden:
            self.statusBar().clearMessage()

    def _ask_options(self, error: NeedsOptionsError) -> None:
        """Ask for what a table of numbers does not say; nothing waits for the answer."""
        dialog = OptionsDialog(error, self)
        dialog.accepted.connect(lambda: self.session.give_options(dialog.path, dialog.options()))
        dialog.open()

    def _refresh(self, *_: object) -> None:
        self.actions_table.refresh()

    def _letters_changed(self) -> None:
        self.docks.fit_titles()
        self.worklist_dock.fit_columns()

    def _marks_changed(self) -> None:
        marks = self.session.marks
        if marks.draft is None and marks.beat_draft is None:  # not with every step of the mouse
            self.actions_table.refresh()

    def _show(self, state: State) -> None:
        record = state.record
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

    def _say_briefly(self, sentence: str) -> None:
        self.statusBar().showMessage(sentence, 15_000)

    def _say_lasting(self, sentence: str) -> None:
        """Say what stays said when another record comes."""
        self._lasting = sentence
        self._say_briefly(sentence)

    def _hand_back(self, text: str) -> None:
        """Put words on the clipboard that came too late for the conclusion."""
        if text.strip():
            QGuiApplication.clipboard().setText(text)
            self._say_lasting(tr("The reading was signed meanwhile; what you typed is on the clipboard."))

    def _report_written(self, path: Path) -> None:
        self._say_lasting(tr("Report written: {file}").format(file=path))

    def open_paths(self, names: list[str]) -> None:
        """Open files and folders: one file as a record, a folder or several files as a worklist."""
        self.worklist_dock.open_paths(names)

    def remember_place(self) -> None:
        """Keep the place of the window and of its panels for the next one."""
        self.session.settings.set_window(QByteArray(self.saveGeometry()), QByteArray(self.saveState()))
        self.worklist_dock.remember_columns()

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
            self.open_paths(files)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the window and let the threads end; work that is on no disk is lost only if the reader says so."""
        if not may_close(self, self.session.store):
            event.ignore()
            return
        self.remember_place()
        self.long_analysis.close()
        self.holter.close()
        self.comparison.close()
        self.worklist.close()
        self.session.close()
        self.closed.emit()
        super().closeEvent(event)


def _only_progress(old: State, new: State) -> bool:
    """Return whether nothing has changed but how far the work has come: no command depends on that."""
    if old.progress is None or new.progress is None:
        return False
    return all(getattr(old, item.name) is getattr(new, item.name) for item in fields(State) if item.name != "progress")
