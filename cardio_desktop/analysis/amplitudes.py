"""Voltages, axes and voltage criteria, measured on the median beat against the PR baseline."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.core.findings import LeadAmplitudes, MedianBeat
from cardio_desktop.core.leads import CHEST_LEADS

Floats = NDArray[np.floating]

SMALLEST_MV = 0.025  # a quarter of a millimetre on paper
SHORTEST_S = 0.006
"""Deflections of QRS smaller or shorter than this are no waves (the CSE study counts from 20 microvolt and 6 ms on)."""
ST_HALF_S = 0.004
"""ST is the mean over 8 ms around its place: the width of one old 4 ms sample on either side."""
SMALLEST_AREA = 0.12
"""An axis is named only where the frontal vector is at least this share of the wave's whole area in the limb leads."""
Marks = Mapping[str, float]


def lead_amplitudes(beat: MedianBeat) -> dict[str, LeadAmplitudes]:
    """Return the voltages of each lead; a wave that is absent, or whose place is not known, is None.

    A complex that is negative throughout (QS) counts as a Q wave. P and T are their largest deflections, signed; ST is
    the mean of 8 ms around 60 and 80 ms after the J point, which is the global offset of QRS.
    """
    return {name: _lead(np.asarray(beat.of(name), dtype=np.float64), beat) for name in beat.leads}


def _lead(v: Floats, beat: MedianBeat) -> LeadAmplitudes:
    marks = beat.marks_s
    if "qrs_onset" not in marks or not np.isfinite(v).any():
        return LeadAmplitudes()
    q, r, s = _qrs(_part(v, beat, "qrs_onset", "qrs_offset"), beat.rate_hz)
    j_s = marks["qrs_offset"]
    return LeadAmplitudes(
        p_mv=_largest(_part(v, beat, "p_onset", "p_offset")),
        q_mv=q,
        r_mv=r,
        s_mv=s,
        t_mv=_largest(_part(v, beat, "t_onset", "t_offset")),
        j_mv=_level(v, beat, j_s),
        st60_mv=_level(v, beat, j_s + 0.060),
        st80_mv=_level(v, beat, j_s + 0.080),
    )


def _index(beat: MedianBeat, at_s: float) -> int:
    return beat.zero + round(at_s * beat.rate_hz)


def _part(v: Floats, beat: MedianBeat, start: str, end: str) -> Floats:
    """Return the samples between two marks, both included; none where a mark is missing."""
    if start not in beat.marks_s or end not in beat.marks_s:
        return v[:0]
    return v[max(_index(beat, beat.marks_s[start]), 0) : _index(beat, beat.marks_s[end]) + 1]


def _level(v: Floats, beat: MedianBeat, at_s: float) -> float | None:
    """Return the mean around a time, or None where it is not in the beat."""
    half = round(ST_HALF_S * beat.rate_hz)
    at = _index(beat, at_s)
    part = v[max(at - half, 0) : at + half + 1]
    return float(part.mean()) if at + half < v.size and np.isfinite(part).all() else None


def _largest(part: Floats) -> float | None:
    known = part[np.isfinite(part)]
    return float(known[int(np.abs(known).argmax())]) if known.size else None


def _qrs(part: Floats, rate_hz: float) -> tuple[float | None, float | None, float | None]:
    """Return (Q, R, S) in mV of the samples of a complex."""
    if part.size < 3 or not np.isfinite(part).all():
        return None, None, None
    shortest = max(SHORTEST_S * rate_hz, 1.0)
    top = int(part.argmax())
    if not _is_wave(part, top, shortest):
        low = int(part.argmin())
        return (float(part[low]) if _is_wave(part, low, shortest) else None), None, None
    before, after = part[: top + 1], part[top:]
    q, s = int(before.argmin()), top + int(after.argmin())
    return (
        float(part[q]) if part[q] < 0 and _is_wave(part, q, shortest) else None,
        float(part[top]) if part[top] > 0 else None,
        float(part[s]) if part[s] < 0 and _is_wave(part, s, shortest) else None,
    )


def _is_wave(part: Floats, at: int, shortest: float) -> bool:
    """Return whether the deflection whose extreme lies at `at` is large and long enough to be a wave."""
    sign = np.sign(part[at])
    if abs(part[at]) < SMALLEST_MV:
        return False
    same = np.flatnonzero(np.sign(part) != sign)
    left = int(same[same < at].max(initial=-1))
    right = int(same[same > at].min(initial=part.size))
    return right - left - 1 >= shortest


def frontal_axis(beat: MedianBeat, wave: str) -> float | None:
    """Return the axis in degrees (-180 to 180, 0 to the left, 90 to the feet) of "p", "qrs" or "t" from its areas.

    The vector follows from leads I and aVF; aVF, being augmented, is 2 / sqrt(3) short of the height of Einthoven's
    triangle. None where the leads or marks are missing or the areas cancel, so that no axis stands out.
    """
    if not {"I", "II"} <= set(beat.leads):
        return None
    one, two = (np.asarray(beat.of(name), dtype=np.float64) for name in ("I", "II"))
    start, end = f"{wave}_onset", f"{wave}_offset"
    parts = [_part(v, beat, start, end) for v in (one, two)]
    if parts[0].size < 3 or not all(np.isfinite(part).all() for part in parts):
        return None
    if wave == "p":
        # A P wave rides on what precedes it; its own ends are its baseline.
        parts = [part - np.linspace(part[0], part[-1], part.size) for part in parts]
    foot = [parts[1] - 0.5 * parts[0]]
    x, y = float(parts[0].sum()), float(foot[0].sum()) * 2.0 / np.sqrt(3.0)
    whole = float(np.hypot(np.abs(parts[0]).sum(), np.abs(foot[0]).sum() * 2.0 / np.sqrt(3.0)))
    if whole <= 0 or np.hypot(x, y) < SMALLEST_AREA * whole:
        return None
    return float(np.degrees(np.arctan2(y, x)))


def criteria(leads: Mapping[str, LeadAmplitudes]) -> dict[str, float]:
    """Return voltage criteria and R progression of the leads that are there.

    `sokolow_lyon_mv`: S in V1 + the larger R of V5, V6 (Sokolow and Lyon 1949; 3.5 mV). `cornell_mv`: R in aVL + S in
    V3 (Casale 1985; 2.8 mV men, 2.0 women). `r_mv.V1` ... `r_to_s.V1` ...: R, and R / (R + S), along the chest;
    `transition_lead`: number of the first chest lead in which R exceeds S.
    """
    found: dict[str, float] = {}
    if {"V1"} <= leads.keys() and (lateral := [_r(leads[name]) for name in ("V5", "V6") if name in leads]):
        found["sokolow_lyon_mv"] = _depth(leads["V1"]) + max(lateral)
    if {"aVL", "V3"} <= leads.keys():
        found["cornell_mv"] = _r(leads["aVL"]) + _depth(leads["V3"])
    chest = [name for name in CHEST_LEADS if name in leads and (_r(leads[name]) or _depth(leads[name]))]
    for name in chest:
        r, s = _r(leads[name]), _depth(leads[name])
        found[f"r_mv.{name}"] = r
        found[f"r_to_s.{name}"] = r / (r + s)
    if len(chest) == len(CHEST_LEADS):
        crossed = [k + 1 for k, name in enumerate(chest) if found[f"r_to_s.{name}"] > 0.5]
        if crossed:
            found["transition_lead"] = float(crossed[0])
    return found


def _r(lead: LeadAmplitudes) -> float:
    return lead.r_mv or 0.0


def _depth(lead: LeadAmplitudes) -> float:
    """Return the size of S, or of a complex that is negative but for what a raised ST segment makes of its end."""
    if lead.s_mv is not None:
        return -lead.s_mv
    return -lead.q_mv if lead.q_mv is not None and -lead.q_mv > _r(lead) else 0.0
