"""A long record judged piece by piece in the background: heart rate, events, the network's opinion along the time."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from cardio_desktop.app.i18n import decimals, tr
from cardio_desktop.app.judged import Judged, Spans
from cardio_desktop.app.session import Session, State
from cardio_desktop.app.workers import Answer, Request, Workers
from cardio_desktop.core.findings import PATHOLOGIES
from cardio_desktop.core.record import Record
from cardio_desktop.reading.survey import MINUTE_FIELDS
from cardio_desktop.words import Remark, verbatim

PIECE_S = 300.0
"""What is judged at once: bounds the memory, and is how often results come."""
MINUTE_S = 60.0
WINDOW_S = 10.0
"""The network's windows: what one probability on the time axis stands for."""
_PER_MINUTE = round(MINUTE_S / WINDOW_S)
STRETCH = "stretch"
STRETCH_RANK = 2


@dataclass(frozen=True)
class LongEvent:
    """Something on the time axis worth looking at: a pause, a run, a fast or slow stretch (see `analysis.trend`)."""

    kind: str
    start_s: float
    end_s: float
    value: float | None = None
    unit: str = ""


class Course:
    """What is known along a record so far; NaN where nothing is known.

    `probabilities` is [class, window of `WINDOW_S`] in the order of `classes`, `rates` one value a minute for each of
    `MINUTE_FIELDS`, `ectopic_s` the times of ectopic beats by kind. `judged` says which windows were looked at,
    `reasons` why a piece (by its number) has no opinion.
    """

    def __init__(self, duration_s: float) -> None:
        self.duration_s = duration_s
        self.minutes = max(math.ceil(duration_s / MINUTE_S - 1e-9), 1)
        self.windows = self.minutes * _PER_MINUTE
        self.classes: tuple[str, ...] = ()
        self.probabilities = np.zeros((0, self.windows), np.float32)
        self.judged = np.zeros(self.windows, dtype=bool)
        self.rates = {name: np.full(self.minutes, np.nan, np.float32) for name in MINUTE_FIELDS}
        self.events: list[LongEvent] = []
        self.ectopic_s: dict[str, NDArray[np.float64]] = {}
        self.reasons: dict[int, Remark] = {}
        self.pieces: set[int] = set()

    def of(self, code: str) -> NDArray[np.float32]:
        """Return the probability of a class in each window, NaN where the network gave no opinion."""
        if code not in self.classes:
            return np.full(self.windows, np.nan, np.float32)
        return np.asarray(self.probabilities[self.classes.index(code)])

    def pathologies(self) -> dict[str, NDArray[np.float32]]:
        """Return the greatest probability of each pathology in each minute, NaN where there is no opinion."""
        found = {}
        for code in self.classes:
            if code in PATHOLOGIES:
                found[code] = np.asarray(np.fmax.reduce(self.of(code).reshape(self.minutes, _PER_MINUTE), axis=1))
        return found

    def told(self) -> Judged:
        """Return what was judged so far, where the network said nothing, and the likeliest pathology of all."""
        known = [(code, self.of(code)) for code in self.classes if code in PATHOLOGIES]
        known = [(code, values) for code, values in known if np.isfinite(values).any()]
        peaks = ((float(np.nanmax(values)), code, int(np.nanargmax(values))) for code, values in known)
        best = max(peaks, default=None)
        heard = np.isfinite(self.probabilities).any(axis=0) if self.classes else np.zeros(self.windows, dtype=bool)
        return Judged(
            self._spans(self.judged),
            tuple(span for span in self._spans(self.judged & ~heard) if span[1] - span[0] >= WINDOW_S),  # no mere tail
            (best[1], best[0], best[2] * WINDOW_S) if best is not None else None,
        )

    def _spans(self, which: NDArray[np.bool_]) -> Spans:
        """Return from where to where windows lie that are `which`, in s of the record."""
        edges = np.flatnonzero(np.diff(np.concatenate(([False], which, [False])).astype(np.int8)))
        ends_s = WINDOW_S * edges.reshape(-1, 2)
        spans = ((float(low_s), min(float(high_s), self.duration_s)) for low_s, high_s in ends_s)
        return tuple((low_s, high_s) for low_s, high_s in spans if high_s > low_s)

    def take_windows(self, classes: tuple[str, ...], windows: Iterable[Sequence[float]]) -> None:
        """Enter probabilities of windows (start_s, end_s, one for each class)."""
        if classes and not self.classes:
            self.classes = classes
            self.probabilities = np.full((len(classes), self.windows), np.nan, np.float32)
        for start_s, end_s, *values in windows:
            k = min(int((start_s + end_s) / 2 // WINDOW_S), self.windows - 1)
            self.probabilities[:, k] = np.fmax(self.probabilities[:, k], np.asarray(values, np.float32))

    def take(self, piece: int, result: Mapping[str, Any]) -> None:
        """Enter what was found in one piece."""
        first = round(piece * PIECE_S / MINUTE_S)
        self.take_windows(tuple(result["classes"]), result["windows"])
        per_piece = round(PIECE_S / WINDOW_S)
        self.judged[piece * per_piece : (piece + 1) * per_piece] = True
        for name in MINUTE_FIELDS:
            values = np.array([np.nan if v is None else v for v in result[name]], np.float32)[: self.minutes - first]
            self.rates[name][first : first + values.size] = values
        self.events += [LongEvent(*event) for event in result["events"]]
        self.events.sort(key=lambda event: event.start_s)
        for kind, times_s in result["ectopic_s"].items():
            known = self.ectopic_s.get(kind, np.zeros(0))
            self.ectopic_s[kind] = np.sort(np.concatenate((known, np.asarray(times_s, np.float64))))
        if result["reason"]:
            self.reasons[piece] = Remark.of(result["reason"])
        self.pieces.add(piece)


class LongAnalysis(QObject):
    """Judges the session's record from end to end when asked to, in helpers; the results of a record that was left go.

    `changed()` tells new results or another record, `said(sentence)` what the reader should know.
    """

    changed = Signal()
    said = Signal(str)

    def __init__(self, session: Session, workers: Workers, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._workers = workers
        self._owner = object()
        self._record: Record | None = None
        self._total = 0
        self._failed = 0
        self._place = -1
        self.running = False
        self.course: Course | None = None
        workers.answered.connect(self._answered)
        workers.failed.connect(self._helpers_failed)
        session.changed.connect(self._session_changed)

    @property
    def done(self) -> int:
        """How many pieces are done."""
        return len(self.course.pieces) if self.course else 0

    @property
    def total(self) -> int:
        """How many pieces the record has; 0 before it was asked for."""
        return self._total

    @property
    def percent(self) -> int:
        """How much is done."""
        return round(100 * self.done / self._total) if self._total else 0

    def start(self) -> None:
        """Judge what has not been judged yet, from the piece that is shown onwards and then from the beginning."""
        record = self._session.state.record
        if record is None or self.running:
            return
        if self.course is None or record is not self._record:
            self._record = record
            self.course = Course(record.duration_s)
        self._total = max(math.ceil(record.duration_s / PIECE_S - 1e-9), 1)
        here = int(self._session.state.viewport.start_s // PIECE_S)
        order = [*range(here, self._total), *range(here)]
        wanted = [piece for piece in order if piece not in self.course.pieces]
        self._failed = 0
        self.running = bool(wanted)
        self._workers.submit([self._request(record.path, record.duration_s, piece) for piece in wanted])
        self.changed.emit()

    def _request(self, path: Path, duration_s: float, piece: int) -> Request:
        start_s = piece * PIECE_S
        values = {
            "path": str(path),
            "start_s": start_s,
            "end_s": min(start_s + PIECE_S, duration_s),
            "given": self._session.settings.given_options(path.parent),
        }
        return Request(self._owner, STRETCH, values, STRETCH_RANK, piece)

    def toggle(self) -> None:
        """Start judging the whole record, or stop it."""
        if self.running:
            self.cancel()
        else:
            self.start()

    def cancel(self) -> None:
        """Stop; what has been found stays."""
        self._workers.cancel(self._owner)
        if self.running:
            self.running = False
            self.changed.emit()

    def next_worst(self, direction: int) -> tuple[int, int, float, str] | None:
        """Return (place, count, start in s, why) of the next minute in the order of badness; None where there is none.

        The first is the worst; after the last comes the first again.
        """
        minutes = self.worst_minutes()
        if not minutes:
            return None
        self._place = max((self._place + direction) % len(minutes), 0) if self._place >= 0 or direction > 0 else 0
        return self._place + 1, len(minutes), *minutes[self._place]

    def worst_minutes(self) -> list[tuple[float, str]]:
        """Return (start in s, why) of the minutes worth seeing first, the worst first.

        By the greatest probability of a pathology; where the network gave no opinion, by pauses, the longest first, and
        then by the share of ectopic beats.
        """
        course = self.course
        if course is None:
            return []
        by_class = course.pathologies()
        if by_class:
            table = np.stack(list(by_class.values()))
            highest = np.fmax.reduce(table, axis=0)
            known = np.flatnonzero(np.isfinite(highest))
            if known.size:
                order = known[np.argsort(-highest[known], kind="stable")]
                codes = list(by_class)
                return [
                    (float(m * MINUTE_S), f"{codes[int(np.nanargmax(table[:, m]))]} {100 * highest[m]:.0f} %")
                    for m in order
                ]
        pauses = sorted((e for e in course.events if e.kind == "pause"), key=lambda e: -(e.value or 0.0))
        found = [
            (e.start_s // MINUTE_S * MINUTE_S, tr("pause of {s} s").format(s=decimals(f"{e.value:.1f}")))
            for e in pauses
        ]
        share = np.nan_to_num(course.rates["ectopic"])
        for minute in np.argsort(-share, kind="stable"):
            if share[minute] > 0:
                words = tr("{percent} % ectopic beats").format(percent=f"{100 * share[minute]:.0f}")
                found.append((float(minute * MINUTE_S), words))
        return list({start_s: (start_s, why) for start_s, why in reversed(found)}.values())[::-1]

    def _answered(self, request: Request, answer: Answer) -> None:
        if request.owner is not self._owner or self.course is None or not isinstance(request.key, int):
            return
        if answer.problem:
            self._failed += 1
            self.course.pieces.add(request.key)
            self.course.reasons[request.key] = verbatim(answer.problem)
            if self._failed == 1:
                self.said.emit(answer.problem)
        else:
            self.course.take(request.key, answer.result)
        if self.running and self.done >= self._total:
            self.running = False
        if self._record is not None:
            self._session.note_judged(self._record, self.course.told())
        self.changed.emit()

    def _helpers_failed(self, sentence: str) -> None:
        if self.running:
            self.running = False
            self.said.emit(sentence)
            self.changed.emit()

    def _session_changed(self, old: State, new: State) -> None:
        if old.record is not new.record:
            self._workers.cancel(self._owner)
            self._record, self.course, self._total, self.running, self._place = None, None, 0, False, -1
            self.changed.emit()

    def take_over(self, other: LongAnalysis) -> None:
        """Keep what another window has found in the record that this one shows now, and go on where it was going on."""
        record = self._session.state.record
        if record is None or record is not other._record or other.course is None:
            return
        self._record, self.course, self._total = record, other.course, other._total
        self._session.note_judged(record, other.course.told())
        if other.running:
            other.cancel()
            self.start()
        self.changed.emit()

    def close(self) -> None:
        """Stop everything."""
        self._workers.cancel(self._owner)
        self.running = False
