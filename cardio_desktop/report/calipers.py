"""The reader's calipers on the printed ECG, as vector lines from the geometry that the screen has."""

from __future__ import annotations

from collections.abc import Sequence

from cardio_desktop.core.caliper_paper import CaliperDrawing, CaliperLine, Part, draw_calipers, is_visible
from cardio_desktop.core.calipers import Caliper
from cardio_desktop.core.label_room import LabelRoom
from cardio_desktop.core.paper import PaperPlan
from cardio_desktop.core.units import POINTS_PER_MM
from cardio_desktop.report import style
from cardio_desktop.report.fonts import width
from cardio_desktop.report.sheet import Sheet

LINE_MM = 0.18
DASH_MM, SPACE_MM = 1.0, 1.4
SIZE_PT = 6.5
LINE_HEIGHT_MM = 2.8


def draw_report_calipers(
    sheet: Sheet,
    plan: PaperPlan,
    calipers: Sequence[Caliper],
    left_mm: float,
    top_mm: float,
    language: str = "en",
    room: LabelRoom | None = None,
) -> int:
    """Draw calipers on the paper whose corner is at (left_mm, top_mm); returns how many stand elsewhere."""
    drawings = draw_calipers(calipers, plan, language, room)
    solid = [line for drawing in drawings for line in drawing.lines if line.part is not Part.MARCH]
    dashed = [dash for d in drawings for line in d.lines if line.part is Part.MARCH for dash in _dashes(line)]
    for lines in (solid, dashed):
        if lines:
            ends = [(left_mm + ln.x0_mm, top_mm + ln.y0_mm, left_mm + ln.x1_mm, top_mm + ln.y1_mm) for ln in lines]
            sheet.lines(ends, style.CALIPER, LINE_MM)
    for drawing in drawings:
        _label(sheet, drawing, left_mm, top_mm)
    return sum(not is_visible(caliper, plan) for caliper in calipers)


def _dashes(line: CaliperLine) -> list[CaliperLine]:
    """Return an upright line as dashes."""
    count = int((line.y1_mm - line.y0_mm) / (DASH_MM + SPACE_MM)) + 1
    tops = [line.y0_mm + k * (DASH_MM + SPACE_MM) for k in range(count)]
    return [CaliperLine(line.part, line.x0_mm, y, line.x1_mm, min(y + DASH_MM, line.y1_mm)) for y in tops]


def _label(sheet: Sheet, drawing: CaliperDrawing, left_mm: float, top_mm: float) -> None:
    if not drawing.label:
        return
    strip = drawing.strip
    wide = max(width(text, SIZE_PT) for text in drawing.label) / POINTS_PER_MM
    tall = LINE_HEIGHT_MM * len(drawing.label)
    x = max(min(drawing.label_x_mm, strip.x_mm + strip.width_mm - wide - 0.5), strip.x_mm + 0.5)
    y = max(drawing.label_y_mm - tall, strip.top_mm + 0.3)
    for number, text in enumerate(drawing.label):
        base = top_mm + y + (number + 0.78) * LINE_HEIGHT_MM
        sheet.text(left_mm + x, base, text, size_pt=SIZE_PT, color=style.CALIPER)
