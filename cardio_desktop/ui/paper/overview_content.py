"""What the overview of a long record shows: one lead, rate, events and the network's opinion."""

from __future__ import annotations

import numpy as np

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.long_analysis import MINUTE_S, WINDOW_S, Course
from cardio_desktop.app.session import State
from cardio_desktop.app.terms import term
from cardio_desktop.core.beat_kinds import BeatKind
from cardio_desktop.core.colors import BEAT_MARK
from cardio_desktop.core.errors import CardioError
from cardio_desktop.core.findings import PATHOLOGIES, Findings
from cardio_desktop.core.pyramid import LONG_LEAD
from cardio_desktop.core.record import Annotation, Record
from cardio_desktop.render.overview import (
    EVENT_COLORS,
    Mark,
    Overview,
)

_NORMAL_SYMBOLS = frozenset({"N", "·", ".", "+", ""})


def event_words(kind: str) -> str:
    """Return the name of a kind of event."""
    return {
        "pause": tr("pause"),
        "couplet": tr("couplet"),
        "ventricular run": tr("ventricular run"),
        "supraventricular run": tr("supraventricular run"),
        "bigeminy": tr("bigeminy"),
        "fast": tr("fast"),
        "slow": tr("slow"),
        "ventricular flutter": tr("ventricular flutter or fibrillation"),
    }.get(kind, kind)


def class_of(state: State) -> str | None:
    """Return the class that the network's lane shows, None or "" for the most probable pathology of each window."""
    return state.evidence_class or state.viewport.evidence_class


def envelope_lead(record: Record) -> str:
    """Return the lead that the bar shows: II, or whatever comes first."""
    return "II" if "II" in record.traces else next(iter(record.drawable), "")


def build_overview(state: State, record: Record, course: Course | None, columns: int) -> Overview:
    """Put together what is known of a record from end to end."""
    findings, course = state.shown, None if state.hidden else course
    seen = _from_findings(record, findings) if course is None else course
    code = class_of(state)
    times, pairs = _envelope(state, record, columns)
    rates = seen.rates["rate_bpm"] if seen is not None else None
    known = rates is not None and bool(np.isfinite(rates).any())
    minutes = (np.arange(seen.minutes) + 0.5) * MINUTE_S if seen is not None else None
    if seen is None or not seen.classes or state.hidden:
        opinion, name = None, tr("Opinion")
    elif code in seen.classes:
        opinion, name = seen.of(code), code
    else:
        rows = [seen.of(one) for one in seen.classes if one in PATHOLOGIES]
        opinion, name = np.fmax.reduce(np.stack(rows), axis=0), tr("Any")
    judged = seen.judged if seen is not None else None
    start = record.start_time
    return Overview(
        duration_s=record.duration_s,
        rate_times_s=minutes if known else None,
        rate_bpm=rates if known else None,
        envelope_s=times,
        envelope_mv=pairs,
        envelope_lead=envelope_lead(record),
        opinion=opinion,
        judged=judged if opinion is not None else None,
        opinion_s=WINDOW_S,
        opinion_name=name,
        marks=(
            *_ectopic_marks(course, record, columns),
            *_event_marks(course),
            *_flag_marks(findings, code),
            *_file_marks(record.annotations),
        ),
        gaps=tuple((gap.start_s, gap.end_s) for gap in record.gaps),
        words={
            "rate": tr("Rate"),
            "events": tr("Events"),
            "no_rate": tr("heart rate: not analysed"),
            "no_opinion": tr("hidden until you ask for the findings")
            if state.hidden
            else _why_no_opinion(course, findings),
        },
        clock_start_s=start.hour * 3600.0 + start.minute * 60 + start.second if start else None,
    )


def _why_no_opinion(course: Course | None, findings: Findings | None) -> str:
    """Return why nothing stands in the network's lane."""
    if course is not None and course.reasons:
        return tr("network: {reason}").format(reason=term(next(iter(course.reasons.values()))))
    if findings is not None and findings.prediction is None:
        return tr("network: {reason}").format(reason=term(findings.risk.reason))
    return tr("network: not asked")


def _from_findings(record: Record, findings: Findings | None) -> Course | None:
    """Return the course of the part that was analysed when the record was opened."""
    if findings is None:
        return None
    course = Course(record.duration_s)
    if findings.prediction is not None:
        codes = tuple(score.code for score in findings.prediction.classes)
        course.take_windows(
            codes,
            [
                (w.start_s, w.end_s, *(w.probabilities.get(c, np.nan) for c in codes))
                for w in findings.prediction.windows
            ],
        )
    first, last = int(findings.start_s // WINDOW_S), int(-(-findings.end_s // WINDOW_S))
    course.judged[first:last] = True
    times = np.array([beat.time_s for beat in findings.beats])
    if times.size > 2:
        rr = np.diff(times)
        place = (times[1:] // MINUTE_S).astype(int)
        for minute in np.unique(place[place < course.minutes]):
            course.rates["rate_bpm"][minute] = 60.0 / float(np.median(rr[place == minute]))
    return course


def _envelope(state: State, record: Record, columns: int) -> tuple[np.ndarray | None, np.ndarray | None]:
    name = envelope_lead(record)
    if not name:
        return None, None
    lead = record.traces[name]
    length = len(lead)
    if length > LONG_LEAD:
        pyramid = dict(state.pyramids).get(name)
        found = pyramid.envelope(0, length, columns) if pyramid else None
        if found is None:
            return None, None
        first, size, pairs = found
        starts = (first + np.arange(len(pairs))) * size
    else:
        try:
            values = lead.millivolts()
        except CardioError:  # the paper says so
            return None, None
        if not length:
            return None, None
        starts = np.unique(np.linspace(0, length, min(columns, length), endpoint=False).astype(np.int64))
        pairs = np.stack((np.fmin.reduceat(values, starts), np.fmax.reduceat(values, starts)), axis=1)
    pixel = (starts * columns // max(length, 1)).astype(np.int64)
    edges = np.flatnonzero(np.diff(pixel, prepend=-1))
    low, high = np.fmin.reduceat(pairs[:, 0], edges), np.fmax.reduceat(pairs[:, 1], edges)
    return starts[edges] / lead.rate_hz, np.stack((low, high), axis=1)


def _event_marks(course: Course | None) -> list[Mark]:
    marks = []
    for event in course.events if course else ():
        value = "" if event.value is None else f" {event.value:.{1 if event.unit == 's' else 0}f} {event.unit}"
        words = f"{event_words(event.kind)}{value}"
        marks.append(Mark(event.start_s, event.end_s, EVENT_COLORS.get(event.kind, BEAT_MARK), 0, words))
    return marks


def _ectopic_marks(course: Course | None, record: Record, columns: int) -> list[Mark]:
    """Return ectopic beats, those that share a pixel as one stroke."""
    marks = []
    for kind, times_s in course.ectopic_s.items() if course else ():
        column = (times_s * columns / record.duration_s).astype(int)
        first = np.flatnonzero(np.diff(column, prepend=-1))
        counts = np.diff(np.append(first, len(column)))
        one = tr("ventricular beat") if kind == BeatKind.VENTRICULAR else tr("supraventricular beat")
        for k, count in zip(first, counts, strict=True):
            end_s = float(times_s[k + count - 1])
            words = one if count == 1 else f"{one} × {count}"
            marks.append(Mark(float(times_s[k]), end_s, EVENT_COLORS.get(kind, BEAT_MARK), 0, words))
    return marks


def _flag_marks(findings: Findings | None, code: str | None) -> list[Mark]:
    marks = []
    for beat in findings.flagged if findings else ():
        if any(flag.code == code for flag in beat.flags):
            words = tr("beat with network evidence for {code}").format(code=code)
            marks.append(Mark(beat.time_s, beat.time_s, EVENT_COLORS["flag"], 0, words))
    return marks


def _file_marks(annotations: tuple[Annotation, ...]) -> list[Mark]:
    """Return the file's own marks but for ordinary beats."""
    marks = []
    for mark in annotations:
        if mark.kind == "beat" and mark.symbol in _NORMAL_SYMBOLS:
            continue
        if mark.kind == "wave":
            continue
        words = tr("in the file: {words}").format(words=" ".join(p for p in (mark.symbol, mark.text) if p))
        marks.append(Mark(mark.time_s, mark.time_s + mark.duration_s, EVENT_COLORS["file"], 1, words))
    return marks
