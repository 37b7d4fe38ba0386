"""What the readers of all formats build records from: channels that were checked, patients, moments."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.core.errors import ReadError, one_line
from cardio_desktop.core.leads import canonical_lead
from cardio_desktop.core.record import ArraySamples, Channel, Gap, GappedSamples, Patient, Samples
from cardio_desktop.core.units import millivolts_per
from cardio_desktop.io.files import MAX_RECORD_S
from cardio_desktop.words import Remark

MAX_RATE_HZ = 100_000.0
MAX_CHANNELS = 512
OLDEST_YEARS = 130.0
CM_PER_INCH = 2.54
KG_PER_POUND = 0.45359237

_SEXES = {"m": "male", "male": "male", "f": "female", "female": "female", "w": "female"}


def make_channel(
    path: Path,
    label: str,
    samples: NDArray[Any] | Samples,
    rate_hz: float | None,
    unit: str,
    unit_per_count: float | None,
    baseline: float = 0.0,
    lead: str | None = None,
    prefilter: str = "",
) -> Channel:
    """Return a channel of counts; raises ReadError where its rate, scale or length cannot be true.

    Physical value = (count - `baseline`) x `unit_per_count`. `lead` is the standard lead where the file names it by a
    code, else the label decides.
    """
    name = one_line(label, 80) or "ECG"
    if rate_hz is None or not math.isfinite(rate_hz) or not 0 < rate_hz <= MAX_RATE_HZ:
        raise ReadError(path, Remark("part-rate", {"label": name, "text": _shown(rate_hz)}), Remark("export-again"))
    if unit_per_count is None or not math.isfinite(unit_per_count) or not 1e-15 < abs(unit_per_count) < 1e12:
        raise ReadError(
            path, Remark("part-scale", {"label": name, "text": _shown(unit_per_count)}), Remark("export-again")
        )
    if not math.isfinite(baseline):
        raise ReadError(path, Remark("part-zero-line", {"label": name, "text": baseline}), Remark("export-again"))
    if len(samples) == 0:
        raise ReadError(path, Remark("part-empty", {"label": name}), Remark("export-again"))
    if len(samples) / rate_hz > MAX_RECORD_S:
        raise ReadError(
            path, Remark("part-days", {"label": name, "days": len(samples) / rate_hz / 86400}), Remark("export-again")
        )
    held = ArraySamples(samples) if isinstance(samples, np.ndarray) else samples
    found = lead or canonical_lead(name)
    return Channel(name, rate_hz, unit, 1.0 / unit_per_count, baseline, held, found, prefilter)


def joined(path: Path, label: str, pieces: Sequence[tuple[float, NDArray[Any]]], rate_hz: float) -> Samples:
    """Return pieces (seconds on the record's axis, counts) as samples on one axis; raises ReadError where two overlap.

    A piece is put on the nearest sample; up to half a sample between two pieces is no gap.
    """
    if not 0 < rate_hz <= MAX_RATE_HZ or any(not 0 <= at_s <= MAX_RECORD_S for at_s, _ in pieces):
        raise ReadError(path, Remark("part-times", {"label": label}), Remark("export-again"))
    parts = sorted(((round(at_s * rate_hz), ArraySamples(counts)) for at_s, counts in pieces), key=lambda part: part[0])
    if len(parts) == 1 and parts[0][0] == 0:
        return parts[0][1]
    for (first, samples), (after, _) in pairwise(parts):
        if first + len(samples) > after:
            raise ReadError(path, Remark("part-overlap", {"label": label}), Remark("export-again"))
    last, samples = parts[-1]
    return GappedSamples(tuple(parts), last + len(samples))


def uncovered(spans: Sequence[tuple[float, float]], tolerance_s: float = 0.01) -> tuple[Gap, ...]:
    """Return the stretches between the first and the last of some spans (start, end in s) that none of them covers."""
    gaps, reached = [], 0.0
    for start_s, end_s in sorted(spans):
        if start_s > reached + tolerance_s:
            gaps.append(Gap(reached, start_s))
        reached = max(reached, end_s)
    return tuple(gaps)


def interval_rate_hz(step_s: float, half_ulp_s: float) -> float:
    """Return the rate of a sampling interval that was written with a rounding of up to `half_ulp_s`.

    1,667 microseconds stand for 600 Hz, not 599.88: where a whole number of hertz rounds to the interval it is meant.
    An interval of so few digits that they tell nothing is taken at its word.
    """
    whole = round(1.0 / step_s)
    if whole and half_ulp_s < 2e-3 * step_s and abs(1.0 / whole - step_s) <= half_ulp_s:
        return float(whole)
    return 1.0 / step_s


def to_millivolts(path: Path, unit: str, what: Remark) -> float:
    """Return how many mV one `unit` is; raises ReadError where it is no voltage."""
    factor = millivolts_per(unit)
    if factor is None:
        raise ReadError(
            path,
            Remark("part-no-voltage", {"what": what, "unit": unit or Remark("no-unit")}),
            Remark("export-microvolts"),
        )
    return factor


def make_patient(
    recorded: date | None = None,
    *,
    id: str = "",
    name: str = "",
    sex: str = "",
    birth: date | None = None,
    age_years: float | None = None,
    height_cm: float | None = None,
    weight_kg: float | None = None,
) -> Patient:
    """Return a patient of what a file says: empty words are nothing, the age is counted from the birth date if need be.

    A height or weight of zero is how devices write that none was entered.
    """
    if age_years is None and birth and recorded and birth <= recorded:
        age_years = float(recorded.year - birth.year - ((recorded.month, recorded.day) < (birth.month, birth.day)))
    return Patient(
        id=one_line(id) or None,
        name=one_line(name) or None,
        sex=_SEXES.get(sex.strip().casefold()),
        age_years=age_years if age_years is not None and 0 <= age_years <= OLDEST_YEARS else None,
        birth_date=birth.isoformat() if birth else None,
        height_cm=height_cm if height_cm is not None and 20 <= height_cm <= 260 else None,
        weight_kg=weight_kg if weight_kg is not None and 0.2 <= weight_kg <= 700 else None,
    )


_YEARS_IN = {"year": 1.0, "month": 12.0, "week": 52.18, "day": 365.25, "hour": 8766.0}


def age_in_years(value: float | None, unit: str) -> float | None:
    """Return an age in years from a number of years, months, weeks, days or hours ("Y", "MONTHS" ...)."""
    if value is None:
        return None
    word = unit.strip().casefold()
    for name, per_year in _YEARS_IN.items():
        if word and (name.startswith(word) or word.startswith(name)):
            return value / per_year
    return None


def day_of(text: str, *orders: str) -> date | None:
    """Return the date that a text of digits is, by the first fitting order of "ymd", "mdy" and "dmy"; else None."""
    words = re.findall(r"\d+", text)
    if len(words) == 1 and len(words[0]) == 8:
        words = [words[0][:4], words[0][4:6], words[0][6:]]
        orders = ("ymd",)
    if len(words) < 3:
        return None
    for order in orders or ("ymd",):
        parts = dict(zip(order, words, strict=False))
        if len(parts["y"]) == 4:
            try:
                return date(int(parts["y"]), int(parts["m"]), int(parts["d"]))
            except ValueError:
                continue
    return None


def moment_of(day: date | None, clock: str) -> datetime | None:
    """Return the moment of a day and "hh:mm:ss", "hhmmss" or "hhmmssfff"; None where either is missing."""
    digits = "".join(re.findall(r"\d", clock))
    if day is None or len(digits) < 4:
        return None
    hour, minute, second, rest = int(digits[:2]), int(digits[2:4]), int(digits[4:6] or 0), digits[6:12]
    try:
        return datetime(day.year, day.month, day.day, hour, minute, second, int(rest.ljust(6, "0")) if rest else 0)
    except ValueError:
        return None


def _shown(value: float | None) -> str:
    return "unknown" if value is None else f"{value:g}"
