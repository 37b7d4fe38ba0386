"""P, QRS and T boundaries of every lead against LUDB: shares inside the CSE bounds, detection, P in fibrillation."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from cardio_desktop.analysis.beat_types import type_beats
from cardio_desktop.analysis.beats import find_beats
from cardio_desktop.analysis.delineation import Segment, waves_of
from cardio_desktop.core.beat_kinds import ECTOPIC
from cardio_desktop.core.findings import Beat, Wave
from cardio_desktop.core.leads import INDEPENDENT_LEADS, LEADS12
from cardio_desktop.core.record import ArraySamples, Channel, Record
from cardio_desktop.io.ludb import LudbRecord, MarkedWave, parts_of, read_ludb
from cardio_desktop.model.delineator import Delineator
from cardio_desktop.paths import asset
from cardio_desktop.reading.measurement import find_segments

BOUNDS_MS = {
    ("P", "onset"): 10.2,
    ("P", "offset"): 12.7,
    ("QRS", "onset"): 6.5,
    ("QRS", "offset"): 11.6,
    ("T", "offset"): 30.6,
}
"""Two standard deviations of the CSE study's referees for each boundary."""
MATCH_S = 0.150
RESAMPLINGS = 500


def validate(data: Path, options: argparse.Namespace) -> dict[str, Any]:
    """Return the figures of the records of `options.part` in the LUDB folder `data`."""
    records = chosen_records(data, options.part)
    delineator = chosen_delineator(options.method)
    scores = []
    for record in records:
        segments, _ = segments_of(record, delineator)
        leads = {name: (0.0, record.rate_hz, record.leads_mv[k]) for k, name in enumerate(LEADS12)}
        scores.append(score_record(record, waves_of(segments, leads, 0.0)))
    return {
        "data": "LUDB 1.0.1",
        "part": options.part,
        "method": described(delineator),
        **summary(scores, [record.fibrillates for record in records]),
    }


def chosen_records(data: Path, part: str) -> list[LudbRecord]:
    """Return the records of one part of the split by record; raises LudbError."""
    records = read_ludb(data)
    parts = parts_of(records)
    return [record for record in records if parts[record.number] == part]


def chosen_delineator(method: str) -> Delineator | None:
    """Return the shipped network for "network", None for "classical"."""
    return Delineator.load(asset("model_assets")) if method == "network" else None


def described(delineator: Delineator | None) -> str:
    """Return the delineator in words."""
    return f"{delineator.card.name} {delineator.card.version}" if delineator else "classical"


def segments_of(record: LudbRecord, delineator: Delineator | None) -> tuple[list[list[Segment]], list[float]]:
    """Return the segments of each lead, and the beats that the program's own detector finds."""
    independent = [record.leads_mv[LEADS12.index(name)].astype(np.float64) for name in INDEPENDENT_LEADS]
    beats_s = [float(x) for x in find_beats(independent, [record.rate_hz] * len(independent))]
    kinds = [beat.kind for beat in type_beats(as_record(record), [Beat(at_s) for at_s in beats_s])]
    ectopic = [kind in ECTOPIC for kind in kinds]
    mv = record.leads_mv.astype(np.float64)
    return find_segments(mv, record.rate_hz, beats_s, delineator, ectopic=ectopic)[0], beats_s


def as_record(record: LudbRecord) -> Record:
    """Return a LUDB record as the program's own."""
    channels = tuple(
        Channel(name, record.rate_hz, "mV", 1.0, 0.0, ArraySamples(record.leads_mv[k].astype(np.float64)), lead=name)
        for k, name in enumerate(LEADS12)
    )
    return Record(Path(f"ludb-{record.number}"), "array", channels)


def matched(reference: Sequence[MarkedWave], found: Sequence[Wave], rate_hz: float) -> tuple[list[int | None], int]:
    """Return for each marked wave the index of the found one (None: missed), and how many found are false.

    Waves of one kind in one lead. Pairs within 150 ms, the nearest first; the caller cuts out what lies within the
    marked span.
    """
    pairs = sorted(
        (abs(wave.peak / rate_hz - peak_s), k, j)
        for k, wave in enumerate(reference)
        for j, one in enumerate(found)
        if abs(wave.peak / rate_hz - (peak_s := _peak(one))) <= MATCH_S
    )
    partner: list[int | None] = [None] * len(reference)
    taken: set[int] = set()
    for _, k, j in pairs:
        if partner[k] is None and j not in taken:
            partner[k] = j
            taken.add(j)
    return partner, len(found) - len(taken)


def _peak(wave: Wave) -> float:
    return wave.peak_s if wave.peak_s is not None else 0.5 * (wave.onset_s + wave.offset_s)


def score_record(record: LudbRecord, found: Sequence[Wave]) -> dict[str, Any]:
    """Return counts and errors in ms of one record: {"P": {hit, missed, false, onset, offset}, ...}, leads apart.

    In each lead only the span between the first and the last mark is scored: the marks start and end inside the record.
    """
    out: dict[str, Any] = {
        wave: {"hit": 0, "missed": 0, "false": 0, "onset": [], "offset": [], "marks": {"onset": 0, "offset": 0}}
        for wave in ("P", "QRS", "T")
    }
    out["beats"] = 0
    for lead, marked in record.waves.items():
        if not marked:
            continue
        ends = [x for w in marked for x in (w.onset, w.peak, w.offset) if x is not None]
        low_s, high_s = min(ends) / record.rate_hz, max(ends) / record.rate_hz
        out["beats"] += sum(w.wave == "QRS" for w in marked)
        for wave in ("P", "QRS", "T"):
            reference = [w for w in marked if w.wave == wave]
            own = [w for w in found if w.lead == lead and w.wave == wave and low_s <= _peak(w) <= high_s]
            partner, false = matched(reference, own, record.rate_hz)
            cell = out[wave]
            cell["false"] += false
            for mark, j in zip(reference, partner, strict=True):
                cell["hit" if j is not None else "missed"] += 1
                for side in ("onset", "offset"):
                    at = getattr(mark, side)
                    if at is None:
                        continue
                    cell["marks"][side] += 1
                    if j is not None:
                        cell[side].append(1000.0 * (getattr(own[j], f"{side}_s") - at / record.rate_hz))
    return out


def summary(scores: Sequence[Mapping[str, Any]], fibrillating: Sequence[bool]) -> dict[str, Any]:
    """Return the pooled figures of the scores of some records, with 95 % bootstrap intervals over records."""
    rng = np.random.default_rng(0)
    draws = [rng.integers(0, len(scores), len(scores)) for _ in range(RESAMPLINGS)]
    boundaries = {}
    for (wave, side), bound_ms in BOUNDS_MS.items():
        inside = np.array(
            [np.sum(np.abs(s[wave][side]) <= bound_ms) if s[wave][side] else 0 for s in scores], dtype=float
        )
        marks = np.array([s[wave]["marks"][side] for s in scores], dtype=float)
        errors = np.concatenate([np.asarray(s[wave][side], dtype=float) for s in scores])
        shares = [inside[d].sum() / max(marks[d].sum(), 1.0) for d in draws]
        boundaries[f"{wave} {side}"] = {
            "bound_ms": bound_ms,
            "share": inside.sum() / max(marks.sum(), 1.0),
            "interval": [float(x) for x in np.quantile(shares, (0.025, 0.975))],
            "marks": int(marks.sum()),
            "mean_ms": float(errors.mean()) if errors.size else None,
            "sd_ms": float(errors.std()) if errors.size else None,
            "median_ms": float(np.median(errors)) if errors.size else None,
        }
    detection = {}
    for wave in ("P", "QRS", "T"):
        hit, missed, false = (sum(s[wave][key] for s in scores) for key in ("hit", "missed", "false"))
        detection[wave] = {
            "f1": 2 * hit / max(2 * hit + missed + false, 1),
            "hit": hit,
            "missed": missed,
            "false": false,
        }
    in_fibrillation = [s for s, yes in zip(scores, fibrillating, strict=True) if yes]
    beats = sum(s["beats"] for s in in_fibrillation)
    marked = sum(s["P"]["false"] + s["P"]["hit"] for s in in_fibrillation)
    return {
        "records": len(scores),
        "boundaries": boundaries,
        "detection": detection,
        "fibrillation": {"records": len(in_fibrillation), "beats": beats, "p_share": marked / beats if beats else None},
    }


def table(result: Mapping[str, Any]) -> str:
    """Return the figures as text."""
    lines = [f"{result['records']} records of {result['data']} ({result['part']}), {result['method']}", ""]
    lines.append(
        f"{'boundary':<12}{'bound ms':>9}{'inside %':>10}{'95 % interval':>17}{'mean ms':>9}{'SD ms':>8}{'marks':>8}"
    )
    for name, row in result["boundaries"].items():
        low, high = (100 * x for x in row["interval"])
        lines.append(
            f"{name:<12}{row['bound_ms']:>9.1f}{100 * row['share']:>10.1f}{f'{low:.1f} to {high:.1f}':>17}"
            f"{_figure(row['mean_ms']):>9}{_figure(row['sd_ms']):>8}{row['marks']:>8}"
        )
    lines += ["", f"{'wave':<12}{'F1':>9}{'found':>10}{'missed':>9}{'false':>8}"]
    for name, row in result["detection"].items():
        lines.append(f"{name:<12}{row['f1']:>9.4f}{row['hit']:>10}{row['missed']:>9}{row['false']:>8}")
    found = result["fibrillation"]
    if found["beats"]:
        share = f"{100 * found['p_share']:.1f} % of {found['beats']} beats (all leads)"
        lines += ["", f"P marked in atrial fibrillation: {share} of {found['records']} records"]
    return "\n".join(lines)


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}"
