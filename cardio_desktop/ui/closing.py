"""The question before the last window closes on work that could not be written."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.store import Store

WAIT_S = 3.0


def may_close(window: QWidget, store: Store) -> bool:
    """Return whether a window may close: with another one open, nothing unsaved, or the reader's word for it."""
    others = [
        other
        for other in QApplication.topLevelWidgets()
        if other is not window and type(other) is type(window) and other.isVisible() and shares(other, store)
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


def shares(other: object, store: Store) -> bool:
    """Return whether a window keeps its work in a store."""
    return getattr(getattr(other, "session", None), "store", None) is store


def ask(window: QWidget, count: int, problem: str) -> QMessageBox.StandardButton:
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
