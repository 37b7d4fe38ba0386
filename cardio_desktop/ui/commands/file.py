"""Commands of files: opening, reporting, pictures, print, analysis."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QStatusBar, QWidget

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.session import Session
from cardio_desktop.core.errors import CardioError
from cardio_desktop.ui import dialogs
from cardio_desktop.ui.commands.command import Command, Menu, placed
from cardio_desktop.ui.commands.conditions import HAS_FINDINGS, HAS_RECORD, condition
from cardio_desktop.ui.commands.hand_out import ask_hand_out
from cardio_desktop.ui.commands.save_as import ask_save_as
from cardio_desktop.ui.paper import export
from cardio_desktop.ui.paper.paper_place import PaperPlace
from cardio_desktop.ui.paper.report_print import print_report
from cardio_desktop.ui.samples import Sample, sample_records

SAID_MS = 15_000


def file_commands(
    session: Session, paper: PaperPlace, frame: QWidget, status: QStatusBar, quit_: Callable[[], object]
) -> list[Command]:
    """Return the commands of the menu File; dialogs stand before `frame`."""
    marks = session.marks
    is_busy_or_holding = condition(
        lambda state: (
            bool(state.busy) or marks.is_holding or bool(state.highlights) or state.viewport.selected_beat_s is not None
        ),
        lambda: tr("nothing is running, and nothing is marked"),
    )

    def let_go() -> None:
        if session.state.busy:
            session.cancel()
        elif marks.is_holding:
            marks.let_go()
        else:
            session.highlight(())
            session.look(selected_beat_s=None)

    return [
        *placed(
            Menu.FILE,
            0,
            Command("open", tr("&Open…"), ("Ctrl+O",), tr("Open an ECG file"), lambda: ask_open(session, frame)),
        ),
        *placed(
            Menu.SAMPLES,
            0,
            *(
                Command(
                    f"sample:{sample.path.stem}",
                    sample.title,
                    (),
                    tr("Open the simulated sample: {name}").format(name=sample.title),
                    sample_opener(session, sample),
                )
                for sample in sample_records()
            ),
        ),
        *placed(
            Menu.FILE,
            1,
            Command(
                "report",
                tr("Save PDF &report…"),
                ("Ctrl+S",),
                tr("Write the report as a PDF"),
                lambda: ask_report(session, frame),
                HAS_FINDINGS,
            ),
            Command(
                "save-as",
                tr("&Save ECG as…"),
                ("Ctrl+Alt+S",),
                tr("Write the ECG in another format, with or without who the patient is"),
                lambda: ask_save_as(session, frame, status),
                HAS_RECORD,
            ),
            Command(
                "hand-out",
                tr("&Hand out results…"),
                (),
                tr("Write report and measurements for other systems: DICOM, FHIR, HL7 v2, CSV"),
                lambda: ask_hand_out(session, frame, status),
                HAS_FINDINGS,
            ),
            Command(
                "print",
                tr("&Print report…"),
                ("Ctrl+P",),
                tr("Print the report's one page, with or without its annex; a preview comes first"),
                lambda: ask_print(session, frame, status),
                HAS_FINDINGS,
            ),
            Command(
                "print-paper",
                tr("Pri&nt paper…"),
                ("Ctrl+Alt+P",),
                tr("Print the paper at true size, as it is shown"),
                lambda: print_paper(session, paper, frame, status),
                HAS_RECORD,
            ),
            Command(
                "picture",
                tr("Save pictur&e…"),
                ("Ctrl+Shift+S",),
                tr("Write the paper at true size as PNG, SVG or PDF"),
                lambda: ask_picture(session, paper, frame, status),
                HAS_RECORD,
            ),
            Command(
                "copy",
                tr("&Copy picture"),
                ("Ctrl+C",),
                tr("Copy the paper as a picture"),
                lambda: copy_picture(session, paper, status),
                HAS_RECORD,
            ),
        ),
        *placed(
            Menu.FILE,
            2,
            Command(
                "analyze",
                tr("&Analyse again"),
                ("F5",),
                tr("Run quality, beats and network again"),
                lambda: session.analyze(),
                HAS_RECORD,
            ),
            Command(
                "analyze-page",
                tr("Analyse this pa&ge"),
                ("Shift+F5",),
                tr("Run them on the stretch that is shown"),
                lambda: analyze_page(session),
                HAS_RECORD,
            ),
        ),
        *placed(
            Menu.FILE,
            4,
            Command(
                "cancel",
                tr("Cancel"),
                ("Esc",),
                tr("Stop what is running; otherwise let go of caliper and tool, then of what is marked"),
                let_go,
                is_busy_or_holding,
            ),
        ),
        *placed(Menu.FILE, 5, Command("quit", tr("&Quit"), ("Ctrl+Q",), tr("Close the window"), quit_)),
    ]


def opener(session: Session, path: Path) -> Callable[[], object]:
    """Return what opens one file."""
    return lambda: session.open(path)


def sample_opener(session: Session, sample: Sample) -> Callable[[], object]:
    """Return what opens a record of the program's own, if it is still what was shipped."""

    def run() -> None:
        try:
            sample.check()
        except CardioError as error:
            session.tell(error)
        else:
            session.open(sample.path)

    return run


def ask_open(session: Session, frame: QWidget) -> None:
    """Ask for a file and open it."""
    name, _ = QFileDialog.getOpenFileName(
        frame, tr("Open an ECG"), session.settings.last_folder(), dialogs.file_filter()
    )
    if name:
        session.open(name)


def ask_report(session: Session, frame: QWidget) -> None:
    """Ask where the PDF goes and write it."""
    record = session.state.record
    if record is None:
        return
    choice = dialogs.ReportDialog(record.path, session.settings, frame)
    if choice.exec():
        session.write_report(choice.path(), choice.look())
    choice.deleteLater()


def ask_picture(session: Session, paper: PaperPlace, frame: QWidget, status: QStatusBar) -> None:
    """Ask where the picture of the paper goes and write it."""
    record = session.state.record
    if record is None:
        return
    start = str(record.path.with_suffix(".png"))
    kinds = tr("PNG picture (*.png);;SVG drawing (*.svg);;PDF page (*.pdf)")
    name, kind = QFileDialog.getSaveFileName(frame, tr("Save the paper as a picture"), start, kinds)
    if not name:
        return
    wanted = next((ending for ending in export.ENDINGS if ending in kind), ".png")
    target = Path(name if name.lower().endswith(export.ENDINGS) else name + wanted)
    try:
        export.save_picture(paper.view, target)
    except CardioError as error:
        session.tell(error)
        return
    session.note_written(record, [target])
    status.showMessage(tr("Picture written at true size: {file}").format(file=target), SAID_MS)


def ask_print(session: Session, frame: QWidget, status: QStatusBar) -> None:
    """Show the report as it would be printed, and print it."""
    record = session.state.record
    if record is not None and print_report(session, frame):
        session.note_written(record, [Path("printer")])
        words = tr("Sent to the printer at true size; its dialog must say 100 %, not “fit to page”.")
        status.showMessage(words, SAID_MS)


def print_paper(session: Session, paper: PaperPlace, frame: QWidget, status: QStatusBar) -> None:
    """Show the paper as it would be printed, and print it."""
    if session.state.record is not None:
        session.note_written(session.state.record, [Path("printer")])
    export.print_with_preview(paper.view, frame, status)


def copy_picture(session: Session, paper: PaperPlace, status: QStatusBar) -> None:
    """Put the picture of the paper on the clipboard."""
    record = session.state.record
    try:
        if export.copy_picture(paper.view) and record is not None:
            session.note_written(record, [Path("clipboard")])
            status.showMessage(tr("The paper is on the clipboard."), 5000)
    except CardioError as error:
        session.tell(error)


def analyze_page(session: Session) -> None:
    """Analyse the stretch that the paper shows."""
    state = session.state
    if state.record is not None:
        start_s = state.viewport.start_s
        end_s = min(start_s + state.viewport.page_s(state.record), state.record.duration_s)
        session.analyze(start_s, end_s)
