"""Swapped electrodes of a record, judged by its median beat."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.analysis.beats import find_beats
from cardio_desktop.analysis.electrodes import CHEST_SWAPS, FIRST_S, LAST_S, STEP_S, swapped_electrodes
from cardio_desktop.analysis.medians import median
from cardio_desktop.core.findings import Beat
from cardio_desktop.core.leads import CHEST_LEADS, INDEPENDENT_LEADS
from cardio_desktop.core.record import Record
from cardio_desktop.words import Remark

Floats = NDArray[np.float64]

LONGEST_S = 30.0
"""Electrodes stay as they are: half a minute is enough."""
MOST_BAD = 2
"""Leads that may be unusable; chosen: with more, too little is left to predict from."""
PR_S = (-0.10, -0.05)
"""Where the baseline is taken, seconds from R."""


def swapped(
    record: Record,
    start_s: float,
    end_s: float,
    unusable: Collection[str] = (),
    beats: Sequence[Beat] | None = None,
) -> str | None:
    """Return which electrodes look swapped between two times ("RA/LA", "V2/V3" ...), or None.

    Needs the twelve leads, stored or derived, at one rate, and three beats; only the first 30 s are looked at. Up to
    two `unusable` chest leads are taken for the mean of their neighbours, and then only limb electrodes are judged.
    Lead II may be unusable: it is flat where right arm and leg are swapped. `beats`, where known, are those of all
    leads: with an unusable lead they are looked for again without it.
    """
    bad = [name for name in INDEPENDENT_LEADS if name in unusable and name != "II"]
    if not set(INDEPENDENT_LEADS) <= set(record.leads) or "I" in bad or len(bad) > MOST_BAD:
        return None
    leads = [record.leads[name] for name in INDEPENDENT_LEADS]
    if len({lead.rate_hz for lead in leads}) > 1:
        return None
    rate_hz = leads[0].rate_hz
    end_s = min(end_s, start_s + LONGEST_S)
    cut = [lead.between(start_s, end_s)[1] for lead in leads]
    leads_mv = np.array([mv[: min(len(mv) for mv in cut)] for mv in cut])
    good = [k for k, name in enumerate(INDEPENDENT_LEADS) if name not in unusable]
    if beats is not None and len(good) == len(leads):
        first_s = leads[0].between(start_s, start_s)[0]
        beats_s = np.array([b.time_s for b in beats if start_s <= b.time_s < end_s]) - first_s
    else:
        beats_s = find_beats([leads_mv[k] for k in good], [rate_hz] * len(good))
    beat = median_beats(leads_mv, rate_hz, beats_s)
    if beat is None:
        return None
    for name in bad:
        k = INDEPENDENT_LEADS.index(name)
        beside = [j for j in (k - 1, k + 1) if j in good and INDEPENDENT_LEADS[j] in CHEST_LEADS]
        beat[k] = beat[beside or [j for j in good if INDEPENDENT_LEADS[j] in CHEST_LEADS]].mean(axis=0)
    found = swapped_electrodes(beat)
    return None if found in CHEST_SWAPS and bad else found


def median_beats(leads_mv: Floats, rate_hz: float, beats_s: Floats) -> Floats | None:
    """Return the median beat (lead, sample) in mV against the PR segment, every 10 ms; None below three beats."""
    offsets = FIRST_S + STEP_S * np.arange(round((LAST_S - FIRST_S) / STEP_S))
    count = leads_mv.shape[1]
    inside = beats_s[(beats_s > -FIRST_S) & (beats_s < count / rate_hz - LAST_S)]
    if inside.size < 3:
        return None
    place = (inside[:, None] + offsets) * rate_hz
    low = np.clip(place.astype(int), 0, count - 2)
    share = np.clip(place - low, 0.0, 1.0)
    values = np.nan_to_num(leads_mv)
    beat = median(values[:, low] * (1.0 - share) + values[:, low + 1] * share, axis=1)
    pr = (offsets >= PR_S[0] - 1e-6) & (offsets < PR_S[1] - 1e-6)
    return np.asarray(beat - median(beat[:, pr], axis=1)[:, None])


def swap_remark(swap: str) -> Remark:
    """Return which electrodes look swapped, and by what."""
    if swap in CHEST_SWAPS:
        first, second = swap.split("/")
        return Remark("swap-chest", {"first": first, "second": second})
    return Remark(f"swap-{swap}")
