"""Which beats the atria drove: with a P wave at its usual distance, on time and no broader, none is ventricular."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.analysis.beat_types import rr_intervals
from cardio_desktop.analysis.p_waves import PWaves
from cardio_desktop.core.beat_kinds import BeatKind
from cardio_desktop.core.findings import Beat

Bools = NDArray[np.bool_]

ON_TIME = 0.85
"""RR before the beat, as a share of the middle one, from which on it does not come early; 0.68 or 1.02 changes one of
945 records of PTB-XL, folds 1 to 8."""
BROADER_S = 0.030
"""So much broader than the conducted ones is another complex, even behind a P wave: a late ventricular beat meets one
by chance, and fuses with it. 24 to 36 ms changes none of those records."""
LEAST = 3
"""Beats that must be conducted before one is measured by them: a middle value needs three; two changes one record."""


def conducted_kinds(beats: Sequence[Beat], p: PWaves, qrs_s: NDArray[np.float64]) -> tuple[Beat, ...]:
    """Return the beats, those no longer ventricular that are conducted: a changed ST segment makes another shape.

    `qrs_s` is the duration of each beat's complex, NaN where it was not found.
    """
    ventricular = np.array([beat.kind == BeatKind.VENTRICULAR for beat in beats], dtype=bool)
    conducted = p.conducted
    if not ventricular.any() or conducted.sum() < LEAST:
        return tuple(beats)
    others = conducted & ~ventricular
    reference = others if others.sum() >= LEAST else conducted
    rr_s = rr_intervals(np.array([beat.time_s for beat in beats]))
    usual_s = float(np.nanmedian(rr_s)) if np.isfinite(rr_s).any() else np.nan
    widths = qrs_s[reference & np.isfinite(qrs_s)]
    narrow_s = float(np.median(widths)) if widths.size else np.nan
    on_time = ~(rr_s < ON_TIME * usual_s)
    narrow = ~(qrs_s > narrow_s + BROADER_S)
    back = ventricular & conducted & on_time & narrow
    return tuple(
        replace(beat, kind=BeatKind.NORMAL) if changed else beat for beat, changed in zip(beats, back, strict=True)
    )


def all_ventricular(beats: Sequence[Beat], kind: BeatKind = BeatKind.VENTRICULAR) -> tuple[Beat, ...]:
    """Return the beats of a ventricular rhythm: the commonest shape, and what is like it, is of that kind."""
    return tuple(
        replace(beat, kind=kind) if beat.kind in (BeatKind.NORMAL, BeatKind.SUPRAVENTRICULAR) else beat
        for beat in beats
    )
