"""Global P, PR, QRS and QT of each LUDB record against what the marks of its leads say."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from cardio_desktop.analysis.beats import detect_beats
from cardio_desktop.analysis.delineation import Segment
from cardio_desktop.analysis.global_waves import global_waves
from cardio_desktop.core.beat_waves import assigned
from cardio_desktop.core.findings import Measurements
from cardio_desktop.core.quantities import ALLOWED_MS, INTERVALS
from cardio_desktop.evaluation.validate.boundaries import as_record, chosen_delineator, chosen_records, described
from cardio_desktop.io.ludb import LudbRecord
from cardio_desktop.model.delineator import Delineator
from cardio_desktop.reading.measurement import measure_passage
from cardio_desktop.reading.passage import Passage, with_beats

REFERENCE = (
    "reference: marks of the twelve leads; in each beat the second earliest onset and the second latest offset over "
    "the leads that show the wave (the outermost ones where fewer than four do), then the median over beats"
)
RESAMPLINGS = 500


def validate(data: Path, options: argparse.Namespace) -> dict[str, Any]:
    """Return the figures of the records of `options.part` in the LUDB folder `data`."""
    delineator = chosen_delineator(options.method)
    rows = []
    for record in chosen_records(data, options.part):
        found, truth = measured(record, delineator), reference(record)
        rows.append({"record": record.number} | {n: (getattr(found, n), truth.get(n)) for n in INTERVALS})
    return {
        "data": "LUDB 1.0.1",
        "part": options.part,
        "method": described(delineator),
        "reference": REFERENCE,
        **summary(rows),
    }


def measured(record: LudbRecord, delineator: Delineator | None) -> Measurements:
    """Return what the program measures on one record, by the way that any record takes."""
    whole = as_record(record)
    beats = detect_beats(whole)
    return measure_passage(with_beats(Passage(whole, 0.0, whole.duration_s), beats), delineator).measurements


def reference(record: LudbRecord) -> dict[str, float]:
    """Return the intervals in ms that the marks of the leads say together."""
    segments = [
        [
            Segment(w.wave, w.onset / record.rate_hz, w.offset / record.rate_hz, 1.0)
            for w in marks
            if w.onset is not None and w.offset is not None
        ]
        for marks in record.waves.values()
    ]
    peaks: list[float] = sorted(w.peak / record.rate_hz for w in record.waves["II"] if w.wave == "QRS")
    each: dict[str, list[float]] = {name: [] for name in INTERVALS}
    p, qrs, t = (global_waves(segments, name, beyond_s=0.0) for name in ("P", "QRS", "T"))
    for w in assigned(peaks, p, qrs, t):
        if w.qrs is None:
            continue
        each["qrs_ms"].append(w.qrs.offset_s - w.qrs.onset_s)
        if w.p is not None:
            each["p_ms"].append(w.p.offset_s - w.p.onset_s)
            each["pr_ms"].append(w.qrs.onset_s - w.p.onset_s)
        if w.t is not None:
            each["qt_ms"].append(w.t.offset_s - w.qrs.onset_s)
    return {name: 1000.0 * float(np.median(values)) for name, values in each.items() if len(values) >= 2}


def summary(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return mean and standard deviation of the errors, with 95 % bootstrap intervals, and who measured what."""
    rng = np.random.default_rng(0)
    out: dict[str, Any] = {}
    for name in INTERVALS:
        pairs = [row[name] for row in rows]
        errors = np.array([found - truth for found, truth in pairs if found is not None and truth is not None])
        draws = errors[rng.integers(0, errors.size, (RESAMPLINGS, errors.size))] if errors.size else errors[None]
        means, sds = draws.mean(axis=1), draws.std(axis=1)
        out[name] = {
            "records": int(errors.size),
            "mean_ms": float(errors.mean()) if errors.size else None,
            "mean_interval": [float(x) for x in np.quantile(means, (0.025, 0.975))] if errors.size else None,
            "sd_ms": float(errors.std(ddof=1)) if errors.size > 1 else None,
            "sd_interval": [float(x) for x in np.quantile(sds, (0.025, 0.975))] if errors.size else None,
            "limit_ms": list(ALLOWED_MS[name]),
            "only_reference": sum(found is None and truth is not None for found, truth in pairs),
            "only_measured": sum(found is not None and truth is None for found, truth in pairs),
        }
    return {"records": len(rows), "intervals": out, "rows": [_row(row) for row in rows]}


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"record": row["record"]} | {
        name: [None if x is None else round(float(x), 1) for x in row[name]] for name in INTERVALS
    }


def table(result: Mapping[str, Any]) -> str:
    """Return the figures as text."""
    lines = [
        f"{result['records']} records of {result['data']} ({result['part']}), {result['method']}",
        result["reference"],
        "",
    ]
    lines.append(
        f"{'interval':<10}{'mean ms':>9}{'SD ms':>8}{'allowed':>12}{'records':>9}{'not ours':>10}{'only ours':>11}"
    )
    for name, row in result["intervals"].items():
        mean, sd = ("" if row[key] is None else f"{row[key]:.1f}" for key in ("mean_ms", "sd_ms"))
        allowed = "{:.0f} / {:.0f}".format(*row["limit_ms"])
        lines.append(
            f"{name:<10}{mean:>9}{sd:>8}{allowed:>12}{row['records']:>9}{row['only_reference']:>10}{row['only_measured']:>11}"
        )
    return "\n".join(lines)
