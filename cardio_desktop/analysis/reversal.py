"""Swapped arm electrodes: lead I is upside down, its P wave too, while V6 is not."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.analysis.beats import find_beats
from cardio_desktop.core.leads import INDEPENDENT_LEADS
from cardio_desktop.core.record import Record

Floats = NDArray[np.float64]

LONGEST_S = 30.0
AROUND_S = (-0.28, 0.45)
P_S = (-0.22, -0.09)
PR_S = (-0.10, -0.05)
STEP_S = 0.01
OPPOSED = -0.4
"""Correlation of lead I with V6 over P, QRS and T below which they count as opposed."""
DOWN_MV = -0.025
"""Mean voltage over the P wave that is clearly negative, as it is in a rightly placed aVR."""


def arm_reversal(record: Record, start_s: float, end_s: float) -> str | None:
    """Return "RA/LA" where the arm electrodes look swapped, else None.

    Wants I opposed to V6 over the median beat, P negative in I, and P not negative in aVR. It misses a fifth of swaps
    (without P waves, or with a broad QRS, often); dextrocardia looks the same in the limb leads.
    """
    names = ("I", "aVR", "V6")
    if not set(names) <= set(record.leads):
        return None
    end_s = min(end_s, start_s + LONGEST_S)
    used = [record.leads[name] for name in INDEPENDENT_LEADS if name in record.leads]
    cut = [lead.between(start_s, end_s) for lead in used]
    beats_s = find_beats([mv for _, mv in cut], [lead.rate_hz for lead in used])
    one, right, six = (median_beat(record, name, start_s, end_s, beats_s) for name in names)
    if one is None or right is None or six is None:
        return None
    size = float(np.sqrt((one**2).sum() * (six**2).sum()))
    opposed = size > 0.0 and float((one * six).sum()) / size < OPPOSED
    return "RA/LA" if opposed and _p_wave(one) < 0.0 and _p_wave(right) > DOWN_MV else None


def median_beat(record: Record, name: str, start_s: float, end_s: float, beats_s: Floats) -> Floats | None:
    """Return the median beat of one lead in mV against the PR segment, every 10 ms; None below three beats."""
    lead = record.leads[name]
    first_s, mv = lead.between(start_s, end_s)
    offsets = np.arange(AROUND_S[0], AROUND_S[1], STEP_S)
    inside = beats_s[(beats_s > -AROUND_S[0]) & (beats_s < mv.size / lead.rate_hz - AROUND_S[1])]
    if inside.size < 3:
        return None
    at = np.arange(mv.size) / lead.rate_hz + first_s - start_s
    beat = np.nanmedian(np.interp(inside[:, None] + offsets, at, np.nan_to_num(mv)), axis=0)
    return np.asarray(beat - np.median(beat[(offsets >= PR_S[0]) & (offsets < PR_S[1])]))


def _p_wave(beat: Floats) -> float:
    """Return the mean voltage of the P wave against what stands before and after it."""
    offsets = np.arange(AROUND_S[0], AROUND_S[1], STEP_S)
    p = beat[(offsets >= P_S[0]) & (offsets < P_S[1])].mean()
    before = beat[:3].mean()
    after = beat[(offsets >= P_S[1]) & (offsets < PR_S[1])].mean()
    return float(p - 0.5 * (before + after))
