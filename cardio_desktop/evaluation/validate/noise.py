"""How much P, PR, QRS and QT change when real noise is added, as IEC 60601-2-25 asks a program to state."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.core.errors import CardioError
from cardio_desktop.core.findings import Measurements
from cardio_desktop.core.leads import EINTHOVEN, INDEPENDENT_LEADS, LEADS12
from cardio_desktop.core.quantities import INTERVALS
from cardio_desktop.evaluation.validate.boundaries import as_record, chosen_records
from cardio_desktop.io.ludb import LudbRecord
from cardio_desktop.io.ptbxl import read_noise
from cardio_desktop.reading.pipeline import analyze

LEVELS_DB = (24, 18, 12, 6, 0)
SOURCES = {"wander": "bw", "muscle": "ma"}
LIKENESS = (
    "SNR: size of the complexes squared, over eight, against the noise's power in each lead (as the MIT-BIH Noise "
    "Stress Test Database defines it); change: with noise minus without, same record"
)


class NoiseFolderError(CardioError):
    """No folder of noise was given."""

    kind = "usage"


def validate(data: Path, options: argparse.Namespace) -> dict[str, Any]:
    """Return the change of each interval by kind and level of noise, over the records of `options.part`.

    Every record goes the way that any record takes, the check of its quality included: what is then refused counts as
    not measured. Raises NoiseFolderError without a noise folder.
    """
    if options.noise is None:
        raise NoiseFolderError("--what noise needs --noise, the folder of the nstdb records bw and ma.")
    rng = np.random.default_rng(0)
    records = chosen_records(data, options.part)[: options.records]
    clean = {record.number: analyze(as_record(record), None).measurements for record in records}
    cells: dict[str, Any] = {}
    for kind, name in SOURCES.items():
        signal, rate_hz = read_noise(options.noise / name, "test")
        bank = at_rate(signal, rate_hz, records[0].rate_hz)
        for level_db in LEVELS_DB:
            pairs = [
                (clean[record.number], analyze(as_record(with_noise(record, bank, level_db, rng)), None).measurements)
                for record in records
            ]
            cells[f"{kind} {level_db}"] = {figure: change(pairs, figure) for figure in INTERVALS}
    return {"data": "LUDB 1.0.1 with nstdb 1.0.0", "part": options.part, "records": len(records), "cells": cells}


def at_rate(noise: NDArray[np.float64], rate_hz: float, target_hz: float) -> NDArray[np.float64]:
    """Return (channel, n) at another rate, without its mean."""
    from scipy.signal import resample_poly

    divisor = int(np.gcd(round(rate_hz), round(target_hz)))
    out = resample_poly(noise, round(target_hz) // divisor, round(rate_hz) // divisor, axis=-1)
    return np.asarray(out - out.mean(axis=-1, keepdims=True))


def with_noise(record: LudbRecord, bank: NDArray[np.float64], level_db: float, rng: np.random.Generator) -> LudbRecord:
    """Return a record with another stretch of noise in each stored lead; the limb leads follow Einthoven."""
    n = record.leads_mv.shape[1]
    noisy: dict[str, NDArray[np.float64]] = {}
    for name in INDEPENDENT_LEADS:
        clean = record.leads_mv[LEADS12.index(name)].astype(np.float64)
        start = int(rng.integers(0, bank.shape[1] - n))
        stretch = bank[int(rng.integers(0, bank.shape[0])), start : start + n]
        power = _complex_size(clean, record.rate_hz) ** 2 / 8.0 / 10.0 ** (level_db / 10.0)
        noisy[name] = clean + stretch * np.sqrt(power / max(float(stretch.var()), 1e-12))
    for name, (one, two) in EINTHOVEN.items():
        noisy[name] = one * noisy["I"] + two * noisy["II"]
    return replace(record, leads_mv=np.array([noisy[name] for name in LEADS12], dtype=np.float32))


def _complex_size(lead_mv: NDArray[np.float64], rate_hz: float) -> float:
    """Return the usual height of a lead's complexes in mV: the median over 1.25 s of the range."""
    block = round(1.25 * rate_hz)
    pieces = lead_mv[: lead_mv.size // block * block].reshape(-1, block)
    return float(np.median(np.ptp(pieces, axis=1)))


def change(pairs: list[tuple[Measurements, Measurements]], figure: str) -> dict[str, Any]:
    """Return mean, standard deviation and largest change in ms of one interval, and what was lost or added."""
    values = [(getattr(before, figure), getattr(after, figure)) for before, after in pairs]
    both = np.array([after - before for before, after in values if before is not None and after is not None])
    return {
        "records": int(both.size),
        "mean_ms": float(both.mean()) if both.size else None,
        "sd_ms": float(both.std(ddof=1)) if both.size > 1 else None,
        "worst_ms": float(np.abs(both).max()) if both.size else None,
        "lost": sum(before is not None and after is None for before, after in values),
        "added": sum(before is None and after is not None for before, after in values),
    }


def table(result: Mapping[str, Any]) -> str:
    """Return the figures as text."""
    lines = [f"{result['records']} records of {result['data']} ({result['part']}); {LIKENESS}", ""]
    lines.append(f"{'noise, dB':<12}" + "".join(f"{name + ' mean/SD, lost':>26}" for name in INTERVALS))
    for cell, figures in result["cells"].items():
        parts = [f"{_signed(row['mean_ms'])} / {_plain(row['sd_ms'])}, {row['lost']}" for row in figures.values()]
        lines.append(f"{cell:<12}" + "".join(f"{part:>26}" for part in parts))
    return "\n".join(lines)


def _signed(value: float | None) -> str:
    return "-" if value is None else f"{value:+.1f}"


def _plain(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f}"
