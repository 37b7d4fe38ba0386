"""Small dialogs: report, keys, model card, about, screen calibration."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from cardio_desktop import __version__
from cardio_desktop.core.units import MM_PER_INCH
from cardio_desktop.report.narrative import DISCLAIMER

if TYPE_CHECKING:
    from cardio_desktop.ui.main_window import MainWindow


def file_filter() -> str:
    """Return the filter of the file dialog."""
    from cardio_desktop.io import FILE_FILTER  # not before somebody opens a file: it brings the readers along

    return FILE_FILTER


class ReportDialog(QDialog):
    """Where the PDF goes and how it looks."""

    def __init__(self, record: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Save PDF report")
        form = QFormLayout(self)
        self.file = QLineEdit(str(record.with_suffix(".pdf")))
        self.file.setMinimumWidth(380)
        choose = QPushButton("Choose…")
        choose.clicked.connect(self._choose)
        row = QHBoxLayout()
        row.addWidget(self.file, 1)
        row.addWidget(choose)
        form.addRow("File", row)
        self.paper_size = QComboBox()
        self.paper_size.addItem("A4", "a4")
        self.paper_size.addItem("Letter", "letter")
        form.addRow("Paper", self.paper_size)
        self.hide_patient = QCheckBox("Leave out name, number, birth date and file name")
        form.addRow("", self.hide_patient)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        form.addRow(buttons)

    def _choose(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self,
            "Save PDF report",
            self.file.text(),
            "PDF (*.pdf)",
            options=QFileDialog.Option.DontConfirmOverwrite,  # asked once, when the dialog is accepted
        )
        if name:
            self.file.setText(name)

    def _accept(self) -> None:
        if self.path().exists():
            answer = QMessageBox.question(self, "Save PDF report", f"{self.path().name} exists. Replace it?")
            if answer != QMessageBox.StandardButton.Yes:
                return
        self.accept()

    def path(self) -> Path:
        """Return the chosen file, with its ending."""
        chosen = Path(self.file.text().strip() or "report.pdf")
        return chosen if chosen.suffix.lower() == ".pdf" else chosen.with_name(chosen.name + ".pdf")

    def paper(self) -> str:
        """Return "a4" or "letter"."""
        return str(self.paper_size.currentData())

    def deidentify(self) -> bool:
        """Return whether the patient is left out."""
        return self.hide_patient.isChecked()


def show_about(window: MainWindow) -> None:
    """Say what the program is."""
    QMessageBox.about(
        window,
        "About Cardio Desktop",
        f"<b>Cardio Desktop {__version__}</b><p>An offline ECG reading room: true paper, a network that shows its "
        f"evidence, a printable report. Nothing leaves this computer.</p><p>{DISCLAIMER} It is not a medical "
        "device.</p><p>Apache License 2.0.</p>",
    )


def show_card(window: MainWindow) -> None:
    """Show what the network is and how good it was measured to be."""
    dialog = QDialog(window)
    dialog.setWindowTitle("Model card")
    dialog.resize(760, 640)
    layout = QVBoxLayout(dialog)
    page = QTextBrowser()
    page.setOpenExternalLinks(False)
    page.setMarkdown(_card_text())
    layout.addWidget(page)
    close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    close.rejected.connect(dialog.reject)
    layout.addWidget(close)
    dialog.exec()


def _card_text() -> str:
    from cardio_desktop.core.errors import CardioError
    from cardio_desktop.model.card import load_card
    from cardio_desktop.paths import asset
    from cardio_desktop.report.model_card import card_markdown

    try:
        return card_markdown(load_card(asset("model_assets")).raw)
    except CardioError as error:
        return f"The model card cannot be read: {error}"


class Ruler(QWidget):
    """A line of a fixed number of logical pixels to hold a ruler to."""

    LENGTH_PX = 400

    def sizeHint(self) -> QSize:
        """Return room for the line."""
        return QSize(self.LENGTH_PX + 40, 46)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line with its ends."""
        painter = QPainter(self)
        painter.setPen(QPen(self.palette().windowText().color(), 1))
        left, middle = (self.width() - self.LENGTH_PX) / 2, self.height() / 2
        right = left + self.LENGTH_PX
        painter.drawLine(QLineF(left, middle, right, middle))
        for x in (left, right):
            painter.drawLine(QLineF(x, middle - 14, x, middle + 14))
        painter.end()


class ScreenDialog(QDialog):
    """Asks for the ruler's reading of a line and so learns the screen's density."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.setWindowTitle("Screen calibration")
        layout = QVBoxLayout(self)
        words = QLabel("Hold a ruler to the screen and type the distance between the two ends.")
        words.setWordWrap(True)
        layout.addWidget(words)
        layout.addWidget(Ruler(), 0, Qt.AlignmentFlag.AlignCenter)
        self.reading = QDoubleSpinBox()
        self.reading.setRange(20.0, 400.0)
        self.reading.setDecimals(1)
        self.reading.setSuffix(" mm")
        self.reading.setValue(Ruler.LENGTH_PX / window.paper.px_per_mm()[0])
        layout.addWidget(self.reading)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok
            | QDialogButtonBox.StandardButton.Cancel
            | QDialogButtonBox.StandardButton.Reset
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.reset = buttons.button(QDialogButtonBox.StandardButton.Reset)
        self.reset.setToolTip("Trust what the system reports")
        self.reset.clicked.connect(self._forget)
        layout.addWidget(buttons)
        self.forgotten = False

    def _forget(self) -> None:
        self.forgotten = True
        self.accept()

    def px_per_mm(self) -> float | None:
        """Return the measured density in logical pixels per millimetre, None to trust the system."""
        return None if self.forgotten else Ruler.LENGTH_PX / self.reading.value()


def calibrate_screen(window: MainWindow) -> None:
    """Ask how large a millimetre is on the window's screen, and remember it."""
    dialog = ScreenDialog(window)
    if dialog.exec():
        window.session.settings.set_screen_px_per_mm(window.screen().name(), dialog.px_per_mm())
        window.paper.refresh()
        dots = window.paper.px_per_mm()[0] * MM_PER_INCH
        window.statusBar().showMessage(f"This screen is now taken as {dots:.1f} dots per inch.", 10_000)
