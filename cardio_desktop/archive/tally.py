"""Counting what stands in a ledger; memory does not grow with it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable

from cardio_desktop.archive.ledger import Entry
from cardio_desktop.report.archive_summary import HISTOGRAMS, Tally

MOST_KINDS = 2000
"""So many different sentences of failures are told apart."""


def tally(entries: Iterable[Entry]) -> Tally:
    """Return the counts over some entries."""
    found = Tally()
    for entry in entries:
        row = entry.row
        found.records += 1
        found.bytes += entry.bytes
        found.took_s += entry.took_s
        found.versions[_version(entry.versions)] += 1
        found.first = min(found.first or entry.done_at, entry.done_at)
        found.last = max(found.last, entry.done_at)
        if "error" in row:
            sentence = _kind(entry.name, str(row["message"]))
            found.errors[sentence if len(found.errors) < MOST_KINDS or sentence in found.errors else "others"] += 1
            continue
        found.formats[str(row.get("format") or "?")] += 1
        found.tiers[str(row.get("tier") or "Not assessed")] += 1
        found.rhythms[str(row.get("rhythm") or "Not determined")] += 1
        found.critical.update(str(row.get("critical", "")).split())
        for histogram in HISTOGRAMS:
            value = row.get(histogram.column)
            if value is not None:
                place = int((float(value) - histogram.low) // histogram.step)
                found.histograms.setdefault(histogram.column, Counter())[max(0, min(place, histogram.bars - 1))] += 1
    return found


def _kind(name: str, message: str) -> str:
    """Return a failure's sentence without what is the record's own: its name and numbers."""
    file = name.rpartition("/")[2]
    return re.sub(r"\d+(\.\d+)?", "…", message.replace(file, "FILE"))


def _version(text: str) -> str:
    """Return program and networks of some versions in a few words."""
    versions = json.loads(text)
    networks = versions.get("networks", {})
    names = ", ".join(
        f"{name} {networks[name][:8]}" for name in ("classifier.onnx", "delineator.onnx") if name in networks
    )
    return f"Cardio Desktop {versions['program']}, {versions['do']}; {names}"
