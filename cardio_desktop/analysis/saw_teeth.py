"""Saw teeth of atrial flutter as an oscillation that keeps time over the whole trace.

Flutter circles through the right atrium with a cycle that changes by a few milliseconds only, whatever the ventricles
make of it. So one frequency with its second harmonic, the same phase from the first second to the last, explains
what lies between the complexes; fibrillation drifts out of phase within a second or two. P and T waves of a regular
rhythm fit harmonics of the heart rate too, but less of them fits one pair, and half its frequency fits the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.analysis.flutter_waves import AROUND_QRS_S, band_passed, between

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

ATRIAL_HZ = (3.3, 6.2)
"""Atrial rates that are looked for: 198 to 372 per minute. Typical flutter has 240 to 340 (ESC 2019); drugs slow it to
about 200, and the fastest blends with fibrillation."""
STEP_HZ = 0.05
"""Half of what ten seconds can tell apart."""
BAND_HZ = (1.5, 20.0)
"""Wander and most of the slow ST-T shift lie below, the tremor of muscles above."""
LEAST_S = 1.5
"""So much must remain between the complexes to be looked at."""


@dataclass(frozen=True)
class SawTeeth:
    """How much of what lies between the complexes keeps time with one frequency, 0 to 1.

    `kept` is that of all leads together, `kept_best` of the lead that shows it best, `halves` how much more half the
    frequency explains: little where every wave is like the next. `rate_bpm` is the atrial rate that fits best.
    """

    kept: float
    kept_best: float
    halves: float
    rate_bpm: float


def saw_teeth(leads_mv: Floats, rate_hz: float, beats_s: Floats, qrs_s: float = AROUND_QRS_S[1]) -> SawTeeth | None:
    """Return what keeps time in leads (lead, n) that begin at 0 s; None where too little lies between the beats."""
    n = leads_mv.shape[1]
    quiet = between(n, rate_hz, beats_s, qrs_s)
    if beats_s.size < 2 or quiet.sum() < LEAST_S * rate_hz:
        return None
    waves = band_passed(leads_mv, rate_hz, BAND_HZ)
    quieted = _Quieted.of(waves, quiet)
    power = (quieted.level_mv**2).sum(axis=1)
    if power.sum() <= 0.0:
        return None
    kept = _kept(quieted, power, *_pairs(quieted, rate_hz))
    pooled = kept @ power / power.sum()
    best = int(pooled.argmax())
    found_hz = float(_frequencies()[best])
    more = _kept(quieted, power, *_multiples(quieted, rate_hz, found_hz, (0.5, 1.0, 1.5, 2.0)))
    halves = float((more @ power)[0] / power.sum() - pooled[best])
    return SawTeeth(float(pooled[best]), float(kept[best].max()), halves, 60.0 * found_hz)


@lru_cache(maxsize=1)
def _frequencies() -> Floats:
    found = np.arange(ATRIAL_HZ[0], ATRIAL_HZ[1] + STEP_HZ / 2, STEP_HZ)
    found.flags.writeable = False
    return found


@dataclass(frozen=True, eq=False)
class _Quieted:
    """What lies between the complexes: `at` which samples, of which stretches (stretch, n, 1 within), how long each.

    The mean of each stretch between two complexes is taken off the leads `level_mv` (lead, n), which are 0 within
    complexes: a shifted ST segment is no wave.
    """

    at: NDArray[np.intp]
    stretches: Floats
    lengths: Floats
    level_mv: Floats

    @classmethod
    def of(cls, waves: Floats, quiet: Bools) -> _Quieted:
        """Take the means off the waves (lead, n)."""
        at = np.flatnonzero(quiet)
        starts = np.concatenate([[0], np.flatnonzero(np.diff(at) > 1) + 1])
        lengths = np.diff(np.append(starts, at.size))
        own = waves[:, at]
        level = np.zeros_like(waves)
        level[:, at] = own - np.repeat(np.add.reduceat(own, starts, axis=1) / lengths, lengths, axis=1)
        stretches = np.zeros((lengths.size, quiet.size))
        stretches[np.repeat(np.arange(lengths.size), lengths), at] = 1.0
        return cls(at, stretches, lengths.astype(np.float64), level)


def _kept(own: _Quieted, power: Floats, along: Floats, gram: Floats, sums: Floats) -> Floats:
    """Return the share explained of each lead by each set of waves (set, lead).

    Of each set: its product with the leads (set, wave, lead), with itself (set, wave, wave), and its sums over
    stretches (set, wave, stretch), whose means are no part of it.
    """
    gram = gram - (sums / own.lengths) @ sums.transpose(0, 2, 1)
    gram += 1e-9 * np.trace(gram, axis1=1, axis2=2)[:, None, None] * np.eye(gram.shape[1])
    explained = (along * np.linalg.solve(gram, along)).sum(axis=1)
    return np.asarray(np.clip(explained / np.maximum(power, 1e-12), 0.0, 1.0))


def _multiples(
    own: _Quieted, rate_hz: float, frequency_hz: float, multiples: tuple[float, ...]
) -> tuple[Floats, Floats, Floats]:
    """Return what `_kept` wants of one frequency with its multiples."""
    phase = 2.0 * np.pi * frequency_hz * np.array(multiples)[:, None] * (own.at / rate_hz)
    basis = np.concatenate([np.sin(phase), np.cos(phase)])
    along, sums = (basis @ rows[:, own.at].T for rows in (own.level_mv, own.stretches))
    return along[None], (basis @ basis.T)[None], sums[None]


def _pairs(own: _Quieted, rate_hz: float) -> tuple[Floats, Floats, Floats]:
    """Return what `_kept` wants of every frequency with its second harmonic.

    Products of sines and cosines are sines and cosines of sums and differences, so that sums over four multiples do.
    """
    leads = len(own.level_mv)
    waves = _turned(np.concatenate([own.level_mv, own.stretches]), rate_hz)
    # (frequency, wave, row): sine and cosine of each multiple.
    products = np.concatenate([-waves.imag[:, :2], waves.real[:, :2]], axis=1).transpose(2, 1, 0)
    along, sums = products[..., :leads], products[..., leads:]
    (c1, c2, c3, c4), (s1, s2, s3, s4) = (part.sum(axis=0) for part in (waves.real[leads:], -waves.imag[leads:]))
    c0 = np.full_like(c1, own.at.size)
    gram = 0.5 * np.array(
        [
            [c0 - c2, c1 - c3, s2, s3 - s1],
            [c1 - c3, c0 - c4, s3 + s1, s4],
            [s2, s3 + s1, c0 + c2, c1 + c3],
            [s3 - s1, s4, c1 + c3, c0 + c4],
        ]
    )
    return along, gram.transpose(2, 0, 1), sums


def _turned(rows: Floats, rate_hz: float) -> NDArray[np.complex128]:
    """Return the Fourier sums (row, multiple, frequency) of rows (row, n) at 1 to 4 times each frequency."""
    n, length = rows.shape[1], rate_hz / STEP_HZ
    count = round(length)
    if abs(length - count) > 1e-9 or n > count:
        turns = np.arange(1, 5)[:, None] * _frequencies()
        return np.asarray(np.tensordot(rows, np.exp(-2j * np.pi * turns[..., None] * (np.arange(n) / rate_hz)), (1, 2)))
    # Zeros up to one period of the step: every frequency is one of the transform's.
    bins = np.arange(1, 5)[:, None] * np.rint(_frequencies() / STEP_HZ).astype(int)
    return np.asarray(np.fft.rfft(rows, count, axis=1)[:, bins])
