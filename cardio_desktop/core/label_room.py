"""Where the paper is free: places for words that cover no trace and no other words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.core.paper import PaperPlan, Strip

Floats = NDArray[np.float64]
Course = Callable[[Strip], tuple[Floats, Floats]]
"""Returns (times in s, millivolts) of what is drawn on a strip; NaN where nothing is."""

CELL_MM = 0.5
"""How finely the paper is divided: about the thickness of a line with the room it needs."""
ABOVE_MM = 12.0
"""How far above and below the paper traces are followed."""
NAME_MM = (10.0, 4.5)
"""Room for the name of a lead at the upper left of its strip."""
FAR = 0.02
"""What a millimetre of distance costs, in cells of trace covered: so little that it only decides between free places.
"""


@dataclass(frozen=True)
class Box:
    """A place for words, in millimetres of the paper."""

    left_mm: float
    top_mm: float
    width_mm: float
    height_mm: float


class LabelRoom:
    """A map of the cells that traces cross on one plan, and of those taken by words since."""

    def __init__(self, plan: PaperPlan, course: Course) -> None:
        self._columns = int(np.ceil(plan.width_mm / CELL_MM)) + 1
        self._rows = int(np.ceil((plan.height_mm + 2 * ABOVE_MM) / CELL_MM)) + 1
        taken = np.zeros((self._rows, self._columns), dtype=np.float64)
        for strip in plan.strips:
            times_s, millivolts = course(strip)
            x_mm = strip.x_mm + (times_s - strip.start_s) * plan.scale.speed_mm_per_s
            y_mm = strip.baseline_mm - millivolts * strip.gain_factor * plan.scale.gain_mm_per_mv
            self._follow(taken, x_mm, y_mm)
            name = (slice(*self._row_range(strip.top_mm)), slice(*self._column_range(strip.x_mm)))
            taken[name] = 1.0
        self._traces = taken
        self._sums = _summed(taken)

    def _row_range(self, top_mm: float) -> tuple[int, int]:
        first = int((top_mm + ABOVE_MM) / CELL_MM)
        return first, first + int(NAME_MM[1] / CELL_MM)

    @staticmethod
    def _column_range(left_mm: float) -> tuple[int, int]:
        first = int(left_mm / CELL_MM)
        return first, first + int(NAME_MM[0] / CELL_MM)

    def _follow(self, taken: Floats, x_mm: Floats, y_mm: Floats) -> None:
        """Mark the cells that a line passes, from column to column."""
        known = np.isfinite(y_mm)
        column = np.floor(x_mm[known] / CELL_MM).astype(int)
        row = (y_mm[known] + ABOVE_MM) / CELL_MM
        inside = (column >= 0) & (column < self._columns)
        column, row = column[inside], row[inside]
        if not column.size:
            return
        starts = np.flatnonzero(np.diff(column, prepend=column[0] - 1))
        lows, highs = np.minimum.reduceat(row, starts), np.maximum.reduceat(row, starts)
        # A steep line may pass between two columns: each reaches to where the one before ended.
        ends = row[np.append(starts[1:] - 1, row.size - 1)]
        lows[1:], highs[1:] = np.minimum(lows[1:], ends[:-1]), np.maximum(highs[1:], ends[:-1])
        steps = np.zeros((self._rows + 1, self._columns))
        steps[np.clip(lows, 0, self._rows - 1).astype(int), column[starts]] = 1.0
        np.add.at(steps, (np.clip(highs, 0, self._rows - 1).astype(int) + 1, column[starts]), -1.0)
        taken[steps.cumsum(axis=0)[:-1] > 0] = 1.0

    def covered(self, box: Box) -> float:
        """Return how many cells of trace, or of words placed since, a box covers."""
        return float(self._covered(np.array([box.left_mm]), np.array([box.top_mm]), box)[0])

    def _covered(self, left_mm: Floats, top_mm: Floats, box: Box) -> Floats:
        def cells(values: Floats, most: int) -> NDArray[np.int64]:
            return np.clip(values, 0, most).astype(np.int64)

        x0 = cells(np.floor(left_mm / CELL_MM), self._columns)
        x1 = cells(np.ceil((left_mm + box.width_mm) / CELL_MM), self._columns)
        y0 = cells(np.floor((top_mm + ABOVE_MM) / CELL_MM), self._rows)
        y1 = cells(np.ceil((top_mm + box.height_mm + ABOVE_MM) / CELL_MM), self._rows)
        s = self._sums
        return np.asarray(s[y1, x1] - s[y0, x1] - s[y1, x0] + s[y0, x0])

    def place(self, wanted: Box, left_mm: tuple[float, float], top_mm: tuple[float, float]) -> Box:
        """Return the place for words nearest to the `wanted` one that covers least, and keep it from others.

        Its left upper corner stays within the ranges `left_mm` and `top_mm`.
        """
        lefts = np.append(np.arange(left_mm[0], left_mm[1] + 1e-9, 1.0), [np.clip(wanted.left_mm, *left_mm)])
        tops = np.append(np.arange(top_mm[0], top_mm[1] + 1e-9, CELL_MM), [np.clip(wanted.top_mm, *top_mm)])
        x, y = (grid.ravel() for grid in np.meshgrid(lefts, tops))
        cost = self._covered(x, y, wanted) + FAR * (np.abs(x - wanted.left_mm) + np.abs(y - wanted.top_mm))
        best = int(cost.argmin())
        found = Box(float(x[best]), float(y[best]), wanted.width_mm, wanted.height_mm)
        x0, y0 = int(found.left_mm / CELL_MM), int((found.top_mm + ABOVE_MM) / CELL_MM)
        x1 = int((found.left_mm + found.width_mm) / CELL_MM) + 1
        y1 = int((found.top_mm + found.height_mm + ABOVE_MM) / CELL_MM) + 1
        self._sums = self._sums.copy()
        held = np.zeros_like(self._traces)
        held[max(y0, 0) : y1, max(x0, 0) : x1] = 10.0  # words on words are worse than words on a line
        self._sums += _summed(held)
        return found

    def fresh(self) -> LabelRoom:
        """Return the same paper without the words."""
        other = object.__new__(LabelRoom)
        other._columns, other._rows, other._traces = self._columns, self._rows, self._traces
        other._sums = _summed(self._traces)
        return other


def _summed(taken: Floats) -> Floats:
    """Return sums over all cells above and left of each corner."""
    sums = np.zeros((taken.shape[0] + 1, taken.shape[1] + 1))
    sums[1:, 1:] = taken.cumsum(axis=0).cumsum(axis=1)
    return sums
