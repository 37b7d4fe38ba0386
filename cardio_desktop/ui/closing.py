"""The question before the last window closes on work that could not be written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QMessageBox

from cardio_desktop.app.i18n import tr

if TYPE_CHECKING:
    from cardio_desktop.ui.main_window import MainWindow

WAIT_S = 3.0


def may_close(window: MainWindow) -> bool:
    """Return whether a window may close: with another one open, nothing unsaved, or the reader's word for it."""
    store = window.session.store
    others = [
        other
        for other in QApplication.topLevelWidgets()
        if other is not window and type(other) is type(window) and other.isVisible() and shares(other, window)
    ]
    if others:
        return True
    while store.unsaved and not store.flush(WAIT_S):
        answer = ask(window, store.unsaved, store.problem)
        if answer == QMessageBox.StandardButton.Discard:
            return True
        if answer != QMessageBox.StandardButton.Retry:
            return False
        store.retry()
    return True


def shares(other: object, window: MainWindow) -> bool:
    """Return whether another window keeps its work in the same store."""
    return getattr(getattr(other, "session", None), "store", None) is window.session.store


def ask(window: MainWindow, count: int, problem: str) -> QMessageBox.StandardButton:
    """Ask what is to become of the changes."""
    box = QMessageBox(window)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(tr("Not saved"))
    box.setText(tr("{count} of your changes are not saved and would be lost.").format(count=count))
    box.setInformativeText(problem)
    buttons = QMessageBox.StandardButton
    box.setStandardButtons(buttons.Retry | buttons.Discard | buttons.Cancel)
    box.setDefaultButton(buttons.Retry)
    answer = box.exec()
    box.deleteLater()
    return buttons(answer)
