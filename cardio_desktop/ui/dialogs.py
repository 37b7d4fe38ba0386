"""Small dialogs: report, model card."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from cardio_desktop.app.i18n import tr
from cardio_desktop.io.formats import readable, record_suffixes
from cardio_desktop.paths import asset_roots


def file_filter() -> str:
    """Return the filter of the file dialog."""
    kinds = (
        (tr("ECG records"), record_suffixes()),
        *((", ".join(row.names), row.suffixes) for row in readable() if row.suffixes),
        (tr("All files"), ("",)),
    )
    return ";;".join(f"{name} ({' '.join(f'*{suffix}' for suffix in suffixes)})" for name, suffixes in kinds)


class ReportDialog(QDialog):
    """Where the PDF goes and how it looks."""

    def __init__(self, record: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Save PDF report"))
        form = QFormLayout(self)
        self.file = QLineEdit(str(record.with_suffix(".pdf")))
        self.file.setMinimumWidth(380)
        choose = QPushButton(tr("Choose…"))
        choose.clicked.connect(self._choose)
        row = QHBoxLayout()
        row.addWidget(self.file, 1)
        row.addWidget(choose)
        form.addRow(tr("File"), row)
        self.paper_size = QComboBox()
        self.paper_size.addItem("A4", "a4")
        self.paper_size.addItem(tr("Letter"), "letter")
        form.addRow(tr("Paper"), self.paper_size)
        self.hide_patient = QCheckBox(tr("Leave out name, number, birth date and file name"))
        form.addRow("", self.hide_patient)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        form.addRow(buttons)

    def _choose(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self,
            tr("Save PDF report"),
            self.file.text(),
            "PDF (*.pdf)",
            options=QFileDialog.Option.DontConfirmOverwrite,  # asked once, when the dialog is accepted
        )
        if name:
            self.file.setText(name)

    def _accept(self) -> None:
        if self.path().exists():
            answer = QMessageBox.question(
                self, tr("Save PDF report"), tr("{file} exists. Replace it?").format(file=self.path().name)
            )
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


def show_card(window: QWidget) -> None:
    """Show what the network is and how good it was measured to be."""
    dialog = QDialog(window)
    dialog.setWindowTitle(tr("Model card"))
    dialog.resize(760, 640)
    layout = QVBoxLayout(dialog)
    page = QTextBrowser()
    page.setOpenExternalLinks(False)
    page.setSearchPaths([str(root / "model_assets") for root in asset_roots()])  # where the calibration plots lie
    page.setMarkdown(_card_text())
    layout.addWidget(page)
    close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    close.rejected.connect(dialog.reject)
    layout.addWidget(close)
    dialog.exec()
    dialog.deleteLater()


def _card_text() -> str:
    from cardio_desktop.core.errors import CardioError
    from cardio_desktop.evaluation.cards.page import card_page
    from cardio_desktop.paths import asset

    try:
        return card_page(asset("model_assets"))
    except CardioError as error:
        return tr("The model card cannot be read: {error}").format(error=error)
