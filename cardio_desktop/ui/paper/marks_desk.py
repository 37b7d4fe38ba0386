"""Brings the reader's marks to one window: on its paper, in its commands, in its status line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QBoxLayout, QMenu, QToolButton

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.marks import Tool
from cardio_desktop.ui.commands.calipers import TOOL_MENU
from cardio_desktop.ui.paper.beat_overlay import BeatOverlay
from cardio_desktop.ui.paper.caliper_overlay import CaliperOverlay
from cardio_desktop.ui.paper.notice import NoticeBar

if TYPE_CHECKING:
    from cardio_desktop.ui.main_window import MainWindow
    from cardio_desktop.ui.paper.paper_view import PaperView

SAID_MS = 8000


class MarksDesk(QObject):
    """Repaints the overlays and enables the commands whenever the marks change."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._marks = window.session.marks
        self._tool = Tool.HAND
        self._paper: PaperView | None = None
        self.notice = NoticeBar()
        middle = window.centralWidget()
        layout = middle.layout() if middle is not None else None
        if isinstance(layout, QBoxLayout):
            layout.insertWidget(0, self.notice)
        window.toolbar.addWidget(self._tool_button())
        self._marks.changed.connect(self._changed)
        self._marks.said.connect(self._say)
        self._marks.store.failed.connect(self._failed)
        self._marks.store.recovered.connect(self._recovered)
        if self._marks.store.problem:
            self._failed(self._marks.store.problem)

    def mark(self, paper: PaperView) -> None:
        """Show the marks on the window's paper."""
        self._paper = paper
        paper.add_overlay(BeatOverlay(self._marks))
        paper.add_overlay(CaliperOverlay(self._marks, lambda shown: shown.plan is paper.plan))

    def _changed(self) -> None:
        if self._paper is not None:
            self._paper.update_overlays()
        if self._marks.draft is None and self._marks.beat_draft is None:
            self._window.actions_table.update(self._window.session.state)
            self._name_steps()
        if self._marks.tool is not self._tool:
            self._tool = self._marks.tool
            self._say(self._advice())

    def _name_steps(self) -> None:
        """Say in the menu what would be undone and done again."""
        history, table = self._marks.history, self._window.actions_table
        undo, redo = tr("&Undo"), tr("&Redo")
        table["undo"].setText(f"{undo}: {history.done[-1].title}" if history.done else undo)
        table["redo"].setText(f"{redo}: {history.undone[-1].title}" if history.undone else redo)

    def _tool_button(self) -> QToolButton:
        """Return the button of the toolbar that hands out calipers and the beat tool."""
        button = QToolButton()
        button.setText(tr("Calipers"))
        button.setToolTip(tr("Calipers and beats by mouse"))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        for name in (*TOOL_MENU, "", "beat-tool", "snap"):
            if name:
                menu.addAction(self._window.actions_table[name])
            else:
                menu.addSeparator()
        button.setMenu(menu)
        return button

    def _advice(self) -> str:
        if self._tool is Tool.HAND:
            return ""
        if self._tool is Tool.BEAT:
            return tr(
                "Click to add a beat or select one, drag to move it; Y for its type, Del to delete it, Esc to stop."
            )
        if self._tool is Tool.QT:
            return tr("Drag from QRS onset to T offset, or click on both; Esc to stop.")
        return tr("Drag on the paper, or click twice; with Shift for several; Esc to stop.")

    def _say(self, sentence: str) -> None:
        if sentence:
            self._window.statusBar().showMessage(sentence, SAID_MS)
        else:
            self._window.statusBar().clearMessage()

    def _failed(self, sentence: str) -> None:
        self.notice.tell(sentence)

    def _recovered(self) -> None:
        self.notice.tell(tr("Your calipers, beats and opinions are saved again."))
