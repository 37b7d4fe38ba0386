"""Swapped electrodes, simulated on records of PTB-XL: how many are told, and how many right ones are called swapped."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from cardio_desktop.analysis.electrodes import SWAPS, swap_beats
from cardio_desktop.analysis.quality import assess_quality
from cardio_desktop.core.leads import INDEPENDENT_LEADS, LEADS12
from cardio_desktop.core.record import ArraySamples, Channel, Record
from cardio_desktop.io.ptbxl import UNITS_PER_MV, read_database, read_signal

RATE_HZ = 100


def validate(data: Path, options: argparse.Namespace) -> dict[str, Any]:
    """Return sensitivity and false alarms of each swap on fold 9 of the PTB-XL folder `data`.

    Every stage is the program's own: a record that quality refuses, or with bad leads, counts as it is.
    """
    del options
    alarms: Counter[str] = Counter()
    told: dict[str, Counter[str]] = {swap: Counter() for swap in SWAPS}
    entries = read_database(data).folds(9).entries
    for number, entry in enumerate(entries):
        mv = read_signal(entry.path).astype(np.float64) / UNITS_PER_MV
        leads = mv[[LEADS12.index(name) for name in INDEPENDENT_LEADS]]
        right = record_of(leads)
        alarms[assess_quality(right).reversal or ""] += 1
        # One swap a record, each in turn, and the arms in all.
        for swap in {SWAPS[0], SWAPS[1 + number % (len(SWAPS) - 1)]}:
            told[swap][assess_quality(record_of(swap_beats(leads[None], swap)[0])).reversal or ""] += 1
    return {
        "data": f"{Path(data).name}, fold 9",
        "records": len(entries),
        "false_alarms": {"any": 1.0 - alarms[""] / len(entries)} | {s: alarms[s] / len(entries) for s in SWAPS},
        "swaps": {
            swap: {
                "records": sum(count.values()),
                "named": count[swap] / max(sum(count.values()), 1),
                "called_swapped": 1.0 - count[""] / max(sum(count.values()), 1),
            }
            for swap, count in told.items()
        },
    }


def record_of(leads_mv: np.ndarray[Any, np.dtype[np.float64]]) -> Record:
    """Return a record of the eight independent leads (lead, sample) in mV at 100 Hz."""
    channels = tuple(
        Channel(name, RATE_HZ, "mV", 1.0, 0.0, ArraySamples(np.array(row)), lead=name)
        for name, row in zip(INDEPENDENT_LEADS, leads_mv, strict=True)
    )
    return Record(Path("validation"), "array", channels)


def table(result: dict[str, Any]) -> str:
    """Return the result of `validate` as a table to read."""
    alarms = result["false_alarms"]
    lines = [
        f"swapped electrodes on {result['data']}, {result['records']} records; as they are, "
        f"{100 * alarms['any']:.2f} % are called swapped",
        f"{'swap':8}{'simulated':>10}{'named right %':>15}{'called swapped %':>18}{'false alarms %':>16}",
    ]
    for swap, row in result["swaps"].items():
        lines.append(
            f"{swap:8}{row['records']:10d}{100 * row['named']:15.1f}{100 * row['called_swapped']:18.1f}"
            f"{100 * alarms[swap]:16.2f}"
        )
    return "\n".join(lines)
