"""What disturbs a recording, put on the electrodes, so that Einthoven's and Wilson's sums stay true."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.simulate.torso import ELECTRODES


@dataclass(frozen=True)
class Noise:
    """Sizes of the disturbances at each electrode, root mean square in mV; `loose` names an electrode without hold."""

    white_mv: float = 0.003
    wander_mv: float = 0.012
    muscle_mv: float = 0.0
    mains_mv: float = 0.0
    mains_hz: float = 50.0
    loose: str | None = None


QUIET = Noise()
NOISY = Noise(wander_mv=0.11, muscle_mv=0.028, mains_mv=0.025, loose="V4")


def electrode_noise(noise: Noise, times_s: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float64]:
    """Return the disturbance of each electrode in mV, (electrode, sample)."""
    count, n = len(ELECTRODES), times_s.size
    rate_hz = (n - 1) / (times_s[-1] - times_s[0]) if n > 1 else 1.0
    out = noise.white_mv * rng.normal(size=(count, n))
    for frequency_hz in (0.13, 0.24, 0.31, 0.47):
        phase = rng.uniform(0, 2 * np.pi, (count, 1))
        size = noise.wander_mv * rng.uniform(0.4, 1.0, (count, 1))
        out += size * np.sin(2 * np.pi * frequency_hz * times_s + phase) / np.sqrt(2.0)
    if noise.muscle_mv:
        out += noise.muscle_mv * _muscle(times_s, rate_hz, count, rng)
    if noise.mains_mv:
        size = noise.mains_mv * rng.uniform(0.5, 1.5, (count, 1))
        wave = 2 * np.pi * noise.mains_hz * times_s + rng.uniform(0, 2.0, (count, 1))
        out += np.sqrt(2.0) * size * (np.sin(wave) + 0.15 * np.sin(3 * wave))
    if noise.loose:
        out[ELECTRODES.index(noise.loose)] += _loose(times_s, rng)
    return out


def _muscle(times_s: NDArray[np.float64], rate_hz: float, count: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Return bursts of noise between 15 Hz and the Nyquist frequency, of unit size on average."""
    n = times_s.size
    spectrum = np.fft.rfft(rng.normal(size=(count, n)), axis=1)
    f = np.fft.rfftfreq(n, 1.0 / rate_hz)
    spectrum *= (f > 15.0) / np.sqrt(1.0 + (f / 90.0) ** 4)
    noise = np.fft.irfft(spectrum, n, axis=1)
    noise /= np.maximum(noise.std(axis=1, keepdims=True), 1e-12)
    envelope = 1.0 + 0.7 * np.sin(2 * np.pi * 0.17 * times_s + rng.uniform(0, 2 * np.pi, (count, 1)))
    return np.asarray(noise * envelope)


def _loose(times_s: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float64]:
    """Return jumps of an electrode that loses and finds its hold, each fading like a charged amplifier input."""
    out = np.zeros(times_s.size)
    at = float(times_s[0]) + rng.uniform(0.3, 1.0)
    while at < times_s[-1]:
        since = times_s - at
        out += np.where(since >= 0.0, rng.choice((-1.0, 1.0)) * rng.uniform(0.6, 1.8), 0.0) * np.exp(
            -np.maximum(since, 0.0) / rng.uniform(0.25, 0.9)
        )
        at += rng.uniform(0.5, 1.5)
    return out
