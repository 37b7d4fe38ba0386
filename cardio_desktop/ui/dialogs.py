"""Small dialogs: report, model card."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
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

from cardio_desktop.app.i18n import said, tr
from cardio_desktop.app.report_work import ReportLook
from cardio_desktop.app.settings import Settings
from cardio_desktop.core.errors import CardioError
from cardio_desktop.io.formats import readable, record_suffixes
from cardio_desktop.paths import asset_roots
from cardio_desktop.report.letterhead import read_letterhead


def file_filter() -> str:
    """Return the filter of the file dialog."""
    kinds = (
        (tr("ECG records"), record_suffixes()),
        *((", ".join(row.names), row.suffixes) for row in readable() if row.suffixes),
        (tr("All files"), ("",)),
    )
    return ";;".join(f"{name} ({' '.join(f'*{suffix}' for suffix in suffixes)})" for name, suffixes in kinds)


class ReportDialog(QDialog):
    """Where the PDF goes and how it looks; what was chosen last is chosen already."""

    def __init__(self, record: Path, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self._settings = settings
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
        self.paper_size.setCurrentIndex(self.paper_size.findData(settings.paper_size()))
        form.addRow(tr("Paper"), self.paper_size)
        self.annex = QCheckBox(tr("With the annex: evidence, probabilities, quality, limits, median beats, voltages"))
        self.annex.setChecked(settings.report_annex())
        form.addRow("", self.annex)
        self.letterhead = QLineEdit(str(settings.letterhead() or ""))
        self.letterhead.setPlaceholderText(tr("none; or a TOML or JSON file with clinic, lines and logo"))
        self.choose_head = QPushButton(tr("Choose…"))
        self.choose_head.clicked.connect(self._choose_letterhead)
        head = QHBoxLayout()
        head.addWidget(self.letterhead, 1)
        head.addWidget(self.choose_head)
        form.addRow(tr("Letterhead"), head)
        self.hide_patient = QCheckBox(tr("Leave out name, number, birth date, file name and letterhead"))
        self.hide_patient.toggled.connect(self.letterhead.setDisabled)
        self.hide_patient.toggled.connect(self.choose_head.setDisabled)
        form.addRow("", self.hide_patient)
        self.problem = QLabel()
        self.problem.setWordWrap(True)
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.problem.hide()
        form.addRow(self.problem)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        form.addRow(buttons)

    def _choose_letterhead(self) -> None:
        kinds = tr("Letterheads (*.toml *.json)")
        name, _ = QFileDialog.getOpenFileName(self, tr("Letterhead"), self.letterhead.text(), kinds)
        if name:
            self.letterhead.setText(name)

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
        look = self.look()
        if look.letterhead is not None:
            try:
                read_letterhead(look.letterhead)
            except CardioError as error:  # told here, where it can be corrected
                self.problem.setText(said(error))
                self.problem.show()
                return
        if self.path().exists():
            answer = QMessageBox.question(
                self, tr("Save PDF report"), tr("{file} exists. Replace it?").format(file=self.path().name)
            )
            if answer != QMessageBox.StandardButton.Yes:
                return
        self._settings.set_report_annex(look.annex)
        self._settings.set_paper_size(look.paper)
        if not look.deidentify:
            self._settings.set_letterhead(look.letterhead)
        self.accept()

    def path(self) -> Path:
        """Return the chosen file, with its ending."""
        chosen = Path(self.file.text().strip() or "report.pdf")
        return chosen if chosen.suffix.lower() == ".pdf" else chosen.with_name(chosen.name + ".pdf")

    def look(self) -> ReportLook:
        """Return how the report is to look."""
        head, hidden = self.letterhead.text().strip(), self.hide_patient.isChecked()
        return ReportLook(
            paper=str(self.paper_size.currentData()),
            deidentify=hidden,
            annex=self.annex.isChecked(),
            letterhead=Path(head).expanduser() if head and not hidden else None,
        )


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
    from cardio_desktop.evaluation.cards.page import card_page
    from cardio_desktop.paths import asset

    try:
        return card_page(asset("model_assets"))
    except CardioError as error:
        return tr("The model card cannot be read: {error}").format(error=error)
