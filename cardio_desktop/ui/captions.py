"""The lines of text that stand on the paper and in the panel."""

from __future__ import annotations

from datetime import timedelta

from cardio_desktop.core.record import Record
from cardio_desktop.core.units import SPEEDS_MM_PER_S, PaperScale


def number(value: float, digits: int = 2) -> str:
    """Return `value` without needless zeros ("12.5", "25")."""
    text = f"{value:.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def clock(seconds: float) -> str:
    """Return a duration in words short enough for a line ("10 s", "2 min 5 s", "23 h 59 min")."""
    if seconds < 120:
        return f"{number(seconds, 1)} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 120:
        return f"{minutes} min {rest} s"
    return f"{minutes // 60} h {minutes % 60} min"


def header_line(record: Record) -> str:
    """Return who, when and what: the first line on the paper."""
    patient = record.patient
    age = f"{number(patient.age_years, 0)} y" if patient.age_years is not None else None
    when = record.start_time.strftime("%Y-%m-%d %H:%M:%S") if record.start_time else None
    parts = [patient.name, patient.id, patient.sex, age, when, record.path.name, record.format]
    parts.append(f"{number(record.rate_hz)} Hz")
    parts.append(clock(record.duration_s))
    if record.derived_leads:
        parts.append("derived: " + ", ".join(record.derived_leads))
    return "   ".join(part for part in parts if part)


def time_line(record: Record, start_s: float, seconds: float) -> str:
    """Return which stretch of the record the paper shows, with the time of day where it is known."""
    end_s = min(start_s + seconds, record.duration_s)
    line = f"{start_s:.1f} to {end_s:.1f} s of {number(record.duration_s, 1)} s"
    if record.start_time is not None and start_s > 0:
        line += f" (from {(record.start_time + timedelta(seconds=start_s)).strftime('%H:%M:%S')})"
    return line


def recorder_filter(record: Record) -> str:
    """Return the filters that the recorder says it applied to the ECG leads, each once; "" where it says none."""
    said = {channel.prefilter.strip() for lead in record.traces.values() for channel, _ in lead.terms}
    return ", ".join(sorted(said - {""}))


def scale_line(scale: PaperScale, zoom: float, *, known: bool) -> str:
    """Return what speed, gain and filter are in force, and what they measure on this screen (`known`: its size is)."""
    named = scale.speed_mm_per_s in SPEEDS_MM_PER_S
    compressed = "" if named else "  (time compressed)"
    digits = 2 if scale.speed_mm_per_s >= 1 else 5
    parts = [
        f"{number(scale.speed_mm_per_s, digits)} mm/s{compressed}",
        f"{number(scale.gain_mm_per_mv)} mm/mV",
        "no display filter",
    ]
    if abs(zoom - 1.0) < 1e-9:
        parts.append("true size" if known else "size of this screen not known: View, Screen calibration")
    else:
        parts.append(
            f"at {number(100 * zoom, 0)} %: {number(scale.speed_mm_per_s * zoom, max(digits - 1, 1))} mm/s, "
            f"{number(scale.gain_mm_per_mv * zoom, 1)} mm/mV on this screen" + ("" if known else " (not calibrated)")
        )
    return "  ·  ".join(parts)
