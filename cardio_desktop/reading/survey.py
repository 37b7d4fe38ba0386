"""Many records in short: what a worklist shows of each, worked out by processes of their own.

The window must answer while thousands of records are analysed, and a file that brings a decoder down must not bring
the window down with it. So this work runs in helpers: the program started again with `WORKER_FLAG`, one JSON object a
line in each direction. A helper ends when its input does, so none outlives the window.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from cardio_desktop import __version__
from cardio_desktop.core.beat_kinds import ECTOPIC
from cardio_desktop.core.errors import CardioError, one_line
from cardio_desktop.core.events import Event
from cardio_desktop.core.findings import Findings
from cardio_desktop.core.person import Person, person_of
from cardio_desktop.core.record import Record
from cardio_desktop.core.record_key import content_key
from cardio_desktop.paths import asset
from cardio_desktop.reading.told import Told, told_from, told_of
from cardio_desktop.words import Remark

if TYPE_CHECKING:
    from cardio_desktop.reading.pipeline import Survey

WORKER_FLAG = "--survey-worker"
SCHEMA = 5
MOST_CRITICAL = 12
"""So many critical events of one record are kept for a list, the most urgent."""
THUMBNAIL_S = 10.0
THUMBNAIL_COLUMNS = 120
THUMBNAIL_STEP_MV = 0.025
_NO_SAMPLE = -128
_LIKELY = 0.5
SEAM_S = 30.0
JUDGED_S = 60.0
"""How much of a long record is refused together where its signal is unusable: six windows of the network."""
MINUTE_FIELDS = ("rate_bpm", "slowest_bpm", "fastest_bpm", "ectopic", "ventricular")


@dataclass(frozen=True)
class Details:
    """What a file says of its record, without any analysis.

    `thumbnail` holds `THUMBNAIL_COLUMNS` pairs (min, max) of int8 in steps of `THUMBNAIL_STEP_MV`, as base64; -128
    where there is no sample.
    """

    patient: str = ""
    sex: str = ""
    age_years: float | None = None
    start_time: str = ""
    duration_s: float = 0.0
    rate_hz: float = 0.0
    leads: int = 0
    simulated: bool = False
    thumbnail: str = ""
    thumbnail_lead: str = ""
    key: str = ""
    """What the reader's work on the record is kept under (see `core.record_key`)."""
    person: Person = field(default_factory=Person)
    """Who the patient is, to find other records of the same."""


@dataclass(frozen=True)
class Summary:
    """What the analysis found, as far as a list shows it; probabilities are calibrated, `analysed_s` is how much."""

    tier: str
    reason: Mapping[str, Any]
    """Why it has this tier: a remark as `Remark.plain` makes it."""
    heart_rate_bpm: float | None = None
    probabilities: Mapping[str, float] = field(default_factory=dict)
    statements: tuple[tuple[str, str, float], ...] = ()
    analysed_s: float = 0.0
    critical: tuple[Event, ...] = ()
    """What is said first, the most urgent first."""
    told: Told = field(default_factory=Told)
    """Conclusion, rhythm and what is not normal, in short."""

    @property
    def why(self) -> Remark:
        """Why it has this tier."""
        return Remark.of(self.reason)

    @property
    def highest(self) -> float:
        """The greatest probability of a class that is not NORM; 0 where the network gave no opinion."""
        return max((p for code, p in self.probabilities.items() if code != "NORM"), default=0.0)


def details_of(record: Record) -> Details:
    """Return what the list shows of a record that has been opened."""
    patient = record.patient
    lead, pairs = thumbnail_of(record)
    return Details(
        patient=patient.name or patient.id or "",
        sex=patient.sex or "",
        age_years=patient.age_years,
        start_time=start_text(record),
        duration_s=record.duration_s,
        rate_hz=record.rate_hz,
        leads=len(record.drawable),
        simulated=record.simulated,
        thumbnail=base64.b64encode(pairs.tobytes()).decode("ascii") if pairs is not None else "",
        thumbnail_lead=lead,
        key=content_key(record),
        person=person_of(record),
    )


def start_text(record: Record) -> str:
    """Return when a record was made, "" where its file does not tell; later ones sort after earlier ones."""
    return record.start_time.isoformat(sep=" ", timespec="minutes") if record.start_time else ""


def thumbnail_of(record: Record) -> tuple[str, NDArray[np.int8] | None]:
    """Return a lead's name (II where there is one) and its first ten seconds as int8 [column, (min, max)]."""
    name = "II" if "II" in record.traces else next(iter(record.drawable), "")
    if not name:
        return "", None
    lead = record.traces[name]
    values = lead.between(0.0, THUMBNAIL_S)[1]
    whole = max(round(THUMBNAIL_S * lead.rate_hz), 1)
    padded = np.full(whole, np.nan)
    padded[: min(values.size, whole)] = values[:whole]
    if whole < THUMBNAIL_COLUMNS:
        padded = np.repeat(padded, -(-THUMBNAIL_COLUMNS // whole))
        whole = padded.size
    edges = np.linspace(0, whole, THUMBNAIL_COLUMNS, endpoint=False).astype(np.int64)
    pairs = np.stack((np.fmin.reduceat(padded, edges), np.fmax.reduceat(padded, edges)), axis=1)
    steps = np.clip(np.round(pairs / THUMBNAIL_STEP_MV), _NO_SAMPLE + 1, 127)
    return name, np.where(np.isnan(steps), _NO_SAMPLE, steps).astype(np.int8)


def thumbnail_mv(details: Details) -> NDArray[np.float64]:
    """Return the thumbnail of `details` as millivolts [column, (min, max)], NaN where there is no sample."""
    steps = np.frombuffer(base64.b64decode(details.thumbnail), dtype=np.int8).reshape(-1, 2)
    return np.where(steps == _NO_SAMPLE, np.nan, steps * THUMBNAIL_STEP_MV)


def summary_of(findings: Findings | Survey) -> Summary:
    """Return the summary of an analysis, or of a survey, which finds the same."""
    prediction = findings.prediction
    likely = sorted(
        (s for s in (prediction.statements if prediction else ()) if s.probability >= _LIKELY),
        key=lambda s: -s.probability,
    )
    return Summary(
        tier=findings.risk.tier.value,
        reason=findings.risk.reason.plain(),
        heart_rate_bpm=findings.measurements.heart_rate_bpm,
        probabilities={s.code: round(s.probability, 4) for s in prediction.classes} if prediction else {},
        statements=tuple((s.code, s.description, round(s.probability, 3)) for s in likely[:8]),
        analysed_s=findings.end_s - findings.start_s,
        critical=findings.critical[:MOST_CRITICAL],
        told=told_of(findings.sentences, findings.rhythm, findings.measurements),
    )


def fingerprint() -> str:
    """Return what tells whether an older result still holds: program, models and the form of the results."""
    digest = hashlib.sha256(f"{__version__} {SCHEMA}".encode())
    for file in sorted(asset("model_assets").iterdir()):
        status = file.stat()
        digest.update(f" {file.name} {status.st_size} {status.st_mtime_ns}".encode())
    return digest.hexdigest()[:24]


# JSON ---------------------------------------------------------------------------------------------------------------


def details_from(values: Mapping[str, Any]) -> Details:
    """Return `Details` from plain JSON values; TypeError where they do not fit."""
    return Details(**{**values, "person": Person(**values.get("person", {}))})


def summary_from(values: Mapping[str, Any]) -> Summary:
    """Return `Summary` from plain JSON values; TypeError, KeyError or ValueError where they do not fit."""
    statements = tuple((str(code), str(words), float(p)) for code, words, p in values.get("statements", ()))
    critical = tuple(Event(**{**event, "leads": tuple(event["leads"])}) for event in values.get("critical", ()))
    told = told_from(values.get("told", {}))
    found = Summary(**{**values, "statements": statements, "critical": critical, "told": told})
    Remark.of(found.reason)
    return found


# The helper ---------------------------------------------------------------------------------------------------------


def answer(request: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answer to one request: {"id", "result"} or {"id", "error": {"kind", "message"}}."""
    try:
        return {"id": request["id"], "result": _WORK[request["do"]](request)}
    except CardioError as error:
        return {
            "id": request["id"],
            "error": {"kind": error.kind, "message": str(error), "remark": error.remark.plain()},
        }
    except MemoryError:
        name = one_line(Path(str(request.get("path", ""))).name)
        return {"id": request["id"], "error": {"kind": "memory", "message": f"{name}: not enough memory to read it."}}
    except Exception as error:
        if os.environ.get("CARDIO_DEBUG"):
            raise
        name = one_line(Path(str(request.get("path", ""))).name)
        said = one_line(f"{type(error).__name__}: {error}", 200)
        message = f"{name}: a fault of the program ({said}); please report it."
        return {"id": request["id"], "error": {"kind": "internal", "message": message}}


def _look(request: Mapping[str, Any]) -> dict[str, Any]:
    return asdict(details_of(_opened(str(request["path"]), _given(request))))


def _survey(request: Mapping[str, Any]) -> dict[str, Any]:
    from cardio_desktop.reading.pipeline import survey

    return asdict(summary_of(survey(_opened(str(request["path"]), _given(request)), _models())))


def _stretch(request: Mapping[str, Any]) -> dict[str, Any]:
    """Judge a piece of a long record: rates by the minute, events, and the network's opinion in windows of ten seconds.

    Beats are looked for a little beyond both ends, so that a pause or run over a seam is found in the piece in which it
    begins.
    """
    from cardio_desktop.analysis.beat_events import beat_events
    from cardio_desktop.analysis.trend import heart_rate_trend
    from cardio_desktop.reading.opinion import opinion_on
    from cardio_desktop.reading.passage import beats_of, part_of

    record = _kept(str(request["path"]), tuple(sorted(_given(request).items())))
    start_s, end_s = float(request["start_s"]), float(request["end_s"])
    low_s, high_s = max(start_s - SEAM_S, 0.0), min(end_s + SEAM_S, record.duration_s)
    passage = beats_of(record, low_s, high_s)
    beats, gaps = passage.beats, passage.gaps
    trend = heart_rate_trend([b for b in beats if start_s <= b.time_s < end_s], start_s, end_s, gaps)
    events = [event for event in beat_events(beats, gaps, passage.flutter_s) if start_s <= event.start_s < end_s]
    windows: list[list[float]] = []
    classes: tuple[str, ...] = ()
    reasons: list[Remark] = []
    at_s = start_s
    while at_s < end_s:
        until_s = min(at_s + JUDGED_S, end_s)
        until_s = end_s if end_s - until_s < JUDGED_S / 6 else until_s
        opinion = opinion_on(part_of(passage, at_s, until_s), _models())
        if opinion.prediction is None:
            reasons.append(opinion.risk.reason)
        else:
            classes = tuple(score.code for score in opinion.prediction.classes)
            windows += [
                [round(w.start_s, 3), round(w.end_s, 3), *(round(w.probabilities[c], 4) for c in classes)]
                for w in opinion.prediction.windows
            ]
        at_s = until_s
    return {
        "classes": list(classes),
        "windows": windows,
        "events": [_event_row(event) for event in events if event.code in EVENT_KINDS],
        "reason": reasons[0].plain() if reasons else None,
        "ectopic_s": {
            kind: [round(b.time_s, 3) for b in beats if b.kind == kind and start_s <= b.time_s < end_s]
            for kind in ECTOPIC
        },
        **{name: [None if np.isnan(v) else round(float(v), 4) for v in getattr(trend, name)] for name in MINUTE_FIELDS},
    }


def _piece(request: Mapping[str, Any]) -> dict[str, Any]:
    """Read a piece of a long record as a Holter reader's report needs it."""
    from cardio_desktop.reading.day_piece import read_piece

    record = _kept(str(request["path"]), tuple(sorted(_given(request).items())))
    return read_piece(record, _models(), float(request["start_s"]), float(request["end_s"])).plain()


EVENT_KINDS = {
    "VF": "ventricular flutter",
    "VT": "ventricular run",
    "WCT": "ventricular run",
    "VE_RUN": "ventricular run",
    "SVE_RUN": "supraventricular run",
    "PAUSE": "pause",
    "ASYSTOLE": "pause",
    "COUPLET": "couplet",
    "BIGEMINY": "bigeminy",
    "TACHY": "fast",
    "BRADY": "slow",
}
"""Code of an event -> what the long record's axis calls it; others are not shown there."""


def _event_row(event: Event) -> list[Any]:
    """Return an event as the window reads it: kind, start, end, value and unit of what is told of it."""
    value: float | None
    if "rate_bpm" in event.values:
        value, unit = event.values["rate_bpm"], "bpm"
    else:
        value, unit = (event.length_s, "s") if event.code in ("PAUSE", "ASYSTOLE") else (None, "")
    return [EVENT_KINDS[event.code], event.start_s, event.end_s, value, unit]


_WORK: dict[str, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
    "look": _look,
    "survey": _survey,
    "stretch": _stretch,
    "piece": _piece,
}


def _given(request: Mapping[str, Any]) -> dict[str, float | str]:
    """Return what the reader entered for tables of numbers that do not say it themselves."""
    given = request.get("given") or {}
    return {str(name): value for name, value in given.items() if isinstance(value, int | float | str)}


def _opened(path: str, given: Mapping[str, float | str]) -> Record:
    from cardio_desktop.io import open_given

    return open_given(path, given=given)


@lru_cache(maxsize=1)
def _kept(path: str, given: tuple[tuple[str, float | str], ...]) -> Record:
    """Open a record once for many pieces; its reader notices if the file changes."""
    return _opened(path, dict(given))


@cache
def _models() -> Any:
    """Load the models once, for one thread: there is a helper for each core."""
    from cardio_desktop.reading.pipeline import load_models

    return load_models(threads=1)


def serve(stdin: BinaryIO, stdout: BinaryIO) -> int:
    """Answer requests line by line until the input ends; returns the exit status."""
    for line in stdin:
        made = answer(json.loads(line))
        try:
            stdout.write(json.dumps(made, allow_nan=False).encode() + b"\n")
            stdout.flush()
        except OSError:
            return 0  # the window has gone
    return 0


def main() -> int:
    """Run as a helper: with low priority, and with standard output kept for answers alone."""
    _step_back()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return serve(sys.stdin.buffer, answers)


def _step_back() -> None:
    """Leave the processor to the window."""
    if sys.platform == "win32":
        import ctypes

        below_normal = 0x4000
        ctypes.windll.kernel32.SetPriorityClass(ctypes.windll.kernel32.GetCurrentProcess(), below_normal)
    else:
        os.nice(10)


if __name__ == "__main__":
    sys.exit(main())
