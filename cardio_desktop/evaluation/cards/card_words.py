"""Small pieces of the model card's page: tables, shares, intervals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any


def table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table."""
    lines = [f"| {' | '.join(titles)} |", "|" + "---|" * len(titles)]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


def bullets(title: str, items: Sequence[str]) -> str:
    """Return a headed list, nothing where there are no items."""
    return f"## {title}\n\n" + "\n".join(f"* {item}" for item in items) if items else ""


def with_interval(value: float | None, interval: Sequence[float | None] | None, digits: int = 3) -> str:
    """Return a figure and its interval; a dash where it is not defined."""
    if value is None:
        return "-"
    if not interval or interval[0] is None or interval[1] is None:
        return f"{value:.{digits}f}"
    return f"{value:.{digits}f} ({interval[0]:.{digits}f} to {interval[1]:.{digits}f})"


def mean(value: Mapping[str, Any], digits: int = 2) -> str:
    """Return a mean with its interval, as the checks keep it."""
    return with_interval(value["mean"], value["interval"], digits)


def percent(counted: Mapping[str, Any]) -> str:
    """Return a counted share in per cent; a dash where nothing was counted."""
    return "-" if counted["share"] is None else f"{100 * counted['share']:.1f} %"


def numbers(values: Sequence[int]) -> str:
    """Return numbers in words: "1 to 7", "8"."""
    if len(values) > 2 and list(values) == list(range(values[0], values[-1] + 1)):
        return f"{values[0]} to {values[-1]}"
    return ", ".join(str(value) for value in values)
