"""Rows of a label and a text, line by line, so that what a page has no room for goes on overleaf."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from cardio_desktop.core.units import POINTS_PER_MM
from cardio_desktop.report import fonts, style
from cardio_desktop.report.blocks import Block
from cardio_desktop.report.language import Language
from cardio_desktop.report.sheet import Sheet, line_height_mm
from cardio_desktop.report.signing import Told

LABEL_MM = 43.0
TEXT_PT, MAIN_PT, LABEL_PT = 8.0, 9.5, 7.5
MOST_BOLD = 300
"""A longer text is harder to read in bold letters."""


@dataclass(frozen=True)
class Line:
    """One line of a row: what stands in both columns, and the row's own label for where it is continued."""

    label: str
    text: str
    row: Told
    is_first: bool
    is_last: bool

    @property
    def bold(self) -> bool:
        """Whether its letters are bold."""
        return self.row.main and len(self.row.text) <= MOST_BOLD

    @property
    def block(self) -> Block:
        """The line as it is drawn."""
        size = MAIN_PT if self.row.main else TEXT_PT
        height = line_height_mm(size)
        color = style.NOTE if self.row.faint or self.row.machine else style.INK

        def draw(sheet: Sheet, left: float, top: float) -> None:
            base = top + 0.78 * height
            label_color = style.NOTE if self.row.machine else style.INK
            sheet.text(left, base, self.label, size_pt=LABEL_PT, bold=True, color=label_color)
            sheet.text(left + LABEL_MM, base, self.text, size_pt=size, bold=self.bold, color=color)

        return Block(height + (0.8 if self.is_last else 0.0), draw)


def rows(told: Iterable[Told], width_mm: float) -> list[Line]:
    """Return all lines: labels in one column, texts in another; a reader's line breaks stay."""
    made: list[Line] = []
    for row in told:
        size, bold = (MAIN_PT, len(row.text) <= MOST_BOLD) if row.main else (TEXT_PT, False)
        labels = fonts.wrap(row.label, (LABEL_MM - 2.0) * POINTS_PER_MM, LABEL_PT, True)
        room = (width_mm - LABEL_MM) * POINTS_PER_MM
        lines = [line for part in row.text.splitlines() or [""] for line in fonts.wrap(part, room, size, bold)]
        count = max(len(lines), len(labels))
        for k in range(count):
            label, line = (texts[k] if k < len(texts) else "" for texts in (labels, lines))
            made.append(Line(label, line, row, k == 0, k == count - 1))
    return made


def blocks_of(lines: Iterable[Line]) -> list[Block]:
    """Return the lines as they are drawn."""
    return [line.block for line in lines]


def fitting(
    lines: list[Line], room_mm: float, late: list[Line], say: Language, width: float
) -> tuple[list[Block], list[Block]]:
    """Return the blocks for the page, with a mark where others follow, and those others, of which `late` always is."""
    blocks = blocks_of(lines)
    if sum(block.height_mm for block in blocks) <= room_mm and not late:
        return blocks, []
    mark = blocks_of(rows([Told("", say("… continued on the next page"), faint=True)], width))
    room_mm -= sum(block.height_mm for block in mark)
    used, count = 0.0, 0
    while count < len(blocks) and used + blocks[count].height_mm <= room_mm:
        used += blocks[count].height_mm
        count += 1
    rest = lines[count:]
    if rest and not rest[0].is_first:
        # Told again whose words go on here.
        label = fonts.wrap(rest[0].row.label, LABEL_MM * POINTS_PER_MM, LABEL_PT, True)[0]
        rest = [replace(rest[0], label=label), *rest[1:]]
    return [*blocks[:count], *mark], blocks_of([*rest, *late])
