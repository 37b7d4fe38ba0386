"""P waves that stand on the end of T, as in fast hearts whose conduction to the ventricles is slow.

A delineator gives the whole hump to T, and a search between T and QRS finds nothing; the rhythm then looks like one
without P waves, which is called junctional or supraventricular. A second hump of a P wave's length on the smooth way
from T to QRS that returns beat by beat in the same leads and at the same distance is a P wave all the same.

The constants were set on 4,376 records of PTB-XL, folds 1 to 8, in which rare rhythms are many: such a wave is found
in 77, 73 of them with a statement of sinus rhythm or AV block, and 36 rhythms change their names. Of those 28 had been
called junctional or supraventricular tachycardia and 4 fibrillation, and bear a statement of sinus rhythm, sinus
tachycardia or AV block; one, a wide tachycardia before, is labelled fibrillation.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Span = tuple[float, float]

RR_S = (0.5, 0.8)
"""Rates of 75 to 120 per minute: slower hearts leave P a place of its own, in faster ones it is one with T."""
AFTER_QRS_S = 0.2
"""So much later than the complex a P wave may begin: atria that a junction drives answer sooner."""
HUMP_S, WINDOW_S = 0.11, 0.16
"""Length of a P wave (80 to 120 ms in health), and of the trace around its middle that is compared: a parabola through
it takes T and the way down from it away."""
LATEST_S = 0.01
"""So long before QRS onset the window ends: the complex begins in some leads earlier than in others."""
PR_S = (0.15, 0.36)
"""PR intervals that are found so; the shorter ones leave P a place of its own."""
UPRIGHT = ("I", "II", "V3", "V4", "V5", "V6")
"""Where P of a sinus rhythm is upright; the hollow after it, in which the way down from T ends, is not."""
LEAST_MV = 0.08
"""Height over the leads together (root of the sum of squares): f waves and what paced atria leave are lower."""
STEADY = 0.65
"""Likeness over beats of what each lead shows there; one record labelled fibrillation exceeds it."""
STEADY_BEATS, LIKE_USUAL = 4, 0.1
"""Beats compared at least, and by which share their RR may differ from the middle one."""


def p_upon_t(
    leads_mv: Floats, rate_hz: float, qrs_s: Sequence[Span], usual: Sequence[bool], names: Sequence[str] = ()
) -> float | None:
    """Return how long before QRS onset (s) P begins on the end of T; None where none is seen there.

    `leads_mv` (lead, n) begins at 0 s without gaps; `qrs_s` are all complexes in order, `usual` which of them are those
    of usual beats. `names` are those of the leads: with them only what points down and to the left counts.
    """
    onsets_s = np.array([low for low, _ in qrs_s])
    rr_s = np.diff(onsets_s)
    if rr_s.size < STEADY_BEATS or not RR_S[0] <= (middle_s := float(np.median(rr_s))) <= RR_S[1]:
        return None
    reach = round(middle_s * rate_hz)
    steady = np.abs(rr_s - middle_s) <= LIKE_USUAL * middle_s
    stops = [
        round(onsets_s[k] * rate_hz)
        for k in range(1, onsets_s.size)
        if steady[k - 1] and usual[k] and usual[k - 1] and round(onsets_s[k] * rate_hz) >= reach
    ]
    if len(stops) < STEADY_BEATS:
        return None
    beats = np.array([leads_mv[:, stop - reach : stop] for stop in stops])
    complex_s = float(np.median([high - low for low, high in qrs_s]))
    width = round(WINDOW_S * rate_hz)
    lead_in = (width / rate_hz - HUMP_S) / 2.0
    first = max(round((complex_s + AFTER_QRS_S - lead_in) * rate_hz), 0)
    stop = reach - width - round(LATEST_S * rate_hz) + 1
    if stop - first < 3:
        return None
    curve, hump, height = _shapes(width, rate_hz)
    windows = np.lib.stride_tricks.sliding_window_view(np.median(beats, axis=0), width, axis=1)[:, first:stop]
    found = windows @ hump
    rest = windows - (windows @ curve) @ curve.T
    energy, whole = (found**2).sum(axis=0), (rest**2).sum(axis=(0, 2))
    upright = [k for k, name in enumerate(names) if name in UPRIGHT]
    if upright:
        energy = np.where(found[upright].sum(axis=0) > 0.0, energy, 0.0)
    best = int((energy**2 / np.maximum(whole, 1e-12)).argmax())
    each = beats[:, :, first + best : first + best + width] @ hump
    like = float((each.mean(axis=0) ** 2).sum() / max(float((each**2).sum(axis=1).mean()), 1e-12))
    pr_s = (reach - first - best) / rate_hz - lead_in
    seen = float(np.sqrt(energy[best])) * height >= LEAST_MV and like >= STEADY
    return pr_s if seen and PR_S[0] <= pr_s <= PR_S[1] else None


def _shapes(width: int, rate_hz: float) -> tuple[Floats, Floats, float]:
    """Return an orthonormal basis (n, 3) of parabolas, a hump without its parabola of energy 1, and its height."""
    at_s = (np.arange(width) - (width - 1) / 2.0) / rate_hz
    curve, _ = np.linalg.qr(np.vander(at_s, 3))
    hump = np.where(np.abs(at_s) < HUMP_S / 2.0, 0.5 + 0.5 * np.cos(2.0 * np.pi * at_s / HUMP_S), 0.0)
    left = hump - curve @ (curve.T @ hump)
    size = float(np.linalg.norm(left))
    return curve, left / size, 1.0 / size
