"""What a Holter report draws: rate and ST along the time, how RR intervals are spread and follow one another."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.core.holter import Holter
from cardio_desktop.core.units import POINTS_PER_MM
from cardio_desktop.report import fonts, style
from cardio_desktop.report.language import Language
from cardio_desktop.report.sheet import Sheet
from cardio_desktop.report.style import RGB

Clock = Callable[[float], str]
AXIS_MM = 9.0
"""Room for the numbers beside an axis."""
LABEL_PT = 6.5
MOST_DOTS = 20_000
"""More intervals than this are thinned out evenly in the scatter: the page is no larger for a day than for an hour."""
ST_COLORS: tuple[RGB, ...] = tuple(
    style.rgb(text) for text in ("#1b6ca8", "#c0392b", "#2e8b57", "#8e44ad", "#b9770e", "#5d6d7e")
)


@dataclass(frozen=True)
class Box:
    """A rectangle on the page in mm."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class _Axes:
    """A box with a scale: x and y grow to the right and upwards."""

    box: Box
    low: tuple[float, float]
    high: tuple[float, float]

    def x(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        inner = self.box.width - AXIS_MM
        return np.asarray(self.box.left + AXIS_MM + inner * (values - self.low[0]) / (self.high[0] - self.low[0]))

    def y(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        inner = self.box.height - 4.0
        return np.asarray(self.box.top + inner - inner * (values - self.low[1]) / (self.high[1] - self.low[1]))


def draw_rates(sheet: Sheet, box: Box, found: Holter, clock: Clock) -> None:
    """Draw the rate of each minute: its middle as a line over the span of its slowest and fastest."""
    rates = found.rates_bpm.astype(np.float64)
    top = float(np.nanmax(rates)) if np.isfinite(rates).any() else 120.0
    axes = _Axes(box, (found.start_s, 0.0), (found.end_s, max(math.ceil(top / 40.0) * 40.0, 120.0)))
    _frame(sheet, axes, _hours(found, clock), [(v, f"{v:g}") for v in np.arange(0.0, axes.high[1] + 1, 40.0).tolist()])
    times = np.asarray(found.start_s + 60.0 * (np.arange(rates.shape[1]) + 0.5), np.float64)
    known = np.isfinite(rates[1]) & (times <= found.end_s)
    x = axes.x(times[known])
    low, high = (axes.y(rates[k][known]) for k in (0, 2))
    sheet.lines(zip(x.tolist(), low.tolist(), x.tolist(), high.tolist(), strict=True), style.mix(style.BAR, 0.45), 0.15)
    _line(sheet, axes, times, rates[1], style.INK)


def draw_st(sheet: Sheet, box: Box, found: Holter, clock: Clock, say: Language) -> None:
    """Draw the level of ST of each lead by the minute, the leads that move most."""
    level = found.st.level_mv.astype(np.float64)
    rows = _moving(level)
    reach = max((float(np.nanmax(np.abs(level[k]))) for k in rows), default=0.2)
    edge = max(math.ceil(reach / 0.1) * 0.1, 0.2)
    axes = _Axes(box, (found.start_s, -edge), (found.end_s, edge))
    marks = [(v, say.number(round(v, 1), 1)) for v in np.linspace(-edge, edge, 5).tolist()]
    _frame(sheet, axes, _hours(found, clock), marks)
    x = box.left + AXIS_MM + 2.0
    for k, color in zip(rows, ST_COLORS, strict=False):
        _line(sheet, axes, found.st.times_s, level[k], color)
        name = found.st.leads[k]
        sheet.text(x, box.top + 3.0, name, size_pt=7.5, bold=True, color=color)
        x += fonts.width(name, 7.5, bold=True) / POINTS_PER_MM + 3.0


def draw_histogram(sheet: Sheet, box: Box, found: Holter) -> None:
    """Draw how many RR intervals there are of each length, in steps of 20 ms."""
    rr = _rr_ms(found)[0]
    counts = np.bincount((rr / 20.0).astype(int), minlength=100)[:100]
    axes = _Axes(box, (0.0, 0.0), (2000.0, max(float(counts.max()), 1.0) * 1.05))
    _frame(sheet, axes, _milliseconds(), [(0.0, "0"), (float(counts.max()), f"{counts.max()}")])
    left = axes.x(np.asarray(20.0 * np.arange(100), np.float64))
    tops = axes.y(counts.astype(np.float64))
    base = float(axes.y(np.zeros(1))[0])
    wide = float(left[1] - left[0]) * 0.9
    bars = [(x, y, wide, base - y) for x, y, n in zip(left.tolist(), tops.tolist(), counts.tolist(), strict=True) if n]
    if bars:
        sheet.rectangles(bars, style.BAR)


def draw_scatter(sheet: Sheet, box: Box, found: Holter) -> None:
    """Draw each RR interval against the one before (Poincaré)."""
    before, after = _rr_ms(found, pairs=True)
    axes = _Axes(box, (0.0, 0.0), (2000.0, 2000.0))
    _frame(sheet, axes, _milliseconds(), _milliseconds())
    step = max(before.size // MOST_DOTS, 1)
    x, y = axes.x(before[::step]), axes.y(after[::step])
    # What lies on one another is drawn once: two tenths of a millimetre are finer than a printer's dot.
    dots = np.unique(np.round(np.stack((x, y), axis=1) / 0.2).astype(int), axis=0) * 0.2
    sheet.rectangles(((a - 0.1, b - 0.1, 0.25, 0.25) for a, b in dots.tolist()), style.BAR)


def _rr_ms(found: Holter, *, pairs: bool = False) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return RR intervals up to 2 s with nothing missing in them; as pairs, each with the one before."""
    times = found.beats.times_s
    rr = 1000.0 * np.diff(times)
    for low, high in found.unread_s:
        rr[(times[:-1] < high) & (times[1:] > low)] = np.nan
    good = np.isfinite(rr) & (rr < 2000.0)
    if not pairs:
        return rr[good], rr[good]
    both = good[1:] & good[:-1]
    return rr[:-1][both], rr[1:][both]


def _moving(level: NDArray[np.float64]) -> list[int]:
    """Return the leads in which ST moves most, as many as there are colours."""
    spread = [float(np.nanmax(row) - np.nanmin(row)) if np.isfinite(row).any() else -1.0 for row in level]
    order = [k for k in np.argsort(np.negative(spread), kind="stable").tolist() if spread[k] >= 0.0]
    return sorted(order[: len(ST_COLORS)])


def _line(sheet: Sheet, axes: _Axes, times: NDArray[np.float64], values: NDArray[np.float64], color: RGB) -> None:
    """Draw a course, broken where nothing is known."""
    known = np.isfinite(values) & (times <= axes.high[0])
    edges = np.flatnonzero(np.diff(np.concatenate([[False], known, [False]]).astype(int)))
    for low, high in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        sheet.polyline(axes.x(times[low:high]), axes.y(values[low:high]), color, 0.2)


def _frame(sheet: Sheet, axes: _Axes, below: Sequence[tuple[float, str]], beside: Sequence[tuple[float, str]]) -> None:
    box = axes.box
    left, right, bottom = box.left + AXIS_MM, box.left + box.width, box.top + box.height - 4.0
    ends = [(left, bottom, right, bottom), (left, box.top, left, bottom)]
    sheet.lines(ends, style.NOTE, 0.2)
    for value, text in beside:
        y = float(axes.y(np.array([value]))[0])
        sheet.lines([(left, y, right, y)], style.FAINT, 0.1)
        sheet.text(left - 1.0, y + 0.8, text, size_pt=LABEL_PT, align="right", color=style.NOTE)
    for value, text in below:
        x = float(axes.x(np.array([value]))[0])
        sheet.lines([(x, bottom, x, bottom + 1.0)], style.NOTE, 0.2)
        sheet.text(x, bottom + 3.6, text, size_pt=LABEL_PT, align="center", color=style.NOTE)


def _milliseconds() -> list[tuple[float, str]]:
    return [(v, f"{v:g}") for v in np.arange(0.0, 2001.0, 400.0).tolist()]


def _hours(found: Holter, clock: Clock) -> list[tuple[float, str]]:
    """Return marks at steps of the time that leave room for their words."""
    length = found.end_s - found.start_s
    step = next((s for s in (60, 300, 600, 1800, 3600, 7200, 10800, 21600) if length / s <= 14), 43200)
    marks = np.arange(found.start_s, found.end_s - step / 2, step).tolist()
    return [(at, clock(at)) for at in marks]
