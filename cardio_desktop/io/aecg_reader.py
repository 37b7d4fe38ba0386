"""HL7 annotated ECG (aECG): rhythm leads on their time axis; the representative beat goes to what the device said.

Source: HL7 v3 Annotated ECG, schema PORT_MT020001, and its implementation guide (2005). Namespaces and prefixes are
ignored, because devices write them in every way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from xml.etree.ElementTree import Element

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.core.errors import ReadError, one_line
from cardio_desktop.core.leads import canonical_lead
from cardio_desktop.core.record import Channel, Gap, Patient, Record
from cardio_desktop.core.stored import StoredBeat
from cardio_desktop.io.aecg_stored import moment, seconds, stored_and_marks
from cardio_desktop.io.parts import (
    MAX_CHANNELS,
    age_in_years,
    day_of,
    interval_rate_hz,
    joined,
    make_channel,
    make_patient,
    to_millivolts,
    uncovered,
)
from cardio_desktop.io.xml import child, integers, number, parse_xml, text_of
from cardio_desktop.words import Remark

MAX_SAMPLES = 20_000_000
_LEAD = re.compile(r"(?:MDC_ECG_)?(?:LEAD_)?(.+)", re.IGNORECASE)


@dataclass(frozen=True)
class Sequence:
    """One lead of one sequence set; physical value = (count - baseline) x unit_per_count, in `unit`."""

    label: str
    start_s: float
    rate_hz: float
    counts: NDArray[np.int32]
    unit: str
    unit_per_count: float
    baseline: float


def read_aecg(path: Path) -> Record:
    """Return the record in an HL7 aECG document; raises ReadError."""
    root = parse_xml(path)
    if root.tag != "AnnotatedECG":
        raise ReadError(path, Remark("no-aecg", {"text": root.tag}), Remark("export-aecg"))
    series = _rhythm(path, root)
    sequences, head = _sequences(path, series)
    if not sequences:
        raise ReadError(path, Remark("series-no-leads"), Remark("export-waves"))
    origin_s = min(sequence.start_s for sequence in sequences)
    channels, gaps = _channels(path, sequences, origin_s)
    low = child(series, "effectiveTime", "low")
    start = (head + timedelta(seconds=origin_s)) if head else moment(low.get("value", "") if low is not None else "")
    derived = child(series, "derivation", "derivedSeries")
    stored, marks = stored_and_marks(series, derived, head, start, _beat(path, derived), _comments(root))
    duration_s = max(channel.duration_s for channel in channels)
    return Record(
        path=path,
        format="HL7 aECG",
        channels=channels,
        start_time=start,
        patient=_patient(root, start),
        annotations=tuple(mark for mark in marks if 0 <= mark.time_s <= duration_s),
        gaps=gaps,
        device=stored.device,
        simulated="simulated" in text_of(root, "text").casefold(),
        stored=stored,
    )


def _rhythm(path: Path, root: Element) -> Element:
    """Return the series of the rhythm leads: the one that is called so, else the only kind there is."""
    found = [series for component in root.findall("component") for series in component.findall("series")]
    if not found:
        raise ReadError(path, Remark("no-series"), Remark("export-waves"))
    named = [s for s in found if (code := child(s, "code")) is not None and code.get("code") == "RHYTHM"]
    return (named or found)[0]


def _sequences(path: Path, series: Element) -> tuple[list[Sequence], datetime | None]:
    """Return the leads of a series and the moment from which their times count, if it is told."""
    found: list[Sequence] = []
    head: datetime | None = None
    total = 0
    for component in series.findall("component"):
        for sequence_set in component.findall("sequenceSet"):
            parts = [s for c in sequence_set.findall("component") for s in c.findall("sequence")]
            if len(parts) > MAX_CHANNELS:
                raise ReadError(path, Remark("claims-leads", {"leads_claimed": len(parts)}), Remark("export-again"))
            start_s, rate_hz, moved = _axis(path, parts, head)
            head = head or moved
            for part in parts:
                name = _code(part)
                if name.startswith("TIME_"):
                    continue
                sequence = _sequence(path, part, name, start_s, rate_hz)
                total += len(sequence.counts)
                if total > MAX_SAMPLES:
                    raise ReadError(path, Remark("too-many-samples", {"most": MAX_SAMPLES}), Remark("export-edf"))
                found.append(sequence)
    return found, head


def _axis(path: Path, parts: list[Element], head: datetime | None) -> tuple[float, float, datetime | None]:
    """Return the start on the record's axis, the rate and the moment of the axis of a sequence set."""
    for part in parts:
        if not _code(part).startswith("TIME_"):
            continue
        first, step = child(part, "value", "head"), child(part, "value", "increment")
        step_s = seconds(step)
        if step is None or not step_s or not 1e-6 <= step_s <= 1.0:
            break
        digits = re.sub(r"[^0-9]", "", step.get("value", "").partition(".")[2].rstrip("0"))
        rate_hz = interval_rate_hz(step_s, 0.5 * step_s / (number(step.get("value")) or 1.0) * 10.0 ** -len(digits))
        begins = moment(first.get("value", "")) if first is not None and _code(part) == "TIME_ABSOLUTE" else None
        if begins:
            return ((begins - (head or begins)).total_seconds(), rate_hz, head or begins)
        return (seconds(first) or 0.0 if _code(part) == "TIME_RELATIVE" else 0.0), rate_hz, None
    raise ReadError(path, Remark("no-rate-told"), Remark("export-again"))


def _code(element: Element) -> str:
    code = child(element, "code")
    return code.get("code", "").strip() if code is not None else ""


def _sequence(path: Path, part: Element, name: str, start_s: float, rate_hz: float) -> Sequence:
    label = _label(name)
    origin, scale, digits = (child(part, "value", tag) for tag in ("origin", "scale", "digits"))
    if scale is None or digits is None:
        raise ReadError(path, Remark("lead-no-scaled-list", {"label": label}), Remark("export-again"))
    unit, per_count = scale.get("unit", ""), number(scale.get("value"))
    if not per_count:
        raise ReadError(
            path,
            Remark("lead-scale", {"label": label, "text": scale.get("value") or "nothing"}),
            Remark("export-again"),
        )
    offset = number(origin.get("value")) if origin is not None else 0.0
    if offset is None:
        raise ReadError(path, Remark("lead-zero-line", {"label": label}), Remark("export-again"))
    if offset and origin is not None:
        what = Remark("the-lead", {"label": label})
        offset *= to_millivolts(path, origin.get("unit", unit), what) / to_millivolts(path, unit, what)
    counts = integers(path, digits.text or "", Remark("the-lead", {"label": label}), MAX_SAMPLES)
    return Sequence(label, start_s, rate_hz, counts, unit, per_count, -offset / per_count)


def _label(code: str) -> str:
    found = _LEAD.fullmatch(code)
    name = found[1] if found else code
    return canonical_lead(name) or one_line(name, 40) or "ECG"


def _channels(path: Path, sequences: list[Sequence], origin_s: float) -> tuple[tuple[Channel, ...], tuple[Gap, ...]]:
    """Return one channel for each lead, its sequence sets put on one axis, and the gaps between the sets."""
    by_label: dict[str, list[Sequence]] = {}
    for sequence in sequences:
        by_label.setdefault(sequence.label, []).append(sequence)
    channels = []
    for label, found in by_label.items():
        scales = {(s.rate_hz, s.unit, s.unit_per_count, s.baseline) for s in found}
        if len(scales) > 1:
            problem = Remark("lead-pieces-differ", {"label": label})
            raise ReadError(path, problem, Remark("export-apart"))
        rate_hz, unit, per_count, baseline = scales.pop()
        samples = joined(path, label, [(s.start_s - origin_s, s.counts) for s in found], rate_hz)
        channels.append(make_channel(path, label, samples, rate_hz, unit, per_count, baseline))
    spans = [(s.start_s - origin_s, s.start_s - origin_s + len(s.counts) / s.rate_hz) for s in sequences]
    return tuple(channels), uncovered(spans)


def _beat(path: Path, derived: Element | None) -> StoredBeat | None:
    """Return the representative beat of a derived series, in mV."""
    if derived is None:
        return None
    sequences, _ = _sequences(path, derived)
    leads = {
        s.label: (s.counts.astype(np.float64) - s.baseline)
        * (s.unit_per_count * to_millivolts(path, s.unit, Remark("the-lead", {"label": s.label})))
        for s in sequences
    }
    return StoredBeat(sequences[0].rate_hz, leads, "representative beat") if leads else None


def _patient(root: Element, start: datetime | None) -> Patient:
    subject = child(
        root, "componentOf", "timepointEvent", "componentOf", "subjectAssignment", "subject", "trialSubject"
    )
    person = child(subject, "subjectDemographicPerson")
    sex, born, id_ = (
        child(*path) for path in ((person, "administrativeGenderCode"), (person, "birthTime"), (subject, "id"))
    )
    age = _reported_age(root)
    return make_patient(
        start.date() if start else None,
        id=id_.get("extension", "") or id_.get("root", "") if id_ is not None else "",
        name="".join(name.itertext()) if (name := child(person, "name")) is not None else "",
        sex=sex.get("code", "") if sex is not None else "",
        birth=day_of(born.get("value", "")[:8], "ymd") if born is not None else None,
        age_years=age,
    )


def _reported_age(root: Element) -> float | None:
    """Return the age that was told (LOINC 21612-7) in years, or None."""
    for observation in root.iter("relatedObservation"):
        value = child(observation, "value")
        if _code(observation) == "21612-7" and value is not None:
            unit = {"a": "years", "mo": "months", "wk": "weeks", "d": "days"}.get(value.get("unit", "a"), "")
            return age_in_years(number(value.get("value")), unit)
    return None


def _comments(root: Element) -> tuple[str, ...]:
    found = [one_line(text_of(c, "text")) for c in root.iter("subjectFindingComment")]
    return tuple(text for text in found[:100] if text)
