"""The layout of a record that is sent as counts, and the counts."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.core.record import MISSING, Lead, Record
from cardio_desktop.core.units import millivolts_per
from cardio_desktop.live.source import Counts, Layout

FLOAT_STEP_MV = 1e-4
"""Sources that send real numbers are counted in steps of 0.1 microvolt: a tenth of the finest recorder's (24 bits over
some volts resolve less than its noise, about 1 microvolt)."""


def layout_of(record: Record) -> tuple[Layout, tuple[Lead, ...]]:
    """Return the layout of a record's stored ECG leads, and these: those of the highest rate that any of them has."""
    stored = [lead for name, lead in record.traces.items() if lead.stored and name != "-aVR"]
    rate_hz = max((lead.rate_hz for lead in stored), default=0.0)
    leads = tuple(lead for lead in stored if lead.rate_hz == rate_hz)
    channels = [lead.terms[0][0] for lead in leads]
    gains = [_mv_per_count(lead) for lead in leads]
    # Float channels have no counts: a tenth of a microvolt is finer than any recorder's step.
    floats = [np.issubdtype(channel.counts(0, 1).dtype, np.floating) for channel in channels]
    return (
        Layout(
            leads=tuple(lead.name for lead in leads),
            rate_hz=rate_hz,
            gains=tuple(FLOAT_STEP_MV if real else gain for gain, real in zip(gains, floats, strict=True)),
            offsets=tuple(0.0 if real else c.baseline for c, real in zip(channels, floats, strict=True)),
            patient=record.patient,
            start_time=record.start_time,
            simulated=record.simulated,
            device=record.device,
        ),
        leads,
    )


def _mv_per_count(lead: Lead) -> float:
    channel = lead.terms[0][0]
    return (millivolts_per(channel.unit) or 1.0) / channel.counts_per_unit


def counts_of(leads: tuple[Lead, ...], first: int, stop: int) -> Counts:
    """Return (leads, n) counts of stored leads, `MISSING` where there is no sample."""
    return np.stack([_counts(lead, first, stop) for lead in leads])


def _counts(lead: Lead, first: int, stop: int) -> NDArray[np.int32]:
    counts = lead.terms[0][0].counts(first, stop)
    return counts.astype(np.int32) if counts.dtype.kind == "i" else counted(lead.millivolts(first, stop))


def counted(millivolts: NDArray[np.floating]) -> Counts:
    """Return real millivolts as counts of `FLOAT_STEP_MV`, `MISSING` where they are none."""
    known = np.isfinite(millivolts) & (np.abs(millivolts) < FLOAT_STEP_MV * 2**31)
    return np.where(known, np.round(np.where(known, millivolts, 0.0) / FLOAT_STEP_MV), MISSING).astype(np.int32)
