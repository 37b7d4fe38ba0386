"""What the recorder stored, beside what the program measured: a table of numbers and a list of remarks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cardio_desktop.core import quantities
from cardio_desktop.core.findings import Measurements
from cardio_desktop.core.stored import Stored
from cardio_desktop.words import Remark, verbatim

ALLOWED_MS = {name: mean for name, (mean, _sd) in quantities.ALLOWED_MS.items()}
"""Mean differences of global intervals that IEC 60601-2-25:2011 (201.12.1.101.3.2) allows on biological ECGs."""
ALLOWED_RATE_BPM, ALLOWED_RATE = 5.0, 0.1
"""The larger of the two is what IEC 60601-2-27:2011 allows the heart rate of a monitor to be off."""
ORDER = (
    *("heart_rate_bpm", "atrial_rate_bpm", "rr_ms", "pp_ms", "p_ms", "pr_ms", "qrs_ms", "qt_ms"),
    *("qtc_ms", "qtc_bazett_ms", "qtc_fridericia_ms", "qtc_framingham_ms", "qtc_hodges_ms"),
    *("p_axis_deg", "qrs_axis_deg", "t_axis_deg"),
)
SIGNS = {"bpm": "/min", "ms": " ms", "deg": "°"}
WORDS = (
    *("indication", "medication", "history", "medical_alerts", "allergies", "pacemaker", "systolic_mmhg"),
    *("diastolic_mmhg", "smoking", "pregnancy", "race", "referring_physician", "order"),
)
"""What a reader may tell of the patient beside `Patient`, in the order in which it is said."""


@dataclass(frozen=True)
class StoredRow:
    """One number of the recorder beside ours (None where there is none), both in the unit that `name` ends in."""

    name: str
    device: float
    ours: float | None

    @property
    def difference(self) -> float | None:
        """Ours minus the recorder's; angles by the shorter way round."""
        if self.ours is None:
            return None
        away = self.ours - self.device
        return (away + 180.0) % 360.0 - 180.0 if self.name.endswith("_deg") else away

    @property
    def is_over(self) -> bool:
        """Whether the two differ by more than `ALLOWED_MS`, rates by more than theirs."""
        allowed, away = ALLOWED_MS.get(self.name), self.difference
        if self.name == "heart_rate_bpm":
            allowed = max(ALLOWED_RATE_BPM, ALLOWED_RATE * self.device)
        return allowed is not None and away is not None and abs(away) > allowed

    @property
    def unit(self) -> str:
        """The unit as it is written behind a number."""
        return SIGNS[self.name.rsplit("_", 1)[1]]

    @property
    def told(self) -> Remark:
        """The name in words."""
        return Remark(f"stored-name-{self.name}")


def stored_rows(stored: Stored, found: Measurements) -> tuple[StoredRow, ...]:
    """Return the recorder's numbers with ours beside them; a QTc without its formula has nothing beside it."""
    return tuple(
        StoredRow(name, stored.measurements[name], _ours(name, found)) for name in ORDER if name in stored.measurements
    )


def _ours(name: str, found: Measurements) -> float | None:
    if name == "rr_ms":
        return found.rr_ms.mean if found.rr_ms else None
    if name.startswith("qtc_"):
        return (found.qtc_ms or {}).get(name.removeprefix("qtc_").removesuffix("_ms"))
    value = getattr(found, name, None)
    return float(value) if value is not None else None


def stored_remarks(stored: Stored) -> tuple[Remark, ...]:
    """Return everything else that the recorder said, one remark a line; its own words stay as they are."""
    return tuple(_said(stored))


def _said(stored: Stored) -> Iterator[Remark]:
    for text in stored.statements:
        yield Remark("stored-statement", {"text": text})
    if stored.confirmed_by:
        yield Remark("stored-confirmed-by", {"text": stored.confirmed_by})
    elif stored.confirmed is not None:
        yield Remark("stored-confirmed" if stored.confirmed else "stored-unconfirmed")
    if stored.device:
        yield Remark("stored-device", {"text": stored.device})
    if stored.filters:
        yield Remark("stored-filter", {"names": tuple(_filter(*item) for item in stored.filters.items())})
    for name in WORDS:
        if text := stored.patient.get(name, ""):
            yield Remark(f"stored-word-{name}", {"text": text})
    for text in stored.remarks:
        yield Remark("stored-remark", {"text": text})
    if (median := stored.median) and median.leads:
        samples = max(len(values) for values in median.leads.values())
        length_ms = 1000.0 * samples / median.rate_hz
        values = {"count": len(median.leads), "length_ms": length_ms, "rate_hz": median.rate_hz}
        yield Remark("stored-median", values)
    if stored.removed:
        yield Remark("stored-removed", {"names": tuple(Remark(f"stored-removed-{name}") for name in stored.removed)})
    yield from stored.doubts


def _filter(name: str, value: float | str) -> Remark:
    if isinstance(value, str) or name not in {"high_pass_hz", "low_pass_hz", "notch_hz"}:
        return Remark("stored-filter-other", {"text": verbatim(f"{name} {value}")})
    return Remark(f"stored-filter-{name}", {"hz": value})
