"""Asking a ledger: the rows that a filter leaves, by the words that the window's worklist takes too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cardio_desktop.archive.ledger import Entry, Ledger
from cardio_desktop.core.errors import CardioError
from cardio_desktop.core.findings import Tier
from cardio_desktop.reading.row_filter import Row, Value, fields_in, parse

MEASURED: Mapping[str, str] = {
    "age": "age_years",
    "rate": "heart_rate_bpm",
    "pr": "pr_ms",
    "qrs": "qrs_ms",
    "qt": "qt_ms",
    "qtc": "qtc_fridericia_ms",
    "axis": "qrs_axis_deg",
}
"""Fields of numbers -> the column of a row."""
TIERS = {Tier.HIGH.value: "high", Tier.MODERATE.value: "moderate", Tier.LOW.value: "low"}
NOT_KEPT = frozenset({"state", "prior", "patient", "reader"})
"""What only the reading room knows: a ledger tells nothing of readers and patients."""
_SEARCHED = ("message", "tier", "rhythm", "rhythm_codes", "conclusion", "conclusion_codes", "critical", "statements")


class QueryError(CardioError):
    """A filter that asks a ledger for what it does not keep."""

    kind = "usage"


def answers(ledger: Ledger, text: str = "", *, job: str | None = None, failed: bool | None = None) -> Iterator[Entry]:
    """Yield the entries that a filter leaves, by name; `failed` asks for failures alone, or for none of them.

    Raises FilterError for what is no filter, and QueryError for a field that no ledger has.
    """
    wanted = parse(text)
    for name in fields_in(text):
        if name in NOT_KEPT:
            raise QueryError(f"A ledger does not keep {name!r}; ask for it in the window's worklist.")
    for entry in ledger.entries(job):
        if failed in (None, "error" in entry.row) and wanted.accepts(seen(entry.name, entry.row)):
            yield entry


def seen(name: str, row: Mapping[str, Any]) -> Row:
    """Return a flat row as a filter sees it."""
    values: dict[str, Value] = {"record": name}
    for field, column in MEASURED.items():
        if row.get(column) is not None:
            values[field] = float(row[column])
    if "error" not in row:
        values |= {
            "tier": TIERS.get(str(row.get("tier")), "none"),
            "critical": "yes" if row.get("critical") else "no",
            "rhythm": f"{row.get('rhythm', '')} {row.get('rhythm_codes', '')}".strip(),
            "conclusion": f"{row.get('conclusion', '')} {row.get('conclusion_codes', '')}".strip(),
            "statement": str(row.get("statements", "")),
        }
    if row.get("sex"):
        values["sex"] = str(row["sex"])[:1].casefold()
    if row.get("start_time"):
        values["date"] = str(row["start_time"])
    said = [name, *(str(row[column]) for column in _SEARCHED if row.get(column))]
    return Row(" ".join(said).casefold(), values)


def line(entry: Entry, *, named: bool = True) -> str:
    """Return what is told of an entry in one line: name, tier, rate, QTc and conclusion, or why there is none.

    One that may not be `named` is called by the start of its files' hash.
    """
    row, name = entry.row, entry.name if named else entry.sha256[:16]
    if "error" in row:
        return "\t".join((name, "-", "-", "-", str(row["message"])))
    numbers = (row.get("heart_rate_bpm"), row.get("qtc_fridericia_ms"))
    shown = ("-" if value is None else f"{value:.0f}" for value in numbers)
    said = row.get("conclusion") or row.get("rhythm") or "-"
    return "\t".join((name, str(row.get("tier") or "-"), *shown, str(said)))
