"""What a file's device said of the ECG: its measurements, statements and median beats, kept apart from ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.core.leads import canonical_lead, is_other_ecg
from cardio_desktop.words import Remark, say

PLAUSIBLE: dict[str, tuple[float, float]] = {
    "heart_rate_bpm": (10, 400),
    "atrial_rate_bpm": (10, 600),
    "rr_ms": (150, 6000),
    "pp_ms": (100, 6000),
    "p_ms": (10, 400),
    "pr_ms": (20, 1000),
    "qrs_ms": (20, 400),
    "qt_ms": (100, 1200),
    "qtc_ms": (100, 1200),
    "qtc_bazett_ms": (100, 1200),
    "qtc_fridericia_ms": (100, 1200),
    "qtc_framingham_ms": (100, 1200),
    "qtc_hodges_ms": (100, 1200),
    "p_axis_deg": (-360, 360),
    "qrs_axis_deg": (-360, 360),
    "t_axis_deg": (-360, 360),
}
"""Every measurement that a reader may store, and the widest range in which it can be what its name says.

Wider than any heart's: the range is there to find values in another unit, not to judge the patient.
"""

RATE_TOLERANCE = 0.05
"""A printed rate is rounded to 1/min and its RR may be a median where the rate is a mean."""


@dataclass(frozen=True, eq=False)
class StoredBeat:
    """A representative beat that the device averaged: `leads` are millivolts by lead, NaN where there is nothing."""

    rate_hz: float
    leads: Mapping[str, NDArray[np.float64]]
    name: str = ""

    def __post_init__(self) -> None:
        """Lock the arrays: a record never changes."""
        for values in self.leads.values():
            values.flags.writeable = False


@dataclass(frozen=True, eq=False)
class Stored:
    """The device's own words and numbers. Nothing here is ours, nothing here is checked against the trace.

    `measurements` bear the names of `PLAUSIBLE`; `fiducials_ms` are wave limits ("qrs_onset" ...) counted from the
    start of the median beat; `confirmed` is True where a physician signed, False where the file says that none did,
    None where it says nothing. `doubts` are remarks on numbers that cannot be what they claim.
    """

    measurements: Mapping[str, float] = field(default_factory=dict)
    fiducials_ms: Mapping[str, float] = field(default_factory=dict)
    statements: tuple[str, ...] = ()
    confirmed: bool | None = None
    confirmed_by: str = ""
    device: str = ""
    filters: Mapping[str, float | str] = field(default_factory=dict)
    median: StoredBeat | None = None
    patient: Mapping[str, str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    doubts: tuple[Remark, ...] = ()
    removed: tuple[str, ...] = ()
    """Names of the parts that were taken out because they may tell who somebody is."""

    def __bool__(self) -> bool:
        """Return whether the device said anything."""
        return bool(
            self.measurements
            or self.fiducials_ms
            or self.statements
            or self.confirmed is not None
            or self.device
            or self.filters
            or self.median
            or self.patient
            or self.remarks
            or self.removed
        )


def checked_measurements(values: Mapping[str, float | None]) -> tuple[dict[str, float], tuple[Remark, ...]]:
    """Return the measurements that can be what their names say, and a remark on each that cannot.

    Unknown values (None) are left out. Heart rate and RR must agree (rate x RR = 60,000 within `RATE_TOLERANCE`, or
    2/min): where they do not, RR is left out, because a file may count it in samples.
    """
    kept: dict[str, float] = {}
    doubts: list[Remark] = []
    for name, value in values.items():
        if value is None:
            continue
        low, high = PLAUSIBLE[name]
        if low <= value <= high:
            kept[name] = round(float(value), 6)
        else:
            doubts.append(doubtful("stored-impossible", name, value))
    rate, rr = kept.get("heart_rate_bpm"), kept.get("rr_ms")
    if rate and rr and not rate_fits(rate, rr):
        doubts.append(Remark("stored-rate-rr", {"rate_bpm": rate, "rr_ms": rr}))
        del kept["rr_ms"]
    return kept, tuple(doubts)


def doubtful(code: str, name: str, value: float, **more: float | str) -> Remark:
    """Return a remark on one stored measurement."""
    return Remark(code, {"what": Remark(f"stored-name-{name}"), "value": float(value), **more})


def rate_fits(heart_rate_bpm: float, rr_ms: float) -> bool:
    """Return whether a heart rate and an RR interval can belong to one ECG."""
    return abs(60_000.0 / rr_ms - heart_rate_bpm) <= max(2.0, RATE_TOLERANCE * heart_rate_bpm)


IDENTIFYING = ("statements", "confirmed_by", "device", "patient", "remarks")
"""Parts that are free text or name persons and devices: a statement can end in "confirmed by" and a name, a device's
name in its serial number, an indication in anything. DICOM PS3.15 (table E.1-1) removes or cleans their like."""

LONGEST_LEAD_NAME = 5
"""Longer than every name that the tables of lead codes know ("MCL6", "NASP", "Defib" apart)."""


def without_identity(stored: Stored) -> Stored:
    """Return only numbers and what they are called: no free text, no person, no device; `removed` says what is gone."""
    gone = [name for name in IDENTIFYING if getattr(stored, name)]
    filters = {name: value for name, value in stored.filters.items() if not isinstance(value, str)}
    gone += ["filters"] if len(filters) < len(stored.filters) else []
    median = stored.median
    if median:
        known = {name: values for name, values in median.leads.items() if _is_lead_name(name)}
        gone += ["median"] if len(known) < len(median.leads) else []
        median = replace(median, leads=known, name="") if known else None
    empty: dict[str, Any] = {name: type(getattr(stored, name))() for name in IDENTIFYING}
    return replace(stored, **empty, filters=filters, median=median, removed=tuple(gone))


def _is_lead_name(name: str) -> bool:
    """Return whether a label is a lead's name and nothing else ("V3R", not "Erika's ECG")."""
    return name == canonical_lead(name) or (len(name) <= LONGEST_LEAD_NAME and is_other_ecg(name))


def stored_to_json(stored: Stored | None) -> dict[str, Any] | None:
    """Return plain values: times in ms, voltages in mV (None for NaN), or None where the file says nothing."""
    if not stored:
        return None
    median = stored.median
    return {
        "measurements": dict(stored.measurements),
        "fiducials_ms": dict(stored.fiducials_ms),
        "statements": list(stored.statements),
        "confirmed": stored.confirmed,
        "confirmed_by": stored.confirmed_by or None,
        "device": stored.device or None,
        "filters": dict(stored.filters),
        "median": {
            "rate_hz": median.rate_hz,
            "leads_mv": {
                name: [float(v) if np.isfinite(v) else None for v in values] for name, values in median.leads.items()
            },
        }
        if median
        else None,
        "patient": dict(stored.patient),
        "remarks": list(stored.remarks),
        "doubts": [say(doubt) for doubt in stored.doubts],
        **({"removed": list(stored.removed)} if stored.removed else {}),
    }
