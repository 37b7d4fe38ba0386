"""Critical events and episodes against what is known of records: simulated ones, MIT-BIH's marks, PTB-XL's labels.

What `--data` names decides: the word `simulation` makes every rhythm that the simulator knows, at several sampling
rates and with noise; a folder with reference beats (.atr) is scored on pauses and on runs of ventricular beats; the
PTB-XL folder shows how often each event is told at all, as it has hardly any; of any other folder of WFDB records the
rhythm and the events are listed.
"""

from __future__ import annotations

import argparse
import itertools
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cardio_desktop.core.events import CRITICAL
from cardio_desktop.core.findings import Findings
from cardio_desktop.core.record import Record
from cardio_desktop.evaluation.validate.rhythm import record_of, share_of
from cardio_desktop.evaluation.validate.simulated import (
    PAUSE_S,
    PAUSES,
    lines_of,
    pause_line,
    shares_of_pauses,
    simulated,
)
from cardio_desktop.io import open_record
from cardio_desktop.io.ptbxl import read_database
from cardio_desktop.reading.pipeline import analyze, load_models

SIMULATION = "simulation"
PIECE_S, SEAM_S = 300.0, 10.0
"""A pause over the seam of two pieces is read with the first of them."""
RUN, TOUCH_S = 3, 0.15
VENTRICULAR = frozenset("VE")
BEATS = frozenset("NLRBAaJSVrFejnE/fQ?")


def validate(data: Path, options: argparse.Namespace) -> dict[str, Any]:
    """Return the figures on `data`."""
    if str(data) == SIMULATION:
        return {"data": SIMULATION, "kind": SIMULATION, **simulated()}
    if (data / "ptbxl_database.csv").is_file():
        return {"data": data.name, "kind": "ptbxl", **_labelled(data, options)}
    headers = sorted(data.glob("*.hea"))
    if any(path.with_suffix(".atr").is_file() for path in headers):
        return {"data": data.name, "kind": "beats", **_marked(headers)}
    return {"data": data.name, "kind": "list", "rows": _listed(headers)}


def _labelled(data: Path, options: argparse.Namespace) -> dict[str, Any]:
    folds, every = list(getattr(options, "folds", None) or [9]), max(int(getattr(options, "every", 1)), 1)
    entries = read_database(data).folds(*folds).entries[::every]
    limit = getattr(options, "limit", None)
    models = load_models()
    counts: dict[str, int] = {}
    for entry in entries[:limit]:
        for code in {event.code for event in analyze(record_of(entry), models).events}:
            counts[code] = counts.get(code, 0) + 1
    total = len(entries[:limit])
    return {"records": total, "told": {code: share_of(counts.get(code, 0), total) for code in (*CRITICAL, "AF", "AFL")}}


def _marked(headers: Sequence[Path]) -> dict[str, Any]:
    """Score pauses and runs of ventricular beats, piece by piece of five minutes, against reference beats."""
    rows = []
    total = {name: [0, 0, 0] for name in ("pause", "vt")}
    for path in headers:
        if not path.with_suffix(".atr").is_file():
            continue
        record = open_record(path)
        found = []
        at_s = 0.0
        while at_s < record.duration_s - 1.0:
            end_s = min(at_s + PIECE_S, record.duration_s)
            until_s = min(end_s + SEAM_S, record.duration_s)
            found += [e for e in analyze(record, None, start_s=at_s, end_s=until_s).events if e.start_s < end_s]
            at_s = end_s
        marks = [(a.time_s, a.symbol) for a in record.annotations if a.source == "atr" and a.symbol in BEATS]
        flutter = _flutter(record)
        theirs = {"pause": _pauses(marks, flutter), "vt": _runs(marks)}
        ours = {
            "pause": [(e.start_s, e.end_s) for e in found if e.code in PAUSES],
            "vt": [(e.start_s, e.end_s) for e in found if e.code in ("VT", "WCT")],
        }
        row: dict[str, Any] = {"record": path.stem}
        for name, spans in theirs.items():
            hit = sum(any(_meet(span, other) for other in ours[name]) for span in spans)
            allowed = [*spans, *(flutter if name == "vt" else [])]
            wrong = sum(not any(_meet(span, other) for other in allowed) for span in ours[name])
            row[name] = [hit, len(spans) - hit, wrong]
            total[name] = [a + b for a, b in zip(total[name], row[name], strict=True)]
        rows.append(row)
    hits, missed, wrong = total["pause"]
    pauses = Counter({"real": hits + missed, "found": hits, "told": hits + wrong, "wrong": wrong})
    return {"rows": [*rows, {"record": "all", **total}], "pauses": shares_of_pauses(pauses)}


def _flutter(record: Record) -> list[tuple[float, float]]:
    """Return the stretches that the reference calls ventricular flutter or fibrillation."""
    spans, begin = [], None
    for a in record.annotations:
        if a.source == "atr" and a.symbol == "[":
            begin = a.time_s
        elif a.source == "atr" and a.symbol == "]" and begin is not None:
            spans.append((begin, a.time_s))
            begin = None
    return spans


def _pauses(marks: Sequence[tuple[float, str]], flutter: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    spans = [(a, b) for (a, _), (b, _) in itertools.pairwise(marks) if b - a >= PAUSE_S]
    return [span for span in spans if not any(_meet(span, other) for other in flutter)]


def _runs(marks: Sequence[tuple[float, str]]) -> list[tuple[float, float]]:
    """Return the runs of three ventricular beats and more above 100 per minute."""
    spans, run = [], []
    for time_s, symbol in [*marks, (float("inf"), "N")]:
        if symbol in VENTRICULAR:
            run.append(time_s)
            continue
        if len(run) >= RUN and (run[-1] - run[0]) / (len(run) - 1) < 0.6:
            spans.append((run[0], run[-1]))
        run = []
    return spans


def _meet(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[0] < other[1] + TOUCH_S and other[0] < one[1] + TOUCH_S


def _listed(headers: Sequence[Path]) -> list[dict[str, Any]]:
    models = load_models()
    return [_row(path.stem, analyze(open_record(path), models)) for path in headers]


def _row(name: str, found: Findings) -> dict[str, Any]:
    return {
        "record": name,
        "rhythm": list(found.rhythm.codes) if found.rhythm is not None else [],
        "rate_bpm": found.measurements.heart_rate_bpm,
        "beats": len(found.beats),
        "critical": [[e.code, round(e.start_s, 2), round(e.end_s, 2), dict(e.values)] for e in found.critical],
        "events": [[e.code, round(e.start_s, 2), round(e.end_s, 2)] for e in found.events],
        "tier": found.risk.tier.value,
    }


def table(result: dict[str, Any]) -> str:
    """Return the result of `validate` as a table to read."""
    lines = [f"events on {result['data']} (95 % intervals of Wilson)"]
    if result["kind"] == SIMULATION:
        lines += lines_of(result)
    elif result["kind"] == "ptbxl":
        lines.append(f"{result['records']} records, of which told:")
        for code, share in result["told"].items():
            low, high = share["interval"]
            lines.append(f"{code:10}{100 * share['share']:6.2f} ({100 * low:.2f}-{100 * high:.2f}) %")
    elif result["kind"] == "beats":
        lines.append("record      pauses: found missed wrong    VT: found missed wrong")
        lines += [f"{r['record']:12}{r['pause'][0]:13d}{r['pause'][1]:7d}{r['pause'][2]:6d}"
                  f"{r['vt'][0]:13d}{r['vt'][1]:7d}{r['vt'][2]:6d}" for r in result["rows"]]  # fmt: skip
        lines.append(pause_line(result["pauses"]))
    else:
        for row in result["rows"]:
            rate = "-" if row["rate_bpm"] is None else f"{row['rate_bpm']:.0f}"
            codes = [code for code, *_ in row["events"]]
            head = f"{row['record']:14}{','.join(row['rhythm']):24}{rate:>4}/min {row['beats']:4d} beats  "
            lines.append(head + f"{row['tier']:13} {' '.join(dict.fromkeys(codes))}")
    return "\n".join(lines)
