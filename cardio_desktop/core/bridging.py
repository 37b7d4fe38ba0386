"""Missing samples bridged, for what cannot compute with holes: nothing that is shown or reported as recorded."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

F = TypeVar("F", np.float32, np.float64)


def bridge_gaps(leads_mv: NDArray[F]) -> tuple[NDArray[F], NDArray[np.bool_]]:
    """Return (lead, n) with missing samples bridged by straight lines, and the mask of what was recorded.

    A straight line adds no wave and no step; a lead that is missing altogether becomes 0. Infinite values count as
    missing. Where nothing is missing the array itself is returned.
    """
    recorded = np.isfinite(leads_mv)
    if recorded.all():
        return leads_mv, recorded
    filled = np.where(recorded, leads_mv, 0).astype(leads_mv.dtype)
    samples = np.arange(leads_mv.shape[1])
    for lead in np.flatnonzero(recorded.any(axis=1) & ~recorded.all(axis=1)):
        holes = ~recorded[lead]
        filled[lead, holes] = np.interp(samples[holes], samples[recorded[lead]], leads_mv[lead, recorded[lead]])
    return filled, recorded
