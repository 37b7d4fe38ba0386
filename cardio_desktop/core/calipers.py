"""Calipers: what a reader measures on the trace, in seconds and millivolts, whatever layout or scale shows it."""

from __future__ import annotations

import math
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

QTC_FORMULAS = ("bazett", "fridericia", "framingham", "hodges")


class CaliperKind(StrEnum):
    """What a caliper measures; the value is what the store keeps."""

    TIME = "time"
    AMPLITUDE = "amplitude"
    BOTH = "both"
    MARCH = "march"
    QT = "qt"

    @property
    def has_time(self) -> bool:
        """Whether its two ends are told apart in time."""
        return self is not CaliperKind.AMPLITUDE

    @property
    def has_amplitude(self) -> bool:
        """Whether it measures a voltage."""
        return self in (CaliperKind.AMPLITUDE, CaliperKind.BOTH)


@dataclass(frozen=True)
class Caliper:
    """One caliper on `lead`: from `start_s` to `end_s` and from `low_mv` to `high_mv`, never the other way round.

    An amplitude caliper stands at `start_s` .. `end_s` only to be seen there. A march repeats its interval over the
    strip. A QT caliper runs from QRS onset to T offset; `rr_ms` is the RR interval of its corrections and `rr_from`
    says where that one comes from.
    """

    id: str
    kind: CaliperKind
    lead: str
    start_s: float
    end_s: float
    low_mv: float = 0.0
    high_mv: float = 0.0
    label: str = ""
    rr_ms: float | None = None
    rr_from: str = ""

    def __post_init__(self) -> None:
        """Refuse what is no stretch of time or voltage."""
        values = (self.start_s, self.end_s, self.low_mv, self.high_mv)
        if not all(math.isfinite(value) for value in values):
            raise ValueError("a caliper needs finite ends")
        if self.end_s < self.start_s or self.high_mv < self.low_mv:
            raise ValueError("a caliper's ends stand in order")
        if self.rr_ms is not None and not 0 < self.rr_ms < math.inf:
            raise ValueError("an RR interval is positive")

    @property
    def interval_ms(self) -> float:
        """The time between its ends in ms."""
        return (self.end_s - self.start_s) * 1000.0

    @property
    def rate_bpm(self) -> float | None:
        """The rate at which its interval would repeat, None for an interval of no length."""
        return 60_000.0 / self.interval_ms if self.interval_ms > 0 else None

    @property
    def amplitude_mv(self) -> float:
        """The voltage between its ends in mV."""
        return self.high_mv - self.low_mv

    def qtc_ms(self) -> dict[str, float] | None:
        """Return the corrected QT in ms by formula, None where it is no QT or no RR interval is known."""
        if self.kind is not CaliperKind.QT or self.rr_ms is None or self.interval_ms <= 0:
            return None
        return corrected_qt_ms(self.interval_ms, self.rr_ms)

    def moved(self, seconds: float, millivolts: float = 0.0) -> Caliper:
        """Return it shifted as a whole."""
        return replace(
            self,
            start_s=self.start_s + seconds,
            end_s=self.end_s + seconds,
            low_mv=self.low_mv + millivolts,
            high_mv=self.high_mv + millivolts,
        )

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for the store; `from_dict` reads them back."""
        return {
            "kind": self.kind.value,
            "lead": self.lead,
            "start_s": self.start_s,
            "end_s": self.end_s,
            "low_mv": self.low_mv,
            "high_mv": self.high_mv,
            "label": self.label,
            "rr_ms": self.rr_ms,
            "rr_from": self.rr_from,
        }

    @classmethod
    def from_dict(cls, caliper_id: str, values: Mapping[str, Any]) -> Caliper:
        """Return the caliper that `to_dict` described; KeyError, TypeError or ValueError for anything else."""
        rr_ms = values.get("rr_ms")
        return cls(
            caliper_id,
            CaliperKind(values["kind"]),
            str(values["lead"]),
            float(values["start_s"]),
            float(values["end_s"]),
            float(values["low_mv"]),
            float(values["high_mv"]),
            str(values.get("label", "")),
            None if rr_ms is None else float(rr_ms),
            str(values.get("rr_from", "")),
        )


def new_id() -> str:
    """Return a name that no other item has, in whatever process it is made."""
    return uuid.uuid4().hex


def make_caliper(kind: CaliperKind, lead: str, first: tuple[float, float], second: tuple[float, float]) -> Caliper:
    """Return a new caliper between two points (s, mV), given in any order."""
    (start_s, end_s), (low_mv, high_mv) = (sorted(pair) for pair in zip(first, second, strict=True))
    return Caliper(new_id(), kind, lead, start_s, end_s, low_mv, high_mv)


def corrected_qt_ms(qt_ms: float, rr_ms: float) -> dict[str, float]:
    """Return QT in ms corrected to a rate of 60 by Bazett, Fridericia, Framingham and Hodges; ValueError unless RR > 0.

    Bazett QT/sqrt(RR) (1920), Fridericia QT/RR^(1/3) (1920), Framingham QT + 154 (1 - RR) (Sagie 1992), Hodges
    QT + 1.75 (rate - 60) (1983); RR in s, QT in ms.
    """
    if not 0 < rr_ms < math.inf:
        raise ValueError("an RR interval is positive")
    rr_s = rr_ms / 1000.0
    return {
        "bazett": qt_ms / math.sqrt(rr_s),
        "fridericia": qt_ms / rr_s ** (1.0 / 3.0),
        "framingham": qt_ms + 154.0 * (1.0 - rr_s),
        "hodges": qt_ms + 1.75 * (60.0 / rr_s - 60.0),
    }
