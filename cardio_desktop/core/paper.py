"""Where everything stands on ECG paper, in millimetres: shared by screen, PNG, print and PDF.

The origin is the upper left corner of the traces' area, x runs right, y runs down.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from cardio_desktop.core.leads import Layout
from cardio_desktop.core.units import CALIBRATION_MV, CALIBRATION_S, PaperScale

FINE_MM = 1.0
BOLD_MM = 5.0
PULSE_ROOM_MM = 10.0
"""Width kept free at the left of each row for the calibration pulse: a whole number of big squares."""

_CHEST = re.compile(r"^V\d", re.IGNORECASE)
"""V1 to V6, and the right-sided and posterior chest leads."""


@dataclass(frozen=True)
class Strip:
    """One piece of a lead on paper: `lead` from start_s to end_s, its zero line at `baseline_mm`.

    It fills x_mm .. x_mm + width_mm and top_mm .. top_mm + height_mm. `continues` marks a change of lead at its left
    edge (another lead stands there, not the calibration pulse). `gain_factor` is the strip's gain over the scale's
    (a split limb/chest gain).
    """

    lead: str
    row: int
    column: int
    x_mm: float
    width_mm: float
    top_mm: float
    height_mm: float
    start_s: float
    end_s: float
    rhythm: bool = False
    gain_factor: float = 1.0

    @property
    def baseline_mm(self) -> float:
        """The height of 0 mV."""
        return self.top_mm + self.height_mm / 2

    @property
    def continues(self) -> bool:
        """Whether another lead ends where this one begins."""
        return self.column > 0

    def x_of(self, time_s: float, scale: PaperScale) -> float:
        """Return the millimetre at which `time_s` stands."""
        return self.x_mm + scale.mm_of_s(time_s - self.start_s)

    def time_at(self, x_mm: float, scale: PaperScale) -> float:
        """Return the time that stands at `x_mm`."""
        return self.start_s + scale.s_of_mm(x_mm - self.x_mm)

    def y_of(self, millivolts: float, scale: PaperScale) -> float:
        """Return the millimetre at which a voltage stands."""
        return self.baseline_mm - scale.mm_of_mv(millivolts * self.gain_factor)

    def mv_at(self, y_mm: float, scale: PaperScale) -> float:
        """Return the voltage that stands at `y_mm`."""
        return scale.mv_of_mm(self.baseline_mm - y_mm) / self.gain_factor


@dataclass(frozen=True)
class Pulse:
    """The calibration pulse of one row: 1 mV high, 200 ms wide, foot at `baseline_mm`."""

    x_mm: float
    baseline_mm: float
    width_mm: float
    height_mm: float


@dataclass(frozen=True)
class PaperPlan:
    """All strips and pulses of one sheet, its size in millimetres, and the places of leads that do not exist.

    In a `wrapped` plan the rows follow one another in time.
    """

    scale: PaperScale
    strips: tuple[Strip, ...]
    pulses: tuple[Pulse, ...]
    width_mm: float
    height_mm: float
    start_s: float
    end_s: float
    absent: tuple[Strip, ...] = ()
    wrapped: bool = False

    @property
    def gain_factors(self) -> tuple[float, ...]:
        """The different gain factors of its strips, the largest first."""
        return tuple(sorted({strip.gain_factor for strip in self.strips}, reverse=True))

    def strip_at(self, x_mm: float, y_mm: float) -> Strip | None:
        """Return the strip under a point, or None."""
        for strip in self.strips:
            if (
                strip.x_mm <= x_mm < strip.x_mm + strip.width_mm
                and strip.top_mm <= y_mm < strip.top_mm + strip.height_mm
            ):
                return strip
        return None

    def strips_at_time(self, time_s: float) -> tuple[Strip, ...]:
        """Return the strips that show `time_s`."""
        return tuple(strip for strip in self.strips if strip.start_s <= time_s < strip.end_s)


def gain_factor(lead: str, chest_factor: float) -> float:
    """Return the gain of `lead` over that of the limb leads; chest leads have `chest_factor` times as much."""
    return chest_factor if _CHEST.match(lead) else 1.0


def pulse_room_mm(layout: Layout, scale: PaperScale, chest_factor: float = 1.0) -> float:
    """Return the width kept free for calibration pulses: a whole number of big squares, more where a row needs two."""
    most = max(
        (len(_factors(row, chest_factor)) for row in (*layout.rows, *((name,) for name in layout.rhythm))), default=1
    )
    if most == 1:
        return PULSE_ROOM_MM
    return BOLD_MM * math.ceil((most * scale.mm_of_s(CALIBRATION_S) + 3.0) / BOLD_MM - 1e-9)


def _rhythm(layout: Layout, lead: str | None) -> tuple[str, ...]:
    """Return the rhythm strips with `lead` first; a strip that shows it already takes the first one's lead instead."""
    if not lead or not layout.rhythm:
        return layout.rhythm
    first, *others = layout.rhythm
    return (lead, *(first if other == lead else other for other in others))


def _factors(row: tuple[str, ...], chest_factor: float) -> list[float]:
    """Return the gain factors of a row's leads, each once, from left to right."""
    return list(dict.fromkeys(gain_factor(lead, chest_factor) for lead in row))


def plan_paper(
    layout: Layout,
    scale: PaperScale,
    *,
    start_s: float,
    seconds: float,
    height_mm: float,
    available: Mapping[str, object] | None = None,
    rhythm_lead: str | None = None,
    chest_factor: float = 1.0,
) -> PaperPlan:
    """Lay `seconds` of a record from `start_s` on out on paper of `height_mm`.

    Columns follow one another in time: column k of n shows the k-th part of the span, so what stands above one another
    happened at once; the rows of a wrapped layout share the span out from top to bottom. Leads not in `available` leave
    their place empty (`absent`). `rhythm_lead` replaces the first rhythm strip. Chest leads are drawn with
    `chest_factor` times the gain; a row with two gains has a pulse of each, from left to right like its leads.
    """
    rhythm = _rhythm(layout, rhythm_lead)
    rows = (*layout.rows, *((name,) for name in rhythm))
    row_mm = height_mm / max(len(rows), 1)
    row_s = seconds / len(layout.rows) if layout.wrapped else seconds
    width_mm = scale.mm_of_s(row_s)
    room_mm = pulse_room_mm(layout, scale, chest_factor)
    strips: list[Strip] = []
    absent: list[Strip] = []
    for row, names in enumerate(rows):
        for column, lead in enumerate(names):
            kept = strips if available is None or lead in available else absent
            part_s = row_s / len(names)
            begin_s = start_s + (row * row_s if layout.wrapped else 0.0) + column * part_s
            kept.append(
                Strip(
                    lead=lead,
                    row=row,
                    column=column,
                    x_mm=room_mm + column * width_mm / len(names),
                    width_mm=width_mm / len(names),
                    top_mm=row * row_mm,
                    height_mm=row_mm,
                    start_s=begin_s,
                    end_s=begin_s + part_s,
                    rhythm=row >= len(layout.rows) or layout.wrapped,
                    gain_factor=gain_factor(lead, chest_factor),
                )
            )
    pulses = [
        pulse
        for row, names in enumerate(rows)
        for pulse in _pulses(scale, _factors(names, chest_factor), (row + 0.5) * row_mm, room_mm)
    ]
    return PaperPlan(
        scale,
        tuple(strips),
        tuple(pulses),
        room_mm + width_mm,
        height_mm,
        start_s,
        start_s + seconds,
        tuple(absent),
        layout.wrapped,
    )


def _pulses(scale: PaperScale, factors: list[float], baseline_mm: float, room_mm: float) -> list[Pulse]:
    """Return the pulses of one row, one for each gain in it, that end before the traces begin."""
    pulse_mm = min(scale.mm_of_s(CALIBRATION_S), room_mm / len(factors))
    # Two millimetres stay free before the traces where there is room for them.
    left = max(room_mm - len(factors) * pulse_mm - 2.0, 0.0)
    return [
        Pulse(left + k * pulse_mm, baseline_mm, pulse_mm, scale.mm_of_mv(CALIBRATION_MV) * factor)
        for k, factor in enumerate(factors)
    ]
