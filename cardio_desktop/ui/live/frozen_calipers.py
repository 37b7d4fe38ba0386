"""Calipers on a frozen live page: drawn with the mouse or placed by a key, moved by both, gone with the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from cardio_desktop.app.i18n import language
from cardio_desktop.core.caliper_paper import Part, draw_calipers, nearest_part, reading_lines
from cardio_desktop.core.calipers import Caliper, CaliperKind, make_caliper
from cardio_desktop.core.paper import PaperPlan, Strip
from cardio_desktop.render.calipers import paint_calipers
from cardio_desktop.render.colors import PaperColors
from cardio_desktop.render.device import Device

GRIP_PX = 5.0
FIRST_MV = 1.0
FIRST_S = 0.8
"""A caliper that a key places is a second at 75 a minute wide and a millivolt high: about one beat, to be moved."""
PARTS = (Part.START, Part.END, Part.LOW, Part.HIGH, Part.WHOLE)


class FrozenCalipers:
    """Calipers of time and voltage on one page, kept nowhere: the record that is opened later has its own.

    `rate_hz` is that of the trace, on whose samples they stand; `changed` is called with every change.
    """

    def __init__(self, changed: Callable[[], None]) -> None:
        self.rate_hz = 500.0
        self._changed = changed
        self.all: tuple[Caliper, ...] = ()
        self.selected: str | None = None
        self.part = Part.END
        self._began: tuple[Strip, float, float] | None = None
        self._held: tuple[Caliper, Part, Strip, float, float] | None = None

    @property
    def chosen(self) -> Caliper | None:
        """The caliper that keys move."""
        return next((one for one in self.all if one.id == self.selected), None)

    def words(self) -> str:
        """Return what the chosen caliper reads, "" without one."""
        chosen = self.chosen
        return "" if chosen is None else f"{chosen.lead}: " + " · ".join(reading_lines(chosen, language()))

    def clear(self) -> None:
        """Take all away."""
        self._began = self._held = None
        self._show((), None)

    def remove(self) -> None:
        """Take the chosen one away; the one before is chosen then."""
        rest = tuple(one for one in self.all if one.id != self.selected)
        self._show(rest, rest[-1].id if rest else None)

    def place(self, plan: PaperPlan) -> None:
        """Place one in the middle of the page, on the lead of the chosen one or the first."""
        chosen = self.chosen
        lead = chosen.lead if chosen is not None else plan.strips[0].lead
        strip = next(strip for strip in plan.strips if strip.lead == lead)
        middle = (strip.start_s + strip.end_s) / 2
        caliper = make_caliper(
            CaliperKind.BOTH, lead, (self._on_sample(middle), 0.0), (self._on_sample(middle + FIRST_S), FIRST_MV)
        )
        self.part = Part.END
        self._show((*self.all, caliper), caliper.id)

    def next_part(self, direction: int = 1) -> None:
        """Let keys move another part of the chosen one."""
        self.part = PARTS[(PARTS.index(self.part) + direction) % len(PARTS)]
        self._show(self.all, self.selected)

    def next_lead(self, direction: int, plan: PaperPlan) -> None:
        """Put the chosen one on another lead."""
        chosen = self.chosen
        if chosen is not None:
            names = [strip.lead for strip in plan.strips]
            lead = names[(names.index(chosen.lead) + direction) % len(names)]
            self._change(replace(chosen, lead=lead))

    def nudge(self, steps_s: int, steps_mv: int) -> bool:
        """Move the part of the chosen one that keys move by so many samples and hundredths of a millivolt."""
        chosen = self.chosen
        if chosen is None:
            return False
        self._change(_moved(chosen, self.part, steps_s / self.rate_hz, steps_mv * 0.01))
        return True

    # The mouse --------------------------------------------------------------------------------------------------

    def press(self, at: QPointF, plan: PaperPlan, device: Device) -> None:
        """Take hold of a caliper, or begin one."""
        drawings = draw_calipers(self.all, plan, language())
        x_mm, y_mm = device.mm_x(at.x()), device.mm_y(at.y())
        found = nearest_part(drawings, x_mm, y_mm, GRIP_PX / device.px_per_mm_x)
        if found is not None:
            drawing, part = found
            strip = drawing.strip
            place = strip.time_at(x_mm, plan.scale), strip.mv_at(y_mm, plan.scale)
            self._held, self.part = (drawing.caliper, part, strip, *place), part
            self._show(self.all, drawing.caliper.id)
            return
        over = plan.strip_at(x_mm, y_mm)
        if over is not None:
            self._began = (over, self._on_sample(over.time_at(x_mm, plan.scale)), over.mv_at(y_mm, plan.scale))
            self._show(self.all, None)

    def move(self, at: QPointF, plan: PaperPlan, device: Device) -> None:
        """Draw the caliper up to here, or move what is held."""
        x_mm, y_mm = device.mm_x(at.x()), device.mm_y(at.y())
        if self._began is not None:
            strip, start_s, start_mv = self._began
            # Outside the strip the caliper ends at its edge.
            time_s = min(max(strip.time_at(x_mm, plan.scale), plan.start_s), plan.end_s)
            end = self._on_sample(time_s), strip.mv_at(y_mm, plan.scale)
            new = make_caliper(CaliperKind.BOTH, strip.lead, (start_s, start_mv), end)
            chosen = self.chosen
            if chosen is None:
                self._show((*self.all, new), new.id)
            else:
                self._change(replace(new, id=chosen.id))
        elif self._held is not None:
            caliper, part, strip, from_s, from_mv = self._held
            seconds = self._on_sample(strip.time_at(x_mm, plan.scale) - from_s)
            self._change(_moved(caliper, part, seconds, strip.mv_at(y_mm, plan.scale) - from_mv))

    def release(self) -> None:
        """End the drag; one that never left its place leaves nothing."""
        chosen = self.chosen
        if self._began is not None and chosen is not None and chosen.interval_ms <= 0:
            self.remove()
        self._began = self._held = None

    # Drawing ----------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter, plan: PaperPlan, device: Device, colors: PaperColors) -> None:
        """Draw all with what they read."""
        if self.all:
            drawings = draw_calipers(self.all, plan, language())
            paint_calipers(painter, drawings, device, colors, self.selected, self.part)

    def _on_sample(self, seconds: float) -> float:
        return round(seconds * self.rate_hz) / self.rate_hz

    def _change(self, caliper: Caliper) -> None:
        self._show(tuple(caliper if one.id == caliper.id else one for one in self.all), caliper.id)

    def _show(self, calipers: tuple[Caliper, ...], selected: str | None) -> None:
        changed = calipers != self.all or selected != self.selected or bool(calipers)
        self.all, self.selected = calipers, selected
        if changed:
            self._changed()


def _moved(caliper: Caliper, part: Part, seconds: float, millivolts: float) -> Caliper:
    """Return a caliper with one part moved; an end stops at the other one."""
    match part:
        case Part.START:
            return replace(caliper, start_s=min(caliper.start_s + seconds, caliper.end_s))
        case Part.END:
            return replace(caliper, end_s=max(caliper.end_s + seconds, caliper.start_s))
        case Part.LOW:
            return replace(caliper, low_mv=min(caliper.low_mv + millivolts, caliper.high_mv))
        case Part.HIGH:
            return replace(caliper, high_mv=max(caliper.high_mv + millivolts, caliper.low_mv))
        case _:
            return caliper.moved(seconds, millivolts)
