"""The measurements as values with the codes by which other systems know them.

Sources: LOINC 2.7x (EKG panels); ISO/IEEE 11073-10102 as reprinted in DICOM PS3.16 CID 3227 (QTc), 3228 (intervals),
3229 (axes) and TID 3713 (ventricular heart rate); UCUM for units. QTc by other formulas than Bazett and Fridericia has
codes that the standards give twice, and is left to the report.
"""

from __future__ import annotations

from dataclasses import dataclass

from cardio_desktop.core.findings import Findings


@dataclass(frozen=True)
class Code:
    """A measurement's names elsewhere: `unit` in UCUM, `mdc` within block 2 (DICOM: "2:16016"), `loinc` or ""."""

    title: str
    unit: str
    mdc: int
    loinc: str
    loinc_title: str
    digits: int = 0


@dataclass(frozen=True)
class Value:
    """One measurement: the name that the JSON has for it, what it is, and half the width of its uncertainty."""

    name: str
    value: float
    code: Code
    spread: float | None = None

    @property
    def text(self) -> str:
        """The number as it is handed over."""
        return f"{round(self.value, self.code.digits) + 0.0:.{self.code.digits}f}"


CODES: dict[str, Code] = {
    "heart_rate_bpm": Code("Ventricular Heart Rate", "/min", 16016, "8867-4", "Heart rate"),
    "rr_ms": Code("RR interval global", "ms", 16168, "", ""),
    "p_ms": Code("P duration global", "ms", 16184, "", ""),
    "pr_ms": Code("PR interval global", "ms", 15872, "8625-6", "P-R interval"),
    "qrs_ms": Code("QRS duration global", "ms", 16156, "8633-0", "QRS duration"),
    "qt_ms": Code("QT interval global", "ms", 16160, "8634-8", "Q-T interval"),
    "qtc_bazett_ms": Code("QTc global using Bazett formula", "ms", 15880, "8636-3", "Q-T interval corrected"),
    "qtc_fridericia_ms": Code("QTc global using Fredericia formula", "ms", 15892, "8636-3", "Q-T interval corrected"),
    "p_axis_deg": Code("P Axis", "deg", 16128, "8626-4", "P wave axis"),
    "qrs_axis_deg": Code("QRS axis", "deg", 16132, "8632-2", "QRS axis"),
    "t_axis_deg": Code("T axis", "deg", 16136, "8638-9", "T wave axis"),
}


def values_of(findings: Findings) -> tuple[Value, ...]:
    """Return the measurements that were made; what could not be measured is not there."""
    own = findings.measurements
    numbers: dict[str, float | None] = {
        name: getattr(own, name) for name in CODES if name not in ("rr_ms", "qtc_bazett_ms", "qtc_fridericia_ms")
    }
    numbers["rr_ms"] = own.rr_ms.mean if own.rr_ms else None
    for formula in ("bazett", "fridericia"):
        numbers[f"qtc_{formula}_ms"] = (own.qtc_ms or {}).get(formula)
    return tuple(
        Value(name, float(value), code, own.uncertainty_ms.get(name))
        for name, code in CODES.items()
        if (value := numbers[name]) is not None
    )
