"""The lines of text that stand on the paper and in the panel."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from cardio_desktop.analysis.display_filters import DisplayFilter
from cardio_desktop.app.i18n import decimals, tr
from cardio_desktop.core.file_names import shown
from cardio_desktop.core.record import Record
from cardio_desktop.core.units import SPEEDS_MM_PER_S, PaperScale
from cardio_desktop.render.filtered import MOST_FILTERED_S


def number(value: float, digits: int = 2) -> str:
    """Return `value` without needless zeros ("12.5", "25"), the same in every language: for names of commands."""
    text = f"{value:.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def figure(value: float, digits: int = 2) -> str:
    """Return `value` without needless zeros as the language of the interface writes it ("12,5" in German)."""
    return decimals(number(value, digits))


def clock(seconds: float) -> str:
    """Return a duration in words short enough for a line ("10 s", "2 min 5 s", "23 h 59 min")."""
    if seconds < 120:
        return f"{figure(seconds, 1)} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 120:
        return f"{minutes} min {rest} s"
    return f"{minutes // 60} h {minutes % 60} min"


def sex_words(sex: str | None) -> str | None:
    """Return a patient's sex in words; what the file says where it says something else."""
    return {"female": tr("female"), "male": tr("male")}.get(sex, sex) if sex else sex


def header_line(record: Record) -> str:
    """Return who, when and what: the first line on the paper."""
    patient = record.patient
    age = tr("{years} y").format(years=figure(patient.age_years, 0)) if patient.age_years is not None else None
    when = record.start_time.strftime("%Y-%m-%d %H:%M:%S") if record.start_time else None
    parts = [patient.name, patient.id, sex_words(patient.sex), age, when, shown(record.path.name), record.format]
    parts.append(f"{figure(record.rate_hz)} Hz")
    parts.append(clock(record.duration_s))
    if record.derived_leads:
        parts.append(tr("derived: {leads}").format(leads=", ".join(record.derived_leads)))
    return "   ".join(part for part in parts if part)


def time_line(record: Record, start_s: float, seconds: float) -> str:
    """Return which stretch of the record the paper shows, with the time of day where it is known."""
    end_s = min(start_s + seconds, record.duration_s)
    line = tr("{start} to {end} s of {length} s").format(
        start=decimals(f"{start_s:.1f}"), end=decimals(f"{end_s:.1f}"), length=figure(record.duration_s, 1)
    )
    if record.start_time is not None and start_s > 0:
        clock_time = (record.start_time + timedelta(seconds=start_s)).strftime("%H:%M:%S")
        line += " " + tr("(from {time})").format(time=clock_time)
    return line


def recorder_filter(record: Record) -> str:
    """Return the filters that the recorder says it applied to the ECG leads, each once; "" where it says none."""
    said = {channel.prefilter.strip() for lead in record.traces.values() for channel, _ in lead.terms}
    return ", ".join(sorted(said - {""}))


def gain_words(scale: PaperScale, factors: Sequence[float] = (1.0,), *, auto: bool = False, zoom: float = 1.0) -> str:
    """Return the gain in force ("10 mm/mV", "limb 10, chest 5 mm/mV", "auto: 20 mm/mV")."""
    digits = 2 if zoom == 1.0 else 1
    gains = [figure(scale.gain_mm_per_mv * factor * zoom, digits) for factor in factors]
    if len(gains) == 2:
        words = tr("limb {limb}, chest {chest} mm/mV").format(limb=gains[0], chest=gains[1])
    else:
        words = f"{gains[0] if gains else figure(scale.gain_mm_per_mv * zoom, digits)} mm/mV"
    return tr("auto: {gain}").format(gain=words) if auto else words


def scale_line(
    scale: PaperScale,
    zoom: float | None,
    *,
    known: bool,
    factors: Sequence[float] = (1.0,),
    auto: bool = False,
    filters: str = "",
    lowered: str = "",
    stretch: str = "",
) -> str:
    """Return what speed, gain and filter are in force, which stretch is shown, and what that measures on this screen.

    `zoom` is None on a sheet that is printed or saved at true size.
    What is in force comes first: a narrow window cuts the end off. `known` says that the reader has measured the
    screen, `factors` are the gains of the strips over the scale's, `filters` is what `filter_words` says, `lowered` why
    the gain is another than the one asked for, `stretch` what `time_line` says.
    """
    named = any(abs(scale.speed_mm_per_s - speed) < 1e-9 for speed in SPEEDS_MM_PER_S)
    compressed = "" if named else "  " + tr("(time compressed)")
    digits = 2 if scale.speed_mm_per_s >= 1 else 5
    parts = [
        f"{figure(scale.speed_mm_per_s, digits)} mm/s{compressed}",
        gain_words(scale, factors, auto=auto) + (f" ({lowered})" if lowered else ""),
        filters or tr("no display filter"),
        *([stretch] if stretch else []),
    ]
    if zoom is None:
        parts.append(tr("true size when printed at 100 %"))
    elif abs(zoom - 1.0) < 1e-9:
        parts.append(tr("true size") if known else tr("this screen is not calibrated: View, Screen calibration"))
    else:
        words = tr("at {percent} %: {speed} mm/s, {gain} on this screen").format(
            percent=figure(100 * zoom, 0),
            speed=figure(scale.speed_mm_per_s * zoom, max(digits - 1, 1)),
            gain=gain_words(scale, factors, zoom=zoom),
        )
        parts.append(words + ("" if known else " " + tr("(not calibrated)")))
    return "  ·  ".join(parts)


def filter_name(chosen: DisplayFilter) -> str:
    """Return the filters of a choice ("0.5-40 Hz, notch 50 Hz, baseline removed"), "none" for none."""
    low, high = chosen.highpass_hz, chosen.lowpass_hz
    parts = []
    if low is not None and high is not None:
        parts.append(f"{figure(low)}–{figure(high)} Hz")
    elif low is not None:
        parts.append(tr("high-pass {hz} Hz").format(hz=figure(low)))
    elif high is not None:
        parts.append(tr("low-pass {hz} Hz").format(hz=figure(high)))
    if chosen.notch_hz is not None:
        parts.append(tr("notch {hz} Hz").format(hz=figure(chosen.notch_hz)))
    if chosen.baseline:
        parts.append(tr("baseline removed"))
    return ", ".join(parts) or tr("none")


def filter_words(chosen: DisplayFilter, on: bool, rate_hz: float, seconds: float) -> tuple[str, str]:
    """Return (what filter is in force, the warning it deserves) for strips of `seconds` at a sampling rate."""
    if not on or not chosen.active:
        return tr("no display filter"), ""
    if seconds > MOST_FILTERED_S + 1e-6:
        words = tr("no display filter ({filter} needs lines of at most {seconds} s)")
        return words.format(filter=filter_name(chosen), seconds=figure(MOST_FILTERED_S)), ""
    real = chosen.possible_at(rate_hz)
    words = tr("display filter {filter}").format(filter=filter_name(real)) if real.active else tr("no display filter")
    lost = DisplayFilter(
        lowpass_hz=chosen.lowpass_hz if real.lowpass_hz is None else None,
        notch_hz=chosen.notch_hz if real.notch_hz is None else None,
    )
    if lost.active:
        beyond = tr("{filter} does not exist at {rate} samples a second")
        words += " (" + beyond.format(filter=filter_name(lost), rate=figure(rate_hz)) + ")"
    if not real.cuts_diagnostic:
        return words, ""
    return words, tr("Not diagnostic bandwidth: do not judge ST, Q or voltages by it")
