"""Asks as what, and into which folder, results go to other systems, and writes them in the background."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QDialogButtonBox, QLabel, QStatusBar, QVBoxLayout, QWidget

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.jobs import Job
from cardio_desktop.app.report_work import ReportLook
from cardio_desktop.app.session import Session
from cardio_desktop.app.settings import Settings
from cardio_desktop.core.record import Record
from cardio_desktop.ui.commands.writing import SAID_MS, WritingDialog, start_in_box

REPORT_SHARE = 0.8
"""How much of the progress is the report's: drawing it takes far longer than writing the files."""


def kind_words() -> dict[str, str]:
    """Return what each kind of `handover.outbox` is, in its order."""
    return {
        "pdf": tr("Report as PDF in a DICOM file"),
        "sr": tr("Measurements as a DICOM structured report"),
        "fhir": tr("FHIR bundle with report and measurements"),
        "hl7": tr("HL7 v2 message with report and measurements"),
        "csv": tr("Measurements as a table (CSV)"),
    }


class HandOutDialog(WritingDialog):
    """The kinds, the folder, and whether the patient is left out."""

    def __init__(self, record: Record, settings: Settings, parent: QWidget) -> None:
        folder, kinds = settings.last_outbox()
        super().__init__(tr("Hand out results"), folder or str(record.path.parent), parent)
        self._settings = settings
        self._record = record
        self.boxes: dict[str, QCheckBox] = {}
        column = QVBoxLayout()
        for kind, words in kind_words().items():
            box = self.boxes[kind] = QCheckBox(words)
            box.setChecked(kind in kinds or not kinds)
            box.toggled.connect(self._allow)
            column.addWidget(box)
        self.form.addRow(tr("Results"), column)
        self._add_folder()
        self.form.addRow("", self.hide_patient)
        note = QLabel(
            tr(
                "Numbers and sentences are the program's own and preliminary. What you corrected or judged otherwise "
                "stands in the report only."
            )
        )
        note.setWordWrap(True)
        self.form.addRow("", note)
        self.form.addRow(self.buttons)
        self._allow()

    def _allow(self) -> None:
        self.buttons.button(QDialogButtonBox.StandardButton.Save).setEnabled(bool(self.kinds()))

    def _taken(self) -> Sequence[str]:
        from cardio_desktop.handover.outbox import ENDINGS
        from cardio_desktop.io.writers.convert import file_stem

        stem, folder = file_stem(self._record.path.stem), self.target()
        names = [] if self.deidentify() else [f"{stem}{ENDINGS[kind]}" for kind in self.kinds()]
        return [name for name in names if (folder / name).exists()]

    def _remember(self) -> None:
        self._settings.set_last_outbox(self.folder.text().strip(), self.kinds())

    def kinds(self) -> tuple[str, ...]:
        """Return the chosen kinds."""
        return tuple(kind for kind, box in self.boxes.items() if box.isChecked())


def ask_hand_out(session: Session, frame: QWidget, status: QStatusBar) -> None:
    """Ask for kinds and folder and write the results."""
    record = session.state.record
    if record is None:
        return
    choice = HandOutDialog(record, session.settings, frame)
    if choice.exec():
        hand_out(
            session, frame, status, choice.kinds(), choice.target(),
            deidentify=choice.deidentify(), replace=choice.replace,
        )  # fmt: skip
    choice.deleteLater()


def hand_out(
    session: Session,
    frame: QWidget,
    status: QStatusBar,
    kinds: Sequence[str],
    folder: Path,
    *,
    deidentify: bool = False,
    replace: bool = False,
) -> Job | None:
    """Write the results of the open record in the background; a box shows how far it is and can cancel it."""
    record, findings = session.state.record, session.state.findings
    settings = session.settings
    make = session.report_maker(ReportLook(deidentify=deidentify, letterhead=settings.letterhead()))
    if record is None or findings is None or make is None:
        return None

    def work(progress: Callable[[float], None]) -> tuple[Path, ...]:
        from cardio_desktop.app.pseudonym_key import pseudonyms
        from cardio_desktop.handover.outbox import hand_over
        from cardio_desktop.io.registry import files_of

        created = datetime.now().astimezone()
        names = pseudonyms() if deidentify else None
        spared = frozenset(path.resolve() for path in files_of(record.path))
        pdf = make(created, lambda percent: progress(REPORT_SHARE * percent))
        return hand_over(
            record, findings, pdf, kinds, folder, created=created, names=names, replace=replace, spared=spared,
            progress=lambda percent: progress(100 * REPORT_SHARE + (1 - REPORT_SHARE) * percent),
        )  # fmt: skip

    job = Job(tr("Handing out results"), work)
    job.done.connect(lambda files: session.note_written(record, files, deidentified=deidentify))
    job.done.connect(lambda files: _told(files, status))
    start_in_box(session, job, frame)
    return job


def _told(files: Sequence[Path], status: QStatusBar) -> None:
    """Say which files were written, and where."""
    names = ", ".join(path.name for path in files)
    status.showMessage(tr("Written: {path}").format(path=f"{files[0].parent}: {names}"), SAID_MS)
