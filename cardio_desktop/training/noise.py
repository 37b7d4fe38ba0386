"""Noise that must not look like disease, added to training records as they are drawn.

Disturbances arise at electrodes, so they are made for the nine electrodes (three limb, six chest) and carried to the
twelve leads by the leads' own definition: a loose left arm shows in I, III, aVR, aVL, aVF and, by a third, in V1-V6.
The label of a record stays what it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.core.electrodes import ELECTRODES, electrode_weights
from cardio_desktop.io.ptbxl import read_noise

Floats = NDArray[np.float32]
BANK_S = 1800


WEIGHTS = electrode_weights()


@dataclass(frozen=True)
class NoiseBank:
    """Minutes of unit-variance baseline wander and muscle noise, (channel, sample) each."""

    wander: Floats
    muscle: Floats


def _unit(signal: NDArray[np.floating]) -> Floats:
    centred = signal - signal.mean(axis=-1, keepdims=True)
    return (centred / centred.std(axis=-1, keepdims=True)).astype(np.float32)


def _shaped(rng: np.random.Generator, samples: int, amplitude: NDArray[np.floating]) -> NDArray[np.float64]:
    phases = np.exp(2j * np.pi * rng.random((2, samples // 2 + 1)))
    return np.fft.irfft(phases * amplitude, samples)


def synthetic_bank(rate_hz: int, seed: int = 0) -> NoiseBank:
    """Return noise made like the real kind: wander falling off above 0.3 Hz; bursts of muscle noise from 5 Hz up."""
    rng = np.random.default_rng(seed)
    samples = BANK_S * rate_hz
    frequency = np.fft.rfftfreq(samples, 1 / rate_hz)
    wander = _shaped(rng, samples, np.where(frequency > 0.02, 1 / (1 + (frequency / 0.3) ** 2), 0))
    muscle = _shaped(rng, samples, np.where(frequency > 5, 1 / np.sqrt(1 + (frequency / 35) ** 2), 0))
    bursts = np.exp(_unit(_shaped(rng, samples, np.where((frequency > 0) & (frequency < 0.5), 1.0, 0.0))))
    return NoiseBank(_unit(wander), _unit(muscle * bursts))


def real_bank(folder: Path, rate_hz: int) -> NoiseBank:
    """Return the training part of `bw` and `ma` of the MIT-BIH Noise Stress Test Database in `folder` at `rate_hz`."""
    from scipy.signal import resample_poly

    parts = []
    for name in ("bw", "ma"):
        signal, rate = read_noise(folder / name, "train")
        parts.append(_unit(resample_poly(signal, rate_hz, round(rate), axis=-1)))
    return NoiseBank(*parts)


@dataclass(frozen=True)
class NoiseConfig:
    """How often each disturbance strikes a record (probabilities)."""

    white: float = 0.15
    wander: float = 0.15
    muscle: float = 0.12
    mains: float = 0.1
    loose: float = 0.12
    saturation: float = 0.03
    dead_lead: float = 0.06
    gain: float = 0.1
    gain_jitter: float = 0.1
    """Standard deviation of the logarithm of every record's gain."""


# Fine-tuning sees disturbed and clean records in about equal shares.
HEAVY = NoiseConfig(
    white=0.2, wander=0.25, muscle=0.2, mains=0.15, loose=0.2, saturation=0.05, dead_lead=0.1, gain=0.12
)


def _struck(share: float, records: int, rng: np.random.Generator) -> NDArray[np.intp]:
    return np.flatnonzero(rng.random(records) < share)


def _segments(bank: Floats, records: int, samples: int, rng: np.random.Generator) -> Floats:
    """Return (record, electrode, sample) stretches of the bank, each electrode its own time and channel."""
    starts = rng.integers(0, bank.shape[1] - samples, (records, len(ELECTRODES), 1))
    channels = rng.integers(0, bank.shape[0], (records, len(ELECTRODES), 1))
    strengths = rng.lognormal(0, 0.7, (records, len(ELECTRODES), 1)).astype(np.float32)
    return bank[channels, starts + np.arange(samples)] * strengths


def _at_snr(noise: Floats, ecg_mv: Floats, snr_db: NDArray[np.floating]) -> Floats:
    """Scale lead noise (record, lead, sample) so that its power over all leads lies `snr_db` below the record's."""
    signal_rms = ecg_mv.std(axis=2).mean(axis=1)
    noise_rms = np.sqrt((noise**2).mean(axis=(1, 2))) + 1e-9
    factor = signal_rms / noise_rms * 10 ** (-snr_db / 20)
    return noise * factor[:, None, None].astype(np.float32)


def _loose_electrode(samples: int, rate_hz: int, rng: np.random.Generator) -> Floats:
    """Return the potential of one loose electrode in mV: steps that decay, and spikes."""
    potential = np.zeros(samples, dtype=np.float32)
    decay = np.exp(-np.arange(samples) / (rate_hz * rng.uniform(0.1, 2.0))).astype(np.float32)
    for _ in range(rng.integers(1, 6)):
        start = int(rng.integers(0, samples))
        potential[start:] += np.float32(rng.normal(0, 1.0)) * decay[: samples - start]
    for _ in range(rng.integers(0, 8)):
        potential[rng.integers(0, samples)] += np.float32(rng.normal(0, 1.5))
    return potential


def disturb(
    ecg_mv: Floats, bank: NoiseBank, rng: np.random.Generator, config: NoiseConfig, rate_hz: int = 100
) -> Floats:
    """Return a disturbed copy of (record, 12, sample) in mV."""
    x = ecg_mv.copy()
    records, _, samples = x.shape
    x *= np.exp(rng.normal(0, config.gain_jitter, (records, 1, 1))).astype(np.float32)
    rows = _struck(config.gain, records, rng)
    x[rows] *= 2 ** rng.uniform(-1, 1, (len(rows), 1, 1)).astype(np.float32)

    for share, source in ((config.wander, bank.wander), (config.muscle, bank.muscle)):
        rows = _struck(share, records, rng)
        noise = WEIGHTS @ _segments(source, len(rows), samples, rng)
        x[rows] += _at_snr(noise, ecg_mv[rows], rng.uniform(-6, 24, len(rows)))

    rows = _struck(config.mains, records, rng)
    # Sampled at 100 Hz as it comes: 50 Hz beats at the Nyquist frequency and 60 Hz folds to 40 Hz.
    hertz = rng.choice([50.0, 60.0], (len(rows), 1, 1)) + rng.normal(0, 0.05, (len(rows), 1, 1))
    phase = 2 * np.pi * rng.random((len(rows), 1, 1))
    wave = np.sin(2 * np.pi * hertz * np.arange(samples) / rate_hz + phase).astype(np.float32)
    hum = WEIGHTS @ (wave * rng.normal(0, 1, (len(rows), len(ELECTRODES), 1)).astype(np.float32))
    x[rows] += _at_snr(hum, ecg_mv[rows], rng.uniform(0, 30, len(rows)))

    for row in _struck(config.loose, records, rng):
        electrode = rng.integers(0, len(ELECTRODES))
        x[row] += WEIGHTS[:, electrode, None] * _loose_electrode(samples, rate_hz, rng)

    rows = _struck(config.white, records, rng)
    level = x[rows].std(axis=2, keepdims=True) * 10 ** (-rng.uniform(0, 30, (len(rows), 12, 1)) / 20)
    x[rows] += (rng.standard_normal((len(rows), 12, samples)) * level).astype(np.float32)

    for row in _struck(config.saturation, records, rng):
        limit = np.float32(rng.uniform(0.4, 1.0) * np.abs(x[row]).max())
        np.clip(x[row], -limit, limit, out=x[row])
    for row in _struck(config.dead_lead, records, rng):
        lead, start = rng.integers(0, 12), rng.choice([0, int(rng.integers(0, samples))])
        x[row, lead, start:] = 0
    return x
