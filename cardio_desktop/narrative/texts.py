"""Fixed texts of every front end, in English and German, and small helpers on quality and measurements."""

from __future__ import annotations

from cardio_desktop.core.findings import CLASS_NAMES, Measurements, Quality, Tier
from cardio_desktop.narrative.words import EN

DISCLAIMER = "Not a diagnosis: a computer's opinion for physicians, to be checked against the ECG and the patient."
DISCLAIMER_DE = "Keine Diagnose: Meinung eines Computers für Ärzte, am EKG und am Patienten zu überprüfen."
LOW_IS_NOT_NO = "A Low tier does not rule out disease."
LOW_IS_NOT_NO_DE = "Stufe Niedrig schließt eine Erkrankung nicht aus."
SCOPE = (
    "Not assessed by this program: paced rhythms, and anyone under 18; its name of the rhythm is a proposal, to be "
    "checked on the trace."
)
SCOPE_DE = (
    "Von diesem Programm nicht beurteilt: Schrittmacherrhythmus und Personen unter 18 Jahren; der genannte Rhythmus "
    "ist ein Vorschlag, an der Kurve zu prüfen."
)
TIER_MEANINGS: dict[Tier, str] = {
    Tier.LOW: LOW_IS_NOT_NO,
    Tier.MODERATE: "The probabilities lie between those of Low and of High: neither reassuring nor convincing.",
    Tier.HIGH: "A pathology is probable by the thresholds fixed on the calibration records. The tier says nothing of "
    "urgency.",
    Tier.NOT_ASSESSED: "The network gave no opinion that may be used; the ECG has to be read without it.",
}
TIER_MEANINGS_DE: dict[Tier, str] = {
    Tier.LOW: LOW_IS_NOT_NO_DE,
    Tier.MODERATE: "Die Wahrscheinlichkeiten liegen zwischen denen von Niedrig und Hoch: weder beruhigend noch "
    "überzeugend.",
    Tier.HIGH: "Nach den an den Kalibrierungsdaten festgelegten Schwellen ist ein krankhafter Befund wahrscheinlich. "
    "Die Stufe sagt nichts über die Dringlichkeit.",
    Tier.NOT_ASSESSED: "Das Netz gab keine verwertbare Meinung ab; das EKG ist ohne sie zu befunden.",
}
TIERS_DE: dict[Tier, str] = {
    Tier.LOW: "Niedrig",
    Tier.MODERATE: "Mittel",
    Tier.HIGH: "Hoch",
    Tier.NOT_ASSESSED: "Nicht beurteilt",
}
CLASS_NAMES_DE: dict[str, str] = {
    "NORM": "Normales EKG",
    "MI": "Myokardinfarkt",
    "STTC": "ST-/T-Veränderung",
    "CD": "Erregungsleitungsstörung",
    "HYP": "Hypertrophie",
}

# fmt: off
RHYTHM_STATEMENTS = (
    "SR", "AFIB", "AFLT", "STACH", "SBRAD", "SARRH", "SVARR", "SVTAC", "PSVT", "BIGU", "TRIGU", "PACE",
)
# fmt: on
"""The rhythms of PTB-XL's statements."""
UNTOLD_STATEMENTS = ("NORM", *RHYTHM_STATEMENTS)
"""A class already, and rhythms, of which `SCOPE` says that they are not assessed; the JSON lists them all."""

MEASURED = {
    "p_ms": "P duration",
    "pr_ms": "PR interval",
    "qrs_ms": "QRS duration",
    "qt_ms": "QT interval",
    "qtc_ms": "QTc",
    "p_axis_deg": "P axis",
    "qrs_axis_deg": "QRS axis",
    "t_axis_deg": "T axis",
    "leads": "wave voltages by lead",
}
"""The measurements beside rate and RR, in words."""
MEASURED_DE = {
    "p_ms": "P-Dauer",
    "pr_ms": "PQ-Zeit",
    "qrs_ms": "QRS-Dauer",
    "qt_ms": "QT-Zeit",
    "qtc_ms": "QTc",
    "p_axis_deg": "P-Achse",
    "qrs_axis_deg": "QRS-Achse",
    "t_axis_deg": "T-Achse",
    "leads": "Amplituden je Ableitung",
}


def percent(probability: float) -> str:
    """Return a probability as whole percent; never as 0 or 100."""
    return EN.percent(probability)


def class_name(code: str, language: str = "en") -> str:
    """Return a class in words."""
    return (CLASS_NAMES_DE if language == "de" else CLASS_NAMES).get(code, code)


def record_reasons(quality: Quality) -> list[str]:
    """Return the reasons that concern the record as a whole; those of single leads stand with the leads."""
    return [
        reason for reason in quality.reasons if not any(reason.startswith(f"{name} cannot") for name in quality.leads)
    ]


def leads_by_reason(quality: Quality) -> list[tuple[list[str], tuple[str, ...]]]:
    """Return the leads that cannot be used with their reasons, those with the same reasons together."""
    by_reason: dict[tuple[str, ...], list[str]] = {}
    for name, lead in quality.leads.items():
        if not lead.usable:
            by_reason.setdefault(lead.reasons, []).append(name)
    return [(names, reasons) for reasons, names in by_reason.items()]


def missing_measurements(measurements: Measurements) -> dict[str, list[str]]:
    """Return the names ("pr_ms") of measurements without a value, by reason."""
    by_reason: dict[str, list[str]] = {}
    for name in MEASURED:
        if getattr(measurements, name) is None:
            by_reason.setdefault(measurements.not_measured.get(name, "not measured"), []).append(name)
    return by_reason
