"""Where everything stands on ECG paper, in millimetres: shared by screen, PNG, print and PDF.

The origin is the upper left corner of the traces' area, x runs right, y runs down.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cardio_desktop.core.leads import Layout
from cardio_desktop.core.units import CALIBRATION_MV, CALIBRATION_S, PaperScale

FINE_MM = 1.0
BOLD_MM = 5.0
PULSE_ROOM_MM = 10.0
"""Width kept free at the left of each row for the calibration pulse: a whole number of big squares."""


@dataclass(frozen=True)
class Strip:
    """One piece of a lead on paper: `lead` from start_s to end_s, its zero line at `baseline_mm`.

    It fills x_mm .. x_mm + width_mm and top_mm .. top_mm + height_mm. `continues` marks a change of lead at its left
    edge (another lead stands there, not the calibration pulse).
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
        return self.baseline_mm - scale.mm_of_mv(millivolts)

    def mv_at(self, y_mm: float, scale: PaperScale) -> float:
        """Return the voltage that stands at `y_mm`."""
        return scale.mv_of_mm(self.baseline_mm - y_mm)


@dataclass(frozen=True)
class Pulse:
    """The calibration pulse of one row: 1 mV high, 200 ms wide, foot at `baseline_mm`."""

    x_mm: float
    baseline_mm: float
    width_mm: float
    height_mm: float


@dataclass(frozen=True)
class PaperPlan:
    """All strips and pulses of one sheet, its size in millimetres, and the places of leads that do not exist."""

    scale: PaperScale
    strips: tuple[Strip, ...]
    pulses: tuple[Pulse, ...]
    width_mm: float
    height_mm: float
    start_s: float
    end_s: float
    absent: tuple[Strip, ...] = ()

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


def plan_paper(
    layout: Layout,
    scale: PaperScale,
    *,
    start_s: float,
    seconds: float,
    height_mm: float,
    available: Mapping[str, object] | None = None,
    rhythm_lead: str | None = None,
) -> PaperPlan:
    """Lay `seconds` of a record from `start_s` on out on paper of `height_mm`.

    Columns follow one another in time: column k of n shows the k-th part of the span, so what stands above one another
    happened at once. Leads not in `available` leave their place empty (`absent`). `rhythm_lead` replaces the first
    rhythm strip.
    """
    rhythm = (rhythm_lead, *layout.rhythm[1:]) if rhythm_lead and layout.rhythm else layout.rhythm
    rows = len(layout.rows) + len(rhythm)
    row_mm = height_mm / max(rows, 1)
    width_mm = scale.mm_of_s(seconds)
    strips: list[Strip] = []
    absent: list[Strip] = []

    def place(lead: str, row: int, column: int, columns: int, is_rhythm: bool) -> None:
        part_s = seconds / columns
        kept = strips if available is None or lead in available else absent
        kept.append(
            Strip(
                lead=lead,
                row=row,
                column=column,
                x_mm=PULSE_ROOM_MM + column * width_mm / columns,
                width_mm=width_mm / columns,
                top_mm=row * row_mm,
                height_mm=row_mm,
                start_s=start_s + column * part_s,
                end_s=start_s + (column + 1) * part_s,
                rhythm=is_rhythm,
            )
        )

    for row, names in enumerate(layout.rows):
        for column, lead in enumerate(names):
            place(lead, row, column, len(names), False)
    for offset, lead in enumerate(rhythm):
        place(lead, len(layout.rows) + offset, 0, 1, True)

    pulse_mm = scale.mm_of_s(CALIBRATION_S)
    pulses = tuple(
        Pulse(
            x_mm=max(PULSE_ROOM_MM - pulse_mm - 2.0, 0.0) if pulse_mm < PULSE_ROOM_MM else 0.0,
            baseline_mm=(row + 0.5) * row_mm,
            width_mm=min(pulse_mm, PULSE_ROOM_MM),
            height_mm=scale.mm_of_mv(CALIBRATION_MV),
        )
        for row in range(rows)
    )
    return PaperPlan(
        scale,
        tuple(strips),
        pulses,
        PULSE_ROOM_MM + width_mm,
        height_mm,
        start_s,
        start_s + seconds,
        tuple(absent),
    )
