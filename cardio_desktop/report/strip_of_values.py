"""The strip of measurements above the trace: rate, intervals and axes in one line, unusual ones bold."""

from __future__ import annotations

from dataclasses import dataclass

from cardio_desktop.core.findings import Findings, Measurements
from cardio_desktop.core.quantities import BY_KEY, quantity_name
from cardio_desktop.core.record import Record
from cardio_desktop.core.recount import Recount
from cardio_desktop.narrative.measured import missing_measurements
from cardio_desktop.report import style
from cardio_desktop.report.language import Language
from cardio_desktop.report.sheet import Sheet

SHOWN = (
    "heart_rate_bpm", "pr_ms", "qrs_ms", "qt_ms", "qtc_fridericia_ms", "p_axis_deg", "qrs_axis_deg", "t_axis_deg",
)  # fmt: skip
FIELDS = frozenset(BY_KEY[key].field for key in SHOWN)
ADULT_YEARS = 18
"""The usual limits are those of adults."""
HEIGHT_MM = 9.5
UNJUDGED = frozenset(("unjudged", "conclusion-unjudged"))
"""Codes of the sentences that say that measurements are not judged."""


@dataclass(frozen=True)
class Cell:
    """One value with its name; `unusual` where it lies outside what adults usually have."""

    name: str
    value: str
    unusual: bool = False


def cells(record: Record, findings: Findings, found: Measurements, say: Language) -> list[Cell]:
    """Return the values of `found` in the order in which an ECG is read, "–" for what was not measured.

    Nothing is unusual where the findings say that measurements are not judged, as of a paced rhythm.
    """
    patient = record.patient
    adult = patient.age_years is None or patient.age_years >= ADULT_YEARS
    judged = adult and not any(item.remark.code in UNJUDGED for item in findings.sentences)
    made = []
    for item in (BY_KEY[key] for key in SHOWN):
        value = item.value(found)
        name = item.name(say.code)
        if value is None:
            made.append(Cell(name, "–"))
            continue
        usual = item.usual is None or item.usual.holds(round(value, item.digits), patient.sex)
        made.append(Cell(name, item.text(say.words, value), judged and not usual))
    return made


def notes(record: Record, findings: Findings, recount: Recount | None, shown_s: float, say: Language) -> list[str]:
    """Return what has to be known of these values: why some are missing, of which time they are, the reader's edits."""
    told = []
    for reason, names in missing_measurements(findings.measurements).items():
        if missing := [quantity_name(name, say.code) for name in names if name in FIELDS]:
            told.append(say("Not measured: {names} ({reason}).", names=", ".join(missing), reason=say.remark(reason)))
    if findings.measurements.heart_rate_bpm is None:
        why = findings.measurements.not_measured.get("heart_rate_bpm")
        because = f" ({say.remark(why)})" if why is not None else ""
        told.append(f"{say('Heart rate not measured')}{because}.")
    if record.duration_s > shown_s + 1e-6:
        start, end = say.number(findings.start_s), say.number(round(findings.end_s, 3))
        told.append(say("Measured from {start} to {end} s.", start=start, end=end))
    if recount is not None:
        now = zip(
            cells(record, findings, findings.measurements, say),
            cells(record, findings, recount.measurements, say),
            strict=True,
        )
        changed = [f"{after.name} {after.value}" for before, after in now if before.value != after.value]
        words = ", ".join(changed) if changed else say("these values stay")
        edited = say("After the reader's edits of beats")
        told.append(f"{edited}: {words}.")
    if any(cell.unusual for cell in cells(record, findings, findings.measurements, say)):
        told.append(say("Bold: outside the usual limits of adults."))
    return told


def draw_strip(sheet: Sheet, values: list[Cell], left: float, top: float, width: float) -> None:
    """Draw names above values, each with the same share of the width."""
    step = width / len(values)
    for k, cell in enumerate(values):
        x = left + k * step
        sheet.text(x, top + 3.2, cell.name, size_pt=6.5, color=style.NOTE, width_mm=step - 1.5)
        sheet.text(x, top + 8.0, cell.value, size_pt=10.5, bold=cell.unusual, width_mm=step - 1.5)
