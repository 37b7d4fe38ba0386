"""How calipers stand on paper, in millimetres: one geometry for screen, picture, print and PDF."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from cardio_desktop.core.calipers import QTC_FORMULAS, Caliper, CaliperKind
from cardio_desktop.core.label_room import Box, LabelRoom
from cardio_desktop.core.numerals import decimals
from cardio_desktop.core.paper import PaperPlan, Strip
from cardio_desktop.core.units import PaperScale

REACH_MM = 3.0
"""How far a voltage line runs on beyond the caliper's ends."""
LETTER_MM, LABEL_LINE_MM = 1.45, 3.3
"""About the size of a label's letters, to keep labels apart."""
RR_BEFORE, RR_MEAN = "before this beat", "mean of the record"
"""Where the RR interval of a QT caliper comes from, as it is kept."""
GERMAN = {
    RR_BEFORE: "vor diesem Schlag",
    RR_MEAN: "Mittel der Aufzeichnung",
    "no RR interval": "kein RR-Intervall",
    "bpm": "/min",
}
CLOSEST_MARCH_MM = 0.7
"""Marches closer than this would be a grey field."""


class Part(StrEnum):
    """What of a caliper is taken hold of."""

    START = "start"
    END = "end"
    LOW = "low"
    HIGH = "high"
    WHOLE = "whole"
    MARCH = "march"


@dataclass(frozen=True)
class CaliperLine:
    """One straight line of a caliper, in millimetres of the paper."""

    part: Part
    x0_mm: float
    y0_mm: float
    x1_mm: float
    y1_mm: float

    def distance_mm(self, x_mm: float, y_mm: float) -> float:
        """Return how far a point lies from the line."""
        dx, dy = self.x1_mm - self.x0_mm, self.y1_mm - self.y0_mm
        length = dx * dx + dy * dy
        along = 0.0 if length == 0 else ((x_mm - self.x0_mm) * dx + (y_mm - self.y0_mm) * dy) / length
        along = min(max(along, 0.0), 1.0)
        return math.hypot(x_mm - self.x0_mm - along * dx, y_mm - self.y0_mm - along * dy)


@dataclass(frozen=True)
class CaliperDrawing:
    """One caliper on one strip: its lines, and where its reading stands (left end of the last line's foot)."""

    caliper: Caliper
    strip: Strip
    lines: tuple[CaliperLine, ...]
    label: tuple[str, ...]
    label_x_mm: float
    label_y_mm: float


def shown_sign(strip: Strip) -> float:
    """Return -1 for a strip that shows its lead upside down (Cabrera's -aVR), else 1."""
    return -1.0 if strip.lead.startswith("-") else 1.0


def lead_of(strip: Strip) -> str:
    """Return the lead whose calipers stand on a strip."""
    return strip.lead.removeprefix("-")


def draw_calipers(
    calipers: Iterable[Caliper], plan: PaperPlan, language: str = "en", room: LabelRoom | None = None
) -> tuple[CaliperDrawing, ...]:
    """Return every caliper on every strip that shows a part of it, with its reading where most of it is seen.

    With a `room` the readings stand beside the traces and apart from one another.
    """
    found = []
    for caliper in calipers:
        own = [strip for strip in plan.strips if lead_of(strip) == caliper.lead]
        best = max(own, key=lambda strip: _visible_s(caliper, strip), default=None)
        drawn = (draw_caliper(caliper, strip, plan.scale, language, labelled=strip is best) for strip in own)
        found += [drawing for drawing in drawn if drawing is not None]
    return _apart(found) if room is None else _beside(found, plan, room.fresh())


def _apart(drawings: Iterable[CaliperDrawing]) -> tuple[CaliperDrawing, ...]:
    """Return the drawings with labels within their strips, moved up where they would stand on one another."""
    taken: list[tuple[Strip, float, float, float, float]] = []
    placed = []
    for drawing in drawings:
        strip, lines = drawing.strip, drawing.label
        if lines:
            wide, tall = LETTER_MM * max(map(len, lines)), LABEL_LINE_MM * len(lines)
            left = max(min(drawing.label_x_mm, strip.x_mm + strip.width_mm - wide), strip.x_mm + 0.5)
            foot = drawing.label_y_mm
            others = [box for box in taken if box[0] is strip and box[1] < left + wide and left < box[2]]
            while any(top < foot and foot - tall < bottom for *_, top, bottom in others):
                foot -= LABEL_LINE_MM
            foot = max(foot, strip.top_mm + tall)
            taken.append((strip, left, left + wide, foot - tall, foot))
            drawing = replace(drawing, label_x_mm=left, label_y_mm=foot)
        placed.append(drawing)
    return tuple(placed)


def _beside(drawings: Iterable[CaliperDrawing], plan: PaperPlan, room: LabelRoom) -> tuple[CaliperDrawing, ...]:
    """Return the drawings with labels where they cover least of the traces, near their calipers."""
    placed = []
    for drawing in drawings:
        strip, lines = drawing.strip, drawing.label
        if lines:
            wide, tall = LETTER_MM * max(map(len, lines)), LABEL_LINE_MM * len(lines)
            x0 = strip.x_of(drawing.caliper.start_s, plan.scale)
            x1 = strip.x_of(drawing.caliper.end_s, plan.scale)
            least, most = strip.x_mm + 0.5, max(strip.x_mm + strip.width_mm - wide, strip.x_mm + 0.5)
            lefts = (min(max(x0 - wide - 1.0, least), most), min(max(x1 + 1.0, least), most))
            tops = strip.top_mm + 0.3, max(strip.top_mm + strip.height_mm - tall - 0.3, strip.top_mm + 0.3)
            found = room.place(Box(drawing.label_x_mm, drawing.label_y_mm - tall, wide, tall), lefts, tops)
            drawing = replace(drawing, label_x_mm=found.left_mm, label_y_mm=found.top_mm + tall)
        placed.append(drawing)
    return tuple(placed)


def _visible_s(caliper: Caliper, strip: Strip) -> float:
    """Return how much of a caliper a strip shows, in s; negative by how far it lies outside."""
    return min(caliper.end_s, strip.end_s) - max(caliper.start_s, strip.start_s)


def is_visible(caliper: Caliper, plan: PaperPlan) -> bool:
    """Return whether some strip shows more than an edge of the caliper itself."""
    needed = min(0.05, caliper.end_s - caliper.start_s)
    return any(lead_of(strip) == caliper.lead and _visible_s(caliper, strip) >= needed for strip in plan.strips)


def draw_caliper(
    caliper: Caliper, strip: Strip, scale: PaperScale, language: str = "en", *, labelled: bool = True
) -> CaliperDrawing | None:
    """Return one caliper on one strip, None where nothing of it is to be seen there."""
    left, right = strip.x_mm, strip.x_mm + strip.width_mm
    top, bottom = strip.top_mm, strip.top_mm + strip.height_mm
    x0, x1 = strip.x_of(caliper.start_s, scale), strip.x_of(caliper.end_s, scale)
    marching = caliper.kind is CaliperKind.MARCH
    if not marching and (x1 < left - 1e-6 or x0 > right + 1e-6):
        return None
    sign = shown_sign(strip)
    y_low, y_high = strip.y_of(sign * caliper.low_mv, scale), strip.y_of(sign * caliper.high_mv, scale)
    lines: list[CaliperLine] = []

    def upright(part: Part, x_mm: float) -> None:
        if left - 1e-6 <= x_mm <= right + 1e-6:
            lines.append(CaliperLine(part, x_mm, top, x_mm, bottom))

    def level(part: Part, y_mm: float, reach_mm: float) -> None:
        begin, end = max(x0 - reach_mm, left), min(x1 + reach_mm, right)
        if begin <= end and top <= y_mm <= bottom:
            lines.append(CaliperLine(part, begin, y_mm, end, y_mm))

    if marching:
        for x_mm in _marches(x0, x1, left, right):
            upright(Part.MARCH, x_mm)
    if caliper.kind.has_time:
        upright(Part.START, x0)
        upright(Part.END, x1)
    if caliper.kind.has_amplitude:
        level(Part.LOW, y_low, REACH_MM)
        level(Part.HIGH, y_high, REACH_MM)
    bar_y = min(max((y_low + y_high) / 2, top + 1.0), bottom - 1.0)
    if caliper.kind is CaliperKind.AMPLITUDE:
        x_mm = min(max((x0 + x1) / 2, left), right)
        ends = sorted(min(max(y, top), bottom) for y in (y_low, y_high))
        lines.append(CaliperLine(Part.WHOLE, x_mm, ends[0], x_mm, ends[1]))
    else:
        level(Part.WHOLE, bar_y, 0.0)
    if not lines:
        return None
    return CaliperDrawing(
        caliper,
        strip,
        tuple(lines),
        reading_lines(caliper, language) if labelled else (),
        min(max(x0, left), right) + 0.8,
        # At the strip's foot a reading hides least of the trace.
        (min(max(min(y_low, y_high), top + 4.0), bottom) if caliper.kind.has_amplitude else bottom) - 1.0,
    )


def _marches(x0: float, x1: float, left: float, right: float) -> list[float]:
    """Return where the interval x0 .. x1 repeats between left and right, its own ends left out."""
    step = x1 - x0
    if step < CLOSEST_MARCH_MM:
        return []
    first, last = math.ceil((left - x0) / step - 1e-9), math.floor((right - x0) / step + 1e-9)
    return [x0 + k * step for k in range(first, last + 1) if k not in (0, 1)]


def nearest_part(
    drawings: Iterable[CaliperDrawing], x_mm: float, y_mm: float, reach_mm: float
) -> tuple[CaliperDrawing, Part] | None:
    """Return what of which caliper lies within `reach_mm` of a point, ends before bars; the last drawn wins ties."""
    best: tuple[float, int, CaliperDrawing, Part] | None = None
    for number, drawing in enumerate(drawings):
        strip = drawing.strip
        if not (
            strip.x_mm - reach_mm <= x_mm <= strip.x_mm + strip.width_mm + reach_mm
            and strip.top_mm <= y_mm <= strip.top_mm + strip.height_mm
        ):
            continue
        for line in drawing.lines:
            distance = line.distance_mm(x_mm, y_mm)
            if line.part is Part.MARCH or distance > reach_mm:
                continue
            rank = distance + (reach_mm if line.part is Part.WHOLE else 0.0)
            if best is None or (rank, -number) < (best[0], -best[1]):
                best = (rank, number, drawing, line.part)
    return None if best is None else (best[2], best[3])


def reading_lines(caliper: Caliper, language: str = "en") -> tuple[str, ...]:
    """Return what a caliper reads, as it stands beside it, "en" or "de"."""
    words = GERMAN if language == "de" else {}
    rate = caliper.rate_bpm
    time = f"{caliper.interval_ms:.0f} ms"
    with_rate = time if rate is None else f"{time} · {rate:.0f} {words.get('bpm', 'bpm')}"
    volts = decimals(f"{caliper.amplitude_mv:.2f} mV", language)
    lines: tuple[str, ...]
    match caliper.kind:
        case CaliperKind.TIME:
            lines = (with_rate,)
        case CaliperKind.AMPLITUDE:
            lines = (volts,)
        case CaliperKind.BOTH:
            lines = (f"{with_rate} · {volts}",)
        case CaliperKind.MARCH:
            lines = (f"{with_rate} ↔",)
        case CaliperKind.QT:
            lines = _qt_lines(caliper, time, words)
    return (caliper.label, *lines) if caliper.label else lines


def _qt_lines(caliper: Caliper, time: str, words: Mapping[str, str]) -> tuple[str, ...]:
    corrected = caliper.qtc_ms()
    if corrected is None or caliper.rr_ms is None:
        none = "no RR interval"
        return (f"QT {time}", f"QTc: {words.get(none, none)}")
    origin = f" ({words.get(caliper.rr_from, caliper.rr_from)})" if caliper.rr_from else ""
    said = [f"{name.capitalize()} {corrected[name]:.0f}" for name in QTC_FORMULAS]
    first, second = " · ".join(said[:2]), " · ".join(said[2:])
    return (f"QT {time} · RR {caliper.rr_ms:.0f} ms{origin}", f"QTc ms: {first}", second)


def caliper_text(calipers: Iterable[Caliper], language: str = "en") -> str:
    """Return calipers as lines of tab-separated text, with a heading: what goes on the clipboard."""
    rows = ["lead\tkind\tfrom s\tto s\treading"]
    for caliper in calipers:
        reading = " ".join(reading_lines(caliper, language))
        span = decimals(f"{caliper.start_s:.3f}\t{caliper.end_s:.3f}", language)
        rows.append(f"{caliper.lead}\t{caliper.kind.value}\t{span}\t{reading}")
    return "\n".join(rows)
