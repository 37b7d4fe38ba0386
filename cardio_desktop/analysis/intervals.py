"""Intervals: heart rate and RR from beats; P, PR, QRS, QT and QTc from the waves of the dominant beats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from cardio_desktop.analysis.amplitudes import criteria, frontal_axis, lead_amplitudes
from cardio_desktop.analysis.beat_types import rr_intervals
from cardio_desktop.analysis.global_waves import GlobalWave
from cardio_desktop.analysis.pulse import heart_rate_bpm
from cardio_desktop.core.beat_waves import BeatWaves
from cardio_desktop.core.findings import ABSENT, Beat, Measurements, MedianBeat, RRIntervals
from cardio_desktop.core.quantities import FROM_WAVES, INTERVALS
from cardio_desktop.core.record import Gap
from cardio_desktop.words import Remark

NO_WAVES = Remark("no-waves")
T_SHARE = 0.5
"""Below this share of beats with a T, its end is not measured: a majority, as for P."""
PR_LOOSE_MS = 45.0
"""Where PR varies more than this (standard deviation), P and QRS do not belong together."""


def measure(beats: Sequence[Beat], gaps: Sequence[Gap] = ()) -> Measurements:
    """Measure heart rate and RR intervals.

    The rate is that of `pulse.heart_rate_bpm`, which one ectopic beat, pause or missed beat does not move. `rr_ms`
    counts every interval, except those over a gap in the recording: a beat may lie in it, however short it is.
    """
    times_s = np.array([beat.time_s for beat in beats], dtype=np.float64)
    rr_s = rr_intervals(times_s, gaps)
    rr_ms = rr_s[np.isfinite(rr_s)] * 1000.0
    not_measured = dict.fromkeys(FROM_WAVES, NO_WAVES)
    rate_bpm = heart_rate_bpm(rr_s)
    if rate_bpm is None:
        reason = Remark("few-beats")
        return Measurements(not_measured={"heart_rate_bpm": reason, "rr_ms": reason, **not_measured})
    return Measurements(
        heart_rate_bpm=rate_bpm,
        rr_ms=RRIntervals(float(rr_ms.mean()), float(rr_ms.std()), float(rr_ms.min()), float(rr_ms.max())),
        not_measured=not_measured,
    )


@dataclass(frozen=True)
class Intervals:
    """Marks in seconds from the R peak and intervals in ms, with how far beats differ (standard deviation, count)."""

    marks_s: Mapping[str, float]
    values_ms: Mapping[str, float]
    spread_ms: Mapping[str, tuple[float, int]]
    reasons: Mapping[str, Remark]


def intervals_of(
    waves: Sequence[BeatWaves[GlobalWave]],
    centres_s: Mapping[int, float],
    no_p: Remark | None = None,
    *,
    has_p: bool = True,
    steady: tuple[float, float] | None = None,
) -> Intervals:
    """Return the intervals of the beats whose R peak is in `centres_s` (beat number -> s): the median over beats.

    PR counts where it keeps its distance to QRS. `no_p` says why there is no P wave (the atria fibrillate), `has_p`
    whether the record has P waves at all (`p_waves.PWaves`). `steady` is QRS against the R peak as the middle of the
    beats in each lead tells it (`global_waves.steady_complex`): noise widens QRS beat by beat, and so shortens PR.
    """
    own = [w for w in waves if w.beat in centres_s and w.qrs is not None]
    if not own:
        return Intervals({}, {}, {}, dict.fromkeys((*INTERVALS, "qtc_ms"), Remark("no-qrs")))
    series: dict[str, list[float]] = {
        name: [] for name in ("p_onset", "p_offset", "qrs_onset", "qrs_offset", "t_onset", "t_offset")
    }
    each: dict[str, list[float]] = {name: [] for name in INTERVALS}
    for w in own:
        centre_s = centres_s[w.beat]
        for name, wave in (("p", w.p), ("qrs", w.qrs), ("t", w.t)):
            if wave is not None:
                series[f"{name}_onset"].append(wave.onset_s - centre_s)
                series[f"{name}_offset"].append(wave.offset_s - centre_s)
        each["qrs_ms"].append(1000.0 * (w.complex.offset_s - w.complex.onset_s))
        if w.p is not None:
            each["p_ms"].append(1000.0 * (w.p.offset_s - w.p.onset_s))
            each["pr_ms"].append(1000.0 * (w.complex.onset_s - w.p.onset_s))
        if w.t is not None:
            each["qt_ms"].append(1000.0 * (w.t.offset_s - w.complex.onset_s))
    reasons: dict[str, Remark] = {}
    if no_p is not None or not has_p or not each["p_ms"]:
        why = no_p or Remark("few-p-waves")
        each["p_ms"], each["pr_ms"] = [], []
        reasons["p_ms"] = Remark(ABSENT, {"because": why})
        reasons["pr_ms"] = reasons["p_ms"]
        if no_p:
            reasons["pr_ms"] = reasons["p_axis_deg"] = _not_measurable(why)
        series["p_onset"] = series["p_offset"] = []
    elif len(each["pr_ms"]) > 2 and _spread(each["pr_ms"]) > PR_LOOSE_MS:
        each["pr_ms"] = []
        series["p_onset"] = series["p_offset"] = []
        reasons["pr_ms"] = _not_measurable(Remark("loose-pr"))
    if len(each["qt_ms"]) < max(T_SHARE * len(own), 1):
        each["qt_ms"] = []
        series["t_onset"] = series["t_offset"] = []
        reasons["qt_ms"] = reasons["qtc_ms"] = _not_measurable(Remark("no-t-end"))
    values = {name: float(np.median(found)) for name, found in each.items() if found}
    spread = {name: (_spread(found), len(found)) for name, found in each.items() if found}
    marks = {name: float(np.median(found)) for name, found in series.items() if found}
    if steady is not None:
        later_ms = 1000.0 * (steady[0] - marks["qrs_onset"])
        marks |= {"qrs_onset": steady[0], "qrs_offset": steady[1]}
        values["qrs_ms"] = 1000.0 * (steady[1] - steady[0])
        for name, sign in (("pr_ms", 1.0), ("qt_ms", -1.0)):
            if name in values:
                values[name] += sign * later_ms
    return Intervals(marks, values, spread, reasons)


def _not_measurable(why: Remark) -> Remark:
    return Remark("not-measurable", {"because": why})


def _spread(values: Sequence[float]) -> float:
    """Return the standard deviation as the quartiles tell it, so that one odd beat does not decide."""
    low, high = np.quantile(values, (0.25, 0.75))
    return float((high - low) / 1.349)


def corrected_qt(qt_ms: float, rr_ms: float) -> dict[str, float]:
    """Return QTc in ms by Bazett (1920), Fridericia (1920), Framingham (Sagie 1992) and Hodges (1983)."""
    rr_s = rr_ms / 1000.0
    return {
        "bazett": qt_ms / float(np.sqrt(rr_s)),
        "fridericia": qt_ms / float(np.cbrt(rr_s)),
        "framingham": qt_ms + 154.0 * (1.0 - rr_s),
        "hodges": qt_ms + 1.75 * (60.0 / rr_s - 60.0),
    }


def with_waves(
    base: Measurements, found: Intervals, beat: MedianBeat | None, method_error_ms: Mapping[str, float]
) -> Measurements:
    """Return `base` (rate and RR) with everything that waves and the median beat tell.

    `method_error_ms` is the standard deviation of each interval's error as it was validated; the uncertainty adds to it
    what beats of this record differ by.
    """
    reasons = {name: why for name, why in base.not_measured.items() if name not in FROM_WAVES} | dict(found.reasons)
    values = found.values_ms
    qtc = None
    if "qt_ms" in values:
        if base.heart_rate_bpm is None:
            reasons["qtc_ms"] = _not_measurable(Remark("no-rate"))
        else:
            qtc = corrected_qt(values["qt_ms"], 60_000.0 / base.heart_rate_bpm)
    leads = lead_amplitudes(beat) if beat is not None else None
    waves: dict[str, Any] = {name: values.get(name) for name in INTERVALS}
    axes: dict[str, Any] = {}
    for wave in ("p", "qrs", "t"):
        name = f"{wave}_axis_deg"
        axes[name] = frontal_axis(beat, wave) if beat is not None else None
        if axes[name] is None:
            reasons.setdefault(name, _no_axis(beat, wave))
    if leads is None:
        reasons["leads"] = Remark("no-whole-beat")
    uncertainty = {
        name: float(
            np.hypot(method_error_ms.get(name, 0.0), found.spread_ms[name][0] / np.sqrt(found.spread_ms[name][1]))
        )
        for name in values
        if name in method_error_ms
    }
    return replace(
        base,
        **waves,
        **axes,
        qtc_ms=qtc,
        leads=leads,
        not_measured=reasons,
        uncertainty_ms=uncertainty,
        criteria=criteria(leads) if leads is not None else {},
    )


def _no_axis(beat: MedianBeat | None, wave: str) -> Remark:
    if beat is None:
        return Remark("no-whole-beat")
    if not {"I", "II"} <= set(beat.leads):
        return _not_measurable(Remark("axis-leads"))
    if f"{wave}_onset" not in beat.marks_s:
        return _not_measurable(Remark("no-wave", {"wave": wave.upper()}))
    return _not_measurable(Remark("no-axis"))
