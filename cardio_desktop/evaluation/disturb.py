"""What a recording may suffer, done to whole records: noise at electrodes, mains, other rates, swapped limbs.

Disturbances arise at electrodes (three limb, six chest) and reach the twelve leads by the leads' own definition.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.core.electrodes import ELECTRODES, electrode_weights
from cardio_desktop.core.leads import LEADS12
from cardio_desktop.evaluation.records import Floats
from cardio_desktop.io.ptbxl import read_noise
from cardio_desktop.model.preprocess import prepare

LIMBS = ("RA", "LA", "LL")


def read_noise_at(folder: Path, name: str, rate_hz: float) -> Floats:
    """Return the last third of the noise record `name` (channel, sample) at `rate_hz`, without offset."""
    from scipy.signal import resample_poly

    signal, rate = read_noise(folder / name, "test")
    noise = resample_poly(signal, round(rate_hz), round(rate), axis=-1)
    return np.asarray(noise - noise.mean(axis=1, keepdims=True), dtype=np.float32)


def with_noise(ecg_mv: Floats, bank: Floats, snr_db: float, rng: np.random.Generator) -> Floats:
    """Return (record, 12, sample) with stretches of `bank` (channel, sample) at each electrode.

    `snr_db` is the power of the record over that of the noise, each averaged over the twelve leads.
    """
    records, _, samples = ecg_mv.shape
    starts = rng.integers(0, bank.shape[1] - samples, (records, len(ELECTRODES), 1))
    channels = rng.integers(0, bank.shape[0], (records, len(ELECTRODES), 1))
    stretches = bank[channels, starts + np.arange(samples)]
    stretches = stretches - stretches.mean(axis=2, keepdims=True)
    noise = electrode_weights() @ stretches
    return ecg_mv + _scaled(noise, ecg_mv, snr_db)


def with_mains(ecg_mv: Floats, hertz: float, rate_hz: float, snr_db: float, rng: np.random.Generator) -> Floats:
    """Return (record, 12, sample) with a hum of `hertz`, unequal at the electrodes, as sampled at `rate_hz`."""
    records, _, samples = ecg_mv.shape
    phase = 2 * np.pi * rng.random((records, len(ELECTRODES), 1))
    # Mains are never at exactly their nominal frequency: at half the sampling rate they would else stand still.
    drift = rng.normal(0, 0.05, (records, 1, 1))
    wave = np.sin(2 * np.pi * (hertz + drift) * np.arange(samples) / rate_hz + phase)
    size = rng.uniform(0.3, 1.0, (records, len(ELECTRODES), 1))
    return ecg_mv + _scaled(electrode_weights() @ (size * wave).astype(np.float32), ecg_mv, snr_db)


def _scaled(noise: NDArray[np.floating], ecg_mv: Floats, snr_db: float) -> Floats:
    signal = ecg_mv.var(axis=2).mean(axis=1)
    power = (noise**2).mean(axis=(1, 2)) + 1e-12
    factor = np.sqrt(signal / power) * 10 ** (-snr_db / 20)
    return np.asarray(noise * factor[:, None, None], dtype=np.float32)


def without_leads(ecg_mv: Floats, *leads: str) -> Floats:
    """Return a copy in which `leads` are flat."""
    flat = ecg_mv.copy()
    flat[:, [LEADS12.index(lead) for lead in leads]] = 0
    return flat


def through_rate(ecg_mv: Floats, rate_hz: float, other_hz: float) -> Floats:
    """Return the records resampled to `other_hz`, as another recorder gives them, and read by the product's own way.

    Upwards by zero padding of the spectrum, which invents nothing, on the record and its mirror image, so that the
    ends do not ring.
    """
    from scipy.signal import resample

    result = np.empty_like(ecg_mv)
    samples = ecg_mv.shape[2]
    more = round(samples * other_hz / rate_hz)
    for k, record in enumerate(ecg_mv):
        mirrored = np.concatenate([record, record[:, ::-1]], axis=1)
        foreign = resample(mirrored.astype(np.float64), 2 * more, axis=1)[:, :more]
        result[k] = prepare(foreign, other_hz, rate_hz)[0][:, :samples]
    return result


def swapped_limbs(ecg_mv: Floats, first: str, second: str) -> Floats:
    """Return the records as they would be with two limb electrodes (RA, LA, LL) exchanged; the chest leads stay."""
    # Potentials up to a constant, taken against RA: LA - RA = I, LL - RA = II.
    potentials = {"RA": np.zeros_like(ecg_mv[:, 0]), "LA": ecg_mv[:, 0], "LL": ecg_mv[:, 1]}
    potentials[first], potentials[second] = potentials[second], potentials[first]
    limb = np.stack([potentials[name] for name in LIMBS], axis=1)
    swapped = ecg_mv.copy()
    swapped[:, :6] = electrode_weights()[:6, :3] @ limb
    return swapped
