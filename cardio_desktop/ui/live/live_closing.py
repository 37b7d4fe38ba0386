"""The question before a window closes on a recording that goes on."""

from __future__ import annotations

from PySide6.QtWidgets import QMessageBox, QWidget

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.live_feed import LiveFeed
from cardio_desktop.core.file_names import shown


def may_end(window: QWidget, feed: LiveFeed) -> bool:
    """Return whether a recording that goes on may be ended: what is not kept may, else the reader is asked."""
    kept = feed.kept
    if kept is None:
        return True
    box = QMessageBox(window)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(tr("The recording goes on"))
    box.setText(tr("End the recording in {file}?").format(file=shown(kept.name)))
    box.setInformativeText(
        tr("The file is finished and can be opened as any record. The source itself is not touched.")
    )
    end = box.addButton(tr("&End and close"), QMessageBox.ButtonRole.AcceptRole)
    stay = box.addButton(tr("&Go on"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    box.exec()
    chosen = box.clickedButton()
    box.deleteLater()
    return chosen is end
