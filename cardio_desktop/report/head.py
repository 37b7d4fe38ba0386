"""The head of the first page: who, when, by which recorder, and the stamp that says what the report is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from cardio_desktop.core.record import Record
from cardio_desktop.core.units import POINTS_PER_MM
from cardio_desktop.report import fonts, style
from cardio_desktop.report.identity import Identity
from cardio_desktop.report.language import Language
from cardio_desktop.report.options import ReportOptions
from cardio_desktop.report.sheet import Sheet
from cardio_desktop.report.signing import Told, stamp_lines

SIDE_MM = 12.0
"""Margin at the left and the right of every page."""
STAMP_MM, STAMP_HIGH_MM = 98.0, 9.8
STAMP_PT = (10.0, 9.0, 8.0, 7.0, 6.0, 5.5)
NAME_PT = (11.0, 10.0, 9.0, 8.0)
"""Sizes that are tried, the largest first."""
RECORDED_PT, SIMULATED_PT = 8.0, 9.0
GAP_MM = 4.0


@dataclass(frozen=True)
class Head:
    """Patient and recording to the left, the stamp to the right, over `width_mm`."""

    record: Record
    options: ReportOptions
    who: Identity
    say: Language
    width_mm: float

    @cached_property
    def _stamp(self) -> tuple[list[str], float, float]:
        """Lines of the stamp, the size of their letters, and its width."""
        lines, size = _fitting(stamp_lines(self.options.concluded, self.who, self.say, self.options.stamp))
        return lines, size, max(fonts.width(line, size, True) for line in lines) / POINTS_PER_MM + 4.0

    @property
    def _room_mm(self) -> float:
        return self.width_mm - self._stamp[2] - GAP_MM

    @property
    def _simulated(self) -> str:
        return self.say("SIMULATED, not a patient") if self.record.simulated else ""

    @property
    def _name_mm(self) -> float:
        told = self._simulated
        return self._room_mm - (fonts.width(told, SIMULATED_PT, True) / POINTS_PER_MM + GAP_MM if told else 0.0)

    @property
    def _recorded(self) -> str:
        who, say = self.who, self.say
        device = [say("Recorder: {device}", device=who.device)] if who.device else []
        return " · ".join([say("Recorded: {when}", when=who.recorded), *device, say("File: {file}", file=who.file)])

    def draw(self, sheet: Sheet, left: float, top: float) -> None:
        """Draw it below `top`."""
        patient_line(sheet, self.who, top + 4.2, self._name_mm)
        if told := self._simulated:
            end = left + self._room_mm
            sheet.text(end, top + 4.2, told, size_pt=SIMULATED_PT, bold=True, color=style.ALERT, align="right")
        sheet.text(left, top + 8.8, self._recorded, size_pt=RECORDED_PT, width_mm=self._room_mm)
        lines, size, wide = self._stamp
        color = style.CONFIRMED if self.options.concluded.final else style.ALERT
        right = left + self.width_mm
        sheet.frame((right - wide, top + 0.4, wide, STAMP_HIGH_MM), color, 0.5)
        step = min(STAMP_HIGH_MM / len(lines), 1.4 * size / POINTS_PER_MM)
        for k, line in enumerate(lines):
            middle = top + 0.4 + STAMP_HIGH_MM / 2 + (k - (len(lines) - 1) / 2) * step
            base = middle + 0.36 * size / POINTS_PER_MM
            sheet.text(right - wide / 2, base, line, size_pt=size, bold=True, color=color, align="center")

    def missing(self) -> Iterator[Told]:
        """Yield in full what has no room."""
        name, rest, _ = _patient_parts(self.who, self._name_mm)
        if name.endswith(fonts.ELLIPSIS) or rest.endswith(fonts.ELLIPSIS):
            yield Told(self.say("Patient"), f"{self.who.name} · {self.who.details}")
        told = fonts.drawable(self._recorded)
        if fonts.width(told, RECORDED_PT) > self._room_mm * POINTS_PER_MM:
            yield Told(self.say("Recording"), self._recorded)


def patient_line(sheet: Sheet, who: Identity, base_mm: float, width_mm: float) -> None:
    """Write the name as long as there is room, then the rest: a long name must not push number and age away."""
    name, rest, size = _patient_parts(who, width_mm)
    sheet.text(SIDE_MM, base_mm, name, size_pt=size, bold=True)
    sheet.text(SIDE_MM + fonts.width(name, size, bold=True) / POINTS_PER_MM, base_mm, rest, size_pt=size)


def _patient_parts(who: Identity, width_mm: float) -> tuple[str, str, float]:
    """Return name, the rest and the size of the letters; both are cut only where the smallest are too large."""
    for size in NAME_PT:
        rest = fonts.shorten(f" · {who.details}", 0.75 * width_mm * POINTS_PER_MM, size)
        rest_mm = fonts.width(rest, size) / POINTS_PER_MM
        name = fonts.shorten(who.name, (width_mm - rest_mm) * POINTS_PER_MM, size, bold=True)
        if not (name.endswith(fonts.ELLIPSIS) or rest.endswith(fonts.ELLIPSIS)):
            break
    return name, rest, size


def _fitting(told: Sequence[str]) -> tuple[list[str], float]:
    """Return the lines of the stamp and the size of their letters: the largest in which everything has room."""
    room, high = (STAMP_MM - 4.0) * POINTS_PER_MM, STAMP_HIGH_MM * POINTS_PER_MM
    for size in STAMP_PT:
        lines = [line for text in told for line in fonts.wrap(text, room, size, True)]
        if len(lines) * 1.25 * size <= high:
            return lines, size
    return [fonts.shorten(text, room, size, True) for text in told[: int(high / size)]], size
