"""Colours of paper and trace."""

from __future__ import annotations

from dataclasses import dataclass

from cardio_desktop.core.colors import BEAT_MARK


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
    mark=BEAT_MARK,
    gap="#d9d9df",
)
