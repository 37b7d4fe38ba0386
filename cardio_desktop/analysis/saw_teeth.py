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
    kept, power = _kept(waves, quiet, _frequencies(), rate_hz, (1.0, 2.0))
    if power.sum() <= 0.0:
        return None
    pooled = kept @ power / power.sum()
    best = int(pooled.argmax())
    found_hz = float(_frequencies()[best])
    more, _ = _kept(waves, quiet, np.array([found_hz]), rate_hz, (0.5, 1.0, 1.5, 2.0))
    halves = float((more @ power)[0] / power.sum() - pooled[best])
    return SawTeeth(float(pooled[best]), float(kept[best].max()), halves, 60.0 * found_hz)


@lru_cache(maxsize=1)
def _frequencies() -> Floats:
    found = np.arange(ATRIAL_HZ[0], ATRIAL_HZ[1] + STEP_HZ / 2, STEP_HZ)
    found.flags.writeable = False
    return found


def _kept(
    waves: Floats, quiet: Bools, frequencies_hz: Floats, rate_hz: float, multiples: tuple[float, ...]
) -> tuple[Floats, Floats]:
    """Return (share explained by each frequency with its multiples (frequency, lead), power of each lead).

    The mean of each stretch between two complexes is taken off first: a shifted ST segment is no wave.
    """
    at = np.flatnonzero(quiet)
    starts = np.concatenate([[0], np.flatnonzero(np.diff(at) > 1) + 1])
    lengths = np.diff(np.append(starts, at.size))

    def levelled(rows: Floats) -> Floats:
        means = np.add.reduceat(rows, starts, axis=-1) / lengths
        return np.asarray(rows - np.repeat(means, lengths, axis=-1))

    own = levelled(waves[:, at])
    power = (own**2).sum(axis=1)
    phase = 2.0 * np.pi * (frequencies_hz[:, None] * np.array(multiples))[:, :, None] * (at / rate_hz)
    # (frequency, wave, sample): sine and cosine of each multiple.
    basis = levelled(np.concatenate([np.sin(phase), np.cos(phase)], axis=1))
    along = basis @ own.T
    gram = basis @ basis.transpose(0, 2, 1)
    gram += 1e-9 * np.trace(gram, axis1=1, axis2=2)[:, None, None] * np.eye(gram.shape[1])
    explained = (along * np.linalg.solve(gram, along)).sum(axis=1)
    return np.clip(explained / np.maximum(power, 1e-12), 0.0, 1.0), power
