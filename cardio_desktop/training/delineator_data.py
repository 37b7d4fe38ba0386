"""Stretches of LUDB for training the delineator: cut, stretched in time, disturbed, labelled to a part of a sample."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.io.ludb import LudbRecord
from cardio_desktop.io.ptbxl import read_noise
from cardio_desktop.model.conditioning import RATE_HZ, condition

Floats = NDArray[np.float32]
CLASSES = ("none", "P", "QRS", "T")
MARGIN_S = 0.016
"""So far before the first mark and after the last one a lead counts as seen: no wave ends as close to the next one."""
UNSURE_S = 0.15
"""So far around the peak of a wave whose boundaries were not both marked, nothing is learnt."""


@dataclass(frozen=True, eq=False)
class Marked:
    """A record ready to be cut: signal (12, n) in mV, running sums (class, 12, n) of each class and of what counts."""

    number: str
    signal: Floats
    sums: NDArray[np.float64]
    seen: NDArray[np.float64]
    first: int
    last: int


def prepared(record: LudbRecord) -> Marked:
    """Return a record with its labels as running sums over time, from which any stretch's labels follow exactly."""
    n = record.leads_mv.shape[1]
    inside = np.zeros((len(CLASSES), 12, n), dtype=np.float64)
    seen = np.zeros((12, n))
    margin, unsure = round(MARGIN_S * record.rate_hz), round(UNSURE_S * record.rate_hz)
    starts, ends = [], []
    for k, waves in enumerate(record.waves.values()):
        whole = [(w.wave, w.onset, w.offset) for w in waves if w.onset is not None and w.offset is not None]
        if not whole:
            continue
        low, high = min(on for _, on, _ in whole), max(off for _, _, off in whole)
        seen[k, max(low - margin, 0) : high + margin] = 1.0
        for wave in waves:
            if wave.onset is None or wave.offset is None:
                seen[k, max(wave.peak - unsure, 0) : wave.peak + unsure] = 0.0
        for name, onset, offset in whole:
            inside[CLASSES.index(name), k, onset:offset] = 1.0
        starts.append(low)
        ends.append(high)
    inside[0] = 1.0 - inside[1:].sum(axis=0)
    pad = ((0, 0), (0, 0), (1, 0))
    return Marked(
        record.number,
        lowpassed(record.leads_mv, record.rate_hz),
        np.cumsum(np.pad(inside, pad), axis=2),
        np.cumsum(np.pad(seen, pad[1:]), axis=1),
        min(starts),
        max(ends),
    )


def lowpassed(leads_mv: Floats, rate_hz: float) -> Floats:
    """Return (lead, n) without what lies above half of the network's rate, at the rate that it has."""
    n = leads_mv.shape[1]
    padded = np.concatenate([leads_mv, leads_mv[:, ::-1]], axis=1)
    f = np.fft.rfftfreq(2 * n, 1 / rate_hz)
    gain = np.clip((0.5 * RATE_HZ - f) / (0.05 * RATE_HZ), 0.0, 1.0)
    return np.fft.irfft(np.fft.rfft(padded, axis=1) * gain, 2 * n, axis=1)[:, :n].astype(np.float32)


@dataclass(frozen=True)
class Noises:
    """Real baseline wander and muscle noise of unit size at `RATE_HZ`, (channel, n) each."""

    wander: Floats
    muscle: Floats


def noises(folder: Path | None) -> Noises:
    """Return the noise of the nstdb folder; without one, made-up noise of like spectrum."""
    from scipy.signal import resample_poly

    if folder is None:
        from cardio_desktop.training.noise import synthetic_bank

        bank = synthetic_bank(RATE_HZ)
        return Noises(np.atleast_2d(bank.wander), np.atleast_2d(bank.muscle))
    parts = []
    for name in ("bw", "ma"):
        signal, rate = read_noise(folder / name, "train")
        at_rate = resample_poly(signal, 25, 36, axis=-1) if rate == 360 else resample_poly(signal, RATE_HZ, int(rate))
        centred = at_rate - at_rate.mean(axis=-1, keepdims=True)
        parts.append((centred / centred.std(axis=-1, keepdims=True)).astype(np.float32))
    return Noises(*parts)


def stretch(
    record: Marked, start: float, step: float, samples: int
) -> tuple[Floats, NDArray[np.float32], NDArray[np.float32]]:
    """Return (signal (12, n), labels (class, 12, n), weight (12, n)) of `samples` places `step` apart from `start`.

    `start` and `step` are in the record's samples. A label is the share of its place that lies inside the wave, so that
    it crosses one half exactly at the mark.
    """
    places = start + step * np.arange(samples, dtype=np.float64)
    edges = start + step * (np.arange(samples + 1, dtype=np.float64) - 0.5)
    signal = _between(record.signal, places)
    # A mark lies at its sample, running sums at the samples' left edges.
    labels = np.diff(_between(record.sums, edges), axis=-1) / step
    weight = np.diff(_between(record.seen, edges), axis=-1) / step
    return signal.astype(np.float32), labels.astype(np.float32), (weight > 0.99).astype(np.float32)


def _between(values: NDArray[Any], places: NDArray[Any]) -> NDArray[Any]:
    """Return `values` at fractional `places` along the last axis; the ends are held."""
    clipped = np.clip(places, 0.0, values.shape[-1] - 1.000001)
    index = clipped.astype(np.int64)
    part = clipped - index
    return values[..., index] * (1.0 - part) + values[..., index + 1] * part


def augmented(
    record: Marked, samples: int, bank: Noises, rng: np.random.Generator, often: float = 1.0
) -> tuple[Floats, NDArray[np.float32], NDArray[np.float32]]:
    """Return a random stretch of a record, conditioned: time stretched, leads turned over, noise added `often`."""
    rate_ratio = 500.0 / RATE_HZ
    step = rate_ratio * float(np.exp(rng.normal(0.0, 0.08)))
    length = samples * step
    low, high = record.first - 0.15 * length, max(record.last - 0.85 * length, record.first - 0.1 * length)
    low = max(low, 0.0)
    high = min(max(high, low + 1.0), record.signal.shape[1] - length)
    start = float(rng.uniform(low, high)) if high > low else max(high, 0.0)
    signal, labels, weight = stretch(record, start, step, samples)
    signal = signal * np.where(rng.random((12, 1)) < 0.15, -1.0, 1.0).astype(np.float32)
    size = np.quantile(np.ptp(signal.reshape(12, -1, samples // 4), axis=2), 0.5, axis=1).astype(np.float32)
    for source, share, low_db, high_db in ((bank.wander, 0.35, -6.0, 20.0), (bank.muscle, 0.35, 10.0, 34.0)):
        if rng.random() < often * share:
            signal = signal + _noise(source, samples, rng) * (size * _ratio(rng, low_db, high_db))[:, None]
    if rng.random() < often * 0.25:
        noise = rng.standard_normal((12, samples)).astype(np.float32)
        signal = signal + noise * (size * _ratio(rng, 20.0, 40.0))[:, None]
    if rng.random() < often * 0.15:
        hertz = rng.choice([50.0, 60.0]) * rate_ratio / step
        wave = np.sin(2 * np.pi * (hertz * np.arange(samples) / RATE_HZ + rng.random((12, 1)))).astype(np.float32)
        signal = signal + wave * (size * _ratio(rng, 15.0, 35.0))[:, None]
    return condition(signal.astype(np.float32)), labels, weight


def _ratio(rng: np.random.Generator, low_db: float, high_db: float) -> NDArray[np.float32]:
    """Return the size of noise in each lead as a share of the complexes' height: one level, and a little by lead."""
    level = rng.uniform(low_db, high_db) + rng.normal(0.0, 4.0, 12)
    return (10.0 ** (-level / 20.0)).astype(np.float32)


def _noise(source: Floats, samples: int, rng: np.random.Generator) -> Floats:
    starts = rng.integers(0, source.shape[1] - samples, 12)
    channels = rng.integers(0, source.shape[0], 12)
    return np.stack([source[c, s : s + samples] for c, s in zip(channels, starts, strict=True)])
