"""Says in a window what becomes of the reader's marks: in its status line, and above the paper what was not kept."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QStatusBar

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.marks import Marks, Tool
from cardio_desktop.ui.paper.notice import NoticeBar

SAID_MS = 8000


class MarksDesk(QObject):
    """Watches the marks of one window."""

    def __init__(self, marks: Marks, notice: NoticeBar, status: QStatusBar, parent: QObject) -> None:
        super().__init__(parent)
        self._marks, self.notice, self._status = marks, notice, status
        self._tool = Tool.HAND
        marks.changed.connect(self._changed)
        marks.said.connect(self._say)
        marks.store.failed.connect(self._failed)
        marks.store.recovered.connect(self._recovered)
        marks.store.said.connect(notice.tell)
        if marks.store.problem:
            self._failed(marks.store.problem)

    def _changed(self) -> None:
        if self._marks.tool is not self._tool:
            self._tool = self._marks.tool
            self._say(self._advice())

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
            self._status.showMessage(sentence, SAID_MS)
        else:
            self._status.clearMessage()

    def _failed(self, sentence: str) -> None:
        self.notice.tell(sentence)

    def _recovered(self) -> None:
        self.notice.tell(tr("Your calipers, beats and opinions are saved again."))
