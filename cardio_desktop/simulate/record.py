"""A simulated ECG as a record, with the truth about its beats and waves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.core.findings import Wave
from cardio_desktop.core.leads import LEADS12
from cardio_desktop.core.record import ArraySamples, Channel, Patient, Record
from cardio_desktop.simulate.heart import HEARTS, Heart, heart_vector, rhythm
from cardio_desktop.simulate.noise import NOISY, QUIET, Noise, electrode_noise
from cardio_desktop.simulate.torso import electrode_matrix, lead_vectors, leads_from_electrodes

KINDS = tuple(HEARTS)
COUNTS_PER_MV = 1000.0
LABEL = "SIMULATED - not a patient"
START_TIME = datetime(2026, 1, 5, 9, 30)


@dataclass(frozen=True, eq=False)
class Simulation:
    """A simulated record and what is true of it.

    `beats_s` are the moments of the largest heart vector in each QRS, `waves` global P, QRS and T as they were put in,
    `clean_mv` (12, sample) the leads without noise, in the order of `LEADS12`.
    """

    record: Record
    heart: Heart
    beats_s: tuple[float, ...]
    waves: tuple[Wave, ...]
    clean_mv: NDArray[np.float64]


def simulate(
    kind: str = "normal",
    *,
    rate_hz: float = 500.0,
    duration_s: float = 10.0,
    seed: int = 1,
    rate_bpm: float | None = None,
    pr_s: float | None = None,
    qrs_s: float | None = None,
    qtc_s: float | None = None,
    st_mv: float | None = None,
    noise: Noise | None = None,
) -> Simulation:
    """Simulate an ECG of one of `KINDS`.

    `st_mv` sets the largest ST shift of any lead (its direction is the kind's own, that of an anterior injury where it
    has none). Everything left None is as the kind has it. Raises ValueError for an unknown kind.
    """
    if kind not in HEARTS:
        raise ValueError(f"no simulated ECG of kind {kind!r}: choose one of {', '.join(KINDS)}")
    own = HEARTS[kind]
    heart = replace(
        own,
        rate_bpm=own.rate_bpm if rate_bpm is None else rate_bpm,
        pr_s=own.pr_s if pr_s is None else pr_s,
        qrs_s=own.qrs_s if qrs_s is None else qrs_s,
        qtc_s=own.qtc_s if qtc_s is None else qtc_s,
    )
    if st_mv is not None:
        direction = np.array(heart.st if any(heart.st) else HEARTS["anterior-mi"].st)
        x, y, z = direction * st_mv / np.abs(lead_vectors() @ direction).max()
        heart = replace(heart, st=(float(x), float(y), float(z)))
    noise = noise or (NOISY if kind == "noisy-normal" else QUIET)

    rng = np.random.default_rng([seed, KINDS.index(kind)])
    times_s = np.arange(round(duration_s * rate_hz)) / rate_hz
    vector, beats = heart_vector(heart, rhythm(heart, duration_s, rng), times_s)
    vector = _breathe(vector, times_s, rng)
    potentials = electrode_matrix() @ vector
    noisy = potentials + electrode_noise(noise, times_s, rng)
    waves = tuple(
        Wave("global", wave.wave, wave.onset_s, wave.peak_s, wave.offset_s)
        for beat in beats
        for wave in beat
        if wave.onset_s >= 0.0 and wave.offset_s < duration_s
    )
    peaks_s = tuple(qrs.peak_s for _, qrs, _ in beats if 0.0 <= qrs.peak_s < duration_s)
    record = record_of(kind, rate_hz, leads_from_electrodes(noisy))
    return Simulation(record, heart, peaks_s, waves, leads_from_electrodes(potentials))


def simulate_record(kind: str = "normal", *, rate_hz: float = 500.0, duration_s: float = 10.0, seed: int = 1) -> Record:
    """Return the record of `simulate`."""
    return simulate(kind, rate_hz=rate_hz, duration_s=duration_s, seed=seed).record


def _breathe(
    vector: NDArray[np.float64], times_s: NDArray[np.float64], rng: np.random.Generator
) -> NDArray[np.float64]:
    """Return the heart vector as breathing moves it: it swings in the frontal plane by 2 degrees, grows by 2 %."""
    breath = np.sin(2 * np.pi * 0.25 * times_s + rng.uniform(0, 2 * np.pi))
    cos, sin = np.cos(np.deg2rad(2.0) * breath), np.sin(np.deg2rad(2.0) * breath)
    x, y, z = vector
    return np.asarray(np.array([cos * x - sin * y, sin * x + cos * y, z]) * (1.0 + 0.02 * breath))


def record_of(kind: str, rate_hz: float, leads_mv: NDArray[np.float64]) -> Record:
    """Return the leads as 16-bit counts; limb leads are rounded so that III = II - I holds in the counts as well."""
    counts = np.round(leads_mv * COUNTS_PER_MV)
    one, two = counts[0], counts[1]
    counts[2] = two - one
    counts = np.clip(counts, -32767, 32767).astype(np.int16)
    return Record(
        path=Path(f"simulated-{kind}"),
        format="simulated",
        channels=tuple(
            Channel(name, rate_hz, "mV", COUNTS_PER_MV, 0.0, ArraySamples(row), lead=name)
            for name, row in zip(LEADS12, counts, strict=True)
        ),
        start_time=START_TIME,
        patient=Patient(id="SIMULATED"),
        notes=(LABEL,),
        device="Cardio Desktop simulator",
        simulated=True,
    )
