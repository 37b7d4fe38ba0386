"""A Holter reading as plain values: JSON, a table for a spreadsheet, and the texts that the PDF shares with them."""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import timedelta
from io import StringIO
from typing import Any

import numpy as np

from cardio_desktop.core.holter import KINDS, Extreme, Holter, Hour
from cardio_desktop.core.record import Record
from cardio_desktop.report.language import Language
from cardio_desktop.words import Remark

SCHEMA = 1
COLUMNS: tuple[tuple[str, str], ...] = (
    ("column-beats", "beats"),
    ("column-lowest", "lowest_bpm"),
    ("column-mean", "mean_bpm"),
    ("column-highest", "highest_bpm"),
    ("column-sve", "sve"),
    ("column-sve-runs", "sve_runs"),
    ("column-ve", "ve"),
    ("column-couplets", "ve_couplets"),
    ("column-ve-runs", "ve_runs"),
    ("column-paced", "paced"),
    ("column-pauses", "pauses"),
    ("column-fibrillation", "fibrillation_s"),
    ("column-st", "st_s"),
    ("column-unread", "unread_s"),
)
"""Heading of a column -> value of an `Hour`; times are told in minutes."""


def clock(record: Record, time_s: float, *, seconds: bool = True, deidentify: bool = False) -> str:
    """Return a moment as the clock showed it, with the day's number beyond the first; without a start since then."""
    form = "%H:%M:%S" if seconds else "%H:%M"
    if record.start_time is None or deidentify:
        hours, rest = divmod(int(time_s + 1e-6), 3600)
        words = f"{hours:02d}:{rest // 60:02d}"
        return f"{words}:{rest % 60:02d}" if seconds else words
    at = record.start_time + timedelta(seconds=time_s)
    days = (at.date() - record.start_time.date()).days
    return at.strftime(form) + (f" +{days}" if days else "")


def cell(hour: Hour, name: str, say: Language) -> str:
    """Return one value of the table in words; empty where it could not be counted."""
    value = getattr(hour, name)
    if value is None:
        return "–"
    if name.endswith("_s"):
        return say.number(value / 60.0, 1) if value else "0"
    return say.number(value, 0) if isinstance(value, float) else str(value)


def extreme_words(record: Record, item: Extreme, say: Language, *, deidentify: bool = False) -> str:
    """Return one of the worst in words: what, how much, when, where."""
    what = say.remark(Remark(f"extreme-{item.code}"))
    digits = 2 if item.unit == "mV" else 1 if item.unit == "s" else 0
    unit = say.remark(Remark("unit-beats")) if item.unit == "beats" else item.unit
    amount = f"{say.number(item.value, digits)}{unit if unit.startswith('/') else f' {unit}'}"
    where = f" ({', '.join(item.leads)})" if item.leads else ""
    return f"{what[:1].upper()}{what[1:]}: {amount}{where}, {clock(record, item.start_s, deidentify=deidentify)}"


def holter_json(record: Record, found: Holter, software: str, *, deidentify: bool = False) -> dict[str, Any]:
    """Return the reading as plain values; `deidentify` leaves out the path and the date."""
    return {
        "schema": SCHEMA,
        "kind": "holter",
        "software": software,
        "file": None if deidentify else str(record.path),
        "start_time": record.start_time.isoformat() if record.start_time and not deidentify else None,
        "from_s": found.start_s,
        "to_s": found.end_s,
        "limits": asdict(found.limits),
        "total": asdict(found.total),
        "hours": [asdict(hour) for hour in found.hours],
        "extremes": [asdict(item) for item in found.extremes],
        "events": [
            {
                "code": event.code,
                "start_s": round(event.start_s, 3),
                "end_s": round(event.end_s, 3),
                "leads": list(event.leads),
                "values": {name: _finite(value) for name, value in event.values.items()},
            }
            for event in found.events
        ],
        "unread_s": [list(span) for span in found.unread_s],
        "variability": {name: _finite(value) for name, value in found.variability.items()},
        "no_variability": Language("en").remark(found.no_variability) if found.no_variability else None,
        "rates_bpm": {
            name: [_finite(v) for v in row]
            for name, row in zip(("lowest", "middle", "highest"), found.rates_bpm, strict=True)
        },
        "st_mv": {
            name: [_finite(v, 3) for v in row] for name, row in zip(found.st.leads, found.st.level_mv, strict=True)
        },
        "opinions": [asdict(span) for span in found.opinions],
        "problems": [list(problem) for problem in found.problems],
        "beats": {"number": int(found.beats.times_s.size), "kinds": _counts(found)},
    }


def _counts(found: Holter) -> Mapping[str, int]:
    numbers = np.bincount(found.beats.kinds, minlength=len(KINDS)).tolist()
    return {kind.value: number for kind, number in zip(KINDS, numbers, strict=True) if number}


def _finite(value: float, digits: int = 4) -> float | None:
    return round(float(value), digits) if math.isfinite(value) else None


def holter_csv(record: Record, found: Holter, say: Language, *, deidentify: bool = False) -> str:
    """Return the hourly table for a spreadsheet: numbers with a point, times in minutes."""
    out = StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow([say.remark(Remark("column-time")), *(say.remark(Remark(code)) for code, _ in COLUMNS)])
    for hour in found.hours:
        rows.writerow([clock(record, hour.start_s, deidentify=deidentify), *_numbers(hour)])
    rows.writerow([say.remark(Remark("column-all")), *_numbers(found.total)])
    return out.getvalue()


def _numbers(hour: Hour) -> Sequence[str]:
    values = ((name, getattr(hour, name)) for _, name in COLUMNS)
    return [
        "" if value is None else f"{value / 60.0:.2f}" if name.endswith("_s") else f"{value:.1f}".removesuffix(".0")
        for name, value in values
    ]


def holter_lines(record: Record, found: Holter, say: Language, *, deidentify: bool = False) -> list[str]:
    """Return the reading as lines of text: totals, the worst of each kind, variability."""
    lines = [say.remark(stretch_remark(record, found, deidentify=deidentify))]
    lines += [f"  {say.remark(Remark(code))}: {cell(found.total, name, say)}" for code, name in COLUMNS]
    lines += [f"  {extreme_words(record, item, say, deidentify=deidentify)}" for item in found.extremes]
    if found.no_variability is not None:
        lines.append(f"  {say.remark(Remark('holter-variability'))}: {say.remark(found.no_variability)}")
    lines += [f"  {words}" for words in variability_words(found, say)]
    lines += [f"  {say.remark(problem)}" for problem in problem_remarks(record, found, deidentify=deidentify)]
    lines.append(f"  {say.remark(limits_remark(found))}")
    return lines


def stretch_remark(record: Record, found: Holter, *, deidentify: bool = False) -> Remark:
    """Return from when to when was read."""
    ends = [clock(record, at, deidentify=deidentify) for at in (found.start_s, found.end_s)]
    hours = (found.end_s - found.start_s) / 3600.0
    return Remark("holter-stretch", {"from_text": ends[0], "to_text": ends[1], "hours": hours})


def limits_remark(found: Holter) -> Remark:
    """Return what was counted as what."""
    return Remark("holter-limits", {name: value for name, value in asdict(found.limits).items() if name != "premature"})


def problem_remarks(record: Record, found: Holter, *, deidentify: bool = False) -> list[Remark]:
    """Return the pieces that could not be judged."""
    return [
        Remark(
            "holter-problem",
            {
                "from_text": clock(record, low, deidentify=deidentify),
                "to_text": clock(record, high, deidentify=deidentify),
                "problem": problem,
            },
        )
        for low, high, problem in found.problems
    ]


def variability_words(found: Holter, say: Language) -> list[str]:
    """Return the figures of variability, each with its name and unit."""
    digits = {"nn": 0, "spectra": 0, "triangular_index": 1, "lf_hf": 2, "pnn50_percent": 1}
    return [
        say.remark(Remark(f"hrv-{name}", {"value": say.number(value, digits.get(name, 0 if value >= 100 else 1))}))
        for name, value in found.variability.items()
    ]
