"""Pieces of a page that are drawn one under another, in columns and on as many pages as they need."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from cardio_desktop.core.units import POINTS_PER_MM
from cardio_desktop.report import fonts, style
from cardio_desktop.report.sheet import SIZE_PT, Sheet, line_height_mm
from cardio_desktop.report.style import RGB

Draw = Callable[[Sheet, float, float], None]
TOGETHER_LINES = 4
HEADING_BASE_MM = 5.2
"""Base line of a heading below its block's top."""


@dataclass(frozen=True)
class Block:
    """Something `height_mm` high that `draw(sheet, left_mm, top_mm)` draws; `keep` holds it with the next block.

    A `blank` one is empty paper, of which there is none at the head of a column.
    """

    height_mm: float
    draw: Draw
    keep: bool = False
    blank: bool = False


def paragraph(
    text: str,
    width_mm: float,
    *,
    size_pt: float = SIZE_PT,
    bold: bool = False,
    color: RGB = style.INK,
    indent_mm: float = 0.0,
    after_mm: float = 1.0,
) -> list[Block]:
    """Return one block for each wrapped line, so that a long text may run on in the next column; a short one stays."""
    lines = fonts.wrap(text, (width_mm - indent_mm) * POINTS_PER_MM, size_pt, bold)
    height = line_height_mm(size_pt)

    def drawing(line: str) -> Draw:
        def draw(sheet: Sheet, left: float, top: float) -> None:
            base = top + 0.78 * height
            sheet.text(left + indent_mm, base, line, size_pt=size_pt, bold=bold, color=color)

        return draw

    short = len(lines) <= TOGETHER_LINES
    blocks = [Block(height, drawing(line), keep=short and k < len(lines) - 1) for k, line in enumerate(lines)]
    return [*blocks, space(after_mm)]


def heading(text: str, width_mm: float) -> list[Block]:
    """Return a section's title with a rule under it, kept with what follows."""

    def draw(sheet: Sheet, left: float, top: float) -> None:
        sheet.text(left, top + HEADING_BASE_MM, text, size_pt=9.5, bold=True)
        sheet.lines([(left, top + 6.6, left + width_mm, top + 6.6)], style.FAINT, 0.2)

    return [Block(8.2, draw, keep=True)]


def space(height_mm: float) -> Block:
    """Return empty paper."""
    return Block(height_mm, lambda _sheet, _left, _top: None, blank=True)


def table_row(
    cells: Sequence[str],
    widths_mm: Sequence[float],
    *,
    bold: bool = False,
    bold_cells: Sequence[bool] | None = None,
    size_pt: float = 7.5,
) -> list[Block]:
    """Return one row as one block; a cell wraps within its column. `bold` is for a head, kept with the next row."""
    heavy = bold_cells or [bold] * len(cells)
    columns = list(zip(cells, widths_mm, heavy, strict=True))
    wrapped = [fonts.wrap(cell, (wide - 1.5) * POINTS_PER_MM, size_pt, fat) for cell, wide, fat in columns]
    step = line_height_mm(size_pt)

    def draw(sheet: Sheet, left: float, top: float) -> None:
        x = left
        for lines, (_, wide, fat) in zip(wrapped, columns, strict=True):
            for k, line in enumerate(lines):
                sheet.text(x, top + (k + 0.78) * step, line, size_pt=size_pt, bold=fat)
            x += wide

    return [Block(max(len(lines) for lines in wrapped) * step + 0.5, draw, keep=bold)]


def together(blocks: Sequence[Block]) -> list[Block]:
    """Return blocks that stay in one column: for a few that mean nothing when they are parted."""
    return [replace(block, keep=True) for block in blocks[:-1]] + list(blocks[-1:])


def unsplit_ends(rows: Sequence[Block]) -> list[Block]:
    """Return the rows of a table that may run on in the next column, but never with a single row on either side."""
    ends = {0, len(rows) - 2}
    return [replace(row, keep=True) if k in ends and k < len(rows) - 1 else row for k, row in enumerate(rows)]


Pages = list[list[list[tuple[float, Block]]]]
BALANCE_STEP_MM = 2.0


def flow(blocks: Sequence[Block], column_mm: float, columns: int) -> Pages:
    """Return pages of columns of (top, block) that hold all blocks in order, tops counted from the column's start.

    A block that is to be kept with the next moves on together with it. The columns of the last page are equally long.
    """
    pages = _filled(blocks, column_mm, columns)
    last = [block for column in pages[-1] for _, block in column]
    height = sum(block.height_mm for block in last) / columns
    while height < column_mm:
        balanced = _filled(last, height, columns)
        if len(balanced) == 1:
            return [*pages[:-1], *balanced]
        height += BALANCE_STEP_MM
    return pages


def _filled(blocks: Sequence[Block], column_mm: float, columns: int) -> Pages:
    pages: Pages = [[[]]]
    used = 0.0
    groups: list[list[Block]] = []
    for block in blocks:
        if groups and groups[-1][-1].keep:
            groups[-1].append(block)
        else:
            groups.append([block])
    for group in groups:
        if used + sum(block.height_mm for block in group) > column_mm and used > 0:
            if len(pages[-1]) < columns:
                pages[-1].append([])
            else:
                pages.append([[]])
            used = 0.0
        for block in group:
            if block.blank and used == 0:
                continue
            pages[-1][-1].append((used, block))
            used += block.height_mm
    return pages
