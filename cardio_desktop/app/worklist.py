"""The worklist: records of a folder, what is known of each, and their analysis in the background."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from cardio_desktop.app.folder_scan import FolderScan
from cardio_desktop.app.i18n import language, said, tr
from cardio_desktop.app.jobs import Jobs
from cardio_desktop.app.priors import Priors
from cardio_desktop.app.session import Session, State
from cardio_desktop.app.workers import Answer, Request, Workers
from cardio_desktop.app.worklist_entry import NAME_WAITS as NAME_WAITS
from cardio_desktop.app.worklist_entry import Entry as Entry
from cardio_desktop.app.worklist_entry import Progress as Progress
from cardio_desktop.core.conclusion import Conclusion
from cardio_desktop.core.errors import CardioError
from cardio_desktop.reading.limits import LONGEST_S
from cardio_desktop.reading.survey import Details, details_from, fingerprint, summary_from, summary_of
from cardio_desktop.words import say

if TYPE_CHECKING:
    from cardio_desktop.app.read_first import ReadFirst
    from cardio_desktop.app.survey_cache import SurveyCache
    from cardio_desktop.io.folder import Found, Listing

LOOK, SURVEY = "look", "survey"
LOOK_RANK, SURVEY_RANK = 1, 3
SAVE_MS = 1500


class Worklist(QObject):
    """Lists records and analyses them one after the other, in helpers, while the window answers.

    `restarted()` tells an emptied list, `added(first, last)` new rows at the end, `changed(row)` a row,
    `progressed(Progress)` how far things are, `said(sentence)` what the reader should know.
    """

    restarted = Signal()
    added = Signal(int, int)
    changed = Signal(int)
    progressed = Signal(object)
    said = Signal(str)

    def __init__(
        self, session: Session, workers: Workers | None = None, parent: QObject | None = None, *, analyze: bool = True
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._jobs = Jobs(self, threads=1)
        self.workers = workers or Workers(self)
        self.workers.answered.connect(self._answered)
        self.workers.failed.connect(self._helpers_failed)
        self._analyze = analyze
        self._owner = object()
        self.entries: list[Entry] = []
        self.priors = Priors()
        self.title = ""
        self.sources: tuple[Path, ...] = ()
        self._rows: dict[Path, int] = {}
        self._scan: FolderScan | None = None
        self._begun: tuple[str, tuple[Path, ...]] | None = None
        self._cache: SurveyCache | None = None
        self._unsaved: set[int] = set()
        self._ends: list[float] = []
        self._paused = self._stopped = False
        self._done = self._problems = 0
        self._save = QTimer(self)
        self._save.setSingleShot(True)
        self._save.setInterval(SAVE_MS)
        self._save.timeout.connect(self._write_cache)
        session.changed.connect(self._session_changed)
        session.options_given.connect(self._options_given)
        session.store.changed.connect(self._work_changed)

    @property
    def reading(self) -> ReadFirst:
        """What decides whose findings may be seen."""
        return self._session.reading

    @property
    def triage(self) -> bool:
        """Whether tiers are told before reading, so that the worst can be read first."""
        return self._session.settings.triage()

    def set_triage(self, on: bool) -> None:
        """Tell tiers before reading, or keep them hidden as everything else; remembered."""
        self._session.settings.set_triage(on)
        self.reading.changed.emit()
        self._tell()

    def shown(self, entry: Entry) -> Entry:
        """Return a row as far as the reader may see it."""
        if entry.summary is None or self.reading.may_show(entry.path):
            return entry
        alarmed = bool(entry.summary.critical)
        if self.triage:
            return replace(entry, tier_only=True, alarmed=alarmed)
        return replace(entry, summary=None, hidden=True, alarmed=alarmed)

    # Opening ----------------------------------------------------------------------------------------------------

    def open_folder(self, folder: Path) -> None:
        """List a folder and analyse what lies in it."""
        folder = folder.resolve()
        self._session.settings.add_recent_folder(folder)
        self._begin(folder.name or str(folder), [folder])

    def open_files(self, paths: Sequence[Path]) -> None:
        """List chosen files and folders."""
        chosen = tr("{count} chosen").format(count=len(paths))
        self._begin(chosen if len(paths) != 1 else paths[0].name, list(paths))

    def _begin(self, title: str, paths: list[Path]) -> None:
        if self._scan is not None:
            self._scan.cancel()
        self._begun = (title, tuple(paths))
        if not self.entries:
            self._take_over()
        if self._cache is None:
            from cardio_desktop.app.survey_cache import SurveyCache

            self._cache = SurveyCache(self._session.settings.cache_folder() / "worklist.sqlite", fingerprint())
        self._scan = FolderScan(paths, self)
        self._scan.found.connect(self._found)
        self._scan.failed.connect(self._scan_failed)
        self._scan.finished.connect(self._scanned)
        self._scan.start(self._jobs)
        self._tell()

    def _take_over(self) -> None:
        """Put the list that was begun in the place of the one before; an empty one never takes it."""
        if self._begun is not None:
            scan, self._scan, begun = self._scan, None, self._begun
            self.clear()
            self._scan, (self.title, self.sources) = scan, begun
            self._begun = None

    def clear(self) -> None:
        """Stop everything and empty the list."""
        self._write_cache()
        if self._scan is not None:
            self._scan.cancel()
            self._scan = None
        self.workers.cancel(self._owner)
        self.entries, self._rows, self._ends = [], {}, []
        self._unsaved.clear()
        self._paused = self._stopped = False
        self._done = self._problems = 0
        self.title, self.sources, self._begun = "", (), None
        self.restarted.emit()
        self._tell()

    def _found(self, batch: list[Found]) -> None:
        if self.sender() is not self._scan:
            return
        if batch:
            self._take_over()
        fresh = [found for found in batch if found.path not in self._rows]
        known = self._cache.get({str(f.path): self._stamp(f) for f in fresh}) if self._cache else {}
        self._session.store.load(details.key for details, _ in known.values() if details is not None and details.key)
        first = len(self.entries)
        for found in fresh:
            details, summary = known.get(str(found.path), (None, None))
            self._rows[found.path] = len(self.entries)
            entry = Entry(found, details, summary, conclusion=self._concluded(details))
            self.entries.append(entry)
            self.priors.note(entry)
            self._done += summary is not None
        if len(self.entries) == first:
            return
        self.added.emit(first, len(self.entries) - 1)
        self._ask(range(first, len(self.entries)))
        self._tell()

    def _given(self, folder: Path) -> dict[str, float | str]:
        return self._session.settings.given_options(folder)

    def _stamp(self, found: Found) -> str:
        """Return what a row's results are valid for: the file as it is, and what was entered for its folder."""
        given = self._given(found.path.parent)
        return f"{found.stamp} {sorted(given.items())}" if given else found.stamp

    def _options_given(self, folder: Path) -> None:
        """Look again at the rows of a folder that could not be used: what they lacked may be known now."""
        rows = [k for k, entry in enumerate(self.entries) if entry.problem and entry.path.parent == folder]
        for row in rows:
            self.entries[row] = replace(self.entries[row], problem="")
            self._done -= 1
            self._problems -= 1
            self.changed.emit(row)
        self._ask(rows)
        self._tell()

    def _ask(self, rows: Sequence[int]) -> None:
        """Send for what is not known yet of some rows."""
        if not self._analyze or self._stopped:
            return
        looks, surveys = [], []
        for row in rows:
            entry = self.entries[row]
            values = {"path": str(entry.path), "given": self._given(entry.path.parent)}
            if not entry.looked_at and not entry.problem:
                looks.append(Request(self._owner, LOOK, values, LOOK_RANK, row))
            if entry.waits:
                surveys.append(Request(self._owner, SURVEY, values, SURVEY_RANK, row))
        self.workers.submit([*looks, *surveys])

    def _scan_failed(self, error: CardioError) -> None:
        if self.sender() is self._scan:
            self._scan = self._begun = None
            self.said.emit(said(error))
            self._tell()

    def _scanned(self, listing: Listing | None) -> None:
        scan = self.sender()
        if scan is not None:
            scan.deleteLater()
        if scan is not self._scan:
            return
        self._scan = None
        sentences = [say(problem, language()) for problem in listing.problems[:3]] if listing else []
        if listing and listing.links:
            sentences.append(tr("Links that were not followed: {count}.").format(count=listing.links))
        title = self._begun[0] if self._begun is not None else self.title
        if (self._begun is not None or not self.entries) and not sentences:
            sentences.append(
                tr("{folder}: no ECG records were found in it; choose another folder.").format(folder=title)
            )
        self._begun = None
        if sentences:
            self.said.emit(" ".join(sentences))
        self._tell()

    # Background analysis ----------------------------------------------------------------------------------------

    @property
    def progress(self) -> Progress:
        """How far things are."""
        speed = 0.0
        if len(self._ends) >= 5 and self._ends[-1] > self._ends[0]:
            speed = (len(self._ends) - 1) / (self._ends[-1] - self._ends[0])
        return Progress(
            total=len(self.entries),
            done=self._done,
            problems=self._problems,
            scanning=self._scan is not None,
            paused=self._paused,
            stopped=self._stopped or not self._analyze,
            speed=speed,
        )

    def pause(self) -> None:
        """Start no further record for now."""
        self._paused = True
        self._ends.clear()
        self.workers.pause(self._owner, True)
        self._tell()

    def resume(self) -> None:
        """Go on after a pause, or after a cancel."""
        if self._stopped:
            self._stopped = False
            self._ask(range(len(self.entries)))
        self._paused = False
        self._ends.clear()
        self.workers.pause(self._owner, False)
        self._tell()

    def cancel(self) -> None:
        """Stop listing and analysing; what is known stays."""
        if self._scan is not None:
            self._scan.cancel()
            self._scan = None
        self.workers.cancel(self._owner)
        self._stopped = True
        self._paused = False
        self._tell()

    def prefer(self, rows: Sequence[int]) -> None:
        """Look at the rows that the reader sees before the others."""
        missing: set[object] = {row for row in rows if row < len(self.entries) and not self.entries[row].looked_at}
        if missing:
            self.workers.prefer(self._owner, missing, LOOK)

    def _answered(self, request: Request, answer: Answer) -> None:
        if request.owner is not self._owner or not isinstance(request.key, int):
            return
        row = request.key
        before = entry = self.entries[row]
        if answer.problem and request.values["given"] != self._given(entry.path.parent):
            return  # asked before the reader entered what the file lacks; it has been asked for again
        if answer.problem:
            entry = replace(entry, problem=answer.problem)
        elif request.do == LOOK:
            details = details_from(answer.result)
            entry = replace(entry, details=details, conclusion=self._concluded(details))
        else:
            entry = replace(entry, summary=summary_from(answer.result))
        self._replace(row, before, entry)

    def _replace(self, row: int, before: Entry, entry: Entry) -> None:
        self.entries[row] = entry
        related = self.priors.note(entry)
        self._unsaved.add(row)
        if not self._save.isActive():
            self._save.start()
        if before.waits and not entry.waits:
            self._done += 1
            self._problems += bool(entry.problem)
            self._ends = [*self._ends[-30:], time.monotonic()]
            self._tell()
        self.changed.emit(row)
        for path in related:  # each may have one earlier record more
            if (other := self._rows.get(path)) is not None:
                self.changed.emit(other)

    def _helpers_failed(self, sentence: str) -> None:
        self._stopped = True
        self.said.emit(sentence)
        self._tell()

    def _session_changed(self, old: State, new: State) -> None:
        # The record that is shown goes first, and what was found in it need not be worked out again.
        self.workers.hold(bool(new.busy))
        record, findings = new.record, new.findings
        if record is None or findings is None or findings is old.findings:
            return
        row = self.row_of(record.path)
        if row is not None and findings.start_s == 0 and findings.end_s >= min(record.duration_s, LONGEST_S):
            before = self.entries[row]
            self._replace(row, before, replace(before, summary=summary_of(findings), problem=""))

    # Rows -------------------------------------------------------------------------------------------------------

    def earlier(self, entry: Entry) -> list[Entry]:
        """Return the earlier records of the same patient in all folders opened so far, the latest first."""
        return self.priors.before(entry)

    def row_of(self, path: Path | None) -> int | None:
        """Return the row of a record's file, or None."""
        if path is None:
            return None
        row = self._rows.get(path)
        return self._rows.get(path.resolve()) if row is None else row

    def set_read(self, row: int, read: bool) -> None:
        """Mark a record as read, or as not read; it is remembered with the record."""
        entry = self.entries[row]
        if entry.key:
            self._session.store.set_read(entry.key, read)
            self._show_concluded(row)

    def _concluded(self, details: Details | None) -> Conclusion:
        return self._session.store.conclusion(details.key) if details and details.key else Conclusion()

    def _work_changed(self, key: str) -> None:
        for row, entry in enumerate(self.entries):
            if entry.key == key:
                self._show_concluded(row)

    def _show_concluded(self, row: int) -> None:
        entry = self.entries[row]
        conclusion = self._concluded(entry.details)
        if entry.conclusion != conclusion:
            self.entries[row] = replace(entry, conclusion=conclusion)
            self.priors.note(self.entries[row])
            self.changed.emit(row)

    def close(self) -> None:
        """Stop everything and wait until it has ended."""
        self.cancel()
        self._jobs.shut_down()
        self.workers.shut_down()
        self._write_cache()
        if self._cache is not None:
            self._cache.close()
            self._cache = None

    def _write_cache(self) -> None:
        if self._cache is not None and self._unsaved:
            entries = [self.entries[row] for row in self._unsaved if not self.entries[row].problem]
            self._cache.put([(str(e.path), self._stamp(e.found), e.details, e.summary) for e in entries])
        self._unsaved.clear()

    def _tell(self) -> None:
        self.progressed.emit(self.progress)
