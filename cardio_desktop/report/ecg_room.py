"""Room for tall traces on a sheet: which ones leave the paper, and rows that move before one does."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.core.paper import FINE_MM, PaperPlan, Strip
from cardio_desktop.core.record import Record

ABOVE_MM = 5.5
BELOW_MM = 1.2
"""How far a trace may leave the grid before it would run into text."""
LEAST_STEP_MM = 12.0
"""Closer together rows could not be told apart."""


def course(record: Record, strip: Strip) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return (times in s, millivolts) of what a strip shows."""
    lead = record.traces[strip.lead]
    first_s, millivolts = lead.between(max(strip.start_s, 0.0), strip.end_s)
    return first_s + np.arange(len(millivolts)) / lead.rate_hz, np.asarray(millivolts, dtype=np.float64)


def leads_outside(plan: PaperPlan, record: Record, above_mm: float = ABOVE_MM) -> tuple[str, ...]:
    """Return the leads of which a part lies beyond the paper's upper or lower edge, each once.

    `above_mm` is how far a trace may leave the grid at the top.
    """
    found = []
    for strip in plan.strips:
        up, down = _reach(strip, plan, record)
        if strip.baseline_mm - up < -above_mm or strip.baseline_mm + down > plan.height_mm + BELOW_MM:
            found.append(strip.lead)
    return tuple(dict.fromkeys(found))


def settled(plan: PaperPlan, record: Record, above_mm: float = ABOVE_MM) -> PaperPlan:
    """Return the plan with its rows closer together, so that what the first or the last would lose is on the paper.

    Rows stay where they are as long as nothing is cut, and where no place would help; zero lines move by whole
    millimetres.
    """
    if not plan.strips or not leads_outside(plan, record, above_mm):
        return plan
    rows = sorted({strip.row for strip in (*plan.strips, *plan.absent)})
    reach = {row: [_reach(strip, plan, record) for strip in plan.strips if strip.row == row] for row in rows}
    step = plan.height_mm / len(rows)
    lowest = max((up for up, _ in reach[rows[0]]), default=0.0) - above_mm
    highest = plan.height_mm + BELOW_MM - max((down for _, down in reach[rows[-1]]), default=0.0)
    first, last = max(0.5 * step, lowest), min(plan.height_mm - 0.5 * step, highest)
    if len(rows) == 1:
        first = last = min(max(0.5 * step, lowest), highest)
    if last < first or (len(rows) > 1 and last - first < LEAST_STEP_MM * (len(rows) - 1)):
        return plan
    # Rounded away from the nearer edge, or what was just brought in would be cut again.
    places = np.linspace(first, last, len(rows)) - 0.5 * step - step * np.arange(len(rows))
    moves = [float(np.ceil(by / FINE_MM - 1e-6) if by > 0 else np.floor(by / FINE_MM + 1e-6)) for by in places]
    zero = {row: (k + 0.5) * step + moves[k] * FINE_MM for k, row in enumerate(rows)}
    before = {strip.row: strip.baseline_mm for strip in (*plan.strips, *plan.absent)}
    shift = {round(before[row], 6): zero[row] - before[row] for row in rows}

    def moved(strips: tuple[Strip, ...]) -> tuple[Strip, ...]:
        return tuple(replace(strip, top_mm=strip.top_mm + zero[strip.row] - before[strip.row]) for strip in strips)

    pulses = tuple(
        replace(pulse, baseline_mm=pulse.baseline_mm + shift[round(pulse.baseline_mm, 6)]) for pulse in plan.pulses
    )
    return replace(plan, strips=moved(plan.strips), absent=moved(plan.absent), pulses=pulses)


def _reach(strip: Strip, plan: PaperPlan, record: Record) -> tuple[float, float]:
    """Return how far a strip's trace goes above and below its zero line, in mm."""
    _, millivolts = course(record, strip)
    known = millivolts[np.isfinite(millivolts)]
    if not len(known):
        return 0.0, 0.0
    mm_per_mv = plan.scale.gain_mm_per_mv * strip.gain_factor
    return max(float(known.max()), 0.0) * mm_per_mv, max(-float(known.min()), 0.0) * mm_per_mv
