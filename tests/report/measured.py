"""Measurements read off a simulated record with the help of its truth: what a perfect program would measure."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np

from cardio_desktop.analysis.morphology import qrs_shapes
from cardio_desktop.core.findings import (
    Beat,
    LeadAmplitudes,
    LeadQuality,
    Measurements,
    MedianBeat,
    Quality,
    Risk,
    RRIntervals,
    Tier,
)
from cardio_desktop.core.leads import LEADS12
from cardio_desktop.narrative.case import Case
from cardio_desktop.simulate.record import Simulation, simulate
from cardio_desktop.words import verbatim

BEFORE_S, AFTER_S = 0.4, 0.6


def median_of(truth: Simulation) -> MedianBeat:
    rate = truth.record.rate_hz
    zero, width = round(BEFORE_S * rate), round((BEFORE_S + AFTER_S) * rate)
    starts = [round(t * rate) - zero for t in truth.beats_s]
    inside = [(s, t) for s, t in zip(starts, truth.beats_s, strict=True) if 0 <= s <= truth.clean_mv.shape[1] - width]
    median = np.median([truth.clean_mv[:, s : s + width] for s, _ in inside], axis=0)
    marks: dict[str, list[float]] = {}
    for _, at in inside:
        for wave in truth.waves:
            first, last = (-BEFORE_S, 0.0) if wave.wave == "P" else (-0.2 if wave.wave == "QRS" else 0.0, AFTER_S)
            if first < wave.onset_s - at < wave.offset_s - at < last:
                name = wave.wave.lower()
                marks.setdefault(f"{name}_onset", []).append(wave.onset_s - at)
                marks.setdefault(f"{name}_offset", []).append(wave.offset_s - at)
    found = {name: float(np.median(values)) for name, values in marks.items()}
    onset = zero + round(found["qrs_onset"] * rate)
    median = median - median[:, onset - 8 : onset].mean(axis=1, keepdims=True)
    found.pop("t_onset")
    return MedianBeat(LEADS12, median.astype(np.float32), rate, zero, len(inside), found)


@cache
def _measured(kind: str, **sim: float) -> Case:
    return _case(simulate(kind, **sim))  # type: ignore[arg-type]


def case_of(kind: str = "normal", sim: dict | None = None, **changes: object) -> Case:
    """Return the case of a simulated kind; `changes` replace parts of it, `sim` goes to the simulator."""
    return replace(_measured(kind, **(sim or {})), **changes)


def _case(truth: Simulation) -> Case:
    median = median_of(truth)
    shapes = qrs_shapes(median)
    marks, rate = median.marks_s, median.rate_hz

    def at(lead: str, time_s: float) -> float:
        return float(median.of(lead)[median.zero + round(time_s * rate)])

    def peak(lead: str, start_s: float, end_s: float) -> float:
        part = median.of(lead)[median.zero + round(start_s * rate) : median.zero + round(end_s * rate)]
        return float(part[int(np.abs(part).argmax())])

    j = marks["qrs_offset"]
    leads = {}
    for lead in LEADS12:
        q = shapes[lead].q
        leads[lead] = LeadAmplitudes(
            p_mv=peak(lead, marks["p_onset"], marks["p_offset"]),
            q_mv=q.peak_mv if q else None,
            r_mv=shapes[lead].r_mv or None,
            s_mv=shapes[lead].s_mv or None,
            t_mv=peak(lead, j + 0.1, marks["t_offset"]),
            j_mv=at(lead, j),
            st60_mv=at(lead, j + 0.06),
            st80_mv=at(lead, j + 0.08),
        )
    qrs = slice(median.zero + round(marks["qrs_onset"] * rate), median.zero + round(j * rate))
    one, avf = (float(median.of(lead)[qrs].sum()) for lead in ("I", "aVF"))
    axis = float(np.degrees(np.arctan2(2 / np.sqrt(3) * avf, one)))
    rr = 1000 * np.diff(truth.beats_s)
    rr_s = float(rr.mean()) / 1000
    qt = 1000 * (marks["t_offset"] - marks["qrs_onset"])
    measurements = Measurements(
        heart_rate_bpm=60 / rr_s,
        rr_ms=RRIntervals(float(rr.mean()), float(rr.std()), float(rr.min()), float(rr.max())),
        p_ms=1000 * (marks["p_offset"] - marks["p_onset"]),
        pr_ms=1000 * (marks["qrs_onset"] - marks["p_onset"]),
        qrs_ms=1000 * (j - marks["qrs_onset"]),
        qt_ms=qt,
        qtc_ms={
            "bazett": qt / rr_s**0.5,
            "fridericia": qt / rr_s ** (1 / 3),
            "framingham": qt + 154 * (1 - rr_s),
            "hodges": qt + 1.75 * (60 / rr_s - 60),
        },
        p_axis_deg=50.0,
        qrs_axis_deg=axis,
        t_axis_deg=40.0,
        leads=leads,
        uncertainty_ms={"p_ms": 5.0, "pr_ms": 4.0, "qrs_ms": 4.0, "qt_ms": 8.0},
        criteria={
            "sokolow_lyon_mv": -(leads["V1"].s_mv or 0) + max(leads["V5"].r_mv or 0, leads["V6"].r_mv or 0),
            "cornell_mv": (leads["aVL"].r_mv or 0) - (leads["V3"].s_mv or 0),
        },
    )
    return Case(
        quality=Quality(True, (), {lead: LeadQuality(True) for lead in LEADS12}),
        measurements=measurements,
        risk=Risk(Tier.NOT_ASSESSED, verbatim("No model was asked.")),
        beats=tuple(Beat(t, "normal", shape=0) for t in truth.beats_s),
        waves=truth.waves,
        median=median,
        shapes=shapes,
        age_years=56.0,
        sex="male",
    )


def measured(case: Case, **values: object) -> Case:
    """Return the case with other measurements."""
    return replace(case, measurements=replace(case.measurements, **values))


def with_leads(case: Case, **leads: dict[str, float | None]) -> Case:
    """Return the case with some voltages of some leads replaced: V2={"j_mv": 0.3}."""
    found = dict(case.measurements.leads or {})
    for name, values in leads.items():
        found[name] = replace(found[name], **values)
    return measured(case, leads=found)
