"""The state of one window and the only way to change it: methods in, one signal out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from cardio_desktop.app.ahead import Ahead
from cardio_desktop.app.conclusions import Conclusions
from cardio_desktop.app.desk import Desk
from cardio_desktop.app.i18n import said, tr
from cardio_desktop.app.jobs import Job, Jobs
from cardio_desktop.app.judged import NOTHING, Judged, scope, warnings_beside
from cardio_desktop.app.marks import Marks
from cardio_desktop.app.opinions import Opinions
from cardio_desktop.app.read_first import ReadFirst
from cardio_desktop.app.recounting import Recounting
from cardio_desktop.app.report_work import ReportLook, ReportParts, report_parts
from cardio_desktop.app.settings import Settings
from cardio_desktop.app.statement_evidence import StatementEvidence
from cardio_desktop.app.store import Store
from cardio_desktop.app.viewport import NO_CLASS, Viewport
from cardio_desktop.core.errors import CardioError, NeedsOptionsError
from cardio_desktop.core.findings import Evidence, Findings, Mark, Tier
from cardio_desktop.core.progress import Progress
from cardio_desktop.core.pyramid import LONG_LEAD, Pyramid, build_pyramid
from cardio_desktop.core.record import Lead, Record
from cardio_desktop.words import Remark

ReportMaker = Callable[[datetime, Progress], bytes]
"""Makes the report as a file's bytes: when it is made, and where progress goes; runs on any thread."""


@dataclass(frozen=True, eq=False)
class State:
    """Everything the views show. `progress` is None when nothing runs, `problem` the last error's sentence.

    `hidden` withholds the findings until the reader asks for them: views show `shown`, never `findings`.
    `statement_evidence` holds the evidence of the one statement that was asked for last,
    `highlights` the stretches that a chosen sentence rests on. `awaited` is the record that was chosen in a list and is
    on its way, `refused` one that was chosen there and could not be opened: the page shows another one than the list.
    `judged` is what was judged piece by piece beside the findings.
    """

    record: Record | None = None
    findings: Findings | None = None
    pyramids: tuple[tuple[str, Pyramid], ...] = ()
    viewport: Viewport = field(default_factory=Viewport)
    busy: str = ""
    progress: int | None = None
    problem: str = ""
    hidden: bool = False
    statement_evidence: Evidence | None = None
    highlights: tuple[Mark, ...] = ()
    awaited: Path | None = None
    refused: Path | None = None
    judged: Judged = NOTHING

    @property
    def revealed(self) -> bool:
        """Whether the reader may see what the program found: the one place that decides it."""
        return not self.hidden

    @property
    def settled(self) -> bool:
        """Whether the page shows the record that a list highlights: only then may anything act on it."""
        return self.awaited is None and self.refused is None

    @property
    def shown(self) -> Findings | None:
        """The findings as far as the reader may see them."""
        return self.findings if self.revealed else None

    @property
    def alarmed(self) -> bool:
        """Whether something critical was found. That it was is no secret of hidden findings, only what and where."""
        return self.findings is not None and bool(self.findings.critical)

    @property
    def warnings(self) -> tuple[Remark, ...]:
        """The warnings on the findings as they hold beside what was judged in pieces, as far as they may be seen."""
        record, shown = self.record, self.shown
        return (
            warnings_beside(shown, self.judged, record.duration_s) if record is not None and shown is not None else ()
        )

    @property
    def scope(self) -> tuple[Remark, ...]:
        """What the tier stands for where more was judged, and what is likeliest there, as far as it may be seen."""
        record, shown = self.record, self.shown
        return scope(shown, self.judged, record.duration_s) if record is not None and shown is not None else ()

    @property
    def evidence_class(self) -> str | None:
        """The class or statement whose evidence is shown: the chosen one, or the most probable pathology; or None.

        Where the tier is Low nothing is shown by itself: evidence against what nobody suspects only clutters the paper.
        """
        chosen, shown = self.viewport.evidence_class, self.shown
        if chosen == NO_CLASS or shown is None or shown.prediction is None:
            return None
        if chosen is None and shown.risk.tier is Tier.LOW:
            return None
        return chosen or shown.prediction.leading_pathology

    @property
    def evidence(self) -> Evidence | None:
        """The evidence that holds `evidence_class`; None where none is shown or a statement's is being computed."""
        code, shown = self.evidence_class, self.shown
        for evidence in (shown.evidence if shown else None, self.statement_evidence):
            if evidence is not None and code in evidence.classes:
                return evidence
        return None


class Session(Desk):
    """Opens, analyses and reports one record at a time; work of a record that was left is dropped.

    `changed(old, new)` tells every change of the state, `report_written(path)` a finished report,
    `report_failed(error)` one that could not be written. `options_needed(error)` asks for what a file does not say,
    `options_given(folder)` tells that it is known now.
    """

    report_written = Signal(object)
    report_failed = Signal(object)
    options_needed = Signal(object)
    options_given = Signal(object)

    def __init__(
        self, settings: Settings, parent: QObject | None = None, *, analyze: bool = True, store: Store | None = None
    ) -> None:
        super().__init__(parent)
        self.settings = settings
        self.store = store or Store(parent=self)  # without one, the reader's work is kept in memory only
        self.jobs = Jobs(self)
        self.state: State = State(viewport=settings.viewport())
        self.reading = ReadFirst(self)
        self.statement_evidence = StatementEvidence(self)
        self.opinions = Opinions(self)
        self.conclusions = Conclusions(self)
        self.marks = Marks(self)
        self.ahead = Ahead(self)
        self.recounting = Recounting(self, self.marks)
        self._analyze_on_open = analyze
        self._main_job: Job | None = None
        self._analysing = False
        self._pyramid_jobs: list[Job] = []
        self._opening: Path | None = None
        self._reports: list[Job] = []
        self._resume = False

    @property
    def analyzes(self) -> bool:
        """Whether a record is analysed as soon as it is opened."""
        return self._analyze_on_open

    # State ------------------------------------------------------------------------------------------------------

    def _set(self, **changes: object) -> None:
        old = self.state
        self.state = replace(old, **changes)  # type: ignore[arg-type]
        self.changed.emit(old, self.state)

    def set_viewport(self, viewport: Viewport) -> None:
        """Show something else or otherwise."""
        if viewport == self.state.viewport:
            return
        self._set(viewport=viewport)
        self.settings.set_viewport(viewport)

    def look(self, **changes: object) -> None:
        """Change single fields of the viewport."""
        self.set_viewport(replace(self.state.viewport, **changes))  # type: ignore[arg-type]

    def go_to(self, time_s: float, *, select: bool = False) -> None:
        """Bring an instant into view; with `select` the beat there is marked."""
        if self.state.record is None:
            return
        viewport = self.state.viewport.around(self.state.record, time_s)
        if select:
            viewport = replace(viewport, selected_beat_s=time_s)
        self.set_viewport(viewport)

    def clear_problem(self) -> None:
        """Take the error sentence away."""
        if self.state.problem:
            self._set(problem="")

    def await_record(self, path: Path | None) -> None:
        """Say which record was chosen in a list; what acts on a record waits until it is shown. None for no other."""
        if path != self.state.awaited or self.state.refused is not None:
            self._set(awaited=path, refused=None)

    # Work -------------------------------------------------------------------------------------------------------

    def open(self, path: str | Path) -> Job:
        """Read a record in the background; the present one stays until the new one is there.

        One that was read ahead is shown before this returns.
        """
        target, store = Path(path), self.store
        held = self.ahead.take(target)
        given = self.settings.given_options(target.parent)

        def work(progress: Progress) -> Record:
            from cardio_desktop.io import open_given

            record = open_given(target, progress, given) if held is None else held
            store.key_of(record)  # read here, not on the window's thread
            return record

        interrupted = self._main_job is not None and self._analysing and self.state.findings is None
        job = self._start(tr("Opening {file}").format(file=target.name), work, self._opened, begin=False)
        self._resume, self._opening = interrupted, target
        if self.state.awaited != target:
            self._set(awaited=None, refused=None)
        if held is None:
            return self.jobs.start(job)
        job.run()
        return job

    def _opened(self, record: Record) -> None:
        if self.sender() is not None and self.sender() is not self._main_job:
            return
        self.show_record(record)

    def take_over(self, other: Session) -> None:
        """Show what another session shows, as it shows it; what it has found is not looked for again.

        The file that it is opening is opened here, and the reports that it is writing are told of here.
        """
        state = other.state
        self.reading.take_over(other.reading)
        if state.record is not None:
            self.show_record(state.record, known=state.findings)
            self.set_viewport(state.viewport)
        if other._opening is not None:
            self.open(other._opening)
        elif state.problem:
            self._set(problem=state.problem)
        # Through the other session: a report that has just ended has told it already, and only it.
        other.report_written.connect(self.report_written)
        other.report_failed.connect(self._report_failed)

    def show_record(self, record: Record, known: Findings | None = None) -> None:
        """Show a record that has been read, and analyse it unless its findings are `known`."""
        old = self.state.viewport
        self._resume = False
        viewport = replace(
            old,
            start_s=0.0,
            span_s=None,
            offset_x_mm=0.0,
            offset_y_mm=0.0,
            evidence_class=NO_CLASS if old.evidence_class == NO_CLASS else None,
            selected_beat_s=None,
        )
        self.settings.add_recent_file(record.path)
        self.store.log_of(record, "open", record.path.name)
        self._set(
            record=record,
            findings=None,
            statement_evidence=None,
            highlights=(),
            pyramids=(),
            viewport=viewport,
            problem="",
            hidden=not self.reading.may_show(record.path),
            awaited=None if self.state.awaited in (record.path, self._opening) else self.state.awaited,
            refused=None,
            judged=NOTHING,
        )
        self._build_pyramids(record)
        if known is not None:
            self.show_findings(record, known)
        elif self._analyze_on_open:
            self.analyze()

    def analyze(self, start_s: float | None = None, end_s: float | None = None) -> Job | None:
        """Analyse the record, or a part of it, in the background."""
        record = self.state.record
        if record is None:
            return None

        def work(progress: Progress) -> tuple[Record, Findings]:
            from cardio_desktop.reading.pipeline import analyze, load_models

            return record, analyze(record, load_models(), start_s=start_s, end_s=end_s, progress=progress)

        title = tr("Analysing {file}").format(file=record.path.name)
        return self._start(title, work, self._analyzed, analysing=True)

    def _analyzed(self, result: tuple[Record, Findings]) -> None:
        self.show_findings(*result)

    def show_findings(self, record: Record, findings: Findings) -> None:
        """Show what was found, unless another record has taken the place of the one it was found in."""
        if record is self.state.record:
            self._set(findings=findings, statement_evidence=None, highlights=())

    def note_judged(self, record: Record, judged: Judged) -> None:
        """Remember what was judged piece by piece, unless another record has taken the place of that one."""
        if record is self.state.record and judged != self.state.judged:
            self._set(judged=judged)

    def show_statement_evidence(self, findings: Findings, evidence: Evidence) -> None:
        """Keep a statement's evidence, unless the findings it belongs to were replaced meanwhile."""
        if findings is self.state.findings:
            self._set(statement_evidence=evidence)

    def set_hidden(self, hidden: bool) -> None:
        """Withhold the findings of the present record from the reader, or show them."""
        if hidden != self.state.hidden:
            self._set(hidden=hidden, highlights=())

    def highlight(self, marks: tuple[Mark, ...]) -> None:
        """Mark these stretches on the paper and bring the first of them into view; () takes the marks away."""
        if marks != self.state.highlights:
            self._set(highlights=marks)
        if marks:
            self.go_to(min(marks, key=lambda mark: mark.start_s).start_s)

    def report_parts(self, look: ReportLook) -> ReportParts | None:
        """Return what gives the parts of the report of the page that is shown, as it is shown now; None if nothing."""
        state = self.state
        return report_parts(state, state.judged, self.marks, self.opinions, self.conclusions, look)

    def report_maker(self, look: ReportLook) -> ReportMaker | None:
        """Return what makes the PDF report of the page that is shown, as it is shown now; None without findings."""
        parts = self.report_parts(look)
        if parts is None:
            return None

        def make(created: datetime, progress: Progress) -> bytes:
            from cardio_desktop.report.pdf import pdf_bytes

            return pdf_bytes(*parts(), created=created, progress=progress)

        return make

    def write_report(self, path: Path, look: ReportLook | None = None) -> None:
        """Write the PDF report in the background: the page that is shown, as it is shown."""
        look = look or ReportLook()
        make, record = self.report_maker(look), self.state.record
        if make is None or record is None:
            return

        def work(progress: Progress) -> Path:
            from cardio_desktop.report.files import write_whole

            write_whole(path, make(datetime.now().astimezone(), progress))
            return path

        # Not the main job: opening the next record must not stop the report of this one.
        job = Job(tr("Writing {file}").format(file=path.name), work)
        job.done.connect(lambda written: self.note_written(record, [written], deidentified=look.deidentify))
        job.done.connect(self.report_written)
        job.failed.connect(self._report_failed)
        self._reports.append(job)
        self.jobs.start(job)

    def note_written(self, record: Record, files: Sequence[Path], *, deidentified: bool = False) -> None:
        """Write into the audit trail that something of a record was written to files, or out of the window."""
        names = ", ".join(path.name for path in files)
        self.store.log_of(record, "deidentify" if deidentified else "export", names)

    def _report_failed(self, error: CardioError) -> None:
        self.tell(error)
        self.report_failed.emit(error)

    def tell(self, error: CardioError) -> None:
        """Show the sentence of an error."""
        if self.state.problem != said(error):
            self._set(problem=said(error))

    def cancel(self) -> None:
        """Stop what is running."""
        if self._main_job is not None:
            self._main_job.cancel()
            self._main_job = self._opening = None
            self._set(busy="", progress=None)
            self._refuse()

    def close(self) -> None:
        """Stop everything but reports, whose files somebody waits for, and wait for the threads."""
        self._main_job = self._opening = None  # a record that was read at this moment is neither shown nor analysed
        self.recounting.stop()
        self.jobs.shut_down(spared=self._reports)

    def _start(
        self,
        title: str,
        work: Callable[[Callable[[float], None]], object],
        done: Callable[..., None],
        *,
        analysing: bool = False,
        begin: bool = True,
    ) -> Job:
        """Start a job that replaces the one shown in the progress bar; `done` gets its result.

        Everything is connected before the job starts: a quick one ends before the next line. Without `begin` it is for
        the caller to start.
        """
        if self._main_job is not None:
            self._main_job.cancel()
        job = Job(title, work)
        self._main_job, self._analysing, self._opening = job, analysing, None
        job.done.connect(done)
        job.progress.connect(self._progressed)
        job.failed.connect(self._failed)
        job.finished.connect(self._finished)
        self._set(busy=title, progress=0, problem="")
        return self.jobs.start(job) if begin else job

    def _progressed(self, percent: int) -> None:
        if self.sender() is self._main_job:
            self._set(progress=percent)

    def _failed(self, error: CardioError) -> None:
        if self.sender() is not self._main_job:
            return
        if self._resume:
            # A file that could not be opened must not cost the present record its findings.
            self._resume = False
            self.analyze()
        self._refuse()
        self.tell(error)
        if isinstance(error, NeedsOptionsError):
            self.options_needed.emit(error)

    def give_options(self, path: Path, given: Mapping[str, float | str]) -> Job:
        """Open a file with what the reader says that it holds, and remember that for its folder."""
        self.settings.set_given_options(path.parent, given)
        self.options_given.emit(path.parent)
        return self.open(path)

    def _refuse(self) -> None:
        """Remember that the record that was chosen will not be shown."""
        if self.state.awaited is not None:
            self._set(awaited=None, refused=self.state.awaited)

    def _finished(self) -> None:
        if self.sender() is self._main_job:
            self._main_job = self._opening = None
            self._set(busy="", progress=None)

    def _build_pyramids(self, record: Record) -> None:
        for job in self._pyramid_jobs:
            job.cancel()
        self._pyramid_jobs = []
        long = {name: lead for name, lead in record.traces.items() if len(lead) > LONG_LEAD and name != "-aVR"}
        for name, lead in long.items():

            def work(progress: Progress, name: str = name, lead: Lead = lead) -> object:
                return record, name, build_pyramid(lead, progress)

            job = Job(tr("Overview of {lead}").format(lead=name), work)
            job.done.connect(self._pyramid_built)
            job.failed.connect(self.tell)
            self._pyramid_jobs.append(self.jobs.start(job, priority=-1))

    def _pyramid_built(self, result: tuple[Record, str, Pyramid]) -> None:
        record, name, pyramid = result
        if record is self.state.record:
            self._set(pyramids=(*self.state.pyramids, (name, pyramid)))
