"""Beats of WFDB records against their reference marks: found or not with one and two leads, ventricular or not.

A beat counts as found within 150 ms (ANSI/AAMI EC57), one to one, from the first second to the last; nothing is left
out. Flutter waves ("!") are no beats: whatever is detected among them counts as invented. Ventricular beats are V and
E, supraventricular ones A, a, J and S; fusion (F) and paced or unclassifiable beats that are called ectopic count
neither for nor against, as in EC57.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from cardio_desktop.analysis.beat_types import type_beats
from cardio_desktop.analysis.beats import detect_beats
from cardio_desktop.analysis.scoring import BeatScore, match_beats, score_beats
from cardio_desktop.core.beat_kinds import BeatKind
from cardio_desktop.core.errors import ReadError
from cardio_desktop.core.findings import Beat
from cardio_desktop.core.record import Record
from cardio_desktop.io import open_record

BEATS = frozenset("NLRBAaJSVrFejnE/fQ?")
ECTOPIC: dict[str, frozenset[str]] = {
    BeatKind.VENTRICULAR: frozenset("VE"),
    BeatKind.SUPRAVENTRICULAR: frozenset("AaJS"),
}
UNSCORED = frozenset("F/fQ?")
LEADS = (1, 2)
Mark = tuple[float, str]


def validate(data: Path, options: argparse.Namespace) -> dict[str, Any]:
    """Return the figures of every record in `data` that has an annotation file .atr; raises ReadError without one."""
    del options
    headers = sorted(path for path in data.glob("*.hea") if path.with_suffix(".atr").is_file())
    if not headers:
        raise ReadError(data, "holds no WFDB record with reference beats (.atr)", "point --data at such a folder")
    out: dict[str, Any] = {"data": data.name, "records": [path.stem for path in headers], "leads": {}}
    for count in LEADS:
        rows, total = [], BeatScore(0, 0, 0)
        kinds = dict.fromkeys(ECTOPIC, BeatScore(0, 0, 0))
        for path in headers:
            record = open_record(path)
            marks = reference(record)
            beats = typed(record, count)
            found = score_beats([t for t, _ in marks], [beat.time_s for beat in beats])
            own = {kind: score_kind(marks, beats, kind) for kind in ECTOPIC}
            rows.append({"record": path.stem, **_row(found), **{kind: _row(score) for kind, score in own.items()}})
            total, kinds = total + found, {kind: kinds[kind] + score for kind, score in own.items()}
        pooled = {kind: _row(score) for kind, score in kinds.items()}
        out["leads"][str(count)] = {"records": rows, "all": {**_row(total), **pooled}}
    return out


def reference(record: Record) -> list[Mark]:
    """Return (time, symbol) of the beats that the record's reference annotations (.atr) mark."""
    return [(a.time_s, a.symbol) for a in record.annotations if a.source == "atr" and a.symbol in BEATS]


def typed(record: Record, leads: int) -> tuple[Beat, ...]:
    """Return the beats, with their kinds, that are found in the first `leads` channels of a record."""
    part = replace(record, channels=record.channels[:leads])
    return type_beats(part, detect_beats(part))


def score_kind(marks: Sequence[Mark], beats: Sequence[Beat], kind: str) -> BeatScore:
    """Return how many beats of an ectopic kind were called so."""
    theirs = ECTOPIC[kind]
    pairs = match_beats([t for t, _ in marks], [beat.time_s for beat in beats])
    said = {i: beats[j].kind == kind for i, j in pairs}
    matched = {j for _, j in pairs}
    found = sum(said.get(i, False) for i, (_, symbol) in enumerate(marks) if symbol in theirs)
    missed = sum(symbol in theirs for _, symbol in marks) - found
    scored = theirs | UNSCORED
    wrong = sum(said.get(i, False) for i, (_, symbol) in enumerate(marks) if symbol not in scored)
    invented = sum(beat.kind == kind for j, beat in enumerate(beats) if j not in matched)
    return BeatScore(found, missed, wrong + invented)


def _row(score: BeatScore) -> dict[str, Any]:
    return {
        "found": score.found,
        "missed": score.missed,
        "invented": score.invented,
        "sensitivity": round(score.sensitivity, 5),
        "precision": round(score.precision, 5),
    }


def table(result: dict[str, Any]) -> str:
    """Return the result of `validate` as a table to read."""
    lines = [f"beats of {result['data']}, {len(result['records'])} records, 150 ms, nothing left out"]
    for count, part in result["leads"].items():
        head = "beats missed invented  Se %    P+ %"
        head += "".join(f"   | {letter} found missed wrong  Se %   P+ %" for letter in "VS")
        lines.append(f"{count} lead(s)".ljust(12) + head)
        for row in [*part["records"], {"record": "all", **part["all"]}]:
            lines.append(
                f"{row['record']:12}{row['found'] + row['missed']:5d}{row['missed']:7d}{row['invented']:9d}"
                f"{100 * row['sensitivity']:8.2f}{100 * row['precision']:8.2f}"
                + "".join(_ectopic(row[kind]) for kind in ECTOPIC)
            )
    return "\n".join(lines)


def _ectopic(row: dict[str, Any]) -> str:
    return (
        f"   |{row['found']:8d}{row['missed']:7d}{row['invented']:6d}{100 * row['sensitivity']:7.1f}"
        f"{100 * row['precision']:7.1f}"
    )
