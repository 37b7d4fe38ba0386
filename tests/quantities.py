"""Measurements in which every quantity of the table has a value of its own, for tests that walk it."""

from __future__ import annotations

from cardio_desktop.core.findings import LeadAmplitudes, Measurements, RRIntervals
from cardio_desktop.core.quantities import LEAD_QUANTITIES, QUANTITIES


def whole() -> Measurements:
    """Return measurements in which every quantity has a value of its own."""
    known: dict[str, object] = {}
    parts: dict[str, dict[str, float]] = {}
    for k, item in enumerate(QUANTITIES):
        if item.within:
            parts.setdefault(item.within, {})[item.entry] = 3.0 + k
        else:
            known[item.key] = 3.0 + k
    rr = RRIntervals(parts.pop("rr_ms")["mean"], 12.0, 980.0, 1020.0)
    leads = {"V2": LeadAmplitudes(**{item.key: 0.11 * k for k, item in enumerate(LEAD_QUANTITIES, start=1)})}
    return Measurements(rr_ms=rr, leads=leads, **parts, **known)  # type: ignore[arg-type]
