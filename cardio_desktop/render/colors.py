"""Colours of paper and trace."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cardio_desktop.core.colors import BEAT_MARK, CALIPER, EVIDENCE_AGAINST, EVIDENCE_FOR


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
    alert: str = "#b00020"
    evidence_for: str = EVIDENCE_FOR
    evidence_against: str = EVIDENCE_AGAINST
    caliper: str = CALIPER


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
BLUE_PAPER = replace(RED_PAPER, paper="#fbfdff", fine="#e2ebf7", bold="#b8cdea")
GREY_PAPER = replace(RED_PAPER, paper="#f3f3f4", fine="#e4e4e7", bold="#c6c6cc", note="#50505a")
WHITE_PAPER = replace(RED_PAPER, paper="#ffffff", fine="#efefef", bold="#d2d2d2", trace="#000000", label="#000000")
DARK_PAPER = PaperColors(
    paper="#14161b",
    fine="#20242b",
    bold="#343a45",
    trace="#f4f4f7",
    label="#ffffff",
    note="#b4b7c1",
    mark="#d5a3ff",
    gap="#4a4e59",
    alert="#ff8a96",
    # Vermilion and blue of the light papers, lightened until they stand out from black.
    evidence_for="#ff8433",
    evidence_against="#3fa9ee",
    caliper="#4fd6c0",
)

PAPERS: dict[str, PaperColors] = {
    "red": RED_PAPER,
    "blue": BLUE_PAPER,
    "grey": GREY_PAPER,
    "white": WHITE_PAPER,
    "dark": DARK_PAPER,
}


def paper_colors(chosen: str, *, dark_theme: bool) -> PaperColors:
    """Return the chosen paper; "auto" is red paper, or dark paper in a dark theme."""
    return PAPERS.get(chosen, DARK_PAPER if dark_theme else RED_PAPER)


def printed(colors: PaperColors) -> PaperColors:
    """Return the colours for a sheet of real paper: nobody prints a black page."""
    return RED_PAPER if colors is DARK_PAPER else colors
