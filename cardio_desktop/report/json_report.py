"""Findings as JSON (schema 1) and evidence as a numpy archive."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np

from cardio_desktop.core.conclusion import Addendum, Conclusion, Signature
from cardio_desktop.core.errors import CardioError, one_line
from cardio_desktop.core.events import Event
from cardio_desktop.core.findings import (
    Evidence,
    Findings,
    Measurements,
    MedianBeat,
    Prediction,
    Quality,
    Rhythm,
    Sentence,
)
from cardio_desktop.core.record import Record
from cardio_desktop.core.stored import stored_to_json
from cardio_desktop.core.stored_told import ALLOWED_MS, stored_rows
from cardio_desktop.narrative.critical import event_remark
from cardio_desktop.narrative.texts import TIER_MEANINGS
from cardio_desktop.report.files import write_whole
from cardio_desktop.report.identity import anonymous, identity, nameless, scrubber
from cardio_desktop.words import Remark, say
from cardio_desktop.words.writing import capital, sentence

SCHEMA = 1
OPINION_KEYS = ("prediction", "risk", "conclusion", "narrative", "sentences", "remarks")
"""What `cardio-desktop measure` leaves out."""
OUR_OWN = ("model", "report", "usage")
"""Kinds of errors that quote nothing of a record's file but its name."""


def findings_to_json(record: Record, findings: Findings, concluded: Conclusion | None = None) -> dict[str, Any]:
    """Return everything that was found as plain JSON values: times in s, voltages in mV, no NaN.

    `concluded` is what readers concluded: it stands beside the program's line, which stays what it is.
    """
    made = {
        "schema": SCHEMA,
        "record": record_to_json(record),
        "analysed": {"start_s": findings.start_s, "end_s": findings.end_s},
        "quality": _quality(findings.quality),
        "beats": [
            {
                "time_s": beat.time_s,
                "kind": beat.kind,
                "shape": beat.shape,
                "flags": [
                    {"class": flag.code, "lead": flag.lead, "wave": flag.wave, "evidence": flag.evidence}
                    for flag in beat.flags
                ],
                "evidence": dict(beat.evidence),
            }
            for beat in findings.beats
        ],
        "waves": [
            {
                "lead": wave.lead,
                "wave": wave.wave,
                "onset_s": wave.onset_s,
                "peak_s": wave.peak_s,
                "offset_s": wave.offset_s,
            }
            for wave in findings.waves
        ],
        "measurements": _measurements(findings.measurements),
        "prediction": _prediction(findings.prediction),
        "risk": {
            "tier": findings.risk.tier.value,
            "reason": say(findings.risk.reason),
            "remarks": _remarks([findings.risk.reason]),
            "meaning": TIER_MEANINGS[findings.risk.tier],
            "thresholds": dict(findings.risk.thresholds),
            "stretch": _stretch(findings.risk.stretch_s),
        },
        "rhythm": _rhythm(findings.rhythm),
        "critical": [_event(event) for event in findings.critical],
        "events": [_event(event) for event in findings.events],
        "conclusion": _conclusion(findings.sentences, concluded),
        "narrative": list(findings.narrative),
        "sentences": [_sentence(item) for item in findings.sentences],
        "median": _median(findings.median),
        "warnings": [say(warning) for warning in findings.warnings],
        "remarks": _remarks([*(item.remark for item in findings.sentences), *findings.warnings]),
        "stored": _stored(record, findings),
        "software": findings.software,
    }
    return {key: _plain(value) for key, value in made.items()}


def measurements_to_json(record: Record, findings: Findings) -> dict[str, Any]:
    """Return the same object without the network's part."""
    whole = findings_to_json(record, findings)
    return {key: value for key, value in whole.items() if key not in OPINION_KEYS}


def record_to_json(record: Record) -> dict[str, Any]:
    """Return what the file holds; nothing of the patient."""
    return {
        "path": str(record.path),
        "format": record.format,
        "rate_hz": record.rate_hz,
        "duration_s": record.duration_s,
        "start_time": record.start_time.isoformat() if record.start_time else None,
        "leads": list(record.leads),
        "other_leads": list(record.other_ecg),
        "derived_leads": list(record.derived_leads),
        "source_leads": list(record.source_leads),
        "gaps_s": [[gap.start_s, gap.end_s] for gap in record.gaps],
        "simulated": record.simulated,
    }


def error_to_json(path: str | Path, error: CardioError) -> dict[str, Any]:
    """Return the line that stands for a record that failed."""
    return {"path": str(path), "error": {"kind": error.kind, "message": str(error), **error.remark.plain()}}


def deidentified(
    record: Record, findings: Findings, *, measured_only: bool = False, concluded: Conclusion | None = None
) -> dict[str, Any]:
    """Return the object of a record without what tells who the patient is, or who and what recorded or read it.

    Path and dates go, and both in every sentence; of what the device said only the numbers stay; warnings lose what
    they quote of the file.
    """
    shown, told = anonymous(record), replace(findings, warnings=tuple(map(nameless, findings.warnings)))
    made = measurements_to_json(shown, told) if measured_only else findings_to_json(shown, told, concluded)
    who = identity(record, datetime.min, True, signers=concluded.readers if concluded is not None else ())
    if concluded is not None and not measured_only:
        for one in (*made["conclusion"]["signatures"], *made["conclusion"]["addenda"]):
            one.update(id=None, name=None, signed_at=None, digest=None)
    out: dict[str, Any] = _scrubbed(made, who.scrub)
    out["record"] = {**out["record"], "path": None, "start_time": None}
    return {**out, "deidentified": True}


def deidentified_error(path: str | Path, error: CardioError) -> dict[str, Any]:
    """Return the line of a record that failed without its path, and without anything that stands in the file."""
    path = Path(path)
    scrub = scrubber([str(path), one_line(str(path)), path.name, one_line(path.name), path.stem, str(path.parent)])
    ours = error.kind in OUR_OWN
    made = error_to_json(path, error if ours else CardioError(nameless(error.remark)))
    return {"path": None, "error": {**_scrubbed(made["error"], scrub), "kind": error.kind}, "deidentified": True}


def _scrubbed(value: Any, scrub: Callable[[str], str]) -> Any:
    if isinstance(value, Mapping):
        return {scrub(str(key)): _scrubbed(item, scrub) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_scrubbed(item, scrub) for item in value]
    return scrub(value) if isinstance(value, str) else value


def to_line(value: Mapping[str, Any]) -> str:
    """Return one line of JSON without its line break; ASCII, so that no terminal's encoding can break it."""
    return json.dumps(value, allow_nan=False, ensure_ascii=True)


def write_evidence(evidence: Evidence, path: str | Path) -> None:
    """Write the evidence and what it adds up to as a .npz of plain arrays.

    evidence[class, lead, bin] summed over lead and bin, plus bias[class], is logit[class]. Raises ReportError where
    the file cannot be written.
    """
    target = BytesIO()
    np.savez_compressed(
        target,
        evidence=evidence.values.astype(np.float32),
        bin_s=np.float64(evidence.bin_s),
        start_s=np.float64(evidence.start_s),
        classes=np.array(evidence.classes, dtype=np.str_),
        leads=np.array(evidence.leads, dtype=np.str_),
        logit=evidence.logit,
        bias=evidence.bias,
    )
    write_whole(path, target.getvalue())


def _sentence(item: Sentence) -> dict[str, Any]:
    return {
        "section": item.section,
        "english": item.english,
        "german": item.german,
        "source": item.source,
        "verdict": item.verdict,
        "code": item.code,
        "remark": item.remark.plain(),
        "values": dict(item.values),
        "leads": list(item.leads),
        "marks": [{"lead": mark.lead, "start_s": mark.start_s, "end_s": mark.end_s} for mark in item.marks],
    }


def _stored(record: Record, findings: Findings) -> dict[str, Any] | None:
    """Return what the recorder stored, and its measurements beside ours with those that differ by too much marked."""
    made = stored_to_json(record.stored)
    if made is None or record.stored is None:
        return None
    compared = [
        {
            "name": row.name,
            "recorder": row.device,
            "program": row.ours,
            "difference": row.difference,
            "over_limit": row.is_over,
        }
        for row in stored_rows(record.stored, findings.measurements)
    ]
    return {
        **made,
        "compared": compared,
        "limits_ms": dict(ALLOWED_MS),
        "doubt_remarks": _remarks(record.stored.doubts),
    }


def _stretch(span_s: tuple[float, float] | None) -> dict[str, float] | None:
    return None if span_s is None else {"start_s": span_s[0], "end_s": span_s[1]}


def _remarks(remarks: Iterable[Remark]) -> list[dict[str, Any]]:
    """Return remarks as code and values with their English text."""
    return [{**remark.plain(), "text": say(remark)} for remark in remarks]


def _event(event: Event) -> dict[str, Any]:
    """Return an event with its words in English."""
    return {
        "code": event.code,
        "start_s": event.start_s,
        "end_s": event.end_s,
        "leads": list(event.leads),
        "values": dict(event.values),
        "text": capital(sentence(say(event_remark(event)))),
    }


def _conclusion(sentences: Sequence[Sentence], concluded: Conclusion | None) -> dict[str, Any] | None:
    """Return the one line with the codes of rhythm and findings, and what readers concluded where that is known.

    None where nothing was read and no reader is asked for.
    """
    found = next((item for item in sentences if item.section == "conclusion"), None)
    if found is None and concluded is None:
        return None
    made: dict[str, Any] = {"text": None, "codes": [], "text_de": None, "verdict": None}
    if found is not None:
        codes = list(found.remark.values.get("codes", ()))
        made = {"text": found.english, "codes": codes, "text_de": found.german, "verdict": found.verdict}
    if concluded is None:
        return made
    return {
        **made,
        "state": concluded.state,
        "final": concluded.final,
        "reader_text": concluded.text,
        "reader_codes": list(concluded.codes),
        "signatures": [
            {**_signed(one), "meaning": one.meaning, "source": one.source, "codes": list(one.codes)}
            for one in concluded.signatures
        ],
        "addenda": [_signed(one) for one in concluded.addenda],
        "damaged": len(concluded.damaged),
    }


def _signed(one: Signature | Addendum) -> dict[str, Any]:
    return {
        "id": one.id,
        "text": one.text,
        "name": one.signer.name,
        "role": one.signer.role,
        "signed_at": one.signed_at,
        "digest": one.digest,
    }


def _median(median: MedianBeat | None) -> dict[str, Any] | None:
    """Return of how many beats the median is made, and its marks in seconds from the R peak."""
    if median is None:
        return None
    return {"beats": median.beats, "rate_hz": median.rate_hz, "marks_s": dict(median.marks_s)}


def _quality(quality: Quality) -> dict[str, Any]:
    return {
        "usable": quality.usable,
        "reasons": [say(reason) for reason in quality.reasons],
        "remarks": _remarks(quality.reasons),
        "leads": {
            name: {
                "usable": lead.usable,
                "reasons": [say(reason) for reason in lead.reasons],
                "remarks": _remarks(lead.reasons),
            }
            for name, lead in quality.leads.items()
        },
        "reversal": quality.reversal,
        "score": quality.score,
        "stretches": [
            {
                "start_s": one.start_s,
                "end_s": one.end_s,
                "leads": list(one.leads),
                "reason": say(one.reason),
                "remarks": _remarks([one.reason]),
                "blind": one.blind,
            }
            for one in quality.stretches
        ],
        "snr_db": {name: lead.snr_db for name, lead in quality.leads.items() if lead.snr_db is not None},
    }


def _measurements(found: Measurements) -> dict[str, Any]:
    """Return every measurement, and a reason for each that is null (a NaN counts as null)."""
    out: dict[str, Any] = {}
    reasons = dict(found.not_measured)
    for item in fields(Measurements):
        if item.name == "not_measured":
            continue
        value = getattr(found, item.name)
        if item.name == "rr_ms" and value is not None:
            value = {"mean": value.mean, "sd": value.sd, "min": value.min, "max": value.max}
        elif item.name == "leads" and value is not None:
            value = {
                name: {part.name: getattr(lead, part.name) for part in fields(lead)} for name, lead in value.items()
            }
        elif item.name == "qtc_ms" and value is not None:
            value = dict(value)
        out[item.name] = value = _plain(value)
        if value is None:
            reasons.setdefault(item.name, Remark("not-measured"))
    told = {name: say(why) for name, why in reasons.items()}
    return {**out, "not_measured": told, "remarks": {name: _remarks([why])[0] for name, why in reasons.items()}}


def _prediction(prediction: Prediction | None) -> dict[str, Any] | None:
    if prediction is None:
        return None
    return {
        "model": {
            "name": prediction.model_name,
            "version": prediction.model_version,
            "sha256": prediction.model_sha256,
        },
        "windows": [
            {"start_s": w.start_s, "end_s": w.end_s, "probabilities": dict(w.probabilities)} for w in prediction.windows
        ],
        "classes": [
            {"code": c.code, "logit": c.logit, "probability": c.probability, "bias": c.bias} for c in prediction.classes
        ],
        "statements": [
            {"code": s.code, "description": s.description, "probability": s.probability} for s in prediction.statements
        ],
        "missing_leads": list(prediction.missing_leads),
    }


_ITSELF = frozenset({str, int, bool, type(None)})


def _plain(value: Any) -> Any:
    """Return numpy scalars as Python's, and None for what JSON has no word for (NaN, infinity)."""
    kind = type(value)
    # Nearly all are these; asking abstract classes of each takes a tenth of an analysis.
    if kind is float:
        return value if math.isfinite(value) else None
    if kind is str or kind is int or kind is bool or value is None:
        return value
    if kind is dict or isinstance(value, Mapping):
        return {
            str(key): item if (of := type(item)) in _ITSELF or (of is float and math.isfinite(item)) else _plain(item)
            for key, item in value.items()
        }
    if isinstance(value, list | tuple):
        return [
            item if (of := type(item)) in _ITSELF or (of is float and math.isfinite(item)) else _plain(item)
            for item in value
        ]
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value


def _rhythm(rhythm: Rhythm | None) -> dict[str, Any] | None:
    if rhythm is None:
        return None
    return {
        "statement": rhythm.statement,
        "confidence": rhythm.confidence,
        "codes": list(rhythm.codes),
        "details": [say(item) for item in rhythm.details],
        "remarks": _remarks([rhythm.remark, *rhythm.details]),
        "network": dict(rhythm.network),
    }
