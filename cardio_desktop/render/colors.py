"""Colours of paper, trace and evidence, chosen so that colour-blind readers can tell for from against."""

from __future__ import annotations

from dataclasses import dataclass

# Vermilion and blue of Okabe and Ito (2008): distinct under protanopia, deuteranopia and tritanopia.
EVIDENCE_FOR = (213, 94, 0)
EVIDENCE_AGAINST = (0, 114, 178)


@dataclass(frozen=True)
class PaperColors:
    """RGB of everything on one kind of paper, as "#rrggbb"."""

    paper: str
    fine: str
    bold: str
    trace: str
    label: str
    note: str
    mark: str
    gap: str


RED_PAPER = PaperColors(
    paper="#fffdfc",
    fine="#fae6e2",
    bold="#f0beb6",
    trace="#101014",
    label="#1c1c22",
    note="#5b5b66",
    mark="#7a1fa2",
    gap="#d9d9df",
)
