"""The heart as one moving dipole: P, QRS, ST and T as sums of smooth lobes.

Axes as in `torso`: x to the left, y to the feet, z to the front. Vectors are in millivolts of a lead of unit strength.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Vector = tuple[float, float, float]
VISIBLE = 0.03
"""Share of a wave's largest vector at which it counts as begun or ended (about 0.03 mV in a QRS of 1 mV)."""


@dataclass(frozen=True)
class Lobe:
    """One bell of the heart vector; `start`, `peak` and `end` are fractions of its wave's drawn length."""

    vector: Vector
    start: float
    peak: float
    end: float

    def at(self, u: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the heart vector (xyz, time) at the fractions `u`: a raised cosine up and another one down."""
        rise = np.clip((u - self.start) / (self.peak - self.start), 0.0, 1.0)
        fall = np.clip((self.end - u) / (self.end - self.peak), 0.0, 1.0)
        bell = 0.25 * (1.0 - np.cos(np.pi * rise)) * (1.0 - np.cos(np.pi * fall))
        return np.asarray(self.vector)[:, None] * bell


@dataclass(frozen=True)
class Heart:
    """How one heart beats; lengths in seconds, as seen (between the `VISIBLE` points of each wave).

    `qtc_s` is the QT interval at 60 per minute, stretched with the cube root of RR (Fridericia). `st` is the vector
    of injury current from the J point to the T wave.
    """

    p: tuple[Lobe, ...]
    qrs: tuple[Lobe, ...]
    t: tuple[Lobe, ...]
    st: Vector = (0.0, 0.0, 0.0)
    rate_bpm: float = 70.0
    p_s: float = 0.104
    pr_s: float = 0.160
    qrs_s: float = 0.077
    qtc_s: float = 0.410
    t_s: float = 0.265
    breathing_ms: float = 28.0
    wander_ms: float = 16.0

    def qt_s(self, rr_s: float) -> float:
        """Return the QT interval in seconds that belongs to an RR interval."""
        return float(self.qtc_s * np.cbrt(rr_s))


@dataclass(frozen=True)
class Span:
    """The visible ends and the peak of a wave as fractions of its drawn length."""

    onset: float
    peak: float
    offset: float

    @property
    def length(self) -> float:
        """Visible part of the drawn length."""
        return self.offset - self.onset


def visible(lobes: tuple[Lobe, ...]) -> Span:
    """Return where a wave made of `lobes` begins, peaks and ends to the eye."""
    u = np.linspace(0.0, 1.0, 4001)
    size = np.linalg.norm(sum((lobe.at(u) for lobe in lobes), start=np.zeros((3, u.size))), axis=0)
    above = np.flatnonzero(size >= VISIBLE * size.max())
    return Span(float(u[above[0]]), float(u[int(size.argmax())]), float(u[above[-1]]))


_P = (Lobe((0.030, 0.075, 0.060), 0.00, 0.36, 0.80), Lobe((0.075, 0.075, -0.045), 0.24, 0.62, 1.00))
_T = (Lobe((0.29, 0.20, 0.14), 0.00, 0.64, 1.00),)

# Septum (to the right and front), apex, free wall, base: the usual order of ventricular activation.
_QRS = (
    Lobe((-0.20, -0.10, 0.30), 0.02, 0.19, 0.40),
    Lobe((0.42, 0.42, 0.40), 0.15, 0.38, 0.60),
    Lobe((1.10, 0.55, -0.55), 0.24, 0.50, 0.76),
    Lobe((0.06, 0.04, -0.52), 0.48, 0.68, 0.90),
    Lobe((-0.14, -0.12, -0.08), 0.62, 0.81, 1.00),
)

NORMAL = Heart(_P, _QRS, _T)

# The front wall does not activate any more: its septal and apical forces are gone and the wall opposite pulls back.
ANTERIOR_MI = Heart(
    _P,
    (
        Lobe((-0.04, -0.06, -0.34), 0.02, 0.21, 0.44),
        Lobe((0.14, 0.30, -0.30), 0.15, 0.38, 0.60),
        Lobe((1.00, 0.55, -0.60), 0.24, 0.51, 0.80),
        Lobe((-0.04, -0.10, -0.16), 0.52, 0.74, 1.00),
    ),
    (Lobe((0.28, 0.04, 0.32), 0.00, 0.60, 1.00),),
    st=(0.11, -0.20, 0.22),
    rate_bpm=88.0,
    qtc_s=0.415,
    qrs_s=0.080,
    breathing_ms=10.0,
    wander_ms=8.0,
)

# The septum is activated from right to left and the free wall late: two broad peaks to the left, none to the right.
LBBB = Heart(
    _P,
    (
        Lobe((0.20, 0.12, 0.14), 0.00, 0.12, 0.30),
        Lobe((1.02, 0.30, -0.40), 0.07, 0.34, 0.62),
        Lobe((0.98, 0.04, -0.66), 0.36, 0.64, 0.90),
        Lobe((0.26, -0.10, -0.30), 0.62, 0.80, 1.00),
    ),
    (Lobe((-0.30, -0.06, 0.26), 0.00, 0.62, 1.00),),
    st=(-0.09, -0.02, 0.11),
    rate_bpm=74.0,
    pr_s=0.178,
    qrs_s=0.140,
    qtc_s=0.462,
    t_s=0.275,
    breathing_ms=14.0,
    wander_ms=10.0,
)

HEARTS: Mapping[str, Heart] = {
    "normal": NORMAL,
    "anterior-mi": ANTERIOR_MI,
    "lbbb": LBBB,
    "noisy-normal": replace(NORMAL, rate_bpm=76.0),
}


def rhythm(heart: Heart, duration_s: float, rng: np.random.Generator) -> NDArray[np.float64]:
    """Return the onsets of the QRS complexes in seconds, from before 0 to after `duration_s`.

    RR follows breathing (0.25 Hz), a slow wave (0.1 Hz) and a little chance.
    """
    mean = 60.0 / heart.rate_bpm
    phase = rng.uniform(0.0, 2.0 * np.pi, 2)
    onsets = [float(-mean * rng.uniform(1.2, 1.9))]
    while onsets[-1] < duration_s + mean:
        t = onsets[-1]
        swing = heart.breathing_ms * np.sin(2 * np.pi * 0.25 * t + phase[0])
        swing += heart.wander_ms * np.sin(2 * np.pi * 0.1 * t + phase[1]) + 0.2 * heart.wander_ms * rng.normal()
        onsets.append(t + mean + 1e-3 * float(np.clip(swing, -250.0 * mean, 250.0 * mean)))
    return np.array(onsets)


@dataclass(frozen=True)
class Deflection:
    """One wave of one beat in seconds: where it is drawn from, for how long, and what the eye sees of it."""

    wave: str
    start_s: float
    length_s: float
    span: Span

    @property
    def onset_s(self) -> float:
        """First visible moment."""
        return self.start_s + self.span.onset * self.length_s

    @property
    def peak_s(self) -> float:
        """Moment of the largest vector."""
        return self.start_s + self.span.peak * self.length_s

    @property
    def offset_s(self) -> float:
        """Last visible moment."""
        return self.start_s + self.span.offset * self.length_s


def deflections(heart: Heart, qrs_onset_s: float, rr_s: float) -> tuple[Deflection, Deflection, Deflection]:
    """Return P, QRS and T of the beat whose QRS begins at `qrs_onset_s` after an RR interval `rr_s`."""
    begins = {
        "P": (heart.p, qrs_onset_s - heart.pr_s, heart.p_s),
        "QRS": (heart.qrs, qrs_onset_s, heart.qrs_s),
        "T": (heart.t, qrs_onset_s + heart.qt_s(rr_s) - heart.t_s, heart.t_s),
    }
    waves = []
    for wave, (lobes, onset_s, visible_s) in begins.items():
        span = visible(lobes)
        length_s = visible_s / span.length
        waves.append(Deflection(wave, onset_s - span.onset * length_s, length_s, span))
    return waves[0], waves[1], waves[2]


def heart_vector(
    heart: Heart, onsets_s: NDArray[np.float64], times_s: NDArray[np.float64]
) -> tuple[NDArray[np.float64], list[tuple[Deflection, Deflection, Deflection]]]:
    """Return the heart vector (xyz, time) of a run of beats and the waves that it is made of."""
    vector = np.zeros((3, times_s.size))
    beats = []
    rr_s = np.diff(onsets_s, prepend=onsets_s[0] - 60.0 / heart.rate_bpm)
    for onset_s, rr in zip(onsets_s, rr_s, strict=True):
        p, qrs, t = deflections(heart, float(onset_s), float(rr))
        beats.append((p, qrs, t))
        for lobes, wave in ((heart.p, p), (heart.qrs, qrs), (heart.t, t), *injured(heart, qrs, t)):
            drawn(vector, times_s, lobes, wave)
    return vector, beats


def drawn(vector: NDArray[np.float64], times_s: NDArray[np.float64], lobes: tuple[Lobe, ...], wave: Deflection) -> None:
    """Add one wave to the heart vector (xyz, time)."""
    here = slice(*np.searchsorted(times_s, (wave.start_s, wave.start_s + wave.length_s)))
    u = (times_s[here] - wave.start_s) / wave.length_s
    for lobe in lobes:
        vector[:, here] += lobe.at(u)


def injured(heart: Heart, qrs: Deflection, t: Deflection) -> list[tuple[tuple[Lobe, ...], Deflection]]:
    """Return the injury current of one beat, as lobes and where they lie; nothing for a heart that has none."""
    lobes = _injury(heart, qrs, t)
    return [(lobes, _plateau(qrs, t))] if lobes else []


def _plateau(qrs: Deflection, t: Deflection) -> Deflection:
    """Return the span of the injury current: from shortly before the J point to the end of T."""
    start_s = qrs.offset_s - 0.25 * qrs.length_s
    return Deflection("ST", start_s, t.offset_s - start_s, Span(0.0, 0.5, 1.0))


def _injury(heart: Heart, qrs: Deflection, t: Deflection) -> tuple[Lobe, ...]:
    """Return the injury current: it rises within the end of QRS, stays, and goes down with T."""
    plateau = _plateau(qrs, t)
    full = (qrs.offset_s - plateau.start_s) / plateau.length_s
    ebb = 1.0 - 0.45 * t.length_s / plateau.length_s
    return (_Shelf(heart.st, 0.0, full, 1.0, ebb),) if any(heart.st) else ()


@dataclass(frozen=True)
class _Shelf(Lobe):
    """A lobe that stays at its height from `peak` to `ebb`."""

    ebb: float = 1.0

    def at(self, u: NDArray[np.float64]) -> NDArray[np.float64]:
        rise = np.clip((u - self.start) / (self.peak - self.start), 0.0, 1.0)
        fall = np.clip((self.end - u) / (self.end - self.ebb), 0.0, 1.0)
        shelf = 0.25 * (1.0 - np.cos(np.pi * rise)) * (1.0 - np.cos(np.pi * fall))
        return np.asarray(self.vector)[:, None] * shelf
